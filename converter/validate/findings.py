"""Makes findings of Arelle's messages, traced to a line of the file or to a place in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model.findings import Finding
from converter.model.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from converter.model.report import Fact, Report
    from converter.validate.arelle import Message
    from converter.validate.inline import Outline, Tag

PREFIX = "arelle."
_MISSING_FILE = frozenset({"IOerror", "FileNotLoadable"})
_NO_DECLARATION = "missingReferences"
_TOLD = 5  # a message may be about hundreds of facts


def of_file(messages: Iterable[Message], outline: Outline, path: Path) -> tuple[Finding, ...]:
    """Findings about a document from anywhere: places are lines of the file itself (``start:end`` is 0:0)."""
    return tuple(_of_file(message, outline, path) for message in dict.fromkeys(messages))


def of_report(messages: Iterable[Message], outline: Outline, report: Report, path: Path) -> tuple[Finding, ...]:
    """Findings about the document ``path`` rendered from ``report``: places are places of its source."""
    facts = {fact.id: fact for fact in report.facts}
    return tuple(_of_report(message, outline, report, facts, path) for message in dict.fromkeys(messages))


def _of_file(message: Message, outline: Outline, path: Path) -> Finding:
    tag = next(_tags(message, outline), None)
    line = message.line or (tag.line if tag else None)
    place = None
    if line:
        place = Place(source=message.file or path.name, line=line, column=message.column or 1, start=0, end=0)
    return _finding(
        message,
        text=message.text,
        place=place,
        concept=tag.concept if tag else "",
        fact=tag.id if tag else "",
    )


def _of_report(message: Message, outline: Outline, report: Report, facts: dict[str, Fact], path: Path) -> Finding:
    about = [facts[tag.id] for tag in _tags(message, outline) if tag.id in facts]
    about += _by_concept(message, report)
    places = list(dict.fromkeys(fact.place for fact in about if fact.place))
    fact = about[0] if about else None
    return _finding(
        message,
        text=message.text + _in_words(places),
        place=places[0] if places else _nearest(message, outline, report, facts, path),
        concept=fact.concept.name if fact else "",
        fact=fact.id if fact else "",
    )


def _finding(message: Message, *, text: str, place: Place | None, concept: str, fact: str) -> Finding:
    return Finding(
        code=PREFIX + message.code,
        severity=message.severity,
        message=text,
        hint=_hint(message.code),
        place=place,
        concept=concept,
        fact=fact,
    )


def _hint(code: str) -> str:
    if code in _MISSING_FILE:
        return "give the taxonomy package that holds this file, name its taxonomy with --taxonomy, or put the file beside the document"
    if code.endswith(_NO_DECLARATION):
        return "check the concept's name and its year against the taxonomy that the document refers to"
    return ""


def _tags(message: Message, outline: Outline) -> Iterator[Tag]:
    """The facts that the message names, then the first users of the contexts and units that it names."""
    yield from (outline.by_id[name] for name in message.fact_ids if name in outline.by_id)
    yield from (outline.by_use[name] for name in message.element_ids if name in outline.by_use)


def _by_concept(message: Message, report: Report) -> list[Fact]:
    """The first fact of a concept whose declaration the message names; its id is like ``us-gaap_Assets``."""
    named = {name.replace("_", ":", 1) for name in message.element_ids}
    if not named:
        return []
    return [fact for fact in report.facts if fact.concept.name in named][:1]


def _nearest(message: Message, outline: Outline, report: Report, facts: dict[str, Fact], path: Path) -> Place:
    """The nearest fact at or before the line, else the first statement, else line 1 of the source."""
    if message.line and message.file == path.name:
        for tag in outline.before(message.line):
            fact = facts.get(tag.id)
            if fact and fact.place:
                return fact.place
    if report.statements:
        return report.statements[0].place
    return Place(source=report.document.source, line=1, column=1, start=0, end=0)


def _in_words(places: Sequence[Place]) -> str:
    if not places:
        return ""
    told = [f"line {place.line}, column {place.column}" for place in places[:_TOLD]]
    if len(places) > _TOLD:
        told.append(f"and {len(places) - _TOLD} more")
    return f" (source {'; '.join(told)})"
