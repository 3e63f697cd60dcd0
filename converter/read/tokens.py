"""HTML as people write it to tags and the text between them (HTML Standard, section 13.2.5).

Whatever the source holds, each of its characters belongs to one token or to none; nothing that it refers to is looked
up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Elements whose content is no markup.
RAW = frozenset(
    {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "noscript", "plaintext", "xmp"}
)
_TAG = re.compile(
    r"""<(?:
        (?P<comment>!--)
      | (?P<declaration>[!?])
      | /(?P<end>[a-zA-Z][^\s/><]*+)[^<>]*+>
      | (?P<start>[a-zA-Z][^\s/><]*+)
        (?: (?P<inside>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|"[^"]{0,1000}+"(?=[\s/>])|'[^']{0,1000}+'(?=[\s/>]))*+)> | (?P<sloppy>[^<>]*+)> )
    )""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")
_DOCTYPE = re.compile(r"doctype\b", re.IGNORECASE)
_DECLARATION_END = re.compile(r"[\[>]")


class Kind(Enum):
    """What a token is. ``RAW`` is an element whose content is no markup, with its content."""

    TEXT = auto()
    START = auto()
    END = auto()
    RAW = auto()


class Token(NamedTuple):
    """A tag or a text.

    ``start:end`` is where a text, or the content of an element without markup, stands in the source. ``is_closed``
    tells a start tag that ends with a slash.
    """

    kind: Kind
    start: int
    end: int
    tag: str = ""
    attributes: Mapping[str, str] = {}
    is_closed: bool = False


@dataclass(slots=True)
class Tokens:
    """The tokens of ``source``; ``dropped`` counts what is none, by what it is called."""

    source: str
    dropped: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Token]:
        """Each token in its order."""
        position, length = 0, len(self.source)
        while match := _TAG.search(self.source, position):
            if position < match.start():
                yield Token(Kind.TEXT, position, match.start())
            position = match.end()
            if match["comment"]:
                end = self.source.find("-->", position)
                position = end + 3 if end >= 0 else self._declared(position)
                self.dropped["comments"] += 1
            elif match["declaration"]:
                position = self._declared(position)
            elif match["end"]:
                yield Token(Kind.END, match.start(), position, match["end"].lower())
            else:
                token = self._started(match)
                yield token
                position = self._behind(token) if token.kind is Kind.RAW else position
        if position < length:
            yield Token(Kind.TEXT, position, length)

    def _started(self, match: re.Match[str]) -> Token:
        tag, position = match["start"].lower(), match.end()
        inside = match["inside"] if match["inside"] is not None else match["sloppy"]
        is_closed = inside.rstrip().endswith("/") and not inside.rstrip().endswith("=/")
        if tag in RAW and not is_closed:
            return Token(Kind.RAW, position, self._content_end(tag, position), tag, _attributes(inside))
        return Token(Kind.START, match.start(), position, tag, _attributes(inside), is_closed)

    def _content_end(self, tag: str, position: int) -> int:
        if tag == "plaintext":
            return len(self.source)
        match = _end_of(tag).search(self.source, position)
        return match.start() if match else position  # never closed: all behind it would be lost

    def _behind(self, token: Token) -> int:
        match = _end_of(token.tag).match(self.source, token.end)
        return match.end() if match else token.end

    def _declared(self, position: int) -> int:
        """Behind a declaration; one of a document type may have a subset, which is never read."""
        if self.source.startswith("[CDATA[", position):
            end = self.source.find("]]>", position)
            return end + 3 if end >= 0 else position + len("[CDATA[")
        match = _DECLARATION_END.search(self.source, position)
        if match is None:
            return len(self.source)
        if match.group() == ">" or not _DOCTYPE.match(self.source, position):
            end = self.source.find(">", position)
            return end + 1 if end >= 0 else len(self.source)
        self.dropped["declarations of entities"] += 1
        end = self.source.find("]", match.end())
        end = self.source.find(">", end) if end >= 0 else -1
        return end + 1 if end >= 0 else match.end()


def _end_of(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}\b[^>]*>?", re.IGNORECASE)


def _attributes(inside: str) -> dict[str, str]:
    """Names in lower case and values without references; the first of a name counts."""
    found: dict[str, str] = {}
    if not inside:
        return found
    for name, value in _ATTRIBUTE.findall(inside):
        plain = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(name.lower(), unescape(plain) if "&" in plain else plain)
    return found
