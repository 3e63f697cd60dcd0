"""The calculation linkbase: which concepts add up to which, as the arithmetic of the statements shows.

Only what the numbers bear out is stated (Calculations 1.1): a sum that misses by more than rounding,
or whose weights the balances of its concepts forbid (XBRL 2.1 section 5.1.1.2), is left out whole,
since a part of a sum is no sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.model.report import Concept, Fact, Report
    from converter.model.statement import Statement, StatementKind, Sum

ARCROLE = "https://xbrl.org/2023/arcrole/summation-item"


class Summation(NamedTuple):
    """``total`` is the sum of ``parts``, each with its weight, 1 or -1, in the order of the statement."""

    total: Concept
    parts: tuple[tuple[Concept, int], ...]


def summations(report: Report) -> Mapping[StatementKind, Sequence[Summation]]:
    """The sums of each kind of statement; a concept is the total of one sum at the most."""
    at: dict[int, Fact] = {}
    for fact in report.facts:
        if fact.place is not None and not fact.hidden:
            at.setdefault(fact.place.start, fact)
    found: dict[StatementKind, dict[str, Summation]] = {}
    for statement in report.statements:
        for sum_ in statement.sums:
            summation = _summation(statement, sum_, at)
            if summation is not None and not _closes_a_circle(summation, found.get(statement.kind, {})):
                found.setdefault(statement.kind, {}).setdefault(summation.total.name, summation)
    return {kind: tuple(by_total.values()) for kind, by_total in found.items()}


def _closes_a_circle(summation: Summation, found: Mapping[str, Summation]) -> bool:
    """Whether a part of ``summation`` is made of its total: two statements may show one sum in two ways."""
    ahead = [part.name for part, _ in summation.parts]
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name == summation.total.name:
            return True
        if name in found and name not in seen:
            seen.add(name)
            ahead += [part.name for part, _ in found[name].parts]
    return False


def _summation(statement: Statement, sum_: Sum, at: Mapping[int, Fact]) -> Summation | None:
    total = _side(statement, sum_.total, at)
    if total is None or not total[1] or not _foots(statement, sum_):
        return None
    concept, sign = total
    parts = []
    for index, shown in sum_.parts:
        part = _side(statement, index, at)
        if part is None:
            return None
        weight = shown * sign * part[1] or (1 if part[0].balance == concept.balance else -1)
        parts.append((part[0], weight))
    names = [concept.name, *(part.name for part, _ in parts)]
    if len(set(names)) < len(names) or not all(_may_add(concept, part, weight) for part, weight in parts):
        return None
    return Summation(concept, tuple(parts))


def _side(statement: Statement, index: int, at: Mapping[int, Fact]) -> tuple[Concept, int] | None:
    """The concept of a line, and 1 or -1 as its values have the sign displayed or the other; 0 where all are zero."""
    facts = [
        (amount, at[amount.place.start])
        for amount in statement.lines[index].amounts
        if amount and amount.place.start in at
    ]
    for amount, fact in facts:
        if amount.value and not isinstance(fact.value, str) and fact.value is not None:
            return fact.concept, 1 if (fact.value > 0) == (amount.value > 0) else -1
    return (facts[0][1].concept, 0) if facts else None


def _foots(statement: Statement, sum_: Sum) -> bool:
    """Whether the total misses the sum of its parts by no more than the rounding of each explains."""
    allowed = len(sum_.parts) + 1
    return all(
        amount is None or amount.value is None or abs(miss) * 2 <= allowed * 10**-amount.decimals
        for miss, amount in zip(sum_.misses, statement.lines[sum_.total].amounts, strict=True)
    )


def _may_add(total: Concept, part: Concept, weight: int) -> bool:
    """Concepts of one balance are added, of opposite balances subtracted; without a balance, both may be."""
    if part.period_type != total.period_type:
        return False
    return not total.balance or not part.balance or (total.balance == part.balance) == (weight == 1)


def concepts_of(found: Iterable[Summation]) -> Iterable[Concept]:
    """The concepts of the sums, each once."""
    return {c.name: c for s in found for c in (s.total, *(part for part, _ in s.parts))}.values()
