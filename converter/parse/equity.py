"""Statements whose columns are the components of equity: each line has a period of its own, told by the balances.

A line between two balances is of the time from the one to the other.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from converter.model.periods import Period
from converter.model.statement import UNTOLD, Column, Measure
from converter.parse.periods import Hint, beside_period, duration, read_hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_BALANCE = re.compile(
    r"\bbalances?\b|\b(?:equity|deficit|deficiency|capital)\b\s*(?:\([^)]*\))?\s*,?\s*(?:at|as of)?\s*\W*$",
    re.IGNORECASE,
)
# The first words of the first line of such a statement.
BALANCE_LABEL = re.compile(r"balances?\b(?! sheet)", re.IGNORECASE)
_SHARES = re.compile(r"\b(?:number of )?(?:shares|units)(?: (?:issued|outstanding))*\b(?!['’])", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:amounts?|dollars|value|\(in \w+\))\b(?!\s*\w)", re.IGNORECASE)
_WHOLE = re.compile(
    r"^total$|^(?:total )?(?:stock|share)[- ]*(?:holders|owners)['’]?s?['’]? (?:equity|deficit|investment)(?: \(?deficit\)?)?$"
    r"|^total (?:equity|deficit)$",
    re.IGNORECASE,
)
_ONE_DAY = timedelta(days=1)


def balance_dates(labels: Sequence[str]) -> dict[int, date]:
    """The lines that are balances, with their dates; fewer than two tell no periods, and none is given then."""
    found = {}
    for index, label in enumerate(labels):
        hint = read_hint(label)
        end, beside = hint.end(), beside_period(label)
        is_day = hint.day is not None and hint.months is None and not beside  # "At December 31, 1997"
        if end is not None and (is_day or _BALANCE.search(beside)):
            found[index] = end
    return found if len(found) > 1 else {}


def line_periods(count: int, balances: dict[int, date]) -> list[Period | None]:
    """The period of each of ``count`` lines; None above the first balance and below the last."""
    periods: list[Period | None] = [None] * count
    ordered = sorted(balances.items())
    for (start, opening), (end, closing) in itertools.pairwise(ordered):
        if opening < closing:
            for index in range(start + 1, end):
                periods[index] = Period(closing, opening + _ONE_DAY)
    for index, day in ordered:
        periods[index] = Period(day)
    return periods


def year_periods(captions: Sequence[str | None], end: Hint) -> list[Period | None]:
    """The period of each line where captions above say nothing but a year, "1997" or "Year ended December 31, 1997".

    ``captions`` has the words of a caption, None for a line with amounts; ``end`` is the day on which the years end,
    where a caption leaves it out.
    """
    periods: list[Period | None] = []
    current: Period | None = None
    for caption in captions:
        hint = read_hint(caption) if caption else Hint()
        if hint.year is not None and caption and not beside_period(caption):
            current = duration(hint.filled(Hint(12)).filled(end))
        periods.append(current)
    return periods


def component_columns(headers: Sequence[str]) -> tuple[tuple[Column, ...], tuple[Measure | None, ...]]:
    """The columns under ``headers``, each of a component or of the whole, and what each counts where its header says so.

    Two columns of one component that count the same cannot be told apart: they keep no part, and lose their numbers.
    """
    texts = [" ".join(header.split()) for header in headers]
    measures = tuple(Measure.SHARES if _SHARES.search(text) else None for text in texts)
    parts = _shared([_component(text) for text in texts], texts)
    named = Counter(zip(parts, measures, strict=True))
    columns = []
    for text, part, measure in zip(texts, parts, measures, strict=True):
        alike = named[part, measure] > 1 or (not part and not text)
        reason = f"nothing tells the column {text!r} from another" if alike else f"column header {text!r}"
        columns.append(Column(header=text, period=None, reason=reason, part=UNTOLD if alike else part))
    return tuple(columns), measures


def _shared(parts: Sequence[str], texts: Sequence[str]) -> list[str]:
    """``parts`` where a column that only says "shares" or "amount" is of the component that stands above the other."""
    found = list(parts)
    for index, (part, text) in enumerate(zip(parts, texts, strict=True)):
        if part or not text or _WHOLE.search(" ".join(text.split())):
            continue
        beside = index + 1 if _SHARES.search(text) else index - 1
        if 0 <= beside < len(parts):
            found[index] = parts[beside]
    return found


def _component(text: str) -> str:
    """The component that a header names; empty for the whole."""
    words = " ".join(_BESIDE.sub(" ", _SHARES.sub(" ", beside_period(text))).split())
    return "" if _WHOLE.search(words) else words
