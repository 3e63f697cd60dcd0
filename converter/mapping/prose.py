"""Prose: an amount in the text that is the rounded value of a statement fact, in a sentence that names both.

A sentence must name the line (by its label or a phrase that the table gives its concept) and the
period. What fits no fact, or more than one, is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.drafts import Draft
from converter.mapping.words import forms, head, normal_form
from converter.model.report import Why
from converter.model.statement import Measure, StatementKind
from converter.taxonomy import PER_SHARE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from converter.model.periods import Period
    from converter.model.source import Document
    from converter.model.statement import Statement

    Phrases = Callable[[AbstractSet[str]], Iterable[tuple[str, str]]]

_AMOUNT = re.compile(
    r"\$\s?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s+(?P<word>thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_PARAGRAPH_END = re.compile(r"(?P<gap>\n\s*\n)")
_SENTENCE_END = re.compile(r"[.!?](?P<gap>[\"”']?\s+)(?=[\"“(]?[A-Z])")
_PER_SHARE = re.compile(r"\s*(?:\)\s*)?(?:per|a)\s+(?:basic |diluted |common )*(?:and diluted )?share\b", re.IGNORECASE)
_CARRIED_ON = re.compile(r"\s*[\"“]?(?:this|that|it|these)\s+(?:(?:was|is|were)\s+)?compare", re.IGNORECASE)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAY = re.compile(rf"(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}}),\s+(?P<year>\d{{4}})")
# Of a sentence in lower case: to look for letters of either case takes three times as long.
_NAMED = re.compile(
    r"(?:(?:first|second|third|fourth)[\s-]+quarter|quarter|(?P<length>six|nine|twelve)[\s-]+months?|(?P<year>(?:fiscal|full) year|year ended))"
    r"(?:\s+(?:(?:of|in)\s*)?(?:fiscal\s+)?(?P<of>(?:19|20)\d\d))?"
)
_THIS_PERIOD = re.compile(r"\b(?:the|this|current)\s+period\b")
_YEAR_BEFORE = re.compile(
    r"\b(?:prior|previous|last)[\s-]+year\b|\bsame\s+(?:period|quarter)\s+(?:of|in|a|last)\b|\byear[\s-]+ago\b|\bpreceding\s+year\b"
)
_LENGTHS = {"six": 6, "nine": 9, "twelve": 12}
_DAYS_PER_MONTH = Decimal("30.4")
_OF_A_SHARE = ""
_ONE_WORD = frozenset({"revenue", "sale"})
_CONFIDENCE = 0.9
_LONGEST_NUMBER = 24  # decimals are exact to 28 digits, with scale and fraction


class _Sentence(NamedTuple):
    start: int
    text: str


def map_prose(
    document: Document, statements: Sequence[Statement], drafts: Sequence[Draft], phrases: Phrases
) -> tuple[Draft, ...]:
    """The facts of the prose of ``document``; ``drafts`` are the facts of its statements.

    ``phrases`` gives the normal forms with one of some heads that name a concept, each with its QName.
    """
    # An amount of a part, a segment or a class of stock, is none of the whole, and the words around do not tell them apart.
    known = [d for d in drafts if isinstance(d.value, Decimal) and d.value and d.place and not d.members]
    labels = _labels(known)
    found: list[Draft] = []
    carried: frozenset[str] = frozenset()
    figures = _Figures(known)
    durations = sorted((period for period in figures.periods if period.start), key=lambda p: (p.end, -p.days))
    dates = [period for period in figures.periods if period.start is None]
    for sentence in _sentences(document, statements):
        if "$" not in sentence.text:
            carried = frozenset()
            continue
        named = _named_concepts(sentence.text, labels, phrases)
        if _CARRIED_ON.match(sentence.text):
            named |= carried
        periods = _named_periods(sentence.text, durations, dates)
        for match in _AMOUNT.finditer(sentence.text) if periods else ():
            found += _tie(match, sentence, (figures, periods), named, document)
        carried = named
    return tuple(found)


class _Figures:
    """The statements' facts by what a sentence says of them: period, concept, and value rounded as printed."""

    def __init__(self, known: Sequence[Draft]):
        self._by_name: dict[tuple[Period, str], dict[tuple[str, Decimal], Draft]] = {}
        for draft in known:
            # What is said of a share is told by the amount alone, whatever its concept.
            name = _OF_A_SHARE if draft.measure is Measure.PER_SHARE else draft.concept.name
            if isinstance(draft.value, Decimal) and (name or draft.concept.type == PER_SHARE):
                self._by_name.setdefault((draft.period, name), {})[draft.concept.name, draft.value] = draft
        self._rounded: dict[tuple[Period, str, int], dict[Decimal, list[Draft]]] = {}
        self.periods = list(dict.fromkeys(draft.period for draft in known))

    def fits(self, period: Period, name: str, decimals: int, amount: Decimal) -> Sequence[Draft]:
        """The facts of ``name`` for ``period`` that are ``amount`` once they are rounded to ``decimals``."""
        rounded = self._rounded.get((period, name, decimals))
        if rounded is None:
            rounded = self._rounded[period, name, decimals] = defaultdict(list)
            for (_, value), draft in self._by_name.get((period, name), {}).items():
                rounded[_rounded(abs(value), decimals)].append(draft)
        return rounded.get(amount, ())


def _sentences(document: Document, statements: Sequence[Statement]) -> Iterator[_Sentence]:
    """The sentences that are read outside the statements; a paragraph without an amount is left whole."""
    position = 0
    spans = [(statement.place.start, statement.place.end) for statement in statements]
    spans += [(unread.start, unread.end) for unread in document.unread]
    for start, end in [*sorted(spans), (len(document.text), len(document.text))]:
        for paragraph in _cut(document.text[position:start], position, _PARAGRAPH_END):
            if "$" in paragraph.text:
                yield from _cut(paragraph.text, paragraph.start, _SENTENCE_END)
            else:
                yield paragraph
        position = max(end, position)


def _cut(text: str, start: int, ends: re.Pattern[str]) -> Iterator[_Sentence]:
    """``text``, which stands at ``start``, cut at the gaps that ``ends`` finds."""
    at = 0
    for match in ends.finditer(text):
        yield _Sentence(start + at, text[at : match.start("gap")])
        at = match.end()
    yield _Sentence(start + at, text[at:])


def _labels(known: Sequence[Draft]) -> Mapping[str, list[tuple[str, str]]]:
    """The normal forms of the labels of the statements' lines, with the QNames of their facts, by their heads."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, label in {(draft.concept.name, draft.label) for draft in known}:
        for form in forms(label):
            found[head(form)].append((form, name))
    return found


def _named_concepts(sentence: str, labels: Mapping[str, list[tuple[str, str]]], phrases: Phrases) -> frozenset[str]:
    """The concepts whose labels or phrases stand in the sentence; a phrase inside a longer one does not count."""
    text = f" {normal_form(sentence)} "
    present: dict[str, set[str]] = defaultdict(set)
    words = text.split()
    heads = {*words, *map(" ".join, pairwise(words))}
    of_lines = (found for known in labels.keys() & heads for found in labels[known])
    for phrase, name in (*of_lines, *phrases(heads)):
        if f" {phrase} " in text and (" " in phrase or phrase in _ONE_WORD):
            present[f" {phrase} "].add(name)
    named: set[str] = set()
    for phrase in sorted(sorted(present), key=len, reverse=True):
        if phrase in text:
            named |= present[phrase]
            text = text.replace(phrase, " | ")
    return frozenset(named)


def _named_periods(sentence: str, durations: Sequence[Period], dates: Sequence[Period]) -> list[Period]:
    """Those of ``durations``, the last one last, and of ``dates`` that the sentence names, the earliest first."""
    latest = durations[-1].end if durations else None
    named: set[Period] = set()
    for match in _DAY.finditer(sentence):
        parts = (int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
        named |= {p for p in dates if (p.end.year, p.end.month, p.end.day) == parts}
    lower = sentence.lower()
    for match in _NAMED.finditer(lower):
        months = _LENGTHS[match["length"]] if match["length"] else 12 if match["year"] else 3
        wanted = [p for p in durations if _is_long(p, months)]
        if match["of"]:
            named |= {p for p in wanted if p.end.year == int(match["of"])}
        else:
            named |= {p for p in wanted if p.end == latest}
    if _THIS_PERIOD.search(lower) or (not named and _CARRIED_ON.match(sentence)):
        named |= {*durations[-1:]}
    if named and _YEAR_BEFORE.search(lower):
        named |= {p for p in durations if any(_is_year_before(p, other) for other in named)}
    return sorted(named, key=lambda period: (period.end, period.days))


def _is_long(period: Period, months: int) -> bool:
    return abs(period.days - months * _DAYS_PER_MONTH) <= 10


def _is_year_before(period: Period, other: Period) -> bool:
    return abs(period.days - other.days) <= 8 and 350 <= (other.end - period.end).days <= 380


def _tie(
    match: re.Match[str],
    sentence: _Sentence,
    known: tuple[_Figures, Sequence[Period]],
    named: frozenset[str],
    document: Document,
) -> Iterator[Draft]:
    """The facts of the amount ``match``, from the figures ``known`` for the periods that the sentence names."""
    figures, periods = known
    if len(match["number"]) > _LONGEST_NUMBER:
        return
    power = _POWERS[match["word"].lower()] if match["word"] else 0
    printed = Decimal(match["number"].replace(",", ""))
    digits = len(match["number"].partition(".")[2])
    per_share = bool(_PER_SHARE.match(sentence.text, match.end()))
    amount = printed.scaleb(power)
    names = (_OF_A_SHARE,) if per_share else named
    fits = [
        draft for period in periods for name in names for draft in figures.fits(period, name, digits - power, amount)
    ]
    # A line that stands on two statements is one fact; two lines or two periods are a doubt.
    unique = {(draft.concept.name, draft.period, draft.value): draft for draft in fits}
    if not unique or len({(period, value) for _, period, value in unique}) > 1 or (not per_share and len(unique) > 1):
        return
    for draft in unique.values():
        assert isinstance(draft.value, Decimal)  # noqa: S101 - only such are fitted
        start = sentence.start + match.start("number")
        yield Draft(
            concept=draft.concept,
            period=draft.period,
            measure=draft.measure,
            value=amount.copy_sign(draft.value),
            decimals=min(digits - power, draft.decimals) if draft.decimals is not None else digits - power,
            scale=power,
            text=match["number"],
            place=document.place(start, start + len(match["number"])),
            hidden=False,
            statement=StatementKind.PROSE,
            label=draft.label,
            why=Why(
                rule=f"the rounded value of line {draft.place.line if draft.place else ''}, which the sentence names",
                period="the period that the sentence names",
                sign="as the statement's fact",
                confidence=_CONFIDENCE,
            ),
        )


def _rounded(value: Decimal, decimals: int) -> Decimal:
    if decimals >= _fraction_of(value):  # nothing to round, and perhaps no room for the zeros
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _fraction_of(value: Decimal) -> int:
    """How many digits stand behind the point; fewer than none for whole thousands with an exponent."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
