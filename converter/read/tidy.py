"""A tree as people write it to one that XHTML allows: what runs or loads is taken out, the look stays.

The elements and attributes that inline XBRL documents may have are those of XHTML 1.1 without its legacy module: what
is older becomes a style. Text is never touched. The depth of a tree is bounded by its builder, so that functions may
call themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from converter.read import margins, struts, style
from converter.read.content import blocks_only, fitted, folded
from converter.read.doctype import Mode
from converter.read.hints import hints_of, tone
from converter.read.markup import CELLS, FORBIDDEN, SECTIONS, Element, Text
from converter.read.names import INLINE, PLAIN, RENAMED

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    from converter.read.markup import Node, Tree

_GONE = frozenset(
    {"applet", "audio", "base", "basefont", "bgsound", "button", "canvas", "datalist", "embed", "frame", "frameset",
     "input", "keygen", "link", "meta", "object", "optgroup", "option", "param", "select", "source", "svg", "template",
     "track", "video"}
)  # fmt: skip
# Of those, what is worth a word.
_TOLD = frozenset({"applet", "audio", "bgsound", "embed", "frame", "link", "object", "svg", "video"})
_FORMS = frozenset({"button", "datalist", "input", "optgroup", "option", "select"})
_KEPT = INLINE | PLAIN | CELLS | SECTIONS | {"tr", "li", "dt", "dd", "caption", "col", "colgroup", "legend"}
# How a link is shown.
_LINK = "color:linktext;text-decoration:underline"
# In quirks mode, in which a report is always shown, the body fills the window.
_BODY_OF_STANDARDS = "height:fit-content"
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
# Names that facts, contexts and units of the report bear.
_TAKEN = re.compile(r"(?:[fid]\d|[A-Z]{3}(?:-per-|$)|shares$|pure$)")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_SPAN_LIMIT = 1000
_DIGITS = re.compile(r"\s*(\d{1,4})")
_FRAMES = frozenset({"void", "above", "below", "hsides", "lhs", "rhs", "vsides", "box", "border"})
_RULES = frozenset({"none", "groups", "rows", "cols", "all"})


def tidy(tree: Tree) -> Element:
    """The body of ``tree`` as XHTML; what is left out is counted in ``tree.dropped``."""
    return _Tidier(tree).body()


class _Tidier:
    """Carries what is counted and which names are given."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.dropped: Counter[str] = tree.dropped
        self.ids: set[str] = set()
        shade = tone(tree.root.attributes.get("link", ""))
        self.link_hints = [f"color:{shade}"] if shade else []

    def body(self) -> Element:
        """The body, with what it inherits from around it."""
        root = self.tree.root
        if "dir" in self.tree.outer:
            root.attributes.setdefault("dir", self.tree.outer["dir"])
        body = Element("body", self.attributes("body", root.attributes), hints=hints_of("body", root.attributes))
        if not self.tree.is_quirky and (self.tree.styles or "style" in self.tree.outer):
            body.hints.insert(0, _BODY_OF_STANDARDS)
        body.children = list(blocks_only(self.all_of(root.children)))
        margins.meet(body, is_quirky=self.tree.is_quirky)
        if self.tree.mode is Mode.STANDARDS:
            struts.set_in(body)
        return body

    def all_of(self, nodes: Iterable[Node]) -> list[Node]:
        """The nodes that stand for ``nodes``."""
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, Text):
                found.append(node)
            else:
                found += self.one(node)
        return found

    def one(self, element: Element) -> list[Node]:
        """The nodes that stand for ``element``."""
        tag, given = element.tag, element.attributes
        if tag in _GONE:
            self._count(element)
            return []
        if tag == "form" and "action" in given:
            self.dropped["actions of forms"] += 1
        name, own = RENAMED.get(tag, (tag if tag in _KEPT else "", ""))
        attributes = self.attributes(tag, given)
        children = self.all_of(element.children)
        if not name:
            return children
        hints = [*([own] if own else []), *hints_of(tag, given)]
        if tag == "form" and self.tree.is_quirky:
            hints.append("margin-bottom:1em")
        elif tag == "dialog" and "open" not in given:
            hints.append("display:none")
        elif tag == "details":
            children = folded(children, is_open="open" in given)
        if tag == "a" and "href" in given:
            hints = [*([] if "href" in attributes else [_LINK]), *self.link_hints, *hints]
        made = Element(name, attributes, children, hints, was="" if name == tag else tag)
        if name == "img":
            return self._picture(made)
        return fitted(made, given, is_quirky=self.tree.is_quirky)

    def _count(self, element: Element) -> None:
        tag = element.tag
        if tag in _TOLD:
            self.dropped[f"{tag} elements"] += 1
        elif tag in _FORMS:
            self.dropped["fields of forms"] += 1
        elif tag == "meta" and element.attributes.get("http-equiv", "").strip().lower() == "refresh":
            self.dropped["redirections"] += 1
        self._count_handlers(element.attributes)

    def _picture(self, element: Element) -> list[Node]:
        if "src" not in element.attributes:
            return []
        element.attributes.setdefault("alt", "")
        return [element]

    def _count_handlers(self, given: Mapping[str, str]) -> None:
        self.dropped["event handlers"] += sum(1 for name in given if name.startswith("on"))

    def attributes(self, tag: str, given: Mapping[str, str]) -> dict[str, str]:
        """The attributes that XHTML knows on what ``tag`` becomes."""
        if not given:
            return {}
        self._count_handlers(given)
        found: dict[str, str] = {}
        for name, value in given.items():
            if name == "style":
                own, count = style.cleaned(FORBIDDEN.sub("", value))
                self.dropped["active styles"] += count
                if own:
                    found["style"] = own
            else:
                found.update(self._attribute(tag, name, FORBIDDEN.sub("", value)))
        return found

    def _attribute(self, tag: str, name: str, value: str) -> dict[str, str]:
        """An attribute that stays one."""
        if name == "id" or (name == "name" and tag == "a"):
            return self._id(value)
        if name in {"class", "title"} and value.strip():
            return {name: value}
        if name == "dir" and value.lower() in {"ltr", "rtl"}:
            return {name: value.lower()}
        if tag == "a" and name == "href":
            return self._href(value)
        if tag == "img":
            return self._of_picture(name, value)
        if tag in CELLS and name in {"colspan", "rowspan"}:
            digits = _DIGITS.match(value)
            return {name: str(min(int(digits[1]), _SPAN_LIMIT))} if digits and int(digits[1]) > 1 else {}
        if tag in {"col", "colgroup"} and name == "span" and value.isdigit():
            return {name: str(min(int(value), _SPAN_LIMIT))}
        return _of_table(name, value) if tag == "table" else {}

    def _id(self, value: str) -> dict[str, str]:
        name = safe_name(value.strip())
        if not name or name in self.ids:
            return {}
        self.ids.add(name)
        return {"id": name}

    def _href(self, value: str) -> dict[str, str]:
        plain = "".join(value.split())
        scheme = _SCHEME.match(plain)
        if scheme and scheme[1].lower() not in {"http", "https", "mailto", "ftp"}:
            self.dropped["links that run or open something"] += 1
            return {}
        if plain.startswith("#"):
            name = safe_name(plain[1:])
            return {"href": f"#{name}"} if name else {"href": "#"}
        before, hash_, fragment = value.strip().partition("#")
        return {"href": _quoted(before) + (f"#{_quoted(fragment)}" if hash_ else "")}

    def _of_picture(self, name: str, value: str) -> dict[str, str]:
        if name == "alt":
            return {name: value}
        if name == "src":
            plain = value.strip()
            if _PICTURE.fullmatch(plain):
                return {name: "".join(plain.split())}
            if plain and not _SCHEME.match(plain) and not plain.startswith(("//", "\\\\")):
                return {name: _quoted(plain)}
            self.dropped["pictures from elsewhere"] += 1
        return {}


def _of_table(name: str, value: str) -> dict[str, str]:
    number = _DIGITS.match(value)
    if name == "border":
        return {name: number[1] if number else "1"}
    if name in {"cellpadding", "cellspacing"} and number:
        return {name: number[1]}
    word = value.strip().lower()
    if (name == "frame" and word in _FRAMES) or (name == "rules" and word in _RULES):
        return {name: word}
    return {name: value} if name == "summary" else {}


def safe_name(value: str) -> str:
    """The id ``value`` as XHTML allows it, apart from the report's own; empty where it allows none like it."""
    if not _NAME.fullmatch(value):
        return ""
    return f"s-{value}" if _TAKEN.match(value) else value


def _quoted(address: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(address, safe="/:?@!$&'()*+,;=%-._~"))
