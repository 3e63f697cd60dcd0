"""The period that the document as a whole is for."""

from __future__ import annotations

from datetime import date

from converter.mapping import _document_period
from converter.model.periods import Period
from tests.mapping.test_conflicts import draft

END = date(1999, 12, 31)
QUARTER, YEAR = Period(END, date(1999, 10, 1)), Period(END, date(1999, 1, 1))
SINCE_INCEPTION = Period(END, date(1996, 6, 3))
YEAR_BEFORE = Period(date(1998, 12, 31), date(1998, 1, 1))


def period_of(*periods: Period) -> Period:
    return _document_period([draft(5000, number, period=period) for number, period in enumerate(periods, 1)])


def test_the_longest_that_ends_last() -> None:
    assert period_of(YEAR_BEFORE, QUARTER, YEAR, Period(END)) == YEAR


def test_no_longer_than_a_year() -> None:
    assert period_of(YEAR, SINCE_INCEPTION, QUARTER) == YEAR
    assert period_of(SINCE_INCEPTION) == SINCE_INCEPTION


def test_a_balance_sheet_alone_has_its_latest_date() -> None:
    assert period_of(Period(END), Period(date(1998, 12, 31))) == Period(END)
