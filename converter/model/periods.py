"""Periods as XBRL 2.1 has them (section 4.7.2): an instant at the end of a day, or a duration of whole days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Self

_ONE_DAY = timedelta(days=1)


class _Days(NamedTuple):
    end: date
    start: date | None = None


class Period(_Days):
    """An instant (``start`` is None) or a duration; ``end`` is the last day itself, and so is ``start`` the first.

    ValueError for a duration that ends before it starts.
    """

    __slots__ = ()

    def __new__(cls, end: date, start: date | None = None) -> Self:  # noqa: D102 - as the class says
        if start is not None and start > end:
            raise ValueError(f"a period cannot end on {end} before it starts on {start}")
        return super().__new__(cls, end, start)

    @property
    def is_instant(self) -> bool:
        """True for an instant."""
        return self.start is None

    @property
    def days(self) -> int:
        """The length in days, both ends counted; 0 for an instant."""
        return 0 if self.start is None else (self.end - self.start).days + 1

    @property
    def closing(self) -> Period:
        """The instant at which the period ends."""
        return Period(self.end)

    @property
    def opening(self) -> Period:
        """The instant at which the period starts: the end of the day before its first day."""
        return Period((self.start or self.end) - _ONE_DAY)

    def __str__(self) -> str:
        """As the command line shows it: ``2003-09-30`` or ``2003-07-01/2003-09-30``."""
        end = self.end.isoformat()
        return end if self.start is None else f"{self.start.isoformat()}/{end}"
