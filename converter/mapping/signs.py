"""Signs: a value's sign is what the concept means, not how the number is displayed.

The arithmetic of the statement is the witness: the weight with which a line enters the totals above
it, as displayed, tells whether a plain number adds or takes away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from converter.model.report import Concept
    from converter.model.statement import Line, Statement

# The lines that a cash flow statement starts from: results, which add to cash although they are credits.
_RESULTS = (
    "us-gaap:NetIncomeLoss",
    "us-gaap:ProfitLoss",
    "us-gaap:IncomeLossFromContinuingOperations",
    "us-gaap:IncomeLossFromDiscontinuedOperationsNetOfTax",
)
_CREDIT_SIDE = frozenset({"liabilities-and-equity", "liabilities", "current-liabilities", "noncurrent-liabilities", "temporary-equity", "equity"})  # fmt: skip


class Sign(NamedTuple):
    """Multiply the displayed value by ``factor``; ``reason`` says why."""

    factor: int
    reason: str

    def apply(self, value: Decimal) -> Decimal:
        """The value with the concept's sign."""
        return value * self.factor if value else value


def weights_of(statement: Statement, costs: Collection[int] = ()) -> Mapping[int, int]:
    """The weight of each line in the outermost total that it enters, as displayed; lines that enter none are absent.

    ``costs`` are totals that themselves take from the result: what enters such a one and no total of a result weighs
    as it would in the result, where costs are displayed plain.
    """
    into = {part: (sum_.total, weight) for sum_ in statement.sums for part, weight in sum_.parts}
    weights: dict[int, int] = {}
    for index in sorted(into, reverse=True):  # a total stands below its parts
        total, weight = into[index]
        weights[index] = weight * weights.get(total, -1 if total in costs else 1)
    return weights


def sign_of(line: Line, weight: int | None, concept: Concept, kind: StatementKind, section: str) -> Sign:
    """How the displayed values of ``line`` become those of ``concept``."""
    measure = next((amount.measure for amount in line.amounts if amount is not None), Measure.MONEY)
    if measure is not Measure.MONEY or not concept.balance:
        return Sign(1, "as displayed: the concept has no balance")
    if kind is StatementKind.BALANCE_SHEET:
        return _balance_sheet(line, weight, concept, section)
    if kind is StatementKind.INCOME_STATEMENT:
        return _income_statement(line, weight, concept)
    if kind is StatementKind.CASH_FLOW:
        return _cash_flow(weight, concept, section)
    if kind is StatementKind.COMPREHENSIVE_INCOME:
        return _comprehensive_income(line, weight, concept)
    if kind is StatementKind.EQUITY and concept.balance == "debit":
        return Sign(-1, "what takes from equity: displayed with the opposite sign")
    return Sign(1, "as displayed")


def _balance_sheet(line: Line, weight: int | None, concept: Concept, section: str) -> Sign:
    side = "credit" if section in _CREDIT_SIDE else "debit"
    if concept.balance == side:
        return Sign(1, f"a {side} balance on the {side} side, as displayed")
    # A contra item is displayed in brackets and added, or plain and subtracted.
    subtracted = weight == -1 or (weight is None and not _mostly_negative(line))
    how = "subtracted" if subtracted else "displayed as a deduction"
    return Sign(1 if subtracted else -1, f"a {concept.balance} balance on the {side} side, {how}")


def _income_statement(line: Line, weight: int | None, concept: Concept) -> Sign:
    if concept.balance == "credit":
        if weight == -1:
            return Sign(-1, "an income that the statement's arithmetic subtracts as displayed")
        return Sign(1, "an income or a result, as displayed")
    if weight == 1:
        return Sign(-1, "a cost that the statement's arithmetic adds as displayed")
    if weight is None and _mostly_negative(line):
        return Sign(-1, "a cost displayed as a deduction; the arithmetic does not show its weight")
    return Sign(1, "a cost that is subtracted, as displayed")


def _comprehensive_income(line: Line, weight: int | None, concept: Concept) -> Sign:
    """What adds to comprehensive income is displayed as it is; what is taken from it, as a deduction or plain."""
    if concept.balance == "credit":
        return Sign(
            weight or 1, "an income, as displayed" if weight != -1 else "an income that is subtracted as displayed"
        )
    if weight == -1 or (weight is None and "attributable to" in line.label.lower()):
        return Sign(1, "an amount that is taken off, as displayed")
    return Sign(-1, "an amount that takes from income: displayed with the opposite sign")


def _cash_flow(weight: int | None, concept: Concept, section: str) -> Sign:
    if concept.period_type == "instant":
        return Sign(1, "a balance of cash, as displayed")
    if section in {"supplemental", "supplemental-noncash"}:
        return Sign(1, "a disclosure beside the flows, as displayed")
    adds = weight or 1
    if concept.name in _RESULTS or concept.balance == "debit":
        return Sign(adds, "an amount that adds to cash, as displayed" if adds == 1 else "an inflow that is subtracted")
    return Sign(-adds, "an amount that takes from cash: displayed with the opposite sign")


def _mostly_negative(line: Line) -> bool:
    values = [amount.value for amount in line.amounts if amount is not None and amount.value]
    return bool(values) and 2 * sum(1 for value in values if value < 0) > len(values)
