"""What training counts of presentations: companies, not lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from converter import resources
from converter.mapping.features import Around, Item
from converter.model.statement import Measure

sys.path.insert(0, str(resources.folder("taxonomy")))
try:
    from presentations import THE_TABLE, Example
    from train import count
finally:
    sys.path.pop(0)

if TYPE_CHECKING:
    from converter.mapping.counts import Counts

CASH, DEBT, NOTE = "us-gaap:Cash", "us-gaap:LongTermDebt", "us-gaap:NotesPayable"
CONCEPTS = ["", CASH, DEBT, NOTE]


def example(
    company: int,
    label: str,
    concept: str,
    around: Around[str] | None = None,
    *,
    caption: str = "",
    answers: frozenset[str] = frozenset(),
    is_recent: bool = False,
) -> Example:
    return Example(
        company=company,
        kind="balance-sheet",
        item=Item(label, "current-assets", caption, is_recent=is_recent),
        measure=Measure.MONEY,
        concept=concept,
        answers=answers | {concept},
        around=around or Around(),
    )


def row(counts: Counts, table: str, key: str | int) -> dict[int, int]:
    number = counts.key.get(key, -1) if isinstance(key, str) else key
    return dict(counts.by_concept(f"balance-sheet {table}", number))


def test_what_a_company_says_again_counts_once() -> None:
    said = [example(company, "Cash at banks", CASH) for company in (1, 1, 2)]
    counts = count([*said, example(3, "Cash at banks", DEBT)], CONCEPTS)
    assert row(counts, "phrases", "cash at bank") == {1: 2, 2: 1}
    assert row(counts, "phrases current-assets", "cash at bank") == {1: 2, 2: 1}
    assert row(counts, "sections", "current-assets") == {1: 2, 2: 1}
    assert row(counts, "prior", "") == {1: 2, 2: 1}
    assert row(counts, "words", "bank") == {0: 3}


def test_a_row_of_a_table_counts_as_a_phrase_and_not_as_a_line() -> None:
    counts = count([example(THE_TABLE, "Cash at banks", CASH)], CONCEPTS)
    assert row(counts, "phrases", "cash at bank") == {1: 1}
    assert row(counts, "sections", "current-assets") == {}


def test_recent_filings_are_counted_apart() -> None:
    counts = count([example(1, "Cash", CASH), example(2, "Cash", CASH, is_recent=True)], CONCEPTS)
    assert (row(counts, "first", ""), row(counts, "recent", ""), row(counts, "recent", "cash")) == ({1: 1},) * 3


def test_neighbours_seen_but_once_tell_nothing() -> None:
    said = [example(company, f"Note {company}", NOTE, Around(below=CASH, total=DEBT)) for company in (1, 2)]
    counts = count([*said, example(3, "Note", NOTE, Around(below=DEBT, second_below=DEBT))], CONCEPTS)
    assert row(counts, "after", 3) == {1: 2}
    assert row(counts, "later", 3) == {}
    assert row(counts, "closing", 2) == {3: 2}


def test_an_element_of_the_companys_own_is_no_neighbour() -> None:
    said = [example(company, "Note", NOTE, Around(below="", total="")) for company in (1, 2)]
    said += [example(company, "Odd", "", Around(below=CASH)) for company in (1, 2)]
    counts = count(said, CONCEPTS)
    assert row(counts, "after", 3) == row(counts, "closing", 0) == {}
    assert row(counts, "after", 0) == {1: 2}


def test_a_caption_tells_something_where_several_companies_have_it() -> None:
    said = [example(company, "Cash", CASH, caption="Quick assets") for company in (1, 2, 3)]
    counts = count([*said, example(4, "Note", NOTE, caption="Slow assets")], CONCEPTS)
    assert row(counts, "captions", "quick") == {1: 3}
    assert row(counts, "captions", "slow") == {}
    assert row(counts, "captions", "asset") == {1: 3, 3: 1}


def test_of_a_hundred_lines_of_a_concept_so_many_are_served_by_others() -> None:
    also = frozenset({NOTE})
    said = [example(company, "Debt", DEBT, answers=also if company == 1 else frozenset()) for company in (1, 2, 3, 4)]
    counts = count(said, CONCEPTS)
    assert row(counts, "same", 2) == {2: 100, 3: 25}
    assert row(counts, "same", 3) == {2: 100, 3: 100}


def test_the_words_of_names_and_the_labels_of_totals_are_known() -> None:
    counts = count([example(1, "Total debt", DEBT)], CONCEPTS)
    assert row(counts, "totals", "") == {2: 1}
    words, concepts = counts.pairs("names")
    names = {number: key for key, number in counts.key.items()}
    assert {(names[word], concept) for word, concept in zip(words.tolist(), concepts.tolist(), strict=True)} == {
        ("cash", 1), ("long", 2), ("term", 2), ("debt", 2), ("note", 3), ("payable", 3),
    }  # fmt: skip
