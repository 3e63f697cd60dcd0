"""What filers of one kind of statement called their lines, counted by company."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TABLES = (
    "sections",
    "words",
    "pairs",
    "phrases",
    "after",
    "before",
    "later",
    "earlier",
    "closing",
    "captions",
    "recent",
    "same",
    "postings",
)
_ENOUGH = 150  # phrases that share a word with the label
_COMMON = 800  # phrases that have a word which names none by itself
_NEAREST = 24  # phrases that are looked at
_FEW = 3.0  # companies as which the usual counts where little is known
Table = dict[int, int]


@dataclass
class Counts:
    """What filers of one kind of statement called their lines; counts are of companies.

    Concepts are numbers, 0 for elements of the company's own. Tables are text as the file has them, "concept count
    concept count ...", and are opened when they are looked into. ``expected`` is, for each concept of the prior, how
    much its usual words tell in all. ``tables`` has those of ``TABLES``: ``sections``; ``words``, ``pairs`` (of words)
    and ``captions`` (by a word of the caption); ``phrases``, by normal form, "section|table" for each of its sections,
    parted by semicolons; by the number of a concept, of the concepts ``after`` and ``before`` it, two lines ``later`` and ``earlier``, and above it
    where it is a total (``closing``); ``recent``, by normal form, of the companies with recent filings alone, and of all
    their lines for an empty one; ``same``, by the number of a concept, of a hundred of its lines for how many each
    concept serves;
    ``postings``, by word, the numbers of the phrases, in their order, that have it.
    """

    prior: str
    expected: str
    tables: Mapping[str, Mapping[str, str]]
    _opened: dict[tuple[str, str], Table] = field(default_factory=dict, repr=False)
    _sums: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _rarity: dict[str, float] = field(default_factory=dict, repr=False)
    _named: dict[int, float] = field(default_factory=dict, repr=False)
    _posted: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)
    _meant: dict[str, tuple[float, Table, dict[str, Table]]] = field(default_factory=dict, repr=False)

    def table(self, name: str, key: str) -> Table:
        """The counts by concept that the table ``name`` has for ``key``; none where it has no such."""
        found = self._opened.get((name, key))
        if found is None:
            found = self._opened[name, key] = opened(self.tables[name].get(key, ""))
        return found

    @property
    def phrases(self) -> Mapping[str, str]:
        """The table of that name."""
        return self.tables["phrases"]

    @cached_property
    def usual(self) -> Table:
        """The prior by concept."""
        return opened(self.prior)

    @cached_property
    def companies(self) -> int:
        """The sum of the prior."""
        return sum(self.usual.values())

    @cached_property
    def told(self) -> Mapping[int, float]:
        """``expected`` by concept."""
        cells = self.expected.split()
        return dict(zip(map(int, cells[::2]), map(float, cells[1::2]), strict=True))

    @cached_property
    def of_totals(self) -> frozenset[int]:
        """The concepts whose labels say "total" more than once in five times."""
        return frozenset(c for c, count in self.table("words", "total").items() if 5 * count > self.usual[c])

    @cached_property
    def first_users(self) -> Table:
        """How many companies of the first years of XBRL used each concept, a company in two sections twice."""
        found = add_up(self.table("sections", section) for section in self.tables["sections"])
        recent = self.table("recent", "")
        return {concept: count - recent.get(concept, 0) for concept, count in found.items()}

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of how rare it is."""
        found = self._rarity.get(word)
        if found is None:
            labels = sum(self.table("words", word).values())
            found = self._rarity[word] = log(1 + self.companies / labels if labels else 1 + self.companies)
        return found

    def named(self, concept: int, names: Iterable[str]) -> float:
        """How much the words ``names``, of which the name of ``concept`` is made, tell in all."""
        found = self._named.get(concept)
        if found is None:
            found = self._named[concept] = sum([self.rarity(word) for word in names]) or 1.0
        return found

    @cached_property
    def _forms(self) -> list[str]:
        return list(self.phrases)

    def near(self, rarity: Mapping[str, float]) -> list[tuple[float, str]]:
        """The phrases nearest to a label with the words of ``rarity``, which says how much each tells; the nearest first.

        Nearness, from 0 to 1, is how much the words tell that both have, of how much those tell that either has.
        """
        shared: dict[int, float] = {}
        for word in sorted(rarity, key=lambda word: -rarity[word]):
            posted = self._posted.get(word)
            if posted is None:
                posted = self._posted[word] = frozenset(map(int, self.tables["postings"].get(word, "").split()))
            # The words that tell most name phrases, until there are enough; the others, and common ones, weigh these.
            names = len(shared) < _ENOUGH and len(posted) < _COMMON
            if not shared:
                shared = dict.fromkeys(posted, rarity[word]) if names else shared
                continue
            for number in posted if names else shared.keys() & posted:
                shared[number] = shared.get(number, 0.0) + rarity[word]
        told = sum(rarity.values())
        best = sorted(zip(shared.values(), shared.keys(), strict=True), reverse=True)[:_NEAREST]
        near = [
            (value / (told + self.meant(form)[0] - value), form)
            for value, number in best
            for form in (self._forms[number],)
        ]
        return sorted(near, reverse=True)

    def meant(self, form: str) -> tuple[float, Table, dict[str, Table]]:
        """How much the words of a phrase tell in all, and its counts by concept: in all, and by section."""
        found = self._meant.get(form)
        if found is None:
            cells = [cell.partition("|") for cell in self.phrases[form].split(";")]
            by_section = {section: opened(table) for section, _, table in cells}
            told = sum([self.rarity(word) for word in set(form.split())])
            found = self._meant[form] = told, add_up(by_section.values()), by_section
        return found

    def following(self, how: str, one: int | None, concepts: Sequence[int]) -> list[float]:
        """How much more often each of ``concepts`` stands in the relation ``how`` (a table) to ``one`` than to any, as a
        logarithm; 0 where ``one`` is not known.
        """
        return [0.0] * len(concepts) if one is None else self._lifts(how, str(one), concepts)

    def followed(self, how: str, one: int | None, concepts: Sequence[int]) -> list[float]:
        """How much more often ``one`` stands in the relation ``how`` to each of ``concepts`` than to any, as a logarithm; 0
        where ``one`` is not known. The table is the one that looks back; its row without a key has the sums of the other.
        """
        if one is None:
            return [0.0] * len(concepts)
        found, sums = self.table(how, str(one)), self.table(how, "")
        scale = self.companies / (_FEW * self.usual.get(one, 1))
        return [log((1 + found.get(concept, 0) * scale) * _FEW / (sums.get(concept, 0) + _FEW)) for concept in concepts]

    def recently(self, concepts: Sequence[int]) -> list[float]:
        """How much more often each of ``concepts`` stands in recent statements than in all, as a logarithm."""
        return self._lifts("recent", "", concepts)

    def under(self, caption: Sequence[str], concepts: Sequence[int]) -> list[float]:
        """How much more often each of ``concepts`` stands under the words of ``caption`` than anywhere, as the mean of
        logarithms; a word that few captions have says nothing.
        """
        told = [word for word in caption if self._sum("captions", word) >= _FEW]
        if not told:
            return [0.0] * len(concepts)
        share = 1 / (1 + len(caption))
        by_word = [self._lifts("captions", word, concepts) for word in told]
        return [share * sum(lifts) for lifts in zip(*by_word, strict=True)]

    def _lifts(self, name: str, key: str, concepts: Sequence[int]) -> list[float]:
        """How much more often each of ``concepts`` is counted in a row of a table than in all, as a logarithm."""
        found, total = self.table(name, key), self._sum(name, key) + _FEW
        usual, scale, never = self.usual, self.companies / _FEW, log(_FEW / total)
        return [
            never + log(1 + found[concept] * scale / usual.get(concept, 1)) if concept in found else never
            for concept in concepts
        ]

    def _sum(self, name: str, key: str) -> int:
        """The sum of a table's counts."""
        found = self._sums.get((name, key))
        if found is None:
            found = self._sums[name, key] = sum(self.table(name, key).values())
        return found


def pairs_of(form: str) -> list[str]:
    """The pairs of neighbouring words of a normal form, with a mark at each end."""
    words = ["^", *form.split(), "$"]
    return [f"{one} {other}" for one, other in itertools.pairwise(words)]


def add_up(tables: Iterable[Table]) -> Table:
    """The sums of ``tables`` by concept."""
    found: Table = {}
    for table in tables:
        for concept, count in table.items():
            found[concept] = found.get(concept, 0) + count
    return found


def closed(counts: Mapping[int, float]) -> str:
    """A table as the file has it."""
    return " ".join(f"{concept} {count:g}" for concept, count in sorted(counts.items()))


def opened(table: str) -> Table:
    """Counts by concept of a table as the file has it."""
    numbers = list(map(int, table.split()))
    return dict(zip(numbers[::2], numbers[1::2], strict=True))
