"""The ranker, on counts small enough to follow by hand."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
import pytest

from converter.mapping.counts import counts_of
from converter.mapping.encoder import Encoder, Layer, Vectors, encoded
from converter.mapping.features import FEATURES, Around, Item
from converter.mapping.ranker import Asked, Network, Ranker, load, save

if TYPE_CHECKING:
    from pathlib import Path

CASH, DEBT = "us-gaap:Cash", "us-gaap:LongTermDebt"
NAMES = frozenset({CASH, DEBT})
# Two dimensions: the first speaks for cash, the second for debt; no layer changes anything.
ENCODER = Encoder(
    ("balance-sheet",),
    {"liquid": 0, "senior": 1, "k:balance-sheet:note": 2},
    Vectors(
        words=np.array([[[4, 0]], [[0, 4]], [[0, 2]]], dtype=np.int8),
        spread=np.array([[0.5], [0.5], [1.0]], dtype=np.float32),
        concepts=np.array([[[0, 0], [1, 0], [0, 1]]], dtype=np.float32),
        bias=np.zeros((1, 1, 3), dtype=np.float32),
        layers=[],
    ),
)


def ranker(hidden: tuple[tuple[str, float, float], ...] = (), **weights: float) -> Ranker:
    """Three companies say "cash on hand", two "senior note", one has an element of its own for "odd item".

    ``hidden`` are units that see one feature: its name, weight and bias; each speaks with weight 1.
    """
    of_sheets: dict[str, dict[str | int, dict[int, int]]] = {
        "prior": {"": {0: 1, 1: 3, 2: 2}},
        "sections": {"current-assets": {1: 3}, "noncurrent-liabilities": {2: 2}, "": {0: 1}},
        "words": {
            word: {0: labels}
            for phrase, labels in (("cash on hand", 3), ("senior note", 2), ("odd item", 1))
            for word in phrase.split()
        },
        "phrases": {"cash on hand": {1: 3}, "senior note": {2: 2}},
        "phrases current-assets": {"cash on hand": {1: 3}},
        "phrases noncurrent-liabilities": {"senior note": {2: 2}},
        "after": {1: {2: 2}},
        "captions": {"borrowing": {2: 3}},
        "first": {"": {0: 1, 1: 3, 2: 2}},
        "same": {1: {1: 100, 2: 25}, 2: {1: 95, 2: 100}},
    }
    names: dict[str | int, dict[int, int]] = {"cash": {1: 1}, "long": {2: 1}, "term": {2: 1}, "debt": {2: 1}}
    counts = counts_of({"names": names} | {f"balance-sheet {name}": table for name, table in of_sheets.items()}, 3)
    direct = [weights.get(name.replace("-", "_"), 0.0) for name in FEATURES]
    units = [[weight if name == feature else 0.0 for name in FEATURES] for feature, weight, _ in hidden]
    network = Network(
        direct=np.array(direct),
        hidden=np.array(units).reshape(len(units), len(FEATURES)),
        bias=np.array([bias for *_, bias in hidden]),
        outer=np.ones(len(units)),
        right=[[0.5, 0.7]],
        right_recently=[[0.5, 0.6]],
    )
    return Ranker(["", CASH, DEBT], counts, [0, 9, 1], ENCODER, network)


def ranked(
    made: Ranker, label: str, section: str = "", above: str | None = None, below: str | None = None, caption: str = ""
) -> dict[str, float]:
    fit = made.fit("balance-sheet", [Asked(Item(label, section, caption), NAMES)])
    assert fit is not None
    (found,) = made.ranks("balance-sheet", fit, [Around(above, below)])
    return dict(found)


def features(made: Ranker, item: Item, concept: str) -> dict[str, float]:
    """What is measured of a concept but for the lines around."""
    fit = made.fit("balance-sheet", [Asked(item, NAMES)])
    assert fit is not None
    at = fit.concepts[0].tolist().index(made.numbers[concept])
    return dict(zip(FEATURES, fit.measures[0, at].tolist(), strict=False))


def test_probabilities_follow_the_weights_and_add_up_to_one() -> None:
    # The phrase is of three companies, all of which mean cash: 3 / (3 + 0.5) of weight 2.
    found = ranked(ranker(phrase=2.0), "Cash on hand", "current-assets")
    assert found[CASH] == pytest.approx(exp(2 * 3 / 3.5) / (exp(2 * 3 / 3.5) + 2))
    assert sum(found.values()) == pytest.approx(1)


def test_a_line_speaks_for_concepts_as_the_sum_of_its_tokens_does() -> None:
    # "Senior notes": two tokens known, of 2 each in the second dimension, by the root of two.
    _, spoken = ENCODER.spoken("balance-sheet", [Item("Senior notes", ""), Item("Other", "")])
    debt = exp(4 / 2**0.5)
    assert np.exp(spoken[0]) == pytest.approx(np.array([1, 1, debt]) / (2 + debt), rel=1e-5)
    assert np.exp(spoken[1]) == pytest.approx(np.full(3, 1 / 3), rel=1e-5)
    assert features(ranker(), Item("Senior notes", ""), DEBT)["spoken"] == pytest.approx(
        log(debt / (2 + debt)), rel=1e-5
    )
    assert features(ranker(), Item("Senior notes", ""), DEBT)["spoken-lead"] == pytest.approx(log(debt), rel=1e-5)


def test_a_layer_sees_the_lines_beside_a_line_but_none_of_another_statement() -> None:
    # One dimension: the unit takes the line above (the second of itself, above, below and mean) and gives it on.
    layer = Layer(np.array([[0.0], [1.0], [0.0], [0.0]]), np.zeros(1), np.ones((1, 1)))
    lines = np.array([[3.0], [5.0], [7.0]])
    found = encoded(np, lines, np.array([0.0, 1.0, 0.0]), [layer])
    assert found.ravel() == pytest.approx([3, 5 + 1, 7], rel=1e-5)


def test_only_a_statement_of_several_lines_has_a_mean() -> None:
    layer = Layer(np.array([[0.0], [0.0], [0.0], [1.0]]), np.zeros(1), np.ones((1, 1)))
    pair = encoded(np, np.array([[2.0], [4.0], [9.0]]), np.array([0.0, 1.0, -1.0]), [layer])
    assert pair.ravel()[:2] == pytest.approx([3, 5], rel=1e-5)
    assert encoded(np, np.array([[2.0]]), np.array([0.0]), [layer]).ravel() == pytest.approx([2])


def test_a_concept_is_right_where_another_is_for_whose_lines_it_serves() -> None:
    # Cash serves for 95 of a hundred lines of debt, debt for 25 of a hundred of cash; the company's own for none but its own.
    rights = dict(ranker().rights("balance-sheet", [(CASH, 0.4), (DEBT, 0.3), ("", 0.1)]))
    assert rights == pytest.approx({CASH: (0.4 + 0.95 * 0.3) / 0.8, DEBT: (0.25 * 0.4 + 0.3) / 0.8, "": 0.1 / 0.8})


def test_what_nearly_always_serves_is_the_same() -> None:
    assert ranker().is_same("balance-sheet", DEBT, CASH)
    assert not ranker().is_same("balance-sheet", CASH, DEBT)


def test_what_the_statement_speaks_for_leads_to_a_concept_whose_phrase_was_never_seen() -> None:
    assert next(iter(ranked(ranker(spoken=5.0), "Senior convertible notes"))) == DEBT


def test_the_line_above_bears_on_the_line_below() -> None:
    alone = ranked(ranker(after=1.0), "Note on hand")
    below_cash = ranked(ranker(after=1.0), "Note on hand", above=CASH)
    assert below_cash[DEBT] > alone[DEBT]


def test_a_caption_bears_on_the_lines_under_it() -> None:
    made = ranker(caption=1.0)
    assert ranked(made, "Note on hand", caption="Borrowings")[DEBT] > ranked(made, "Note on hand")[DEBT]


def test_a_hidden_unit_speaks_only_above_its_threshold() -> None:
    # The whole phrase is Cash's in 3 of 3.5 parts: 0.857 - 0.5 is 0.357 above the threshold, everything else below.
    found = ranked(ranker(hidden=(("phrase", 1.0, -0.5),)), "Cash on hand")
    assert found[CASH] == pytest.approx(exp(3 / 3.5 - 0.5) / (exp(3 / 3.5 - 0.5) + 2))


@pytest.mark.parametrize(("held", "right"), [(0.0, 0.0), (0.25, 0.35), (0.5, 0.7), (0.75, 0.85), (1.0, 1.0)])
def test_the_share_that_is_right_lies_between_what_was_measured(held: float, right: float) -> None:
    assert ranker().network.share_right(held, is_recent=False) == pytest.approx(right)


def test_of_recent_statements_other_shares_are_right() -> None:
    assert ranker().network.share_right(0.5, is_recent=True) == pytest.approx(0.6)


def test_a_row_of_the_concept_table_is_evidence_for_its_concept() -> None:
    found = features(ranker(), Item("Zebra", "", row=(DEBT,), sureness=0.95), DEBT)
    assert found["row"] == found["row-claims"] == 1
    assert found["row-sure"] == pytest.approx(0.5)
    assert features(ranker(), Item("Zebra", "", row=(DEBT,), sureness=0.95), CASH)["row-claims"] == 0


def test_that_filers_had_elements_of_their_own_says_nothing_of_a_concept_that_came_later() -> None:
    # Three companies of the first years used Cash, two LongTermDebt: as good as none.
    made = ranker()
    fit = made.fit("balance-sheet", [Asked(Item("Zebra", "", row=(name,)), NAMES) for name in (CASH, DEBT)])
    assert fit is not None
    assert [0 in of_line for of_line in fit.concepts.tolist()] == [True, False]


def test_words_of_the_name_that_stand_in_the_label_are_counted_by_how_rare_they_are() -> None:
    # "Debt" is in no label yet and counts like one in a single label; "senior" is in two of six.
    found = features(ranker(), Item("Senior debt", ""), DEBT)
    rare, less = log(1 + 6), log(1 + 6 / 2)
    assert found["name-cover"] == pytest.approx(rare / (rare + less))


def test_several_networks_speak_as_their_mean() -> None:
    # The second knows no word that the first knows, and holds debt for less probable whatever the line says.
    one = ENCODER.vectors
    both = Encoder(
        ENCODER.kinds,
        ENCODER.tokens,
        Vectors(
            words=np.concatenate([one.words, np.zeros_like(one.words)], axis=1),
            spread=np.concatenate([one.spread, one.spread], axis=1),
            concepts=np.concatenate([one.concepts, one.concepts]),
            bias=np.array([[[0, 0, 0]], [[0, 0, -1]]], dtype=np.float32),
            layers=[],
        ),
    )
    _, spoken = both.spoken("balance-sheet", [Item("Senior notes", "")])
    debt = exp((4 / 2**0.5 - 1) / 2)
    assert np.exp(spoken[0]) == pytest.approx(np.array([1, 1, debt]) / (2 + debt), rel=1e-5)


def test_only_concepts_of_the_lines_type_are_offered() -> None:
    made = ranker(spoken=5.0)
    fit = made.fit("balance-sheet", [Asked(Item("Cash on hand", ""), frozenset({DEBT}))])
    assert fit is not None
    (found,) = made.ranks("balance-sheet", fit, [Around()])
    assert {name for name, _ in found} == {"", DEBT}


def test_a_line_that_the_ranker_is_not_asked_of_still_stands_among_the_others() -> None:
    made = ranker()
    fit = made.fit("balance-sheet", [Asked(Item("Cash", ""), frozenset()), Asked(Item("Senior note", ""), NAMES)])
    assert fit is not None
    assert fit.users.tolist() == [2]
    assert made.fit("balance-sheet", [Asked(Item("Cash", ""), frozenset())]) is None


def test_a_statement_of_which_nothing_is_known_gets_no_ranks() -> None:
    assert ranker().fit("equity", [Asked(Item("Cash on hand", ""), NAMES)]) is None


def test_the_lines_of_a_statement_are_measured_each_for_itself() -> None:
    made = ranker(after=1.0, before=1.0, phrase=1.0)
    asked = [
        Asked(Item("Cash on hand", "current-assets", row=(CASH,), sureness=0.9), NAMES),
        Asked(Item("Odd senior item", "", "Borrowings", is_recent=True), frozenset({DEBT})),
    ]
    around = [Around(below=DEBT), Around(above=CASH)]
    together = made.fit("balance-sheet", asked)
    assert together is not None
    assert (together.concepts >= 0).sum(axis=1).tolist() == [3, 2]
    ranks = made.ranks("balance-sheet", together, around)
    for at, line in enumerate(asked):
        alone = made.fit("balance-sheet", [line])
        assert alone is not None
        size = alone.concepts.shape[1]
        assert together.concepts[at, :size].tolist() == alone.concepts[0].tolist()
        assert together.measures[at, :size] == pytest.approx(alone.measures[0])
        assert ranks[at] == made.ranks("balance-sheet", alone, [around[at]])[0]


def test_a_ranker_is_saved_the_same_each_time_and_read_back(tmp_path: Path) -> None:
    made = ranker(spoken=1.0)
    for name in ("one", "two"):
        save(made, tmp_path / name)
    for end in ("", "-words.npy"):
        assert (tmp_path / f"one{end}").read_bytes() == (tmp_path / f"two{end}").read_bytes()
    loaded = load(tmp_path / "one")
    assert loaded is not None
    assert ranked(loaded, "Senior notes") == pytest.approx(ranked(made, "Senior notes"), rel=1e-6)
    assert load(tmp_path / "three") is None


def test_a_ranker_is_saved_over_the_file_that_it_was_read_from(tmp_path: Path) -> None:
    save(ranker(spoken=1.0), tmp_path / "one")
    loaded = load(tmp_path / "one")
    assert loaded is not None
    before = ranked(loaded, "Senior notes")
    save(loaded, tmp_path / "one")
    again = load.__wrapped__(tmp_path / "one")
    assert again is not None
    assert ranked(again, "Senior notes") == ranked(loaded, "Senior notes") == before


def test_files_of_different_trainings_are_not_taken_for_one_ranker(tmp_path: Path) -> None:
    save(ranker(), tmp_path / "one")
    np.save(tmp_path / "one-words.npy", np.zeros((2, 1, 2), dtype=np.int8))
    with pytest.raises(ValueError, match="different trainings"):
        load(tmp_path / "one")
