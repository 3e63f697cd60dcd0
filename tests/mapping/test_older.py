"""Older taxonomies: the tables name today's elements, the facts bear those of the year that was asked for."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from typer.testing import CliRunner

from converter.cli import app
from converter.convert import make_report
from converter.errors import UsageError
from converter.mapping import table
from converter.mapping.older import called, phrases_of
from converter.model.statement import StatementKind
from converter.options import MapOptions, ReadOptions
from converter.taxonomy import load
from tests.taxonomy.test_tables import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

YEAR = "us-gaap-2011"
OLDER = load(YEAR)
SOURCE = """\
# entity: Tarn Lamp Works, Inc.
# statement: CONSOLIDATED BALANCE SHEETS
# scale: In thousands, except share data
label,2010-12-31,2009-12-31
ASSETS,,
Current assets:,,
Cash and cash equivalents,"1,250","1,180"
Total current assets,"1,250","1,180"
Right-of-use assets under operating leases,640,515
Total assets,"1,890","1,695"
LIABILITIES AND STOCKHOLDERS' EQUITY,,
Current liabilities:,,
Accounts payable,290,195
Deferred revenue,100,100
Total current liabilities,390,295
Stockholders' equity:,,
Retained earnings,"1,520","1,415"
"Treasury stock, at cost, 2,000 shares at December 31, 2010 and 1,500 shares at December 31, 2009",(20),(15)
Total stockholders' equity,"1,500","1,400"
Total liabilities and stockholders' equity,"1,890","1,695"

# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
# scale: In thousands, except per share data
label,2010-01-01/2010-12-31,2009-01-01/2009-12-31
Net sales,"3,900","3,870"
Cost of goods sold,"3,800","3,880"
Net income (loss),100,(10)
"Net income (loss) per share, basic and diluted",0.05,(0.01)
Lamp dividend points per share,0.02,0.01

# statement: CONSOLIDATED STATEMENTS OF CASH FLOWS
# scale: In thousands
label,2010-01-01/2010-12-31,2009-01-01/2009-12-31
Operating activities:,,
Net income (loss),100,(10)
Net cash provided by (used in) operating activities,100,(10)
Effect of exchange rate changes on cash,(30),20
Net increase in cash and cash equivalents,70,10
Cash and cash equivalents at beginning of year,"1,180","1,170"
Cash and cash equivalents at end of year,"1,250","1,180"
"""


def call(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def written(tmp_path: Path, text: str = SOURCE, name: str = "tarn.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def own_table(tmp_path: Path, *rows: str) -> Path:
    return written(tmp_path, "\n".join(["label,concept,statement,section", *rows]), "own.csv")


def concepts(tmp_path: Path, taxonomy: str = YEAR, *tables: Path) -> Mapping[tuple[str, str], str]:
    """What each line of each statement means, by its statement and its label."""
    options = MapOptions(taxonomy=taxonomy, cik="1", concepts=tables)
    report, _ = make_report(written(tmp_path), ReadOptions(), options)
    return {
        (fact.statement.value, fact.label): fact.concept.name
        for fact in report.facts
        if "number in a label" not in fact.why.rule
    }


def test_lines_bear_the_elements_of_the_year(tmp_path: Path) -> None:
    found = concepts(tmp_path)
    for kind, label, name in (
        ("balance-sheet", "Cash and cash equivalents", "CashAndCashEquivalentsAtCarryingValue"),
        ("balance-sheet", "Deferred revenue", "DeferredRevenueCurrent"),
        ("balance-sheet", "Total stockholders' equity", "StockholdersEquity"),
        ("income-statement", "Net sales", "SalesRevenueNet"),
        ("income-statement", "Cost of goods sold", "CostOfGoodsSold"),
        ("income-statement", "Net income (loss)", "NetIncomeLoss"),
        ("cash-flow", "Effect of exchange rate changes on cash", "EffectOfExchangeRateOnCashAndCashEquivalents"),
        ("cash-flow", "Net increase in cash and cash equivalents", "CashAndCashEquivalentsPeriodIncreaseDecrease"),
        ("cash-flow", "Cash and cash equivalents at end of year", "CashAndCashEquivalentsAtCarryingValue"),
    ):
        assert found[kind, label] == f"us-gaap:{name}"


def test_every_fact_is_of_an_element_that_the_year_has(tmp_path: Path) -> None:
    report, _ = make_report(written(tmp_path), ReadOptions(), MapOptions(taxonomy=YEAR, cik="1"))
    assert report.schemas == OLDER.schemas
    for fact in report.facts:
        name = fact.concept.name
        assert name in OLDER or name.startswith("tarn:"), name
    shares = {fact.concept.name for fact in report.facts if fact.unit and fact.unit.id == "shares"}
    assert shares == {"us-gaap:TreasuryStockShares"}


def test_what_the_year_has_no_element_for_is_no_line_of_the_tables(tmp_path: Path) -> None:
    label = "Right-of-use assets under operating leases"
    path = written(tmp_path)
    today, _ = make_report(path, ReadOptions(), MapOptions(cik="1"))
    assert {f.concept.name for f in today.facts if f.label == label} == {"us-gaap:OperatingLeaseRightOfUseAsset"}
    report, _ = make_report(path, ReadOptions(), MapOptions(taxonomy=YEAR, cik="1"))
    (fact, _) = (fact for fact in report.facts if fact.label == label)
    assert fact.concept.prefix == "tarn"
    assert f"{YEAR} has no element for us-gaap:OperatingLeaseRightOfUseAsset" in fact.why.rule
    unmapped = [item for item in report.unmapped if report.statements[item.statement].lines[item.line].label == label]
    assert len(unmapped) == 1
    offered = [candidate.concept.name for item in report.unmapped for candidate in item.candidates]
    assert all(name in OLDER for name in offered)


def test_a_line_without_an_element_is_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    words = ("convert", str(written(tmp_path)), "--out", str(tmp_path / "out"), "--cik", "1", "--taxonomy", YEAR)
    assert call(*words, "--unmapped", "fail")[0] == 4
    findings = json.loads((tmp_path / "out" / "tarn" / "findings.json").read_text(encoding="utf-8"))
    unmapped = [finding["message"] for finding in findings if finding["code"] == "mapping.unmapped"]
    reason = f"{YEAR} has no element for us-gaap:OperatingLeaseRightOfUseAsset"
    assert any("Right-of-use assets" in message and reason in message for message in unmapped)


def test_the_rule_says_where_the_older_name_stands(tmp_path: Path) -> None:
    _, out, _ = call("explain", str(written(tmp_path)), "--taxonomy", YEAR, "--json")
    lines = {line["label"]: line for line in json.loads(out)}
    today = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
    with (OLDER.folder / "names.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = {f"names.csv:{reader.line_num}": row for row in reader}
    rule = lines["Net sales"]["rule"]
    (origin,) = (origin for origin in rows if f"; {origin} for " in rule)
    assert rows[origin]["name"] == "us-gaap:SalesRevenueNet"
    assert rows[origin]["concept"] in {today, "us-gaap:Revenues"}
    assert "names.csv" not in lines["Total assets"]["rule"]


def test_the_default_is_as_it_was(tmp_path: Path) -> None:
    found = concepts(tmp_path, "us-gaap-2024")
    assert found["cash-flow", "Net increase in cash and cash equivalents"] == (
        "us-gaap:CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect"
    )
    assert MapOptions().taxonomy == "us-gaap-2024"


def test_a_table_of_the_users_own_names_older_elements_or_todays(tmp_path: Path) -> None:
    own = own_table(
        tmp_path,
        "Net sales,us-gaap:SalesRevenueGoodsNet,income-statement,",
        "Deferred revenue,us-gaap:ContractWithCustomerLiabilityCurrent,balance-sheet,",
        "Cost of goods sold,us-gaap:CostOfRevenue,income-statement,",
    )
    found = concepts(tmp_path, YEAR, own)
    assert found["income-statement", "Net sales"] == "us-gaap:SalesRevenueGoodsNet"
    assert found["balance-sheet", "Deferred revenue"] == "us-gaap:DeferredRevenueCurrent"
    # names.csv would have another name for the label, but the year has what the user says.
    assert found["income-statement", "Cost of goods sold"] == "us-gaap:CostOfRevenue"


def test_an_element_of_no_year_is_refused(tmp_path: Path) -> None:
    own = own_table(tmp_path, "Net sales,us-gaap:SalesOfLamps,income-statement,")
    with pytest.raises(UsageError) as caught:
        concepts(tmp_path, YEAR, own)
    assert "own.csv:2: the taxonomy us-gaap-2011 has no concept 'us-gaap:SalesOfLamps'" in caught.value.message
    older = own_table(tmp_path, "Net sales,us-gaap:SalesRevenueGoodsNet,income-statement,")
    with pytest.raises(UsageError):
        concepts(tmp_path, "us-gaap-2024", older)


def test_the_lines_as_a_table_of_the_year_map_them_again(tmp_path: Path) -> None:
    own = tmp_path / "lines.csv"
    assert call("explain", str(written(tmp_path)), "--taxonomy", YEAR, "--write", str(own))[0] == 0
    assert "us-gaap:SalesRevenueNet" in own.read_text(encoding="utf-8")
    assert concepts(tmp_path, YEAR, own) == concepts(tmp_path)


def test_the_report_is_valid_with_the_types_of_the_year(tmp_path: Path) -> None:
    own = own_table(tmp_path, "Lamp dividend points per share,-,income-statement,")
    out = tmp_path / "out"
    code, _, errors = call(
        "convert", str(written(tmp_path)), "--out", str(out), "--cik", "1", "--taxonomy", YEAR, "--concepts", str(own)
    )
    assert code == 0, errors
    schema = etree.fromstring((out / "tarn" / "tarn-20101231.xsd").read_bytes())
    xs = "{http://www.w3.org/2001/XMLSchema}"
    imported = {item.get("namespace"): item.get("schemaLocation") for item in schema.iter(f"{xs}import")}
    assert imported == {
        "http://www.xbrl.org/2003/instance": "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
        "http://fasb.org/us-gaap/2011-01-31": "http://xbrl.fasb.org/us-gaap/2011/elts/us-gaap-2011-01-31.xsd",
        "http://xbrl.sec.gov/dei/2011-01-31": "http://xbrl.sec.gov/dei/2011/dei-2011-01-31.xsd",
        "http://www.xbrl.org/dtr/type/numeric": "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",
        "http://www.xbrl.org/dtr/type/non-numeric": "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd",
    }
    types = {element.get("name"): element.get("type") for element in schema.iter(f"{xs}element")}
    assert types["LampDividendPointsPerShare"] == "num:perShareItemType"
    assert schema.nsmap["num"] == "http://www.xbrl.org/dtr/type/numeric"
    code, shown, _ = call("check", str(out / "tarn" / "report.htm"), "--taxonomy", YEAR)
    assert (code, "0 findings" in shown) == (0, True)
    assert call("check", str(out / "tarn" / "report.htm"))[0] == 4


def test_a_report_without_elements_of_its_own_stands_on_the_schemas_of_the_year(tmp_path: Path) -> None:
    words = ("convert", str(written(tmp_path)), "--out", str(tmp_path / "out"), "--cik", "1", "--taxonomy", YEAR)
    assert call(*words, "--unmapped", "skip")[0] == 0
    page = etree.fromstring((tmp_path / "out" / "tarn" / "report.htm").read_bytes())
    refs = [
        ref.get("{http://www.w3.org/1999/xlink}href")
        for ref in page.iter("{http://www.xbrl.org/2003/linkbase}schemaRef")
    ]
    assert refs == [
        "http://xbrl.fasb.org/us-gaap/2011/elts/us-gaap-2011-01-31.xsd",
        "http://xbrl.sec.gov/dei/2011/dei-2011-01-31.xsd",
    ]
    assert page.nsmap["us-gaap"] == "http://fasb.org/us-gaap/2011-01-31"


@pytest.mark.corpus
def test_the_report_is_valid_with_the_published_package(tmp_path: Path) -> None:
    """The package has no dei: the stand-in has."""
    package = PACKAGES / "us-gaap-2011-01-31.zip"
    if not package.is_file():
        pytest.skip(f"{package} is not there")
    words = ("convert", str(written(tmp_path)), "--out", str(tmp_path / "out"), "--cik", "1", "--taxonomy", YEAR)
    code, shown, errors = call(*words, "--taxonomy-package", str(package))
    assert (code, "Arelle: valid" in shown) == (0, True), errors


@pytest.mark.parametrize("command", ["convert", "explain", "check"])
def test_an_unknown_taxonomy_is_refused_with_those_at_hand(tmp_path: Path, command: str) -> None:
    code, _, errors = call(command, str(written(tmp_path)), "--taxonomy", "us-gaap-1911")
    assert code == 2
    assert "there is no taxonomy called 'us-gaap-1911'" in errors
    assert "us-gaap-2011, us-gaap-2024" in errors


def test_the_first_row_whose_conditions_hold_names_the_element() -> None:
    def name(today: str, label: str, section: str = "", kind: StatementKind | None = None) -> str:
        found = called(OLDER, f"us-gaap:{today}", kind, section, label)
        return "" if found is None else found.name.removeprefix("us-gaap:")

    revenue = "RevenueFromContractWithCustomerExcludingAssessedTax"
    assert name(revenue, "Products and services") == "SalesRevenueNet"
    assert name(revenue, "Products") == "SalesRevenueGoodsNet"
    assert name(revenue, "Consulting services") == "SalesRevenueServicesNet"
    assert name(revenue, "Lamp hire") == ""
    taxes = "DeferredIncomeTaxAssetsNet"
    assert name(taxes, "Deferred taxes", "current-assets") == "DeferredTaxAssetsNetCurrent"
    assert name(taxes, "Deferred taxes", "noncurrent-assets") == "DeferredTaxAssetsNetNoncurrent"
    assert name(taxes, "Deferred taxes", "property") == "DeferredTaxAssetsNet"
    payable = "DividendsPayableCurrentAndNoncurrent"
    assert name(payable, "Dividends declared", kind=StatementKind.CASH_FLOW) == "DividendsPayableAmount"
    assert name(payable, "Dividends declared", kind=StatementKind.BALANCE_SHEET) == payable
    assert name(payable, "Dividends declared") == payable
    assert name("OperatingLeaseLiabilityCurrent", "Lease liability") == ""


def test_phrases_lead_to_the_elements_of_the_year() -> None:
    shipped, _ = table.load(OLDER, ())
    names = dict(phrases_of(shipped, OLDER)({"cost of", "operating lease"}))
    assert names["cost of good sold"] == "us-gaap:CostOfGoodsSold"
    assert set(names.values()) <= {concept.name for concept in OLDER.concepts()}
