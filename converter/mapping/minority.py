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
    from collections.abc import Iterable, Mapping

    from converter.mapping.drafts import Draft
    from converter.mapping.match import Claim
    from converter.model.statement import Statement

_INTERESTS = re.compile(r"\b(?:non-?controlling|minority) (?:interest|owner|shareholder|partner)", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|including|and|excluding)\b", re.IGNORECASE)
_PARENT = "us-gaap:NetIncomeLoss"
_GROUP = "us-gaap:ProfitLoss"
_EQUITY = "us-gaap:StockholdersEquity"
_WITH = "us-gaap:StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


def settled(claims: Mapping[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> dict[int, Claim]:
    """``claims`` with net income and equity meaning the group's or the parent's; ``earlier`` are the facts so far."""
    found = dict(claims)
    shares = [
        index
        for index in claims
        if _INTERESTS.search(statement.lines[index].label) and not _BEFORE.search(statement.lines[index].label)
    ]
    if statement.kind is StatementKind.INCOME_STATEMENT and shares:
        for index in _claiming(claims, _PARENT):
            if index < shares[0] and any(below > shares[0] for below in _claiming(claims, _PARENT)):
                found[index] = _as(found[index], _GROUP, "the share of noncontrolling interests is taken off below")
    elif statement.kind is StatementKind.BALANCE_SHEET:
        for index in _claiming(claims, _EQUITY):
            if shares and index > shares[-1] and any(above < shares[-1] for above in _claiming(claims, _EQUITY)):
                found[index] = _as(found[index], _WITH, "it stands below the noncontrolling interests")
        if not shares:
            for index in _claiming(claims, _WITH):
                found[index] = _as(found[index], _EQUITY, "there are no noncontrolling interests")
    elif statement.kind is StatementKind.CASH_FLOW:
        group = {(draft.period.end, draft.value) for draft in earlier if draft.concept.name == _GROUP}
        for index in _claiming(claims, _PARENT) if group else ():
            shown = [
                (column.period.end, amount.value)
                for column, amount in zip(statement.columns, statement.lines[index].amounts, strict=True)
                if column.period is not None and amount is not None and amount.value is not None
            ]
            if shown and group.issuperset(shown):
                found[index] = _as(found[index], _GROUP, "its amounts are the group's on the income statement")
    return found


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
