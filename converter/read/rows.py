"""Tables as XHTML has them: a caption, columns, and sections of rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.read.markup import AS_INLINE, CELLS, SECTIONS, Element
from converter.read.names import ANONYMOUS, DISPLAYS, INLINE, OWN_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from converter.read.markup import Node

# What tables of other pages take from around them, and those of quirks mode do not.
_INHERITED = "font:inherit;color:inherit;text-align:inherit;white-space:inherit"


def table(element: Element, given: Mapping[str, str], *, is_quirky: bool) -> list[Node]:
    """The nodes for a table that had the attributes ``given``: what stands before it, and it, if it has a row."""
    parts = [child for child in element.children if isinstance(child, Element)]
    captions = [part for part in parts if part.tag == "caption"]
    columns = [part for part in parts if part.tag == "colgroup"]
    for part in captions:
        part.children = list(as_spans(part.children))
    for part in columns:
        part.children = [child for child in part.children if isinstance(child, Element)]
    sections = _ordered(part for part in parts if part.tag in SECTIONS)
    if "bordercolor" in given and element.attributes.get("border", "0") != "0" and "rules" not in element.attributes:
        _border_cells(sections)
    if not is_quirky:
        element.hints.insert(0, _INHERITED)
    element.children = [*captions[:1], *columns, *sections]
    loose = captions[1:] if sections else captions
    return [*(child for caption in loose for child in caption.children), *([element] if sections else [])]


def as_spans(nodes: Iterable[Node]) -> Iterator[Node]:
    """``nodes`` with spans, shown as blocks, for the blocks in them."""
    for node in nodes:
        if isinstance(node, Element):
            node.children = list(as_spans(node.children))
            if node.tag not in INLINE:
                _as_span(node)
        yield node


def _as_span(element: Element) -> None:
    tag = element.tag
    own = [OWN_STYLE[tag]] if tag in OWN_STYLE else []
    if AS_INLINE not in element.hints:
        own.append(f"display:{DISPLAYS.get(tag, 'block')}")
    element.hints[:0] = own
    element.attributes = {
        name: value for name, value in element.attributes.items() if name in {"class", "id", "style", "title"}
    }
    element.tag, element.was = "span", element.was or tag


def _ordered(sections: Iterable[Element]) -> list[Element]:
    """Sections with rows: XHTML has a head before all bodies, and a foot nowhere else than browsers show it."""
    found = []
    for section in sections:
        section.children = [_row(row) for row in section.children if isinstance(row, Element) and row.tag == "tr"]
        if section.children:
            found.append(section)
    shown: set[str] = set()
    for index, section in enumerate(found):
        kind = section.tag
        if kind != "tbody" and (kind != "thead" or index or len(found) == 1):
            if kind not in shown:
                section.hints.insert(0, f"display:{DISPLAYS[kind]}")
            section.tag, section.was = "tbody", kind
        shown.add(kind)
    return found


def _row(row: Element) -> Element:
    """A row with a cell at least."""
    row.children = [cell for cell in row.children if isinstance(cell, Element) and cell.tag in CELLS]
    if not row.children:
        row.children = [Element("td", hints=["padding:0;border:0"], was=ANONYMOUS)]
    return row


def _border_cells(sections: Iterable[Element]) -> None:
    """Give each cell the colour of the table's border."""
    for section in sections:
        for row in section.children:
            for cell in row.children if isinstance(row, Element) else ():
                if isinstance(cell, Element):
                    cell.hints.insert(0, "border-style:solid;border-color:inherit")
