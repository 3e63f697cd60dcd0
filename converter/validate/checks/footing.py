"""Totals that are not the sum of their lines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.validate.checks.words import number, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Fact, Report
    from converter.model.statement import Amount, Statement, Sum

_CODE = "statement.footing"


def statement_footing(report: Report) -> Iterator[Finding]:
    """A total misses the sum of its parts by more than rounding explains.

    Each part and the total may be off by one unit of the last place printed, so a miss of more than
    ``parts + 1`` units is none of rounding. Calculations 1.1 is silent on a miss within the digits.
    """
    facts = {(fact.place.start, fact.place.end): fact for fact in report.facts if fact.place}
    for statement in report.statements:
        for total in statement.sums:
            yield from _misses(statement, total, facts)


def _misses(statement: Statement, total: Sum, facts: dict[tuple[int, int], Fact]) -> Iterator[Finding]:
    line = statement.lines[total.total]
    for column, miss, amount in zip(statement.columns, total.misses, line.amounts, strict=False):
        if amount is None or amount.value is None:
            continue
        if abs(miss) <= (len(total.parts) + 1) * _unit(statement, amount):
            continue
        fact = facts.get((amount.place.start, amount.place.end))
        yield Finding(
            code=_CODE,
            severity=Severity.WARNING,
            message=f"“{line.label or 'a total without words'}”, column “{column.period or column.header}”, "
            f"is {number(amount.value)}, but its {len(total.parts)} lines add up to "
            f"{number(amount.value - miss)}: {number(abs(miss))} too {'much' if miss > 0 else 'little'} "
            f"({place(amount.place)})",
            hint="compare the source: a digit, a bracket or a line may be misread, or misprinted",
            place=amount.place,
            concept=fact.concept.name if fact else "",
            fact=fact.id if fact else "",
        )


def _unit(statement: Statement, amount: Amount) -> Decimal:
    """The last place printed: 1000 in thousands, 0.01 for a sum of amounts per share."""
    return min(Decimal(1).scaleb(statement.scale), Decimal(1).scaleb(-amount.decimals))
