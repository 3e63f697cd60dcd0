"""Tables to statements: titles, periods, captions, numbers in labels, and what is in doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from converter.model.periods import Period
from converter.model.statement import LineKind, Measure, Statement, StatementKind
from converter.parse import parse
from converter.read.table import read

if TYPE_CHECKING:
    from converter.model.findings import Finding

SHEET = """\
# entity: Orchard Lane Cider Co.
# statement: CONSOLIDATED BALANCE SHEETS
# scale: In thousands, except share data
label,2012-06-30,2011-12-31
ASSETS,,
Current assets:,,
Cash and cash equivalents,"1,250",980
"Receivables, net of allowance of $41 and $37, respectively",640,715
Total current assets,"1,890","1,695"
Orchards,300,300
Less accumulated depreciation,(110),-95
Total assets,"2,080","1,900"
LIABILITIES AND EQUITY,,
Accounts payable,80,--
"Common stock, $.01 par value; 5,000,000 shares authorized",2000,1900
Total liabilities and equity,2080,1900
"""


def parsed(text: str) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    return parse(read(text.encode(), "case.csv")[0])


def only(text: str) -> Statement:
    [statement] = parsed(text)[0]
    return statement


def values(statement: Statement, label: str) -> list[Decimal | None]:
    line = next(line for line in statement.lines if line.label == label)
    return [amount.value if amount else None for amount in line.amounts]


def said(text: str, code: str) -> list[tuple[int, int, str]]:
    found = [finding for finding in parsed(text)[1] if finding.code == code]
    assert all(finding.hint for finding in found)
    return [(f.place.line, f.place.column, f.message) for f in found if f.place]


def test_a_balance_sheet() -> None:
    sheet = only(SHEET)
    assert (sheet.kind, sheet.title, sheet.scale) == (StatementKind.BALANCE_SHEET, "CONSOLIDATED BALANCE SHEETS", 3)
    assert [column.period for column in sheet.columns] == [Period(date(2012, 6, 30)), Period(date(2011, 12, 31))]
    assert values(sheet, "Cash and cash equivalents") == [Decimal(1_250_000), Decimal(980_000)]
    assert values(sheet, "Less accumulated depreciation") == [Decimal(-110_000), Decimal(-95_000)]
    assert values(sheet, "Accounts payable") == [Decimal(80_000), None]
    assert [line.label for line in sheet.lines if line.kind is LineKind.CAPTION] == [
        "ASSETS",
        "Current assets:",
        "LIABILITIES AND EQUITY",
    ]


def test_captions_of_a_table_without_indentation() -> None:
    section = {line.label: line.section for line in only(SHEET).lines}
    assert section["Cash and cash equivalents"] == ("ASSETS", "Current assets")
    assert section["Orchards"] == ("ASSETS",)
    assert section["Accounts payable"] == ("LIABILITIES AND EQUITY",)


def test_spaces_before_a_label_are_its_level() -> None:
    sheet = only("# statement: BALANCE SHEETS\nlabel,2012-06-30\nAssets\n Land:\n  Fields,5\n  Woods,6\n Boats,7\n")
    assert [(line.label, line.level) for line in sheet.lines] == [
        ("Assets", 0),
        ("Land:", 1),
        ("Fields", 2),
        ("Woods", 2),
        ("Boats", 1),
    ]
    assert [line.section for line in sheet.lines][-2:] == [("Assets", "Land"), ("Assets",)]


def test_numbers_in_a_label() -> None:
    sheet = only(SHEET)
    receivables = next(line for line in sheet.lines if line.label.startswith("Receivables"))
    assert [(p.amount.value, p.period) for p in receivables.parentheticals] == [
        (Decimal(41_000), Period(date(2012, 6, 30))),
        (Decimal(37_000), Period(date(2011, 12, 31))),
    ]
    stock = next(line for line in sheet.lines if line.label.startswith("Common stock"))
    assert [(p.amount.value, p.amount.measure) for p in stock.parentheticals] == [
        (Decimal("0.01"), Measure.PER_SHARE),
        (Decimal(5_000_000), Measure.SHARES),
    ]


def test_sums() -> None:
    sheet = only(SHEET)
    labels = [line.label for line in sheet.lines]
    sums = {labels[found.total]: [labels[index] for index, _ in found.parts] for found in sheet.sums}
    assert sums["Total assets"] == ["Total current assets", "Orchards", "Less accumulated depreciation"]


def test_each_amount_stands_where_its_place_says() -> None:
    text = SHEET.replace("Orchards,", '"Orchards, ""old"" ones of $3,000",')
    document, _ = read(text.encode(), "case.csv")
    [sheet] = parse(document)[0]
    amounts = [amount for line in sheet.lines for amount in line.amounts if amount]
    amounts += [inner.amount for line in sheet.lines for inner in line.parentheticals]
    assert len(amounts) > 20
    for amount in amounts:
        assert document.text[amount.place.start : amount.place.end] == amount.text
    orchards = next(line for line in sheet.lines if line.label.startswith("Orchards"))
    assert orchards.label == 'Orchards, "old" ones of $3,000'
    assert (orchards.place.line, orchards.place.column) == (10, 1)
    assert [(a.place.line, a.place.column) for a in orchards.amounts if a] == [(10, 2), (10, 3)]


OPERATIONS = """\

# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
# scale: In thousands, except per share data
label,2012-04-01/2012-06-30,2012-01-01/2012-06-30
Net sales,500,900
Earnings per share:,,
Basic:,,
Continuing operations,0.20,0.35
Diluted:,,
Continuing operations,0.19,0.34
Weighted average shares outstanding,"1,500","1,480"
"""


def test_several_statements_in_a_file() -> None:
    sheet, operations = parsed(SHEET + OPERATIONS)[0]
    assert (sheet.kind, operations.kind) == (StatementKind.BALANCE_SHEET, StatementKind.INCOME_STATEMENT)
    assert [column.period for column in operations.columns] == [
        Period(date(2012, 6, 30), date(2012, 4, 1)),
        Period(date(2012, 6, 30), date(2012, 1, 1)),
    ]


def test_lines_under_captions_of_each_share() -> None:
    lines = only(OPERATIONS).lines
    measures = [amount.measure for line in lines if (amount := line.amounts[0])]
    assert measures == [Measure.MONEY, Measure.PER_SHARE, Measure.PER_SHARE, Measure.SHARES]
    assert [line.section for line in lines if line.label == "Continuing operations"] == [
        ("Earnings per share", "Basic"),
        ("Earnings per share", "Diluted"),
    ]


@pytest.mark.parametrize(
    ("header", "periods"),
    [
        ('"June 30, 2012","December 31, 2011"', [Period(date(2012, 6, 30)), Period(date(2011, 12, 31))]),
        ("2012-06-30,2011-12-31", [Period(date(2012, 6, 30)), Period(date(2011, 12, 31))]),
        ("2012-02-30,2011-12-31", [None, Period(date(2011, 12, 31))]),
        ("This year,2011-12-31", [None, Period(date(2011, 12, 31))]),
        ("2012-06-30,2012-06-30", [None, None]),
    ],
)
def test_periods_of_a_balance_sheet(header: str, periods: list[Period | None]) -> None:
    sheet = only(SHEET.replace("2012-06-30,2011-12-31", header))
    assert [column.period for column in sheet.columns] == periods


def test_a_table_as_people_make_it() -> None:
    operations = only(
        "Consolidated Statements of Operations,,\n(In thousands),,\n,Three Months Ended,\n"
        ',"June 30, 2012","June 30, 2011"\nNet sales,$ 500,$ 450\nNet loss,(20),(30)\n'
    )
    assert (operations.title, operations.scale) == ("Consolidated Statements of Operations", 3)
    assert [column.period for column in operations.columns] == [
        Period(date(2012, 6, 30), date(2012, 4, 1)),
        Period(date(2011, 6, 30), date(2011, 4, 1)),
    ]
    assert values(operations, "Net sales") == [Decimal(500_000), Decimal(450_000)]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("Barrels,5\nTotal assets,5\n", StatementKind.BALANCE_SHEET),
        ("Net sales,5\nNet income,5\n", StatementKind.INCOME_STATEMENT),
        ("Net income,5\nNet cash provided by operating activities,5\n", StatementKind.CASH_FLOW),
        ("Barrels,5\n", StatementKind.OTHER),
    ],
)
def test_without_a_title_the_lines_tell_the_kind(lines: str, kind: StatementKind) -> None:
    text = f"label,2012-01-01/2012-06-30\n{lines}"
    assert only(text).kind is kind
    [(row, column, message)] = said(text, "parse.title")
    assert (row, column) == (1, 1)
    assert "no title stands above" in message


HEAD = "# statement: BALANCE SHEETS\n# scale: in thousands\n"


@pytest.mark.parametrize(
    ("rows", "code", "place", "words"),
    [
        ("label,2012-06-30,2011-12-31\nBarrels,5\n", "parse.ragged", (4, 2), "2 cells, the header 3"),
        ("label,2012-06-30\nBarrels,5,6\n", "parse.ragged", (4, 3), "3 cells, the header 2"),
        ("label,2012-06-30\nBarrels,5\nCasks,n.m.\n", "parse.value", (5, 2), "'n.m.' is no number"),
        ("label,2012-13-01\nBarrels,5\n", "parse.period", (3, 2), "'2012-13-01'"),
        ("Barrels,5\n", "parse.header", (1, 1), "no row of periods"),
        ("label,2012-06-30\nBarrels,5\nbarrels,6\n", "parse.duplicate-label", (5, 1), "also on line 4"),
    ],
)
def test_what_is_in_doubt_is_told_once_with_its_place(rows: str, code: str, place: tuple[int, int], words: str) -> None:
    [(row, column, message)] = said(HEAD + rows, code)
    assert (row, column) == place
    assert words in message


def test_a_title_without_rows_is_told() -> None:
    statements, findings = parsed("# statement: BALANCE SHEETS\nlabel,2012-06-30\n")
    assert statements == ()
    assert [finding.code for finding in findings] == ["parse.empty"]


def test_rows_without_words_are_subtotals_and_blank_rows_are_nothing() -> None:
    sheet = only(HEAD + "label,2012-06-30\nBarrels,5\n,\nCasks,6\n,11\n")
    assert [line.kind for line in sheet.lines] == [LineKind.ITEM, LineKind.ITEM, LineKind.SUBTOTAL]
    assert sheet.sums[0].parts == ((0, 1), (1, 1))
