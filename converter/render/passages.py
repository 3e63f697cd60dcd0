"""The paragraphs that bear facts outside of the statements' tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from converter.render.tags import Piece, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LONGEST = 2000  # characters; a longer paragraph is shown by its lines that bear facts


class Passage(NamedTuple):
    """A part of the source, from ``start`` on, in pieces."""

    start: int
    pieces: tuple[Piece, ...]


def passages(text: str, tagged: Iterable[Piece]) -> list[Passage]:
    """The paragraphs of ``text`` around the pieces ``tagged``, each of which is in exactly one."""
    edges = [0, *(found.end() for found in _BLANK_LINES.finditer(text)), len(text)]
    groups: dict[tuple[int, int], list[Piece]] = {}
    for piece in sorted(tagged, key=lambda piece: piece.start):
        last = next(reversed(groups), None)
        if last is not None and piece.start + len(piece.text) <= last[1]:
            groups[last].append(piece)
            continue
        span = _around(text, edges, piece)
        if last is not None and span[0] < last[1]:  # it began in the last passage, or runs into it
            groups[last[0], max(last[1], span[1])] = [*groups.pop(last), piece]
        else:
            groups[span] = [piece]
    return [Passage(start, tuple(_cut(text, start, end, inside))) for (start, end), inside in groups.items()]


def _around(text: str, edges: list[int], piece: Piece) -> tuple[int, int]:
    behind = piece.start + len(piece.text)
    index = bisect_right(edges, piece.start)
    start = edges[index - 1]
    end = max(edges[index], behind) if index < len(edges) else len(text)
    if end - start <= _LONGEST:
        return start, end
    start = text.rfind("\n", 0, piece.start) + 1
    end = text.find("\n", behind)
    return start, len(text) if end < 0 else end


def _cut(text: str, start: int, end: int, inside: Iterable[Piece]) -> Iterable[Piece]:
    position = start
    for piece in inside:
        yield plain(text[position : piece.start])
        yield piece
        position = piece.start + len(piece.text)
    yield plain(text[position:end].rstrip())
