"""How well each concept fits a line, in a few measures: the features from which the ranker tells how probable it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from converter.mapping.counts import Counts, Table, add_up
from converter.mapping.sections import enclosing
from converter.mapping.words import content_words, forms, normal_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
_C = TypeVar("_C")  # a concept, by its name or its number
OWN = 0  # the outcome that no standard concept fits
FEATURES = (
    "own", "own-exact", "prior", "usage", "spoken", "spoken-lead", "phrase-section", "phrase", "phrase-head",
    "phrase-count", "section-given", "given-section", "name-cover", "name-overlap", "total", "caption", "recent",
    "recent-phrase", "row", "row-claims", "row-sure", "exact", "is-recent",
    "after", "before", "later", "earlier", "closing",
)  # fmt: skip
SHORTLIST = 8  # candidates of a line
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
_SURE = 0.9  # of a row
_FEW = 3  # companies: fewer may have erred


class Around(NamedTuple, Generic[_C]):
    """The concepts of the lines around a line, where they are known: of the two above, of the two below, and of the
    next total below.
    """

    above: _C | None = None
    below: _C | None = None
    second_above: _C | None = None
    second_below: _C | None = None
    total: _C | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the ranker sees it: its label, its section, the caption above it, the labels of the lines ``above`` and
    ``below`` it, and the concepts that a row of the concept table claims for it, with how sure the row is; no row is None,
    one for no standard concept is empty.
    ``is_recent`` says whether it is of 2015 or later: what filers chose changed with the standards.
    """

    label: str
    section: str
    caption: str = ""
    above: str = ""
    below: str = ""
    row: tuple[str, ...] | None = None
    sureness: float = 0.0
    is_recent: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """The concepts that may be meant, by number, with the values of all ``FEATURES`` but those of the lines around; ``users`` is
    how many filers used the phrase.
    """

    counts: Counts
    users: int
    concepts: list[int]
    rows: list[tuple[float, ...]]

    def beside(self, around: Around[int]) -> list[tuple[float, ...]]:
        """The rows with the features of the lines around: how usual it is that a line that means a concept stands there."""
        counts, concepts = self.counts, self.concepts
        relations = zip(
            counts.following("after", around.above, concepts),
            counts.followed("before", around.below, concepts),
            counts.following("later", around.second_above, concepts),
            counts.followed("earlier", around.second_below, concepts),
            counts.following("closing", around.total, concepts),
            strict=True,
        )
        return [row + relation for row, relation in zip(self.rows, relations, strict=True)]


def words_of_name(concept: str) -> tuple[str, ...]:
    """The words that a concept's name is made of, in normal form, each once."""
    text = " ".join(_NAME_WORD.findall(concept.partition(":")[2]))
    return tuple(dict.fromkeys(normal_form(text).split()))


@dataclass
class Measures:
    """The measures of one kind of statement; ``concepts`` are QNames by number, ``numbers`` the way back.

    ``usage``, by number, is how many filers of recent years used a concept, in statements or notes.
    """

    counts: Counts
    concepts: Sequence[str]
    numbers: Mapping[str, int]
    usage: Sequence[int]
    _name_words: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def is_new(self, item: Item) -> bool:
        """Whether hardly a filer of the first years used the concept of the row: it may not have been there."""
        first_users = self.counts.table("first", "")
        return bool(item.row) and min(first_users.get(self.numbers[name], 0) for name in item.row or ()) < _FEW

    def fit(self, item: Item, spoken: Mapping[int, float]) -> Fit:
        """How concepts fit ``item``: ``OWN`` and those of ``spoken``, which says how strongly the statement speaks for them, in
        falling order.
        """
        counts = self.counts
        printed = forms(item.label) or ("",)
        seen = [counts.meant(form) for form in printed if form in counts.phrases]
        is_exact = printed[0] in counts.phrases
        anywhere, whole = seen[0] if is_exact else ({}, {})
        head = add_up([table for table, _ in seen[1 if is_exact else 0 :]])
        around = enclosing(item.section)
        local = next((whole[part] for part in around if part in whole), {})
        scope = next((part for part in around if part in counts.tables["sections"]), "")
        in_section = counts.table("sections", scope)
        concepts = list(spoken)
        if len(concepts) > 1 and self.is_new(item):  # that filers had elements of their own says nothing
            concepts.remove(OWN)
        voices = [spoken[c] for c in concepts]
        prior = [counts.usual.get(c, 1) for c in concepts]
        common = [in_section.get(c, 0) + 0.5 for c in concepts]
        claimed = {self.numbers[name] for name in item.row or ("",)} if item.row is not None else ()
        nothing, one = [0.0] * len(concepts), [1.0] * len(concepts)
        companies, told_by_section = log(counts.companies), log(counts.sum("sections", scope) + 5.0)
        own = [1.0 if c == OWN else 0.0 for c in concepts]
        claims = [1.0 if c in claimed else 0.0 for c in concepts]
        measured: dict[str, Sequence[float]] = {
            "own": own,
            "own-exact": own if is_exact else nothing,
            "prior": [log(p) - companies for p in prior],
            "usage": [log(1 + self.usage[c]) for c in concepts] if item.is_recent else nothing,
            "spoken": voices,
            "spoken-lead": _leads(voices, concepts),
            "phrase-section": _shares(local, concepts) if local else nothing,
            "phrase": _shares(anywhere, concepts) if anywhere else nothing,
            "phrase-head": _shares(head, concepts) if head else nothing,
            "phrase-count": [log(1 + anywhere.get(c, 0)) for c in concepts] if anywhere else nothing,
            "section-given": [log(n / (p + 5.0)) for n, p in zip(common, prior, strict=True)],
            "given-section": [log(n) - told_by_section for n in common],
            "caption": counts.under(content_words(item.caption), concepts) if item.caption else nothing,
            "recent": counts.recently(concepts) if item.is_recent else nothing,
            "recent-phrase": _shares(counts.table("recent", printed[0]), concepts) if item.is_recent else nothing,
            "row": nothing if item.row is None else one,
            "row-claims": claims,
            "row-sure": [10 * (item.sureness - _SURE) * claim for claim in claims],
            "exact": one if is_exact else nothing,
            "is-recent": one if item.is_recent else nothing,
        }
        measured |= self._of_names(printed[0], concepts)
        rows = list(zip(*(measured[name] for name in FEATURES[: -len(Around._fields)]), strict=True))
        return Fit(counts, sum(anywhere.values()), concepts, rows)

    def _of_names(self, form: str, concepts: Sequence[int]) -> dict[str, list[float]]:
        """How much of what the words of ``form`` tell the names of ``concepts`` tell too."""
        counts = self.counts
        words = list(dict.fromkeys(form.split()))
        rarity = {word: counts.rarity(word) for word in words}
        told = sum(rarity.values()) or 1.0
        names = [self._words_of(c) for c in concepts]
        shared = [sum([rarity[word] for word in words if word in name]) for name in names]
        named = [counts.named(c, name) for c, name in zip(concepts, names, strict=True)]
        is_total = "total" in rarity
        return {
            "name-cover": [s / told for s in shared],
            "name-overlap": [s / (told + n - s) for s, n in zip(shared, named, strict=True)],
            "total": [
                1.0 if is_total and c != OWN and "total" not in name and c not in counts.of_totals else 0.0
                for c, name in zip(concepts, names, strict=True)
            ],
        }

    def _words_of(self, concept: int) -> tuple[str, ...]:
        found = self._name_words.get(concept)
        if found is None:
            found = self._name_words[concept] = words_of_name(self.concepts[concept])
        return found


def _leads(values: Sequence[float], concepts: Sequence[int]) -> list[float]:
    """By how much the value of each of ``concepts`` leads the second best, or lags behind the best; none for ``OWN``."""
    rising = sorted([value for value, c in zip(values, concepts, strict=True) if c != OWN])
    best, second = (rising[-1], rising[max(len(rising) - 2, 0)]) if rising else (0.0, 0.0)
    return [
        0.0 if c == OWN else value - (second if value == best else best)
        for value, c in zip(values, concepts, strict=True)
    ]


def _shares(counts: Table, concepts: Sequence[int]) -> list[float]:
    """The share that each of ``concepts`` has of all that is counted, a little less where little is."""
    total = sum(counts.values()) + 0.5
    return [counts.get(concept, 0) / total for concept in concepts]
