"""Layouts of fixed-width text, each as it stands in a small statement of an invented company."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent

from converter.model.periods import Period
from converter.model.statement import Measure, Statement, StatementKind
from converter.parse import parse
from converter.read.text import read


def statements_of(text: str) -> tuple[Statement, ...]:
    document, _ = read(dedent(text).encode(), "case.txt")
    return parse(document)[0]


def values(statement: Statement, label: str) -> list[Decimal | None]:
    line = next(line for line in statement.lines if line.label == label)
    return [amount.value if amount else None for amount in line.amounts]


BALANCE_SHEET = """
                        LARKFIELD PUMPS CORPORATION
                        CONSOLIDATED BALANCE SHEETS
                              (In thousands)

                                          March 31,   December 31,
                                            2004          2003
                                          ---------   ------------
                 Assets
    Current assets:
     Cash and cash equivalents             $  1,250      $    980
     Receivables, net of allowance of
      $41 at March 31, 2004 and $37 at
      December 31, 2003                         640           715
                                          ---------   ------------
      Total current assets                    1,890         1,695
    Land and buildings:
     Land                                       300           300
     Buildings                                  900           880
                                          ---------   ------------
                                              1,200         1,180
     Less accumulated depreciation              410           395
                                          ---------   ------------
                                                790           785
    Other assets                                 --            20
                                          ---------   ------------
      Total                                $  2,680      $  2,500
                                          =========   ============
"""


def test_balance_sheet_with_stacked_dates() -> None:
    (sheet,) = statements_of(BALANCE_SHEET)
    assert sheet.kind is StatementKind.BALANCE_SHEET
    assert sheet.scale == 3
    assert [column.period for column in sheet.columns] == [
        Period(date(2004, 3, 31)),
        Period(date(2003, 12, 31)),
    ]
    assert values(sheet, "Cash and cash equivalents") == [Decimal(1_250_000), Decimal(980_000)]
    assert values(sheet, "Other assets") == [None, Decimal(20_000)]


def test_numbers_in_a_wrapped_label_keep_their_own_dates() -> None:
    (sheet,) = statements_of(BALANCE_SHEET)
    line = next(line for line in sheet.lines if line.label.startswith("Receivables"))
    assert [amount.value for amount in line.amounts if amount] == [Decimal(640_000), Decimal(715_000)]
    assert [(inner.amount.value, inner.period) for inner in line.parentheticals] == [
        (Decimal(41_000), Period(date(2004, 3, 31))),
        (Decimal(37_000), Period(date(2003, 12, 31))),
    ]


def test_unlabelled_subtotals_and_their_sums() -> None:
    (sheet,) = statements_of(BALANCE_SHEET)
    labels = [line.label for line in sheet.lines]
    sums = {sum_.total: [(labels[index], weight) for index, weight in sum_.parts] for sum_ in sheet.sums}
    gross, net = [index for index, line in enumerate(sheet.lines) if not line.label]
    assert sums[gross] == [("Land", 1), ("Buildings", 1)]
    assert sums[net] == [("", 1), ("Less accumulated depreciation", -1)]
    assert sums[labels.index("Total")] == [("Total current assets", 1), ("", 1), ("Other assets", 1)]
    assert all(miss == 0 for sum_ in sheet.sums for miss in sum_.misses)


def test_captions_above_each_line() -> None:
    (sheet,) = statements_of(BALANCE_SHEET)
    section = {line.label: line.section for line in sheet.lines}
    assert section["Cash and cash equivalents"] == ("Assets", "Current assets")
    assert section["Buildings"] == ("Assets", "Land and buildings")
    assert section["Other assets"] == ("Assets",)
    assert section["Total"] == ("Assets",)


OPERATIONS = """
                        LARKFIELD PUMPS CORPORATION
                   CONSOLIDATED STATEMENTS OF OPERATIONS

                              Three                      Six
                           Months Ended              Months Ended
                             June 30,                  June 30,
                    -----------------------   -----------------------
                        2004        2003          2004        2003
                    -----------------------   -----------------------
    Net sales       $ 1,500,000 $ 1,400,000   $ 3,100,000 $ 2,900,000
    Cost of sales     1,650,000   1,500,000     3,300,000   3,000,000
    Gross Loss         (150,000)(100,000)        (200,000)   (100,000)
    Net Loss Per
     Share - Basic
     and Diluted    $     (0.05) $    (0.03)  $     (0.07) $    (0.03)
    Weighted Average
     Shares
     Outstanding      3,000,000   3,000,100     3,000,000   3,000,100
"""


def test_spanning_headers_give_quarter_and_half_year() -> None:
    (operations,) = statements_of(OPERATIONS)
    assert [column.period for column in operations.columns] == [
        Period(date(2004, 6, 30), date(2004, 4, 1)),
        Period(date(2003, 6, 30), date(2003, 4, 1)),
        Period(date(2004, 6, 30), date(2004, 1, 1)),
        Period(date(2003, 6, 30), date(2003, 1, 1)),
    ]


def test_brackets_are_negative_and_adjacent_columns_come_apart() -> None:
    (operations,) = statements_of(OPERATIONS)
    assert values(operations, "Gross Loss")[2:] == [Decimal(-200_000), Decimal(-100_000)]


def test_measures_of_per_share_and_share_lines() -> None:
    (operations,) = statements_of(OPERATIONS)
    measures = {line.label: line.amounts[0].measure for line in operations.lines if line.amounts[0]}
    assert measures["Net Loss Per Share - Basic and Diluted"] is Measure.PER_SHARE
    assert measures["Weighted Average Shares Outstanding"] is Measure.SHARES
    assert measures["Net sales"] is Measure.MONEY


def test_every_amount_stands_where_its_place_says() -> None:
    for text in (BALANCE_SHEET, OPERATIONS):
        document, _ = read(dedent(text).encode(), "case.txt")
        for statement in parse(document)[0]:
            amounts = [a for line in statement.lines for a in line.amounts if a]
            amounts += [inner.amount for line in statement.lines for inner in line.parentheticals]
            assert amounts
            for amount in amounts:
                assert document.text[amount.place.start : amount.place.end] == amount.text
                row = document.text.split("\n")[amount.place.line - 1]
                assert row[amount.place.column - 1 :].startswith(amount.text)
