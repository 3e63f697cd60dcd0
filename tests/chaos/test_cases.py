"""What damaged documents once came to grief by, each in a few lines."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.model.report import Outcome
from converter.model.source import TextLine
from converter.options import MapOptions, ReadOptions
from converter.parse.layout import LONGEST_LINE, row_of
from converter.parse.periods import Hint, read_date, read_hint
from tests.chaos.test_chaos import hold

if TYPE_CHECKING:
    from pathlib import Path

    from converter.model.report import Report

STATEMENT = """
                       Tarnbeck Looms, Inc.
                       STATEMENTS OF INCOME
                          (in thousands)
                       Years ended June 30,
                                      2004         2003
                                  --------     --------
 Sales                            $  4,210     $  3,980
{line}
 Cost of sales                       1,250        1,340
 Interest                               60           40
 Net income                          2,900        2,600
"""


def report_of(tmp_path: Path, text: str) -> Report:
    source = tmp_path / "case.txt"
    source.write_text(text, encoding="utf-8")
    return make_report(source, ReadOptions(), MapOptions())[0]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(" ??? &&                              1,000        1,000", id="a label of punctuation only"),
        pytest.param("  $   |  $", id="signs without words or numbers"),
        pytest.param(" Other                           ٣1,990       1,000٣", id="digits of another script"),
        pytest.param(" Other        " + "123,456," * 8 + "000    1,000", id="a number of fifty digits"),
        pytest.param(" Note " + "7" * 60 + "               1,000        1,000", id="a long number in a label"),
        pytest.param("\n Income was $0." + "3" * 23 + " per share in fiscal year 2004.\n", id="a fraction without end"),
        pytest.param("\n Sales were $4,2105 thousand in fiscal year 2004.\n", id="a comma in the wrong place"),
        pytest.param(" " * LONGEST_LINE + "1,000    1,000", id="a line wider than any page"),
        pytest.param("1 " * 70, id="more numbers than a page has columns"),
    ],
)
def test_the_report_is_whole(line: str) -> None:
    hold(STATEMENT.format(line=line).encode())


@pytest.mark.parametrize("length", ["00 months ended", "0 weeks ended"])
def test_a_period_of_no_length_is_none(length: str) -> None:
    assert read_hint(f"{length} March 3, 2001") == Hint(None, None, 3, 3, 2001)


def test_a_date_of_a_roman_year_is_none() -> None:
    assert read_date("99 months ended 1/1/0150") == (None, None, None)


@pytest.mark.parametrize("unit", ["1 ", ". ", "-", ". .", "2003 ", "and (", "June 3      ", "a"])
def test_long_lines_take_no_time(unit: str) -> None:
    began = time.perf_counter()
    row_of(TextLine(number=1, start=0, text=(unit * 100_000) + "x."))
    row_of(TextLine(number=1, start=0, text=(unit * LONGEST_LINE)[: LONGEST_LINE - 2] + "x."))
    read_hint(f"June 3{' ' * 50_000}{unit}")
    assert time.perf_counter() - began < 2


def test_a_number_in_a_long_line_is_counted(tmp_path: Path) -> None:
    text = STATEMENT.format(line="9 " * LONGEST_LINE)
    numbers = [number for number in report_of(tmp_path, text).numbers if number.text == "9"]
    assert len(numbers) == LONGEST_LINE
    assert {number.outcome for number in numbers} == {Outcome.UNTAGGED}


def test_leaders_are_no_words() -> None:
    row = row_of(TextLine(number=1, start=0, text=" Inventories . . . . . . . .    58.3      61.7"))
    assert row.label == "Inventories"
    assert [token.value for token in row.tokens] == [Decimal("58.3"), Decimal("61.7")]


def test_lines_that_ask_for_one_element_share_it(tmp_path: Path) -> None:
    lines = "\n".join(f" {label:<32}    1,000        1,000" for label in ("Zwirbel wax", "Zwirbel-wax", "Zwirbel-wax"))
    facts = report_of(tmp_path, STATEMENT.format(line=lines)).facts
    assert {(fact.label, fact.concept.local_name) for fact in facts if "Zwirbel" in fact.label} == {
        ("Zwirbel wax", "ZwirbelWax"),
        ("Zwirbel-wax", "ZwirbelWax2"),
    }
