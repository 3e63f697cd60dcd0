"""The lessons that were written for the ranker: how they are read, and that all of them name elements that fit."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from converter import resources
from converter.taxonomy import load

sys.path.insert(0, str(resources.folder("taxonomy")))
try:
    import taught
    from equivalents import Equivalents
    from presentations import Reading, read_successors
finally:
    sys.path.pop(0)

if TYPE_CHECKING:
    from pathlib import Path

TAXONOMY = load("us-gaap-2024")
FOLDER = resources.folder("taxonomy") / "taught"
FILING = """\
@ Hollow Kettle Works ~ tea kettles ~ 2009
# BS
= Current assets:
Kettles awaiting their lids ~ InventoryNet
Deposits on kettles lent ~ -
# IS
Earned for each share ~ EarningsPerShareBasic

@ Second Kettle Works ~ tea kettles ~ 2023
# CF
= Investing activities:
New kilns ~ PaymentsToAcquirePropertyPlantAndEquipment
"""
LABELS = """\
# CF ~ 2009
PaymentsOfDividends ~ Financing activities: ~ Paid to owners ~ Dividends, all classes
# CF ~ 2023
PaymentsOfDividends ~ Financing activities: ~ Dividends on units
"""


def reading() -> Reading:
    return Reading(TAXONOMY, read_successors(TAXONOMY), Equivalents({}))


def test_made_up_companies_are_read_as_filings_are(tmp_path: Path) -> None:
    (tmp_path / "filings-1.txt").write_text(FILING, encoding="utf-8")
    sheet, income, flows = taught.taught_statements(tmp_path, reading())
    assert [(e.item.label, e.item.section, e.concept) for e in sheet] == [
        ("Kettles awaiting their lids", "current-assets", "us-gaap:InventoryNet"),
        ("Deposits on kettles lent", "current-assets", ""),
    ]
    assert (income[0].measure.value, income[0].item.is_recent) == ("per-share", False)
    assert (flows[0].item.section, flows[0].item.is_recent) == ("investing", True)
    assert len({sheet[0].company, income[0].company, flows[0].company}) == 2
    assert all(e.company < 0 for e in (*sheet, *income, *flows))


def test_labels_of_an_element_are_lines_of_different_companies(tmp_path: Path) -> None:
    (tmp_path / "labels-1.txt").write_text(LABELS, encoding="utf-8")
    found = list(taught.taught_labels(tmp_path, reading()))
    assert [(e.item.label, e.item.section, e.concept) for e in found] == [
        ("Paid to owners", "financing", "us-gaap:PaymentsOfDividends"),
        ("Dividends, all classes", "financing", "us-gaap:PaymentsOfDividends"),
        ("Dividends on units", "financing", "us-gaap:PaymentsOfDividends"),
    ]
    assert [e.item.is_recent for e in found] == [False, False, True]
    assert len({e.company for e in found}) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("filings-1.txt", "@ A ~ b ~ 2009\n# BS\nCash\n"),
        ("filings-1.txt", "@ A ~ b\n"),
        ("filings-1.txt", "@ A ~ b ~ lately\n"),
        ("filings-1.txt", "@ A ~ b ~ 2009\n# BS\nCash ~ Cash ~ Cash\n"),
        ("filings-1.txt", "# BS\nCash ~ Cash\n"),
        ("filings-1.txt", "@ A ~ b ~ 2009\n# BS\n@ C ~ d ~ 2009\nCash ~ Cash\n"),
        ("filings-1.txt", "@ A ~ b ~ 2009\n# Sheet\n"),
        ("labels-1.txt", "# BS ~ 2009\nCash ~ Current assets:\n"),
        ("labels-1.txt", "# BS ~ 2009\nCash\n"),
        ("labels-1.txt", "# BS\n"),
        ("labels-1.txt", "# BS ~ once\n"),
        ("labels-1.txt", "# Sheet ~ 2009\n"),
        ("labels-1.txt", "Cash ~ Current assets: ~ Cash at hand\n"),
    ],
)
def test_what_is_not_of_the_form_is_told_with_its_place(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^{name}:{text.count(chr(10))}: "):
        list(taught.filings(tmp_path)) + list(taught.labels(tmp_path))


def lines() -> list[taught.Taught]:
    """All that is taught, captions left out."""
    all_lines = [line for filing in taught.filings(FOLDER) for line in filing]
    all_lines += [line for pair in taught.labels(FOLDER) for line in pair]
    return [line for line in all_lines if line.element is not None]


def test_every_line_that_is_taught_has_an_element_that_fits_its_statement() -> None:
    wrong = [line for line in lines() if line.element != taught.OWN and not fits(line)]
    assert not wrong


def fits(line: taught.Taught) -> bool:
    """Whether a line's element may stand on its statement; one that is deprecated was usual once."""
    name = f"us-gaap:{line.element}"
    if name not in TAXONOMY or TAXONOMY[name].abstract or (TAXONOMY[name].deprecated and line.year != "2009"):
        return False
    is_instant = TAXONOMY[name].period_type == "instant"
    if line.statement == "CF":
        return not is_instant or "Cash" in name
    return line.statement in {"BS", "IS"} and is_instant is (line.statement == "BS")


def test_filings_are_many_and_have_lines_of_their_own() -> None:
    filings = taught.filings(FOLDER)
    assert len(filings) > 100
    for filing in filings:
        assert {"BS", "IS", "CF"} == {line.statement for line in filing}, filing[0]
    assert any(line.element == taught.OWN for filing in filings for line in filing)


def test_no_label_is_taught_twice_for_an_element_below_a_caption() -> None:
    said = Counter((line.statement, caption.label, line.label, line.element) for caption, line in taught.labels(FOLDER))
    assert said
    assert not [of_line for of_line, times in said.items() if times > 1]
