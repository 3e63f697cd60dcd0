"""Facts of a statement's lines: one for each amount that stands in a column with a period."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.cash import is_closing, is_opening
from converter.mapping.drafts import Draft
from converter.mapping.extension import own_concept
from converter.mapping.match import claims_of
from converter.mapping.signs import sign_of, weights_of
from converter.model.findings import Finding, Severity
from converter.model.report import Unmapped, Why
from converter.model.statement import UNTOLD, LineKind, StatementKind
from converter.options import Dash, UnmappedPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from converter.mapping.match import Claim, Lookup
    from converter.mapping.members import Parts
    from converter.mapping.signs import Sign
    from converter.model.periods import Period
    from converter.model.report import Concept, Member
    from converter.model.statement import Amount, Line, Measure, Statement
    from converter.options import MapOptions
    from converter.taxonomy import Taxonomy

_OWN = 0.5  # how sure it is that no standard element fits
# The line is printed to point to a note; its dashes are no amounts.
_EMPTY = re.compile(
    r"\bcommitments? (?:and|or) conting|\bconting\w+ (?:liabilities )?(?:and|or) commitments?", re.IGNORECASE
)


@dataclass(slots=True)
class Mapped:
    """What the lines of all statements gave, gathered statement by statement."""

    drafts: list[Draft] = field(default_factory=list)
    own: dict[str, Concept] = field(default_factory=dict)
    named: dict[Concept, Concept] = field(default_factory=dict)  # as a line asks for it -> as ``own`` has it
    namesakes: dict[str, int] = field(default_factory=dict)  # name -> how many elements share it
    unmapped: list[Unmapped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # offset of a number left untagged -> why

    def owned(self, concept: Concept) -> Concept:
        """The company's own ``concept``, numbered where another line has taken its name for something else."""
        if concept not in self.named:
            self.named[concept] = self.owned_anew(concept)
        return self.named[concept]

    def owned_anew(self, concept: Concept) -> Concept:
        """The company's own ``concept`` under a name that no other line has."""
        found = concept
        while found.name in self.own:
            count = self.namesakes[concept.name] = self.namesakes.get(concept.name, 1) + 1
            found = replace(concept, name=f"{concept.name}{count}")
        self.own[found.name] = found
        return found


class Tables(NamedTuple):
    """What the mapping looks things up in."""

    lookup: Lookup
    taxonomy: Taxonomy
    options: MapOptions
    prefix: str
    parts: Parts


def by_measure(statement: Statement) -> Iterator[Statement]:
    """The statement once for each thing that its amounts count, with the amounts that count it.

    Only a statement of equity has lines that count both shares and money.
    """
    found = dict.fromkeys(amount.measure for line in statement.lines for amount in line.amounts if amount is not None)
    if statement.kind is not StatementKind.EQUITY or len(found) < 2:
        yield statement
        return
    for measure in found:
        yield replace(statement, lines=tuple(_counting(line, measure) for line in statement.lines))


def _counting(line: Line, measure: Measure) -> Line:
    amounts = tuple(amount if amount is not None and amount.measure is measure else None for amount in line.amounts)
    return line._replace(amounts=amounts, kind=line.kind if any(amounts) else LineKind.CAPTION)


def map_lines(number: int, statement: Statement, tables: Tables, mapped: Mapped) -> None:
    """Add the facts of statement ``number`` of the document to ``mapped``."""
    claims = claims_of(statement, tables.lookup, mapped.drafts)
    weights = weights_of(
        statement, _costs(statement, claims, tables) if statement.kind is StatementKind.INCOME_STATEMENT else ()
    )
    mapped.findings += _reviews(statement, claims, tables.options)
    of_columns = tables.parts.of_columns(statement)
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
                _skip(line, claim, tables.options.unmapped, mapped)
                continue
            concepts = [mapped.owned(own_concept(line, statement.kind, claim.section, weight, tables.prefix))]
            why = claim.match.rule if claim.match else "no row claims the line"
            rule, confidence = f"{why}: an element of the company's own", _OWN
        for concept in concepts:
            sign = sign_of(line, weight, concept, statement.kind, claim.section)
            _line_facts(statement, line, concept, sign, (rule, confidence), of_columns, tables.options, mapped)


def _reviews(statement: Statement, claims: Mapping[int, Claim], options: MapOptions) -> Iterator[Finding]:
    """One finding for the lines of a statement that are tagged, but not surely."""
    doubtful = [
        (statement.lines[index], claim.match)
        for index, claim in claims.items()
        if claim.match is not None and claim.match.concepts and claim.match.confidence < options.review
    ]
    if doubtful:
        first, match = min(doubtful, key=lambda pair: pair[1].confidence)
        yield Finding(
            code="mapping.review",
            severity=Severity.INFO,
            message=f"{statement.title}: {len(doubtful)} tags are less sure than {options.review}; the least sure is "
            f"{' '.join(match.concepts)} for {first.label!r} ({match.confidence:.2f})",
            hint="see the column confidence of facts.csv, or explain, which offers other candidates",
            place=first.place,
        )


def _costs(statement: Statement, claims: Mapping[int, Claim], tables: Tables) -> frozenset[int]:
    """The lines whose concept is a cost, and the totals without a concept that add up nothing else."""
    balances = {
        index: {tables.taxonomy[name].balance for name in claim.match.concepts} if claim.match else set()
        for index, claim in claims.items()
    }
    for sum_ in statement.sums:
        if not balances.get(sum_.total, True):
            balances[sum_.total] = {balance for part, _ in sum_.parts for balance in balances.get(part, ())}
    return frozenset(index for index, found in balances.items() if found == {"debit"})


def _skip(line: Line, claim: Claim, policy: UnmappedPolicy, mapped: Mapped) -> None:
    why = "no row of the concept table claims the line" if claim.match is None else f"no element: {claim.match.rule}"
    for amount in line.amounts:
        if amount is not None:
            mapped.reasons[amount.place.start] = why
    mapped.findings.append(
        Finding(
            code="mapping.unmapped",
            severity=Severity.ERROR if policy is UnmappedPolicy.FAIL else Severity.WARNING,
            message=f"{line.label or 'a line without words'!r} is left out: {why}",
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
    of_columns: Sequence[tuple[Member, ...]],
    options: MapOptions,
    mapped: Mapped,
) -> None:
    for column, amount, members in zip(statement.columns, line.amounts, of_columns, strict=True):
        if amount is None:
            continue
        own, reason = line.period or column.period, "the balances around the line" if line.period else column.reason
        if own is None or column.part == UNTOLD:
            mapped.reasons[amount.place.start] = column.reason
            continue
        period, period_reason = _period(concept, line, own, reason)
        if period is None:
            mapped.reasons[amount.place.start] = period_reason
            continue
        value = amount.value
        if value is None:
            value = _nothing(options.dash, line)
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
                members=members,
                line=line.place.start,
            )
        )


def _nothing(dash: Dash, line: Line) -> Decimal | None:
    """What a dash stands for: zero, but nothing on the line that only says that there are commitments."""
    return Decimal(0) if dash is Dash.ZERO and not _EMPTY.search(line.label) else None


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
    if is_opening(line, (period,)):
        return period.opening, f"{reason}; the balance at the beginning is that of the day before"
    if is_closing(line) or line.kind is LineKind.SUBTOTAL:
        return period.closing, f"{reason}; the balance at the end"
    return period.closing, f"{reason}; the balance at its last day"
