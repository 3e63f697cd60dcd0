"""What a rounded value can stand for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.model.report import Fact


def consistent(one: Fact, other: Fact) -> bool:
    """Whether two facts can be the same: their rounding intervals meet, or both are nil, or the same text.

    The interval of a value with decimals ``d`` is half a unit of ``10**-d`` to either side, ends
    included (Calculations 1.1, section 4; Handling Duplicate Facts 1.0); a value without decimals is exact.
    """
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    return abs(one.value - other.value) <= slack(one) + slack(other)


def slack(fact: Fact) -> Decimal:
    """Half a unit of the last digit that the fact claims; 0 for one that is exact."""
    return Decimal(0) if fact.decimals is None else Decimal("0.5").scaleb(-fact.decimals)
