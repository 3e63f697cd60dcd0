"""Footing: which lines of a statement add up to which, with the signs as displayed.

A stack holds what has not been added up yet. A line that equals a weighted sum of the topmost
entries, in every column, takes their place. Amounts are compared as integers in the smallest
printed unit; a total may miss by the rounding of its parts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import Line, Measure, StatementKind, Sum

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = re.compile(r"^(?:sub)?total\b", re.IGNORECASE)
# Where the side of the assets ends and the other begins.
_ALL_ASSETS = re.compile(r"^total assets\b", re.IGNORECASE)
_OTHER_SIDE = re.compile(r"^(?:current )?liabilities\b(?!.*\bassets\b)", re.IGNORECASE)
_NET = re.compile(r"\b(?:net|total|increase|decrease|cash|continuing operations)\b", re.IGNORECASE)
_FREE_SIGNS = 7  # beyond this many parts the signs are not free, or chance would find a sum
_MOST_PARTS = 120  # of one total: what has not been added up for so long never is
_NEAR = 20  # a total that misses by less than a twentieth was meant to foot


class _Entry(NamedTuple):
    line: int
    values: tuple[int, ...]
    group: tuple[str, ...]


def find_sums(lines: Sequence[Line], kind: StatementKind) -> tuple[Sum, ...]:
    """The sums of a statement, in the order of their totals.

    On a balance sheet, differences are sought within a section and a side only: that assets less all else are
    the last line of equity is true of every balance sheet, and no line adds up so. Flows of cash are displayed with
    their signs, and only what says that it is a total subtracts any.
    """
    digits = _digits(lines)
    side = ""
    stack: list[_Entry] = []
    sums: list[Sum] = []
    for index, line in enumerate(lines):
        if _OTHER_SIDE.match(line.label):
            side = "other"
        if not _adds(line):
            continue
        amounts = [amount if amount and amount.measure is Measure.MONEY else None for amount in line.amounts]
        values = tuple([int(amount.value.scaleb(digits)) if amount and amount.value else 0 for amount in amounts])
        # A dash is compared as zero, but leads nowhere.
        shown = [position for position, amount in enumerate(amounts) if amount and amount.value is not None]
        shown += [position for position, amount in enumerate(amounts) if amount and amount.value is None]
        group = (side, *line.section) if kind is StatementKind.BALANCE_SHEET else ()
        entry = _Entry(index, values, group)
        may_subtract = kind is not StatementKind.CASH_FLOW or not line.label or _NET.search(line.label) is not None
        found = _match(stack, entry, shown, may_subtract=may_subtract) if any(values) else None
        if found is None and any(values) and (_TOTAL.match(line.label) or not line.label):
            found = _near(stack, entry, shown, lines)
        if found is not None:
            taken, weights = found
            parts = stack[-taken:]
            del stack[-taken:]
            sums.append(_sum(entry, parts, weights, digits, shown))
        stack.append(entry)
        if _ALL_ASSETS.match(line.label):
            side = "other"
    return tuple(sums)


def _adds(line: Line) -> bool:
    """Whether a line is of money; a column of percentages beside the amounts does not add up, and does not matter."""
    measures = {amount.measure for amount in line.amounts if amount is not None}
    return measures - {Measure.PERCENT} == {Measure.MONEY}


def _digits(lines: Sequence[Line]) -> int:
    """The decimals of the smallest printed unit of money: 2 for cents, -3 for thousands."""
    return max(
        (
            amount.decimals
            for line in lines
            for amount in line.amounts
            if amount is not None and amount.measure is Measure.MONEY and amount.value is not None
        ),
        default=0,
    )


def _match(
    stack: Sequence[_Entry], total: _Entry, shown: Sequence[int], *, may_subtract: bool
) -> tuple[int, tuple[int, ...]] | None:
    """How many of the topmost entries make up ``total``, and their weights.

    The first column that shows a value leads: the others are looked at only where it agrees.
    """
    lead = shown[0]
    wanted = total.values[lead]
    so_far = 0
    # Sums, in the first column, of the ways to choose the parts that are subtracted; never the first part. The index of
    # a sum is its way, as a set of bits: the lowest stands for the topmost part.
    sums = [0]
    for taken in range(1, min(len(stack), _FREE_SIGNS) + 1):
        part = stack[-taken]
        value = part.values[lead]
        so_far += value
        if taken >= 2:
            weights = (1,) * taken
            slack = taken // 2 if taken > 2 else 1
            if abs(so_far - wanted) <= slack and _foots(stack, total, shown, weights, slack):
                return taken, weights
            if may_subtract and part.group == total.group:
                weights = (1,) + (-1,) * (taken - 1)
                if abs(2 * value - so_far - wanted) <= 1 and _foots(stack, total, shown, weights, 1):
                    return taken, weights
                half, is_odd = divmod(so_far - wanted, 2)
                ways = [] if is_odd or half not in sums else [way for way, sum_ in enumerate(sums) if sum_ == half]
                for way in ways:
                    weights = tuple([-1 if way >> back & 1 else 1 for back in range(taken - 1, -1, -1)])
                    if _foots(stack, total, shown, weights, 0):
                        return taken, weights
        if taken < _FREE_SIGNS and len(shown) > 1:
            sums += [sum_ + value for sum_ in sums]
    return _match_many(stack, total, shown, so_far, may_subtract=may_subtract)


def _match_many(
    stack: Sequence[_Entry], total: _Entry, shown: Sequence[int], so_far: int, *, may_subtract: bool
) -> tuple[int, tuple[int, ...]] | None:
    """As ``_match``, for more parts than ``_FREE_SIGNS``, which add up to ``so_far``: all added, or all but the first."""
    lead = shown[0]
    wanted = total.values[lead]
    for taken, part in enumerate(stack[-_FREE_SIGNS - 1 : -_MOST_PARTS - 1 : -1], _FREE_SIGNS + 1):
        value = part.values[lead]
        so_far += value
        slack = taken // 2
        if -slack <= so_far - wanted <= slack and _foots(stack, total, shown, (1,) * taken, slack):
            return taken, (1,) * taken
        if may_subtract and -1 <= 2 * value - so_far - wanted <= 1 and part.group == total.group:
            weights = (1,) + (-1,) * (taken - 1)
            if _foots(stack, total, shown, weights, 1):
                return taken, weights
    return None


def _foots(stack: Sequence[_Entry], total: _Entry, shown: Sequence[int], weights: Sequence[int], slack: int) -> bool:
    """Whether the topmost entries with ``weights``, the topmost last, make up ``total`` in every column."""
    parts = stack[-len(weights) :]
    return all(
        abs(sum([w * part.values[column] for w, part in zip(weights, parts, strict=True)]) - total.values[column])
        <= slack
        for column in shown
    )


def _near(
    stack: Sequence[_Entry], total: _Entry, shown: Sequence[int], lines: Sequence[Line]
) -> tuple[int, tuple[int, ...]] | None:
    """A total that does not foot: the entries under its own caption, if their sum comes near in every column."""
    section = lines[total.line].section
    taken, most = 0, min(len(stack), _MOST_PARTS) if section else 0
    while taken < most and lines[stack[-taken - 1].line].section[: len(section)] == section:
        taken += 1
    if taken < 2:
        return None
    for column in shown:
        value = total.values[column]
        miss = value - sum(part.values[column] for part in stack[-taken:])
        if abs(miss) * _NEAR > abs(value):
            return None
    return taken, (1,) * taken


def _sum(total: _Entry, parts: Sequence[_Entry], weights: Sequence[int], digits: int, shown: Sequence[int]) -> Sum:
    misses = tuple(
        _amount(value - sum(weight * part.values[column] for weight, part in zip(weights, parts, strict=True)), digits)
        if column in shown
        else Decimal(0)
        for column, value in enumerate(total.values)
    )
    return Sum(
        total=total.line,
        parts=tuple((part.line, weight) for part, weight in zip(parts, weights, strict=True)),
        misses=misses,
    )


def _amount(units: int, digits: int) -> Decimal:
    """A number of the smallest printed units as an amount."""
    return Decimal(units).scaleb(-digits) if digits > 0 else Decimal(units * 10**-digits)
