"""Other comprehensive income, whose lines mean what the structure of the statement says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
# entity: Sallow & Thorne Instruments, Inc.
# statement: {title}
label,2013-01-01/2013-12-31,2012-01-01/2012-12-31
"""
TITLE = "CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME"
OCI = "OtherComprehensiveIncome"
LOSS = f"{OCI}Loss"
HEDGES = f"{LOSS}CashFlowHedgeGainLoss"
CURRENCY = "ForeignCurrencyTransactionAndTranslation"
HOLDING = f"{OCI}UnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriod"
SALE = f"{LOSS}ReclassificationAdjustmentFromAOCIForSaleOfSecurities"
SECURITIES = f"{LOSS}AvailableForSaleSecuritiesAdjustment"
PLANS = "PensionAndOtherPostretirementBenefitPlans"

ALONE = """\
Net income,800,700
"Other comprehensive income, net of tax:",,
  Foreign currency translation adjustments,60,40
  Cash flow hedges,-20,15
  Pension and other postretirement benefits,7,-4
Other comprehensive income,47,51
Comprehensive income,847,751
"""
RECLASSIFIED = """\
Net income,800,700
Foreign currency translation adjustments,60,40
Reclassification adjustment upon sale of subsidiary,-8,-3
Total currency,52,37
Derivatives:,,
  Deferred gains on swaps,30,20
  Reclassification to net income,-12,-5
  Net change,18,15
Other comprehensive income,70,52
Comprehensive income,870,752
"""
TAXES_BY_GROUP = """\
Net income,800,700
Securities:,,
  Gross gains on securities,50,40
  Income tax effect,-11,-9
  Gains after all,39,31
  Reclassified to earnings,-20,-10
  Income tax effect,4,2
  Taken out after all,-16,-8
Retiree plans:,,
  Actuarial loss arising during the year,-70,-60
  Amortization of actuarial loss,14,13
  Income taxes on retiree plans,12,10
  Total,-44,-37
Other comprehensive loss,-21,-14
Comprehensive income,779,686
"""
ONE_TAX = """\
Net income,800,700
Foreign currency translation adjustments,60,40
Gain on hedging swaps,30,20
Reclassification adjustments included in net income,-12,-5
,18,15
"Other comprehensive income, before tax",78,55
Tax provision on other comprehensive income,16,11
Other comprehensive income before allocation to noncontrolling interests,62,44
Comprehensive income,862,744
"""
IN_LABELS = """\
Net income,800,700
"Cash flow hedges, before tax",-20,15
"Tax on cash flow hedges",4,-3
"Cash flow hedges, net of tax",-16,12
"Unrealized gain on debt securities, net of tax of $2 and $1",6,4
Other comprehensive income,-10,16
Comprehensive income,790,716
"""
INTERESTS = """\
Net income before allocation to noncontrolling interests,800,700
Foreign currency translation adjustments,60,40
Other comprehensive income,60,40
Comprehensive income,860,740
Less: comprehensive income attributable to noncontrolling interests,35,20
Comprehensive income attributable to Sallow & Thorne,825,720
"""
BELOW = """\
Revenues,2000,1800
Costs and expenses,1200,1100
Net income,800,700
Other comprehensive income:,,
  Gains on securities arising during the year,30,20
  Reclassification adjustment for gains included in net income,-10,-5
  Income tax effect,-4,-3
  Other comprehensive income,16,12
Comprehensive income,816,712
"""


def elements(tmp_path: Path, lines: str, title: str = TITLE, options: MapOptions | None = None) -> dict[str, str]:
    """The element of each line's fact of 2013, by the number as displayed, which no two lines share."""
    source = tmp_path / "sallow.csv"
    source.write_text(HEAD.format(title=title) + lines)
    report, _ = make_report(source, ReadOptions(), options or MapOptions())
    return {
        fact.text: fact.concept.local_name
        for fact in report.facts
        if fact.text and fact.context.period.end.year == 2013
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ALONE,
            {
                "60": f"{LOSS}{CURRENCY}AdjustmentNetOfTax",
                "20": f"{HEDGES}AfterReclassificationAndTax",
                "7": f"{LOSS}{PLANS}AdjustmentNetOfTax",
                "47": f"{LOSS}NetOfTax",
            },
            id="what stands alone is the whole change",
        ),
        pytest.param(
            RECLASSIFIED,
            {
                "60": f"{OCI}{CURRENCY}GainLossArisingDuringPeriodNetOfTax",
                "8": f"{LOSS}{CURRENCY}ReclassificationAdjustmentFromAOCIRealizedUponSaleOrLiquidationNetOfTax",
                "52": f"{LOSS}{CURRENCY}AdjustmentNetOfTax",
                "30": f"{HEDGES}BeforeReclassificationAfterTax",
                "12": f"{HEDGES}ReclassificationAfterTax",
                "18": f"{HEDGES}AfterReclassificationAndTax",
                "70": f"{LOSS}NetOfTax",
            },
            id="what another line reclassifies from arose",
        ),
        pytest.param(
            TAXES_BY_GROUP,
            {
                "50": f"{HOLDING}BeforeTax",
                "11": f"{HOLDING}Tax",
                "39": f"{HOLDING}NetOfTax",
                "20": f"{SALE}BeforeTax",
                "4": f"{SALE}Tax",
                "16": f"{SALE}NetOfTax",
                "70": f"{LOSS}{PLANS}NetUnamortizedGainLossArisingDuringPeriodBeforeTax",
                "14": f"{LOSS}ReclassificationAdjustmentFromAOCI{PLANS}ForNetGainLossBeforeTax",
                "12": f"{LOSS}{PLANS}Tax",
                "44": f"{LOSS}{PLANS}AdjustmentNetOfTax",
                "21": f"{LOSS}NetOfTax",
            },
            id="a tax makes its group before tax and the total net",
        ),
        pytest.param(
            ONE_TAX,
            {
                "60": f"{LOSS}{CURRENCY}AdjustmentBeforeTax",
                "30": f"{HEDGES}BeforeReclassificationAndTax",
                "12": f"{HEDGES}ReclassificationBeforeTax",
                "18": f"{HEDGES}AfterReclassificationBeforeTax",
                "78": f"{LOSS}BeforeTax",
                "16": f"{LOSS}Tax",
                "62": f"{LOSS}NetOfTax",
            },
            id="one tax makes all before tax",
        ),
        pytest.param(
            IN_LABELS,
            {
                "20": f"{HEDGES}AfterReclassificationBeforeTax",
                "4": f"{HEDGES}AfterReclassificationTax",
                "16": f"{HEDGES}AfterReclassificationAndTax",
                "6": f"{SECURITIES}NetOfTax",
                "2": f"{LOSS}AvailableForSaleSecuritiesTax",
            },
            id="words win",
        ),
        pytest.param(
            INTERESTS,
            {
                "800": "ProfitLoss",
                "860": "ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest",
                "35": "ComprehensiveIncomeNetOfTaxAttributableToNoncontrollingInterest",
                "825": "ComprehensiveIncomeNetOfTax",
            },
            id="noncontrolling interests",
        ),
    ],
)
def test_lines_mean_what_the_structure_says(tmp_path: Path, lines: str, expected: dict[str, str]) -> None:
    found = elements(tmp_path, lines)
    assert {text: found.get(text) for text in expected} == expected


def test_a_statement_below_the_income_statement_is_read_as_one_of_its_own(tmp_path: Path) -> None:
    found = elements(tmp_path, BELOW, "CONSOLIDATED STATEMENTS OF OPERATIONS AND COMPREHENSIVE INCOME")
    assert [found[text] for text in ("30", "10", "4", "16")] == [
        f"{HOLDING}BeforeTax",
        f"{SALE}BeforeTax",
        f"{LOSS}AvailableForSaleSecuritiesTax",
        f"{LOSS}NetOfTax",
    ]


def test_a_line_whose_component_nothing_tells_keeps_an_element_of_its_own(tmp_path: Path) -> None:
    found = elements(tmp_path, RECLASSIFIED.replace("Derivatives:", "Of various kinds:").replace("on swaps", ""))
    assert [found[text].startswith(OCI) for text in ("30", "12", "18", "70")] == [False, False, False, True]


def test_what_the_user_says_stands_and_the_other_lines_follow_the_structure(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    row = f"Deferred gains on swaps,us-gaap:{HEDGES}AfterReclassificationAndTax,comprehensive-income,"
    own.write_text(f"label,concept,statement,section\n{row}\n")
    found = elements(tmp_path, RECLASSIFIED, options=MapOptions(concepts=(own,)))
    assert found["30"] == f"{HEDGES}AfterReclassificationAndTax"
    assert found["12"] == f"{HEDGES}ReclassificationAfterTax"


def test_a_rule_says_why_and_the_confidence_how_surely(tmp_path: Path) -> None:
    source = tmp_path / "sallow.csv"
    source.write_text(HEAD.format(title=TITLE) + ONE_TAX)
    report, _ = make_report(source, ReadOptions(), MapOptions())
    why = next(fact.why for fact in report.facts if fact.label == "Gain on hedging swaps")
    assert "arising by another line, which reclassifies" in why.rule
    assert "before tax by the total that it goes into" in why.rule
    assert why.confidence < 0.9
