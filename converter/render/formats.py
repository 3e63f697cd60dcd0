"""What an inline XBRL element says of its fact (Inline XBRL 1.1, sections 10 and 14): attributes, never the text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.model.report import Fact, Unit

_DIGIT = re.compile("[0-9]")


def unit_id(unit: Unit) -> str:
    """The unit's id as XML allows it: ``USD/shares`` is ``USD-per-shares``."""
    return unit.id.replace("/", "-per-")


def element(fact: Fact) -> str:
    """The name of the element that tags ``fact``."""
    return "ix:nonNumeric" if isinstance(fact.value, str) else "ix:nonFraction"


def attributes(fact: Fact) -> dict[str, str]:
    """The attributes of the element that tags ``fact`` where it stands.

    ValueError where the text does not bear the value out.
    """
    found = _identity(fact)
    if isinstance(fact.value, str):
        if fact.value.split() != fact.text.split():
            raise ValueError(f"{fact.id}: the text {fact.text!r} is not {fact.value!r}")
        return found
    if fact.value is None:
        return found
    if fact.scale:
        found["scale"] = str(fact.scale)
    has_digits = _DIGIT.search(fact.text) is not None
    if (_printed(fact) if has_digits else Decimal(0)) != abs(fact.value):
        raise ValueError(f"{fact.id}: {fact.text!r} with scale {fact.scale} is not {fact.value}")
    found["format"] = "ixt:num-dot-decimal" if has_digits else "ixt:fixed-zero"
    return found


def hidden_attributes(fact: Fact) -> dict[str, str]:
    """The attributes of the element that tags ``fact`` in the header, where ``hidden_text`` is its content."""
    return _identity(fact)


def hidden_text(fact: Fact) -> str:
    """The content of a fact that stands nowhere in the text: its value as XBRL writes it, without the sign."""
    if fact.value is None:
        return ""
    return fact.value if isinstance(fact.value, str) else f"{abs(fact.value):f}"


def _identity(fact: Fact) -> dict[str, str]:
    """What does not depend on how the value is written: name, context, unit, accuracy, sign, nil."""
    found = {"id": fact.id, "name": fact.concept.name, "contextRef": fact.context.id}
    if isinstance(fact.value, str):
        return found
    if fact.unit is None:
        raise ValueError(f"{fact.id}: a numeric fact needs a unit")
    found["unitRef"] = unit_id(fact.unit)
    if fact.value is None:
        found["xsi:nil"] = "true"
        return found
    found["decimals"] = "INF" if fact.decimals is None else str(fact.decimals)
    if fact.value < 0:
        found["sign"] = "-"
    return found


def _printed(fact: Fact) -> Decimal:
    try:
        return Decimal(fact.text.replace(",", "")).scaleb(fact.scale)
    except InvalidOperation as error:
        raise ValueError(f"{fact.id}: {fact.text!r} is no number") from error
