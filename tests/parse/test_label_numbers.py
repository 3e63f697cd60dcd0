"""Numbers inside labels: what each counts, in what scale and of what date, as a reader takes it from the words."""

from __future__ import annotations

from datetime import date

import pytest

from converter.model.periods import Period
from converter.model.statement import Measure
from converter.parse.label_numbers import numbers_in

THIS, LAST = Period(date(2004, 3, 31)), Period(date(2003, 12, 31))
OTHER = Period(date(2002, 12, 31))
MONEY, SHARES, EACH = Measure.MONEY, Measure.SHARES, Measure.PER_SHARE


def read(label: str) -> list[tuple[str, Measure, Period | None]]:
    return [(number.text, number.measure, number.period) for number in numbers_in(label, (THIS, LAST))]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        # Dates: behind the number in its clause, of any column or of none.
        ("Receivables, net of allowance of $58", [("58", MONEY, None)]),
        (
            "Receivables, net of allowance of $58 ($53 at December 31, 2003)",
            [("58", MONEY, None), ("53", MONEY, LAST)],
        ),
        (
            "Receivables, net of allowance of $58 at March 31, 2004 and $53 at December 31, 2002",
            [("58", MONEY, THIS), ("53", MONEY, OTHER)],
        ),
        # Years: behind the number, or before it.
        ("Less allowance: $163 in 2004 and $149 in 2003", [("163", MONEY, THIS), ("149", MONEY, LAST)]),
        (
            "Common shares outstanding: 2004, 7,410; 2003, 7,280",
            [("7,410", SHARES, THIS), ("7,280", SHARES, LAST)],
        ),
        ("Extraordinary loss, net of tax of $44 in 1987", [("44", MONEY, None)]),
        # Series: the dates listed behind, or the columns in turn.
        (
            "Stock, 9,100 and 8,900 shares issued at December 31, 2003 and March 31, 2004",
            [("9,100", SHARES, LAST), ("8,900", SHARES, THIS)],
        ),
        ("Net of allowances of $55 and $48, respectively", [("55", MONEY, THIS), ("48", MONEY, LAST)]),
        ("Issued and outstanding 9,100 and 8,900 shares", [("9,100", SHARES, THIS), ("8,900", SHARES, LAST)]),
        # What a number counts.
        (
            "Common stock, par value $.05; 4,000 shares authorized; 2,500 shares issued and outstanding",
            [(".05", EACH, None), ("4,000", SHARES, None), ("2,500", SHARES, None)],
        ),
        ("Preferred stock, $1.00 par value, none issued", [("1.00", EACH, None), ("none", SHARES, None)]),
        (
            "Preferred stock, 500 shares authorized; no shares outstanding",
            [("500", SHARES, None), ("no", SHARES, None)],
        ),
        ("Preferred stock; issued and outstanding – none", [("none", SHARES, None)]),
        ("Common stock, no par value", []),
        ("Common stock ($2 par value, 9,000 authorized)", [("2", EACH, None), ("9,000", SHARES, None)]),
        ("Treasury stock (7)", []),
        (
            "Treasury stock (4,100 at March 31, 2004 and 4,000 at December 31, 2003, at cost)",
            [("4,100", SHARES, THIS), ("4,000", SHARES, LAST)],
        ),
        (
            "Treasury stock: (3/31/04 – 4,100 shares; 12/31/03 – 4,000 shares) at cost",
            [("4,100", SHARES, THIS), ("4,000", SHARES, LAST)],
        ),
        ("Treasury stock (shares held: 2004 - 4.5; 2003 - 4.2)", [("4.5", SHARES, THIS), ("4.2", SHARES, LAST)]),
        ("Shares outstanding - December 31, 2003: 7,280", [("7,280", SHARES, LAST)]),
        ("Cash dividends, $.40 per share", [(".40", EACH, None)]),
        # What is no amount.
        ("Long-term debt (note 7)", []),
        ("Balance, December 31, 2003", []),
        ("Debentures, 7.5%, due 2011", []),
        ("Stock, par value $.33 1/3", []),
    ],
)
def test_numbers(label: str, expected: list[tuple[str, Measure, Period | None]]) -> None:
    assert read(label) == expected


@pytest.mark.parametrize(
    ("label", "signed"),
    [
        ("Translation, net of tax of $1 and $(11)", [("1", THIS), ("-11", LAST)]),
        ("Translation (net of taxes of $(4), and ($14))", [("-4", THIS), ("-14", LAST)]),
        ("Translation, net of tax of $(2) million and $9 million", [("-2", THIS), ("9", LAST)]),
        ("Receivables, net of allowance of $58 ($53 in 2003)", [("58", None), ("53", LAST)]),
        ("Receivables, net of allowance ($58)", [("58", None)]),
    ],
)
def test_brackets_of_their_own_are_a_sign(label: str, signed: list[tuple[str, Period | None]]) -> None:
    found = numbers_in(label, (THIS, LAST))
    assert [(f"{'-' if number.negative else ''}{number.text}", number.period) for number in found] == signed


def test_lengths_in_a_label_tell_the_column() -> None:
    columns = [
        Period(date(year, 6, 30), date(year, month, 1)) for month in (4, 1) for year in (2004, 2003)
    ]  # three months of each year, then six
    label = (
        "Translation, net of tax of $(6) for the three months and $7 for the six months in 2004 and $(12) for the three"
        " months and $(19) for the six months in 2003"
    )
    found = [(number.text, number.period) for number in numbers_in(label, columns)]
    assert found == [("6", columns[0]), ("7", columns[2]), ("12", columns[1]), ("19", columns[3])]


def test_a_year_of_whole_weeks_may_end_in_the_next() -> None:
    columns = Period(date(2005, 1, 2)), Period(date(2005, 7, 3))
    label = "Receivables, less allowances of $205 (2004, $203)"
    assert [number.period for number in numbers_in(label, columns)] == [None, columns[0]]


@pytest.mark.parametrize(
    ("label", "scales"),
    [
        ("Gain, net of tax of $214 million", [6]),
        ("Gain, net of tax of $1.2 billion and $40 thousand", [9, 3]),
        ("Gain, net of tax of $12 and $15 million, respectively", [6, 6]),  # of a series, the last says it for all
        ("Gain, net of tax of $214", [None]),
    ],
)
def test_scales_that_a_label_states(label: str, scales: list[int | None]) -> None:
    assert [number.scale for number in numbers_in(label, (THIS, LAST))] == scales


def test_a_number_stands_where_it_says() -> None:
    label = "Receivables, net of allowance of $58 ($53 at December 31, 2003)"
    assert [label[number.start : number.end] for number in numbers_in(label, (THIS, LAST))] == ["58", "53"]


def test_years_tell_nothing_where_two_columns_end_in_one() -> None:
    columns = (Period(date(2004, 6, 30)), Period(date(2004, 3, 31)))
    assert [number.period for number in numbers_in("Net of allowance of $58 in 2004", columns)] == [None]
