"""What an inline XBRL element says of its fact (Inline XBRL 1.1, sections 10 and 14): attributes, never the text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.model.report import Fact, Unit

_DIGITS = re.compile(r"\d")


def unit_id(unit: Unit) -> str:
    """The unit's id as XML allows it: ``USD/shares`` is ``USD-per-shares``."""
    return unit.id.replace("/", "-per-")


def attributes(fact: Fact) -> dict[str, str]:
    """The attributes of the element that tags ``fact``; ValueError where its text does not bear its value out."""
    found = {"id": fact.id, "name": fact.concept.name, "contextRef": fact.context.id}
    if isinstance(fact.value, str):
        return found
    if fact.unit is None:
        raise ValueError(f"{fact.id}: a numeric fact needs a unit")
    found["unitRef"] = unit_id(fact.unit)
    if fact.value is None:
        return {**found, "xsi:nil": "true"}
    found["decimals"] = "INF" if fact.decimals is None else str(fact.decimals)
    if fact.scale:
        found["scale"] = str(fact.scale)
    if fact.value < 0:
        found["sign"] = "-"
    has_digits = bool(_DIGITS.search(fact.text))
    printed = Decimal(fact.text.replace(",", "")).scaleb(fact.scale) if has_digits else Decimal(0)
    if printed != abs(fact.value):
        raise ValueError(f"{fact.id}: {fact.text!r} with scale {fact.scale} is not {fact.value}")
    found["format"] = "ixt:num-dot-decimal" if has_digits else "ixt:fixed-zero"
    return found
