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
    splicing into a string; ``line`` and ``column`` count from 1 and are what a person is told, of a table its row and
    column. ``source`` names the sheet of a workbook too: ``book.xlsx#Sheet1``. Of a document with ``markup``, the text
    is its page, and ``Markup.span`` leads on to the markup.
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


class TextBlock(NamedTuple):
    """A run of fixed-width text lines.

    ``sheet`` is set where they show a table of cells: the name of its sheet, empty where that has none.
    """

    lines: tuple[TextLine, ...]
    sheet: str | None = None

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.lines[0].start


class ScheduleValue(NamedTuple):
    """A value of a financial data schedule.

    ``tag`` is the schedule's name for it (``TOTAL-ASSETS``); ``value`` is in full units; ``unit`` is one unit of
    the last digit that the schedule gives, in full units too, and ``place`` is where the value stands.
    """

    tag: str
    value: Decimal
    unit: Decimal
    place: Place


class Schedule(NamedTuple):
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

    The text is shorter than ``start:end`` where the source doubles a quote. ``power`` is the power of ten by which
    the number that it shows is smaller than the one that it holds.
    """

    text: str
    row: int
    column: int
    start: int
    end: int
    power: int = 0


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


class TableBlock(NamedTuple):
    """A table of cells, and the name of its sheet, where it has one."""

    rows: tuple[TableRow, ...]
    sheet: str = ""

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.rows[0].start


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


class Run(NamedTuple):
    """A run of characters of a page that stands in one piece in its markup.

    ``start:end`` are offsets into the page, ``at:until`` into the markup, ``origin`` is the offset of its first
    character in the source. Where ``until - at`` is not ``end - start``, the markup writes it in another way.
    """

    start: int
    end: int
    at: int
    until: int
    origin: int

    def back(self, offset: int) -> int:
        """How far behind ``at`` and ``origin`` the character at ``offset`` of the page stands."""
        return offset - self.start if self.until - self.at == self.end - self.start else 0


@dataclass(frozen=True, kw_only=True)
class Markup:
    """The markup behind a page: well-formed XHTML, ASCII only.

    ``text`` is the content of ``body``, ``attributes`` are those of ``body`` with a space before each, ``head`` is what
    stands in ``head`` beside the title. ``runs`` lead from the page to it, in the page's order; the spans ``copies``
    of the page repeat what stands elsewhere on it. ``line_starts`` are the offsets of the lines of the source.
    """

    head: str
    attributes: str
    text: str
    runs: tuple[Run, ...]
    copies: tuple[tuple[int, int], ...]
    line_starts: tuple[int, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of ``text`` that shows ``start:end`` of the page; None where a tag parts it, or nothing shows it."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        if first < 0 or start >= self.runs[first].end or end > self.runs[last].end:
            return None
        head, tail = self.runs[first], self.runs[last]
        is_plain = tail.until - tail.at == tail.end - tail.start
        low = head.at + head.back(start)
        high = tail.at + tail.back(end) if is_plain else tail.until
        return None if high <= low or "<" in self.text[low:high] else (low, high)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the source, from 1, of what stands at ``offset`` of the page or next behind it."""
        if not self.runs:
            return 1, 1
        at = max(bisect_right(self._starts, offset) - 1, 0)
        if offset >= self.runs[at].end and at + 1 < len(self.runs):
            at += 1
        run = self.runs[at]
        origin = run.origin + (run.back(offset) if run.start <= offset < run.end else 0)
        number = bisect_right(self.line_starts, origin)
        return number, origin - self.line_starts[number - 1] + 1


@dataclass(frozen=True, kw_only=True)
class Document:
    """A source as read: the text that offsets point into, and its blocks.

    ``text`` holds only characters that XML allows, with line ends as ``\\n``; ``source`` is the
    name that a person knows the file by. ``unread`` are the spans that no block holds, in their order. Where
    there is ``markup``, the text is the page that it shows, laid out in lines. Where there are ``cells``, it is a page
    that shows those of a table, which bear all its numbers: each in its order on the page, in pieces where it is parted.
    """

    source: str
    text: str
    blocks: tuple[TextBlock | TableBlock, ...]
    header: Header = field(default_factory=Header)
    unread: tuple[Unread, ...] = ()
    markup: Markup | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def lines(self) -> Iterator[TextLine]:
        """The lines of its text; a document of tables has none."""
        return (line for block in self.blocks if isinstance(block, TextBlock) for line in block.lines)

    @property
    def tables(self) -> Iterator[TableBlock]:
        """Its tables."""
        return (block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def is_table(self) -> bool:
        """Whether the source is a table, or several: places in it are cells."""
        return bool(self._cells)

    @property
    def has_sheets(self) -> bool:
        """Whether its tables are sheets with names."""
        return any(block.sheet for block in self.blocks)

    @property
    def stretches(self) -> Iterator[tuple[int, int]]:
        """The spans of ``text`` that are read each on its own: all of a text, the cells of a table."""
        if self.markup is not None:
            position = 0
            for start, end in self.markup.copies:
                yield position, start
                position = end
            yield position, len(self.text)
            return
        if not self.is_table:
            yield 0, len(self.text)
            return
        yield from ((cell.start, cell.end) for cell in self._cells)

    @cached_property
    def _cells(self) -> list[Cell]:
        of_tables = [cell for block in self.tables for row in block.rows for cell in row.cells]
        return sorted([*of_tables, *self.cells], key=lambda cell: cell.start) if self.cells else of_tables

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.start for cell in self._cells]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of the first character of each physical line."""
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    def _cell(self, offset: int) -> Cell | None:
        """The cell of a table that ``offset`` stands in or right behind, else the next one; None in a text."""
        if not self._cells:
            return None
        at = max(bisect_right(self._cell_starts, offset) - 1, 0)
        if offset > self._cells[at].end and at + 1 < len(self._cells):
            at += 1
        return self._cells[at]

    def sheet_at(self, offset: int) -> str:
        """The name of the sheet that ``offset`` stands in or behind; empty where it has none."""
        at = bisect_right(self._block_starts, offset) - 1
        return self.blocks[max(at, 0)].sheet or "" if self.blocks else ""

    def source_of(self, sheet: str) -> str:
        """The name by which a person knows a sheet of this source."""
        return f"{self.source}#{sheet}" if sheet else self.source

    @property
    def is_scaled(self) -> bool:
        """Whether cells show numbers smaller than those that they hold."""
        return any(cell.power for cell in self._cells)

    def power_at(self, offset: int) -> int:
        """The power of ten by which the number at ``offset`` is smaller than the one that its cell holds."""
        cell = self._cell(offset)
        return cell.power if cell is not None else 0

    def place(self, start: int, end: int) -> Place:
        """The place of the span ``start:end`` of ``text``, in a block or not.

        In a table, line and column are the cell's row and column, and the source names the sheet where it has a name;
        of a page, they are those of the markup as given.
        """
        cell = self._cell(start)
        if cell is not None:
            return Place(self.source_of(self.sheet_at(start)), cell.row, cell.column, start, end)
        if self.markup is not None:
            return Place(self.source, *self.markup.position(start), start, end)
        number = self.row(start)
        return Place(self.source, number, start - self._starts[number - 1] + 1, start, end)

    def row(self, offset: int) -> int:
        """The line of ``text`` that ``offset`` stands on, from 1; of a page, that is no line of the source."""
        return bisect_right(self._starts, offset)

    def is_whole(self, place: Place) -> bool:
        """Whether a tag can be set around what stands at ``place``: no tag of the markup's own parts it."""
        return self.markup is None or self.markup.span(place.start, place.end) is not None

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """The text before and behind the span, up to ``reach`` characters; in a table, no further than its cell."""
        cell = self._cell(start)
        low, high = (0, len(self.text)) if cell is None else (cell.start, cell.end)
        return self.text[max(start - reach, low) : start], self.text[end : min(end + reach, high)]
