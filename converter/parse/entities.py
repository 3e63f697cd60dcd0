"""Whose statement it is: a later statement with the lines and dates of an earlier one, but other amounts, is of another.

A filing holds the statements of the group, and may hold those of its parent alone or of a subsidiary behind them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from converter.model.periods import Period
    from converter.model.statement import Statement

_FEWEST = 3  # lines that differ
_MOST = 12  # entities that are told apart: no filing has more
_COMPARED = frozenset({StatementKind.BALANCE_SHEET, StatementKind.INCOME_STATEMENT, StatementKind.CASH_FLOW})
_Amounts = dict[tuple[str, "Period"], "Decimal"]


def with_parts(statements: Sequence[Statement], names: Sequence[str]) -> tuple[Statement, ...]:
    """``statements`` with the part that each is of, where it is not that of the first of its kind.

    ``names`` has the words that stand above each title: they name the part, unless they stand above the first as well.
    """
    known: dict[StatementKind, dict[str, tuple[_Amounts, str]]] = {}  # by part: its amounts so far, and its name
    found = []
    for statement, name in zip(statements, names, strict=True):
        if statement.kind not in _COMPARED:
            found.append(statement)
            continue
        amounts = _amounts(statement)
        parts = known.setdefault(statement.kind, {})
        part = next((part for part, (other, _) in parts.items() if not _differ(amounts, other)), None)
        if part is not None:
            parts[part][0].update(amounts)
        else:
            taken = {name for _, name in parts.values()}
            named = name if name and name not in taken else f"{statement.title} {len(parts) + 1}"
            part = named if parts else ""
            if len(parts) < _MOST:
                parts[part] = (amounts, name)
        found.append(replace(statement, part=part) if part else statement)
    return tuple(found)


def _amounts(statement: Statement) -> _Amounts:
    return {
        (line.label.lower(), column.period): amount.value
        for line in statement.lines
        if line.label
        for column, amount in zip(statement.columns, line.amounts, strict=True)
        if column.period is not None and not column.part and amount is not None and amount.value
    }


def _differ(one: Mapping[tuple[str, Period], Decimal], other: Mapping[tuple[str, Period], Decimal]) -> bool:
    """Whether most of the amounts that both have under one label and date are not the same."""
    shared = one.keys() & other.keys()
    different = sum(1 for key in shared if abs(one[key]) != abs(other[key]))
    return different >= _FEWEST and different > len(shared) - different
