"""Finds the statements of a text document: a title, a period header, rows of numbers below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.model.periods import Period
from converter.model.statement import Column, Line, Statement, StatementKind
from converter.parse import columns, footing, lines, scale
from converter.parse.layout import Row, row_of
from converter.parse.periods import Hint, duration, read_hint
from converter.parse.titles import title_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import Document, TextLine

# How far below its title a statement's numbers may begin, and how long it may go without any.
_HEADER_ROWS = 30
_GAP_ROWS = 14
_FEWEST_ROWS = 3
# Prose reaches this far into the columns; two such lines end a table.
_PROSE_REACH = 8
_TITLE_ROWS_ABOVE = 3


@dataclass(frozen=True, slots=True)
class _Region:
    """A title, the rows of its header, and the rows from the first with amounts to the last."""

    kind: StatementKind
    title: str
    above: tuple[TextLine, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]


def find_statements(document: Document) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The statements of ``document`` in its order, and what is in doubt about them."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    for region in _regions([line for block in document.blocks for line in block.lines]):
        statement, doubts = _statement(region, document)
        if statement is not None:
            statements.append(statement)
        findings += doubts
    return tuple(statements), tuple(findings)


def _regions(all_lines: Sequence[TextLine]) -> Iterator[_Region]:
    titles = [(index, kind) for index, line in enumerate(all_lines) if (kind := title_kind(line.text))]
    bounds = [*(index for index, _ in titles), len(all_lines)][1:]
    for (index, kind), bound in zip(titles, bounds, strict=True):
        rows = [row_of(line) for line in all_lines[index + 1 : bound]]
        first = next((at for at, row in enumerate(rows[:_HEADER_ROWS]) if row.is_data), None)
        if first is None:
            continue
        body = _table(rows[first:])
        if sum(1 for row in body if row.is_data) < _FEWEST_ROWS:
            continue
        yield _Region(
            kind=kind,
            title=" ".join(all_lines[index].text.split()),
            above=tuple(all_lines[max(index - _TITLE_ROWS_ABOVE, 0) : index]),
            header=tuple(rows[:first]),
            body=tuple(body),
        )


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
    return _with_captions(rows, last)


def _with_captions(rows: Sequence[Row], last: int) -> Sequence[Row]:
    return rows[: last + 1]


def _statement(region: _Region, document: Document) -> tuple[Statement | None, list[Finding]]:
    header, captions = _split_header(region.header)
    data = [row for row in region.body if row.is_data]
    spans = columns.find_spans(data)
    if not spans:
        return None, []
    headers, left = columns.headers_of([row for row in header if not row.is_blank and not row.is_rule], spans)
    general = " ".join([region.title, left])
    statement_columns = _columns(region.kind, headers, general)
    own = [row.text for row in region.header]
    power = scale.read_scale([region.title, *own, *(line.text for line in region.above)])
    setting = lines.Setting(
        document=document, periods=tuple(column.period for column in statement_columns), scale=power
    )
    entries = lines.entries_of([*captions, *region.body], spans)
    found = lines.lines_of(entries, setting)
    first, last = region.header[0].line if region.header else region.body[0].line, region.body[-1].line
    statement = Statement(
        kind=region.kind,
        title=region.title,
        columns=statement_columns,
        lines=found,
        sums=footing.find_sums(found, region.kind),
        scale=power.money,
        currency=scale.read_currency(" ".join(row.text for row in data)),
        place=document.place(first.start, last.end),
    )
    return statement, list(_doubts(statement, power))


def _split_header(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The header proper, and the captions that stand below it before the first amount.

    The header ends with the last row that says something of a period or of the scale, or with the
    rule below it.
    """
    end = 0
    for index, row in enumerate(rows):
        hint = read_hint(row.text)
        if hint != Hint() or scale.read_scale([row.text]).stated or row.tokens:
            end = index + 1
    while end < len(rows) and rows[end].is_rule:
        end += 1
    return list(rows[:end]), list(rows[end:])


def _columns(kind: StatementKind, headers: Sequence[str], general: str) -> tuple[Column, ...]:
    common = read_hint(general)
    hints = [read_hint(header) for header in headers]
    shared = Hint()
    for hint in hints:
        shared = shared.filled(Hint(None, None, hint.month, hint.day, None))
    filled = [hint.filled(common).filled(Hint(None, None, shared.month, shared.day, None)) for hint in hints]
    made = []
    for header, hint in zip(headers, filled, strict=True):
        period = _period(kind, hint, filled)
        text = " ".join(header.split())
        if period is None:
            reason = f"no period can be read from the column header {text!r}"
        elif read_hint(header) == hint:
            reason = f"column header {text!r}"
        else:
            reason = f"column header {text!r}, completed from the title and the neighbouring columns"
        made.append(Column(header=text, period=period, reason=reason))
    return tuple(made)


def _period(kind: StatementKind, hint: Hint, neighbours: Sequence[Hint]) -> Period | None:
    if kind is StatementKind.BALANCE_SHEET:
        end = hint.end()
        return Period(end) if end else None
    end = hint.end()
    before = [
        other_end
        for other in neighbours
        if other.months == hint.months and (other_end := other.end()) and end and other_end < end
    ]
    return duration(hint, max(before, default=None))


def _doubts(statement: Statement, power: scale.Scale) -> Iterator[Finding]:
    for column in statement.columns:
        if column.period is None:
            yield Finding(
                code="parse.period",
                severity=Severity.WARNING,
                message=f"{statement.title}: {column.reason}; its numbers are left untagged",
                hint="say in the header what period the column is of",
                place=statement.place,
            )
    ends_in_thousands = any(
        amount is not None and amount.decimals < 0 for line in statement.lines for amount in line.amounts
    )
    if not power.stated and not ends_in_thousands:
        yield Finding(
            code="parse.scale",
            severity=Severity.WARNING,
            message=f"{statement.title}: no scale is stated; the numbers are taken as whole units",
            hint="look whether they are in thousands or millions",
            place=statement.place,
        )
    seen: dict[tuple[tuple[str, ...], str], Line] = {}
    for line in statement.lines:
        key = (line.section, line.label.lower())
        if line.label and any(line.amounts) and key in seen:
            yield Finding(
                code="parse.duplicate-label",
                severity=Severity.INFO,
                message=f"the label {line.label!r} stands twice in one section, also on line {seen[key].place.line}",
                hint="see whether both lines mean the same",
                place=line.place,
            )
        seen.setdefault(key, line)
