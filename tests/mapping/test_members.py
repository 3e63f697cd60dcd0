"""Words that name a part of the whole, and the axis and the member that mean it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from converter.mapping.members import CLASSES, COMPONENTS, Parts
from converter.model.statement import StatementKind
from converter.taxonomy import load
from tests.parse.test_entities import GROUP, sheet

if TYPE_CHECKING:
    from converter.model.report import Member

ENTITIES = "dei:LegalEntityAxis"
SEGMENTS = "us-gaap:StatementBusinessSegmentsAxis"
EQUITY, SHEET = StatementKind.EQUITY, StatementKind.BALANCE_SHEET


def parts() -> Parts:
    return Parts(load("us-gaap-2024"), "qlw")


def names(members: tuple[Member, ...]) -> list[tuple[str, str]]:
    return [(member.axis, member.concept.name) for member in members]


@pytest.mark.parametrize(
    ("kind", "words", "axis", "name"),
    [
        (EQUITY, "Common Stock", COMPONENTS, "us-gaap:CommonStockMember"),
        (EQUITY, "Capital in excess of par value", COMPONENTS, "us-gaap:AdditionalPaidInCapitalMember"),
        (EQUITY, "Reserve for Pumps", COMPONENTS, "qlw:ReserveForPumpsMember"),
        (SHEET, "Pumps", SEGMENTS, "qlw:PumpsMember"),
        (SHEET, "Quillon Finance Corp.", ENTITIES, "qlw:QuillonFinanceCorpMember"),
        (SHEET, "2nd Street", SEGMENTS, "qlw:Part2ndStreetMember"),
    ],
)
def test_the_member_of_a_column(kind: StatementKind, words: str, axis: str, name: str) -> None:
    assert names(parts().members(kind, (words,))) == [(axis, name)]


def test_a_member_has_the_name_of_the_year() -> None:
    words = ("Treasury stock",)
    assert names(parts().members(EQUITY, words)) == [(COMPONENTS, "us-gaap:TreasuryStockCommonMember")]
    older = Parts(load("us-gaap-2011"), "qlw")
    assert names(older.members(EQUITY, words)) == [(COMPONENTS, "us-gaap:TreasuryStockMember")]
    assert names(older.class_of("Class B common stock")) == [(CLASSES, "us-gaap:CommonClassBMember")]


def test_the_whole_has_no_member() -> None:
    assert parts().members(SHEET, ("", "")) == ()


def test_column_and_statement_are_each_of_a_part() -> None:
    found = names(parts().members(SHEET, ("Pumps", "Quillon Finance Corp.")))
    assert found == [(ENTITIES, "qlw:QuillonFinanceCorpMember"), (SEGMENTS, "qlw:PumpsMember")]


def test_of_two_parts_on_one_axis_the_column_s_counts() -> None:
    assert names(parts().members(SHEET, ("Pumps", "Valves"))) == [(SEGMENTS, "qlw:PumpsMember")]


def test_columns_called_otherwise_have_members_of_their_own() -> None:
    statement = sheet(1, 2, 3, 4, kind=EQUITY)
    column = statement.columns[0]
    named = [type(column)(header=part, period=None, reason="", part=part) for part in ("Common Stock", "Common Shares")]
    with_two = type(statement)(
        kind=EQUITY,
        title="EQUITY",
        columns=tuple(named),
        lines=(),
        sums=(),
        scale=0,
        currency="USD",
        place=GROUP.place,
    )
    found = [names(members) for members in parts().of_columns(with_two)]
    assert found == [[(COMPONENTS, "qlw:CommonStockMember")], [(COMPONENTS, "qlw:CommonSharesMember")]]


def test_own_members_are_gathered_once() -> None:
    found = parts()
    found.members(SHEET, ("Pumps",))
    found.members(SHEET, ("Pumps",))
    assert list(found.own) == ["qlw:PumpsMember"]
    assert found.own["qlw:PumpsMember"].label == "Pumps [Member]"


def test_the_class_of_stock_that_a_label_names() -> None:
    assert names(parts().class_of("Class B common stock, $1 par value")) == [(CLASSES, "us-gaap:CommonClassBMember")]
    assert parts().class_of("Common stock, $1 par value") == ()


@pytest.mark.parametrize(
    ("label", "member"),
    [
        ("Class A common stock, $0.01 par value", "us-gaap:CommonClassAMember"),
        ("Common stock, class B", "us-gaap:CommonClassBMember"),
        ("Series C preferred stock", "us-gaap:SeriesCPreferredStockMember"),
    ],
)
def test_the_letter_of_a_class_is_no_article(label: str, member: str) -> None:
    [found] = Parts(load("us-gaap-2024"), "own").class_of(label)
    assert found.axis == "us-gaap:StatementClassOfStockAxis"
    assert found.concept.name == member


def test_stock_without_a_class_has_no_member() -> None:
    assert Parts(load("us-gaap-2024"), "own").class_of("Common stock, a par value of $1") == ()
