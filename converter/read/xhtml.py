"""A tidy tree to a string of XHTML in ASCII; each text learns where its characters stand in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from converter.read.markup import FORBIDDEN, Chunk, Element, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.read.stylesheet import Looks

_EMPTY = frozenset({"br", "hr", "img", "col"})
_PIECE = re.compile(
    r"(?P<plain>[!-%'-;=?-~]+(?: [!-%'-;=?-~]+)*)|(?P<space>[ \t\n\r\f]+)"
    r"|(?P<reference>&(?:\#[0-9]{1,7};?|\#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?))|(?P<other>.)",
    re.DOTALL,
)


def written(body: Element, looks: Looks) -> str:
    """The content of ``body``, whose texts are given their chunks."""
    return _Writer(looks).write(body)


def attributes_of(attributes: Mapping[str, str]) -> str:
    """Attributes as a start tag has them, with a space before each."""
    return "".join(f' {name}="{_value(value)}"' for name, value in attributes.items())


def escaped(text: str) -> str:
    """``text`` as XHTML writes it, in ASCII."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain if plain.isascii() else plain.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _value(value: str) -> str:
    plain = escaped(value).replace('"', "&quot;")
    return plain.replace("\t", " ").replace("\n", " ").replace("\r", " ")


class _Writer:
    """Collects pieces and knows how long they are together."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.pieces: list[str] = []
        self.length = 0

    def write(self, body: Element) -> str:
        for child in body.children:
            self._node(child)
        return "".join(self.pieces)

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _node(self, node: Element | Text) -> None:
        if isinstance(node, Text):
            node.chunks = tuple(self._chunks(node))
            return
        start = f"<{node.tag}{attributes_of(self.looks.attributes(node))}"
        if node.tag in _EMPTY:
            self._add(f"{start}/>")
            return
        self._add(f"{start}>")
        for child in node.children:
            self._node(child)
        self._add(f"</{node.tag}>")

    def _chunks(self, text: Text) -> list[Chunk]:
        found = []
        for match in _PIECE.finditer(text.raw):
            kind, raw = match.lastgroup, match.group()
            at = self.length
            if kind == "plain":
                read, shown = raw, raw
            elif kind == "space":
                read = shown = raw.replace("\r", "\n").replace("\f", " ")
            else:
                read = unescape(raw) if kind == "reference" else raw
                read = FORBIDDEN.sub("\ufffd", read)
                shown = escaped(read)
            self._add(shown)
            found.append(Chunk(read, at, self.length, text.origin + match.start()))
        return found
