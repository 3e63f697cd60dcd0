"""What the text of a tag means: the transformations of Inline XBRL 1.1, section 9, and of the SEC.

The registries of XBRL International are Arelle's; of the SEC's, which Arelle leaves to a plugin, those are here whose
result cannot be compared as text: words for numbers, and boxes that are ticked or not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.validate import arelle

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.model.inline import Name

_SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_NONE = frozenset({"no", "none"})
_TICKED = {"☐": "false", "□": "false", "☑": "true", "☒": "true", "✓": "true", "✔": "true", "þ": "true", "ý": "true", "x": "true", "o": "false", "¨": "false"}  # fmt: skip


def transformed(format_: Name, text: str) -> str:
    """What ``format_`` makes of ``text``, whose white space is a single blank each.

    ValueError, with the reason, where it takes no such text or is not known here.
    """
    own = _OF_THE_SEC.get(format_.local) if format_.namespace == _SEC else None
    if own is not None:
        return own(text)
    try:
        return arelle.transformed(format_.namespace, format_.local, text)
    except KeyError:
        raise ValueError(f"the transformation {format_} is not known here") from None


def _number_in_words(text: str) -> str:
    """``twenty-five million`` is 25000000; ``no`` and ``none`` are 0."""
    words = [word for word in re.split(r"[\s,-]+", text.lower()) if word and word != "and"]
    if len(words) == 1 and words[0] in _NONE:
        return "0"
    total = group = 0
    for word in words:
        if word in _POWERS:
            total += (group or 1) * 10 ** _POWERS[word]
            group = 0
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SMALL:
            group += _SMALL[word]
        else:
            words = []
            break
    if not words:
        raise ValueError(f"{text!r} is no number in words")
    return str(total + group)


def _box(text: str) -> str:
    if text.lower() not in _TICKED:
        raise ValueError(f"{text!r} is no box that is ticked or not")
    return _TICKED[text.lower()]


_OF_THE_SEC: dict[str, Callable[[str], str]] = {"numwordsen": _number_in_words, "boolballotbox": _box}
