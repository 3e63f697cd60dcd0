"""Segments with their tags, as markup that a template sets as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from converter.render.formats import attributes, element, hidden_attributes, hidden_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from converter.model.report import Fact
    from converter.render.splice import Segment


class Piece(NamedTuple):
    """A piece of text with its facts. ``marked`` is the text in its tags, which a template sets as it is.

    ``title`` says of the facts, for people, what they are; it is empty where there are none.
    """

    start: int
    text: str
    facts: tuple[Fact, ...]
    marked: Markup
    title: str = ""


def pieces(segments: Iterable[Segment]) -> list[Piece]:
    """The pieces of ``segments``; ValueError where a fact contradicts its text."""
    return [
        piece(segment.start, segment.text, segment.facts) if segment.facts else plain(segment.text, segment.start)
        for segment in segments
    ]


def plain(text: str, start: int = 0) -> Piece:
    """A piece that bears no fact."""
    return Piece(start, text, (), escape(text))


def piece(start: int, text: str, facts: tuple[Fact, ...]) -> Piece:
    """``text`` tagged with ``facts``: the first is the outermost; what is nil stands empty before it."""
    empty = before = behind = ""
    for fact in sorted(facts, key=_is_number):  # text may hold numbers, a number no text
        name = element(fact)
        if fact.value is None:
            empty += f"{_open(name, attributes(fact))}</{name}>"
        else:
            before += _open(name, attributes(fact))
            behind = f"</{name}>{behind}"
    marked = Markup(f"{empty}{before}{escape(text)}{behind}")  # noqa: S704 - made of escaped attributes
    return Piece(start, text, facts, marked, _title(facts))


def _is_number(fact: Fact) -> bool:
    return not isinstance(fact.value, str)


def hidden_piece(fact: Fact) -> Piece:
    """``fact`` for the header, tagged around its value."""
    name = element(fact)
    text = hidden_text(fact)
    marked = Markup(f"{_open(name, hidden_attributes(fact))}{escape(text)}</{name}>")  # noqa: S704 - as above
    return Piece(0, text, (fact,), marked, _title((fact,)))


def _open(name: str, said: Mapping[str, str]) -> str:
    written = " ".join([f'{key}="{value}"' for key, value in said.items()])
    if "&" in written or "<" in written or written.count('"') > 2 * len(said):
        written = " ".join([f'{key}="{escape(value)}"' for key, value in said.items()])
    return f"<{name} {written}>"


def _title(facts: tuple[Fact, ...]) -> str:
    return "; ".join([f"{fact.concept.name} {fact.context}" for fact in facts])
