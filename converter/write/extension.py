"""The company's own taxonomy: a schema with its elements, their labels, how they are presented and add up."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from converter.model.report import declared_type
from converter.model.statement import StatementKind
from converter.write.calculations import ARCROLE, concepts_of, summations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.model.report import Concept, Extension, Fact, Report, TypeSchema
    from converter.write.calculations import Summation

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LINKBASE = (
    '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.xbrl.org/2003/linkbase '
    'http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd">\n'
)
_TITLES = {
    StatementKind.COVER: "Cover",
    StatementKind.BALANCE_SHEET: "Balance Sheet",
    StatementKind.INCOME_STATEMENT: "Income Statement",
    StatementKind.CASH_FLOW: "Cash Flows",
    StatementKind.COMPREHENSIVE_INCOME: "Comprehensive Income",
    StatementKind.EQUITY: "Equity",
    StatementKind.OTHER: "Other",
}
_LINKBASES = {"lab": "label", "pre": "presentation", "cal": "calculation"}
_LONGEST_LABEL = 511
_STANDARD = "http://www.xbrl.org/2003/role/label"


def extension_files(report: Report) -> dict[str, bytes]:
    """The schema and its linkbases by file name; none where the report has no element of its own."""
    extension = report.extension
    if extension is None:
        return {}
    sections = _sections(report.facts)
    hrefs = _Hrefs(report, extension)
    linkbases = {
        "lab": _labels(report.facts, extension, sections, hrefs),
        "pre": _presentation(extension, sections, hrefs),
    }
    sums = summations(report)
    if sums:
        linkbases["cal"] = _calculation(extension, sums, sections, hrefs)
    return {
        f"{extension.stem}.xsd": _schema(report, extension, sections, linkbases).encode(),
        **{f"{extension.stem}_{ending}.xml": text.encode() for ending, text in linkbases.items()},
    }


class _Hrefs:
    """Where each concept is declared."""

    def __init__(self, report: Report, extension: Extension) -> None:
        self._locations = {schema.prefix: schema.location for schema in report.schemas}
        self._locations[extension.prefix] = f"{extension.stem}.xsd"

    def __getitem__(self, concept: Concept | str) -> str:
        name = concept if isinstance(concept, str) else concept.name
        prefix, _, local = name.partition(":")
        return f"{self._locations[prefix]}#{prefix}_{local}"


def _sections(facts: Iterable[Fact]) -> Mapping[StatementKind, list[Concept]]:
    """The concepts of each statement in the order of the document; what the prose repeats is presented already."""
    found: dict[StatementKind, dict[str, Concept]] = {}
    for fact in facts:
        if fact.statement is not StatementKind.PROSE:
            concepts = found.setdefault(fact.statement, {})
            for concept in (fact.concept, *(member.concept for member in fact.context.members)):
                concepts.setdefault(concept.name, concept)
    return {kind: list(concepts.values()) for kind, concepts in found.items()}


def _root(extension: Extension, kind: StatementKind) -> str:
    return f"{extension.prefix}:{_TITLES[kind].replace(' ', '')}Abstract"


def _role(extension: Extension, kind: StatementKind) -> str:
    return f"{extension.namespace}/role/{_TITLES[kind].replace(' ', '')}"


def _schema(
    report: Report, extension: Extension, sections: Mapping[StatementKind, list[Concept]], linkbases: Iterable[str]
) -> str:
    imports = [("http://www.xbrl.org/2003/instance", "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd")]
    imports += [(schema.namespace, schema.location) for schema in report.schemas]
    imports += [(schema.namespace, schema.location) for schema in report.types]
    type_prefixes = "".join(f'xmlns:{schema.prefix}="{schema.namespace}" ' for schema in report.types)
    parts = [
        _HEAD,
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        f'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{type_prefixes}xmlns:{extension.prefix}="{extension.namespace}" targetNamespace="{extension.namespace}" '
        f'elementFormDefault="qualified" attributeFormDefault="unqualified">\n<xs:annotation><xs:appinfo>\n',
    ]
    parts += [
        f'<link:linkbaseRef xlink:type="simple" xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase" '
        f'xlink:role="http://www.xbrl.org/2003/role/{_LINKBASES[ending]}LinkbaseRef" '
        f'xlink:href="{extension.stem}_{ending}.xml"/>\n'
        for ending in linkbases
    ]
    for number, kind in enumerate(sections, 1):
        used = "".join(
            f"<link:usedOn>link:{link}Link</link:usedOn>" for link in ("presentation", "calculation", "definition")
        )
        parts.append(
            f'<link:roleType id="role{number}" roleURI="{_role(extension, kind)}"><link:definition>{number:04d} - '
            f"Statement - {_TITLES[kind]}</link:definition>{used}</link:roleType>\n"
        )
    parts.append("</xs:appinfo></xs:annotation>\n")
    parts += [f'<xs:import namespace="{space}" schemaLocation="{location}"/>\n' for space, location in imports]
    parts += [_element(concept, report.types) for concept in extension.concepts]
    parts += [_abstract(_root(extension, kind)) for kind in sections]
    return "".join([*parts, "</xs:schema>\n"])


def _element(concept: Concept, types: Iterable[TypeSchema]) -> str:
    name, type_ = concept.local_name, declared_type(concept.type, types) or concept.type
    balance = f' xbrli:balance="{concept.balance}"' if concept.balance else ""
    abstract = 'abstract="true" ' if concept.abstract else ""
    return (
        f'<xs:element name="{name}" id="{concept.prefix}_{name}" type="{type_}" substitutionGroup="xbrli:item" '
        f'{abstract}nillable="true" xbrli:periodType="{concept.period_type}"{balance}/>\n'
    )


def _abstract(name: str) -> str:
    prefix, _, local = name.partition(":")
    return (
        f'<xs:element name="{local}" id="{prefix}_{local}" type="xbrli:stringItemType" abstract="true" '
        f'substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>\n'
    )


def _labels(
    facts: Iterable[Fact], extension: Extension, sections: Mapping[StatementKind, list[Concept]], hrefs: _Hrefs
) -> str:
    texts: dict[str, str] = {}
    for fact in facts:
        texts.setdefault(fact.concept.name, fact.concept.label or fact.label or fact.concept.local_name)
        for member in fact.context.members:
            texts.setdefault(member.concept.name, member.concept.label or member.concept.local_name)
    texts |= {_root(extension, kind): f"{_TITLES[kind]} [Abstract]" for kind in sections}
    parts = [
        _HEAD,
        _LINKBASE,
        '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n',
    ]
    for number, (name, text) in enumerate(texts.items(), 1):
        shown = escape(" ".join(text.split())[:_LONGEST_LABEL], quote=False)
        parts.append(
            f'<link:loc xlink:type="locator" xlink:href="{escape(hrefs[name])}" xlink:label="l{number}"/>\n'
            f'<link:label xlink:type="resource" xlink:role="{_STANDARD}" xlink:label="t{number}" '
            f'xml:lang="en-US">{shown}</link:label>\n'
            f'<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" '
            f'xlink:from="l{number}" xlink:to="t{number}"/>\n'
        )
    return "".join([*parts, "</link:labelLink>\n</link:linkbase>\n"])


def _role_refs(extension: Extension, sections: Mapping[StatementKind, list[Concept]]) -> list[str]:
    return [
        f'<link:roleRef roleURI="{_role(extension, kind)}" xlink:type="simple" '
        f'xlink:href="{extension.stem}.xsd#role{number}"/>\n'
        for number, kind in enumerate(sections, 1)
    ]


def _presentation(extension: Extension, sections: Mapping[StatementKind, list[Concept]], hrefs: _Hrefs) -> str:
    parts = [_HEAD, _LINKBASE, *_role_refs(extension, sections)]
    for kind, concepts in sections.items():
        parts.append(
            f'<link:presentationLink xlink:type="extended" xlink:role="{_role(extension, kind)}">\n'
            f'<link:loc xlink:type="locator" xlink:href="{escape(hrefs[_root(extension, kind)])}" xlink:label="root"/>\n'
        )
        for order, concept in enumerate(concepts, 1):
            parts.append(
                f'<link:loc xlink:type="locator" xlink:href="{escape(hrefs[concept])}" xlink:label="c{order}"/>\n'
                f'<link:presentationArc xlink:type="arc" '
                f'xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" xlink:from="root" xlink:to="c{order}" '
                f'order="{order}"/>\n'
            )
        parts.append("</link:presentationLink>\n")
    return "".join([*parts, "</link:linkbase>\n"])


def _calculation(
    extension: Extension,
    sums: Mapping[StatementKind, Sequence[Summation]],
    sections: Mapping[StatementKind, list[Concept]],
    hrefs: _Hrefs,
) -> str:
    parts = [
        _HEAD,
        _LINKBASE,
        f'<link:arcroleRef arcroleURI="{ARCROLE}" xlink:type="simple" '
        'xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>\n',
        *_role_refs(extension, sections),
    ]
    for kind, found in sums.items():
        parts.append(f'<link:calculationLink xlink:type="extended" xlink:role="{_role(extension, kind)}">\n')
        names = {concept.name: f"c{number}" for number, concept in enumerate(concepts_of(found), 1)}
        parts += [
            f'<link:loc xlink:type="locator" xlink:href="{escape(hrefs[name])}" xlink:label="{label}"/>\n'
            for name, label in names.items()
        ]
        parts += [
            f'<link:calculationArc xlink:type="arc" xlink:arcrole="{ARCROLE}" xlink:from="{names[sum_.total.name]}" '
            f'xlink:to="{names[part.name]}" weight="{weight}" order="{order}"/>\n'
            for sum_ in found
            for order, (part, weight) in enumerate(sum_.parts, 1)
        ]
        parts.append("</link:calculationLink>\n")
    return "".join([*parts, "</link:linkbase>\n"])
