"""Trains the ranker from presentations that filers tagged themselves, and writes ``ranker.json``.

    python taxonomy/train.py train.csv.gz taxonomy/us-gaap-2024 [--companies even|odd] [--out FILE]

The presentations are those of the SEC's Financial Statement Data Sets (public domain), one row per line:
adsh, cik, stmt, line, label, tag, standard, abstract, datatype. A tag that is gone gives way to its successor
(successors.csv). Weights are fitted on counts that leave out the company judged: the companies are dealt
into five folds. ``--companies`` keeps every other company only, so that the rest can be measured on.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from math import log
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from converter.mapping.ranker import FEATURES, TABLES, Counts, Item, Ranker, closed, pairs_of, save
from converter.mapping.sections import sections_of
from converter.mapping.words import forms
from converter.model.source import Place
from converter.model.statement import Amount, Line, LineKind, Measure, Statement, StatementKind
from converter.taxonomy import Taxonomy, load

KINDS = {"BS": StatementKind.BALANCE_SHEET, "IS": StatementKind.INCOME_STATEMENT, "CF": StatementKind.CASH_FLOW}
MEASURES = {"shares": Measure.SHARES, "perShare": Measure.PER_SHARE}
TYPES = {
    Measure.MONEY: "xbrli:monetaryItemType",
    Measure.SHARES: "xbrli:sharesItemType",
    Measure.PER_SHARE: "dtr-types:perShareItemType",
}
SUFFIX = re.compile(r"\s*\((?:in (?:shares|dollars per share|usd per share)|usd \$)\)\s*$", re.IGNORECASE)
NOWHERE = Place(source="", line=1, column=1, start=0, end=0)
FOLDS = 5
LINES_TO_FIT = 60_000


@dataclass(frozen=True)
class Example:
    """A line with its answer: the QName that a filer chose, or empty for an element of its own."""

    company: int
    kind: str
    label: str
    section: str
    measure: Measure
    concept: str
    above: str | None
    below: str | None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("presentations", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--companies", choices=("all", "even", "odd"), default="all")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    taxonomy = load(given.folder.name)
    examples = [
        e
        for e in read_examples(given.presentations, taxonomy)
        if given.companies == "all" or (e.company // 2) % 2 == (given.companies == "odd")
    ]
    print(f"{len(examples)} lines of {len({e.company for e in examples})} companies")
    ranker = fit(examples, taxonomy)
    out = given.out or given.folder / "ranker.json"
    save(ranker, out)
    print(f"{out}: {out.stat().st_size} bytes, {len(ranker.concepts)} concepts")
    for regime, weights in ranker.weights.items():
        print(regime, {name: round(float(weight), 2) for name, weight in zip(FEATURES, weights, strict=True)})


def read_examples(path: Path, taxonomy: Taxonomy) -> list[Example]:
    """Every line with values of the three statements, once for each filing."""
    successors = read_successors(taxonomy)
    found: list[Example] = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for (_, stmt), group in groupby(csv.DictReader(file), key=lambda row: (row["adsh"], row["stmt"])):
            if stmt in KINDS:
                found += examples_of(KINDS[stmt], list(group), successors, taxonomy)
    return found


def read_successors(taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """Old name to condition to today's name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (taxonomy.folder / "successors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["name"]][row["condition"]] = row["successor"]
    return found


def examples_of(
    kind: StatementKind, rows: list[dict[str, str]], successors: dict[str, dict[str, str]], taxonomy: Taxonomy
) -> list[Example]:
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
    sections = sections_of(statement, taxonomy.folder)
    items = [
        (row, line, section, today(row, section, sections, rows, successors, taxonomy))
        for row, line, section in zip(rows, lines, sections, strict=True)
        if line.kind is LineKind.ITEM
    ]
    names = [None, *(name for *_, name in items), None]
    return [
        Example(int(row["cik"]), kind.value, line.label, section, line.amounts[0].measure, name, above, below)
        for (row, line, section, name), above, below in zip(items, names, names[2:], strict=False)
        if name is not None and line.amounts[0] is not None
    ]


def line_of(label: str, caption: tuple[str, ...], kind: LineKind, measures: tuple[Measure, ...]) -> Line:
    amounts = tuple(
        Amount(text="", value=None, scale=0, decimals=0, measure=measure, place=NOWHERE) for measure in measures
    )
    return Line(label=label, level=0, section=caption, kind=kind, amounts=amounts, parentheticals=(), place=NOWHERE)


def today(
    row: dict[str, str],
    section: str,
    sections: tuple[str, ...],
    rows: list[dict[str, str]],
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
    concepts = ["", *sorted({e.concept for e in examples if e.concept})]
    number = {name: index for index, name in enumerate(concepts)}
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for example in examples:
        folds[example.company // 4 % FOLDS].append(example)
    data: dict[str, list[tuple[np.ndarray, int]]] = {"exact": [], "unseen": []}
    step = max(1, len(examples) // LINES_TO_FIT)
    for index, fold in enumerate(folds):
        rest = [e for other, part in enumerate(folds) if other != index for e in part]
        ranker = Ranker(concepts, count(rest, number), {})
        for example in fold[::step]:
            found = ranker.fit(
                example.kind, Item(example.label, example.section), taxonomy.of_type(TYPES[example.measure])
            )
            if found is None or number[example.concept] not in found.concepts:
                continue
            above, below = (None if name is None else number[name] for name in (example.above, example.below))
            rows = [[*row, *found.beside(at, above, below)] for at, row in enumerate(found.rows)]
            answer = found.concepts.index(number[example.concept])
            data["exact" if found.is_exact else "unseen"].append((np.array(rows), answer))
        print(f"fold {index}: {len(data['exact'])} exact, {len(data['unseen'])} unseen", flush=True)
    weights = {regime: logistic(rows).tolist() for regime, rows in data.items()}
    return Ranker(concepts, count(examples, number), weights)


def count(examples: list[Example], number: dict[str, int]) -> dict[str, Counts]:
    """Counts of companies: what one company says in many filings counts once."""
    seen: set[tuple[object, ...]] = set()
    kinds: dict[str, dict[str, defaultdict[tuple[str, ...], dict[int, int]]]] = {
        kind.value: {name: defaultdict(dict) for name in TABLES} for kind in KINDS.values()
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
        concept, form = number[e.concept], (forms(e.label) or ("",))[0]
        # The prior counts phrases of companies, so that the words of one are a share of it.
        if add(e, "prior", concept=concept, label=form):
            for word in set(form.split()):
                add(e, "words", word, concept=concept, label=form)
            for pair in set(pairs_of(form)):
                add(e, "pairs", pair, concept=concept, label=form)
        add(e, "sections", e.section, concept=concept)
        add(e, "phrases", form, e.section, concept=concept)
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
        sections=plain["sections"],
        words=plain["words"],
        pairs={key[0]: closed(cell) for key, cell in tables["pairs"].items() if sum(cell.values()) > 1},
        phrases={form: ";".join(cells) for form, cells in sorted(phrases.items())},
        after={key[0]: closed({c: n for c, n in cell.items() if n > 1}) for key, cell in tables["after"].items()},
        postings={word: " ".join(map(str, numbers)) for word, numbers in postings.items()},
        expected=closed({concept: round(told, 3) for concept, told in expected.items()}),
    )


def logistic(
    rows: list[tuple[np.ndarray, int]], rounds: int = 800, rate: float = 0.05, ridge: float = 1e-4
) -> np.ndarray:
    """Weights of a conditional logistic model, by Adam over all rows at once."""
    width = max(len(row) for row, _ in rows)
    size = len(FEATURES)
    x = np.zeros((len(rows), width, size), dtype=np.float32)
    mask = np.full((len(rows), width), -1e9, dtype=np.float32)
    y = np.array([answer for _, answer in rows])
    for i, (row, _) in enumerate(rows):
        x[i, : len(row)] = row
        mask[i, : len(row)] = 0
    chosen = x[np.arange(len(rows)), y].mean(axis=0)
    w = np.zeros(size, dtype=np.float64)
    m = v = np.zeros(size)
    for t in range(1, rounds + 1):
        scores = x @ w.astype(np.float32) + mask
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        gradient = np.einsum("ij,ijk->k", p, x) / len(rows) - chosen + ridge * w
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        w = w - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    right = (x @ w.astype(np.float32) + mask).argmax(axis=1) == y
    print(f"fitted {len(rows)} lines: {right.mean():.3f} right", flush=True)
    return w


if __name__ == "__main__":
    main()
