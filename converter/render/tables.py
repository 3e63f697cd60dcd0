"""Statements laid out as tables: labels and amounts in pieces, and what stood around an amount in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import LineKind
from converter.render.tags import Piece, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model.report import Report
    from converter.model.statement import Amount, Line, Statement

_SCALES = {3: "in thousands", 6: "in millions", 9: "in billions"}
_CURRENCY_SIGNS = "$€£¥"


class Cell(NamedTuple):
    """An amount: the piece that is tagged, and the signs before and behind it."""

    before: str
    piece: Piece
    after: str


class Row(NamedTuple):
    """A line: its label in pieces, its level of indentation, and a cell or None per column."""

    label: tuple[Piece, ...]
    level: int
    is_caption: bool
    is_total: bool
    cells: tuple[Cell | None, ...]


class Table(NamedTuple):
    """A statement: caption, a header per column, rows."""

    statement: Statement
    caption: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(report: Report, pieces: Iterable[Piece]) -> tuple[list[Table], list[Piece]]:
    """A table per statement, and those of ``pieces`` whose facts stand in none of them."""
    free = {(piece.start, piece.text): piece for piece in pieces if piece.facts}
    made = [_table(statement, report.document.text, free) for statement in report.statements]
    return made, list(free.values())


_Free = dict[tuple[int, str], Piece]


def _table(statement: Statement, text: str, free: _Free) -> Table:
    totals = {found.total for found in statement.sums}
    scale = _SCALES.get(statement.scale, "")
    return Table(
        statement,
        f"{statement.title} ({scale})" if scale else statement.title,
        tuple(column.header or str(column.period or "") for column in statement.columns),
        tuple(_row(line, text, free, is_total=index in totals) for index, line in enumerate(statement.lines)),
    )


def _row(line: Line, text: str, free: _Free, *, is_total: bool) -> Row:
    return Row(
        _label(line, free),
        line.level,
        line.kind is LineKind.CAPTION,
        is_total or line.kind is LineKind.SUBTOTAL,
        tuple(_cell(amount, text, free) if amount is not None else None for amount in line.amounts),
    )


def _label(line: Line, free: _Free) -> tuple[Piece, ...]:
    """The label, cut at the numbers inside it that bear facts."""
    found: list[Piece] = []
    done = position = 0
    for inner in line.parentheticals:
        start = line.label.find(inner.before + inner.amount.text, position)
        start = start + len(inner.before) if start >= 0 else line.label.find(inner.amount.text, position)
        if start < 0:
            continue
        position = start + len(inner.amount.text)
        tagged = free.pop((inner.amount.place.start, inner.amount.text), None)
        if tagged is not None:
            found += [plain(line.label[done:start]), tagged]
            done = position
    return (*found, plain(line.label[done:]))


def _cell(amount: Amount, text: str, free: _Free) -> Cell:
    place = amount.place
    tagged = free.pop((place.start, amount.text), None) or plain(amount.text)
    negative = amount.value is not None and amount.value < 0
    printed = text[max(0, place.start - 30) : place.start].rpartition("\n")[2].rstrip(" \t(-")
    sign = printed[-1:] if printed[-1:] in _CURRENCY_SIGNS else ""
    percent = "%" if text[place.end : place.end + 3].lstrip(" )").startswith("%") else ""
    return Cell(f"{sign}{'(' if negative else ''}", tagged, f"{')' if negative else ''}{percent}")
