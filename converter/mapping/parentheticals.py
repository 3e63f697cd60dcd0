"""Facts of the numbers inside labels: allowances, par values, share counts, each with its own date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.mapping.drafts import Draft
from converter.model.report import Why
from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from converter.mapping.lines import Mapped
    from converter.model.statement import Line, Parenthetical, Statement
    from converter.taxonomy import Taxonomy

# Which words of a label, and which before and after the number, make it which concept; the first that fits counts.
_RULES: tuple[tuple[Measure, re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (measure, re.compile(label), re.compile(near), concept)
    for measure, label, near, concept in (
        (Measure.MONEY, r"receivable", r"\ballowances?\b|\breserves?\b", "us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent"),
        (Measure.MONEY, r"(?:property|equipment|plant|fixed assets|improvements)", r"\bdepreciation\b", "us-gaap:AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"),
        (Measure.MONEY, r"intangible|patents|licen[sc]es|trademarks", r"\bamortization\b", "us-gaap:FiniteLivedIntangibleAssetsAccumulatedAmortization"),
        (Measure.PER_SHARE, r"preferred", r"", "us-gaap:PreferredStockParOrStatedValuePerShare"),
        (Measure.PER_SHARE, r"common", r"", "us-gaap:CommonStockParOrStatedValuePerShare"),
        (Measure.SHARES, r"treasury", r"", "us-gaap:TreasuryStockCommonShares"),
        (Measure.SHARES, r"preferred", r"authorized", "us-gaap:PreferredStockSharesAuthorized"),
        (Measure.SHARES, r"preferred", r"issued", "us-gaap:PreferredStockSharesIssued"),
        (Measure.SHARES, r"preferred", r"outstanding", "us-gaap:PreferredStockSharesOutstanding"),
        (Measure.SHARES, r"common", r"authorized", "us-gaap:CommonStockSharesAuthorized"),
        (Measure.SHARES, r"common", r"issued", "us-gaap:CommonStockSharesIssued"),
        (Measure.SHARES, r"common", r"outstanding", "us-gaap:CommonStockSharesOutstanding"),
    )
)  # fmt: skip
_STATE = re.compile(r"\b(?:authorized|issued|outstanding)\b", re.IGNORECASE)
_STATED = 0.95
_TAKEN = 0.85


def map_parentheticals(statement: Statement, taxonomy: Taxonomy, mapped: Mapped) -> None:
    """Add the facts of the numbers inside the labels of a balance sheet to ``mapped``.

    A number without a date of its own is of the first column's date. Those that no rule knows are
    left untagged with the reason.
    """
    first = next((column.period for column in statement.columns if column.period is not None), None)
    for line in statement.lines:
        for inner in line.parentheticals:
            concept = concept_name(line, inner) if statement.kind is StatementKind.BALANCE_SHEET else None
            period = inner.period or (first.closing if first else None)
            if concept is None or concept not in taxonomy or period is None:
                mapped.reasons[inner.amount.place.start] = "a number inside a label that no rule knows"
                continue
            mapped.drafts.append(
                Draft(
                    concept=taxonomy[concept],
                    period=period,
                    measure=inner.amount.measure,
                    value=inner.amount.value,
                    decimals=inner.amount.decimals,
                    scale=inner.amount.scale,
                    text=inner.amount.text,
                    place=inner.amount.place,
                    hidden=False,
                    statement=statement.kind,
                    label=line.label,
                    why=Why(
                        rule=f"number in a label: {' '.join(inner.before.split()[-3:])} … {' '.join(inner.after.split()[:3])}",
                        period="the date stated in the label" if inner.period else "the date of the first column",
                        sign="as printed",
                        confidence=_STATED if inner.period else _TAKEN,
                    ),
                )
            )


def concept_name(line: Line, inner: Parenthetical) -> str | None:
    """The QName that the words around a number in a label ask for, None where no rule fits."""
    label = line.label.lower()
    # A second amount of a series stands behind the date of the first, far from the word that names both.
    near = label if inner.amount.measure is Measure.MONEY else f"{inner.before} {inner.after}".lower()
    if inner.amount.measure is Measure.SHARES and "treasury" not in label:
        near = _state(inner) or near
    for measure, words, around, concept in _RULES:
        if measure is inner.amount.measure and words.search(label) and around.search(near):
            return concept
    return None


def _state(inner: Parenthetical) -> str:
    """The state that a share count is in: the word behind it in its clause, else the last before it."""
    clause = re.split(r"[;]|\d", inner.after, maxsplit=1)[0]
    after = _STATE.search(clause)
    if after:
        return after.group().lower()
    before = _STATE.findall(inner.before)
    return before[-1].lower() if before else ""
