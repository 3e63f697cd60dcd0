"""What the training of vectors learns from a few lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from converter import resources
from converter.mapping.features import Around, Item
from converter.model.statement import Measure

if TYPE_CHECKING:
    from converter.mapping.vectors import Vectors

CASH, DEBT, DEBT_CURRENT = "us-gaap:Cash", "us-gaap:LongTermDebtNoncurrent", "us-gaap:LongTermDebtCurrent"
CONCEPTS = ["", CASH, DEBT, DEBT_CURRENT]
LINES = (
    ("Cash on hand", "current-assets", CASH),
    ("Cash at banks", "current-assets", CASH),
    ("Debentures", "noncurrent-liabilities", DEBT),
    ("Debentures", "current-liabilities", DEBT_CURRENT),
    ("Notes to banks", "noncurrent-liabilities", DEBT),
    ("Notes to banks", "current-liabilities", DEBT_CURRENT),
    ("Sundries of the house", "current-assets", ""),
)


def learnt() -> Vectors:
    """The vectors of a thousand companies that print the same lines."""
    sys.path.insert(0, str(resources.folder("taxonomy")))
    try:
        from presentations import Example
        from vectors import learnt_vectors
    finally:
        sys.path.pop(0)
    examples = [
        Example(
            company=company,
            kind="balance-sheet",
            item=Item(label, section),
            measure=Measure.MONEY,
            concept=concept,
            answers=frozenset({concept}),
            around=Around(),
        )
        for company in range(1000)
        for label, section, concept in LINES
    ]
    return learnt_vectors(examples, CONCEPTS)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return learnt()


@pytest.mark.parametrize(("label", "section", "concept"), LINES)
def test_what_was_learnt_is_told(vectors: Vectors, label: str, section: str, concept: str) -> None:
    scores = vectors.scores(Item(label, section), "balance-sheet", range(4))
    assert CONCEPTS[int(np.argmax(scores))] == concept


def test_a_label_never_seen_is_told_by_its_words_and_its_section(vectors: Vectors) -> None:
    scores = vectors.scores(Item("Debentures to banks", "current-liabilities"), "balance-sheet", range(4))
    assert CONCEPTS[int(np.argmax(scores))] == DEBT_CURRENT


def test_the_same_lines_give_the_same_vectors(vectors: Vectors) -> None:
    again = learnt()
    assert (again.tokens, again.concepts, again.bias) == (vectors.tokens, vectors.concepts, vectors.bias)


def test_rows_are_summed_by_their_groups() -> None:
    sys.path.insert(0, str(resources.folder("taxonomy")))
    try:
        from vectors import summed
    finally:
        sys.path.pop(0)
    rows = np.arange(10, dtype=np.float32).reshape(5, 2)
    assert summed(rows, np.array([0, 0, 2, 2, 2]), 4).tolist() == [[2, 4], [0, 0], [18, 21], [0, 0]]
