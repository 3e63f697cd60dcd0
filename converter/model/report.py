"""The report: facts with their concepts, contexts and units, why each is as it is, and the ledger of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from converter.model.periods import Period
    from converter.model.source import Document, Place
    from converter.model.statement import Statement, StatementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What a taxonomy says of an element.

    ``name`` is a QName with the taxonomy's usual prefix (``us-gaap:Assets``); ``type`` the QName of
    its data type; ``period_type`` is ``instant`` or ``duration``; ``balance`` is ``debit``,
    ``credit`` or empty. ``label`` is set for elements of the company's own.
    """

    name: str
    type: str
    period_type: str
    balance: str = ""
    abstract: bool = False
    deprecated: bool = False
    label: str = ""

    @property
    def is_axis(self) -> bool:
        """Whether the element is a dimension; the published taxonomies name only these so."""
        return self.abstract and self.name.endswith("Axis")

    @property
    def prefix(self) -> str:
        """The part before the colon."""
        return self.name.partition(":")[0]

    @property
    def local_name(self) -> str:
        """The part after the colon."""
        return self.name.partition(":")[2]


class Member(NamedTuple):
    """A part of the whole (XBRL Dimensions 1.0): the QName of the axis, and the concept that is the member."""

    axis: str
    concept: Concept


class Context(NamedTuple):
    """A period of the reporting entity, which is the report's, or of that part of it which the members say."""

    id: str
    period: Period
    members: tuple[Member, ...] = ()

    def __str__(self) -> str:
        """As a person reads it: the period, and the part of the whole."""
        period = str(self.period)
        return ", ".join([period, *(m.concept.local_name for m in self.members)]) if self.members else period


class Unit(NamedTuple):
    """A unit: ``USD``, ``shares``, ``USD/shares`` or ``pure`` as ``id`` and as people read it.

    ``numerator`` and ``denominator`` are QNames of measures (``iso4217:USD``, ``xbrli:shares``); the
    denominator is empty for a simple unit.
    """

    id: str
    numerator: str
    denominator: str = ""


class Why(NamedTuple):
    """Why a fact is as it is: the table row or rule that chose the concept, the period's and the sign's source."""

    rule: str
    period: str
    sign: str
    confidence: float


class Fact(NamedTuple):
    """A fact. ``value`` is a Decimal in full units with the concept's sign, a string for text, None when nil.

    ``text`` is what stands at ``place``, ``scale`` its power of ten as inline XBRL has it;
    ``decimals`` is None when nil or text. A fact whose value is stated nowhere as such has
    ``hidden`` set; its ``place`` is then where the evidence stands, or None.
    """

    id: str
    concept: Concept
    context: Context
    unit: Unit | None
    value: Decimal | str | None
    decimals: int | None
    scale: int
    text: str
    place: Place | None
    hidden: bool
    statement: StatementKind
    label: str
    why: Why


class Outcome(StrEnum):
    """What became of a number of the source (``numbers.csv``, column ``outcome``)."""

    FACT = "fact"
    NOT_A_FACT = "not-a-fact"
    UNTAGGED = "untagged"


class Number(NamedTuple):
    """A row of the ledger: a number that stands in the source, and what became of it."""

    text: str
    place: Place
    statement: StatementKind
    outcome: Outcome
    facts: tuple[str, ...]
    reason: str


class Candidate(NamedTuple):
    """A concept that might fit a line that no row claims, and how probable it is from 0 to 1."""

    concept: Concept
    score: float


class Unmapped(NamedTuple):
    """A line that no row claims: which line of which statement, and the ranked candidates."""

    statement: int
    line: int
    candidates: tuple[Candidate, ...]


class Entity(NamedTuple):
    """The reporting entity and what is known of the document; an empty string is not known."""

    name: str
    cik: str
    scheme: str = "http://www.sec.gov/CIK"
    ticker: str = ""
    exchange: str = ""
    fiscal_year_end: str = ""
    prefix: str = ""
    document_type: str = ""


class Extension(NamedTuple):
    """The company's own taxonomy: its concepts, and the name that its files share (``<prefix>-<date>``)."""

    prefix: str
    namespace: str
    date: date
    concepts: tuple[Concept, ...]

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"{self.prefix}-{self.date:%Y%m%d}"


class Schema(NamedTuple):
    """A schema that the report stands on: prefix, target namespace and public location."""

    prefix: str
    namespace: str
    location: str


class TypeSchema(NamedTuple):
    """A schema of the Data Type Registry (https://www.xbrl.org/dtr) as a taxonomy imports it.

    ``types`` are the local names of its types that the taxonomy uses; those of a ``Concept`` have the prefix
    ``dtr-types``, whichever version of the registry declares them.
    """

    prefix: str
    namespace: str
    location: str
    types: frozenset[str]


def declared_type(name: str, schemas: Iterable[TypeSchema]) -> str | None:
    """What a schema that imports ``schemas`` calls the type ``name`` of a concept; None where it cannot know it."""
    prefix, _, local_name = name.partition(":")
    if prefix == "xbrli":
        return name
    declaring = (schema.prefix for schema in schemas if prefix == "dtr-types" and local_name in schema.types)
    found = next(declaring, None)
    return None if found is None else f"{found}:{local_name}"


class Report(NamedTuple):
    """All that is to be written. Writers and templates take this and nothing else."""

    document: Document
    entity: Entity
    schemas: tuple[Schema, ...]
    types: tuple[TypeSchema, ...]
    statements: tuple[Statement, ...]
    contexts: tuple[Context, ...]
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    extension: Extension | None
    unmapped: tuple[Unmapped, ...]
    numbers: tuple[Number, ...]
