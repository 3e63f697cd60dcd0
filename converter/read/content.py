"""What an element may hold: content that XHTML does not allow where it stands is set in other elements alike.

A block inside of a paragraph or of a span makes it a ``div``, which is shown as the paragraph or the span was.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from converter.read import margins
from converter.read.hints import with_blocks
from converter.read.markup import AS_INLINE, CELLS, SECTIONS, Element, Text, is_blank
from converter.read.names import ANONYMOUS, INLINE, OWN_STYLE, PARAGRAPHS, PLAIN
from converter.read.rows import as_spans, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from converter.read.markup import Node

# What shows on the box of an element, and not on blocks that stand in its line.
_BOX = re.compile(r"background|border|padding|margin|width|height|float|position|display|outline", re.IGNORECASE)
_LINE_END = re.compile(r"(?:\r\n?|\n)(?![\r\n])")
_CLEAR = re.compile(r"clear\s*:\s*(left|right|both)", re.IGNORECASE)
_START = re.compile(r"\s*([+-]?\d{1,9})")
_NO_PRE = frozenset({"sup", "sub", "small", "big"})
_AS_ITEM = "display:list-item;list-style-position:inside"
# A link that reaches into a table: in quirks mode the table takes the line below its words, but not their colour.
_LINK_IN_TABLE = "text-decoration-color:linktext;color:inherit"


def fitted(element: Element, given: Mapping[str, str], *, is_quirky: bool) -> list[Node]:
    """The nodes for ``element``, whose content stands already for that of the source, where it had ``given``."""
    tag = element.tag
    if tag == "br":
        return _line_break(element, given)
    if tag == "table":
        return table(element, given, is_quirky=is_quirky)
    if tag in {"ul", "ol", "dl"}:
        _list(element, given)
    elif tag in INLINE or tag in PARAGRAPHS:
        element.children = list(_outside(element.children))
        if tag == "a" and any(map(_is_block, element.children)):
            return _linked_blocks(element, is_quirky=is_quirky)
        if tag == "a" and not element.attributes and not element.hints:
            return element.children
        _phrase(element)
    else:
        _flow(element)
    if tag in CELLS:
        margins.meet(element, is_quirky=is_quirky)
    if tag in SECTIONS or tag == "tr" or any(map(_is_block, element.children)):
        element.hints = [with_blocks(hint) for hint in element.hints]
    return [element]


def blocks_only(nodes: Iterable[Node]) -> Iterator[Node]:
    """``nodes`` with a block around each run that is none."""
    for is_run, group in groupby(_outside(nodes), key=_is_in_line):
        run = list(group)
        if is_run and not _is_nothing(run):
            yield Element("div", children=run, was=ANONYMOUS)
        else:
            yield from run


def folded(nodes: Iterable[Node], *, is_open: bool) -> list[Node]:
    """What details show: their summary, and the rest where they are ``is_open``."""
    shown: list[Node] = []
    rest = list(_outside(nodes))
    summary = next((node for node in rest if isinstance(node, Element) and node.was == "summary"), None)
    if summary is not None:
        summary.hints.insert(0, f"display:list-item;list-style:disclosure-{'open' if is_open else 'closed'} inside")
        rest.remove(summary)
        shown.append(summary)
    return [*shown, Element("div", children=rest, hints=[] if is_open else ["display:none"], was=ANONYMOUS)]


def _line_break(element: Element, given: Mapping[str, str]) -> list[Node]:
    """A line break, which has a name at most, and behind it what clears what stands beside."""
    style = element.attributes.get("style", "")
    element.hints = []
    element.attributes = {name: value for name, value in element.attributes.items() if name in {"id", "class", "title"}}
    side = given.get("clear", "").strip().lower()
    if match := _CLEAR.search(style):
        side = match[1].lower()
    if side in {"left", "right", "all", "both"}:
        clear = f"display:block;clear:{'both' if side == 'all' else side}"
        return [element, Element("span", hints=[clear], was=ANONYMOUS)]
    return [element]


def _flow(element: Element) -> None:
    """What holds blocks, or nothing."""
    if element.tag in {"hr", "col"}:
        element.children = []
    elif element.tag == "blockquote":
        element.children = list(blocks_only(element.children))
    elif element.tag in CELLS or element.tag in {"li", "dd", "dt", "div", "fieldset"}:
        element.children = list(_outside(element.children, element.tag))


def _phrase(element: Element) -> None:
    """What holds words, and is a div where it holds blocks."""
    if element.tag == "legend":
        element.children = list(as_spans(element.children))
        return
    if element.tag == "pre":
        _drop_first_line_end(element)
    if any(map(_is_block, element.children)):
        _as_div(element)
    elif element.tag == "pre":
        _plain_pre(element)


def _as_div(element: Element) -> None:
    tag = element.tag
    own = [OWN_STYLE[tag]] if tag in OWN_STYLE else []
    if tag in INLINE and (_BOX.search(element.style) or not all(map(_is_block_or_nothing, element.children))):
        own.append(AS_INLINE)
    element.hints[:0] = own
    element.tag, element.was = "div", element.was or tag


def _drop_first_line_end(element: Element) -> None:
    """Leave out a line end that no reader of HTML shows, but one of XML does."""
    first = element.children[0] if element.children else None
    if isinstance(first, Text) and (end := _LINE_END.match(first.raw)):
        first.raw, first.origin = first.raw[end.end() :], first.origin + end.end()


def _plain_pre(element: Element) -> None:
    """What preformatted text may hold: no pictures, and nothing of another size."""
    waiting = [element]
    while waiting:
        for child in waiting.pop().children:
            if not isinstance(child, Element):
                continue
            if child.tag == "img":
                _as_div(element)
                return
            if child.tag in _NO_PRE:
                child.hints.insert(0, OWN_STYLE[child.tag])
                child.tag, child.was = "span", child.tag
            waiting.append(child)


def _linked_blocks(link: Element, *, is_quirky: bool) -> list[Node]:
    """A link around blocks: one around each run of words inside of them."""
    nodes = list(_linked(link, link.children, is_quirky=is_quirky))
    if "id" in link.attributes:
        nodes.insert(0, Element("a", {"id": link.attributes["id"]}))
    return nodes


def _linked(link: Element, nodes: Iterable[Node], *, is_quirky: bool) -> Iterator[Node]:
    for is_word, group in groupby(nodes, key=_is_word):
        run = list(group)
        if is_word and not _is_nothing(run):
            yield Element("a", dict(link.attributes), run, list(link.hints), link.was)
            link.attributes.pop("id", None)
            continue
        for node in run:
            if isinstance(node, Element) and node.tag != "a":
                in_table = [_LINK_IN_TABLE] if node.tag == "table" and is_quirky else []
                inner = Element("a", link.attributes, hints=[*link.hints, *in_table])
                node.children = list(_linked(inner, node.children, is_quirky=is_quirky))
            yield node


def _outside(nodes: Iterable[Node], parent: str = "") -> Iterator[Node]:
    """``nodes`` of a ``parent`` in which items outside of any list, and a legend of nothing, are blocks."""
    for node in nodes:
        if isinstance(node, Element) and node.tag in {"li", "dd", "dt", "legend"} and (node.tag, parent) != _LEGEND:
            if node.tag == "li":
                node.hints.insert(0, _AS_ITEM)
                for child in node.children:
                    if isinstance(child, Element) and child.tag in {"ul", "ol"}:
                        child.hints.insert(0, "list-style-position:outside")
            elif node.tag == "dd":
                node.hints.insert(0, "margin-left:40px")
            node.tag, node.was = "div", node.was or node.tag
        yield node


def _list(element: Element, given: Mapping[str, str]) -> None:
    """A list of items; what stands between them is one without a mark."""
    items = {"dd", "dt"} if element.tag == "dl" else {"li"}
    found: list[Node] = []
    for is_item, group in groupby(element.children, key=lambda node: isinstance(node, Element) and node.tag in items):
        nodes = list(group)
        found += nodes if is_item or _is_nothing(nodes) else [_unmarked(element, list(_outside(nodes)))]
    if not any(isinstance(node, Element) for node in found):
        found.append(_unmarked(element, []))
    for node in found:
        if isinstance(node, Element) and node.tag == "dt" and any(map(_is_block, node.children)):
            node.hints.insert(0, "margin-left:0")
            node.tag, node.was = "dd", "dt"
    start = _START.match(given.get("start", ""))
    if element.tag == "ol" and start:
        next(node for node in found if isinstance(node, Element)).hints.insert(0, f"counter-set:list-item {start[1]}")
    element.children = found


def _unmarked(parent: Element, nodes: list[Node]) -> Element:
    if parent.tag == "dl":
        return Element("dd", children=nodes, hints=["margin-left:0"], was=ANONYMOUS)
    return Element("li", children=nodes, hints=["display:block"], was=ANONYMOUS)


_LEGEND = ("legend", "fieldset")


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in PLAIN


def _is_block_or_nothing(node: Node) -> bool:
    return is_blank(node.raw) if isinstance(node, Text) else not _is_in_line(node)


def _is_in_line(node: Node) -> bool:
    """Whether a node stands in a line with those beside it."""
    return isinstance(node, Text) or node.tag not in PLAIN or node.is_in_line


def _is_word(node: Node) -> bool:
    """Whether a link may stand around ``node``."""
    return isinstance(node, Text) or (node.tag in INLINE - {"a"} and all(map(_is_word, node.children)))


def _is_nothing(nodes: Iterable[Node]) -> bool:
    return all(isinstance(node, Text) and is_blank(node.raw) for node in nodes)
