"""An invented company's inline document, the report that it could be of, and a small concept list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.periods import Period
from converter.model.report import (
    Concept,
    Context,
    Entity,
    Fact,
    Number,
    Outcome,
    Report,
    Schema,
    TypeSchema,
    Unit,
    Why,
)
from converter.model.source import Document, Header, Place, Schedule, ScheduleValue, TextBlock, TextLine
from converter.model.statement import Amount, Column, Line, LineKind, Measure, Statement, StatementKind, Sum
from converter.taxonomy import Taxonomy

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = (
    Schema(
        prefix="us-gaap",
        namespace="http://fasb.org/us-gaap/2024",
        location="https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd",
    ),
    Schema(
        prefix="dei",
        namespace="http://xbrl.sec.gov/dei/2024",
        location="https://xbrl.sec.gov/dei/2024/dei-2024.xsd",
    ),
)
TYPES = (
    TypeSchema(
        prefix="dtr-types",
        namespace="http://www.xbrl.org/dtr/type/2022-03-31",
        location="https://www.xbrl.org/dtr/type/2022-03-31/types.xsd",
        types=frozenset({"perShareItemType"}),
    ),
)
CONCEPTS = """\
name,type,period_type,balance,abstract,deprecated
us-gaap:StatementOfFinancialPositionAbstract,xbrli:stringItemType,duration,,true,false
us-gaap:Assets,xbrli:monetaryItemType,instant,debit,false,false
us-gaap:AssetsCurrent,xbrli:monetaryItemType,instant,debit,false,false
us-gaap:AssetsNoncurrent,xbrli:monetaryItemType,instant,debit,false,false
us-gaap:EarningsPerShareBasic,dtr-types:perShareItemType,duration,,false,false
us-gaap:CapitalizationPolicy,us-types:capitalizationPolicyType,duration,,false,false
us-gaap:CostPerUnit,srt-types:perUnitItemType,duration,,false,false
dei:EntityRegistrantName,xbrli:normalizedStringItemType,duration,,false,false
"""

DOCUMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
  xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
  xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024" xml:lang="en">
<head><title>Larkspur Mills</title></head>
<body>
<div style="display:none"><ix:header><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"/>
<link:schemaRef xlink:type="simple" xlink:href="https://xbrl.sec.gov/dei/2024/dei-2024.xsd"/>
</ix:references><ix:resources>
<xbrli:context id="i09"><xbrli:entity>
<xbrli:identifier scheme="http://www.sec.gov/CIK">0000000017</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2009-09-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="d09"><xbrli:entity>
<xbrli:identifier scheme="http://www.sec.gov/CIK">0000000017</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:startDate>2009-07-01</xbrli:startDate>
<xbrli:endDate>2009-09-30</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="USD"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="USD-per-share"><xbrli:divide>
<xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
</xbrli:divide></xbrli:unit>
</ix:resources></ix:header></div>
<p><ix:nonNumeric id="f1"
 name="dei:EntityRegistrantName" contextRef="d09">Larkspur Mills</ix:nonNumeric></p>
<p>Current <ix:nonFraction id="f2" name="us-gaap:AssetsCurrent" contextRef="i09" unitRef="USD" decimals="-3"
 scale="3" format="ixt:num-dot-decimal">750</ix:nonFraction></p>
<p>Other <ix:nonFraction id="f3" name="us-gaap:AssetsNoncurrent" contextRef="i09" unitRef="USD" decimals="-3"
 scale="3" format="ixt:num-dot-decimal">500</ix:nonFraction></p>
<p>Total <ix:nonFraction id="f4" name="us-gaap:Assets" contextRef="i09" unitRef="USD" decimals="-3" scale="3"
 format="ixt:num-dot-decimal">1,250</ix:nonFraction></p>
<p>Per share <ix:nonFraction id="f5" name="us-gaap:EarningsPerShareBasic" contextRef="d09"
 unitRef="USD-per-share" decimals="2" format="ixt:num-dot-decimal">0.25</ix:nonFraction></p>
</body>
</html>
"""
SECOND_TOTAL = (
    '<p>Again <ix:nonFraction id="f6" name="us-gaap:Assets" contextRef="i09" unitRef="USD" decimals="-3" '
    'scale="3" format="ixt:num-dot-decimal">1,900</ix:nonFraction></p>\n</body>'
)

EXTENSION = """\
<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="http://larkspur.example/20090930">
<xs:annotation><xs:appinfo>
<link:linkbaseRef xlink:type="simple" xlink:href="lm-20090930_cal.xml"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
</xs:appinfo></xs:annotation>
<xs:import namespace="http://fasb.org/us-gaap/2024"
 schemaLocation="https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"/>
</xs:schema>
"""
_US_GAAP = SCHEMAS[0].location
CALCULATION = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="{_US_GAAP}#us-gaap_Assets" xlink:label="total"/>
<link:loc xlink:type="locator" xlink:href="{_US_GAAP}#us-gaap_AssetsCurrent" xlink:label="one"/>
<link:loc xlink:type="locator" xlink:href="{_US_GAAP}#us-gaap_AssetsNoncurrent" xlink:label="two"/>
<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"
 xlink:from="total" xlink:to="one" weight="1" order="1"/>
<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"
 xlink:from="total" xlink:to="two" weight="1" order="2"/>
</link:calculationLink>
</link:linkbase>
"""


def small_taxonomy(folder: Path) -> Taxonomy:
    """A taxonomy of eight concepts at the published locations."""
    (folder / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    rows = [f"{schema.prefix},{schema.namespace},{schema.location}\n" for schema in SCHEMAS]
    (folder / "schemas.csv").write_text("prefix,namespace,location\n" + "".join(rows), encoding="utf-8")
    types = [f"{t.prefix},{t.namespace},{t.location},{' '.join(sorted(t.types))}\n" for t in TYPES]
    (folder / "types.csv").write_text("prefix,namespace,location,types\n" + "".join(types), encoding="utf-8")
    return Taxonomy(name="small", folder=folder, schemas=SCHEMAS, types=TYPES)


def document(*changes: tuple[str, str]) -> str:
    """The valid document, spoiled by replacing strings that must be in it."""
    text = DOCUMENT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


QUARTER = Period(date(2009, 9, 30), date(2009, 7, 1))
INSTANT = QUARTER.closing
USD = Unit(id="USD", numerator="iso4217:USD")


def place(line: int, column: int = 40) -> Place:
    """A place in the source, as wide as one character; line ``n`` starts at offset ``n * 100``."""
    start = line * 100 + column
    return Place(source="larkspur.txt", line=line, column=column, start=start, end=start + 1)


def fact(
    name: str,
    value: Decimal | int | str | None,
    *,
    id: str = "f1",  # noqa: A002 -- the field's name
    line: int | None = 5,
    period: Period = INSTANT,
    decimals: int | None = -3,
    context: str = "",
) -> Fact:
    """A fact of ``us-gaap:name`` or, with a colon, of ``name``."""
    concept = name if ":" in name else f"us-gaap:{name}"
    return Fact(
        id=id,
        concept=Concept(name=concept, type="xbrli:monetaryItemType", period_type="instant"),
        context=Context(id=context or ("i09" if period.is_instant else "d09"), period=period),
        unit=None if isinstance(value, str) else USD,
        value=Decimal(value) if isinstance(value, int) else value,
        decimals=decimals,
        scale=3,
        text="1",
        place=None if line is None else place(line),
        hidden=line is None,
        statement=StatementKind.BALANCE_SHEET,
        label="",
        why=Why(rule="", period="", sign="", confidence=1.0),
    )


def amount(value: int | str, line: int, *, decimals: int = -3, scale: int = 3) -> Amount:
    """An amount as printed in line ``line``, its value in full units."""
    return Amount(
        text="1",
        value=Decimal(value),
        scale=scale,
        decimals=decimals,
        measure=Measure.MONEY,
        place=place(line),
    )


def statement(*values: int | str, scale: int = 3, decimals: int = -3) -> Statement:
    """A balance sheet of one column whose last line is the total of the others."""
    lines = tuple(
        Line(
            label=f"Line {number}",
            level=0,
            section=(),
            kind=LineKind.ITEM,
            amounts=(amount(value, number, decimals=decimals, scale=scale),),
            parentheticals=(),
            place=place(number, 1),
        )
        for number, value in enumerate(values, 1)
    )
    *parts, total = (Decimal(value) for value in values)
    last = len(lines) - 1
    sums = (Sum(total=last, parts=tuple((part, 1) for part in range(last)), misses=(total - sum(parts),)),)
    return Statement(
        kind=StatementKind.BALANCE_SHEET,
        title="BALANCE SHEETS",
        columns=(Column(header="September 30, 2009", period=INSTANT, reason=""),),
        lines=lines,
        sums=sums,
        scale=scale,
        currency="USD",
        place=place(1, 1)._replace(end=2000),
    )


def number(outcome: Outcome, line: int, kind: StatementKind = StatementKind.BALANCE_SHEET) -> Number:
    """A row of the ledger."""
    return Number(text="1,234", place=place(line), statement=kind, outcome=outcome, facts=(), reason="no row claims it")


def schedule(months: int | None = 3, multiplier: int = 1000, **values: int | str) -> Schedule:
    """A schedule of the quarter: ``TOTAL_ASSETS=1250`` is the value as written, in lines from 90 on."""
    scales = {tag: Decimal(1 if tag.startswith("EPS") else multiplier) for tag in values}
    return Schedule(
        values=tuple(
            ScheduleValue(
                tag.replace("_", "-"),
                Decimal(written) * scales[tag],
                scales[tag].scaleb(-len(str(written).partition(".")[2])),
                place(line),
            )
            for line, (tag, written) in enumerate(values.items(), 90)
        ),
        multiplier=Decimal(multiplier),
        months=months,
        period_end=QUARTER.end,
    )


def report(
    *facts: Fact,
    statements: tuple[Statement, ...] = (),
    numbers: tuple[Number, ...] = (),
    schedules: tuple[Schedule, ...] = (),
) -> Report:
    """A report of these facts."""
    return Report(
        document=Document(
            source="larkspur.txt",
            text="Larkspur",
            blocks=(TextBlock(lines=(TextLine(number=1, start=0, text="Larkspur"),)),),
            header=Header(schedules=schedules),
        ),
        entity=Entity(name="Larkspur Mills", cik="0000000017"),
        schemas=SCHEMAS,
        types=TYPES,
        statements=statements,
        contexts=(),
        units=(),
        facts=facts,
        extension=None,
        unmapped=(),
        numbers=numbers,
    )
