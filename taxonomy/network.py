"""Fits the ranker's network: conditional probabilities of a line's candidates from their features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from converter.mapping.features import FEATURES
from converter.mapping.ranker import Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTLIST = 14  # candidates of a line: more than the converter weighs, so that wrong ones are learnt from
UNITS = 16  # hidden units
EPOCHS = 25
BATCH = 256
RATE, DECAY = 3e-3, 1e-4
VOICE = 0.25  # how much the statement's own voice counts beside the scores
SEED = 0


class Judged(NamedTuple):
    """A line: the features of its candidates, which of these are right, and how often one ``serves`` where another does: a
    row of shares for each candidate.
    """

    rows: np.ndarray
    right: list[int]
    serves: np.ndarray


class Weights(NamedTuple):
    """``direct`` of the features, ``hidden`` and ``bias`` of the units, ``outer`` of what these say."""

    direct: jax.Array
    hidden: jax.Array
    bias: jax.Array
    outer: jax.Array


def fitted(lines: Sequence[Judged]) -> Network:
    """A network that gives the answers of ``lines`` the highest probability, a little nearer to what the statement says itself:
    of companies that the counts do not know, that makes it right more often, and the more so where their filings are recent.
    """
    x = np.zeros((len(lines), SHORTLIST, len(FEATURES)), dtype=np.float32)
    mask = np.full((len(lines), SHORTLIST), -1e9, dtype=np.float32)
    answers = np.zeros(mask.shape, dtype=np.float32)
    for at, (rows, right, _) in enumerate(lines):
        x[at, : len(rows)] = rows
        mask[at, : len(rows)] = 0
        answers[at, right] = 1
    real = mask == 0
    mean, spread = x[real].mean(axis=0), x[real].std(axis=0) + 1e-6
    weights = descended((x - mean) / spread * real[..., None], mask, answers)
    hidden = np.asarray(weights.hidden).T / spread
    voice = VOICE * (np.array(FEATURES) == "spoken")
    return Network(
        direct=((1 - VOICE) * np.asarray(weights.direct) / spread + voice).astype(np.float32),
        hidden=hidden.astype(np.float32),
        bias=(np.asarray(weights.bias) - hidden @ mean).astype(np.float32),
        outer=((1 - VOICE) * np.asarray(weights.outer)).astype(np.float32),
        right=[],
        right_recently=[],
    )


def descended(x: np.ndarray, mask: np.ndarray, answers: np.ndarray) -> Weights:
    """The weights after all epochs; prints how many lines are right with them."""
    chance = np.random.default_rng(SEED)
    size = x.shape[2]
    weights = Weights(
        direct=jnp.zeros(size),
        hidden=jnp.array(chance.normal(0, size**-0.5, (size, UNITS)), dtype=jnp.float32),
        bias=jnp.zeros(UNITS),
        outer=jnp.array(chance.normal(0, 0.1 * UNITS**-0.5, UNITS), dtype=jnp.float32),
    )
    steps = EPOCHS * -(-len(x) // BATCH)
    way = optax.chain(optax.add_decayed_weights(DECAY), optax.adam(optax.schedules.cosine_decay_schedule(RATE, steps)))

    @jax.jit
    def step(weights: Weights, state: Any, x: jax.Array, mask: jax.Array, answers: jax.Array) -> tuple[Weights, Any]:
        change, state = way.update(jax.grad(loss)(weights, x, mask, answers), state, weights)
        return optax.apply_updates(weights, change), state

    state = way.init(weights)
    for _ in range(EPOCHS):
        order = chance.permutation(len(x))
        for start in range(0, len(x), BATCH):
            batch = order[start : start + BATCH]
            weights, state = step(weights, state, x[batch], mask[batch], answers[batch])
    best = (np.asarray(scores_of(weights, x)) + mask).argmax(axis=1)
    print(f"{UNITS} units, {len(x)} lines: {answers[np.arange(len(x)), best].mean():.3f} right", flush=True)
    return weights


def scores_of(weights: Weights, x: Any) -> jax.Array:
    """The scores of candidates, of features of the shape (line, candidate, feature)."""
    scores: jax.Array = jnp.maximum(x @ weights.hidden + weights.bias, 0) @ weights.outer + x @ weights.direct
    return scores


def loss(weights: Weights, x: jax.Array, mask: jax.Array, answers: jax.Array) -> jax.Array:
    """The mean of how improbable the answers are."""
    chances = jax.nn.log_softmax(scores_of(weights, x) + mask, -1)
    mean: jax.Array = -jax.nn.logsumexp(jnp.where(answers > 0, chances, -1e9), -1).mean()
    return mean


def reliability(network: Network, lines: Sequence[Judged], bins: int) -> Iterator[list[float]]:
    """Of the tags of ``lines`` by how probably the network holds them to be right: the mean of that, how many were right, and
    how many tags there are; both rising. That no standard concept fits is no tag.
    """
    own = FEATURES.index("own")
    tags: list[tuple[float, bool]] = []
    for rows, answers, serves in lines:
        scores = network.scores(rows)
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
