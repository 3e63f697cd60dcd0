"""Financial data schedules that disagree with the statements."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from converter import taxonomy
from converter.model.findings import Finding, Severity
from converter.model.statement import StatementKind
from converter.taxonomy import US_GAAP
from converter.validate.checks.rounding import slack
from converter.validate.checks.words import number, place, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from converter.model.periods import Period
    from converter.model.report import Fact, Report
    from converter.model.source import Schedule, ScheduleValue

_CODE = "schedule.differs"
_DAYS = 10  # a year of 52 weeks may be called one of twelve months, and end before the month does
_DAYS_PER_MONTH = Decimal("30.44")
# What lessens something is stated with a minus by some, by most without.
_UNSIGNED = frozenset(
    {"ALLOWANCES", "ALLOWANCE", "DEPRECIATION", "CGS", "TOTAL-COSTS", "INTEREST-EXPENSE", "INTEREST-DEPOSIT",
     "LOAN-LOSSES", "COMPENSATION"}
)  # fmt: skip
_POWERS = (3, 6, -3, -6)


class _Pair(NamedTuple):
    """A value of a schedule, and the facts of the concepts that it stands for."""

    stated: ScheduleValue
    facts: tuple[Fact, ...]


def schedule_differs(report: Report) -> Iterator[Finding]:
    """A value of a financial data schedule (EX-27) differs from every fact of what it stands for.

    The facts are those of the statements at the schedule's date, or of its length up to that date; a difference
    within the rounding of either is none. A schedule states 0 for what it does not know, so that 0 says nothing.
    Where the values agree but for a power of 1000, the multiplier is what is wrong: one finding.
    """
    if not report.document.header.schedules:
        return
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if isinstance(fact.value, Decimal) and fact.statement is not StatementKind.PROSE:
            facts[fact.concept.name].append(fact)
    table = _table(_taxonomy(report))
    for schedule in report.document.header.schedules:
        pairs = list(_pairs(schedule, facts, table))
        power = _power(pairs)
        if power:
            yield _wrong_multiplier(schedule, pairs, power)
        for pair in pairs:
            if not any(_agrees(pair.stated, fact, power) for fact in pair.facts):
                yield _difference(pair)


def _taxonomy(report: Report) -> str:
    """The name of the taxonomy: the prefix and the year of the namespace of US-GAAP."""
    years = (schema.namespace.rpartition("/")[2][:4] for schema in report.schemas if schema.prefix == US_GAAP)
    return f"{US_GAAP}-{next(years, '')}"


@cache
def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    """The QNames of the concepts that each tag may stand for in the taxonomy called ``name``."""
    known = taxonomy.load(name)
    with (known.tables / "schedule.csv").open(encoding="utf-8", newline="") as file:
        return {row["tag"]: tuple(_called(row["concepts"].split(), known)) for row in csv.DictReader(file)}


def _called(names: Iterable[str], known: taxonomy.Taxonomy) -> Iterator[str]:
    """What the taxonomy may call the concepts that its tables call ``names``."""
    for name in names:
        yield from (ancestor.name for ancestor in known.ancestors(name))


def _pairs(
    schedule: Schedule, facts: Mapping[str, Sequence[Fact]], table: Mapping[str, tuple[str, ...]]
) -> Iterator[_Pair]:
    """The values that there are facts for."""
    for stated in schedule.values:
        found = tuple(
            fact
            for concept in table.get(stated.tag, ())
            for fact in facts.get(concept, ())
            if _is_of(schedule, fact.context.period)
        )
        if stated.value and found:
            yield _Pair(stated, found)


def _is_of(schedule: Schedule, period: Period) -> bool:
    end, start = schedule.period_end, schedule.period_start
    if end is None or abs((period.end - end).days) > _DAYS:
        return False
    if period.is_instant:
        return True
    if schedule.months is not None:
        return abs(period.days - schedule.months * _DAYS_PER_MONTH) <= _DAYS
    return start is not None and period.start is not None and abs((period.start - start).days) <= _DAYS


def _agrees(stated: ScheduleValue, fact: Fact, power: int) -> bool:
    """Whether the two are one number, once the schedule's is multiplied by ten to the ``power``."""
    assert isinstance(fact.value, Decimal)  # noqa: S101 - others are not compared
    power = 0 if fact.unit and fact.unit.denominator else power
    one, other = stated.value.scaleb(power), fact.value
    if stated.tag in _UNSIGNED:
        one, other = abs(one), abs(other)
    return abs(one - other) <= max(stated.unit.scaleb(power) / 2, slack(fact))


def _power(pairs: Sequence[_Pair]) -> int:
    """The power of ten that most values lack, 0 where one of them agrees as it stands or nothing helps."""
    amounts = [pair for pair in pairs if not any(fact.unit and fact.unit.denominator for fact in pair.facts)]

    def agreeing(power: int) -> int:
        return sum(any(_agrees(pair.stated, fact, power) for fact in pair.facts) for pair in amounts)

    if len(amounts) < 2 or agreeing(0):
        return 0
    best = max(_POWERS, key=agreeing)
    return best if 2 * agreeing(best) >= len(amounts) else 0


def _wrong_multiplier(schedule: Schedule, pairs: Sequence[_Pair], power: int) -> Finding:
    right = schedule.multiplier.scaleb(power)
    first = next(pair for pair in pairs if any(_agrees(pair.stated, fact, power) for fact in pair.facts))
    return Finding(
        code=_CODE,
        severity=Severity.WARNING,
        message=f"the schedule's values are those of the statements with a multiplier of {number(right)}, not of "
        f"{number(schedule.multiplier)}; the first is {first.stated.tag} ({place(first.stated.place)}), in the "
        f"statements {value(first.facts[0])} ({place(first.facts[0].place)})",
        hint="look which of the two is right: the scale of the statements, or the schedule's multiplier",
        place=first.facts[0].place or first.stated.place,
        concept=first.facts[0].concept.name,
        fact=first.facts[0].id,
    )


def _difference(pair: _Pair) -> Finding:
    stated, fact = pair.stated, pair.facts[0]
    return Finding(
        code=_CODE,
        severity=Severity.WARNING,
        message=f"{stated.tag} of the schedule is {number(stated.value)} ({place(stated.place)}), but "
        f"{fact.concept.name} for {fact.context.period} is {value(fact)} ({place(fact.place)})",
        hint="compare both with the source: a number is misread or in the wrong column, or the filer states two things",
        place=fact.place or stated.place,
        concept=fact.concept.name,
        fact=fact.id,
    )
