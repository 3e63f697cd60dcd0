"""How a comparison is shown: as a table for people, as values for JSON."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from converter.compare import Comparison, Difference, Side
    from converter.model.inline import Stated

_LONGEST = 60


def as_values(found: Comparison) -> dict[str, Any]:
    """The comparison as one JSON object."""
    return {
        "a": _side(found.a),
        "b": _side(found.b),
        "same": found.same,
        "differences": [
            {
                "differs": _what(difference),
                "a": _fact(difference.a) if difference.a else None,
                "b": _fact(difference.b) if difference.b else None,
            }
            for difference in found.differences
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "file": str(side.path),
        "facts": len(side.facts),
        "entities": [{"scheme": scheme, "identifier": identifier} for scheme, identifier in side.entities],
    }


def _fact(fact: Stated) -> dict[str, Any]:
    tag = fact.tag
    period = tag.scope.period
    return {
        "id": tag.id,
        "concept": str(tag.concept),
        "period_start": str(period.start) if period and period.start else "",
        "period_end": str(period.end) if period else "",
        "dimensions": {str(part.axis): str(part.member) for part in tag.scope.parts},
        "unit": str(tag.unit) if tag.unit else "",
        "value": f"{fact.value:f}" if isinstance(fact.value, Decimal) else fact.value,
        "decimals": tag.decimals,
        "label": tag.label,
        "line": tag.position.line,
        "column": tag.position.column,
        "fault": fact.fault,
    }


def _what(difference: Difference) -> list[str]:
    if difference.a is None or difference.b is None:
        return ["only in A" if difference.a else "only in B"]
    return [kind.value for kind in difference.kinds]


def show(found: Comparison) -> None:
    """Print the comparison."""
    from rich.console import Console  # noqa: PLC0415 - JSON does without it
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    if found.differences:
        table = Table(show_lines=True, expand=True)
        for name, ratio in (("differs", None), ("fact", 6), ("context", 4), ("value", 4), ("A", None), ("B", None)):
            table.add_column(name, ratio=ratio, overflow="fold", no_wrap=ratio is None)
        for difference in found.differences:
            table.add_row(*_row(difference))
        console.print(table)
    for line in _summary(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _row(difference: Difference) -> Iterator[str]:
    from rich.markup import escape  # noqa: PLC0415 - as above

    facts = [fact for fact in difference[:2] if fact is not None]
    label = facts[0].tag.label
    yield "\n".join(_what(difference))
    yield escape("\n".join(filter(None, (label, _once(facts, lambda fact: str(fact.tag.concept))))))
    yield escape(_once(facts, _scope))
    yield escape(_once(facts, _value))
    for fact in difference[:2]:
        yield f"{fact.tag.position.line}:{fact.tag.position.column}" if fact else ""


def _once(facts: list[Stated], said: Callable[[Stated], str]) -> str:
    """What is said of both facts, of A first; once where it is the same."""
    return "\n".join(dict.fromkeys(map(said, facts)))


def _scope(fact: Stated) -> str:
    scope = fact.tag.scope
    return ", ".join([str(scope.period or "forever"), *map(str, scope.parts)])


def _value(fact: Stated) -> str:
    if fact.value is None:
        return "nil"
    if isinstance(fact.value, Decimal):
        return f"{fact.value:,f} {fact.tag.unit} ({fact.tag.decimals})"
    text = fact.value if len(fact.value) <= _LONGEST else f"{fact.value[:_LONGEST]}..."
    return f"{text} [{fact.fault}]" if fact.fault else text


def _summary(found: Comparison) -> Iterator[str]:
    for name, side in (("A", found.a), ("B", found.b)):
        yield f"{name} {side.path}: {len(side.facts)} facts"
    if found.a.entities != found.b.entities:
        told = [", ".join(identifier for _, identifier in side.entities) for side in (found.a, found.b)]
        yield f"the entity is {told[0]} in A and {told[1]} in B, which counts as no difference"
    counts = Counter(what for difference in found.differences for what in _what(difference))
    told = [f"{what}: {count}" for what, count in counts.items()]
    yield f"{found.same} facts of A are in B; {', '.join(told) if told else 'nothing differs'}"
