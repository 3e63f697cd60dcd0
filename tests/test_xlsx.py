"""The main job on workbooks of an invented company: the same facts whether it is printed, in CSV or in cells."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from openpyxl.styles import Alignment
from typer.testing import CliRunner

from converter.cli import app
from tests.read.books import book, with_results

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

# Label, its level, and amounts; the third row of each is the header.
BALANCES: list[tuple[str, int, Any, Any]] = [
    ("ASSETS", 0, None, None),
    ("Current assets:", 0, None, None),
    ("Cash and cash equivalents", 1, 1250, 980),
    ("Accounts receivable, net of allowance of $41 and $37, respectively", 1, 640, 715),
    ("Total current assets", 1, 1890, 1695),
    ("Property, plant and equipment, net", 0, 410, 305),
    ("Total assets", 0, 2300, 2000),
    ("LIABILITIES AND STOCKHOLDERS' EQUITY", 0, None, None),
    ("Accounts payable", 0, 900, 595),
    ("Accumulated deficit", 0, -100, -45),
    ("Common stock", 0, 1500, 1450),
    ("Total liabilities and stockholders' equity", 0, 2300, 2000),
]
RESULTS: list[tuple[str, int, Any, Any]] = [
    ("Revenues", 0, 900, 870),
    ("Cost of goods sold", 0, 800, 880),
    ("Net income (loss)", 0, 100, -10),
    ("Net income (loss) per share, basic and diluted", 0, 0.05, -0.01),
]
NAME, SCALE = "Heron & Reed Paper, Inc.", "(In thousands, except per share data)"
SHEETS = {
    "Balance": ("CONSOLIDATED BALANCE SHEETS", ("March 31, 2013", "December 31, 2012"), BALANCES),
    "Results": (
        "CONSOLIDATED STATEMENTS OF OPERATIONS",
        ("Three Months Ended March 31, 2013", "Three Months Ended March 31, 2012"),
        RESULTS,
    ),
}


def printed(value: Any) -> str:
    if value is None:
        return ""
    text = f"{abs(value):,.2f}" if isinstance(value, float) else f"{abs(value):,}"
    return f"({text})" if value < 0 else text


def as_workbook() -> bytes:
    rows = {
        name: [[NAME], [title], [SCALE], [], [None, *header], *([label, *values] for label, _, *values in lines)]
        for name, (title, header, lines) in SHEETS.items()
    }

    def look(workbook: Any) -> None:
        for name, (_, _, lines) in SHEETS.items():
            for row, (_, level, value, _) in enumerate(lines, 6):
                workbook[name].cell(row, 1).alignment = Alignment(indent=level)
                for column in (2, 3):
                    cell = workbook[name].cell(row, column)
                    cell.number_format = "0.00_);(0.00)" if isinstance(value, float) else "#,##0_);(#,##0)"

    return book(rows, then=look)


def as_csv() -> bytes:
    rows: list[list[str]] = []
    for title, header, lines in SHEETS.values():
        rows += [[NAME], [title], [SCALE], ["", *header]]
        rows += [["  " * level + label, *map(printed, values)] for label, level, *values in lines]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def as_text() -> bytes:
    rows: list[str] = []
    for title, header, lines in SHEETS.values():
        rows += [NAME, title, SCALE, "", " " * 70 + "".join(f"{cell:>36}" for cell in header), ""]
        rows += ["  " * level + f"{label:<70}"[: 70 - 2 * level] + "".join(f"{printed(v).rstrip(')'):>35}{')' if v and v < 0 else ' '}" for v in values) for label, level, *values in lines]  # fmt: skip
        rows += ["", ""]
    return "\n".join(rows).encode()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def converted(tmp_path: Path, name: str, data: bytes, *words: str) -> Path:
    (tmp_path / name).write_bytes(data)
    done = call("convert", name, "--cik", "0000999931", "--quiet", *words)
    assert done.exit_code == 0, done.output
    return tmp_path / "out" / name.partition(".")[0]


def said(folder: Path) -> list[tuple[str, ...]]:
    names = ("concept", "period_start", "period_end", "unit", "value", "decimals", "statement", "label")
    return sorted(tuple(row[name] for name in names) for row in rows_of(folder / "facts.csv"))


def test_a_workbook_a_table_and_a_text_give_the_same_facts(tmp_path: Path) -> None:
    of_workbook = said(converted(tmp_path, "one.xlsx", as_workbook(), "--no-validate"))
    of_csv = said(converted(tmp_path, "two.csv", as_csv(), "--no-validate"))
    of_text = said(converted(tmp_path, "three.txt", as_text(), "--no-validate"))
    assert of_workbook == of_csv == of_text
    by_concept = {(fact[0], fact[2]): fact[4] for fact in of_workbook}
    assert by_concept["us-gaap:Assets", "2013-03-31"] == "2300000"
    assert by_concept["us-gaap:NetIncomeLoss", "2012-03-31"] == "-10000"
    assert by_concept["us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "2012-12-31"] == "37000"


def test_the_report_is_valid_and_shows_each_statement_as_a_table(tmp_path: Path) -> None:
    folder = converted(tmp_path, "heron.xlsx", as_workbook())
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert {finding["code"] for finding in findings} <= {"mapping.review"}
    report = etree.parse(folder / "report.htm")
    assert len(report.findall(".//{*}table")) == 2
    assert "Heron &amp; Reed Paper, Inc." in (folder / "report.htm").read_text(encoding="utf-8")


def test_facts_and_numbers_name_the_sheet_the_row_and_the_column(tmp_path: Path) -> None:
    folder = converted(tmp_path, "heron.xlsx", as_workbook(), "--no-validate")
    facts = {(row["label"], row["period_end"]): row for row in rows_of(folder / "facts.csv")}
    cash = facts["Cash and cash equivalents", "2012-12-31"]
    assert (cash["sheet"], cash["source_line"], cash["source_column"]) == ("Balance", "8", "3")
    revenues = facts["Revenues", "2013-03-31"]
    assert (revenues["sheet"], revenues["source_line"], revenues["source_column"]) == ("Results", "6", "2")


def test_the_ledger_has_each_number_in_view_once(tmp_path: Path) -> None:
    def hide(workbook: Any) -> None:
        workbook["Balance"].merge_cells("B3:C3")
        workbook["Balance"].row_dimensions[6].hidden = True

    rows = [["BALANCE SHEETS"], ["(In thousands)"], [None, "December 31,"], [None, 2012, 2011], ["Cash", 100, 90], ["Old", 1, 2], ["Total assets", 101, 92], ["See note 7."]]  # fmt: skip
    folder = converted(tmp_path, "b.xlsx", book({"Balance": rows}, then=hide), "--no-validate")
    ledger = [(row["source_line"], row["source_column"], row["text"]) for row in rows_of(folder / "numbers.csv")]
    header = [("3", "2", "31"), ("4", "2", "2012"), ("4", "3", "2011")]
    body = [("5", "2", "100"), ("5", "3", "90"), ("7", "2", "101"), ("7", "3", "92"), ("8", "1", "7")]
    assert sorted(ledger) == [*header, *body]


def test_results_of_formulas_are_facts(tmp_path: Path) -> None:
    rows = [["BALANCE SHEETS"], ["(In thousands)"], [None, "June 30, 2012"], ["Cash", 5], ["Inventories", 6], ["Total assets", "=SUM(B4:B5)"]]  # fmt: skip
    folder = converted(tmp_path, "b.xlsx", with_results(book({"BS": rows}), {"B6": "11"}), "--no-validate")
    assert ("us-gaap:Assets", "11000") in {(row["concept"], row["value"]) for row in rows_of(folder / "facts.csv")}


def test_a_finding_of_a_sheet_names_it(tmp_path: Path) -> None:
    rows = [["BALANCE SHEETS"], ["(In thousands)"], [None, "June 30, 2012"], ["Cash", 5], ["Total assets", "=B4"], ["Debt", 5]]  # fmt: skip
    (tmp_path / "b.xlsx").write_bytes(book({"My sheet": rows}))
    done = call("convert", "b.xlsx", "--cik", "0000999931", "--no-validate")
    assert "b.xlsx#My sheet:5:2: warning: cell B5 hold" in done.output


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("table.xlsx", b"label,2012-06-30\nCash,5\n", ".csv"),
        ("book.csv", book({"BS": [["Cash", 5]]}), ".xlsx"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
        ("notes.xlsx", book({"Notes": [["Nothing but words"]]}), "no statement was found"),
    ],
)
def test_what_is_no_workbook_of_statements_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = call("convert", name)
    assert done.exit_code == 3
    assert words in done.output
    assert not (tmp_path / "out").exists()
