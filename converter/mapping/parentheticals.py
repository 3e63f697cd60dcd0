"""Facts of the numbers inside labels: allowances, par values, share counts, taxes, each with its own date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.mapping.drafts import Draft
from converter.mapping.extension import own_concept_of_words
from converter.mapping.older import concept_of
from converter.mapping.taxes import tax_of
from converter.model.report import Why
from converter.model.statement import Measure, StatementKind
from converter.options import UnmappedPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from converter.mapping.lines import Mapped, Tables
    from converter.mapping.taxes import Tax
    from converter.model.periods import Period
    from converter.model.report import Concept
    from converter.model.statement import Line, Parenthetical, Statement

# On a balance sheet: which words of a label, and which around the number, make it which concept; the first that fits
# counts.
_RULES: tuple[tuple[Measure, re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (measure, re.compile(label), re.compile(near), concept)
    for measure, label, near, concept in (
        (Measure.MONEY, r"receivable", r"\ballowances?\b|\breserves?\b", "us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent"),
        (Measure.MONEY, r"(?:property|equipment|plant|fixed assets|improvements)", r"\bdepreciation\b", "us-gaap:AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"),
        (Measure.MONEY, r"intangible|patents|licen[sc]es|trademarks", r"\bamortization\b", "us-gaap:FiniteLivedIntangibleAssetsAccumulatedAmortization"),
        (Measure.MONEY, r"preferred", r"liquidation (?:preference|value)", "us-gaap:PreferredStockLiquidationPreferenceValue"),
        (Measure.PER_SHARE, r"preferred", r"\b(?:par|stated)\b", "us-gaap:PreferredStockParOrStatedValuePerShare"),
        (Measure.PER_SHARE, r"stock|shares", r"\b(?:par|stated)\b", "us-gaap:CommonStockParOrStatedValuePerShare"),
        (Measure.SHARES, r"treasury|repurchased", r"", "us-gaap:TreasuryStockCommonShares"),
        (Measure.SHARES, r"preferred", r"authorized", "us-gaap:PreferredStockSharesAuthorized"),
        (Measure.SHARES, r"preferred", r"issued", "us-gaap:PreferredStockSharesIssued"),
        (Measure.SHARES, r"preferred", r"outstanding", "us-gaap:PreferredStockSharesOutstanding"),
        (Measure.SHARES, r"stock|shares", r"authorized", "us-gaap:CommonStockSharesAuthorized"),
        (Measure.SHARES, r"stock|shares", r"issued", "us-gaap:CommonStockSharesIssued"),
        (Measure.SHARES, r"stock|shares", r"outstanding", "us-gaap:CommonStockSharesOutstanding"),
    )
)  # fmt: skip
_STATE = re.compile(r"\b(?:authorized|issued|outstanding|designated)\b", re.IGNORECASE)
_STATE_AHEAD = re.compile(r"(?<!and )\b(authorized|issued|outstanding)[\s:–—-]+$", re.IGNORECASE)
_BOTH = re.compile(r"\bissued (?:and|or|nor|and/or) outstanding\b", re.IGNORECASE)
_STOCK = re.compile(r"\b(?:common|preferred|preference|class|treasury|capital)\b")
_STATED = 0.95
_TAKEN = 0.85
_OWN = 0.5


def map_parentheticals(statement: Statement, tables: Tables, mapped: Mapped, since: int) -> None:
    """Add the facts of the numbers inside the labels of ``statement`` to ``mapped``; its lines' begin at ``since``.

    A number without a date of its own is of the one column in which its line has an amount, else of the first. Of two
    numbers of a label that would be one fact, the second is left untagged with the reason.
    """
    of_amounts = {draft.place.start: draft.concept for draft in mapped.drafts[since:] if draft.place is not None}
    for line in statement.lines:
        net = next((of_amounts[at.place.start] for at in line.amounts if at and at.place.start in of_amounts), None)
        taken: dict[tuple[str, Period], object] = {}
        state = ""
        for inner in line.parentheticals:
            period = inner.period or _period(statement, line)
            state = _state(inner) or state
            names = concept_names(line, inner, state) if statement.kind is StatementKind.BALANCE_SHEET else ()
            found = (concept_of(tables.taxonomy, name, statement.kind, label=line.label) for name in names)
            concepts = [concept for concept in found if concept is not None]
            tax = tax_of(statement, line, inner, net, tables.taxonomy, tables.prefix)
            if tax is not None:
                is_own = tax.concept.prefix == tables.prefix
                concepts = [mapped.owned(tax.concept) if is_own else tax.concept]
            if not concepts and not inner.amount.text[-1].isdigit():
                continue  # a word for nothing that no rule knows is no more than a word
            if not concepts and tables.options.unmapped is UnmappedPolicy.EXTEND:
                concepts = [_own(statement, line, inner, tables, mapped)]
            if not concepts or period is None:
                mapped.reasons[inner.amount.place.start] = "a number inside a label that no rule knows"
                continue
            for concept in concepts:
                when = period.closing if concept.period_type == "instant" else period
                if concept.period_type == "duration" and when.is_instant:
                    mapped.reasons[inner.amount.place.start] = (
                        f"{concept.name} needs a period, and the label has a date"
                    )
                elif taken.setdefault((concept.name, when), inner.amount.value) != inner.amount.value:
                    mapped.reasons[inner.amount.place.start] = (
                        "another number of the label is of the same concept and date"
                    )
                else:
                    mapped.drafts.append(_draft(statement, line, inner, concept, when, tax, tables))


def _draft(
    statement: Statement,
    line: Line,
    inner: Parenthetical,
    concept: Concept,
    period: Period,
    tax: Tax | None,
    tables: Tables,
) -> Draft:
    is_own = concept.prefix == tables.prefix
    words = f"{' '.join(inner.before.split()[-3:])} … {' '.join(inner.after.split()[:3])}"
    return Draft(
        concept=concept,
        period=period,
        measure=inner.amount.measure,
        value=_signed(inner.amount.value, tax),
        decimals=inner.amount.decimals,
        scale=inner.amount.scale,
        text=inner.amount.text,
        place=inner.amount.place,
        hidden=False,
        statement=statement.kind,
        label=line.label,
        why=Why(
            rule=f"number in a label: {words}{': an element of the company’s own' if is_own else ''}",
            period="the date stated in the label" if inner.period else "the date of the column of its line",
            sign=tax.reason if tax else "as printed",
            confidence=_OWN if is_own else _STATED if inner.period else _TAKEN,
        ),
        members=(
            *tables.parts.class_of(line.label),
            *tables.parts.members(statement.kind, (statement.part,)),
        ),
        line=line.place.start,
    )


def _signed(value: Decimal | None, tax: Tax | None) -> Decimal | None:
    return value * tax.factor if value and tax else value


def _period(statement: Statement, line: Line) -> Period | None:
    if line.period is not None:
        return line.period
    dated = [
        column.period
        for column, amount in zip(statement.columns, line.amounts, strict=True)
        if column.period is not None and not column.part and amount is not None and amount.value is not None
    ]
    if len(dated) == 1:
        return dated[0]
    return next((column.period for column in statement.columns if column.period is not None), None)


def _own(statement: Statement, line: Line, inner: Parenthetical, tables: Tables, mapped: Mapped) -> Concept:
    """An element of the company's own, named from the label's first words and the words before the number."""
    head = re.split(r"[(,;:$]|\s\d", line.label, maxsplit=1)[0]
    near = [*_clauses(inner.before)][-1:] or [*_clauses(inner.after)][:1]
    instant = statement.kind is StatementKind.BALANCE_SHEET or (line.period is not None and line.period.is_instant)
    concept = own_concept_of_words(
        " ".join([head, *(words for words in near if words not in head)]),
        inner.amount.measure,
        tables.prefix,
        instant=instant,
    )
    return mapped.owned(concept)


def _clauses(words: str) -> Iterator[str]:
    for clause in re.split(r"[(),;:$]|--|—", words):
        text = " ".join(re.findall(r"[A-Za-z]+", clause))
        if text and text.lower() not in {"and", "in", "at", "of"}:
            yield text


def concept_names(line: Line, inner: Parenthetical, state: str) -> tuple[str, ...]:
    """The QNames that the words around a number in a label of a balance sheet ask for; none where no rule fits.

    ``state`` is what a share count is: a count in brackets is what the one before the brackets is.
    """
    label = line.label.lower()
    if not _STOCK.search(label):  # "Series A: 1,000 shares" stands under the caption of its kind
        label = " ".join([label, *line.section[-1:]]).lower()
    # A second amount of a series stands behind the date of the first, far from the word that names both.
    near = label if inner.amount.measure is Measure.MONEY else f"{inner.before} {inner.after}".lower()
    states = ["issued", "outstanding"] if state == "both" else [state]
    if inner.amount.measure is not Measure.SHARES or re.search("treasury|repurchased", label):
        states = [near]
    found = []
    for words_near in states:
        for measure, words, around, concept in _RULES:
            if measure is inner.amount.measure and words.search(label) and around.search(words_near):
                found.append(concept)
                break
    return tuple(found)


def _state(inner: Parenthetical) -> str:
    """The state that a share count is in: the word right before it, that behind it in its clause, the last before it."""
    ahead = _STATE_AHEAD.search(inner.before)
    if ahead:
        return ahead[1].lower()
    clause = re.split(r"[;(]|\d", inner.after, maxsplit=1)[0]
    if _BOTH.search(clause):
        return "both"
    after = _STATE.search(clause)
    if after:
        return after.group().lower()
    if _BOTH.search(inner.before):
        return "both"
    before = _STATE.findall(inner.before)
    return before[-1].lower() if before else ""
