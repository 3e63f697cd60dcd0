"""Facts in the making: what every rule of the room hands over before contexts, units and ids are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converter.model.report import Context, Fact, Unit
from converter.model.statement import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from converter.model.periods import Period
    from converter.model.report import Concept, Member, Why
    from converter.model.source import Place
    from converter.model.statement import StatementKind


class Draft(NamedTuple):
    """A fact without its id, context and unit; ``measure`` is None for text.

    ``line`` is the offset at which the statement's line that it is of starts, None where it is of none.
    """

    concept: Concept
    period: Period
    measure: Measure | None
    value: Decimal | str | None
    decimals: int | None
    scale: int
    text: str
    place: Place | None
    hidden: bool
    statement: StatementKind
    label: str
    why: Why
    members: tuple[Member, ...] = ()
    line: int | None = None


def finish(drafts: Iterable[Draft], currency: str) -> tuple[tuple[Context, ...], tuple[Unit, ...], tuple[Fact, ...]]:
    """Contexts, units and facts in the order of the document; facts without a place come first."""
    ordered = sorted(drafts, key=lambda draft: draft.place.start if draft.place and not draft.hidden else -1)
    contexts: dict[tuple[Period, tuple[Member, ...]], Context] = {}
    units: dict[Measure, Unit] = {}
    facts = []
    for number, draft in enumerate(ordered, 1):
        key = draft.period, draft.members
        context = contexts.get(key)
        if context is None:
            context = contexts[key] = Context(id=_context_id(*key), period=draft.period, members=draft.members)
        unit = None if draft.measure is None else units.get(draft.measure)
        if unit is None and draft.measure is not None:
            unit = units[draft.measure] = _unit(draft.measure, currency)
        facts.append(
            Fact(
                id=f"f{number}",
                concept=draft.concept,
                context=context,
                unit=unit,
                value=draft.value,
                decimals=draft.decimals,
                scale=draft.scale,
                text=draft.text,
                place=draft.place,
                hidden=draft.hidden,
                statement=draft.statement,
                label=draft.label,
                why=draft.why,
            )
        )
    return tuple(contexts.values()), tuple(units.values()), tuple(facts)


def _context_id(period: Period, members: tuple[Member, ...]) -> str:
    when = f"i{period.end:%Y%m%d}" if period.start is None else f"d{period.start:%Y%m%d}-{period.end:%Y%m%d}"
    return "-".join([when, *(member.concept.local_name for member in members)])


def _unit(measure: Measure, currency: str) -> Unit:
    money = f"iso4217:{currency}"
    return {
        Measure.MONEY: Unit(id=currency, numerator=money),
        Measure.SHARES: Unit(id="shares", numerator="xbrli:shares"),
        Measure.PER_SHARE: Unit(id=f"{currency}/shares", numerator=money, denominator="xbrli:shares"),
        Measure.PERCENT: Unit(id="pure", numerator="xbrli:pure"),
    }[measure]
