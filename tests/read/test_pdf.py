"""PDF to text of fixed width: columns, page breaks, and what is left out or refused."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from converter.cli import app
from converter.convert import Conversion, convert
from converter.errors import SourceError
from converter.options import MapOptions, Options, ValidateOptions
from converter.read.pdf import read
from tests.read.pdfs import Put, ending_at, written

if TYPE_CHECKING:
    from pathlib import Path

    from converter.model.source import Document

pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")

PRINTED = """\
                  HERON & REED PAPER, INC.
                CONSOLIDATED BALANCE SHEETS
                       (In thousands)
                                      June 30,   December 31,
                                          2004           2003
Cash and cash equivalents              $ 1,250        $ 1,100
Inventories                                750            900
Total assets                           $ 2,000        $ 2,000
Accounts payable                         2,400          1,900
Accumulated deficit                       (400)           100
Total liabilities and equity           $ 2,000        $ 2,000"""


def in_courier(text: str, size: float = 9) -> list[Put]:
    """Each line of ``text`` as one string, as old software printed it."""
    return [Put(40, 740 - 12 * n, line, "Courier", size) for n, line in enumerate(text.split("\n")) if line]


def in_helvetica() -> list[Put]:
    """The same statement as software of today sets it: a string for each cell, amounts that end in one line."""
    page = [
        Put(225, 740, "HERON & REED PAPER, INC."),
        Put(205, 726, "CONSOLIDATED BALANCE SHEETS", "Helvetica-Bold"),
        Put(265, 712, "(In thousands)"),
        Put(401, 690, "June 30,", "Helvetica-Bold"),
        Put(478, 690, "December 31,", "Helvetica-Bold"),
        ending_at(430, 678, "2004"),
        ending_at(520, 678, "2003"),
    ]
    rows = [line.rsplit(maxsplit=2) for line in PRINTED.replace("$ ", " ").split("\n")[5:]]
    for number, (label, new, old) in enumerate(rows):
        y = 664 - 14 * number
        page += [Put(50, y, label), ending_at(430, y, new), ending_at(520, y, old)]
        if new == "2,000":
            page += [Put(385, y, "$"), Put(475, y, "$")]
    return page


def text_of(*pages: list[Put]) -> str:
    return document_of(*pages).text


def document_of(*pages: list[Put]) -> Document:
    return read(written(*pages), "report.pdf")[0]


def codes(*pages: list[Put]) -> list[str]:
    return [finding.code for finding in read(written(*pages), "report.pdf")[1]]


def converted(folder: Path, name: str, data: bytes) -> Conversion:
    (folder / name).write_bytes(data)
    options = Options(mapping=MapOptions(cik="7"), validate=ValidateOptions(enabled=False))
    return convert(folder / name, folder / "out" / name, options)


def values(result: Conversion) -> list[tuple[str, str, object]]:
    facts = [fact for fact in result.report.facts if isinstance(fact.value, Decimal)]
    return [(fact.concept.name, str(fact.context.period), fact.value) for fact in facts]


def test_letters_of_one_width_stay_where_they_are() -> None:
    assert text_of(in_courier(PRINTED)) == PRINTED


@pytest.mark.parametrize("page", [in_courier(PRINTED), in_courier(PRINTED, 7), in_helvetica()])
def test_facts_are_those_of_the_text(tmp_path: Path, page: list[Put]) -> None:
    from_text = converted(tmp_path, "report.txt", PRINTED.encode())
    from_pdf = converted(tmp_path, "report.pdf", written(page))
    assert values(from_pdf) == values(from_text)
    assert ("us-gaap:Assets", "2004-06-30", Decimal(2_000_000)) in values(from_pdf)
    report = (from_pdf.folder / "report.htm").read_text(encoding="utf-8")
    assert "HERON &amp; REED PAPER, INC." in report


def test_amounts_of_a_column_end_in_one_column() -> None:
    lines = text_of(in_helvetica()).split("\n")
    ends = {line.rstrip(")").rindex(line.rstrip(")")[-1]) for line in lines if line.rstrip(")")[-3:].isdigit()}
    assert len(ends) == 1


def test_places_are_those_of_the_text(tmp_path: Path) -> None:
    result = converted(tmp_path, "report.pdf", written(in_courier(PRINTED)))
    fact = next(fact for fact in result.report.facts if fact.value == Decimal(-400_000))
    assert fact.place is not None
    assert PRINTED.split("\n")[fact.place.line - 1][fact.place.column - 1 :].startswith("400")


def test_pages_are_parted_and_their_lines_counted_on() -> None:
    lines = text_of(in_courier("first"), [], in_courier("third")).split("\n")
    assert [line.strip() for line in lines if line.strip()] == ["first", "third"]
    assert " " in lines  # a page break, which XML forbids


def test_dots_that_lead_to_an_amount_leave_it_in_its_column() -> None:
    page = [
        Put(50, 700, f"Cash{'.' * 105}"),
        ending_at(430, 700, "1,250"),
        Put(50, 686, "Goodwill and other intangible assets"),
        ending_at(430, 686, "750"),
    ]
    first, second = text_of(page).split("\n")
    assert first.startswith("Cash....")
    assert (first.index("1,250") + 5, second.index("750") + 3) == (len(second), len(second))


def test_raised_marks_are_no_digits_of_an_amount() -> None:
    page = [Put(50, 700, "Sales"), ending_at(430, 700, "1,250"), Put(431, 704, "2", size=6)]
    assert text_of(page).split() == ["Sales", "1,250"]
    assert codes(page) == ["read.pdf-marks"]


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    assert text_of([Put(50, 700, "Sales 1,250"), Put(50.2, 700, "Sales 1,250")]) == "Sales 1,250"


def test_turned_text_and_text_beside_the_page_are_left_out_with_a_finding() -> None:
    page = [Put(50, 700, "Sales"), Put(30, 300, "4,444", is_turned=True), Put(50, -90, "5,555")]
    assert text_of(page) == "Sales"
    assert codes(page) == ["read.pdf-turned", "read.pdf-outside"]


def test_a_page_that_is_shown_sideways_is_read_as_it_is_shown() -> None:
    page = [Put(100, 50, "Sales 1,250", is_turned=True), Put(114, 50, "Costs 900", is_turned=True)]
    turned = written(page).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert read(turned, "report.pdf")[0].text == "Sales 1,250\nCosts 900"


def test_pages_that_are_pictures_are_refused() -> None:
    with pytest.raises(SourceError, match="its pages are pictures") as raised:
        read(written([], [], picture=True), "scan.pdf")
    assert "OCR" in raised.value.hint


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (written(in_courier(PRINTED), encrypted=True), "a password is needed to open it"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 500, "it cannot be read as a PDF"),
        (written(in_courier(PRINTED))[:300], "it cannot be read as a PDF"),
        (written([]), "there is no text in it"),
        (written([Put(50, 50, "Sales 5", is_turned=True)]), "there is no text in it that could be read: all is turned"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "report.pdf").write_bytes(data)
    result = CliRunner().invoke(app, ["convert", str(tmp_path / "report.pdf"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 3
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(SourceError) as raised:
        read(written(in_courier(PRINTED)), "report.pdf")
    assert raised.value.hint == "pip install 'xbrl-converter[pdf]'"
