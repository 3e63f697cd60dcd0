"""Dates the columns of a statement: from what stands above each, completed from the title and the neighbours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model.periods import Period
from converter.model.statement import Column, StatementKind
from converter.parse.periods import DATE, Hint, beside_period, date_parts, duration, is_iso, iso_period, read_hint
from converter.parse.recover import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE_GROUP = re.compile(r"\bconsolidated\b|\btotal\b", re.IGNORECASE)
# A column of a comparison, or of what did not happen, is of no period.
_NO_PERIOD = re.compile(
    r"%|\b(?:change|percent(?:age)?|variance|increase|decrease|growth|pro[\s-]forma)\b", re.IGNORECASE
)
# A quarter by its number is of the fiscal year, whose months a header does not tell.
_QUARTER = re.compile(r"\b(?:q[1-4]|[1-4]q)(?=\b|\d)", re.IGNORECASE)

_NOTES = re.compile(r"\W*(?:notes?|ref(?:erence)?s?)\W*", re.IGNORECASE)


def heading_of(kind: StatementKind, headers: Sequence[str], general: str) -> Heading:
    """What ``headers`` say; ``general`` is what the title and the words beside the headers say of all."""
    own = [read_hint(header) for header in headers]
    hints = _completed(own, general)
    borrowed = tuple(
        before.day is None and hint.day is not None and hint != _dates_by_year(general).get(hint.year)
        for before, hint in zip(own, hints, strict=True)
    )
    return Heading(kind, tuple(hints), borrowed, ("",) * len(hints))


def columns_of(headers: Sequence[str], heading: Heading) -> tuple[Column, ...]:
    """The columns under ``headers`` with the periods that ``heading`` tells."""
    made = []
    for header, hint, recovered in zip(headers, heading.hints, heading.recovered, strict=True):
        period = iso_period(header) if is_iso(header) else _period(heading.kind, hint, heading.hints)
        text = " ".join(header.split())
        if period is not None and _NO_PERIOD.search(text):
            period, reason = None, f"the column {text!r} compares, and is of no period"
        elif _NOTES.fullmatch(text):
            period, reason = None, f"the column {text!r} refers to notes, and is of no period"
        elif period is not None and _QUARTER.search(text) and read_hint(header).month is None:
            period, reason = None, f"the column {text!r} names a quarter without its last day"
        elif period is None:
            reason = f"no period can be read from the column header {text!r}" if text else "no period stands above it"
        elif recovered:
            reason = f"column header {text!r}, {recovered}"
        elif read_hint(header) == hint:
            reason = f"column header {text!r}"
        else:
            reason = f"column header {text!r}, completed from the title and the neighbouring columns"
        made.append(Column(header=text, period=period, reason=reason))
    return _one_of_each(made)


def _completed(hints: Sequence[Hint], general: str) -> list[Hint]:
    """What each header leaves open, taken from the title, and else from what its neighbours agree on."""
    common = read_hint(general)
    dates = _dates_by_year(general)
    lengths = {(hint.months, hint.weeks) for hint in hints if hint.months is not None}
    length = Hint(*lengths.pop()) if len(lengths) == 1 else Hint()
    day = Hint()
    for hint in hints:
        day = day.filled(Hint(None, None, hint.month, hint.day, None))
    return [
        hint.filled(dates.get(hint.year, Hint()) if hint.month is None else Hint())
        .filled(common)
        .filled(length)
        .filled(day)
        for hint in hints
    ]


def _dates_by_year(text: str) -> dict[int | None, Hint]:
    """The dates that a title lists, where each is of another year: columns that say only a year take theirs."""
    dates = []
    length = Hint()
    position = 0
    for match in DATE.finditer(text):
        said = read_hint(text[position : match.start()])
        length = said if said.months is not None else length
        dates.append(Hint(length.months, length.weeks, *date_parts(match)))
        position = match.end()
    return {date.year: date for date in dates} if len({date.year for date in dates}) == len(dates) > 1 else {}


def _period(kind: StatementKind, hint: Hint, neighbours: Sequence[Hint]) -> Period | None:
    end = hint.end()
    if kind is StatementKind.BALANCE_SHEET:
        return Period(end) if end else None
    before = [
        other_end
        for other in neighbours
        if other.months == hint.months and (other_end := other.end()) and end and other_end < end
    ]
    return duration(hint, max(before, default=None))


def _one_of_each(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns of one period are of the parts of a whole: entities, segments. Each is named by its header.

    The one whose header says that it is the whole, or says nothing beside the period where all others do, is of no
    part. Columns that cannot be told apart lose the period.
    """
    count = Counter(column.period for column in columns)
    parts = {index: beside_period(column.header) for index, column in enumerate(columns) if count[column.period] > 1}
    named = Counter((columns[index].period, part) for index, part in parts.items())
    wholes = Counter(columns[index].period for index, part in parts.items() if not part or _WHOLE_GROUP.search(part))
    made = []
    for index, column in enumerate(columns):
        part = parts.get(index)
        if part is None or column.period is None:
            made.append(column)
        elif named[column.period, part] > 1:
            reason = f"{count[column.period]} columns would be of {column.period}: nothing tells them apart"
            made.append(replace(column, period=None, reason=reason))
        elif wholes[column.period] == 1 and (not part or _WHOLE_GROUP.search(part)):
            made.append(column)
        else:
            made.append(
                replace(column, part=part or "Other", reason=f"{column.reason}; the column is of a part of the whole")
            )
    return tuple(made)
