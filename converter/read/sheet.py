"""Tables of cells to a document: those in the converter's own layout as rows, those that people make as a page.

A page is laid out as that of an HTML table is, and keeps for each character the cell that it stands in. How the cells
were stored is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate, groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from converter.model.source import Cell, Document, Header, TableBlock, TableRow, TextBlock, Unread
from converter.read import grid
from converter.read.markup import Chunk
from converter.read.page import MARK, SHOWN, Setter
from converter.read.sides import sides_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model.source import Run

_DEEPEST_INDENT = 40
_KEYS = frozenset({"entity", "statement", "scale"})
_LABEL = "label"
_REPEATED = "repeats the header of the table beside it"
_NUMBERING = "the number of a row"
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Entry(NamedTuple):
    """What a cell shows: its text in lines that hold something, over how many columns, and by how many spaces it is indented.

    ``power`` is the power of ten by which its number is shown smaller than it is; ``mark`` is that of a footnote.
    """

    row: int
    column: int
    text: str
    columns: int = 1
    indent: int = 0
    power: int = 0
    mark: str = ""

    @property
    def is_amount(self) -> bool:
        """Whether it is a number and no year, as far as that can be told of the cell alone."""
        has_digits = any(map(str.isdigit, self.text))
        return has_digits and not self.is_words and not _YEAR.fullmatch(self.text)

    @property
    def is_words(self) -> bool:
        """Whether it holds a letter."""
        return _LETTER.search(self.text) is not None


def entry_of(row: int, column: int, text: str, *, columns: int = 1, indent: int = 0, power: int = 0) -> Entry | None:
    """The entry of a cell with ``text``: white space of any kind as single spaces, that before it as its indentation."""
    lines = [line.translate(SHOWN) for line in text.split("\n")]
    shown = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
    if not shown:
        return None
    spaces = next(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return Entry(row, column, shown, columns, min(indent + spaces, _DEEPEST_INDENT), power)


class Sheet(NamedTuple):
    """A table: its name, empty where it has none, and the cells in which something stands, row by row."""

    name: str
    entries: Sequence[Entry]


def document_of(sheets: Iterable[Sheet], source: str) -> Document:
    """The document of ``sheets``; those without a word or number are no part of it."""
    writer = _Writer()
    for sheet in sheets:
        if sheet.entries:
            writer.add(sheet)
    document = Document(
        source=source,
        text="\n".join(writer.setter.pieces),
        blocks=tuple(writer.blocks),
        unread=tuple(writer.unread),
        cells=tuple(writer.cells),
    )
    return replace(document, header=header_of(document))


def header_of(document: Document) -> Header:
    """The registrant that the first remark on one names, and where its name stands."""
    for row in (row for block in document.tables for row in block.rows):
        key, name = row.remark if row.is_remark else ("", "")
        if key == "entity" and name:
            cell = row.cells[0]
            end = cell.start + len(cell.text.rstrip())
            place = document.place(cell.start, end)
            return Header(registrant=name, places={"registrant": place._replace(start=end - len(name))})
    return Header()


def is_marked_up(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table is in the converter's own layout: it has a remark that is known, or a row ``label,PERIOD``."""
    for row in rows:
        first = row[0].strip().lower() if row else ""
        if first == _LABEL and any(text.strip() for text in row[1:]):
            return True
        if first.startswith("#") and first[1:].partition(":")[0].strip() in _KEYS:
            return True
    return False


class _Writer:
    """Sets sheets one below the other, and keeps what stands where."""

    def __init__(self) -> None:
        self.setter = Setter()
        self.blocks: list[TextBlock | TableBlock] = []
        self.cells: list[Cell] = []
        self.unread: list[Unread] = []

    def add(self, sheet: Sheet) -> None:
        if self.setter.lines:
            self.setter.blank()
        rows = list(_rows(sheet.entries))
        if is_marked_up(map(_texts, rows)):
            self.blocks.append(TableBlock(rows=tuple(map(self._row, rows)), sheet=sheet.name))
            return
        first, first_run = len(self.setter.lines), len(self.setter.runs)
        chunks = _Chunks(sheet.entries)
        tables, repeated, numbering = sides_of(sheet.entries)
        for lines in grid.lay_out([_grid(table, chunks) for table in tables]):
            for line in lines:
                self.setter.add(line)
        block = TextBlock(lines=tuple(self.setter.lines[first:]), sheet=sheet.name)
        self.blocks.append(block)
        for reason, entries in ((_REPEATED, repeated), (_NUMBERING, numbering)):
            for entry in entries:
                self._set_aside([chunk for line in chunks.lines(entry) for chunk in line], reason)
        for entry in sheet.entries:
            if entry.mark:
                self._set_aside([chunks.mark(entry)], MARK)
        self.cells += chunks.cells(sorted(self.setter.runs[first_run:]))

    def _set_aside(self, words: Sequence[Chunk], reason: str) -> None:
        """Set words on a line of their own that is in no block."""
        self.unread.append(Unread(*self.setter.add([grid.Laid(0, words, False)]), reason))

    def _row(self, row: Sequence[Entry]) -> TableRow:
        """A row with all its cells up to the last, those that are empty too."""
        start = position = self.setter.length
        found = {entry.column: entry for entry in row}
        cells = []
        for column, text in enumerate(_texts(row), 1):
            power = found[column].power if column in found else 0
            cells.append(Cell(text, row[0].row, column, position, position + len(text), power))
            position += len(text) + 1
        self.setter.add([grid.Laid(0, [Chunk("\t".join(cell.text for cell in cells), 0, 0, 0)], False)])
        return TableRow(row[0].row, start, tuple(cells))


def _rows(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries of each row that has any."""
    return (list(group) for _, group in groupby(entries, key=lambda entry: entry.row))


def _texts(row: Sequence[Entry]) -> list[str]:
    """The texts of a row, with an empty one for each column without an entry."""
    texts = [""] * row[-1].column
    for entry in row:
        texts[entry.column - 1] = " " * entry.indent + entry.text.replace("\n", " ")
    return texts


class _Chunks:
    """The texts of entries as chunks, each at an offset of its own: so the runs on the page lead back to the entries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        lengths = (len(entry.text) + len(entry.mark) + 1 for entry in entries)
        self._starts = list(accumulate(lengths, initial=0))
        self._start_of = {(entry.row, entry.column): at for entry, at in zip(entries, self._starts, strict=False)}

    def lines(self, entry: Entry) -> list[list[Chunk]]:
        """The lines of a cell."""
        at = self._start_of[entry.row, entry.column]
        found = []
        for line in entry.text.split("\n"):
            found.append([Chunk(line, at, at + len(line), 0)])
            at += len(line) + 1
        return found

    def mark(self, entry: Entry) -> Chunk:
        """The mark of a footnote."""
        start = self._start_of[entry.row, entry.column] + len(entry.text) + 1
        return Chunk(entry.mark, start, start + len(entry.mark), 0)

    def cells(self, runs: Iterable[Run]) -> list[Cell]:
        """The cells that ``runs`` show, in the order of the page; words of one that follow each other are one piece."""
        found: list[Cell] = []
        for run in runs:
            if run.until == run.at:  # a space that stands in no cell
                continue
            entry = self._entries[bisect_right(self._starts, run.at) - 1]
            last = found[-1] if found else None
            if last and (last.row, last.column) == (entry.row, entry.column) and run.start - last.end <= 1:
                found[-1] = last._replace(end=run.end)
            else:
                found.append(Cell(entry.text, entry.row, entry.column, run.start, run.end, entry.power))
        return found


def _grid(entries: Sequence[Entry], chunks: _Chunks) -> grid.Grid:
    table = grid.Grid()
    first = min(entry.column for entry in entries)
    for row in _reaching(list(_rows(entries))):
        table.begin_row()
        for entry in row:
            left = entry.column - first
            table.rows[-1].append(grid.Cell(left, left + entry.columns, chunks.lines(entry), entry.indent))
    return table


def _reaching(rows: Sequence[list[Entry]]) -> list[list[Entry]]:
    """The rows, where words above dates, "Three Months Ended" above years, reach over all of them up to the next words.

    People merge such cells, or leave those beside empty.
    """
    found: list[list[Entry]] = []
    below: list[Entry] = []
    for row in reversed(rows):
        is_header = not any(entry.is_amount for entry in (*row, *below))
        below = list(_reaching_over(row, below)) if is_header else row
        found.append(below)
    return found[::-1]


def _reaching_over(row: Sequence[Entry], below: Sequence[Entry]) -> Iterator[Entry]:
    dated = [entry for entry in below if any(map(str.isdigit, entry.text))]
    columns = [column for entry in dated for column in range(entry.column, entry.column + entry.columns)]
    for entry, after in zip_longest(row, row[1:]):
        under = [at for at in columns if at >= entry.column and (after is None or at < after.column)]
        reach = under[-1] + 1 - entry.column if under[:1] == [entry.column] else 1
        yield entry._replace(columns=max(entry.columns, reach))
