"""Finds where the statements of a text document stand: a title, the rows of a header, rows of numbers."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import StatementKind
from converter.parse import columns
from converter.parse.labels import goes_on
from converter.parse.layout import LONGEST_LINE, Row, row_of, with_tokens
from converter.parse.periods import YEAR, read_hint
from converter.parse.titles import Title, kind_of_lines, kind_of_sheet, title_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model.source import TextLine
    from converter.parse.columns import Span

# How far below its title a statement's numbers may begin, and how long it may go without any.
_HEADER_ROWS = 30
_GAP_ROWS = 14
_FEWEST_ROWS, _FEWEST_ROWS_OF_A_SHEET = 3, 2
# Prose reaches this far into the columns; two such lines end a table.
_PROSE_REACH = 8
_CLOSE = 6  # lines between the parts of a table
_CAPTION_ROWS = 2  # that a caption may have which is too long for its column
_ROWS_ABOVE = 3
_FLOWS = re.compile(r"\bcash\b.*\b(operating|investing|financing) activities\b", re.IGNORECASE)
_MARK = re.compile(r"<(?:PAGE|TABLE|CAPTION)>", re.IGNORECASE)
_YEARS = re.compile(YEAR)
_HEADING = re.compile(r"(?:[A-Z]{3,}|[A-Z][a-z]{2,})(?: [A-Z]\w+)+(?: *\((?i:page|con)[^)]*\))?$")
_PAGE = re.compile(r"<PAGE>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?P<dash>[-–—]\s?)?(?:F-)?\d{1,3}(?(dash)\s?[-–—])")
# No balance sheet begins with what is owed: this is its second page.
_SECOND_HALF = re.compile(r"\W*liabilities\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\bcont(?:inued|['’]d|d)\b|\bpage [2-9]\b", re.IGNORECASE)


class Region(NamedTuple):
    """A title, the lines above it, the rows of its header, and the rows from the first with amounts to the words of the last."""

    title: Title
    above: tuple[TextLine, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    is_restart: bool = False  # whether the table begins anew under the same title, with a header of its own
    is_sheet: bool = False

    @property
    def is_continued(self) -> bool:
        """Whether the title or the first rows below it say that the statement began before."""
        if any(_CONTINUED.search(text) for text in (self.title.text, *(row.text for row in self.header[:4]))):
            return True
        return self.title.kind is StatementKind.BALANCE_SHEET and self._is_second_half

    @property
    def _is_second_half(self) -> bool:
        """Whether the first that the title says beside its phrase, or a row of the header, are the liabilities."""
        _, phrase, rest = self.title.text.lower().rpartition("balance sheet")
        if phrase and _SECOND_HALF.match(rest.removeprefix("s")):
            return True
        return any(_SECOND_HALF.match(row.text) for row in self.header)


def regions_of(lines: Sequence[TextLine], sheet: str | None = None) -> Iterator[Region]:
    """The regions of ``lines`` in their order; each ends where the next title stands.

    ``sheet`` is the name of the sheet that they show, if they show one.
    """
    fewest = _FEWEST_ROWS if sheet is None else _FEWEST_ROWS_OF_A_SHEET
    texts = [line.text for line in lines]
    titles: list[tuple[int, Title]] = []
    for index in range(len(texts)):
        title = title_at(texts, index)
        if title is not None and not (title.kind is StatementKind.EQUITY and _is_within(lines, index, title)):
            titles.append((index, title))
    bounds = [*(index for index, _ in titles), len(lines)][1:]
    for (index, title), bound in zip(titles, bounds, strict=True):
        rows = _without_page_numbers([row_of(line) for line in lines[index + title.lines : bound]])
        near = lines[max(index - _ROWS_ABOVE, 0) : index]
        above = tuple(line for line in near if len(line.text) <= LONGEST_LINE)
        starts = [0, *_restarts(rows)]
        for start, end in itertools.pairwise([*starts, len(rows)]):
            first = next((at for at in range(start, min(start + _HEADER_ROWS, end)) if rows[at].is_data), None)
            if first is None:
                break
            body = _table(rows[first:end])
            if sum(1 for row in body if row.is_data) < fewest:
                break
            told = title._replace(kind=_kind(title.kind, body))
            yield Region(told, above, tuple(rows[start:first]), tuple(body), start > 0, sheet is not None)
            if first + len(body) < end and sum(1 for row in rows[first + len(body) : end] if row.label) > _GAP_ROWS:
                break


def _is_within(lines: Sequence[TextLine], index: int, title: Title) -> bool:
    """Whether a title at ``index`` is a caption of a table that it stands in: amounts stand close above it and close below in
    the same columns, and nothing between says that something begins, nor of when it is.
    """
    above = _until_amounts(lines[max(index - _CLOSE, 0) : index][::-1])
    below = _until_amounts(lines[index + title.lines : index + title.lines + _CLOSE])
    if not (above and below and above[-1].is_data and below[-1].is_data):
        return False
    if any(_MARK.search(row.line.text) or (not row.is_data and read_hint(row.text).year) for row in (*above, *below)):
        return False
    return [token.right for token in above[-1].tokens] == [token.right for token in below[-1].tokens]


def _until_amounts(lines: Iterable[TextLine]) -> list[Row]:
    """The rows up to the first with amounts, all where none has any."""
    rows: list[Row] = []
    for line in lines:
        rows.append(row_of(line))
        if rows[-1].is_data:
            break
    return rows


def untitled(lines: Sequence[TextLine], sheet: str) -> Region | None:
    """A sheet that bears no title as one region, whose kind its name or its lines tell; None where they do not."""
    rows = [row_of(line) for line in lines]
    first = next((at for at, row in enumerate(rows) if row.is_data), None)
    if first is None:
        return None
    body = _table(rows[first:])
    named = kind_of_sheet(sheet)
    kind = named or kind_of_lines(row.label for row in body)
    if kind is StatementKind.OTHER or sum(1 for row in body if row.is_data) < _FEWEST_ROWS_OF_A_SHEET:
        return None
    words = sheet if named else kind.value.replace("-", " ").capitalize()
    return Region(Title(kind, words, 0), (), tuple(rows[:first]), tuple(body), is_sheet=True)


def _without_page_numbers(rows: list[Row]) -> list[Row]:
    """``rows`` where the number of a page is a word, although it may stand in a column of amounts.

    A number between dashes is one of a page; a bare one is where the next page begins below it, or nothing more
    stands there. A table of one column may end with a number without words: it stays one.
    """
    found = list(rows)
    amounts: tuple[int, ...] = ()  # where those of the last row above end
    for index, (row, below) in enumerate(zip(rows, _rows_below(rows), strict=True)):
        if row.tokens and not row.label and (match := _PAGE_NUMBER.fullmatch(row.text.strip())):
            ends_page = below is None or _PAGE.search(below.line.text) is not None
            if match["dash"] or (ends_page and (len(amounts) > 1 or row.tokens[0].right not in amounts)):
                found[index] = with_tokens(row.line, row.text, (), row.offsets)
                continue
        amounts = tuple(token.right for token in row.tokens) or amounts
    return found


def _rows_below(rows: Sequence[Row]) -> list[Row | None]:
    """For each row, the next one below that is not blank."""
    below: list[Row | None] = []
    seen: Row | None = None
    for row in reversed(rows):
        below.append(seen)
        seen = seen if row.is_blank else row
    return below[::-1]


def _kind(kind: StatementKind, body: Sequence[Row]) -> StatementKind:
    """The kind that the lines show, where they cannot be of the kind that the title says: titles are mistaken too."""
    if kind is StatementKind.CASH_FLOW:
        return kind
    flows = {match[1].lower() for row in body if (match := _FLOWS.search(row.label))}
    return StatementKind.CASH_FLOW if len(flows) > 1 else kind


def _restarts(rows: Sequence[Row]) -> Iterator[int]:
    """Where a table begins anew: a mark of a page or a table, and dates before the next amount.

    A heading of its own begins something else.
    """
    mark: int | None = None
    is_dated = is_headed = seen_data = False
    for index, row in enumerate(rows):
        if row.is_data:
            if is_headed and mark is not None:
                return
            if mark is not None and is_dated:
                yield mark
            mark, is_dated, is_headed, seen_data = None, False, False, True
        elif mark is None:
            mark = index if seen_data and _MARK.search(row.line.text) else None
        else:
            is_dated = is_dated or len(_YEARS.findall(row.text)) > 1
            # Below the dates stand captions.
            is_headed = is_headed or (not is_dated and _HEADING.match(row.label) is not None)


def _table(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows up to the last with amounts, and the words of it that go on below; prose or a long stretch without numbers ends
    the table.
    """
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
        prose = prose + 1 if _reaches(row, edge) else 0
        if without > _GAP_ROWS or (
            prose > 1 and not (prose == _CAPTION_ROWS and _is_above_amounts(rows, index, spans))
        ):
            break
    end = last + 1
    while end < len(rows) and not rows[end].is_rule and goes_on(rows[last:end], rows[end]):
        end += 1
    return rows[:end]


def _reaches(row: Row, edge: int) -> bool:
    """Whether the words of a row reach far into the columns, which begin at ``edge``, as those of prose do."""
    return row.label_end > edge + _PROSE_REACH and row.indent < edge


def _is_above_amounts(rows: Sequence[Row], index: int, spans: Sequence[Span]) -> bool:
    """Whether the row at ``index`` stands right above amounts in the columns ``spans``, as the last of a long caption does."""
    below = (row for row in rows[index + 1 :] if not row.is_blank and not row.is_rule)
    near = list(itertools.islice(below, _CAPTION_ROWS + 1))
    first = next((at for at, row in enumerate(near) if row.is_data), len(near))
    if first == len(near) or any(_reaches(row, spans[0].left) for row in near[: first + 1]):
        return False
    _, placed = columns.place_tokens(near[first], spans)
    return None not in placed and len(near[first].tokens) == len(spans)
