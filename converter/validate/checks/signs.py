"""Negative values of concepts that cannot be negative."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.validate.checks.words import place, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Report

_CODE = "fact.negative"
# What is counted or paid is positive by its meaning: the direction is in the name.
_POSITIVE = re.compile(
    r"us-gaap:(?:Payments\w*|ProceedsFrom\w*|InterestPaid\w*|IncomeTaxesPaid|CommonStockValue|TreasuryStockValue"
    r"|AccumulatedDepreciation\w*|WeightedAverageNumber\w*|\w*Shares(?:Authorized|Issued|Outstanding))"
)
# A name with both directions is a net amount; an adjustment goes either way.
_NET = re.compile(r"us-gaap:(?:Payments\w*Proceeds|Proceeds\w*(?:Payments|Repayments))|\w*Adjustments?$")


def fact_negative(report: Report) -> Iterator[Finding]:
    """A payment, a number of shares or another amount that is positive by its meaning is negative."""
    for fact in report.facts:
        name = fact.concept.name
        if not isinstance(fact.value, Decimal) or fact.value >= 0 or not _POSITIVE.fullmatch(name):
            continue
        if _NET.match(name.partition(":")[2]) or _NET.match(name):
            continue
        yield Finding(
            code=_CODE,
            severity=Severity.WARNING,
            message=f"{name} for {fact.context} is {value(fact)}, but it cannot be negative ({place(fact.place)})",
            hint="brackets show that money goes out, which the concept's name says already: "
            "turn the sign, or choose a concept that goes both ways",
            place=fact.place,
            concept=name,
            fact=fact.id,
        )
