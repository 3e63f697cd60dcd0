"""The markup of a source with tags spliced in: every character of it stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup as Safe

from converter.render.splice import splice
from converter.render.tags import Piece, piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model.report import Fact
    from converter.model.source import Markup


class InPlace(NamedTuple):
    """A source's markup for a template: what goes into ``head``, the attributes of ``body``, and its content in pieces."""

    head: Safe
    attributes: Safe
    pieces: tuple[Piece, ...]


def in_place(markup: Markup, facts: Iterable[Fact]) -> InPlace:
    """``markup`` with ``facts`` tagged in it; ValueError where a tag of its own parts one."""
    segments = splice(markup.text, [_moved(fact, markup) for fact in facts])
    return InPlace(
        head=Safe(markup.head),  # noqa: S704 - the reader wrote it, from what it let pass
        attributes=Safe(markup.attributes),  # noqa: S704 - as above
        pieces=tuple(piece(segment.start, Safe(segment.text), segment.facts) for segment in segments),  # noqa: S704 - as above
    )


def _moved(fact: Fact, markup: Markup) -> Fact:
    """``fact`` at its place in the markup."""
    assert fact.place is not None  # noqa: S101 - it stands somewhere
    span = markup.span(fact.place.start, fact.place.end)
    if span is None:
        raise ValueError(f"the fact {fact.id} stands in no one piece of the markup")
    return fact._replace(place=fact.place._replace(start=span[0], end=span[1]))
