"""Style sheets of a page, and what has to be said otherwise for the XHTML that is made of it.

An element that became another one, or that stands for none of the source, is what its rules mean or do not mean; tags of
facts are no children that a rule counts, and no rule is for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.read import style
from converter.read.markup import FORBIDDEN, Style
from converter.read.names import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from converter.read.markup import Element, Tree

_SELECTORS = re.compile(r"(?:^|(?<=[{};]))(?!\s*@)[^{};]+(?=\{)")
_MEDIA = re.compile(r"[\w\s(),:.-]+", re.ASCII)
# Elements beside which no words stand, and so no tags.
_BESIDE_NO_WORDS = "tr|td|th|thead|tbody|tfoot|col|colgroup|caption|li|dt|dd|body"
_COUNTED = r":(?:first-child|last-child|only-child|nth-(?:last-)?child\([^()]*\))"
_PIECE = re.compile(
    rf"""(?P<other>"[^"]*"|'[^']*'|\[[^\[\]]*+\]|\\.|\.[\w-]+)"""
    rf"""|(?<![\w-])(?P<part>{_BESIDE_NO_WORDS})(?P<rest>(?:[.#][\w-]+)*{_COUNTED})"""
    rf"""|(?P<id>\#[\w-]+)|(?P<counted>{_COUNTED})|(?P<pseudo>::?[\w-]+)|(?<![\w-])(?P<type>[a-z][\w-]*|\*)""",
    re.IGNORECASE,
)
_COUNTS = {
    ":first-child": (":nth-child(1",),
    ":last-child": (":nth-last-child(1",),
    ":only-child": (":nth-child(1", ":nth-last-child(1"),
}
_TAGS_AS_NONE = "[contextRef]{all:unset!important}"


def sheet_of(tree: Tree, renamed: Callable[[str], str]) -> str:
    """The sheets of ``tree`` as one, without what loads or runs, which is counted, and with ids as they are ``renamed``."""
    outer = tree.outer.get("style", "").strip()
    sheets = []
    for one in [*([Style(f"html{{{outer}}}")] if outer else []), *tree.styles]:
        plain, count = style.cleaned_sheet(FORBIDDEN.sub("", one.text))
        tree.dropped["active styles"] += count
        if plain:
            sheets.append(f"@media {one.media}{{{plain}}}" if _MEDIA.fullmatch(one.media) else plain)
    return _selectors("\n".join(sheets), lambda match: f"#{renamed(match['id'][1:])}" if match["id"] else match.group())


class Looks:
    """How elements are written beside a sheet: the look that they have of themselves gives way to any of its rules.

    Without a sheet that look goes into their style.
    """

    def __init__(self, sheet: str) -> None:
        """For elements of a page that has ``sheet``; empty for none."""
        self.sheet = sheet
        self._prefix = "look"
        while self._prefix in sheet:
            self._prefix += "_"
        self._named = frozenset(_types(sheet))
        self._classes: dict[str, str] = {}
        self._was: set[str] = set()
        self._is: set[str] = set()

    def attributes(self, element: Element) -> dict[str, str]:
        """The attributes of ``element`` with its look."""
        if not self.sheet:
            return {**element.attributes, "style": element.style} if element.hints else element.attributes
        found = dict(element.attributes)
        names = [found["class"]] if "class" in found else []
        if element.hints:
            names.append(self._class(";".join(element.hints)))
        if element.was == ANONYMOUS or not self._named.isdisjoint(
            {element.was, element.tag, "*"} if element.was else ()
        ):
            self._was.add(element.was)
            self._is.add(element.tag)
            names += [f"{self._prefix}-was", f"{self._prefix}-{element.was}"]
        if names:
            found["class"] = " ".join(names)
        return found

    def _class(self, declarations: str) -> str:
        return self._classes.setdefault(declarations, f"{self._prefix}-{len(self._classes) + 1}")

    def head(self) -> str:
        """The sheet for the elements written so far, as a style element; empty where there is none."""
        if not self.sheet:
            return ""
        looks = [f":where(.{name}){{{declarations}}}" for declarations, name in self._classes.items()]
        text = "\n".join([*looks, _selectors(self.sheet, self._translated), _TAGS_AS_NONE])
        return f'<style type="text/css">{_escaped(text)}</style>'

    def _translated(self, match: re.Match[str]) -> str:
        text, name = match.group(), (match["type"] or "").lower()
        if match["counted"]:
            return text if " of " in text else "".join(map(self._of_source, _COUNTS.get(text.lower(), (text[:-1],))))
        if match["part"]:
            return match["part"].lower() + match["rest"]
        if not name:
            return text
        text = name  # which XML minds the case of
        if name == "*" and ANONYMOUS in self._was:
            return f":where(:not(.{self._prefix}-{ANONYMOUS}))"
        if name in self._is:
            text = f"{text}:where(:not(.{self._prefix}-was))"
        return f":is({text},:where(.{self._prefix}-{name}))" if name in self._was else text

    def _of_source(self, counted: str) -> str:
        """A count of those children only that the source has: the last of the body is the header."""
        return f"{counted} of :where(:not([contextRef],body>:last-child,.{self._prefix}-{ANONYMOUS})))"


def _selectors(sheet: str, change: Callable[[re.Match[str]], str]) -> str:
    """``sheet`` with each piece of its selectors changed."""

    def changed(match: re.Match[str]) -> str:
        return _PIECE.sub(change, match.group())

    return _SELECTORS.sub(changed, sheet)


def _types(sheet: str) -> Iterator[str]:
    """The names of elements that selectors of ``sheet`` mean."""
    for selectors in _SELECTORS.finditer(sheet):
        for piece in _PIECE.finditer(selectors.group()):
            yield (piece["type"] or "").lower()


def _escaped(sheet: str) -> str:
    """``sheet`` in ASCII, such that a reader of XML and one of HTML, which knows no references there, read the same.

    No piece of it ends the element or the section of text.
    """
    plain = re.sub(r"[^\x00-\x7f]", lambda match: f"\\{ord(match.group()):x} ", sheet)
    plain = plain.replace("]]>", "]] >").replace("</", "<\\/")
    return f"/*<![CDATA[*/{plain}/*]]>*/" if "&" in plain or "<" in plain else plain
