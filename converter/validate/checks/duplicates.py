"""Facts that are stated twice and disagree."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.validate.checks.rounding import consistent
from converter.validate.checks.words import place, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Fact, Report

_CODE = "fact.duplicate"


def fact_duplicate(report: Report) -> Iterator[Finding]:
    """Two facts of one concept, period and unit have values that cannot both be true.

    Values rounded to different digits agree where their rounding intervals meet (Handling Duplicate
    Facts 1.0: consistent duplicates).
    """
    # Of facts with one value and accuracy, the first speaks for all.
    same: defaultdict[tuple[str, str, str], dict[object, Fact]] = defaultdict(dict)
    for fact in report.facts:
        earlier = same[fact.concept.name, fact.context.id, fact.unit.id if fact.unit else ""]
        other = next((known for known in earlier.values() if not consistent(known, fact)), None)
        earlier.setdefault((fact.value, fact.decimals), fact)
        if other is None:
            continue
        yield Finding(
            code=_CODE,
            severity=Severity.ERROR,
            message=f"{fact.concept.name} for {fact.context} is {value(other)} "
            f"({place(other.place)}) and {value(fact)} ({place(fact.place)})",
            hint="one of the two needs another concept, period or unit, or is misread",
            place=fact.place or other.place,
            concept=fact.concept.name,
            fact=fact.id,
        )
