"""Noncontrolling interests: the same words mean the whole group above the line of the minority, the parent below it.

ASC 810-10-45: a statement with noncontrolling interests shows net income and equity twice, with their share and
without it. What a phrase means by itself is therefore settled by where it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from converter.mapping.table import CERTAIN, Match
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from converter.mapping.drafts import Draft
    from converter.mapping.match import Claim
    from converter.model.statement import Statement

_INTERESTS = re.compile(r"\b(?:non-?controlling|minority) (?:interest|owner|shareholder|partner)", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|including|and|excluding)\b", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"\battributable to\b(?!.*\b(?:common|preferred)\b)", re.IGNORECASE)
_BY_ARITHMETIC = 0.9
_PARENT = "us-gaap:NetIncomeLoss"
_GROUP = "us-gaap:ProfitLoss"
_CONTINUING = "us-gaap:IncomeLossFromContinuingOperations"
_CONTINUING_GROUP = f"{_CONTINUING}IncludingPortionAttributableToNoncontrollingInterest"
_EQUITY = "us-gaap:StockholdersEquity"
_COMPREHENSIVE = "us-gaap:ComprehensiveIncomeNetOfTax"
_COMPREHENSIVE_GROUP = "us-gaap:ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest"
_WITH = "us-gaap:StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


def settled(claims: Mapping[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> dict[int, Claim]:
    """``claims`` with net income and equity meaning the group's or the parent's; ``earlier`` are the facts so far."""
    shares = [index for index in claims if is_share(statement.lines[index].label)]
    found = dict(claims)
    if statement.kind is StatementKind.INCOME_STATEMENT and shares:
        _split(found, shares, statement, _PARENT, _GROUP)
        _split(found, shares, statement, _CONTINUING, _CONTINUING_GROUP)
        _above(found, shares[0], _PARENT, _GROUP)
        _continuing(found, statement)
    elif statement.kind is StatementKind.INCOME_STATEMENT:
        for index in _claiming(found, _GROUP) if not _claiming(found, _PARENT) else ():
            found[index] = _as(found[index], _PARENT, "there are no noncontrolling interests")
    elif statement.kind is StatementKind.BALANCE_SHEET:
        _equity(found, shares, statement)
    elif statement.kind is StatementKind.COMPREHENSIVE_INCOME and shares:
        _split(found, shares, statement, _COMPREHENSIVE, _COMPREHENSIVE_GROUP)
        _above(found, shares[-1], _COMPREHENSIVE, _COMPREHENSIVE_GROUP)
    if statement.kind in {StatementKind.CASH_FLOW, StatementKind.COMPREHENSIVE_INCOME}:
        _results(found, statement, earlier)
    return found


def is_share(label: str) -> bool:
    """Whether a line with ``label`` is of the noncontrolling interests alone."""
    named = _INTERESTS.search(label)
    return named is not None and not _BEFORE.search(label, 0, named.start())


def _above(found: dict[int, Claim], share: int, parent: str, group: str) -> None:
    """What stands above the line ``share`` of the minority is the group's, where the parent's stands below it."""
    claiming = _claiming(found, parent)
    for index in claiming:
        if index < share and any(below > share for below in claiming):
            found[index] = _as(found[index], group, "the share of noncontrolling interests is taken off below")


def _split(found: dict[int, Claim], shares: Sequence[int], statement: Statement, parent: str, group: str) -> None:
    """By the arithmetic: what a share is taken off is the group's, and what is left is the parent's."""
    for sum_ in statement.sums:
        parts = [part for part, _ in sum_.parts]
        if sum_.total not in found or not any(share in parts for share in shares):
            continue
        whole = [part for part in parts if part in _claiming(found, parent)]
        shown = [_values(statement, index) for index in whole]
        for index in [at for at in _claiming(found, parent) if _values(statement, at) in shown]:
            found[index] = _as(found[index], group, "the share of noncontrolling interests is taken off it")
        left = found[sum_.total]
        if whole and left.match is None and _ATTRIBUTED.search(statement.lines[sum_.total].label):
            rule = "what is left of the result without the share of noncontrolling interests"
            found[sum_.total] = left._replace(match=Match(concepts=(parent,), rule=rule, confidence=_BY_ARITHMETIC))


def _continuing(found: dict[int, Claim], statement: Statement) -> None:
    """What goes into the group's net income is the group's too."""
    parts = {part for sum_ in statement.sums if sum_.total in _claiming(found, _GROUP) for part, _ in sum_.parts}
    for index in parts.intersection(_claiming(found, _CONTINUING)):
        found[index] = _as(found[index], _CONTINUING_GROUP, "it goes into the net income of the group")


def _values(statement: Statement, index: int) -> list[Decimal | None]:
    return [amount.value if amount is not None else None for amount in statement.lines[index].amounts]


def _equity(found: dict[int, Claim], shares: Sequence[int], statement: Statement) -> None:
    claiming = _claiming(found, _EQUITY)
    added = {sum_.total for sum_ in statement.sums for part, weight in sum_.parts if part in shares and weight == 1}
    for index in claiming:
        is_below = shares and index > shares[-1] and any(above < shares[-1] for above in claiming)
        if is_below or index in added:
            found[index] = _as(found[index], _WITH, "it stands below the noncontrolling interests")
    for index in _claiming(found, _WITH) if not shares else ():
        found[index] = _as(found[index], _EQUITY, "there are no noncontrolling interests")


def _results(found: dict[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> None:
    """Results on a later statement are what the income statement calls the amounts."""
    facts: dict[str, set[tuple[date, object]]] = defaultdict(set)
    for draft in earlier:
        facts[draft.concept.name].add((draft.period.end, draft.value))
    for pair in ((_PARENT, _GROUP), (_CONTINUING, _CONTINUING_GROUP)):
        for claimed, called in (pair, pair[::-1]):
            for index in _claiming(found, claimed) if facts[called] else ():
                shown = {
                    (column.period.end, amount.value)
                    for column, amount in zip(statement.columns, statement.lines[index].amounts, strict=True)
                    if column.period is not None and amount is not None and amount.value is not None
                }
                if shown and shown <= facts[called] and not shown <= facts[claimed]:
                    found[index] = _as(found[index], called, "so the income statement calls its amounts")


def _claiming(claims: Mapping[int, Claim], concept: str) -> list[int]:
    """The lines that claim ``concept``, but for those that the user settled."""
    return [
        index
        for index, claim in claims.items()
        if claim.match is not None and claim.match.concepts == (concept,) and claim.match.confidence < CERTAIN
    ]


def _as(claim: Claim, concept: str, reason: str) -> Claim:
    assert claim.match is not None  # noqa: S101 - only such are found
    match = claim.match._replace(concepts=(concept,), rule=f"{claim.match.rule}; {reason}")
    return claim._replace(match=match)
