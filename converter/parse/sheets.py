"""Statements of sheets, which may bear no title, and what there is to say of those sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.model.source import TextBlock
from converter.parse.regions import Region, regions_of, untitled
from converter.parse.titles import kind_of_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import Document
    from converter.model.statement import Statement
    from converter.parse.titles import Title

_ADD_A_TITLE = "write a title such as CONSOLIDATED BALANCE SHEETS above the rows of a statement"


def regions_in(document: Document) -> Iterator[Region]:
    """The regions of the text blocks of ``document`` in their order.

    A sheet without a title is one where its name or its lines tell of what kind; by its lines alone it is none of a kind
    that another sheet bears: it may list the same things for a part, or year by year.
    """
    found: list[tuple[Region, bool]] = []
    for block in document.blocks:
        if not isinstance(block, TextBlock):
            continue
        titled = list(regions_of(block.lines, block.sheet))
        found += [(region, True) for region in titled]
        if not titled and block.sheet is not None and (region := untitled(block.lines, block.sheet)) is not None:
            found.append((region, kind_of_sheet(block.sheet) is not None))
    kinds = {region.title.kind for region, is_named in found if is_named}
    yield from (region for region, is_named in found if is_named or region.title.kind not in kinds)


def title_doubts(title: Title, statement: Statement) -> Iterator[Finding]:
    """A statement that bears no title."""
    if not title.lines:
        yield Finding(
            code="parse.title",
            severity=Severity.WARNING,
            message=f"no title stands above; its sheet or its lines show a statement of the kind {statement.kind.value}",
            hint=_ADD_A_TITLE,
            place=statement.place,
        )


def sheet_doubts(document: Document, statements: Sequence[Statement]) -> Iterator[Finding]:
    """The sheets that hold no statement."""
    starts = [block.start for block in document.blocks]
    for block, end in zip(document.blocks, [*starts[1:], len(document.text)], strict=True):
        if not isinstance(block, TextBlock) or not block.sheet:
            continue
        if not any(block.start <= statement.place.start < end for statement in statements):
            yield Finding(
                code="parse.no-statement",
                severity=Severity.INFO,
                message=f"no statement was found in the sheet {block.sheet!r}; its numbers are lines of none",
                hint=_ADD_A_TITLE,
                place=document.place(block.start, block.start + 1),
            )
