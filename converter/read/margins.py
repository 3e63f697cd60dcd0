"""The space that elements have of themselves, where it meets the end of a cell or the start of the body.

In quirks mode, in which a report is always shown, browsers leave it out there (HTML Standard, section 15.3.10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.read.markup import CELLS, Element, is_blank
from converter.read.names import MARGINS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.read.markup import Node

_SPACED = MARGINS.keys() | {"form"}


def meet(holder: Element, *, is_quirky: bool) -> None:
    """Have the space at the ends of a cell, or at the start of the body, shown as it was.

    What became a div has space of any page, and leaves it out itself; what has space of its own has that of a quirky page.
    """
    _meet(holder.children, "top", is_quirky=is_quirky)
    if holder.tag in CELLS:
        _meet(holder.children[::-1], "bottom", is_quirky=is_quirky)


def _meet(nodes: Sequence[Node], side: str, *, is_quirky: bool) -> None:
    first = next((node for node in nodes if isinstance(node, Element) or not is_blank(node.raw)), None)
    if not isinstance(first, Element):
        return
    if first.tag in MARGINS:
        own = f"margin-top:{MARGINS[first.tag]};margin-bottom:{MARGINS[first.tag]}"
        if not is_quirky and own not in first.hints:
            first.hints.append(own)
    elif first.was in _SPACED:
        if is_quirky:
            first.hints.append(f"margin-{side}:0")
    elif first.tag == "div":
        _meet(first.children if side == "top" else first.children[::-1], side, is_quirky=is_quirky)
