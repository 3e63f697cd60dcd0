"""The contexts and units of an inline document (XBRL 2.1, sections 4.7 and 4.8; Dimensions 1.0)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from converter.errors import SourceError
from converter.model.inline import Measures, Part, Scope
from converter.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.inline import Name
    from converter.read.xml import Node

_INSTANCE = "http://www.xbrl.org/2003/instance"
_DIMENSIONS = "http://xbrl.org/2006/xbrldi"
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T00:00:00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)


class Resources:
    """What the facts of a document refer to. An error names the line of what is wrong."""

    def __init__(self, root: Node, source: str) -> None:
        """Read every context and unit below ``root``; SourceError where one makes no sense."""
        self._source = source
        self._scopes: dict[str, Scope] = {}
        self._units: dict[str, Measures] = {}
        for node in root.nodes():
            if node.name.namespace != _INSTANCE:
                continue
            if node.name.local == "context":
                self._scopes[node.attributes.get("id", "")] = self._scope(node)
            elif node.name.local == "unit":
                self._units[node.attributes.get("id", "")] = _unit(node)

    def scope(self, id_: str, user: Node) -> Scope:
        """The context with this id, which ``user`` names."""
        if id_ not in self._scopes:
            raise self._wrong(user, f"the context {id_!r} is not in the document")
        return self._scopes[id_]

    def unit(self, id_: str, user: Node) -> Measures:
        """The unit with this id, which ``user`` names."""
        if id_ not in self._units:
            raise self._wrong(user, f"the unit {id_!r} is not in the document")
        return self._units[id_]

    def number(self, written: str, user: Node) -> int:
        """A power of ten, as ``user`` states it."""
        try:
            return int(written)
        except ValueError:
            raise self._wrong(user, f"the scale {written!r} is no whole number") from None

    def _scope(self, context: Node) -> Scope:
        entity = "", ""
        for node in _below(context, "identifier"):
            entity = node.attributes.get("scheme", ""), _text(node)
        return Scope(entity=entity, period=self._period(context), parts=tuple(sorted(_parts(context), key=str)))

    def _period(self, context: Node) -> Period | None:
        dates = {
            name: self._date(node) for name in ("startDate", "endDate", "instant") for node in _below(context, name)
        }
        end = dates.get("instant") or dates.get("endDate")
        if end is None:
            if next(_below(context, "forever"), None) is None:
                raise self._wrong(context, "the context has no period")
            return None
        try:
            return Period(end, dates.get("startDate"))
        except ValueError as error:
            raise self._wrong(context, str(error)) from error

    def _date(self, node: Node) -> date:
        """A day; midnight at its start ends the day before (XBRL 2.1, section 4.7.2)."""
        match = _DATE.fullmatch(_text(node))
        try:
            day = date.fromisoformat(match[1]) if match else None
        except ValueError:
            day = None
        if match is None or day is None:
            raise self._wrong(node, f"{_text(node)!r} is no date")
        return day - timedelta(days=1) if match[2] and node.name.local != "startDate" else day

    def _wrong(self, node: Node, message: str) -> SourceError:
        line, column = node.position
        return SourceError(f"{self._source}:{line}:{column}: {message}", hint="see what check says of the document")


def _below(node: Node, local: str) -> Iterator[Node]:
    return (inner for inner in node.nodes() if inner.name.namespace == _INSTANCE and inner.name.local == local)


def _text(node: Node) -> str:
    return "".join(child for child, _ in node.steps() if isinstance(child, str)).strip()


def _parts(context: Node) -> Iterator[Part]:
    for node in context.nodes():
        if node.name.namespace == _DIMENSIONS:
            axis = node.named(node.attributes.get("dimension", ""))
            yield Part(axis, node.named(_text(node)) if node.name.local == "explicitMember" else _text(node))


def _unit(unit: Node) -> Measures:
    below = next(_below(unit, "unitDenominator"), None)
    above = next(_below(unit, "unitNumerator"), unit)
    return Measures(_measures(above), _measures(below) if below else ())


def _measures(node: Node) -> tuple[Name, ...]:
    return tuple(sorted(inner.named(_text(inner)) for inner in _below(node, "measure")))
