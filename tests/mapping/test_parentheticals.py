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
    # What the line itself may mean is not the question.
    report, _ = make_report(source, ReadOptions(), MapOptions(accept=0.9))
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
        # No rule knows what is only designated: an element of the company's own. So has the line, for stock is no asset.
        ("Preferred stock, 50,000,000 shares designated", {("fernhill:PreferredStock2", "2003-12-31", "50000000")}),
    ],
)
def test_numbers_in_labels(tmp_path: Path, label: str, expected: set[tuple[str, str, str]]) -> None:
    assert inside(tmp_path, label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "Preferred stock, 500 shares authorized; none issued",
            {
                ("us-gaap:PreferredStockSharesAuthorized", "2003-12-31", "500000"),
                ("us-gaap:PreferredStockSharesIssued", "2003-12-31", "0"),
            },
        ),
        (
            "Preferred stock, no shares issued or outstanding",
            {
                ("us-gaap:PreferredStockSharesIssued", "2003-12-31", "0"),
                ("us-gaap:PreferredStockSharesOutstanding", "2003-12-31", "0"),
            },
        ),
    ],
)
def test_words_for_none(tmp_path: Path, label: str, expected: set[tuple[str, str, str]]) -> None:
    assert inside(tmp_path, label) == expected


INCOME = """\
FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2003        2002
Net income                                        $    900    $    800
Other comprehensive income (loss):
  Foreign currency translation adjustments,
    {label:<46}{this:>8}    {last:>8}
Comprehensive income                              $  1,000    $    700
"""


@pytest.mark.parametrize(
    ("label", "this", "last", "expected"),
    [
        # The words say whether a number is an expense.
        ("net of tax benefit of $4 and $7", "(30)", "(50)", {"2003": "-4000", "2002": "-7000"}),
        ("net of tax expense (benefit) of $(4) and $7", "30 ", "50 ", {"2003": "-4000", "2002": "7000"}),
        ("net of tax benefit (expense) of $4 and $(7)", "30 ", "50 ", {"2003": "-4000", "2002": "7000"}),
        # They do not: a tax has the sign of its income.
        ("net of tax of $4 and $(7)", "30 ", "(50)", {"2003": "4000", "2002": "-7000"}),
        ("net of tax of $4 and $(7)", "(30)", "50 ", {"2003": "-4000", "2002": "7000"}),
        # The columns do not agree: as displayed.
        ("net of tax of $4 and $7", "(30)", "50 ", {"2003": "4000", "2002": "7000"}),
    ],
)
@pytest.mark.parametrize(
    ("taxonomy", "concept"),
    [
        ("us-gaap-2024", "us-gaap:OtherComprehensiveIncomeLossForeignCurrencyTranslationAdjustmentTax"),
        ("us-gaap-2011", "us-gaap:OtherComprehensiveIncomeForeignCurrencyTranslationAdjustmentTax"),
    ],
)
def test_the_sign_of_a_tax_in_a_label(
    tmp_path: Path, label: str, this: str, last: str, expected: dict[str, str], taxonomy: str, concept: str
) -> None:
    source = tmp_path / "fernhill.txt"
    source.write_text(INCOME.format(label=label, this=this, last=last))
    report, _ = make_report(source, ReadOptions(), MapOptions(taxonomy=taxonomy))
    taxes = [
        fact for fact in report.facts if fact.concept.local_name.endswith("Tax") and "number in a" in fact.why.rule
    ]
    assert {f"{fact.context.period.end.year}": f"{fact.value:f}" for fact in taxes} == expected
    assert {fact.concept.name for fact in taxes} == {concept}
