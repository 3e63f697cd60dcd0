"""The stand-in taxonomy: what is in it, and that it is published at once and whole."""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter.errors import UsageError
from converter.taxonomy import load
from converter.validate import packages, standin

from .samples import SCHEMAS, small_taxonomy

if TYPE_CHECKING:
    from pathlib import Path

    from converter.taxonomy import Taxonomy

INSIDE = "stand-in/xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"


@pytest.fixture
def known(tmp_path: Path) -> Taxonomy:
    return small_taxonomy(tmp_path)


def declarations(path: Path, name: str = INSIDE) -> dict[str, dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(name))
    elements = root.iter("{http://www.w3.org/2001/XMLSchema}element")
    return {element.get("name", ""): {str(k): str(v) for k, v in element.attrib.items()} for element in elements}


def test_declares_the_concepts_as_the_list_has_them(known: Taxonomy, tmp_path: Path) -> None:
    found = declarations(standin.package(known, tmp_path / "cache"))
    assert found["Assets"] == {
        "name": "Assets",
        "id": "us-gaap_Assets",
        "type": "xbrli:monetaryItemType",
        "substitutionGroup": "xbrli:item",
        "abstract": "false",
        "nillable": "true",
        "{http://www.xbrl.org/2003/instance}periodType": "instant",
        "{http://www.xbrl.org/2003/instance}balance": "debit",
    }
    assert found["StatementOfFinancialPositionAbstract"]["abstract"] == "true"
    assert found["EarningsPerShareBasic"]["type"] == "dtr-types:perShareItemType"
    assert found["CapitalizationPolicy"]["type"] == "xbrli:stringItemType"
    assert found["CostPerUnit"]["type"] == "xbrli:decimalItemType"
    assert "EntityRegistrantName" not in found


def test_says_in_every_file_that_it_is_a_stand_in(known: Taxonomy, tmp_path: Path) -> None:
    with zipfile.ZipFile(standin.package(known, tmp_path / "cache")) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(texts) == 2 + len(SCHEMAS)
    for text in texts.values():
        assert "stand-in" in text
        assert "not the taxonomy of the FASB or of the SEC" in text


def test_is_made_once_with_the_same_bytes_everywhere(known: Taxonomy, tmp_path: Path) -> None:
    first = standin.package(known, tmp_path / "a")
    made = first.stat().st_mtime_ns
    assert standin.package(known, tmp_path / "a") == first
    assert first.stat().st_mtime_ns == made
    assert standin.package(known, tmp_path / "b").read_bytes() == first.read_bytes()


def test_is_made_anew_when_the_concept_list_changes(known: Taxonomy, tmp_path: Path) -> None:
    first = standin.package(known, tmp_path / "cache")
    with (known.folder / "concepts.csv").open("a", encoding="utf-8") as file:
        file.write("us-gaap:Liabilities,xbrli:monetaryItemType,instant,credit,false,false\n")
    again = type(known)(name=known.name, folder=known.folder, schemas=known.schemas, types=known.types)
    second = standin.package(again, tmp_path / "cache")
    assert second != first
    assert "Liabilities" in declarations(second)


def test_a_spoiled_file_in_the_cache_is_replaced(known: Taxonomy, tmp_path: Path) -> None:
    path = standin.package(known, tmp_path / "cache")
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert standin.package(known, tmp_path / "cache").read_bytes() == whole


def test_many_at_once_leave_one_whole_file(known: Taxonomy, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: standin.package(known, cache), range(16)))
    (path,) = paths
    assert zipfile.ZipFile(path).testzip() is None
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_cache_that_cannot_be_written_is_done_without(known: Taxonomy, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    path = standin.package(known, tmp_path / "cache")
    assert "Assets" in declarations(path)
    assert tmp_path not in path.parents


def test_the_default_cache_is_the_users(known: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path / name))
    assert tmp_path / "xbrl-converter" in standin.package(known).parents


def test_an_excerpt_declares_what_is_named(known: Taxonomy, tmp_path: Path) -> None:
    path = standin.excerpt(known, {"Assets", "EntityRegistrantName", "nothing"}, tmp_path)
    assert list(declarations(path)) == ["Assets"]
    assert list(declarations(path, "stand-in/xbrl.sec.gov/dei/2024/dei-2024.xsd")) == ["EntityRegistrantName"]
    packages.check([path])


def test_types_are_those_of_the_year_s_registry(tmp_path: Path) -> None:
    """A per-share type of 2011 stands in another schema than one of 2024, and a member's in a third."""
    older = load("us-gaap-2011")
    path = standin.excerpt(older, {"EarningsPerShareBasic", "CommonStockMember", "SalesRevenueNet"}, tmp_path)
    name = "stand-in/xbrl.fasb.org/us-gaap/2011/elts/us-gaap-2011-01-31.xsd"
    found = declarations(path, name)
    assert {element: given["type"] for element, given in found.items()} == {
        "CommonStockMember": "nonnum:domainItemType",
        "EarningsPerShareBasic": "num:perShareItemType",
        "SalesRevenueNet": "xbrli:monetaryItemType",
    }
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(name))
    assert root.get("targetNamespace") == "http://fasb.org/us-gaap/2011-01-31"
    assert root.nsmap["num"] == "http://www.xbrl.org/dtr/type/numeric"
    assert root.nsmap["nonnum"] == "http://www.xbrl.org/dtr/type/non-numeric"


def test_schemas_that_no_catalog_leads_to_are_lacking(known: Taxonomy, tmp_path: Path) -> None:
    us_gaap, dei = SCHEMAS
    whole = standin.package(known, tmp_path / "cache")
    part = standin.excerpt(replace(known, schemas=(us_gaap,)), {"Assets"}, tmp_path)
    assert packages.lacking([], SCHEMAS) == SCHEMAS
    assert packages.lacking([whole], SCHEMAS) == ()
    assert packages.lacking([part], SCHEMAS) == (dei,)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("broken/META-INF/catalog.xml", "")
    assert packages.lacking([broken], SCHEMAS) == SCHEMAS


def test_what_is_no_package_is_refused_with_a_remedy(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_text("no ZIP", encoding="utf-8")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "a ZIP, but no package")
    parted = tmp_path / "a|b.zip"
    parted.write_bytes(other.read_bytes())
    for path in (tmp_path / "missing.zip", tmp_path, text, other, parted):
        with pytest.raises(UsageError) as caught:
            packages.check([path])
        assert str(path) in caught.value.message
        assert caught.value.hint
