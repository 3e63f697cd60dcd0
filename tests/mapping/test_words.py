"""Normal forms of labels, and phrases that leave words open."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping.words import OpenPhrase, content_words, forms, normal_form, normal_forms

WORDS = st.lists(st.sampled_from(["net", "cash", "of", "tax"]), max_size=5).map(" ".join)
STARRED = st.lists(st.sampled_from(["net", "cash", "of", "*"]), min_size=1, max_size=5).filter(lambda w: "*" in w)


@pytest.mark.parametrize(
    ("phrase", "label", "matches"),
    [
        ("account receivable *", "account receivable", True),
        ("account receivable *", "account receivable net of allowance", True),
        ("account receivable *", "other account receivable", False),
        ("* share outstanding *", "weighted average share outstanding basic", True),
        ("* share outstanding *", "weighted average shareholder outstanding", False),
        ("cash * cash", "cash", False),
        ("cash * cash", "cash and cash", True),
        ("*", "anything at all", True),
    ],
)
def test_a_star_stands_for_any_words(phrase: str, label: str, matches: bool) -> None:
    assert OpenPhrase(phrase).matches(label) is matches


@given(STARRED, WORDS)
def test_what_matches_has_the_longest_part(words: list[str], label: str) -> None:
    phrase = OpenPhrase(" ".join(words))
    assert not phrase.matches(label) or phrase.longest in f" {label} "


LABELS = ["Notes (Note 4)\nand loans", "Vorräte & Waren", "Lessees' deposits", "", "The  taxes, net (a)", "7 boxes"]


def test_many_labels_have_the_forms_that_each_has() -> None:
    assert normal_forms(LABELS) == [normal_form(label) for label in LABELS]
    assert normal_forms(LABELS) == ["note and loan", "vorrate and waren", "lessee deposit", "", "tax net", "7 box"]


@given(STARRED, WORDS)
def test_a_phrase_matches_what_a_regular_expression_would(words: list[str], label: str) -> None:
    pattern = "".join(r"(?:\S+ )*" if word == "*" else f"{word} " for word in words)
    assert OpenPhrase(" ".join(words)).matches(label) == bool(re.fullmatch(pattern, f"{label} ".lstrip()))


@pytest.mark.parametrize(
    "label",
    [
        "Sales to dealers (Note 9)",
        "Sales to dealers (see Notes 1 and 2)",
        "Sales to dealers, Note 4",
        "Sales to dealers – see note B",
        "Sales to dealers(a)",
        "Sales to dealers (12)",
        "Sales to dealers*",
        "Sales to dealers 3",
    ],
)
def test_what_refers_to_the_notes_is_no_part_of_a_label(label: str) -> None:
    assert forms(label)[0] == "sale to dealer"
    assert content_words(label) == ("sale", "to", "dealer")


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("Note payable to bank", "note payable to bank"),
        ("Income, notes receivable", "income note receivable"),
        ("Notes due 2012", "note due 2012"),
        ("Notes (2 series)", "note 2 sery"),
    ],
)
def test_notes_that_are_owed_are_part_of_it(label: str, form: str) -> None:
    assert forms(label)[0] == form
