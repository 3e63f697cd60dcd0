"""What filers called their lines, counted by company: tables that many lines look into at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

EVERY = ""  # the key of a row that counts all lines


@dataclass(frozen=True, eq=False)
class Counts:
    """Tables of counts by concept. A table has a row for each of its keys: texts, or the numbers of concepts.

    ``tables`` are the names of all, ``keys`` all texts that are keys, in any order, and ``size`` is the number of concepts.
    ``cells``, rising, tell table, key and concept in one number; ``counted`` is what is counted there.

    By kind of statement, whose name stands before that of the table, there are: ``prior``, which counts phrases of companies;
    ``sections``; ``phrases``, by normal form, and ``phrases SECTION``, those of a section alone; ``words`` of labels, which count
    labels, not concepts, and of ``captions``; ``totals``, the labels with that word; by concept, the concepts ``after`` it, two
    lines ``later``, and above it where it is a total (``closing``); ``recent``, by normal form, of the companies with recent
    filings alone; ``first``, how many companies of the first years of XBRL used a concept, a company in two sections twice; and
    ``same``, by concept, of a hundred of its lines for how many each concept serves. ``names`` has the words of which the names
    of concepts are made.
    """

    tables: Sequence[str]
    keys: Sequence[str]
    size: int
    cells: np.ndarray
    counted: np.ndarray
    _rows: dict[tuple[str, int], dict[int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def key(self) -> Mapping[str, int]:
        """The number of each key."""
        return dict(zip(self.keys, range(len(self.keys)), strict=True))

    @cached_property
    def _table(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.tables)}

    @cached_property
    def _below(self) -> np.ndarray:
        """What is counted in all cells below each cell, and in all."""
        return np.concatenate([[0], np.cumsum(self.counted, dtype=np.int64)])

    def row(self, table: str, key: int) -> int:
        """The number of a row; -1, a row without cells, where there is no such table or no such key, as -1."""
        at = self._table.get(table, -1)
        return -1 if key < 0 or at < 0 else at * self._wide + key

    def rows(self, table: str, keys: np.ndarray) -> np.ndarray:
        """The numbers of the rows of many ``keys``, of any shape."""
        at = self._table.get(table, -1)
        return np.where((keys < 0) | (at < 0), -1, at * self._wide + keys)

    def at(self, rows: np.ndarray, concepts: np.ndarray) -> np.ndarray:
        """What ``rows`` count for ``concepts``; both are spread to one shape."""
        wanted = rows * self.size + concepts
        if not len(self.cells):
            return np.zeros(wanted.shape)
        places = np.minimum(np.searchsorted(self.cells, wanted), len(self.cells) - 1)
        return np.where(self.cells[places] == wanted, self.counted[places], 0)

    def sums(self, rows: np.ndarray) -> np.ndarray:
        """All that each of ``rows`` counts."""
        starts, ends = np.searchsorted(self.cells, [rows * self.size, (rows + 1) * self.size])
        found: np.ndarray = self._below[ends] - self._below[starts]
        return found

    def whole(self, table: str) -> np.ndarray:
        """What the row ``EVERY`` of a table counts for every concept, by its number."""
        found = np.zeros(self.size)
        there = self._within(self.row(table, self.key.get(EVERY, -1)), 1)
        found[self.cells[there] % self.size] = self.counted[there]
        return found

    def by_concept(self, table: str, key: int) -> Mapping[int, int]:
        """What a row counts, by concept."""
        found = self._rows.get((table, key))
        if found is None:
            there = self._within(self.row(table, key), 1)
            concepts = (self.cells[there] % self.size).tolist()
            found = self._rows[table, key] = dict(zip(concepts, self.counted[there].tolist(), strict=True))
        return found

    def pairs(self, table: str) -> tuple[np.ndarray, np.ndarray]:
        """The key and the concept of each cell of a table."""
        first = self.row(table, 0)
        cells = self.cells[self._within(first, self._wide)]
        return cells // self.size - first, cells % self.size

    @property
    def _wide(self) -> int:
        """How many rows a table may have."""
        return max(len(self.keys), self.size)

    def _within(self, row: int, rows: int) -> slice:
        """Where the cells of so many ``rows`` from a ``row`` are."""
        if row < 0:
            return slice(0)
        start, end = np.searchsorted(self.cells, [row * self.size, (row + rows) * self.size])
        return slice(int(start), int(end))


def counts_of(tables: Mapping[str, Mapping[str | int, Mapping[int, int]]], size: int) -> Counts:
    """Counts of ``tables``: by name, key and concept, of which there are as many as ``size`` says."""
    names = sorted(tables)
    keys = sorted({key for table in tables.values() for key in table if isinstance(key, str)})
    number = {key: at for at, key in enumerate(keys)}
    found = Counts(names, keys, size, np.zeros(0), np.zeros(0))
    counted = sorted(
        (found.row(name, key if isinstance(key, int) else number[key]) * size + concept, count)
        for name in names
        for key, row in tables[name].items()
        for concept, count in row.items()
    )
    cells, values = zip(*counted, strict=True) if counted else ((), ())
    return Counts(names, keys, size, np.array(cells, dtype=np.int64), np.array(values, dtype=np.int32))


def padded(rows: Iterable[Collection[int]]) -> np.ndarray:
    """``rows`` of numbers as one array, -1 behind the last of each."""
    rows = list(rows)
    found = np.full((len(rows), max(map(len, rows), default=0)), -1, dtype=np.int64)
    for at, row in enumerate(rows):
        found[at, : len(row)] = list(row)
    return found
