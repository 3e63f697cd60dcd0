"""What is asked of a user's template: well-formed XML that bears each fact once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.errors import UsageError

if TYPE_CHECKING:
    from converter.model.report import Report

_ELEMENTS = ("{http://www.xbrl.org/2013/inlineXBRL}nonFraction", "{http://www.xbrl.org/2013/inlineXBRL}nonNumeric")


def check(page: str, report: Report, name: str) -> None:
    """UsageError where ``page``, made by the template ``name``, does not hold what it must."""
    from lxml import etree  # noqa: PLC0415 - only a user's template is checked

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(page.encode("ascii"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        said = error.msg if isinstance(error, etree.XMLSyntaxError) else str(error)
        raise UsageError(
            f"the template {name} gives no well-formed XML: {said}", hint="mend the template: it must give XHTML"
        ) from error
    if "<!DOCTYPE" in page:
        raise UsageError(f"the template {name} gives a DOCTYPE", hint="leave it out: inline XBRL has none")
    borne = Counter(str(element.get("id")) for element in root.iter(*_ELEMENTS))
    asked = Counter(fact.id for fact in report.facts)
    if borne != asked:
        raise UsageError(f"the template {name} {_difference(borne, asked)}", hint=_HINT)


_HINT = "set each piece of `segments` (or of `layout`) and of `hidden` once, as its `marked` is"


def _difference(borne: Counter[str], asked: Counter[str]) -> str:
    missing, extra = sorted((asked - borne).elements()), sorted((borne - asked).elements())
    said = []
    if missing:
        said.append(f"leaves out {len(missing)} of {asked.total()} facts ({', '.join(missing[:3])} ...)")
    if extra:
        said.append(f"bears {', '.join(extra[:3])} more often than once")
    return " and ".join(said)
