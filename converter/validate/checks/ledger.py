"""Numbers of a statement that became nothing."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.model.report import Outcome
from converter.model.statement import StatementKind
from converter.validate.checks.words import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Number, Report

_CODE = "ledger.untagged"
_STATEMENTS = frozenset(
    {
        StatementKind.BALANCE_SHEET,
        StatementKind.INCOME_STATEMENT,
        StatementKind.CASH_FLOW,
        StatementKind.EQUITY,
        StatementKind.COMPREHENSIVE_INCOME,
    }
)


def ledger_untagged(report: Report) -> Iterator[Finding]:
    """Numbers of a statement bear no fact: one finding for a statement, with their count and the first."""
    left: dict[tuple[StatementKind, int], list[Number]] = {}
    starts = [statement.place.start for statement in report.statements]
    for number in report.numbers:
        if number.outcome is Outcome.UNTAGGED and number.statement in _STATEMENTS:
            index = bisect_right(starts, number.place.start) - 1  # -1: before the first
            left.setdefault((number.statement, index), []).append(number)
    for (kind, _), numbers in left.items():
        first = numbers[0]
        count = "1 number bears" if len(numbers) == 1 else f"{len(numbers)} numbers bear"
        yield Finding(
            code=_CODE,
            severity=Severity.WARNING,
            message=f"{count} no fact in the {kind.value.replace('-', ' ')}; the first is {first.text} "
            f"({place(first.place)}): {first.reason}",
            hint="add a row for the line to a concept table; numbers.csv lists every such number",
            place=first.place,
        )
