"""Trains the ranker from presentations that filers tagged themselves, and writes ``ranker.txt``.

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
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, product, repeat
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from equivalents import load as load_equivalents
from network import Judged, fitted, reliability
from presentations import KINDS, THE_TABLE, THE_TAXONOMY, TYPES, Example, read_examples, told_by_names, told_by_rows
from vectors import learnt_vectors

from converter.mapping.counts import TABLES, Counts, closed, opened, pairs_of
from converter.mapping.features import FEATURES, Around, sources_of_names, words_of_name
from converter.mapping.ranker import RANKER_FILE, Network, Ranker, save
from converter.mapping.translation import NOTHING, Translation
from converter.mapping.words import content_words
from converter.taxonomy import Taxonomy, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDS = 5
RECENT_WEIGHT = 6
BINS = 20  # of probabilities, to see how reliable they are
SERVES = 10  # lines of a hundred, for which a concept has to serve to be told
COMMON = 100  # filers who use an element that is listed without their number
TURNS = 5  # of expectation and maximisation
LEAST = 1e-3  # chance of a translation that is kept
TELLING = 0.3  # and by how much at the least it is more than usual
Pairs = Counter[tuple[tuple[str, ...], tuple[str, ...]]]  # sources and targets, by how many companies have them


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
    examples = [
        e
        for e in read_examples(given.presentations, taxonomy, load_equivalents(given.equivalents))
        if given.companies == "all" or (e.company // 2) % 2 == (given.companies == "odd")
    ]
    print(f"{len(examples)} lines of {len({e.company for e in examples})} companies")
    ranker = fit(examples, taxonomy, read_usage(given.usage))
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


def fit(examples: list[Example], taxonomy: Taxonomy, used: Usage) -> Ranker:
    """The ranker that knows ``examples`` and how the elements are ``used``; prints how reliable its network is on a fold that it was not fitted on."""
    told = [*told_by_rows(taxonomy), *told_by_names(used.labels, taxonomy)]
    rows = {name for e in examples for name in e.item.row or ()}
    concepts = ["", *sorted({e.concept for e in (*told, *examples) if e.concept} | rows)]
    usage = [used.users.get(name, 0) for name in concepts]
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for example in examples:
        folds[example.company // 4 % FOLDS].append(example)
    with ProcessPoolExecutor() as pool:
        rest = [[e for part in folds[:index] + folds[index + 1 :] for e in part] for index in range(FOLDS)]
        judged = list(
            pool.map(
                judged_by,
                [[*told, *part] for part in rest],
                folds,
                repeat(concepts),
                repeat(usage),
                repeat(taxonomy.name),
            )
        )
    *others, last = judged
    judge = fitted(weighed(others))
    first_years = list(reliability(judge, [line for line in last if not is_recent(line)], BINS))
    # Recent filings are few: theirs are all judged, by counts that do not know them.
    later = list(reliability(judge, [line for line in chain(*judged) if is_recent(line)], BINS // 2))
    for title, table in (("first years", first_years), ("recent", later)):
        print(f"| {title}: held for | right | tags |", "| --- | --- | --- |", sep="\n")
        print(*(f"| {held:.3f} | {share:.3f} | {count:g} |" for held, share, count in table), sep="\n")
    network = replace(
        fitted(weighed(judged)),
        right=[row[:2] for row in first_years],
        right_recently=[row[:2] for row in later],
    )
    return learnt([*told, *examples], concepts, usage, network)


def is_recent(line: Judged) -> bool:
    """Whether a line is of a recent filing."""
    return bool(line.rows[0][FEATURES.index("is-recent")])


def weighed(folds: Iterable[list[Judged]]) -> list[Judged]:
    """All lines; those of recent filings, which are few, several times."""
    return [line for fold in folds for line in fold for _ in range(RECENT_WEIGHT if is_recent(line) else 1)]


def judged_by(
    known: list[Example], fold: list[Example], concepts: list[str], usage: list[int], taxonomy: str
) -> list[Judged]:
    """The lines of ``fold`` as a ranker sees them that has learnt what is ``known``; without those whose answers it does not
    think of.
    """
    ranker = learnt(known, concepts, usage)
    of_type = load(taxonomy).of_type
    judged: list[Judged] = []
    for example in fold:
        found = ranker.fit(example.kind, example.item, of_type(TYPES[example.measure]))
        if found is None:
            continue
        answers = [at for at, concept in enumerate(found.concepts) if concepts[concept] in example.answers]
        if answers:
            around = Around(*(None if name is None else ranker.numbers[name] for name in example.around))
            rows = [[*row, *beside] for row, beside in zip(found.rows, found.beside(around), strict=True)]
            serves = ranker.serving(example.kind, found.concepts)
            judged.append(Judged(np.array(rows, dtype=np.float32), answers, np.array(serves, dtype=np.float32)))
    return judged


def learnt(examples: list[Example], concepts: list[str], usage: list[int], network: Network | None = None) -> Ranker:
    """A ranker that knows ``examples``."""
    says: Pairs = Counter()
    names: Pairs = Counter()
    for e in {(e.company, e.kind, e.item, e.concept): e for e in examples if e.concept}.values():
        name, content = words_of_name(e.concept), content_words(e.item.label)
        says[name, content] += 1
        names[sources_of_names(e.item, e.kind), name] += 1
    return Ranker(
        concepts,
        count(examples, {name: index for index, name in enumerate(concepts)}),
        (translation(says), translation(names)),
        usage,
        learnt_vectors(examples, concepts),
        network or Network([], [], [], [], [], []),
    )


def translation(pairs: Pairs) -> Translation:
    """How probable each target is where a source stands, by expectation and maximisation over pairs of their lists.

    What many companies say alike counts as its square root.
    """
    weights = {pair: count**0.5 for pair, count in pairs.items()}
    usual: Counter[str] = Counter()
    for (_, targets), weight in weights.items():
        for target in targets:
            usual[target] += weight
    chances: dict[str, dict[str, float]] = {}
    for _ in range(TURNS):
        explained: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (sources, targets), weight in weights.items():
            for target in targets:
                shares = [
                    (source, chances[source].get(target, 1e-7) if chances else 1.0) for source in (*sources, NOTHING)
                ]
                total = sum(share for _, share in shares)
                for source, share in shares:
                    if share > LEAST * total:
                        explained[source][target] += weight * share / total
        chances = {}
        for source, row in explained.items():
            total = sum(row.values()) + 0.5  # what was seen once proves little
            chances[source] = {target: mass / total for target, mass in row.items() if mass > LEAST * total}
    by_target: dict[str, list[str]] = defaultdict(list)
    total = sum(usual.values())
    for source, row in sorted(chances.items()):
        for target, chance in row.items():
            if chance > TELLING * usual[target] / total:
                by_target[target].append(f"{source} {chance:.3g}")
    return Translation(
        {target: " ".join(cells) for target, cells in by_target.items()},
        {target: f"{mass / total:.3g}" for target, mass in usual.items()},
    )


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
            for pair in set(pairs_of(form)):
                add(e, "pairs", pair, concept=concept, label=form)
            for word in content_words(e.item.caption):
                add(e, "captions", word, concept=concept, label=form)
        add(e, "phrases", form, e.item.section, concept=concept)
        if e.company in {THE_TABLE, THE_TAXONOMY}:  # a row holds in many sections
            continue
        add(e, "sections", e.item.section, concept=concept)
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
    """The tables as the file has them; what was seen once only tells nothing of pairs and neighbours."""
    plain = {
        name: {key[0]: closed(cell) for key, cell in tables[name].items()} for name in ("sections", "words", "recent")
    }
    phrases: dict[str, list[str]] = defaultdict(list)
    for (form, section), cell in sorted(tables["phrases"].items()):
        phrases[form].append(f"{section}|{closed(cell)}")
    usual = tables["prior"][()]
    expected = dict.fromkeys(usual, 0.0)
    for cell in tables["words"].values():
        rarity = log(1 + sum(usual.values()) / sum(cell.values()))
        for concept, count in cell.items():
            expected[concept] += rarity * count / usual[concept]
    postings: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(sorted(phrases)):
        for word in sorted(set(form.split())):
            postings[word].append(at)
    return Counts(
        prior=closed(usual),
        expected=closed({concept: round(told, 3) for concept, told in expected.items()}),
        tables={
            **plain,
            "pairs": {key[0]: closed(cell) for key, cell in tables["pairs"].items() if sum(cell.values()) > 1},
            "phrases": {form: ";".join(cells) for form, cells in sorted(phrases.items())},
            "captions": {key[0]: closed(cell) for key, cell in tables["captions"].items() if sum(cell.values()) > 2},
            "same": serving(tables["same"]),
            **(around := {name: told_twice(tables[name]) for name in ("after", "later", "closing")}),
            "before": looking_back(around["after"]),
            "earlier": looking_back(around["later"]),
            "postings": {word: " ".join(map(str, numbers)) for word, numbers in postings.items()},
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
