"""Learns the encoder of whole statements from filers' presentations and from lessons, by gradient descent with JAX and Optax.

What a concept is, is learnt from its own lines, and from what it shares with others: the words of its name, its type,
balance and period type, and the totals that it is part of (calculations.csv). A word of a label that is also one of names
starts from what it is there. Tokens and units are left out by chance, so that none is relied on alone.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from converter.mapping.encoder import REACH, Encoder, Layer, Vectors, encoded, tokens_of
from converter.mapping.features import words_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from presentations import Example

    from converter.taxonomy import Taxonomy

SIZE, UNITS, LAYERS = 128, 256, 3  # dimensions, hidden units of a layer
EPOCHS = 8
BATCH = 16  # statements
LINES, TOKENS, ANSWERS = 48, 40, 8  # at the most: of a statement at once, of a line
WARM = 100  # steps until the rate is whole
RATE, DECAY = 3e-3, 1e-2
DROPPED, PHRASES_DROPPED, ROWS_DROPPED, UNITS_DROPPED = 0.4, 0.5, 0.3, 0.2
PHRASES, ROWS = ("p:", "kp:", "q:"), ("row:",)  # tokens of the whole label, and of the row of the concept table
FEWEST = 2  # companies that use a token
PRESENTATIONS = 2  # of a company, in an epoch
# How much a line that is told alone, and one of a made-up company, counts against a filer's.
OF_TOLD, OF_TAUGHT = 0.8, 0.5
KEPT = 0.998  # of the mean of the weights over the steps, at each
STATED = 0.5  # how much what the taxonomy says of a concept counts against the words of its name


class Weights(NamedTuple):
    """What is learnt: of tokens, of the concepts' own, of what concepts share; how far a token is the word of names."""

    tokens: jax.Array
    own: jax.Array
    shared: jax.Array
    tie: jax.Array
    bias: jax.Array
    layers: tuple[Layer, ...]


class Parts(NamedTuple):
    """What concepts share with others, a row for each: a ``concept``, one of what is ``shared``, and how much of it."""

    concept: jax.Array
    shared: jax.Array
    share: jax.Array


class Known(NamedTuple):
    """What does not change: which word of names each token is, or one behind the last; whether it is of the whole label or
    of a row; what each concept shares; and which concepts there are by kind of statement, as nought or minus infinity.
    """

    tied: jax.Array
    is_phrase: jax.Array
    is_row: jax.Array
    parts: Parts
    among: jax.Array


class Batch(NamedTuple):
    """Statements, a row for each: the numbers of its lines' tokens, nought behind the last; ``link`` as the encoder has it;
    the kind; the answers of each line, -1 behind the last; and how much it counts.
    """

    tokens: np.ndarray
    link: np.ndarray
    kind: np.ndarray
    answers: np.ndarray
    weight: np.ndarray


def learnt_encoder(
    statements: Sequence[Sequence[Example]],
    told: Sequence[Example],
    concepts: Sequence[str],
    taxonomy: Taxonomy,
    members: int,
) -> Encoder:
    """The encoder that gives the answers of ``statements`` and of the single lines ``told`` the highest probability."""
    kinds = sorted({e.kind for e in told} | {lines[0].kind for lines in statements})
    tokens = known_tokens([*told, *(e for lines in statements for e in lines)])
    number = {name: at for at, name in enumerate(concepts)}
    parts, words = parts_of(concepts, taxonomy)
    among = np.full((len(kinds), len(concepts)), -np.inf, dtype=np.float32)
    for e in (*told, *(e for lines in statements for e in lines)):
        if e.concept in number:
            among[kinds.index(e.kind), number[e.concept]] = 0
    known = Known(
        tied=jnp.array([len(words), *(words.get(token, len(words)) for token in tokens)]),
        is_phrase=jnp.array([False, *(token.startswith(PHRASES) for token in tokens)]),
        is_row=jnp.array([False, *(token.startswith(ROWS) for token in tokens)]),
        parts=parts,
        among=jnp.array(among),
    )
    presented = Presented(statements, told, {token: at + 1 for at, token in enumerate(tokens)}, number, kinds)
    found = closed([learnt(known, presented, seed) for seed in range(members)], known)
    return Encoder(kinds, {token: at for at, token in enumerate(tokens)}, found)


def known_tokens(examples: Iterable[Example]) -> list[str]:
    """The tokens that enough companies use."""
    users: dict[str, set[int]] = defaultdict(set)
    for e in examples:
        for token in tokens_of(e.item, e.kind):
            users[token].add(e.company)
    return sorted(token for token, companies in users.items() if len(companies) >= FEWEST)


def parts_of(concepts: Sequence[str], taxonomy: Taxonomy) -> tuple[Parts, dict[str, int]]:
    """What each concept shares with others, and the number of each: words, and what the taxonomy says."""
    totals: dict[str, set[str]] = defaultdict(set)
    with (taxonomy.tables / "calculations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            totals[row["child"]].add(f"^{row['parent']}")
    number: dict[str, int] = {}
    rows: list[tuple[int, int, float]] = []
    for at, name in enumerate(concepts):
        stated = sorted(totals[name])
        if name in taxonomy:
            concept = taxonomy[name]
            stated += [f"={concept.type}", f"={concept.period_type}", f"={concept.balance}"]
        for parts, whole in ((words_of_name(name), 1.0), (stated, STATED)):
            rows += [(at, number.setdefault(part, len(number)), whole * len(parts) ** -0.5) for part in parts]
    concept_at, shared, share = zip(*rows, strict=True)
    return Parts(jnp.array(concept_at), jnp.array(shared), jnp.array(share)), number


class Presented:
    """The statements as batches; single lines are statements of their own, packed into rows without links."""

    def __init__(
        self,
        statements: Sequence[Sequence[Example]],
        told: Sequence[Example],
        tokens: Mapping[str, int],
        number: Mapping[str, int],
        kinds: Sequence[str],
    ):
        pieces = [lines[at : at + LINES] for lines in statements for at in range(0, len(lines), LINES)]
        singles = [
            of_kind[at : at + LINES]
            for kind in kinds
            for of_kind in ([e for e in told if e.kind == kind],)
            for at in range(0, len(of_kind), LINES)
        ]
        self.groups: dict[tuple[int, str, bool], list[int]] = defaultdict(list)
        for at, piece in enumerate(pieces):
            self.groups[piece[0].company, piece[0].kind, piece[0].item.is_recent].append(at)
        self.singles = range(len(pieces), len(pieces) + len(singles))
        size = len(pieces) + len(singles)
        self.all = Batch(
            tokens=np.zeros((size, LINES, TOKENS), dtype=np.int32),
            link=np.full((size, LINES), -1, dtype=np.float32),
            kind=np.array([kinds.index(piece[0].kind) for piece in (*pieces, *singles)]),
            answers=np.full((size, LINES, ANSWERS), -1, dtype=np.int32),
            weight=np.zeros((size, LINES), dtype=np.float32),
        )
        alike = Counter((e.company, e.kind, e.item.label, e.concept) for piece in pieces for e in piece)
        for at, piece in enumerate((*pieces, *singles)):
            for line, e in enumerate(piece):
                is_told = at >= len(pieces)  # then it is as if no row was asked of it
                spoken = [t for t in tokens_of(e.item, e.kind) if not (is_told and t.startswith(ROWS))]
                said = [tokens[token] for token in spoken if token in tokens][:TOKENS]
                self.all.tokens[at, line, : len(said)] = said
                self.all.link[at, line] = line > 0 and not is_told
                right = sorted(number[name] for name in e.answers if name in number)[:ANSWERS]
                self.all.answers[at, line, : len(right)] = right
                if right:
                    whole = OF_TAUGHT if e.company < 0 and not is_told else 1.0
                    self.all.weight[at, line] = whole / max(alike[e.company, e.kind, e.item.label, e.concept], 1)

    def epoch(self, chance: np.random.Generator) -> list[Batch]:
        """All that is told, and of each company some of its presentations, which count for the others."""
        chosen, scale = list(self.singles), [OF_TOLD] * len(self.singles)
        for group in self.groups.values():
            some = chance.permutation(group)[:PRESENTATIONS].tolist()
            chosen += some
            scale += [len(group) / len(some)] * len(some)
        order = chance.permutation(len(chosen))
        batches = [order[at : at + BATCH] for at in range(0, len(order) - BATCH + 1, BATCH)]
        found = []
        for batch in batches:
            at = np.array(chosen)[batch]
            rows = Batch(*(column[at] for column in self.all))
            weight = rows.weight * np.array(scale, dtype=np.float32)[batch][:, None]
            found.append(rows._replace(weight=weight))
        return found


def started(key: jax.Array, known: Known) -> Weights:
    """Small weights by chance."""
    keys = iter(jax.random.split(key, 3 + 2 * LAYERS))
    concepts, shared, tokens = known.among.shape[1], int(known.parts.shared.max()) + 1, len(known.tied)
    seen = SIZE * (2 * REACH + 2)
    return Weights(
        tokens=jax.random.normal(next(keys), (tokens, SIZE)) * 0.1,
        own=jax.random.normal(next(keys), (concepts, SIZE)) * 0.05,
        shared=jax.random.normal(next(keys), (shared, SIZE)) * 0.1,
        tie=jnp.array(0.5),
        bias=jnp.zeros(known.among.shape),
        layers=tuple(
            Layer(
                jax.random.normal(next(keys), (seen, UNITS)) * seen**-0.5,
                jnp.zeros((1, UNITS)),
                jax.random.normal(next(keys), (UNITS, SIZE)) * UNITS**-0.5 / 2,
            )
            for _ in range(LAYERS)
        ),
    )


def words_and_concepts(weights: Weights, known: Known) -> tuple[jax.Array, jax.Array]:
    """The vectors of the tokens and of the concepts."""
    words = weights.tokens + weights.tie * jnp.pad(weights.shared, ((0, 1), (0, 0)))[known.tied]
    of_parts = weights.shared[known.parts.shared] * known.parts.share[:, None]
    return words, weights.own.at[known.parts.concept].add(of_parts, indices_are_sorted=True)


def loss(weights: Weights, known: Known, batch: Batch, key: jax.Array) -> jax.Array:
    """The mean of how improbable the answers are."""
    by_token, by_line, *by_layer = jax.random.split(key, 2 + LAYERS)
    words, concepts = words_and_concepts(weights, known)
    stays = jax.random.uniform(by_token, batch.tokens.shape) > jnp.where(
        known.is_row[batch.tokens], ROWS_DROPPED, DROPPED
    )
    all_stay = jax.random.uniform(by_line, (*batch.tokens.shape[:2], 1)) > PHRASES_DROPPED
    stays = jnp.where(known.is_phrase[batch.tokens], all_stay, stays) & (batch.tokens > 0)
    count = jnp.maximum(stays.sum(-1, keepdims=True), 1)
    lines = (words[batch.tokens] * stays[..., None]).sum(2) / jnp.sqrt(count)
    keys = iter(by_layer)

    def dropped(units: jax.Array) -> jax.Array:
        return units * (jax.random.uniform(next(keys), units.shape) > UNITS_DROPPED) / (1 - UNITS_DROPPED)

    lines = encoded(jnp, lines, batch.link, weights.layers, dropped)
    bias = jnp.maximum(weights.bias + known.among, -1e9)
    chances = jax.nn.log_softmax(lines @ concepts.T + bias[batch.kind][:, None], -1)
    right = jnp.take_along_axis(chances, jnp.maximum(batch.answers, 0), -1)
    right = jax.nn.logsumexp(jnp.where(batch.answers >= 0, right, -1e9), -1)
    mean: jax.Array = -(batch.weight * jnp.where(batch.weight > 0, right, 0)).sum() / jnp.maximum(batch.weight.sum(), 1)
    return mean


def learnt(known: Known, presented: Presented, seed: int) -> Weights:
    """The mean of the weights over the steps, the last ones most: it errs less than any of them (Polyak and Juditsky 1992).

    Prints how improbable the answers of the last epoch were.
    """
    chance = np.random.default_rng(seed)
    steps = EPOCHS * len(presented.epoch(np.random.default_rng(seed)))
    rate = optax.schedules.warmup_constant_schedule(0, RATE, WARM)
    falling = optax.schedules.linear_schedule(1, 0, steps)
    way = optax.adamw(lambda step: rate(step) * falling(step), b2=0.99, weight_decay=DECAY)

    @partial(jax.jit, donate_argnums=(0, 1, 2))
    def step(
        weights: Weights, mean: Weights, state: Any, batch: Batch, key: jax.Array, kept: float
    ) -> tuple[Weights, Weights, Any, jax.Array]:
        value, gradient = jax.value_and_grad(loss)(weights, known, batch, key)
        change, state = way.update(gradient, state, weights)
        weights = optax.apply_updates(weights, change)
        return weights, optax.incremental_update(weights, mean, 1 - kept), state, value

    key = jax.random.PRNGKey(seed)
    weights = started(key, known)
    mean: Weights = jax.tree_util.tree_map(jnp.copy, weights)
    state = way.init(weights)
    values: list[float] = []
    done = 0
    for _ in range(EPOCHS):
        values = []
        for batch in presented.epoch(chance):
            key, now = jax.random.split(key)
            done += 1
            kept = min(KEPT, done / (done + 9))  # the first weights say little
            weights, mean, state, value = step(weights, mean, state, batch, now, kept)
            values.append(float(value))
    print(f"encoder of {len(known.tied) - 1} tokens: {np.mean(values):.3f}", flush=True)
    return mean


def closed(members: Sequence[Weights], known: Known) -> Vectors:
    """What several networks learnt, as the converter uses it."""
    words, concepts = (
        np.stack([np.asarray(found) for found in of_members])
        for of_members in zip(*(words_and_concepts(weights, known) for weights in members), strict=True)
    )
    words = words.swapaxes(0, 1)[1:]
    spread = np.maximum(np.abs(words).max(axis=2), 1e-6) / 127
    return Vectors(
        words=np.round(words / spread[..., None]).astype(np.int8),
        spread=spread.astype(np.float32),
        concepts=concepts.astype(np.float32),
        bias=np.stack([np.asarray(weights.bias + known.among) for weights in members]).astype(np.float32),
        layers=[
            Layer(*(np.stack([np.asarray(value) for value in values]) for values in zip(*of_members, strict=True)))
            for of_members in zip(*(weights.layers for weights in members), strict=True)
        ],
    )
