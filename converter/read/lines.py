"""Text to physical lines."""

from __future__ import annotations

from converter.model.source import TextLine


def lines_of(text: str, number: int = 1, start: int = 0) -> tuple[TextLine, ...]:
    """The lines of ``text``, whose first character is in line ``number`` at the offset ``start`` of the whole."""
    lines = []
    for line in text.split("\n"):
        lines.append(TextLine(number=number, start=start, text=line))
        number += 1
        start += len(line) + 1
    return tuple(lines)
