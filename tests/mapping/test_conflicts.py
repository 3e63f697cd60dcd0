"""Two lines that would be one fact with two values: the first keeps the concept, unless the later is clearly surer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from converter.mapping.conflicts import without_conflicts
from converter.mapping.drafts import Draft
from converter.mapping.lines import Mapped
from converter.model.periods import Period
from converter.model.report import Concept, Member, Why
from converter.model.source import Place
from converter.model.statement import Measure, StatementKind

CASH = Concept(name="us-gaap:Cash", type="xbrli:monetaryItemType", period_type="instant", balance="debit")
PART = Member(
    axis="us-gaap:StatementBusinessSegmentsAxis",
    concept=Concept(name="qlw:PumpsMember", type="dtr-types:domainItemType", period_type="duration", abstract=True),
)
LAST_YEAR = Period(date(2002, 12, 31))
TABLE_RULE = "labels.csv: cash"


def draft(value: int, line: int, label: str = "Cash", decimals: int = -3, period: Period | None = None) -> Draft:
    """A fact of the concept of cash that stands on ``line``."""
    return Draft(
        concept=CASH,
        period=period or Period(date(2003, 12, 31)),
        measure=Measure.MONEY,
        value=Decimal(value),
        decimals=decimals,
        scale=3,
        text=str(value),
        place=Place("case.txt", line, 1, line * 100, line * 100 + 1),
        hidden=False,
        statement=StatementKind.BALANCE_SHEET,
        label=label,
        why=Why(rule=TABLE_RULE, period="", sign="", confidence=0.95),
        line=line * 100,
    )


def names(*drafts: Draft) -> list[str]:
    return [found.concept.name for found in without_conflicts(Mapped(drafts=list(drafts)), "qlw")]


def test_the_first_line_keeps_the_concept() -> None:
    assert names(draft(5000, 1), draft(7000, 2, "Cash in escrow")) == ["us-gaap:Cash", "qlw:CashInEscrow"]


def test_a_later_line_that_is_clearly_surer_keeps_it() -> None:
    doubtful = draft(7000, 1, "Cash in escrow")
    doubtful = doubtful._replace(why=doubtful.why._replace(confidence=0.6))
    assert names(doubtful, draft(5000, 2)) == ["qlw:CashInEscrow", "us-gaap:Cash"]
    nearly = doubtful._replace(why=doubtful.why._replace(confidence=0.9))
    assert names(nearly, draft(5000, 2)) == ["us-gaap:Cash", "qlw:Cash"]


def test_all_that_agreed_give_way_to_what_is_clearly_surer() -> None:
    one, other = (draft(7000, line, f"Cash in escrow {line}") for line in (1, 2))
    doubtful = [found._replace(why=found.why._replace(confidence=0.6)) for found in (one, other)]
    assert names(*doubtful, draft(5000, 3))[2] == "us-gaap:Cash"
    assert "us-gaap:Cash" not in names(*doubtful, draft(5000, 3))[:2]


def test_a_line_that_loses_one_column_loses_all() -> None:
    found = names(
        draft(5000, 1),
        draft(7000, 2, "Cash in escrow"),
        draft(7000, 2, "Cash in escrow", period=LAST_YEAR),
    )
    assert found == ["us-gaap:Cash", "qlw:CashInEscrow", "qlw:CashInEscrow"]


def test_lines_are_told_apart_where_markup_has_them_all_on_one() -> None:
    drafts = (draft(5000, 1), draft(7000, 2, "Cash in escrow"), draft(7000, 2, "Cash in escrow", period=LAST_YEAR))
    on_one = [one._replace(place=Place("page.htm", 1, index, index, index + 1)) for index, one in enumerate(drafts)]
    assert names(*on_one) == ["us-gaap:Cash", "qlw:CashInEscrow", "qlw:CashInEscrow"]


def test_a_line_stays_one_where_markup_has_each_cell_on_a_line() -> None:
    drafts = (draft(5000, 1), draft(7000, 2, "Cash in escrow"), draft(7000, 2, "Cash in escrow", period=LAST_YEAR))
    apart = [one._replace(place=Place("page.htm", index, 1, index, index + 1)) for index, one in enumerate(drafts)]
    assert names(*apart) == ["us-gaap:Cash", "qlw:CashInEscrow", "qlw:CashInEscrow"]


def test_the_same_amount_is_no_conflict() -> None:
    assert names(draft(5000, 1), draft(5000, 2)) == ["us-gaap:Cash", "us-gaap:Cash"]


def test_a_rounded_amount_is_no_conflict() -> None:
    assert names(draft(5_000_000, 1, decimals=-6), draft(5_321_000, 2)) == ["us-gaap:Cash", "us-gaap:Cash"]
    assert names(draft(5_000_000, 1, decimals=-6), draft(6_321_000, 2, "Escrow")) == ["us-gaap:Cash", "qlw:Escrow"]


def test_another_date_or_part_is_another_fact() -> None:
    assert names(draft(5000, 1), draft(7000, 2, period=LAST_YEAR)) == ["us-gaap:Cash", "us-gaap:Cash"]
    assert names(draft(5000, 1), draft(7000, 2)._replace(members=(PART,))) == ["us-gaap:Cash", "us-gaap:Cash"]


def test_two_lines_that_lose_have_names_of_their_own() -> None:
    found = names(draft(1000, 1), draft(5000, 2, "Escrow"), draft(9000, 3, "Escrow"))
    assert found == ["us-gaap:Cash", "qlw:Escrow", "qlw:Escrow2"]


def test_the_fact_says_why() -> None:
    _, lost = without_conflicts(Mapped(drafts=[draft(5000, 1), draft(7000, 2, "Escrow")]), "qlw")
    assert lost.why.rule.startswith(TABLE_RULE)
    assert "another value for us-gaap:Cash" in lost.why.rule
    assert lost.why.confidence < 1
