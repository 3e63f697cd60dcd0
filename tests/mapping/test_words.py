"""Normal forms of labels, and phrases that leave words open."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping.words import OpenPhrase

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
def test_a_phrase_matches_what_a_regular_expression_would(words: list[str], label: str) -> None:
    pattern = "".join(r"(?:\S+ )*" if word == "*" else f"{word} " for word in words)
    assert OpenPhrase(" ".join(words)).matches(label) == bool(re.fullmatch(pattern, f"{label} ".lstrip()))
