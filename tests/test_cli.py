"""What a user at the terminal meets: exit codes, messages, and nothing half-written."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from converter.cli import app
from converter.options import ReadOptions
from tests.examples import EXAMPLE, EXAMPLE_ENTITY
from tests.read.submissions import SEALED

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def statement(columns: str, *lines: str) -> str:
    return "\n".join(["LARKFIELD CORP", "CONSOLIDATED BALANCE SHEETS", "(In thousands)", columns, *lines, ""])


DATED = "                       December 31,\n                       2003       2002"
LINES = ("Cash                 $  1,200   $  1,100", "Inventories               300        250")
TOTAL = "Total assets         $  1,500   $  1,350"


def test_a_table_with_more_columns_than_periods_says_which_are_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(statement(DATED, *(f"{line}   $  7" for line in (*LINES, TOTAL))))
    result = call("convert", "a.txt", "--no-validate", "--json")
    assert result.exit_code == 0
    [source] = json.loads(result.stdout)["sources"]
    said = [finding["message"] for finding in source["findings"] if finding["code"] == "parse.period"]
    assert len(said) == 1
    assert "are left untagged" in said[0]


def test_a_label_that_stands_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(statement(DATED, LINES[0], LINES[1], LINES[0], TOTAL))
    result = call("convert", "a.txt", "--no-validate", "--json")
    [found] = [
        finding
        for finding in json.loads(result.stdout)["sources"][0]["findings"]
        if finding["code"] == "parse.duplicate-label"
    ]
    assert found["line"] == 8
    assert "line 6" in found["message"]


def test_rows_in_conflict_are_both_named_and_neither_used(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "label,concept,statement,section\nInventories,us-gaap:InventoryNet,balance-sheet,\n"
        "Inventory,us-gaap:InventoryGross,balance-sheet,\n"
    )
    result = call("convert", EXAMPLE, "--no-validate", "--concepts", "own.csv")
    assert result.exit_code == 0
    assert "own.csv:2" in result.stderr
    assert "own.csv:3" in result.stderr


@pytest.mark.parametrize(
    ("entity", "message"),
    [("name = 5\n", "name is 5, not text"), ("nmae = 'x'\n", "unknown key 'nmae'"), ("cik = \n", "cannot be read")],
)
def test_an_entity_file_that_is_wrong(tmp_path: Path, entity: str, message: str) -> None:
    (tmp_path / "entity.toml").write_text(entity)
    result = call("convert", EXAMPLE, "--no-validate", "--entity", "entity.toml")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--entity", "--concepts"])
def test_a_file_that_is_not_there(option: str) -> None:
    result = call("convert", EXAMPLE, "--no-validate", option, "nowhere")
    assert result.exit_code == 2
    assert "nowhere: the" in result.stderr
    assert "No such file" in result.stderr


def test_a_source_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(ReadOptions().max_bytes + 1)
    result = call("convert", "huge.txt")
    assert result.exit_code == 3
    assert "more than the 50 MB" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1", "cp1252"])
def test_a_file_in_another_encoding_gives_the_same_facts(tmp_path: Path, encoding: str) -> None:
    text = statement(DATED, *LINES, TOTAL).replace("LARKFIELD", "LÄRKFIELD")
    for name, coded in (("one", "utf-8"), ("two", encoding)):
        (tmp_path / f"{name}.txt").write_bytes(text.encode(coded))
        assert call("convert", f"{name}.txt", "--no-validate").exit_code == 0
    one, two = ((tmp_path / "out" / name / "facts.csv").read_text() for name in ("one", "two"))
    assert one == two


def test_markup_and_control_characters_come_out_as_text(tmp_path: Path) -> None:
    odd = "<script>alert(1)</script> & \x01 ]]> <![CDATA["
    (tmp_path / "a.txt").write_text(f"{odd}\n{statement(DATED, *LINES, TOTAL)}")
    assert call("convert", "a.txt").exit_code == 0
    page = (tmp_path / "out" / "a" / "report.htm").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#9217; ]]&gt; &lt;![CDATA[" in page


def test_of_several_sources_the_worst_decides_and_the_rest_are_written(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = call("convert", "empty.txt", EXAMPLE, "--entity", EXAMPLE_ENTITY, "--no-validate")
    assert result.exit_code == 3
    assert (tmp_path / "out" / "release" / "report.htm").is_file()
    assert not (tmp_path / "out" / "empty").exists()


def test_findings_at_the_level_asked_for_give_exit_code_4() -> None:
    assert call("convert", EXAMPLE, "--no-validate", "--fail-on", "warning").exit_code == 4  # no CIK is known
    assert call("convert", EXAMPLE, "--no-validate").exit_code == 0


def test_words_that_are_wrong_give_exit_code_2() -> None:
    assert call("convert").exit_code == 2
    assert call("convert", EXAMPLE, "--dash", "maybe").exit_code == 2
    assert call("convert", EXAMPLE, "--taxonomy", "us-gaap-1999").exit_code == 2


def test_an_industry_is_named_or_refused_by_convert_and_explain() -> None:
    for command in ("convert", "explain"):
        result = call(command, EXAMPLE, "--industry", "metals")
        assert result.exit_code == 2
        assert "there is no industry called 'metals'" in result.stderr
        assert "try: choose one of: airline, bank, broker-dealer" in result.stderr
    result = call("convert", EXAMPLE, "--no-validate", "--json", "--industry", "utility")
    assert result.exit_code == 0
    [said] = [f for f in json.loads(result.stdout)["sources"][0]["findings"] if f["code"] == "mapping.industry"]
    assert said["severity"] == "info"
    assert "industry utility apply, as --industry says" in said["message"]
    assert call("explain", EXAMPLE, "--json", "--industry", "none").stdout == call("explain", EXAMPLE, "--json").stdout


def test_explain_says_why_for_each_line_and_offers_candidates_for_those_in_doubt() -> None:
    result = call("explain", EXAMPLE, "--json")
    assert result.exit_code == 0
    lines = json.loads(result.stdout)
    cash = next(line for line in lines if line["label"] == "Cash and cash equivalents")
    assert cash["concept"] == "us-gaap:CashAndCashEquivalentsAtCarryingValue"
    assert cash["rule"].startswith("labels.csv")
    reversal = next(line for line in lines if line["label"] == "Non-cash reversal of administrative expenses")
    assert reversal["candidates"]
    assert all(0 <= candidate["score"] <= 1 for candidate in reversal["candidates"])


def test_a_row_that_alone_speaks_gives_no_tag_where_more_sureness_is_asked() -> None:
    def concept(*options: str) -> str:
        lines = json.loads(call("explain", EXAMPLE, "--json", *options).stdout)
        return str(next(line["concept"] for line in lines if line["label"] == "Non-employee stock compensation"))

    assert concept() == "us-gaap:IssuanceOfStockAndWarrantsForServicesOrClaims"
    assert not concept("--accept", "0.6").startswith("us-gaap:")


def test_a_document_of_a_submission_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "kiln.txt").write_text(SEALED)
    result = call("convert", "kiln.txt", "--document", "10-Q", "--no-validate", "--json")
    assert result.exit_code == 0
    [source] = json.loads(result.stdout)["sources"]
    [said] = [finding for finding in source["findings"] if finding["code"] == "read.submission"]
    assert said["severity"] == "info"
    assert said["message"].endswith("1 10-Q; left out: 2 EX-10.1 (not chosen), 3 EX-27 (a financial data schedule)")
    assert call("explain", "kiln.txt", "--document", "1", "--json").exit_code == 0
    assert call("explain", "kiln.txt", "--document", "2").exit_code == 3
    assert call("convert", "kiln.txt", "--document", "2").exit_code == 3


def test_a_document_that_is_not_there_is_a_wrong_word(tmp_path: Path) -> None:
    (tmp_path / "kiln.txt").write_text(SEALED)
    for command in ("convert", "explain"):
        result = call(command, "kiln.txt", "--document", "EX-13")
        assert result.exit_code == 2
        assert "there are: 1 10-Q, 2 EX-10.1, 3 EX-27" in result.stderr
    assert call("convert", EXAMPLE, "--document", "1").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_submission_is_valid_and_its_schedule_agrees(tmp_path: Path) -> None:
    (tmp_path / "kiln.txt").write_text(SEALED)
    result = call("convert", "kiln.txt", "--json")
    assert result.exit_code == 0
    codes = {finding["code"] for finding in json.loads(result.stdout)["sources"][0]["findings"]}
    assert "read.submission" in codes
    assert not [code for code in codes if code.startswith(("arelle.", "schedule."))]
    (tmp_path / "kiln.txt").write_text(
        SEALED.replace("<TOTAL-ASSETS>                                   3,000", "<TOTAL-ASSETS> 3,100")
    )
    result = call("convert", "kiln.txt", "--json", "--no-validate")
    [said] = [f for f in json.loads(result.stdout)["sources"][0]["findings"] if f["code"] == "schedule.differs"]
    assert said["line"] == 50
    assert "TOTAL-ASSETS of the schedule is 3,100,000 (line 113, column 16)" in said["message"]


def facts_of(folder: Path) -> list[list[str]]:
    """The facts but for what says which row chose their concept."""
    rows = list(csv.reader((folder / "facts.csv").read_text().splitlines()))
    return [row[:11] for row in rows]


def test_a_table_written_by_explain_maps_the_source_as_it_was(tmp_path: Path) -> None:
    assert call("explain", EXAMPLE, "--write", "company.csv", "--json").exit_code == 0
    assert call("convert", EXAMPLE, "--no-validate", "--out", "before").exit_code == 0
    assert call("convert", EXAMPLE, "--no-validate", "--out", "after", "--concepts", "company.csv").exit_code == 0
    assert facts_of(tmp_path / "before" / "release") == facts_of(tmp_path / "after" / "release")


def test_what_a_person_corrects_wins_over_everything(tmp_path: Path) -> None:
    call("explain", EXAMPLE, "--write", "company.csv", "--json")
    table = tmp_path / "company.csv"
    rows = list(csv.reader(table.read_text().splitlines()))
    for row in rows:
        if row[0] == "Non-cash reversal of administrative expenses":
            assert row[1] == "-"
            row[1] = "us-gaap:OtherNoncashIncomeExpense"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert call("convert", EXAMPLE, "--no-validate", "--concepts", "company.csv").exit_code == 0
    facts = list(csv.DictReader((tmp_path / "out" / "release" / "facts.csv").read_text().splitlines()))
    reversal = [fact for fact in facts if fact["label"] == "Non-cash reversal of administrative expenses"]
    assert {fact["concept"] for fact in reversal} == {"us-gaap:OtherNoncashIncomeExpense"}
    assert {fact["confidence"] for fact in reversal} == {"1.00"}


def test_a_table_that_cannot_be_written_gives_exit_code_2() -> None:
    result = call("explain", EXAMPLE, "--write", "no/such/folder/company.csv")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_thresholds_decide_what_is_tagged_and_what_is_marked_for_review(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(statement(DATED, *LINES, "Receivables from customers     50         40", TOTAL))

    def outcome(*options: str) -> tuple[str, set[str]]:
        result = call("convert", "a.txt", "--no-validate", "--json", *options)
        facts = csv.DictReader((tmp_path / "out" / "a" / "facts.csv").read_text().splitlines())
        concept = next(fact["concept"] for fact in facts if fact["label"].startswith("Receivables"))
        return concept, {finding["code"] for finding in json.loads(result.stdout)["sources"][0]["findings"]}

    assert outcome("--accept", "1")[0].startswith("larkfield:")
    concept, codes = outcome("--accept", "0", "--review", "1")
    assert concept.startswith("us-gaap:")
    assert "mapping.review" in codes
    assert "mapping.review" not in outcome("--accept", "0", "--review", "0")[1]
