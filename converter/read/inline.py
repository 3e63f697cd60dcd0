"""Inline XBRL (1.0 and 1.1) to the facts that its tags state, as they are written.

No taxonomy is asked: what stands in the document is all there is. Tuples, footnotes and relationships are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import SourceError
from converter.model.inline import Tagged
from converter.read.labels import Labels
from converter.read.resources import Resources
from converter.read.xml import Node, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from converter.model.inline import Name

NAMESPACES = frozenset({"http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL"})
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_FACTS = frozenset({"nonFraction", "nonNumeric", "fraction"})


def read(data: bytes, source: str) -> tuple[Tagged, ...]:
    """The facts of the document ``data`` in its order.

    SourceError where it is not well-formed, holds no fact, or refers to a context or a unit that it does not have.
    """
    root = tree_of(data, source)
    resources = Resources(root, source)
    continuations = {
        node.attributes["id"]: node
        for node in root.nodes()
        if _is(node.name, "continuation") and "id" in node.attributes
    }
    found = tuple(_fact(node, label, resources, continuations) for node, label in _labelled(root))
    if not found:
        raise SourceError(f"{source}: no fact is tagged in it", hint="name an inline XBRL document, such as report.htm")
    return found


def _is(name: Name, *locals_: str) -> bool:
    return name.namespace in NAMESPACES and name.local in locals_


def _labelled(root: Node) -> Iterator[tuple[Node, str]]:
    """The facts, each with the words before it; in the header there are none."""
    labels = Labels()
    headers = 0
    for child, is_start in root.steps():
        if isinstance(child, Node) and _is(child.name, "header"):
            headers += 1 if is_start else -1
        elif headers == 0:
            labels.step(child, is_start=is_start)
        if is_start and isinstance(child, Node) and _is(child.name, *_FACTS):
            yield child, "" if headers else labels.take()


def _fact(node: Node, label: str, resources: Resources, continuations: Mapping[str, Node]) -> Tagged:
    said = node.attributes
    precision = said.get("precision", "")
    return Tagged(
        id=said.get("id", ""),
        concept=node.named(said.get("name", "")),
        scope=resources.scope(said.get("contextRef", ""), node),
        unit=None if node.name.local == "nonNumeric" else resources.unit(said.get("unitRef", ""), node),
        text="".join(_texts(node, continuations)),
        format=node.named(said["format"]) if "format" in said else None,
        scale=resources.number(said.get("scale", "0"), node),
        is_negative=said.get("sign") == "-",
        is_nil=said.get(_NIL) in {"true", "1"},
        decimals=f"precision {precision}" if precision else said.get("decimals", ""),
        label=label,
        position=node.position,
    )


def _texts(node: Node, continuations: Mapping[str, Node]) -> Iterator[str]:
    """What a fact holds and where it goes on, without what is excluded."""
    seen: set[int] = set()
    here: Node | None = node
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        excluded = 0
        for child, is_start in here.steps():
            if isinstance(child, Node):
                if _is(child.name, "exclude"):
                    excluded += 1 if is_start else -1
            elif excluded == 0:
                yield child
        here = continuations.get(here.attributes.get("continuedAt", ""))
