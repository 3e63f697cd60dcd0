"""Two inline documents held against each other: which facts differ, and in what.

The room knows what the tags state, and nothing of how a document came to be. Names are the same in any year of their
taxonomy; who reports is compared apart, since it is in every context.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.compare.match import Difference, matched
from converter.compare.values import stated
from converter.options import ReadOptions
from converter.read import content_of, inline

if TYPE_CHECKING:
    from pathlib import Path

    from converter.model.inline import Stated

__all__ = ["Comparison", "Difference", "Side", "compare"]

_REPORT = "report.htm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: its file, its facts in their order, and whom they are of (scheme and identifier)."""

    path: Path
    facts: tuple[Stated, ...]

    @property
    def entities(self) -> tuple[tuple[str, str], ...]:
        """Every entity once."""
        return tuple(dict.fromkeys(fact.tag.scope.entity for fact in self.facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both sides, the number of facts of the first that the second has too, and the differences."""

    a: Side
    b: Side
    same: int
    differences: tuple[Difference, ...]


def compare(a: Path, b: Path) -> Comparison:
    """Compare the facts of two inline documents; a folder stands for the ``report.htm`` in it.

    SourceError where one of them cannot be read.
    """
    one, other = _side(a), _side(b)
    same, differences = matched(one.facts, other.facts)
    return Comparison(a=one, b=other, same=same, differences=differences)


def _side(path: Path) -> Side:
    file = path / _REPORT if path.is_dir() else path
    tags = inline.read(content_of(file, ReadOptions()), str(file))
    return Side(path=file, facts=tuple(map(stated, tags)))
