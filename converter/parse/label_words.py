"""What the words around a number in a label say: what it counts, whether brackets make it negative, that there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model.statement import Measure
from converter.parse.periods import DATE, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

# A count of shares in words: there are none.
NONE = re.compile(
    r"(?<![\w-])(?:none|no(?= (?:preferred |common |preference )?(?:shares|units)\b))(?!\w)", re.IGNORECASE
)
_STATE = r"(?:authorized|issued|outstanding)"
_STATE_BEFORE = re.compile(rf"\b{_STATE}[\s:–—-]*$", re.IGNORECASE)
_STATE_AFTER = re.compile(
    rf"(?: (?:preferred |common |preference )?(?:shares|units))?,?(?: (?:were|are|is))? {_STATE}\b", re.IGNORECASE
)
_PAR = re.compile(r"\b(?:par|stated|nominal)\b")
_PAR_BEFORE = re.compile(r"\b(?:par|stated|nominal) value(?: of)?[,:]?$")
_SHARES = re.compile(r"\b(?:shares?|units?|authorized|issued|outstanding)\b")
_SHARES_AFTER = re.compile(
    r"(?:(?:thousand|million|billion) )?(?:(?:common |preferred |treasury |issued |authorized )?(?:shares?|units?)"
    r"|authorized|issued|outstanding)\b"
)
_SHARES_BEFORE = re.compile(r"\b(?:shares?|authorized|issued|outstanding|held|and|,)[\s:,–—-]*$")
_STOCK_BEFORE = re.compile(r"\b(?:treasury|common|preferred|preference|capital) (?:stock|shares)[\w\s]*\($")
_WHEN_BEFORE = re.compile(rf"(?:\b(?:at|as of|in) )?(?:{DATE.pattern}|{YEAR})\s*[:–—-]?\s*$", re.IGNORECASE)
_PER_SHARE_AFTER = re.compile(r"\s*(?:per|a|each)\b[\w\s]{0,30}\bshares?\b|\s*(?:per|a) share\b")
_MONEY = re.compile(
    r"\b(?:allowances?|reserves?|depreciation|amortization|tax(?:es)?|discounts?|interest|cost|value|preference)\b[\w\s,]*(?:\bof|:)$"
)
_DOLLAR = re.compile(r"\$\s?(?:\(\s?)?$")
_OPENED = re.compile(r"(?:\$\s*\(|\b(?:of|and)\s*\(\s*\$?)\s*$")
# What stands between the numbers of one series.
JOINED = re.compile(
    r"\s*(?:\)\s*)?(?:(?:thousand|million|billion)\b\s*)?(?:(?:shares?|units?)\s*)?(?:and|,(?:\s*and)?|/)[\s$]*(?:\([\s$]*)?",
    re.IGNORECASE,
)
# What stands between two numbers of one kind, each with its date: "12.4 million shares in 1998; 11.8 million in 1997".
_PARALLEL = re.compile(
    r"\s*(?:(?:thousand|million|billion)\s*)?(?:(?:shares?|units?)\s*)?\b(?:in|at)\s[\w .,]{4,20}?(?:[;,]|\band\b)\s*",
    re.IGNORECASE,
)
# What stands between a year and its number.
YEAR_BEFORE = re.compile(r"\s*[,:–—-]\s*\$?\s*")


def words_for_none(label: str) -> Iterator[re.Match[str]]:
    """The words that say of shares that there are none: "none issued", "no shares outstanding", "issued - none"."""
    for match in NONE.finditer(label):
        if _STATE_AFTER.match(label, match.end()) or _STATE_BEFORE.search(label[: match.start()]):
            yield match


def is_negative(before: str, after: str, follows: bool) -> bool:
    """Whether brackets of its own stand around a number, as in "tax of $(11)"; those of a remark are no sign."""
    return after.startswith(")") and bool(
        _OPENED.search(before) or (follows and "(" in before and JOINED.fullmatch(before))
    )


def measure_in(before: str, after: str, rest: str, previous: Measure | None) -> Measure | None:
    """What a number counts, by the words ``before`` and ``after`` it up to the next numbers; None where they do not say.

    ``rest`` are all the words behind it, ``previous`` is what the number before it counts.
    """
    near_before = before.lower().rstrip(" $(") if after.startswith(")") else before.lower().rstrip(" $")
    near_after = after.lower().lstrip()
    if near_after.startswith("%"):
        return None
    if _SHARES_AFTER.match(near_after):
        return Measure.SHARES
    if _PAR.search(near_after[:14]) or _PAR_BEFORE.search(near_before) or _PER_SHARE_AFTER.match(near_after):
        return Measure.PER_SHARE
    if _DOLLAR.search(before):
        return Measure.MONEY
    if _STOCK_BEFORE.search(before.lower()) and not after.startswith(")"):  # else it may be a note's number
        return Measure.SHARES
    near_before = _WHEN_BEFORE.sub("", near_before).rstrip()
    if _SHARES_BEFORE.search(near_before) and _SHARES.search(f"{near_before} {rest.lower()}"):
        return Measure.SHARES
    if previous is Measure.SHARES and YEAR_BEFORE.search(before):
        return Measure.SHARES  # "outstanding: 1997, 7,410; 1996, 7,280"
    if previous in {Measure.SHARES, Measure.MONEY} and _PARALLEL.fullmatch(before):
        return previous
    return Measure.MONEY if _MONEY.search(near_before) else None
