"""The facts of an inline XBRL document as its tags state them, whoever wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from converter.model.periods import Period


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A qualified name. Two are equal where ``namespace`` and ``local`` are; ``prefix`` is what the document calls the first."""

    namespace: str
    local: str
    prefix: str = field(default="", compare=False)

    def __str__(self) -> str:
        """As the document writes it: ``us-gaap:Assets``."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


class Part(NamedTuple):
    """A dimension and the member (a Name) or the content of a typed member (a string) that a context has of it."""

    axis: Name
    member: Name | str

    def __str__(self) -> str:
        """The local names, which is what people know."""
        return f"{self.axis.local}={self.member.local if isinstance(self.member, Name) else self.member}"


class Position(NamedTuple):
    """Where a start tag stands in a file: line and column from 1."""

    line: int
    column: int


class Measures(NamedTuple):
    """A unit: what is multiplied, and what that is divided by, each in an order of its own."""

    numerator: tuple[Name, ...]
    denominator: tuple[Name, ...] = ()

    def __str__(self) -> str:
        """``USD``, ``USD/shares``."""
        sides = ["*".join(name.local for name in side) for side in self if side]
        return "/".join(sides)


class Scope(NamedTuple):
    """A context: of which entity (scheme and identifier), when (None is forever), and of which part of it."""

    entity: tuple[str, str]
    period: Period | None
    parts: tuple[Part, ...]


class Tagged(NamedTuple):
    """An inline fact as it is written, before any transformation.

    ``unit`` is None for text. ``text`` is what the tag and its continuations hold, ``format`` the transformation to be
    applied to it; ``scale`` is a power of ten, ``decimals`` as written (``precision`` too, by name). ``label`` are the
    words before the first fact of its row or line.
    """

    id: str
    concept: Name
    scope: Scope
    unit: Measures | None
    text: str
    format: Name | None
    scale: int
    is_negative: bool
    is_nil: bool
    decimals: str
    label: str
    position: Position


class Stated(NamedTuple):
    """A fact with its value: in full units with its sign, text, or None where it is nil.

    ``fault`` says why the value could not be told from what is written, which then stands for it.
    """

    tag: Tagged
    value: Decimal | str | None
    fault: str = ""
