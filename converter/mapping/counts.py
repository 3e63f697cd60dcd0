"""What filers of one kind of statement called their lines, counted by company."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TABLES = (
    "sections",
    "words",
    "totals",
    "phrases",
    "after",
    "before",
    "later",
    "earlier",
    "closing",
    "captions",
    "recent",
    "first",
    "same",
)
_FEW = 3.0  # companies as which the usual counts where little is known
Table = dict[int, int]


@dataclass
class Counts:
    """What filers of one kind of statement called their lines; counts are of companies.

    Concepts are numbers, 0 for elements of the company's own. Tables are text as the file has them, "concept count
    concept count ...", and are opened when they are looked into. ``tables`` has those of ``TABLES``: ``sections``;
    ``captions``, by a word of the caption; ``phrases``, by normal form, "section|table" for each of its sections,
    parted by semicolons; by the number of a concept, of the concepts ``after`` and ``before`` it, two lines ``later`` and
    ``earlier``, and above it where it is a total (``closing``); ``recent``, by normal form, of the companies with recent filings alone, and of all
    their lines for an empty one; ``same``, by the number of a concept, of a hundred of its lines for how many each
    concept serves. ``words`` has, by word, how many labels it is in; ``totals``, for "total", the concepts whose labels
    have it; ``first``, for an empty key, how many companies of the first years of XBRL used each concept, a company in two
    sections twice.
    """

    prior: str
    tables: Mapping[str, Mapping[str, str]]
    _opened: dict[tuple[str, str], Table] = field(default_factory=dict, repr=False)
    _sums: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _rarity: dict[str, float] = field(default_factory=dict, repr=False)
    _named: dict[int, float] = field(default_factory=dict, repr=False)
    _meant: dict[str, tuple[Table, dict[str, Table]]] = field(default_factory=dict, repr=False)

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
    def of_totals(self) -> frozenset[int]:
        """The concepts whose labels say "total" more than once in five times."""
        return frozenset(c for c, count in self.table("totals", "total").items() if 5 * count > self.usual[c])

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of how rare it is."""
        found = self._rarity.get(word)
        if found is None:
            labels = int(self.tables["words"].get(word, 1))
            found = self._rarity[word] = log(1 + self.companies / labels)
        return found

    def named(self, concept: int, names: Iterable[str]) -> float:
        """How much the words ``names``, of which the name of ``concept`` is made, tell in all."""
        found = self._named.get(concept)
        if found is None:
            found = self._named[concept] = sum([self.rarity(word) for word in names]) or 1.0
        return found

    def meant(self, form: str) -> tuple[Table, dict[str, Table]]:
        """The counts by concept of a phrase: in all, and by section."""
        found = self._meant.get(form)
        if found is None:
            cells = [cell.partition("|") for cell in self.phrases[form].split(";")]
            by_section = {section: opened(table) for section, _, table in cells}
            found = self._meant[form] = add_up(by_section.values()), by_section
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
        told = [word for word in caption if self.sum("captions", word) >= _FEW]
        if not told:
            return [0.0] * len(concepts)
        share = 1 / (1 + len(caption))
        by_word = [self._lifts("captions", word, concepts) for word in told]
        return [share * sum(lifts) for lifts in zip(*by_word, strict=True)]

    def _lifts(self, name: str, key: str, concepts: Sequence[int]) -> list[float]:
        """How much more often each of ``concepts`` is counted in a row of a table than in all, as a logarithm."""
        found, total = self.table(name, key), self.sum(name, key) + _FEW
        usual, scale, never = self.usual, self.companies / _FEW, log(_FEW / total)
        return [
            never + log(1 + found[concept] * scale / usual.get(concept, 1)) if concept in found else never
            for concept in concepts
        ]

    def sum(self, name: str, key: str) -> int:
        """The sum of what the table ``name`` counts for ``key``."""
        found = self._sums.get((name, key))
        if found is None:
            found = self._sums[name, key] = sum(self.table(name, key).values())
        return found


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
