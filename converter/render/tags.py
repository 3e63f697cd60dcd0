"""Segments with their tags: what stands before and behind the text, as markup that a template sets as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from converter.render.formats import attributes, element, hidden_attributes, hidden_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from converter.model.report import Fact
    from converter.render.splice import Segment


_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\1", '="'), ("\0", '" '))


class Piece(NamedTuple):
    """A piece of text with its facts: set ``open``, ``text`` and ``close`` in a row, with nothing between.

    ``title`` says of the facts, for people, what they are; it is empty where there are none.
    """

    start: int
    text: str
    facts: tuple[Fact, ...]
    open: Markup | str = ""
    close: Markup | str = ""
    title: str = ""


def pieces(segments: Iterable[Segment]) -> list[Piece]:
    """The pieces of ``segments``; ValueError where a fact contradicts its text."""
    return [
        piece(segment.start, segment.text, segment.facts) if segment.facts else plain(segment.text, segment.start)
        for segment in segments
    ]


def plain(text: str, start: int = 0) -> Piece:
    """A piece that bears no fact."""
    return Piece(start, text, ())


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
    return Piece(start, text, facts, Markup(empty + before), Markup(behind), _title(facts))  # noqa: S704 - made of escaped attributes


def _is_number(fact: Fact) -> bool:
    return not isinstance(fact.value, str)


def hidden_piece(fact: Fact) -> Piece:
    """``fact`` for the header, tagged around its value."""
    name = element(fact)
    opened = Markup(_open(name, hidden_attributes(fact)))  # noqa: S704 - as above
    return Piece(0, hidden_text(fact), (fact,), opened, Markup(f"</{name}>"), _title((fact,)))  # noqa: S704 - as above


def _open(name: str, said: Mapping[str, str]) -> str:
    # One replacement for all: a quote inside of a value is escaped before the quotes around it are set.
    written = "\0".join([f"{key}\1{value}" for key, value in said.items()])
    for character, escaped in _ESCAPES:
        written = written.replace(character, escaped)
    return f'<{name} {written}">'


def _title(facts: tuple[Fact, ...]) -> str:
    return "; ".join(f"{fact.concept.name} {fact.context.period}" for fact in facts)
