"""The main job on a table of an invented company: the same facts whether it is printed or in cells."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from typer.testing import CliRunner

from converter.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TABLE = """\
# entity: Heron & Reed Paper, Inc.
# statement: CONSOLIDATED BALANCE SHEETS
# scale: In thousands, except per share data
label,2013-03-31,2012-12-31
ASSETS,,
Cash and cash equivalents,"$ 1,250","$ 980"
"Accounts receivable, net of allowance of $41 and $37, respectively",640,715
Total assets,"1,890","1,695"
LIABILITIES AND STOCKHOLDERS' EQUITY,,
Accounts payable,390,295
Retained earnings,"1,500","1,400"
Total liabilities and stockholders' equity,"1,890","1,695"

# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
# scale: In thousands, except per share data
label,2013-01-01/2013-03-31,2012-01-01/2012-03-31
Revenues,900,870
Cost of goods sold,(800),(880)
Net income (loss),100,(10)
"Net income (loss) per share, basic and diluted",0.05,(0.01)
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def converted(tmp_path: Path, text: str = TABLE, *words: str) -> Path:
    (tmp_path / "heron.csv").write_text(text, encoding="utf-8")
    result = call("convert", "heron.csv", "--cik", "1234", *words)
    assert result.exit_code == 0, result.output
    return tmp_path / "out" / "heron"


def test_facts_with_row_and_column(tmp_path: Path) -> None:
    folder = converted(tmp_path)
    names = ("concept", "period_start", "period_end", "value", "decimals", "source_line", "source_column")
    facts = [tuple(fact[name] for name in names) for fact in rows(folder / "facts.csv")]
    allowance = "us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent"
    for expected in (
        ("dei:EntityRegistrantName", "2013-01-01", "2013-03-31", "Heron & Reed Paper, Inc.", "", "1", "1"),
        ("us-gaap:CashAndCashEquivalentsAtCarryingValue", "", "2013-03-31", "1250000", "-3", "6", "2"),
        (allowance, "", "2012-12-31", "37000", "-3", "7", "1"),
        ("us-gaap:Assets", "", "2012-12-31", "1695000", "-3", "8", "3"),
        ("us-gaap:CostOfGoodsAndServicesSold", "2013-01-01", "2013-03-31", "800000", "-3", "18", "2"),
        ("us-gaap:NetIncomeLoss", "2012-01-01", "2012-03-31", "-10000", "-3", "19", "3"),
        ("us-gaap:EarningsPerShareBasic", "2013-01-01", "2013-03-31", "0.05", "2", "20", "2"),
    ):
        assert expected in facts
    findings = json.loads((folder / "findings.json").read_text())
    assert {finding["code"] for finding in findings} <= {"mapping.review"}


def test_the_ledger_has_each_digit_once(tmp_path: Path) -> None:
    numbers = rows(converted(tmp_path, TABLE, "--no-validate") / "numbers.csv")
    assert sorted("".join(n["text"] for n in numbers if n["outcome"]).replace(",", "").replace(".", "")) == sorted(
        "".join(re.findall(r"\d", TABLE))
    )
    cells = [[(n["source_column"], n["text"]) for n in numbers if n["source_line"] == "7"]]
    assert cells == [[("1", "41"), ("1", "37"), ("2", "640"), ("3", "715")]]
    assert {n["outcome"] for n in numbers} == {"fact", "not-a-fact"}


def test_tables_are_set_as_tables_unless_another_template_is_named(tmp_path: Path) -> None:
    html = "{http://www.w3.org/1999/xhtml}"
    page = etree.fromstring((converted(tmp_path) / "report.htm").read_bytes())
    assert len(list(page.iter(f"{html}table"))) == 2
    page = etree.fromstring((converted(tmp_path, TABLE, "--template", "facsimile") / "report.htm").read_bytes())
    pre = page.find(f".//{html}pre")
    assert pre is not None
    assert "".join(map(str, pre.itertext())) == TABLE


def test_explain_names_the_row_of_each_line(tmp_path: Path) -> None:
    (tmp_path / "heron.csv").write_text(TABLE, encoding="utf-8")
    lines = json.loads(call("explain", "heron.csv", "--json").stdout)
    assets = next(line for line in lines if line["label"] == "Total assets")
    assert (assets["line"], assets["concept"]) == (8, "us-gaap:Assets")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("# entity: Heron\n", "no statement was found"),
        ('label,2013-03-31\nPulp,"5\n', "heron.csv:2:2"),
        ("# statement: BALANCE SHEETS\nPulp,5\n", "heron.csv:1: no number"),
        ("# statement: INCOME STATEMENTS\nlabel,2013-03-31\nRevenues,5\n", "needs a duration"),
    ],
)
def test_tables_of_which_nothing_can_be_made(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "heron.csv").write_text(content, encoding="utf-8")
    result = call("convert", "heron.csv")
    assert result.exit_code == 3
    assert words in result.stderr
    assert "try: " in result.stderr
    assert not (tmp_path / "out").exists()
