"""What the ranker holds the lines of a statement for, settled as a whole.

No two lines mean one concept, the surest line has the first choice, and what a line means bears on its neighbours.
A row of the concept table is evidence, which the ranker weighs; only what the user says of a line stands unasked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.mapping.features import Around, Item, words_of_name
from converter.mapping.ranker import Asked
from converter.mapping.table import CERTAIN, Match
from converter.mapping.words import content_words
from converter.model.report import Candidate
from converter.model.statement import Measure
from converter.taxonomy import MONETARY, PER_SHARE, SHARES, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from converter.mapping.match import Claim, Lookup
    from converter.mapping.ranker import Ranker
    from converter.model.statement import Line, Statement

TYPES = {Measure.MONEY: MONETARY, Measure.SHARES: SHARES, Measure.PER_SHARE: PER_SHARE}
RECENT = 2015  # the first year whose statements are told from those of the first years of XBRL
_CANDIDATES = 5
_SUREST = 0.99  # only what the user says is certain
_FIRM = 0.9  # the confidence of a row that has words
# Below, of tags told by the lines around alone, 24 of 55 were right, of companies that were not known.
_SURE_ALONE = 0.8
_LIKELY = 0.5  # more often right than not
_EXACT = 0.965  # the confidence of a row that has all words of a label, in its own section or the one around it
_ALONE = 0.5  # of such a row where the ranker holds nothing for probable: they are too few to tell how many are right
_SOME = 5  # filers who tell something of a phrase
_TORN = 0.12  # between how probably two elements are right: which of them is the greater is chance
_FIRST_YEARS = "us-gaap-2011"  # a taxonomy of the first years of XBRL
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
    is_recent = any(c.period is not None and c.period.end.year >= RECENT for c in statement.columns)
    judge = _Judge(ranker, lookup, statement.kind.value, is_recent)
    order = list(claims)
    labels = [statement.lines[index].label for index in order]
    places = dict(zip(order, places_of(labels), strict=True))
    lines = {index: judge.asked(statement.lines[index], claims[index], places[index], labels) for index in order}
    fit = ranker.fit(judge.kind, list(lines.values()))
    if fit is None:
        return found
    asked = [order[at] for at in fit.lines]
    users = dict(zip(asked, fit.users.tolist(), strict=True))
    for _ in range(_PASSES):
        around = [
            Around(*(None if at is None else _first_name(found[order[at]]) for at in places[index])) for index in asked
        ]
        ranks = dict(zip(asked, ranker.ranks(judge.kind, fit, around), strict=True))
        taken = {
            name: at for at, claim in found.items() if at not in ranks and _is_firm(claim) for name in names_of(claim)
        }
        for index in sorted(ranks, key=lambda at: (-round(max(p for _, p in ranks[at]), 1), at)):
            free = [(name, p) for name, p in ranks[index] if not name or may_mean(index, name, taken.get(name))]
            found[index] = judge.settled(lines[index].item, claims[index], free, users[index])
            for name in names_of(found[index]):
                taken.setdefault(name, index)
    return found


def names_of(claim: Claim) -> tuple[str, ...]:
    """The concepts that a line means, as far as it is known."""
    return claim.match.concepts if claim.match is not None else ()


@dataclass(frozen=True, slots=True)
class _Judge:
    """What settles the lines of one statement."""

    ranker: Ranker
    lookup: Lookup
    kind: str
    is_recent: bool

    def asked(self, line: Line, claim: Claim, place: Around[int], labels: Sequence[str]) -> Asked:
        """The line as the ranker sees it, with the ``labels`` around it, and what it may mean: nothing for a line without words,
        one that the user settled, and one whose row names concepts that the ranker does not know or more than one.
        """
        row = claim.match
        names = names_of(claim)
        is_settled = row is not None and (row.confidence >= CERTAIN or len(names) > 1)
        measure = next(amount.measure for amount in line.amounts if amount is not None)
        allowed: frozenset[str] = self.lookup.taxonomy.of_type(TYPES.get(measure, ""))
        if not line.label or is_settled or not all(name in self.ranker.numbers for name in names):
            allowed = frozenset()
        above, below = ("" if at is None else labels[at] for at in place[:2])
        item = Item(
            label=line.label,
            section=claim.section,
            caption=line.section[-1] if line.section else "",
            above=above,
            below=below,
            row=None if row is None else names,
            sureness=0.0 if row is None else row.confidence,
            is_recent=self.is_recent,
        )
        return Asked(item, allowed)

    def settled(self, item: Item, claim: Claim, free: _Ranks, users: int) -> Claim:
        """``claim`` with the most probable of the concepts that are still ``free``, where it is right often enough, or with
        the row's where it serves as well or the ranker is torn between both. What is told by the lines around it alone of a
        label that has no ``users`` among filers, as no word of it is in the concept's name, has to be surer. Where nothing is
        probable enough, a row that has all words of a label which few filers use has it.
        """
        rights = self.ranker.rights(self.kind, free)
        name, probability = max(rights, key=lambda pair: pair[1], default=("", 0.0))
        sureness = self._sureness(probability)
        row = claim.match
        match: Match | None = None
        if row is not None and (stands := self._right_if_torn(row, name, rights)) >= self.lookup.accept:
            match = row._replace(confidence=self._sureness(stands))
        elif row is not None and self._is_as_good(row, name):
            match = row._replace(confidence=sureness)
        elif name:
            rule = f"{_RULE}, rather than {row.rule}" if row else _RULE
            match = Match(concepts=(name,), rule=rule, confidence=sureness)
        if match is not None and match.concepts and match.confidence < self._least(item, claim, match, users):
            match = None
        may_stand = users < _SOME and self.lookup.accept <= _ALONE
        if match is None and may_stand and row is not None and self._speaks(row, rights):
            match = row._replace(confidence=_ALONE)
        likely = sorted(((right, other) for other, right in rights if other), reverse=True)[:_CANDIDATES]
        candidates = [
            Candidate(concept=self.lookup.taxonomy[other], score=self._sureness(right)) for right, other in likely
        ]
        return claim._replace(match=match, candidates=tuple(candidates))

    def _least(self, item: Item, claim: Claim, match: Match, users: int) -> float:
        """How sure the claim ``match`` on ``item`` has to be."""
        words = set(content_words(item.label))
        is_told = users > 0 or claim.match is not None or any(words & {*words_of_name(n)} for n in match.concepts)
        return self.lookup.accept if is_told else max(self.lookup.accept, _SURE_ALONE)

    def _sureness(self, probability: float) -> float:
        share = self.ranker.network.share_right(probability, is_recent=self.is_recent)
        return min(round(share, 2), _SUREST)

    @staticmethod
    def _speaks(row: Match, rights: _Ranks) -> bool:
        """Whether a row has all words of a label, and no standard concept is clearly more probable than what it says."""
        best = max((right for name, right in rights if name), default=0.0)
        return row.confidence >= _EXACT and any(right >= best - _TORN for name, right in rights if name in row.concepts)

    def _right_if_torn(self, row: Match, name: str, rights: _Ranks) -> float:
        """How probable it is that the one concept of a row is right, where that is nearly as probable as of ``name``, or the
        row is more often right than not and there was no ``name`` yet; else 0. Of recent statements, whose filers chose
        otherwise than the first, the ranker knows better.
        """
        if self.is_recent or len(row.concepts) != 1:
            return 0.0
        held = dict(rights)
        stands = held.get(row.concepts[0], 0.0)
        is_torn = stands >= held.get(name, 0.0) - _TORN or (stands >= _LIKELY and _is_later(name))
        return stands if is_torn else 0.0

    def _is_as_good(self, row: Match, name: str) -> bool:
        """Whether a row says ``name``, or a concept that serves as well."""
        if not name:
            return not row.concepts
        return name in row.concepts or any(self.ranker.is_same(self.kind, name, other) for other in row.concepts)


def _is_later(name: str) -> bool:
    """Whether a concept came after the first years of XBRL, with a later standard."""
    return bool(name) and name not in load(_FIRST_YEARS)


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


def _is_firm(claim: Claim) -> bool:
    """Whether a line that the ranker is not asked of keeps its concept from the others: not one without words."""
    return claim.match is not None and claim.match.confidence >= _FIRM


def _first_name(claim: Claim) -> str | None:
    """The concept of a line, as far as it is known."""
    names = names_of(claim)
    return names[0] if names else None
