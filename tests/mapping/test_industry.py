"""Rows that hold for one industry: when they apply, what they displace, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.errors import UsageError
from converter.mapping import table
from converter.model.findings import Severity
from converter.model.statement import StatementKind
from converter.options import MapOptions, ReadOptions
from converter.taxonomy import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from converter.model.findings import Finding

HEAD = "# entity: Elmwater Savings, Inc.\n# scale: In thousands\n"
BALANCE_SHEET = """\
# statement: CONSOLIDATED BALANCE SHEETS
label,2012-12-31,2011-12-31
Cash and due from banks,60,50
Other assets,40,35
Total assets,100,85
Total deposits,70,60
Retained earnings,30,25
Total liabilities and equity,100,85

"""
INCOME = """\
# statement: CONSOLIDATED STATEMENTS OF INCOME
label,2012-01-01/2012-12-31,2011-01-01/2011-12-31
Interest income,20,18
Other expenses,6,5
Net income,14,13

"""
SALES = """\
# statement: CONSOLIDATED STATEMENTS OF INCOME
label,2012-01-01/2012-12-31,2011-01-01/2011-12-31
Sales,50,45
Cost of goods sold,30,28
Gross profit,20,17
Other expenses,6,4
Net income,14,13

"""
BROKER = """\
# statement: CONSOLIDATED STATEMENTS OF FINANCIAL CONDITION
label,2012-12-31,2011-12-31
Cash and due from banks,60,50
"Receivables from brokers, dealers and clearing organizations",20,15
"Securities sold, not yet purchased",20,20
Other assets,40,35
Total assets,140,120
Total deposits,110,95
Retained earnings,30,25
Total liabilities and equity,140,120

"""


def mapped(
    tmp_path: Path, statements: str, industry: str = "", concepts: Sequence[Path] = ()
) -> tuple[dict[str, tuple[str, str]], list[Finding]]:
    """The element and the rule of each line, by its label; and what is said of the industry."""
    source = tmp_path / "elmwater.csv"
    source.write_text(HEAD + statements, encoding="utf-8")
    options = MapOptions(industry=industry, concepts=tuple(concepts))
    report, findings = make_report(source, ReadOptions(), options)
    found = {fact.label: (fact.concept.local_name, fact.why.rule) for fact in report.facts}
    return found, [finding for finding in findings if finding.code == "mapping.industry"]


def test_lines_of_several_statements_show_the_industry_and_its_rows_apply(tmp_path: Path) -> None:
    facts, [said] = mapped(tmp_path, BALANCE_SHEET + INCOME)
    concept, rule = facts["Other assets"]
    assert concept == "OtherAssets"
    assert rule.startswith("industries/bank.csv:")
    assert said.severity is Severity.INFO
    assert said.message == (
        "the rows for the industry bank apply, as the statements show: "
        "'Interest income' (line 14), 'Total deposits' (line 8), 'Cash and due from banks' (line 5)"
    )
    assert said.place is not None
    assert said.place.line == 14
    assert "--industry" in said.hint


def test_a_row_for_everyone_stays_where_the_industry_has_none(tmp_path: Path) -> None:
    facts, _ = mapped(tmp_path, BALANCE_SHEET + INCOME)
    concept, rule = facts["Total deposits"]
    assert concept == "Deposits"
    assert rule.startswith("labels.csv:")


def test_a_line_or_two_that_others_print_too_show_nothing(tmp_path: Path) -> None:
    facts, said = mapped(tmp_path, BALANCE_SHEET + INCOME.replace("Interest income", "Fees"))
    assert not said
    assert not [rule for _, rule in facts.values() if "industries/" in rule]


def test_lines_that_speak_against_an_industry_outweigh_those_for_it(tmp_path: Path) -> None:
    sold = INCOME.replace("Other expenses", "Cost of goods sold,9,8\nOther expenses")
    assert mapped(tmp_path, BALANCE_SHEET + INCOME)[1]
    assert not mapped(tmp_path, BALANCE_SHEET + sold)[1]


def test_interest_income_shows_a_bank_only_where_the_statement_begins_with_it(tmp_path: Path) -> None:
    below = INCOME.replace("Interest income,20,18\n", "Fees,9,8\nRents,4,4\nCommissions,4,3\nInterest income,3,3\n")
    assert not mapped(tmp_path, BALANCE_SHEET + below)[1]


def test_a_line_counts_once_however_many_phrases_it_says(tmp_path: Path) -> None:
    premiums = INCOME.replace("Interest income", "Premiums earned")
    assert not mapped(tmp_path, premiums)[1]
    _, [said] = mapped(tmp_path, premiums.replace("Other expenses", "Losses and loss adjustment expenses"))
    assert "insurer" in said.message


def test_between_two_industries_none_is_chosen_and_both_are_named(tmp_path: Path) -> None:
    facts, [said] = mapped(tmp_path, BROKER + INCOME)
    assert "no rows for an industry apply" in said.message
    assert "bank: 'Interest income' (line 16)" in said.message
    assert "broker-dealer: 'Receivables from brokers, dealers and clearing organizations' (line 6)" in said.message
    assert not [rule for _, rule in facts.values() if "industries/" in rule]
    _, [said] = mapped(tmp_path, BROKER + INCOME, "broker-dealer")
    assert said.message.startswith("the rows for the industry broker-dealer apply, as --industry says: 'Receivables")


def test_what_the_user_says_wins_over_what_the_lines_show(tmp_path: Path) -> None:
    facts, said = mapped(tmp_path, BALANCE_SHEET + INCOME, "none")
    assert not said
    assert "industries/" not in facts["Other assets"][1]
    _, [named] = mapped(tmp_path, SALES, "utility")
    assert named.message == "the rows for the industry utility apply, as --industry says: no line shows it"
    assert named.place is None


def test_an_industry_without_rows_is_refused_and_those_that_have_some_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no industry called 'banking'") as refused:
        mapped(tmp_path, SALES, "banking")
    assert refused.value.hint.startswith("choose one of: airline, bank, ")
    assert refused.value.hint.endswith(", none")


def test_a_table_of_the_users_own_wins_over_the_rows_for_an_industry(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "label,concept,statement,section\nOther assets,us-gaap:OtherAssetsMiscellaneous,balance-sheet,\n",
        encoding="utf-8",
    )
    facts, _ = mapped(tmp_path, BALANCE_SHEET + INCOME, concepts=[own])
    assert facts["Other assets"][0] == "OtherAssetsMiscellaneous"


def test_a_row_for_an_industry_displaces_only_that_of_its_own_section() -> None:
    taxonomy = load("us-gaap-2024")

    def found(industry: str, section: str) -> tuple[str, ...]:
        match = table.load(taxonomy, (), industry)[0].find("Accounts payable", StatementKind.BALANCE_SHEET, section)
        assert match is not None
        return match.concepts

    assert found("", "liabilities") == ("us-gaap:AccountsPayableCurrent",)
    assert found("real-estate", "liabilities") == ("us-gaap:AccountsPayableCurrentAndNoncurrent",)
    assert found("real-estate", "current-liabilities") == found("", "current-liabilities")


@pytest.mark.parametrize(
    ("industry", "kind", "section", "label", "concept"),
    [
        ("", "balance-sheet", "assets", "Deposits", "DepositsAssets"),
        ("", "balance-sheet", "liabilities", "Deposits", "Deposits"),
        ("bank", "cash-flow", "financing", "Deposits", "IncreaseDecreaseInDeposits"),
        ("bank", "income-statement", "costs-and-expenses", "Provision for credit losses", "ProvisionForLoanAndLeaseLosses"),
        ("insurer", "balance-sheet", "liabilities", "Reserves", "LiabilityForClaimsAndClaimsAdjustmentExpense"),
        ("insurer", "income-statement", "revenues", "Fees", "InsuranceCommissionsAndFees"),
        ("broker-dealer", "balance-sheet", "assets", "Customers", "ReceivablesFromCustomers"),
        ("utility", "balance-sheet", "current-assets", "Customers", "AccountsReceivableNetCurrent"),
        ("real-estate", "balance-sheet", "assets", "Accounts receivable, net", "AccountsReceivableNet"),
        ("oil-and-gas", "income-statement", "costs-and-expenses", "Total operating costs and expenses", "CostsAndExpenses"),
        ("airline", "income-statement", "operating-expenses", "Fuel and oil", "FuelCosts"),
        ("partnership", "income-statement", "shares", "Basic", "WeightedAverageLimitedPartnershipUnitsOutstanding"),
    ],
)  # fmt: skip
def test_the_same_words_mean_what_they_mean_in_the_industry(
    industry: str, kind: str, section: str, label: str, concept: str
) -> None:
    rows, _ = table.load(load("us-gaap-2024"), (), industry)
    match = rows.find(label, StatementKind(kind), section)
    assert match is not None
    assert match.concepts == (f"us-gaap:{concept}",)
