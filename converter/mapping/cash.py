"""The balances of cash in a statement of cash flows: the opening one and the closing one mean one concept.

ASU 2016-18: the statement explains the change in cash together with restricted cash. A closing balance that is not the
cash of the balance sheet is such a total, whatever its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.mapping.table import CERTAIN, Match
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.mapping.drafts import Draft
    from converter.mapping.match import Claim
    from converter.model.periods import Period
    from converter.model.statement import Line, Statement

_CASH = "us-gaap:CashAndCashEquivalentsAtCarryingValue"
_TOGETHER = "us-gaap:CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
_FIRST_YEAR = 2018  # ASU 2016-18 holds for fiscal years that begin after 15 December 2017
_CLOSING = re.compile(r"\b(?:end|ending|close) of\b|\bat end\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:at|on|as of),? (?P<month>[a-z]{3})[a-z]*\.? (?P<day>\d{1,2})\b")


def is_opening(line: Line, periods: Iterable[Period | None]) -> bool:
    """Whether a line of a cash flow statement is the balance at the beginning of one of ``periods``.

    The words say so, or they name its first day: "Cash at January 1".
    """
    label = line.label.lower()
    if "beginning" in label or "start of" in label:
        return True
    named = _DAY.search(label)
    return named is not None and any(
        period is not None
        and period.start is not None
        and f"{period.start:%b}".lower() == named["month"]
        and period.start.day == int(named["day"])
        for period in periods
    )


def is_closing(line: Line) -> bool:
    """Whether the words of a line say that it is the balance at the end of a period."""
    return _CLOSING.search(line.label) is not None


def settled_cash(claims: Mapping[int, Claim], statement: Statement, earlier: Iterable[Draft]) -> dict[int, Claim]:
    """``claims`` with the two balances of cash meaning one concept; ``earlier`` are the facts of the statements before."""
    found = dict(claims)
    if statement.kind is not StatementKind.CASH_FLOW:
        return found
    periods = [column.period for column in statement.columns]
    opening = [index for index in claims if is_opening(statement.lines[index], periods)]
    closing = [index for index in claims if is_closing(statement.lines[index])]
    if len(opening) != 1 or len(closing) != 1:
        return found
    balances = [*opening, *closing]
    lines = [statement.lines[index] for index in balances]
    surest = max((_match(claims[index]) for index in balances), key=lambda match: match.confidence)
    if surest.concepts not in {(_CASH,), (_TOGETHER,)}:
        return found
    if surest.concepts == (_CASH,) and _is_more(statement, closing[0], periods, earlier):
        surest = surest._replace(
            concepts=(_TOGETHER,), rule=f"{surest.rule}; it is not the cash of the balance sheet of that day"
        )
    elif surest.concepts == (_TOGETHER,) and _is_before(periods) and not any(map(_says_restricted, lines)):
        surest = surest._replace(concepts=(_CASH,), rule=f"{surest.rule}; no statement of that year has more")
    for index in balances:
        match = _match(claims[index])
        if match.concepts != surest.concepts and match.confidence < CERTAIN:
            rule = surest.rule if match.rule in surest.rule else f"{surest.rule}, for both balances"
            found[index] = claims[index]._replace(match=surest._replace(rule=rule))
    return found


def _is_before(periods: Iterable[Period | None]) -> bool:
    """Whether all periods ended before the balances were those with restricted cash."""
    return all(period is None or period.end.year < _FIRST_YEAR for period in periods)


def _says_restricted(line: Line) -> bool:
    return "restricted" in line.label.lower()


def _match(claim: Claim) -> Match:
    return claim.match or Match(concepts=(), rule="", confidence=0.0)


def _is_more(statement: Statement, index: int, periods: Sequence[Period | None], earlier: Iterable[Draft]) -> bool:
    """Whether a balance of cash differs from that of a balance sheet of the same day."""
    held = {draft.period.end: draft.value for draft in earlier if draft.concept.name == _CASH and not draft.members}
    return any(
        period is not None
        and amount is not None
        and period.end.year >= _FIRST_YEAR
        and held.get(period.end, amount.value) != amount.value
        for period, amount in zip(periods, statement.lines[index].amounts, strict=True)
    )
