"""HTML from end to end: what a made-up company prints in the layouts of three decades, tagged where it stands."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from converter.convert import convert
from converter.options import MapOptions, Options, ReadOptions
from converter.read import read

if TYPE_CHECKING:
    from pathlib import Path

OLD = """<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY BGCOLOR="#FFFFFF">
<P ALIGN=CENTER><FONT SIZE=2><B>HERON &amp; REED PAPER, INC.<BR>CONSOLIDATED BALANCE SHEETS<BR>(In thousands)</B></FONT>
<TABLE WIDTH="100%" BORDER=0 CELLSPACING=0>
<TR><TD NOWRAP></TD><TD COLSPAN=2 ALIGN=CENTER><FONT SIZE=1><B>June 30,<BR>2004</B></FONT></TD><TD></TD>
<TD COLSPAN=2 ALIGN=CENTER><FONT SIZE=1><B>December 31,<BR>2003</B></FONT></TD></TR>
<TR><TD><FONT SIZE=2>Current assets:</FONT><TD><TD><TD><TD><TD>
<TR BGCOLOR="#CCEEFF"><TD><FONT SIZE=2>&nbsp;&nbsp;Cash and cash equivalents</FONT></TD><TD>$</TD><TD ALIGN=RIGHT>1,250</TD><TD></TD><TD>$</TD><TD ALIGN=RIGHT>1,100</TD></TR>
<TR><TD><FONT SIZE=2>&nbsp;&nbsp;Inventories</FONT></TD><TD></TD><TD ALIGN=RIGHT>750</TD><TD></TD><TD></TD><TD ALIGN=RIGHT>900</TD></TR>
<TR><TD><FONT SIZE=2>Total assets</FONT></TD><TD>$</TD><TD ALIGN=RIGHT>2,000</TD><TD></TD><TD>$</TD><TD ALIGN=RIGHT>2,000</TD></TR>
<TR><TD><FONT SIZE=2>Accounts payable</FONT></TD><TD></TD><TD ALIGN=RIGHT>2,400</TD><TD></TD><TD></TD><TD ALIGN=RIGHT>1,900</TD></TR>
<TR><TD><FONT SIZE=2>Accumulated deficit</FONT></TD><TD></TD><TD ALIGN=RIGHT>(400</TD><TD>)</TD><TD></TD><TD ALIGN=RIGHT>100</TD><TD></TD></TR>
</TABLE></BODY></HTML>"""

# Cells as office software writes them: a cell for each sign, and spacer columns.
_CELL = (
    '<td colspan="3" style="padding:0 1pt"></td><td style="padding:2px 0 2px 1pt"><span>{sign}</span></td>'
    '<td style="text-align:right"><span>{value}</span></td><td style="padding:2px 1pt 2px 0"><span>{close}</span></td>'
)


def _row(label: str, *values: str) -> str:
    cells = []
    for value in values:
        sign, close = "$" if value.startswith("$") else "", ")" if value.endswith(")") else "&#160;"
        cells.append(_CELL.format(sign=sign, value=value.strip("$)"), close=close))
    return f'<tr><td colspan="3" style="padding:2px 1pt"><span>{label}</span></td>{"".join(cells)}</tr>'


NEW = f"""<?xml version='1.0' encoding='ASCII'?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
<div>HERON &amp; REED PAPER, INC.</div><div><span style="font-weight:700">CONSOLIDATED STATEMENTS OF OPERATIONS</span></div>
<div>(In millions, except per share data)</div>
<table style="border-collapse:collapse"><tr><td colspan="3"/><td colspan="3"/><td colspan="9">Six Months Ended June 30,</td></tr>
<tr><td colspan="3"/><td colspan="3"/><td colspan="3">2023</td><td colspan="3"/><td colspan="3">2022</td></tr>
{_row("Revenues<sup>(1)</sup>", "$1,900", "$1,870")}
{_row("Cost of goods sold", "1,000", "1,010")}
{_row("Interest expense, net", "(34)", "&#8212;")}
{_row("Net income", "$866", "$860")}
{_row("Diluted earnings per share", "$0.43", "$0.42")}
</table></body></html>"""

PRE = """<html><body><pre>
                          HERON &amp; REED PAPER, INC.
                        CONSOLIDATED BALANCE SHEETS
                               (In thousands)
                                          June 30,     December 31,
                                            1999           1998
Cash and cash equivalents                  $1,250         $1,100
Inventories                                   750            900
Total assets                               $2,000         $2,000
</pre></body></html>"""


def _converted(tmp_path: Path, source: str) -> tuple[list[dict[str, str]], str, list[dict[str, str]]]:
    (tmp_path / "page.htm").write_text(source, encoding="utf-8")
    result = convert(tmp_path / "page.htm", tmp_path / "out", Options(mapping=MapOptions(cik="1234567")))
    with (result.folder / "facts.csv").open(encoding="utf-8", newline="") as rows:
        facts = list(csv.DictReader(rows))
    findings = json.loads((result.folder / "findings.json").read_text(encoding="utf-8"))
    return facts, (result.folder / "report.htm").read_text(encoding="utf-8"), findings


def _values(facts: list[dict[str, str]]) -> set[tuple[str, str, str]]:
    return {(fact["concept"].partition(":")[2], fact["period_end"], fact["value"]) for fact in facts if fact["unit"]}


def _words(root: etree._Element) -> str:
    """What a page shows, without the white space that shows or not by where it stands."""
    for header in root.iter("{http://www.xbrl.org/2013/inlineXBRL}header"):
        header.getparent().clear()  # type: ignore[union-attr] # it stands in a div
    body = next(element for element in root.iter() if str(element.tag).rpartition("}")[2] == "body")
    return "".join("".join(map(str, body.itertext())).split())


def test_the_layout_of_old_filings(tmp_path: Path) -> None:
    facts, report, findings = _converted(tmp_path, OLD)
    assert {
        ("CashAndCashEquivalentsAtCarryingValue", "2004-06-30", "1250000"),
        ("CashAndCashEquivalentsAtCarryingValue", "2003-12-31", "1100000"),
        ("Assets", "2004-06-30", "2000000"),
    } <= _values(facts)
    # The sheet does not say whether its liabilities are current.
    assert ("2004-06-30", "2400000") in {row[1:] for row in _values(facts) if row[0].startswith("AccountsPayable")}
    assert any(value == "-400000" for _, _, value in _values(facts))
    assert _words(etree.fromstring(report.encode())) == _words(html.document_fromstring(OLD))
    assert [finding for finding in findings if finding["severity"] == "error"] == []


def test_the_layout_of_office_software(tmp_path: Path) -> None:
    facts, report, findings = _converted(tmp_path, NEW)
    revenues = {name for name, end, value in _values(facts) if (end, value) == ("2023-06-30", "1900000000")}
    assert revenues in ({"Revenues"}, {"RevenueFromContractWithCustomerExcludingAssessedTax"})
    assert {
        ("NetIncomeLoss", "2022-06-30", "860000000"),
        ("EarningsPerShareDiluted", "2023-06-30", "0.43"),
    } <= _values(facts)
    of_interest = {(fact["period_end"], fact["value"].lstrip("-")) for fact in facts if "Interest" in fact["label"]}
    assert of_interest == {("2023-06-30", "34000000"), ("2022-06-30", "0")}
    assert {fact["period_start"] for fact in facts if fact["unit"]} == {"2023-01-01", "2022-01-01"}
    revenue = next(fact for fact in facts if fact["value"] == "1900000000")
    line = NEW.splitlines()[int(revenue["source_line"]) - 1]
    assert line[int(revenue["source_column"]) - 1 :].startswith("1,900<")
    assert re.search(r'<ix:nonFraction [^>]*format="ixt:fixed-zero">&#8212;</ix:nonFraction>', report)
    assert "<sup>(1)</sup>" in report
    assert _words(etree.fromstring(report.encode())) == _words(etree.fromstring(NEW.encode()))
    assert [finding for finding in findings if finding["severity"] == "error"] == []


def test_preformatted_text(tmp_path: Path) -> None:
    facts, report, findings = _converted(tmp_path, PRE)
    assert ("Assets", "1999-06-30", "2000000") in _values(facts)
    assert ("InventoryNet", "1998-12-31", "900000") in _values(facts)
    assert "<pre>" in report
    assert [finding for finding in findings if finding["severity"] == "error"] == []


@pytest.mark.parametrize("template", ["facsimile", "statements", "markup"])
def test_every_template_bears_every_fact(tmp_path: Path, template: str) -> None:
    from converter.options import RenderOptions

    (tmp_path / "page.htm").write_text(NEW, encoding="utf-8")
    result = convert(tmp_path / "page.htm", tmp_path / "out", Options(render=RenderOptions(template=template)))
    root = etree.fromstring((result.folder / "report.htm").read_bytes())
    ids = {element.get("id") for element in root.iter("{*}nonFraction", "{*}nonNumeric")}
    assert ids == {fact.id for fact in result.report.facts}


def test_a_number_that_tags_part_is_left_untagged_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "page.htm").write_text(OLD.replace("1,250<", "1,2<i>50</i><"), encoding="utf-8")
    result = convert(tmp_path / "page.htm", tmp_path / "out", Options())
    number = next(number for number in result.report.numbers if number.text == "1,250")
    assert (number.outcome.value, number.reason) == ("untagged", "tags of the source stand between its digits")


def test_hidden_numbers_stand_in_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "page.htm").write_text(
        OLD.replace("<TABLE", '<P STYLE="display:none">7,777</P><TABLE'), encoding="utf-8"
    )
    result = convert(tmp_path / "page.htm", tmp_path / "out", Options())
    number = next(number for number in result.report.numbers if number.text == "7,777")
    assert (number.outcome.value, number.reason) == ("not-a-fact", "not read: hidden from view")


@pytest.mark.parametrize("prefix", ["ix", "tagged"])
def test_a_page_that_is_tagged_already_is_read_as_its_page(tmp_path: Path, prefix: str) -> None:
    plain, report, _ = _converted(tmp_path, NEW)
    hidden = '<ix:hidden><ix:nonNumeric name="dei:AmendmentFlag" contextRef="c">4,444</ix:nonNumeric>'
    source = report.replace("<ix:hidden>", hidden, 1)
    for tag in ("<ix:", "</ix:", "xmlns:ix="):
        source = source.replace(tag, tag.replace("ix", prefix))
    facts, again, findings = _converted(tmp_path, source)
    columns = ("concept", "period_start", "period_end", "value", "decimals", "label")
    assert [[fact[name] for name in columns] for fact in facts] == [[fact[name] for name in columns] for fact in plain]
    assert again.count("<ix:header>") == 1
    assert "4,444" not in again
    assert f"the tags of its {len(plain) + 1} facts are set aside" in str(findings)
    assert [finding for finding in findings if finding["severity"] == "error"] == []
    numbers = (tmp_path / "out" / "page" / "numbers.csv").read_text(encoding="utf-8")
    assert "4,444" not in numbers


def test_the_header_of_a_tagged_page_says_whose_it_is(tmp_path: Path) -> None:
    _, report, _ = _converted(tmp_path, NEW)
    for cik, known in (("0001234567", "0001234567"), ("0000000000", None)):
        (tmp_path / "page.htm").write_text(report.replace(">0001234567<", f">{cik}<"), encoding="utf-8")
        document, _ = read(tmp_path / "page.htm", ReadOptions())
        assert document.header.cik == known


def test_long_lines_of_preformatted_text_stay_together(tmp_path: Path) -> None:
    lines = [f"{label:<120}{amount:>9}" for label, amount in (("Cash", "1,250"), ("Inventories", "750"), ("", "2,000"))]
    (tmp_path / "page.htm").write_text("<html><pre>\n{}</pre></html>".format("\n".join(lines)), encoding="utf-8")
    document, _ = read(tmp_path / "page.htm", ReadOptions())
    assert [line.text for line in document.lines if line.text.strip()] == lines
    assert len(list(document.lines)) <= len(lines) + 1
