"""The words before a fact: of its row in a table, of its line in preformatted text, else of its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.read.markup import BLOCKS

if TYPE_CHECKING:
    from converter.read.xml import Node

_LONGEST = 80


class Labels:
    """Follows a document step by step. Facts of one row have one label: the words before the first of them."""

    def __init__(self) -> None:
        """Before the first step."""
        self._words: list[str] = []
        self._label: str | None = None
        self._rows = self._pres = 0

    def step(self, child: Node | str, *, is_start: bool) -> None:
        """Take the next text, or the start or the end of an element."""
        if isinstance(child, str):
            self._text(child)
            return
        tag = child.name.local
        change = 1 if is_start else -1
        if tag == "tr":
            self._rows += change
            self._begin()
        elif tag in BLOCKS or tag == "br":
            if tag == "pre":
                self._pres += change
            if self._rows == 0:
                self._begin()
            else:
                self._words.append(" ")

    def take(self) -> str:
        """The label of a fact that starts here, without its currency sign and bracket."""
        if self._label is None:
            words = " ".join("".join(self._words).split()).rstrip("$€£( ").rstrip(" .")
            self._label = words if len(words) <= _LONGEST else words[-_LONGEST:].partition(" ")[2]
        return self._label

    def _begin(self) -> None:
        self._words = []
        self._label = None

    def _text(self, text: str) -> None:
        if self._pres and self._rows == 0 and "\n" in text:
            self._begin()
            text = text.rpartition("\n")[2]
        self._words.append(text)
