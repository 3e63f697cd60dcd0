"""Remakes concepts.csv, calculations.csv, schemas.csv and types.csv from the publishers' taxonomy packages.

    python taxonomy/remake.py us-gaap-2024.zip taxonomy/us-gaap-2024 --sec sec-2024.zip [--presentations train.csv.gz]
    python taxonomy/remake.py us-gaap-2011-01-31.zip taxonomy/us-gaap-2011 [--presentations train.csv.gz]

Only facts are taken: an element's name, type, period type and balance, whether it is abstract or deprecated, which
element adds up to which on the statements, and where the schemas lie. Listed are the elements that the statements'
linkbases present or calculate, those that a row of labels.csv, of a table in industries, of successors.csv, members.csv,
comprehensive.csv or names.csv names, those that at least three filers of the presentations chose (train.py describes
them), and the cover page's; of an older taxonomy also those that the later one lists whose tables it uses. Without a
package of the SEC's, what concepts.csv and schemas.csv say of the cover page's elements stays as it is.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import posixpath
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from converter.taxonomy import MONETARY, PER_SHARE, SHARES, tables_of

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
DATA_TYPES = "http://www.xbrl.org/dtr/type/"
Arc = tuple[str, str, str, str]
Row = dict[str, str]


class Facts(NamedTuple):
    """The rows of the four files, sorted."""

    concepts: list[Row]
    sums: list[Arc]
    schemas: list[Row]
    types: list[Row]


def parse(package: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of a file of the package, read without entities or network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(package.read(name), parser)


def member(package: zipfile.ZipFile, pattern: str) -> str:
    """The one file of the package whose name ends as ``pattern`` says."""
    return next(name for name in sorted(package.namelist()) if re.search(pattern, name))


def location(package: zipfile.ZipFile, name: str) -> str:
    """The public location of a file of the package, as its catalog has it."""
    catalog = member(package, r"META-INF/catalog\.xml$")
    for rewrite in parse(package, catalog).iter("{*}rewriteURI"):
        folder = posixpath.normpath(posixpath.join(posixpath.dirname(catalog), rewrite.get("rewritePrefix", "")))
        if name.startswith(f"{folder}/"):
            return rewrite.get("uriStartString", "") + name[len(folder) + 1 :]
    raise LookupError(f"{catalog} does not say where {name} is published")


def data_type(root: etree._Element, written: str) -> str:
    """A QName of a type; those of the Data Type Registry have the prefix ``dtr-types``, whatever their version."""
    prefix, _, name = written.partition(":")
    return f"dtr-types:{name}" if root.nsmap.get(prefix, "").startswith(DATA_TYPES) else written


def declared(root: etree._Element, prefix: str) -> dict[str, Row]:
    """Element declarations of a schema by QName, as rows of concepts.csv."""
    rows = {}
    for element in root.iterchildren(f"{XS}element"):
        name = f"{prefix}:{element.get('name')}"
        rows[name] = {
            "name": name,
            "type": data_type(root, element.get("type", "")),
            "period_type": element.get(f"{XBRLI}periodType", ""),
            "balance": element.get(f"{XBRLI}balance", ""),
            "abstract": "true" if element.get("abstract") == "true" else "",
            "deprecated": "",
        }
    return rows


def imported(root: etree._Element) -> list[Row]:
    """The schemas of the Data Type Registry that a schema imports, with the types it uses, as rows of types.csv."""
    prefixes = {namespace: prefix for prefix, namespace in root.nsmap.items() if prefix}
    used = {element.get("type", "").partition(":")[::2] for element in root.iterchildren(f"{XS}element")}
    return [
        {
            "prefix": prefix,
            "namespace": namespace,
            "location": item.get("schemaLocation", ""),
            "types": " ".join(sorted(name for of, name in used if of == prefix)),
        }
        for item in root.iterchildren(f"{XS}import")
        if (namespace := item.get("namespace", "")).startswith(DATA_TYPES)
        for prefix in [prefixes[namespace]]
    ]


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


def rows_of(path: Path) -> list[Row]:
    """The rows of a table; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def chosen(presentations: Path) -> set[str]:
    """The QNames that at least three filers chose."""
    filers: dict[str, set[str]] = {}
    with gzip.open(presentations, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["standard"] == "1" and row["abstract"] != "1":
                filers.setdefault(f"us-gaap:{row['tag']}", set()).add(row["cik"])
    return {name for name, ciks in filers.items() if len(ciks) >= 3}


def named(folder: Path) -> set[str]:
    """The QNames that the tables of the taxonomy in ``folder`` name; of an older one, those that may have kept their names
    and those that had others.
    """
    tables = folder.parent / tables_of(folder)
    successors = rows_of(tables / "successors.csv")
    if tables != folder:
        kept = {row["name"] for row in rows_of(tables / "concepts.csv")}
        renamed = {row["name"] for row in rows_of(folder / "names.csv")}
        return kept | renamed | {f"us-gaap:{row['name']}" for row in successors}
    labels = (tables / "labels.csv", *(tables / "industries").glob("*.csv"))
    found = {name for path in labels for row in rows_of(path) for name in row["concept"].split()}
    found |= {row[key] for row in rows_of(tables / "members.csv") for key in ("axis", "member")}
    states = ("before_tax", "tax", "net_of_tax")
    found |= {row[state] for row in rows_of(tables / "comprehensive.csv") for state in states if row[state]}
    return found | {f"us-gaap:{row['successor']}" for row in successors}


def of_statements(package: zipfile.ZipFile, kind: str) -> list[Arc]:
    """The arcs of the statements' linkbases of a ``kind``: presentation or calculation."""
    return [
        arc
        for file in sorted(package.namelist())
        if "/stm/" in file and f"-{kind[:3]}-" in file
        for arc in arcs(parse(package, file), f"{kind}Link", f"{kind}Arc")
    ]


def deprecated(package: zipfile.ZipFile) -> set[str]:
    """The QNames that the linkbases of deprecated elements present."""
    return {
        name
        for file in package.namelist()
        if re.search(r"/elts/us-gaap-(?:depcon|dep)-pre-", file)
        for _, *ends, _ in arcs(parse(package, file), "presentationLink", "presentationArc")
        for name in ends
    }


def schema(package: zipfile.ZipFile, prefix: str) -> tuple[etree._Element, Row]:
    """The schema of a package that declares the elements with ``prefix``, and its row of schemas.csv."""
    file = member(package, rf"/{prefix}-\d{{4}}(?:-\d\d-\d\d)?\.xsd$")
    root = parse(package, file)
    row = {"prefix": prefix, "namespace": root.get("targetNamespace", ""), "location": location(package, file)}
    return root, row


def cover(sec: Path | None, folder: Path) -> tuple[dict[str, Row], list[Row]]:
    """The cover page's elements by QName, and the schemas that declare them: of the package, or as the files have them."""
    if sec is None:
        rows = {row["name"]: row for row in rows_of(folder / "concepts.csv") if row["name"].startswith("dei:")}
        return rows, [row for row in rows_of(folder / "schemas.csv") if row["prefix"] == "dei"]
    with zipfile.ZipFile(sec) as package:
        root, row = schema(package, "dei")
    found = declared(root, "dei")
    return {f"dei:{name}": found[f"dei:{name}"] for name in COVER}, [row]


def remake(us_gaap: Path, folder: Path, sec: Path | None = None, presentations: Path | None = None) -> Facts:
    """What the files of ``folder`` are to hold."""
    with zipfile.ZipFile(us_gaap) as package:
        root, row = schema(package, "us-gaap")
        rows = declared(root, "us-gaap")
        presented = {name for _, *ends, _ in of_statements(package, "presentation") for name in ends}
        sums = sorted({arc for arc in of_statements(package, "calculation") if arc[1] in rows and arc[2] in rows})
        for name in deprecated(package) & rows.keys():
            if not rows[name]["abstract"]:
                rows[name]["deprecated"] = "true"
    of_cover, schemas = cover(sec, folder)
    wanted = presented | named(folder) | {name for arc in sums for name in arc[1:3]}
    if presentations is not None:
        types = {MONETARY, SHARES, PER_SHARE}
        wanted |= {name for name in chosen(presentations) if name in rows and rows[name]["type"] in types}
    rows.update(of_cover)
    wanted = (wanted | of_cover.keys()) & rows.keys()
    return Facts([rows[name] for name in sorted(wanted)], sums, [row, *schemas], imported(root))


def write(folder: Path, facts: Facts) -> None:
    """Write the files into ``folder``."""
    for name, rows in (("concepts", facts.concepts), ("schemas", facts.schemas), ("types", facts.types)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    with (folder / "calculations.csv").open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        plain.writerow(["role", "parent", "child", "weight"])
        plain.writerows(facts.sums)


def main() -> None:
    """Read the arguments, remake the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("us_gaap", type=Path, help="the package of US-GAAP")
    parser.add_argument("folder", type=Path, help="the taxonomy's folder")
    parser.add_argument("--sec", type=Path, help="the package that holds dei")
    parser.add_argument("--presentations", type=Path, help="statements as filers tagged them")
    given = parser.parse_args()
    write(given.folder, remake(given.us_gaap, given.folder, given.sec, given.presentations))


if __name__ == "__main__":
    main()
