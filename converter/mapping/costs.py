"""Totals of costs: what a total adds up says whether it is of all costs or of the operating expenses alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.mapping.table import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.mapping.match import Claim
    from converter.model.statement import Statement

_ALL = "us-gaap:CostsAndExpenses"
_OPERATING = "us-gaap:OperatingExpenses"
_GROSS = "us-gaap:GrossProfit"
_SOLD = ("us-gaap:CostOfRevenue", "us-gaap:CostOfGoods", "us-gaap:CostOfServices")


def settled_totals(claims: Mapping[int, Claim], statement: Statement) -> dict[int, Claim]:
    """``claims`` with totals of costs by what they add up: with the cost of what was sold they are of all costs, and below
    a gross profit of the operating expenses. A concept that another line means stays there.
    """
    found = dict(claims)
    names = {index: claim.match.concepts for index, claim in claims.items() if claim.match is not None}
    for sum_ in statement.sums:
        match = found[sum_.total].match if sum_.total in found else None
        if match is None or match.confidence >= CERTAIN or match.concepts not in {(_ALL,), (_OPERATING,)}:
            continue
        parts = [part for part, _ in sum_.parts]
        if any(name.startswith(_SOLD) for part in parts for name in names.get(part, ())):
            concept, why = _ALL, "it adds up the cost of what was sold, too"
        elif any(_GROSS in names.get(index, ()) for index in range(min(parts))):
            concept, why = _OPERATING, "it adds up what stands below the gross profit"
        else:
            continue
        if match.concepts != (concept,) and (concept,) not in names.values():
            match = match._replace(concepts=(concept,), rule=f"{match.rule}; {why}")
            found[sum_.total] = found[sum_.total]._replace(match=match)
    return found
