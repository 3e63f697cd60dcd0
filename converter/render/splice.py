"""Cuts a text at the places of its facts, so that a template can set tags without touching a character."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model.report import Fact


class Segment(NamedTuple):
    """A piece of the text from ``start`` on, and the facts that stand on exactly it, outermost first."""

    start: int
    text: str
    facts: tuple[Fact, ...] = ()


_SPAN = itemgetter(0, 1)


def is_spliced(fact: Fact) -> bool:
    """Whether ``fact`` is tagged where it stands; one that stands nowhere as such is not."""
    return fact.place is not None and not fact.hidden


def splice(text: str, facts: Iterable[Fact]) -> list[Segment]:
    """``text`` in pieces whose texts join to it; ValueError where two facts overlap without sharing a place."""
    placed = [(fact.place.start, fact.place.end, fact) for fact in facts if fact.place is not None and not fact.hidden]
    placed.sort(key=_SPAN)
    segments: list[Segment] = []
    position = 0
    for (start, end), group in groupby(placed, key=_SPAN):
        found = tuple(fact for _, _, fact in group)
        if start < position:
            raise ValueError(f"the fact {found[0].id} overlaps another at the offset {start}")
        if not start < end <= len(text):
            raise ValueError(f"the fact {found[0].id} stands at {start}:{end} of a text of {len(text)} characters")
        if start > position:
            segments.append(Segment(position, text[position:start]))
        segments.append(Segment(start, text[start:end], found))
        position = end
    if position < len(text):
        segments.append(Segment(position, text[position:]))
    return segments
