"""Sections: which part of a statement a line stands in, told by the captions above it and by position."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from converter.mapping.positions import RESULTS, positions
from converter.mapping.words import ANY, OpenPhrase, normal_form
from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from converter.model.statement import Statement

# The section that each section lies in.
PARENT = {
    "current-assets": "assets",
    "inventories": "assets",
    "property": "assets",
    "investments": "assets",
    "intangibles": "assets",
    "noncurrent-assets": "assets",
    "current-liabilities": "liabilities",
    "noncurrent-liabilities": "liabilities",
    "liabilities": "liabilities-and-equity",
    "temporary-equity": "liabilities-and-equity",
    "equity": "liabilities-and-equity",
    "cost-of-revenues": "costs-and-expenses",
    "operating-expenses": "costs-and-expenses",
    "per-share-basic": "per-share",
    "per-share-diluted": "per-share",
    "shares-basic": "shares",
    "shares-diluted": "shares",
    "adjustments": "operating",
    "working-capital": "operating",
    "supplemental-noncash": "supplemental",
    "oci-currency": "oci",
    "oci-net-investment-hedges": "oci-currency",  # ASC 815-35-35-1: their gains are part of the translation adjustment
    "oci-hedges": "oci",
    "oci-excluded-components": "oci",
    "oci-pension": "oci",
    "oci-actuarial": "oci-pension",
    "oci-prior-service": "oci-pension",
    "oci-transition-obligation": "oci-pension",
    "oci-securities": "oci",
    "oci-own-credit": "oci",
    "oci-policy-benefits": "oci",
    "oci-market-risk-benefits": "oci",
    "oci-equity-method": "oci",
    "oci-other": "oci",
}


def enclosing(section: str) -> tuple[str, ...]:
    """The section, those it lies in, and last the empty one that is the whole statement."""
    path = []
    while section:
        path.append(section)
        section = PARENT.get(section, "")
    return (*path, "")


@cache
def _captions(folder: Path) -> Mapping[tuple[str, str], str]:
    with (folder / "sections.csv").open(encoding="utf-8", newline="") as file:
        return {(row["statement"], normal_form(row["caption"])): row["section"] for row in csv.DictReader(file)}


@cache
def _open_captions(folder: Path, kind: StatementKind) -> Sequence[tuple[OpenPhrase, str]]:
    """The captions that leave words open, those that say most first."""
    rows = [(form, section) for (statement, form), section in _captions(folder).items() if statement == kind.value]
    rows.sort(key=lambda row: -len(row[0].replace(ANY, "").split()))
    return [(OpenPhrase(form), section) for form, section in rows if ANY in form.split()]


@lru_cache(maxsize=4096)
def section_of_caption(folder: Path, kind: StatementKind, caption: str) -> str:
    """The section that ``caption`` opens; empty where the table of captions does not know it."""
    form = normal_form(caption)
    whole = _captions(folder).get((kind.value, form))
    if whole is not None:
        return whole
    return next((section for phrase, section in _open_captions(folder, kind) if phrase.matches(form)), "")


# Captions that say more than the totals around them can.
_OWN = frozenset({"property", "inventories", "investments", "intangibles", "temporary-equity"})
_COUNTED = {Measure.PER_SHARE: "per-share", Measure.SHARES: "shares"}


def sections_of(statement: Statement, folder: Path) -> tuple[str, ...]:
    """The section of each line: by the innermost caption that is known, and by the totals around it."""
    known = {
        caption: section_of_caption(folder, statement.kind, caption)
        for line in statement.lines
        for caption in line.section
    }
    found = []
    for line, told in zip(statement.lines, positions(statement), strict=True):
        section = next((known[caption] for caption in reversed(line.section) if known[caption]), "")
        if statement.kind is StatementKind.BALANCE_SHEET:
            found.append(_on_balance_sheet(section, told))
            continue
        counted = _COUNTED.get(next((amount.measure for amount in line.amounts if amount), Measure.MONEY))
        if counted is not None and counted not in enclosing(section):
            _, way, which = section.rpartition("-")  # weighted shares stand under the caption of their earnings
            section = f"{counted}-{which}" if way and f"{counted}-{which}" in PARENT else counted
        ended = told in {RESULTS, "other-income"} and "costs-and-expenses" in enclosing(section)
        found.append(told if not section or ended or section in enclosing(told) else section)
    return tuple(found)


def _on_balance_sheet(section: str, told: str) -> str:
    """A caption within what the totals tell is finer; one beside it has ended unseen."""
    if not told:
        return section or "assets"
    if section in _OWN and "assets" in enclosing(section) and "assets" in enclosing(told) and told != "assets":
        return section
    if section == "temporary-equity" and "assets" not in enclosing(told):
        return section
    return told
