"""Vectors of words and of concepts: how strongly the words of a line, its section and its caption speak for a concept.

A linear model of few dimensions (Joulin et al. 2016, "Bag of tricks for efficient text classification"), in which the words
of the concepts' names are what concepts have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import add, mul
from typing import TYPE_CHECKING

from converter.mapping.counts import pairs_of
from converter.mapping.sections import enclosing
from converter.mapping.words import content_words, forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.mapping.features import Item

SIZE = 48  # dimensions
_LEAST, _ZERO, _MOST = 33, 78, 123  # the printable characters that stand for the least number, for nought, for the most
_STEPS = 12.0  # of a character, to one


def tokens_of(item: Item, kind: str) -> tuple[str, ...]:
    """What speaks of a line: its words and their pairs, the kind of its statement with each section it stands in, and the
    words of the caption and of the lines around.
    """
    form = (forms(item.label) or ("",))[0]
    words = content_words(item.label)
    return tuple(
        dict.fromkeys(
            (
                *words,
                *pairs_of(form),
                *(f"k:{kind}:{word}" for word in words),
                *(f"s:{kind}:{section}" for section in enclosing(item.section)),
                *(f"c:{word}" for word in content_words(item.caption)),
                *(f"a:{word}" for word in content_words(item.above)),
                *(f"b:{word}" for word in content_words(item.below)),
                *(("recent",) if item.is_recent else ()),
            )
        )
    )


@dataclass
class Vectors:
    """Vectors as the file has them, a character for a number: of ``tokens``, and of ``concepts`` by number; ``bias`` by kind of
    statement, a number for each concept.
    """

    tokens: Mapping[str, str]
    concepts: Sequence[str]
    bias: Mapping[str, Sequence[float]]
    _opened: dict[str, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        tokens: Mapping[str, Sequence[float]],
        concepts: Sequence[Sequence[float]],
        bias: Mapping[str, Sequence[float]],
    ) -> Vectors:
        """Those of numbers, as the file has them."""
        return cls(
            {token: _closed(vector) for token, vector in tokens.items()},
            [_closed(vector) for vector in concepts],
            {kind: [round(value, 3) for value in values] for kind, values in bias.items()},
        )

    def scores(self, item: Item, kind: str, among: Sequence[int]) -> list[float]:
        """For each of the concepts ``among``, how strongly everything speaks for it."""
        known = [self.tokens[token] for token in tokens_of(item, kind) if token in self.tokens]
        bias = self.bias[kind]
        if not known:
            return [bias[concept] for concept in among]
        said = [0] * SIZE
        for vector in known:
            said = list(map(add, said, self._open(vector)))
        scale = 1 / (_STEPS * _STEPS * len(known) ** 0.5)
        return [bias[c] + scale * sum(map(mul, said, self._open(self.concepts[c]))) for c in among]

    def _open(self, vector: str) -> list[int]:
        found = self._opened.get(vector)
        if found is None:
            found = self._opened[vector] = [code - _ZERO for code in vector.encode("ascii")]
        return found


def _closed(vector: Sequence[float]) -> str:
    return bytes(max(_LEAST, min(_MOST, round(value * _STEPS) + _ZERO)) for value in vector).decode("ascii")
