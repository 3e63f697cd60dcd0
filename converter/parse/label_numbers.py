"""Numbers inside labels: what each counts, in what scale, and of what date.

"Receivables, less allowance of $97 ($91 at September 30, 1994)", "less allowance: $163 in 1994 and $149 in 1993",
"shares outstanding: 1997, 7,410; 1996, 7,280", "10,000 shares issued and outstanding", "$214 million", "net of tax of $1,
$(11) and $4", "none issued".
"""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.model.periods import Period
from converter.model.statement import Measure
from converter.parse.amounts import LONGEST_NUMBER, NUMBER, parse_number
from converter.parse.label_words import JOINED, NONE, YEAR_BEFORE, is_negative, measure_in, words_for_none
from converter.parse.periods import DATE, LENGTH, YEAR, Hint, date_parts, read_hint

if TYPE_CHECKING:
    from collections.abc import Sequence


class LabelNumber(NamedTuple):
    """A number inside a label at ``start:end`` of it, or a word that says that there is none.

    ``negative`` is whether brackets of its own make it so; ``measure`` is what it counts, ``before`` and ``after`` are
    the words around it; ``scale`` is its power of ten where the label itself states one; ``period`` is its date or its
    column's period where the label tells it.
    """

    text: str
    start: int
    end: int
    negative: bool
    measure: Measure
    before: str
    after: str
    scale: int | None
    period: Period | None

    @property
    def value(self) -> Decimal:
        """The number as printed, with the sign that brackets give it; zero of a word that says that there is none."""
        if not self.text[-1].isdigit():
            return Decimal(0)
        return -parse_number(self.text) if self.negative else parse_number(self.text)


class _When(NamedTuple):
    """A date or a year that stands at ``start:end`` of a label, and the period that it means, if any column has it."""

    start: int
    end: int
    period: Period | None


_DIGIT = re.compile(r"\d")
_LONGEST_LABEL = 4000  # what is longer is no label, and would be searched for long
# A number that a fraction follows, as of a price or a par value in thirds, is none that a decimal can hold.
_NUMBER = re.compile(rf"(?<![\w.,/-])(?:{NUMBER})(?!\w|-\w|[.,]\d|\s\d+/\d|/\d)")
_POWER = re.compile(r"\s*(thousand|million|billion)\b", re.IGNORECASE)
_YEAR = re.compile(YEAR)
_YEAR_LENGTH = 4
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_NOTHING = Measure.PERCENT  # of a number that is no amount
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_BETWEEN_YEAR = re.compile(
    r"\s*(?:thousand|million|billion)?\s*(?:shares?|units?)?\s*(?:\bin\b|\bat\b|\bfor\b|\bduring\b|[-–—,:(])\s*",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(r"\s*[:–—-]\s*\$?\s*")
_LENGTH_AFTER = re.compile(rf"[\s)]*(?:(?:thousand|million|billion)\s+)?for the (?:{LENGTH.pattern})", re.IGNORECASE)
_DAYS_OF_A_MONTH = 30.4
_INTO_A_YEAR = timedelta(days=10)  # a year of whole weeks may end so late


def numbers_in(label: str, columns: Sequence[Period | None]) -> tuple[LabelNumber, ...]:
    """The amounts inside ``label``; dates, years, note numbers, fractions and names are none.

    ``columns`` are the periods of the columns. A number's date is, in this order: the date behind it in its clause
    and its brackets; the year behind it or before it; of a series of numbers with as many years behind it, or as
    many as there are columns and "respectively", the one at its place.
    """
    if len(label) > _LONGEST_LABEL or not (_DIGIT.search(label) or NONE.search(label)):
        return ()
    dates = _dates(label, columns)
    found = sorted(
        (
            match
            for match in (*_NUMBER.finditer(label), *words_for_none(label))
            if len(match.group()) <= LONGEST_NUMBER and not any(day.start <= match.start() < day.end for day in dates)
        ),
        key=lambda match: match.start(),
    )
    inside: list[LabelNumber] = []
    for index, match in enumerate(found):
        before = label[found[index - 1].end() if index else 0 : match.start()]
        after = label[match.end() : found[index + 1].start() if index + 1 < len(found) else len(label)]
        period = _of_length(label, match.end(), columns) or _stated(label, match, dates)
        if NONE.fullmatch(match.group()):
            inside.append(LabelNumber(match.group(), *match.span(), False, Measure.SHARES, before, after, 0, period))
            continue
        measure = measure_in(before, after, label[match.end() :], inside[-1].measure if inside else None)
        power = _POWER.match(after)
        scale = _POWERS[power[1].lower()] if power else None
        negative = measure is Measure.MONEY and is_negative(before, after, bool(inside))
        inside.append(
            LabelNumber(match.group(), *match.span(), negative, measure or _NOTHING, before, after, scale, period)
        )
    return tuple([number for number in _in_turn(label, inside, columns, dates) if number.measure is not _NOTHING])


def _dates(label: str, columns: Sequence[Period | None]) -> list[_When]:
    ends = {period.end: period for period in columns if period is not None}
    years = {end.year: period for end, period in ends.items()}
    if len(years) < len(ends):  # two ends in one year: that in its first days is of the year before
        years = {(end - _INTO_A_YEAR).year: period for end, period in ends.items()}
    if len(years) < len(ends):
        years = {}
    found = []
    for match in DATE.finditer(label):
        day = Hint(None, None, *date_parts(match)).end()
        found.append(_When(*match.span(), None if day is None else ends.get(day, Period(day))))
    for match in _YEAR.finditer(label):
        if not any(day.start <= match.start() < day.end for day in found):
            found.append(_When(*match.span(), years.get(int(match.group()))))
    return sorted(found)


def _stated(label: str, match: re.Match[str], dates: Sequence[_When]) -> Period | None:
    """The period that the label states for one number."""
    clause = label.find(";", match.end())
    clause = len(label) if clause < 0 else clause
    for day in dates:
        is_year = day.end - day.start == _YEAR_LENGTH
        if day.start < match.end():
            gap = label[day.end : match.start()] if day.end <= match.start() else "?"
            if (YEAR_BEFORE if is_year else _DATE_BEFORE).fullmatch(gap):
                return day.period
            continue
        between = label[match.end() : day.start]
        if day.start > clause or between.count("(") > between.count(")"):  # the brackets speak of another number
            return None
        if is_year and not _BETWEEN_YEAR.fullmatch(between):
            return None
        return day.period
    return None


def _of_length(label: str, end: int, columns: Sequence[Period | None]) -> Period | None:
    """The column that "$6 for the three months and $9 for the six months in 2004" means for the number at ``end``."""
    length = _LENGTH_AFTER.match(label, end)
    year = _YEAR.search(label, length.end()) if length else None
    if length is None or year is None:
        return None
    months = read_hint(length.group()).months
    of_length = [period for period in columns if period and round(period.days / _DAYS_OF_A_MONTH) == months]
    return next((period for period in of_length if period.end.year == int(year.group())), None)


def _in_turn(
    label: str, numbers: Sequence[LabelNumber], columns: Sequence[Period | None], dates: Sequence[_When]
) -> list[LabelNumber]:
    """Numbers parted only by "and" or a comma are one series: of one thing, with one period for each."""
    placed: list[LabelNumber] = []
    index = 0
    while index < len(numbers):
        end = index + 1
        while end < len(numbers) and JOINED.fullmatch(numbers[end].before) and numbers[end].text[0].isdigit():
            end += 1
        series = list(numbers[index:end])
        periods = _periods_of(label, series, columns, dates)
        scale = next((number.scale for number in reversed(series) if number.scale is not None), None)
        measure = next((number.measure for number in reversed(series) if number.measure is not _NOTHING), _NOTHING)
        for at, number in enumerate(series):
            placed.append(
                number._replace(
                    before=series[0].before if len(series) > 1 else number.before,
                    after=series[-1].after if len(series) > 1 else number.after,
                    measure=measure if number.measure is _NOTHING else number.measure,
                    scale=scale if number.scale is None else number.scale,
                    period=periods[at] if periods else number.period,
                )
            )
        index = end
    return placed


def _periods_of(
    label: str, series: Sequence[LabelNumber], columns: Sequence[Period | None], dates: Sequence[_When]
) -> Sequence[Period | None] | None:
    """The periods of a series: the dates listed behind it, else the columns in turn; None for a single number."""
    if len(series) < 2:
        return None
    behind = [day for day in dates if day.start >= series[-1].end][: len(series)]
    listed = len(behind) == len(series) and all(
        JOINED.fullmatch(label[one.end : other.start]) for one, other in itertools.pairwise(behind)
    )
    if listed:
        return [day.period for day in behind]
    is_told = _RESPECTIVELY.search(label) or not any(number.period for number in series)
    return columns if is_told and len(series) == len(columns) else None
