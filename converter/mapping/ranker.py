"""A learned ranker: for a line that no row of the concept table claims, how probable each concept is.

What filers called their lines is counted by company: which words, pairs of words and whole phrases stand
for a concept, in which section, and which concept follows which. A logistic model over a few measures of
fit turns the counts into probabilities; one of its outcomes is that no standard concept fits. The counts
and weights come from ``ranker.json`` of the taxonomy's folder, which ``taxonomy/train.py`` makes.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import exp, log
from operator import mul
from typing import TYPE_CHECKING, Any

from converter.mapping.sections import enclosing
from converter.mapping.words import forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

RANKER_FILE = "ranker.json"
OWN = 0  # the outcome that no standard concept fits
FEATURES = (
    "own", "own-exact", "prior", "likelihood", "cover", "overlap", "pairs", "phrase-section", "phrase", "phrase-head",
    "phrase-count", "section-given", "given-section", "name-cover", "name-overlap", "total", "near", "near-share",
    "near-section", "near-lead", "near-share-lead", "cover-lead", "likelihood-lead", "overlap-lead", "after", "before",
)  # fmt: skip
TABLES = ("prior", "sections", "words", "pairs", "phrases", "after", "expected", "postings")
_SHORTLIST = 24
_ENOUGH = 150  # concepts, or phrases, that share a word with the label
_COMMON = 800  # phrases that have a word which names none by itself
_NEAREST = 40  # phrases that are looked at
_NEAR_CONCEPTS = 12  # concepts of theirs that are looked at
_FAR = (0.0, 0.0, 0.0)
# Of these features, by how much the best leads tells more: near, near-share, cover, likelihood, overlap.
_LEADING = tuple(FEATURES.index(name) for name in ("near", "near-share", "cover", "likelihood", "overlap"))
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
_Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the ranker sees it: its label and its section."""

    label: str
    section: str


@dataclass(frozen=True, slots=True)
class Fit:
    """The concepts that may be meant, by number, with the values of all ``FEATURES`` but those of the neighbours.

    ``is_exact`` says whether filers have used the whole phrase.
    """

    counts: Counts
    concepts: list[int]
    rows: list[list[float]]
    is_exact: bool

    def beside(self, at: int, above: int | None, below: int | None) -> tuple[float, float]:
        """The features of the neighbours of concept ``at`` of the list: how usual it is below one, above the other."""
        concept = self.concepts[at]
        return self.counts.follows(above, concept), 0.0 if below is None else self.counts.follows(concept, below)


@dataclass
class Counts:
    """What filers of one kind of statement called their lines; counts are of companies.

    Concepts are numbers, ``OWN`` for elements of the company's own. Tables are text as the file has them, "concept
    count concept count ...", and are opened when they are looked into. ``phrases`` is by normal form, "section|table" for each of its sections,
    parted by semicolons;
    ``after`` is by the number of the concept of the line above, of the concepts below it. ``expected`` is, for each
    concept of the prior, how much its usual words tell in all. ``postings`` is by word: the numbers of the phrases,
    in their order, that have it.
    """

    prior: str
    sections: dict[str, str]
    words: dict[str, str]
    pairs: dict[str, str]
    phrases: dict[str, str]
    after: dict[str, str]
    expected: str
    postings: dict[str, str]
    _opened: dict[tuple[str, str], _Counts] = field(default_factory=dict, repr=False)
    _told: dict[str, tuple[float, dict[int, tuple[float, float]]]] = field(default_factory=dict, repr=False)
    _named: dict[int, float] = field(default_factory=dict, repr=False)
    _posted: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)
    _meant: dict[str, tuple[float, _Counts, dict[str, _Counts]]] = field(default_factory=dict, repr=False)

    def table(self, name: str, key: str) -> _Counts:
        """The counts by concept that ``sections``, ``pairs`` or ``after`` has for ``key``; none where it has no such."""
        found = self._opened.get((name, key))
        if found is None:
            found = self._opened[name, key] = opened(getattr(self, name).get(key, ""))
        return found

    @cached_property
    def usual(self) -> _Counts:
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
        return frozenset(concept for concept, (share, _) in self.told_by("total")[1].items() if 5 * share > 1)

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of how rare it is."""
        return self.told_by(word)[0] or log(1 + self.companies)

    def named(self, concept: int, names: frozenset[str]) -> float:
        """How much the words ``names``, of which the name of ``concept`` is made, tell in all."""
        found = self._named.get(concept)
        if found is None:
            found = self._named[concept] = sum([self.rarity(word) for word in names]) or 1.0
        return found

    def told_by(self, word: str) -> tuple[float, dict[int, tuple[float, float]]]:
        """How much ``word`` tells (0 where it is unknown), and for each concept its share of labels with the word,
        plain and as a logarithm.
        """
        told = self._told.get(word)
        if told is None:
            counts = opened(self.words.get(word, ""))
            shares = [(concept, count / self.usual[concept]) for concept, count in counts.items()]
            rarity = log(1 + self.companies / sum(counts.values())) if counts else 0.0
            told = self._told[word] = rarity, {concept: (share, log(1 + 50 * share)) for concept, share in shares}
        return told

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
                posted = self._posted[word] = frozenset(map(int, self.postings.get(word, "").split()))
            # The words that tell most name phrases, until there are enough; the others, and common ones, weigh these.
            names = len(shared) < _ENOUGH and len(posted) < _COMMON
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

    def meant(self, form: str) -> tuple[float, _Counts, dict[str, _Counts]]:
        """How much the words of a phrase tell in all, and its counts by concept: in all, and by section."""
        found = self._meant.get(form)
        if found is None:
            cells = [cell.partition("|") for cell in self.phrases[form].split(";")]
            by_section = {section: opened(table) for section, _, table in cells}
            told = sum([self.rarity(word) for word in set(form.split())])
            found = self._meant[form] = told, _sum(by_section.values()), by_section
        return found

    def follows(self, above: int | None, concept: int) -> float:
        """How much more often ``concept`` stands below ``above`` than anywhere, as a logarithm."""
        if above is None:
            return 0.0
        below = self.table("after", str(above))
        usual = 3.0 * self.usual.get(concept, 1) / self.companies
        return log((below.get(concept, 0) + usual) * 3.0 / ((sum(below.values()) + 3.0) * usual))


def pairs_of(form: str) -> list[str]:
    """The pairs of neighbouring words of a normal form, with a mark at each end."""
    words = ["^", *form.split(), "$"]
    return [f"{one} {other}" for one, other in itertools.pairwise(words)]


def name_words(concept: str) -> frozenset[str]:
    """The words that a concept's name is made of, in normal form."""
    text = " ".join(_NAME_WORD.findall(concept.partition(":")[2]))
    return frozenset(forms(text)[0].split()) if text else frozenset()


class Ranker:
    """Counts and weights, and the concepts they speak of; ``concepts[OWN]`` stands for none."""

    def __init__(self, concepts: Sequence[str], kinds: Mapping[str, Counts], weights: Mapping[str, Sequence[float]]):
        """``weights`` holds, for ``exact`` and ``unseen`` phrases, one number for each of ``FEATURES``."""
        self.concepts = list(concepts)
        self.kinds = kinds
        self.weights = weights
        self.numbers = {name: number for number, name in enumerate(concepts)}
        self._names: dict[int, frozenset[str]] = {}

    def fit(self, kind: str, item: Item, allowed: Collection[str]) -> Fit | None:
        """How the concepts of ``allowed`` fit ``item`` by itself; None where nothing is known of the statement."""
        counts = self.kinds.get(kind)
        return None if counts is None else self._fit(counts, item, allowed)

    def rank(self, fit: Fit, above: str | None, below: str | None) -> list[tuple[str, float]]:
        """The QNames that a line may mean, most probable first, with their probabilities; empty for none of them.

        ``above`` and ``below`` are the concepts of the neighbouring lines where they are known.
        """
        over, under = self.numbers.get(above or "-"), self.numbers.get(below or "-")
        *own, after, before = self.weights["exact" if fit.is_exact else "unseen"]
        scores = []
        for at, row in enumerate(fit.rows):
            follows, leads = fit.beside(at, over, under)
            scores.append(sum(map(mul, own, row)) + after * follows + before * leads)
        best = max(scores)
        powers = [exp(score - best) for score in scores]
        total = sum(powers)
        ranked = sorted(zip(powers, fit.concepts, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [(self.concepts[concept], power / total) for power, concept in ranked]

    def _fit(self, counts: Counts, item: Item, allowed: Collection[str]) -> Fit:
        printed = forms(item.label) or ("",)
        words = list(dict.fromkeys(printed[0].split()))
        rarity = {word: counts.rarity(word) for word in words}
        told = sum(rarity.values()) or 1.0
        cover: dict[int, float] = {}
        likelihood: dict[int, float] = {}
        for word in sorted(words, key=lambda word: -rarity[word]):
            weight, shares = counts.told_by(word)
            # The words that tell most name the concepts; the common ones weigh those.
            for concept in shares if len(cover) < _ENOUGH else cover.keys() & shares.keys():
                share, strength = shares[concept]
                cover[concept] = cover.get(concept, 0.0) + weight * share
                likelihood[concept] = likelihood.get(concept, 0.0) + strength
        seen = [counts.meant(form)[2] for form in printed if form in counts.phrases]
        is_exact = printed[0] in counts.phrases
        whole = seen[0] if is_exact else {}
        scope = next((part for part in enclosing(item.section) if part in counts.sections), "")
        in_section = counts.table("sections", scope)
        pairs = [counts.table("pairs", pair) for pair in pairs_of(printed[0])]
        local = _sum([whole[part] for part in enclosing(item.section) if part in whole][:1])
        anywhere = _sum(whole.values())
        head = _sum([table for phrase in seen[1 if is_exact else 0 :] for table in phrase.values()])
        section_total = sum(in_section.values())
        rows = []
        near = _nearness(counts, rarity, item.section)
        shortlist = self._shortlist(cover, likelihood, _sum([anywhere, head]), in_section, allowed)
        nearest = sorted(near, key=lambda concept: (-near[concept][1], concept))[:_NEAR_CONCEPTS]
        shortlist = list(
            dict.fromkeys([OWN, *(c for c in nearest if c == OWN or self.concepts[c] in allowed), *shortlist])
        )[:_SHORTLIST]
        for concept in shortlist:
            prior = counts.usual.get(concept, 1)
            got = cover.get(concept, 0.0)
            names = self._names_of(concept)
            shared = sum([rarity[word] for word in words if word in names])
            named = counts.named(concept, names)
            common = in_section.get(concept, 0) + 0.5
            is_own = concept == OWN
            is_partial = "total" in words and not is_own and "total" not in names and concept not in counts.of_totals
            rows.append(
                [
                    1.0 if is_own else 0.0,
                    1.0 if is_own and is_exact else 0.0,
                    log(prior / counts.companies),
                    0.0 if is_own else likelihood.get(concept, 0.0) / 4.0 - len(words),
                    got / told,
                    0.0 if is_own else got / (told + counts.told.get(concept, 0.0) - got),
                    sum([table.get(concept, 0) for table in pairs]) / (prior * len(pairs)),
                    _share(local, concept),
                    _share(anywhere, concept),
                    _share(head, concept),
                    log(1 + anywhere.get(concept, 0)),
                    log(common / (prior + 5.0)),
                    log(common / (section_total + 5.0)),
                    shared / told,
                    shared / (told + named - shared),
                    1.0 if is_partial else 0.0,
                    *near.get(concept, _FAR),
                ]
            )
        for column in _LEADING:
            _add_leads(rows, column)
        return Fit(counts, shortlist, rows, is_exact)

    def _shortlist(
        self,
        cover: Collection[int],
        likelihood: Mapping[int, float],
        known: _Counts,
        in_section: _Counts,
        allowed: Collection[str],
    ) -> list[int]:
        """Own first, then what the phrase has been used for, then what its words and section speak for."""
        fitting = [concept for concept in cover if self.concepts[concept] in allowed]
        speaks = {c: 0.7 * log(1 + 50 * in_section[c]) if c in in_section else 0.0 for c in fitting}
        fitting.sort(key=lambda concept: -(likelihood[concept] + speaks[concept]))
        first = sorted(known, key=lambda concept: (-known[concept], concept))[: _SHORTLIST // 2]
        found = dict.fromkeys([*(concept for concept in first if self.concepts[concept] in allowed), *fitting])
        return [OWN, *found][:_SHORTLIST]

    def _names_of(self, concept: int) -> frozenset[str]:
        names = self._names.get(concept)
        if names is None:
            names = self._names[concept] = name_words(self.concepts[concept])
        return names


def _nearness(counts: Counts, rarity: Mapping[str, float], section: str) -> dict[int, tuple[float, float, float]]:
    """For each concept of the nearest phrases: how near the nearest is, its share of all by their nearness, and how
    near the nearest in the same section is.
    """
    nearest: dict[int, float] = {}
    share: dict[int, float] = {}
    local: dict[int, float] = {}
    for nearness, form in counts.near(rarity):
        _, anywhere, by_section = counts.meant(form)
        total = sum(anywhere.values())
        weight = nearness**4
        for concept, count in anywhere.items():
            nearest[concept] = max(nearest.get(concept, 0.0), nearness * (0.5 + 0.5 * count / total))
            share[concept] = share.get(concept, 0.0) + weight * count
        for concept in by_section.get(section, ()):
            local[concept] = max(local.get(concept, 0.0), nearness)
    total_share = sum(share.values()) or 1.0
    return {
        concept: (value, share[concept] / total_share, local.get(concept, 0.0)) for concept, value in nearest.items()
    }


def _add_leads(rows: Sequence[list[float]], column: int) -> None:
    """Add to each row by how much its value leads the second best, or lags behind the best."""
    values = sorted([row[column] for row in rows], reverse=True)
    best, second = values[0], values[1] if len(values) > 1 else 0.0
    for row in rows:
        row.append(row[column] - (second if row[column] == best else best))


def _sum(parts: Iterable[_Counts]) -> _Counts:
    found: _Counts = {}
    for part in parts:
        for concept, count in part.items():
            found[concept] = found.get(concept, 0) + count
    return found


def _share(counts: _Counts, concept: int) -> float:
    total = sum(counts.values())
    return counts.get(concept, 0) / (total + 0.5) if total else 0.0


@cache
def load(path: Path) -> Ranker | None:
    """The ranker that ``path`` holds; None where there is no such file."""
    if not path.is_file():
        return None
    data = json.loads(path.read_bytes())
    return Ranker(data["concepts"], {kind: Counts(**tables) for kind, tables in data["kinds"].items()}, data["weights"])


def save(ranker: Ranker, path: Path) -> None:
    """Write ``ranker`` so that the same counts give the same bytes."""
    data = {
        "concepts": ranker.concepts,
        "weights": {key: [round(weight, 4) for weight in weights] for key, weights in ranker.weights.items()},
        "kinds": {
            kind: {name: _sorted(getattr(counts, name)) for name in TABLES} for kind, counts in ranker.kinds.items()
        },
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    path.write_text(text + "\n", encoding="ascii")  # plain: it is read at every start


def closed(counts: Mapping[int, float]) -> str:
    """A table as the file has it."""
    return " ".join(f"{concept} {count:g}" for concept, count in sorted(counts.items()))


def opened(table: str) -> _Counts:
    """Counts by concept of a table as the file has it."""
    numbers = [int(cell) for cell in table.split()]
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _sorted(table: Any) -> Any:
    return {key: _sorted(value) for key, value in sorted(table.items())} if isinstance(table, dict) else table
