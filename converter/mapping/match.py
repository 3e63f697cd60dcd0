"""Lines to concepts: the row that claims each line, and what the ranker makes of it.

A statement is settled as a whole: no two of its lines mean one concept, and what a line means bears on
its neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.cash import is_opening, settled_cash
from converter.mapping.comprehensive import settled_changes
from converter.mapping.costs import settled_totals
from converter.mapping.minority import settled
from converter.mapping.older import as_called
from converter.mapping.ranked import TYPES, ranked
from converter.mapping.sections import enclosing, sections_of
from converter.mapping.signs import is_contradicted, weights_of
from converter.mapping.table import UNLABELLED, ConceptTable, Match
from converter.model.statement import LineKind, StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.mapping.drafts import Draft
    from converter.mapping.ranker import Ranker
    from converter.model.report import Candidate
    from converter.model.statement import Line, Statement
    from converter.taxonomy import Taxonomy

# Sections whose only total is that of all their lines.
_ADDED_UP_ONCE = frozenset({"current-assets", "current-liabilities", "equity", "costs-and-expenses", "revenues"})
_TOTAL = re.compile(r"total\b", re.IGNORECASE)
_MOST_RANKED = 5000  # lines: more has no statement that people print


class Claim(NamedTuple):
    """What is known of a line with amounts: its section, what it means or None, and the ranker's candidates."""

    section: str
    match: Match | None
    candidates: tuple[Candidate, ...] = ()


class Lookup(NamedTuple):
    """What lines are looked up in; ``accept`` is the least probability that makes the ranker's first a tag.

    ``taxonomy`` has all concepts that the table and the ranker name; ``older``, if given, is what claims are told in.
    """

    table: ConceptTable
    taxonomy: Taxonomy
    ranker: Ranker | None
    accept: float
    older: Taxonomy | None = None


def claims_of(statement: Statement, lookup: Lookup, earlier: Iterable[Draft] = ()) -> Mapping[int, Claim]:
    """The claim of every line that bears amounts, by its index; ``earlier`` are the facts of the statements before."""
    weights = weights_of(statement)
    claims: Mapping[int, Claim] = _claims_of_rows(statement, lookup, weights)

    def may_mean(index: int, name: str, other: int | None) -> bool:
        if other is not None and not _may_repeat(statement, other, index):
            return False
        return not _is_against(statement, index, (name,), claims[index].section, weights, lookup.taxonomy)

    if lookup.ranker is not None and len(claims) <= _MOST_RANKED:
        claims = ranked(claims, statement, lookup, lookup.ranker, may_mean)
    claims = settled(settled_totals(claims, statement), statement, earlier)
    claims = settled_changes(claims, statement, lookup.taxonomy.tables)
    claims = settled_cash(claims, statement, earlier)
    if lookup.older is not None:
        claims = as_called(claims, statement, lookup.older)
    return _without_repeats(claims, statement)


def _claims_of_rows(statement: Statement, lookup: Lookup, weights: Mapping[int, int]) -> dict[int, Claim]:
    """The rows of the concept table that claim the lines."""
    table, taxonomy = lookup.table, lookup.taxonomy
    claims: dict[int, Claim] = {}
    parts = {sum_.total: [index for index, _ in sum_.parts] for sum_ in statement.sums}
    sections = sections_of(statement, taxonomy.tables)
    last_items = _last_items(statement, sections)
    for index, (line, section) in enumerate(zip(statement.lines, sections, strict=True)):
        if line.kind is LineKind.CAPTION:
            continue
        match = None
        if line.label:
            match = table.find(line.label, statement.kind, section)
        elif "assets" in enclosing(section) and any(
            _is_contra(claims.get(part), taxonomy) for part in parts.get(index, ())
        ):
            match = table.find(f"{UNLABELLED[:-1]} net)", statement.kind, section)
        elif last_items.get(section, -1) <= index or section not in _ADDED_UP_ONCE:  # else it sums up a part only
            match = table.find("", statement.kind, section)
        if match is not None and not _fits(match, line, taxonomy):
            match = None
        if match is not None and _is_against(statement, index, match.concepts, section, weights, taxonomy):
            match = None
        claims[index] = Claim(section=section, match=match)
    return claims


def _is_against(
    statement: Statement,
    index: int,
    names: Iterable[str],
    section: str,
    weights: Mapping[int, int],
    taxonomy: Taxonomy,
) -> bool:
    """Whether the arithmetic of a balance sheet speaks against a line's meaning one of ``names``."""
    return statement.kind is StatementKind.BALANCE_SHEET and any(
        is_contradicted(statement.lines[index], weights.get(index), taxonomy[name], section) for name in names
    )


def _last_items(statement: Statement, sections: Sequence[str]) -> Mapping[str, int]:
    """The last line of each section that is no total: a total without words above it sums up a part of the section."""
    return {
        section: at
        for at, (line, section) in enumerate(zip(statement.lines, sections, strict=True))
        if line.kind is LineKind.ITEM and not _TOTAL.match(line.label)
    }


def _is_contra(claim: Claim | None, taxonomy: Taxonomy) -> bool:
    """Whether a part of an asset total has a credit balance: depreciation or an allowance."""
    return (
        claim is not None
        and claim.match is not None
        and any(taxonomy[name].balance == "credit" for name in claim.match.concepts)
    )


def _fits(match: Match, line: Line, taxonomy: Taxonomy) -> bool:
    """Whether the concept's data type is that of the amounts."""
    measure = next(amount.measure for amount in line.amounts if amount is not None)
    return all(taxonomy[name].type == TYPES.get(measure) for name in match.concepts)


def _without_repeats(claims: Mapping[int, Claim], statement: Statement) -> Mapping[int, Claim]:
    """No two lines of a statement bear one concept, unless their values agree or they are balances of two dates.

    The surer claim stays; of two as sure, the first does.
    """
    owners: dict[str, int] = {}
    lost: set[int] = set()
    for index in sorted(claims, key=lambda at: (-_confidence(claims[at]), at)):
        match = claims[index].match
        if match is None:
            continue
        for concept in match.concepts:
            owner = owners.setdefault(concept, index)
            if owner != index and not _may_repeat(statement, owner, index):
                lost.add(index)
    return {index: claim._replace(match=None) if index in lost else claim for index, claim in claims.items()}


def _confidence(claim: Claim) -> float:
    return claim.match.confidence if claim.match else 0.0


def _may_repeat(statement: Statement, first: int, second: int) -> bool:
    periods = [column.period for column in statement.columns]
    if statement.kind is StatementKind.CASH_FLOW and is_opening(statement.lines[first], periods) != is_opening(
        statement.lines[second], periods
    ):
        return True
    return [amount and amount.value for amount in statement.lines[first].amounts] == [
        amount and amount.value for amount in statement.lines[second].amounts
    ]
