"""The balance of an element of the company's own, which is that of the standard elements for like lines, and signs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from converter.mapping.balances import balance_of_own
from converter.mapping.signs import is_contradicted, sign_of
from converter.model.report import Concept
from converter.model.source import Place
from converter.model.statement import Amount, Line, LineKind, Measure, StatementKind
from converter.taxonomy import MONETARY

HERE = Place(source="own.txt", line=1, column=1, start=0, end=1)
SHEET, INCOME = StatementKind.BALANCE_SHEET, StatementKind.INCOME_STATEMENT
FLOWS, WIDE = StatementKind.CASH_FLOW, StatementKind.COMPREHENSIVE_INCOME


def line(label: str, *values: int, caption: str = "") -> Line:
    amounts = tuple(
        Amount(text=f"{abs(value)}", value=Decimal(value), scale=0, decimals=0, measure=Measure.MONEY, place=HERE)
        for value in values
    )
    section = (caption,) if caption else ()
    return Line(label, 0, section, LineKind.ITEM, amounts, (), HERE)


def concept(name: str, balance: str, period_type: str = "duration") -> Concept:
    return Concept(name=name, type=MONETARY, period_type=period_type, balance=balance)


@pytest.mark.parametrize(
    ("label", "values", "section", "balance"),
    [
        # What flows out is a payment, whatever the words.
        ("Investments in windmills", (-4, -5), "investing", "credit"),
        ("Wheels returned", (4, 5), "investing", "debit"),
        ("Additions to short-term borrowings", (4, 5), "financing", "debit"),
        # What flows both ways: payments less proceeds of investments, proceeds less payments of financing.
        ("Sales (purchases) of wheels", (4, -5), "investing", "credit"),
        ("Borrowings (repayments) with the mill bank", (-4, -5), "financing", "debit"),
        ("Repayments of mill notes, net", (-4, -5), "financing", "debit"),
        ("Net decrease in cash of the mill", (-4, -5), "financing", "debit"),
        # Adjustments: a gain is a credit, and a loss is a gain below zero; impairments and provisions are costs.
        ("Gain on sale of wheels", (-4, -5), "adjustments", "credit"),
        ("Loss on disposal of wheels", (4, 5), "adjustments", "credit"),
        ("Net (gain) loss on wheels", (4, -5), "adjustments", "credit"),
        ("Provision for credit losses on wheels", (4, 5), "adjustments", "debit"),
        ("Contributions to the millers' plan", (-4, -5), "adjustments", "credit"),
        ("Other non-cash items", (4, -5), "adjustments", "credit"),
        ("Wheel allowances", (4, 5), "adjustments", "debit"),
        # An asset that grows takes cash, a liability that grows brings it.
        ("Grain receivables", (-4, 5), "working-capital", "credit"),
        ("Grain receivables and payables", (-4, 5), "working-capital", "debit"),
        ("Grain owed", (4, 5), "working-capital", "debit"),
        ("Cash paid for grain", (4, 5), "supplemental", "credit"),
    ],
)
def test_cash_flows(label: str, values: tuple[int, ...], section: str, balance: str) -> None:
    assert balance_of_own(line(label, *values), FLOWS, section, 1) == balance


@pytest.mark.parametrize(
    ("label", "caption", "balance"),
    [
        ("Unrealized gains on wheels", "", "credit"),
        ("Reclassification of gains to income", "", "debit"),
        ("Losses realized and included in net income", "", "debit"),
        ("Change of the pension obligation, net of tax of $4", "", "debit"),
        ("Net change", "Pension plans", "debit"),
        ("Actuarial gains of pension plans", "", "credit"),
        ("Amortization of actuarial loss", "Pension plans", "debit"),
        ("Income tax effect", "", "debit"),
        ("Income before tax", "", "credit"),
        ("Income (taxes) on wheels", "", "credit"),
        ("Less: income attributable to noncontrolling interests", "", "debit"),
    ],
)
def test_comprehensive_income(label: str, caption: str, balance: str) -> None:
    assert balance_of_own(line(label, 4, 5, caption=caption), WIDE, "", None) == balance


@pytest.mark.parametrize(
    ("label", "values", "weight", "balance"),
    [
        ("Milling costs", (4, 5), -1, "debit"),
        ("Milling costs", (-4, -5), 1, "debit"),
        ("Mill rents", (4, 5), 1, "credit"),
        ("Milling (income) expense", (4, -5), -1, "credit"),
        ("Net loss before dividends", (-4, -5), 1, "credit"),
        ("Mill income", (4, 5), None, "credit"),
        ("Mill rents", (4, 5), None, "debit"),
    ],
)
def test_income(label: str, values: tuple[int, ...], weight: int | None, balance: str) -> None:
    assert balance_of_own(line(label, *values), INCOME, "", weight) == balance


@pytest.mark.parametrize(
    ("label", "section", "balance"),
    [
        ("Wheels", "noncurrent-assets", "debit"),
        ("Grain owed", "current-liabilities", "credit"),
        ("Shares repurchased", "equity", "debit"),
    ],
)
def test_balance_sheet(label: str, section: str, balance: str) -> None:
    assert balance_of_own(line(label, -4, -5), SHEET, section, 1) == balance


@pytest.mark.parametrize(
    ("values", "weight", "section", "contradicted"),
    [
        ((4, 5), 1, "noncurrent-assets", True),
        ((4, 5), -1, "noncurrent-assets", False),
        ((-4, -5), 1, "noncurrent-assets", False),
        ((4, 5), None, "noncurrent-assets", False),
        ((4, 5), 1, "equity", False),
        ((4, 5), 1, "", False),
    ],
)
def test_a_deduction_does_not_add(
    values: tuple[int, ...], weight: int | None, section: str, contradicted: bool
) -> None:
    depreciation = concept("us-gaap:AccumulatedDepreciation", "credit", "instant")
    assert is_contradicted(line("Wheels, less depreciation", *values), weight, depreciation, section) is contradicted


@pytest.mark.parametrize(
    ("label", "values", "weight", "section", "name", "factor"),
    [
        # Beside the flows, a payment is displayed plain or in brackets; its value is positive.
        ("Interest paid", (4, 5), 1, "supplemental", "us-gaap:InterestPaidNet", 1),
        ("Interest paid", (-4, -5), 1, "supplemental", "us-gaap:InterestPaidNet", -1),
        ("Interest (paid) refunded", (4, -5), None, "supplemental", "us-gaap:InterestPaidNet", -1),
        ("Interest paid", (4, 5), None, "", "us-gaap:InterestPaidNet", 1),
        ("Wheels bought", (-4, -5), None, "investing", "us-gaap:PaymentsToAcquireMachineryAndEquipment", -1),
        # A refund among the flows.
        ("Wheels bought", (4, -5), 1, "investing", "us-gaap:PaymentsToAcquireMachineryAndEquipment", -1),
        # Results are as displayed, although they are credits, unless they are taken back among the adjustments.
        ("Net loss", (-4, 5), 1, "operating", "us-gaap:IncomeLossFromContinuingOperations", 1),
        ("Discontinued operations", (4, 5), -1, "operating", "us-gaap:IncomeLossFromDiscontinuedOperationsNetOfTax", 1),
        (
            "Discontinued operations",
            (4, 5),
            1,
            "adjustments",
            "us-gaap:IncomeLossFromDiscontinuedOperationsNetOfTax",
            -1,
        ),
    ],
)
def test_signs_of_cash_flows(
    label: str, values: tuple[int, ...], weight: int | None, section: str, name: str, factor: int
) -> None:
    assert sign_of(line(label, *values), weight, concept(name, "credit"), FLOWS, section).factor == factor


def test_brackets_of_an_income_are_told_by_the_label() -> None:
    for weight in (-1, 1, None):
        sign = sign_of(line("Other (income) expense", 4, -5), weight, concept("us-gaap:Other", "credit"), INCOME, "")
        assert sign.factor == -1
