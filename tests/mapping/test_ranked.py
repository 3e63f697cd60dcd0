"""Statements settled as a whole: which line has which concept, where several could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

SHEET = """\
# entity: Møller & Crête Glass, Inc.
# statement: CONSOLIDATED BALANCE SHEETS
label,2012-12-31,2011-12-31
Current assets:,,
Cash,100,90
Inventories,200,170
,300,260
Total assets,300,260
Liabilities:,,
Pénalités à payer,40,30
"""


def concepts(tmp_path: Path, text: str) -> dict[str, str]:
    """The concept of each line, by its label."""
    source = tmp_path / "glass.csv"
    source.write_text(text, encoding="utf-8")
    report, _ = make_report(source, ReadOptions(), MapOptions())
    return {fact.label: fact.concept.name for fact in report.facts}


def test_a_line_without_words_does_not_take_the_concept_of_one_that_says_it(tmp_path: Path) -> None:
    found = concepts(tmp_path, SHEET.replace(",300,260\nTotal", "Total current assets,300,260\n,280,250\nTotal"))
    assert found["Total assets"] == "us-gaap:Assets"
    assert found["Inventories"] == "us-gaap:InventoryNet"
    assert found[""] != "us-gaap:Assets"


def test_names_of_own_elements_keep_letters_that_bear_marks(tmp_path: Path) -> None:
    assert concepts(tmp_path, SHEET)["Pénalités à payer"].endswith(":PenalitesAPayer")


INCOME = """\
# entity: Tarn Lamp Works, Inc.
# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
label,2010-01-01/2010-12-31,2009-01-01/2009-12-31
Net sales,"3,900","3,870"
Cost of goods sold,"3,800","3,880"
Net income (loss),100,(10)
"""


def test_a_line_that_two_concepts_serve_is_not_left_without_one(tmp_path: Path) -> None:
    assert concepts(tmp_path, INCOME)["Net income (loss)"] in {"us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss"}


def test_only_what_the_user_says_is_certain(tmp_path: Path) -> None:
    source = tmp_path / "lamps.csv"
    source.write_text(INCOME, encoding="utf-8")
    report, _ = make_report(source, ReadOptions(), MapOptions())
    assert all(fact.why.confidence < 1 for fact in report.facts if fact.statement.value == "income-statement")
