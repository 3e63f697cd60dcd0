"""What number formats show: as a spreadsheet program does, but with a sign that can be read and dates in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from converter.read.number_format import BUILTIN, Shown, show

ACCOUNTING = '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'
DOLLARS = '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1234", "General", "1234"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("-1234567.891234", "General", "-1234567.891"),
        ("123456789012", "General", "123456789012"),
        ("1234.565", "#,##0.00", "1,234.57"),
        ("1234.5", "#,##0.##", "1,234.5"),
        ("0.07", "#.00", ".07"),
        ("7", "000", "007"),
        ("0", "#,###", ""),
        ("-1234", "#,##0", "-1,234"),
        ("-1234", "#,##0_);(#,##0)", "(1,234)"),
        ("-0.3", "#,##0_);(#,##0)", "0"),
        ("0", ACCOUNTING, "-"),
        ("-1234.5", ACCOUNTING, "(1,234.50)"),
        ("1234.4", DOLLARS, "$ 1,234"),
        ("0", DOLLARS, "$ -"),
        ("-5", r"0.00;\(0.00\)", "(5.00)"),
        ("-1234", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-1,234"),
        ("-1234", r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"??_);_(@_)', "$ (1,234)"),
        ("-1234", '"US$"#,##0', "-$1,234"),
        ("5", "+0;-0", "5"),
        ("1234567", r"#\ ##0", "1234567"),
        ("1234", '#,##0"(1)"', "1,234(1)"),
        ("0.253", "0.0%", "25.3%"),
        ("-0.253", "0.0%;(0.0%)", "(25.3%)"),
        ("25", '0"%"', "25%"),
        ("1234", "[$€-407] #,##0", "€ 1,234"),
        ("1234", "#,##0 [$€-407]", "€1,234"),
        ("1234", "[$USD] #,##0", "$ 1,234"),
        ("1500", "[>=1000]#,##0;0.00", "1,500"),
        ("5", "[>=1000]#,##0;0.00", "5.00"),
        ("5", ";;;", ""),
        ("0.25", "# ?/?", "0.25"),
        ("1e300", "#,##0", "1E+300"),
    ],
)
def test_numbers(value: str, code: str, text: str) -> None:
    assert show(Decimal(value), code).text == text


@pytest.mark.parametrize("code", ["#,##0;[Red]#,##0", "#,##0;#,##0", "#,##0;#,##0-"])
def test_a_negative_number_always_shows_that_it_is_one(code: str) -> None:
    assert show(Decimal(-12), code).text == "(12)"
    assert show(Decimal(12), code).text == "12"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("#,##0,", Shown("2,500", power=3)),
        ("#,##0.0,,", Shown("2.5", power=6)),
        ('$#,##0.0,,"M"', Shown("$2.5", power=6)),
        ("#,##0", Shown("2,500,000")),
    ],
)
def test_commas_at_the_end_show_a_number_smaller_than_it_is(code: str, expected: Shown) -> None:
    assert show(Decimal(2_500_000), code) == expected


def test_what_is_shown_in_another_way_than_a_statement_prints_it_says_so() -> None:
    assert show(Decimal(12), "(#,##0);(#,##0)") == Shown("(12)", is_turned=True)
    assert show(Decimal("1.5"), '0.0"x"') == Shown("1.5x", is_worded=True)
    assert show(Decimal(1500), "[$CHF] #,##0") == Shown("CHF 1,500", is_worded=True)
    assert show(Decimal(2012), '"Fiscal" 0') == Shown("Fiscal 2012")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mmmm d, yyyy", "June 30, 2012"),
        ("m/d/yy", "June 30, 2012"),
        ("yyyy-mm-dd", "June 30, 2012"),
        ("[$-409]d-mmm-yy;@", "June 30, 2012"),
        ("mmm-yy", "June 2012"),
        ("mmmm d", "June 30"),
        ("yyyy", "2012"),
        (BUILTIN[14], "June 30, 2012"),
    ],
)
def test_dates_are_in_words_as_far_as_the_format_shows_them(code: str, text: str) -> None:
    assert show(Decimal(41090), code) == Shown(text)


def test_days_may_be_counted_from_1904() -> None:
    assert show(Decimal(39628), "d mmm yyyy", is_1904=True).text == "June 30, 2012"
