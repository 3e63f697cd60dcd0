"""Labels: which physical lines make up one, and which numbers and dates stand inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from converter.model.periods import Period
from converter.model.statement import Measure
from converter.parse.amounts import LONGEST_NUMBER, NUMBER
from converter.parse.periods import DATE, YEAR, Hint, date_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.parse.layout import Row

# Words that a label does not end with.
_OPEN_END = re.compile(
    r"(?:[,;(&/—–-]|\b(?:and|or|of|for|in|to|from|on|by|with|the|a|an|at|less|than|other than|per|as|its|including"
    r"|discontinued|continuing|operating|investing|financing|intangible|marketable|comprehensive|cumulative|convertible|unearned))$",
    re.IGNORECASE,
)
_DETAIL = re.compile(r"\$?\d|(?:authorized|issued|par value|outstanding)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_CONTINUES = re.compile(r"[a-z$(\d&]")


def continues(rows: Sequence[Row], lower: Row, width: int) -> bool:
    """Whether the words of ``lower`` go on where those of ``rows``, the lines of one label so far, leave off.

    ``width`` is the page position that no label reaches beyond: a line was wrapped where the next
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
    if _OPEN_END.search(upper.label):
        return True
    first = _WORD.search(lower.label)
    fits = first is not None and upper.label_end + 1 + len(first.group()) <= width
    if _CONTINUES.match(lower.label):
        # "(Unaudited)" under a caption is no continuation of it, "and diluted" is.
        return not fits or lower.label[0].islower()
    if fits:
        return False
    return lower.indent > rows[0].indent


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


@dataclass(frozen=True, slots=True)
class LabelNumber:
    """A number inside a label at ``start:end`` of it, what it counts, the words around it, and its date."""

    text: str
    start: int
    end: int
    measure: Measure
    before: str
    after: str
    period: Period | None


_DIGIT = re.compile(r"\d")
_LONGEST_LABEL = 4000  # what is longer is no label, and would be searched for long
_NUMBER = re.compile(rf"(?<![\w.,/-])(?:{NUMBER})(?!\w|-\w|[.,]\d)")
_PAR = re.compile(r"\b(?:par|stated|nominal)\b")
_SHARES = re.compile(r"\b(?:shares?|units?|authorized|issued|outstanding)\b")
_MONEY = re.compile(
    r"\b(?:allowances?|reserves?|depreciation|amortization|tax(?:es)?|discounts?|cost|value)\b[\w\s,]*\bof$"
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def numbers_in(label: str, column_periods: Sequence[Period | None]) -> tuple[LabelNumber, ...]:
    """The amounts inside ``label``; dates, years, note numbers and names are none.

    A number takes the date that its clause states behind it; where the label says "respectively",
    numbers that follow one another take the periods of the columns in turn.
    """
    if not _DIGIT.search(label) or len(label) > _LONGEST_LABEL:
        return ()
    dates = [(match.start(), match.end(), _instant(match)) for match in DATE.finditer(label)]
    dates += [
        (match.start(), match.end(), None)
        for match in re.finditer(YEAR, label)
        if not any(start <= match.start() < end for start, end, _ in dates)
    ]
    dates.sort(key=lambda span: span[0])
    found = [
        match
        for match in _NUMBER.finditer(label)
        if len(match.group()) <= LONGEST_NUMBER and not any(start <= match.start() < end for start, end, _ in dates)
    ]
    numbers = []
    for index, match in enumerate(found):
        before = label[found[index - 1].end() if index else 0 : match.start()]
        after = label[match.end() : found[index + 1].start() if index + 1 < len(found) else len(label)]
        measure = _measure(before, after, label[match.end() :])
        if measure is not None:
            period = _stated_date(label, match.end(), dates)
            numbers.append(LabelNumber(match.group(), *match.span(), measure, before, after, period))
    if _RESPECTIVELY.search(label):
        return _in_turn(numbers, column_periods)
    return tuple(numbers)


def _instant(match: re.Match[str]) -> Period | None:
    end = Hint(None, None, *date_parts(match)).end()
    return Period(end) if end else None


def _measure(before: str, after: str, rest: str) -> Measure | None:
    near_before = before.lower().rstrip(" $")
    near_after = after.lower().lstrip()
    if near_after.startswith("%"):
        return None
    if _PAR.search(near_after[:14]) or re.search(r"\b(?:par|stated|nominal) value(?: of)?,?$", near_before):
        return Measure.PER_SHARE
    if before.endswith(("$", "$ ")):
        return Measure.MONEY
    if re.match(r"(?:common |preferred |treasury )?(?:shares?|units?)\b", near_after):
        return Measure.SHARES
    if re.search(r"\b(?:shares?|authorized|issued|outstanding|and|,)[\s:,-]*$", near_before) and _SHARES.search(
        f"{near_before} {rest.lower()}"
    ):
        return Measure.SHARES
    return Measure.MONEY if _MONEY.search(near_before) else None


def _stated_date(label: str, end: int, dates: Sequence[tuple[int, int, Period | None]]) -> Period | None:
    clause_end = label.find(";", end)
    for start, _, period in dates:
        if start >= end:
            return period if clause_end < 0 or start < clause_end else None
    return None


def _in_turn(numbers: Sequence[LabelNumber], periods: Sequence[Period | None]) -> tuple[LabelNumber, ...]:
    """Numbers parted only by "and" or a comma are one series, one number for each column."""
    placed: list[LabelNumber] = []
    index = 0
    while index < len(numbers):
        end = index + 1
        while end < len(numbers) and re.fullmatch(r"[\s$]*(?:and|,|,\s*and)[\s$]*", numbers[end].before):
            end += 1
        series = numbers[index:end]
        if len(series) == len(periods) > 1:
            measure = Measure.SHARES if any(n.measure is Measure.SHARES for n in series) else series[0].measure
            placed += [
                LabelNumber(n.text, n.start, n.end, measure, series[0].before, series[-1].after, period)
                for n, period in zip(series, periods, strict=True)
            ]
        else:
            placed += series
        index = end
    return tuple(placed)
