"""Tables of counts that many lines look into at once."""

from __future__ import annotations

import numpy as np

from converter.mapping.counts import EVERY, counts_of, padded

# Three concepts. A table by text, one by concept, and one that counts all lines.
COUNTS = counts_of(
    {
        "sheet phrases": {"cash": {1: 3, 2: 1}, "note": {2: 5}},
        "sheet after": {2: {0: 4, 1: 6}},
        "sheet prior": {EVERY: {0: 1, 2: 9}},
    },
    3,
)


def rows(table: str, *keys: str) -> np.ndarray:
    return COUNTS.rows(table, np.array([COUNTS.key.get(key, -1) for key in keys]))


def test_rows_count_concepts_and_one_that_is_not_there_counts_none() -> None:
    found = rows("sheet phrases", "cash", "note", "never seen")
    assert COUNTS.at(found[:, None], np.array([[1, 2], [1, 2], [1, 2]])).tolist() == [[3, 1], [0, 5], [0, 0]]
    assert COUNTS.sums(found).tolist() == [4, 5, 0]


def test_a_table_by_concept_and_one_of_all_lines() -> None:
    assert COUNTS.at(COUNTS.rows("sheet after", np.array([2, 1])), np.array([1, 1])).tolist() == [6, 0]
    assert COUNTS.by_concept("sheet after", 2) == {0: 4, 1: 6}
    assert COUNTS.by_concept("sheet after", 0) == {}
    assert COUNTS.whole("sheet prior").tolist() == [1, 0, 9]


def test_of_a_table_that_is_not_there_nothing_is_counted() -> None:
    assert COUNTS.row("sheet captions", 0) == -1
    assert COUNTS.sums(rows("sheet captions", "cash")).tolist() == [0]
    assert COUNTS.whole("sheet captions").tolist() == [0, 0, 0]
    assert [part.tolist() for part in COUNTS.pairs("sheet captions")] == [[], []]


def test_the_cells_of_a_table_have_their_keys_and_concepts() -> None:
    keys, concepts = COUNTS.pairs("sheet phrases")
    names = {number: key for key, number in COUNTS.key.items()}
    assert [(names[key], concept) for key, concept in zip(keys.tolist(), concepts.tolist(), strict=True)] == [
        ("cash", 1),
        ("cash", 2),
        ("note", 2),
    ]


def test_without_any_counts_all_are_nought() -> None:
    nothing = counts_of({}, 3)
    assert nothing.at(np.array([[-1], [0]]), np.array([[0, 1], [1, 2]])).tolist() == [[0, 0], [0, 0]]
    assert nothing.sums(np.array([-1, 0])).tolist() == [0, 0]
    assert nothing.whole("sheet prior").tolist() == [0, 0, 0]


def test_rows_of_different_length_are_filled_up() -> None:
    assert padded([[7], [], [1, 2]]).tolist() == [[7, -1], [-1, -1], [1, 2]]
