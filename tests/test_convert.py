"""The main job on a release of an invented company: what is printed becomes the facts that it means."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter.convert import convert
from converter.errors import ConverterError, SourceError, UsageError
from converter.options import Dash, MapOptions, Options, RenderOptions, UnmappedPolicy, ValidateOptions

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = """\
Exhibit 99.1

Larkfield Pumps Reports Second Quarter

    DELTA, Utah--July 20, 2004--Larkfield Pumps Corporation (Nasdaq:LRKP)
said revenue for the quarter was $1.5 million, compared with $1.4 million
for the second quarter of 2003. The L20 pump & its <valve> sold well. Net
loss for the quarter was $0.2 million, or ($0.07) per share.

                     LARKFIELD PUMPS CORPORATION
                     CONSOLIDATED BALANCE SHEETS

                                               June 30,  December 31,
                                                 2004        2003
                                            ----------- -------------
                   Assets
Current Assets:
 Cash and cash equivalents                  $ 1,250,000 $     980,000
 Accounts receivable, net of allowance of
  $41,000 at June 30, 2004 and $37,000 at
  December 31, 2003                             640,000       715,000
                                            ----------- -------------
  Total current assets                        1,890,000     1,695,000
Property and Equipment:
 Machinery and equipment                      1,200,000     1,180,000
 Beacon towers                                  100,000       100,000
                                            ----------- -------------
                                              1,300,000     1,280,000
 Less accumulated depreciation                  410,000       395,000
                                            ----------- -------------
                                                890,000       885,000
                                            ----------- -------------
  Total                                     $ 2,780,000 $   2,580,000
                                            =========== =============

     Liabilities and Stockholders' Equity
Current Liabilities:
 Accounts payable                           $   300,000 $     240,000
                                            ----------- -------------
  Total current liabilities                     300,000       240,000
Commitments and Contingencies                        --            --
Stockholders' Equity:
 Common stock, $.01 par value; 9,000,000
  shares authorized; 3,100,000 shares issued
  at June 30, 2004                               31,000        31,000
 Additional paid-in capital                   3,069,000     2,399,000
 Accumulated deficit                           (600,000)      (90,000)
 Less treasury stock, at cost                   (20,000)           --
                                            ----------- -------------
  Total stockholders' equity                  2,480,000     2,340,000
                                            ----------- -------------
  Total                                     $ 2,780,000 $   2,580,000
                                            =========== =============

                     LARKFIELD PUMPS CORPORATION
                CONSOLIDATED STATEMENTS OF OPERATIONS

                                              Three Months Ended
                                                   June 30,
                                            -------------------------
                                                 2004        2003
                                            -------------------------
Revenues                                    $ 1,500,000   $ 1,400,000
Cost of goods sold                            1,650,000     1,300,000
Gross (loss) profit                            (150,000)      100,000
Interest expense                                (50,000)      (40,000)
Net income (loss)                           $  (200,000)  $    60,000

Net income (loss) per share,
 basic and diluted                          $     (0.07)  $      0.02
"""


def run(
    tmp_path: Path, text: str = RELEASE, **changes: object
) -> tuple[list[dict[str, str]], list[dict[str, str]], Path]:
    source = tmp_path / "larkfield.txt"
    source.write_text(text, encoding="utf-8")
    options = Options(mapping=MapOptions(cik="1234", **changes), validate=ValidateOptions(enabled=False))  # type: ignore[arg-type]
    folder = convert(source, tmp_path / "out", options).folder

    def table(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return table("facts.csv"), table("numbers.csv"), folder


def values(facts: list[dict[str, str]], concept: str, statement: str | None = None) -> list[str]:
    return [f["value"] for f in facts if f["concept"] == concept and statement in {None, f["statement"]}]


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        ("us-gaap:Assets", ["2780000", "2580000"]),
        ("us-gaap:LiabilitiesAndStockholdersEquity", ["2780000", "2580000"]),
        ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", ["41000", "37000"]),
        ("us-gaap:PropertyPlantAndEquipmentGross", ["1300000", "1280000"]),
        ("us-gaap:PropertyPlantAndEquipmentNet", ["890000", "885000"]),
        ("us-gaap:AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment", ["410000", "395000"]),
        ("us-gaap:CommitmentsAndContingencies", ["", ""]),
        ("us-gaap:CommonStockParOrStatedValuePerShare", ["0.01"]),
        ("us-gaap:CommonStockSharesAuthorized", ["9000000"]),
        ("us-gaap:CommonStockSharesIssued", ["3100000"]),
        ("us-gaap:RetainedEarningsAccumulatedDeficit", ["-600000", "-90000"]),
        ("us-gaap:TreasuryStockValue", ["20000", "0"]),
        ("us-gaap:GrossProfit", ["-150000", "100000"]),
        ("us-gaap:InterestExpense", ["50000", "40000"]),
        ("lrkp:BeaconTowers", ["100000", "100000"]),
    ],
)
def test_facts_of_the_statements(tmp_path: Path, concept: str, expected: list[str]) -> None:
    facts, _, _ = run(tmp_path)
    assert values(facts, concept) == expected


def test_prose_is_tied_to_the_statements(tmp_path: Path) -> None:
    facts, _, _ = run(tmp_path)
    prose = [(f["concept"], f["period_end"], f["value"], f["decimals"]) for f in facts if f["statement"] == "prose"]
    assert prose == [
        ("us-gaap:Revenues", "2004-06-30", "1500000", "-5"),
        ("us-gaap:Revenues", "2003-06-30", "1400000", "-5"),
        ("us-gaap:NetIncomeLoss", "2004-06-30", "-200000", "-5"),
        ("us-gaap:EarningsPerShareBasic", "2004-06-30", "-0.07", "2"),
        ("us-gaap:EarningsPerShareDiluted", "2004-06-30", "-0.07", "2"),
    ]


def test_the_ledger_has_each_digit_once_and_leaves_no_statement_number_untagged(tmp_path: Path) -> None:
    _, numbers, _ = run(tmp_path)
    lines = RELEASE.split("\n")
    seen: dict[tuple[int, int], int] = {}
    for row in numbers:
        line, column = int(row["source_line"]), int(row["source_column"])
        assert lines[line - 1][column - 1 :].startswith(row["text"])
        for offset, character in enumerate(row["text"]):
            if character.isdigit():
                seen[line, column + offset] = seen.get((line, column + offset), 0) + 1
    digits = {
        (number, match.start() + 1) for number, line in enumerate(lines, 1) for match in re.finditer("[0-9]", line)
    }
    assert set(seen) == digits
    assert set(seen.values()) == {1}
    assert [row for row in numbers if row["statement"] != "prose" and row["outcome"] == "untagged"] == []


def test_the_document_shows_the_source_character_for_character(tmp_path: Path) -> None:
    _, _, folder = run(tmp_path)
    root = etree.parse(folder / "report.htm").getroot()
    body = root.find(".//{*}pre")
    assert body is not None
    assert "".join(map(str, body.itertext())) == RELEASE


def test_each_fact_is_tagged_with_the_value_that_the_table_gives(tmp_path: Path) -> None:
    facts, _, folder = run(tmp_path)
    tags = {e.get("id"): e for e in etree.parse(folder / "report.htm").iter("{http://www.xbrl.org/2013/inlineXBRL}*")}
    for fact in facts:
        tag = tags[fact["id"]]
        assert tag.get("name") == fact["concept"]
        if fact["unit"] and fact["value"]:
            text = "".join(map(str, tag.itertext())).replace(",", "")
            shown = Decimal(text) if re.search(r"\d", text) else Decimal(0)
            sign = -1 if tag.get("sign") == "-" else 1
            assert sign * shown.scaleb(int(tag.get("scale", "0"))) == Decimal(fact["value"])


def test_arelle_finds_nothing(tmp_path: Path) -> None:
    source = tmp_path / "larkfield.txt"
    source.write_text(RELEASE, encoding="utf-8")
    done = convert(source, tmp_path / "out", Options(mapping=MapOptions(cik="1234")))
    assert [finding for finding in done.findings if finding.code != "mapping.review"] == []


def test_dashes_by_policy(tmp_path: Path) -> None:
    (tmp_path / "nil").mkdir()
    nil, _, _ = run(tmp_path / "nil", dash=Dash.NIL)
    assert values(nil, "us-gaap:TreasuryStockValue") == ["20000", ""]
    (tmp_path / "skip").mkdir()
    skip, _, _ = run(tmp_path / "skip", dash=Dash.SKIP)
    assert values(skip, "us-gaap:TreasuryStockValue") == ["20000"]
    assert values(skip, "us-gaap:CommitmentsAndContingencies") == []


def test_unmapped_lines_by_policy(tmp_path: Path) -> None:
    facts, numbers, folder = run(tmp_path, unmapped=UnmappedPolicy.SKIP)
    assert not any(fact["concept"].startswith("lrkp:") for fact in facts)
    assert {row["outcome"] for row in numbers if row["text"] == "100,000"} == {"untagged", "fact"}
    assert not list(folder.glob("*.xsd"))


def test_a_table_of_ones_own_wins(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "label,concept,statement,section\nBeacon towers,us-gaap:PropertyPlantAndEquipmentOther,balance-sheet,\n"
    )
    facts, _, _ = run(tmp_path, concepts=(table,))
    assert values(facts, "us-gaap:PropertyPlantAndEquipmentOther") == ["100000", "100000"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 ...", "a PDF"),
        (bytes(range(256)) * 40, "binary"),
        (b"A letter about nothing in particular.\n", "no statement was found"),
        (
            b"BALANCE SHEETS\n          Here   There\nCash       100     200\nStock      300     400\nTotal assets 400   600\n",
            "bad.txt:2: .*no period can be read from the column header 'Here'",
        ),
    ],
)
def test_sources_of_which_nothing_can_be_made(tmp_path: Path, content: bytes, message: str) -> None:
    source = tmp_path / "bad.txt"
    source.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        convert(source, tmp_path / "out", Options())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("label,concept,statement,section\nX,us-gaap:NoSuchThing,balance-sheet,\n", "own.csv:2.*no concept"),
        ("label,concept,section\nX,us-gaap:Assets,\n", "lacks the column 'statement'"),
        ("label,concept,statement,section\nX,us-gaap:Assets,balance,\n", "'balance' is no statement"),
        ("label,concept,statement,section\nX,us-gaap:Revenues,balance-sheet,\n", "own.csv:2.*is of a period"),
        ("label,concept,statement,section\nX,us-gaap:AssetsAbstract,balance-sheet,\n", "own.csv:2.*abstract"),
    ],
)
def test_tables_that_are_wrong(tmp_path: Path, rows: str, message: str) -> None:
    table = tmp_path / "own.csv"
    table.write_text(rows)
    with pytest.raises(UsageError, match=message):
        run(tmp_path, concepts=(table,))


@pytest.mark.parametrize(
    ("text", "message"), [("{{ nothing_here }}", "undefined"), ("{% if %}", "line 1"), ("<p>", "well-formed")]
)
def test_templates_that_fail(tmp_path: Path, text: str, message: str) -> None:
    template = tmp_path / "mine.j2"
    template.write_text(text)
    source = tmp_path / "larkfield.txt"
    source.write_text(RELEASE, encoding="utf-8")
    options = Options(render=RenderOptions(template=str(template)), validate=ValidateOptions(enabled=False))
    with pytest.raises(ConverterError, match=message):
        convert(source, tmp_path / "out", options)
    assert not (tmp_path / "out").exists()
