"""Noncontrolling interests: the same words mean the whole group above the line of the minority, the parent below it.

ASC 810-10-45: a statement with noncontrolling interests shows net income and equity twice, with their share and
without it. What a phrase means by itself is therefore settled by where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.mapping.table import CERTAIN
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.mapping.drafts import Draft
    from converter.mapping.match import Claim
    from converter.model.statement import Statement

_INTERESTS = re.compile(r"\b(?:non-?controlling|minority) (?:interest|owner|shareholder|partner)", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|including|and|excluding)\b", re.IGNORECASE)
_PARENT = "us-gaap:NetIncomeLoss"
_GROUP = "us-gaap:ProfitLoss"
_EQUITY = "us-gaap:StockholdersEquity"
_COMPREHENSIVE = "us-gaap:ComprehensiveIncomeNetOfTax"
_COMPREHENSIVE_GROUP = "us-gaap:ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest"
_WITH = "us-gaap:StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


def settled(claims: Mapping[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> dict[int, Claim]:
    """``claims`` with net income and equity meaning the group's or the parent's; ``earlier`` are the facts so far."""
    shares = [
        index
        for index in claims
        if _INTERESTS.search(statement.lines[index].label) and not _BEFORE.search(statement.lines[index].label)
    ]
    found = dict(claims)
    if statement.kind is StatementKind.INCOME_STATEMENT and shares:
        _above(found, shares[0], _PARENT, _GROUP)
    elif statement.kind is StatementKind.BALANCE_SHEET:
        _equity(found, shares)
    elif statement.kind is StatementKind.COMPREHENSIVE_INCOME and shares:
        _above(found, shares[-1], _COMPREHENSIVE, _COMPREHENSIVE_GROUP)
    if statement.kind in {StatementKind.CASH_FLOW, StatementKind.COMPREHENSIVE_INCOME}:
        _results(found, statement, earlier)
    return found


def _above(found: dict[int, Claim], share: int, parent: str, group: str) -> None:
    """What stands above the line ``share`` of the minority is the group's, where the parent's stands below it."""
    claiming = _claiming(found, parent)
    for index in claiming:
        if index < share and any(below > share for below in claiming):
            found[index] = _as(found[index], group, "the share of noncontrolling interests is taken off below")


def _equity(found: dict[int, Claim], shares: Sequence[int]) -> None:
    claiming = _claiming(found, _EQUITY)
    for index in claiming:
        if shares and index > shares[-1] and any(above < shares[-1] for above in claiming):
            found[index] = _as(found[index], _WITH, "it stands below the noncontrolling interests")
    for index in _claiming(found, _WITH) if not shares else ():
        found[index] = _as(found[index], _EQUITY, "there are no noncontrolling interests")


def _results(found: dict[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> None:
    """Net income on a later statement is what the income statement calls the amounts."""
    group = {(draft.period.end, draft.value) for draft in earlier if draft.concept.name == _GROUP}
    for index in _claiming(found, _PARENT) if group else ():
        shown = [
            (column.period.end, amount.value)
            for column, amount in zip(statement.columns, statement.lines[index].amounts, strict=True)
            if column.period is not None and amount is not None and amount.value is not None
        ]
        if shown and group.issuperset(shown):
            found[index] = _as(found[index], _GROUP, "its amounts are the group's on the income statement")


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
