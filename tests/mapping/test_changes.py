"""What the words of a line or a caption say of a change in other comprehensive income."""

from __future__ import annotations

import pytest

from converter import resources
from converter.mapping.changes import Role, TaxState, component_said, role_said, shared, tax_said

FOLDER = resources.folder("taxonomy") / "us-gaap-2024"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Translation adjustments", None),
        ("Translation adjustments, net of tax", TaxState.NET),
        ("Swaps (net of deferred income taxes of $3)", TaxState.NET),
        ("Unrealized gains, less applicable taxes", TaxState.NET),
        ("After-tax change in swaps", TaxState.NET),
        ("Gains before reclassification, net of tax", TaxState.NET),
        ("Other comprehensive income before income taxes", TaxState.BEFORE),
        ("Gains, net of reclassification, before tax", TaxState.BEFORE),
        ("Gross unrealized gains", TaxState.BEFORE),
        ("Less: income taxes", TaxState.TAX),
        ("Income tax (expense) benefit on swaps", TaxState.TAX),
        ("Gains on tax-exempt bonds", None),
    ],
)
def test_words_say_the_tax_state(words: str, state: TaxState | None) -> None:
    assert tax_said(words) is state


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Translation adjustments", None),
        ("Unrealized gains arising during the year", Role.ARISING),
        ("Gains before reclassifications", Role.ARISING),
        ("Less: reclassification adjustment for gains included in net income, net of tax", Role.RECLASSIFIED),
        ("Net losses realized in earnings", Role.RECLASSIFIED),
        ("Amortization of prior service cost during the period", Role.RECLASSIFIED),
        ("Unrealized gains", None),
        ("Unrealized gains, net of reclassification adjustments", Role.CHANGE),
        ("Unrealized gains, net of taxes and reclassifications", Role.CHANGE),
        ("Retiree plans, excluding amortization", None),
        ("Net change", Role.CHANGE),
        ("Net change in unrealized gains", None),
        ("Total", Role.CHANGE),
    ],
)
def test_words_say_the_role(words: str, role: Role | None) -> None:
    assert role_said(words) is role


@pytest.mark.parametrize(
    ("words", "component"),
    [
        ("Cumulative translation adjustment", "oci-currency"),
        ("Gain on foreign currency forward contracts", "oci-hedges"),
        ("Translation adjustments, net of net investment hedges", "oci-currency"),
        ("Loss on hedge of net investment in Norway", "oci-net-investment-hedges"),
        ("Components excluded from the assessment of effectiveness of cash flow hedges", "oci-excluded-components"),
        ("Unrealized gain on debt securities", "oci-securities"),
        ("Actuarial loss on pension plans", "oci-actuarial"),
        ("Amortization of actuarial loss and prior service cost", "oci-pension"),
        ("Share of affiliates", "oci-equity-method"),
        ("Total other comprehensive loss", "oci"),
        ("Reclassification to net income", ""),
        ("Income tax effect", ""),
    ],
)
def test_words_name_the_component(words: str, component: str) -> None:
    assert component_said(words, FOLDER) == component


def test_the_narrowest_component_is_shared() -> None:
    assert shared(["oci-actuarial", "oci-prior-service"]) == "oci-pension"
    assert shared(["oci-actuarial", "oci-hedges"]) == "oci"
    assert not shared([])
    assert not shared(["", "oci-hedges"])
