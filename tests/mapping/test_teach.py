"""The table of a company maps its lines again as they were mapped, whatever their labels have in common."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from converter.convert import company_table, make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHEET = """\
# entity: Tarn Lamp Works, Inc.
# statement: CONSOLIDATED BALANCE SHEETS
# scale: In thousands
label,2010-12-31,2009-12-31
Current assets:,,
Cash,100,90
Lamp tranche 1,30,20
Lamp tranche 2,40,25
Lantern pool (A),7,6
Lantern pool (B),8,5
Wicks (Note 9),10,9
Total current assets,195,155
"""


def concepts(folder: Path, text: str, *tables: Path) -> dict[str, str]:
    source = folder / "tarn.csv"
    source.write_text(text, encoding="utf-8")
    report, _ = make_report(source, ReadOptions(), MapOptions(concepts=tables))
    return {fact.label: fact.concept.name for fact in report.facts if fact.label}


def corrected(folder: Path, told: Mapping[str, str]) -> Path:
    """The table of the company, with what a person says of some labels."""
    source = folder / "tarn.csv"
    source.write_text(SHEET, encoding="utf-8")
    report, _ = make_report(source, ReadOptions(), MapOptions())
    rows = list(csv.DictReader(company_table(report, "us-gaap-2024").splitlines()))
    for row in rows:
        row["concept"] = told.get(row["label"], row["concept"])
    path = folder / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_lines_that_differ_by_a_number_or_a_letter_have_rows_of_their_own(tmp_path: Path) -> None:
    table = corrected(tmp_path, {})
    labels = [row["label"] for row in csv.DictReader(table.open(encoding="utf-8"))]
    assert {"Lamp tranche 1", "Lamp tranche 2", "Lantern pool (A)", "Lantern pool (B)"} <= set(labels)
    assert concepts(tmp_path, SHEET, table) == concepts(tmp_path, SHEET)


def test_what_is_said_of_one_of_them_is_not_said_of_the_other(tmp_path: Path) -> None:
    table = corrected(tmp_path, {"Lamp tranche 2": "us-gaap:OtherAssetsCurrent"})
    found = concepts(tmp_path, SHEET, table)
    assert found["Lamp tranche 2"] == "us-gaap:OtherAssetsCurrent"
    assert found["Lamp tranche 1"] != "us-gaap:OtherAssetsCurrent"


def test_next_quarter_the_note_may_have_another_number(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "label,concept,statement,section\nWicks (Note 9),us-gaap:InventoryFinishedGoods,balance-sheet,current-assets\n"
    )
    assert concepts(tmp_path, SHEET.replace("Note 9", "Note 12"), table)["Wicks (Note 12)"] == (
        "us-gaap:InventoryFinishedGoods"
    )
