"""Tables of cells laid out on a page: signs joined to their numbers, columns at fixed places, headers above them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from converter.read.markup import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|\.\d+)"
_VALUE = re.compile(
    rf"(?:US)?[$£€¥]? ?\(? ?[$£€¥]? ?[-−–—]? ?[$]? ?(?:-0-|{_NUMBER}|[-—–−]{{1,3}}|[Nn]/[Aa]|nil)(?: ?%)? ?\)?(?: ?%)?"
    r"(?: ?(?:\(\w\)|\*{1,2}))?"
)
_DIGITS = re.compile(_NUMBER)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCY = re.compile(r"[$£€¥]")
_BEFORE = re.compile(r"(?:US)?[$£€¥] ?[(\[]?|[(\[] ?[$£€¥]?")
_BEHIND = re.compile(r"[)\]] ?%?|% ?\)?")
_MARK = re.compile(r"\(?(?:[\d*†‡§#+]{1,3}|[a-z])\)?(?:(?:[ ,;]{1,2}\(?|\()(?:[\d*†‡§#+]{1,3}|[a-z])\)?)*")
# A word with up to two numbers behind it: "March 31, 2012" is not parted.
_UNBROKEN = re.compile(r" |[^ ]+(?: \d[^ ]*){0,2}")
# Header words are set in lines no wider than this, each column as wide.
_WIDTH = 26
_WIDEST_LABEL = 1200
_MOST_COLUMNS = 60
_GAP = 4
_SLACK = 3  # words above a column begin no further left of it, in columns of the grid


class Laid(NamedTuple):
    """Chunks that begin at ``column`` of a line; a copy repeats what stands elsewhere."""

    column: int
    chunks: Sequence[Chunk]
    is_copy: bool


def marks(text: str) -> bool:
    """Whether raised characters are marks of footnotes, and no part of a word."""
    return _MARK.fullmatch(text) is not None


@dataclass(slots=True)
class Cell:
    """A cell with something in it: the columns ``left`` to ``right`` of the grid, and its lines."""

    left: int
    right: int
    lines: list[list[Chunk]]
    indent: int

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(map(_text, self.lines))


class _Piece(NamedTuple):
    """What stands together in a row: a number with its signs, or words. ``core`` is the end of its own columns."""

    left: int
    right: int
    core_left: int
    core_right: int
    lines: Sequence[list[Chunk]]
    indent: int
    is_value: bool


@dataclass(slots=True)
class Grid:
    """The cells of a table, row by row."""

    rows: list[list[Cell]] = field(default_factory=list)
    _down: list[tuple[int, int, int]] = field(default_factory=list)  # columns that cells above reach into, for how long
    _at: int = 0

    def begin_row(self) -> None:
        """Begin a row."""
        self._down = [(left, right, rows - 1) for left, right, rows in self._down if rows > 1]
        self.rows.append([])
        self._at = 0

    def add(self, *, lines: list[list[Chunk]], indent: int, columns: int, rows: int) -> None:
        """Add a cell behind those of the row that stand already."""
        for left, right, _ in sorted(self._down):
            if left <= self._at < right:
                self._at = right
        left, self._at = self._at, self._at + max(columns, 1)
        if rows > 1:
            self._down.append((left, self._at, rows))
        if lines:
            self.rows[-1].append(Cell(left, self._at, lines, indent))


@dataclass(slots=True)
class _Column:
    """A column of numbers: those of the grid that its numbers fill, and those that their signs fill too."""

    left: int
    right: int
    wide_left: int
    wide_right: int

    def overlap(self, left: int, right: int) -> int:
        return min(self.right, right) - max(self.left, left)


@dataclass(slots=True)
class _Plan:
    """The rows of a grid in pieces, and its columns of numbers."""

    rows: list[list[_Piece]]
    columns: list[_Column]
    first_data: int
    label_width: int = 0


def lay_out(grids: Sequence[Grid]) -> Iterator[list[list[Laid]]]:
    """The lines of each of ``grids``; those in a row with as many columns have them at the same places."""
    plans = [_plan(grid) for grid in grids]
    for _, group in groupby(plans, key=lambda plan: len(plan.columns)):
        alike = list(group)
        width = max(plan.label_width for plan in alike)
        for plan in alike:
            yield list(_lines(plan, width))


def _plan(grid: Grid) -> _Plan:
    rows = [list(_split(_joined(row))) for row in grid.rows]
    flat = [row for parts in rows for row in parts]
    columns = _columns(flat)
    first = next((at for at, row in enumerate(flat) if _is_data(row, columns)), len(flat))
    plan = _Plan(flat, columns, first)
    if columns:
        edge = columns[0].wide_left
        widths = [
            len(label) + row[0].indent
            for at, row in enumerate(flat)
            if row
            and (label := " ".join(_text(line) for piece in row if piece.left < edge for line in piece.lines))
            and (at >= first or row[0].right <= edge)
            and any(piece.is_value for piece in row)
        ]
        plan.label_width = min(max(widths, default=0), _WIDEST_LABEL)
    return plan


def _joined(row: Sequence[Cell]) -> list[_Piece]:
    """The pieces of a row: a sign alone is joined to the number that it belongs to."""
    found: list[_Piece] = []
    pending: list[Cell] = []
    for cell in row:
        text = cell.text
        if _BEFORE.fullmatch(text):
            pending.append(cell)
            continue
        if found and not pending and _BEHIND.fullmatch(text) and found[-1].is_value:
            last = found[-1]
            found[-1] = last._replace(right=cell.right, lines=[[*last.lines[0], *cell.lines[0]]])
            continue
        is_value = len(cell.lines) == 1 and (
            _VALUE.fullmatch(text) is not None or (bool(pending) and _VALUE.fullmatch(f"{text})") is not None)
        )
        if is_value:
            signs = [chunk for sign in pending for chunk in sign.lines[0]]
            left = pending[0].left if pending else cell.left
            found.append(_Piece(left, cell.right, cell.left, cell.right, [[*signs, *cell.lines[0]]], cell.indent, True))
        else:
            found += map(_words, pending)
            found.append(_words(cell))
        pending = []
    found += map(_words, pending)
    return found


def _words(cell: Cell) -> _Piece:
    return _Piece(cell.left, cell.right, cell.left, cell.right, cell.lines, cell.indent, False)


def _split(row: list[_Piece]) -> Iterator[list[_Piece]]:
    """The row, or several where each cell holds a column of its own."""
    counts = {len(piece.lines) for piece in row}
    count = max(counts, default=1)
    numbers = [piece for piece in row[1:] if all(_VALUE.fullmatch(_text(line)) for line in piece.lines)]
    if count < 2 or len(row) < 2 or counts != {count} or not numbers:
        yield row
        return
    for at in range(count):
        yield [
            piece._replace(lines=[piece.lines[at]], is_value=_VALUE.fullmatch(_text(piece.lines[at])) is not None)
            for piece in row
        ]


def _is_amount(piece: _Piece) -> bool:
    """Whether a piece is a number and no year."""
    text = _text(piece.lines[0])
    return piece.is_value and _DIGITS.search(text) is not None and not _YEAR.fullmatch(text)


def _is_data(row: Sequence[_Piece], columns: Sequence[_Column]) -> bool:
    """Whether a row has an amount in a column: a number, or a dash with the sign of a currency."""
    return bool(columns) and any(
        (_is_amount(piece) or (piece.is_value and _CURRENCY.search(_text(piece.lines[0]))))
        and _column_of(piece, columns) is not None
        for piece in row
    )


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[_Column]:
    """The columns of numbers, left to right: the spans that the most numbers fill, which others overlap or not."""
    counts: Counter[tuple[int, int]] = Counter()
    pieces = []
    for row in rows:
        for index, piece in enumerate(row):
            if _is_amount(piece) and (index or piece.left):
                counts[piece.core_left, piece.core_right] += 1
                pieces.append(piece)
    found: list[_Column] = []
    for (left, right), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0][1] - item[0][0], item[0])):
        touched = [column for column in found if column.overlap(left, right) > 0]
        if not touched:
            found.append(_Column(left, right, left, right))
        if len(found) >= _MOST_COLUMNS:
            break
    found.sort(key=lambda column: column.left)
    for piece in pieces:
        at = _column_of(piece, found)
        if at is not None:
            column = found[at]
            column.wide_left = min(column.wide_left, piece.left)
            column.wide_right = max(column.wide_right, piece.right)
    for one, other in pairwise(found):
        one.wide_right = min(one.wide_right, other.left)
        other.wide_left = max(other.wide_left, one.right)
    return found


def _column_of(piece: _Piece, columns: Sequence[_Column]) -> int | None:
    """The column that a number stands in: the one it overlaps most, of those the last."""
    best, most = None, 0
    for index, column in enumerate(columns):
        over = column.overlap(piece.core_left, piece.core_right)
        if over > 0 and over >= most:
            best, most = index, over
    return best


def _covered(piece: _Piece, columns: Sequence[_Column]) -> list[int]:
    """The columns that words stand above."""
    return [
        index
        for index, column in enumerate(columns)
        if min(column.wide_right, piece.right) > max(column.wide_left, piece.left)
    ]


def _lines(plan: _Plan, label_width: int) -> Iterator[list[Laid]]:
    """The lines of a plan on the page."""
    rights = [label_width + _GAP + (_WIDTH + 2) * (index + 1) for index in range(len(plan.columns))]
    before: list[_Piece] = []
    for at, row in enumerate(plan.rows):
        if not row:
            continue
        if before and _begins(row):
            yield []
        has_values = any(piece.is_value and _column_of(piece, plan.columns) is not None for piece in row)
        is_data = at >= plan.first_data and has_values
        before = row if len(row) == 1 and not has_values else []
        yield from (_data_line(row, plan, rights) if is_data else _word_lines(row, plan, rights))


def _begins(row: Sequence[_Piece]) -> bool:
    """Whether a row below a caption begins something, and does not go on with the words of the caption."""
    first = _text(row[0].lines[0])[:1]
    return first.isupper() or first in {"“", '"'}


def _data_line(row: Sequence[_Piece], plan: _Plan, rights: Sequence[int]) -> Iterator[list[Laid]]:
    """A row of numbers on one line: the words before the first column, each number with its digits at the right edge."""
    label: list[Chunk] = []
    indent = None
    placed: list[Laid] = []
    for piece in row:
        column = _column_of(piece, plan.columns) if piece.is_value else None
        joined = _in_one(piece.lines)
        if column is None and not placed:
            if indent is None:
                indent = piece.indent + 2 * piece.left
            label += [*([_space(label)] if label else []), *joined]
        elif column is not None:
            placed.append(Laid(_left_of(joined, rights[column]), joined, False))
        else:
            over = _covered(piece, plan.columns)
            edge = rights[over[-1]] if over else (placed[-1].column + len(_text(placed[-1].chunks)) + 2)
            placed.append(Laid(edge - len(_text(joined)), joined, False))
    yield [*([Laid(indent or 0, label, False)] if label else []), *placed]


def _left_of(chunks: Sequence[Chunk], right: int) -> int:
    """Where a number begins whose last digit, or last dash, ends at ``right``."""
    text = _text(chunks)
    digits = list(_DIGITS.finditer(text))
    return right - (digits[0].end() if digits else len(text.rstrip(")% ")))


def _word_lines(row: Sequence[_Piece], plan: _Plan, rights: Sequence[int]) -> Iterator[list[Laid]]:
    """A row of words: what stands left of the columns on lines of its own, what stands above them over each."""
    edge = plan.columns[0].wide_left if plan.columns else None
    above: list[list[Laid]] = []
    for piece in row:
        over = _covered(piece, plan.columns)
        is_label = edge is None or not over or (piece.left < edge and _is_across(piece, plan, over))
        if is_label:
            lines = [_in_one(piece.lines)] if _is_one_label(piece, row, over) else piece.lines
            for line in lines:
                yield [Laid(piece.indent + (2 * piece.left if len(over) < 2 else 0), line, False)]
            continue
        lines = [part for line in piece.lines for part in _wrapped(line)]
        above += [[] for _ in range(len(lines) - len(above))]
        for number, line in enumerate(lines):
            width = len(_text(line))
            for copy, column in enumerate(over):
                above[number].append(Laid(max(rights[column] - width, 0), line, copy > 0))
    yield from above


def _is_across(piece: _Piece, plan: _Plan, over: Sequence[int]) -> bool:
    """Whether words that begin left of the columns are said of the table, not of the columns that they reach over."""
    if not piece.left:
        return True
    is_wide = len(over) == len(plan.columns) > 1
    return is_wide and plan.columns[0].wide_left - piece.left > _SLACK


def _is_one_label(piece: _Piece, row: Sequence[_Piece], over: Sequence[int]) -> bool:
    """Whether the lines of a piece are one caption, broken to fit its cell."""
    return len(piece.lines) > 1 and not over and len(row) == 1


def _wrapped(line: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """``line`` in lines that are not wider than a column, cut at spaces."""
    part: list[Chunk] = []
    length = 0
    for word in _cut(line):
        if word.text == " ":
            if part:
                part.append(word)
                length += 1
            continue
        if part and length + len(word.text) > _WIDTH and part[-1].text == " ":
            yield part[:-1]
            part, length = [], 0
        part.append(word)
        length += len(word.text)
    if part:
        yield part if part[-1].text != " " else part[:-1]


def _cut(line: Sequence[Chunk]) -> Iterator[Chunk]:
    """The words of ``line`` and the spaces between them, each a chunk; a date is one."""
    for chunk in line:
        if chunk.until - chunk.at != len(chunk.text):
            yield chunk
            continue
        for match in _UNBROKEN.finditer(chunk.text):
            at, until = chunk.at + match.start(), chunk.at + match.end()
            yield Chunk(match.group(), at, until, chunk.origin + match.start())


def _in_one(lines: Sequence[list[Chunk]]) -> list[Chunk]:
    found: list[Chunk] = []
    for line in lines:
        found += [*([_space(found)] if found else []), *line]
    return found


def _space(chunks: Sequence[Chunk]) -> Chunk:
    """A space that stands nowhere in the source."""
    last = chunks[-1]
    return Chunk(" ", last.until, last.until, last.origin)


def _text(chunks: Sequence[Chunk]) -> str:
    return "".join(chunk.text for chunk in chunks)
