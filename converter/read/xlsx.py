"""Spreadsheets: bytes to the page that their sheets show, and what they hide, cannot tell or would run.

The text of a number is what its format shows; its place is its sheet, row and column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converter.errors import SourceError
from converter.model.findings import Finding, Severity
from converter.model.source import Place
from converter.options import ReadOptions
from converter.read.package import Package
from converter.read.sheet import Sheet, document_of
from converter.read.shown import Doubt, Told, shown
from converter.read.text import refuse_choice
from converter.read.workbook import Tab, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import Document
    from converter.read.sheet import Entry

DEFAULTS = ReadOptions()
_MOST_NAMED = 5  # cells that a finding names
# What a workbook may hold beside its cells, by what stands in the names of its parts.
_BESIDE = (
    ("/vbaProject", "macros"),
    ("/externalLinks/", "links to other workbooks"),
    ("/connections", "connections to data"),
    ("/charts/chart", "charts"),
    ("/media/", "pictures"),
    ("/embeddings/", "embedded files"),
    ("/comments", "lists of comments"),
)


class _Read(NamedTuple):
    """A worksheet as read."""

    tab: Tab
    entries: Sequence[Entry]
    told: Sequence[Told]


def read(data: bytes, source: str, options: ReadOptions = DEFAULTS) -> tuple[Document, tuple[Finding, ...]]:
    """The sheets of a workbook that are in view; SourceError where it is none, or shows nothing.

    UsageError where the options choose one of several documents: a workbook is one.
    """
    refuse_choice(source, options)
    package = Package(data, source)
    book = Workbook(package, source)
    found = [
        _Read(tab, *shown(book.sheet(tab), book.styles, is_1904=book.is_1904))
        for tab in book.tabs
        if tab.kind == "worksheet"
    ]
    document = document_of([Sheet(one.tab.name, one.entries) for one in found if not one.tab.is_hidden], source)
    if not document.blocks:
        raise SourceError(
            f"{source}: no sheet that is in view can be read: {_listed(book.tabs, found)}",
            hint="show the sheets that hold the statements, each on its own, and save the workbook as .xlsx",
        )
    doubts = (finding for one in found for finding in _doubts(one, document))
    return document, (*_left_out(package, book, document), *doubts)


def _listed(tabs: Sequence[Tab], found: Sequence[_Read]) -> str:
    """The sheets, and why nothing can be read of each."""
    long = {one.tab for one in found if any(item.doubt is Doubt.TOO_LONG for item in one.told)}
    said = []
    for tab in tabs:
        why = f"a {tab.kind}" if tab.kind != "worksheet" else "too long" if tab in long else "empty"
        said.append(f"{tab.name!r} is {'hidden' if tab.is_hidden else why}")
    return ", ".join(said) or "there is none"


def _left_out(package: Package, book: Workbook, document: Document) -> Iterator[Finding]:
    parts = [part for part in package.sizes if not part.endswith((".rels", "/"))]
    counts = ((sum(1 for part in parts if words in part), what) for words, what in _BESIDE)
    named = [f"{count} {what}" for count, what in counts if count]
    named += [f"the {tab.kind} {tab.name!r}" for tab in book.tabs if tab.kind != "worksheet"]
    if named:
        yield Finding(
            code="read.left-out",
            severity=Severity.INFO,
            message=f"what is no cell is neither run nor opened, and left out of the report: {', '.join(named)}",
            hint="look whether the report shows all that the workbook shows",
            place=document.place(0, 1),
        )


def _doubts(sheet: _Read, document: Document) -> Iterator[Finding]:
    """A finding for each thing that there is to say of cells of a sheet; of one that is hidden, that it is."""
    source = document.source_of(sheet.tab.name)
    if sheet.tab.is_hidden:
        if any(entry.is_amount for entry in sheet.entries):
            yield Finding(
                code="read.hidden",
                severity=Severity.WARNING,
                message=f"the sheet {sheet.tab.name!r} is hidden; none of its numbers is read",
                hint="show the sheet if it belongs to the statements",
                place=Place(source, 1, 1, 0, 0),
            )
        return
    for doubt in Doubt:
        told = [item for item in sheet.told if item.doubt is doubt]
        if told:
            first = told[0]
            code, severity, message, hint = doubt.value
            yield Finding(
                code=code,
                severity=severity,
                message=message.format(cells=_named(told), example=first.example),
                hint=hint,
                place=Place(source, first.row, first.column, 0, 0),
            )


def _named(told: Sequence[Told]) -> str:
    """The cells by their names: ``C5, C6 and 12 more cells``."""
    names = [f"{_letters(item.column)}{item.row}" for item in told[:_MOST_NAMED]]
    more = len(told) - len(names)
    return (
        f"{', '.join(names)} and {more} more cells"
        if more
        else f"{'cells' if names[1:] else 'cell'} {', '.join(names)}"
    )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
