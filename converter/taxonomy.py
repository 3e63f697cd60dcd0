"""What a concept is: name, type, period type, balance; and where the schema that declares it lies.

A taxonomy is a folder of tables under ``taxonomy/`` (``concepts.csv``, ``schemas.csv``, ``types.csv`` and the
tables of the mapping). The concept list holds facts about published elements, not the published files.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from converter import resources
from converter.errors import UsageError
from converter.model.report import Concept, Schema, TypeSchema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MONETARY = "xbrli:monetaryItemType"
SHARES = "xbrli:sharesItemType"
PER_SHARE = "dtr-types:perShareItemType"


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """A published taxonomy as its folder of tables describes it."""

    name: str
    folder: Path
    schemas: tuple[Schema, ...]
    types: tuple[TypeSchema, ...]

    @cached_property
    def _rows(self) -> Mapping[str, tuple[str, ...]]:
        with (self.folder / "concepts.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            return {row[0]: tuple(row) for row in rows}  # tuples of text cost the garbage collector nothing

    @cached_property
    def _types(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, list[str]] = {}
        for name, type_, _, _, abstract, *_ in self._rows.values():
            if abstract != "true":
                found.setdefault(type_, []).append(name)
        return {type_: frozenset(names) for type_, names in found.items()}

    @cached_property
    def _made(self) -> dict[str, Concept]:
        return {}

    def __contains__(self, name: str) -> bool:
        """Whether the concept list has the QName ``name``."""
        return name in self._rows

    def __getitem__(self, name: str) -> Concept:
        """The concept with the QName ``name``; KeyError where the list lacks it."""
        concept = self._made.get(name)
        if concept is None:
            row = self._rows[name]
            concept = self._made[name] = Concept(
                name=name,
                type=row[1],
                period_type=row[2],
                balance=row[3],
                abstract=row[4] == "true",
                deprecated=row[5] == "true",
            )
        return concept

    def of_type(self, type_: str) -> frozenset[str]:
        """The QNames of the concepts that may bear a value of the data type ``type_``."""
        return self._types.get(type_, frozenset())

    def concepts(self) -> Iterable[Concept]:
        """Every concept of the list, in the list's order."""
        return (self[name] for name in self._rows)


@cache
def load(name: str) -> Taxonomy:
    """The taxonomy called ``name`` (``us-gaap-2024``); UsageError names those that there are."""
    root = resources.folder("taxonomy")
    folder = root / name
    if name in {"", ".", ".."} or "/" in name or "\\" in name or not (folder / "schemas.csv").is_file():
        known = ", ".join(sorted(path.parent.name for path in root.glob("*/schemas.csv")))
        raise UsageError(f"there is no taxonomy called {name!r}", hint=f"choose one of: {known}")
    return Taxonomy(
        name=name,
        folder=folder,
        schemas=tuple(Schema(*row) for row in _table(folder / "schemas.csv")),
        types=tuple(
            TypeSchema(prefix, namespace, location, frozenset(types.split()))
            for prefix, namespace, location, types in _table(folder / "types.csv")
        ),
    )


def _table(path: Path) -> list[list[str]]:
    """The rows of a table without that of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
