"""Sections by position: what the totals of a statement tell of the lines above and below them.

Captions say less than they seem to: many statements print none, and a caption's end has to be guessed
from indentation. The totals stand in every statement, and what lies between two of them is of one kind.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.mapping.words import normal_form
from converter.model.statement import LineKind, Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from converter.model.statement import Line, Statement

_TOTAL_CURRENT_ASSETS = re.compile(r"^total current asset\b")
_TOTAL_ASSETS = re.compile(r"^total asset\b|^asset total\b")
_TOTAL_CURRENT_LIABILITIES = re.compile(r"^total current liability\b")
_EQUITY = re.compile(
    r"\b(?:stockholder|partner|member|owner|common|shareowner|total)\b.*\b(?:equity|deficit|deficiency|investment|capital)\b"
    r"|^equity\b|\b(?:common|preferred|capital|treasury) (?:stock|share|unit)\b|\bpaid in\b|^retained earning|^accumulated deficit"
)
_LIABILITIES = re.compile(r"\bliability\b|^(?:account|note|trade) payable")
_TOP = re.compile(r"^total\b")
_CLOSERS = (
    ("operating", re.compile(r"\bcash\b.*\b(?:operating|operation)\b")),
    ("investing", re.compile(r"\bcash\b.*\b(?:investing|investment)\b")),
    ("financing", re.compile(r"\bcash\b.*\bfinancing\b")),
)
_CLOSING = re.compile(r"\b(?:net|total|provided|used|generated|from)\b")
_REVENUE = re.compile(r"^(?:total |net |operating )*(?:revenue|sale)\b")
_OPERATING_INCOME = re.compile(
    r"^(?:operating (?:income|profit|loss|earning)|(?:income|loss|earning|profit)\b.* from operation$)"
)
_RESULT = re.compile(r"\bbefore\b.*\b(?:tax|extraordinary|cumulative|minority)\b|^net (?:income|loss|earning)")
# Where the results stand, below all costs.
RESULTS = "results"


def positions(statement: Statement) -> tuple[str, ...]:
    """The section that the totals tell for each line; empty where they tell none."""
    labels = [normal_form(line.label) for line in statement.lines]
    rules: dict[StatementKind, Callable[[Sequence[Line], Sequence[str]], list[str]]] = {
        StatementKind.BALANCE_SHEET: _balance_sheet,
        StatementKind.CASH_FLOW: _cash_flow,
        StatementKind.INCOME_STATEMENT: _income_statement,
    }
    rule = rules.get(statement.kind)
    return tuple(rule(statement.lines, labels)) if rule else ("",) * len(labels)


def balance_totals(lines: Sequence[Line]) -> tuple[int | None, int | None]:
    """The lines of total assets and of total liabilities and equity, by their words or by being equal.

    Both totals of a balance sheet show the same amounts: of unlabelled lines, the first and the last
    that do so are the two.
    """
    at: dict[tuple[object, ...], list[int]] = {}
    for index, line in enumerate(lines):
        values = tuple(amount.value for amount in line.amounts if amount is not None)
        if any(values):
            at.setdefault(values, []).append(index)
    totals = {index for index, line in enumerate(lines) if _may_total(line)}
    largest = max((_size(lines[index]) for index in totals), default=Decimal(0))
    assets, both = next(
        (
            (found[0], found[-1])
            for found in at.values()
            if len(found) > 1 and {found[0], found[-1]} <= totals and _size(lines[found[0]]) == largest
        ),
        (None, None),
    )
    named = next((index for index, line in enumerate(lines) if _is_total_assets(line)), None)
    if named is not None and named != assets:
        return named, None
    return assets, both


def _is_total_assets(line: Line) -> bool:
    return line.kind is not LineKind.CAPTION and _TOTAL_ASSETS.search(normal_form(line.label)) is not None


def _may_total(line: Line) -> bool:
    return line.kind is LineKind.SUBTOTAL or _TOP.search(normal_form(line.label)) is not None


def _size(line: Line) -> Decimal:
    """The largest amount of money that the line shows."""
    money = [amount for amount in line.amounts if amount is not None and amount.measure is Measure.MONEY]
    return max((abs(amount.value) for amount in money if amount.value), default=Decimal(0))


def _balance_sheet(lines: Sequence[Line], labels: Sequence[str]) -> list[str]:
    assets, both = balance_totals(lines)
    if assets is None:
        assets = _last_before(labels, _LIABILITIES)
    if assets is None:
        return [""] * len(labels)
    current = _find(lines, labels, _TOTAL_CURRENT_ASSETS, 0)
    owed = _find(lines, labels, _TOTAL_CURRENT_LIABILITIES, assets)
    equity = next(
        (at for at in range(assets + 1, len(labels)) if _EQUITY.search(labels[at]) and "liability" not in labels[at]),
        len(labels),
    )
    found = []
    for index in range(len(labels)):
        if index < assets:
            section = "assets" if current is None else "current-assets" if index <= current else "noncurrent-assets"
        elif index == assets:
            section = "assets"
        elif index == both or ("liability" in labels[index] and _TOP.search(labels[index]) and index >= equity):
            section = "liabilities-and-equity"
        elif index >= equity:
            section = "equity"
        else:
            section = (
                "liabilities" if owed is None else "current-liabilities" if index <= owed else "noncurrent-liabilities"
            )
        found.append(section)
    return found


def _last_before(labels: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    first = next((at for at, label in enumerate(labels) if pattern.search(label)), 0)
    return first - 1 if first > 1 else None


def _find(lines: Sequence[Line], labels: Sequence[str], pattern: re.Pattern[str], start: int) -> int | None:
    return next(
        (
            at
            for at in range(start, len(labels))
            if lines[at].kind is not LineKind.CAPTION and pattern.search(labels[at])
        ),
        None,
    )


def _cash_flow(lines: Sequence[Line], labels: Sequence[str]) -> list[str]:
    found = [""] * len(labels)
    start = 0
    told = {""}
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if line.kind is LineKind.CAPTION or not _CLOSING.search(label):
            continue
        section = next((name for name, words in _CLOSERS if words.search(label)), "")
        if section not in told:
            told.add(section)
            found[start : index + 1] = [section] * (index + 1 - start)
            start = index + 1
    return found


def _income_statement(lines: Sequence[Line], labels: Sequence[str]) -> list[str]:
    found = [""] * len(labels)
    revenues = max((at for at, label in enumerate(labels[:12]) if _REVENUE.search(label)), default=-1)
    operating = _find(lines, labels, _OPERATING_INCOME, revenues + 1)
    result = _find(lines, labels, _RESULT, revenues + 1)
    end = operating if operating is not None else result
    if end is None:
        return found
    found[: revenues + 1] = ["revenues"] * (revenues + 1)
    found[revenues + 1 : end] = ["costs-and-expenses"] * (end - revenues - 1)
    found[end:] = [RESULTS] * (len(labels) - end)
    if operating is not None and result is not None and result > operating:
        found[operating + 1 : result] = ["other-income"] * (result - operating - 1)
    return found
