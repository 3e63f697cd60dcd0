"""Looks at the taxonomy packages that a user gave, before anything is run with them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_METADATA = "META-INF/taxonomyPackage.xml"


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


def _is_package(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(f"/{name}".endswith(f"/{_METADATA}") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
