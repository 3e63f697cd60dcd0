"""Periods as column headers and titles state them: lengths, months, days and years, together or in pieces."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from converter.model.periods import Period

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_ANY_YEAR = r"(?:19[5-9]\d|20[0-4]\d)(?![\d,]\d|\.\d)(?!\d)"
YEAR = rf"(?<![\d,.$/-]){_ANY_YEAR}"

DATE = re.compile(
    rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?!\d)(?:\s*(?:,\s*)?(?P<year>{_ANY_YEAR}))?"
    rf"|\b(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH}),?\s+(?P<year2>{YEAR})"
    rf"|\b(?P<month3>\d{{1,2}})[/-](?P<day3>\d{{1,2}})[/-](?P<year3>\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH})(?:\s*,)?\s+(?P<year>{YEAR})|(?:\b(?:ended|ending|of|at)\s+(?P<named>{_MONTH})(?!\s*\d)|\b(?P<only>{_MONTH})(?=\s*$))",
    re.IGNORECASE,
)
_YEAR = re.compile(YEAR)
_ANY_MONTH = re.compile(rf"\b{_MONTH}", re.IGNORECASE)
# Words of a header that speak of the period, of the numbers or of the page, and so of no part.
_BESIDE = re.compile(
    r"\b(?:for the|for|the|as (?:of|at)|at|and|fiscal|calendar|years?|months?|weeks?|quarters?|periods?|end(?:ed|ing)"
    r"|restated|audited|unaudited|continued|in (?:millions|thousands)|notes?)\b|[()*$:;.,]|\b\d{1,2}\b|[-_=]{2,}",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:from|since|inception|commencement|beginning)\b", re.IGNORECASE)
_UNTIL = re.compile(r"[\s,]*(?:\([^()]{0,60}\)?|\))?[\s,]*(?:to|through|thru|until|[-–—])\s*", re.IGNORECASE)
_YEARS = range(1900, 2101)  # that a date in digits can be of

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16, "twenty-four": 24, "twenty-six": 26,
    "twenty-eight": 28, "thirty-six": 36, "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
LENGTH = re.compile(
    rf"\b(?P<count>{'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,2}})[\s-]+(?P<unit>months?|weeks?|quarters)\b"
    r"|\b(?P<quarter>quarters?|quarterly)\b|\b(?P<half>half[\s-]year)\b"
    r"|\b(?P<year>(?:fiscal |calendar )?years?)[\s-]+(?:then )?(?:end(?:ed|ing)|to date)|\b(?P<fiscal>fiscal years?|annual|fy(?= ?\d))(?:\b|(?<=fy))",
    re.IGNORECASE,
)
_MONTHS_OF_WEEKS = {
    12: 3,
    13: 3,
    14: 3,
    16: 4,
    24: 6,
    26: 6,
    27: 6,
    28: 6,
    36: 9,
    39: 9,
    40: 9,
    52: 12,
    53: 12,
}
# A fiscal period that does not end with its month is one of whole weeks, near the month's end.
_WEEKS_OF_MONTHS = {1: 4, 3: 13, 6: 26, 9: 39, 12: 52}
_NEAR_MONTH_END = 8


class Hint(NamedTuple):
    """What a piece of text says of a period; None where it is silent. ``weeks`` is set where it counts in weeks.

    ``start`` is the first day where the text names it instead of a length.
    """

    months: int | None = None
    weeks: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    start: date | None = None

    def filled(self, other: Hint) -> Hint:
        """This hint, with what it is silent about taken from ``other``; a length or a date is taken whole."""
        filled = self
        if self.months is None and self.start is None:
            filled = filled._replace(months=other.months, weeks=other.weeks, start=other.start)
        if self.month is None:
            filled = filled._replace(month=other.month, day=other.day)
        if self.year is None:
            filled = filled._replace(year=other.year)
        return filled

    def end(self) -> date | None:
        """The last day, where month and year are known; the month's last where the day is not."""
        if self.month is None or self.year is None:
            return None
        last = monthrange(self.year, self.month)[1]
        return date(self.year, self.month, min(self.day or last, last))


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    return _MONTH_NUMBERS[name[:3].lower()]


_DAY = r"\d{4}-\d\d-\d\d"
_ISO = re.compile(rf"\s*(?P<first>{_DAY})(?:\s*(?:/|\bto\b|\s-\s|[–—])\s*(?P<last>{_DAY}))?\s*")


def is_iso(text: str) -> bool:
    """Whether ``text`` is written in the notation of ISO 8601, be it a day of the calendar or not."""
    return _ISO.fullmatch(text) is not None


def iso_period(text: str) -> Period | None:
    """The period that ``text`` is in the notation of ISO 8601: ``2003-09-30``, or ``2003-07-01/2003-09-30``."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        first = date.fromisoformat(match["first"])
        return Period(date.fromisoformat(match["last"]), first) if match["last"] else Period(first)
    except ValueError:  # no day of the calendar, or an end before its start
        return None


def _iso_hint(period: Period) -> Hint:
    """What the period says, as if in words; a length that is no whole months is left open."""
    months = None
    if period.start is not None:
        whole = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        months = whole if _months_before(period.end, whole) + timedelta(days=1) == period.start else None
    return Hint(months, None, period.end.month, period.end.day, period.end.year)


@lru_cache(maxsize=1024)  # a header is read for its column, for its neighbours and for the statements around
def read_hint(text: str) -> Hint:
    """What ``text`` says: the first length, the first date, and the year that stands beside or alone."""
    stated = iso_period(text)
    if stated is not None:
        return _iso_hint(stated)
    months = weeks = None
    match = LENGTH.search(text)
    if match:
        months, weeks = _length(match)
    else:
        dates = _first_and_last(text)
        if dates is not None:
            first, last = dates
            return Hint(None, None, last.month, last.day, last.year, first)
    month, day, year = read_date(text)
    return Hint(months, weeks, month, day, year)


def _first_and_last(text: str) -> tuple[date, date] | None:
    """The days of "from June 3, 1996 (inception) to December 31, 1999", where nothing stands before that."""
    dates = list(DATE.finditer(text))[:2]
    if len(dates) < 2:
        return None
    first, last = dates
    if not _SINCE.search(text[: first.start()]) or not _UNTIL.fullmatch(text[first.end() : last.start()]):
        return None
    month, day, year = date_parts(last)
    if year is None and (alone := _YEAR.search(text, last.end())):
        year = int(alone.group())
    end = Hint(None, None, month, day, year).end()
    month, day, year_of_first = date_parts(first)
    start = Hint(None, None, month, day, year_of_first or year).end()
    return (start, end) if start is not None and end is not None and start < end else None


def beside_period(text: str) -> str:
    """What a header says beside the period: the name of the part that a column is of, or nothing."""
    for pattern in (DATE, LENGTH, _YEAR, _ANY_MONTH, _BESIDE):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _length(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["count"]:
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        if not count:
            return None, None
        if match["unit"].lower().startswith("quarter"):
            return (3 * count, None) if count <= 4 else (3, None)
        if match["unit"].lower().startswith("week"):
            return _MONTHS_OF_WEEKS.get(count), count
        return count, None
    if match["quarter"]:
        return 3, None
    return (6, None) if match["half"] else (12, None)


def read_date(text: str) -> tuple[int | None, int | None, int | None]:
    """Month, day and year of the first date in ``text``, as far as it has them."""
    match = DATE.search(text)
    if match:
        month, day, year = date_parts(match)
        if year is None and (alone := _YEAR.search(text, match.end()) or _YEAR.search(text)):
            year = int(alone.group())
        return month, day, year
    match = _MONTH_YEAR.search(text)
    if match:
        return (
            month_number(match["month"] or match["named"] or match["only"]),
            None,
            int(match["year"]) if match["year"] else None,
        )
    alone = _YEAR.search(text)
    return None, None, int(alone.group()) if alone else None


def date_parts(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Month, day and year of a match of ``DATE``; month and day None where they are no date."""
    if match["month3"]:
        month, day = int(match["month3"]), int(match["day3"])
        year = int(match["year3"])
        if year < 100:
            year += 1900 if year >= 50 else 2000
        return (month, day, year) if 1 <= month <= 12 and 1 <= day <= 31 and year in _YEARS else (None, None, None)
    day = int(match["day"] or match["day2"])
    year_text = match["year"] or match["year2"]
    if not 1 <= day <= 31:
        return None, None, None
    return month_number(match["month"] or match["month2"]), day, int(year_text) if year_text else None


def duration(hint: Hint, previous_end: date | None = None) -> Period | None:
    """The duration that ``hint`` describes.

    ``previous_end`` is the end of the period of the same length a year before, where a neighbour
    states it: it tells a fiscal year of 53 weeks from one of 52.
    """
    end = hint.end()
    if end is not None and hint.start is not None and hint.start <= end:
        return Period(end, hint.start)
    if end is None or hint.months is None:
        return None
    if hint.weeks is not None and hint.weeks < 52:
        return Period(end, end - timedelta(weeks=hint.weeks) + timedelta(days=1))
    if previous_end is not None and hint.months == 12 and 350 <= (end - previous_end).days <= 380:
        return Period(end, previous_end + timedelta(days=1))
    month_end = monthrange(end.year, end.month)[1]
    if end.day == month_end:
        return Period(end, _months_before(end, hint.months) + timedelta(days=1))
    near = min(month_end - end.day, end.day) <= _NEAR_MONTH_END
    weeks = hint.weeks or (_WEEKS_OF_MONTHS.get(hint.months) if near else None)
    if weeks is not None:
        return Period(end, end - timedelta(weeks=weeks) + timedelta(days=1))
    return Period(end, _months_before(end, hint.months) + timedelta(days=1))


def _months_before(end: date, months: int) -> date:
    """The day ``months`` before ``end``: a month's end stays one."""
    index = end.year * 12 + end.month - 1 - months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    is_month_end = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if is_month_end else min(end.day, last))
