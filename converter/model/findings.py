"""What a stage has to say about a source or a result: values, not exceptions."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from converter.model.source import Place


class Severity(StrEnum):
    """How much a finding weighs: an error makes the result unfit for use, a warning wants a person's eye."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for information, 1 for a warning, 2 for an error."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


class Finding(NamedTuple):
    """One thing that a person should know: what (``code``, ``message``), where, and what to do (``hint``).

    ``concept`` is a QName, ``fact`` the id of a fact of the report; both empty where none is meant.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    place: Place | None = None
    concept: str = ""
    fact: str = ""
