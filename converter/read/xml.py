"""XML to a tree whose elements know their line and column, and which prefixes are declared where they stand.

Nothing that a document refers to is fetched; expat refuses entities that grow without measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from xml.parsers import expat

from converter.errors import SourceError
from converter.model.inline import Name, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SEPARATOR = " "  # no namespace has one


@dataclass(frozen=True, slots=True)
class Node:
    """An element. An attribute's name has its namespace in braces before it, if it has one."""

    name: Name
    attributes: Mapping[str, str]
    namespaces: Mapping[str, str]
    position: Position
    children: list[Child] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """This element and all inside of it, in the order of the document."""
        return (child for child, is_start in self.steps() if is_start and isinstance(child, Node))

    def steps(self) -> Iterator[tuple[Child, bool]]:
        """Each text, and each element twice: as it starts (True) and as it ends (False)."""
        waiting: list[tuple[Child, bool]] = [(self, True)]
        while waiting:
            child, is_start = waiting.pop()
            yield child, is_start
            if is_start and isinstance(child, Node):
                waiting.append((child, False))
                waiting += [(inner, True) for inner in reversed(child.children)]

    def named(self, written: str) -> Name:
        """The name that ``written`` stands for here: ``us-gaap:Assets``; a prefix that is not declared is its own namespace."""
        prefix, colon, local = written.strip().rpartition(":")
        return Name(self.namespaces.get(prefix, prefix) if colon else "", local, prefix)


Child: TypeAlias = "Node | str"


def tree_of(data: bytes, source: str) -> Node:
    """The root element of ``data``; SourceError where it is not well-formed."""
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SourceError(
            f"{source}:{error.lineno}:{error.offset + 1}: this is not XML: {expat.ErrorString(error.code)}",
            hint="an inline XBRL document is XHTML: every element is closed, every attribute quoted, "
            "and &nbsp; written as &#160;",
        ) from error
    return builder.root


class _Builder:
    """Takes what the parser meets and keeps what stands open."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        self.root = Node(Name("", ""), {}, {}, Position(1, 1))
        self.open = [self.root]
        self.declared: dict[str, str] = {}

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self.declared[prefix or ""] = namespace or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        above = self.open[-1]
        namespaces = {**above.namespaces, **self.declared} if self.declared else above.namespaces
        self.declared = {}
        position = Position(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        namespace, _, local = name.rpartition(_SEPARATOR)
        node = Node(
            Name(namespace, local), {_in_braces(key): attributes[key] for key in attributes}, namespaces, position
        )
        above.children.append(node)
        self.open.append(node)

    def _end(self, name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].children.append(text)


def _in_braces(name: str) -> str:
    namespace, separator, local = name.rpartition(_SEPARATOR)
    return f"{{{namespace}}}{local}" if separator else name
