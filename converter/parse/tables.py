"""Statements of tables: each row of cells is laid out as a line of text, and then read as one.

Above the rows of a statement stand remarks (``# statement: TITLE``, ``# scale: WORDS``) and a row of
periods; a row without values is a caption, and the spaces before a label are its indentation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from converter.model.findings import Finding, Severity
from converter.model.source import TextLine
from converter.model.statement import Statement, StatementKind
from converter.parse import footing, lines, scale
from converter.parse.amounts import tokens_of
from converter.parse.dating import columns_of, heading_of
from converter.parse.depths import depths_of
from converter.parse.layout import moved, with_tokens
from converter.parse.periods import Hint, read_hint
from converter.parse.recover import recover
from converter.parse.statements import line_doubts
from converter.parse.titles import kind_of_lines, title_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import Cell, Document, TableBlock, TableRow
    from converter.model.statement import Column
    from converter.parse.amounts import Token
    from converter.parse.layout import Row
    from converter.parse.recover import Heading

_LABEL = "label"  # what stands above the labels
_HEADER_ROWS = 12  # a row of periods stands no further down
_WRITE_PERIODS = "write periods as 2009-09-30, or 2009-07-01/2009-09-30 for a duration"


@dataclass(slots=True)
class _Part:
    """The rows of one statement, and what remarks say of it."""

    title: Cell | None = None
    said: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


class _Header(NamedTuple):
    """How many rows the header has, the text above each column, the cell that a person is pointed to, and other words."""

    rows: int
    texts: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A part, with what its title and header say."""

    part: _Part
    title: str
    kind: StatementKind
    header: _Header
    heading: Heading

    @property
    def body(self) -> Sequence[TableRow]:
        """The rows below the header."""
        return self.part.rows[self.header.rows :]


def find_tables(document: Document) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The statements of the tables of ``document`` in their order, and what is in doubt about them."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    tables: list[_Table] = []
    for block in document.tables:
        for part in _parts(block):
            if any(_has_values(row) for row in part.rows):
                tables.append(_table(part))
            else:
                findings += _nothing_below(part, document)
    for table, heading in zip(tables, recover([table.heading for table in tables], document), strict=True):
        statement, doubts = _statement(table, columns_of(table.header.texts, heading), document)
        statements.append(statement)
        findings += doubts
    return tuple(statements), tuple(findings)


def _parts(block: TableBlock) -> Iterator[_Part]:
    """The statements of a table. What remarks say above the first holds for all that say nothing else."""
    part = _Part()
    shared: list[str] = []
    for row in block.rows:
        if row.is_blank:
            continue
        key, value = row.remark if row.is_remark else ("", "")
        if key == "statement" or (not row.is_remark and part.rows and _is_labelled(row)):
            if part.rows or part.title:
                yield _with_shared(part, shared)
            part = _Part(title=row.cells[0] if row.is_remark else None)
        if key == "scale":
            (part.said if part.title or part.rows else shared).append(value)
        if not row.is_remark:
            part.rows.append(row)
    if part.rows or part.title:
        yield _with_shared(part, shared)


def _with_shared(part: _Part, shared: Sequence[str]) -> _Part:
    return _Part(part.title, [*part.said, *shared], part.rows)


def _table(part: _Part) -> _Table:
    header = _header_of(part.rows)
    labels = [row.cells[0].text.strip() for row in part.rows[header.rows :]]
    words = _words_of(part.title) if part.title else ""
    kind = title_kind(words) if words else None
    if not words:
        words, kind = next(((said, kind) for said in header.said if (kind := title_kind(said))), ("", None))
    kind = kind or kind_of_lines(labels)
    return _Table(part, words, kind, header, heading_of(kind, header.texts, " ".join([words, *header.said])))


def _words_of(remark: Cell) -> str:
    return " ".join(remark.text.partition(":")[2].split())


def _is_labelled(row: TableRow) -> bool:
    return row.cells[0].text.strip().lower() == _LABEL and len(row.cells) > 1


def _others(row: TableRow) -> list[str]:
    """What stands right of the label, where anything does."""
    return [text for cell in row.cells[1:] if (text := cell.text.strip())]


def _has_values(row: TableRow) -> bool:
    return any(_token(cell) is not None for cell in row.cells[1:])


def _header_of(rows: Sequence[TableRow]) -> _Header:
    """The header: the rows down to the last of periods, which stand above the first amount."""
    count = 0
    for number, row in enumerate(rows[:_HEADER_ROWS], 1):
        own = row.cells[0].text.strip()
        if _is_labelled(row):
            count = number
            break
        if _is_of_periods(row) and (not count or not own or scale.read_scale([own]).stated):
            count = number
        elif _has_values(row):
            break
    above = rows[:count]
    width = max((cell.column for row in above for cell in row.cells if cell.text.strip()), default=1) - 1
    if not count:  # as many columns as there are values, all without a period
        width = max(cell.column for row in rows for cell in row.cells if _token(cell) is not None) - 1
    cells: list[Cell | None] = [None] * width
    texts = [""] * width
    for row in above:
        if not _is_of_periods(row) and not _is_labelled(row):
            continue
        spread = _spread(row, width, is_last=row is above[-1])
        texts = [f"{text} {more}".strip() for text, more in zip(texts, spread, strict=True)]
        cells = [row.cells[at] if at < len(row.cells) else old for at, old in enumerate(cells, 1)]
    said = [row.cells[0].text.strip() for row in above if not _is_labelled(row)]
    return _Header(count, tuple(texts), tuple(cells), tuple(filter(None, said)))


def _is_of_periods(row: TableRow) -> bool:
    others = _others(row)
    return bool(others) and all(read_hint(text) != Hint() for text in others)


def _spread(row: TableRow, width: int, *, is_last: bool) -> list[str]:
    """The text above each column; what was merged over several stands in the first of them only."""
    texts = [cell.text.strip() for cell in row.cells[1 : width + 1]]
    texts += [""] * (width - len(texts))
    if not is_last:
        for at in range(1, width):
            texts[at] = texts[at] or texts[at - 1]
    return texts


def _statement(table: _Table, dated: tuple[Column, ...], document: Document) -> tuple[Statement, tuple[Finding, ...]]:
    part = table.part
    title = table.title or table.kind.value.replace("-", " ").capitalize()
    said = [title, *part.said, *table.header.said]
    power = scale.read_scale(said)
    setting = lines.Setting(
        document=document,
        kind=table.kind,
        periods=tuple(column.period for column in dated),
        scale=power,
        measures=(None,) * len(dated),
        own_periods=False,
        year_end=Hint(),
    )
    indents = zip(table.body, _indents(table.body), strict=True)
    entries = [entry for row, indent in indents if (entry := _entry(row, indent, len(dated), document)) is not None]
    found = lines.lines_of(entries, setting)
    start = part.title.start if part.title else part.rows[0].cells[0].start
    statement = Statement(
        kind=table.kind,
        title=title,
        columns=dated,
        lines=found,
        sums=footing.find_sums(found, table.kind),
        scale=scale.scale_of(found, power),
        currency=scale.read_currency(said, " ".join(cell.text for row in part.rows for cell in row.cells[1:])),
        place=document.place(start, part.rows[-1].end),
    )
    return statement, (
        *_title_doubts(table, statement),
        *_column_doubts(table, statement, document),
        *(doubt for row in table.body for doubt in _row_doubts(row, len(dated), document)),
        *line_doubts(statement, power),
    )


def _indents(rows: Sequence[TableRow]) -> list[int]:
    """How far each label is indented: by the spaces before it; where no label has any, by the captions above."""
    labels = [row.cells[0].text for row in rows]
    spaces = [len(label) - len(label.lstrip()) for label in labels]
    return spaces if any(spaces) else depths_of(zip(labels, map(_has_values, rows), strict=True))


def _entry(row: TableRow, indent: int, columns: int, document: Document) -> lines.Entry | None:
    """The row as a line with an amount, or none, for each of ``columns``; None where nothing of it can be read."""
    tokens: list[Token | None] = [None] * columns
    text, offsets = _laid_out(row.cells[0], row.start)
    more = indent - (len(text) - len(text.lstrip()))
    if more > 0 and text.strip():
        text, offsets = " " * more + text, offsets[:1] * more + offsets
    for cell in row.cells[1 : columns + 1]:
        token = _token(cell)
        if token is not None:
            tokens[cell.column - 2] = moved(token, len(text))
            piece, places = _laid_out(cell, row.start)
            text += piece
            offsets += places
    line = TextLine(number=row.number, start=row.start, text=document.text[row.start : row.end])
    laid_out: Row = with_tokens(line, text, tuple(filter(None, tokens)), tuple(offsets))
    return lines.Entry((laid_out,), tuple(tokens)) if laid_out.label or any(tokens) else None


def _laid_out(cell: Cell, origin: int) -> tuple[str, list[int]]:
    """The cell as a piece of a line with a space behind it, and for each character its offset from ``origin``."""
    text = "".join([" " if character.isspace() else character for character in cell.text])
    start, end = cell.start - origin, cell.end - origin
    if end - start == len(text):
        return f"{text} ", list(range(start, end + 1))
    offsets = []
    at = start
    for character in text:
        offsets.append(at)
        at += 2 if character == '"' else 1  # a quote within quotes is doubled
    return f"{text} ", [*offsets, end]


def _token(cell: Cell) -> Token | None:
    """The number, or the mark for nothing, that the cell holds and nothing else."""
    tokens = tokens_of(cell.text)
    return tokens[0] if len(tokens) == 1 and not cell.text[: tokens[0].full_left].strip() else None


def _nothing_below(part: _Part, document: Document) -> Iterator[Finding]:
    first = part.title or part.rows[0].cells[0]
    yield Finding(
        code="parse.empty",
        severity=Severity.WARNING,
        message=f"{first.text.strip()!r} has no row with a number below it",
        hint="write a row `label,PERIOD,PERIOD` below the title, and the lines below that",
        place=document.place(first.start, first.end),
    )


def _title_doubts(table: _Table, statement: Statement) -> Iterator[Finding]:
    named = bool(table.title)
    if named and (title_kind(table.title) or statement.kind is not StatementKind.OTHER):
        return
    said = f"{statement.title!r} is the title of no statement that is known" if named else "no title stands above"
    taken = (
        "its kind cannot be told"
        if statement.kind is StatementKind.OTHER
        else f"taken for a {statement.kind.value.replace('-', ' ')} by its lines"
    )
    yield Finding(
        code="parse.title",
        severity=Severity.WARNING,
        message=f"{said}; {taken}",
        hint="write a row such as `# statement: CONSOLIDATED BALANCE SHEETS` above it",
        place=statement.place,
    )


def _column_doubts(table: _Table, statement: Statement, document: Document) -> Iterator[Finding]:
    if not table.header.rows:
        yield Finding(
            code="parse.header",
            severity=Severity.WARNING,
            message=f"{statement.title}: no row of periods stands above its lines; its numbers are left untagged",
            hint=f"write a row `label,PERIOD,PERIOD` above them, and {_WRITE_PERIODS}",
            place=statement.place,
        )
        return
    for index, (column, cell) in enumerate(zip(statement.columns, table.header.cells, strict=True)):
        if not any(line.amounts[index] is not None for line in statement.lines):
            continue
        if column.period is None:
            message = f"{statement.title}: {column.reason}; the numbers of column {index + 2} are left untagged"
        elif column.period.is_instant and statement.kind in {StatementKind.INCOME_STATEMENT, StatementKind.CASH_FLOW}:
            message = f"{statement.title}: {column.reason} is a date without a length; only balances are tagged"
        else:
            continue
        yield Finding(
            code="parse.period",
            severity=Severity.WARNING,
            message=message,
            hint=_WRITE_PERIODS,
            place=document.place(cell.start, cell.end) if cell else statement.place,
        )


def _row_doubts(row: TableRow, columns: int, document: Document) -> Iterator[Finding]:
    """A row with more or fewer cells than the header, and values that are no numbers."""
    filled = max((cell.column for cell in row.cells if cell.text.strip()), default=0)
    if filled > columns + 1 or (filled > 1 and len(row.cells) <= columns):
        extra = filled > columns + 1
        cell = row.cells[columns + 1] if extra else row.cells[-1]
        yield Finding(
            code="parse.ragged",
            severity=Severity.WARNING,
            message=f"the row has {filled if extra else len(row.cells)} cells, the header {columns + 1}; "
            f"{'what is beyond is left untagged' if extra else 'what is missing is taken as empty'}",
            hint="give each row as many cells as the header; a label or number with a delimiter in it needs quotes",
            place=document.place(cell.start, cell.end),
        )
    for cell in row.cells[1 : columns + 1]:
        if cell.text.strip() and _token(cell) is None:
            yield Finding(
                code="parse.value",
                severity=Severity.WARNING,
                message=f"{cell.text.strip()!r} is no number; it is left as text",
                hint="write a number as 1,234 or 1234.5, a negative one as (1,234) or -1234, nothing as an empty cell",
                place=document.place(cell.start, cell.end),
            )
