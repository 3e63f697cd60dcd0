"""Learns the vectors of words and concepts: a linear model that tells a line's concept from its words, its section and its
caption, with the words of the concepts' names as what concepts have in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import cos, pi
from typing import TYPE_CHECKING, Any

import numpy as np

from converter.mapping.features import words_of_name
from converter.mapping.vectors import SIZE, Vectors, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from presentations import Example

EPOCHS = 8
BATCH = 512
RATE = 8e-3
DROPPED = 0.25  # of the tokens of a line, so that none is relied on alone
DECAY = 1e-2
SEED = 0
FEWEST = 2  # companies that use a token


def learnt_vectors(examples: Sequence[Example], concepts: Sequence[str]) -> Vectors:
    """The vectors that give the answers of ``examples`` the highest probability among the concepts of their statement."""
    lines = {(e.company, e.kind, e.item.label, e.item.section, e.item.is_recent, e.concept): e for e in examples}
    number = {name: at for at, name in enumerate(concepts)}
    told = [(tokens_of(e.item, e.kind), e) for e in lines.values() if e.concept in number]
    users: dict[str, set[int]] = defaultdict(set)
    for tokens, e in told:
        for token in tokens:
            users[token].add(e.company)
    tokens_known = sorted(token for token, companies in users.items() if len(companies) >= FEWEST)
    token_number = {token: at + 1 for at, token in enumerate(tokens_known)}  # 0 is no token
    name_words = sorted({word for name in concepts for word in words_of_name(name)})
    word_number = {word: at for at, word in enumerate(name_words)}
    parts = np.zeros((len(concepts), len(name_words)), dtype=np.float32)
    for at, name in enumerate(concepts):
        words = words_of_name(name)
        for word in words:
            parts[at, word_number[word]] = len(words) ** -0.5
    kinds = sorted({e.kind for _, e in told})
    by_kind = []
    for kind in kinds:
        rows = [(tokens, e) for tokens, e in told if e.kind == kind]
        among = sorted({number[e.concept] for _, e in rows})
        place = {concept: at for at, concept in enumerate(among)}
        width = max(len(tokens) for tokens, _ in rows)
        x = np.zeros((len(rows), width), dtype=np.int32)
        y = np.zeros((len(rows), len(among)), dtype=np.float32)
        weight = np.ones(len(rows), dtype=np.float32)
        alike = Counter((e.company, e.item.label, e.concept) for _, e in rows)
        for at, (tokens, e) in enumerate(rows):
            known = [token_number[token] for token in tokens if token in token_number]
            x[at, : len(known)] = known
            answers = [place[number[name]] for name in e.answers if number.get(name) in place]
            y[at, answers] = 1
            weight[at] = 1 / alike[e.company, e.item.label, e.concept]
        by_kind.append((np.array(among), x, y, weight))
    return descended(by_kind, parts, tokens_known, concepts, kinds)


@dataclass
class Parameter:
    """Numbers that descend by Adam (Kingma and Ba 2015); only the rows that a step touches move."""

    value: np.ndarray
    first: np.ndarray = field(init=False)
    second: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.second = np.zeros_like(self.value), np.zeros_like(self.value)

    def descend(self, at: Any, gradient: np.ndarray, rate: float, step: int) -> None:
        """One ``step``, the first being 1, for the rows ``at``."""
        first = self.first[at] = 0.9 * self.first[at] + 0.1 * gradient
        second = self.second[at] = 0.999 * self.second[at] + 0.001 * gradient * gradient
        mean, square = first / (1 - 0.9**step), second / (1 - 0.999**step)
        self.value[at] -= rate * (mean / (np.sqrt(square) + 1e-8) + DECAY * self.value[at])


def descended(
    by_kind: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]],
    parts: np.ndarray,
    tokens: Sequence[str],
    concepts: Sequence[str],
    kinds: Sequence[str],
) -> Vectors:
    """The vectors, from the lines of each kind of statement: the concepts that there are, the tokens of each line, which of
    the concepts are its answers, and its weight; ``parts`` says what words the names of concepts are made of.
    """
    chance = np.random.default_rng(SEED)

    def small(size: int, spread: float) -> Parameter:
        return Parameter(chance.normal(0, spread, (size, SIZE)).astype(np.float32))

    words, own, names = small(len(tokens) + 1, 0.1), small(len(concepts), 0.05), small(parts.shape[1], 0.1)
    bias = Parameter(np.zeros((len(kinds), len(concepts)), dtype=np.float32))
    parts_of = [parts[among] for among, *_ in by_kind]
    step, total = 0, EPOCHS * sum(-(-len(y) // BATCH) for _, _, y, _ in by_kind)
    right = seen = 0
    for _ in range(EPOCHS):
        batches = [
            (kind, order[start : start + BATCH])
            for kind, (_, _, y, _) in enumerate(by_kind)
            for order in (chance.permutation(len(y)),)
            for start in range(0, len(y), BATCH)
        ]
        chance.shuffle(batches)
        right = seen = 0
        for kind, at in batches:
            among, x, y, weight = by_kind[kind]
            line, place = np.nonzero(x[at] * (chance.random(x[at].shape, dtype=np.float32) > DROPPED))
            token = x[at][line, place]
            scale = 1 / np.sqrt(np.maximum(np.bincount(line, minlength=len(at)), 1, dtype=np.float32))[:, None]
            said = summed(words.value[token], line, len(at)) * scale
            out = own.value[among] + parts_of[kind] @ names.value
            scores = said @ out.T + bias.value[kind, among]
            scores -= scores.max(axis=1, keepdims=True)
            chances = np.exp(scores)
            chances /= chances.sum(axis=1, keepdims=True)
            right += int(y[at, chances.argmax(axis=1)].sum())
            seen += len(at)
            meant = chances * y[at]
            chances -= meant / meant.sum(axis=1, keepdims=True)
            chances *= (weight[at] / np.float32(len(at)))[:, None]
            step += 1
            rate = RATE * (1 + cos(pi * step / total)) / 2
            order = np.argsort(token, kind="stable")
            touched, of = np.unique(token[order], return_inverse=True)
            back = ((chances @ out) * scale)[line[order]]
            to_out = chances.T @ said
            words.descend(touched, summed(back, of, len(touched)), rate, step)
            own.descend(among, to_out, rate, step)
            names.descend(slice(None), parts_of[kind].T @ to_out, rate, step)
            bias.descend((kind, among), chances.sum(axis=0), rate, step)
    print(f"vectors of {len(tokens)} tokens: {right / seen:.3f} right", flush=True)
    return Vectors.of(
        {token: words.value[at + 1].tolist() for at, token in enumerate(tokens)},
        (own.value + parts @ names.value).tolist(),
        {kind: bias.value[at].tolist() for at, kind in enumerate(kinds)},
    )


def summed(rows: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """The sums of ``rows`` by ``group``, numbers that rise; of groups without a row, nought."""
    found = np.zeros((groups, rows.shape[1]), dtype=np.float32)
    if len(group):
        starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        found[group[starts]] = np.add.reduceat(rows, starts, axis=0)
    return found
