"""A learned ranker: how probable each concept is for a line, by its words, its section and what stands around it.

What a whole statement says of its lines (``encoder``) names the candidates; what filers called their lines is counted by
company (``counts``). A small network turns the measures of fit (``features``) into probabilities; one of its outcomes is
that no standard concept fits. All of it comes from ``ranker.npz`` of the taxonomy's folder, which ``taxonomy/train.py``
makes.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from converter.mapping.counts import TABLES, Counts
from converter.mapping.encoder import Encoder, Layer, Member
from converter.mapping.features import OWN, SHORTLIST, Around, Fit, Item, Measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

RANKER_FILE = "ranker.npz"
_WEIGHTS = ("direct", "hidden", "bias", "outer")  # the arrays of a network, and those of a member of an encoder
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
        self,
        concepts: Sequence[str],
        kinds: Mapping[str, Counts],
        usage: Sequence[int],
        encoder: Encoder,
        network: Network,
    ):
        """``usage`` is by concept."""
        self.concepts = list(concepts)
        self.usage = list(usage)
        self.encoder = encoder
        self.kinds = kinds
        self.network = network
        self.numbers = {name: number for number, name in enumerate(concepts)}
        self._measures = {
            kind: Measures(counts, self.concepts, self.numbers, self.usage) for kind, counts in kinds.items()
        }
        self._among: dict[tuple[str, frozenset[str]], np.ndarray] = {}

    def is_same(self, kind: str, one: str, other: str) -> bool:
        """Whether ``other`` nearly always serves for the lines for which ``one`` does."""
        serving = self.kinds[kind].table("same", str(self.numbers[one]))
        return one == other or serving.get(self.numbers[other], 0) >= _NEARLY_ALWAYS

    def rights(self, kind: str, ranks: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """How probable it is that each of ``ranks``, concepts with their probabilities, is right: where one is, others may serve
        as well. All add up to one at the least.
        """
        total = sum(p for _, p in ranks) or 1.0
        held = {self.numbers[name]: p / total for name, p in ranks}
        rights = dict(held)
        for concept, p in held.items():
            for other, share in self.kinds[kind].table("same", str(concept)).items():
                if other in held and other != concept:
                    rights[other] += p * share / 100
        return [(name, rights[self.numbers[name]]) for name, _ in ranks]

    def fits(self, kind: str, lines: Sequence[Asked], shortlist: int = SHORTLIST) -> list[Fit | None]:
        """How concepts, as many as ``shortlist`` says at the most, fit each of ``lines``, those of a statement in their order;
        None for one of which it is not asked, and for all where nothing is known of the statement.
        """
        measures = self._measures.get(kind)
        if measures is None or not lines:
            return [None] * len(lines)
        there, spoken = self.encoder.spoken(kind, [line.item for line in lines])
        return [
            measures.fit(line.item, self._likely(kind, there, row, line, shortlist)) if line.allowed else None
            for line, row in zip(lines, spoken, strict=True)
        ]

    def _likely(
        self, kind: str, there: np.ndarray, spoken: np.ndarray, line: Asked, shortlist: int
    ) -> dict[int, float]:
        """``OWN``, what a row claims, and what the statement speaks for most strongly; each with how strongly.

        ``there`` are the concepts that a statement of the ``kind`` may have, in the order of ``spoken``.
        """
        among = self._among.get((kind, line.allowed))
        if among is None:
            may_be = [number == OWN or self.concepts[number] in line.allowed for number in there.tolist()]
            among = self._among[kind, line.allowed] = np.flatnonzero(may_be)
        voices = spoken[among]
        best = np.argpartition(-voices, shortlist)[:shortlist] if len(among) > shortlist else np.arange(len(among))
        voiced = dict(zip(there[among[best]].tolist(), voices[best].tolist(), strict=True))
        likely = sorted(voiced, key=lambda concept: (-voiced[concept], concept))
        claimed = [self.numbers[name] for name in line.item.row or () if name in line.allowed]
        kept = list(dict.fromkeys([OWN, *claimed, *likely]))[:shortlist]
        least = min(voiced.values(), default=0.0) - 1
        return {concept: voiced.get(concept, least) for concept in kept}

    def ranks(self, fits: Sequence[Fit], around: Sequence[Around[str]]) -> list[list[tuple[str, float]]]:
        """For each of ``fits``, with the lines ``around`` it, the QNames that may be meant, most probable first, with their
        probabilities, as far as these are not nearly nought; empty for none of them.
        """
        rows = [
            row
            for fit, names in zip(fits, around, strict=True)
            for row in fit.beside(Around(*(self.numbers.get(name or "-") for name in names)))
        ]
        if not rows:
            return []
        scores = self.network.scores(np.array(rows, dtype=np.float32)).tolist()
        found: list[list[tuple[str, float]]] = []
        start = 0
        for fit in fits:
            own = scores[start : start + len(fit.concepts)]
            start += len(own)
            best = max(own)
            powers = [exp(score - best) for score in own]
            total = sum(powers)
            told = [pair for pair in zip(powers, fit.concepts, strict=True) if pair[0] > _LEAST * total]
            told.sort(key=lambda pair: (-pair[0], pair[1]))
            found.append([(self.concepts[concept], power / total) for power, concept in told])
        return found


@cache
def load(path: Path) -> Ranker | None:
    """The ranker that ``path`` holds; None where there is no such file."""
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        first, _, rest = arrays["text"].tobytes().decode("ascii").partition("\n")
        head = json.loads(first)
        encoder = _encoder_of(arrays, head["members"], list(head["kinds"]))
        direct, hidden, bias, outer = (arrays[f"network {name}"].astype(np.float32) for name in _WEIGHTS)
    tables = dict(_tables(rest.split("\n")))
    kinds = {
        kind: Counts(prior, {name: tables[f"{kind} {name}"] for name in TABLES})
        for kind, prior in head["kinds"].items()
    }
    network = Network(direct, hidden, bias, outer, head["right"], head["right_recently"])
    return Ranker(head["concepts"], kinds, head["usage"], encoder, network)


def save(ranker: Ranker, path: Path) -> None:
    """Write ``ranker`` so that the same counts give the same bytes.

    The array ``text`` is a line of JSON, and then each table: a line "name of the table, tab, number of its rows", and for
    each row a line with its key and one with its cells, which are quicker to read than anything with marks between.
    """
    network, encoder = ranker.network, ranker.encoder
    head = {
        "concepts": ranker.concepts,
        "usage": ranker.usage,
        "kinds": {kind: ranker.kinds[kind].prior for kind in encoder.kinds},
        "members": len(encoder.members),
        "right": _rounded(network.right),
        "right_recently": _rounded(network.right_recently),
    }
    lines = [json.dumps(head, separators=(",", ":"))]
    tables = {f"{kind} {name}": ranker.kinds[kind].tables[name] for kind in encoder.kinds for name in TABLES}
    for name, table in tables.items():
        lines.append(f"{name}\t{len(table)}")
        for key, cells in sorted(table.items()):
            lines += [key, cells]
    arrays = {f"network {name}": getattr(network, name) for name in _WEIGHTS}
    for at, member in enumerate(encoder.members):
        arrays |= {f"{at} {name}": getattr(member, name) for name in _VECTORS}
        for depth, layer in enumerate(member.layers):
            arrays |= {f"{at} {depth} {name}": value for name, value in layer._asdict().items()}
    # Half as many digits do: what was learnt is less exact.
    arrays = {name: a.astype(np.float16) if a.dtype == np.float32 else a for name, a in arrays.items()}
    with path.open("wb") as file:
        np.savez(file, text=_bytes("\n".join(lines) + "\n"), tokens=_bytes("\n".join(encoder.tokens)), **arrays)


def _encoder_of(arrays: Mapping[str, np.ndarray], members: int, kinds: Sequence[str]) -> Encoder:
    """The encoder of a file that has so many ``members``."""

    def whole(name: str) -> np.ndarray:
        return arrays[name].astype(np.float32)

    found = []
    for at in range(members):
        depth = sum(name.startswith(f"{at} ") and name.endswith(" inward") for name in arrays)
        layers = [Layer(*(whole(f"{at} {level} {name}") for name in Layer._fields)) for level in range(depth)]
        words = arrays[f"{at} words"]
        spread, concepts, bias = (whole(f"{at} {name}") for name in _VECTORS[1:])
        found.append(Member(words, spread, concepts, bias, layers))
    tokens = arrays["tokens"].tobytes().decode("utf-8").split("\n")
    return Encoder(kinds, {token: row for row, token in enumerate(tokens)}, found)


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _tables(lines: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The tables of a file, by name."""
    at = 0
    while lines[at]:
        name, _, size = lines[at].partition("\t")
        end = at + 1 + 2 * int(size)
        yield name, dict(zip(lines[at + 1 : end : 2], lines[at + 2 : end : 2], strict=True))
        at = end


def _rounded(points: Points) -> Points:
    return [[round(value, 4) for value in point] for point in points]
