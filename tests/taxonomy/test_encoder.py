"""What the training of the encoder learns from a few statements."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from converter import resources
from converter.mapping.features import Around, Item
from converter.model.statement import Measure
from converter.taxonomy import load

if TYPE_CHECKING:
    from converter.mapping.encoder import Encoder

CASH, DEBT, DEBT_CURRENT = "us-gaap:Cash", "us-gaap:LongTermDebtNoncurrent", "us-gaap:LongTermDebtCurrent"
TRADING, FEES = "us-gaap:AccountsPayableCurrent", "us-gaap:AccruedLiabilitiesCurrent"
CONCEPTS = ["", CASH, DEBT, DEBT_CURRENT, TRADING, FEES]
LINES = (
    ("Cash on hand", "current-assets", CASH),
    ("Cash at banks", "current-assets", CASH),
    ("Debentures", "noncurrent-liabilities", DEBT),
    ("Debentures", "current-liabilities", DEBT_CURRENT),
    ("Notes to banks", "noncurrent-liabilities", DEBT),
    ("Notes to banks", "current-liabilities", DEBT_CURRENT),
    ("Sundries of the house", "current-assets", ""),
    ("Sundries of the yard", "current-assets", ""),
)
# What "sundry" is, only the line above it tells.
OF_TRADE = (*LINES[:6], ("Owed for goods", "", TRADING), ("Sundry", "", TRADING))
OF_FEES = (*LINES[:6], ("Owed for advice", "", FEES), ("Sundry", "", FEES))


def learnt() -> Encoder:
    """The encoder of 150 companies that print the same lines."""
    sys.path.insert(0, str(resources.folder("taxonomy")))
    try:
        from encoder import learnt_encoder
        from presentations import Example
    finally:
        sys.path.pop(0)

    def example(company: int, label: str, section: str, concept: str) -> Example:
        return Example(
            company=company,
            kind="balance-sheet",
            item=Item(label, section),
            measure=Measure.MONEY,
            concept=concept,
            answers=frozenset({concept}),
            around=Around(),
        )

    statements = [
        [example(company, *line) for line in lines] for company in range(150) for lines in (LINES, OF_TRADE, OF_FEES)
    ]
    return learnt_encoder(statements, [example(-1, *LINES[0])], CONCEPTS, load("us-gaap-2024"), members=2)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return learnt()


def meant(encoder: Encoder, *lines: tuple[str, str]) -> list[str]:
    """The concept for which each line of a statement speaks most strongly."""
    there, spoken = encoder.spoken("balance-sheet", [Item(label, section) for label, section in lines])
    assert np.exp(spoken).sum(axis=1) == pytest.approx(np.ones(len(lines)), abs=1e-5)
    return [CONCEPTS[there[at]] for at in spoken.argmax(axis=1)]


@pytest.mark.parametrize("lines", [LINES, OF_TRADE, OF_FEES])
def test_what_was_learnt_is_told(encoder: Encoder, lines: tuple[tuple[str, str, str], ...]) -> None:
    assert meant(encoder, *((label, section) for label, section, _ in lines)) == [concept for *_, concept in lines]


def test_a_label_never_seen_is_told_by_its_words_and_its_section(encoder: Encoder) -> None:
    lines = [(label, section) for label, section, _ in LINES]
    lines[3] = ("Debentures to banks", "current-liabilities")
    assert meant(encoder, *lines)[3] == DEBT_CURRENT


def test_of_a_short_statement_each_line_is_heard_alone(encoder: Encoder) -> None:
    alone = [encoder.spoken("balance-sheet", [Item(*line)])[1][0] for line in (("Owed for advice", ""), ("Sundry", ""))]
    _, short = encoder.spoken("balance-sheet", [Item("Owed for advice", ""), Item("Sundry", "")])
    assert short == pytest.approx(np.array(alone), abs=1e-4)


def test_the_same_lines_give_the_same_encoder(encoder: Encoder) -> None:
    again = learnt()
    assert again.tokens == encoder.tokens
    for one, other in zip(again.vectors[:4], encoder.vectors[:4], strict=True):
        assert np.array_equal(one, other)


def test_a_kind_of_statement_has_the_concepts_that_were_seen_in_it_only(encoder: Encoder) -> None:
    assert encoder.kinds == ["balance-sheet"]
    assert np.isfinite(encoder.vectors.bias).all()
