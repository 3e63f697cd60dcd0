"""Footing: which lines of a statement add up to which, with the signs as displayed.

A stack holds what has not been added up yet. A line that equals a weighted sum of the topmost
entries, in every column, takes their place. Amounts are compared as integers in the smallest
printed unit; a total may miss by the rounding of its parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.statement import Line, Measure, StatementKind, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOTAL = re.compile(r"^(?:sub)?total\b", re.IGNORECASE)
_FREE_SIGNS = 7  # beyond this many parts the signs are not free, or chance would find a sum
_NEAR = 20  # a total that misses by less than a twentieth was meant to foot


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    values: tuple[int, ...]
    group: tuple[str, ...]


def find_sums(lines: Sequence[Line], kind: StatementKind) -> tuple[Sum, ...]:
    """The sums of a statement, in the order of their totals.

    On a balance sheet, differences are sought within a section only: that assets less all else are
    the last line of equity is true of every balance sheet, and no line adds up so.
    """
    unit = _unit(lines)
    stack: list[_Entry] = []
    sums: list[Sum] = []
    for index, line in enumerate(lines):
        if not _adds(line):
            continue
        values = tuple(int(amount.value / unit) if amount and amount.value else 0 for amount in line.amounts)
        shown = tuple(position for position, amount in enumerate(line.amounts) if amount and amount.value is not None)
        group = line.section if kind is StatementKind.BALANCE_SHEET else ()
        entry = _Entry(index, values, group)
        found = _match(stack, entry, shown) if any(values) else None
        if found is None and any(values) and (_TOTAL.match(line.label) or not line.label):
            found = _near(stack, entry, shown, lines)
        if found is not None:
            taken, weights = found
            parts = stack[-taken:]
            del stack[-taken:]
            sums.append(_sum(entry, parts, weights, unit, shown))
        stack.append(entry)
    return tuple(sums)


def _adds(line: Line) -> bool:
    return any(line.amounts) and all(amount is None or amount.measure is Measure.MONEY for amount in line.amounts)


def _unit(lines: Sequence[Line]) -> Decimal:
    """The smallest printed unit of money."""
    exponents = [
        int(amount.value.as_tuple().exponent)
        for line in lines
        for amount in line.amounts
        if amount and amount.value is not None and amount.measure is Measure.MONEY
    ]
    scales = [amount.scale for line in lines for amount in line.amounts if amount and amount.measure is Measure.MONEY]
    smallest = min([*exponents, 0])
    return Decimal(1).scaleb(smallest if smallest < 0 else min(scales, default=0))


def _match(stack: Sequence[_Entry], total: _Entry, shown: Sequence[int]) -> tuple[int, tuple[int, ...]] | None:
    """How many of the topmost entries make up ``total``, and their weights."""
    sums = [0] * len(shown)
    lead = shown[0]
    # Sums, in the first column, of the ways to choose the parts that are subtracted; never the first part.
    chosen: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for taken in range(1, len(stack) + 1):
        part = stack[-taken]
        sums = [so_far + part.values[column] for so_far, column in zip(sums, shown, strict=True)]
        if taken >= 2:
            if _close(sums, total, shown, taken // 2 if taken > 2 else 1):
                return taken, (1,) * taken
            if part.group == total.group:
                weights = _difference(stack, total, shown, taken, sums, chosen)
                if weights is not None:
                    return taken, weights
        if taken < _FREE_SIGNS and len(shown) > 1:
            for so_far, ways in list(chosen.items()):
                chosen.setdefault(so_far + part.values[lead], []).extend((*way, taken) for way in tuple(ways))
    return None


def _difference(
    stack: Sequence[_Entry],
    total: _Entry,
    shown: Sequence[int],
    taken: int,
    sums: Sequence[int],
    chosen: Mapping[int, Sequence[tuple[int, ...]]],
) -> tuple[int, ...] | None:
    """Weights of the topmost ``taken`` entries with some subtracted: all but the first, or a choice in ``chosen``.

    What is subtracted adds up to half of what the plain sum is too large by.
    """
    first = stack[-taken]
    if _close([2 * first.values[column] - so_far for so_far, column in zip(sums, shown, strict=True)], total, shown, 1):
        return (1,) + (-1,) * (taken - 1)
    if taken > _FREE_SIGNS:
        return None
    excess = [so_far - total.values[column] for so_far, column in zip(sums, shown, strict=True)]
    for way in chosen.get(excess[0] // 2, ()) if excess[0] % 2 == 0 else ():
        if all(
            2 * sum(stack[-back].values[column] for back in way) == over
            for over, column in zip(excess, shown, strict=True)
        ):
            return tuple(-1 if back in way else 1 for back in range(taken, 0, -1))
    return None


def _close(sums: Sequence[int], total: _Entry, shown: Sequence[int], slack: int) -> bool:
    return all(abs(found - total.values[column]) <= slack for found, column in zip(sums, shown, strict=True))


def _near(
    stack: Sequence[_Entry], total: _Entry, shown: Sequence[int], lines: Sequence[Line]
) -> tuple[int, tuple[int, ...]] | None:
    """A total that does not foot: the entries under its own caption, if their sum comes near in every column."""
    section = lines[total.index].section
    taken = 0
    while taken < len(stack) and section and lines[stack[-taken - 1].index].section[: len(section)] == section:
        taken += 1
    if taken < 2:
        return None
    for column in shown:
        value = total.values[column]
        miss = value - sum(part.values[column] for part in stack[-taken:])
        if abs(miss) * _NEAR > abs(value):
            return None
    return taken, (1,) * taken


def _sum(total: _Entry, parts: Sequence[_Entry], weights: Sequence[int], unit: Decimal, shown: Sequence[int]) -> Sum:
    misses = tuple(
        unit * (value - sum(weight * part.values[column] for weight, part in zip(weights, parts, strict=True)))
        if column in shown
        else Decimal(0)
        for column, value in enumerate(total.values)
    )
    return Sum(
        total=total.index,
        parts=tuple((part.index, weight) for part, weight in zip(parts, weights, strict=True)),
        misses=misses,
    )
