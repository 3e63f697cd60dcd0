"""Looks at the taxonomy packages that a user gave, before anything is run with them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from converter.model.report import Schema

_METADATA = "META-INF/taxonomyPackage.xml"
_CATALOG = "META-INF/catalog.xml"


def check(packages: Iterable[Path]) -> None:
    """UsageError for the first of ``packages`` that is missing or no taxonomy package."""
    for package in packages:
        if not package.is_file():
            raise UsageError(
                f"there is no taxonomy package {package}",
                hint="check the name and the folder; a package is the ZIP file as its publisher offers it",
            )
        if "|" in str(package.resolve()):
            raise UsageError(
                f'the path of the package {package} has a "|" in it, which parts packages for Arelle',
                hint="move it to a folder, or give it a name, without that character",
            )
        if not _is_package(package):
            raise UsageError(
                f"{package} is not a taxonomy package: it is no ZIP file that holds {_METADATA}",
                hint="give the ZIP file as its publisher offers it, for US-GAAP "
                "https://xbrl.fasb.org/us-gaap/2024/us-gaap-2024.zip",
            )


def lacking(packages: Iterable[Path], schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    """Those of ``schemas`` to whose locations no catalog of ``packages`` leads (Taxonomy Package 1.0, section 4)."""
    covered = tuple(start for package in packages for start in _rewritten(package))
    return tuple(schema for schema in schemas if not schema.location.startswith(covered))


def _rewritten(package: Path) -> Iterator[str]:
    """What the locations start with that a package holds; nothing where its catalog cannot be read, as Arelle will say."""
    with zipfile.ZipFile(package) as archive:
        catalogs = [archive.read(name) for name in archive.namelist() if f"/{name}".endswith(f"/{_CATALOG}")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for catalog in catalogs:
        try:
            root = etree.fromstring(catalog, parser)
        except etree.XMLSyntaxError:
            continue
        for rewrite in root.iter("{*}rewriteURI", "{*}rewriteSystem"):
            start = rewrite.get("uriStartString") or rewrite.get("systemIdStartString")
            if start:
                yield start


def _is_package(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(f"/{name}".endswith(f"/{_METADATA}") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
