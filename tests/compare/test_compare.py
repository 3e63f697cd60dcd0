"""Two documents held against each other: what is equal, what differs and in what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from converter.cli import app
from converter.compare import Comparison, compare
from converter.convert import convert
from converter.errors import SourceError
from converter.options import MapOptions, Options, ValidateOptions
from tests.chaos.documents import real_documents
from tests.compare.documents import document, number, row
from tests.examples import EXAMPLE, EXAMPLE_ENTITY

if TYPE_CHECKING:
    from pathlib import Path

REAL = real_documents()
SALES = row("Net sales", number("us-gaap:Revenues", "1,234"))
CASH = row("Cash", number("us-gaap:Cash", "500", context="end"))


def compared(folder: Path, a: str, b: str) -> Comparison:
    (folder / "a.htm").write_text(a, encoding="utf-8")
    (folder / "b.htm").write_text(b, encoding="utf-8")
    return compare(folder / "a.htm", folder / "b.htm")


def kinds(found: Comparison) -> list[str]:
    return ["+".join(one.kinds) or ("only in A" if one.a else "only in B") for one in found.differences]


def test_a_document_is_equal_to_itself(tmp_path: Path) -> None:
    found = compared(tmp_path, document(SALES, CASH), document(SALES, CASH))
    assert (found.same, found.differences) == (2, ())


def test_years_of_a_taxonomy_places_and_ways_of_writing_are_no_difference(tmp_path: Path) -> None:
    other = row("Revenue", number("us-gaap:Revenues", "1.234.000", more='format="t4:num-comma-decimal"'))
    assert kinds(compared(tmp_path, document(SALES, CASH), document(CASH, other, year=2021))) == []


def test_a_fact_that_stands_twice_is_as_one_that_stands_once(tmp_path: Path) -> None:
    assert kinds(compared(tmp_path, document(SALES, CASH, SALES), document(SALES, CASH))) == []


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (number("us-gaap:SalesRevenueNet", "1,234"), "concept"),
        (number("us-gaap:Revenues", "1,235"), "value"),
        (number("us-gaap:Revenues", "1,234", more='scale="3" sign="-"'), "sign"),
        (number("us-gaap:Revenues", "1,234", more='scale="6"'), "scale"),
        (number("us-gaap:Revenues", "1,234", decimals="-6"), "decimals"),
        (number("us-gaap:Revenues", "1,234", decimals="-6", more='scale="6"'), "scale+decimals"),
        (number("us-gaap:Revenues", "1,234", more='scale="6" sign="-"'), "sign+scale"),
        (number("us-gaap:Revenues", "1,234", context="paper"), "dimensions"),
        (number("us-gaap:Revenues", "1,234", context="end"), "period"),
        (number("us-gaap:Revenues", "1,234", unit="each"), "unit"),
        (number("hrp:Sales", "1,234", more='scale="3" sign="-"'), "concept+sign"),
        (number("hrp:Sales", "1,234", more='scale="6"'), "concept+scale"),
        (number("us-gaap:Revenues", "", more='xsi:nil="true"'), "value"),
        (number("us-gaap:Revenues", "so so"), "value"),
    ],
)
def test_what_differs_is_named(tmp_path: Path, other: str, kind: str) -> None:
    found = compared(tmp_path, document(SALES, CASH), document(row("Net sales", other), CASH))
    assert kinds(found) == [kind]
    [difference] = found.differences
    assert difference.a is not None
    assert difference.b is not None
    assert (difference.a.tag.position.line, difference.b.tag.position.line) == (16, 16)


def test_a_fact_of_one_side_alone(tmp_path: Path) -> None:
    assert kinds(compared(tmp_path, document(SALES, CASH), document(CASH))) == ["only in A"]
    assert kinds(compared(tmp_path, document(SALES), document(CASH, SALES))) == ["only in B"]


def test_the_same_number_on_two_lines_is_paired_by_its_words(tmp_path: Path) -> None:
    a = document(
        row("Net income", number("us-gaap:ProfitLoss", "90")), row("Dividends", number("us-gaap:Dividends", "90"))
    )
    b = document(row("Dividends", number("hrp:Paid", "90")), row("Net income", number("hrp:Income", "90")))
    found = compared(tmp_path, a, b)
    assert [(str(x.a.tag.concept), str(x.b.tag.concept)) for x in found.differences if x.a and x.b] == [
        ("us-gaap:ProfitLoss", "hrp:Income"),
        ("us-gaap:Dividends", "hrp:Paid"),
    ]


def test_zeros_of_different_lines_are_not_taken_for_each_other(tmp_path: Path) -> None:
    zero = 'format="t4:fixed-zero"'
    a = document(CASH, row("Gain", number("us-gaap:GainLossOnInvestments", "-", more=zero)))
    b = document(CASH, row("Tax", number("us-gaap:IncomeTaxExpenseBenefit", "-", more=zero)))
    assert kinds(compared(tmp_path, a, b)) == ["only in A", "only in B"]


def test_a_text_that_cannot_be_told_is_equal_to_the_same_text(tmp_path: Path) -> None:
    odd = row(
        "Sales",
        number("us-gaap:Revenues", "5", more='format="t4:num-new-moon"'),
        number("us-gaap:Revenues", "5", context="paper", more='scale="999999999999999999999"'),
        number("us-gaap:Revenues", "-5", context="end", more='format=""'),
    )
    found = compared(tmp_path, document(odd), document(odd))
    assert kinds(found) == []
    moon, large, signed = [fact.fault for fact in found.a.facts]
    assert "num-new-moon is not known" in moon
    assert "no number is as large" in large
    assert signed


def test_who_reports_is_no_difference(tmp_path: Path) -> None:
    found = compared(tmp_path, document(SALES), document(SALES, cik="0000000008"))
    assert kinds(found) == []
    assert found.a.entities != found.b.entities


def call(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_exit_codes_and_what_is_shown(tmp_path: Path) -> None:
    compared(tmp_path, document(SALES, CASH), document(row("Sales", number("hrp:Sales", "1,234")), cik="0000000008"))
    code, shown, _ = call("diff", tmp_path / "a.htm", tmp_path / "b.htm")
    assert code == 4
    assert "the entity is 0000000007 in A and 0000000008 in B" in shown
    assert "0 facts of A are in B; concept: 1, only in A: 1" in shown
    code, shown, _ = call("diff", tmp_path / "a.htm", tmp_path / "a.htm")
    assert (code, "nothing differs" in shown) == (0, True)
    code, _, said = call("diff", tmp_path / "a.htm", tmp_path / "c.htm")
    assert (code, "there is no such file" in said) == (3, True)
    assert call("diff", tmp_path / "a.htm")[0] == 2


def test_json_holds_both_facts_with_their_places(tmp_path: Path) -> None:
    compared(tmp_path, document(SALES, CASH), document(row("Sales", number("hrp:Sales", "1,234")), CASH))
    code, shown, _ = call("diff", tmp_path / "a.htm", tmp_path / "b.htm", "--json")
    found = json.loads(shown)
    assert code == 4
    assert found["same"] == 1
    [difference] = found["differences"]
    assert difference["differs"] == ["concept"]
    assert difference["a"]["concept"] == "us-gaap:Revenues"
    assert (difference["b"]["value"], difference["b"]["line"]) == ("1234000", 16)
    assert (difference["b"]["period_start"], difference["b"]["period_end"]) == ("2013-01-01", "2013-12-31")


def test_a_report_converted_again_states_the_same_facts(tmp_path: Path) -> None:
    options = Options(mapping=MapOptions(entity=EXAMPLE_ENTITY), validate=ValidateOptions(enabled=False))
    once = convert(EXAMPLE, tmp_path / "once", options)
    twice = convert(once.folder / "report.htm", tmp_path / "twice", options)
    found = compare(once.folder, twice.folder)
    assert found.differences == ()
    assert found.same == len(once.report.facts)
    told = [finding.message for finding in twice.findings if finding.code == "read.tagged"]
    assert told == [
        f"the source is tagged already: the tags of its {found.same} facts are set aside, and its page is tagged anew"
    ]


@pytest.mark.corpus
@pytest.mark.skipif(not REAL, reason="no filings are kept beside the checkout")
@pytest.mark.parametrize("path", REAL[::8], ids=lambda path: path.stem)
def test_filings_converted_again_state_the_same_facts(tmp_path: Path, path: Path) -> None:
    options = Options(mapping=MapOptions(cik="7"), validate=ValidateOptions(enabled=False))
    try:
        once = convert(path, tmp_path / "once", options)
    except SourceError as error:
        pytest.skip(error.message)
    twice = convert(once.folder / "report.htm", tmp_path / "twice", options)
    assert compare(once.folder, twice.folder).differences == ()
