"""Reads the lessons that were written for the ranker: statements of made-up companies, and labels of single elements.

``taught/filings-*.txt`` hold companies: a line "@ name ~ industry ~ year"; "# BS", "# IS" or "# CF" before each statement;
"= " before a caption; else "label ~ element", a dash standing for an element of the company's own. ``taught/labels-*.txt``
hold, below a statement and a year ("# BS ~ 2009"), lines "element ~ caption that the labels stand under ~ label ~ label ...".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from presentations import KINDS, MEASURES, TYPES, Example, Reading, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from converter.taxonomy import Taxonomy

OWN = "-"
FIRST_FILING, FIRST_LABEL = -1000, -10  # numbers of companies; the n-th labels of all elements are as if of one
_BETWEEN = "~"
_DATATYPES = {TYPES[measure]: datatype for datatype, measure in MEASURES.items()}


class Taught(NamedTuple):
    """A line or a caption, which has no element: the company and its year, the statement, the label, the element's name."""

    company: int
    year: str
    statement: str
    label: str
    element: str | None


def taught_statements(folder: Path, reading: Reading) -> Iterator[tuple[Example, ...]]:
    """The statements of the made-up companies."""
    for filing in filings(folder):
        yield from filter(None, reading.statements(rows_of(filing, reading.taxonomy)))


def taught_labels(folder: Path, reading: Reading) -> Iterator[Example]:
    """The labels of single elements."""
    for lines in labels(folder):
        for statement in reading.statements(rows_of(lines, reading.taxonomy)):
            yield from statement


def filings(folder: Path) -> list[list[Taught]]:
    """The lines of each made-up company.

    Raises ``ValueError``, with the place, for a line that is not of the form above.
    """
    found: list[list[Taught]] = []
    company, year, statement = 0, "", ""
    for place, line in lines_of(folder, "filings-*.txt"):
        mark, _, rest = line.partition(" ")
        if mark == "@":
            *_, year = parts_of(line, place, 3, "a name, an industry and a year")
            company, year, statement = FIRST_FILING - len(found), year_of(year, place), ""
            found.append([])
        elif mark == "#":
            statement = statement_of(rest, place)
        elif not found or not statement:
            raise ValueError(f"{place}: a company and a statement are expected before {line!r}")
        elif mark == "=":
            found[-1].append(Taught(company, year, statement, rest, None))
        else:
            label, element = parts_of(line, place, 2, "a label and an element")
            found[-1].append(Taught(company, year, statement, label, element))
    return found


def labels(folder: Path) -> Iterator[tuple[Taught, Taught]]:
    """Each label of an element, below its caption.

    Raises ``ValueError``, with the place, for a line that is not of the form above.
    """
    statement, year = "", ""
    for place, line in lines_of(folder, "labels-*.txt"):
        if line.startswith("# "):
            name, year = parts_of(line[2:], place, 2, "a statement and a year")
            statement, year = statement_of(name, place), year_of(year, place)
            continue
        if not statement:
            raise ValueError(f"{place}: a statement is expected before {line!r}")
        element, caption, *of_element = parts_of(line, place, 3, "an element, its caption and labels", or_more=True)
        for at, label in enumerate(of_element):
            company = FIRST_LABEL - at
            yield Taught(company, year, statement, caption, None), Taught(company, year, statement, label, element)


def year_of(text: str, place: str) -> str:
    """A year of this century."""
    if not re.fullmatch(r"20\d\d", text):
        raise ValueError(f"{place}: a year is expected, not {text!r}")
    return text


def statement_of(name: str, place: str) -> str:
    """The statement that a line begins."""
    if name not in KINDS:
        raise ValueError(f"{place}: one of {', '.join(KINDS)} is expected, not {name!r}")
    return name


def lines_of(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    """The lines that are not empty of all files that a ``pattern`` names, each with its place."""
    for path in sorted(folder.glob(pattern)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield f"{path.name}:{number}", line.strip()


def parts_of(line: str, place: str, number: int, expected: str, *, or_more: bool = False) -> list[str]:
    """The parts of a line, which are so many as its form says."""
    parts = [part.strip() for part in line.split(_BETWEEN)]
    if len(parts) < number or (len(parts) > number and not or_more):
        raise ValueError(f"{place}: {expected} are expected: {line!r}")
    return parts


def rows_of(lines: list[Taught] | tuple[Taught, ...], taxonomy: Taxonomy) -> list[Row]:
    """Lines as presentations have them."""
    return [
        {
            "adsh": f"0-{line.year[-2:]}-0",
            "cik": str(line.company),
            "sic": "",
            "stmt": line.statement,
            "label": line.label,
            "tag": "" if line.element in {None, OWN} else str(line.element),
            "standard": "0" if line.element in {None, OWN} else "1",
            "abstract": "1" if line.element is None else "0",
            "datatype": datatype_of(line, taxonomy),
        }
        for line in lines
    ]


def datatype_of(line: Taught, taxonomy: Taxonomy) -> str:
    """What the amounts of a line count: what its element does, or what its label says."""
    name = f"us-gaap:{line.element}"
    if name in taxonomy:
        return _DATATYPES.get(taxonomy[name].type, "")
    return "perShare" if "per share" in line.label.lower() else ""
