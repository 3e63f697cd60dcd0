"""How numbers and places are told in the messages of the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from converter.model.report import Fact
    from converter.model.source import Place


def number(value: Decimal) -> str:
    """In full, with thousands separators: ``1,250,000``."""
    return f"{value:,f}"


def value(fact: Fact) -> str:
    """A fact's value: a number in full, a text shortened, or ``nil``."""
    if fact.value is None:
        return "nil"
    if isinstance(fact.value, str):
        text = " ".join(fact.value.split())
        return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
    return number(fact.value)


def place(where: Place | None) -> str:
    """``line 23, column 45``, or that it stands nowhere."""
    return f"line {where.line}, column {where.column}" if where else "stated nowhere as such"
