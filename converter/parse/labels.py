"""Labels: which physical lines make up one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.parse.layout import Row

# Words that a label does not end with.
_OPEN_END = re.compile(
    r"(?:[,;(&/—–-]|\b(?:and|or|of|for|in|to|from|on|by|with|the|a|an|at|less|than|other than|per|as|its|including"
    r"|discontinued|continuing|operating|investing|financing|intangible|marketable|comprehensive|cumulative|convertible|unearned))$"
)
_DETAIL = re.compile(r"\$?\d|(?:authorized|issued|par value|outstanding)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_CONTINUES = re.compile(r"[a-z$(\d&]")


def continues(rows: Sequence[Row], lower: Row, after: Row | None, width: int) -> bool:
    """Whether the words of ``lower`` go on where those of ``rows``, the lines of one label so far, leave off.

    ``after`` is the row below ``lower``; ``width`` is the page position that no label reaches beyond: a line was wrapped where the next
    word would not have fitted.
    """
    upper = rows[-1]
    if not upper.label or not lower.label:
        return False
    if upper.label.endswith(":"):  # a caption, unless what follows can be no label of its own
        return _DETAIL.match(lower.label) is not None
    if upper.label.count("(") > upper.label.count(")"):
        return True
    if lower.indent < min(upper.indent - 1, rows[0].indent):
        return False
    if _OPEN_END.search(upper.label.lower()):
        return True
    first = _WORD.search(lower.label)
    fits = first is not None and upper.label_end + 1 + len(first.group()) <= width
    if _CONTINUES.match(lower.label):
        # "(Unaudited)" under a caption is no continuation of it, "and diluted" is.
        return not fits or lower.label[0].islower()
    if fits or upper.label_end > width:  # a caption, which has the page for its words, was not wrapped there
        return False
    return lower.indent > rows[0].indent and not (after and _are_alike(lower, after))


def _are_alike(one: Row, other: Row) -> bool:
    """Whether two rows are items of one list: then what stands above them is their caption."""
    return one.is_data and other.is_data and one.indent == other.indent and other.label[:1].isupper()


class Part(NamedTuple):
    """Where a piece of a joined label stands: from ``start`` in the label, from ``position`` of ``row``."""

    start: int
    row: Row
    position: int
    length: int


class Label(NamedTuple):
    """A label joined from its lines, and where each piece stands."""

    text: str
    parts: tuple[Part, ...]

    def offset(self, index: int) -> int:
        """The offset into the document's text of the character ``index`` of the label."""
        for part in reversed(self.parts):
            if index >= part.start:
                return part.row.offset(part.position + min(index - part.start, part.length))
        raise IndexError(index)


def join(rows: Sequence[Row]) -> Label:
    """The label whose words stand on ``rows``."""
    text = ""
    parts = []
    for row in rows:
        if not row.label:
            continue
        if text and not (text.endswith("-") and text[-2:-1].isalpha() and row.label[0].islower()):
            text += " "
        parts.append(Part(len(text), row, row.indent, len(row.label)))
        text += row.label
    return Label(text, tuple(parts))
