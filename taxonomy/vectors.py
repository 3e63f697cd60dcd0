"""Learns the vectors of words and concepts: a linear model that tells a line's concept from its words, its section and its
caption, with the words of the concepts' names as what concepts have in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import cos, pi
from typing import TYPE_CHECKING

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
Weights = dict[str, np.ndarray]


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


def descended(
    by_kind: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]],
    parts: np.ndarray,
    tokens: Sequence[str],
    concepts: Sequence[str],
    kinds: Sequence[str],
) -> Vectors:
    chance = np.random.default_rng(SEED)
    weights: Weights = {
        "tokens": chance.normal(0, 0.1, (len(tokens) + 1, SIZE)).astype(np.float32),
        "own": chance.normal(0, 0.05, (parts.shape[0], SIZE)).astype(np.float32),
        "names": chance.normal(0, 0.1, (parts.shape[1], SIZE)).astype(np.float32),
        "bias": np.zeros((len(kinds), parts.shape[0]), dtype=np.float32),
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
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
            rows = x[at] * (chance.random(x[at].shape, dtype=np.float32) > DROPPED)
            present = (rows > 0).sum(axis=1, keepdims=True)
            scale = 1 / np.sqrt(np.maximum(present, 1, dtype=np.float32), dtype=np.float32)
            weights["tokens"][0] = 0
            said = weights["tokens"][rows].sum(axis=1) * scale
            out = weights["own"][among] + parts_of[kind] @ weights["names"]
            scores = said @ out.T + weights["bias"][kind, among]
            scores -= scores.max(axis=1, keepdims=True)
            chances = np.exp(scores)
            chances /= chances.sum(axis=1, keepdims=True)
            right += int(y[at, chances.argmax(axis=1)].sum())
            seen += len(at)
            meant = chances * y[at]
            chances -= meant / meant.sum(axis=1, keepdims=True)
            chances *= (weight[at] / np.float32(len(at)))[:, None]
            back = (chances @ out) * scale
            to_out = chances.T @ said
            gradient = {name: np.zeros_like(value) for name, value in weights.items()}
            np.add.at(gradient["tokens"], rows, back[:, None, :])
            gradient["own"][among] = to_out
            gradient["names"] = parts_of[kind].T @ to_out
            gradient["bias"][kind, among] = chances.sum(axis=0)
            step += 1
            rate = RATE * (1 + cos(pi * step / total)) / 2
            for name, value in weights.items():
                g = gradient[name]
                first[name] = 0.9 * first[name] + 0.1 * g
                second[name] = 0.999 * second[name] + 0.001 * g * g
                mean, square = first[name] / (1 - 0.9**step), second[name] / (1 - 0.999**step)
                weights[name] = value - rate * (mean / (np.sqrt(square) + 1e-8) + DECAY * value)
    print(f"vectors of {len(tokens)} tokens: {right / seen:.3f} right", flush=True)
    weights["tokens"][0] = 0
    out = weights["own"] + parts @ weights["names"]
    return Vectors.of(
        {token: weights["tokens"][at + 1].tolist() for at, token in enumerate(tokens)},
        out.tolist(),
        {kind: weights["bias"][at].tolist() for at, kind in enumerate(kinds)},
    )
