"""Facts of a statement's lines: one for each amount that stands in a column with a period."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.mapping.drafts import Draft
from converter.mapping.extension import own_concept
from converter.mapping.match import claims_of, is_opening
from converter.mapping.signs import sign_of, weights_of
from converter.model.findings import Finding, Severity
from converter.model.report import Unmapped, Why
from converter.model.statement import LineKind, StatementKind
from converter.options import Dash, UnmappedPolicy

if TYPE_CHECKING:
    from converter.mapping.match import Claim, Lookup
    from converter.mapping.signs import Sign
    from converter.model.periods import Period
    from converter.model.report import Concept
    from converter.model.statement import Amount, Line, Statement
    from converter.options import MapOptions
    from converter.taxonomy import Taxonomy

_CLOSING = re.compile(r"\b(?:end|ending|close) of\b|\bat end\b", re.IGNORECASE)
_OWN = 0.5  # how sure it is that no standard element fits
_EMPTY = frozenset({"us-gaap:CommitmentsAndContingencies"})


@dataclass(slots=True)
class Mapped:
    """What the lines of all statements gave, gathered statement by statement."""

    drafts: list[Draft] = field(default_factory=list)
    own: dict[str, Concept] = field(default_factory=dict)
    named: dict[Concept, Concept] = field(default_factory=dict)  # an own element before and after it got its number
    taken: Counter[str] = field(default_factory=Counter)
    unmapped: list[Unmapped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # offset of a number left untagged -> why


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What the mapping looks things up in."""

    lookup: Lookup
    taxonomy: Taxonomy
    options: MapOptions
    prefix: str


def map_lines(number: int, statement: Statement, tables: Tables, mapped: Mapped) -> None:
    """Add the facts of statement ``number`` of the document to ``mapped``."""
    claims = claims_of(statement, tables.lookup)
    weights = weights_of(statement)
    for index, claim in claims.items():
        line = statement.lines[index]
        weight = weights.get(index)
        if claim.match is not None and claim.match.concepts:
            concepts = [tables.taxonomy[name] for name in claim.match.concepts]
            rule, confidence = claim.match.rule, claim.match.confidence
        else:
            mapped.unmapped.append(
                Unmapped(
                    statement=number,
                    line=index,
                    candidates=claim.candidates,
                )
            )
            if tables.options.unmapped is not UnmappedPolicy.EXTEND:
                _skip(line, tables.options.unmapped, mapped)
                continue
            concepts = [_own(line, statement.kind, claim, weight, tables, mapped)]
            why = claim.match.rule if claim.match else "no row claims the line"
            rule, confidence = f"{why}: an element of the company's own", _OWN
        for concept in concepts:
            sign = sign_of(line, weight, concept, statement.kind, claim.section)
            _line_facts(statement, line, concept, sign, (rule, confidence), tables.options, mapped)


def _own(line: Line, kind: StatementKind, claim: Claim, weight: int | None, tables: Tables, mapped: Mapped) -> Concept:
    """The company's own element for ``line``; where another line has taken its name, the name with a number."""
    concept = own_concept(line, kind, claim.section, weight, tables.prefix)
    named = mapped.named.get(concept)
    if named is None:
        mapped.taken[concept.name] += 1
        count = mapped.taken[concept.name]
        named = concept if count == 1 else replace(concept, name=f"{concept.name}{count}")
        mapped.named[concept] = mapped.own[named.name] = named
    return named


def _skip(line: Line, policy: UnmappedPolicy, mapped: Mapped) -> None:
    for amount in line.amounts:
        if amount is not None:
            mapped.reasons[amount.place.start] = "no row of the concept table claims the line"
    mapped.findings.append(
        Finding(
            code="mapping.unmapped",
            severity=Severity.ERROR if policy is UnmappedPolicy.FAIL else Severity.WARNING,
            message=f"no row of the concept table claims {line.label or 'a line without words'!r}",
            hint="add a row for it to a table of your own and give that with --concepts",
            place=line.place,
        )
    )


def _line_facts(
    statement: Statement,
    line: Line,
    concept: Concept,
    sign: Sign,
    rule: tuple[str, float],
    options: MapOptions,
    mapped: Mapped,
) -> None:
    has_value = any(amount is not None and amount.value is not None for amount in line.amounts)
    for column, amount in zip(statement.columns, line.amounts, strict=True):
        if amount is None:
            continue
        if column.period is None:
            mapped.reasons[amount.place.start] = column.reason
            continue
        period, period_reason = _period(concept, line, column.period, column.reason)
        if period is None:
            mapped.reasons[amount.place.start] = period_reason
            continue
        value = amount.value
        if value is None:
            value = _nothing(options.dash, has_value and concept.name not in _EMPTY)
            if value is None and options.dash is Dash.SKIP:
                continue
        mapped.drafts.append(
            Draft(
                concept=concept,
                period=period,
                measure=amount.measure,
                value=None if value is None else sign.apply(value),
                decimals=None if value is None else _decimals(amount, line),
                scale=amount.scale if amount.value is not None else 0,
                text=amount.text,
                place=amount.place,
                hidden=False,
                statement=statement.kind,
                label=line.label,
                why=Why(rule=rule[0], period=period_reason, sign=sign.reason, confidence=rule[1]),
            )
        )


def _nothing(dash: Dash, zero: bool) -> Decimal | None:
    """What a dash stands for: zero on a line that has a value somewhere, else nothing reported."""
    return Decimal(0) if dash is Dash.ZERO and zero else None


def _decimals(amount: Amount, line: Line) -> int:
    """A dash is as accurate as the numbers beside it."""
    if amount.value is not None:
        return amount.decimals
    return next(
        (other.decimals for other in line.amounts if other is not None and other.value is not None),
        amount.decimals,
    )


def _period(concept: Concept, line: Line, period: Period, reason: str) -> tuple[Period | None, str]:
    if concept.period_type == "duration":
        if period.is_instant:
            return None, f"{concept.name} needs a duration, and the column is of a date"
        return period, reason
    if period.is_instant:
        return period, reason
    if is_opening(line):
        return period.opening, f"{reason}; the balance at the beginning is that of the day before"
    if _CLOSING.search(line.label) or line.kind is LineKind.SUBTOTAL:
        return period.closing, f"{reason}; the balance at the end"
    return period.closing, f"{reason}; the balance at its last day"
