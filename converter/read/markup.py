"""HTML as people write it to a tree: tags, text and where each text stands in the source.

The reader is lenient as browsers are: what is not closed is closed where it must end, what closes nothing is
ignored. Nothing is recursive, and nothing that the source refers to is looked up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple, TypeAlias

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
# Elements whose content is no markup.
_RAW = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"})
# Whether an element starts a line of its own.
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
_OUTER = frozenset({"html", "body", "head"})
# An end tag closes what stands open above its element, if that does not weigh more.
_WEIGHTS = {"div": 150, "td": 160, "th": 160, "tr": 170, "thead": 180, "tbody": 180, "tfoot": 180, "table": 190}
_PLAIN_WEIGHT = 100

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
_DECLARATION_END = re.compile(r"[\[>]")
_BLANK = re.compile(r"[ \t\n\r\f]*")


class Chunk(NamedTuple):
    """Characters that stand in one piece: ``text`` as read, ``at:until`` in the XHTML, ``origin`` in the source."""

    text: str
    at: int
    until: int
    origin: int


@dataclass(slots=True)
class Text:
    """A text between two tags as it stands in the source, its offset there, and its pieces once it is written."""

    raw: str
    origin: int
    chunks: tuple[Chunk, ...] = ()


@dataclass(slots=True)
class Element:
    """An element: its name and the names of its attributes in lower case; whether a style sheet hides it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    is_hidden: bool = False


Node: TypeAlias = "Element | Text"


@dataclass(slots=True)
class Tree:
    """What a source holds: ``root`` is its body. ``dropped`` counts what was left out, by what it is called."""

    root: Element
    styles: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def tree_of(source: str) -> Tree:
    """The tree of ``source``, of any markup and of none."""
    return _Builder(source).build()


class _Builder:
    """Reads tags in their order and keeps what stands open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = Tree(Element("body"))
        self.stack: list[Element] = [self.tree.root]
        self.open: Counter[str] = Counter()
        self.ignored: Counter[str] = Counter()  # elements that were opened up, by name

    def build(self) -> Tree:
        source, position = self.source, 0
        while True:
            match = _TAG.search(source, position)
            if match is None:
                break
            self._text(position, match.start())
            position = match.end()
            if match["comment"]:
                end = source.find("-->", position)
                position = end + 3 if end >= 0 else self._declared(position)
                self.tree.dropped["comments"] += 1
            elif match["declaration"]:
                position = self._cdata(position) if source.startswith("[CDATA[", position) else self._declared(position)
            elif match["end"]:
                self._end(match["end"].lower())
            else:
                inside = match["inside"] if match["inside"] is not None else match["sloppy"]
                position = self._start(match["start"].lower(), inside, position)
        self._text(position, len(source))
        return self.tree

    def _declared(self, position: int) -> int:
        """Behind a declaration: of a document type with a subset, which is never read."""
        match = _DECLARATION_END.search(self.source, position)
        if match is None:
            return len(self.source)
        if match.group() == "[":
            end = self.source.find("]", match.end())
            self.tree.dropped["declarations of entities"] += 1
            end = self.source.find(">", end) if end >= 0 else -1
            return end + 1 if end >= 0 else match.end()
        return match.end()

    def _cdata(self, position: int) -> int:
        end = self.source.find("]]>", position)
        return end + 3 if end >= 0 else position + len("[CDATA[")

    def _text(self, start: int, end: int) -> None:
        if start < end:
            self.stack[-1].children.append(Text(self.source[start:end], start))

    def _start(self, tag: str, inside: str, position: int) -> int:
        """Open an element; the position behind it, or behind its content where that is no markup."""
        closed = inside.rstrip().endswith("/") and not inside.rstrip().endswith("=/")
        attributes = _attributes(inside)
        if tag in _OUTER:
            if tag == "body":
                self.tree.root.attributes = {**attributes, **self.tree.root.attributes}
            return position
        if tag in _RAW and not closed:
            return self._raw(tag, attributes, position)
        self._make_room(tag)
        if tag in CELLS | SECTIONS | {"tr", "caption", "col", "colgroup"} and not self.open["table"]:
            return position
        element = Element(tag, attributes)
        if tag in VOID or closed:
            self.stack[-1].children.append(element)
        elif len(self.stack) > DEEPEST:
            self.tree.dropped["elements nested too deeply"] += 1
            self.ignored[tag] += 1
        else:
            self._push(element)
        return position

    def _push(self, element: Element) -> None:
        self.stack[-1].children.append(element)
        self.stack.append(element)
        self.open[element.tag] += 1

    def _raw(self, tag: str, attributes: dict[str, str], position: int) -> int:
        """Take in an element whose content is no markup."""
        match = re.compile(rf"</{tag}\b[^>]*>?", re.IGNORECASE).search(self.source, position)
        start, end = match.span() if match else (len(self.source), len(self.source))
        if match is None:  # never closed: all behind it would be lost
            start = end = position
        content = self.source[position:start]
        if tag == "style":
            self.tree.styles.append(content)
        elif tag in {"textarea", "xmp"}:
            self.stack[-1].children.append(Element("pre", attributes, [Text(content, position)]))
        elif tag != "title":
            self.tree.dropped[f"{tag} elements"] += 1
        return end

    def _make_room(self, tag: str) -> None:
        """Close what the element ``tag`` cannot stand in."""
        if tag in BLOCKS and self.stack[-1].tag == "p":
            self._pop()
        if tag in {"li", "dt", "dd", "option"}:
            self._close_in({"li"} if tag == "li" else {"option"} if tag == "option" else {"dt", "dd"}, _LISTS)
        elif tag in CELLS:
            self._close_in(CELLS, _TABLE)
            if self.open["table"] and self.stack[-1].tag in SECTIONS | _TABLE:
                self._push(Element("tr"))
        elif tag == "tr":
            self._close_in({"tr"}, _TABLE)
        elif tag in SECTIONS:
            self._close_in(SECTIONS, _TABLE)
            self._close_in({"tr"}, _TABLE)
        elif tag == "a" and self.open["a"]:
            self._close_in({"a"}, CELLS | _TABLE)

    def _close_in(self, tags: set[str] | frozenset[str], bounds: frozenset[str]) -> None:
        """Close the innermost of ``tags`` that stands open inside of the innermost of ``bounds``."""
        if not any(self.open[tag] for tag in tags):
            return
        for index in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[index].tag
            if tag in tags:
                self._pop(len(self.stack) - index)
                return
            if tag in bounds:
                return

    def _end(self, tag: str) -> None:
        if tag == "br":
            self.stack[-1].children.append(Element("br"))
        if self.ignored[tag]:
            self.ignored[tag] -= 1
            return
        if not self.open[tag]:
            return
        weight = _WEIGHTS.get(tag, _PLAIN_WEIGHT)
        for index in range(len(self.stack) - 1, 0, -1):
            found = self.stack[index].tag
            if found == tag:
                self._pop(len(self.stack) - index)
                return
            if _WEIGHTS.get(found, _PLAIN_WEIGHT) > weight:
                return

    def _pop(self, count: int = 1) -> None:
        for _ in range(count):
            self.open[self.stack.pop().tag] -= 1


_TABLE = frozenset({"table"})
_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir", "select", "table", "td", "th"})


def _attributes(inside: str) -> dict[str, str]:
    """Names in lower case and values without references; the first of a name counts."""
    found: dict[str, str] = {}
    if not inside:
        return found
    for name, value in _ATTRIBUTE.findall(inside):
        plain = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(name.lower(), unescape(plain) if "&" in plain else plain)
    return found


def is_blank(text: str) -> bool:
    """Whether a browser shows nothing of ``text``."""
    return _BLANK.fullmatch(text) is not None
