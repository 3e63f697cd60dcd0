"""Which industry a company is of: as the user says, or as the words of its statements show.

``industries.csv`` says how much a phrase on a statement speaks for an industry, or against it; the rows that hold for an
industry stand in a table of its own under ``industries``.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import UsageError
from converter.mapping.table import INDUSTRIES
from converter.mapping.words import ANY, forms, normal_form, open_phrase
from converter.model.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from converter.model.statement import Line, Statement

NO_INDUSTRY = "none"
EVIDENCE_FILE = "industries.csv"
_ENOUGH = 6  # the weight that shows an industry: one line has 3 at the most
_LEAD = 3  # by how much it has to outweigh every other industry
_FIRST = "first"
_FIRST_LINES = 3  # captions counted
_NAMED = 3  # lines that the finding names


class Evidence(NamedTuple):
    """A row of ``industries.csv``: a phrase, whether it counts among a statement's first lines only, and its weight."""

    industry: str
    statement: str
    is_first: bool
    form: str
    weight: int


class _Shown(NamedTuple):
    """What the lines show of an industry: the weight of all evidence, and the lines that speak for it, heaviest first."""

    industry: str
    weight: int
    lines: tuple[Line, ...]


def industry_of(statements: Sequence[Statement], folder: Path, asked: str) -> tuple[str, tuple[Finding, ...]]:
    """The name of the industry of the company that ``statements`` are of, or an empty one, and a finding that says why.

    ``asked`` is what the user says: a name, ``none``, or nothing. UsageError where there are no rows for such an industry
    in the ``folder`` of the taxonomy.
    """
    names = industries(folder)
    if asked == NO_INDUSTRY:
        return "", ()
    if asked and asked not in names:
        raise UsageError(
            f"there is no industry called {asked!r}", hint=f"choose one of: {', '.join((*names, NO_INDUSTRY))}"
        )
    shown = sorted(_shown(statements, folder), key=lambda one: -one.weight)
    if asked:
        return asked, (_finding(next(one for one in shown if one.industry == asked), "as --industry says", names),)
    first, second, *_ = shown
    if first.weight < _ENOUGH:
        return "", ()
    if first.weight < second.weight + _LEAD:
        return "", (_tie(first, second, names),)
    return first.industry, (_finding(first, "as the statements show", names),)


def industries(folder: Path) -> tuple[str, ...]:
    """The names of the industries that the taxonomy in ``folder`` has rows for."""
    return tuple(sorted(path.stem for path in (folder / INDUSTRIES).glob("*.csv")))


@cache
def evidence(folder: Path) -> tuple[Evidence, ...]:
    """The rows of ``industries.csv``."""
    with (folder / EVIDENCE_FILE).open(encoding="utf-8", newline="") as file:
        return tuple(
            Evidence(
                industry=row["industry"],
                statement=row["statement"],
                is_first=row["where"] == _FIRST,
                form=normal_form(row["label"]),
                weight=int(row["weight"]),
            )
            for row in csv.DictReader(file)
        )


def _shown(statements: Iterable[Statement], folder: Path) -> Iterator[_Shown]:
    """What all statements show of each industry; a row counts once, however many lines it fits, and so does a line."""
    printed: dict[tuple[str, bool], dict[str, Line]] = {}
    for statement in statements:
        for at, line in enumerate(statement.lines):
            form = (forms(line.label) or ("",))[0]
            printed.setdefault((statement.kind.value, False), {}).setdefault(form, line)
            if at < _FIRST_LINES:
                printed.setdefault((statement.kind.value, True), {}).setdefault(form, line)
    texts = {where: "\n".join(f" {form} " for form in lines) for where, lines in printed.items()}
    found: dict[str, dict[Line, int]] = {name: {} for name in industries(folder)}
    for row in evidence(folder):
        where = (row.statement, row.is_first)
        said = _line(row.form, printed.get(where, {}), texts.get(where, ""))
        if said is not None:
            told = found[row.industry]
            told[said] = max(row.weight, told.get(said, row.weight))
    for name, told in found.items():
        speaking = sorted((line for line, weight in told.items() if weight > 0), key=lambda line: -told[line])
        yield _Shown(name, sum(told.values()), tuple(speaking))


def _line(form: str, lines: Mapping[str, Line], text: str) -> Line | None:
    """The first of ``lines``, which go by their normal forms, that says ``form``; ``text`` has all of these."""
    if ANY not in form:
        return lines.get(form)
    phrase = open_phrase(form)
    if phrase.longest not in text:
        return None
    return next((line for printed, line in lines.items() if phrase.matches(printed)), None)


def _finding(shown: _Shown, why: str, names: Sequence[str]) -> Finding:
    others = ", ".join(name for name in names if name != shown.industry)
    return Finding(
        code="mapping.industry",
        severity=Severity.INFO,
        message=f"the rows for the industry {shown.industry} apply, {why}: {_named(shown.lines)}",
        hint=f"name another with --industry ({others}), or {NO_INDUSTRY}",
        place=shown.lines[0].place if shown.lines else None,
    )


def _tie(first: _Shown, second: _Shown, names: Sequence[str]) -> Finding:
    return Finding(
        code="mapping.industry",
        severity=Severity.INFO,
        message=f"no rows for an industry apply, as the statements show {first.industry}: {_named(first.lines)}; "
        f"and {second.industry}: {_named(second.lines)}",
        hint=f"name one with --industry ({', '.join(names)})",
        place=first.lines[0].place,
    )


def _named(lines: Sequence[Line]) -> str:
    """The first of the ``lines``, and how many more there are."""
    if not lines:
        return "no line shows it"
    named = ", ".join(f"{line.label!r} (line {line.place.line})" for line in lines[:_NAMED])
    return f"{named} and {len(lines) - _NAMED} more" if len(lines) > _NAMED else named
