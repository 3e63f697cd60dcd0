"""Older taxonomies: lines are mapped by the tables, which name a later taxonomy's elements, and then called as of old.

What the older taxonomy has no element for goes the way of a line that no row claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.mapping.sections import enclosing
from converter.mapping.table import CERTAIN, Match
from converter.mapping.words import ANY, forms, normal_form, open_phrase
from converter.model.report import Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from converter.mapping.match import Claim
    from converter.mapping.table import ConceptTable
    from converter.model.report import Concept
    from converter.model.statement import Statement, StatementKind
    from converter.taxonomy import Ancestor, Taxonomy


def called(
    taxonomy: Taxonomy, name: str, kind: StatementKind | None, section: str = "", label: str = ""
) -> Ancestor | None:
    """What ``taxonomy`` calls the element that its tables call ``name``, on a line with ``label``; None where nothing.

    A row for a statement does not hold where no ``kind`` of one is told.
    """
    for found in taxonomy.ancestors(name):
        holds = not found.statement or (kind is not None and found.statement == kind.value)
        if holds and found.section in {"", *enclosing(section)} and _says(label, found.label):
            return found
    return None


def concept_of(
    taxonomy: Taxonomy, name: str, kind: StatementKind | None, section: str = "", label: str = ""
) -> Concept | None:
    """The concept of ``taxonomy`` for the element that its tables call ``name``; None where it has none."""
    found = called(taxonomy, name, kind, section, label)
    return taxonomy[found.name] if found is not None else None


def as_called(claims: Mapping[int, Claim], statement: Statement, taxonomy: Taxonomy) -> dict[int, Claim]:
    """``claims`` with the names that the older ``taxonomy`` has for what the lines mean."""
    return {
        index: claim._replace(
            match=claim.match and _renamed(claim.match, claim.section, statement, index, taxonomy),
            candidates=tuple(_candidates(claim, statement, index, taxonomy)),
        )
        for index, claim in claims.items()
    }


def phrases_of(table: ConceptTable, taxonomy: Taxonomy) -> Callable[[AbstractSet[str]], Iterator[tuple[str, str]]]:
    """``table.phrases`` with the names of an older ``taxonomy``."""

    def phrases(heads: AbstractSet[str]) -> Iterator[tuple[str, str]]:
        for form, name in table.phrases(heads):
            found = called(taxonomy, name, None, label=form)
            if found is not None:
                yield form, found.name

    return phrases


def _says(label: str, phrase: str) -> bool:
    """Whether ``label`` has the words of ``phrase``, in which a star stands for any; an empty one says nothing."""
    form = normal_form(phrase)
    matches = open_phrase(form).matches if ANY in form.split() else form.__eq__
    return not form or any(map(matches, forms(label)))


def _renamed(match: Match, section: str, statement: Statement, index: int, taxonomy: Taxonomy) -> Match:
    label = statement.lines[index].label
    names, origins, missing = [], [], []
    for name in match.concepts:
        if match.confidence >= CERTAIN and name in taxonomy:  # the user says what it is called
            names.append(name)
            continue
        found = called(taxonomy, name, statement.kind, section, label)
        if found is None:
            missing.append(f"{taxonomy.name} has no element for {name}")
        else:
            names.append(found.name)
            if found.origin:
                origins.append(f"{found.origin} for {name}")
    return match._replace(concepts=tuple(dict.fromkeys(names)), rule="; ".join([match.rule, *origins, *missing]))


def _candidates(claim: Claim, statement: Statement, index: int, taxonomy: Taxonomy) -> Iterator[Candidate]:
    """Those that the older taxonomy has, each once; the likeliest first."""
    offered = set()
    for candidate in claim.candidates:
        name = candidate.concept.name
        concept = concept_of(taxonomy, name, statement.kind, claim.section, statement.lines[index].label)
        if concept is not None and concept.name not in offered:
            offered.add(concept.name)
            yield Candidate(concept=concept, score=candidate.score)
