"""What ends a run. Each class carries its exit code; the message names the place, the hint the remedy."""

from __future__ import annotations


class ConverterError(Exception):
    """A run that cannot go on, for a reason that the user can mend."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message and the remedy apart, so that each is shown in its own line."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ConverterError):
    """What the user gave beside the source is wrong: an option, a table, an entity file, a template."""

    exit_code = 2


class SourceError(ConverterError):
    """Nothing can be made of the source: missing, empty, binary, too large, or without a statement."""

    exit_code = 3
