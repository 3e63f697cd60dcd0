"""Cuts a text at the places of its facts, so that a template can set tags without touching a character."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.model.report import Fact
    from converter.model.statement import Line


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, and the facts that stand on exactly it, outermost first; none for plain text."""

    text: str
    facts: tuple[Fact, ...]


def splice(text: str, facts: Iterable[Fact]) -> list[Segment]:
    """``text`` in pieces whose texts join to it; ValueError where two facts overlap without sharing a place."""
    placed = [(fact.place.start, fact.place.end, fact) for fact in facts if fact.place is not None and not fact.hidden]
    placed.sort(key=lambda item: item[:2])
    segments: list[Segment] = []
    position = 0
    for (start, end), group in groupby(placed, key=lambda item: item[:2]):
        if start < position:
            raise ValueError(f"two facts overlap at {start}")
        if start > position:
            segments.append(Segment(text[position:start], ()))
        segments.append(Segment(text[start:end], tuple(fact for _, _, fact in group)))
        position = end
    if position < len(text):
        segments.append(Segment(text[position:], ()))
    return segments


def label_pieces(line: Line, *, facts_at: Mapping[int, Sequence[Fact]]) -> list[Segment]:
    """The label of ``line``, cut at the numbers inside it that are facts; ``facts_at`` has facts by offset."""
    pieces: list[Segment] = []
    position = 0
    for inner in line.parentheticals:
        start = line.label.index(inner.amount.text, position)
        facts = tuple(facts_at.get(inner.amount.place.start, ()))
        if facts:
            pieces.append(Segment(line.label[position:start], ()))
            pieces.append(Segment(inner.amount.text, facts))
            position = start + len(inner.amount.text)
    pieces.append(Segment(line.label[position:], ()))
    return pieces
