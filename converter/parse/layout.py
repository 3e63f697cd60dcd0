"""A line of fixed-width text as a reader sees it: words at the left, numbers at columns of the page.

Positions on the page count from 0 after tabs are expanded to stops of eight; offsets point into the
document's text. The room below (amounts) says what a number is; this one says where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.parse.amounts import Token, tokens_of

if TYPE_CHECKING:
    from converter.model.source import TextLine

_TAB_STOP = 8
# A longer line is none of fixed-width text: what stands on it is left out of the layout.
LONGEST_LINE = 2000
# A line of leaders and rules only: ----, ====, ____, also broken into columns, and the escaped "- ----".
_RULE = re.compile(r"^[\s|$]*(?:[-=_—–*]{3}|-(?=\s-{3}))[-=_—–*\s|$]*$")
_MARKUP = re.compile(r"</?(?:TABLE|CAPTION|PAGE|S|C|FN|F\d+)>", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.",
)  # fmt: skip
_MONTH_REACH = 40
_SCALE = re.compile(r"000(?:,000)*")  # "$000" above a column, "USD '000" beside it: no amount is printed so
_LEADERS = re.compile(r"(?:\.\s?){2,}\.?\s*$|[.\s]{4,}$|\s+\.+\s*$")


class Row(NamedTuple):
    """A physical line of a table.

    ``text`` is the line with tabs expanded and markup blanked; ``tokens`` are the numbers of its
    trailing run, left to right; ``label`` are the words before them, from page position ``indent``
    to ``label_end``. ``is_data`` is true for a row with an amount: a number that is no year and no day of a month, a
    dash with a currency sign, or words with several dashes.
    """

    line: TextLine
    text: str
    tokens: tuple[Token, ...]
    label: str
    indent: int
    label_end: int
    is_data: bool
    offsets: tuple[int, ...] | None

    @property
    def is_blank(self) -> bool:
        """True where nothing stands on the line."""
        return not self.text.strip()

    @property
    def is_rule(self) -> bool:
        """True for a line of hyphens, equals signs or underscores."""
        return not self.tokens and _RULE.match(self.text) is not None

    def offset(self, position: int) -> int:
        """The offset into the document's text of the page position."""
        return self.line.start + (position if self.offsets is None else self.offsets[position])


def row_of(line: TextLine) -> Row:
    """Lay out one physical line; one that is longer than any page is wide is blank."""
    if len(line.text) > LONGEST_LINE:
        return Row(line, "", (), "", 0, 0, is_data=False, offsets=None)
    text, offsets = _expand(line.text)
    if "<" in text:
        text = _MARKUP.sub(lambda match: " " * len(match.group()), text)
    tokens = tokens_of(text)
    return with_tokens(line, text, tokens, offsets)


def with_tokens(line: TextLine, text: str, tokens: tuple[Token, ...], offsets: tuple[int, ...] | None) -> Row:
    """A row whose amounts are ``tokens``; what stands before the first of them is the label."""
    end = tokens[0].full_left if tokens else len(text)
    raw = text[:end].rstrip()
    if "." in raw[-6:]:
        words = raw.rstrip(". \t\xa0")  # leaders stand behind the words: a search through these would be long
        raw = words + _LEADERS.sub("", raw[len(words) :])
    raw = raw.rstrip(" |$")
    label = raw.strip(" |")
    indent = len(raw) - len(raw.lstrip(" |")) if label else end
    return Row(line, text, tokens, label, indent, len(raw), bool(tokens) and _has_amount(text, label, tokens), offsets)


def moved(token: Token, by: int) -> Token:
    """``token`` as many positions further right."""
    return token._replace(
        left=token.left + by,
        right=token.right + by,
        full_left=token.full_left + by,
        full_right=token.full_right + by,
    )


def _has_amount(text: str, label: str, tokens: tuple[Token, ...]) -> bool:
    if all(token.value is None for token in tokens):
        return any(token.currency for token in tokens) or (bool(label) and len(tokens) > 1)
    return any(
        token.value is not None
        and not token.is_year
        and not _SCALE.fullmatch(token.text)
        and not text[max(token.left - _MONTH_REACH, 0) : token.left].rstrip(" ,")[-10:].lower().endswith(_MONTHS)
        for token in tokens
    )


def _expand(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Tabs to spaces, and for each page position the index of the character it came from."""
    if "\t" not in text:
        return text, None
    expanded: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        if character == "\t":
            width = _TAB_STOP - len(expanded) % _TAB_STOP
            expanded.append(" " * width) if width == 1 else expanded.extend(" " * width)
            offsets.extend([index] * width)
        else:
            expanded.append(character)
            offsets.append(index)
    offsets.append(len(text))
    return "".join(expanded), tuple(offsets)
