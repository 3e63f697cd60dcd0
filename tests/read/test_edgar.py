"""Whole submissions: what is read of them, what they state in their header, and what damage does to them."""

from __future__ import annotations

import csv
import re
import time
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.convert import convert, make_report
from converter.errors import SourceError, UsageError
from converter.mapping import map_statements
from converter.model.source import TextBlock
from converter.options import MapOptions, Options, ReadOptions, ValidateOptions
from converter.parse import parse
from converter.read import text as text_reader

from .submissions import (
    DOCUMENTS,
    ENVELOPE,
    HEADER,
    LETTER,
    QUARTER,
    SCHEDULE,
    SEALED,
    SUBMISSION,
    UUENCODED,
    wrapped,
)

if TYPE_CHECKING:
    from pathlib import Path

    from converter.model.source import Document


def read(text: str, wanted: str = "") -> Document:
    return text_reader.read(text.encode(), "kiln.txt", ReadOptions(document=wanted))[0]


def told(text: str, wanted: str = "") -> str:
    _, findings = text_reader.read(text.encode(), "kiln.txt", ReadOptions(document=wanted))
    (message,) = [finding.message for finding in findings if finding.code == "read.submission"]
    return message.partition("were read: ")[2]


def texts(document: Document) -> list[TextBlock]:
    return [block for block in document.blocks if isinstance(block, TextBlock)]


def bodies(document: Document) -> list[str]:
    return ["\n".join(line.text for line in block.lines) + "\n" for block in texts(document)]


@pytest.mark.parametrize("text", [SEALED, SUBMISSION, DOCUMENTS, SUBMISSION.replace("SEC-", "IMS-"), "\n\n" + SEALED])
def test_each_document_that_may_bear_statements_is_a_block(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert bodies(document) == [QUARTER, LETTER]
    assert told(text) == "1 10-Q, 2 EX-10.1; left out: 3 EX-27 (a financial data schedule)"


def test_lines_and_places_are_those_of_the_file() -> None:
    document = read(SEALED)
    lines = SEALED.split("\n")
    for block in texts(document):
        for line in block.lines:
            assert lines[line.number - 1] == line.text
            assert SEALED[line.start : line.end] == line.text
    for words, number, column in (("0000999901-97-000003.txt", 7, 15), ("1,310 ", 45, 52), ("CASH IN 2 BANKS", 119, 5)):
        start = SEALED.index(words)
        place = document.place(start, start + 1)
        assert (place.line, place.column) == (number, column)
        assert lines[number - 1][column - 1 :].startswith(words.strip())


def test_what_is_not_read_and_the_blocks_make_up_the_text() -> None:
    text = SEALED.replace("</TABLE>\n\n", f"</TABLE>\n{UUENCODED}\n", 1)
    document = read(text)
    spans = [(unread.start, unread.end) for unread in document.unread]
    assert spans == sorted(spans)
    left = "".join(text[slice(*span)] for span in spans)
    assert len(left) + sum(len(body) for body in bodies(document)) == len(text)
    assert not {"M999", "#1234"} & {line.text[:4] for block in texts(document) for line in block.lines}


def test_the_header_states_the_registrant_and_where() -> None:
    header = read(SEALED).header
    assert (header.registrant, header.cik, header.form) == ("QUILLBROOK KILNS INC", "0000999901", "10-Q")
    assert (header.period, header.fiscal_year_end) == (date(1997, 9, 27), "--09-30")
    found = {name: SEALED[place.start : place.end] for name, place in header.places.items()}
    assert found == {
        "registrant": "QUILLBROOK KILNS INC",
        "cik": "0000999901",
        "form": "10-Q",
        "period": "19970927",
        "fiscal_year_end": "0930",
    }
    assert header.places["registrant"].line == 18


def test_the_first_filer_is_the_registrant() -> None:
    second = HEADER[HEADER.index("FILER:") : HEADER.index("</SEC-HEADER>")].replace("QUILLBROOK", "HAZELMERE")
    subject = second.replace("FILER:", "SUBJECT COMPANY:").replace("HAZELMERE", "TARNBECK")
    first = HEADER.replace("\t\tFISCAL YEAR END:\t\t\t0930\n", "").replace("</SEC-HEADER>", f"{second}</SEC-HEADER>")
    header = read(first.replace("FILER:", f"{subject}FILER:", 1) + DOCUMENTS).header
    assert (header.registrant, header.fiscal_year_end) == ("QUILLBROOK KILNS INC", None)


@pytest.mark.parametrize(
    ("old", "new"), [("19970927", "19979927"), ("\t0930", "\t0931"), ("\t0000999901", "\tnone"), ("\t10-Q", "\t")]
)
def test_a_header_value_of_no_sense_is_none(old: str, new: str) -> None:
    header = read(HEADER.replace(old, new) + DOCUMENTS).header
    assert [header.period, header.fiscal_year_end, header.cik, header.form].count(None) == 1
    assert len(header.places) == 4


def test_a_schedule_is_read_with_places_in_full_units() -> None:
    (schedule,) = read(SEALED).header.schedules
    assert (schedule.article, schedule.period_type, schedule.months) == ("5", "3-MOS", 3)
    assert schedule.multiplier == 1000
    assert (schedule.period_start, schedule.period_end, schedule.fiscal_year_end) == (
        None,
        date(1997, 9, 27),
        "--09-30",
    )
    assert [(value.tag, value.value, value.unit, SEALED[value.place.start : value.place.end]) for value in schedule.values] == [
        ("CASH", 1_310_000, 1000, "1,310"),
        ("SECURITIES", 0, 1000, "0"),
        ("INVENTORY", 440_000, 1000, "440"),
        ("DEPRECIATION", -750_000, 1000, "(750)"),
        ("TOTAL-ASSETS", 3_000_000, 1000, "3,000"),
        ("TOTAL-LIABILITY-AND-EQUITY", 3_000_000, 1000, "3,000"),
        ("TOTAL-REVENUES", 1_800_000, 1000, "1,800"),
        ("NET-INCOME", 550_000, 1000, "550"),
        ("EPS-PRIMARY", Decimal("0.55"), Decimal("0.01"), ".55"),
    ]  # fmt: skip


def test_a_schedule_of_two_columns_is_two() -> None:
    body = (
        "<ARTICLE> 5\n<RESTATED>\n<MULTIPLIER> 1,000,000\n<PERIOD-TYPE> YEAR OTHER\n<PERIOD-START> JAN-01-1996 FEB-30-1995\n"
        "<PERIOD-END> DEC-31-1996 DEC-31-95\n<CASH> 12 1.5\n<TOTAL-ASSETS> 40 N/A\n<EPS-PRIMARY> $(1.25) -.5\n"
    )
    one, two = read(wrapped("10-K", 1, QUARTER) + wrapped("EX-27.1", 2, body)).header.schedules
    assert [(value.tag, value.value, value.unit) for value in one.values] == [
        ("CASH", 12_000_000, 1_000_000),
        ("TOTAL-ASSETS", 40_000_000, 1_000_000),
        ("EPS-PRIMARY", Decimal("-1.25"), Decimal("0.01")),
    ]
    assert [(value.tag, value.value, value.unit) for value in two.values] == [
        ("CASH", 1_500_000, 100_000),
        ("EPS-PRIMARY", Decimal("-0.5"), Decimal("0.1")),
    ]
    assert (one.months, one.period_start, one.period_end) == (12, date(1996, 1, 1), date(1996, 12, 31))
    assert (two.months, two.period_start, two.period_end) == (None, None, date(1995, 12, 31))


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (wrapped("GRAPHIC", 4, UUENCODED), "4 GRAPHIC (encoded data)"),
        (wrapped("EX-99", 4, f"<PDF>\n{UUENCODED}</PDF>\n"), "4 EX-99 (encoded data)"),
        (wrapped("ZIP", 4, "PK words\n"), "4 ZIP (ZIP is no text)"),
        (wrapped("EX-101.INS", 4, "<xbrl/>\n words\n"), "4 EX-101.INS (EX-101.INS is no text)"),
        (wrapped("EX-20", 4, " \n"), "4 EX-20 (empty)"),
        (wrapped("EX-13", 4, QUARTER), " EX-13 (a second copy)"),
    ],
)
def test_parts_that_bear_no_statements_are_left_out(part: str, why: str) -> None:
    text = HEADER + DOCUMENTS + part
    assert bodies(read(text)) == [QUARTER, LETTER]
    assert told(text).endswith(f"; left out: 3 EX-27 (a financial data schedule), {why.strip()}")


@pytest.mark.parametrize("second", [SEALED, SUBMISSION.replace("Fern", "Ivo"), SEALED[: len(SEALED) // 2]])
def test_of_two_copies_of_a_submission_the_first_is_read(second: str) -> None:
    document = read(SEALED + second)
    assert bodies(document) == [QUARTER, LETTER]
    assert len(document.header.schedules) == 1


def test_another_submission_in_the_same_file_is_read_too() -> None:
    other = SEALED.replace("97-000003", "97-000004").replace("1,310", "1,311").replace("bonus", "prize")
    document = read(SEALED + other)
    assert len(document.blocks) == 4
    assert told(SEALED + other).startswith("1 10-Q, 2 EX-10.1, 4 10-Q, 5 EX-10.1; left out")
    assert [schedule.values[0].value for schedule in document.header.schedules] == [1_310_000, 1_311_000]


@pytest.mark.parametrize(
    ("wanted", "body"), [("1", QUARTER), ("2", LETTER), ("02", LETTER), ("EX-10.1", LETTER), ("10-q", QUARTER), ("3", SCHEDULE)]
)  # fmt: skip
def test_one_document_is_chosen_by_number_or_type(wanted: str, body: str) -> None:
    document = read(SEALED, wanted)
    assert bodies(document) == [body]
    assert document.header.registrant == "QUILLBROOK KILNS INC"
    assert len(document.header.schedules) == 1
    assert "(not chosen)" in told(SEALED, wanted)


@pytest.mark.parametrize("wanted", ["4", "0", "EX-13", "the first"])
def test_a_document_that_is_not_there_is_refused_with_those_that_are(wanted: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"no document {wanted!r}")) as raised:
        read(SEALED, wanted)
    assert raised.value.hint == "there are: 1 10-Q, 2 EX-10.1, 3 EX-27"


def test_a_type_that_several_have_needs_a_number() -> None:
    with pytest.raises(UsageError, match=r"2 documents are of the type 'EX-10\.1'") as raised:
        read(SUBMISSION + wrapped("EX-10.1", 4, LETTER.replace("Fern", "Ivo")), "EX-10.1")
    assert raised.value.hint == "choose one by its number: 2 EX-10.1, 4 EX-10.1"


def test_without_sequence_numbers_the_order_counts() -> None:
    text = re.sub(r"<SEQUENCE>\d\n", "", SUBMISSION)
    assert bodies(read(text, "2")) == [LETTER]


@pytest.mark.parametrize("text", [QUARTER, f"See <DOCUMENT> and <TEXT>.\n{QUARTER}", "a <SEC-HEADER> b\n" + LETTER])
def test_plain_text_is_read_as_before(text: str) -> None:
    document, findings = text_reader.read(text.encode(), "kiln.txt")
    assert (bodies(document), document.unread, findings) == ([text + "\n"], (), ())
    with pytest.raises(UsageError, match="no submission"):
        read(text, "1")


def test_a_submission_whose_document_tags_were_stripped_is_read_whole() -> None:
    stripped = ENVELOPE + HEADER.replace("</SEC-HEADER>\n", "") + QUARTER
    document = read(stripped)
    assert bodies(document) == [stripped + "\n"]
    assert document.header.cik == "0000999901"
    assert bodies(read(HEADER + QUARTER)) == [QUARTER]


@pytest.mark.parametrize(
    "text",
    [
        SUBMISSION.replace("</TEXT>\n", "").replace("</DOCUMENT>\n", "").replace("</SEC-HEADER>\n", ""),
        SUBMISSION.replace("</DOCUMENT>\n", ""),
        SUBMISSION.replace("<DOCUMENT>", "<DOCUMENT>\n<DOCUMENT>"),
        SUBMISSION.replace("</DOCUMENT>", "</DOCUMENT>\n</DOCUMENT>\n</TEXT>"),
        SUBMISSION.replace("DOCUMENT>", "document>").replace("TEXT>", "text>").replace("TYPE>", "type>"),
    ],
)
def test_tags_that_are_nested_or_left_open(text: str) -> None:
    assert [body.strip() for body in bodies(read(text))] == [QUARTER.strip(), LETTER.strip()]


def test_tags_on_one_line() -> None:
    text = SUBMISSION.replace("<DOCUMENT>\n<TYPE>", "<DOCUMENT><TYPE>").replace("\n<SEQUENCE>", "<SEQUENCE>")
    text = text.replace("\n<DESCRIPTION>", "<DESCRIPTION>").replace("\n<TEXT>", "<TEXT>")
    assert bodies(read(text)) == [QUARTER, LETTER]


def test_a_file_that_begins_inside_a_document() -> None:
    text = DOCUMENTS[DOCUMENTS.index("Inventories") :]
    assert bodies(read(text)) == [QUARTER[QUARTER.index("Inventories") :], LETTER]
    assert told(text).startswith("1 without a type, 2 EX-10.1")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_make_no_difference(ends: str) -> None:
    assert read(SEALED.replace("\n", ends)) == read(SEALED)


def run(tmp_path: Path, text: str, wanted: str = "") -> tuple[list[dict[str, str]], list[dict[str, str]], Path]:
    source = tmp_path / "kiln.txt"
    source.write_text(text, encoding="utf-8")
    options = Options(read=ReadOptions(document=wanted), validate=ValidateOptions(enabled=False))
    folder = convert(source, tmp_path / "out", options).folder

    def table(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return table("facts.csv"), table("numbers.csv"), folder


def test_a_submission_is_converted_with_its_header_and_shown_whole(tmp_path: Path) -> None:
    facts, numbers, folder = run(tmp_path, SEALED)
    found = {(fact["concept"], fact["period_end"]): fact for fact in facts}
    assets = found["us-gaap:Assets", "1997-09-27"]
    assert (assets["value"], assets["source_line"], assets["source_column"]) == ("3000000", "50", "52")
    cover = {
        fact["concept"]: (fact["value"], fact["source_line"], fact["rule"])
        for fact in facts
        if fact["statement"] == "cover"
    }
    header = "the header of the source"
    assert cover["dei:EntityRegistrantName"] == ("QUILLBROOK KILNS INC", "18", header)
    assert cover["dei:EntityCentralIndexKey"] == ("0000999901", "19", header)
    assert cover["dei:DocumentType"] == ("10-Q", "10", header)
    reasons = {row["text"]: (row["outcome"], row["reason"]) for row in numbers}
    assert reasons["990000017"] == ("not-a-fact", "not read: the header of the submission")
    assert reasons["2001"] == ("not-a-fact", "not read: the envelope of the submission")
    assert {row["reason"] for row in numbers if int(row["source_line"]) > 88} == {
        "not read: the tags around a document",
        "not read: a financial data schedule",
    }
    body = etree.parse(folder / "report.htm").getroot().find(".//{*}pre")
    assert body is not None
    assert "".join(map(str, body.itertext())) == SEALED


def test_the_entity_takes_the_options_words_before_the_header(tmp_path: Path) -> None:
    (tmp_path / "entity.toml").write_text('name = "Quillbrook"\nfiscal_year_end = "--10-01"\n')
    (tmp_path / "kiln.txt").write_text(SEALED)
    options = MapOptions(entity=tmp_path / "entity.toml", cik="77")
    entity = make_report(tmp_path / "kiln.txt", ReadOptions(), options)[0].entity
    assert (entity.name, entity.cik, entity.fiscal_year_end) == ("Quillbrook", "0000000077", "--10-01")
    assert entity.document_type == "10-Q"
    entity = make_report(tmp_path / "kiln.txt", ReadOptions(), MapOptions())[0].entity
    assert (entity.cik, entity.fiscal_year_end) == ("0000999901", "--09-30")


def test_prose_that_is_not_read_bears_no_facts(tmp_path: Path) -> None:
    said = "<LEGEND> Net sales of the quarter were $1,800,000.\n\n"
    facts, _, _ = run(tmp_path, SEALED.replace("<ARTICLE> 5", f"{said}<ARTICLE> 5"))
    assert not [fact for fact in facts if fact["statement"] == "prose"]


PAGE = """\
<html><body><p>QUILLBROOK KILNS, INC.</p><p>BALANCE SHEETS</p><p>(In thousands)</p>
<table><tr><td></td><td>September 27, 1997</td><td>September 28, 1996</td></tr>
<tr><td>Cash</td><td>1,310</td><td>1,190</td></tr>
<tr><td>Inventories</td><td>1,440</td><td>1,410</td></tr>
<tr><td>Total assets</td><td>2,750</td><td>2,600</td></tr></table></body></html>
"""
COVER = "<HTML><BODY><P>See the 1,000 kilns of Exhibit 13.</P></BODY></HTML>\n"
PAGES = HEADER + wrapped("10-Q", 1, COVER) + wrapped("EX-13", 2, PAGE) + wrapped("EX-10.1", 3, LETTER)


def test_of_documents_in_html_the_one_with_the_most_amounts_is_read() -> None:
    document = read(PAGES)
    assert document.markup is not None
    assert document.text.split()[:3] == ["QUILLBROOK", "KILNS,", "INC."]
    assert told(PAGES) == "2 EX-13; left out: 1 10-Q (pages are read alone), 3 EX-10.1 (pages are read alone)"
    assert document.header.registrant == "QUILLBROOK KILNS INC"


def test_lines_of_a_document_in_html_are_those_of_the_file() -> None:
    document = read(PAGES)
    at = document.text.index("1,190")
    place = document.place(at, at + 5)
    assert PAGES.split("\n")[place.line - 1][place.column - 1 :].startswith("1,190<")


def test_a_document_in_html_is_chosen() -> None:
    assert "See the 1,000 kilns" in read(PAGES, "1").text
    assert told(PAGES, "EX-10.1") == "3 EX-10.1; left out: 1 10-Q (not chosen), 2 EX-13 (not chosen)"
    assert read(PAGES, "EX-10.1").markup is None


def test_beside_a_document_of_text_with_more_amounts_html_is_left_out() -> None:
    text = HEADER + wrapped("10-Q", 1, QUARTER) + wrapped("EX-99", 2, COVER)
    assert told(text) == "1 10-Q; left out: 2 EX-99 (pages are read alone)"
    assert bodies(read(text)) == [QUARTER]


def test_a_document_in_html_is_converted_to_its_own_page(tmp_path: Path) -> None:
    facts, _, folder = run(tmp_path, PAGES)
    assert {(fact["concept"], fact["period_end"], fact["value"]) for fact in facts} >= {
        ("us-gaap:Assets", "1997-09-27", "2750000"),
        ("us-gaap:Assets", "1996-09-28", "2600000"),
    }
    report = etree.parse(folder / "report.htm")
    assert "Exhibit 13" not in "".join(map(str, report.getroot().itertext()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (SUBMISSION, "2"),
        (SUBMISSION, "EX-27"),
        (HEADER, ""),
        (HEADER[:200], ""),
        (HEADER + wrapped("10-Q", 1, LETTER), ""),
        (HEADER + "<DOCUMENT>\n<TYPE>10-Q\n", ""),
        (HEADER + wrapped("GRAPHIC", 1, UUENCODED), ""),
    ],
)
def test_a_submission_without_a_statement_is_a_source_without_one(tmp_path: Path, text: str, wanted: str) -> None:
    with pytest.raises(SourceError, match="no statement was found"):
        run(tmp_path, text, wanted)
    assert not (tmp_path / "out").exists()


def test_a_statement_ends_with_its_document(tmp_path: Path) -> None:
    table = "Left of kilns          1,234       5,678\n" * 3
    facts, numbers, _ = run(tmp_path, HEADER + wrapped("10-Q", 1, QUARTER) + wrapped("EX-10.1", 2, table))
    assert {row["statement"] for row in numbers if row["text"] == "1,234"} == {"prose"}
    assert not [fact for fact in facts if fact["label"].startswith("Left of")]


@pytest.mark.parametrize(
    "text",
    [
        "<DOCUMENT>" * 100_000,
        "<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n" * 30_000,
        SUBMISSION + "<SEC-HEADER>" * 50_000 + "</DOCUMENT>" * 50_000,
        HEADER + "<DOCUMENT>\n<TYPE>" + " " * 500_000 + "<",
        HEADER + wrapped("10-K", 1, "begin 644 a\n" * 50_000),
        HEADER + wrapped("EX-27", 1, "<CASH> " + "9" * 200_000 + "\n" + "<LEGEND>" * 50_000),
        HEADER + wrapped("10-K", 1, "\n" * 500_000 + "x"),
        SUBMISSION * 200,
    ],
)
def test_damage_takes_no_more_than_linear_time(text: str) -> None:
    start = time.perf_counter()
    document = read(text)
    assert time.perf_counter() - start < 5
    assert document.text == text


def test_control_characters_are_shown_and_move_nothing() -> None:
    spoiled = SEALED.replace("Fern", "F\x00rn")
    document, findings = text_reader.read(spoiled.encode(), "kiln.txt")
    assert document.text == SEALED.replace("Fern", "F␀rn")
    assert [finding.code for finding in findings] == ["read.submission", "read.control-characters"]
    assert findings[1].place is not None
    assert findings[1].place.line == 85


CUTS = st.integers(0, len(SEALED))


@settings(max_examples=50, deadline=None)
@given(CUTS, CUTS, st.sampled_from(["", "<DOCUMENT>", "</TEXT>", "<TEXT>\n", "\x00", "begin 644 x\n", "</SEC-HEADER>", "(1"]))  # fmt: skip
def test_whatever_is_cut_or_put_in_nothing_crashes_and_no_digit_is_lost(one: int, two: int, noise: str) -> None:
    start, end = sorted((one, two))
    for text in (SEALED[:start] + noise, SEALED[start:], SEALED[:start] + noise + SEALED[end:]):
        if not text.strip():
            continue
        document = read(text)
        assert document.text == text.replace("\x00", "␀")
        tiles = [(unread.start, unread.end) for unread in document.unread]
        assert all(left[1] <= right[0] for left, right in pairwise(tiles))
        statements, _ = parse(document)
        try:
            report, _ = map_statements(document, statements, MapOptions()) if statements else (None, ())
        except SourceError:  # a statement that has lost its dates
            continue
        if report is not None:
            digits = [
                number.place.start + at
                for number in report.numbers
                for at, character in enumerate(number.text)
                if character.isdigit()
            ]
            assert digits == [match.start() for match in re.finditer("[0-9]", document.text)]
