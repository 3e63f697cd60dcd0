"""What a whole statement says of each of its lines: a small network that knows the lines by their words and their neighbours.

A line starts as the sum of the vectors of what is printed of it (``tokens_of``). Layers add to it what the lines around it
are and what the statement is as a whole: convolutions over the lines, with residual connections (He et al. 2016, "Deep
residual learning for image recognition") and normalised by their root mean square (Zhang and Sennrich 2019). How strongly
it then speaks for a concept is the product with the concept's vector. ``taxonomy/encoder.py`` learns all vectors.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from converter.mapping.sections import enclosing
from converter.mapping.words import content_words, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from converter.mapping.features import Item

REACH = 1  # lines above and below that a layer sees
FEWEST = 8  # lines of a statement that is heard as a whole: hardly a filer's that was learnt from has fewer
_LEAST_SQUARE = 1e-5
_STEM = 5  # letters: "issuance", "issued" and "issuing" begin alike
Array = Any  # of numpy, or of the library that learns


class Layer(NamedTuple):
    """Weights: from a line, the ``REACH`` lines above and below and the mean line to units (with a ``bias``), and back."""

    inward: Array
    bias: Array
    outward: Array


def tokens_of(item: Item, kind: str) -> tuple[str, ...]:
    """What speaks of a line, most important first: the whole label and its head, what a row of the concept table claims, the
    section and those around it, the words, their pairs and how the long ones begin, the caption, the labels above and below.
    """
    whole, *heads = forms(item.label) or ("",)
    words = content_words(item.label)
    return tuple(
        dict.fromkeys(
            (
                f"p:{whole}",
                f"kp:{kind}:{whole}",
                *(f"q:{head}" for head in heads),
                *(("row:-",) if item.row is None else [f"row:{name}" for name in item.row or ("",)]),
                *(("recent",) if item.is_recent else ()),
                *(f"s:{kind}:{section}" for section in enclosing(item.section)),
                *words,
                *pairs_of(whole),
                *(f"k:{kind}:{word}" for word in words),
                *(f"c:{word}" for word in content_words(item.caption)),
                *(f"x:{word[:_STEM]}" for word in words if len(word) > _STEM),
                *(f"a:{word}" for word in content_words(item.above)),
                *(f"b:{word}" for word in content_words(item.below)),
            )
        )
    )


def pairs_of(form: str) -> list[str]:
    """The pairs of neighbouring words of a normal form, with a mark at each end."""
    words = ["^", *form.split(), "$"]
    return [f"{one} {other}" for one, other in itertools.pairwise(words)]


def encoded(
    xp: Any,
    lines: Array,
    link: Array,
    layers: Sequence[Layer],
    dropped: Callable[[Array], Array] = lambda units: units,
) -> Array:
    """``lines``, of the shape (..., line, dimension), with what their neighbours say.

    ``xp`` is numpy, or a library with its functions. ``link``, of the shape (..., line), is 1 for a line that follows the one
    before it in a statement, else 0, and -1 where there is no line. ``dropped`` leaves out some of the hidden units.
    """
    real = (link >= 0)[..., None]
    above = xp.maximum(link, 0)[..., None]
    below = _shifted(xp, above, -1)
    count = xp.maximum(real.sum(-2, keepdims=True), 1).astype(lines.dtype)
    is_statement = above.max(-2, keepdims=True)
    for layer in layers:
        plain = lines / xp.sqrt((lines * lines).mean(-1, keepdims=True) + _LEAST_SQUARE)
        mean = (plain * real).sum(-2, keepdims=True) / count * is_statement
        seen, up, down = [plain], plain, plain
        for _ in range(REACH):
            up, down = _shifted(xp, up, 1) * above, _shifted(xp, down, -1) * below
            seen += [up, down]
        near = xp.concatenate(seen, -1)
        inward, of_mean = layer.inward[..., : near.shape[-1], :], layer.inward[..., near.shape[-1] :, :]
        units = xp.maximum(near @ inward + (mean @ of_mean + layer.bias), 0)
        lines = lines + dropped(units) @ layer.outward
    return lines


def _shifted(xp: Any, lines: Array, by: int) -> Array:
    """``lines`` moved down by one, or up; nought comes in."""
    nothing = xp.zeros_like(lines[..., :1, :])
    parts = [nothing, lines[..., :-1, :]] if by > 0 else [lines[..., 1:, :], nothing]
    return xp.concatenate(parts, -2)


class Vectors(NamedTuple):
    """What several networks that learnt the same, each from another start, know: each array has an axis for these members.

    ``words`` are small integers of the shape (token, member, dimension), of which ``spread`` (token, member) says what 1 stands
    for. ``concepts`` are of the shape (member, concept, dimension), and ``bias``, (member, kind of statement, concept), is minus
    infinity where a statement has no such concept. The weights of ``layers`` have the members first.
    """

    words: np.ndarray
    spread: np.ndarray
    concepts: np.ndarray
    bias: np.ndarray
    layers: Sequence[Layer]

    def started(self, known: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """The sums of the vectors of the tokens ``known``, so many a line as ``counts`` says, by the root of their number; of the
        shape (member, line, dimension).
        """
        lines = np.zeros((len(counts), *self.words.shape[1:]), dtype=np.float32)
        if len(known):
            said = self.words[known] * self.spread[known, :, None]
            starts = np.cumsum(counts) - counts
            lines[counts > 0] = np.add.reduceat(said, starts[counts > 0], axis=0)
        lines /= np.sqrt(np.maximum(counts, 1, dtype=np.float32))[:, None, None]
        return lines.swapaxes(0, 1)


@dataclass(frozen=True, slots=True)
class Encoder:
    """Networks whose mean is better than any of them.

    ``kinds`` are the kinds of statements in the order of the bias, ``tokens`` says which row of the words is whose.
    """

    kinds: Sequence[str]
    tokens: Mapping[str, int]
    vectors: Vectors
    _by_kind: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=dict, repr=False)

    def spoken(self, kind: str, items: Sequence[Item]) -> tuple[np.ndarray, np.ndarray]:
        """The concepts that a statement of the ``kind`` may have, and how strongly each of ``items``, its lines in their order,
        speaks for each of these: logarithms of probabilities, a row for each line.
        """
        rows = [[self.tokens[t] for t in tokens_of(item, kind) if t in self.tokens] for item in items]
        counts = np.array([len(row) for row in rows])
        known = np.array([token for row in rows for token in row], dtype=np.intp)
        link = np.full(len(rows), len(rows) >= FEWEST, dtype=np.float32)
        link[0] = 0
        there, concepts, bias = self._of_kind(kind)
        lines = encoded(np, self.vectors.started(known, counts), link, self.vectors.layers)
        scores = lines.swapaxes(0, 1).reshape(len(rows), -1) @ concepts + bias
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return there, scores

    def _of_kind(self, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The concepts that a statement may have; their vectors, as columns with all members below each other, and their bias,
        which give the mean of the members.
        """
        found = self._by_kind.get(kind)
        if found is None:
            bias = self.vectors.bias[:, self.kinds.index(kind)].mean(axis=0)
            there = np.flatnonzero(np.isfinite(bias))
            members = self.vectors.concepts[:, there]
            columns = np.ascontiguousarray(members.swapaxes(1, 2).reshape(-1, len(there)) / len(members))
            found = self._by_kind[kind] = there, columns, bias[there]
        return found
