"""What one printed unit stands for: powers of ten of money and of shares, and the currency, as headings say them."""

from __future__ import annotations

import pytest

from converter.model.statement import Measure
from converter.parse.scale import measure_of, read_currency, read_scale


@pytest.mark.parametrize(
    ("heading", "money", "shares"),
    [
        ("(In thousands)", 3, 3),
        ("Millions of dollars", 6, 6),
        ("(000's omitted)", 3, 3),
        ("($000)", 3, 3),
        ("£'000", 3, 3),
        ("€000 €000", 3, 3),
        ("In billions", 9, 9),
        ("(In thousands, except per share data)", 3, 3),
        ("(In thousands, except share and per share data)", 3, 0),
        ("(Dollars in millions, shares in thousands)", 6, 3),
        ("(In millions, except number of shares which are reflected in thousands and per share amounts)", 6, 3),
        ("(Dollars and shares in thousands)", 3, 3),
        ("December 31, 2003", 0, 0),
    ],
)
def test_scales(heading: str, money: int, shares: int) -> None:
    scale = read_scale([heading])
    assert (scale.money, scale.shares) == (money, shares)
    assert scale.stated is bool(money)


def test_the_first_heading_that_speaks_of_a_scale_counts() -> None:
    assert read_scale(["BALANCE SHEETS", "(In thousands)", "(In millions)"]).money == 3


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("(in thousands of Canadian dollars)", "CAD"),
        ("£'000", "GBP"),
        ("€000 €000", "EUR"),
        ("(Expressed in Canadian Dollars)", "CAD"),
        ("(C$ in millions)", "CAD"),
        ("(Australian dollars in thousands)", "AUD"),
        ("(HK$ in thousands)", "HKD"),
        ("(US$ in thousands)", "USD"),
        ("(in thousands of U.S. dollars)", "USD"),
        ("(Dollars in thousands)", "USD"),
        ("(Euro in millions, except per share amounts)", "EUR"),
        ("(in millions of euros)", "EUR"),
        ("(€ in millions)", "EUR"),
        ("(Pounds sterling in thousands)", "GBP"),
        ("Millions of yen", "JPY"),
        ("(in millions of Swiss francs)", "CHF"),
        ("(thousands of Mexican pesos)", "MXN"),
        # What only speaks of a currency.
        ("Forward sales of Canadian dollars", "USD"),
        ("Gain on euro bonds", "USD"),
        ("Net sales in Australia", "USD"),
    ],
)
def test_currencies(heading: str, currency: str) -> None:
    assert read_currency(["BALANCE SHEETS", heading], "410 395") == currency


def test_the_sign_of_the_amounts_tells_where_no_heading_does() -> None:
    assert read_currency(["(In thousands)"], "£ 410 £ 395") == "GBP"
    assert read_currency(["(In thousands)"], "$ 410 £ 395") == "USD"
    assert read_currency(["(In thousands)"], "410 395") == "USD"


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Weighted average common shares outstanding", Measure.SHARES),
        ("Common and common equivalent shares", Measure.SHARES),
        ("Diluted shares", Measure.SHARES),
        ("Number of units", Measure.SHARES),
        ("Common shares", Measure.MONEY),
        ("Repurchase of common shares", Measure.MONEY),
        ("Proceeds from issuance of common shares, net", Measure.MONEY),
        ("Purchases of shares issued to employees", Measure.MONEY),
        ("Net income applicable to common shares", Measure.MONEY),
    ],
)
def test_what_a_line_counts(label: str, measure: Measure) -> None:
    assert measure_of(label, (), ()) is measure
