"""Where things stand in a source, and the document that every reader makes of one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
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


class Cell(NamedTuple):
    """A cell of a table: its text without quotes, its row and column from 1, and where its content stands.

    The text is shorter than ``start:end`` where the source doubles a quote.
    """

    text: str
    row: int
    column: int
    start: int
    end: int


class TableRow(NamedTuple):
    """A row of a table: its number from 1, the offset of its first character, and its cells, of which there is one at least."""

    number: int
    start: int
    cells: tuple[Cell, ...]

    @property
    def end(self) -> int:
        """The offset behind the content of the last cell."""
        return self.cells[-1].end

    @property
    def is_blank(self) -> bool:
        """True where no cell holds anything."""
        return not any(cell.text.strip() for cell in self.cells)

    @property
    def is_remark(self) -> bool:
        """True for a row that says something of the table and is no part of it: ``# entity: NAME``."""
        return self.cells[0].text.lstrip().startswith("#")

    @property
    def remark(self) -> tuple[str, str]:
        """The key in lower case and the value of a remark; the key is empty where it has none."""
        key, colon, value = self.cells[0].text.strip().removeprefix("#").partition(":")
        return (key.strip().lower(), value.strip()) if colon else ("", key.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table of cells."""

    rows: tuple[TableRow, ...]


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
    blocks: tuple[TextBlock | TableBlock, ...]
    header: Header = field(default_factory=Header)

    @property
    def lines(self) -> Iterator[TextLine]:
        """The lines of its text; a document of tables has none."""
        return (line for block in self.blocks if isinstance(block, TextBlock) for line in block.lines)

    @property
    def tables(self) -> Iterator[TableBlock]:
        """Its tables."""
        return (block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def stretches(self) -> Iterator[tuple[int, int]]:
        """The spans of ``text`` that are read each on its own: all of a text, the cells of a table."""
        if next(self.tables, None) is None:
            yield 0, len(self.text)
            return
        for block in self.blocks:
            if isinstance(block, TextBlock):
                yield block.lines[0].start, block.lines[-1].end
            else:
                yield from ((cell.start, cell.end) for row in block.rows for cell in row.cells)

    @cached_property
    def _parts(self) -> list[TextLine | Cell]:
        """What a place is told by: lines, and the cells of tables."""
        parts: list[TextLine | Cell] = []
        for block in self.blocks:
            if isinstance(block, TextBlock):
                parts += block.lines
            else:
                parts += [cell for row in block.rows for cell in row.cells]
        return parts

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self._parts]

    def place(self, start: int, end: int) -> Place:
        """The place of the span ``start:end`` of ``text``; in a table, line and column are the cell's row and column."""
        part = self._parts[max(bisect_right(self._starts, start) - 1, 0)]
        if isinstance(part, Cell):
            return Place(self.source, part.row, part.column, start, end)
        return Place(self.source, part.number, start - part.start + 1, start, end)

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """The text before and behind the span, up to ``reach`` characters; in a table, no further than its cell."""
        part = self._parts[max(bisect_right(self._starts, start) - 1, 0)]
        low, high = (part.start, part.end) if isinstance(part, Cell) else (0, len(self.text))
        return self.text[max(start - reach, low) : start], self.text[end : min(end + reach, high)]
