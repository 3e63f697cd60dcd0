"""The source of a page to the tree that browsers make of it (HTML Standard, section 13.2.6).

Insertion modes follow from what stands open. Nothing runs, so there are no rules for scripts and templates; a page has
a body only, in which frames, forms and fields have their place until they are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.read.doctype import Mode, mode_of
from converter.read.markup import CELLS, SECTIONS, VOID, Style, Text, Tree, is_blank
from converter.read.names import HEADINGS
from converter.read.open_elements import (
    BUTTON_SCOPE,
    LIST_SCOPE,
    SCOPE,
    SPECIAL,
    TABLE_CONTEXTS,
    TABLE_SCOPE,
    OpenElements,
)
from converter.read.tokens import RAW, Kind, Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.read.open_elements import Open
    from converter.read.tokens import Token

_OUTER = frozenset({"html", "head", "body", "frameset"})
_PARTS = SECTIONS | CELLS | {"tr", "caption", "col", "colgroup"}
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_BOUNDED = frozenset({"applet", "marquee", "object"})
_ITEMS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
     "listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul", "xmp"}
)  # fmt: skip
# Elements whose end tags end what stands open in them.
_ENDING = (_BLOCKS - HEADINGS) | _BOUNDED | {"button", "dd", "dt", "li"}
# Before these, formatting that was closed is not opened anew.
_WITHOUT_FORMATTING = _BLOCKS | {"dd", "dt", "li", "param", "source", "table", "track"}
_FOREIGN = frozenset({"math", "svg"})
# Tags that end what is no HTML.
_BREAKOUTS = frozenset(
    {"b", "big", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4",
     "h5", "h6", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small",
     "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var"}
)  # fmt: skip
_SELECT_ENDS = _PARTS | {"input", "keygen", "select", "table", "textarea"}
_MODES = {
    **dict.fromkeys(CELLS, "cell"),
    **dict.fromkeys(SECTIONS, "section"),
    "tr": "row",
    "caption": "caption",
    "colgroup": "columns",
    "table": "table",
}
# Elements without markup whose text is shown.
_SHOWN_RAW = frozenset({"plaintext", "textarea", "xmp"})
_BLANK_CONTEXTS = TABLE_CONTEXTS | {"colgroup"}
# Of each part of a table: up to what is ended for a part in it, and which parts fit there.
_CONTEXTS = {
    "table": (frozenset({"table", "body"}), SECTIONS | {"caption", "colgroup"}),
    "columns": (frozenset({"colgroup", "body"}), frozenset({"col"})),
    "section": (SECTIONS | {"body"}, frozenset({"tr"})),
    "row": (frozenset({"tr", "body"}), CELLS),
}
# What begins of itself where a part of a table stands right in another one.
_IMPLIED = {
    ("table", "col"): "colgroup",
    ("table", "tr"): "tbody",
    ("table", "td"): "tbody",
    ("table", "th"): "tbody",
    ("section", "td"): "tr",
    ("section", "th"): "tr",
}


def tree_of(source: str, *, is_xml: bool = False) -> Tree:
    """The tree of ``source``, of any markup and of none; where it ``is_xml``, a start tag may end its element too."""
    return _Builder(source, is_xml=is_xml).build()


class _Builder:
    """Takes tokens in their order."""

    def __init__(self, source: str, *, is_xml: bool) -> None:
        self.source = source
        self.is_xml = is_xml
        self.open = OpenElements()
        self.form: Open | None = None  # that has begun and not ended, be it open or not
        self.tree = Tree(self.open.current, mode=Mode.STANDARDS if is_xml else mode_of(source))

    def build(self) -> Tree:
        for token in Tokens(self.source, self.tree.dropped):
            if token.kind is Kind.TEXT:
                self._text(token)
            elif token.kind is Kind.END:
                self._end(token.tag)
            elif token.kind is Kind.RAW:
                self._raw(token)
            else:
                self._start(token.tag, token.attributes, is_closed=token.is_closed)
        return self.tree

    def _mode(self) -> str:
        for element in reversed(self.open.stack):
            if element.tag in _MODES:
                return _MODES[element.tag]
        return "body"

    def _insert(self, tag: str, attributes: Mapping[str, str] | None = None) -> Open | None:
        element = self.open.insert(tag, attributes)
        if element is None:
            self.tree.dropped["elements nested too deeply"] += 1
        return element

    # Text and what is like it

    def _text(self, token: Token) -> None:
        node = Text(self.source[token.start : token.end], token.start)
        if self.open.current.tag in _BLANK_CONTEXTS:
            if is_blank(node.raw):
                self.open.text(node)
                return
            if self.open.current.tag == "colgroup":
                self.open.pop()
        self.open.is_fostering = True
        self.open.reconstruct()
        self.open.text(node)
        self.open.is_fostering = False

    def _raw(self, token: Token) -> None:
        """Take in an element whose content is no markup."""
        tag = token.tag
        if tag == "style":
            self.tree.styles.append(Style(self.source[token.start : token.end], token.attributes.get("media", "")))
        elif tag in _SHOWN_RAW:
            self._start("xmp", token.attributes)
            self.open.text(Text(self.source[token.start : token.end], token.start))
            self._end("xmp")
        elif tag != "title":
            self.tree.dropped[f"{tag} elements"] += 1

    # Tags that begin something

    def _start(self, tag: str, attributes: Mapping[str, str], *, is_closed: bool = False) -> None:
        if tag in _OUTER:
            self._outer(tag, attributes)
            return
        if tag in _SELECT_ENDS and self.open.holds("select"):
            self.open.pop_to("select")
            if tag == "select":
                return
        if tag in _BREAKOUTS and (self.open.holds("svg") or self.open.holds("math")):
            self.open.pop_to(*_FOREIGN)
        if tag in _PARTS:
            self._start_part(tag, attributes)
            return
        mode = self._mode()
        if mode == "columns":
            self.open.pop()
            mode = "table"
        if mode in {"table", "section", "row"}:
            self._start_between(tag, attributes, is_closed=is_closed)
        else:
            self._start_in_body(tag, attributes, is_closed=is_closed)

    def _outer(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"html", "body"}:
            given = self.tree.outer if tag == "html" else self.tree.root.attributes
            given.update({name: value for name, value in attributes.items() if name not in given})

    def _start_between(self, tag: str, attributes: Mapping[str, str], *, is_closed: bool) -> None:
        """Begin what is no part of the table in which it stands."""
        if tag == "table":
            self.open.pop_to("table")
            self._start(tag, attributes)
        elif tag == "form" or (tag == "input" and attributes.get("type", "").lower() == "hidden"):
            if (tag == "input" or self.form is None) and (element := self._insert(tag, attributes)):
                self.open.pop()
                self.form = element if tag == "form" else self.form
        else:
            self.open.is_fostering = True
            self._start_in_body(tag, attributes, is_closed=is_closed)
            self.open.is_fostering = False

    def _start_in_body(self, tag: str, attributes: Mapping[str, str], *, is_closed: bool) -> None:
        if tag == "form" and self.form is not None:
            return
        self._make_room(tag)
        if tag not in _WITHOUT_FORMATTING:
            self.open.reconstruct()
        element = self._insert("img" if tag == "image" else tag, attributes)
        if element is None:
            return
        if tag in VOID or tag == "image" or (is_closed and self._may_close(tag)):
            self.open.pop()
        elif tag in _FORMATTING:
            self.open.activate(element)
        elif tag in _BOUNDED:
            self.open.mark()
        elif tag == "form":
            self.form = element

    def _may_close(self, tag: str) -> bool:
        """Whether browsers mind a slash that ends a start tag."""
        return self.is_xml or tag in RAW or any(map(self.open.holds, _FOREIGN))

    def _make_room(self, tag: str) -> None:
        """End what the element ``tag`` cannot stand in."""
        if tag in _ITEMS:
            self._end_item(*_ITEMS[tag])
        if tag in _BLOCKS or tag in _ITEMS or (tag == "table" and not self.tree.is_quirky):
            self._end_paragraph()
        if tag in HEADINGS and self.open.current.tag in HEADINGS:
            self.open.pop()
        elif tag == "a" and (link := self.open.active("a")) is not None:
            self.open.adopt("a")
            self.open.deactivate(link)
            if link in self.open.stack:
                self.open.remove(link)
        elif tag == "nobr":
            self.open.reconstruct()
            if self.open.in_scope("nobr"):
                self.open.adopt("nobr")
        elif tag == "button" and self.open.in_scope("button"):
            self.open.close("button")
        elif tag in {"option", "optgroup"} and self.open.current.tag == "option":
            self.open.pop()

    def _end_item(self, *tags: str) -> None:
        for element in reversed(self.open.stack):
            if element.tag in tags:
                self.open.close(element.tag)
                return
            if element.tag in SPECIAL and element.tag not in {"address", "div", "p"}:
                return

    def _end_paragraph(self) -> None:
        if self.open.in_scope("p", bounds=BUTTON_SCOPE):
            self.open.close("p")

    def _start_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a part of a table, which first ends the parts that it cannot stand in, and implies those that it must."""
        if not self.open.holds("table") or self.open.too_deep["table"]:
            return
        while True:
            mode = self._mode()
            if mode in {"cell", "caption"}:
                self._close_cell()
                continue
            context, fitting = _CONTEXTS[mode]
            self.open.clear_to(context)
            if tag in fitting:
                break
            implied = _IMPLIED.get((mode, tag))
            if implied:
                self.open.insert(implied)
            else:
                self.open.pop()
        self.open.insert(tag, attributes)
        if tag == "col":
            self.open.pop()
        elif tag in CELLS or tag == "caption":
            self.open.mark()

    def _close_cell(self) -> None:
        self.open.imply_ends()
        self.open.pop_to("caption", *CELLS)
        self.open.clear_to_mark()

    # Tags that end something

    def _end(self, tag: str) -> None:
        if self.open.too_deep[tag]:
            self.open.too_deep[tag] -= 1
        elif tag == "br":
            self._start(tag, {})
        elif tag in _PARTS or tag == "table":
            self._end_part(tag)
        elif tag not in _OUTER:
            if self._mode() == "columns":
                self.open.pop()
            self.open.is_fostering = True
            self._end_in_body(tag)
            self.open.is_fostering = False

    def _end_in_body(self, tag: str) -> None:
        if tag == "p":
            if not self.open.in_scope("p", bounds=BUTTON_SCOPE):
                self._insert("p")
            self._end_paragraph()
        elif tag == "form":
            form, self.form = self.form, None
            if form is not None and form in self.open.stack and self.open.in_scope("form"):
                self.open.imply_ends()
                self.open.remove(form)
        elif tag in HEADINGS:
            if self.open.in_scope(*HEADINGS):
                self.open.imply_ends()
                self.open.pop_to(*HEADINGS)
        elif tag in _ENDING:
            if self.open.in_scope(tag, bounds=LIST_SCOPE if tag == "li" else SCOPE):
                self.open.close(tag)
                if tag in _BOUNDED:
                    self.open.clear_to_mark()
        elif tag not in _FORMATTING or not self.open.adopt(tag):
            self._end_other(tag)

    def _end_other(self, tag: str) -> None:
        if not self.open.holds(tag):
            return
        for element in reversed(self.open.stack):
            if element.tag == tag:
                self.open.close(tag)
                return
            if element.tag in SPECIAL:
                return

    def _end_part(self, tag: str) -> None:
        """End a part of a table, or the table, and first what stands open in it."""
        if not self.open.in_scope(tag, bounds=TABLE_SCOPE):
            return
        if self._mode() in {"cell", "caption"}:
            self._close_cell()
        if tag not in CELLS and tag != "caption":
            self.open.pop_to(tag)
