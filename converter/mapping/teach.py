"""The table of a company: its lines as they were mapped, for a person to correct in a spreadsheet.

Converted with this table above the shipped one, the same lines get the same concepts, next quarter too.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING

from converter.mapping.sections import sections_of
from converter.mapping.table import COLUMNS, NO_CONCEPT
from converter.mapping.words import normal_form, whole_form
from converter.model.statement import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Fact, Report
    from converter.taxonomy import Taxonomy


def company_table(report: Report, taxonomy: Taxonomy) -> str:
    """A concept table as CSV: a row for each label in its section; the note says the line, the rule, how sure it is.

    A line with an element of the company's own has ``-`` for a concept. A label that stands for two concepts in one
    section is left out: a table cannot tell them apart.
    """
    rows: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for label, concept, statement, section, note in _rows(report, taxonomy):
        rows[statement, section, whole_form(label)].append((label, concept, note))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, "note"))
    for (statement, section, _), found in rows.items():
        label, concept, note = found[0]
        if all(other == concept for _, other, _ in found):
            writer.writerow((label, concept, statement, section, note))
    return out.getvalue()


def _rows(report: Report, taxonomy: Taxonomy) -> Iterator[tuple[str, str, str, str, str]]:
    """Label, concepts, statement, section and note of each line with words that bears facts."""
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.place is not None and not fact.hidden:
            facts[fact.place.start].append(fact)
    for statement in report.statements:
        for line, section in zip(statement.lines, sections_of(statement, taxonomy.tables), strict=True):
            borne = next((facts[a.place.start] for a in line.amounts if a is not None and a.place.start in facts), [])
            if line.kind is not LineKind.ITEM or not normal_form(line.label) or not borne:
                continue
            names = [fact.concept.name for fact in borne]
            concept = " ".join(names) if all(name in taxonomy for name in names) else NO_CONCEPT
            why = borne[0].why
            note = f"line {line.place.line}: {why.rule}; confidence {why.confidence:.2f}"
            yield line.label, concept, statement.kind.value, section, note
