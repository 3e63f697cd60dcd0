"""Sheets as people make them to statements: titles, periods, scales, tables side by side; and the same of CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from converter.model.periods import Period
from converter.model.statement import Statement, StatementKind
from converter.parse import parse
from converter.read import table, xlsx
from tests.read.books import ACCOUNTING, book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model.findings import Finding

Rows = list[list[Any]]
DAYS = [Period(date(2012, 6, 30)), Period(date(2011, 12, 31))]
HALVES = [Period(date(2012, 6, 30), date(2012, 1, 1)), Period(date(2011, 6, 30), date(2011, 1, 1))]
HEAD: Rows = [["Mallow Tea Co."], ["CONSOLIDATED BALANCE SHEETS"], ["(In thousands)"]]
DATES: Rows = [[None, "June 30, 2012", "December 31, 2011"]]
BALANCES: Rows = [
    ["Cash", 100, 90],
    ["Inventory", 50, 40],
    ["Total assets", 150, 130],
    ["Accounts payable", 20, 10],
    ["Retained earnings", 130, 120],
    ["Total liabilities and equity", 150, 130],
]
RESULTS: Rows = [["Net sales", 500, 400], ["Cost of sales", -300, -250], ["Net income", 200, 150]]


def as_workbook(
    rows: Rows, name: str = "Sheet1", code: str = ACCOUNTING
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    return parse(xlsx.read(book({name: rows}, code=code), "book.xlsx")[0])


def as_csv(rows: Rows) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    file = io.StringIO()
    csv.writer(file).writerows([["" if value is None else value for value in row] for row in rows])
    return parse(table.read(file.getvalue().encode(), "book.csv")[0])


def values(statement: Statement, label: str) -> list[Decimal | None]:
    line = next(line for line in statement.lines if line.label == label)
    return [amount.value if amount else None for amount in line.amounts]


def periods(statement: Statement) -> list[Period | None]:
    return [column.period for column in statement.columns]


@pytest.mark.parametrize("read", [as_workbook, as_csv])
@pytest.mark.parametrize(
    "header",
    [
        [[None, "June 30, 2012", "December 31, 2011"]],
        [[None, "June 30,", "December 31,"], [None, 2012, 2011]],
        [[None, "As of"], [None, "June 30,", "December 31,"], [None, 2012, 2011], [None, "(unaudited)"]],
        [[None, "6/30/2012", "12/31/2011"]],
        [[None, "2012-06-30", "2011-12-31"]],
    ],
)
def test_a_balance_sheet(read: Any, header: Rows) -> None:
    [sheet], findings = read([*HEAD, *header, *BALANCES])
    assert (sheet.kind, sheet.title, sheet.scale) == (StatementKind.BALANCE_SHEET, "CONSOLIDATED BALANCE SHEETS", 3)
    assert periods(sheet) == DAYS
    assert values(sheet, "Cash") == [Decimal(100_000), Decimal(90_000)]
    assert findings == ()


@pytest.mark.parametrize("read", [as_workbook, as_csv])
def test_headers_over_several_columns(read: Any) -> None:
    rows = [
        ["STATEMENTS OF OPERATIONS"],
        ["(In thousands)"],
        [None, "Three Months Ended", None, None, "Six Months Ended", None],
        [None, "June 30,", None, None, "June 30,", None],
        [None, 2012, 2011, None, 2012, 2011],
        *([label, one, other, None, 2 * one, 2 * other] for label, one, other in RESULTS),
    ]
    [statement], findings = read(rows)
    assert periods(statement) == [
        Period(date(2012, 6, 30), date(2012, 4, 1)),
        Period(date(2011, 6, 30), date(2011, 4, 1)),
        *HALVES,
    ]
    assert values(statement, "Net income") == [Decimal(n) for n in (200_000, 150_000, 400_000, 300_000)]
    assert findings == ()


@pytest.mark.parametrize("read", [as_workbook, as_csv])
def test_currency_signs_in_cells_of_their_own_and_columns_that_part(read: Any) -> None:
    rows = [
        *([None, *row] for row in HEAD),
        [None, None, None, "June 30, 2012", None, None, "December 31, 2011"],
        *([None, label, "$", one, None, "$", other] for label, one, other in BALANCES),
    ]
    [sheet], _ = read(rows)
    assert periods(sheet) == DAYS
    assert values(sheet, "Inventory") == [Decimal(50_000), Decimal(40_000)]
    cash = next(line for line in sheet.lines if line.label == "Cash")
    assert [(a.place.line, a.place.column) for a in cash.amounts if a] == [(5, 4), (5, 7)]


@pytest.mark.parametrize("read", [as_workbook, as_csv])
def test_a_table_of_two_sides_is_one_statement(read: Any) -> None:
    left, right = BALANCES[:3], BALANCES[3:]
    rows = [
        ["BALANCE SHEETS"],
        ["As of December 31, (in thousands)"],
        ["ASSETS", 2012, 2011, None, "LIABILITIES AND EQUITY", 2012, 2011],
        *([*one, None, *other] for one, other in zip(left, right, strict=True)),
    ]
    [sheet], _ = read(rows)
    assert periods(sheet) == [Period(date(2012, 12, 31)), Period(date(2011, 12, 31))]
    assert [line.label for line in sheet.lines if any(line.amounts)] == [row[0] for row in BALANCES]
    payable = next(line for line in sheet.lines if line.label == "Accounts payable")
    assert payable.section == ("LIABILITIES AND EQUITY",)
    assert [(a.value, a.place.line, a.place.column) for a in payable.amounts if a] == [
        (Decimal(20_000), 4, 6),
        (Decimal(10_000), 4, 7),
    ]


def test_numbers_of_rows_are_no_part_of_the_labels() -> None:
    rows = [*([None, *row] for row in [*HEAD, *DATES]), *([at, *row] for at, row in enumerate(BALANCES, 1))]
    data = book({"BS": rows}, code=ACCOUNTING)
    document, _ = xlsx.read(data, "book.xlsx")
    [sheet] = parse(document)[0]
    assert [line.label for line in sheet.lines] == [row[0] for row in BALANCES]
    assert {span.reason for span in document.unread} == {"the number of a row"}
    assert len(document.unread) == len(BALANCES)


@pytest.mark.parametrize("read", [as_workbook, as_csv])
@pytest.mark.parametrize("words", ["USD '000", "$000", "£'000"])
def test_thousands_in_digits_beside_or_above_the_years(read: Any, words: str) -> None:
    beside: Rows = [["BALANCE SHEETS"], ["As of December 31"], [words, 2012, 2011], *BALANCES]
    above: Rows = [["BALANCE SHEETS"], ["As of December 31"], [None, 2012, 2011], [None, words, words], *BALANCES]
    for rows in (beside, above):
        [sheet], _ = read(rows)
        assert sheet.scale == 3
        assert periods(sheet) == [Period(date(2012, 12, 31)), Period(date(2011, 12, 31))]
        assert [line.label for line in sheet.lines] == [row[0] for row in BALANCES]


def test_a_column_that_refers_to_notes_has_no_period() -> None:
    rows: Rows = [
        ["STATEMENTS OF FINANCIAL POSITION"],
        ["As at 31 December 2012"],
        ["£'000", None, "Note", 2012, 2011],
        ["Non-current assets"],
        [None, "Plant", 5, 100, 90],
        [None, "Goodwill", 6, 20, 20],
        ["Current assets"],
        [None, "Cash", None, 30, 40],
        ["Total assets", None, None, 150, 150],
    ]
    [sheet], findings = as_workbook(rows)
    assert periods(sheet) == [None, Period(date(2012, 12, 31)), Period(date(2011, 12, 31))]
    assert (sheet.scale, sheet.currency) == (3, "GBP")
    plant = next(line for line in sheet.lines if line.label == "Plant")
    assert plant.section == ("Non-current assets",)
    assert any("the column 'Note' refers to notes" in finding.message for finding in findings)


def test_what_is_not_meaningful_is_no_amount() -> None:
    header: Rows = [["STATEMENTS OF OPERATIONS"], ["Years ended December 31,"], [None, 2012, 2011, "% change"]]
    rows = [*header, ["Net sales", 500, 400, "25%"], ["Other income", 8, "N/M", "NM"], ["Net income", 508, 400, "27%"]]
    [statement], _ = as_workbook(rows)
    assert [amount and amount.value for amount in statement.lines[1].amounts] == [Decimal(8), None, None]


def test_columns_of_percentages_and_changes_have_no_period() -> None:
    header: Rows = [
        ["STATEMENTS OF OPERATIONS"],
        ["Years ended December 31,"],
        [None, 2012, "% of sales", 2011, "Change"],
    ]
    rows = [*header, *([label, one, "12.5%", other, one - other] for label, one, other in RESULTS)]
    [statement], _ = as_workbook(rows)
    assert [period is not None for period in periods(statement)] == [True, False, True, False]


def test_columns_of_the_components_of_equity() -> None:
    rows: Rows = [
        ["STATEMENTS OF STOCKHOLDERS' EQUITY"],
        ["(In thousands)"],
        [None, "Common stock", None, "Retained", None],
        [None, "Shares", "Amount", "earnings", "Total"],
        ["Balance, December 31, 2011", 1000, 100, 50, 150],
        ["Net income", None, None, 20, 20],
        ["Balance, December 31, 2012", 1000, 100, 70, 170],
    ]
    data = book({"Equity": rows}, then=lambda made: made["Equity"].merge_cells("B3:C3"))
    [statement] = parse(xlsx.read(data, "book.xlsx")[0])[0]
    assert statement.kind is StatementKind.EQUITY
    assert [column.header for column in statement.columns] == [
        "Common stock Shares",
        "Common stock Amount",
        "Retained earnings",
        "Total",
    ]
    assert [line.period for line in statement.lines] == [
        Period(date(2011, 12, 31)),
        Period(date(2012, 12, 31), date(2012, 1, 1)),
        Period(date(2012, 12, 31)),
    ]


def test_statements_side_by_side_have_their_own_titles() -> None:
    left: Rows = [["BALANCE SHEETS", None, None], [None, 2012, 2011], *BALANCES[:3]]
    right: Rows = [["STATEMENTS OF INCOME"], [None, 2012, 2011], *RESULTS]
    rows = [
        ["Years ended December 31, in thousands"],
        *([*one, None, *other] for one, other in zip(left, right, strict=True)),
    ]
    statements, _ = as_workbook(rows)
    assert [(found.kind, len(found.lines)) for found in statements] == [
        (StatementKind.BALANCE_SHEET, 3),
        (StatementKind.INCOME_STATEMENT, 3),
    ]


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("BS", BALANCES, StatementKind.BALANCE_SHEET),
        ("P&L 2012", RESULTS, StatementKind.INCOME_STATEMENT),
        ("Cash Flow", RESULTS, StatementKind.CASH_FLOW),
        ("Sheet1", BALANCES, StatementKind.BALANCE_SHEET),
        ("Sheet1", RESULTS, StatementKind.INCOME_STATEMENT),
    ],
)
def test_without_a_title_the_name_of_the_sheet_or_its_lines_tell(name: str, rows: Rows, kind: StatementKind) -> None:
    [statement], findings = as_workbook([["(In thousands)"], *DATES, *rows], name)
    assert (statement.kind, statement.scale) == (kind, 3)
    assert "parse.title" in [finding.code for finding in findings]


def test_a_sheet_without_a_title_is_none_of_a_kind_that_another_bears() -> None:
    by_region = [[None, 2012, 2011], ["North", 300, 200], ["Net sales", 500, 400]]
    titled = [["STATEMENTS OF OPERATIONS"], ["Years ended December 31,"], [None, 2012, 2011], *RESULTS]
    statements, findings = parse(xlsx.read(book({"Results": titled, "Regions": by_region}), "book.xlsx")[0])
    assert [statement.place.source for statement in statements] == ["book.xlsx#Results"]
    [told] = [finding for finding in findings if finding.code == "parse.no-statement"]
    assert "'Regions'" in told.message


def test_several_statements_on_one_sheet() -> None:
    rows = [*HEAD, *DATES, *BALANCES, [], ["STATEMENTS OF OPERATIONS"], ["(In millions)"], ["Six months ended June 30,"], [None, 2012, 2011], *RESULTS]  # fmt: skip
    sheet, operations = as_workbook(rows)[0]
    assert (periods(sheet), sheet.scale) == (DAYS, 3)
    assert (periods(operations), operations.scale) == (HALVES, 6)
    assert (operations.place.line, operations.place.source) == (13, "book.xlsx#Sheet1")


@pytest.mark.parametrize(("said", "power"), [([], 3), ([["(In thousands)"]], 3), ([["(In millions)"]], 6)])
def test_what_a_format_shows_smaller_counts_in_the_scale_that_is_stated(said: Rows, power: int) -> None:
    """The cell holds 1,234,567 and shows 1,235: in a statement that says so, that is in thousands or in millions."""
    rows = [["BALANCE SHEETS"], *said, *DATES, ["Cash", 1_234_567, 900_000], ["Total assets", 1_234_567, 900_000]]
    [sheet], findings = as_workbook(rows, code="#,##0,")
    assert values(sheet, "Cash") == [Decimal(1235).scaleb(power), Decimal(900).scaleb(power)]
    assert sheet.lines[0].amounts[0] is not None
    assert sheet.lines[0].amounts[0].decimals == -power
    assert [finding.code for finding in findings] == []


def test_without_a_stated_scale_each_number_has_the_one_of_its_format() -> None:
    rows = [
        ["STATEMENTS OF OPERATIONS"],
        ["Six months ended June 30,"],
        [None, 2012, 2011],
        *RESULTS,
        ["Earnings per share", 0.25, 0.2],
    ]

    def parts(workbook: Any) -> None:
        for cell in (workbook["IS"]["B4"], workbook["IS"]["B5"]):
            cell.number_format = "#,##0.0,"
        for cell in (workbook["IS"]["B7"], workbook["IS"]["C7"]):
            cell.number_format = "0.00"

    data = book({"IS": [*rows[:3], *([row[0], 1000 * row[1], 1000 * row[2]] for row in RESULTS), rows[-1]]}, code="#,##0_);(#,##0)", then=parts)  # fmt: skip
    [statement] = parse(xlsx.read(data, "book.xlsx")[0])[0]
    assert values(statement, "Net sales") == [Decimal(500_000), Decimal(400_000)]
    assert values(statement, "Cost of sales") == [Decimal(-300_000), Decimal(-250_000)]
    assert values(statement, "Earnings per share") == [Decimal("0.25"), Decimal("0.20")]


def test_par_value_does_not_scale_what_a_format_scales() -> None:
    stock = "Common stock, $.05 par value; 9,100,000 shares issued"
    rows = [
        ["BALANCE SHEETS"],
        *DATES,
        ["Cash", 1_455_000, 1_455_000],
        ["Debt", 1_000_000, 1_000_000],
        [stock, 455_000, 455_000],
    ]
    [sheet], _ = as_workbook(rows, code="#,##0,")
    assert values(sheet, "Cash") == [Decimal(1_455_000)] * 2
    assert sheet.scale == 3


def test_the_converters_own_layout_is_that_of_csv() -> None:
    rows: Rows = [
        ["# entity: Mallow Tea Co."],
        ["# statement: CONSOLIDATED BALANCE SHEETS"],
        ["# scale: In thousands"],
        ["label", "2012-06-30", "2011-12-31"],
        *BALANCES,
        [],
        ["# statement: STATEMENTS OF OPERATIONS"],
        ["label", "2012-01-01/2012-06-30", "2011-01-01/2011-06-30"],
        *RESULTS,
    ]
    of_workbook, of_csv = as_workbook(rows, code="General"), as_csv(rows)
    assert [_plain(statement) for statement in of_workbook[0]] == [_plain(statement) for statement in of_csv[0]]
    assert [finding.message for finding in of_workbook[1]] == [finding.message for finding in of_csv[1]]


def _plain(statement: Statement) -> Sequence[object]:
    """A statement without its source: what it says, and the rows and columns where that stands."""
    lines = [
        (
            line.label,
            line.section,
            line.level,
            line.place[1:3],
            [(a.text, a.value, a.place[1:3]) for a in line.amounts if a],
        )
        for line in statement.lines
    ]
    return (statement.kind, statement.title, statement.columns, statement.scale, statement.sums, lines)


def test_a_quarter_by_its_number_is_no_period() -> None:
    flows = [
        ["STATEMENTS OF CASH FLOWS"],
        [None, "Three Months Ended June 30, 2012"],
        ["Net income", 200],
        ["Depreciation", 5],
    ]
    quarters = [["STATEMENTS OF OPERATIONS"], [None, "Q1 2012", "Q2 2012"], *RESULTS]
    rows = {"BS": [*HEAD, *DATES, *BALANCES], "IS": quarters, "CF": flows}
    [_, statement, _], findings = parse(xlsx.read(book(rows), "book.xlsx")[0])
    assert periods(statement) == [None, None]
    assert any("names a quarter without its last day" in finding.message for finding in findings)


def test_fiscal_years_by_their_initials() -> None:
    rows = {"BS": [*HEAD, [None, "June 30, 2012", "June 30, 2011"], *BALANCES], "IS": [["STATEMENTS OF OPERATIONS"], [None, "FY 2012", "FY2011"], *RESULTS]}  # fmt: skip
    [_, statement] = parse(xlsx.read(book(rows), "book.xlsx")[0])[0]
    assert periods(statement) == [
        Period(date(2012, 6, 30), date(2011, 7, 1)),
        Period(date(2011, 6, 30), date(2010, 7, 1)),
    ]
