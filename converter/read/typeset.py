"""Words at their places on a page to lines of fixed width, in which what stands in a column stays in one.

A line of text gets shorter or longer when its letters all become as wide as each other. So an amount is set by where
its last digit ends, the first words of a line by where they start, and other words by their middle. Lengths are those
of the page, in points, from its upper left corner.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What is set by its last digit: an amount with its sign and bracket, or a dash.
_AMOUNT = re.compile(r"(?:[$€£] ?)?\(?[$€£]?-?(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+|[-\u2013\u2014]+)(?P<after>\)?%?\)?)")
_LEADERS = re.compile(r"(?:[ .]*\.){3,}$")
_MARK = re.compile(r"\(?[0-9a-z*\u2020\u2021]{1,2}\)?")
# In heights of the letters: words that stand nearer to each other are of one phrase, or even of one word. Where all
# letters are as wide as each other, so is the space between words, which is measured by them.
_OF_ONE_PHRASE, _OF_ONE_WORD, _OF_ONE_WIDTH = 0.45, 0.1, 1.3
_SMALL = 0.8
# How far apart lines stand, measured by what is usual on their page, that have something blank between them.
_APART = 1.6


class Word(NamedTuple):
    """A word, where it starts and ends, and how high its letters are."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """How far down the page its middle is."""
        return (self.top + self.bottom) / 2

    @property
    def letter(self) -> float:
        """How wide its letters are on average."""
        return (self.x1 - self.x0) / len(self.text)


def set_pages(pages: Sequence[Sequence[Word]]) -> tuple[list[str], int]:
    """The text of each page, and how many raised marks were left out of it. One page at least has a word."""
    words = [word for page in pages for word in page]
    width = _width(words)
    margin = min(word.x0 for word in words)
    laid, left_out = [], 0
    for page in pages:
        rows = _rows(page)
        kept = [_without_marks(row) for row in rows]
        left_out += sum(map(len, rows)) - sum(map(len, kept))
        laid.append("\n".join(_spaced(kept, margin, width)))
    return laid, left_out


def _width(words: Iterable[Word]) -> float:
    """How wide a column is: as a letter is on average."""
    found = [word.letter for word in words if len(word.text) > 2 and word.x1 > word.x0]
    return median(found) if found else 5.0


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand beside each other, each row from left to right."""
    rows: list[list[Word]] = []
    largest: Word | None = None
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        if largest is not None and _beside(word, largest):
            rows[-1].append(word)
            largest = max(word, largest, key=lambda one: one.size)
        else:
            rows.append([word])
            largest = word
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _beside(one: Word, other: Word) -> bool:
    return one.top < other.middle < one.bottom or other.top < one.middle < other.bottom


def _without_marks(row: list[Word]) -> list[Word]:
    """``row`` without the marks of footnotes: small, raised, and next to a word on their left."""
    kept = row[:1]
    for before, word in pairwise(row):
        is_small = word.size < _SMALL * before.size and word.bottom < before.bottom - 0.1 * before.size
        if not (is_small and _MARK.fullmatch(word.text) and word.x0 - before.x1 < _OF_ONE_PHRASE * before.size):
            kept.append(word)
    return kept


def _spaced(rows: Sequence[list[Word]], margin: float, width: float) -> Iterator[str]:
    """The lines, with a blank one where more than usual is left between two of them."""
    ends = [max(word.bottom for word in row) for row in rows]
    pitches = [below - above for above, below in pairwise(ends)]
    usual = median(pitches) if pitches else 0.0
    for row, pitch in zip(rows, [usual, *pitches], strict=False):
        if pitch > _APART * usual:
            yield ""
        yield _line(row, margin, width)


def _line(row: Iterable[Word], margin: float, width: float) -> str:
    line = ""
    for phrase in _phrases(row):
        left, right = (phrase.x0 - margin) / width, (phrase.x1 - margin) / width
        text = _fitted(phrase.text, round(right - left))
        amount = _AMOUNT.fullmatch(text)
        if amount:
            after = len(amount["after"])
            share = (phrase.x1 - phrase.x0) / max(len(text), 1) / width
            start = round(right - after * share) - (len(text) - after)
        elif not line:
            start = round(left)
        else:
            start = round((left + right - len(text)) / 2)
        gap = max(start - len(line), 0 if not line else 1 if amount else 2)
        line += " " * gap + text
    return line


def _phrases(row: Iterable[Word]) -> list[Word]:
    """Words that stand so near that a space parts them, as one; two amounts stay two."""
    found: list[Word] = []
    last: Word | None = None
    for word in row:
        if last is not None and _is_of_one_phrase(last, word):
            space = "" if word.x0 - last.x1 < _OF_ONE_WORD * word.size else " "
            found[-1] = found[-1]._replace(text=f"{found[-1].text}{space}{word.text}", x1=word.x1)
        else:
            found.append(word)
        last = word
    return found


def _is_of_one_phrase(word: Word, following: Word) -> bool:
    if _AMOUNT.fullmatch(word.text) and _AMOUNT.fullmatch(following.text):
        return False
    is_of_one_width = abs(word.letter - following.letter) < 0.01 * word.letter
    near = max(_OF_ONE_PHRASE * following.size, _OF_ONE_WIDTH * following.letter if is_of_one_width else 0.0)
    return following.x0 - word.x1 < near


def _fitted(text: str, room: int) -> str:
    """``text``, with no more dots that lead to an amount than there is room for."""
    leaders = _LEADERS.search(text)
    if leaders is None or len(text) <= room:
        return text
    return text[: leaders.start()] + leaders.group()[: max(room - leaders.start(), 3)]
