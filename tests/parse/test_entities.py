"""Whose statement it is: that of the group, or of a part of it that prints the same lines with other amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from converter.model.periods import Period
from converter.model.source import Place
from converter.model.statement import Amount, Column, Line, LineKind, Measure, Statement, StatementKind
from converter.parse.entities import with_parts

PLACE = Place("case.txt", 1, 1, 0, 1)
LABELS = ("Cash", "Receivables", "Inventories", "Total assets")


def sheet(*values: int, kind: StatementKind = StatementKind.BALANCE_SHEET, year: int = 2003) -> Statement:
    """A statement with a line for each of ``values``."""
    amounts = [Amount(str(value), Decimal(value), 0, 0, Measure.MONEY, PLACE) for value in values]
    return Statement(
        kind=kind,
        title="BALANCE SHEETS",
        columns=(Column(header=str(year), period=Period(date(year, 12, 31)), reason=""),),
        lines=tuple(
            Line(label, 0, (), LineKind.ITEM, (amount,), (), PLACE)
            for label, amount in zip(LABELS, amounts, strict=True)
        ),
        sums=(),
        scale=0,
        currency="USD",
        place=PLACE,
    )


GROUP = sheet(40, 160, 100, 300)
FINANCE = sheet(4, 95, 1, 100)


def parts(*statements: tuple[Statement, str]) -> list[str]:
    found = with_parts([statement for statement, _ in statements], [name for _, name in statements])
    return [statement.part for statement in found]


def test_other_amounts_are_of_another() -> None:
    assert parts((GROUP, "QUILLON, INC."), (FINANCE, "QUILLON FINANCE")) == ["", "QUILLON FINANCE"]


def test_the_same_amounts_are_of_the_same() -> None:
    assert parts((GROUP, "QUILLON, INC."), (GROUP, "Summary")) == ["", ""]


def test_two_amounts_that_differ_are_a_restatement() -> None:
    assert parts((GROUP, "QUILLON, INC."), (sheet(41, 159, 100, 300), "As restated")) == ["", ""]


def test_other_dates_cannot_differ() -> None:
    assert parts((GROUP, "QUILLON, INC."), (sheet(4, 95, 1, 100, year=2002), "Five years")) == ["", ""]


def test_a_part_that_comes_again_keeps_its_name() -> None:
    found = parts((GROUP, "QUILLON, INC."), (FINANCE, "QUILLON FINANCE"), (FINANCE, "As shown above"))
    assert found == ["", "QUILLON FINANCE", "QUILLON FINANCE"]


def test_words_above_the_group_name_no_part() -> None:
    assert parts((GROUP, "QUILLON, INC."), (FINANCE, "QUILLON, INC.")) == ["", "BALANCE SHEETS 2"]
    assert parts((GROUP, ""), (FINANCE, "")) == ["", "BALANCE SHEETS 2"]


def test_kinds_are_held_apart() -> None:
    income = sheet(4, 95, 1, 100, kind=StatementKind.INCOME_STATEMENT)
    assert parts((GROUP, "QUILLON, INC."), (income, "QUILLON, INC.")) == ["", ""]


def test_equity_is_not_compared() -> None:
    equity, other = (sheet(*values, kind=StatementKind.EQUITY) for values in ((1, 2, 3, 4), (5, 6, 7, 8)))
    assert parts((equity, "One"), (other, "Other")) == ["", ""]
