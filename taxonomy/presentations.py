"""Reads the presentations that filers tagged themselves: lines as the ranker sees them, each with its answer.

Rows are those of the SEC's Financial Statement Data Sets, one per line in the order of the statement: adsh, cik, sic,
stmt, line, label, tag, standard, abstract, datatype.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from equivalents import Equivalents, Presentation, Shown

from converter.mapping import table as label_table
from converter.mapping.features import Around, Item
from converter.mapping.industry import industry_of
from converter.mapping.ranked import RECENT, places_of
from converter.mapping.sections import sections_of
from converter.mapping.words import ANY, forms
from converter.model.source import Place
from converter.model.statement import Amount, Line, LineKind, Measure, Statement, StatementKind
from converter.taxonomy import MONETARY, PER_SHARE, SHARES, Taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

KINDS = {
    "BS": StatementKind.BALANCE_SHEET,
    "IS": StatementKind.INCOME_STATEMENT,
    "CF": StatementKind.CASH_FLOW,
}
MEASURES = {"shares": Measure.SHARES, "perShare": Measure.PER_SHARE}
TYPES = {Measure.MONEY: MONETARY, Measure.SHARES: SHARES, Measure.PER_SHARE: PER_SHARE}
SUFFIX = re.compile(r"\s*\((?:in (?:shares|dollars per share|usd per share)|usd \$)\)\s*$", re.IGNORECASE)
NOWHERE = Place(source="", line=1, column=1, start=0, end=0)
THE_TABLE, THE_TAXONOMY = -1, -2  # no filer has a number below nought
_FLOW = re.compile(r"us-gaap:(?:IncreaseDecrease|Proceeds|Payments|Repayments|NetCash|Noncash)")
Row = dict[str, str]


@dataclass(frozen=True)
class Example:
    """A line with its answer: the QName that a filer chose, or empty for an element of its own; ``answers`` are all that
    are right.
    """

    company: int
    kind: str
    item: Item
    measure: Measure
    concept: str
    answers: frozenset[str]
    around: Around[str]

    @property
    def told(self) -> tuple[object, ...]:
        """What a company says with the line."""
        return (self.company, self.kind, self.item.label, self.item.section, self.concept, self.item.is_recent)

    @property
    def form(self) -> str:
        """The normal form of the whole label."""
        return (forms(self.item.label) or ("",))[0]


def read_statements(paths: Iterable[Path], reading: Reading) -> list[tuple[Example, ...]]:
    """The lines with values of each of the three statements; what a company presents more than once, once."""
    found: dict[tuple[object, ...], tuple[Example, ...]] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for _, group in groupby(csv.DictReader(file), key=lambda row: row["adsh"]):
                for lines in reading.statements(list(group)):
                    found.setdefault(tuple(e.told for e in lines), lines)
    return [lines for lines in found.values() if lines]


def lines_of(statements: Iterable[Iterable[Example]]) -> list[Example]:
    """Every line; what a company says again in the same place, once."""
    found: dict[tuple[object, ...], Example] = {}
    for lines in statements:
        for e in lines:
            found.setdefault(e.told, e)
    return list(found.values())


def read_successors(taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """Old name to condition to today's name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (taxonomy.tables / "successors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["name"]][row["condition"]] = row["successor"]
    return found


@dataclass(frozen=True)
class Filing:
    """What the lines of a filing have in common: what it shows, and the concept table for its industry."""

    presentation: Presentation
    table: label_table.ConceptTable


@dataclass(frozen=True)
class Reading:
    """What presentations are read with."""

    taxonomy: Taxonomy
    successors: dict[str, dict[str, str]]
    equivalents: Equivalents

    def statements(self, rows: list[Row]) -> Iterator[tuple[Example, ...]]:
        """The examples of each statement of a filing."""
        statements = [
            (KINDS[stmt], list(group)) for stmt, group in groupby(rows, key=lambda row: row["stmt"]) if stmt in KINDS
        ]
        placed = [(shown, self.placed(kind, shown)) for kind, shown in statements]
        lines = [
            Shown(row["stmt"], section, line.label, row["tag"], row["datatype"] not in MEASURES)
            for shown, (statement, sections) in placed
            for row, line, section in zip(shown, statement.lines, sections, strict=True)
            if line.kind is LineKind.ITEM
        ]
        industry, _ = industry_of([statement for _, (statement, _) in placed], self.taxonomy.tables, "")
        filing = Filing(Presentation(rows[0]["sic"], lines), label_table.load(self.taxonomy, (), industry)[0])
        for shown, (statement, sections) in placed:
            yield tuple(self.examples_of(shown, statement, sections, filing))

    def placed(self, kind: StatementKind, rows: list[Row]) -> tuple[Statement, tuple[str, ...]]:
        """A statement, and the section of each of its lines."""
        lines: list[Line] = []
        caption: tuple[str, ...] = ()
        for row in rows:
            label = SUFFIX.sub("", row["label"])
            if row["abstract"] == "1":
                label = re.sub(r"\s*\[.*\]$", "", label)
                caption = (label,)
                lines.append(line_of(label, caption, LineKind.CAPTION, ()))
            else:
                lines.append(line_of(label, caption, LineKind.ITEM, (MEASURES.get(row["datatype"], Measure.MONEY),)))
        statement = Statement(
            kind=kind, title="", columns=(), lines=tuple(lines), sums=(), scale=0, currency="USD", place=NOWHERE
        )
        return statement, tuple(sections_of(statement, self.taxonomy.tables))

    def examples_of(
        self, rows: list[Row], statement: Statement, sections: tuple[str, ...], filing: Filing
    ) -> Iterator[Example]:
        """The examples of a statement."""
        items = [
            (row, line, section, today(row, section, sections, rows, self.successors, self.taxonomy))
            for row, line, section in zip(rows, statement.lines, sections, strict=True)
            if line.kind is LineKind.ITEM
        ]
        names = [name for *_, name in items]
        labels = [line.label for _, line, _, _ in items]
        places = places_of(labels)
        for (row, line, section, name), place in zip(items, places, strict=True):
            if name is None or line.amounts[0] is None:
                continue
            around = Around(*(None if at is None else names[at] for at in place))
            shown = Shown(row["stmt"], section, line.label, row["tag"], row["datatype"] not in MEASURES)
            others = self.equivalents.of(shown, filing.presentation) if name else ()
            answers = frozenset({name, *(f"us-gaap:{other}" for other in others)})
            above, below = ("" if at is None else labels[at] for at in place[:2])
            item = item_of(line, section, statement.kind, filing, above, below, is_recent=is_recent(row["adsh"]))
            yield Example(int(row["cik"]), statement.kind.value, item, line.amounts[0].measure, name, answers, around)


def is_recent(accession: str) -> bool:
    """Whether a filing is of recent years, by the year in the middle of its accession number."""
    year = int(accession.split("-")[1])
    return RECENT <= 2000 + year < 2050


def item_of(
    line: Line, section: str, kind: StatementKind, filing: Filing, above: str, below: str, *, is_recent: bool
) -> Item:
    """The line as the ranker will see it, between the labels ``above`` and ``below``."""
    match = filing.table.find(line.label, kind, section)
    return Item(
        label=line.label,
        section=section,
        caption=line.section[-1] if line.section else "",
        above=above,
        below=below,
        row=None if match is None else match.concepts,
        sureness=0.0 if match is None else match.confidence,
        is_recent=is_recent,
    )


def line_of(label: str, caption: tuple[str, ...], kind: LineKind, measures: tuple[Measure, ...]) -> Line:
    amounts = tuple(
        Amount(text="", value=None, scale=0, decimals=0, measure=measure, place=NOWHERE) for measure in measures
    )
    return Line(label=label, level=0, section=caption, kind=kind, amounts=amounts, parentheticals=(), place=NOWHERE)


def today(
    row: Row,
    section: str,
    sections: tuple[str, ...],
    rows: list[Row],
    successors: dict[str, dict[str, str]],
    taxonomy: Taxonomy,
) -> str | None:
    """Today's QName for the tag of a row; empty for an element of the company's own, None where there is none."""
    if row["standard"] != "1":
        return ""
    ways = successors.get(row["tag"], {})
    conditions = []
    if row["stmt"] == "BS":
        classified = any(part in {"current-assets", "current-liabilities"} for part in sections)
        conditions.append("unclassified" if not classified else "current" if section.startswith("current") else "")
    if row["stmt"] == "IS" and sum("Revenue" in other["tag"] and "Cost" not in other["tag"] for other in rows) == 1:
        conditions.append("only-revenue")
    if row["stmt"] == "IS" and sum(other["tag"].startswith("CostOf") for other in rows) == 1:
        conditions.append("only-cost")
    conditions += [section, ""]
    name = next((ways[condition] for condition in conditions if condition in ways), row["tag"])
    qname = f"us-gaap:{name}"
    if qname not in taxonomy or taxonomy[qname].abstract:
        return None
    return qname


def told_by_rows(taxonomy: Taxonomy) -> list[Example]:
    """The rows of the concept table as if one more company had them for lines."""
    with (taxonomy.tables / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [
            Example(
                company=THE_TABLE,
                kind=row["statement"],
                item=Item(row["label"], row["section"]),
                measure=Measure.MONEY,
                concept=row["concept"],
                answers=frozenset({row["concept"]}),
                around=Around(),
            )
            for row in csv.DictReader(file)
            if row["statement"] in {kind.value for kind in KINDS.values()}
            and ANY not in row["label"]
            and row["concept"] in taxonomy
        ]


def told_by_names(labels: Mapping[str, str], taxonomy: Taxonomy) -> Iterator[Example]:
    """The labels that most filers give to the elements themselves (by QName), as if one more company had them for lines.

    They say nothing of statements: balances are of balance sheets, and what lasts is of both the others, unless its name is
    that of a flow.
    """
    for name, label in labels.items():
        if name not in taxonomy or taxonomy[name].abstract or taxonomy[name].type not in TYPES.values():
            continue
        kinds = [StatementKind.BALANCE_SHEET]
        if taxonomy[name].period_type != "instant":
            kinds = [StatementKind.CASH_FLOW, *([] if _FLOW.match(name) else [StatementKind.INCOME_STATEMENT])]
        for kind in kinds:
            yield Example(
                company=THE_TAXONOMY,
                kind=kind.value,
                item=Item(label, ""),
                measure=Measure.MONEY,
                concept=name,
                answers=frozenset({name}),
                around=Around(),
            )
