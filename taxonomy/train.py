"""Trains the ranker from presentations that filers tagged themselves, and writes ``ranker.txt``.

    python taxonomy/train.py train.csv.gz taxonomy/us-gaap-2024 [--equivalents FILE] [--companies even|odd] [--out FILE]

The presentations are those of the SEC's Financial Statement Data Sets (public domain), one row per line:
adsh, cik, stmt, line, label, tag, standard, abstract, datatype. A tag that is gone gives way to its successor
(successors.csv); with ``--equivalents``, elements that serve for the same line are all taken for right. The network is fitted on counts that leave out the company judged: the companies are dealt
into five folds. ``--companies`` keeps every other company only, so that the rest can be measured on.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from equivalents import Equivalents, Presentation, Shown
from equivalents import load as load_equivalents

from converter.mapping import table as label_table
from converter.mapping.counts import TABLES, Counts, closed, pairs_of
from converter.mapping.features import FEATURES, Item, sources_of_names, words_of_name
from converter.mapping.ranker import RANKER_FILE, Network, Ranker, save
from converter.mapping.sections import sections_of
from converter.mapping.translation import NOTHING, Translation
from converter.mapping.words import ANY, content_words, forms
from converter.model.source import Place
from converter.model.statement import Amount, Line, LineKind, Measure, Statement, StatementKind
from converter.taxonomy import Taxonomy, load

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"BS": StatementKind.BALANCE_SHEET, "IS": StatementKind.INCOME_STATEMENT, "CF": StatementKind.CASH_FLOW}
MEASURES = {"shares": Measure.SHARES, "perShare": Measure.PER_SHARE}
TYPES = {
    Measure.MONEY: "xbrli:monetaryItemType",
    Measure.SHARES: "xbrli:sharesItemType",
    Measure.PER_SHARE: "dtr-types:perShareItemType",
}
SUFFIX = re.compile(r"\s*\((?:in (?:shares|dollars per share|usd per share)|usd \$)\)\s*$", re.IGNORECASE)
Row = dict[str, str]
Pairs = Counter[tuple[tuple[str, ...], tuple[str, ...]]]  # sources and targets, by how many companies have them
NOWHERE = Place(source="", line=1, column=1, start=0, end=0)
FOLDS = 5
THE_TABLE = -1  # the number of no company
UNITS = 16  # hidden units of the network
CANDIDATES = 24
EPOCHS = 25
BATCH = 256
RATE = 3e-3
DECAY = 1e-4
SEED = 0
TURNS = 5  # of expectation and maximisation
LEAST = 1e-3  # chance of a translation that is kept
TELLING = 0.3  # and by how much at the least it is more than usual


@dataclass(frozen=True)
class Example:
    """A line with its answer: the QName that a filer chose, or empty for an element of its own; ``answers`` are all that
    are right.
    """

    company: int
    kind: str
    item: Item
    measure: Measure
    concept: str
    answers: frozenset[str]
    above: str | None
    below: str | None

    @property
    def form(self) -> str:
        """The normal form of the whole label."""
        return (forms(self.item.label) or ("",))[0]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("presentations", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--equivalents", type=Path, help="which elements are as right as a filer's (equivalents.py)")
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
    ranker = fit(examples, taxonomy)
    out = given.out or given.folder / RANKER_FILE
    save(ranker, out)
    print(f"{out}: {out.stat().st_size} bytes, {len(ranker.concepts)} concepts")


def read_examples(path: Path, taxonomy: Taxonomy, equivalents: Equivalents) -> list[Example]:
    """Every line with values of the three statements; what a company says again in the same place, once."""
    reading = Reading(taxonomy, read_successors(taxonomy), equivalents, label_table.load(taxonomy, ())[0])
    found: dict[tuple[object, ...], Example] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for _, group in groupby(csv.DictReader(file), key=lambda row: row["adsh"]):
            for e in reading.examples(list(group)):
                found.setdefault((e.company, e.kind, e.item.label, e.item.section, e.concept), e)
    return list(found.values())


def read_successors(taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """Old name to condition to today's name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (taxonomy.folder / "successors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["name"]][row["condition"]] = row["successor"]
    return found


@dataclass(frozen=True)
class Reading:
    """What presentations are read with."""

    taxonomy: Taxonomy
    successors: dict[str, dict[str, str]]
    equivalents: Equivalents
    table: label_table.ConceptTable

    def examples(self, rows: list[Row]) -> Iterator[Example]:
        """The examples of a filing."""
        statements = [
            (KINDS[stmt], list(group)) for stmt, group in groupby(rows, key=lambda row: row["stmt"]) if stmt in KINDS
        ]
        placed = [(kind, shown, self.placed(kind, shown)) for kind, shown in statements]
        lines = [
            Shown(row["stmt"], section, line.label, row["tag"], row["datatype"] not in MEASURES)
            for _, shown, found in placed
            for row, (line, section) in zip(shown, found, strict=True)
            if line.kind is LineKind.ITEM
        ]
        filing = Presentation(rows[0]["sic"], lines)
        for kind, shown, found in placed:
            yield from self.examples_of(kind, shown, found, filing)

    def placed(self, kind: StatementKind, rows: list[Row]) -> list[tuple[Line, str]]:
        """The lines of a statement, each with its section."""
        lines: list[Line] = []
        caption: tuple[str, ...] = ()
        for row in rows:
            label = SUFFIX.sub("", row["label"])
            if row["abstract"] == "1":
                label = re.sub(r"\s*\[.*\]$", "", label)
                caption = (label,)
                lines.append(line_of(label, caption, LineKind.CAPTION, ()))
            else:
                lines.append(line_of(label, caption, LineKind.ITEM, (MEASURES.get(row["datatype"], Measure.MONEY),)))
        statement = Statement(
            kind=kind, title="", columns=(), lines=tuple(lines), sums=(), scale=0, currency="USD", place=NOWHERE
        )
        return list(zip(lines, sections_of(statement, self.taxonomy.folder), strict=True))

    def examples_of(
        self, kind: StatementKind, rows: list[Row], placed: list[tuple[Line, str]], filing: Presentation
    ) -> Iterator[Example]:
        """The examples of a statement."""
        sections = tuple(section for _, section in placed)
        items = [
            (row, line, section, today(row, section, sections, rows, self.successors, self.taxonomy))
            for row, (line, section) in zip(rows, placed, strict=True)
            if line.kind is LineKind.ITEM
        ]
        names = [None, *(name for *_, name in items), None]
        for (row, line, section, name), above, below in zip(items, names, names[2:], strict=False):
            if name is None or line.amounts[0] is None:
                continue
            shown = Shown(row["stmt"], section, line.label, row["tag"], row["datatype"] not in MEASURES)
            others = self.equivalents.of(shown, filing) if name else ()
            answers = frozenset({name, *(f"us-gaap:{other}" for other in others)})
            item = item_of(line, section, kind, self.table)
            yield Example(int(row["cik"]), kind.value, item, line.amounts[0].measure, name, answers, above, below)


def item_of(line: Line, section: str, kind: StatementKind, table: label_table.ConceptTable) -> Item:
    """The line as the ranker will see it."""
    match = table.find(line.label, kind, section)
    return Item(
        label=line.label,
        section=section,
        caption=line.section[-1] if line.section else "",
        row=None if match is None else match.concepts,
        sureness=0.0 if match is None else match.confidence,
    )


def line_of(label: str, caption: tuple[str, ...], kind: LineKind, measures: tuple[Measure, ...]) -> Line:
    amounts = tuple(
        Amount(text="", value=None, scale=0, decimals=0, measure=measure, place=NOWHERE) for measure in measures
    )
    return Line(label=label, level=0, section=caption, kind=kind, amounts=amounts, parentheticals=(), place=NOWHERE)


def today(
    row: Row,
    section: str,
    sections: tuple[str, ...],
    rows: list[Row],
    successors: dict[str, dict[str, str]],
    taxonomy: Taxonomy,
) -> str | None:
    """Today's QName for the tag of a row; empty for an element of the company's own, None where there is none."""
    if row["standard"] != "1":
        return ""
    ways = successors.get(row["tag"], {})
    conditions = []
    if row["stmt"] == "BS":
        classified = any(part in {"current-assets", "current-liabilities"} for part in sections)
        conditions.append("unclassified" if not classified else "current" if section.startswith("current") else "")
    if row["stmt"] == "IS" and sum("Revenue" in other["tag"] and "Cost" not in other["tag"] for other in rows) == 1:
        conditions.append("only-revenue")
    if row["stmt"] == "IS" and sum(other["tag"].startswith("CostOf") for other in rows) == 1:
        conditions.append("only-cost")
    conditions += [section, ""]
    name = next((ways[condition] for condition in conditions if condition in ways), row["tag"])
    qname = f"us-gaap:{name}"
    if qname not in taxonomy or taxonomy[qname].abstract:
        return None
    return qname


def fit(examples: list[Example], taxonomy: Taxonomy) -> Ranker:
    told = told_by_rows(taxonomy)
    rows = {name for e in examples for name in e.item.row or ()}
    concepts = ["", *sorted({e.concept for e in (*told, *examples) if e.concept} | rows)]
    number = {name: index for index, name in enumerate(concepts)}
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for example in examples:
        folds[example.company // 4 % FOLDS].append(example)
    lines: list[tuple[np.ndarray, list[int]]] = []
    for index, fold in enumerate(folds):
        ranker = learnt([*told, *(e for part in folds[:index] + folds[index + 1 :] for e in part)], concepts, number)
        for example in fold:
            found = ranker.fit(example.kind, example.item, taxonomy.of_type(TYPES[example.measure]))
            if found is None:
                continue
            answers = [at for at, concept in enumerate(found.concepts) if concepts[concept] in example.answers]
            if not answers:
                continue
            above, below = (None if name is None else number[name] for name in (example.above, example.below))
            rows_ = [[*row, *found.beside(at, above, below)] for at, row in enumerate(found.rows)]
            lines.append((np.array(rows_, dtype=np.float32), answers))
        print(f"fold {index}: {len(lines)} lines", flush=True)
    return learnt([*told, *examples], concepts, number, fitted(lines))


def told_by_rows(taxonomy: Taxonomy) -> list[Example]:
    """The rows of the concept table as if one more company had them for lines."""
    with (taxonomy.folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [
            Example(
                company=THE_TABLE,
                kind=row["statement"],
                item=Item(row["label"], row["section"]),
                measure=Measure.MONEY,
                concept=row["concept"],
                answers=frozenset({row["concept"]}),
                above=None,
                below=None,
            )
            for row in csv.DictReader(file)
            if row["statement"] in {kind.value for kind in KINDS.values()}
            and ANY not in row["label"]
            and row["concept"] in taxonomy
        ]


def learnt(
    examples: list[Example], concepts: list[str], number: dict[str, int], network: Network | None = None
) -> Ranker:
    """A ranker that knows ``examples``."""
    says: Pairs = Counter()
    names: Pairs = Counter()
    for e in {(e.company, e.kind, e.item, e.concept): e for e in examples if e.concept}.values():
        name, content = words_of_name(e.concept), content_words(e.item.label)
        says[name, content] += 1
        names[sources_of_names(e.item, e.kind), name] += 1
    return Ranker(
        concepts,
        count(examples, number),
        (translation(says), translation(names)),
        network or Network(quick=[], direct=[], hidden=[], outer=[]),
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
        if e.company != THE_TABLE:  # a row holds in many sections
            add(e, "sections", e.item.section, concept=concept)
        add(e, "phrases", form, e.item.section, concept=concept)
        if e.below is not None:
            add(e, "after", str(concept), concept=number[e.below])
    return {kind: counts_of(tables) for kind, tables in kinds.items()}


def counts_of(tables: dict[str, defaultdict[tuple[str, ...], dict[int, int]]]) -> Counts:
    """The tables as the file has them; what was seen once only tells nothing of pairs and neighbours."""
    plain = {name: {key[0]: closed(cell) for key, cell in tables[name].items()} for name in ("sections", "words")}
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
            "after": {
                key[0]: closed({c: n for c, n in cell.items() if n > 1}) for key, cell in tables["after"].items()
            },
            "postings": {word: " ".join(map(str, numbers)) for word, numbers in postings.items()},
        },
    )


def fitted(lines: list[tuple[np.ndarray, list[int]]]) -> Network:
    """A network that gives the answers of ``lines`` the highest probability; a line is its candidates' features, and which
    of them are right.
    """
    x = np.zeros((len(lines), CANDIDATES, len(FEATURES)), dtype=np.float32)
    mask = np.full((len(lines), CANDIDATES), -1e9, dtype=np.float32)
    answers = np.zeros(mask.shape, dtype=np.float32)
    for at, (rows, right) in enumerate(lines):
        x[at, : len(rows)] = rows
        mask[at, : len(rows)] = 0
        answers[at, right] = 1
    real = mask == 0
    mean, spread = x[real].mean(axis=0), x[real].std(axis=0) + 1e-6
    x = (x - mean) / spread * real[..., None]
    quick = descended(x, mask, answers, units=0)
    whole = descended(x, mask, answers, units=UNITS)
    hidden = [
        [*(unit / spread), bias - float((unit / spread) @ mean)]
        for unit, bias in zip(whole["hidden"].T, whole["bias"], strict=True)
    ]
    return Network(
        quick=(quick["direct"] / spread).tolist(),
        direct=(whole["direct"] / spread).tolist(),
        hidden=[[float(weight) for weight in unit] for unit in hidden],
        outer=whole["outer"].tolist(),
    )


def descended(x: np.ndarray, mask: np.ndarray, answers: np.ndarray, units: int) -> dict[str, np.ndarray]:
    """Weights by Adam (Kingma and Ba 2015) with a rate that falls as a cosine: ``direct`` of the features, ``hidden`` and
    ``bias`` of the units, ``outer`` of what these say.
    """
    chance = np.random.default_rng(SEED)
    size = x.shape[2]
    weights = {
        "direct": np.zeros(size),
        "hidden": chance.normal(0, size**-0.5, (size, units)),
        "bias": np.zeros(units),
        "outer": chance.normal(0, 0.1 * max(units, 1) ** -0.5, units),
    }
    weights = {name: value.astype(np.float32) for name, value in weights.items()}
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    step = 0
    for epoch in range(EPOCHS):
        order = chance.permutation(len(x))
        rate = RATE * (1 + np.cos(np.pi * epoch / EPOCHS)) / 2
        for start in range(0, len(x), BATCH):
            batch = order[start : start + BATCH]
            gradient = gradients(weights, x[batch], mask[batch], answers[batch])
            step += 1
            for name, value in weights.items():
                g = gradient[name] + DECAY * value
                first[name] = 0.9 * first[name] + 0.1 * g
                second[name] = 0.999 * second[name] + 0.001 * g * g
                mean, square = first[name] / (1 - 0.9**step), second[name] / (1 - 0.999**step)
                weights[name] = value - (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
    right = answers[np.arange(len(x)), (scores_of(weights, x)[1] + mask).argmax(axis=1)]
    print(f"{units} units, {len(x)} lines: {right.mean():.3f} right", flush=True)
    return weights


def scores_of(weights: dict[str, np.ndarray], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the units say, and the scores."""
    said = np.maximum(x @ weights["hidden"] + weights["bias"], 0)
    return said, said @ weights["outer"] + x @ weights["direct"]


def gradients(
    weights: dict[str, np.ndarray], x: np.ndarray, mask: np.ndarray, answers: np.ndarray
) -> dict[str, np.ndarray]:
    """Of the mean logarithm of the answers' probability."""
    said, scores = scores_of(weights, x)
    scores += mask
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    chances /= chances.sum(axis=1, keepdims=True)
    right = chances * answers
    flat = ((chances - right / right.sum(axis=1, keepdims=True)) / len(x)).reshape(-1)
    rows, spoken = x.reshape(len(flat), -1), said.reshape(len(flat), said.shape[2])
    back = flat[:, None] * weights["outer"] * (spoken > 0)
    return {"direct": rows.T @ flat, "outer": spoken.T @ flat, "hidden": rows.T @ back, "bias": back.sum(axis=0)}


if __name__ == "__main__":
    main()
