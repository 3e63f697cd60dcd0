"""Trains the ranker from presentations that filers tagged themselves, and writes ``ranker.npz`` and ``ranker-words.npy``.

    python taxonomy/train.py train.csv.gz [recent.csv.gz] taxonomy/us-gaap-2024 [--equivalents FILE] [--usage FILE] [--companies even|odd] [--out FILE]

The presentations are those of the SEC's Financial Statement Data Sets (public domain; ``presentations``). A tag that is
gone gives way to its successor (successors.csv); with ``--equivalents``, all elements that serve for the same line are
taken for right (``equivalents``). The network (``network``) is fitted on counts that leave out the company judged: the
companies are dealt into three folds. From the lessons in ``taught`` the encoder learns too. ``--companies`` keeps every other company only, so that the rest can be measured on.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import multiprocessing
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from encoder import learnt_encoder
from equivalents import load as load_equivalents
from network import SHORTLIST, Judged, fitted, reliability
from presentations import (
    TYPES,
    Example,
    Reading,
    lines_of,
    read_statements,
    read_successors,
    told_by_names,
    told_by_rows,
)
from taught import taught_labels, taught_statements

from converter.mapping.counts import EVERY, Counts, counts_of
from converter.mapping.features import FEATURES, OWN, words_of_name
from converter.mapping.ranker import RANKER_FILE, Asked, Network, Ranker, save
from converter.mapping.words import content_words
from converter.taxonomy import Taxonomy, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDS = 3
RECENT_WEIGHT = 6
BINS = 20  # of probabilities, to see how reliable they are
SERVES = 10  # lines of a hundred, for which a concept has to serve to be told
COMMON = 100  # filers who use an element that is listed without their number
MEMBERS = 2  # of the encoder
TAUGHT = Path(__file__).parent / "taught"


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
    reading = Reading(taxonomy, read_successors(taxonomy), load_equivalents(given.equivalents))
    statements = [
        lines
        for lines in read_statements(given.presentations, reading)
        if given.companies == "all" or (lines[0].company // 2) % 2 == (given.companies == "odd")
    ]
    print(f"{len(statements)} statements of {len({lines[0].company for lines in statements})} companies")
    usage = read_usage(given.usage)
    lessons = Lessons(
        told=[*told_by_rows(taxonomy), *told_by_names(usage.labels, taxonomy)],
        labels=list(taught_labels(TAUGHT, reading)),
        statements=list(taught_statements(TAUGHT, reading)),
    )
    print(f"lessons: {len(lessons.statements)} statements and {len(lessons.labels)} labels")
    ranker = fit(statements, lessons, taxonomy, usage.users)
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


class Lessons(NamedTuple):
    """What all rankers learn from beside what filers did: single lines ``told`` by the tables, and the ``labels`` and
    ``statements`` of the lessons. Only encoders learn from these: nobody filed them, so they are not counted.
    """

    told: list[Example]
    labels: list[Example]
    statements: list[tuple[Example, ...]]


def fit(
    statements: list[tuple[Example, ...]], lessons: Lessons, taxonomy: Taxonomy, users: Mapping[str, int]
) -> Ranker:
    """The ranker that knows ``statements`` and how many filers, the ``users``, use each element; prints how reliable its network
    is on a fold that it was not fitted on.
    """
    examples = [*lessons.told, *lessons.labels, *chain(*lessons.statements), *chain(*statements)]
    rows = {name for e in examples for name in e.item.row or ()}
    concepts = ["", *sorted({e.concept for e in examples if e.concept} | rows)]
    school = School(lessons, concepts, [users.get(name, 0) for name in concepts], taxonomy.name)
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
    """What all rankers have in common: their ``lessons``, the names of the concepts, and how many filers use each."""

    lessons: Lessons
    concepts: list[str]
    usage: list[int]
    taxonomy: str

    def ranker(self, statements: Sequence[tuple[Example, ...]]) -> Ranker:
        """A ranker that knows ``statements``, without the weights of its network."""
        nothing = np.zeros(0)
        told, labels, taught = self.lessons
        return Ranker(
            self.concepts,
            count([*told, *lines_of(statements)], self.concepts),
            self.usage,
            learnt_encoder([*taught, *statements], [*told, *labels], self.concepts, load(self.taxonomy), MEMBERS),
            Network(nothing, nothing, nothing, nothing, [], []),
        )

    def judged(self, statements: Sequence[tuple[Example, ...]], fold: int) -> list[Judged]:
        """The lines of the companies of a ``fold`` as a ranker sees them that has learnt from the others; without those whose
        answers it does not think of.
        """
        others = [lines for lines in statements if lines[0].company // 4 % FOLDS != fold]
        ranker = self.ranker(others)
        of_type = load(self.taxonomy).of_type
        judged: dict[tuple[object, ...], Judged] = {}
        for lines in statements:
            if lines[0].company // 4 % FOLDS != fold:
                continue
            kind = lines[0].kind
            fit = ranker.fit(kind, [Asked(e.item, of_type(TYPES[e.measure])) for e in lines], SHORTLIST)
            if fit is None:
                continue
            measures = ranker.measured(kind, fit, [e.around for e in lines])
            for e, concepts, rows in zip(lines, fit.concepts.tolist(), measures, strict=True):
                there = [at for at, concept in enumerate(concepts) if concept >= 0]
                answers = [n for n, at in enumerate(there) if self.concepts[concepts[at]] in e.answers]
                if answers:
                    serves = serving_of(ranker, kind, [concepts[at] for at in there])
                    judged.setdefault(e.told, Judged(rows[there], answers, np.array(serves, dtype=np.float32)))
        return list(judged.values())


def serving_of(ranker: Ranker, kind: str, concepts: Sequence[int]) -> list[list[float]]:
    """For each of ``concepts``, in what share of its lines each of them serves as well."""
    tables = [ranker.serving(kind, concept) for concept in concepts]
    return [
        [1.0 if one == other else table.get(other, 0) / 100 for other in concepts]
        for one, table in zip(concepts, tables, strict=True)
    ]


Cells = dict[str | int, dict[int, int]]


def count(examples: Iterable[Example], concepts: Sequence[str]) -> Counts:
    """Counts of companies: what one company says in many filings counts once."""
    census = Census({name: at for at, name in enumerate(concepts)})
    for e in examples:
        census.hear(e)
    return counts_of({**as_looked_into(census.tables), "names": names_of(concepts)}, len(concepts))


@dataclass(frozen=True)
class Census:
    """Tables by the name of the kind of statement and their own; ``number`` is that of each concept."""

    number: Mapping[str, int]
    tables: defaultdict[str, Cells] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    _heard: set[tuple[object, ...]] = field(default_factory=set)

    def hear(self, e: Example) -> None:
        """Count what an example says."""
        concept, form = self.number[e.concept], e.form
        # The prior counts phrases of companies, so that the words of one are a share of it.
        if self._add(e, "prior", EVERY, concept, form):
            self._add_words(e, concept)
        self._add(e, f"phrases {e.item.section}", form, concept)
        if e.company < 0:  # a row of a table, which holds in many sections
            return
        self._add(e, "sections", e.item.section, concept)
        if e.item.is_recent:
            self._add(e, "recent", EVERY, concept)
            self._add(e, "recent", form, concept)
        else:
            self._add(e, "first", EVERY, concept, e.item.section)
        equal = [self.number[name] for name in e.answers if name in self.number]
        for answer, other in product(equal, repeat=2):
            self._add(e, "same", answer, other, form)
        for table, one, beside in relations(e):
            self._add(e, table, self.number[one], self.number[beside])

    def _add_words(self, e: Example, concept: int) -> None:
        for word in set(e.form.split()):
            self._add(e, "words", word, OWN, f"{e.form} {concept}")
        if "total" in e.form.split():
            self._add(e, "totals", EVERY, concept, e.form)
        for word in content_words(e.item.caption):
            self._add(e, "captions", word, concept, e.form)

    def _add(self, e: Example, table: str, key: str | int, concept: int, label: str = "") -> bool:
        """Count once for each company and ``label``; tells whether it was the first time."""
        told = (e.company, e.kind, table, key, concept, label)
        if told in self._heard:
            return False
        self._heard.add(told)
        cell = self.tables[f"{e.kind} {table}"][key]
        cell[concept] = cell.get(concept, 0) + 1
        return True


def relations(e: Example) -> Iterator[tuple[str, str, str]]:
    """How the concepts around a line stand to its own: the table, the one above or the total, the other.

    A neighbour that is an element of the company's own is none that the converter could ask for.
    """
    if e.around.below:
        yield "after", e.concept, e.around.below
    if e.around.second_below:
        yield "later", e.concept, e.around.second_below
    if e.around.total:
        yield "closing", e.around.total, e.concept


def as_looked_into(tables: Mapping[str, Cells]) -> dict[str, Cells]:
    """The tables without what was seen but once, which tells nothing of neighbours and captions; ``same`` as shares, and
    ``phrases`` also of all sections together.
    """
    found: dict[str, Cells] = {}
    for name, table in tables.items():
        kind, _, plain = name.partition(" ")
        found[name] = table
        if plain == "same":
            found[name] = {concept: serving(cell, cell[int(concept)]) for concept, cell in table.items()}
        elif plain in {"after", "later", "closing"}:
            found[name] = {key: {c: n for c, n in cell.items() if n > 1} for key, cell in table.items()}
        elif plain == "captions":
            found[name] = {word: cell for word, cell in table.items() if sum(cell.values()) > 2}
        elif plain.startswith("phrases "):
            everywhere = found.setdefault(f"{kind} phrases", {})
            for form, cell in table.items():
                whole = everywhere.setdefault(form, {})
                for concept, n in cell.items():
                    whole[concept] = whole.get(concept, 0) + n
    return found


def serving(cell: Mapping[int, int], lines: int) -> dict[int, int]:
    """Of a hundred of the ``lines`` of a concept, how many each concept serves for: itself for all."""
    shares = {other: round(100 * n / lines) for other, n in cell.items()}
    return {other: share for other, share in shares.items() if share >= SERVES}


def names_of(concepts: Sequence[str]) -> Cells:
    """Which concepts' names have a word."""
    found: defaultdict[str | int, dict[int, int]] = defaultdict(dict)
    for at, name in enumerate(concepts):
        for word in words_of_name(name):
            found[word][at] = 1
    return found


if __name__ == "__main__":
    main()
