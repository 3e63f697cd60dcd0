"""Signs: a value's sign is what the concept means, not how the number is displayed.

The arithmetic of the statement is the witness: the weight with which a line enters the totals above
it, as displayed, tells whether a plain number adds or takes away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.balances import CREDIT_SIDE, RESULT
from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from converter.model.report import Concept
    from converter.model.statement import Line, Statement

# The lines that a cash flow statement starts from: results, which add to cash although they are credits.
_RESULT = re.compile(
    r"us-gaap:(?:NetIncomeLoss|ProfitLoss|IncomeLossFromContinuingOperations|IncomeLossFromDiscontinuedOperations)(?!AttributableTo)"
)
# What is paid, and never received: its value is positive, whether it is displayed plain or in brackets.
_PAID = re.compile(
    r"us-gaap:(?:Payments(?!ForProceeds)|Repayments|(?:InterestPaid|IncomeTaxesPaid|CapitalExpendituresIncurred))"
)
# "Other (income) expense": brackets are incomes. "Cash (paid) refunded": brackets are payments.
_INCOME_IN_BRACKETS = re.compile(r"\(\s*(?:income|gains?)\s*\)", re.IGNORECASE)
_PAID_IN_BRACKETS = re.compile(r"\(\s*paid\s*\)", re.IGNORECASE)


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
        return _cash_flow(line, weight, concept, section)
    if kind is StatementKind.COMPREHENSIVE_INCOME:
        return _comprehensive_income(line, weight, concept)
    if kind is StatementKind.EQUITY and concept.balance == "debit":
        return Sign(-1, "what takes from equity: displayed with the opposite sign")
    return Sign(1, "as displayed")


def is_contradicted(line: Line, weight: int | None, concept: Concept, section: str) -> bool:
    """Whether a line of a balance sheet is displayed plain and added, though ``concept`` takes from its side.

    "Property, less accumulated depreciation" is no depreciation where it adds to the assets.
    """
    side = "credit" if section in CREDIT_SIDE else "debit"
    values = [amount.value for amount in line.amounts if amount is not None and amount.value]
    return bool(
        section and weight == 1 and concept.balance not in {"", side} and values and all(value > 0 for value in values)
    )


def _balance_sheet(line: Line, weight: int | None, concept: Concept, section: str) -> Sign:
    side = "credit" if section in CREDIT_SIDE else "debit"
    if concept.balance == side:
        return Sign(1, f"a {side} balance on the {side} side, as displayed")
    # A contra item is displayed in brackets and added, or plain and subtracted.
    subtracted = weight == -1 or (weight is None and not _mostly_negative(line))
    how = "subtracted" if subtracted else "displayed as a deduction"
    return Sign(1 if subtracted else -1, f"a {concept.balance} balance on the {side} side, {how}")


def _income_statement(line: Line, weight: int | None, concept: Concept) -> Sign:
    if concept.balance == "credit":
        if _RESULT.match(concept.name) and "Discontinued" not in concept.name:
            return Sign(1, "a result, as displayed")
        if _INCOME_IN_BRACKETS.search(line.label):
            return Sign(-1, "an income that is displayed in brackets, as the label says")
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


def _cash_flow(line: Line, weight: int | None, concept: Concept, section: str) -> Sign:
    if concept.period_type == "instant":
        return Sign(1, "a balance of cash, as displayed")
    is_beside = section in {"supplemental", "supplemental-noncash"}
    if concept.balance == "credit" and any(map(_PAID_IN_BRACKETS.search, (line.label, *line.section[-1:]))):
        return Sign(-1, "a payment that is displayed in brackets, as the words say")
    if concept.balance == "credit" and (is_beside or (weight is None and _PAID.match(concept.name))):
        negative = _mostly_negative(line)
        return Sign(-1 if negative else 1, f"a payment that is displayed {'as a deduction' if negative else 'plain'}")
    if is_beside:
        return Sign(1, "a disclosure beside the flows, as displayed")
    adds = weight or 1
    if _RESULT.match(concept.name) or (concept.label and RESULT.match(line.label)):
        is_adjustment = section == "adjustments" and "discontinued" in line.label.lower()
        return Sign(
            -adds if is_adjustment else 1, "a result, as displayed" if not is_adjustment else "a result taken back"
        )
    if concept.balance == "debit":
        return Sign(adds, "an amount that adds to cash, as displayed" if adds == 1 else "an inflow that is subtracted")
    return Sign(-adds, "an amount that takes from cash: displayed with the opposite sign")


def _mostly_negative(line: Line) -> bool:
    values = [amount.value for amount in line.amounts if amount is not None and amount.value]
    return bool(values) and 2 * sum(1 for value in values if value < 0) > len(values)
