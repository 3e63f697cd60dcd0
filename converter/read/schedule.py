"""Financial data schedules (EX-27): a tag and its value on each line, for one period or for several in columns."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.model.source import Schedule, ScheduleValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model.source import Document

_LINE = re.compile(r"^[ \t]*<(?P<tag>/?[A-Z][A-Z0-9&-]*)>(?P<rest>[^\n]*)", re.MULTILINE)
_NOTE = re.compile(r"<[^<>\n]*>")
_WORD = re.compile(r"[^\s$]+")
_NUMBER = re.compile(r"\(?-?(?:\d[\d,]{0,30}(?:\.\d{0,10})?|\.\d{1,10})\)?", re.ASCII)
_DATE = re.compile(r"(?P<month>[A-Z]{3})[A-Z]*-(?P<day>\d{1,2})-(?P<year>\d{4}|\d{2})", re.IGNORECASE | re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS_LONG = re.compile(r"(?P<count>\d{1,2})-?MO", re.IGNORECASE | re.ASCII)
_ABOUT = frozenset({"ARTICLE", "MULTIPLIER", "PERIOD-TYPE", "PERIOD-START", "PERIOD-END", "FISCAL-YEAR-END"})
_NO_VALUES = frozenset(
    {"S", "C", "TABLE", "CAPTION", "PAGE", "LEGEND", "NAME", "CIK", "NUMBER", "RESTATED", "CURRENCY", "EXCHANGE-RATE",
     "BOOK-VALUE", "SERIES", "TITLE", "TEXT", "TYPE", "SEQUENCE", "DESCRIPTION"}
)  # fmt: skip
# Amounts per share and ratios are stated as they are, whatever the multiplier.
_AS_THEY_ARE = re.compile(r"EPS-.*|.*PER-SHARE.*|.*RATIO|YIELD-.*")


class _Word(NamedTuple):
    """A word of a line, one for each column, and the offset at which it stands."""

    text: str
    start: int


class _Row(NamedTuple):
    tag: str
    words: tuple[_Word, ...]


def schedules_of(document: Document, start: int, end: int) -> tuple[Schedule, ...]:
    """The schedules that stand at ``start:end`` of ``document``: one for each column that has values."""
    rows = list(_rows(document.text, start, end))
    about: dict[str, tuple[_Word, ...]] = {}
    for row in rows:
        if row.tag in _ABOUT:
            about.setdefault(row.tag, row.words)
    columns = max(1, *(len(about.get(tag, ())) for tag in ("PERIOD-TYPE", "PERIOD-END")))
    found = (_column(document, rows, about, at if columns > 1 else None) for at in range(columns))
    return tuple(schedule for schedule in found if schedule.values)


def _rows(text: str, start: int, end: int) -> Iterator[_Row]:
    is_legend = False
    for match in _LINE.finditer(text, start, end):
        tag = match["tag"].upper()
        if tag == "FN":
            return
        if "LEGEND" in tag:
            is_legend = tag == "LEGEND" and "</LEGEND>" not in match["rest"].upper()
            continue
        if tag in _ABOUT:  # a legend may be left open
            is_legend = False
        if is_legend or tag in _NO_VALUES or tag.startswith("/"):
            continue
        rest = _NOTE.sub(lambda note: " " * len(note.group()), match["rest"])
        yield _Row(tag, tuple(_Word(w.group(), match.start("rest") + w.start()) for w in _WORD.finditer(rest)))


def _column(
    document: Document, rows: Sequence[_Row], about: dict[str, tuple[_Word, ...]], column: int | None
) -> Schedule:
    """The schedule in ``column``; None is the only one, whose values are the first numbers of their lines."""

    def said(tag: str) -> str:
        words = about.get(tag, ())
        at = column or 0
        return words[at].text if at < len(words) else ""

    multiplier = _multiplier(about.get("MULTIPLIER", ()))
    values = []
    for row in rows:
        word = _chosen(row.words, column)
        if row.tag not in _ABOUT and word is not None:
            power = Decimal(1) if _AS_THEY_ARE.fullmatch(row.tag) else multiplier
            printed = _value(word.text)
            unit = power.scaleb(-len(word.text.rstrip(")").partition(".")[2]))
            place = document.place(word.start, word.start + len(word.text))
            values.append(ScheduleValue(row.tag, printed * power, unit, place))
    period_type = said("PERIOD-TYPE")
    year_end = _day(said("FISCAL-YEAR-END"))
    return Schedule(
        values=tuple(values),
        article=next((word.text for word in about.get("ARTICLE", ())), ""),
        multiplier=multiplier,
        period_type=period_type,
        months=_months(period_type),
        period_start=_day(said("PERIOD-START")),
        period_end=_day(said("PERIOD-END")),
        fiscal_year_end=f"--{year_end:%m-%d}" if year_end else "",
    )


def _chosen(words: Sequence[_Word], column: int | None) -> _Word | None:
    if column is None:
        return next((word for word in words if _NUMBER.fullmatch(word.text)), None)
    return words[column] if column < len(words) and _NUMBER.fullmatch(words[column].text) else None


def _value(text: str) -> Decimal:
    digits = Decimal(re.sub(r"[(),-]", "", text))
    return -digits if text[0] in "(-" and digits else digits


def _multiplier(words: Sequence[_Word]) -> Decimal:
    digits = re.sub(r"\D", "", words[0].text, flags=re.ASCII)[:12] if words else ""
    return Decimal(digits or 1) or Decimal(1)


def _months(period_type: str) -> int | None:
    match = _MONTHS_LONG.match(period_type)
    if match:
        return int(match["count"])
    upper = period_type.upper()
    return 12 if upper.startswith("YEAR") else 3 if upper.startswith("QTR") else None


def _day(text: str) -> date | None:
    """``DEC-31-1996`` as a date, None where it is none."""
    match = _DATE.fullmatch(text)
    if not match or match["month"].upper() not in _MONTHS:
        return None
    year = int(match["year"])
    try:
        return date(year if year > 99 else 1900 + year, _MONTHS.index(match["month"].upper()) + 1, int(match["day"]))
    except ValueError:
        return None
