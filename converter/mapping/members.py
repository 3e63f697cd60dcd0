"""Parts of the whole: from the words that name a part to the axis and the member that mean it."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING

from converter.mapping.older import concept_of
from converter.mapping.words import OpenPhrase, normal_form
from converter.model.report import Concept, Member
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from converter.model.statement import Statement
    from converter.taxonomy import Taxonomy

MEMBERS_FILE = "members.csv"
COMPONENTS = "us-gaap:StatementEquityComponentsAxis"
CLASSES = "us-gaap:StatementClassOfStockAxis"
_SEGMENTS = "us-gaap:StatementBusinessSegmentsAxis"
_ENTITIES = "dei:LegalEntityAxis"
_DOMAIN_ITEM = "dtr-types:domainItemType"
_COMPANY = re.compile(
    r"\b(?:inc|corp(?:oration)?|co|company|companies|ltd|limited|l\.?p|n\.?v|b\.?v|plc|parent|subsidiar(?:y|ies)|affiliates|trust|bank)\b\.?",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\b(?:class|series) [a-z]\b", re.IGNORECASE)
_LONGEST_NAME = 100


class Parts:
    """The members of a report: those of the table, and those of the company's own, gathered as they are needed."""

    def __init__(self, taxonomy: Taxonomy, prefix: str):
        """``prefix`` is that of the company's own elements."""
        self._taxonomy = taxonomy
        self._prefix = prefix
        self.own: dict[str, Concept] = {}

    def of_columns(self, statement: Statement) -> list[tuple[Member, ...]]:
        """The members of each column of ``statement``: two columns that are called otherwise have members of their own."""
        found = [self.members(statement.kind, (column.part, statement.part)) for column in statement.columns]
        called: dict[tuple[Member, ...], set[str]] = {}
        for members, column in zip(found, statement.columns, strict=True):
            called.setdefault(members, set()).add(column.part)
        return [
            self.members(statement.kind, (column.part, statement.part), own=True)
            if members and len(called[members]) > 1
            else members
            for members, column in zip(found, statement.columns, strict=True)
        ]

    def members(self, kind: StatementKind, words: Iterable[str], *, own: bool = False) -> tuple[Member, ...]:
        """The members that the ``words`` of a column and of its statement name, one for each axis, in its order.

        ``own`` asks for members of the company's own.
        """
        found: dict[str, Member] = {}
        for part in words:
            if part:
                member = self._member(kind, part, own=own)
                found.setdefault(member.axis, member)
        return tuple(found[axis] for axis in sorted(found))

    def _member(self, kind: StatementKind, part: str, *, own: bool) -> Member:
        form = normal_form(part)
        axis = COMPONENTS if kind is StatementKind.EQUITY else _ENTITIES if _COMPANY.search(part) else _SEGMENTS
        for phrase, of_axis, name in _phrases(self._taxonomy.tables):
            if of_axis == axis and phrase.matches(form) and not own:
                concept = concept_of(self._taxonomy, name, kind)
                if concept is not None:
                    return Member(axis=axis, concept=concept)
        return Member(axis=axis, concept=self._own(part))

    def class_of(self, label: str) -> tuple[Member, ...]:
        """The class or series of stock that a label begins with or names; none where it names none."""
        named = _CLASS.search(label)
        name = _classes(self._taxonomy.tables).get(named.group().lower()) if named else None
        concept = concept_of(self._taxonomy, name, None) if name else None
        return (Member(axis=CLASSES, concept=concept),) if concept is not None else ()

    def _own(self, part: str) -> Concept:
        words = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", part))
        start = words if words[:1].isalpha() else f"Part{words}"
        name = f"{self._prefix}:{start[:_LONGEST_NAME]}Member"
        return self.own.setdefault(
            name,
            Concept(
                name=name,
                type=_DOMAIN_ITEM,
                period_type="duration",
                abstract=True,
                label=f"{' '.join(part.split())} [Member]",
            ),
        )


@cache
def _classes(folder: Path) -> Mapping[str, str]:
    """The members of classes and series of stock by their names, "class a": a letter is a word here, not an article."""
    with (folder / MEMBERS_FILE).open(encoding="utf-8", newline="") as file:
        return {
            named.group().lower(): row["member"]
            for row in csv.DictReader(file)
            if row["axis"] == CLASSES and (named := _CLASS.search(row["label"]))
        }


@cache
def _phrases(folder: Path) -> Sequence[tuple[OpenPhrase, str, str]]:
    """The rows of the table: phrase, axis, member; those that say the most come first."""
    with (folder / MEMBERS_FILE).open(encoding="utf-8", newline="") as file:
        rows = [(normal_form(row["label"]), row["axis"], row["member"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: -len(row[0]))
    return [(OpenPhrase(form), axis, member) for form, axis, member in rows]
