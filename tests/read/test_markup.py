"""HTML to the tree that browsers make of it, and its look to what XHTML can say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.errors import SourceError
from converter.read.builder import tree_of
from converter.read.doctype import Mode, mode_of
from converter.read.html import read
from converter.read.markup import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.source import Markup

STANDARD = "<!DOCTYPE html>"


def written(element: Element) -> str:
    """The content of an element, each with its end tag."""
    return "".join(
        child.raw
        if isinstance(child, Text)
        else f"<{' '.join([child.tag, *child.attributes.values()])}>{written(child)}</{child.tag}>"
        for child in element.children
    )


def markup(source: str) -> Markup:
    found = read(source.encode(), "page.htm")[0].markup
    assert found is not None
    return found


def sheet(source: str) -> str:
    """The style sheet of a page as a browser that reads XML sees it, without what is for tags."""
    text = etree.fromstring(markup(source).head).text or ""
    return text.removesuffix("\n[contextRef]{all:unset!important}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # The Standard's own examples (section 13.2.10).
        ("<p>1<b>2<i>3</b>4</i>5</p>", "<p>1<b>2<i>3</i></b><i>4</i>5</p>"),
        ("<b>1<p>2</b>3</p>", "<b>1</b><p><b>2</b>3</p>"),
        ("<table><b><tr><td>aaa</td></tr>bbb</table>ccc", "<b></b><b>bbb</b><table><tbody><tr><td>aaa</td></tr></tbody></table><b>ccc</b>"),
        ("<p><b class=x><b class=x><b><b class=x><b class=x><b>X<p>X<p><b><b class=x><b>X<p></b></b></b></b></b></b>X",
         "<p><b x><b x><b><b x><b x><b>X</b></b></b></b></b></b></p><p><b x><b><b x><b x><b>X</b></b></b></b></b></p>"
         "<p><b x><b><b x><b x><b><b><b x><b>X</b></b></b></b></b></b></b></b></p><p>X</p>"),
        # Formatting lasts to its end tag, but not from cell to cell.
        ("<p><i>1<p>2</i>3", "<p><i>1</i></p><p><i>2</i>3</p>"),
        ("<table><tr><td><b>1<td>2</table>3", "<table><tbody><tr><td><b>1</b></td><td>2</td></tr></tbody></table>3"),
        ("<a href=u>1<a href=v>2", "<a u>1</a><a v>2</a>"),
        # What is no part of a table stands before it.
        ("<table><tr>1,000<td>2</table>", "1,000<table><tbody><tr><td>2</td></tr></tbody></table>"),
        ("<table><form><tr><td>1</form><td>2</table>", "<table><form></form><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
        # What needs no tag.
        ("<table><td>1<th>2<tr><td>3<tfoot><td>4", "<table><tbody><tr><td>1</td><th>2</th></tr><tr><td>3</td></tr></tbody><tfoot><tr><td>4</td></tr></tfoot></table>"),
        ("<table><colgroup><tr><td>1</table>", "<table><colgroup></colgroup><tbody><tr><td>1</td></tr></tbody></table>"),
        ("<table><col><caption>1<td>2", "<table><colgroup><col></col></colgroup><caption>1</caption><tbody><tr><td>2</td></tr></tbody></table>"),
        ("<ul><li>1<ul><li>2</ul><li>3</ul>", "<ul><li>1<ul><li>2</li></ul></li><li>3</li></ul>"),
        ("<dl><dt>1<dd>2<dt>3", "<dl><dt>1</dt><dd>2</dd><dt>3</dt></dl>"),
        ("<h1>1<h2>2</h1>3", "<h1>1</h1><h2>2</h2>3"),
        ("1</p>2</br>3</div>4", "1<p></p>2<br></br>34"),
        # A slash closes nothing, but a new table, a new select and an end of a table do.
        ("<div/>1<p/>2", "<div>1<p>2</p></div>"),
        ("<table><table><td>1</table>2", "<table></table><table><tbody><tr><td>1</td></tr></tbody></table>2"),
        ("<select><option>1<option>2<select>3", "<select><option>1</option><option>2</option></select>3"),
        ("<svg><path/>1<p>2", "<svg><path></path>1</svg><p>2</p>"),
        ("<p>1<table><td>2", "<p>1</p><table><tbody><tr><td>2</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_the_tree_is_that_of_browsers(source: str, expected: str) -> None:
    assert written(tree_of(STANDARD + source).root) == expected


def test_a_table_stands_in_a_paragraph_of_a_quirky_page() -> None:
    assert written(tree_of("<p>1<table><td>2").root) == "<p>1<table><tbody><tr><td>2</td></tr></tbody></table></p>"


def test_a_slash_closes_an_element_of_xhtml() -> None:
    document, _ = read(b'<p>1<b id="x"/>2</p>', "page.xhtml")
    assert document.markup is not None
    assert document.markup.text == '<p style="margin-top:1em;margin-bottom:1em">1<b id="x"></b>2</p>'


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("", Mode.QUIRKS),
        ("<!DOCTYPE html>", Mode.STANDARDS),
        ('<?xml version="1.0"?>\n<!-- x -->\n<!doctype HTML>', Mode.STANDARDS),
        ('<!DOCTYPE html SYSTEM "about:legacy-compat">', Mode.STANDARDS),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">', Mode.STANDARDS),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">', Mode.LIMITED_QUIRKS),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', Mode.QUIRKS),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd">', Mode.QUIRKS),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">', Mode.QUIRKS),
        ('<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML//EN">', Mode.QUIRKS),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">', Mode.LIMITED_QUIRKS),
        ("<!DOCTYPE letter>", Mode.QUIRKS),
        ("<p><!DOCTYPE html>", Mode.QUIRKS),
    ],
)  # fmt: skip
def test_the_document_type_tells_the_mode(declaration: str, expected: Mode) -> None:
    assert mode_of(f"{declaration}<html><body>5</body></html>") is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<font size=2 face='Arial, Times New Roman' color=#abc>5</font>", "font-size:small;font-family:Arial,'Times New Roman';color:#abc"),
        ("<font size=+1>5</font>", "font-size:large"),
        ("<font size=99>5</font>", "font-size:xxx-large"),
        ("<font color=navy>5</font>", "color:navy"),
        ("<font color=0080FF>5</font>", "color:#0080FF"),
        ("<font color='#12zz'>5</font>", "color:#120000"),
        ("<font color='#123456789abc'>5</font>", "color:#12569a"),
    ],
)  # fmt: skip
def test_attributes_become_the_style_of_words(source: str, expected: str) -> None:
    assert markup(source).text == f'<div><span style="{expected}">5</span></div>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<hr>", "<hr/>"),
        ("<hr size=1>", '<hr style="border-bottom-width:0"/>'),
        ("<hr size=4 noshade width=50% align=right>", '<hr style="border-style:solid;border-color:#808080;background-color:#808080;height:2px;width:50%;margin-left:auto;margin-right:0"/>'),
        ("<hr color=red>", '<hr style="border-style:solid;border-color:red;background-color:red"/>'),
        ("<br clear=all>", '<div><br/><span style="display:block;clear:both"></span></div>'),
        # An alignment is for blocks too, where there are some.
        ("<div align=right>1</div>", '<div style="text-align:right">1</div>'),
        ("<div align=right><p>1</p></div>", '<div style="text-align:right;text-align:-webkit-right"><p>1</p></div>'),
        ("<p align=char width=5 height=5 nowrap color=red>1</p>", "<p>1</p>"),
        # Lists.
        ("<ol start=4 type=a><li>1<li value=9>2</ol>", '<ol style="list-style-type:lower-alpha"><li style="counter-set:list-item 4">1</li><li style="counter-set:list-item 9">2</li></ol>'),
        ("<ul>1<li>2</ul>", '<ul><li style="display:block">1</li><li>2</li></ul>'),
        ("<dl><dt><p>1</p><dd>2</dl>", '<dl><dd style="margin-left:0"><p>1</p></dd><dd>2</dd></dl>'),
        ("<li>1</li>", '<div style="display:list-item;list-style-position:inside">1</div>'),
        # Blocks in what holds words.
        ("<b>1<p>2</p></b>", '<div><div style="font-weight:bold;display:inline">1<p>2</p></div></div>'),
        ("<b><p>2</p></b>", '<div style="font-weight:bold"><p>2</p></div>'),
        ("<a href=u>1<p>2</p></a>", '<div><a href="u">1</a></div><p><a href="u">2</a></p>'),
        ("<a name=u><hr></a>1", '<div><a id="u"></a></div><hr/><div>1</div>'),
        ("<h2>1<div>2</div></h2>", '<div style="font-size:1.5em;font-weight:bold;margin:0.83em 0;margin-top:0">1<div>2</div></div>'),
        ("<details><summary>1</summary>2</details>", '<div><div style="display:list-item;list-style:disclosure-closed inside">1</div><div style="display:none">2</div></div>'),
    ],
)  # fmt: skip
def test_what_xhtml_does_not_have_is_said_otherwise(source: str, expected: str) -> None:
    assert markup(source + "<p>5</p>").text == expected + "<p>5</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<tr><td width=0 height=7 valign=top align=middle bgcolor=#eee>5", '<tr><td style="height:7px;vertical-align:top;text-align:center;background-color:#eee">5</td></tr>'),
        ("<tr><td>5<tr>", '<tr><td>5</td></tr><tr><td style="padding:0;border:0"></td></tr>'),
        ("<tr align=right><td>5", '<tr style="text-align:right;text-align:-webkit-right"><td>5</td></tr>'),
        # Space at the ends of a cell that browsers leave out there.
        ("<tr><td><p>1<table><td>2</table><p>3", '<tr><td><div style="margin:1em 0;margin-top:0">1<table><tbody><tr><td>2</td></tr></tbody></table></div><p>3</p></td></tr>'),
    ],
)  # fmt: skip
def test_rows_and_cells(source: str, expected: str) -> None:
    assert markup(f"<table>{source}</table>").text == f"<table><tbody>{expected}</tbody></table>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<table border="" cellpadding=3px frame=VOID rules=all width=90%><td>5', '<table border="1" cellpadding="3" frame="void" rules="all" style="width:90%"><tbody><tr><td>5</td></tr></tbody></table>'),
        ("<table><thead><td>1<tfoot><td>2<tbody><td>3", '<table><thead><tr><td>1</td></tr></thead><tbody style="display:table-footer-group"><tr><td>2</td></tr></tbody><tbody><tr><td>3</td></tr></tbody></table>'),
        ("<table><caption align=bottom>1<p>2</caption><td>3", '<table><caption style="caption-side:bottom">1<span style="margin:1em 0;display:block">2</span></caption><tbody><tr><td>3</td></tr></tbody></table>'),
        ("<table border=1 bordercolor=red><td>5", '<table border="1" style="border-color:red;border-style:solid"><tbody><tr><td style="border-style:solid;border-color:inherit">5</td></tr></tbody></table>'),
        ("<table></table>5", "<div>5</div>"),
    ],
)  # fmt: skip
def test_tables(source: str, expected: str) -> None:
    assert markup(source).text == expected


def test_a_page_that_is_not_quirky_keeps_what_quirks_mode_takes() -> None:
    text = markup(f"{STANDARD}<table><tr><td><p>5</p></td></tr></table>").text
    assert text == (
        '<table style="font:inherit;color:inherit;text-align:inherit;white-space:inherit"><tbody><tr><td>'
        '<p style="margin-top:1em;margin-bottom:1em">5</p></td></tr></tbody></table>'
    )


def test_lines_keep_their_height_in_quirks_mode() -> None:
    strut = '<span style="margin-left:-.02px;padding-left:.02px"></span>'
    small = "<small>5</small>"
    long = f"<small>{'5' * 26}</small>"
    source = f"{STANDARD}1<p>2{small}</p><p>{small}</p><p>{long}</p><p>{small}<br></p><p><i></i></p>"
    assert markup(source).text == (
        f"<div>1</div><p>2{small}</p><p>{strut}{small}</p><p>{strut}{long}{strut}</p><p>{strut}{small}<br/></p><p><i></i></p>"
    )
    assert strut not in markup(source.removeprefix(STANDARD)).text


def test_the_body_has_the_colours_of_its_links() -> None:
    found = markup("<body bgcolor=#FFE link=green leftmargin=0><a href=u>5</a> <a name=v>6</a></body>")
    assert found.attributes == ' style="background-color:#FFE;margin-left:0px;margin-right:0px"'
    assert found.text == '<div><a href="u" style="color:green">5</a> <a id="v">6</a></div>'


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        ("<style>td > b { color: red }</style>", "td > b { color: red }"),
        ("<style><!-- b { color: red } --></style>", "b { color: red }"),
        ("<style media=print>b { color: red }</style>", "@media print{b { color: red }}"),
        ("<style>b { color: red }</style><style>i { color: blue }</style>", "b { color: red }\ni { color: blue }"),
        (r"<style>b::after { content: '\2022' }</style>", r"b::after { content: '\2022' }"),
        ("<style>b::after { content: '—' }</style>", r"b::after { content: '\2014 ' }"),
        (r"<style>b { background: \75rl(x.png); color: red }</style>", "b {; color: red }"),
        (r"<style>@\69mport 'x.css'; b { color: red }</style>", "; b { color: red }"),
        ("<style>#f1, #note { color: red }</style>", "#s-f1, #note { color: red }"),
        ("<html style='color:red'>", "html{color:red}"),
        ("<style>TD.Total, TR.Total:first-child { color: red }</style>", "td.Total, tr.Total:first-child { color: red }"),
        # Children are counted without tags, but where no words stand beside, they need not be.
        ("<style>b:first-child, td:first-child, i:nth-child(2n+1) { color: red }</style>",
         "b:nth-child(1 of :where(:not([contextRef],body>:last-child,.look-anonymous))), td:first-child,"
         " i:nth-child(2n+1 of :where(:not([contextRef],body>:last-child,.look-anonymous))) { color: red }"),
    ],
)  # fmt: skip
def test_style_sheets(styles: str, expected: str) -> None:
    assert sheet(f"{styles}<p>5</p>") == expected


def test_html_knows_no_references_in_a_style_sheet() -> None:
    head = markup("<style>td > b::after { content: '<&' }</style><p>5</p>").head
    assert "td > b::after { content: '<&' }" in head
    assert etree.fromstring(head).text is not None


@pytest.mark.parametrize(
    "styles",
    [
        "<style>b::after { content: '</* x */style><script>7</script>' }</style>",
        "<style media='</style><script>7</script>'>b { color: red }</style>",
        "<style media='print{} </style>'>b { color: red }</style>",
        "<html style='content:&quot;&lt;/style>&lt;script>7&quot;'>",
        "<style>b::after { content: ']]></x' }</style>",
    ],
)
def test_nothing_escapes_from_a_style_sheet(styles: str) -> None:
    head = markup(f"{styles}<p>5</p>").head
    assert head.lower().count("</style") == 1
    assert head.endswith("</style>")
    assert etree.fromstring(head).tag == "style"


def test_a_rule_wins_over_an_attribute() -> None:
    found = markup("<style>font { color: red }</style><font color=blue class=a style='margin:0'>5</font>")
    assert ":where(.look-1){color:blue}\n:is(font,:where(.look-font)) { color: red }" in found.head
    assert '<span class="a look-1 look-was look-font" style="margin:0">5</span>' in found.text


def test_a_rule_is_not_for_what_the_source_does_not_have() -> None:
    found = markup("<style>div { color: red } * { margin: 0 }</style>5<div>6</div>")
    assert found.text == '<div class="look-was look-anonymous">5</div><div>6</div>'
    assert "div:where(:not(.look-was)) { color: red } :where(:not(.look-anonymous)) { margin: 0 }" in found.head


def test_a_report_with_a_style_sheet_hides_what_its_source_hid() -> None:
    source = "<style>td.x { display: none }</style><p hidden>7</p><table><tr><tr><td class=x>8<td>9</table>"
    once = markup(source)
    again, _ = read(f"<html><head>{once.head}</head><body>{once.text}</body></html>".encode(), "page.htm")
    assert [again.text[span.start : span.end] for span in again.unread] == ["7", "8"]


_TAGS = (
    "a", "b", "font", "i", "nobr", "p", "div", "span", "pre", "xmp", "h2", "center", "address", "blockquote", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "form",
    "fieldset", "legend", "br", "hr", "img",
)  # fmt: skip
_ATTRIBUTES = ("", " align=center", " id=x", " href=#x", " class=y", " style='color:red;float:left'", " hidden")
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}{attribute}>" for tag in _TAGS for attribute in _ATTRIBUTES]),
    st.sampled_from([f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(["1,250", "(750)", " ", "\n", "Sales"]),
)


def texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Text):
            yield child.raw
        else:
            yield from texts(child)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(_PIECES, max_size=40), st.sampled_from(["", STANDARD]), st.sampled_from(["", "<style>*{margin:0}</style>"])
)
def test_of_any_markup_all_text_is_kept_and_xml(pieces: list[str], mode: str, style: str) -> None:
    source = "".join([mode, style, *pieces])
    try:
        found = markup(source)
    except SourceError:
        assert "".join(texts(tree_of(source).root)).split() == []
        return
    root = etree.fromstring(f"<body{found.attributes}>{found.text}</body>")
    kept = "".join("".join(map(str, root.itertext())).split())
    assert Counter(kept) == Counter("".join("".join(texts(tree_of(source).root)).split()))
