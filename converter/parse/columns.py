"""Columns of amounts: where they stand on the page, which token belongs to which, and what is printed above."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from math import comb
from typing import TYPE_CHECKING, NamedTuple

from converter.parse.layout import Row, with_tokens
from converter.parse.periods import DATE, Hint, read_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.parse.amounts import Token

# Right edges of one column differ by the width of a bracket or a footnote mark.
_SLACK = 2
# An edge that few rows share is a number in a label, not a column.
_SUPPORT = 0.15
# No page is wide enough for more.
_MOST_COLUMNS = 60
# So many ways to share columns out among the pieces above them are tried.
_MOST_WAYS = 2000


# Words with single spaces between; the count of months stands with its unit, however far apart they are printed.
_PIECE = re.compile(r"\S+(?:(?: |(?<=[a-zA-Z])\s{1,3}(?=months\b|weeks\b))\S+)*", re.IGNORECASE)


_WORDS = re.compile(r"\band\b", re.IGNORECASE)
_MOSTLY = 0.6
_RULE = re.compile(r"[-=_]+")


class Span(NamedTuple):
    """The page positions of a column: from the leftmost sign to the common right edge of the digits."""

    left: int
    right: int

    @property
    def center(self) -> float:
        """The middle of the span."""
        return (self.left + self.right) / 2


class Piece(NamedTuple):
    """A piece of header text at its place on the page."""

    text: str
    left: int
    right: int

    @property
    def center(self) -> float:
        """The middle of the piece."""
        return (self.left + self.right) / 2


def find_spans(rows: Sequence[Row]) -> tuple[Span, ...]:
    """The columns of a table whose rows with amounts are ``rows``, left to right."""
    rows = [row for row in rows if len(row.tokens) <= _MOST_COLUMNS]
    edges = Counter(
        token.right for row in rows for token in _set_apart(row) if token.value is not None and not token.is_year
    )  # years are words of the label, or stand above
    if not edges:
        return ()
    clusters = _clusters(edges)
    most = max(support for _, _, support in clusters)
    least = max(_SUPPORT * most, 2 if len(rows) > 3 else 1)
    if len(clusters) > _MOST_COLUMNS:
        least = max(least, sorted(support for _, _, support in clusters)[-_MOST_COLUMNS])
    kept = [(low, high) for low, high, support in clusters if support >= least][:_MOST_COLUMNS]
    spans: list[Span] = []
    for low, high in kept:
        floor = spans[-1].right if spans else -1
        lefts = [
            token.full_left
            for row in rows
            for token in row.tokens
            if low <= token.right <= high and token.left >= floor
        ]
        # Edges whose numbers all reach back over the column before are that column, drifted.
        if not lefts:
            continue
        left = min(lefts)
        spans.append(Span(max(left, floor), high))
    return tuple(spans)


def _set_apart(row: Row) -> Iterator[Token]:
    """The tokens that stand apart from the words before them: one at the end of a label's words does not."""
    apart = not row.label
    for token in row.tokens:
        apart = apart or not row.text[max(token.full_left - 2, 0) : token.full_left].strip(" .|_$")
        if apart:
            yield token


def _clusters(edges: Counter[int]) -> list[tuple[int, int, int]]:
    """Runs of neighbouring right edges: lowest, highest, and how many tokens end there."""
    clusters: list[tuple[int, int, int]] = []
    for edge in sorted(edges):
        if clusters and edge - clusters[-1][1] <= _SLACK and edge - clusters[-1][0] <= 2 * _SLACK:
            low, _, support = clusters[-1]
            clusters[-1] = (low, edge, support + edges[edge])
        else:
            clusters.append((edge, edge, edges[edge]))
    return clusters


def place_tokens(row: Row, spans: Sequence[Span]) -> tuple[Row, tuple[Token | None, ...]]:
    """The row with only those tokens that stand in a column, and the token of each column.

    Numbers left of the first that stands in a column go back to the label.
    """
    placed: list[Token | None] = [None] * len(spans)
    first: int | None = None
    for position, token in enumerate(row.tokens):
        column = _column_of(token, spans)
        if column is not None and placed[column] is None:
            placed[column] = token
            if first is None:
                first = position
    tokens = () if first is None else row.tokens[first:]
    if len(tokens) == len(row.tokens):
        return row, tuple(placed)
    return with_tokens(row.line, row.text, tokens, row.offsets), tuple(placed)


def _column_of(token: Token, spans: Sequence[Span]) -> int | None:
    for index, span in enumerate(spans):
        if abs(token.right - span.right) <= _SLACK:
            return index
    for index, span in enumerate(spans):
        floor = spans[index - 1].right if index else span.left - 1
        if token.left > floor and token.right <= span.right + _SLACK:
            return index
    return None


def pieces_of(row: Row) -> tuple[Piece, ...]:
    """The header line cut at gaps, and where several dates stand with a single space between."""
    pieces = []
    for match in _PIECE.finditer(row.text):
        text, start = match.group(), match.start()
        cuts = [0]
        dates = list(DATE.finditer(text))
        between = [text[one.end() : other.start()] for one, other in pairwise(dates)]
        if between and not text[: dates[0].start()].strip() and not any(_WORDS.search(words) for words in between):
            cuts += [date.start() for date in dates[1:]]
        elif re.fullmatch(r"(?:(?:19|20)\d\d ?)+", text):
            cuts = [year.start() for year in re.finditer(r"\d{4}", text)]
        for left, right in zip(cuts, [*cuts[1:], len(text)], strict=True):
            piece = text[left:right].rstrip()
            pieces.append(Piece(piece, start + left, start + left + len(piece)))
    return tuple(pieces)


def headers_of(rows: Iterable[Row], spans: Sequence[Span]) -> tuple[tuple[str, ...], str]:
    """The text above each column, top to bottom, and the text that is said of all: left of them, or across them."""
    above: list[list[str]] = [[] for _ in spans]
    common: list[str] = []
    for row in rows:
        pieces = [piece for piece in pieces_of(row) if not _RULE.fullmatch(piece.text)]
        while pieces and _is_left_of(pieces[0], spans[0], alone=len(pieces) != len(spans)):
            common.append(pieces.pop(0).text)
        if len(pieces) == 1 and len(_over(pieces[0], spans)) != 1:
            common.append(pieces[0].text)
            continue
        for texts, piece in zip(above, _assign(pieces, spans), strict=True):
            if piece is not None:
                texts.append(piece.text)
    return tuple(" ".join(texts) for texts in above), " ".join(common)


def _is_left_of(piece: Piece, first: Span, *, alone: bool) -> bool:
    """Whether ``piece`` stands left of the ``first`` column: words that begin there may reach over its edge, unless
    each column has a piece of its own.
    """
    return piece.right < first.left - 1 or (alone and piece.center < first.left - _SLACK)


def _over(piece: Piece, spans: Sequence[Span]) -> list[Span]:
    """The columns that ``piece`` stands over, in whole or in part."""
    return [span for span in spans if piece.left <= span.right and span.left <= piece.right]


def _assign(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Piece | None]:
    if not pieces:
        return [None] * len(spans)
    if len(pieces) == len(spans):
        return list(pieces)
    if len(pieces) == 1:
        over = _over(pieces[0], spans)
        return [pieces[0] if span in over else None for span in spans]
    if len(spans) % len(pieces) == 0 and len(pieces) > 1:
        share = len(spans) // len(pieces)
        groups = [spans[index * share : (index + 1) * share] for index in range(len(pieces))]
        if all(_spans(piece, group) for piece, group in zip(pieces, groups, strict=True)):
            return [piece for piece in pieces for _ in range(share)]
    if any(read_hint(piece.text) != Hint() for piece in pieces):  # a period is said of all columns near it
        shared = _shared_out(pieces, spans)
        return shared or [min(pieces, key=lambda piece: _distance(piece, span)) for span in spans]
    found: list[Piece | None] = [None] * len(spans)
    for piece in pieces:
        for index in _territories(piece, spans):
            found[index] = piece
    return found


def _shared_out(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Piece | None]:
    """The piece of each column where each stands over the middle of its columns; empty where there are too many ways."""
    if len(pieces) > len(spans) or comb(len(spans) - 1, len(pieces) - 1) > _MOST_WAYS:
        return []
    best: tuple[float, list[Piece | None]] = (float("inf"), [])
    for cuts in combinations(range(1, len(spans)), len(pieces) - 1):
        groups = [spans[start:end] for start, end in pairwise([0, *cuts, len(spans)])]
        off = [
            abs(piece.center - (group[0].left + group[-1].right) / 2)
            for piece, group in zip(pieces, groups, strict=True)
        ]
        if sum(off) < best[0]:
            best = sum(off), [piece for piece, group in zip(pieces, groups, strict=True) for _ in group]
    return best[1]


def _spans(piece: Piece, group: Sequence[Span]) -> bool:
    """Whether ``piece`` is said of all columns of ``group``: it stands over them, and over none of them alone.

    A period is said of all, wherever it stands.
    """
    if not group[0].left - _SLACK <= piece.center <= group[-1].right + _SLACK:
        return False
    middle = (group[0].left + group[-1].right) / 2
    off = min(abs(piece.center - span.center) for span in group)
    return read_hint(piece.text) != Hint() or abs(piece.center - middle) <= off + _SLACK


def _territories(piece: Piece, spans: Sequence[Span]) -> list[int]:
    """The columns that ``piece`` names: those whose room, from the column before to their own edge, it mostly fills
    or mostly lies in; else the one that it is nearest to.
    """
    named = []
    for index, span in enumerate(spans):
        left = spans[index - 1].right + 1 if index else span.left - _SLACK
        over = min(piece.right, span.right + 1) - max(piece.left, left)
        if over >= _MOSTLY * min(piece.right - piece.left, span.right - left):
            named.append(index)
    return named or [min(range(len(spans)), key=lambda index: _distance(piece, spans[index]))]


def _distance(piece: Piece, span: Span) -> float:
    overlap = min(piece.right, span.right) - max(piece.left, span.left)
    return abs(piece.center - span.center) - max(overlap, 0)
