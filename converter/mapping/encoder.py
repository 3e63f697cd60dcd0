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
FEWEST = (
    8  # lines of a statement that is heard as a whole: hardly a filer's has fewer, and nothing was learnt from such
)
_LEAST_SQUARE = 1e-5
Array = Any  # of numpy, or of the library that learns


class Layer(NamedTuple):
    """Weights: from a line, the ``REACH`` lines above and below and the mean line to units (with a ``bias``), and back."""

    inward: Array
    bias: Array
    outward: Array


def tokens_of(item: Item, kind: str) -> tuple[str, ...]:
    """What speaks of a line: its words and their pairs, the whole label and its head, the section and those around it, the
    caption, the labels above and below, and what a row of the concept table claims.
    """
    whole, *heads = forms(item.label) or ("",)
    words = content_words(item.label)
    return tuple(
        dict.fromkeys(
            (
                *words,
                *pairs_of(whole),
                *(f"k:{kind}:{word}" for word in words),
                *(f"s:{kind}:{section}" for section in enclosing(item.section)),
                *(f"c:{word}" for word in content_words(item.caption)),
                *(f"a:{word}" for word in content_words(item.above)),
                *(f"b:{word}" for word in content_words(item.below)),
                *(("recent",) if item.is_recent else ()),
                f"p:{whole}",
                f"kp:{kind}:{whole}",
                *(f"q:{head}" for head in heads),
                *(("row:-",) if item.row is None else [f"row:{name}" for name in item.row or ("",)]),
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
        seen.append(xp.broadcast_to(mean, plain.shape))
        units = xp.maximum(xp.concatenate(seen, -1) @ layer.inward + layer.bias, 0)
        lines = lines + dropped(units) @ layer.outward
    return lines


def _shifted(xp: Any, lines: Array, by: int) -> Array:
    """``lines`` moved down by one, or up; nought comes in."""
    nothing = xp.zeros_like(lines[..., :1, :])
    parts = [nothing, lines[..., :-1, :]] if by > 0 else [lines[..., 1:, :], nothing]
    return xp.concatenate(parts, -2)


class Member(NamedTuple):
    """One of the networks of an encoder: a row of ``words`` for each token, small integers, of which ``spread`` says by row what
    1 stands for; a row of ``concepts`` for each concept; and the ``bias``, a row for each kind of statement with a number for
    each concept, minus infinity where the statement has no such.
    """

    words: np.ndarray
    spread: np.ndarray
    concepts: np.ndarray
    bias: np.ndarray
    layers: Sequence[Layer]

    def started(self, known: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """The sums of the vectors of the tokens ``known``, so many a line as ``counts`` says, by the root of their number."""
        lines = np.zeros((len(counts), self.words.shape[1]), dtype=np.float32)
        if len(known):
            said = self.words[known] * self.spread[known, None]
            starts = np.cumsum(counts) - counts
            lines[counts > 0] = np.add.reduceat(said, starts[counts > 0], axis=0)
        lines /= np.sqrt(np.maximum(counts, 1, dtype=np.float32))[:, None]
        return lines


@dataclass(frozen=True, slots=True)
class Encoder:
    """``members`` that learnt the same, each from another start: the mean of what they say is better than any of them.

    ``kinds`` are the kinds of statements in the order of the members' bias, ``tokens`` says which row of their words is whose.
    """

    kinds: Sequence[str]
    tokens: Mapping[str, int]
    members: Sequence[Member]
    _by_kind: dict[str, tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]] = field(
        default_factory=dict, repr=False
    )

    def spoken(self, kind: str, items: Sequence[Item]) -> tuple[np.ndarray, np.ndarray]:
        """The concepts that a statement of the ``kind`` may have, and how strongly each of ``items``, its lines in their order,
        speaks for each of these: logarithms of probabilities, a row for each line.
        """
        rows = [[self.tokens[t] for t in tokens_of(item, kind) if t in self.tokens] for item in items]
        counts = np.array([len(row) for row in rows])
        known = np.array([token for row in rows for token in row], dtype=np.intp)
        link = np.full(len(rows), len(rows) >= FEWEST, dtype=np.float32)
        link[0] = 0
        there, speaking = self._of_kind(kind)
        said = np.zeros((len(rows), len(there)), dtype=np.float32)
        for member, (concepts, bias) in zip(self.members, speaking, strict=True):
            scores = encoded(np, member.started(known, counts), link, member.layers) @ concepts + bias
            scores -= scores.max(axis=1, keepdims=True)
            said += scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return there, said / len(self.members)

    def _of_kind(self, kind: str) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
        """The concepts that a statement may have, and of each member the vectors of these, as columns, and their bias."""
        found = self._by_kind.get(kind)
        if found is None:
            at = self.kinds.index(kind)
            there = np.flatnonzero(np.isfinite(self.members[0].bias[at]))
            speaking = [
                (np.ascontiguousarray(member.concepts[there].T), member.bias[at, there]) for member in self.members
            ]
            found = self._by_kind[kind] = there, speaking
        return found
