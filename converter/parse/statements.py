"""Statements of the regions where they stand: pages joined, columns dated, lines and sums found, doubts told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converter.model.findings import Finding, Severity
from converter.model.statement import UNTOLD, Line, Measure, Statement, StatementKind
from converter.parse import columns, footing, lines, scale
from converter.parse.dating import columns_of, heading_of
from converter.parse.depths import indented
from converter.parse.entities import with_parts
from converter.parse.equity import BALANCE_LABEL, balance_dates, component_columns
from converter.parse.evidence import scale_by_par
from converter.parse.labels import join
from converter.parse.layout import row_of
from converter.parse.periods import Hint, beside_period, read_hint
from converter.parse.recover import Heading, recover
from converter.parse.sheets import regions_in, title_doubts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from converter.model.source import Document
    from converter.model.statement import Column
    from converter.parse.layout import Row
    from converter.parse.regions import Region


_HEADER_SLACK = 2  # a header may begin this far left of the numbers below it


def _stands_above(row: Row, edge: int) -> bool:
    """Whether words of ``row`` stand above the columns, which begin at ``edge``: all of them, or several pieces."""
    above = [piece for piece in columns.pieces_of(row) if piece.left >= edge - _HEADER_SLACK]
    return len(above) > 1 or (len(above) == 1 and row.indent >= edge - _HEADER_SLACK)


def _is_year_caption(row: Row, edge: int) -> bool:
    """Whether a row says nothing but a year, left of the columns: the lines below it are of that year."""
    is_left = not row.is_blank and not _stands_above(row, edge)
    return is_left and read_hint(row.text).year is not None and not beside_period(row.text)


# No statement has more; the numbers of what follows stay untagged, as the ledger tells.
_MOST_ROWS = 20_000


class _Page(NamedTuple):
    """A region with what its header says: a whole statement, or one page of it."""

    region: Region
    headers: tuple[str, ...]
    heading: Heading
    entries: tuple[lines.Entry, ...]
    scale: scale.Scale
    currency: str

    @property
    def ends(self) -> list[date | None]:
        """The date of each column, as far as the page itself tells it."""
        return [hint.end() for hint in self.heading.hints]


def find_statements(document: Document) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The statements of ``document`` in its order, and what is in doubt about them."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    groups = list(_joined(_pages(regions_in(document))))
    groups = _stated(groups) if document.is_scaled else _with_scale(_stated(groups))
    headings = recover([pages[0].heading for pages in groups], document)
    for pages, heading in zip(groups, headings, strict=True):
        statement = _statement(pages, heading, document)
        statements.append(statement)
        findings += column_doubts(statement)
        findings += line_doubts(statement, pages[0].scale)
        findings += title_doubts(pages[0].region.title, statement)
    return with_parts(statements, [_name_above(pages[0].region) for pages in groups]), tuple(findings)


def _name_above(region: Region) -> str:
    """The words right above the title."""
    lines = [row_of(line).text.strip(" -=_|") for line in region.above]
    return next((" ".join(text.split()) for text in reversed(lines) if any(map(str.isalpha, text))), "")


def _pages(regions: Iterable[Region]) -> Iterator[_Page]:
    for region in regions:
        data = [row for row in region.body if row.is_data]
        spans = columns.find_spans(data)
        if not spans:
            continue
        header, captions = _split_header(region.header, spans[0].left, region.title.kind)
        said = [region.title.text, *(row.text for row in region.header), *(line.text for line in region.above)]
        headers, left = columns.headers_of([row for row in header if not row.is_blank and not row.is_rule], spans)
        entries = lines.entries_of([*captions, *region.body[:_MOST_ROWS]], spans)
        yield _Page(
            region,
            headers,
            heading_of(region.title.kind, headers, f"{region.title.text} {left}"),
            tuple(indented(entries) if region.is_sheet else entries),
            scale.read_scale(said),
            scale.read_currency(said, " ".join(row.text for row in data)),
        )


def _joined(pages: Iterator[_Page]) -> Iterator[list[_Page]]:
    """The pages of each statement together."""
    group: list[_Page] = []
    for page in pages:
        if group and not _goes_on(group[0], page):
            yield group
            group = []
        group.append(page)
    if group:
        yield group


def _goes_on(first: _Page, page: _Page) -> bool:
    """Whether ``page`` is a further page of the statement that ``first`` begins."""
    if page.region.is_restart and not page.region.is_continued and page.headers != first.headers:
        return False
    return (
        (page.region.is_continued or page.region.is_restart)
        and page.region.title.kind is first.region.title.kind
        and len(page.headers) == len(first.headers)
        and (not any(page.ends) or page.ends == first.ends)
    )


def _stated(groups: Sequence[list[_Page]]) -> list[list[_Page]]:
    """The groups that are statements: of a kind that is printed with dates, what has none stands under a like heading."""
    dated = {pages[0].heading.kind for pages in groups if _says_when(pages[0])}
    return [pages for pages in groups if _says_when(pages[0]) or pages[0].heading.kind not in dated]


def _with_scale(groups: Sequence[list[_Page]]) -> list[list[_Page]]:
    """The groups, where those that state no scale have the one that the stock of any of them tells."""
    told = scale_by_par(
        entry for pages in groups for page in pages if not pages[0].scale.stated for entry in page.entries
    )
    if told is None:
        return list(groups)
    return [pages if pages[0].scale.stated else [pages[0]._replace(scale=told), *pages[1:]] for pages in groups]


def _says_when(page: _Page) -> bool:
    return any(hint.year is not None or hint.month is not None for hint in page.heading.hints) or (
        page.heading.kind is StatementKind.EQUITY
        and bool(balance_dates([join(entry.rows).text for entry in page.entries]))
    )


def _statement(pages: Sequence[_Page], heading: Heading, document: Document) -> Statement:
    first, last = pages[0].region, pages[-1].region
    entries = [entry for page in pages for entry in page.entries]
    dated: tuple[Column, ...] = columns_of(pages[0].headers, heading)
    measures: tuple[Measure | None, ...] = (None,) * len(dated)
    by_line = first.title.kind is StatementKind.EQUITY and (
        bool(balance_dates([join(entry.rows).text for entry in entries]))
        or len({column.period for column in dated}) < len(dated)
    )
    if by_line:
        dated, measures = component_columns(pages[0].headers)
    setting = lines.Setting(
        document=document,
        kind=first.title.kind,
        periods=tuple(column.period for column in dated),
        scale=pages[0].scale,
        measures=measures,
        own_periods=by_line,
        year_end=heading.hints[0]._replace(year=None, months=None, weeks=None),
    )
    found = lines.lines_of(entries, setting)
    start = first.header[0].line if first.header else first.body[0].line
    return Statement(
        kind=first.title.kind,
        title=first.title.text,
        columns=dated,
        lines=found,
        sums=footing.find_sums(found, first.title.kind),
        scale=scale.scale_of(found, pages[0].scale),
        currency=pages[0].currency,
        place=document.place(start.start, last.body[-1].line.end),
    )


def _split_header(rows: Sequence[Row], edge: int, kind: StatementKind) -> tuple[list[Row], list[Row]]:
    """The header proper, and the captions that stand below it before the first amount.

    The header ends with the last row that says something of a period or of the scale, or that stands above the
    columns alone, right of ``edge``, or with the rule below it.
    """
    end = 0
    for index, row in enumerate(rows):
        if BALANCE_LABEL.match(row.label) or (
            kind is StatementKind.EQUITY
            and _is_year_caption(row, edge)
            and any(_stands_above(above, edge) for above in rows[:index])
        ):
            break
        says = read_hint(row.text) != Hint() or scale.read_scale([row.text]).stated or row.tokens
        if says or (not row.is_rule and _stands_above(row, edge)):
            end = index + 1
    while end < len(rows) and rows[end].is_rule:
        end += 1
    return list(rows[:end]), list(rows[end:])


def column_doubts(statement: Statement) -> Iterator[Finding]:
    """What columns have no period, and why."""
    reasons: dict[str, list[int]] = {}
    by_line = any(line.period is not None for line in statement.lines)
    for number, column in enumerate(statement.columns, 1):
        if column.period is None and (not by_line or column.part == UNTOLD):
            reasons.setdefault(column.reason, []).append(number)
    for reason, numbers in reasons.items():
        which = f"column {numbers[0]}" if len(numbers) == 1 else f"columns {', '.join(map(str, numbers))}"
        yield Finding(
            code="parse.period",
            severity=Severity.WARNING,
            message=f"{statement.title}: {reason}; the numbers of {which} are left untagged",
            hint="say in the header what period each column is of",
            place=statement.place,
        )


def line_doubts(statement: Statement, power: scale.Scale) -> Iterator[Finding]:
    """A scale that nothing states, and labels that stand twice."""
    ends_in_thousands = any(
        amount is not None and amount.decimals < 0 for line in statement.lines for amount in line.amounts
    )
    if power.evidence:
        yield Finding(
            code="parse.scale-inferred",
            severity=Severity.WARNING,
            message=f"{statement.title}: no scale is stated; the numbers are taken as {power.evidence}",
            hint="look whether the other numbers are in the same scale",
            place=statement.place,
        )
    elif not power.stated and not ends_in_thousands:
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
