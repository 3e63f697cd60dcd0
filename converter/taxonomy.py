"""What a concept is: name, type, period type, balance; and where the schema that declares it lies.

A taxonomy is a folder of tables under ``taxonomy/`` (``concepts.csv``, ``schemas.csv``, ``types.csv`` and the
tables of the mapping). The concept list holds facts about published elements, not the published files.
The folder of an older taxonomy has no tables of the mapping: ``taxonomy.toml`` says whose name its elements, and
``names.csv`` what they were called.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from converter import resources
from converter.errors import UsageError
from converter.model.report import Concept, Schema, TypeSchema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MONETARY = "xbrli:monetaryItemType"
SHARES = "xbrli:sharesItemType"
PER_SHARE = "dtr-types:perShareItemType"
US_GAAP = "us-gaap"
NAMES_FILE = "names.csv"
SUCCESSORS_FILE = "successors.csv"


class Ancestor(NamedTuple):
    """What an older taxonomy calls an element of the tables, on the lines for which the conditions hold.

    ``name`` is a QName. An empty ``statement``, ``section`` or ``label`` holds anywhere; ``label`` is a phrase as in
    ``labels.csv``. ``origin`` is where that is said (``names.csv:12``), empty for an element that has kept its name.
    """

    name: str
    origin: str = ""
    statement: str = ""
    section: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """A published taxonomy as its folder of tables describes it.

    ``later`` is the taxonomy whose tables name the elements of an older one; None where its own tables do.
    """

    name: str
    folder: Path
    schemas: tuple[Schema, ...]
    types: tuple[TypeSchema, ...]
    later: Taxonomy | None = None

    @property
    def tables(self) -> Path:
        """The folder of the tables that name its elements: ``labels.csv``, ``sections.csv``, ``ranker.npz`` ..."""
        return self.folder if self.later is None else self.later.folder

    @cached_property
    def spoken(self) -> Taxonomy:
        """Its concepts, and those that its tables name although it lacks them: all that may be said of a line."""
        if self.later is None:
            return self
        return _Spoken(name=self.name, folder=self.folder, schemas=self.schemas, types=self.types, later=self.later)

    @cached_property
    def _rows(self) -> Mapping[str, tuple[str, ...]]:
        return _concept_list(self.folder)

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

    def ancestors(self, name: str) -> tuple[Ancestor, ...]:
        """What it calls the element that its tables call ``name``; the first counts whose conditions hold.

        First the rows of ``names.csv``; then the name itself, where it has it, or else the one element whose
        successor is ``name``.
        """
        told = self._renamed.get(name, ())
        return (*told, Ancestor(name)) if name in self else (*told, *self._succeeded.get(name, ()))

    @cached_property
    def _renamed(self) -> Mapping[str, list[Ancestor]]:
        """The rows of ``names.csv`` by the name in the tables."""
        found: dict[str, list[Ancestor]] = defaultdict(list)
        if self.later is not None:
            with (self.folder / NAMES_FILE).open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                for row in reader:
                    conditions = (row["statement"], row["section"], row["label"])
                    found[row["concept"]].append(Ancestor(row["name"], f"{NAMES_FILE}:{reader.line_num}", *conditions))
        return found

    @cached_property
    def _succeeded(self) -> Mapping[str, list[Ancestor]]:
        """``successors.csv`` read backwards, where one element alone that was not given up yet leads to another."""
        found: dict[str, set[str]] = defaultdict(set)
        if self.later is not None:
            with (self.tables / SUCCESSORS_FILE).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    old = f"{US_GAAP}:{row['name']}"
                    if old in self and not self[old].deprecated:
                        found[f"{US_GAAP}:{row['successor']}"].add(old)
        return {name: [Ancestor(old.pop(), SUCCESSORS_FILE)] for name, old in found.items() if len(old) == 1}


class _Spoken(Taxonomy):
    """An older taxonomy with the concepts of the later one that it lacks."""

    @cached_property
    def _rows(self) -> Mapping[str, tuple[str, ...]]:
        return {**_concept_list(self.tables), **_concept_list(self.folder)}


def _concept_list(folder: Path) -> dict[str, tuple[str, ...]]:
    with (folder / "concepts.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: tuple(row) for row in rows}  # tuples of text cost the garbage collector nothing


def tables_of(folder: Path) -> str:
    """The name of the taxonomy whose tables name the elements of that in ``folder``: its own, unless it says another."""
    settings = folder / "taxonomy.toml"
    if not settings.is_file():
        return folder.name
    import tomllib  # noqa: PLC0415 - only an older taxonomy has such a file

    return str(tomllib.loads(settings.read_text(encoding="utf-8"))["tables"])


@cache
def load(name: str) -> Taxonomy:
    """The taxonomy called ``name`` (``us-gaap-2024``); UsageError names those that there are."""
    root = resources.folder("taxonomy")
    folder = root / name
    if name in {"", ".", ".."} or "/" in name or "\\" in name or not (folder / "schemas.csv").is_file():
        known = ", ".join(sorted(path.parent.name for path in root.glob("*/schemas.csv")))
        raise UsageError(f"there is no taxonomy called {name!r}", hint=f"choose one of: {known}")
    tables = tables_of(folder)
    return Taxonomy(
        name=name,
        folder=folder,
        schemas=tuple(Schema(*row) for row in _table(folder / "schemas.csv")),
        types=tuple(
            TypeSchema(prefix, namespace, location, frozenset(types.split()))
            for prefix, namespace, location, types in _table(folder / "types.csv")
        ),
        later=None if tables == name else load(tables),
    )


def _table(path: Path) -> list[list[str]]:
    """The rows of a table without that of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
