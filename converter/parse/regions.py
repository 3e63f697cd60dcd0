"""Finds where the statements of a text document stand: a title, the rows of a header, rows of numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.parse import columns
from converter.parse.layout import LONGEST_LINE, Row, row_of
from converter.parse.titles import Title, title_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import TextLine

# How far below its title a statement's numbers may begin, and how long it may go without any.
_HEADER_ROWS = 30
_GAP_ROWS = 14
_FEWEST_ROWS = 3
# Prose reaches this far into the columns; two such lines end a table.
_PROSE_REACH = 8
_ROWS_ABOVE = 3
_CONTINUED = re.compile(r"\bcont(?:inued|['’]d|d)\b|\bpage [2-9]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """A title, the lines above it, the rows of its header, and the rows from the first with amounts to the last."""

    title: Title
    above: tuple[TextLine, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def is_continued(self) -> bool:
        """Whether the title or the first rows below it say that the statement began before."""
        return any(_CONTINUED.search(text) for text in (self.title.text, *(row.text for row in self.header[:4])))


def regions_of(lines: Sequence[TextLine]) -> Iterator[Region]:
    """The regions of ``lines`` in their order; each ends where the next title stands."""
    texts = [line.text for line in lines]
    titles: list[tuple[int, Title]] = []
    for index in range(len(texts)):
        title = title_at(texts, index)
        if title is not None:
            titles.append((index, title))
    bounds = [*(index for index, _ in titles), len(lines)][1:]
    for (index, title), bound in zip(titles, bounds, strict=True):
        rows = [row_of(line) for line in lines[index + title.lines : bound]]
        first = next((at for at, row in enumerate(rows[:_HEADER_ROWS]) if row.is_data), None)
        if first is None:
            continue
        body = _table(rows[first:])
        if sum(1 for row in body if row.is_data) < _FEWEST_ROWS:
            continue
        above = [line for line in lines[max(index - _ROWS_ABOVE, 0) : index] if len(line.text) <= LONGEST_LINE]
        yield Region(title, tuple(above), tuple(rows[:first]), tuple(body))


def _table(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows up to the last with amounts; prose or a long stretch without numbers ends the table."""
    spans = columns.find_spans([row for row in rows[:_HEADER_ROWS] if row.is_data])
    edge = spans[0].left if spans else 0
    last = 0
    without = prose = 0
    for index, row in enumerate(rows):
        if row.is_blank or row.is_rule:
            continue
        if row.is_data:
            last, without, prose = index, 0, 0
            continue
        without += 1
        prose = prose + 1 if row.label_end > edge + _PROSE_REACH and row.indent < edge else 0
        if without > _GAP_ROWS or prose > 1:
            break
    return rows[: last + 1]
