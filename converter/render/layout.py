"""What a template that sets tables needs, made when it asks: the default template does without."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model.report import Report
    from converter.render.passages import Passage
    from converter.render.tables import Table
    from converter.render.tags import Piece


@dataclass(frozen=True)
class Layout:
    """The report as tables, and as passages that bear the facts which stand in none; each fact is in one of them."""

    report: Report
    pieces: Sequence[Piece]

    @cached_property
    def _made(self) -> tuple[list[Table], list[Piece]]:
        from converter.render.tables import tables  # noqa: PLC0415 - as the module says

        return tables(self.report, self.pieces)

    @property
    def tables(self) -> list[Table]:
        """A table per statement."""
        return self._made[0]

    @cached_property
    def passages(self) -> list[Passage]:
        """The paragraphs around the facts that stand in no table."""
        from converter.render.passages import passages  # noqa: PLC0415 - as the module says

        return passages(self.report.document.text, self._made[1])
