"""The stack of open elements and the list of active formatting elements (HTML Standard, sections 13.2.4.2 and .3).

What a tag does to them is for ``builder`` to say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.read.markup import CELLS, DEEPEST, SECTIONS, Element, Text
from converter.read.names import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.read.markup import Node

# What holds rows, and where content that is no part of a table is set before the table.
TABLE_CONTEXTS = SECTIONS | {"table", "tr"}
# What bounds the scope of an element; in the Standard's words: the scope, that of a button, of a list item, of a table.
SCOPE = CELLS | {"applet", "body", "caption", "marquee", "object", "table"}
BUTTON_SCOPE = SCOPE | {"button"}
LIST_SCOPE = SCOPE | {"ol", "ul"}
TABLE_SCOPE = frozenset({"body", "table"})
_OTHER_SPECIAL = frozenset(
    {"address", "area", "article", "aside", "base", "basefont", "bgsound", "blockquote", "br", "button", "center",
     "col", "colgroup", "dd", "details", "dir", "div", "dl", "dt", "embed", "fieldset", "figcaption", "figure",
     "footer", "form", "frame", "frameset", "header", "hgroup", "hr", "iframe", "img", "input", "keygen", "li",
     "link", "listing", "main", "menu", "meta", "nav", "noembed", "noframes", "noscript", "ol", "p", "param",
     "plaintext", "pre", "script", "search", "section", "select", "source", "style", "summary", "template",
     "textarea", "title", "tr", "track", "ul", "wbr", "xmp"}
)  # fmt: skip
# Elements that end tags of others do not end.
SPECIAL = SCOPE | SECTIONS | HEADINGS | _OTHER_SPECIAL
_IMPLIED_ENDS = frozenset({"dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc"})
# Of formatting elements alike, so many are opened anew; and so many at all, so that a page cannot grow without bound.
_MOST_ALIKE, _MOST_FORMATTING = 3, 12
_OUTER_ROUNDS, _INNER_ROUNDS = 8, 3


@dataclass(slots=True, eq=False)
class Open(Element):
    """An element while its tree is made, which knows what it stands in."""

    parent: Open | None = None


class OpenElements:
    """What stands open, the innermost last; the first is the body, which never ends."""

    def __init__(self) -> None:
        """With the body alone."""
        self.stack: list[Open] = [Open("body")]
        self.is_fostering = False
        self.too_deep: Counter[str] = Counter()  # elements that were opened up, by name, and have not ended
        self._open: Counter[str] = Counter()
        self._formatting: list[Open | None] = []  # None is a marker

    @property
    def current(self) -> Open:
        """The innermost open element."""
        return self.stack[-1]

    def holds(self, tag: str) -> bool:
        """Whether an element ``tag`` stands open."""
        return self._open[tag] > 0

    def in_scope(self, *tags: str, bounds: frozenset[str] = SCOPE) -> bool:
        """Whether one of ``tags`` stands open inside of the innermost of ``bounds``."""
        if any(self._open[tag] for tag in tags):
            for element in reversed(self.stack):
                if element.tag in tags:
                    return True
                if element.tag in bounds:
                    return False
        return False

    # Elements that begin

    def text(self, node: Text) -> None:
        """Put a text at the current place."""
        self._put(node, self.current)

    def insert(self, tag: str, attributes: Mapping[str, str] | None = None) -> Open | None:
        """Open an element at the current place; None where it would stand too deep, and is opened up."""
        if len(self.stack) > DEEPEST - (4 if tag == "table" else 0):  # with its section, row and cell, or not at all
            self.too_deep[tag] += 1
            return None
        element = Open(tag, dict(attributes or {}))
        self._put(element, self.current)
        self.stack.append(element)
        self._open[tag] += 1
        return element

    def _put(self, node: Node, target: Open) -> None:
        if target.tag in TABLE_CONTEXTS and self.is_fostering:
            table = next(element for element in reversed(self.stack) if element.tag == "table")
            target = table.parent or target
            target.children.insert(_index(target.children, table), node)
        else:
            target.children.append(node)
        if isinstance(node, Open):
            node.parent = target

    # Elements that end

    def pop(self) -> Open:
        """End the current element."""
        element = self.stack.pop()
        self._open[element.tag] -= 1
        return element

    def pop_to(self, *tags: str) -> None:
        """End elements up to the innermost of ``tags``, and that one."""
        while len(self.stack) > 1 and self.pop().tag not in tags:
            pass

    def clear_to(self, tags: frozenset[str]) -> None:
        """End elements up to the innermost of ``tags``, which stays open."""
        while len(self.stack) > 1 and self.current.tag not in tags:
            self.pop()

    def imply_ends(self, but: str = "") -> None:
        """End what needs no end tag."""
        while self.current.tag in _IMPLIED_ENDS and self.current.tag != but:
            self.pop()

    def remove(self, element: Open) -> None:
        """End ``element`` alone, wherever it stands in the stack."""
        self.stack.remove(element)
        self._open[element.tag] -= 1

    def close(self, tag: str) -> None:
        """End the innermost ``tag``, which stands open, and what is in it."""
        self.imply_ends(but=tag)
        self.pop_to(tag)

    # Formatting that lasts until its end tag

    def mark(self) -> None:
        """Bound the formatting: what is active outside of here is not inside."""
        self._formatting.append(None)

    def clear_to_mark(self) -> None:
        """Forget the formatting inside of the last bound."""
        while self._formatting and self._formatting.pop() is not None:
            pass

    def activate(self, element: Open) -> None:
        """Have ``element`` opened anew wherever it is closed by another's end."""
        active = self._active()
        alike = [one for one in active if one.tag == element.tag and one.attributes == element.attributes]
        if len(alike) >= _MOST_ALIKE:
            self._formatting.remove(alike[0])
        elif len(active) >= _MOST_FORMATTING:
            self._formatting.remove(active[0])
        self._formatting.append(element)

    def active(self, tag: str) -> Open | None:
        """The last formatting element ``tag`` inside of the last bound."""
        return next((element for element in reversed(self._active()) if element.tag == tag), None)

    def deactivate(self, element: Open) -> None:
        """Forget ``element``, if it is active."""
        if self._formatting and self._formatting[-1] is element:
            self._formatting.pop()
        elif element in self._formatting:
            self._formatting.remove(element)

    def _active(self) -> Sequence[Open]:
        found = []
        for element in reversed(self._formatting):
            if element is None:
                break
            found.append(element)
        return found[::-1]

    def reconstruct(self) -> None:
        """Open anew the formatting elements that were closed by another's end."""
        last = self._formatting[-1] if self._formatting else None
        if last is None or last in self.stack:
            return
        start = len(self._formatting) - 1
        while start > 0 and (before := self._formatting[start - 1]) is not None and before not in self.stack:
            start -= 1
        for index in range(start, len(self._formatting)):
            closed = self._formatting[index]
            if closed is None or len(self.stack) > DEEPEST:
                return
            self._formatting[index] = self.insert(closed.tag, _again(closed))

    def adopt(self, tag: str) -> bool:
        """End the formatting element ``tag``, and go on with its like around blocks that stand open in it.

        This is the adoption agency (13.2.6.4.7). False where no such element is active.
        """
        if self.current.tag == tag:
            self.deactivate(self.pop())
            return True
        for _ in range(_OUTER_ROUNDS):
            formatting = self.active(tag)
            if formatting is None:
                return False
            if formatting not in self.stack:
                self.deactivate(formatting)
                return True
            if not self.in_scope(tag):
                return True
            at = self.stack.index(formatting)
            block = next((element for element in self.stack[at + 1 :] if element.tag in SPECIAL), None)
            if block is None:
                while self.pop() is not formatting:
                    pass
                self.deactivate(formatting)
                return True
            self._adopt(formatting, block)
        return True

    def _adopt(self, formatting: Open, block: Open) -> None:
        """Close ``formatting`` before ``block``, which stands in it, and wrap the content of ``block`` in its like."""
        above = self.stack[self.stack.index(formatting) - 1]
        bookmark = self._formatting.index(formatting)
        last, rounds = block, 0
        for node in reversed(self.stack[self.stack.index(formatting) + 1 : self.stack.index(block)]):
            rounds += 1
            if rounds > _INNER_ROUNDS or node not in self._formatting:
                self.deactivate(node)
                self.remove(node)
                continue
            clone = Open(node.tag, _again(node))
            place = self._formatting.index(node)
            self._formatting[place] = self.stack[self.stack.index(node)] = clone
            if last is block:
                bookmark = place + 1
            _move(last, clone)
            last = clone
        _detach(last)
        self._put(last, above)
        clone = Open(formatting.tag, _again(formatting))
        for child in block.children:
            if isinstance(child, Open):
                child.parent = clone
        clone.children, block.children = block.children, [clone]
        clone.parent = block
        self._formatting.insert(bookmark, clone)
        self._formatting.remove(formatting)
        self.remove(formatting)
        self.stack.insert(self.stack.index(block) + 1, clone)
        self._open[clone.tag] += 1


def _again(element: Open) -> dict[str, str]:
    """The attributes with which ``element`` is opened anew: a name, and what runs, are for the first alone."""
    return {name: value for name, value in element.attributes.items() if name != "id" and not name.startswith("on")}


def _index(nodes: Sequence[Node], wanted: Node) -> int:
    """Where ``wanted`` is, which is mostly the last."""
    return next(index for index in range(len(nodes) - 1, -1, -1) if nodes[index] is wanted)


def _detach(element: Open) -> None:
    if element.parent is not None:
        del element.parent.children[_index(element.parent.children, element)]


def _move(element: Open, parent: Open) -> None:
    _detach(element)
    parent.children.append(element)
    element.parent = parent
