"""The calculation linkbase says what the printed arithmetic shows, with the weights that the concepts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter.model.report import Concept
from converter.write.calculations import Summation, _closes_a_circle
from tests.test_convert import RELEASE, run

if TYPE_CHECKING:
    from pathlib import Path

LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"


def sums(folder: Path) -> dict[str, dict[str, str]]:
    """Total to part to weight, by the fragments of the locators."""
    (path,) = folder.glob("*_cal.xml")
    found: dict[str, dict[str, str]] = {}
    for link in etree.parse(path).getroot().iter(f"{LINK}calculationLink"):
        names = {
            loc.get(f"{XLINK}label"): loc.get(f"{XLINK}href", "").partition("#")[2] for loc in link.iter(f"{LINK}loc")
        }
        for arc in link.iter(f"{LINK}calculationArc"):
            total, part = names[arc.get(f"{XLINK}from")], names[arc.get(f"{XLINK}to")]
            found.setdefault(total, {})[part] = arc.get("weight", "")
    return found


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        # Printed with a minus in brackets, and a debit among credits: subtracted.
        (
            "us-gaap_StockholdersEquity",
            {
                "us-gaap_CommonStockValue": "1",
                "us-gaap_AdditionalPaidInCapital": "1",
                "us-gaap_RetainedEarningsAccumulatedDeficit": "1",
                "us-gaap_TreasuryStockValue": "-1",
            },
        ),
        # "Less" and printed plain: subtracted.
        (
            "us-gaap_PropertyPlantAndEquipmentNet",
            {
                "us-gaap_PropertyPlantAndEquipmentGross": "1",
                "us-gaap_AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment": "-1",
            },
        ),
        # An element of the company's own adds like any other.
        (
            "us-gaap_PropertyPlantAndEquipmentGross",
            {"us-gaap_MachineryAndEquipmentGross": "1", "lrkp_BeaconTowers": "1"},
        ),
        # What is nil adds with the weight that its balance asks for.
        (
            "us-gaap_LiabilitiesAndStockholdersEquity",
            {
                "us-gaap_LiabilitiesCurrent": "1",
                "us-gaap_CommitmentsAndContingencies": "1",
                "us-gaap_StockholdersEquity": "1",
            },
        ),
        ("us-gaap_GrossProfit", {"us-gaap_Revenues": "1", "us-gaap_CostOfGoodsAndServicesSold": "-1"}),
        # Printed with a minus and added, but an expense is a positive number.
        ("us-gaap_NetIncomeLoss", {"us-gaap_GrossProfit": "1", "us-gaap_InterestExpense": "-1"}),
    ],
)
def test_weights(tmp_path: Path, total: str, parts: dict[str, str]) -> None:
    _, _, folder = run(tmp_path)
    assert sums(folder)[total] == parts


def test_a_total_that_does_not_foot_is_no_sum(tmp_path: Path) -> None:
    _, _, folder = run(tmp_path, RELEASE.replace("1,890,000     1,695,000", "1,899,000     1,695,000"))
    assert "us-gaap_AssetsCurrent" not in sums(folder)
    assert "us-gaap_StockholdersEquity" in sums(folder)


def concept(name: str) -> Concept:
    return Concept(name=name, type="xbrli:monetaryItemType", period_type="instant")


def summation(total: str, *parts: str) -> Summation:
    return Summation(concept(total), tuple((concept(part), 1) for part in parts))


@pytest.mark.parametrize(
    ("new", "closes"),
    [
        (summation("B", "A", "D"), True),  # A is made of B
        (summation("C", "E", "A"), True),  # A is made of B, and B of C
        (summation("A", "A", "E"), True),
        (summation("D", "B", "C"), False),  # B is a part of two totals, and no circle
        (summation("E", "F", "G"), False),
    ],
)
def test_sums_close_no_circle(new: Summation, closes: bool) -> None:
    found = {"A": summation("A", "B", "X"), "B": summation("B", "C", "Y")}
    assert _closes_a_circle(new, found) is closes
