"""The periods of the lines of a statement of equity: those between its balances, or those that captions say."""

from __future__ import annotations

from datetime import date

from converter.model.periods import Period
from converter.model.statement import UNTOLD, Measure
from converter.parse.equity import balance_dates, component_columns, line_periods, year_periods
from converter.parse.periods import Hint


def test_balances_with_dates() -> None:
    labels = ["Balance, December 31, 2001", "Net income", "Balances at December 31, 2002", "Dividends of 2002"]
    assert balance_dates(labels) == {0: date(2001, 12, 31), 2: date(2002, 12, 31)}


def test_one_balance_dates_nothing() -> None:
    assert balance_dates(["Net income", "Balance, December 31, 2002"]) == {}


def test_lines_between_balances_are_of_the_time_between_them() -> None:
    # 0 stands above the first balance, 6 below the last.
    balances = {1: date(2001, 12, 31), 3: date(2002, 12, 31), 5: date(2003, 6, 30)}
    assert line_periods(7, balances) == [
        None,
        Period(date(2001, 12, 31)),
        Period(date(2002, 12, 31), date(2002, 1, 1)),
        Period(date(2002, 12, 31)),
        Period(date(2003, 6, 30), date(2003, 1, 1)),
        Period(date(2003, 6, 30)),
        None,
    ]


def test_lines_before_a_balance_of_an_earlier_day_are_of_no_period() -> None:
    periods = line_periods(3, {0: date(2002, 12, 31), 2: date(2001, 12, 31)})
    assert periods == [Period(date(2002, 12, 31)), None, Period(date(2001, 12, 31))]


def test_years_that_captions_say() -> None:
    captions = ["1997", None, "Year ended June 30, 1998", None, "Of treasury stock", None]
    first = Period(date(1997, 9, 30), date(1996, 10, 1))
    second = Period(date(1998, 6, 30), date(1997, 7, 1))
    assert year_periods(captions, Hint(month=9, day=30)) == [first, first, second, second, second, second]


def test_lines_above_the_first_year_are_of_none() -> None:
    assert year_periods([None, "1997"], Hint(month=12, day=31)) == [None, Period(date(1997, 12, 31), date(1997, 1, 1))]


def test_pairs_of_shares_and_amounts() -> None:
    columns, measures = component_columns(["Common Stock Shares", "Amount", "Retained Earnings", "Total"])
    assert [column.part for column in columns] == ["Common Stock", "Common Stock", "Retained Earnings", ""]
    assert measures == (Measure.SHARES, None, None, None)


def test_columns_that_nothing_tells_apart() -> None:
    columns, _ = component_columns(["Other", "Other", "Total"])
    assert [column.part for column in columns] == [UNTOLD, UNTOLD, ""]
