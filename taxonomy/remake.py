"""Remakes concepts.csv and calculations.csv from the publishers' taxonomy packages.

    python taxonomy/remake.py us-gaap-2024.zip sec-2024.zip taxonomy/us-gaap-2024 [--presentations train.csv.gz]

Only facts are taken: an element's name, type, period type and balance, whether it is abstract or
deprecated, and which element adds up to which on the statements. Listed are the elements that the
statements' linkbases present or calculate, those that a row of labels.csv, of a table in industries, of
successors.csv or members.csv names, those that at least three filers of the presentations chose (train.py describes
them), and the cover page's.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import zipfile
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
XBRLI = "{http://www.xbrl.org/2003/instance}"
LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
COVER = (
    "AmendmentFlag", "CityAreaCode", "CoverAbstract", "CurrentFiscalYearEndDate", "DocumentAnnualReport",
    "DocumentFiscalPeriodFocus", "DocumentFiscalYearFocus", "DocumentPeriodEndDate", "DocumentQuarterlyReport",
    "DocumentTransitionReport", "DocumentType", "EntityAddressAddressLine1", "EntityAddressCityOrTown",
    "EntityAddressPostalZipCode", "EntityAddressStateOrProvince", "EntityCentralIndexKey",
    "EntityCommonStockSharesOutstanding", "EntityCurrentReportingStatus", "EntityEmergingGrowthCompany",
    "EntityFileNumber", "EntityFilerCategory", "EntityIncorporationStateCountryCode", "EntityPublicFloat",
    "EntityRegistrantName", "EntityShellCompany", "EntitySmallBusiness", "EntityTaxIdentificationNumber", "LegalEntityAxis",
    "LocalPhoneNumber", "PreCommencementIssuerTenderOffer", "PreCommencementTenderOffer", "Security12bTitle",
    "SecurityExchangeName", "SolicitingMaterial", "TradingSymbol", "WrittenCommunications",
)  # fmt: skip
Arc = tuple[str, str, str, str]


def parse(package: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of a file of the package, read without entities or network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(package.read(name), parser)


def member(package: zipfile.ZipFile, pattern: str) -> str:
    """The one file of the package whose name ends as ``pattern`` says."""
    return next(name for name in sorted(package.namelist()) if re.search(pattern, name))


def declared(root: etree._Element, prefix: str) -> dict[str, dict[str, str]]:
    """Element declarations of a schema by QName, as rows of concepts.csv."""
    rows = {}
    for element in root.iterchildren(f"{XS}element"):
        name = f"{prefix}:{element.get('name')}"
        rows[name] = {
            "name": name,
            "type": element.get("type", ""),
            "period_type": element.get(f"{XBRLI}periodType", ""),
            "balance": element.get(f"{XBRLI}balance", ""),
            "abstract": "true" if element.get("abstract") == "true" else "",
            "deprecated": "",
        }
    return rows


def qname(href: str) -> str:
    """``...xsd#us-gaap_Assets`` to ``us-gaap:Assets``."""
    return href.rpartition("#")[2].replace("_", ":", 1)


def arcs(root: etree._Element, link: str, arc: str) -> list[Arc]:
    """The arcs of a linkbase: role's last part, from, to, weight."""
    found = []
    for extended in root.iterchildren(f"{LINK}{link}"):
        role = extended.get(f"{XLINK}role", "").rpartition("/")[2]
        names = {loc.get(f"{XLINK}label"): qname(loc.get(f"{XLINK}href", "")) for loc in extended.iter(f"{LINK}loc")}
        for item in extended.iter(f"{LINK}{arc}"):
            weight = str(int(float(item.get("weight", "1"))))
            found.append((role, names[item.get(f"{XLINK}from")], names[item.get(f"{XLINK}to")], weight))
    return found


def chosen(presentations: Path) -> set[str]:
    """The QNames that at least three filers chose."""
    filers: dict[str, set[str]] = {}
    with gzip.open(presentations, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["standard"] == "1" and row["abstract"] != "1":
                filers.setdefault(f"us-gaap:{row['tag']}", set()).add(row["cik"])
    return {name for name, ciks in filers.items() if len(ciks) >= 3}


def remake(
    us_gaap: Path, sec: Path, folder: Path, presentations: Path | None
) -> tuple[list[dict[str, str]], list[Arc]]:
    """The rows of concepts.csv and calculations.csv, sorted."""
    with zipfile.ZipFile(us_gaap) as package:
        rows = declared(parse(package, member(package, r"/elts/us-gaap-\d{4}\.xsd$")), "us-gaap")
        names = sorted(package.namelist())
        presented = {
            name
            for file in names
            if "/stm/" in file and "-pre-" in file
            for _, *ends, _ in arcs(parse(package, file), "presentationLink", "presentationArc")
            for name in ends
        }
        sums = sorted(
            {
                arc
                for file in names
                if "/stm/" in file and "-cal-" in file
                for arc in arcs(parse(package, file), "calculationLink", "calculationArc")
            }
        )
        for file in names:
            if re.search(r"/elts/us-gaap-(?:depcon|dep)-pre-\d{4}\.xml$", file):
                for _, *ends, _ in arcs(parse(package, file), "presentationLink", "presentationArc"):
                    for name in ends:
                        if name in rows and not rows[name]["abstract"]:
                            rows[name]["deprecated"] = "true"
    with zipfile.ZipFile(sec) as package:
        cover = declared(parse(package, member(package, r"/dei-\d{4}\.xsd$")), "dei")
    rows.update({f"dei:{name}": cover[f"dei:{name}"] for name in COVER})
    named: set[str] = set()
    for labels in (folder / "labels.csv", *(folder / "industries").glob("*.csv")):
        with labels.open(encoding="utf-8", newline="") as file_:
            named |= {name for row in csv.DictReader(file_) for name in row["concept"].split()}
    with (folder / "successors.csv").open(encoding="utf-8", newline="") as file_:
        named |= {f"us-gaap:{row['successor']}" for row in csv.DictReader(file_)}
    with (folder / "members.csv").open(encoding="utf-8", newline="") as file_:
        named |= {name for row in csv.DictReader(file_) for name in (row["axis"], row["member"])}
    if presentations is not None:
        types = {"xbrli:monetaryItemType", "xbrli:sharesItemType", "dtr-types:perShareItemType"}
        named |= {name for name in chosen(presentations) if name in rows and rows[name]["type"] in types}
    sums = [arc for arc in sums if arc[1] in rows and arc[2] in rows]
    wanted = presented | named | {name for arc in sums for name in arc[1:3]} | {f"dei:{name}" for name in COVER}
    return [rows[name] for name in sorted(wanted & rows.keys())], sums


def write(folder: Path, concepts: list[dict[str, str]], sums: list[Arc]) -> None:
    """Write both files into ``folder``."""
    with (folder / "concepts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(concepts[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(concepts)
    with (folder / "calculations.csv").open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        plain.writerow(["role", "parent", "child", "weight"])
        plain.writerows(sums)


def main() -> None:
    """Read the arguments, remake the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("us_gaap", type=Path, help="us-gaap-YEAR.zip")
    parser.add_argument("sec", type=Path, help="the package that holds dei-YEAR.xsd")
    parser.add_argument("folder", type=Path, help="the taxonomy's folder, with its labels.csv")
    parser.add_argument("--presentations", type=Path, help="statements as filers tagged them")
    given = parser.parse_args()
    concepts, sums = remake(given.us_gaap, given.sec, given.folder, given.presentations)
    write(given.folder, concepts, sums)


if __name__ == "__main__":
    main()
