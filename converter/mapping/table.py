"""The concept table: label phrases, scoped by statement and section, naming concepts; in layers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import UsageError
from converter.mapping.sections import enclosing
from converter.mapping.words import ANY, forms, head, normal_form, normal_forms, open_phrase, whole_form
from converter.model.findings import Finding, Severity
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from converter.taxonomy import Taxonomy

COLUMNS = ("label", "concept", "statement", "section")
LABELS_FILE = "labels.csv"
INDUSTRIES = "industries"  # the folder of the tables that hold for one industry each
UNLABELLED = "(subtotal)"
NO_CONCEPT = "-"
# A cash flow statement has both: flows, and the balances of cash.
_PERIOD_TYPES = {"balance-sheet": "instant", "income-statement": "duration", "comprehensive-income": "duration"}
_OF = {"instant": "a date", "duration": "a period"}
_KINDS = frozenset(kind.value for kind in StatementKind)


# How sure a row is that has all words of a label, one that leaves words open, and one for a line without words.
CERTAIN = 1.0  # what the user says, over which nothing else wins
_PHRASE = 0.98
_OPEN_PHRASE = 0.9
_UNLABELLED = 0.88


class Match(NamedTuple):
    """The QNames that a line means, what chose them in words (``facts.csv``, ``explain``), and how sure it is, 0 to 1."""

    concepts: tuple[str, ...]
    rule: str
    confidence: float


class Row(NamedTuple):
    """A row as it is written: the phrase, the QNames it stands for, its scope, and the file and line where it stands.

    The concept ``-`` says that no standard concept means what the phrase says.
    """

    label: str
    concept: str
    statement: str
    section: str
    file: str
    number: int
    is_users: bool

    @property
    def concepts(self) -> tuple[str, ...]:
        """The QNames."""
        return () if self.concept == NO_CONCEPT else tuple(self.concept.split())

    @property
    def origin(self) -> str:
        """Where the row stands: ``labels.csv:12``."""
        return f"{self.file}:{self.number}"

    def match(self, confidence: float) -> Match:
        """The claim of this row on a line; a row of the user's own is as sure as can be."""
        confidence = CERTAIN if self.is_users else confidence
        scope = f" in {self.section}" if self.section else ""
        return Match(
            concepts=self.concepts, rule=f"{self.origin} {self.label!r}{scope}", confidence=round(confidence, 2)
        )


@dataclass(frozen=True)
class Layer:
    """The rows of one file by (statement, section, normal form)."""

    rows: Mapping[tuple[str, str, str], Row]

    def exact(self, kind: StatementKind, scopes: Sequence[str], form: str, sure: float) -> Match | None:
        """The claim of the row with the words ``form``, ``sure`` as it is in its own section."""
        for distance, scope in enumerate(scopes):
            row = self.rows.get((kind.value, scope, form))
            if row is not None:
                return row.match(max(sure - (0.03 if scope == "" and distance else 0.01 * distance), 0.8))
        return None

    def open(self, kind: StatementKind, scopes: Sequence[str], form: str) -> Match | None:
        """The claim of the row that leaves words open and says the most of ``form``; of several, of the first."""
        words = {*form.split(), ""}
        for distance, scope in enumerate(scopes):
            claims = [
                (-said, row.number, row)
                for word in words
                for said, phrase, row in self.patterns.get((kind.value, scope, word), ())
                if open_phrase(phrase).matches(form)
            ]
            if claims:
                return min(claims)[-1].match(_OPEN_PHRASE - 0.01 * distance)
        return None

    @cached_property
    def patterns(self) -> Mapping[tuple[str, str, str], list[tuple[int, str, Row]]]:
        """The rows whose phrases leave words open, each with how many words it says and its form, by statement, section
        and its longest word.
        """
        found: dict[tuple[str, str, str], list[tuple[int, str, Row]]] = {}
        for (statement, section, form), row in self.rows.items():
            if ANY in form:
                words = [word for word in form.split() if word != ANY]
                longest = max(words, key=len, default="")
                found.setdefault((statement, section, longest), []).append((len(words), form, row))
        return found

    @cached_property
    def phrases(self) -> Mapping[str, list[tuple[str, str]]]:
        """The normal forms that some row gives a concept by itself, with its QName, by their heads."""
        found: dict[str, list[tuple[str, str]]] = {}
        for (_, _, form), row in self.rows.items():
            if ANY not in form and len(row.concepts) == 1:
                found.setdefault(head(form), []).append((form, row.concept))
        return found


@dataclass(frozen=True, kw_only=True)
class ConceptTable:
    """The layers of the table, the one that wins first."""

    layers: tuple[Layer, ...]

    def find(self, label: str, kind: StatementKind, section: str) -> Match | None:
        """The row that claims ``label``: of the latest layer, the one with all its words, else one that leaves
        words open (``*``), else one with the words of its head; of several, that of the nearest section.
        """
        printed = forms(label) if label else (normal_form(UNLABELLED),)
        if not printed:  # a label of brackets or dashes alone
            return None
        scopes = enclosing(section)
        whole = whole_form(label)
        for layer in self.layers:
            match = layer.exact(kind, scopes, whole, _PHRASE) if whole != printed[0] else None
            match = match or layer.exact(kind, scopes, printed[0], _PHRASE if label else _UNLABELLED)
            match = match or layer.open(kind, scopes, printed[0])
            for depth, form in enumerate(printed[1:], 1):
                match = match or layer.exact(kind, scopes, form, _PHRASE - 0.02 * depth)
            if match is not None:
                return match
        return None

    def phrases(self, heads: AbstractSet[str]) -> Iterator[tuple[str, str]]:
        """The normal forms with one of ``heads`` that some row gives a concept by itself, with its QName."""
        for layer in self.layers:
            for known in layer.phrases.keys() & heads:
                yield from layer.phrases[known]


def load(taxonomy: Taxonomy, layers: Sequence[Path], industry: str = "") -> tuple[ConceptTable, tuple[Finding, ...]]:
    """The shipped table of ``taxonomy``, for ``industry`` if one is named, under the user's ``layers``; a later layer wins.

    UsageError for a file that is no table or names an unknown concept; findings for rows in conflict.
    """
    findings: list[Finding] = []
    made = [_shipped(taxonomy.tables, industry)]
    made += [_layer(path, path.name, taxonomy.spoken, findings) for path in layers]
    return ConceptTable(layers=tuple(reversed(made))), tuple(findings)


@cache
def _shipped(folder: Path, industry: str) -> Layer:
    """The table that comes with the taxonomy, whose rows the tests hold against the concept list.

    A row of the ``industry`` takes the place of the one that says the same phrase in the same section to everyone.
    """
    if not industry:
        return _layer(folder / LABELS_FILE, LABELS_FILE, None, [])
    name = f"{INDUSTRIES}/{industry}.csv"
    return Layer({**_shipped(folder, "").rows, **_layer(folder / name, name, None, []).rows})


def _layer(path: Path, name: str, taxonomy: Taxonomy | None, findings: list[Finding]) -> Layer:
    """One file, which rules call ``name``; ``taxonomy`` is given for a user's file, whose rows have to be checked."""
    rows = _rows(path, name, is_users=taxonomy is not None)
    if taxonomy is None:
        forms_of_rows = normal_forms(row.label for row in rows)
        return Layer({(row.statement, row.section, form): row for row, form in zip(rows, forms_of_rows, strict=True)})
    layer: dict[tuple[str, str, str], Row] = {}
    fighting: set[tuple[str, str, str]] = set()
    for row in rows:
        _check(row, taxonomy)
        key = (row.statement, row.section, whole_form(row.label))
        other = layer.get(key)
        if other is not None and other.concepts != row.concepts:
            findings.append(
                Finding(
                    code="table.conflict",
                    severity=Severity.WARNING,
                    message=f"two rows claim {row.label!r}: {other.origin} says {' '.join(other.concepts)}, "
                    f"{row.origin} says {' '.join(row.concepts)}; neither is used",
                    hint="delete one of them or give them different sections",
                )
            )
            fighting.add(key)
        layer[key] = row
    for key in fighting:
        del layer[key]
    return Layer({**_without_references(layer), **layer})


def _without_references(layer: Mapping[tuple[str, str, str], Row]) -> dict[tuple[str, str, str], Row]:
    """The rows of ``layer`` by labels without what refers to the notes, where those of one label say the same."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in layer.values():
        found.setdefault((row.statement, row.section, normal_form(row.label)), []).append(row)
    return {key: rows[0] for key, rows in found.items() if len({row.concepts for row in rows}) == 1}


def _rows(path: Path, name: str, *, is_users: bool) -> list[Row]:
    """The rows that have a label."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise UsageError(
                    f"{path}: the concept table lacks the column {missing[0]!r}",
                    hint=f"its first row names the columns: {', '.join(COLUMNS)}",
                )
            cells_of = itemgetter(*map(header.index, COLUMNS))
            blank = [""] * len(header)
            told = (cells_of(cells if len(cells) >= len(header) else cells + blank) for cells in reader)
            return [
                Row(label.strip(), concept.strip(), statement.strip(), section.strip(), name, reader.line_num, is_users)
                for label, concept, statement, section in told
                if label
            ]
    except OSError as error:
        raise UsageError(
            f"{path}: the concept table cannot be read: {error.strerror}", hint="check the name and the folder"
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"{path}: cannot be read as a concept table: {error}", hint="give a CSV file in UTF-8"
        ) from error


def _check(row: Row, taxonomy: Taxonomy) -> None:
    if row.statement not in _KINDS:
        raise UsageError(
            f"{row.origin}: {row.statement!r} is no statement",
            hint=f"choose one of: {', '.join(sorted(_KINDS))}",
        )
    if not row.concept:
        raise UsageError(
            f"{row.origin}: the row names no concept",
            hint=f"fill its column 'concept'; {NO_CONCEPT} says that no standard element fits",
        )
    for name in row.concepts:
        if name not in taxonomy:
            raise UsageError(
                f"{row.origin}: the taxonomy {taxonomy.name} has no concept {name!r}",
                hint="write it as us-gaap:Name and check the spelling",
            )
        if taxonomy[name].abstract:
            raise UsageError(f"{row.origin}: {name} is abstract and cannot bear a value", hint="name another concept")
        wanted = _PERIOD_TYPES.get(row.statement)
        if wanted is not None and taxonomy[name].period_type != wanted:
            raise UsageError(
                f"{row.origin}: {name} is of {_OF[taxonomy[name].period_type]}, which no line of the {row.statement} is",
                hint=f"name a concept of {_OF[wanted]}, or another statement",
            )
