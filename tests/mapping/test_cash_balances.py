"""Balances of cash in a statement of flows: of which day they are, by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

FLOWS = """\
FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2003        2002
Net cash from operating activities                $    300    $    200
Net increase in cash                                   300         200
Cash and restricted cash at January 1                  900         700
Cash and restricted cash at December 31              1,200         900
Less: restricted cash included in other assets         (50)        (40)
Cash at end of year                               $  1,150    $    860
"""


def test_days_of_balances(tmp_path: Path) -> None:
    source = tmp_path / "fernhill.txt"
    source.write_text(FLOWS)
    report, _ = make_report(source, ReadOptions(), MapOptions())
    found = {
        (fact.label.partition(" at ")[2] or fact.label, f"{fact.context.period}", f"{fact.value:f}")
        for fact in report.facts
        if "ash " in fact.label and fact.context.period.is_instant
    }
    assert found == {
        ("January 1", "2002-12-31", "900000"),
        ("January 1", "2001-12-31", "700000"),
        ("December 31", "2003-12-31", "1200000"),
        ("December 31", "2002-12-31", "900000"),
        ("Less: restricted cash included in other assets", "2003-12-31", "-50000"),
        ("Less: restricted cash included in other assets", "2002-12-31", "-40000"),
        ("end of year", "2003-12-31", "1150000"),
        ("end of year", "2002-12-31", "860000"),
    }


SHEET_AND_FLOWS = """\
FERNHILL POTTERY, INC.
CONSOLIDATED BALANCE SHEETS
(In thousands)
                                                       December 31,
                                                      2021        2020
ASSETS
Current assets:
Cash and cash equivalents                         $  {cash}    $    900
Inventories                                            100         100
Total current assets                              $  {total}    $  1,000

FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2021        2020
Net cash from operating activities                $    300    $    200
Net increase in cash                                   300         200
Balance at beginning of year                           900         700
Balance at end of year                            $  1,200    $    900
"""
TOGETHER = "us-gaap:CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
CASH = "us-gaap:CashAndCashEquivalentsAtCarryingValue"


def balances(folder: Path, text: str) -> dict[str, set[str]]:
    """The concepts of the facts of the flows' balances, by the first words of their labels."""
    source = folder / "fernhill.txt"
    source.write_text(text)
    report, _ = make_report(source, ReadOptions(), MapOptions())
    found: dict[str, set[str]] = {}
    for fact in report.facts:
        if fact.label.startswith("Balance at "):
            found.setdefault(fact.label, set()).add(fact.concept.name)
    return found


def test_a_balance_that_is_not_the_cash_of_the_sheet_is_with_restricted_cash(tmp_path: Path) -> None:
    found = balances(tmp_path, SHEET_AND_FLOWS.format(cash="1,150", total="1,250"))
    assert found == {"Balance at beginning of year": {TOGETHER}, "Balance at end of year": {TOGETHER}}


def test_a_balance_that_is_the_cash_of_the_sheet_means_one_concept_with_the_opening_one(tmp_path: Path) -> None:
    found = balances(tmp_path, SHEET_AND_FLOWS.format(cash="1,200", total="1,300"))
    assert found["Balance at beginning of year"] == found["Balance at end of year"]
    assert len(found["Balance at end of year"]) == 1


def test_before_restricted_cash_was_shown_with_it_the_balance_is_not_taken_for_it(tmp_path: Path) -> None:
    text = SHEET_AND_FLOWS.format(cash="1,150", total="1,250").replace("2021", "2003").replace("2020", "2002")
    assert TOGETHER not in balances(tmp_path, text)["Balance at end of year"]
