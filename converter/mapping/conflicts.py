"""Two lines that would be one fact with two values: at most one of them means the concept.

The first keeps it, unless the later is clearly surer; the other gets an element of the company's own, and its fact says why.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from converter.mapping.extension import named
from converter.mapping.table import CERTAIN

if TYPE_CHECKING:
    from converter.mapping.drafts import Draft
    from converter.mapping.lines import Mapped

_OWN = 0.5
_CLEARLY = 0.2  # surer: two lines of two statements that mean the same differ by less


def without_conflicts(mapped: Mapped, prefix: str) -> list[Draft]:
    """The drafts of ``mapped``, no two of which contradict each other."""
    taken: dict[tuple[object, ...], list[Draft]] = {}
    lost: set[tuple[int, str]] = set()
    for draft in mapped.drafts:
        holders = taken.setdefault(_key(draft), [])
        if not holders or _agree(holders[0], draft):
            holders.append(draft)
            continue
        losers = [draft]
        if _is_surer(draft, max(holders, key=lambda holder: holder.why.confidence)):
            losers, taken[_key(draft)] = holders, [draft]
        lost |= {_line(loser) for loser in losers if loser.why.confidence < CERTAIN}
    renamed: dict[tuple[int, str], Draft] = {}
    return [
        _renamed(draft, mapped, prefix, renamed, line) if (line := _line(draft)) in lost else draft
        for draft in mapped.drafts
    ]


def _is_surer(draft: Draft, first: Draft) -> bool:
    """Whether what comes later wins: what the user says of a line, and what is clearly surer."""
    if draft.why.confidence >= CERTAIN:
        return first.why.confidence < CERTAIN
    return draft.why.confidence - first.why.confidence > _CLEARLY


def _key(draft: Draft) -> tuple[object, ...]:
    return draft.concept.name, draft.period, draft.members, draft.measure


def _line(draft: Draft) -> tuple[int, str]:
    """What the facts of one line have in common: where it starts, and what it was taken to mean.

    The lines of the source do not tell: markup has a whole page on one of them, or each cell on its own.
    """
    start = draft.place.start if draft.line is None and draft.place else draft.line
    return start or 0, draft.concept.name


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two values may be one amount, each as exact as its digits say."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    coarsest = min(one.decimals or 0, other.decimals or 0)
    return abs(one.value - other.value) <= Decimal(1).scaleb(-coarsest)


def _renamed(
    draft: Draft, mapped: Mapped, prefix: str, renamed: dict[tuple[int, str], Draft], line: tuple[int, str]
) -> Draft:
    if line not in renamed:
        was = draft.concept
        concept = mapped.owned_anew(named(draft.label or was.local_name, prefix, like=was))
        rule = f"{draft.why.rule}; another line has another value for {was.name}: an element of the company's own"
        renamed[line] = draft._replace(concept=concept, why=draft.why._replace(rule=rule, confidence=_OWN))
    first = renamed[line]
    return draft._replace(concept=first.concept, why=draft.why._replace(rule=first.why.rule, confidence=_OWN))
