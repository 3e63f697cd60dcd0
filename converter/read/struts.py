"""The least height of lines, which pages in standards mode have and pages in quirks mode do not.

A report is always shown in quirks mode, in which a line is as high as its words, not as high as those of the element
that it stands in would be (Quirks Mode Standard, sections 3.2 and 3.4). Space at its side has an element count: the
least space that there is, a 64th of a pixel, at the start and the end of what is in lines. Of three and more lines, those
between them stay as they are.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from converter.read.markup import AS_INLINE, CELLS, Element, Text, is_blank
from converter.read.names import ANONYMOUS, INLINE, PARAGRAPHS

if TYPE_CHECKING:
    from converter.read.markup import Node

_HOLDERS = PARAGRAPHS | CELLS | {"div", "li", "dd", "dt", "caption", "body"}
_STRUT = "margin-left:-.02px;padding-left:.02px"
# What is not longer is taken for one line.
_LONG = 25


def set_in(body: Element) -> None:
    """Set struts beside all words below ``body`` that stand only in elements of their own."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        waiting += [child for child in element.children if isinstance(child, Element)]
        if element.tag in _HOLDERS and AS_INLINE not in element.hints:
            _prop(element)
        elif element.tag in INLINE and _is_propped(element.children) and (element.attributes or element.hints):
            element.hints.append(_STRUT)


def _prop(holder: Element) -> None:
    found: list[Node] = []
    for is_run, group in groupby(holder.children, key=_is_in_line):
        nodes = list(group)
        if not is_run or not _is_propped(nodes):
            found += nodes
            continue
        for index, node in enumerate(nodes):
            found += [node] if index and _is_word(node) else [_strut(), node]  # a table in a line may have one alone
        is_long = sum(map(_length, nodes)) > _LONG or holder.tag == "pre"
        if is_long and _is_word(nodes[-1]) and not _ends_line(nodes):
            found.append(_strut())
    holder.children = found


def _is_word(node: Node) -> bool:
    return isinstance(node, Text) or node.tag in INLINE


def _is_in_line(node: Node) -> bool:
    return _is_word(node) or (isinstance(node, Element) and node.is_in_line and AS_INLINE not in node.hints)


def _is_propped(nodes: list[Node]) -> bool:
    """Whether ``nodes`` in a line show something, but have no words right among them."""
    return all(isinstance(node, Element) or is_blank(node.raw) for node in nodes) and any(map(_length, nodes))


def _length(node: Node) -> int:
    """How many characters a node shows; a picture is as good as one, and a line break as a whole line."""
    if isinstance(node, Text):
        return 0 if is_blank(node.raw) else len(node.raw)
    return {"br": _LONG + 1, "img": 1}.get(node.tag) or sum(map(_length, node.children))


def _ends_line(nodes: list[Node]) -> bool:
    """Whether the last that is shown of ``nodes`` is a line break, behind which a strut would begin another line."""
    last = next((node for node in reversed(nodes) if isinstance(node, Element) or not is_blank(node.raw)), None)
    return isinstance(last, Element) and (last.tag == "br" or _ends_line(last.children))


def _strut() -> Element:
    return Element("span", hints=[_STRUT], was=ANONYMOUS)
