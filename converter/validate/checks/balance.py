"""The accounting equation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.validate.checks.rounding import consistent
from converter.validate.checks.words import place, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Context, Fact, Report

_CODE = "balance.equation"
_ASSETS = "us-gaap:Assets"
_CLAIMS = "us-gaap:LiabilitiesAndStockholdersEquity"


def balance_equation(report: Report) -> Iterator[Finding]:
    """Assets differ from liabilities and equity at the same instant.

    Both totals are printed to the same digits and must be equal to the last of them; only where one
    is stated more coarsely than the other is its rounding allowed for.
    """
    assets, claims = _totals(report, _ASSETS), _totals(report, _CLAIMS)
    for key, left in assets.items():
        right = claims.get(key)
        if right is None or _equal(left, right):
            continue
        yield Finding(
            code=_CODE,
            severity=Severity.ERROR,
            message=f"at {key[0]} assets are {value(left)} ({place(left.place)}), but "
            f"liabilities and equity are {value(right)} ({place(right.place)})",
            hint="compare the source: one of the totals is misread, in another column, or misprinted",
            place=left.place or right.place,
            concept=left.concept.name,
            fact=left.id,
        )


def _totals(report: Report, concept: str) -> dict[tuple[Context, str], Fact]:
    """The most exact number of ``concept`` for each instant and unit."""
    found: dict[tuple[Context, str], Fact] = {}
    for fact in report.facts:
        is_instant = fact.context.period.is_instant
        if fact.concept.name == concept and is_instant and isinstance(fact.value, Decimal):
            key = (fact.context, fact.unit.id if fact.unit else "")
            if key not in found or _exactness(fact) > _exactness(found[key]):
                found[key] = fact
    return found


def _exactness(fact: Fact) -> Decimal:
    return Decimal("Infinity") if fact.decimals is None else Decimal(fact.decimals)


def _equal(left: Fact, right: Fact) -> bool:
    return left.value == right.value if left.decimals == right.decimals else consistent(left, right)
