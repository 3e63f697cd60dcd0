"""Noncontrolling interests: whose the results and the equity around their lines are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

INCOME = """\
FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF INCOME
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2003        2002
Revenues                                          $  2,000    $  1,900
Costs and expenses                                   1,100       1,050
Income from continuing operations                      900         850
Loss from discontinued operations                     (100)        (50)
Net income                                             800         800
Less: net income attributable to
  noncontrolling interests                              60          40
Net income attributable to Fernhill               $    740    $    760

FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2003        2002
Net income                                        $    800    $    800
Depreciation                                           100         100
Net cash provided by operating activities         $    900    $    900
"""
EQUITY = """\
FERNHILL POTTERY, INC.
CONSOLIDATED BALANCE SHEETS
(In thousands)
                                                       December 31,
                                                      2003        2002
Cash                                              $  1,500    $  1,350
Total assets                                         1,500       1,350
Liabilities:
Accounts payable                                       300         250
Total liabilities                                      300         250
Equity:
Common stock                                           100         100
Retained earnings                                      900         850
Noncontrolling interests (held by potters and mills)   200         150
Total stockholders' equity                           1,200       1,100
Total liabilities and stockholders' equity        $  1,500    $  1,350
"""
WITH_INTERESTS = "IncludingPortionAttributableToNoncontrollingInterest"


def concepts(tmp_path: Path, text: str) -> dict[tuple[str, str], str]:
    """The element of each line's facts, by the statement and the value in thousands of the first column."""
    source = tmp_path / "fernhill.txt"
    source.write_text(text)
    report, _ = make_report(source, ReadOptions(), MapOptions())
    return {
        (fact.statement.value, f"{int(fact.value) // 1000}"): fact.concept.local_name
        for fact in report.facts
        if fact.value is not None and not isinstance(fact.value, str) and fact.context.period.end.year == 2003
    }


def test_what_a_share_is_taken_off_is_the_groups(tmp_path: Path) -> None:
    found = concepts(tmp_path, INCOME)
    assert found["income-statement", "800"] == "ProfitLoss"
    assert found["income-statement", "740"] == "NetIncomeLoss"
    assert found["income-statement", "900"] == f"IncomeLossFromContinuingOperations{WITH_INTERESTS}"
    assert found["cash-flow", "800"] == "ProfitLoss"


def test_equity_that_adds_a_share_is_the_groups(tmp_path: Path) -> None:
    found = concepts(tmp_path, EQUITY)
    assert found["balance-sheet", "1200"] == f"StockholdersEquity{WITH_INTERESTS}"


def test_equity_without_a_share_is_the_parents(tmp_path: Path) -> None:
    found = concepts(tmp_path, EQUITY.replace("Noncontrolling interests (held", "Other capital (held    "))
    assert found["balance-sheet", "1200"] == "StockholdersEquity"
