"""A tree as people write it to one that XHTML allows: what runs or loads is taken out, the look stays.

The elements and attributes that inline XBRL documents may have are those of XHTML 1.1 without its legacy module: what
is older becomes a style. Text is never touched, and never changes its order. The depth of a tree is bounded by its
reader, so that functions may call themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from converter.read import style
from converter.read.markup import CELLS, SECTIONS, Element, Text, is_blank

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from converter.read.markup import Node, Tree

_GONE = frozenset(
    {"applet", "audio", "base", "basefont", "bgsound", "button", "canvas", "datalist", "embed", "frame", "frameset",
     "input", "keygen", "link", "meta", "object", "optgroup", "option", "param", "select", "source", "svg", "template",
     "track", "video"}
)  # fmt: skip
# Of those, what is worth a word.
_TOLD = frozenset({"applet", "audio", "bgsound", "embed", "frame", "link", "object", "svg", "video"})
_FORMS = frozenset({"button", "datalist", "input", "optgroup", "option", "select"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "br",
        "cite",
        "code",
        "dfn",
        "em",
        "i",
        "img",
        "kbd",
        "q",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "var",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE_ONLY = _HEADINGS | {"p", "address", "pre"}
_BLOCK = _INLINE_ONLY | {"div", "blockquote", "hr", "ul", "ol", "table"}
_ROWS = frozenset({"tr"})
# What an element becomes, and the style that it had of itself.
_RENAMED = {
    "font": ("span", ""), "u": ("span", "text-decoration:underline"), "ins": ("span", "text-decoration:underline"),
    "s": ("span", "text-decoration:line-through"), "strike": ("span", "text-decoration:line-through"),
    "del": ("span", "text-decoration:line-through"), "nobr": ("span", "white-space:nowrap"),
    "mark": ("span", "background-color:yellow"), "center": ("div", "text-align:center"), "dl": ("div", "margin:1em 0"),
    "dt": ("div", ""), "dd": ("div", "margin-left:40px"), "dir": ("ul", ""), "menu": ("ul", ""), "xmp": ("pre", ""),
    "listing": ("pre", ""), "plaintext": ("pre", ""),
}  # fmt: skip
_OTHER_BLOCKS = frozenset(
    [
        "article",
        "aside",
        "details",
        "dialog",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "legend",
        "main",
        "nav",
        "noscript",
        "section",
        "summary",
    ]
)
# The style of an element's own that it loses when it has to become a div or a span.
_OWN_STYLE = {
    "b": "font-weight:bold", "strong": "font-weight:bold", "i": "font-style:italic", "em": "font-style:italic",
    "cite": "font-style:italic", "dfn": "font-style:italic", "var": "font-style:italic", "address": "font-style:italic",
    "big": "font-size:larger", "small": "font-size:smaller", "sup": "vertical-align:super;font-size:smaller",
    "sub": "vertical-align:sub;font-size:smaller", "tt": "font-family:monospace", "code": "font-family:monospace",
    "kbd": "font-family:monospace", "samp": "font-family:monospace", "p": "margin:1em 0",
    "pre": "white-space:pre;font-family:monospace;margin:1em 0", "h1": "font-size:2em;font-weight:bold;margin:0.67em 0",
    "h2": "font-size:1.5em;font-weight:bold;margin:0.83em 0", "h3": "font-size:1.17em;font-weight:bold;margin:1em 0",
    "h4": "font-weight:bold;margin:1.33em 0", "h5": "font-size:0.83em;font-weight:bold;margin:1.67em 0",
    "h6": "font-size:0.67em;font-weight:bold;margin:2.33em 0",
}  # fmt: skip
_NO_PRE = frozenset({"sup", "sub", "small", "big"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
# Names that facts, contexts and units of the report bear.
_TAKEN = re.compile(r"(?:[fid]\d|[A-Z]{3}(?:-per-|$)|shares$|pure$)")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPAN_LIMIT = 1000
_LENGTH = re.compile(r"\d{1,5}(?:\.\d+)?%?")
_DIGITS = re.compile(r"\s*(\d{1,4})")


def tidy(tree: Tree) -> Element:
    """The body of ``tree`` as XHTML; what is left out is counted in ``tree.dropped``."""
    tidier = _Tidier(tree.dropped)
    root = tree.root
    body = Element("body", tidier.attributes("body", root.attributes))
    body.children = list(_blocks_only(tidier.all_of(root.children)))
    return body


def sheet_of(tree: Tree) -> str:
    """The style sheets of ``tree`` as one, without what loads or runs."""
    sheets = []
    for sheet in tree.styles:
        plain, count = style.cleaned_sheet(sheet)
        tree.dropped["active styles"] += count
        if plain:
            sheets.append(_FORBIDDEN.sub("", plain))
    return "\n".join(sheets)


class _Tidier:
    """Carries what is counted and which names are given."""

    def __init__(self, dropped: Counter[str]) -> None:
        self.dropped = dropped
        self.ids: set[str] = set()

    def all_of(self, nodes: Iterable[Node]) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, Text):
                found.append(node)
            else:
                found += self.one(node)
        return found

    def one(self, element: Element) -> list[Node]:
        """The nodes that stand for ``element``."""
        tag = element.tag
        if tag in _GONE:
            if tag in _TOLD:
                self.dropped[f"{tag} elements"] += 1
            elif tag in _FORMS:
                self.dropped["fields of forms"] += 1
            elif tag == "meta" and element.attributes.get("http-equiv", "").strip().lower() == "refresh":
                self.dropped["redirections"] += 1
            self._count_handlers(element.attributes)
            return []
        if tag == "form" and "action" in element.attributes:
            self.dropped["actions of forms"] += 1
        name, own = self._named(tag)
        attributes = self.attributes(tag, element.attributes)
        children = self.all_of(element.children)
        if not name:
            return children
        if own:
            _add_style(attributes, own)
        if name == "img":
            return self._picture(attributes)
        if name == "a":
            return self._link(attributes, children)
        return self._fitted(Element(name, attributes, children))

    def _named(self, tag: str) -> tuple[str, str]:
        """What ``tag`` becomes, empty where it is opened up, and a style with it."""
        if tag in _RENAMED:
            return _RENAMED[tag]
        if tag in _OTHER_BLOCKS:
            return "div", ""
        if tag in _INLINE or tag in _BLOCK or tag in CELLS or tag in SECTIONS:
            return tag, ""
        if tag in {"tr", "li", "caption", "col", "colgroup"}:
            return tag, ""
        return "", ""

    def _fitted(self, element: Element) -> list[Node]:
        """``element`` with a content that it may have."""
        tag, children = element.tag, element.children
        if tag in {"br", "hr", "col"}:
            element.children = []
            if tag == "br":
                element.attributes.pop("style", None)
            return [element]
        if tag == "table":
            return _table(element)
        if tag in CELLS or tag in SECTIONS or tag in {"tr", "caption", "colgroup", "li"}:
            return [element]  # fitted by what they stand in
        element.children = children = list(_without_parts(children))
        if tag in {"ul", "ol"}:
            return _list(element)
        if tag == "blockquote":
            element.children = list(_blocks_only(children))
        elif tag in _INLINE or tag in _INLINE_ONLY:
            if any(map(_is_block, children)):
                _as_div(element)
            elif tag == "pre":
                _plain_pre(element)
        return [element]

    def _link(self, attributes: dict[str, str], children: list[Node]) -> list[Node]:
        """A link; one around blocks, or to nowhere, is opened up behind an anchor for its name."""
        children = list(_without_parts(children))
        if any(map(_is_block, children)) or "href" not in attributes:
            if "id" in attributes:
                return [Element("span", {"id": attributes["id"]}), *children]
            return children
        return [Element("a", attributes, children)]

    def _picture(self, attributes: dict[str, str]) -> list[Node]:
        if "src" not in attributes:
            return []
        attributes.setdefault("alt", "")
        return [Element("img", attributes)]

    def _count_handlers(self, given: dict[str, str]) -> None:
        self.dropped["event handlers"] += sum(1 for name in given if name.startswith("on"))

    def attributes(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        """The attributes that XHTML knows on what ``tag`` becomes, with a style for the others."""
        if not given:
            return {}
        self._count_handlers(given)
        found: dict[str, str] = {}
        rest: dict[str, str] = {}
        for name, value in given.items():
            kept = self._attribute(tag, name, _FORBIDDEN.sub("", value))
            if kept:
                found.update(kept)
            else:
                rest[name] = value
        own, count = style.cleaned(rest.pop("style", ""))
        self.dropped["active styles"] += count
        said = ";".join([*style.of_attributes(tag, rest), *([own] if own else [])])
        if said:
            found["style"] = _FORBIDDEN.sub("", said)
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
        if tag in {"table", "col", "colgroup"} and name == "width" and _LENGTH.fullmatch(value):
            return {name: value}
        if tag == "table":
            return _of_table(name, value)
        return {}

    def _id(self, value: str) -> dict[str, str]:
        name = _safe_name(value.strip())
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
            name = _safe_name(plain[1:])
            return {"href": f"#{name}"} if name else {"href": "#"}
        before, hash_, fragment = value.strip().partition("#")
        return {"href": _quoted(before) + (f"#{_quoted(fragment)}" if hash_ else "")}

    def _of_picture(self, name: str, value: str) -> dict[str, str]:
        if name == "alt":
            return {name: value}
        if name in {"width", "height"} and _LENGTH.fullmatch(value.strip()):
            return {name: value.strip()}
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
    return {name: value} if name == "summary" else {}


def _safe_name(value: str) -> str:
    if not _NAME.fullmatch(value):
        return ""
    return f"s-{value}" if _TAKEN.match(value) else value


def _quoted(address: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(address, safe="/:?@!$&'()*+,;=%-._~"))


def _add_style(attributes: dict[str, str], own: str) -> None:
    """The style that an element had of itself, which its own attribute may contradict."""
    given = attributes.get("style")
    attributes["style"] = f"{own};{given}" if given else own


def _as_div(element: Element) -> None:
    own = _OWN_STYLE.get(element.tag)
    if own:
        _add_style(element.attributes, own)
    element.tag = "div"


def _plain_pre(element: Element) -> None:
    """What preformatted text may hold: no pictures, and nothing of another size."""
    waiting = [element]
    while waiting:
        for child in waiting.pop().children:
            if not isinstance(child, Element):
                continue
            if child.tag == "img":
                _as_div(element)
                return
            if child.tag in _NO_PRE:
                _add_style(child.attributes, _OWN_STYLE[child.tag])
                child.tag = "span"
            waiting.append(child)


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in _BLOCK


def _without_parts(nodes: Iterable[Node]) -> Iterator[Node]:
    """``nodes`` in which parts of tables and lists that stand outside of any are blocks."""
    for node in nodes:
        if isinstance(node, Element):
            if node.tag in {"col", "colgroup"}:
                continue
            if node.tag in CELLS or node.tag in SECTIONS or node.tag in {"tr", "caption"}:
                node.children = list(_without_parts(node.children))
                node.attributes = {
                    key: value for key, value in node.attributes.items() if key in {"id", "style", "class"}
                }
                node.tag = "div"
            elif node.tag == "li":
                node.children = list(_without_parts(node.children))
                node.tag = "div"
                _add_style(node.attributes, "display:list-item;margin-left:40px")
        yield node


def _blocks_only(nodes: Iterable[Node]) -> Iterator[Node]:
    """``nodes`` with a block around each run that is none."""
    run: list[Node] = []
    for node in (*_without_parts(nodes), None):
        if node is not None and not _is_block(node):
            run.append(node)
            continue
        if run:
            if all(isinstance(one, Text) and is_blank(one.raw) for one in run):
                yield from run
            else:
                yield Element("div", {}, run)
            run = []
        if node is not None:
            yield node


def _list(element: Element) -> list[Node]:
    """A list of items; one without items is an indented block."""
    items = [child for child in element.children if isinstance(child, Element) and _was_item(child)]
    if not items:
        _add_style(element.attributes, "margin:1em 0 1em 40px")
        element.tag = "div"
        return [element]
    found: list[Node] = []
    for node in element.children:
        if isinstance(node, Element) and _was_item(node):
            node.tag = "li"
            node.attributes["style"] = (
                node.attributes["style"].removeprefix("display:list-item;margin-left:40px").lstrip(";")
            )
            if not node.attributes["style"]:
                del node.attributes["style"]
            found.append(node)
        elif isinstance(node, Text) and is_blank(node.raw):
            found.append(node)
        elif (
            found and isinstance(found[-1], Element) and "list-style-type:none" in found[-1].attributes.get("style", "")
        ):
            found[-1].children.append(node)
        else:
            found.append(Element("li", {"style": "list-style-type:none"}, [node]))
    element.children = found
    return [element]


def _was_item(element: Element) -> bool:
    return element.attributes.get("style", "").startswith("display:list-item")


def _table(element: Element) -> list[Node]:
    """A table of sections of rows of cells; nothing where it has no cell."""
    captions: list[Element] = []
    columns: list[Node] = []
    rest: list[Node] = []
    for node in element.children:
        tag = node.tag if isinstance(node, Element) else ""
        if isinstance(node, Element) and tag == "caption" and not captions and not rest:
            captions.append(_caption(node))
        elif isinstance(node, Element) and tag in {"col", "colgroup"}:
            if not rest:
                columns.append(_column_group(node))
        elif not (isinstance(node, Text) and is_blank(node.raw)):
            rest.append(node)
    sections = _sections(rest)
    if not sections:
        return [child for caption in captions for child in caption.children]
    element.children = [*captions, *columns, *sections]
    return [element]


def _caption(element: Element) -> Element:
    children = list(_without_parts(element.children))
    element.children = list(_inline_only(children)) if any(map(_is_block, children)) else children
    return element


def _column_group(element: Element) -> Element:
    if element.tag == "col":
        return Element("colgroup", {}, [element])
    element.children = [child for child in element.children if isinstance(child, Element) and child.tag == "col"]
    return element


def _sections(nodes: Iterable[Node]) -> list[Element]:
    """Sections with rows; what stands between them is one of its own. Only the first may be a head, none a foot."""
    found: list[Element] = []
    loose: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag in SECTIONS:
            loose = None
            found.append(node)
            continue
        if loose is None:
            loose = Element("tbody")
            found.append(loose)
        loose.children.append(node)
    for section in found:
        section.children = list(_rows(section.children))
    found = [section for section in found if section.children]
    for index, section in enumerate(found):
        if section.tag != "thead" or index or len(found) == 1:
            section.tag = "tbody"
    return found


def _inline_only(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Element) and _is_block(node):
            yield from _inline_only(node.children)
            yield Element("br")
        else:
            yield node


def _rows(nodes: Iterable[Node]) -> list[Element]:
    """Rows of cells; what stands between rows is a row of its own."""
    found: list[Element] = []
    loose: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag in _ROWS:
            loose = None
            node.children = list(_cells(node.children))
            if node.children:
                found.append(node)
        elif not (isinstance(node, Text) and is_blank(node.raw)):
            if loose is None:
                loose = Element("tr")
                found.append(loose)
            loose.children.append(node)
    for row in found:
        row.children = list(_cells(row.children))
    return [row for row in found if row.children]


def _cells(nodes: Iterable[Node]) -> Iterator[Node]:
    """Cells; what stands between cells is a cell of its own."""
    loose: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag in CELLS:
            if loose is not None:
                yield loose
                loose = None
            node.children = list(_without_parts(node.children))
            yield node
        elif not (isinstance(node, Text) and is_blank(node.raw)):
            loose = loose or Element("td")
            loose.children += _without_parts([node])
    if loose is not None:
        yield loose
