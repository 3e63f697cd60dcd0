"""Trains the ranker from presentations that filers tagged themselves, and writes ``ranker.npz``.

    python taxonomy/train.py train.csv.gz [recent.csv.gz] taxonomy/us-gaap-2024 [--equivalents FILE] [--usage FILE] [--companies even|odd] [--out FILE]

The presentations are those of the SEC's Financial Statement Data Sets (public domain; ``presentations``). A tag that is
gone gives way to its successor (successors.csv); with ``--equivalents``, all elements that serve for the same line are
taken for right (``equivalents``). The network (``network``) is fitted on counts that leave out the company judged: the
companies are dealt into five folds. ``--companies`` keeps every other company only, so that the rest can be measured on.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import multiprocessing
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from encoder import learnt_encoder
from equivalents import load as load_equivalents
from network import SHORTLIST, Judged, fitted, reliability
from presentations import (
    KINDS,
    THE_TABLE,
    THE_TAXONOMY,
    TYPES,
    Example,
    lines_of,
    read_statements,
    told_by_names,
    told_by_rows,
)

from converter.mapping.counts import TABLES, Counts, closed, opened
from converter.mapping.features import FEATURES, Around
from converter.mapping.ranker import RANKER_FILE, Asked, Network, Ranker, save
from converter.mapping.words import content_words
from converter.taxonomy import Taxonomy, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDS = 5
RECENT_WEIGHT = 6
BINS = 20  # of probabilities, to see how reliable they are
SERVES = 10  # lines of a hundred, for which a concept has to serve to be told
COMMON = 100  # filers who use an element that is listed without their number
MEMBERS = 2  # of the encoder


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("presentations", type=Path, nargs="+")
    options.add_argument("folder", type=Path)
    options.add_argument("--equivalents", type=Path, help="which elements are as right as a filer's (equivalents.py)")
    options.add_argument(
        "--usage", type=Path, help="how many filers of recent years used an element: name, filer_label_votes"
    )
    options.add_argument("--companies", choices=("all", "even", "odd"), default="all")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    taxonomy = load(given.folder.name)
    statements = [
        lines
        for lines in read_statements(given.presentations, taxonomy, load_equivalents(given.equivalents))
        if given.companies == "all" or (lines[0].company // 2) % 2 == (given.companies == "odd")
    ]
    print(f"{len(statements)} statements of {len({lines[0].company for lines in statements})} companies")
    ranker = fit(statements, taxonomy, read_usage(given.usage))
    out = given.out or given.folder / RANKER_FILE
    save(ranker, out)
    print(f"{out}: {out.stat().st_size} bytes, {len(ranker.concepts)} concepts")


@dataclass(frozen=True)
class Usage:
    """What is known of the elements from filers of recent years: how many used each, and what they call it, by QName."""

    users: Mapping[str, int]
    labels: Mapping[str, str]


def read_usage(path: Path | None) -> Usage:
    """The elements that ``path`` lists; one without a number is of those that nearly all use."""
    if path is None:
        return Usage({}, {})
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["in_2024"] == "True"]
    users = {f"us-gaap:{row['name']}": int(row["filer_label_votes"] or COMMON) for row in rows}
    return Usage(users, {f"us-gaap:{row['name']}": row["label"] for row in rows})


def fit(statements: list[tuple[Example, ...]], taxonomy: Taxonomy, used: Usage) -> Ranker:
    """The ranker that knows ``statements`` and how the elements are ``used``; prints how reliable its network is on a fold
    that it was not fitted on.
    """
    told = [*told_by_rows(taxonomy), *told_by_names(used.labels, taxonomy)]
    rows = {name for e in chain(*statements) for name in e.item.row or ()}
    concepts = ["", *sorted({e.concept for e in (*told, *chain(*statements)) if e.concept} | rows)]
    school = School(told, concepts, [used.users.get(name, 0) for name in concepts], taxonomy.name)
    # Processes begin anew: what JAX runs in does not outlive a fork.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        whole = pool.submit(school.ranker, statements)
        folds = [pool.submit(school.judged, statements, fold) for fold in range(FOLDS)]
        *others, last = [fold.result() for fold in folds]
        ranker = whole.result()
    judge = fitted(weighed(others))
    first_years = list(reliability(judge, [line for line in last if not is_recent(line)], BINS))
    # Recent filings are few: theirs are all judged, by counts that do not know them.
    later = list(reliability(judge, [line for line in chain(*others, last) if is_recent(line)], BINS // 2))
    for title, table in (("first years", first_years), ("recent", later)):
        print(f"| {title}: held for | right | tags |", "| --- | --- | --- |", sep="\n")
        print(*(f"| {held:.3f} | {share:.3f} | {count:g} |" for held, share, count in table), sep="\n")
    ranker.network = replace(
        fitted(weighed([*others, last])),
        right=[row[:2] for row in first_years],
        right_recently=[row[:2] for row in later],
    )
    return ranker


def is_recent(line: Judged) -> bool:
    """Whether a line is of a recent filing."""
    return bool(line.rows[0][FEATURES.index("is-recent")])


def weighed(folds: Iterable[list[Judged]]) -> list[Judged]:
    """All lines; those of recent filings, which are few, several times."""
    return [line for fold in folds for line in fold for _ in range(RECENT_WEIGHT if is_recent(line) else 1)]


@dataclass(frozen=True)
class School:
    """What all rankers are taught alike: the lines ``told``, the names of the concepts, and how many filers use each."""

    told: list[Example]
    concepts: list[str]
    usage: list[int]
    taxonomy: str

    def ranker(self, statements: Sequence[Sequence[Example]]) -> Ranker:
        """A ranker that knows ``statements``, without the weights of its network."""
        nothing = np.zeros(0)
        return Ranker(
            self.concepts,
            count([*self.told, *lines_of(statements)], {name: index for index, name in enumerate(self.concepts)}),
            self.usage,
            learnt_encoder(statements, self.told, self.concepts, load(self.taxonomy), MEMBERS),
            Network(nothing, nothing, nothing, nothing, [], []),
        )

    def judged(self, statements: Sequence[Sequence[Example]], fold: int) -> list[Judged]:
        """The lines of the companies of a ``fold`` as a ranker sees them that has learnt from the others; without those whose
        answers it does not think of.
        """
        ranker = self.ranker([lines for lines in statements if lines[0].company // 4 % FOLDS != fold])
        of_type = load(self.taxonomy).of_type
        judged: dict[tuple[object, ...], Judged] = {}
        for lines in statements:
            if lines[0].company // 4 % FOLDS != fold:
                continue
            asked = [Asked(e.item, of_type(TYPES[e.measure])) for e in lines]
            for e, found in zip(lines, ranker.fits(lines[0].kind, asked, SHORTLIST), strict=True):
                if found is None:
                    continue
                answers = [at for at, concept in enumerate(found.concepts) if self.concepts[concept] in e.answers]
                if answers:
                    around = Around(*(None if name is None else ranker.numbers[name] for name in e.around))
                    rows = np.array(found.beside(around), dtype=np.float32)
                    serves = np.array(serving_of(ranker.kinds[e.kind], found.concepts), dtype=np.float32)
                    judged.setdefault(e.told, Judged(rows, answers, serves))
        return list(judged.values())


def serving_of(counts: Counts, concepts: Sequence[int]) -> list[list[float]]:
    """For each of ``concepts``, in what share of its lines each of them serves as well."""
    tables = [counts.table("same", str(concept)) for concept in concepts]
    return [
        [1.0 if one == other else table.get(other, 0) / 100 for other in concepts]
        for one, table in zip(concepts, tables, strict=True)
    ]


def count(examples: list[Example], number: dict[str, int]) -> dict[str, Counts]:
    """Counts of companies: what one company says in many filings counts once."""
    seen: set[tuple[object, ...]] = set()
    kinds: dict[str, dict[str, defaultdict[tuple[str, ...], dict[int, int]]]] = {
        kind.value: {name: defaultdict(dict) for name in (*TABLES, "prior")} for kind in KINDS.values()
    }

    def add(e: Example, table: str, *key: str, concept: int, label: str = "") -> bool:
        told = (e.company, e.kind, table, key, concept, label)
        if told in seen:
            return False
        seen.add(told)
        cell = kinds[e.kind][table][key]
        cell[concept] = cell.get(concept, 0) + 1
        return True

    for e in examples:
        concept, form = number[e.concept], e.form
        # The prior counts phrases of companies, so that the words of one are a share of it.
        if add(e, "prior", concept=concept, label=form):
            for word in set(form.split()):
                add(e, "words", word, concept=concept, label=form)
            for word in content_words(e.item.caption):
                add(e, "captions", word, concept=concept, label=form)
        add(e, "phrases", form, e.item.section, concept=concept)
        if e.company in {THE_TABLE, THE_TAXONOMY}:  # a row holds in many sections
            continue
        add(e, "sections", e.item.section, concept=concept)
        if not e.item.is_recent:
            add(e, "first", "", concept=concept, label=e.item.section)
        for key in ("", form) if e.item.is_recent else ():
            add(e, "recent", key, concept=concept)
        equal = [number[name] for name in e.answers if name in number]
        for answer, other in product(equal, repeat=2):
            add(e, "same", str(answer), concept=other, label=form)
        for table, name, beside in relations(e):
            add(e, table, str(number[name]), concept=number[beside])
    return {kind: counts_of(tables) for kind, tables in kinds.items()}


def relations(e: Example) -> Iterator[tuple[str, str, str]]:
    """How the concepts around a line stand to its own: the table, the one above or the total, the other."""
    for table, one, other in (
        ("after", e.concept, e.around.below),
        ("later", e.concept, e.around.second_below),
        ("closing", e.around.total, e.concept),
    ):
        if one is not None and other is not None:
            yield table, one, other


def counts_of(tables: dict[str, defaultdict[tuple[str, ...], dict[int, int]]]) -> Counts:
    """The tables as the file has them; what was seen once only tells nothing of neighbours."""
    phrases: dict[str, list[str]] = defaultdict(list)
    for (form, section), cell in sorted(tables["phrases"].items()):
        phrases[form].append(f"{section}|{closed(cell)}")
    words = tables["words"]
    return Counts(
        prior=closed(tables["prior"][()]),
        tables={
            **{
                name: {key[0]: closed(cell) for key, cell in tables[name].items()}
                for name in ("sections", "recent", "first")
            },
            "words": {key[0]: str(sum(cell.values())) for key, cell in words.items()},
            "totals": {"total": closed(words.get(("total",), {}))},
            "phrases": {form: ";".join(cells) for form, cells in sorted(phrases.items())},
            "captions": {key[0]: closed(cell) for key, cell in tables["captions"].items() if sum(cell.values()) > 2},
            "same": serving(tables["same"]),
            **(around := {name: told_twice(tables[name]) for name in ("after", "later", "closing")}),
            "before": looking_back(around["after"]),
            "earlier": looking_back(around["later"]),
        },
    )


def serving(table: dict[tuple[str, ...], dict[int, int]]) -> dict[str, str]:
    """For each concept, of a hundred of its lines, how many each concept serves for: itself for all."""
    return {
        key[0]: closed(
            {
                other: share
                for other, count in cell.items()
                if (share := round(100 * count / cell[int(key[0])])) >= SERVES
            }
        )
        for key, cell in table.items()
    }


def told_twice(table: dict[tuple[str, ...], dict[int, int]]) -> dict[str, str]:
    """A table as the file has it, without what one company alone says."""
    return {
        key[0]: closed({concept: count for concept, count in cell.items() if count > 1}) for key, cell in table.items()
    }


def looking_back(table: dict[str, str]) -> dict[str, str]:
    """A table by the other concept, with the sums of ``table`` by concept in a row without a key."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for key, cells in table.items():
        cell = opened(cells)
        found[""][int(key)] = sum(cell.values())
        for concept, count in cell.items():
            found[str(concept)][int(key)] = count
    return {key: closed(cell) for key, cell in found.items()}


if __name__ == "__main__":
    main()
