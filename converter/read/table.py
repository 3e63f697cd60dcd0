"""Tables: bytes to rows of cells (RFC 4180), and those that people make to a page. What they say is read by ``parse``."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from converter.errors import SourceError
from converter.model.source import Cell, Document, TableBlock, TableRow
from converter.read.sheet import Entry, Sheet, document_of, entry_of, header_of, is_marked_up
from converter.read.text import DEFAULTS, decode, refuse_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.findings import Finding
    from converter.options import ReadOptions

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_OTHER_DELIMITERS = ";\t"
_SAMPLE = 500  # lines


def read(data: bytes, source: str, options: ReadOptions = DEFAULTS) -> tuple[Document, tuple[Finding, ...]]:
    """Decode ``data`` and cut it into cells; SourceError where it is no text, or where a quote is not closed.

    UsageError where the options choose one of several documents: a table is one.
    """
    refuse_choice(source, options)
    decoded = decode(data, source)
    block = TableBlock(rows=tuple(_rows(decoded.text, _delimiter(decoded.text), source)))
    document = Document(source=source, text=decoded.text, blocks=(block,))
    findings = decoded.findings(document)
    if is_marked_up([cell.text for cell in row.cells] for row in block.rows):
        return replace(document, header=header_of(document)), findings
    return document_of([Sheet("", list(_entries(block)))], source), findings


def _entries(block: TableBlock) -> Iterator[Entry]:
    for cell in (cell for row in block.rows for cell in row.cells):
        entry = entry_of(cell.row, cell.column, cell.text)
        if entry is not None:
            yield entry


def _delimiter(text: str) -> str:
    """The comma, unless most rows hold another."""
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    rows = [_QUOTED.sub("", line) for line in islice(lines, _SAMPLE)]
    return next((mark for mark in _OTHER_DELIMITERS if 2 * sum(mark in row for row in rows) > len(rows)), ",")


def _rows(text: str, delimiter: str, source: str) -> Iterator[TableRow]:
    bare = re.compile(rf"[^{delimiter}\n]*")
    position, number = 0, 1
    while position < len(text):
        start = position
        if text[position] == "#":
            cells: tuple[Cell, ...] = (_remark(text, position, number, delimiter),)
            position = _line_end(text, position)
        else:
            cells, position = _cells(text, position, number, (bare, delimiter, source))
        yield TableRow(number, start, cells)
        position += 1  # the line end
        number += 1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _remark(text: str, start: int, row: int, delimiter: str) -> Cell:
    """A remark is one cell, whatever it holds; a spreadsheet program fills its row with delimiters."""
    said = text[start : _line_end(text, start)].rstrip(f"{delimiter} ")
    return Cell(said, row, 1, start, start + len(said))


def _cells(
    text: str, position: int, row: int, setting: tuple[re.Pattern[str], str, str]
) -> tuple[tuple[Cell, ...], int]:
    """The cells of the row that begins at ``position``, and where its line end stands."""
    bare, delimiter, source = setting
    cells: list[Cell] = []
    while True:
        column = len(cells) + 1
        if text.startswith('"', position):
            match = _QUOTED.match(text, position)
            if match is None or text[match.end() : match.end() + 1] not in {delimiter, "\n", ""}:
                raise SourceError(
                    f"{source}:{row}:{column}: the quote that begins this cell does not end it",
                    hint="put a quote at the end of the cell, and double each quote within it",
                )
            content = match[1].replace('""', '"')
            cells.append(Cell(content, row, column, match.start(1), match.end(1)))
            position = match.end()
        else:
            end = _bare_end(bare, text, position)
            cells.append(Cell(text[position:end], row, column, position, end))
            position = end
        if not text.startswith(delimiter, position):
            return tuple(cells), position
        position += 1


def _bare_end(bare: re.Pattern[str], text: str, position: int) -> int:
    match = bare.match(text, position)
    return match.end() if match else position
