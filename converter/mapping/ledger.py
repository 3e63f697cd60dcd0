"""The ledger: every number that stands in the source, once, and what became of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from converter.model.report import Number, Outcome
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.model.report import Fact
    from converter.model.source import Document
    from converter.model.statement import Statement

# Digits with their separators: a comma parts groups of three, a point stands before a fraction.
NUMBER = re.compile(
    r"[.\d](?:(?<=\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?|(?<=\.)(?<![\w.]\.)\d+)", re.ASCII
)  # the first character is one of few, which a search finds quickly
_DATE_AROUND = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s*)?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[A-Za-z]-?$"), re.compile(r"-?[A-Za-z]")
_EXHIBIT = re.compile(r"\bexhibit\s+$", re.IGNORECASE)
_JOINED_BEFORE, _JOINED_AFTER = re.compile(r"\d[-/:]$"), re.compile(r"[-/:]\d")
_LINE_REACH = 240  # of a line that bears a page number alone, to each side of it
_AMOUNT_AFTER = re.compile(r"\s*(?:%|(?:thousand|million|billion|percent)\b)", re.IGNORECASE)


def ledger_of(
    document: Document, statements: Sequence[Statement], facts: Sequence[Fact], reasons: Mapping[int, str]
) -> tuple[Number, ...]:
    """A row for each number of ``document``; ``reasons`` says of offsets why they are left untagged."""
    text = document.text
    by_start: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.place is not None and not fact.hidden:
            by_start.setdefault(fact.place.start, []).append(fact)
    starts = [statement.place.start for statement in statements]
    unread = document.unread
    unread_starts = [span.start for span in unread]
    labels = sorted(
        (line.place.start, line.place.end, [amount.place.start for amount in line.amounts if amount is not None])
        for statement in statements
        for line in statement.lines
        if line.label
    )
    numbers = []
    for match in (match for stretch in document.stretches for match in NUMBER.finditer(text, *stretch)):
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        statement = statements[at] if at >= 0 and start < statements[at].place.end else None
        kind = statement.kind if statement else StatementKind.PROSE
        borne = by_start.get(start, ())
        if borne:
            outcome, reason = Outcome.FACT, ""
        elif start in reasons:
            outcome, reason = Outcome.UNTAGGED, reasons[start]
        elif unread and (span := unread[bisect_right(unread_starts, start) - 1]).start <= start < span.end:
            outcome, reason = Outcome.NOT_A_FACT, f"not read: {span.reason}"
        else:
            outcome, reason = _classify(document, start, end, labels if statement else None)
        numbers.append(
            Number(
                text=match.group(),
                place=borne[0].place if borne and borne[0].place else document.place(start, end),
                statement=kind,
                outcome=outcome,
                facts=tuple([fact.id for fact in borne]),
                reason=reason,
            )
        )
    return tuple(numbers)


# Where the words of a line begin and end, and where its amounts stand.
_Label = tuple[int, int, list[int]]


def _classify(document: Document, start: int, end: int, labels: Sequence[_Label] | None) -> tuple[Outcome, str]:
    text = document.text
    before, after = document.around(start, end, 24)
    if _WORD_BEFORE.search(before[-2:]) or _WORD_AFTER.match(after):
        return Outcome.NOT_A_FACT, "part of a word"
    if _EXHIBIT.search(before):
        return Outcome.NOT_A_FACT, "the number of an exhibit"
    if _YEAR.fullmatch(text[start:end]) and before[-1:] not in {"$", ","}:
        return Outcome.NOT_A_FACT, "a year"
    if _DATE_AROUND.search(before.lower()):
        return Outcome.NOT_A_FACT, "part of a date"
    if _JOINED_BEFORE.search(before[-2:]) or _JOINED_AFTER.match(after):
        return Outcome.NOT_A_FACT, "part of a date, a time or a telephone number"
    if labels is not None:
        return _in_statement(start, text, end, labels)
    if before.rstrip()[-1:] == "$" or _AMOUNT_AFTER.match(after) or "." in text[start:end]:
        return Outcome.UNTAGGED, "an amount in the prose that is tied to no fact of a statement"
    return Outcome.NOT_A_FACT, "a number in the prose that is no amount"


def _in_statement(start: int, text: str, end: int, labels: Sequence[_Label]) -> tuple[Outcome, str]:
    at = bisect_right(labels, start, key=lambda label: label[0]) - 1
    if at >= 0 and start < labels[at][1] and start not in labels[at][2]:
        return Outcome.NOT_A_FACT, "a number in the words of a label"
    before = text[max(start - _LINE_REACH, 0) : start].rpartition("\n")[2]
    after = text[end : end + _LINE_REACH].partition("\n")[0]
    if not (before + after).strip(" -<>PAGEpage"):
        return Outcome.NOT_A_FACT, "a page number"
    return Outcome.UNTAGGED, "a number that stands in no column of the statement"
