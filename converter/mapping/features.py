"""How well each concept fits a line, in a few measures: the features from which the ranker tells how probable it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from converter.mapping.counts import EVERY, padded
from converter.mapping.sections import enclosing
from converter.mapping.words import content_words, forms, normal_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from converter.mapping.counts import Counts

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
_FEW = 3.0  # companies as which the usual counts where little is known: fewer may have erred


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


class Fit(NamedTuple):
    """How concepts fit lines: ``concepts``, of the shape (line, candidate), are numbers, -1 behind the last; ``measures``, of the
    shape (line, candidate, feature), are the values of all ``FEATURES`` but those of the lines around; ``users`` are how many
    filers used each line's phrase. ``lines`` are their places in the statement.
    """

    lines: list[int]
    concepts: np.ndarray
    measures: np.ndarray
    users: np.ndarray


def words_of_name(concept: str) -> tuple[str, ...]:
    """The words that a concept's name is made of, in normal form, each once."""
    text = " ".join(_NAME_WORD.findall(concept.partition(":")[2]))
    return tuple(dict.fromkeys(normal_form(text).split()))


@dataclass
class Measures:
    """The measures of one ``kind`` of statement, for all lines of one and all candidates of a line at once.

    ``usage``, by concept, is how many filers of recent years used it, in statements or notes.
    """

    kind: str
    counts: Counts
    usage: np.ndarray

    def of(
        self, items: Sequence[Item], claimed: np.ndarray, concepts: np.ndarray, voices: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The measures of how ``concepts`` fit ``items``, and how many filers used the phrase of each. The arrays given are of the
        shape (line, candidate): ``claimed`` are those of the line's row, or ``OWN`` where that names none; ``voices`` say how
        strongly the statement speaks for a concept.
        """
        real = concepts >= 0
        known = np.maximum(concepts, 0)
        shape = known.shape
        own = concepts == OWN
        is_recent = np.array([[item.is_recent] for item in items])
        claims = (concepts[..., None] == claimed[:, None]).any(-1) & real
        sureness = np.array([[item.sureness] for item in items])
        usual = np.maximum(self._usual[known], 1)
        users, of_phrases = self._of_phrases(items, known, own)
        measured: dict[str, np.ndarray] = {
            "own": own,
            "prior": np.log(usual / self._companies),
            "usage": np.log1p(self.usage[known]) * is_recent,
            "spoken": voices,
            "spoken-lead": _leads(voices, real & ~own),
            "caption": self._under(items, known),
            "recent": self._lifts(np.array([self._row("recent", self.counts.key.get(EVERY, -1))]), known) * is_recent,
            "row": np.array([[item.row is not None] for item in items]),
            "row-claims": claims,
            "row-sure": 10 * (sureness - _SURE) * claims,
            "is-recent": is_recent,
            **of_phrases,
            **self._of_sections(items, known, usual),
            **self._of_names(items, known),
        }
        names = FEATURES[: -len(Around._fields)]
        measures = np.stack([np.broadcast_to(measured[name], shape) for name in names], axis=-1) * real[..., None]
        return measures.astype(np.float32), users

    def beside(self, fit: Fit, around: Sequence[Around[int]]) -> np.ndarray:
        """The values of all ``FEATURES`` for a ``fit`` with the lines ``around`` each of its lines: how usual it is that a line that
        means a concept stands there.
        """
        known = np.maximum(fit.concepts, 0)
        above, below, second_above, second_below, total = padded(
            [[-1 if one is None else one for one in beside] for beside in around]
        ).T
        on = np.stack([self._rows("after", above), self._rows("later", second_above), self._rows("closing", total)])
        after, later, closing = self._lifts(on[..., None], known)
        back = np.stack([self._rows("after", known), self._rows("later", known)])
        before, earlier = self._followed(back, np.stack([below, second_below])[..., None])
        told = np.stack([after, before, later, earlier, closing], axis=-1) * (fit.concepts >= 0)[..., None]
        return np.concatenate([fit.measures, told.astype(np.float32)], axis=-1)

    def is_new(self, concepts: Sequence[int]) -> bool:
        """Whether hardly a filer of the first years used one of ``concepts``: it may not have been there."""
        return any(self._first_users[concept] < _FEW for concept in concepts)

    def _of_phrases(
        self, items: Sequence[Item], known: np.ndarray, own: np.ndarray
    ) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """What filers meant by the label as it is printed, and by what is left of it without its details; first, how many used it
        as it is printed.
        """
        counts = self.counts
        keys = padded([[counts.key.get(form, -1) for form in forms(item.label) or ("",)] for item in items])
        whole, *heads = (self._rows("phrases", column) for column in keys.T)
        anywhere, users = counts.at(whole[:, None], known), counts.sums(whole)
        is_exact = (users > 0)[:, None]
        head, of_head = np.zeros(known.shape), np.zeros(len(items))
        for rows in heads:
            head, of_head = head + counts.at(rows[:, None], known), of_head + counts.sums(rows)
        local = self._filled(
            [self._row(f"phrases {part}", key) for part in enclosing(item.section)]
            for item, key in zip(items, keys[:, 0].tolist(), strict=True)
        )
        recent = self._rows("recent", np.where([item.is_recent for item in items], keys[:, 0], -1))
        return users, {
            "own-exact": own & is_exact,
            "exact": is_exact,
            "phrase": _shares(anywhere, users),
            "phrase-count": np.log1p(anywhere),
            "phrase-head": _shares(head, of_head),
            "phrase-section": _shares(counts.at(local[:, None], known), counts.sums(local)),
            "recent-phrase": _shares(counts.at(recent[:, None], known), counts.sums(recent)),
        }

    def _of_sections(self, items: Sequence[Item], known: np.ndarray, usual: np.ndarray) -> dict[str, np.ndarray]:
        """How usual concepts are in the section, and the section for them."""
        key = self.counts.key
        scope = self._filled(
            [self._row("sections", key.get(part, -1)) for part in enclosing(item.section)] for item in items
        )
        common = self.counts.at(scope[:, None], known) + 0.5
        return {
            "section-given": np.log(common / (usual + 5.0)),
            "given-section": np.log(common / (self.counts.sums(scope) + 5.0)[:, None]),
        }

    def _of_names(self, items: Sequence[Item], known: np.ndarray) -> dict[str, np.ndarray]:
        """How much of what the words of a label tell the names of concepts tell too."""
        words = [dict.fromkeys((forms(item.label) or ("",))[0].split()) for item in items]
        line, keys = self._each(words)
        rarity = self._rarity(keys)
        told = np.bincount(line, rarity, len(items))
        told = np.where(told > 0, told, 1.0)[:, None]
        is_in_name = self.counts.at(self.counts.rows("names", keys)[:, None], known[line])
        shared = _added(is_in_name * rarity[:, None], line, known.shape)
        is_total = np.array([["total" in of_label] for of_label in words])
        return {
            "name-cover": shared / told,
            "name-overlap": shared / (told + self._named[known] - shared),
            "total": is_total & ~self._is_total[known],
        }

    def _under(self, items: Sequence[Item], known: np.ndarray) -> np.ndarray:
        """How much more often concepts stand under the words of the caption than anywhere, as the mean of logarithms."""
        captions = [content_words(item.caption) for item in items]
        line, keys = self._each(captions)
        lifts = _added(self._lifts(self._rows("captions", keys)[:, None], known[line]), line, known.shape)
        mean: np.ndarray = lifts / np.array([[1 + len(caption)] for caption in captions])
        return mean

    def _lifts(self, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
        """How much more often concepts are counted in ``rows`` than in all, as logarithms; nought for a row without cells."""
        scale = self._companies / (_FEW * np.maximum(self._usual[known], 1))
        never = np.log(_FEW / (self.counts.sums(rows) + _FEW))
        lifts: np.ndarray = never + np.log1p(self.counts.at(rows, known) * scale)
        return lifts

    def _followed(self, rows: np.ndarray, ones: np.ndarray) -> np.ndarray:
        """How much more often each of ``ones`` is counted in the ``rows`` of concepts than in those of any, as logarithms; nought
        where it is -1.
        """
        known = np.maximum(ones, 0)
        scale = self._companies / (_FEW * np.maximum(self._usual[known], 1))
        found = self.counts.at(rows, known)
        lifts = np.log((1 + found * scale) * _FEW / (self.counts.sums(rows) + _FEW))
        return np.where(ones < 0, 0.0, lifts)

    def _row(self, table: str, key: int) -> int:
        return self.counts.row(f"{self.kind} {table}", key)

    def _rows(self, table: str, keys: np.ndarray) -> np.ndarray:
        return self.counts.rows(f"{self.kind} {table}", keys)

    def _filled(self, rows: Iterable[Sequence[int]]) -> np.ndarray:
        """Of the rows of each line the first that has cells; -1 where none has."""
        tried = padded(rows)
        is_filled = self.counts.sums(tried) > 0
        first = np.take_along_axis(tried, is_filled.argmax(1)[:, None], 1)[:, 0]
        return np.where(is_filled.any(1), first, -1)

    def _each(self, words: Sequence[Collection[str]]) -> tuple[np.ndarray, np.ndarray]:
        """For each word of each line, the line and the word's key."""
        key = self.counts.key
        line = np.repeat(np.arange(len(words)), [len(of_line) for of_line in words])
        return line, np.array([key.get(word, -1) for of_line in words for word in of_line], dtype=np.int64)

    def _rarity(self, keys: np.ndarray) -> np.ndarray:
        """How much words tell: the logarithm of how rare they are."""
        rarity: np.ndarray = np.log1p(self._companies / np.maximum(self.counts.sums(self._rows("words", keys)), 1))
        return rarity

    @cached_property
    def _usual(self) -> np.ndarray:
        """How many companies' phrases mean each concept."""
        return self.counts.whole(f"{self.kind} prior")

    @cached_property
    def _companies(self) -> float:
        return float(self._usual.sum())

    @cached_property
    def _first_users(self) -> np.ndarray:
        return self.counts.whole(f"{self.kind} first")

    @cached_property
    def _named(self) -> np.ndarray:
        """How much the words tell of which each concept's name is made."""
        words, concepts = self.counts.pairs("names")
        told = np.bincount(concepts, self._rarity(words), self.counts.size)
        return np.where(told > 0, told, 1.0)

    @cached_property
    def _is_total(self) -> np.ndarray:
        """Whether the name of each concept says that it is a total, or more than one in five of its labels; and ``OWN``."""
        words, concepts = self.counts.pairs("names")
        found = 5 * self.counts.whole(f"{self.kind} totals") > self._usual
        found[concepts[words == self.counts.key.get("total", -1)]] = True
        found[OWN] = True
        return np.asarray(found)


def _leads(values: np.ndarray, is_standard: np.ndarray) -> np.ndarray:
    """By how much each value leads the second best of a line, or lags behind the best; nought for one that is not standard."""
    rising = np.sort(np.where(is_standard, values, -np.inf), axis=1)
    best = rising[:, -1:]
    second = np.where(np.isfinite(rising[:, -2:-1]), rising[:, -2:-1], best) if values.shape[1] > 1 else best
    return np.where(is_standard, values - np.where(values == best, second, best), 0.0)


def _shares(counted: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """The share of what is counted of each concept in all of a line, a little less where little is."""
    shares: np.ndarray = counted / (sums + 0.5)[:, None]
    return shares


def _added(values: np.ndarray, line: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The sums of ``values`` by their ``line``."""
    found = np.zeros(shape)
    np.add.at(found, line, values)
    return found
