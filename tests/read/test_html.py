"""HTML to the page that it shows: how tables are laid out, what is left out, where each number stands."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter.errors import SourceError, UsageError
from converter.options import ReadOptions
from converter.read.html import read

if TYPE_CHECKING:
    from converter.model.source import Document


def page(markup: str | bytes) -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return read(data, "page.htm")[0]


def shown(markup: str) -> list[str]:
    """The lines of the page, with runs of spaces as one."""
    return [" ".join(line.text.split()) for line in page(markup).lines if line.text.strip()]


def found(markup: str) -> dict[str, str]:
    return {finding.code: finding.message for finding in read(markup.encode(), "page.htm")[1]}


def xhtml(markup: str) -> str:
    document = page(markup)
    assert document.markup is not None
    etree.fromstring(f"<body{document.markup.attributes}>{document.markup.text}</body>")
    return document.markup.text


def test_signs_in_cells_of_their_own_belong_to_the_number() -> None:
    lines = shown(
        "<table><tr><td>Sales</td><td></td><td>$</td><td>1,200</td><td></td><td></td><td>$</td><td>980</td><td></td></tr>"
        "<tr><td>Loss</td><td></td><td></td><td>(34</td><td>)</td><td></td><td>$(</td><td>5</td><td>)</td></tr>"
        "<tr><td>Margin</td><td></td><td></td><td>12.5</td><td>%</td><td></td><td></td><td>9</td><td>%</td></tr></table>"
    )
    assert lines == ["Sales $1,200 $980", "Loss (34) $(5)", "Margin 12.5% 9%"]


def test_the_last_digits_of_a_column_stand_below_each_other() -> None:
    document = page(
        "<table><tr><td>Sales</td><td>$1,200</td><td>980</td></tr><tr><td>A long label</td><td>(7)</td><td>&#8212;</td></tr></table>"
    )
    first, second = (line.text for line in document.lines)
    assert first.index("1,200") + 5 == second.index("7") + 1
    assert first.index("980") + 3 == second.index("—") + 1


def test_dashes_with_a_currency_begin_the_rows_of_amounts() -> None:
    lines = shown(
        "<table><tr><td></td><td></td><td>2024</td><td></td><td>2023</td></tr>"
        "<tr><td>Sales</td><td>$</td><td>-</td><td>$</td><td>-</td></tr>"
        "<tr><td>Change in cash</td><td></td><td>-0-</td><td></td><td>6</td></tr>"
        "<tr><td>Rent</td><td></td><td>5</td><td></td><td>7</td></tr></table>"
    )
    assert lines == ["2024 2023", "Sales $- $-", "Change in cash -0- 6", "Rent 5 7"]


def test_words_of_a_header_stand_over_each_column_that_they_span() -> None:
    document = page(
        "<table><tr><td></td><td colspan=2>Three Months Ended<br>March 31,</td></tr><tr><td></td><td>2013</td><td>2012</td></tr>"
        "<tr><td>Sales</td><td>1,900</td><td>1,870</td></tr></table>"
    )
    lines = [" ".join(line.text.split()) for line in document.lines if line.text.strip()]
    assert lines == ["Three Months Ended Three Months Ended", "March 31, March 31,", "2013 2012", "Sales 1,900 1,870"]
    # What stands twice on the page stands once in the source, and is counted once.
    counted = "".join(document.text[start:end] for start, end in document.stretches)
    assert counted.count("31") == 1


def test_rows_that_cells_reach_into() -> None:
    assert shown(
        "<table><tr><td rowspan=2>Both</td><td>1,000</td><td>2,000</td></tr><tr><td>3,000</td><td>4,000</td></tr></table>"
    ) == ["Both 1,000 2,000", "3,000 4,000"]


def test_a_column_in_a_cell_with_line_breaks() -> None:
    assert shown("<table><tr><td>Sales<br>Costs</td><td>1,900<br>(800)</td></tr></table>") == [
        "Sales 1,900",
        "Costs (800)",
    ]


@pytest.mark.parametrize(
    "label",
    [
        '<td style="padding-left:16pt">Cash</td>',
        '<td style="padding:0 0 0 16pt">Cash</td>',
        '<td style="text-indent:-8pt;padding-left:24pt">Cash</td>',
        "<td>&nbsp;&nbsp;&nbsp;&#160;Cash</td>",
        '<td><p style="margin-left:16pt">Cash</p></td>',
    ],
)
def test_indentation_in_any_form_is_four_spaces(label: str) -> None:
    lines = list(page(f"<table><tr><td>Assets</td><td></td></tr><tr>{label}<td>1,200</td></tr></table>").lines)
    assert lines[-1].text.startswith("    Cash ")


def test_marks_of_footnotes_are_no_digits_of_a_number() -> None:
    document = page(
        "<table><tr><td>Sales<sup>(2)</sup></td><td>1,234<sup>1</sup></td></tr></table><p>the 1<sup>st</sup> day</p>"
    )
    assert [line.text.split() for line in document.lines if line.text] == [["Sales", "1,234"], ["the", "1st", "day"]]
    assert [(document.text[u.start : u.end], u.reason) for u in document.unread] == [
        ("(2)", "the mark of a footnote"),
        ("1", "the mark of a footnote"),
    ]


def test_only_the_innermost_table_with_numbers_is_one_of_data() -> None:
    assert shown(
        "<table><tr><td><p>Heron Paper</p><table><tr><td>Sales</td><td>1,900</td></tr></table></td>"
        "<td><table><tr><td>Costs</td><td>800</td></tr></table></td></tr></table>"
    ) == ["Heron Paper", "Sales 1,900", "Costs 800"]


def test_places_are_lines_and_columns_of_the_source() -> None:
    source = "<p>Heron</p>\r\n<table>\r\n<tr><td>Sales</td><td>\r\n  $&nbsp;<b>1,900</b></td></tr></table>"
    document = page(source)
    start = document.text.index("1,900")
    place = document.place(start, start + 5)
    assert (place.line, place.column) == (4, source.split("\r\n")[3].index("1,900") + 1)
    assert document.markup is not None
    span = document.markup.span(start, start + 5)
    assert span is not None
    assert document.markup.text[slice(*span)] == "1,900"


def test_a_number_that_tags_part_can_bear_no_tag() -> None:
    document = page("<p><font>1,9</font>00 and 2,500</p>")
    parted, whole = document.text.index("1,900"), document.text.index("2,500")
    assert not document.is_whole(document.place(parted, parted + 5))
    assert document.is_whole(document.place(whole, whole + 5))


def test_characters_in_any_form() -> None:
    document = page("<p>caf&eacute; &#150; &#x2014; &copy &lt;b&gt; R&D &bogus; \u2011</p>")
    assert document.text == "café – — © <b> R&D &bogus; -"
    assert document.markup is not None
    assert document.markup.text == "<p>caf&#233; &#8211; &#8212; &#169; &lt;b&gt; R&amp;D &amp;bogus; &#8209;</p>"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<p>50 \u20ac\u2014x</p>".encode(), "50 €—x"),
        (b'<meta charset="windows-1252"><p>50 \x80\x97x</p>', "50 €—x"),
        (b'<meta charset="utf-8"><p>50 \x80\x97x</p>', "50 €—x"),  # declared wrongly
        (b"<p>50 \x80\x97x</p>", "50 €—x"),  # declared nowhere
        ('<meta charset="iso-8859-1"><p>50 \u20ac\u2014x</p>'.encode(), "50 €—x"),  # declared wrongly
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>\u0141\u00f3d\u017a</p>'.encode(
                "iso-8859-2"
            ),
            "Łódź",
        ),
        ("<p>50 \u20ac</p>".encode("utf-16"), "50 €"),
    ],
)
def test_encodings(data: bytes, expected: str) -> None:
    assert page(data).text == expected


def test_what_runs_or_loads_is_left_out_and_counted() -> None:
    source = (
        '<html><head><script>var a = "<p>5</p>";</script><meta http-equiv="refresh" content="0;url=x">'
        '<link rel="stylesheet" href="http://heron.example/a.css"><style>@import "b.css"; p { color: red; background: url(c.png) }</style>'
        '</head><body onload="go()"><p onclick="go()" style="color:red;width:expression(alert(1))">Text '
        '<a href=" java&#115;cript:go()">here</a> <a href="#notes">there</a></p><img src="http://heron.example/d.gif">'
        '<iframe src="e.htm">f</iframe><object data="g"></object><form action="h"><input name="i"></form><!-- 7 --></body></html>'
    )
    markup = xhtml(source)
    # What is no link any more looks like one, and a form keeps its space below.
    assert markup == (
        '<p style="color:red">Text <a class="look-1">here</a> <a href="#notes">there</a></p><div class="look-2"></div>'
    )
    message = found(source)["read.left-out"]
    for said in (
        "2 event handlers",
        "1 script elements",
        "1 redirections",
        "1 link elements",
        "3 active styles",
        "1 links that run",
        "1 pictures from elsewhere",
        "1 iframe elements",
        "1 object elements",
        "1 actions of forms",
    ):
        assert said in message
    document = page(source)
    assert document.markup is not None
    assert document.markup.head == (
        '<style type="text/css">:where(.look-1){color:linktext;text-decoration:underline}\n'
        ":where(.look-2){margin-bottom:1em}\np { color: red;}\n[contextRef]{all:unset!important}</style>"
    )


def test_entities_of_the_source_are_never_expanded() -> None:
    source = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>&b; &c; 5</p></body></html>"
    )
    assert page(source).text == "&b; &c; 5"
    assert "1 declarations of entities" in found(source)["read.left-out"]


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display: none"',
        'style="color:red;visibility:hidden"',
        "hidden",
        'style="font-size:0"',
        'style="font-size:0pt;"',
    ],
)
def test_hidden_numbers_are_told_and_not_read(hiding: str) -> None:
    source = f"<p>Sales 1,900</p><div {hiding}>7,777</div>"
    document = page(source)
    assert [line.text for line in document.lines] == ["Sales 1,900"]
    assert [(document.text[u.start : u.end], u.reason) for u in document.unread] == [("7,777", "hidden from view")]
    assert "1 passages with numbers" in found(source)["read.hidden"]


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".x { display: none }", True),
        ("h1, td.x > span, div .x { visibility:hidden; color: red }", True),
        ("#y { display: none !important } .x { display: inline }", True),
        ("@media screen { .x { display: none } }", True),
        # Others win, or mean something else.
        (".x { display: none } .x { display: inline }", False),
        ("#y { display: inline } .x { display: none }", False),
        (".x { display: none } .x { display: inline !important }", False),
        ("@media print { .x { display: none } } .z { color: red }", False),
        ("@media screen and (max-width: 9px) { .x { display: none } }", False),
        (".x:hover { display: none }", False),
        (".x.z, td .x, body > .x { display: none }", False),
        (".x { display: block; font-size: 10pt }", False),
        ("{{{ .x } display: none }", False),
    ],
)
def test_rules_of_a_style_sheet_hide(sheet: str, hidden: bool) -> None:
    source = f'<style>{sheet}</style><p>Sales 1,900</p><div>Costs <span class="a x" id="y">7,777</span></div>'
    document = page(source)
    assert [line.text for line in document.lines if line.text] == ["Sales 1,900", "Costs" if hidden else "Costs 7,777"]
    assert ("read.hidden" in found(source)) is hidden
    assert 'class="a x"' in xhtml(source)


def test_a_style_of_its_own_shows_what_a_rule_hides() -> None:
    source = '<style>.x { display: none }</style><p>1</p><p class="x" style="display:block">2</p><p class="x">3</p>'
    assert shown(source) == ["1", "2"]


def test_rules_hide_rows_and_sections_of_tables() -> None:
    source = (
        "<style>.x { display: none }</style><table><tr><td>Sales</td><td>1,900</td></tr>"
        '<tr class="x"><td>Costs</td><td>7,777</td></tr><tbody class="x"><tr><td>Rent</td><td>5,555</td></tr></tbody></table>'
    )
    assert shown(source) == ["Sales 1,900"]


def test_a_small_font_is_not_hidden() -> None:
    assert page('<p style="font-size:0.8em">5</p>').unread == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("one<br>two</b>", "<div>one<br/>two</div>"),
        ("<b><i>x</b></i>", "<div><b><i>x</i></b></div>"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>"),
        ("<table>stray<tr><td>1</td></tr></table>", "<div>stray</div><table><tbody><tr><td>1</td></tr></tbody></table>"),
        ("<td>1</td></table>", "<div>1</div>"),
        ("<table></table>x", "<div>x</div>"),
        ("<font color=red size=2><p>x</p></font>", '<div style="color:red;font-size:small"><p>x</p></div>'),
        ("<center><u>x</u></center>", '<div style="text-align:center"><span style="text-decoration:underline">x</span></div>'),
        ("<!DOCTYPE html><p><table><tr><td nowrap bgcolor=#CCEEFF width='5%'>x", '<p style="margin-top:1em;margin-bottom:1em"></p><table style="font:inherit;color:inherit;text-align:inherit;white-space:inherit"><tbody><tr><td style="white-space:nowrap;background-color:#CCEEFF;width:5%">x</td></tr></tbody></table>'),
        ('<p id="f1">x<a href="#f1">y</a></p>', '<p id="s-f1">x<a href="#s-f1">y</a></p>'),
        ("<p x-y=1 data-a='2' title='a \"b\" <c>'>5 < 6", '<p title="a &quot;b&quot; &lt;c&gt;">5 &lt; 6</p>'),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ],
)  # fmt: skip
def test_markup_is_mended(source: str, expected: str) -> None:
    assert xhtml(source) == expected


def test_ten_thousand_nested_tables_end_soon() -> None:
    source = "<table><tr><td>" * 10_000 + "1,900" + "</td></tr></table>" * 10_000
    began = time.monotonic()
    assert page(source).text == "1,900"
    assert time.monotonic() - began < 5
    assert re.search(r"\d+ elements nested too deeply", found(source)["read.left-out"])


@pytest.mark.parametrize(
    "source",
    ["<p>5" + "<" * 200_000, "<p>5<a b=" + '"' * 100_001, "<!--" * 50_000 + "<p>5", "<p>5" + "</font>" * 100_000, "<p>5" + "<font>" * 100_000, "<p>5" + "&" * 200_000, "<p>5<b " + "a=' " * 50_000],
)  # fmt: skip
def test_degenerate_markup_ends_soon(source: str) -> None:
    began = time.monotonic()
    assert "5" in page(source).text
    assert time.monotonic() - began < 10


def test_wide_spans_do_not_make_wide_pages() -> None:
    document = page("<table><tr><td colspan=99999999>Sales</td><td rowspan='-3' colspan=x>1,900</td></tr></table>")
    assert len(document.text) < 4000


def test_a_page_that_shows_nothing_is_refused() -> None:
    with pytest.raises(SourceError):
        page("<html><body><script>5</script></body></html>")


def test_a_choice_of_a_document_is_refused() -> None:
    with pytest.raises(UsageError):
        read(b"<p>5</p>", "page.htm", ReadOptions(document="2"))
