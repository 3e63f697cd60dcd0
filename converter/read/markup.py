"""The tree of an HTML page: elements, and texts that know where they stand in the source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from converter.read.doctype import Mode

# Elements within elements; what goes deeper is opened up, so that every XML parser can follow.
DEEPEST = 120
VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# The hint for a block that is shown as what stands in a line.
AS_INLINE = "display:inline"
# Elements that start a line of their own.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
# Characters that XML does not have.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_LINE = re.compile(r"display\s*:\s*inline", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\n\r\f]*")


class Chunk(NamedTuple):
    """Characters that stand in one piece: ``text`` as read, ``at:until`` in the XHTML, ``origin`` in the source."""

    text: str
    at: int
    until: int
    origin: int


@dataclass(slots=True, eq=False)
class Text:
    """A text between two tags as it stands in the source, its offset there, and its pieces once it is written."""

    raw: str
    origin: int
    chunks: tuple[Chunk, ...] = ()


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name and the names of its attributes in lower case; whether a style sheet hides it.

    ``hints`` are declarations of the look that it has without any style of the source: of itself, or by attributes
    (HTML Standard, section 15). ``was`` is its name in the source, where it is another one.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    was: str = ""
    is_hidden: bool = False

    @property
    def style(self) -> str:
        """Its declarations, of which a later one wins."""
        own = self.attributes.get("style", "")
        return ";".join([*self.hints, own] if own else self.hints) if self.hints else own

    @property
    def is_in_line(self) -> bool:
        """Whether a style of its own sets it in a line with what stands beside."""
        return AS_INLINE in self.hints or _IN_LINE.search(self.attributes.get("style", "")) is not None

    @property
    def is_block(self) -> bool:
        """Whether it starts a line of its own."""
        return self.tag in BLOCKS and AS_INLINE not in self.hints


Node: TypeAlias = "Element | Text"


class Style(NamedTuple):
    """A style sheet of a page, and the media that it is for; empty for all."""

    text: str
    media: str = ""


@dataclass(slots=True)
class Tree:
    """What a source holds: ``root`` is its body, ``outer`` the attributes of what the body stands in.

    ``mode`` is how browsers show it; ``dropped`` counts what was left out, by what it is called.
    """

    root: Element
    outer: dict[str, str] = field(default_factory=dict)
    styles: list[Style] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    mode: Mode = Mode.QUIRKS

    @property
    def is_quirky(self) -> bool:
        """Whether it is shown with all quirks."""
        return self.mode is Mode.QUIRKS


def is_blank(text: str) -> bool:
    """Whether a browser shows nothing of ``text``."""
    return _BLANK.fullmatch(text) is not None
