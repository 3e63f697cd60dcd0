"""Which fact of one document is which of the other.

What is equal goes first. The rest is paired in several goes, from what surely is the same fact to what only looks like
it; each go pairs the facts that agree in its key, in the order of the documents.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from converter.model.inline import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from converter.model.inline import Stated

# A taxonomy's year, and a company's date, at the end of a namespace.
_EDITION = re.compile(r"/(?:\d{4}(?:-\d{2}-\d{2})?|\d{8})/?$", re.ASCII)


class Kind(StrEnum):
    """In what two facts differ."""

    CONCEPT = "concept"
    PERIOD = "period"
    DIMENSIONS = "dimensions"
    UNIT = "unit"
    SIGN = "sign"
    SCALE = "scale"
    VALUE = "value"
    DECIMALS = "decimals"


class Difference(NamedTuple):
    """Two facts that are one and differ in ``kinds``, or a fact that only one of the documents has."""

    a: Stated | None
    b: Stated | None
    kinds: tuple[Kind, ...] = ()


def matched(a: Sequence[Stated], b: Sequence[Stated]) -> tuple[int, tuple[Difference, ...]]:
    """How many facts of ``a`` are in ``b`` too, and all differences in the order of ``a``, then of ``b``.

    A fact that a document states several times counts as one that is stated once.
    """
    in_a, in_b = {_whole(fact) for fact in a}, {_whole(fact) for fact in b}
    left = list({_whole(fact): fact for fact in reversed(a) if _whole(fact) not in in_b}.values())[::-1]
    right = list({_whole(fact): fact for fact in reversed(b) if _whole(fact) not in in_a}.values())[::-1]
    found: list[Difference] = []
    for key in _GOES:
        pairs = list(_paired(left, right, key))
        found += [Difference(one, other, tuple(_kinds(one, other))) for one, other in pairs]
        paired = {id(fact) for pair in pairs for fact in pair}
        left = [fact for fact in left if id(fact) not in paired]
        right = [fact for fact in right if id(fact) not in paired]
    found += [Difference(fact, None) for fact in left]
    found.sort(key=lambda difference: difference.a.tag.position if difference.a else (0, 0))
    return sum(1 for fact in a if _whole(fact) in in_b), (*found, *(Difference(None, fact) for fact in right))


def _paired(
    left: Iterable[Stated], right: Iterable[Stated], key: Callable[[Stated], Hashable | None]
) -> Iterator[tuple[Stated, Stated]]:
    waiting: dict[Hashable, deque[Stated]] = defaultdict(deque)
    for fact in right:
        waiting[key(fact)].append(fact)
    waiting.pop(None, None)
    for fact in left:
        others = waiting.get(key(fact))
        if others:
            yield fact, others.popleft()


def _kinds(one: Stated, other: Stated) -> Iterator[Kind]:
    for kind, part in ((Kind.CONCEPT, _concept), (Kind.PERIOD, _period), (Kind.DIMENSIONS, _parts), (Kind.UNIT, _unit)):
        if part(one) != part(other):
            yield kind
    if _value(one) != _value(other):
        opposite, alike = _size(one) == _size(other), _digits(one) is not None and _digits(one) == _digits(other)
        if (opposite or alike) and _is_negative(one) != _is_negative(other):
            yield Kind.SIGN
        if alike and not opposite:
            yield Kind.SCALE
        if not alike:
            yield Kind.VALUE
    if one.tag.decimals != other.tag.decimals:
        yield Kind.DECIMALS


def identity(name: Name) -> tuple[str, str]:
    """What a name is in any year of its taxonomy."""
    return _EDITION.sub("", name.namespace), name.local


def _concept(fact: Stated) -> Hashable:
    return identity(fact.tag.concept)


def _period(fact: Stated) -> Hashable:
    return fact.tag.scope.period


def _parts(fact: Stated) -> Hashable:
    return frozenset(
        (identity(axis), identity(member) if isinstance(member, Name) else member)
        for axis, member in fact.tag.scope.parts
    )


def _unit(fact: Stated) -> Hashable:
    unit = fact.tag.unit
    return unit and tuple(tuple(map(identity, side)) for side in unit)


def _value(fact: Stated) -> Hashable:
    """The value; where it cannot be told, all that it would follow from."""
    if not fact.fault:
        return fact.value
    tag = fact.tag
    return fact.value, tag.format and tag.format.local, tag.scale, tag.is_negative


def _is_negative(fact: Stated) -> bool:
    return isinstance(fact.value, Decimal) and fact.value < 0


def _something(fact: Stated) -> Hashable | None:
    """The value, if two facts hardly have it by chance: neither zero nor nothing."""
    return _value(fact) if fact.value else None


def _size(fact: Stated) -> Decimal | None:
    """The value without its sign, if it has one."""
    return abs(fact.value) if isinstance(fact.value, Decimal) and fact.value else None


def _digits(fact: Stated) -> Hashable | None:
    """The value without its sign and power of ten."""
    return fact.value.normalize().as_tuple().digits if isinstance(fact.value, Decimal) and fact.value else None


def _label(fact: Stated) -> Hashable | None:
    return fact.tag.label.casefold() or None


def _whole(fact: Stated) -> Hashable:
    return _concept(fact), _period(fact), _parts(fact), _unit(fact), _value(fact), fact.tag.decimals


def _all(
    *parts: Callable[[Stated], Hashable | None], need: Callable[[Stated], Hashable | None] | None = None
) -> Callable[[Stated], Hashable | None]:
    """A key of ``parts``, and of ``need``, which a fact must have."""

    def key(fact: Stated) -> Hashable | None:
        needed = need(fact) if need else ""
        return None if needed is None else (needed, *(part(fact) for part in parts))

    return key


_GOES = (
    # The same fact, stated in another way.
    _all(_concept, _period, _parts, _unit, _value),
    _all(_concept, _period, _parts, _unit, need=_size),
    _all(_concept, _period, _parts, _unit, need=_digits),
    _all(_concept, _period, _parts, _unit),
    # The same number, taken for something else.
    _all(_period, _parts, _unit, _value, need=_label),
    _all(_period, _parts, _unit, need=_something),
    _all(_period, _parts, _unit, _label, need=_size),
    _all(_period, _parts, _unit, need=_size),
    _all(_period, _parts, _unit, _label, need=_digits),
    # The same number, of another time or of another part of the whole.
    _all(_concept, _parts, _unit, need=_something),
    _all(_concept, _period, need=_something),
    _all(_period, _label, need=_something),
)
