"""Workbooks as files hold them: what their cells show and where, what is hidden, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment

from converter.errors import SourceError, UsageError
from converter.options import ReadOptions
from converter.read import package, workbook
from converter.read.xlsx import read
from tests.read.books import ACCOUNTING, book, changed, sheet_xml, with_results

if TYPE_CHECKING:
    from types import ModuleType

    from converter.model.findings import Finding
    from converter.model.source import Document

ROWS: list[list[Any]] = [
    ["Larkspur Instruments, Inc."],
    ["CONSOLIDATED BALANCE SHEETS"],
    ["(In thousands)"],
    [None, dt.date(2012, 6, 30), dt.date(2011, 12, 31)],
    ["Cash", 12345, 11002],
    ["Goodwill", 0, 250],
    ["Accumulated deficit", -925, -888],
    ["Total assets", 11420, 10364],
]


def document(data: bytes) -> Document:
    return read(data, "book.xlsx")[0]


def findings(data: bytes, code: str) -> list[Finding]:
    found = [finding for finding in read(data, "book.xlsx")[1] if finding.code == code]
    assert all(finding.hint and finding.place for finding in found)
    return found


def cells(data: bytes) -> dict[str, str]:
    """What stands on the page, by the name of the cell; a cell in pieces has them joined."""
    found: dict[str, str] = {}
    page = document(data)
    for cell in page.cells:
        name = f"{chr(64 + cell.column)}{cell.row}"
        text = page.text[cell.start : cell.end]
        found[name] = f"{found[name]} {text}" if name in found else text
    return found


def test_cells_show_what_their_formats_show() -> None:
    shown = cells(book({"BS": ROWS}, code=ACCOUNTING))
    assert [shown[name] for name in ("A1", "B4", "B5", "B6", "C6", "B7", "C7")] == [
        "Larkspur Instruments, Inc.",
        "June 30, 2012",
        "12,345",
        "-",
        "250",
        "(925)",
        "(888)",
    ]


def test_a_place_is_a_sheet_a_row_and_a_column() -> None:
    page = document(book({"BS": ROWS, "Second": [["Notes"], [None, "page 7"]]}, code=ACCOUNTING))
    at = page.text.index("12,345")
    assert page.place(at, at + 6)[:3] == ("book.xlsx#BS", 5, 2)
    at = page.text.index("page 7")
    assert page.place(at + 5, at + 6)[:3] == ("book.xlsx#Second", 2, 2)


def test_every_number_in_view_stands_in_one_piece_of_one_cell() -> None:
    def merge(workbook: Any) -> None:
        workbook["IS"].merge_cells("B2:C2")

    rows = [["STATEMENTS OF INCOME"], [None, "Year ended June 30,"], [None, 2012, 2011], ["Net sales", 500, 450]]
    page = document(book({"IS": rows}, then=merge))
    assert page.text.count("Year ended June 30,") == 2  # above each column that it is merged over
    shown = [page.text[start:end] for start, end in page.stretches]
    assert sorted(shown) == sorted(
        ["STATEMENTS OF INCOME", "Year ended June 30,", "2012", "2011", "Net sales", "500", "450"]
    )


def test_indentation_is_that_of_the_look_and_of_spaces() -> None:
    def indent(workbook: Any) -> None:
        workbook["BS"]["A2"].alignment = Alignment(indent=2)

    page = document(book({"BS": [["Assets"], ["Cash", 5], ["   Stocks", 6], ["Total", 11]]}, then=indent))
    lines = [line.text for line in page.lines]
    assert [len(line) - len(line.lstrip()) for line in lines if line.strip()] == [0, 4, 3, 0]


def test_text_is_read_whatever_way_it_is_stored() -> None:
    raised = CellRichText("Net sales", TextBlock(InlineFont(vertAlign="superscript"), "(1)"))
    data = book({"IS": [[raised, "1,234"], ["Two\nlines", True], ["a_x000D_b\u00a0c", "#12"]]})
    shown = cells(data)
    assert (shown["B1"], shown["A2"], shown["B2"], shown["A3"]) == ("1,234", "Two\nlines", "TRUE", "a\nb c")
    page = document(data)
    assert "Net sales(1)" not in page.text
    assert [(page.text[span.start : span.end], span.reason) for span in page.unread] == [
        ("(1)", "the mark of a footnote")
    ]


def test_formulas_are_their_stored_results() -> None:
    rows = [["Cash", 5], ["Stocks", 6], ["Total", "=SUM(B1:B2)"], ["Other", "=B1*2"], ["Text", '=""']]
    data = with_results(book({"BS": rows}), {"B3": "11"})
    assert cells(data)["B3"] == "11"
    assert "B4" not in cells(data)
    [finding] = findings(data, "read.no-result")
    assert "cells B4, B5 hold a formula" in finding.message
    assert finding.place
    assert finding.place[:3] == ("book.xlsx#BS", 4, 2)


def test_hidden_rows_columns_numbers_and_sheets_are_not_read_and_are_told() -> None:
    def hide(workbook: Any) -> None:
        workbook["BS"].row_dimensions[5].hidden = True
        workbook["BS"].column_dimensions["C"].hidden = True
        workbook["BS"]["B8"].number_format = '#,##0;;"-"'
        workbook["BS"]["B8"].value = -11420
        workbook["Old"].sheet_state = "veryHidden"

    data = book({"BS": ROWS, "Old": [["Cash", 77]]}, code=ACCOUNTING, then=hide)
    shown = cells(data)
    assert {"B6", "B7"} <= shown.keys()
    assert not {"A5", "B5", "C6", "B8"} & shown.keys()
    assert "77" not in document(data).text
    of_cells, of_sheet = findings(data, "read.hidden")
    assert "C4, B5, C5, C6, C7 and 2 more cells with numbers are hidden" in of_cells.message
    assert "the sheet 'Old' is hidden" in of_sheet.message


def test_a_merged_cell_is_in_view_where_any_part_of_it_is() -> None:
    def hide(workbook: Any) -> None:
        workbook["BS"].merge_cells("A1:B1")
        workbook["BS"].column_dimensions["A"].hidden = True

    assert cells(book({"BS": [["BALANCE SHEETS"], [None, "Cash", 5]]}, then=hide))["B1"] == "BALANCE SHEETS"


def test_a_number_that_its_format_shows_smaller_is_told() -> None:
    data = book({"BS": [["Cash", 1_234_567.89], ["Stocks", 2_000_000]]}, code="#,##0,")
    assert [cells(data)[name] for name in ("B1", "B2")] == ["1,235", "2,000"]
    [finding] = findings(data, "read.scaled")
    assert "cells B1, B2 show a number smaller than the one they hold by their format (1,235)" in finding.message


@pytest.mark.parametrize(
    ("value", "code", "finding", "words"),
    [
        (12, "(#,##0)", "read.sign", "cell B1 show a positive number"),
        (12, '0.0"x"', "read.worded", "(12.0x)"),
        ("#REF!", "General", "read.error-value", "(#REF!)"),
    ],
)
def test_what_is_in_doubt_about_a_cell_is_told(value: object, code: str, finding: str, words: str) -> None:
    [told] = findings(book({"BS": [["Cash", value], ["Stocks", 5]]}, then=lambda made: _format(made, code)), finding)
    assert words in told.message
    assert told.place
    assert told.place[:3] == ("book.xlsx#BS", 1, 2)


def _format(workbook: Any, code: str) -> None:
    workbook["BS"]["B1"].number_format = code


def test_macros_and_links_are_named_and_not_followed() -> None:
    rows = [["Cash", "='[1]Other book'!A1"], ["Stocks", 5]]
    data = changed(
        with_results(book({"BS": rows}), {"B1": "8"}),
        lambda _, content: content,
        {"xl/vbaProject.bin": b"code", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    assert cells(data)["B1"] == "8"
    [left_out] = findings(data, "read.left-out")
    assert "1 macros, 1 links to other workbooks" in left_out.message
    [linked] = findings(data, "read.linked")
    assert "cell B1" in linked.message


def test_sheets_of_charts_are_named() -> None:
    def chart(workbook: Any) -> None:
        workbook.create_chartsheet("Trend")

    [left_out] = findings(book({"BS": ROWS}, then=chart), "read.left-out")
    assert "the chartsheet 'Trend'" in left_out.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'name="BS"', b'name="BS" state="hidden"', "'BS' is hidden"),
        (b"relationships/worksheet", b"relationships/chartsheet", "'BS' is a chartsheet"),
    ],
)
def test_a_workbook_that_shows_no_cell_is_refused(old: bytes, new: bytes, words: str) -> None:
    data = changed(book({"BS": ROWS}), lambda _, content: content.replace(old, new).replace(b'state="visible"', b""))
    with pytest.raises(SourceError, match=words) as caught:
        document(data)
    assert "show the sheets" in caught.value.hint


def _declared(data: bytes, size: int) -> bytes:
    """The archive with a part that says of itself that it unpacks to ``size`` bytes."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"x")
        archive.infolist()[-1].file_size = size
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words", "remedy"),
    [
        (b"label,2012-06-30\nOak barrels,120\n", "no workbook", ".csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file", "save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            "without a password",
        ),
        (book({"BS": ROWS})[:-300], "damaged", "download it again"),
        (book({"BS": ROWS})[:200], "damaged", "download it again"),
        (_declared(book({"BS": ROWS}), 700_000_000), "it unpacks to 700 MB", "new workbook"),
        (changed(book({"BS": ROWS}), lambda name, content: None if name.endswith("workbook.xml") else content), "without a workbook", ".xlsx"),
        (changed(book({"BS": ROWS}), lambda *_: None, {"word/document.xml": b"<w/>"}), "a text document", ".xlsx"),
        (sheet_xml(book({"BS": ROWS}), lambda content: content[:-40]), "damaged", "save it again"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused_with_a_remedy(data: bytes, words: str, remedy: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        document(data)
    assert remedy in caught.value.hint
    assert caught.value.exit_code == 3


def test_a_document_of_a_workbook_cannot_be_chosen() -> None:
    with pytest.raises(UsageError):
        read(book({"BS": ROWS}), "book.xlsx", ReadOptions(document="2"))


def test_entities_are_not_put_in(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("4711")
    entities = f'<!DOCTYPE x [<!ENTITY a "99"><!ENTITY b SYSTEM "file://{tmp_path}/secret">]>'.encode()

    def declare(content: bytes) -> bytes:
        return entities + content.replace(b"<v>5</v>", b"<v>5&a;&b;</v>")

    text = document(sheet_xml(book({"BS": [["Cash", 5], ["Stocks", 6]]}), declare)).text
    assert "Stocks" in text
    assert "99" not in text
    assert "4711" not in text


def test_rows_with_a_look_and_nothing_in_them_cost_little() -> None:
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(9, 200_000))  # fmt: skip
    data = sheet_xml(
        book({"BS": ROWS}, code=ACCOUNTING), lambda content: content.replace(b"</sheetData>", empty + b"</sheetData>")
    )
    assert cells(data) == cells(book({"BS": ROWS}, code=ACCOUNTING))


@pytest.mark.parametrize(
    ("module", "limit", "words"),
    [
        (package, "_MOST_PARTS", "parts"),
        (package, "_MOST_TAGS", "more than 7 tags"),
        (package, "_LARGEST_TREE", "its part _rels/.rels has"),
        (workbook, "_MOST_CELLS", "'BS' is too long"),
        (workbook, "_MOST_CHARACTERS", "'BS' is too long"),
    ],
)
def test_what_would_take_too_much_is_refused(
    module: ModuleType, limit: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 7)
    with pytest.raises(SourceError, match=words) as caught:
        document(book({"BS": ROWS}))
    assert "the sheets that hold" in caught.value.hint


def test_a_sheet_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_CELLS", 20)
    data = book({"Data": [["Item", n] for n in range(20)], "BS": ROWS})
    assert "12,345" in document(book({"BS": ROWS}, code=ACCOUNTING)).text
    assert "Item" not in document(data).text
    [told] = findings(data, "read.too-long")
    assert told.place
    assert told.place.source == "book.xlsx#Data"


def test_texts_may_be_shared_by_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    strings = b"<sst xmlns='a:b'><si><t>Cash</t></si><si><r><t>Stocks, </t></r><r><t>net</t></r><rPh><t>?</t></rPh></si></sst>"
    relation = b"<Relationship Type='a/sharedStrings' Target='texts.xml' Id='rId9'/></Relationships>"

    def shared(name: str, content: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            return content.replace(b"</Relationships>", relation)
        return re.sub(rb't="inlineStr"><is><t>(\d)</t></is>', rb't="s"><v>\1</v>', content)

    data = changed(book({"BS": [["0", 5], ["1", 6], ["0", 7], ["9", 8]]}), shared, {"xl/texts.xml": strings})
    assert cells(data) == {"A1": "Cash", "B1": "5", "A2": "Stocks, net", "B2": "6", "A3": "Cash", "B3": "7", "B4": "8"}
    monkeypatch.setattr(workbook, "_MOST_CHARACTERS", 7)
    with pytest.raises(SourceError, match="its texts have more than 7 characters"):
        document(data)


def test_cells_that_do_not_say_where_they_stand_follow_each_other() -> None:
    def bare(content: bytes) -> bytes:
        rows = b'<sheetData><row><c t="str"><v>Cash</v></c><c/><c><v>5</v></c></row><row/><row><c><v>6</v></c></row></sheetData>'
        start, end = content.index(b"<sheetData"), content.index(b"</sheetData>") + len(b"</sheetData>")
        return content[:start] + rows + content[end:]

    assert cells(sheet_xml(book({"BS": ROWS}), bare)) == {"A1": "Cash", "C1": "5", "A3": "6"}


def test_days_counted_from_1904() -> None:
    def count(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', content)
            if name == "xl/workbook.xml"
            else content
        )

    def format_it(workbook: Any) -> None:
        workbook["BS"]["B1"].number_format = "d mmm yyyy"

    data = changed(book({"BS": [["Day", 39628], ["Cash", 5]]}, then=format_it), count)
    assert cells(data)["B1"] == "June 30, 2012"


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - noise, no secrets
    data = bytearray(book({"BS": ROWS}, code=ACCOUNTING))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(SourceError):
        assert document(bytes(data)).blocks
