"""How well each concept fits a line, in a few measures: the features from which the ranker tells how probable it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from converter.mapping.counts import Counts, Table, add_up, pairs_of
from converter.mapping.sections import enclosing
from converter.mapping.words import content_words, forms, normal_form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from converter.mapping.translation import Translation
    from converter.mapping.vectors import Vectors

_C = TypeVar("_C")  # a concept, by its name or its number
OWN = 0  # the outcome that no standard concept fits
FEATURES = (
    "own", "own-exact", "prior", "usage", "vector", "likelihood", "cover", "overlap", "pairs", "phrase-section", "phrase", "phrase-head",
    "phrase-count", "section-given", "given-section", "name-cover", "name-overlap", "total", "near", "near-share",
    "near-section", "says", "says-least", "names", "names-sum", "names-least", "caption", "recent", "recent-phrase", "row", "row-claims",
    "row-sure", "near-lead", "near-share-lead", "cover-lead", "likelihood-lead", "overlap-lead", "says-lead",
    "names-lead", "names-sum-lead", "vector-lead", "exact", "is-recent", "after", "before", "later", "earlier", "closing",
)  # fmt: skip
SHORTLIST = 14  # candidates of a line
_ENOUGH = 150  # concepts that share a word with the label
# How many concepts are looked at: of the nearest phrases, of the phrase itself, and of those that have its words.
_NEAR_CONCEPTS, _KNOWN_CONCEPTS, _FITTING = 12, 12, 40
_FAR = (0.0, 0.0, 0.0)
_UNTOLD = (0.0,) * 5
# Of these features, by how much the best leads tells more.
_LEADING = ("near", "near-share", "cover", "likelihood", "overlap", "says", "names", "names-sum", "vector")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
_SURE = 0.9  # of a row
_SOME = 5  # companies whose agreement tells
_MANY = 4  # times as many companies
_NEARLY_ALL = 0.9  # of those companies
_MOST = 0.6  # of the recent filers, where the others agree
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
    """The concepts that may be meant, by number, with the values of all ``FEATURES`` but those of the lines around."""

    counts: Counts
    concepts: list[int]
    rows: list[tuple[float, ...]]

    def beside(self, around: Around[int]) -> list[tuple[float, ...]]:
        """For each of the concepts, the features of the lines around: how usual it is that a line that means it stands there."""
        counts, concepts = self.counts, self.concepts
        relations = (
            counts.following("after", around.above, concepts),
            counts.followed("before", around.below, concepts),
            counts.following("later", around.second_above, concepts),
            counts.followed("earlier", around.second_below, concepts),
            counts.following("closing", around.total, concepts),
        )
        return list(zip(*relations, strict=True))


def words_of_name(concept: str) -> tuple[str, ...]:
    """The words that a concept's name is made of, in normal form, each once."""
    text = " ".join(_NAME_WORD.findall(concept.partition(":")[2]))
    return tuple(dict.fromkeys(normal_form(text).split()))


def sources_of_names(item: Item, kind: str) -> tuple[str, ...]:
    """What the words of a name may come from: those of the label, of the caption, and the section."""
    caption = [f"c:{word}" for word in content_words(item.caption)]
    return (*content_words(item.label), *caption, f"s:{kind}:{item.section}")


@dataclass
class Measures:
    """The measures of one kind of statement; ``concepts`` are QNames by number, ``numbers`` the way back.

    ``says`` translates the words of names into those of labels, ``names`` the latter into the former. ``usage``, by number,
    is how many filers of recent years used a concept, in statements or notes.
    """

    kind: str
    counts: Counts
    concepts: Sequence[str]
    numbers: Mapping[str, int]
    says: Translation
    names: Translation
    usage: Sequence[int]
    vectors: Vectors
    _name_words: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def is_rare(self, item: Item) -> bool:
        """Whether so few filers used the phrase of ``item`` that they say nothing of it."""
        form = (forms(item.label) or ("",))[0]
        return form not in self.counts.phrases or sum(self.counts.meant(form)[1].values()) < _SOME

    def is_new(self, item: Item) -> bool:
        """Whether hardly a filer of the first years used the concept of the row: it may not have been there."""
        first_users = self.counts.first_users
        return bool(item.row) and min(first_users.get(self.numbers[name], 0) for name in item.row or ()) < _FEW

    def agreed(self, item: Item) -> tuple[int, float] | None:
        """The concept for which nearly all filers use the phrase of ``item`` in its section, and how probable that makes
        it; None where few use the phrase, where they differ, or where a row of the concept table says otherwise.
        """
        form = (forms(item.label) or ("",))[0]
        if form not in self.counts.phrases:
            return None
        anywhere = self.counts.meant(form)[1]
        local = self._local(form, item.section)
        if item.row and sum(local.values()) < _SOME <= sum(anywhere.values()) / _MANY:
            local = anywhere  # what all say holds where few have said anything
        users = sum(local.values())
        concept = max(local, key=lambda number: local[number], default=OWN)
        if concept == OWN or users < _SOME or local[concept] < _NEARLY_ALL * users:
            return None
        if item.row is not None and self.concepts[concept] not in item.row:
            return None
        if item.is_recent and _shares(self.counts.table("recent", form), [concept])[0] < _MOST:
            return None
        return concept, (local[concept] + 0.5) / (users + 1)

    def _local(self, form: str, section: str) -> Table:
        """What the phrase ``form`` is used for in ``section``, or in the nearest around it."""
        by_section = self.counts.meant(form)[2]
        return next((by_section[part] for part in enclosing(section) if part in by_section), {})

    def fit(self, item: Item, allowed: Collection[str]) -> Fit:
        """How the concepts of ``allowed`` fit ``item``."""
        counts = self.counts
        printed = forms(item.label) or ("",)
        words = list(dict.fromkeys(printed[0].split()))
        rarity = {word: counts.rarity(word) for word in words}
        told = sum(rarity.values()) or 1.0
        cover, likelihood = self._covered(words, rarity)
        seen = [counts.meant(form)[2] for form in printed if form in counts.phrases]
        is_exact = printed[0] in counts.phrases
        whole = seen[0] if is_exact else {}
        scope = next((part for part in enclosing(item.section) if part in counts.tables["sections"]), "")
        in_section = counts.table("sections", scope)
        local = next((whole[part] for part in enclosing(item.section) if part in whole), {})
        anywhere = add_up(whole.values())
        head = add_up([table for phrase in seen[1 if is_exact else 0 :] for table in phrase.values()])
        near = _nearness(counts, rarity, item.section)
        spoken = self._shortlist(item, near, cover, likelihood, add_up([anywhere, head]), in_section, allowed)
        concepts = list(spoken)
        if len(concepts) > 1 and self.is_new(item):  # that filers had elements of their own says nothing
            concepts.remove(OWN)
        voices = [spoken[c] for c in concepts]
        prior = [counts.usual.get(c, 1) for c in concepts]
        got = [cover.get(c, 0.0) for c in concepts]
        names = [self._words_of(c) for c in concepts]
        shared = [sum([rarity[word] for word in words if word in name]) for name in names]
        named = [counts.named(c, name) for c, name in zip(concepts, names, strict=True)]
        common = [in_section.get(c, 0) + 0.5 for c in concepts]
        claims = [self._claims(item, c) for c in concepts]
        pairs = [counts.table("pairs", pair) for pair in pairs_of(printed[0])]
        is_total = "total" in words
        nothing = [0.0] * len(concepts)
        told_by_section = log(sum(in_section.values()) + 5.0)
        measured: dict[str, list[float]] = {
            "own": [1.0 if c == OWN else 0.0 for c in concepts],
            "own-exact": [1.0 if c == OWN and is_exact else 0.0 for c in concepts],
            "prior": [log(p / counts.companies) for p in prior],
            "usage": [log(1 + self.usage[c]) for c in concepts] if item.is_recent else nothing,
            "vector": [voice - max(voices) for voice in voices],
            "likelihood": [0.0 if c == OWN else likelihood.get(c, 0.0) / 4.0 - len(words) for c in concepts],
            "cover": [g / told for g in got],
            "overlap": [
                0.0 if c == OWN else g / (told + counts.told.get(c, 0.0) - g)
                for c, g in zip(concepts, got, strict=True)
            ],
            "pairs": [
                sum([table.get(c, 0) for table in pairs]) / (p * len(pairs))
                for c, p in zip(concepts, prior, strict=True)
            ],
            "phrase-section": _shares(local, concepts),
            "phrase": _shares(anywhere, concepts),
            "phrase-head": _shares(head, concepts),
            "phrase-count": [log(1 + anywhere.get(c, 0)) for c in concepts],
            "section-given": [log(n / (p + 5.0)) for n, p in zip(common, prior, strict=True)],
            "given-section": [log(n) - told_by_section for n in common],
            "name-cover": [s / told for s in shared],
            "name-overlap": [s / (told + n - s) for s, n in zip(shared, named, strict=True)],
            "total": [
                1.0 if is_total and c != OWN and "total" not in name and c not in counts.of_totals else 0.0
                for c, name in zip(concepts, names, strict=True)
            ],
            "caption": counts.under(content_words(item.caption), concepts),
            "recent": counts.recently(concepts) if item.is_recent else nothing,
            "recent-phrase": _shares(counts.table("recent", printed[0]), concepts) if item.is_recent else nothing,
            "row": nothing if item.row is None else [1.0] * len(concepts),
            "row-claims": [1.0 if claimed else 0.0 for claimed in claims],
            "row-sure": [10 * (item.sureness - _SURE) if claimed else 0.0 for claimed in claims],
            "exact": [1.0] * len(concepts) if is_exact else nothing,
            "is-recent": [1.0] * len(concepts) if item.is_recent else nothing,
        }
        measured |= _columns(("near", "near-share", "near-section"), [near.get(c, _FAR) for c in concepts])
        content, sources = content_words(item.label), sources_of_names(item, self.kind)
        translated = [
            _UNTOLD if c == OWN else self._translated(content, name, sources)
            for c, name in zip(concepts, names, strict=True)
        ]
        measured |= _columns(("says", "says-least", "names", "names-sum", "names-least"), translated)
        measured |= {f"{name}-lead": _leads(measured[name], concepts) for name in _LEADING}
        rows = list(zip(*(measured[name] for name in FEATURES[: -len(Around._fields)]), strict=True))
        return Fit(counts, concepts, rows)

    def _claims(self, item: Item, concept: int) -> bool:
        """Whether the row of ``item`` says ``concept``."""
        if item.row is None:
            return False
        return self.concepts[concept] in item.row if concept != OWN else not item.row

    def _covered(self, words: Sequence[str], rarity: Mapping[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """For each concept, how much of what ``words`` tell is usual for it, and how strongly they speak for it."""
        cover: dict[int, float] = {}
        likelihood: dict[int, float] = {}
        usual = self.counts.usual
        for word in sorted(words, key=lambda word: -rarity[word]):
            counts = self.counts.table("words", word)
            # The words that tell most name the concepts; the common ones weigh those.
            for concept in counts if len(cover) < _ENOUGH else cover.keys() & counts.keys():
                share = counts[concept] / usual[concept]
                cover[concept] = cover.get(concept, 0.0) + rarity[word] * share
                likelihood[concept] = likelihood.get(concept, 0.0) + log(1 + 50 * share)
        return cover, likelihood

    def _translated(
        self, content: Sequence[str], names: Sequence[str], sources: Sequence[str]
    ) -> tuple[float, float, float, float, float]:
        """How well the label's words are explained by the name's, in the mean and at the least, and the other way."""
        says = self.says.gains(names, content)
        named = self.names.gains(sources, names)
        total = sum(named)
        return (
            sum(says) / (len(says) or 1),
            min(says, default=0.0),
            total / (len(named) or 1),
            total,
            min(named, default=0.0),
        )

    def _shortlist(
        self,
        item: Item,
        near: Mapping[int, tuple[float, float, float]],
        cover: Collection[int],
        likelihood: Mapping[int, float],
        known: Table,
        in_section: Table,
        allowed: Collection[str],
    ) -> dict[int, float]:
        """Own first and what a row claims; then, as far as its words, section and neighbours speak for it, what the nearest
        phrases mean, what the phrase itself has been used for, and what has its words; each with how strongly they speak.
        """
        claimed = [self.numbers[name] for name in item.row or () if name in self.numbers]
        nearest = sorted(near, key=lambda concept: (-near[concept][1], concept))[:_NEAR_CONCEPTS]
        first = sorted(known, key=lambda concept: (-known[concept], concept))[:_KNOWN_CONCEPTS]
        fitting = [concept for concept in cover if self.concepts[concept] in allowed]
        fitting.sort(key=lambda concept: -likelihood[concept] - 0.7 * log(1 + 50 * in_section.get(concept, 0)))
        named = [c for c in (*claimed, *nearest, *first, *fitting[:_FITTING]) if self.concepts[c] in allowed]
        pool = list(dict.fromkeys([OWN, *named]))
        spoken = dict(zip(pool, self.vectors.scores(item, self.kind, pool), strict=True))
        kept = dict.fromkeys([OWN, *(concept for concept in claimed if concept in spoken)])
        kept |= dict.fromkeys(sorted(pool, key=lambda concept: -spoken[concept]))
        return {concept: spoken[concept] for concept in list(kept)[:SHORTLIST]}

    def _words_of(self, concept: int) -> tuple[str, ...]:
        found = self._name_words.get(concept)
        if found is None:
            found = self._name_words[concept] = words_of_name(self.concepts[concept])
        return found


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


def _columns(names: Sequence[str], rows: Sequence[Sequence[float]]) -> dict[str, list[float]]:
    """Rows of a few measures as columns."""
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


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
