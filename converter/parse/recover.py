"""What a header leaves open, recovered from the other statements of the document; the reason names where from.

A statement may print a date without a length, a year without a date, or the day of another year: the
statements around it tell the same periods in full.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import StatementKind
from converter.parse.periods import DATE, Hint, date_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from converter.model.source import Document

    _Lengths: TypeAlias = Mapping[date | None, set[tuple[int | None, int | None]]]

# A year of 52 or 53 weeks ends this near to the day on which the year before ended.
_DRIFT = timedelta(days=8)
_EARLY = 2  # a fiscal year that ends by this month is named after the year before
_YEAR_ENDED = rf"\byears? (?:ended|ending) {DATE.pattern}"


class Heading(NamedTuple):
    """What the header of a statement says of its columns, and what was recovered for each, in words."""

    kind: StatementKind
    hints: tuple[Hint, ...]
    borrowed: tuple[bool, ...]  # whether the day of a column was taken from another column's date
    recovered: tuple[str, ...]

    @property
    def days(self) -> Iterable[tuple[Hint, bool]]:
        """Each column's hint, and whether its day was taken from another column."""
        return zip(self.hints, self.borrowed, strict=True)


def recover(headings: Sequence[Heading], document: Document) -> list[Heading]:
    """``headings`` with what can be told of their gaps."""
    known: Mapping[int | None, Hint] = {
        hint.year: hint for heading in headings for hint in heading.hints if hint.month is not None
    }
    ends = _stated_lengths(headings)
    if not known and any(hint.year is not None for heading in headings for hint in heading.hints):
        known = _year_end(headings, document.text)
    found = [_lengths(_dates(_of_fiscal_years(heading, known), known), ends) for heading in headings]
    if any(_is_doubtful(hint, is_borrowed) for heading in found for hint, is_borrowed in heading.days):
        stated = _stated_dates(document.text)
        found = [_days(heading, stated) for heading in found]
    return found


def _dates(heading: Heading, known: Mapping[int | None, Hint]) -> Heading:
    """A year alone: the month and day that another statement states for it, as ``known`` tells."""
    return _changed(
        heading,
        (
            hint._replace(month=known[hint.year].month, day=known[hint.year].day)
            if hint.month is None and hint.year is not None and hint.year in known
            else hint
            for hint in heading.hints
        ),
        "the date from another statement",
    )


def _of_fiscal_years(heading: Heading, known: Mapping[int | None, Hint]) -> Heading:
    """Years alone, the last of which is the one before the last balance: a year that ends in January bears the name
    of the year in which it began.
    """
    years = [hint.year for hint in heading.hints if hint.year is not None]
    latest = max((year for year in known if year is not None), default=0)
    if not years or any(hint.month is not None for hint in heading.hints) or max(years) != latest - 1:
        return heading
    last = known[latest]
    if last.month is None or last.month > _EARLY:
        return heading
    return _changed(
        heading,
        (
            hint
            if hint.year is None
            else known.get(hint.year + 1, last)._replace(year=hint.year + 1, months=hint.months)
            for hint in heading.hints
        ),
        "the date from another statement, where the fiscal year ends",
    )


def _year_end(headings: Sequence[Heading], text: str) -> Mapping[int | None, Hint]:
    """The day on which the fiscal year ends, as the text states it, in each year that a heading names."""
    ends = re.finditer(_YEAR_ENDED, text, DATE.flags)
    days = {hint.year: hint for match in ends if (hint := _hint_of(match[0])).year is not None}
    years = {hint.year for heading in headings for hint in heading.hints if hint.year is not None}
    latest = days.get(max(years))
    return {year: days.get(year, latest._replace(year=year)) for year in years} if latest else {}


def _hint_of(text: str) -> Hint:
    match = DATE.search(text)
    return Hint(None, None, *date_parts(match)) if match else Hint()


def _stated_lengths(headings: Sequence[Heading]) -> _Lengths:
    """The lengths, months and weeks, that the headings state for each end."""
    ends: dict[date | None, set[tuple[int | None, int | None]]] = {}
    for heading in headings:
        for hint in heading.hints:
            if hint.months is not None and heading.kind is not StatementKind.BALANCE_SHEET:
                ends.setdefault(hint.end(), set()).add((hint.months, hint.weeks))
    return ends


def _lengths(heading: Heading, ends: _Lengths) -> Heading:
    """A date without a length: the length that the other statements agree on for it; a run of years, years."""
    if heading.kind is StatementKind.BALANCE_SHEET or all(hint.months is not None for hint in heading.hints):
        return heading
    told = _changed(
        heading,
        (
            Hint(*next(iter(ends[hint.end()])), hint.month, hint.day, hint.year)
            if hint.months is None
            and hint.start is None
            and hint.end() is not None
            and len(ends.get(hint.end(), ())) == 1
            else hint
            for hint in heading.hints
        ),
        "the length from another statement",
    )
    if any(hint.months is not None or hint.start is not None for hint in told.hints) or not _are_years(told.hints):
        return told
    return _changed(told, (hint._replace(months=12) for hint in told.hints), "columns of successive years")


def _are_years(hints: Sequence[Hint]) -> bool:
    years = [hint.year for hint in hints if hint.year is not None]
    steps = {abs(after - before) for before, after in itertools.pairwise(years)}
    return len(years) == len(hints) >= 3 and steps == {1}


def _days(heading: Heading, stated: Counter[date]) -> Heading:
    """A day taken from another year: the day that the text states near it."""
    hints = []
    for hint, is_borrowed in heading.days:
        end = hint.end()
        if end is not None and end not in stated and _is_doubtful(hint, is_borrowed):
            near = [day for day in stated if abs(day - end) <= _DRIFT]
            if near:
                day = max(near, key=lambda day: (stated[day], day))
                hint = hint._replace(month=day.month, day=day.day, year=day.year)  # noqa: PLW2901 - the settled hint
        hints.append(hint)
    return _changed(heading, hints, "the day that the text states")


def _is_doubtful(hint: Hint, is_borrowed: bool) -> bool:
    """Whether the day may be another: one taken from another year, unless it is the month's last."""
    end = hint.end()
    return is_borrowed and end is not None and (end + timedelta(days=1)).day != 1


def _stated_dates(text: str) -> Counter[date]:
    ends = (Hint(None, None, *date_parts(match)).end() for match in DATE.finditer(text) if match["year"])
    return Counter(end for end in ends if end is not None)


def _changed(heading: Heading, hints: Iterable[Hint], source: str) -> Heading:
    made = tuple(hints)
    recovered = tuple(
        said if new == old else ", ".join(filter(None, (said, source)))
        for said, new, old in zip(heading.recovered, made, heading.hints, strict=True)
    )
    return heading._replace(hints=made, recovered=recovered)
