"""The ranker, on counts small enough to follow by hand."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import pytest

from converter.mapping.counts import TABLES, Counts
from converter.mapping.features import FEATURES, Around, Item, words_of_name
from converter.mapping.ranker import Network, Ranker, load, save
from converter.mapping.translation import Translation
from converter.mapping.vectors import SIZE, Vectors

if TYPE_CHECKING:
    from pathlib import Path

CASH, DEBT = "us-gaap:Cash", "us-gaap:LongTermDebt"
NAMES = {CASH, DEBT}
SILENT = Translation({}, {})
VECTORS = Vectors.of(
    {"liquid": [1.0] * SIZE},
    [[0.0] * SIZE, [0.5] * SIZE, [-0.5] * SIZE],
    {"balance-sheet": [0.0, 0.0, 0.0]},
)


def ranker(says: Translation = SILENT, hidden: tuple[tuple[str, float, float], ...] = (), **weights: float) -> Ranker:
    """Three companies say "cash on hand", two "senior note", one has an element of its own for "odd item".

    ``hidden`` are units that see one feature: its name, weight and bias; each speaks with weight 1.
    """
    tables = {
        "sections": {"current-assets": "1 3", "noncurrent-liabilities": "2 2", "": "0 1"},
        "words": {
            "cash": "1 3",
            "on": "1 3",
            "hand": "1 3",
            "senior": "2 2",
            "note": "2 2",
            "odd": "0 1",
            "item": "0 1",
        },
        "phrases": {"cash on hand": "current-assets|1 3", "senior note": "noncurrent-liabilities|2 2"},
        "after": {"1": "2 2"},
        "before": {"": "1 2", "2": "1 2"},
        "captions": {"borrowing": "2 3"},
        "same": {"1": "1 100 2 25", "2": "1 95 2 100"},
        "postings": {"cash": "0", "on": "0", "hand": "0", "senior": "1", "note": "1"},
    }
    counts = Counts(prior="0 1 1 3 2 2", expected="0 4 1 8 2 6", tables={name: tables.get(name, {}) for name in TABLES})
    direct = [weights.get(name.replace("-", "_"), 0.0) for name in FEATURES]
    units = [[*(weight if name == feature else 0.0 for name in FEATURES), bias] for feature, weight, bias in hidden]
    network = Network(
        quick=direct,
        direct=direct,
        hidden=units,
        outer=[1.0] * len(units),
        right=[[0.5, 0.7]],
        right_recently=[[0.5, 0.6]],
    )
    return Ranker(["", CASH, DEBT], {"balance-sheet": counts}, (says, SILENT), [0, 9, 1], VECTORS, network)


def ranked(
    made: Ranker, label: str, section: str = "", above: str | None = None, below: str | None = None, caption: str = ""
) -> dict[str, float]:
    fit = made.fit("balance-sheet", Item(label, section, caption), NAMES)
    assert fit is not None
    return dict(made.rank(fit, Around(above, below)))


def test_probabilities_follow_the_weights_and_add_up_to_one() -> None:
    # The phrase is of three companies, all of which mean cash: 3 / (3 + 0.5) of weight 2.
    found = ranked(ranker(phrase=2.0), "Cash on hand", "current-assets")
    assert found[CASH] == pytest.approx(exp(2 * 3 / 3.5) / (exp(2 * 3 / 3.5) + 1))
    assert sum(found.values()) == pytest.approx(1)


def test_vectors_speak_for_a_concept_where_its_words_were_never_seen() -> None:
    item = Item("Liquid funds on hand", "current-assets")
    spoken = VECTORS.scores(item, "balance-sheet", [1, 2])
    # One token of ones: the sum over all dimensions of 1 x 0.5, and of 1 x -0.5.
    assert spoken == pytest.approx([SIZE * 0.5, SIZE * -0.5])
    assert VECTORS.scores(Item("Other", ""), "balance-sheet", [1, 2]) == [0.0, 0.0]


def test_a_concept_is_right_where_another_is_for_whose_lines_it_serves() -> None:
    # Cash serves for 95 of a hundred lines of debt, debt for 25 of a hundred of cash; the company's own for none but its own.
    rights = dict(ranker().rights("balance-sheet", [(CASH, 0.4), (DEBT, 0.3), ("", 0.1)]))
    assert rights == pytest.approx({CASH: (0.4 + 0.95 * 0.3) / 0.8, DEBT: (0.25 * 0.4 + 0.3) / 0.8, "": 0.1 / 0.8})


def test_what_nearly_always_serves_is_the_same() -> None:
    assert ranker().is_same("balance-sheet", DEBT, CASH)
    assert not ranker().is_same("balance-sheet", CASH, DEBT)


def test_words_lead_to_a_concept_whose_phrase_was_never_seen() -> None:
    assert next(iter(ranked(ranker(cover=5.0), "Senior convertible notes"))) == DEBT


def test_what_shares_no_word_with_anything_is_of_the_company_alone() -> None:
    assert ranked(ranker(cover=5.0), "Zebra") == {"": 1.0}


def test_the_line_above_bears_on_the_line_below() -> None:
    alone = ranked(ranker(cover=1.0, after=1.0), "Note on hand")
    below_cash = ranked(ranker(cover=1.0, after=1.0), "Note on hand", above=CASH)
    assert below_cash[DEBT] > alone[DEBT]


def test_a_caption_bears_on_the_lines_under_it() -> None:
    made = ranker(cover=1.0, caption=1.0)
    assert ranked(made, "Note on hand", caption="Borrowings")[DEBT] > ranked(made, "Note on hand")[DEBT]


def test_a_hidden_unit_speaks_only_above_its_threshold() -> None:
    # The whole phrase is Cash's in 3 of 3.5 parts: 0.857 - 0.5 is 0.357 above the threshold, everything else below.
    found = ranked(ranker(hidden=(("phrase", 1.0, -0.5),)), "Cash on hand")
    assert found[CASH] == pytest.approx(exp(3 / 3.5 - 0.5) / (exp(3 / 3.5 - 0.5) + 1))


@pytest.mark.parametrize(("held", "right"), [(0.0, 0.0), (0.25, 0.35), (0.5, 0.7), (0.75, 0.85), (1.0, 1.0)])
def test_the_share_that_is_right_lies_between_what_was_measured(held: float, right: float) -> None:
    assert ranker().network.share_right(held, is_recent=False) == pytest.approx(right)


def test_of_recent_statements_other_shares_are_right() -> None:
    assert ranker().network.share_right(0.5, is_recent=True) == pytest.approx(0.6)


def test_a_row_of_the_concept_table_brings_its_concept_in() -> None:
    fit = ranker().fit("balance-sheet", Item("Zebra", "", row=(DEBT,), sureness=0.95), NAMES)
    assert fit is not None
    features = dict(zip(FEATURES, fit.rows[fit.concepts.index(2)], strict=False))
    assert features["row"] == features["row-claims"] == 1
    assert features["row-sure"] == pytest.approx(0.5)


def test_words_of_a_name_that_translate_into_the_label_speak_for_it() -> None:
    # "debt" is said as "borrowing" four times in ten, and every fifth word is one; three sources share the word.
    says = Translation({"borrowing": "debt 0.4"}, {"borrowing": "0.2"})
    fit = ranker(says).fit("balance-sheet", Item("Senior borrowings", ""), NAMES)
    assert fit is not None
    features = dict(zip(FEATURES, fit.rows[fit.concepts.index(2)], strict=False))
    sources = len(words_of_name(DEBT)) + 1
    told, untold = log(0.15 + 0.85 * 0.4 / sources / 0.2), log(0.15)
    assert features["says"] == pytest.approx((told + untold) / 2)
    assert features["says-least"] == pytest.approx(untold)


def test_only_concepts_of_the_lines_type_are_offered() -> None:
    made = ranker(cover=5.0)
    fit = made.fit("balance-sheet", Item("Cash on hand", ""), {DEBT})
    assert fit is not None
    assert [name for name, _ in made.rank(fit, Around())] == [""]


def test_a_statement_of_which_nothing_is_known_gets_no_ranks() -> None:
    assert ranker().fit("equity", Item("Cash on hand", ""), NAMES) is None


def test_a_ranker_is_saved_the_same_each_time_and_read_back(tmp_path: Path) -> None:
    made = ranker(cover=1.0)
    for name in ("one", "two"):
        save(made, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    loaded = load(tmp_path / "one")
    assert loaded is not None
    assert ranked(loaded, "Senior notes") == ranked(made, "Senior notes")
    assert load(tmp_path / "three") is None
