"""Labels: which physical lines make up one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.parse.layout import Row

# Words that a label does not end with.
_OPEN_END = re.compile(
    r"(?:[,;(&/—–-]|\b(?:and|or|of|for|in|to|from|on|by|with|the|a|an|at|less|than|other than|per|as|its|including"
    r"|before|after|under|through|during|upon|between|ended|dated|attributable"
    r"|discontinued|continuing|operating|investing|financing|intangible|marketable|comprehensive|cumulative|convertible|unearned"
    r"|accumulated|additional|non-?controlling|short-term|long-term|stock-based|share-based|(?:stock|share)holders?['’]s?))$"
)
# Words that a label does not begin with, in capitals throughout.
_OPEN_START = re.compile(r"(?:AND|OR|OF|FOR|FROM|BY|WITH|THAN|TO|BEFORE|AFTER|ATTRIBUTABLE|INCLUDING|EXCLUDING)\s")
# Months that a label does not end with, where a number follows.
_MONTH_END = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)$")
_DETAIL = re.compile(r"\$?\d|(?:authorized|issued|par value|outstanding)\b|\(notes?\b", re.IGNORECASE)
# Words that captions end with.
_CAPTION_END = re.compile(
    r"\b(?:activities|assets|liabilities|equity|deficit|expenses|costs|revenues?|information|items)$", re.IGNORECASE
)
_CLOSES = re.compile(r"(?:total|net)\b", re.IGNORECASE)
_CONTINUES = re.compile(r"[a-z$(\d&–—-]")
# "(Increase) decrease in", "(Gains) losses on": a label may begin so.
_JOINT = re.compile(r"\([a-z]+\) +(?:increase|decrease|gain|loss|income|expense)", re.IGNORECASE)
_COLUMNS = re.compile(r"\s{3}|\.{3}")  # what stands behind is no label
_RARE = 0.25  # of the lines that plainly go on: how few stand at an offset by chance


class Wrapping(NamedTuple):
    """How the labels of a statement are wrapped, which is done where the next word has no room.

    ``width`` is the page position that the longest line of a label reaches, and ``limit`` one that none reaches beyond;
    ``offsets`` are how much further right than a label's first line its others stand, none where no words plainly go on;
    ``is_headed`` says whether amounts stand on the first line of a label or on its last, None that nothing shows it.
    """

    width: int
    limit: int
    offsets: frozenset[int]
    is_headed: bool | None

    def fits(self, upper: Row, lower: Row) -> bool:
        """Whether the first word of ``lower`` would have had room on ``upper``."""
        return _needed(upper, lower) <= self.width


def _needed(upper: Row, lower: Row) -> int:
    """The page position that ``upper`` would reach with the first word of ``lower``."""
    return upper.label_end + 1 + len(lower.label.split(maxsplit=1)[0])


def wrapping_of(rows: Sequence[tuple[Row, bool]], left: int) -> Wrapping:
    """How labels are wrapped, as the words that plainly go on show it.

    Each of ``rows`` comes with whether it bears amounts; the first of their columns begins at the page position ``left``.
    """
    offsets: Counter[int] = Counter()
    ends = [row.label_end for row, bears in rows if bears]
    needed: list[int] = []  # for the next words of lines, which had no room
    heads = tails = 0
    group: list[Row] = []
    is_closed = False  # whether a line of the group bears amounts: else it may be a caption, which has more room
    for row, bears in rows:
        is_worded = bool(row.label) and not row.is_rule
        if is_worded and group and not (is_closed and bears) and goes_on(group, row):
            group = [*group, row]
            new = pairwise(group) if bears else pairwise(group[-2:]) if is_closed else ()
            for upper, lower in new:
                offsets[lower.indent - group[0].indent] += 1
                needed.append(_needed(upper, lower))
                ends += [upper.label_end] if upper.label_end <= left else []
            heads, tails = heads + bears, tails + is_closed
            is_closed = is_closed or bears
        else:
            group, is_closed = [row] if is_worded else [], bears
    if not offsets:
        ends += [row.label_end for row, _ in rows if row.label_end <= left and not row.is_rule]
    usual = frozenset(by for by, times in offsets.items() if times >= _RARE * offsets.total())
    width = max(ends, default=0)
    return Wrapping(width, max(width, min(needed, default=0) - 1), usual, tails > heads if offsets else None)


def goes_on(rows: Sequence[Row], lower: Row) -> bool:
    """Whether the words of ``lower`` plainly go on where those of ``rows``, the lines of one label so far, leave off."""
    upper = rows[-1]
    if not upper.label or not lower.label:
        return False
    if sum(row.label.count("(") - row.label.count(")") for row in rows) > 0:
        return True
    if upper.label.endswith(":") or _is_outdented(rows, lower):
        return False
    end = upper.label.lower()
    return (
        lower.label[0].islower()
        or _OPEN_START.match(lower.label) is not None
        or _OPEN_END.search(end) is not None
        or (lower.label[0].isdecimal() and _MONTH_END.search(end) is not None)
    )


def continues(rows: Sequence[Row], lower: Row, after: Row | None, wrapping: Wrapping) -> bool:
    """Whether the words of ``lower`` go on where those of ``rows``, the lines of one label so far, leave off.

    ``after`` is the row below ``lower``.
    """
    upper, offset = rows[-1], lower.indent - rows[0].indent
    if goes_on(rows, lower):
        return True
    if not upper.label or not lower.label:
        return False
    if upper.label.endswith(":"):  # a caption, unless what follows can be no label of its own
        return _DETAIL.match(lower.label) is not None
    if _is_outdented(rows, lower) or wrapping.fits(upper, lower):
        return False
    if _CONTINUES.match(lower.label) and not _JOINT.match(lower.label):  # "(Unaudited)" under a caption does not
        return True
    if upper.label.isupper() is not lower.label.isupper():
        return False
    if _CAPTION_END.search(upper.label) and not _CLOSES.match(rows[0].label):
        return False
    if upper.label_end > wrapping.limit:  # a caption, which has more room than a label: no label was wrapped there
        return offset == 0 and not lower.tokens and not _COLUMNS.search(upper.label)
    if wrapping.offsets and offset not in wrapping.offsets:
        return False
    if offset <= 0:
        return offset in wrapping.offsets and not lower.label.endswith(":")
    return not (after and _are_alike(lower, after))


def _is_outdented(rows: Sequence[Row], lower: Row) -> bool:
    """Whether a row stands further left than the lines of a label do."""
    return lower.indent < min(rows[-1].indent - 1, rows[0].indent)


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
