"""Stored cells to what they show: numbers through their formats, hidden cells not at all, and what there is to say of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from converter.model.findings import Severity
from converter.read.number_format import show
from converter.read.sheet import Entry, entry_of
from converter.read.workbook import RawCell, RawSheet, Style, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES_PER_INDENT = 2
_FIRST_DAY = date(1899, 12, 30)
_DAY = "mmmm d, yyyy"
_BOOLEANS = {"0": "FALSE", "1": "TRUE"}
_NO_STYLE = Style()
# How a formula names a sheet, or a name, of another workbook.
_LINK = re.compile(r"\[\d+\][^\[\]]*!")


class Doubt(Enum):
    """What there is to say of cells: a code, a weight, a message about ``{cells}`` with an ``{example}``, and a remedy."""

    TOO_LONG = (
        "read.too-long",
        Severity.WARNING,
        "the sheet holds more cells than any statement has; it is left out",
        "copy the rows that belong to a statement onto a sheet of their own",
    )
    HIDDEN = (
        "read.hidden",
        Severity.WARNING,
        "{cells} with numbers are hidden from view; none of their numbers is read",
        "show the rows, columns or numbers that belong to the statements",
    )
    NO_RESULT = (
        "read.no-result",
        Severity.WARNING,
        "{cells} hold a formula whose result is not stored; they are taken as empty",
        "open the workbook in a spreadsheet program, let it calculate, and save it",
    )
    ERROR = (
        "read.error-value",
        Severity.WARNING,
        "{cells} hold an error ({example}); it is no number",
        "mend the formula, and save the workbook again",
    )
    LINKED = (
        "read.linked",
        Severity.WARNING,
        "{cells} take their value from another workbook, which is not opened; the value that was stored is read",
        "see whether it is the one that was meant",
    )
    SCALED = (
        "read.scaled",
        Severity.WARNING,
        "{cells} show a number smaller than the one they hold by their format ({example}); where the statement names a "
        "scale, what is shown is taken in that scale, else the number that is held counts, as exactly as it is shown",
        "see whether the scale that the statement names is that of the numbers as shown",
    )
    TURNED = (
        "read.sign",
        Severity.INFO,
        "{cells} show a positive number as a negative one by their format ({example}); what is shown is read",
        "see whether the sign is the one that was meant",
    )
    WORDED = (
        "read.worded",
        Severity.WARNING,
        "{cells} show a number with words by their format ({example}); it is read as words, and is no amount",
        "give the cells a format of digits and signs, and name a currency above the statement",
    )


class Told(NamedTuple):
    """A cell that there is something to say of."""

    doubt: Doubt
    row: int
    column: int
    example: str = ""


class _Where(NamedTuple):
    """Where a cell is in view: its first row and column that are, and over how many columns it reaches."""

    row: int
    column: int
    columns: int


def shown(sheet: RawSheet, styles: Sequence[Style], *, is_1904: bool) -> tuple[list[Entry], list[Told]]:
    """What the cells of ``sheet`` show, row by row, and what there is to say of them."""
    entries: list[Entry] = []
    told: list[Told] = [Told(Doubt.TOO_LONG, 1, 1)] if sheet.is_too_long else []
    for cell in sheet.cells:
        style = styles[cell.style] if cell.style < len(styles) else _NO_STYLE
        text, power, doubts = _text(cell, style, is_1904=is_1904)
        where = _where(cell, sheet)
        if where is None or (cell.kind == "number" and cell.value and not any(map(str.isalnum, text))):
            if _has_number(cell):
                told.append(Told(Doubt.HIDDEN, cell.row, cell.column))
            continue
        told += [Told(doubt, cell.row, cell.column, text) for doubt in doubts]
        entry = entry_of(
            where.row, where.column, text, columns=where.columns, indent=_SPACES_PER_INDENT * style.indent, power=power
        )
        mark = cell.value.mark if isinstance(cell.value, Text) else ""
        if entry is not None:
            entries.append(entry._replace(mark=mark))
    return sorted(entries, key=lambda entry: (entry.row, entry.column)), told


def _text(cell: RawCell, style: Style, *, is_1904: bool) -> tuple[str, int, list[Doubt]]:
    """What a cell shows, by what power of ten its number is smaller than the one it holds, and what to say of that."""
    doubts = [Doubt.LINKED] if cell.formula and _LINK.search(cell.formula) else []
    if isinstance(cell.value, Decimal):
        found = show(cell.value, style.code, is_1904=is_1904)
        if found.power:
            doubts.append(Doubt.SCALED)
        if found.is_turned:
            doubts.append(Doubt.TURNED)
        if found.is_worded:
            doubts.append(Doubt.WORDED)
        return found.text, found.power, doubts
    text = cell.value.text
    if cell.kind == "boolean":
        text = _BOOLEANS.get(text.strip(), text)
    elif cell.kind == "date":
        text = _day(text, style)
    elif cell.kind == "error":
        doubts.append(Doubt.ERROR)
    elif cell.kind == "nothing":
        doubts.append(Doubt.NO_RESULT)
    return text, 0, doubts


def _day(text: str, style: Style) -> str:
    """A day that is stored as ISO 8601 writes it, as one that is stored as a count of days is shown."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return text
    shown_so = show(Decimal((day - _FIRST_DAY).days), style.code).text
    return shown_so if any(map(str.isalpha, shown_so)) else show(Decimal((day - _FIRST_DAY).days), _DAY).text


def _where(cell: RawCell, sheet: RawSheet) -> _Where | None:
    """Where a cell is in view, None where it is not: one that is merged is where any part of it is."""
    rows, columns = sheet.merged.get((cell.row, cell.column), (1, 1))
    row = next((row for row in range(cell.row, cell.row + rows) if row not in sheet.hidden_rows), None)
    column = next(
        (column for column in range(cell.column, cell.column + columns) if column not in sheet.hidden_columns), None
    )
    return None if row is None or column is None else _Where(row, column, cell.column + columns - column)


def _has_number(cell: RawCell) -> bool:
    return isinstance(cell.value, Decimal) or any(map(str.isdigit, cell.value.text))
