"""A tidy tree to the page that it shows: lines of text, and tables laid out with each column at one place.

What stands on the page keeps its way back to the markup. The room of statements reads such a page as it reads
text of fixed width; what it is of is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from converter.model.source import Run, TextLine, Unread
from converter.read import style
from converter.read.grid import Grid, Laid, lay_out, marks
from converter.read.markup import CELLS, SECTIONS, Chunk, Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


HIDDEN, MARK = "hidden from view", "the mark of a footnote"
# A longer line is a paragraph, which blank lines part from what stands around it.
_LONGEST_LINE = 110
_SPACES = dict.fromkeys(
    map(ord, "\t\n\r\f\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), "")
SHOWN = {**_SPACES, **_NOTHING, 0x2010: "-", 0x2011: "-"}
_POINTS_PER_SPACE = 4.0
_DEEPEST_INDENT = 40


class Page(NamedTuple):
    """The text of a page, its lines, its way back to the markup, and what is on none of its lines."""

    text: str
    lines: tuple[TextLine, ...]
    runs: tuple[Run, ...]
    copies: tuple[tuple[int, int], ...]
    unread: tuple[Unread, ...]


def page_of(body: Element) -> Page:
    """The page of ``body``, whose texts have their chunks."""
    layer = _Layer()
    layer.flow(body, is_pre=False)
    layer.flush()
    layer.set_tables()
    return layer.page


@dataclass(slots=True)
class Setter:
    """Lines as they are set one by one, the runs of characters on them, and the spans that repeat others."""

    pieces: list[str] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    copies: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, parts: Iterable[Laid]) -> tuple[int, int]:
        """Set a line; the offsets of its ends."""
        start = self.length
        text = ""
        for column, chunks, is_copy in parts:
            gap = column - len(text)
            if gap > 0 or (text and not text.endswith(" ")):
                text += " " * max(gap, 1)
            low = start + len(text)
            for chunk in chunks:
                at = start + len(text)
                text += chunk.text
                if not is_copy:
                    self.runs.append(Run(at, at + len(chunk.text), chunk.at, chunk.until, chunk.origin))
            if is_copy:
                self.copies.append((low, start + len(text)))
        self.lines.append(TextLine(number=len(self.lines) + 1, start=start, text=text))
        self.pieces.append(text)
        self.length += len(text) + 1
        return start, start + len(text)

    def blank(self) -> None:
        """Set a line with nothing on it."""
        self.add(())


class _Preformatted(list[Chunk]):
    """A line that ends where the page says so; however long it is, it is no paragraph."""


class _Layer:
    """Goes through a tree and keeps the line that is being set."""

    def __init__(self) -> None:
        self.line: list[Chunk] = []
        self.items: list[list[Chunk] | Grid] = []
        self.aside: list[tuple[list[Chunk], str]] = []
        self.page = Page("", (), (), (), ())

    def flow(self, element: Element, *, is_pre: bool) -> None:
        own = element.style
        if element.is_hidden or (own and style.is_hidden(own)):
            self._set_aside(element, HIDDEN)
            return
        if element.tag == "table" and _is_grid(element):
            self.flush()
            self.items.append(self._grid(element))
            return
        if element.tag == "br":
            self.flush(is_forced=is_pre)
            return
        if _is_mark(element, own):
            self._set_aside(element, MARK)
            return
        is_block = element.is_block
        is_pre = is_pre or element.tag == "pre" or "white-space:pre;" in f"{own};"
        if is_block:
            self.flush()
        for child in element.children:
            if isinstance(child, Element):
                self.flow(child, is_pre=is_pre)
            elif is_pre:
                self._preformatted(child.chunks)
            else:
                self.line += child.chunks
        if is_block:
            self.flush(is_pre=is_pre)

    def flush(self, *, is_pre: bool = False, is_forced: bool = False) -> None:
        """End the line."""
        line = _Preformatted(self.line) if is_pre or is_forced else _collapsed(self.line)
        if line or is_forced:
            self.items.append(line)
        self.line = []

    def _preformatted(self, chunks: Iterable[Chunk]) -> None:
        for chunk in chunks:
            text, at, origin = chunk.text, chunk.at, chunk.origin
            if chunk.until - at != len(text):
                self.line.append(chunk._replace(text=text.translate(SHOWN)))
                continue
            while True:
                head, end, text = text.partition("\n")
                if head:
                    self.line.append(Chunk(head, at, at + len(head), origin))
                if not end:
                    break
                self.flush(is_forced=True)
                at, origin = at + len(head) + 1, origin + len(head) + 1

    def _set_aside(self, element: Element, reason: str) -> None:
        chunks: list[Chunk] = []
        _gather(element, chunks)
        line = _collapsed(chunks)
        if line:
            self.aside.append((line, reason))

    def _grid(self, table: Element) -> Grid:
        grid = Grid()
        for row in _rows_of(table):
            grid.begin_row()
            for cell in row.children:
                if not isinstance(cell, Element) or cell.tag not in CELLS:
                    continue
                own = f"{row.style};{cell.style}"
                inner = _Inside(self)
                if row.is_hidden or cell.is_hidden or style.is_hidden(own):
                    self._set_aside(cell, HIDDEN)
                else:
                    inner.read(cell, 0.0, starts=True)
                grid.add(
                    lines=inner.done(),
                    indent=min(round(inner.indent / _POINTS_PER_SPACE) + inner.spaces, _DEEPEST_INDENT),
                    columns=int(cell.attributes.get("colspan", "1")),
                    rows=int(cell.attributes.get("rowspan", "1")),
                )
        return grid

    def set_tables(self) -> None:
        """Set all lines and tables on the sheet, like tables that follow each other with their columns in one place."""
        sheet = Setter()
        grids = [item for item in self.items if isinstance(item, Grid)]
        laid = dict(zip(map(id, grids), lay_out(grids), strict=True))
        was_long = False
        for item in self.items:
            if isinstance(item, Grid):
                if was_long:
                    sheet.blank()
                for line in laid[id(item)]:
                    sheet.add(line)
                was_long = True
                continue
            is_long = not isinstance(item, _Preformatted) and sum(len(chunk.text) for chunk in item) > _LONGEST_LINE
            if (is_long or was_long) and sheet.lines and sheet.lines[-1].text:
                sheet.blank()
            sheet.add([Laid(0, item, False)])
            was_long = is_long
        lines = tuple(sheet.lines)
        unread = []
        if self.aside:
            sheet.blank()
        for chunks, reason in self.aside:
            unread.append(Unread(*sheet.add([Laid(0, chunks, False)]), reason))
        runs = sorted(sheet.runs)
        self.page = Page("\n".join(sheet.pieces), lines, tuple(runs), tuple(sheet.copies), tuple(unread))


class _Inside:
    """What stands in a cell: its lines, and how far its first words stand in."""

    def __init__(self, layer: _Layer) -> None:
        self.layer = layer
        self.lines: list[list[Chunk]] = []
        self.line: list[Chunk] = []
        self.indent = 0.0
        self.spaces = 0
        self._found = False

    def read(self, element: Element, indent: float, *, starts: bool = False) -> None:
        own = element.style
        if not starts and (element.is_hidden or (own and style.is_hidden(own))):
            self.layer._set_aside(element, HIDDEN)  # noqa: SLF001 - of the same module
            return
        if _is_mark(element, own):
            self.layer._set_aside(element, MARK)  # noqa: SLF001 - as above
            return
        is_block = element.is_block or element.tag == "br"
        if is_block and not starts:
            self._flush()
        if own and (is_block or starts):
            indent += style.indent_of(own)
        for child in element.children:
            if isinstance(child, Element):
                self.read(child, indent)
                continue
            if not self._found:
                self._look_for_first(child.chunks, indent)
            self.line += child.chunks
        if is_block and not starts:
            self._flush()

    def _look_for_first(self, chunks: Sequence[Chunk], indent: float) -> None:
        for chunk in chunks:
            if chunk.text.translate(SHOWN).strip():
                self.indent = max(indent, 0.0)
                self._found = True
                return
            self.spaces += chunk.text.count("\u00a0")

    def _flush(self) -> None:
        line = _collapsed(self.line)
        if line:
            self.lines.append(line)
        self.line = []

    def done(self) -> list[list[Chunk]]:
        """The lines, without those that hold nothing."""
        self._flush()
        return self.lines


def _is_mark(element: Element, own: str) -> bool:
    """Whether an element is a footnote's mark, set above the line."""
    if element.tag != "sup" and not (own and style.is_raised(own)):
        return False
    chunks: list[Chunk] = []
    _gather(element, chunks)
    return marks("".join(chunk.text for chunk in _collapsed(chunks)))


def _gather(element: Element, chunks: list[Chunk]) -> None:
    """All text of ``element``, with a space where a block begins."""
    if element.is_block and chunks:
        chunks.append(Chunk(" ", chunks[-1].until, chunks[-1].until, chunks[-1].origin))
    for child in element.children:
        if isinstance(child, Element):
            _gather(child, chunks)
        else:
            chunks += child.chunks


def _collapsed(chunks: Sequence[Chunk]) -> list[Chunk]:
    """``chunks`` as they show: white space of any kind as single spaces, none at the ends."""
    found: list[Chunk] = []
    spaced = True
    for chunk in chunks:
        text = chunk.text if chunk.text.isascii() else chunk.text.translate(SHOWN)
        if text.isspace():
            if not spaced:
                found.append(chunk._replace(text=" "))
            spaced = True
        elif text:
            found.append(chunk if text is chunk.text else chunk._replace(text=text))
            spaced = False
    while found and found[-1].text == " ":
        found.pop()
    return found


def _rows_of(table: Element) -> Iterable[Element]:
    for section in table.children:
        if isinstance(section, Element) and (section.tag in SECTIONS or section.tag == "caption"):
            if section.tag == "caption":
                yield Element("tr", {}, [Element("td", {"colspan": "1000"}, section.children)])
                continue
            is_hidden = section.is_hidden or style.is_hidden(section.style)
            for row in section.children:
                if isinstance(row, Element):
                    row.is_hidden = row.is_hidden or is_hidden
                    yield row


def _is_grid(table: Element) -> bool:
    """Whether a table is one of data: none of the tables inside of it bears a number."""
    waiting = [child for child in table.children if isinstance(child, Element)]
    while waiting:
        element = waiting.pop()
        if element.tag == "table":
            chunks: list[Chunk] = []
            _gather(element, chunks)
            if any(character.isdigit() for chunk in chunks for character in chunk.text):
                return False
            continue
        waiting += [child for child in element.children if isinstance(child, Element)]
    return True
