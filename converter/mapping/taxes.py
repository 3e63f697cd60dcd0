"""Taxes inside the labels of income: which concept the tax of a line is, and whether a number is an expense or a benefit.

"Translation adjustments, net of tax of $1 and $(11)", "net of tax benefit of $4", "net of tax expense (benefit) of $(6)".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.extension import named
from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Concept
    from converter.model.statement import Line, Parenthetical, Statement
    from converter.taxonomy import Taxonomy

_TAX = re.compile(r"\btax(?:es)?\b", re.IGNORECASE)
_EXPENSE = re.compile(r"\b(?:expenses?|provisions?)\b", re.IGNORECASE)
_BENEFIT = re.compile(r"\b(?:benefits?|credits?)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\s*(?:expenses?|provisions?|benefits?|credits?)\s*\)", re.IGNORECASE)
# How the name of a net amount becomes that of its tax.
_ENDINGS = (
    ("NetOfTax", "Tax"),
    ("AdjustmentNetOfTax", "Tax"),
    ("AfterReclassificationAndTax", "AfterReclassificationTax"),
    ("AfterTax", "Tax"),
    ("AfterAdjustmentsAndTax", "AfterAdjustmentsTax"),
    ("NetOfTaxPeriodIncreaseDecrease", "Tax"),
    ("AdjustmentNetOfTaxPeriodIncreaseDecrease", "Tax"),
    ("NetOfTaxPeriodIncreaseDecrease", "TaxEffectPeriodIncreaseDecrease"),
)


class Tax(NamedTuple):
    """The concept of a tax, and the factor that gives the number as displayed the concept's sign."""

    concept: Concept
    factor: int
    reason: str


def tax_of(
    statement: Statement, line: Line, inner: Parenthetical, net: Concept | None, taxonomy: Taxonomy, prefix: str
) -> Tax | None:
    """What the number ``inner`` is, where it is the tax of ``line``, whose amounts are of the concept ``net``.

    A concept of income has a tax that is a debit, one of a loss a tax that is a credit; one without a balance counts as
    of income.
    """
    kinds = {StatementKind.COMPREHENSIVE_INCOME, StatementKind.INCOME_STATEMENT}
    if net is None or inner.amount.measure is not Measure.MONEY or statement.kind not in kinds:
        return None
    words = _TAX.split(inner.before)
    if len(words) == 1:
        return None
    concept = _standard(net, taxonomy) or named(
        f"{_TAX.split(line.label)[0]} tax", prefix, like=net, balance="credit" if net.balance == "debit" else "debit"
    )
    factor, reason = _expense_factor(words[-1], statement)
    return Tax(concept, -factor if concept.balance == "credit" else factor, reason)


def _standard(net: Concept, taxonomy: Taxonomy) -> Concept | None:
    """The tax that the taxonomy pairs with ``net``, by its name."""
    for old, new in _ENDINGS:
        if net.name.endswith(old):
            stem = net.name.removesuffix(old)
            for name in (f"{stem}{new}", f"{stem.replace('TransactionAndTranslation', 'Translation')}{new}"):
                if name in taxonomy:
                    return taxonomy[name]
    return None


def _expense_factor(words: str, statement: Statement) -> tuple[int, str]:
    """1 where an expense is displayed without brackets, -1 where a benefit is; the words say it, else the amounts.

    ``words`` stand between "tax" and the number. The tax of an income is an expense and that of a loss a benefit: where
    the words do not say it, the columns vote by the signs of the amounts and of their taxes, for the whole statement.
    """
    is_expense = _told(words)
    if is_expense is not None:
        return (1, "a tax expense, as the label says") if is_expense else (-1, "a tax benefit, as the label says")
    votes = sum(vote for line in statement.lines if line.parentheticals for vote in _agreement(statement, line))
    if votes < 0:
        return -1, "a tax that is displayed against the sign of its income"
    return 1, "a tax with the sign of its income" if votes else "as displayed"


def _told(words: str) -> bool | None:
    """Whether ``words`` behind "tax" say that a plain number is an expense; None where they say nothing."""
    plain = _BRACKETED.sub(" ", words)
    is_expense = bool(_EXPENSE.search(plain))
    return is_expense if is_expense != bool(_BENEFIT.search(plain)) else None


def _agreement(statement: Statement, line: Line) -> Iterator[int]:
    """1 for each tax of the label that has the sign of the line's amount of its period, -1 for each that has not."""
    values = {
        column.period: amount.value
        for column, amount in zip(statement.columns, line.amounts, strict=True)
        if amount is not None and amount.value
    }
    for other in line.parentheticals:
        value, tax = values.get(other.period), other.amount.value
        words = _TAX.split(other.before)
        if value and tax and len(words) > 1 and _told(words[-1]) is None:
            yield 1 if (value > 0) == (tax > 0) else -1
