"""The balance of an element of the company's own: that of the standard elements for like lines.

So its values have the sign that a reader who knows the standard elements expects: payments, gains among the adjustments
of cash flows and reclassifications out of other comprehensive income are told apart from their opposites.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from converter.model.statement import Line

CREDIT_SIDE = frozenset({"liabilities-and-equity", "liabilities", "current-liabilities", "noncurrent-liabilities", "temporary-equity", "equity"})  # fmt: skip
_DETAIL = re.compile(r"[;$]|\s\d|[\s,(–—-]+net of (?:income )?tax")
_CONTRA_EQUITY = re.compile(r"\b(?:treasury|repurchased|reacquired|held by|unearned|subscriptions? receivable)\b")
_INCOME = re.compile(r"\b(?:income|revenues?|sales|gains?|profit|earnings)\b")
RESULT = re.compile(
    r"^(?:net )?(?:income|loss|earnings|profit)\b(?:\s*/?\s*\([\w ]*\))?(?: before| from (?:continuing|discontinued)| after| of)\b"
    r"|^net (?:income|loss|earnings)\b|^discontinued operations\b",
    re.IGNORECASE,
)
# A gain or a loss on something: the standard elements of both are gains.
_GAIN = re.compile(
    r"\b(?:gains?|loss(?:es)?)\b\)?[\w\s,/()-]*? (?:on|from (?:the )?(?:sales?|disposals?|dispositions?))\b"
)
_NO_GAIN = re.compile(r"\b(?:credit|impairments?|provisions?|discontinued|operations|reserves?)\b")
_INCOME_EXPENSE = re.compile(r"\(\s*(?:income|gains?)\s*\)|^interest\W+net$")
_UNDISTRIBUTED = re.compile(r"^(?:undistributed|equity in) .*(?:income|earnings|loss)")
_NONCASH = re.compile(r"^other non-?cash\b")
_ASSETS = re.compile(
    r"\b(?:receivables?|inventor(?:y|ies)|prepaid expenses|deferred charges|accrued revenues?|current assets)\b"
)
_LIABILITIES = re.compile(r"\b(?:liabilit(?:y|ies)|payables?|accruals?)\b")
_OUTFLOW = re.compile(
    r"\b(?:payments?|purchases?|acquisitions?|repayments?|repurchases?|additions|dividends|expenditures|contributions"
    r"|disbursements|paid)\b"
)
_PAID = re.compile(r"\b(?:payments?|paid|contributions|disbursements|originations?)\b(?!.*\breceived)")
_ALTERNATIVE = re.compile(
    r"\([a-z\s]{0,60}(?:(?:re)?payments?|(?:re)?purchases?|distributions?|redemptions?|proceeds|used|increase|decrease|sales"
    r"|borrowings?)[a-z\s]{0,60}\)"
)
_TOTAL = re.compile(r"^(?:net )?(?:increase|decrease|change)\b.*\bcash\b|^net cash\b")
_TWO_WAYS = re.compile(r"\bnet$|^changes? in\b")
_RECLASSIFIED = re.compile(r"\breclass|\b(?:realized|recognized|included) in (?:net )?(?:income|earnings|loss)")
_AMORTIZED_LOSS = re.compile(r"^amortization .*\bloss")
_OF_OTHERS = re.compile(r"\battributable to .*(?:non-?controlling|minority)")
_PENSION = re.compile(
    r"\b(?:pensions?|retire\w*|post-?(?:retirement|employment)|benefit plans?|benefit obligations?)\b"
)
_DETAIL_OF_PENSION = re.compile(r"\bgains?\b|\bloss|\bactuarial|\barising|\bamortiz|\breclass")
_TAX = re.compile(r"\b(?:income )?tax(?:es)?\b(?! rate)")
_NO_TAX = re.compile(r"\b(?:before|net of|after|excluding)\b")
_TAX_IN_BRACKETS = re.compile(r"\(tax(?:es)?\)")


def balance_of_own(line: Line, kind: StatementKind, section: str, weight: int | None) -> str:
    """``debit`` or ``credit`` for a line of money; ``weight`` is that in the totals above it, as displayed."""
    label = _DETAIL.split(line.label.lower(), maxsplit=1)[0].strip(" :*,-–—")
    if kind is StatementKind.BALANCE_SHEET:
        is_credit = section in CREDIT_SIDE and not (section == "equity" and _CONTRA_EQUITY.search(label))
        return "credit" if is_credit else "debit"
    if kind is StatementKind.INCOME_STATEMENT:
        return _of_income(line, label, weight)
    if kind is StatementKind.CASH_FLOW:
        return _of_cash_flow(line, label, section, weight)
    caption = line.section[-1].lower() if line.section else ""
    return _of_comprehensive_income(label, caption) if kind is StatementKind.COMPREHENSIVE_INCOME else ""


def _of_income(line: Line, label: str, weight: int | None) -> str:
    if _is_gain(label) or (RESULT.search(label) and not _OF_OTHERS.search(label)):
        return "credit"
    if weight is None:
        return "credit" if _INCOME.search(label) else "debit"
    return "credit" if (weight == 1) != (_direction(line) < 0) else "debit"


def _of_comprehensive_income(label: str, caption: str) -> str:
    if _TAX_IN_BRACKETS.search(label):
        return "credit"
    if _OF_OTHERS.search(label) or (_TAX.search(label) and not _NO_TAX.search(label)):
        return "debit"
    if "prior service" in label:
        return "debit" if "arising" in label else "credit"
    if _AMORTIZED_LOSS.search(label):
        return "debit"
    if _PENSION.search(label) or (_PENSION.search(caption) and not label.startswith("other")):
        return "credit" if _DETAIL_OF_PENSION.search(label) else "debit"
    return "debit" if _RECLASSIFIED.search(label) else "credit"


def _of_cash_flow(line: Line, label: str, section: str, weight: int | None) -> str:
    if section == "working-capital":
        return "credit" if _ASSETS.search(label) and not _LIABILITIES.search(label) else "debit"
    if section in {"investing", "financing"}:
        return _of_flow(line, label, section, weight)
    if section.startswith("supplemental"):
        return "credit" if _OUTFLOW.search(label) else "debit"
    is_gain = _is_gain(label)
    is_payment = _PAID.search(label) and _direction(line) * (weight or 1) < 0
    return "credit" if is_gain or is_payment or _UNDISTRIBUTED.search(label) or _NONCASH.search(label) else "debit"


def _of_flow(line: Line, label: str, section: str, weight: int | None) -> str:
    """Investments that go both ways are payments net of proceeds, and financing that does is proceeds net of payments."""
    direction = _direction(line) * (weight or 1)
    if _TOTAL.search(label):
        return "debit"
    if _ALTERNATIVE.search(label) or (section == "financing" and _TWO_WAYS.search(label)):
        return "debit" if section == "financing" else "credit"
    if direction:
        return "credit" if direction < 0 else "debit"
    return "credit" if _OUTFLOW.search(label) or (section == "investing" and label.startswith("other")) else "debit"


def _is_gain(label: str) -> bool:
    is_gain = _GAIN.search(label) and not _NO_GAIN.search(label)
    return bool(is_gain or _INCOME_EXPENSE.search(label))


def _direction(line: Line) -> int:
    """The sign that all amounts of the line have as displayed, 0 where they differ or are all zero."""
    signs = {1 if amount.value > 0 else -1 for amount in line.amounts if amount is not None and amount.value}
    return signs.pop() if len(signs) == 1 else 0
