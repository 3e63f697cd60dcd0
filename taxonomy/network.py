"""Fits the ranker's network: conditional probabilities of a line's candidates from their features."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from descent import ALL_ROWS, Parameter, falling

from converter.mapping.features import FEATURES, SHORTLIST
from converter.mapping.ranker import Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNITS = 16  # hidden units
EPOCHS = 25
BATCH = 256
RATE = 3e-3
DECAY = 1e-4
SEED = 0


class Judged(NamedTuple):
    """A line: the features of its candidates, which of these are right, and how often one ``serves`` where another does: a
    row of shares for each candidate.
    """

    rows: np.ndarray
    right: list[int]
    serves: np.ndarray


def fitted(lines: Sequence[Judged]) -> Network:
    """A network that gives the answers of ``lines`` the highest probability."""
    x = np.zeros((len(lines), SHORTLIST, len(FEATURES)), dtype=np.float32)
    mask = np.full((len(lines), SHORTLIST), -1e9, dtype=np.float32)
    answers = np.zeros(mask.shape, dtype=np.float32)
    for at, (rows, right, _) in enumerate(lines):
        x[at, : len(rows)] = rows
        mask[at, : len(rows)] = 0
        answers[at, right] = 1
    real = mask == 0
    mean, spread = x[real].mean(axis=0), x[real].std(axis=0) + 1e-6
    x = (x - mean) / spread * real[..., None]
    quick = descended(x, mask, answers, units=0)
    whole = descended(x, mask, answers, units=UNITS)
    hidden = [
        [*(unit / spread), bias - float((unit / spread) @ mean)]
        for unit, bias in zip(whole["hidden"].T, whole["bias"], strict=True)
    ]
    return Network(
        quick=(quick["direct"] / spread).tolist(),
        direct=(whole["direct"] / spread).tolist(),
        hidden=[[float(weight) for weight in unit] for unit in hidden],
        outer=whole["outer"].tolist(),
        right=[],
        right_recently=[],
    )


def descended(x: np.ndarray, mask: np.ndarray, answers: np.ndarray, units: int) -> dict[str, np.ndarray]:
    """Weights: ``direct`` of the features, ``hidden`` and ``bias`` of the units, ``outer`` of what these say."""
    chance = np.random.default_rng(SEED)
    size = x.shape[2]
    started = {
        "direct": np.zeros(size),
        "hidden": chance.normal(0, size**-0.5, (size, units)),
        "bias": np.zeros(units),
        "outer": chance.normal(0, 0.1 * max(units, 1) ** -0.5, units),
    }
    parameters = {name: Parameter(value.astype(np.float32)) for name, value in started.items()}
    weights = {name: parameter.value for name, parameter in parameters.items()}
    step = 0
    for epoch in range(EPOCHS):
        order = chance.permutation(len(x))
        rate = falling(RATE, epoch / EPOCHS)
        for start in range(0, len(x), BATCH):
            batch = order[start : start + BATCH]
            gradient = gradients(weights, x[batch], mask[batch], answers[batch])
            step += 1
            for name, parameter in parameters.items():
                parameter.descend(ALL_ROWS, gradient[name] + DECAY * parameter.value, rate, step)
    right = answers[np.arange(len(x)), (scores_of(weights, x)[1] + mask).argmax(axis=1)]
    print(f"{units} units, {len(x)} lines: {right.mean():.3f} right", flush=True)
    return weights


def scores_of(weights: dict[str, np.ndarray], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the units say, and the scores."""
    said = np.maximum(x @ weights["hidden"] + weights["bias"], 0)
    return said, said @ weights["outer"] + x @ weights["direct"]


def gradients(
    weights: dict[str, np.ndarray], x: np.ndarray, mask: np.ndarray, answers: np.ndarray
) -> dict[str, np.ndarray]:
    """Of the mean logarithm of the answers' probability."""
    said, scores = scores_of(weights, x)
    scores += mask
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    chances /= chances.sum(axis=1, keepdims=True)
    right = chances * answers
    flat = ((chances - right / right.sum(axis=1, keepdims=True)) / len(x)).reshape(-1)
    rows, spoken = x.reshape(len(flat), -1), said.reshape(len(flat), said.shape[2])
    back = flat[:, None] * weights["outer"] * (spoken > 0)
    return {"direct": rows.T @ flat, "outer": spoken.T @ flat, "hidden": rows.T @ back, "bias": back.sum(axis=0)}


def reliability(network: Network, lines: Sequence[Judged], bins: int) -> Iterator[list[float]]:
    """Of the tags of ``lines`` by how probably the network holds them to be right: the mean of that, how many were right, and
    how many tags there are; both rising. That no standard concept fits is no tag.
    """
    own = FEATURES.index("own")
    tags: list[tuple[float, bool]] = []
    for rows, answers, serves in lines:
        scores = np.array([network.score(row) for row in rows])
        chances = np.exp(scores - scores.max())
        held = (chances / chances.sum()) @ serves
        held[rows[:, own] == 1] = 0
        best = int(held.argmax())
        tags.append((float(held[best]), best in answers))
    least = 0.0
    for place in range(bins):
        found = [tag for tag in tags if min(int(tag[0] * bins), bins - 1) == place]
        if found:
            least = max(least, sum(is_right for _, is_right in found) / len(found))
            yield [sum(chance for chance, _ in found) / len(found), least, len(found)]
