"""A learned ranker: how probable each concept is for a line, by its words, its section and what stands around it.

What a whole statement says of its lines (``encoder``) names the candidates; what filers called their lines is counted by
company (``counts``). A small network turns the measures of fit (``features``) into probabilities; one of its outcomes is
that no standard concept fits. All of it comes from ``ranker.npz`` and ``ranker-words.npy`` of the taxonomy's folder, which
``taxonomy/train.py`` makes.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from converter.mapping.counts import Counts, padded
from converter.mapping.encoder import Encoder, Layer, Vectors
from converter.mapping.features import OWN, SHORTLIST, Around, Fit, Item, Measures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

RANKER_FILE = "ranker.npz"
_WORDS = "-words.npy"  # ends the name of the file beside it that has the largest array, of which few rows are ever read
_WEIGHTS = ("direct", "hidden", "bias", "outer")  # the arrays of a network, and those of an encoder
_VECTORS = ("words", "spread", "concepts", "bias")
_NEARLY_ALWAYS = 90  # of a hundred lines of a concept
_LEAST = 1e-3  # probability that is told
Points = list[list[float]]


@dataclass(frozen=True, slots=True)
class Network:
    """Scores of features: ``direct`` weighs them, a row of ``hidden`` says what they mean to a unit, with its ``bias``, and
    ``outer`` weighs the units.

    Of tags held for as probable as the first number of a pair, rising, the share that is the second was right: ``right`` of
    statements of the first years of XBRL, ``right_recently`` of later ones.
    """

    direct: np.ndarray
    hidden: np.ndarray
    bias: np.ndarray
    outer: np.ndarray
    right: Points
    right_recently: Points

    def scores(self, features: np.ndarray) -> np.ndarray:
        """How probable candidates are, as logarithms up to what all candidates of a line have in common; a row for each."""
        units = np.maximum(features @ self.hidden.T + self.bias, 0)
        found: np.ndarray = features @ self.direct + units @ self.outer
        return found

    def share_right(self, held: float, *, is_recent: bool) -> float:
        """How many of the tags that are held for as probable as ``held`` are right: between the measured, in a line."""
        points = self.right_recently if is_recent else self.right
        at = bisect_left(points, [held])
        low, least = points[at - 1] if at else (0.0, 0.0)
        high, most = points[at] if at < len(points) else (1.0, 1.0)
        return most - (high - held) / ((high - low) or 1.0) * (most - least)


class Asked(NamedTuple):
    """A line of a statement: how the ranker sees it, and the concepts that it may mean; none where the ranker is not asked."""

    item: Item
    allowed: frozenset[str]


class Ranker:
    """Counts, vectors and weights, and the concepts they speak of; the first of ``concepts`` stands for none."""

    def __init__(
        self, concepts: Sequence[str], counts: Counts, usage: Sequence[int], encoder: Encoder, network: Network
    ):
        """``usage`` is by concept."""
        self.concepts = list(concepts)
        self.usage = list(usage)
        self.encoder = encoder
        self.counts = counts
        self.network = network
        self.numbers = {name: number for number, name in enumerate(concepts)}
        self._measures = {kind: Measures(kind, counts, np.array(usage)) for kind in encoder.kinds}
        self._among: dict[tuple[str, frozenset[str]], np.ndarray] = {}

    def is_same(self, kind: str, one: str, other: str) -> bool:
        """Whether ``other`` nearly always serves for the lines for which ``one`` does."""
        serving = self.serving(kind, self.numbers[one])
        return one == other or serving.get(self.numbers[other], 0) >= _NEARLY_ALWAYS

    def serving(self, kind: str, concept: int) -> Mapping[int, int]:
        """Of a hundred lines of a concept, for how many each concept serves."""
        return self.counts.by_concept(f"{kind} same", concept)

    def rights(self, kind: str, ranks: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """How probable it is that each of ``ranks``, concepts with their probabilities, is right: where one is, others may serve
        as well. All add up to one at the least.
        """
        total = sum(p for _, p in ranks) or 1.0
        held = {self.numbers[name]: p / total for name, p in ranks}
        rights = dict(held)
        for concept, p in held.items():
            for other, share in self.serving(kind, concept).items():
                if other in held and other != concept:
                    rights[other] += p * share / 100
        return [(name, rights[self.numbers[name]]) for name, _ in ranks]

    def fit(self, kind: str, lines: Sequence[Asked], shortlist: int = SHORTLIST) -> Fit | None:
        """How concepts, as many as ``shortlist`` says at the most, fit those of ``lines`` of which the ranker is asked: all are of a
        statement in their order. None where it is asked of none, or nothing is known of the ``kind`` of statement.
        """
        measures = self._measures.get(kind)
        asked = [at for at, line in enumerate(lines) if line.allowed]
        if measures is None or not asked:
            return None
        there, spoken = self.encoder.spoken(kind, [line.item for line in lines])
        likely: list[dict[int, float]] = []
        claimed: list[list[int]] = []
        all_voiced = self._voiced(kind, there, spoken, lines, shortlist)
        for at in asked:
            item, voiced = lines[at].item, all_voiced[at]
            claims = [self.numbers[name] for name in item.row or ()]
            claimed.append(claims or [OWN] if item.row is not None else [])
            may_be = [claim for claim in claims if self.concepts[claim] in lines[at].allowed]
            least = min(voiced.values(), default=0.0) - 1
            kept = list(dict.fromkeys([OWN, *may_be, *voiced]))[:shortlist]
            if len(kept) > 1 and measures.is_new(claims):  # that filers had elements of their own says nothing
                kept.remove(OWN)
            likely.append({concept: voiced.get(concept, least) for concept in kept})
        concepts = padded(likely)
        voices = np.zeros(concepts.shape)
        voices[concepts >= 0] = [voice for of_line in likely for voice in of_line.values()]
        found, users = measures.of([lines[at].item for at in asked], padded(claimed), concepts, voices)
        return Fit(asked, concepts, found, users)

    def _voiced(
        self, kind: str, there: np.ndarray, spoken: np.ndarray, lines: Sequence[Asked], shortlist: int
    ) -> dict[int, dict[int, float]]:
        """For each of ``lines`` of which the ranker is asked, the concepts that the statement speaks for most strongly, in falling
        order; each with how strongly.

        ``there`` are the concepts that a statement of the ``kind`` may have, in the order of ``spoken``.
        """
        by_type: dict[frozenset[str], list[int]] = {}
        for at, line in enumerate(lines):
            if line.allowed:
                by_type.setdefault(line.allowed, []).append(at)
        found: dict[int, dict[int, float]] = {}
        for allowed, asked in by_type.items():
            among = self._among.get((kind, allowed))
            if among is None:
                may_be = [number == OWN or self.concepts[number] in allowed for number in there.tolist()]
                among = self._among[kind, allowed] = np.flatnonzero(may_be)
            faint = -spoken[np.ix_(np.array(asked), among)]
            best = np.argpartition(faint, min(shortlist, len(among) - 1), axis=1)[:, :shortlist]
            best.sort(axis=1)  # of two that are as strong, the first leads
            strongest = np.take_along_axis(faint, best, axis=1)
            order = np.argsort(strongest, axis=1, kind="stable")
            concepts = there[among[np.take_along_axis(best, order, axis=1)]].tolist()
            voices = (-np.take_along_axis(strongest, order, axis=1)).tolist()
            found |= {at: dict(zip(*pairs, strict=True)) for at, *pairs in zip(asked, concepts, voices, strict=True)}
        return found

    def measured(self, kind: str, fit: Fit, around: Sequence[Around[str]]) -> np.ndarray:
        """The values of all ``FEATURES`` for the candidates of a ``fit`` with the lines ``around`` each of its lines."""
        numbers = [Around(*(self.numbers.get(name or "-") for name in names)) for names in around]
        return self._measures[kind].beside(fit, numbers)

    def ranks(self, kind: str, fit: Fit, around: Sequence[Around[str]]) -> list[list[tuple[str, float]]]:
        """For each line of a ``fit``, with the lines ``around`` it, the QNames that may be meant, most probable first, with their
        probabilities, as far as these are not nearly nought; empty for none of them.
        """
        scores = self.network.scores(self.measured(kind, fit, around))
        scores[fit.concepts < 0] = -np.inf
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        return [
            [
                (self.concepts[concept], -rest)
                for rest, concept in sorted(zip(held, concepts, strict=True))
                if -rest > _LEAST
            ]
            for held, concepts in zip((-chances).tolist(), fit.concepts.tolist(), strict=True)
        ]


@cache
def load(path: Path) -> Ranker | None:
    """The ranker that ``path`` and the file of words beside it hold; None where there is no such file."""
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        first, *keys = arrays["text"].tobytes().decode("utf-8").split("\n")
        head = json.loads(first)
        counts = Counts(head["tables"], keys, len(head["concepts"]), arrays["cells"], arrays["counted"])
        words = np.asarray(np.load(_words_beside(path), mmap_mode="r"))  # only the rows that are asked for are read
        encoder = _encoder_of(arrays, words, head["kinds"], head["layers"])
        direct, hidden, bias, outer = (arrays[f"network {name}"].astype(np.float32) for name in _WEIGHTS)
    network = Network(direct, hidden, bias, outer, head["right"], head["right_recently"])
    return Ranker(head["concepts"], counts, head["usage"], encoder, network)


def save(ranker: Ranker, path: Path) -> None:
    """Write ``ranker`` so that the same counts give the same bytes: the array ``text`` is a line of JSON and the keys of the
    counts, a line for each; the vectors of words are a file of their own beside it.
    """
    network, encoder, counts = ranker.network, ranker.encoder, ranker.counts
    head = {
        "concepts": ranker.concepts,
        "usage": ranker.usage,
        "kinds": list(encoder.kinds),
        "tables": list(counts.tables),
        "layers": len(encoder.vectors.layers),
        "right": _rounded(network.right),
        "right_recently": _rounded(network.right_recently),
    }
    arrays = {f"network {name}": getattr(network, name) for name in _WEIGHTS}
    arrays |= {name: getattr(encoder.vectors, name) for name in _VECTORS}
    words = arrays.pop("words")
    for depth, layer in enumerate(encoder.vectors.layers):
        arrays |= {f"{depth} {name}": value for name, value in layer._asdict().items()}
    # Half as many digits do: what was learnt is less exact.
    arrays = {name: a.astype(np.float16) if a.dtype == np.float32 else a for name, a in arrays.items()}
    text = "\n".join([json.dumps(head, separators=(",", ":")), *counts.keys])
    arrays |= {"text": _bytes(text), "tokens": _bytes("\n".join(encoder.tokens))}
    _replace(_words_beside(path), lambda file: np.save(file, words))
    _replace(path, lambda file: np.savez(file, cells=counts.cells, counted=counts.counted, **arrays))


def _replace(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file anew beside ``path`` and put it in its place: the old one may be mapped into memory."""
    anew = path.with_name(f"{path.name}.new")
    with anew.open("wb") as file:
        write(file)
    anew.replace(path)


def _words_beside(path: Path) -> Path:
    return path.with_name(path.stem + _WORDS)


def _encoder_of(arrays: Mapping[str, np.ndarray], words: np.ndarray, kinds: Sequence[str], layers: int) -> Encoder:
    """The encoder of a file, which has so many ``layers``; ``words`` are of the one beside it.

    Raises ``ValueError`` where the two files are not of one training.
    """

    def whole(name: str) -> np.ndarray:
        return arrays[name].astype(np.float32)

    spread, concepts, bias = (whole(name) for name in _VECTORS[1:])
    if words.shape[:2] != spread.shape:
        raise ValueError(f"{RANKER_FILE} and the words beside it are of different trainings: install both anew")
    weights = [Layer(*(whole(f"{depth} {name}") for name in Layer._fields)) for depth in range(layers)]
    tokens = arrays["tokens"].tobytes().decode("utf-8").split("\n")
    numbers = {token: row for row, token in enumerate(tokens)}
    return Encoder(kinds, numbers, Vectors(words, spread, concepts, bias, weights))


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _rounded(points: Points) -> Points:
    return [[round(value, 4) for value in point] for point in points]
