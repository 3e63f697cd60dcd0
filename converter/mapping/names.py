"""The company's name where the text prints it: beside the titles of its statements, else on the cover page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model.source import Document, Place
    from converter.model.statement import Statement

_TITLE_REACH, _SHORTEST_TITLE = 60, 9  # lines from the first row of a statement up to its title; its characters
_BESIDE, _GAP_REACH = 3, 6  # lines with words above and below a title, and among how many they stand
_COVER_REACH = 8
_LONGEST, _LONGEST_PIECE = 80, 200  # of a name, and with its tail
_PIECE = re.compile(r"\S+(?: {1,2}\S+)*")
_MARKUP = re.compile(r"</?[A-Za-z][\w-]*>")
_FEWEST_LETTERS = re.compile(r"[A-Za-z]{2}")
_TAIL = re.compile(
    r"(?:\s*\([^()]*\)|[,\s]+(?:and|&)\s+(?:(?:its|all|other|majority[- ]owned|wholly[- ]owned|consolidated)\s+)*"
    r"(?:subsidiar(?:y|ies)|affiliates)(?:\s+compan(?:y|ies))?|[,\s]+(?:and|&))$",
    re.IGNORECASE,
)
_FORM = (
    r"(?:incorporated|inc|corporation|corp|company|companies|co|limited|ltd|plc|llc|l\.l\.c|lp|l\.p|n\.v|s\.a|a\.g|group"
    r"|bancorp(?:oration)?|bancshares|bankshares|bank|trust|holdings|partnership|partners|associates|fund)"
)
_LEGAL = re.compile(rf"(?:^|[\s,&-]){_FORM}\.?$", re.IGNORECASE)
_FORMS = re.compile(rf"{_FORM}\.?", re.IGNORECASE)
# Words with which something is said of a company or of a statement; a company's name has them seldom.
_SAYING = re.compile(
    r"\b(?:statements? of|balance sheets?|income statements?|cash flows?|notes? to|index to|reports? of|see|accompanying"
    r"|in (?:thousands|millions)|part of|exhibit|form \d+|of the|by the|to the|parent company|registrant|investments? in"
    r"|due (?:to|from))\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:statements?|sheets?|cash flows?|liabilit(?:y|ies)|assets|equity|deficit|financial|consolidated|condensed|item|part"
    r"|page|index|notes?|schedules?|exhibit|continued|cont(?:inue)?d|concluded|(?:un)?audited|dollars|thousands|millions"
    r"|reports?|months?|weeks?|years?|ended|ending|quarters?|contents|form|table|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|income|operations|earnings|annual|review|data|information"
    r"|restated|pro forma|results|summary|selected|as of|per share|supplement\w*|securities|exchange|commission|washington|united states)\b",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"the", "a", "an", "of", "and", "our", "this", "its", "parent", "such", "each", "&"})
_EXACT_NAME = re.compile(r"\bexact\s+name\s+of\b", re.IGNORECASE)
_NO_COVER_NAME = re.compile(
    r"\b(?:commission|file|number|act of|for the|transition|period|ended|form)\b", re.IGNORECASE
)

_Span = tuple[int, int]


class Named(NamedTuple):
    """A name, where it stands, and how it was found."""

    name: str
    place: Place
    reason: str


class _Piece(NamedTuple):
    """Words that other words on their line stand apart from, and the offset of the first."""

    text: str
    start: int


def name_in(document: Document, statements: Sequence[Statement]) -> Named | None:
    """The name of the reporting company, None where none can be told.

    Surest is the name with a legal form that stands most often above the titles of statements, then one below
    them, then that of the cover page, then a line of capitals above a title.
    """
    text = document.text
    titles = [title for statement in statements if (title := _title_of(text, statement))]
    above = [piece for start, _ in titles for piece in _worded(text, _lines_up(text, start))]
    found = _most_frequent(_legal_names(above))
    if found:
        return _named(document, found, "the name above the titles of the statements")
    below = (piece for _, end in titles for piece in _worded(text, _lines_down(text, end)))
    found = _most_frequent(_legal_names(below))
    if found:
        return _named(document, found, "the name below the titles of the statements")
    cover = _cover_name(text)
    if cover:
        return _named(document, cover, "the exact name on the cover page")
    capitals = _most_frequent(piece for piece in above if _is_capital_name(piece.text))
    return _named(document, capitals, "the line above the title of a statement") if capitals else None


def _named(document: Document, piece: _Piece, reason: str) -> Named:
    return Named(" ".join(piece.text.split()), document.place(piece.start, piece.start + len(piece.text)), reason)


def _title_of(text: str, statement: Statement) -> _Span | None:
    """The span of the line on which the title of ``statement`` begins, the nearest above its rows."""
    top = text.rfind("\n", 0, statement.place.start) + 1
    for start, end in islice(_lines_up(text, top), _TITLE_REACH):
        pieces = _cut(text, start, end)
        words = " ".join(pieces[0].text.strip("|*_=- ").split()) if pieces else ""
        if len(words) >= _SHORTEST_TITLE and words in statement.title:
            return start, end
    return None


def _lines_up(text: str, start: int) -> Iterator[_Span]:
    """The lines above the one that begins at ``start``, the nearest first."""
    while start > 0:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        yield start, end


def _lines_down(text: str, end: int) -> Iterator[_Span]:
    """The lines below the one that ends at ``end``."""
    while 0 <= end < len(text):
        start = end + 1
        end = text.find("\n", start)
        yield start, end if end >= 0 else len(text)


def _cut(text: str, start: int, end: int) -> list[_Piece]:
    """The pieces of a line, without its markup."""
    line = _MARKUP.sub(lambda markup: " " * len(markup.group()), text[start:end])
    return [_Piece(m.group(), start + m.start()) for m in _PIECE.finditer(line) if len(m.group()) < _LONGEST_PIECE]


def _worded(text: str, lines: Iterator[_Span]) -> Iterator[_Piece]:
    """The pieces of the first lines that bear words."""
    rows = ([p for p in _cut(text, *line) if _FEWEST_LETTERS.search(p.text)] for line in islice(lines, _GAP_REACH))
    for row in islice(filter(None, rows), _BESIDE):
        yield from row


def _legal_names(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    for piece in pieces:
        name = _without_tail(piece.text)
        if _LEGAL.search(name) and _is_name(name) and not _SAYING.search(name):
            yield _Piece(name, piece.start)


def _without_tail(text: str) -> str:
    """``text`` without remarks in brackets and the subsidiaries behind the name."""
    while tail := _TAIL.search(text):
        text = text[: tail.start()]
    return text


def _is_name(text: str) -> bool:
    """Whether the words are capitalised as a name's are, and one of them tells it from others."""
    words = text.split()
    return (
        len(text) < _LONGEST
        and (text[:1].isupper() or text[:1].isdigit())
        and all(len(word) <= 3 or not word[0].islower() for word in words)
        and any(
            _FEWEST_LETTERS.search(word)
            and word.strip(".,").lower() not in _NO_NAMES
            and not _FORMS.fullmatch(word.strip(","))
            for word in words
        )
    )


def _is_capital_name(text: str) -> bool:
    return text.isupper() and _is_name(text) and not _HEADING.search(text)


def _cover_name(text: str) -> _Piece | None:
    """The words before or above “exact name of registrant”."""
    match = _EXACT_NAME.search(text)
    if match is None:
        return None
    start = text.rfind("\n", 0, match.start()) + 1
    lines = [(start, match.start()), *islice(_lines_up(text, start), _COVER_REACH)]
    for line in lines:
        for piece in _cut(text, *line):
            name = _without_tail(piece.text.rstrip("( "))
            if _is_name(name) and not _NO_COVER_NAME.search(name):
                return _Piece(name, piece.start)
    return None


def _most_frequent(pieces: Iterable[_Piece]) -> _Piece | None:
    """The piece that stands most often, whatever its case; the first of those that stand as often."""
    first: dict[str, _Piece] = {}
    count: Counter[str] = Counter()
    for piece in pieces:
        key = re.sub(r"[\W_]+", " ", piece.text).strip().lower()
        first.setdefault(key, piece)
        count[key] += 1
    return first[max(count, key=count.__getitem__)] if count else None
