"""Tables that stand side by side on one sheet: assets at the left, liabilities at the right."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from converter.read.grid import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.read.sheet import Entry

_FEWEST_LABELS = 3
_WHOLE = re.compile("[0-9]{1,6}")
_MOST_TABLES = 8  # what has more columns of words is a list


class Sides(NamedTuple):
    """The entries of each table, left to right, those of headers that repeat the one at the left, and numbers of rows."""

    tables: list[list[Entry]]
    repeated: list[Entry]
    numbering: list[Entry]


def sides_of(entries: Sequence[Entry]) -> Sides:
    """The tables of a sheet: one further for each column of labels right of the first column of amounts."""
    numbering = _numbering(entries)
    if numbering:
        entries = [entry for entry in entries if entry.column != numbering[0].column]
    edges = [0, *_label_columns(entries), max(entry.column for entry in entries) + 1]
    tables: list[list[Entry]] = []
    repeated: list[Entry] = []
    for low, high in pairwise(edges):
        own = [entry for entry in entries if low <= entry.column < high]
        twins = _repeated(own, tables[0], low) if tables else []
        tables.append(
            [entry._replace(columns=min(entry.columns, high - entry.column)) for entry in own if entry not in twins]
        )
        repeated += twins
    return Sides(tables, repeated, numbering)


def _numbering(entries: Sequence[Entry]) -> list[Entry]:
    """The numbers of the rows: a first column of whole numbers, each higher than those above, all left of words."""
    first = min(entry.column for entry in entries)
    column = [entry for entry in entries if entry.column == first]
    worded = {entry.row for entry in entries if entry.column > first and entry.is_words}
    if len(column) < _FEWEST_LABELS or not all(
        _WHOLE.fullmatch(entry.text) and entry.row in worded for entry in column
    ):
        return []
    rises = all(int(one.text) < int(other.text) for one, other in pairwise(column))
    return column if rises else []


def _label_columns(entries: Sequence[Entry]) -> list[int]:
    """The columns, right of amounts that stand right of labels, that hold words of their own before amounts, and no amount."""
    amounts: dict[int, list[int]] = defaultdict(list)  # the columns of those in each row
    words: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.is_amount:
            amounts[entry.row].append(entry.column)
        elif entry.is_words and not marks(entry.text):
            words[entry.row].append(entry)
    leftmost = {row: min(entry.column for entry in beside) for row, beside in words.items()}
    labelled = [column for row, columns in amounts.items() for column in columns if leftmost.get(row, column) < column]
    first = min(labelled, default=0)
    before_amounts: dict[int, set[str]] = defaultdict(set)
    for row, columns in amounts.items():
        for entry in words.get(row, ()):
            if first < entry.column < max(columns):
                before_amounts[entry.column].add(entry.text)
    of_amounts = {column for columns in amounts.values() for column in columns}
    found = [column for column, texts in before_amounts.items() if len(texts) >= _FEWEST_LABELS]
    found = sorted(column for column in found if column not in of_amounts)
    return found if len(found) < _MOST_TABLES else []


def _repeated(own: Sequence[Entry], left: Sequence[Entry], labels: int) -> list[Entry]:
    """The header of a table whose labels stand in the column ``labels``, where it is that of the table at the ``left``.

    It then goes on with that table, unless words above the header are a title of its own.
    """
    first = min((entry.row for entry in own if entry.is_amount), default=0)
    header = [entry for entry in own if entry.row < first and entry.column > labels]
    rows = {entry.row for entry in header}
    beside = [entry.text for entry in left if entry.row in rows and entry.column > left[0].column]
    has_title = any(entry.column == labels and entry.row < min(rows, default=0) for entry in own)
    return header if not has_title and [entry.text for entry in header] == beside else []
