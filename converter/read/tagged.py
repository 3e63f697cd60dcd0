"""Pages that are tagged already: their tags and their header are set aside, and what is printed stays.

What the tags say is for ``inline`` to read; a page is of use for what it shows, and its header for whose it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.model.findings import Finding, Severity
from converter.read.markup import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.source import Document
    from converter.read.markup import Tree

_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://www\.xbrl\.org/20(?:08|13)/inlineXBRL["']""", re.ASCII)
# A page that was cut out of a document has lost the declaration.
_USUAL = "ix"
_HEADER = ("header", "hidden", "references", "resources")
_SCHEME = "http://www.sec.gov/CIK"
_CIK = re.compile(r"\d{1,10}", re.ASCII)
_FACTS = ("nonfraction", "nonnumeric", "fraction")


class SetAside(NamedTuple):
    """How many facts were tagged, and the Central Index Key of the header, empty where it states none."""

    facts: int = 0
    cik: str = ""


def set_aside(tree: Tree, source: str) -> SetAside:
    """Take the header out of ``tree``, which was read from ``source``.

    Other tags mean nothing to a page: ``tidy`` opens them up, and their content stays where it is.
    """
    prefixes = {prefix.lower() for prefix in _PREFIX.findall(source)}
    if f"<{_USUAL}:" in source:
        prefixes.add(_USUAL)
    if not prefixes:
        return SetAside()
    headers, facts = ({f"{prefix}:{name}" for prefix in prefixes for name in names} for names in (_HEADER, _FACTS))
    count, cik = 0, ""
    for element in _elements(tree.root):
        count += element.tag in facts
        cik = cik or _cik(element)
        element.children = [
            child for child in element.children if not (isinstance(child, Element) and child.tag in headers)
        ]
    return SetAside(count, cik)


def _cik(element: Element) -> str:
    """The key that ``element`` states, if it identifies an entity; zeros stand for one that is not known."""
    if element.tag.rpartition(":")[2] != "identifier" or element.attributes.get("scheme") != _SCHEME:
        return ""
    said = "".join(child.raw for child in element.children if isinstance(child, Text)).strip()
    return said if _CIK.fullmatch(said) and said.strip("0") else ""


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        waiting += [child for child in element.children if isinstance(child, Element)]
        yield element


def told(aside: SetAside, document: Document) -> Iterator[Finding]:
    """What there is to say of what was set aside."""
    if aside.facts:
        yield Finding(
            code="read.tagged",
            severity=Severity.WARNING,
            message=f"the source is tagged already: the tags of its {aside.facts} facts are set aside, and its page is tagged anew",
            hint="hold the report against the source: xbrl-converter diff SOURCE REPORT",
            place=document.place(0, 1),
        )
