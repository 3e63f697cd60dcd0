"""Where things stand in a source, and the document that every reader makes of one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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


class ScheduleValue(NamedTuple):
    """A value of a financial data schedule.

    ``tag`` is the schedule's name for it (``TOTAL-ASSETS``); ``value`` is in full units; ``unit`` is one unit of
    the last digit that the schedule gives, in full units too, and ``place`` is where the value stands.
    """

    tag: str
    value: Decimal
    unit: Decimal
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A column of a financial data schedule (EX-27): what the filer stated for machines, for one period.

    ``period_type`` is as written (``9-MOS``) and ``months`` the length that it says, None where it says none;
    ``fiscal_year_end`` is the day of a year as XML Schema writes it (``--09-30``). What is not stated is None or empty.
    """

    values: tuple[ScheduleValue, ...]
    article: str = ""
    multiplier: Decimal = Decimal(1)
    period_type: str = ""
    months: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    fiscal_year_end: str = ""


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
    """What the wrapper of a submission states, apart from the document itself; all of it may be missing.

    ``fiscal_year_end`` is the day of a year as XML Schema writes it (``--09-30``). ``places`` says by the names
    of the fields where each stands; ``schedules`` are in the order of the source.
    """

    registrant: str | None = None
    cik: str | None = None
    form: str | None = None
    period: date | None = None
    fiscal_year_end: str | None = None
    schedules: tuple[Schedule, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


class Unread(NamedTuple):
    """A span ``start:end`` of a document's text that is in no block, and why not."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A source as read: the text that offsets point into, and its blocks.

    ``text`` holds only characters that XML allows, with line ends as ``\\n``; ``source`` is the
    name that a person knows the file by. ``unread`` are the spans that no block holds, in their order.
    """

    source: str
    text: str
    blocks: tuple[TextBlock | TableBlock, ...]
    header: Header = field(default_factory=Header)
    unread: tuple[Unread, ...] = ()

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
    def _cells(self) -> list[Cell]:
        return [cell for block in self.tables for row in block.rows for cell in row.cells]

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.start for cell in self._cells]

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of the first character of each physical line."""
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    def _cell(self, offset: int) -> Cell | None:
        """The cell of a table that ``offset`` stands in or behind; None in a text."""
        return self._cells[max(bisect_right(self._cell_starts, offset) - 1, 0)] if self._cells else None

    def place(self, start: int, end: int) -> Place:
        """The place of the span ``start:end`` of ``text``, in a block or not.

        In a table, line and column are the cell's row and column.
        """
        cell = self._cell(start)
        if cell is not None:
            return Place(self.source, cell.row, cell.column, start, end)
        number = bisect_right(self._starts, start)
        return Place(self.source, number, start - self._starts[number - 1] + 1, start, end)

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """The text before and behind the span, up to ``reach`` characters; in a table, no further than its cell."""
        cell = self._cell(start)
        low, high = (0, len(self.text)) if cell is None else (cell.start, cell.end)
        return self.text[max(start - reach, low) : start], self.text[end : min(end + reach, high)]
