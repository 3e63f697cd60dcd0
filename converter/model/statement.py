"""Statements as parsed: columns with periods, lines with amounts, and which lines add up to which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from converter.model.periods import Period
    from converter.model.source import Place


UNTOLD = "?"  # the part of a column that cannot be told from another


class StatementKind(StrEnum):
    """The statements that a filing holds, and the two other homes of a fact (``facts.csv``, column ``statement``)."""

    BALANCE_SHEET = "balance-sheet"
    INCOME_STATEMENT = "income-statement"
    CASH_FLOW = "cash-flow"
    EQUITY = "equity"
    COMPREHENSIVE_INCOME = "comprehensive-income"
    OTHER = "other"
    PROSE = "prose"
    COVER = "cover"


class LineKind(StrEnum):
    """What a line of a statement is."""

    CAPTION = "caption"
    ITEM = "item"
    SUBTOTAL = "subtotal"  # numbers without words


class Measure(StrEnum):
    """What an amount counts."""

    MONEY = "money"
    SHARES = "shares"
    PER_SHARE = "per-share"
    PERCENT = "percent"


class Amount(NamedTuple):
    """A number as printed, or a mark that says there is none.

    ``text`` is exactly what stands at ``place``: digits with their separators, or a dash; currency
    signs and brackets stand outside. ``value`` is in full units (``printed * 10**scale``) with the
    sign as displayed, None for a dash. ``decimals`` is the accuracy that the digits bear out
    (XBRL 2.1 section 4.6.5): -3 for amounts in thousands, 2 for cents.
    """

    text: str
    value: Decimal | None
    scale: int
    decimals: int
    measure: Measure
    place: Place


class Parenthetical(NamedTuple):
    """A number inside a label: ``before`` and ``after`` are the words around it, up to the next number.

    ``period`` is the date that the label itself states for it, if it does.
    """

    amount: Amount
    before: str
    after: str
    period: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of amounts. ``period`` is None where it could not be told or the column is none of a period.

    ``header`` is the text above it, ``reason`` says how the period was found or why it was not. ``part`` are the
    words that say of which part of the whole the column is: a segment, an entity, a component of equity; ``UNTOLD``
    where it is of some part, but nothing says of which.
    """

    header: str
    period: Period | None
    reason: str
    part: str = ""


class Line(NamedTuple):
    """A logical line of a statement: a label joined from its wrapped parts and an amount (or None) per column.

    ``level`` is the depth of indentation from 0; ``section`` holds the captions above the line,
    outermost first. ``place`` spans the label, or the first amount where there are no words. ``period`` is that of
    the line where each line has its own, as in a statement of equity, whose columns are components.
    """

    label: str
    level: int
    section: tuple[str, ...]
    kind: LineKind
    amounts: tuple[Amount | None, ...]
    parentheticals: tuple[Parenthetical, ...]
    place: Place
    period: Period | None = None


class Sum(NamedTuple):
    """Line ``total`` is the weighted sum of ``parts``: pairs of line index and weight (1 or -1), as displayed.

    ``misses`` says, per column, by how much the printed total differs from the sum of its parts.
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    misses: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement. ``scale`` is the power of ten of its money amounts; ``place`` spans title to last line.

    ``part`` names what the statement is of where it is not the whole group: a parent alone, a subsidiary.
    """

    kind: StatementKind
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    scale: int
    currency: str
    place: Place
    part: str = ""
