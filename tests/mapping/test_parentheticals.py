"""Numbers inside labels, as facts: which concepts, of which date, how much."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

SHEET = """\
FERNHILL POTTERY, INC.
CONSOLIDATED BALANCE SHEETS
(In thousands)
                                                       December 31,
                                                      2003        2002
Current assets:
  Cash                                            $  1,200    $  1,100
  {label:<46}     300         250
    Total current assets                             1,500       1,350
Total assets                                      $  1,500    $  1,350
"""
CS = "us-gaap:CommonStock"


def inside(tmp_path: Path, label: str) -> set[tuple[str, str, str]]:
    """Concept, date and value of the facts that stand in ``label``."""
    source = tmp_path / "fernhill.txt"
    lines = wrap(label, 44)
    text = SHEET.format(label=lines[-1])
    source.write_text(
        text.replace(f"  {lines[-1]}", "".join(f"  {line}\n" for line in lines[:-1]) + f"  {lines[-1]}", 1)
    )
    report, _ = make_report(source, ReadOptions(), MapOptions())
    [line] = [line for statement in report.statements for line in statement.lines if line.parentheticals]
    starts = {inner.amount.place.start for inner in line.parentheticals}
    return {
        (fact.concept.name, f"{fact.context.period}", f"{fact.value:f}")
        for fact in report.facts
        if fact.place is not None and fact.place.start in starts
    }


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "Receivables, less allowance of $9 and $7",
            {
                ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "2003-12-31", "9000"),
                ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "2002-12-31", "7000"),
            },
        ),
        (
            "Receivables, less allowance of $9 ($7 at December 31, 2002)",
            {
                ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "2003-12-31", "9000"),
                ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "2002-12-31", "7000"),
            },
        ),
        # Counts printed in full in a statement in thousands; one number is two facts.
        (
            "Common stock, 12,345,678 shares issued and outstanding",
            {(f"{CS}SharesIssued", "2003-12-31", "12345678"), (f"{CS}SharesOutstanding", "2003-12-31", "12345678")},
        ),
        (
            "Common stock, authorized 90,000,000 shares, issued 45,000,000 shares",
            {(f"{CS}SharesAuthorized", "2003-12-31", "90000000"), (f"{CS}SharesIssued", "2003-12-31", "45000000")},
        ),
        # No rule knows what is only designated: an element of the company's own. So has the line itself, since no
        # current asset is preferred stock, and it comes first.
        ("Preferred stock, 50,000,000 shares designated", {("fernhill:PreferredStock2", "2003-12-31", "50000000")}),
    ],
)
def test_numbers_in_labels(tmp_path: Path, label: str, expected: set[tuple[str, str, str]]) -> None:
    assert inside(tmp_path, label) == expected
