"""Inline documents to the facts that their tags state."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from converter.errors import SourceError
from converter.model.periods import Period
from converter.read.inline import read
from tests.compare.documents import document, number, row

GAAP = "http://fasb.org/us-gaap/2024"


def test_a_fact_is_read_with_all_that_its_tag_says() -> None:
    source = document(row("Loss", "(" + number("us-gaap:ProfitLoss", "1,234", more='scale="6" sign="-" id="f1"') + ")"))
    [fact] = read(source.encode(), "report.htm")
    assert (fact.concept.namespace, fact.concept.local, str(fact.concept)) == (GAAP, "ProfitLoss", "us-gaap:ProfitLoss")
    assert (fact.id, fact.text, fact.scale, fact.is_negative, fact.is_nil) == ("f1", "1,234", 6, True, False)
    assert (fact.decimals, fact.label, str(fact.unit)) == ("-3", "Loss", "USD")
    assert str(fact.format) == "t4:num-dot-decimal"
    line = source.splitlines()[fact.position.line - 1]
    assert line[fact.position.column - 1 :].startswith("<i:nonFraction")


def test_midnight_at_the_end_is_the_end_of_the_day_before() -> None:
    [fact] = read(document(row("Sales", number("us-gaap:Revenues", "1"))).encode(), "report.htm")
    assert fact.scope.period == Period(date(2013, 12, 31), date(2013, 1, 1))


def test_dimensions_units_and_entity() -> None:
    source = document(row("Earnings", number("us-gaap:EarningsPerShareBasic", "1.25", context="paper", unit="each")))
    [fact] = read(source.encode(), "report.htm")
    assert [str(part) for part in fact.scope.parts] == ["StatementBusinessSegmentsAxis=PaperMember"]
    assert str(fact.unit) == "USD/shares"
    assert fact.scope.entity == ("http://www.sec.gov/CIK", "0000000007")


def test_text_goes_on_and_leaves_out_what_is_excluded() -> None:
    first = '<i:nonNumeric name="hrp:Note" contextRef="year" continuedAt="c1">Trees<i:exclude>page 7</i:exclude></i:nonNumeric>'
    second = '<i:continuation id="c1" continuedAt="c2"> grow</i:continuation>'
    source = document(row(first), row(second), row('<i:continuation id="c2" continuedAt="c1"> slowly</i:continuation>'))
    [fact] = read(source.encode(), "report.htm")
    assert fact.text == "Trees grow slowly"
    assert fact.unit is None


def test_facts_of_a_row_have_its_words_and_hidden_ones_have_none() -> None:
    two = row("Sales", number("us-gaap:Revenues", "5"), number("us-gaap:Revenues", "6", context="paper"))
    hidden = '<i:nonNumeric name="hrp:Name" contextRef="year">Heron</i:nonNumeric>'
    facts = read(document(two, hidden=hidden).encode(), "report.htm")
    assert [fact.label for fact in facts] == ["", "Sales", "Sales"]


def test_the_words_of_a_line_of_preformatted_text() -> None:
    pre = f"<td><pre>Balance sheet\nCash ........ $ {number('us-gaap:Cash', '5', context='end')}</pre></td>"
    page = document(f"<tr>{pre}</tr>").replace("<table>", "<div>").replace("</table>", "</div>")
    [fact] = read(page.replace("<tr><td>", "").replace("</td></tr>", "").encode(), "report.htm")
    assert fact.label == "Cash"


def test_what_is_nil_has_no_value() -> None:
    source = document(row("Sales", number("us-gaap:Revenues", "", more='xsi:nil="true"')))
    [fact] = read(source.encode(), "report.htm")
    assert fact.is_nil


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<html><p></html>", "report.htm:1:12: this is not XML: mismatched tag"),
        ("<html><p>Sales 5</p></html>", "no fact is tagged in it"),
        (document(number("us-gaap:Cash", "5", context="never")), "report.htm:16:1: the context 'never' is not in the"),
        (document(number("us-gaap:Cash", "5", unit="eur")), "report.htm:16:1: the unit 'eur' is not in the"),
        (document(number("us-gaap:Cash", "5", more='scale="k"')), "report.htm:16:1: the scale 'k' is no whole number"),
        (document(number("us-gaap:Cash", "5")).replace("2013-12-31", "last year", 1), "'last year' is no date"),
        (document(number("us-gaap:Cash", "5")).replace("2013-01-01", "2014-12-31", 1), "a period cannot end on"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(source: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(source.encode(), "report.htm")
    assert message in raised.value.message
    assert raised.value.hint


def test_entities_that_grow_are_refused() -> None:
    names = "abcdefghijkl"
    grown = [f"<!ENTITY {name} '{f'&{inner};' * 10}'>" for inner, name in pairwise(names)]
    bomb = f"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>{''.join(grown)}]><html>&l;</html>"
    with pytest.raises(SourceError):
        read(bomb.encode(), "report.htm")
