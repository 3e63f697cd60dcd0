"""Learns the vectors of words and concepts: a linear model that tells a line's concept from its words, its section and its
caption, with the words of the concepts' names as what concepts have in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from descent import ALL_ROWS, Parameter, falling

from converter.mapping.features import words_of_name
from converter.mapping.vectors import SIZE, Vectors, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from presentations import Example

EPOCHS = 8
BATCH = 512
RATE = 8e-3
DROPPED = 0.25  # of the tokens of a line, so that none is relied on alone
DECAY = 1e-2
SEED = 0
FEWEST = 2  # companies that use a token


class Lines(NamedTuple):
    """Those of one kind of statement: the concepts that there are (``among``, by number), and for each line the numbers of its
    tokens, nought behind the last, which of the concepts are right, and how much it counts.
    """

    among: np.ndarray
    tokens: np.ndarray
    answers: np.ndarray
    weight: np.ndarray


def learnt_vectors(examples: Sequence[Example], concepts: Sequence[str]) -> Vectors:
    """The vectors that give the answers of ``examples`` the highest probability among the concepts of their statement."""
    lines = {(e.company, e.kind, e.item.label, e.item.section, e.item.is_recent, e.concept): e for e in examples}
    number = {name: at for at, name in enumerate(concepts)}
    told = [(tokens_of(e.item, e.kind), e) for e in lines.values() if e.concept in number]
    tokens = known_tokens(told)
    token_number = {token: at + 1 for at, token in enumerate(tokens)}
    kinds = sorted({e.kind for _, e in told})
    by_kind = [lines_of([(said, e) for said, e in told if e.kind == kind], token_number, number) for kind in kinds]
    model = Model(by_kind, parts_of_names(concepts), len(tokens))
    model.learn()
    return Vectors.of(
        {token: model.words.value[at + 1].tolist() for at, token in enumerate(tokens)},
        (model.own.value + model.parts @ model.names.value).tolist(),
        {kind: model.bias.value[at].tolist() for at, kind in enumerate(kinds)},
    )


def known_tokens(told: Iterable[tuple[Sequence[str], Example]]) -> list[str]:
    """The tokens that enough companies use."""
    users: dict[str, set[int]] = defaultdict(set)
    for tokens, e in told:
        for token in tokens:
            users[token].add(e.company)
    return sorted(token for token, companies in users.items() if len(companies) >= FEWEST)


def parts_of_names(concepts: Sequence[str]) -> np.ndarray:
    """What words the name of each concept is made of: a row for each, of length 1."""
    number = {word: at for at, word in enumerate(sorted({word for name in concepts for word in words_of_name(name)}))}
    parts = np.zeros((len(concepts), len(number)), dtype=np.float32)
    for at, name in enumerate(concepts):
        words = words_of_name(name)
        for word in words:
            parts[at, number[word]] = len(words) ** -0.5
    return parts


def lines_of(
    told: Sequence[tuple[Sequence[str], Example]], token_number: Mapping[str, int], number: Mapping[str, int]
) -> Lines:
    """The lines of one kind of statement; what a company says in several sections counts once in all."""
    among = sorted({number[e.concept] for _, e in told})
    place = {concept: at for at, concept in enumerate(among)}
    tokens = np.zeros((len(told), max(len(said) for said, _ in told)), dtype=np.int32)
    answers = np.zeros((len(told), len(among)), dtype=np.float32)
    weight = np.ones(len(told), dtype=np.float32)
    alike = Counter((e.company, e.item.label, e.concept) for _, e in told)
    for at, (said, e) in enumerate(told):
        known = [token_number[token] for token in said if token in token_number]
        tokens[at, : len(known)] = known
        answers[at, [place[number[name]] for name in e.answers if number.get(name) in place]] = 1
        weight[at] = 1 / alike[e.company, e.item.label, e.concept]
    return Lines(np.array(among), tokens, answers, weight)


class Model:
    """The parameters: of the ``words``, of the concepts' ``own``, of the words of their ``names``, and their ``bias``."""

    def __init__(self, by_kind: Sequence[Lines], parts: np.ndarray, tokens: int):
        """``parts`` says what words the names of the concepts are made of; there are so many ``tokens``."""
        self.by_kind = by_kind
        self.parts = parts
        self.chance = np.random.default_rng(SEED)
        self.words = self._small(tokens + 1, 0.1)
        self.own = self._small(len(parts), 0.05)
        self.names = self._small(parts.shape[1], 0.1)
        self.bias = Parameter(np.zeros((len(by_kind), len(parts)), dtype=np.float32), DECAY)
        self._parts_of = [parts[lines.among] for lines in by_kind]

    def _small(self, size: int, spread: float) -> Parameter:
        return Parameter(self.chance.normal(0, spread, (size, SIZE)).astype(np.float32), DECAY)

    def learn(self) -> None:
        """All epochs; prints how many lines of the last were right."""
        total = EPOCHS * sum(-(-len(lines.answers) // BATCH) for lines in self.by_kind)
        step = right = 0
        for _ in range(EPOCHS):
            right = 0
            for kind, at in self._batches():
                step += 1
                right += self._step(kind, at, falling(RATE, step / total), step)
        lines = sum(len(lines.answers) for lines in self.by_kind)
        print(f"vectors of {len(self.words.value) - 1} tokens: {right / lines:.3f} right", flush=True)

    def _batches(self) -> list[tuple[int, np.ndarray]]:
        """The lines of all kinds, mixed: the number of a kind, and which of its lines."""
        batches = [
            (kind, order[start : start + BATCH])
            for kind, lines in enumerate(self.by_kind)
            for order in (self.chance.permutation(len(lines.answers)),)
            for start in range(0, len(order), BATCH)
        ]
        self.chance.shuffle(batches)
        return batches

    def _step(self, kind: int, at: np.ndarray, rate: float, step: int) -> int:
        """Descend by the lines ``at`` of a kind; how many of them were right."""
        among, tokens, answers, weight = self.by_kind[kind]
        line, place = np.nonzero(tokens[at] * (self.chance.random(tokens[at].shape, dtype=np.float32) > DROPPED))
        token = tokens[at][line, place]
        scale = 1 / np.sqrt(np.maximum(np.bincount(line, minlength=len(at)), 1, dtype=np.float32))[:, None]
        said = summed(self.words.value[token], line, len(at)) * scale
        out = self.own.value[among] + self._parts_of[kind] @ self.names.value
        scores = said @ out.T + self.bias.value[kind, among]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        right = int(answers[at, chances.argmax(axis=1)].sum())
        meant = chances * answers[at]
        chances -= meant / meant.sum(axis=1, keepdims=True)
        chances *= (weight[at] / np.float32(len(at)))[:, None]
        order = np.argsort(token, kind="stable")
        touched, of = np.unique(token[order], return_inverse=True)
        back = ((chances @ out) * scale)[line[order]]
        to_out = chances.T @ said
        self.words.descend(touched, summed(back, of, len(touched)), rate, step)
        self.own.descend(among, to_out, rate, step)
        self.names.descend(ALL_ROWS, self._parts_of[kind].T @ to_out, rate, step)
        self.bias.descend((kind, among), chances.sum(axis=0), rate, step)
        return right


def summed(rows: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """The sums of ``rows`` by ``group``, numbers that rise; of groups without a row, nought."""
    found = np.zeros((groups, rows.shape[1]), dtype=np.float32)
    if len(group):
        starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        found[group[starts]] = np.add.reduceat(rows, starts, axis=0)
    return found
