"""What the ranker holds the lines of a statement for, settled as a whole.

No two lines mean one concept, the surest line has the first choice, and what a line means bears on its neighbours.
A row of the concept table is evidence, which the ranker weighs; only what the user says of a line stands unasked.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from converter.mapping.features import Around, Item
from converter.mapping.table import CERTAIN, Match
from converter.model.report import Candidate
from converter.model.statement import Measure
from converter.taxonomy import MONETARY, PER_SHARE, SHARES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from converter.mapping.features import Fit
    from converter.mapping.match import Claim, Lookup
    from converter.mapping.ranker import Ranker
    from converter.model.statement import Line, Statement

TYPES = {Measure.MONEY: MONETARY, Measure.SHARES: SHARES, Measure.PER_SHARE: PER_SHARE}
RECENT = 2015  # the first year whose statements are told from those of the first years of XBRL
_CANDIDATES = 5
_PASSES = 2  # the second knows what the first holds the neighbours for
_RULE = "the ranker: the most probable concept for the label, its section and its neighbours"
_TOTAL = re.compile(
    r"\s*(?:total|net cash|cash (?:provided|used)|net increase|net decrease|net change)\b", re.IGNORECASE
)
_Ranks = list[tuple[str, float]]


def ranked(
    claims: Mapping[int, Claim],
    statement: Statement,
    lookup: Lookup,
    ranker: Ranker,
    may_mean: Callable[[int, str, int | None], bool],
) -> dict[int, Claim]:
    """``claims`` as the ranker settles them.

    ``may_mean`` says whether a line may mean a concept, which another line (the third, or None) means already.
    """
    found = dict(claims)
    fits: dict[int, Fit] = {}
    ranks: dict[int, _Ranks] = {}
    kind = statement.kind.value
    is_recent = any(c.period is not None and c.period.end.year >= RECENT for c in statement.columns)
    for index, claim in claims.items():
        line = statement.lines[index]
        item = _item(line, claim, ranker, is_recent=is_recent)
        if item is None:
            continue
        measure = next(amount.measure for amount in line.amounts if amount is not None)
        allowed = lookup.taxonomy.of_type(TYPES.get(measure, ""))
        agreed = ranker.agreed(kind, item, allowed)
        if agreed is not None:
            ranks[index] = agreed
        elif (fit := ranker.fit(kind, item, allowed)) is not None:
            fits[index] = fit
    share_right = partial(ranker.network.share_right, is_recent=is_recent)
    is_same = partial(ranker.is_same, kind)
    order = list(claims)
    places = dict(zip(order, places_of([statement.lines[index].label for index in order]), strict=True))
    around: dict[int, Around[str]] = {}
    for _ in range(_PASSES):
        for index, fit in fits.items():
            known = Around(*(None if at is None else _first_name(found[order[at]]) for at in places[index]))
            if around.get(index) != known:
                around[index], ranks[index] = known, ranker.rank(fit, known)
        taken = {name: at for at, claim in found.items() if at not in ranks for name in names_of(claim)}
        for index in sorted(ranks, key=lambda at: (-max(p for _, p in ranks[at]), at)):
            free = [(name, p) for name, p in ranks[index] if not name or may_mean(index, name, taken.get(name))]
            found[index] = _settled(claims[index], free, lookup, share_right, is_same)
            for name in names_of(found[index]):
                taken.setdefault(name, index)
    return found


def names_of(claim: Claim) -> tuple[str, ...]:
    """The concepts that a line means, as far as it is known."""
    return claim.match.concepts if claim.match is not None else ()


def _settled(
    claim: Claim,
    free: _Ranks,
    lookup: Lookup,
    share_right: Callable[[float], float],
    is_same: Callable[[str, str], bool],
) -> Claim:
    """``claim`` with the most probable of the concepts that are still ``free``, where it is right often enough; of two that
    serve as well, the row's.
    """
    total = sum(p for _, p in free) or 1.0
    likely = [(name, round(share_right(p / total), 2)) for name, p in free]
    name, sureness = max(likely, key=lambda pair: pair[1], default=("", 0.0))
    row = claim.match
    match = None
    is_rows = row is not None and (name in row.concepts if name else not row.concepts)
    if row is not None and (is_rows or any(name and is_same(name, other) for other in row.concepts)):
        match = row._replace(confidence=sureness)
    elif name:
        rule = f"{_RULE}, rather than {row.rule}" if row else _RULE
        match = Match(concepts=(name,), rule=rule, confidence=sureness)
    if name and sureness < lookup.accept:
        match = None
    candidates = [Candidate(concept=lookup.taxonomy[name], score=score) for name, score in likely if name]
    return claim._replace(match=match, candidates=tuple(candidates[:_CANDIDATES]))


def _item(line: Line, claim: Claim, ranker: Ranker, *, is_recent: bool) -> Item | None:
    """The line as the ranker sees it; None where it is not asked: of a line without words, of one that the user settled,
    and of one whose row names concepts that it does not know or more than one.
    """
    row = claim.match
    names = names_of(claim)
    is_settled = row is not None and (row.confidence >= CERTAIN or len(names) > 1)
    if not line.label or is_settled or not all(name in ranker.numbers for name in names):
        return None
    return Item(
        label=line.label,
        section=claim.section,
        caption=line.section[-1] if line.section else "",
        row=None if row is None else names,
        sureness=0.0 if row is None else row.confidence,
        is_recent=is_recent,
    )


def places_of(labels: Sequence[str]) -> list[Around[int]]:
    """For each of ``labels``, those of the lines of a statement that bear amounts: which lines stand around it."""
    found: list[Around[int]] = []
    total = None
    for at in range(len(labels) - 1, -1, -1):
        above, below, second_above, second_below = (
            other if 0 <= other < len(labels) else None for other in (at - 1, at + 1, at - 2, at + 2)
        )
        found.append(Around(above, below, second_above, second_below, total))
        if _TOTAL.match(labels[at]):
            total = at
    return found[::-1]


def _first_name(claim: Claim) -> str | None:
    """The concept of a line, as far as it is known."""
    names = names_of(claim)
    return names[0] if names else None
