"""A workbook's parts to cells as they are stored (SpreadsheetML, ECMA-376 part 1, 18). What they show is not known here."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import SourceError
from converter.read.grid import marks
from converter.read.number_format import BUILTIN
from converter.read.package import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from lxml.etree import _Element

    from converter.read.package import Package

# No statement has so many; a sheet of data may.
_MOST_CELLS = 200_000
_MOST_CHARACTERS = 50_000_000
_LARGEST_ROW, _LARGEST_COLUMN = 1 << 20, 1 << 14
# Cells and rows with a look and nothing in them, which say where they stand: a sheet may have a million.
_NO_CELL = rb"<(?:\w+:)?c\s+r=[^<>/]*+/>"
_NO_ROW = (
    rb"<(?:\w+:)?row\s+r=(?![^<>]*(?:hidden=|ht=.0))[^<>/]*+(?:/>|>(?:\s*+" + _NO_CELL + rb")*+\s*+</(?:\w+:)?row>)"
)
_EMPTY = re.compile(_NO_ROW + b"|" + _NO_CELL)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true", "on"}


class Text(NamedTuple):
    """The text of a cell, and the marks of footnotes that are set above its line."""

    text: str
    mark: str = ""


class Style(NamedTuple):
    """The number format of a cell, and by how many steps its text is indented."""

    code: str = "General"
    indent: int = 0


class RawCell(NamedTuple):
    """A cell that holds something.

    ``value`` is a number, or text; ``kind`` is ``number``, ``text``, ``boolean``, ``error``, ``date`` (its text is as
    ISO 8601 writes it), or ``nothing`` for a formula whose result is not stored.
    """

    row: int
    column: int
    kind: str
    value: Decimal | Text
    style: int
    formula: str | None


class RawSheet(NamedTuple):
    """The cells of a sheet in their order, what is hidden of it, and over how many rows and columns a cell is merged.

    Of a sheet that ``is_too_long``, there are none.
    """

    cells: Sequence[RawCell]
    hidden_rows: AbstractSet[int]
    hidden_columns: AbstractSet[int]
    merged: Mapping[tuple[int, int], tuple[int, int]]
    is_too_long: bool = False


class Tab(NamedTuple):
    """A sheet as the workbook lists it: its name, its part, its kind (``worksheet``, ``chartsheet``)."""

    name: str
    part: str
    kind: str
    is_hidden: bool


class Workbook:
    """What a workbook lists: its ``tabs`` and ``styles``; and its sheets, read one by one."""

    def __init__(self, package: Package, source: str) -> None:
        """Read what the sheets share; SourceError where the package holds no workbook."""
        self._package, self._source = package, source
        main = next(
            (relation.part for relation in package.relations("").values() if relation.kind == "officeDocument"),
            "xl/workbook.xml",
        )
        tree = None if main.endswith(".bin") else package.tree(main)
        if tree is None or not str(tree.tag).endswith("}workbook"):
            what = package.what_else() or "an archive without a workbook"
            raise SourceError(f"{source}: this is {what}, not .xlsx", hint="save the statements as .xlsx")
        relations = package.relations(main)
        parts = {relation.kind: relation.part for relation in relations.values()}
        settings = tree.find("{*}workbookPr")
        self.is_1904 = settings is not None and settings.get("date1904") in _TRUE
        self.tabs = tuple(_tabs(tree, {name: (one.kind, one.part) for name, one in relations.items()}))
        self.styles = tuple(_styles(package.tree(parts.get("styles", ""))))
        self._strings = tuple(self._shared(parts.get("sharedStrings", "")))

    def _shared(self, part: str) -> Iterator[Text]:
        size = 0
        for element in self._package.elements(part, ("si",)):
            text = _text(element)
            size += len(text.text)
            if size > _MOST_CHARACTERS:
                raise too_large(self._source, f"its texts have more than {_MOST_CHARACTERS:,} characters")
            yield text

    def sheet(self, tab: Tab) -> RawSheet:
        """The cells of a worksheet."""
        cells: list[RawCell] = []
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        merged: dict[tuple[int, int], tuple[int, int]] = {}
        row = size = 0
        for element in self._package.elements(tab.part, ("row", "col", "mergeCell"), _EMPTY):
            tag = str(element.tag).rpartition("}")[2]
            if tag == "col" and _is_hidden(element, "width"):
                first, last = _whole(element.get("min"), 1), min(_whole(element.get("max"), 1), _LARGEST_COLUMN)
                if not {first, last} <= hidden_columns:
                    hidden_columns.update(range(first, last + 1))
            elif tag == "mergeCell" and (area := _area(str(element.get("ref", "")))):
                merged[area[:2]] = area[2:]
            elif tag == "row":
                row = _whole(element.get("r"), row + 1)
                found = [cell for cell in self._cells(element, row) if cell is not None]
                cells += found
                size += sum(len(cell.value.text) for cell in found if isinstance(cell.value, Text))
                if _is_hidden(element, "ht"):
                    hidden_rows.add(row)
                if len(cells) > _MOST_CELLS or size > _MOST_CHARACTERS:
                    return RawSheet((), frozenset(), frozenset(), {}, is_too_long=True)
        return RawSheet(cells, hidden_rows, hidden_columns, merged)

    def _cells(self, row: _Element, number: int) -> Iterator[RawCell | None]:
        column = 0
        for cell in row.iterchildren("{*}c"):
            place = _REFERENCE.fullmatch(str(cell.get("r", "")))
            column = _column(place[1]) if place else column + 1
            if number <= _LARGEST_ROW and column <= _LARGEST_COLUMN:
                yield self._cell(cell, number, column)

    def _cell(self, cell: _Element, row: int, column: int) -> RawCell | None:
        """The cell, if there is anything in it."""
        kind = str(cell.get("t", "n"))
        style = _whole(cell.get("s"), 0)
        written = cell.findtext("{*}v") or ""
        element = cell.find("{*}f")
        formula = None if element is None else element.text or ""
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            text = Text("") if inline is None else _text(inline)
            return RawCell(row, column, "text", text, style, formula) if text.text or text.mark else None
        if not written.strip():
            is_open = formula is not None and kind != "str"
            return RawCell(row, column, "nothing", Text(""), style, formula) if is_open else None
        if kind == "s":
            at = _whole(written, -1)
            return (
                RawCell(row, column, "text", self._strings[at], style, formula)
                if 0 <= at < len(self._strings)
                else None
            )
        if kind == "n":
            try:
                value = Decimal(written.strip())
            except InvalidOperation:
                value = Decimal("NaN")
            return (
                RawCell(row, column, "number", value, style, formula)
                if value.is_finite()
                else RawCell(row, column, "text", Text(_plain(written)), style, formula)
            )
        name = {"b": "boolean", "e": "error", "d": "date"}.get(kind, "text")
        return RawCell(row, column, name, Text(_plain(written)), style, formula)


def _tabs(tree: _Element, relations: Mapping[str, tuple[str, str]]) -> Iterator[Tab]:
    for sheet in tree.iterfind("{*}sheets/{*}sheet"):
        name = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        kind, part = relations.get(name, ("", ""))
        yield Tab(str(sheet.get("name", "")), part, kind, sheet.get("state", "visible") != "visible")


def _styles(tree: _Element | None) -> Iterator[Style]:
    if tree is None:
        return
    codes = dict(BUILTIN)
    codes |= {
        _whole(item.get("numFmtId"), -1): str(item.get("formatCode", ""))
        for item in tree.iterfind("{*}numFmts/{*}numFmt")
    }
    for item in tree.iterfind("{*}cellXfs/{*}xf"):
        alignment = item.find("{*}alignment")
        indent = 0 if alignment is None else _whole(alignment.get("indent"), 0)
        yield Style(codes.get(_whole(item.get("numFmtId"), 0), "General"), indent)


def _text(element: _Element) -> Text:
    """The text of ``si`` or ``is``: its runs, those set above the line apart where they are marks of footnotes."""
    text = mark = ""
    for child in element.iterchildren("{*}t", "{*}r"):
        if str(child.tag).endswith("}t"):
            text += child.text or ""
            continue
        run = _plain(child.findtext("{*}t") or "")
        raised = child.find("{*}rPr/{*}vertAlign")
        if raised is not None and raised.get("val") == "superscript" and marks(run.strip()):
            mark = f"{mark} {run.strip()}".strip()
        else:
            text += run
    return Text(_plain(text), mark)


def _plain(text: str) -> str:
    """``text`` with the characters that are written as ``_x000D_``; those that XML forbids are left out."""
    text = _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def _is_hidden(element: _Element, size: str) -> bool:
    return element.get("hidden") in _TRUE or re.fullmatch(r"0+(?:\.0*)?", str(element.get(size, ""))) is not None


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """First row and column of ``B3:D4``, and how many of each; None where it is no area."""
    first, _, last = reference.partition(":")
    one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if one is None or other is None:
        return None
    row, column = int(one[2]), _column(one[1])
    return row, column, max(int(other[2]) - row + 1, 1), max(_column(other[1]) - column + 1, 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _whole(text: str | None, other: int) -> int:
    """``text`` as a whole number of up to nine digits, else ``other``."""
    return int(text) if text is not None and re.fullmatch("[0-9]{1,9}", text) else other
