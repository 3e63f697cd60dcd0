"""The tables of a conversion: facts.csv, numbers.csv and findings.json."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model.findings import Finding
    from converter.model.report import Fact, Number, Report
    from converter.model.source import Place

_FACTS = (
    "id", "concept", "period_start", "period_end", "unit", "value", "decimals", "statement", "label",
    "source_line", "source_column", "rule", "confidence",
    "dimensions",
)  # fmt: skip
_NUMBERS = ("source_line", "source_column", "text", "statement", "outcome", "fact", "reason")


def facts_csv(report: Report) -> str:
    """One row per fact; of a workbook, with its sheet last."""
    rows = ((*_fact_row(fact), *_sheet(report, fact.place)) for fact in report.facts)
    return _csv((*_FACTS, *_sheet_header(report)), rows)


def numbers_csv(report: Report) -> str:
    """One row per number that stands in the source; of a workbook, with its sheet last."""
    rows = ((*_number_row(number), *_sheet(report, number.place)) for number in report.numbers)
    return _csv((*_NUMBERS, *_sheet_header(report)), rows)


def findings_json(findings: Sequence[Finding]) -> str:
    """A list of findings, each an object."""
    return json.dumps([_finding(finding) for finding in findings], indent=2, ensure_ascii=False) + "\n"


def plain(value: Decimal) -> str:
    """A decimal without an exponent and without zeros behind the last digit of its fraction."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _fact_row(fact: Fact) -> tuple[object, ...]:
    period = fact.context.period
    value = plain(fact.value) if isinstance(fact.value, Decimal) else fact.value or ""
    return (
        fact.id,
        fact.concept.name,
        period.start or "",
        period.end,
        fact.unit.id if fact.unit else "",
        value,
        "" if fact.value is None or isinstance(fact.value, str) else "INF" if fact.decimals is None else fact.decimals,
        fact.statement.value,
        fact.label,
        *_where(fact.place),
        fact.why.rule,
        f"{fact.why.confidence:.2f}",
        ";".join([f"{member.axis}={member.concept.name}" for member in fact.context.members]),
    )


def _number_row(number: Number) -> tuple[object, ...]:
    return (
        *_where(number.place),
        number.text,
        number.statement.value,
        number.outcome.value,
        " ".join(number.facts),
        number.reason,
    )


def _sheet_header(report: Report) -> tuple[str, ...]:
    return ("sheet",) if report.document.has_sheets else ()


def _sheet(report: Report, place: Place | None) -> tuple[str, ...]:
    if not report.document.has_sheets:
        return ()
    return (report.document.sheet_at(place.start) if place else "",)


def _where(place: Place | None) -> tuple[object, object]:
    return (place.line, place.column) if place else ("", "")


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "source": place.source if place else "",
        "line": place.line if place else None,
        "column": place.column if place else None,
        "concept": finding.concept,
        "fact": finding.fact,
    }


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
