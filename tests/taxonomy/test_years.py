"""Each taxonomy's facts, and the table that leads to an older one's names."""

from __future__ import annotations

import csv
import os
import re
import sys
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from converter import resources
from converter.mapping.members import CLASSES, COMPONENTS
from converter.mapping.sections import PARENT
from converter.mapping.words import normal_form
from converter.model.statement import StatementKind
from converter.options import MapOptions
from converter.taxonomy import MONETARY, PER_SHARE, SHARES, Taxonomy, load
from tests.taxonomy.test_tables import PACKAGES, PRESENTATIONS, ROOTS

if TYPE_CHECKING:
    from pathlib import Path

ROOT = resources.folder("taxonomy")
NAMES = sorted(path.parent.name for path in ROOT.glob("*/schemas.csv"))
OLDER = [name for name in NAMES if load(name).later is not None]
PUBLISHED = {"us-gaap-2011": "us-gaap-2011-01-31.zip", "us-gaap-2024": "us-gaap-2024.zip"}
COVER = ("DocumentPeriodEndDate", "DocumentType", "EntityCentralIndexKey", "EntityRegistrantName", "TradingSymbol")
XS = "{http://www.w3.org/2001/XMLSchema}"
XBRLI = "{http://www.xbrl.org/2003/instance}"


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / name / "names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fits(one: str, other: str, taxonomy: Taxonomy) -> bool:
    """Whether an element of the year is of the kind that the tables' element ``other`` is."""
    assert taxonomy.later is not None
    older, later = taxonomy[one], taxonomy.later[other]
    # Amounts of a unit of a partnership had a type of their own.
    types = {(later.type, later.type), (PER_SHARE, "us-types:perUnitItemType")}
    return (later.type, older.type) in types and older.period_type == later.period_type


def package(name: str) -> Path:
    path = PACKAGES / PUBLISHED[name]
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


def test_the_years_at_hand() -> None:
    assert PUBLISHED.keys() == set(NAMES)
    assert MapOptions().taxonomy in NAMES
    assert set(OLDER) == set(NAMES) - {MapOptions().taxonomy}


@pytest.mark.parametrize("name", NAMES)
def test_each_taxonomy_has_what_every_report_needs(name: str) -> None:
    known = load(name)
    assert [schema.prefix for schema in known.schemas] == ["us-gaap", "dei"]
    year = re.search(r"\d{4}", name)
    assert year is not None
    assert all(year.group() in schema.namespace and year.group() in schema.location for schema in known.schemas)
    assert all(known[f"dei:{element}"].period_type == "duration" for element in COVER)
    assert all(known[axis].is_axis for axis in (COMPONENTS, CLASSES, "dei:LegalEntityAxis"))
    declared = {local_name for schema in known.types for local_name in schema.types}
    assert {"perShareItemType", "domainItemType"} <= declared
    used = {concept.type.partition(":") for concept in known.concepts()}
    assert {local_name for prefix, _, local_name in used if prefix == "dtr-types"} <= declared
    assert (known.tables / "labels.csv").is_file()


@pytest.mark.parametrize("name", OLDER)
def test_each_row_leads_from_one_of_the_tables_elements_to_one_of_the_year(name: str) -> None:
    known = load(name)
    assert known.later is not None
    for row in rows(name):
        assert row["concept"] in known.later, row
        assert row["statement"] in {"", *StatementKind}, row
        assert row["section"] in {"", *ROOTS, *PARENT}, row
        assert not row["label"] or normal_form(row["label"]) == row["label"], row
        assert not known[row["name"]].deprecated, row
        assert fits(row["name"], row["concept"], known), row


@pytest.mark.parametrize("name", OLDER)
def test_each_row_can_hold(name: str) -> None:
    """No two have the same conditions, none stands behind one that always holds, and none says what would be so anyhow."""
    known = load(name)
    conditions: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows(name):
        before = conditions.setdefault(row["concept"], [])
        asked = (row["statement"], row["section"], row["label"])
        assert asked not in before, row
        assert ("", "", "") not in before, row
        before.append(asked)
        anyhow = [ancestor.name for ancestor in known.ancestors(row["concept"]) if "names.csv" not in ancestor.origin]
        assert any(asked) or anyhow != [row["name"]], row


@pytest.mark.parametrize("name", OLDER)
def test_what_successors_lead_back_to_is_of_the_same_kind(name: str) -> None:
    known = load(name)
    assert known.later is not None
    led = {
        concept.name: ancestor.name
        for concept in known.later.concepts()
        for ancestor in known.ancestors(concept.name)
        if ancestor.origin == "successors.csv"
    }
    assert led["us-gaap:SeveranceCosts1"] == "us-gaap:SeveranceCosts"
    # Several elements became one: which of them a line means, only a row can say.
    assert "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax" not in led
    for later, older in led.items():
        assert later not in known
        assert not known[older].deprecated
        assert fits(older, later, known), later


@pytest.mark.parametrize("name", OLDER)
def test_elements_that_kept_their_names_are_still_of_the_same_kind(name: str) -> None:
    known = load(name)
    assert known.later is not None
    of_amounts = {MONETARY, SHARES, PER_SHARE}
    kept = [concept for concept in known.later.concepts() if concept.name in known and concept.type in of_amounts]
    assert len(kept) > 2000
    assert all(fits(concept.name, concept.name, known) for concept in kept)


def test_what_may_be_said_of_a_line_is_told_in_the_year_s_own_facts() -> None:
    known = load("us-gaap-2011")
    today = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
    assert today not in known
    assert today in known.spoken
    assert today in known.spoken.of_type(MONETARY)
    change = "us-gaap:CashAndCashEquivalentsPeriodIncreaseDecrease"
    assert (known.spoken[change].balance, load("us-gaap-2024")[change].balance) == ("", "debit")
    assert load("us-gaap-2024").spoken is load("us-gaap-2024")


@pytest.mark.corpus
@pytest.mark.parametrize("name", NAMES)
def test_each_concept_is_as_the_published_schema_declares_it(name: str) -> None:
    """The schema is read here with another parser than ``remake.py`` has."""
    known = load(name)
    with zipfile.ZipFile(package(name)) as archive:
        (file,) = (
            member for member in archive.namelist() if re.search(r"/elts/us-gaap-\d{4}(-\d\d-\d\d)?\.xsd$", member)
        )
        root = ElementTree.fromstring(archive.read(file))  # noqa: S314 - a file of the publisher's
    assert root.get("targetNamespace") == known.schemas[0].namespace
    assert known.schemas[0].location.endswith(file.rpartition("/elts/")[2])
    declared = {f"us-gaap:{element.get('name')}": element for element in root.iter(f"{XS}element")}
    listed = [concept for concept in known.concepts() if concept.prefix == "us-gaap"]
    assert len(listed) > 4000
    for concept in listed:
        element = declared[concept.name]
        assert element.get("type", "").partition(":")[2] == concept.type.partition(":")[2], concept.name
        assert element.get(f"{XBRLI}periodType") == concept.period_type, concept.name
        assert element.get(f"{XBRLI}balance", "") == concept.balance, concept.name
        assert (element.get("abstract") == "true") == concept.abstract, concept.name
    dated = {name for name, element in declared.items() if any("deprecatedDate" in key for key in element.attrib)}
    if dated:  # of 2024, only a linkbase says it
        assert {concept.name for concept in listed if concept.deprecated} == {
            concept.name for concept in listed if concept.name in dated and not concept.abstract
        }


@pytest.mark.corpus
@pytest.mark.parametrize("name", NAMES)
def test_the_facts_are_those_of_the_published_package(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sec = PACKAGES / name.replace("us-gaap", "sec")
    if not PRESENTATIONS.is_file():
        pytest.skip(f"{PRESENTATIONS} is not there")
    monkeypatch.setattr(sys, "path", [os.fspath(ROOT), *sys.path])
    import remake

    given = sec.with_suffix(".zip")
    facts = remake.remake(package(name), ROOT / name, given if given.is_file() else None, PRESENTATIONS)
    remake.write(tmp_path, facts)
    for made in ("concepts.csv", "calculations.csv", "schemas.csv", "types.csv"):
        assert (tmp_path / made).read_bytes() == (ROOT / name / made).read_bytes(), made
