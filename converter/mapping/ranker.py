"""A learned ranker: how probable each concept is for a line, by its words, its section and what stands around it.

What filers called their lines is counted by company (``counts``), and how the words of labels and names translate
(``translation``). A small network turns the measures of fit (``features``) into probabilities; one of its outcomes is
that no standard concept fits. All of it comes from ``ranker.txt`` of the taxonomy's folder, which ``taxonomy/train.py``
makes.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import asdict, dataclass
from functools import cache
from math import exp
from operator import mul
from typing import TYPE_CHECKING, Any

from converter.mapping.counts import TABLES, Counts
from converter.mapping.features import Around, Fit, Item, Measures
from converter.mapping.translation import Translation
from converter.mapping.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

RANKER_FILE = "ranker.txt"
_LIKELY = 8  # candidates that the network weighs
_NEARLY_ALWAYS = 0.9  # of the lines of a concept


@dataclass(frozen=True, slots=True)
class Network:
    """Scores of features: ``quick`` weighs them alone, for a first choice; ``direct`` and what the hidden units say tell.

    A unit has a weight for each feature and a bias behind them; ``outer`` has a weight for each unit. Of tags held for
    as probable as the first number of a pair, rising, the share that is the second was right: ``right`` of statements of the
    first years of XBRL, ``right_recently`` of later ones.
    """

    quick: list[float]
    direct: list[float]
    hidden: list[list[float]]
    outer: list[float]
    right: list[list[float]]
    right_recently: list[list[float]]

    def score(self, features: Sequence[float]) -> float:
        """The logarithm of how probable a candidate is, up to what all candidates of a line have in common."""
        score: float = sum(map(mul, self.direct, features))
        for unit, weight in zip(self.hidden, self.outer, strict=True):
            signal = sum(map(mul, unit, features), unit[-1])
            if signal > 0:
                score += weight * signal
        return score

    def share_right(self, held: float, *, is_recent: bool) -> float:
        """How many of the tags that are held for as probable as ``held`` are right: between the measured, in a line."""
        points = self.right_recently if is_recent else self.right
        at = bisect_left(points, [held])
        low, least = points[at - 1] if at else (0.0, 0.0)
        high, most = points[at] if at < len(points) else (1.0, 1.0)
        return most - (high - held) / ((high - low) or 1.0) * (most - least)


class Ranker:
    """Counts, translations and weights, and the concepts they speak of; the first of ``concepts`` stands for none."""

    def __init__(
        self,
        concepts: Sequence[str],
        kinds: Mapping[str, Counts],
        translations: tuple[Translation, Translation],
        usage: Sequence[int],
        vectors: Vectors,
        network: Network,
    ):
        """``translations`` lead from names to labels, and from labels to names; ``usage`` is by concept."""
        self.concepts = list(concepts)
        self.usage = list(usage)
        self.vectors = vectors
        self.kinds = kinds
        self.translations = translations
        self.network = network
        self.numbers = {name: number for number, name in enumerate(concepts)}
        self._measures = {
            kind: Measures(kind, counts, self.concepts, self.numbers, *translations, self.usage, vectors)
            for kind, counts in kinds.items()
        }

    def is_same(self, kind: str, one: str, other: str) -> bool:
        """Whether ``other`` nearly always serves for the lines for which ``one`` does."""
        return self.serving(kind, [self.numbers[one], self.numbers[other]])[0][1] >= _NEARLY_ALWAYS

    def serving(self, kind: str, concepts: Sequence[int]) -> list[list[float]]:
        """For each of ``concepts``, in what share of its lines each of them serves as well."""
        counts = self.kinds[kind]
        tables = [counts.table("same", str(concept)) for concept in concepts]
        return [
            [1.0 if one == other else table.get(other, 0) / 100 for other in concepts]
            for one, table in zip(concepts, tables, strict=True)
        ]

    def rights(self, kind: str, ranks: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """How probable it is that each of ``ranks``, concepts with their probabilities, is right: where one is, others may serve
        as well. All add up to one at the least.
        """
        serves = self.serving(kind, [self.numbers[name] for name, _ in ranks])
        total = sum(p for _, p in ranks) or 1.0
        return [
            (name, sum(p * row[at] for (_, p), row in zip(ranks, serves, strict=True)) / total)
            for at, (name, _) in enumerate(ranks)
        ]

    def is_rare(self, kind: str, item: Item) -> bool:
        """Whether hardly a filer used the phrase of ``item`` (``Measures.is_rare``)."""
        measures = self._measures.get(kind)
        return measures is not None and measures.is_rare(item)

    def agreed(self, kind: str, item: Item, allowed: Collection[str]) -> list[tuple[str, float]] | None:
        """What ``rank`` would say of an ``item`` on which filers agree; None where they do not."""
        measures = self._measures.get(kind)
        found = None if measures is None else measures.agreed(item)
        if found is None or self.concepts[found[0]] not in allowed:
            return None
        concept, probability = found
        return [(self.concepts[concept], probability), (self.concepts[0], 1 - probability)]

    def fit(self, kind: str, item: Item, allowed: Collection[str]) -> Fit | None:
        """How the concepts of ``allowed`` fit ``item`` by itself; None where nothing is known of the statement."""
        measures = self._measures.get(kind)
        return None if measures is None else measures.fit(item, allowed)

    def rank(self, fit: Fit, around: Around[str]) -> list[tuple[str, float]]:
        """The QNames that a line may mean, most probable first, with their probabilities; empty for none of them."""
        known = Around(*(self.numbers.get(name or "-") for name in around))
        rows = [[*row, *beside] for row, beside in zip(fit.rows, fit.beside(known), strict=True)]
        quick = [sum(map(mul, self.network.quick, row)) for row in rows]
        likely = sorted(range(len(rows)), key=lambda at: -quick[at])[:_LIKELY]
        scores = [self.network.score(rows[at]) for at in likely]
        best = max(scores)
        powers = [exp(score - best) for score in scores]
        total = sum(powers)
        ranked = sorted(zip(powers, (fit.concepts[at] for at in likely), strict=True), key=lambda p: (-p[0], p[1]))
        return [(self.concepts[concept], power / total) for power, concept in ranked]


@cache
def load(path: Path) -> Ranker | None:
    """The ranker that ``path`` holds; None where there is no such file."""
    if not path.is_file():
        return None
    first, _, rest = path.read_bytes().decode("ascii").partition("\n")
    head = json.loads(first)
    tables = dict(_tables(rest.split("\n")))
    kinds = {
        kind: Counts(**totals, tables={name: tables[f"{kind} {name}"] for name in TABLES})
        for kind, totals in head["kinds"].items()
    }
    says, names = (Translation(tables[f"{name} chances"], tables[f"{name} usual"]) for name in ("says", "names"))
    vectors = Vectors(tables["token vectors"], list(tables["concept vectors"].values()), head["bias"])
    return Ranker(head["concepts"], kinds, (says, names), head["usage"], vectors, Network(**head["network"]))


def save(ranker: Ranker, path: Path) -> None:
    """Write ``ranker`` so that the same counts give the same bytes.

    The first line is JSON; then each table is a line "name of the table, tab, number of its rows", and for each row a
    line with its key and one with its cells, which are quicker to read than anything with marks between.
    """
    kinds = {kind: {"prior": counts.prior, "expected": counts.expected} for kind, counts in ranker.kinds.items()}
    head = {
        "concepts": ranker.concepts,
        "usage": ranker.usage,
        "bias": ranker.vectors.bias,
        "network": _rounded(ranker.network),
        "kinds": kinds,
    }
    lines = [json.dumps(head, separators=(",", ":"))]
    tables = {f"{kind} {name}": c.tables[name] for kind, c in ranker.kinds.items() for name in TABLES}
    for name, translation in zip(("says", "names"), ranker.translations, strict=True):
        tables |= {f"{name} chances": translation.chances, f"{name} usual": translation.usual}
    tables["token vectors"] = ranker.vectors.tokens
    tables["concept vectors"] = {f"{at:05}": vector for at, vector in enumerate(ranker.vectors.concepts)}
    for name, table in tables.items():
        lines.append(f"{name}\t{len(table)}")
        for key, cells in sorted(table.items()):
            lines += [key, cells]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def _tables(lines: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The tables of a file, by name."""
    at = 0
    while lines[at]:
        name, _, size = lines[at].partition("\t")
        end = at + 1 + 2 * int(size)
        yield name, dict(zip(lines[at + 1 : end : 2], lines[at + 2 : end : 2], strict=True))
        at = end


def _rounded(network: Network) -> dict[str, object]:
    values: dict[str, list[Any]] = asdict(network)
    return {
        name: [[round(value, 4) for value in row] if isinstance(row, list) else round(row, 4) for row in rows]
        for name, rows in values.items()
    }
