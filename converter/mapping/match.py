"""Lines to concepts: the row that claims each line, and where none does, what the ranker holds most probable.

A statement is settled as a whole: no two of its lines mean one concept, and what a line means bears on
its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.minority import settled
from converter.mapping.ranker import Item
from converter.mapping.sections import enclosing, sections_of
from converter.mapping.signs import is_contradicted, weights_of
from converter.mapping.table import UNLABELLED, ConceptTable, Match
from converter.model.report import Candidate
from converter.model.statement import LineKind, Measure, StatementKind
from converter.taxonomy import MONETARY, PER_SHARE, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.mapping.drafts import Draft
    from converter.mapping.ranker import Fit, Ranker
    from converter.model.periods import Period
    from converter.model.statement import Line, Statement
    from converter.taxonomy import Taxonomy

_TYPES = {Measure.MONEY: MONETARY, Measure.SHARES: SHARES, Measure.PER_SHARE: PER_SHARE}
# Sections whose only total is that of all their lines.
_ADDED_UP_ONCE = frozenset({"current-assets", "current-liabilities", "equity", "costs-and-expenses", "revenues"})
_TOTAL = re.compile(r"total\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:at|on|as of),? (?P<month>[a-z]{3})[a-z]*\.? (?P<day>\d{1,2})\b")
_CANDIDATES = 5
_MOST_RANKED = 1500  # lines without a row: more have no statement that people print
_PASSES = 2  # the second knows what the first holds the neighbours for
_RULE = "the ranker: the most probable concept for the label, its section and its neighbours"


class Claim(NamedTuple):
    """What is known of a line with amounts: its section, what it means or None, and the ranker's candidates."""

    section: str
    match: Match | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What lines are looked up in; ``accept`` is the least probability that makes the ranker's first a tag."""

    table: ConceptTable
    taxonomy: Taxonomy
    ranker: Ranker | None
    accept: float


def claims_of(statement: Statement, lookup: Lookup, earlier: Iterable[Draft] = ()) -> Mapping[int, Claim]:
    """The claim of every line that bears amounts, by its index; ``earlier`` are the facts of the statements before."""
    claims = _without_repeats(settled(_claims_of_rows(statement, lookup), statement, earlier), statement)
    without = sum(1 for claim in claims.values() if claim.match is None)
    if lookup.ranker is None or without > _MOST_RANKED:
        return claims
    return _ranked(claims, statement, lookup, lookup.ranker)


def _claims_of_rows(statement: Statement, lookup: Lookup) -> dict[int, Claim]:
    """The rows of the concept table that claim the lines."""
    table, taxonomy = lookup.table, lookup.taxonomy
    claims: dict[int, Claim] = {}
    parts = {sum_.total: [index for index, _ in sum_.parts] for sum_ in statement.sums}
    sections = sections_of(statement, taxonomy.folder)
    last_items = _last_items(statement, sections)
    weights = weights_of(statement)
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
        if match is not None and statement.kind is StatementKind.BALANCE_SHEET:
            concepts = (taxonomy[name] for name in match.concepts)
            if any(is_contradicted(line, weights.get(index), concept, section) for concept in concepts):
                match = None
        claims[index] = Claim(section=section, match=match)
    return claims


def _ranked(claims: Mapping[int, Claim], statement: Statement, lookup: Lookup, ranker: Ranker) -> dict[int, Claim]:
    """``claims`` with what the ranker says of the lines without a row, the surest first."""
    found = dict(claims)
    fits = {
        index: fit
        for index, claim in claims.items()
        if claim.match is None and (fit := _fit(statement, index, claim, lookup, ranker)) is not None
    }
    order = list(claims)
    above_of = dict(zip(order[1:], order, strict=False))
    below_of = dict(pairwise(order))
    beside: dict[int, tuple[str | None, str | None]] = {}
    ranks: dict[int, list[tuple[str, float]]] = {}
    for _ in range(_PASSES if fits else 0):
        for index, fit in fits.items():
            neighbours = _first_name(found, above_of.get(index)), _first_name(found, below_of.get(index))
            if beside.get(index) != neighbours:
                beside[index], ranks[index] = neighbours, ranker.rank(fit, *neighbours)
        taken = {name: at for at, claim in found.items() if at not in ranks for name in _names(claim)}
        for index in sorted(ranks, key=lambda at: (-max(p for _, p in ranks[at]), at)):
            free = [
                (name, p)
                for name, p in ranks[index]
                if not name or name not in taken or _may_repeat(statement, taken[name], index)
            ]
            total = sum(p for _, p in free) or 1.0
            likely = [(name, p / total) for name, p in free]
            name, probability = likely[0]
            match = None
            if name and probability >= lookup.accept:
                taken[name] = index
                match = Match(concepts=(name,), rule=_RULE, confidence=round(probability, 2))
            offers = [(name, p) for name, p in likely if name][:_CANDIDATES]
            found[index] = Claim(
                section=claims[index].section,
                match=match,
                candidates=tuple(Candidate(concept=lookup.taxonomy[name], score=round(p, 2)) for name, p in offers),
            )
    return found


def _fit(statement: Statement, index: int, claim: Claim, lookup: Lookup, ranker: Ranker) -> Fit | None:
    """What the ranker says of a line by itself; nothing of one without words."""
    line = statement.lines[index]
    if not line.label:
        return None
    measure = next(amount.measure for amount in line.amounts if amount is not None)
    allowed = lookup.taxonomy.of_type(_TYPES.get(measure, ""))
    return ranker.fit(statement.kind.value, Item(line.label, claim.section), allowed)


def _first_name(claims: Mapping[int, Claim], index: int | None) -> str | None:
    """The concept of a neighbouring line, where there is one and its concept is known."""
    names = () if index is None else _names(claims[index])
    return names[0] if names else None


def _names(claim: Claim) -> tuple[str, ...]:
    return claim.match.concepts if claim.match is not None else ()


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
    return all(taxonomy[name].type == _TYPES.get(measure) for name in match.concepts)


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
    return {
        index: Claim(section=claim.section, match=None) if index in lost else claim for index, claim in claims.items()
    }


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


def is_opening(line: Line, periods: Iterable[Period | None]) -> bool:
    """Whether a line of a cash flow statement is the balance at the beginning of one of ``periods``.

    The words say so, or they name its first day: "Cash at January 1".
    """
    label = line.label.lower()
    if "beginning" in label or "start of" in label:
        return True
    named = _DAY.search(label)
    return named is not None and any(
        period is not None
        and period.start is not None
        and f"{period.start:%b}".lower() == named["month"]
        and period.start.day == int(named["day"])
        for period in periods
    )
