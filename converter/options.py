"""Frozen options of each stage, with their defaults; the command line and library callers make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from converter.model.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path


class Dash(StrEnum):
    """What a dash in a column of amounts says."""

    ZERO = "zero"
    NIL = "nil"
    SKIP = "skip"


class UnmappedPolicy(StrEnum):
    """What becomes of a line that no row of the concept table claims."""

    EXTEND = "extend"
    SKIP = "skip"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How a file is read.

    ``max_bytes``: a larger source is refused before it is read. ``document``: the only document of a submission to
    read, by its number or its type; empty for all that may bear statements.
    """

    max_bytes: int = 50_000_000
    document: str = ""


# Of a hundred lines some six tags are then wrong, and of the least sure tags half are right (taxonomy/README.md).
ACCEPT = 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """How statements become facts.

    ``concepts`` are the layers above the shipped table, a later one wins. ``industry`` names the one whose rows apply;
    ``none`` for no industry's, empty for that which the statements show. ``accept`` is the least probability
    with which what the ranker holds for a line becomes its tag; a tag less sure than ``review`` is marked for review.
    """

    taxonomy: str = "us-gaap-2024"
    concepts: tuple[Path, ...] = ()
    industry: str = ""
    entity: Path | None = None
    cik: str = ""
    accept: float = ACCEPT
    review: float = 0.8
    dash: Dash = Dash.ZERO
    unmapped: UnmappedPolicy = UnmappedPolicy.EXTEND


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """``template``: the name of a shipped template, or a folder or file of the user's own; empty for the usual one."""

    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions:
    """``packages``: taxonomy packages; a stand-in takes the place of the schemas that they lack."""

    enabled: bool = True
    packages: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All options of a conversion."""

    read: ReadOptions = field(default_factory=ReadOptions)
    mapping: MapOptions = field(default_factory=MapOptions)
    render: RenderOptions = field(default_factory=RenderOptions)
    validate: ValidateOptions = field(default_factory=ValidateOptions)
    fail_on: Severity = Severity.ERROR
