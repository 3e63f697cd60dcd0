"""The mode in which browsers show a page, which its document type tells (HTML Standard, section 13.2.6.4.1)."""

from __future__ import annotations

import re
from enum import Enum, auto


class Mode(Enum):
    """As the standards say; with the lines of old browsers; or with all that pages of the nineties took for granted."""

    STANDARDS = auto()
    LIMITED_QUIRKS = auto()
    QUIRKS = auto()


# What may stand before the declaration: blanks, comments and processing instructions.
_DECLARATION = re.compile(r"(?:\s++|<!--.*?-->|<\?[^>]*+>|\ufeff)*+<!doctype\s*([^>\[]*)", re.IGNORECASE | re.DOTALL)
_PARTS = re.compile(
    r"""html(?:\s+public\s*("[^"]*"|'[^']*')\s*("[^"]*"|'[^']*')?|\s+system\s*("[^"]*"|'[^']*'))?\s*/?""", re.IGNORECASE
)
# The Standard lists the document types one by one; they are all those of these makers, and of W3C before HTML 4.01.
_QUIRKY = re.compile(
    r"\+//silmaril//|-//(?:as|advasoft ltd|ietf|metrius|microsoft|netscape comm\. corp\.|o'reilly and associates|softquad(?:"
    r" software)?|spyglass|sq|sun microsystems corp\.|w3o|webtechs)//|-//w3c//dtd (?:w3 html|html (?:3|experimental)"
    r"|html 4\.0 (?:frameset|transitional))|-/w3c/dtd html 4\.0 transitional/en$|html$",
    re.IGNORECASE,
)
_QUIRKY_ADDRESS = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"
_LIMITED = re.compile(r"-//w3c//dtd xhtml 1\.0 (?:frameset|transitional)//", re.IGNORECASE)
# Limited where an address follows, quirky where none does.
_LIMITED_OR_QUIRKY = re.compile(r"-//w3c//dtd html 4\.01 (?:frameset|transitional)//", re.IGNORECASE)


def mode_of(source: str) -> Mode:
    """The mode of the page ``source``."""
    declared = _DECLARATION.match(source)
    parts = _PARTS.fullmatch(declared[1].strip()) if declared else None
    if parts is None:
        return Mode.QUIRKS
    public, address = (parts[1] or "")[1:-1], (parts[2] or parts[3] or "")[1:-1]
    if _QUIRKY.match(public) or address.lower() == _QUIRKY_ADDRESS:
        return Mode.QUIRKS
    if _LIMITED_OR_QUIRKY.match(public):
        return Mode.LIMITED_QUIRKS if address else Mode.QUIRKS
    return Mode.LIMITED_QUIRKS if _LIMITED.match(public) else Mode.STANDARDS
