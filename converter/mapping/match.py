"""Lines to concepts: the row that claims each line, or the ranked candidates where none does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.mapping.sections import sections_of
from converter.mapping.table import UNLABELLED, ConceptTable, Match
from converter.mapping.words import forms
from converter.model.report import Candidate
from converter.model.statement import LineKind, Measure, StatementKind
from converter.taxonomy import MONETARY, PER_SHARE, SHARES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.model.statement import Line, Statement
    from converter.taxonomy import Taxonomy

_TYPES = {Measure.MONEY: MONETARY, Measure.SHARES: SHARES, Measure.PER_SHARE: PER_SHARE}
# Sections whose only total is that of all their lines.
_ADDED_UP_ONCE = frozenset({"current-assets", "current-liabilities", "equity", "costs-and-expenses", "revenues"})
_TOTAL = re.compile(r"total\b", re.IGNORECASE)
_CANDIDATES = 5
_WORST = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is known of a line with amounts: its section, and the row that claims it or None."""

    section: str
    match: Match | None


def claims_of(statement: Statement, table: ConceptTable, taxonomy: Taxonomy) -> Mapping[int, Claim]:
    """The claim of every line that bears amounts, by its index."""
    claims: dict[int, Claim] = {}
    parts = {sum_.total: [index for index, _ in sum_.parts] for sum_ in statement.sums}
    sections = sections_of(statement, taxonomy.folder)
    for index, (line, section) in enumerate(zip(statement.lines, sections, strict=True)):
        if line.kind is LineKind.CAPTION:
            continue
        match = None
        if not line.label:
            contra = any(_is_contra(claims.get(part), taxonomy) for part in parts.get(index, ()))
            if contra:
                match = table.find(f"{UNLABELLED[:-1]} net)", statement.kind, section)
            if not contra and _is_partial(statement, sections, index):
                match = None
            else:
                match = match or table.find("", statement.kind, section)
        else:
            match = table.find(line.label, statement.kind, section)
        if match is not None and not _fits(match, line, taxonomy):
            match = None
        claims[index] = Claim(section=section, match=match)
    return _without_repeats(claims, statement)


def _is_partial(statement: Statement, sections: Sequence[str], index: int) -> bool:
    """Whether a total without words leaves lines of its section to come: it sums up a part of it."""
    if sections[index] not in _ADDED_UP_ONCE:
        return False
    rest = range(index + 1, len(sections))
    return any(
        sections[at] == sections[index]
        and statement.lines[at].kind is LineKind.ITEM
        and not _TOTAL.match(statement.lines[at].label)
        for at in rest
    )


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
    if statement.kind is StatementKind.CASH_FLOW and is_opening(statement.lines[first]) != is_opening(
        statement.lines[second]
    ):
        return True
    return [amount and amount.value for amount in statement.lines[first].amounts] == [
        amount and amount.value for amount in statement.lines[second].amounts
    ]


def is_opening(line: Line) -> bool:
    """Whether a line of a cash flow statement is the balance at the beginning of the period."""
    return "beginning" in line.label.lower() or "start of" in line.label.lower()


def candidates(line: Line, kind: StatementKind, table: ConceptTable, taxonomy: Taxonomy) -> tuple[Candidate, ...]:
    """The concepts whose phrases are nearest to the label, best first, with scores from 0 to 1."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - not needed where every line has a row

    printed = forms(line.label)
    if not printed:
        return ()
    rows = list(table.rows(kind))
    best: dict[str, Candidate] = {}
    found = process.extract(
        printed[-1],
        [form for form, _ in rows],
        scorer=fuzz.token_sort_ratio,
        limit=20,
        score_cutoff=_WORST,
    )
    for _, score, index in found:
        row = rows[index][1]
        for name in row.concepts:
            best.setdefault(
                name, Candidate(concept=taxonomy[name], label=row.label, score=round(float(score) / 100, 2))
            )
    return tuple(list(best.values())[:_CANDIDATES])
