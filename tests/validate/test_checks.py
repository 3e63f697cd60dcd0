"""Every check of the converter's own: an entry in the catalogue, passing cases, failing cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from converter.model.findings import Severity
from converter.model.periods import Period
from converter.model.report import Outcome
from converter.model.statement import StatementKind
from converter.taxonomy import load
from converter.validate import CATALOGUE, CHECKS, check_values

from .samples import QUARTER, fact, number, report, schedule, statement

if TYPE_CHECKING:
    from converter.model.report import Report

PASSING: dict[str, tuple[Report, ...]] = {
    "statement.footing": (
        report(statements=(statement(750_000, 500_000, 1_250_000),)),
        report(statements=(statement(750_000, 500_000, 1_253_000),)),  # three units, three numbers: rounding
        report(statements=(statement("0.25", "0.50", "0.75", scale=0, decimals=2),)),
    ),
    "balance.equation": (
        report(fact("Assets", 1000), fact("LiabilitiesAndStockholdersEquity", 1000)),
        report(fact("Assets", 1000)),
        report(fact("Assets", None), fact("LiabilitiesAndStockholdersEquity", 1000)),
        report(  # one stated in millions
            fact("Assets", 1_250_000), fact("LiabilitiesAndStockholdersEquity", 1_000_000, decimals=-6)
        ),
    ),
    "fact.duplicate": (
        report(fact("Assets", 1_250_000), fact("Assets", 1_300_000, decimals=-5)),
        report(fact("Assets", 1000), fact("Assets", 2000, period=QUARTER)),
        report(fact("Assets", None), fact("Assets", None)),
        report(fact("dei:EntityRegistrantName", "A"), fact("dei:EntityRegistrantName", "A")),
    ),
    "fact.negative": (
        report(fact("PaymentsOfDividends", 950), fact("NetIncomeLoss", -950)),
        report(fact("ProceedsFromPaymentsForOtherFinancingActivities", -950)),
        report(fact("PaymentsForProceedsFromOtherInvestingActivities", -950)),
        report(fact("ProceedsFromRepaymentsOfDebt", -950)),
        report(fact("WeightedAverageNumberDilutedSharesOutstandingAdjustment", -950)),
        report(fact("IncomeTaxesPaidNet", -950), fact("PaymentsOfDividends", None)),
        report(fact("lm:PaymentsOfEverything", -950)),
    ),
    "ledger.untagged": (
        report(numbers=(number(Outcome.FACT, 5), number(Outcome.NOT_A_FACT, 6))),
        report(numbers=(number(Outcome.UNTAGGED, 7, StatementKind.PROSE),)),
    ),
    "schedule.differs": (
        report(fact("Assets", 1_250_000), schedules=(schedule(TOTAL_ASSETS=1250),)),
        report(fact("Assets", 1_250_400, decimals=0), schedules=(schedule(TOTAL_ASSETS=1250),)),
        report(fact("Assets", 1_300_000, decimals=-5), schedules=(schedule(TOTAL_ASSETS=1250),)),
        report(fact("Assets", 1_250_000), schedules=(schedule(TOTAL_ASSETS=0, CASH=12, WORDS=3),)),
        report(  # any of the concepts that the tag may stand for
            fact("NetIncomeLoss", 800_000, period=QUARTER),
            fact("ProfitLoss", 850_000, period=QUARTER),
            schedules=(schedule(NET_INCOME=850),),
        ),
        report(  # of another length, of another date, or not known to be of the same
            fact("NetIncomeLoss", 800_000, period=QUARTER),
            fact("Assets", 1, period=Period(date(2008, 12, 31))),
            schedules=(schedule(9, NET_INCOME=2400, TOTAL_ASSETS=5), schedule(None, NET_INCOME=2400)),
        ),
        report(
            fact("AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment", 70_000),
            schedules=(schedule(DEPRECIATION=-70),),
        ),
        report(fact("EarningsPerShareBasic", Decimal("0.25"), period=QUARTER), schedules=(schedule(EPS_BASIC="0.25"),)),
    ),
}
FAILING: dict[str, tuple[tuple[Report, Severity, int, str], ...]] = {
    "statement.footing": (
        (
            report(
                fact("Assets", 1_254_000, id="f9", line=3),
                statements=(statement(750_000, 500_000, 1_254_000),),
            ),
            Severity.WARNING,
            3,
            "“Line 3”, column “2009-09-30”, is 1,254,000, but its 2 lines add up to 1,250,000: 4,000",
        ),
        (
            report(statements=(statement("0.25", "0.50", "0.70", scale=0, decimals=2),)),
            Severity.WARNING,
            3,
            "0.05 too little",
        ),
    ),
    "balance.equation": (
        (
            report(fact("Assets", 1000, line=4), fact("LiabilitiesAndStockholdersEquity", 2000, id="f2", line=9)),
            Severity.ERROR,
            4,
            "at 2009-09-30 assets are 1,000 (line 4, column 40), but liabilities and equity are 2,000",
        ),
    ),
    "fact.duplicate": (
        (
            report(fact("Assets", 1000, line=4), fact("Assets", 3000, id="f2", line=9)),
            Severity.ERROR,
            9,
            "us-gaap:Assets for 2009-09-30 is 1,000 (line 4, column 40) and 3,000 (line 9, column 40)",
        ),
        (
            report(fact("Assets", 1000, line=4), fact("Assets", None, id="f2", line=None)),
            Severity.ERROR,
            4,
            "nil (stated nowhere as such)",
        ),
    ),
    "fact.negative": tuple(
        (report(fact(name, -950)), Severity.WARNING, 5, f"us-gaap:{name} for 2009-09-30 is -950")
        for name in (
            "PaymentsOfDividends",
            "ProceedsFromIssuanceOfCommonStock",
            "InterestPaidNet",
            "IncomeTaxesPaid",
            "TreasuryStockValue",
            "CommonStockSharesIssued",
            "WeightedAverageNumberOfSharesOutstandingBasic",
        )
    ),
    "ledger.untagged": (
        (
            report(
                statements=(statement(750_000, 500_000, 1_250_000),),
                numbers=(number(Outcome.UNTAGGED, 5), number(Outcome.UNTAGGED, 6)),
            ),
            Severity.WARNING,
            5,
            "2 numbers bear no fact in the balance sheet; the first is 1,234 (line 5, column 40): no row",
        ),
    ),
    "schedule.differs": (
        (
            report(fact("Assets", 1_250_000, line=4), schedules=(schedule(CASH=1, TOTAL_ASSETS=1350),)),
            Severity.WARNING,
            4,
            "TOTAL-ASSETS of the schedule is 1,350,000 (line 91, column 40), but us-gaap:Assets for 2009-09-30 is "
            "1,250,000 (line 4, column 40)",
        ),
        (
            report(fact("Assets", 1_251_000), schedules=(schedule(TOTAL_ASSETS=1250),)),
            Severity.WARNING,
            5,
            "TOTAL-ASSETS of the schedule is 1,250,000",
        ),
        (
            report(fact("NetIncomeLoss", -850_000, period=QUARTER), schedules=(schedule(NET_INCOME=850),)),
            Severity.WARNING,
            5,
            "us-gaap:NetIncomeLoss for 2009-07-01/2009-09-30 is -850,000",
        ),
        (  # one finding, not one for each value
            report(
                fact("Assets", 1_250_000),
                fact("AssetsCurrent", 750_000, line=6),
                schedules=(schedule(3, 1, TOTAL_ASSETS=1250, CURRENT_ASSETS=750),),
            ),
            Severity.WARNING,
            5,
            "with a multiplier of 1,000, not of 1; the first is TOTAL-ASSETS (line 90, column 40)",
        ),
    ),
}


def test_every_check_has_an_entry_a_passing_and_a_failing_case() -> None:
    codes = [code for code in CATALOGUE if not code.endswith("*")]
    assert list(PASSING) == list(FAILING) == codes
    assert len(CHECKS) == len(codes)
    assert all(entry.what and entry.why and entry.example for entry in CATALOGUE.values())


@pytest.mark.parametrize("code", PASSING)
def test_each_check_is_silent_where_nothing_is_wrong(code: str) -> None:
    for sample in PASSING[code]:
        assert code not in {finding.code for finding in check_values(sample)}


@pytest.mark.parametrize("code", FAILING)
def test_each_check_says_what_and_where(code: str) -> None:
    check = dict(zip(FAILING, CHECKS, strict=True))[code]
    for sample, severity, line, words in FAILING[code]:
        (finding,) = check(sample)
        assert (finding.code, finding.severity) == (code, severity)
        assert words in finding.message
        assert finding.hint
        assert finding.place is not None
        assert finding.place.line == line


def test_a_schedule_is_held_against_the_elements_of_an_older_year() -> None:
    older = load("us-gaap-2011").schemas
    sales = report(fact("SalesRevenueNet", 900_000, period=QUARTER), schedules=(schedule(SALES=850),))
    (finding,) = check_values(sales._replace(schemas=older))
    assert finding.message.startswith("SALES of the schedule is 850,000")
    agreeing = report(fact("SalesRevenueNet", 850_000, period=QUARTER), schedules=(schedule(SALES=850),))
    assert check_values(agreeing._replace(schemas=older)) == ()


def test_a_footing_miss_names_the_fact_of_the_total() -> None:
    (finding,) = check_values(FAILING["statement.footing"][0][0])
    assert (finding.concept, finding.fact) == ("us-gaap:Assets", "f9")


def test_untagged_numbers_are_one_finding_for_each_statement() -> None:
    untagged = [number(Outcome.UNTAGGED, line) for line in range(3, 9)]
    elsewhere = [number(Outcome.UNTAGGED, line, StatementKind.CASH_FLOW) for line in range(30, 33)]
    first, second = check_values(report(numbers=(*untagged, *elsewhere)))
    assert first.message.startswith("6 numbers")
    assert second.message.startswith("3 numbers bear no fact in the cash flow")


def test_every_disagreeing_duplicate_is_reported_once() -> None:
    facts = [fact("Assets", Decimal(value), id=f"f{value}", line=value) for value in (1000, 1000, 9000, 9000)]
    assert [finding.fact for finding in check_values(report(*facts))] == ["f9000", "f9000"]
