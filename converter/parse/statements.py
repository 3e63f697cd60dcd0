"""Statements of the regions where they stand: pages joined, columns dated, lines and sums found, doubts told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.model.statement import Line, Statement
from converter.parse import columns, footing, lines, scale
from converter.parse.dating import columns_of, heading_of
from converter.parse.periods import Hint, read_hint
from converter.parse.recover import Heading, recover
from converter.parse.regions import Region, regions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from converter.model.source import Document, TextLine
    from converter.model.statement import Column
    from converter.parse.layout import Row


@dataclass(frozen=True, slots=True)
class _Page:
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
    groups = list(_joined(_pages(list(document.lines))))
    headings = recover([pages[0].heading for pages in groups], document)
    for pages, heading in zip(groups, headings, strict=True):
        statement = _statement(pages, columns_of(pages[0].headers, heading), document)
        statements.append(statement)
        findings += column_doubts(statement)
        findings += line_doubts(statement, pages[0].scale)
    return tuple(statements), tuple(findings)


def _pages(all_lines: Sequence[TextLine]) -> Iterator[_Page]:
    for region in regions_of(all_lines):
        header, captions = _split_header(region.header)
        data = [row for row in region.body if row.is_data]
        spans = columns.find_spans(data)
        if not spans:
            continue
        headers, left = columns.headers_of([row for row in header if not row.is_blank and not row.is_rule], spans)
        yield _Page(
            region,
            headers,
            heading_of(region.title.kind, headers, f"{region.title.text} {left}"),
            tuple(lines.entries_of([*captions, *region.body], spans)),
            scale.read_scale(
                [region.title.text, *(row.text for row in region.header), *(line.text for line in region.above)]
            ),
            scale.read_currency(" ".join(row.text for row in data)),
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
    return (
        page.region.is_continued
        and page.region.title.kind is first.region.title.kind
        and len(page.headers) == len(first.headers)
        and (not any(page.ends) or page.ends == first.ends)
    )


def _statement(pages: Sequence[_Page], dated: tuple[Column, ...], document: Document) -> Statement:
    first, last = pages[0].region, pages[-1].region
    setting = lines.Setting(document=document, periods=tuple(column.period for column in dated), scale=pages[0].scale)
    found = lines.lines_of([entry for page in pages for entry in page.entries], setting)
    start = first.header[0].line if first.header else first.body[0].line
    return Statement(
        kind=first.title.kind,
        title=first.title.text,
        columns=dated,
        lines=found,
        sums=footing.find_sums(found, first.title.kind),
        scale=pages[0].scale.money,
        currency=pages[0].currency,
        place=document.place(start.start, last.body[-1].line.end),
    )


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


def column_doubts(statement: Statement) -> Iterator[Finding]:
    """What columns have no period, and why."""
    reasons: dict[str, list[int]] = {}
    for number, column in enumerate(statement.columns, 1):
        if column.period is None:
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
