"""Where things stand in a source, and the document that every reader makes of one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Place(NamedTuple):
    """A span of a source.

    ``start:end`` are offsets into the document's text as decoded, so that tagging in place is
    splicing into a string; ``line`` and ``column`` count from 1 and are what a person is told.
    """

    source: str
    line: int
    column: int
    start: int
    end: int


class TextLine(NamedTuple):
    """A physical line: its number from 1, the offset of its first character, its text without the line end."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A run of fixed-width text lines."""

    lines: tuple[TextLine, ...]


@dataclass(frozen=True, kw_only=True)
class Header:
    """What the wrapper of a submission states, apart from the document itself; all of it may be missing."""

    registrant: str | None = None
    cik: str | None = None
    form: str | None = None
    period: date | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A source as read: the text that offsets point into, and its blocks.

    ``text`` holds only characters that XML allows, with line ends as ``\\n``; ``source`` is the
    name that a person knows the file by.
    """

    source: str
    text: str
    blocks: tuple[TextBlock, ...]
    header: Header = field(default_factory=Header)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for block in self.blocks for line in block.lines]

    def place(self, start: int, end: int) -> Place:
        """The place of the span ``start:end`` of ``text``."""
        index = bisect_right(self._starts, start) - 1
        return Place(self.source, index + 1, start - self._starts[index] + 1, start, end)
