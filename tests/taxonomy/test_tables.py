"""Every row of the shipped tables holds: its concept exists, may bear a value, and fits its statement."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from converter import resources
from converter.mapping.changes import Role, TaxState
from converter.mapping.sections import PARENT, enclosing
from converter.mapping.table import INDUSTRIES, LABELS_FILE, NO_CONCEPT
from converter.mapping.words import normal_form
from converter.taxonomy import MONETARY, load

FOLDER = resources.folder("taxonomy") / "us-gaap-2024"
PACKAGES = Path(os.environ.get("XBRL_TAXONOMIES", Path(__file__).parents[3] / "shared" / "taxonomies"))
PRESENTATIONS = PACKAGES.parent / "corpus" / "fsds" / "train.csv.gz"
ROOTS = {"assets", "liabilities-and-equity", "revenues", "costs-and-expenses", "other-income", "income-taxes",
         "discontinued-operations", "per-share", "dividends-per-share", "shares", "operating", "investing",
         "financing", "supplemental", "oci"}  # fmt: skip
LABEL_TABLES = [LABELS_FILE, *sorted(f"{INDUSTRIES}/{path.name}" for path in (FOLDER / INDUSTRIES).glob("*.csv"))]
STATEMENTS = {"balance-sheet", "income-statement", "cash-flow", "comprehensive-income", "equity"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LABEL_TABLES)
def test_every_label_row_names_a_concept_that_fits(name: str) -> None:
    taxonomy = load("us-gaap-2024")
    labels = rows(name)
    assert labels
    wrong = []
    for row in labels:
        assert row["statement"] in STATEMENTS
        assert row["section"] in {"", *ROOTS, *PARENT}
        if row["concept"] == NO_CONCEPT:
            continue
        for qname in row["concept"].split():
            if qname not in taxonomy:
                wrong.append((row["label"], qname, "unknown"))
                continue
            concept = taxonomy[qname]
            instant = (
                row["statement"] == "balance-sheet"
                or qname in {"us-gaap:StockholdersEquity", "us-gaap:SharesOutstanding"}
                or (
                    row["statement"] == "cash-flow"
                    and qname.startswith("us-gaap:Cash")
                    and concept.period_type == "instant"
                )
            )
            if (
                concept.abstract
                or (concept.deprecated and not row["note"])
                or (concept.period_type == "instant") != instant
            ):
                wrong.append((row["label"], qname, "does not fit"))
    assert not wrong


def claims(name: str) -> list[tuple[str, str, str]]:
    """What the rows of a table claim: statement, section, normal form."""
    return [(row["statement"], row["section"], normal_form(row["label"])) for row in rows(name)]


@pytest.mark.parametrize("name", LABEL_TABLES)
def test_no_two_rows_claim_the_same_line(name: str) -> None:
    assert len(claims(name)) == len(set(claims(name)))


@pytest.mark.parametrize("name", LABEL_TABLES[1:])
def test_a_row_for_an_industry_says_what_no_row_for_everyone_says(name: str) -> None:
    everyones = {claim: row["concept"] for claim, row in zip(claims(LABELS_FILE), rows(LABELS_FILE), strict=True)}
    assert not [
        row for claim, row in zip(claims(name), rows(name), strict=True) if everyones.get(claim) == row["concept"]
    ]


def test_evidence_speaks_of_every_industry_that_has_rows() -> None:
    evidence = rows("industries.csv")
    assert {f"{INDUSTRIES}/{row['industry']}.csv" for row in evidence} == set(LABEL_TABLES[1:])
    assert {row["statement"] for row in evidence} <= STATEMENTS
    assert {row["where"] for row in evidence} == {"", "first"}
    phrases = [(row["industry"], row["statement"], row["where"], normal_form(row["label"])) for row in evidence]
    assert len(phrases) == len(set(phrases))
    assert all(int(row["weight"]) in range(-6, 4) and int(row["weight"]) for row in evidence)


def test_every_member_row_names_an_axis_and_a_member() -> None:
    taxonomy = load("us-gaap-2024")
    for row in rows("members.csv"):
        assert taxonomy[row["axis"]].is_axis
        assert taxonomy[row["member"]].type == "dtr-types:domainItemType"


def test_captions_lead_to_known_sections() -> None:
    captions = rows("sections.csv")
    assert len({(row["statement"], normal_form(row["caption"])) for row in captions}) == len(captions)
    assert {row["section"] for row in captions} <= {*ROOTS, *PARENT}


def test_every_change_in_comprehensive_income_names_an_element_of_its_own_that_fits() -> None:
    taxonomy = load("us-gaap-2024")
    changes = rows("comprehensive.csv")
    assert len({(row["component"], row["role"]) for row in changes}) == len(changes)
    assert {row["role"] for row in changes} == set(Role)
    assert {row["component"] for row in changes} == {"oci", *(name for name in PARENT if "oci" in enclosing(name))}
    names = [row[state] for row in changes for state in TaxState if row[state]]
    assert len(names) == len(set(names))
    for name in names:
        concept = taxonomy[name]
        assert (concept.type, concept.period_type) == (MONETARY, "duration"), name
        assert not concept.abstract
        assert not concept.deprecated


def test_a_tax_has_the_balance_that_its_income_has_not() -> None:
    taxonomy = load("us-gaap-2024")
    for row in rows("comprehensive.csv"):
        balances = [taxonomy[row[state]].balance if row[state] else "" for state in TaxState]
        before, tax, net = balances
        assert not (before and net) or before == net, row
        assert not (tax and net) or tax != net, row


def test_calculations_name_listed_concepts() -> None:
    taxonomy = load("us-gaap-2024")
    arcs = rows("calculations.csv")
    assert arcs
    assert all(arc[end] in taxonomy for arc in arcs for end in ("parent", "child"))
    assert {arc["weight"] for arc in arcs} <= {"1", "-1"}


def test_tags_of_schedules_stand_for_listed_concepts_of_one_period_type() -> None:
    taxonomy = load("us-gaap-2024")
    tags = rows("schedule.csv")
    assert len({row["tag"] for row in tags}) == len(tags) > 40
    for row in tags:
        concepts = [taxonomy[name] for name in row["concepts"].split()]
        assert len({concept.period_type for concept in concepts}) == 1, row["tag"]
        assert not any(concept.abstract or concept.deprecated for concept in concepts)
