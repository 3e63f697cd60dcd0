"""What a number format of a spreadsheet shows of a value (ECMA-376 part 1, 18.8.30 and 18.8.31).

The result is for people who read, and for the rules that read printed statements: a negative number always shows that
it is one, a currency sign stands before its number, and a date is in words.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

# The formats that a number names without a code. What is not listed is a date of another language, or General.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "$#,##0_);($#,##0)", 6: "$#,##0_);[Red]($#,##0)", 7: "$#,##0.00_);($#,##0.00)", 8: "$#,##0.00_);[Red]($#,##0.00)",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
} | dict.fromkeys([*range(27, 37), *range(50, 59)], "mm-dd-yy")  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Codes and signs of the currencies whose numbers are told by a sign.
_SIGNS = {"USD": "$", "US$": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SIGN = re.compile("[$€£¥]")
_PART = re.compile(
    r"""(?P<quoted>"[^"]*"?) | \\(?P<escaped>.) | (?P<space>[_*].) | \[(?P<bracket>[^\]]*)\]
      | (?P<general>general) | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?,]*)?|\.[0\#?][0\#?,]*) | (?P<clock>am/pm|a/p)
      | (?P<exponent>e[+-]) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LETTER, _YEAR = re.compile(r"[^\W\d_]"), re.compile(r"(?:19|20)\d\d")
_TAIL = re.compile(r"\s*[A-Za-z]+\s*$")
# A spreadsheet keeps fifteen digits of a number, and shows eleven where its format says nothing.
_KEPT, _SHOWN = Context(prec=15), 11
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_LONGEST_WHOLE = 24
_PERCENT = Decimal(100)
_WORDS = frozenset({"text", "percent"})
_LAST_DAY = 2_958_465  # 31 December 9999
_FIRST_DAYS, _FIRST_DAYS_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Shown(NamedTuple):
    """What a cell shows. ``power`` is the power of ten by which the number that it shows is smaller than its value.

    ``is_turned`` is true where a positive value is shown as a negative number, ``is_worded`` where words are part of it.
    """

    text: str
    power: int = 0
    is_turned: bool = False
    is_worded: bool = False


class _Section(NamedTuple):
    """One of the up to four parts of a format: what it shows, in pieces, and of which values where it says so.

    A piece is a kind, one of ``text``, ``percent``, ``digits``, ``general``, ``date`` and ``number`` (a way to write a
    number that no statement is printed in), and its text.
    """

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    @property
    def is_date(self) -> bool:
        return any(kind == "date" for kind, _ in self.pieces)


def show(value: Decimal, code: str, *, is_1904: bool = False) -> Shown:
    """What a cell with ``value`` and the format ``code`` shows; ``is_1904``: its days are counted from 1904.

    A year, a month or a day stands in the text only where the format shows it, in words: ``June 30, 2012``.
    """
    sections = _sections(code)
    section, is_signed = _chosen(sections, value)
    if section.is_date:
        return Shown(_date(value, section, is_1904=is_1904))
    return _number(value, section, is_signed=is_signed)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    pieces: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for match in _PART.finditer(code):
        kind = match.lastgroup
        if kind == "other" and match["other"] == ";":
            found.append(_Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif kind == "bracket":
            stated = _CONDITION.fullmatch(match["bracket"])
            condition = (stated[1], Decimal(stated[2])) if stated else condition
            if match["bracket"].startswith("$"):
                name = match["bracket"][1:].partition("-")[0]
                pieces.append(("text", _SIGNS.get(name.upper(), name)))
            elif _ELAPSED.fullmatch(match["bracket"]):
                pieces.append(("date", "h"))
        else:
            pieces.append(_piece(match))
    found.append(_Section(tuple(pieces), condition))
    return tuple(found)


def _piece(match: re.Match[str]) -> tuple[str, str]:
    kind, text = match.lastgroup, match.group()
    if kind == "quoted":
        return "text", text.strip('"')
    if kind == "escaped":
        return "text", match["escaped"]
    if kind == "space":
        return "text", " "
    if kind in {"general", "digits"}:
        return kind, text
    if kind == "exponent":
        return "number", text
    if kind == "clock" or text.lower() in "dmyhs":
        return "date", text.lower()
    return {"/": "number", "%": "percent"}.get(text, "text"), text


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """The section that shows ``value``, and whether a minus is to be set before a negative number by itself."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _holds(section.condition, value):
                return section, section is sections[0] or len(sections) < 3
        return _Section((("general", ""),), None), True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if not value and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    return (
        ("<" in sign and value < limit)
        or (">" in sign and value > limit)
        or ("=" in sign and value == limit)
    )  # fmt: skip


def _number(value: Decimal, section: _Section, *, is_signed: bool) -> Shown:
    kinds = [kind for kind, _ in section.pieces]
    if "digits" not in kinds or "number" in kinds:
        written = "" if "general" not in kinds and "number" not in kinds else _general(abs(value))
        power = 0
        at = next((at for at, kind in enumerate(kinds) if kind in {"general", "digits", "number"}), len(kinds))
    else:
        at = kinds.index("digits")
        code = section.pieces[at][1]
        written, power = _digits(abs(value) * _PERCENT ** kinds.count("percent"), code)
    before = "".join(text for kind, text in section.pieces[:at] if kind in _WORDS)
    behind = "".join(text for kind, text in section.pieces[at:] if kind in _WORDS)
    if power:  # "1.2M": the letter says what the power does
        behind = _TAIL.sub("", behind)
    if not written:
        return Shown(" ".join(f"{before}{behind}".split()))
    return _signed(value, (before, written, behind), power, is_signed=is_signed)


def _signed(value: Decimal, parts: tuple[str, str, str], power: int, *, is_signed: bool) -> Shown:
    """The number with a sign where it is negative: the format's own, or, where that shows none, brackets."""
    written = parts[1]
    before, behind = (words.replace("US$", "$").replace("+", "") for words in parts[::2])
    has_brackets, has_minus = "(" in before and ")" in behind, "-" in before
    if not any(digit in written for digit in "123456789"):  # what rounds to nothing has no sign
        before, behind = before.replace("(", "").replace("-", ""), behind.replace(")", "")
    elif value < 0 and not has_brackets and not has_minus:
        if is_signed:
            before = f"-{before.lstrip()}"
        else:
            before, behind = f"({before.lstrip()}", f"{behind.rstrip(' -')})"
    is_turned = value > 0 and (has_brackets or has_minus)
    sign = _SIGN.search(behind)
    if sign:
        before, behind = f"{sign.group()}{before.lstrip()}", _SIGN.sub("", behind)
    text = re.sub(r"(?<=[(-]) | (?=[)%])", "", " ".join(f"{before}{written}{behind}".split()))
    is_worded = _LETTER.search(text) is not None and not _YEAR.fullmatch(written)
    return Shown(text, power, is_turned, is_worded)


def _digits(value: Decimal, code: str) -> tuple[str, int]:
    """``value`` as ``code`` (``#,##0.0,``) writes it without a sign, and by what power of ten it is shown smaller."""
    whole_code, _, fraction_code = code.partition(".")
    whole, fraction = whole_code.rstrip(","), fraction_code.replace(",", "")
    commas = len(whole_code) - len(whole) + fraction_code.count(",")
    kept = _KEPT.create_decimal(value)
    if kept.adjusted() > _LONGEST_WHOLE:
        return str(kept), 0
    rounded = kept.scaleb(-3 * commas).quantize(Decimal(1).scaleb(-len(fraction)), context=_EXACT)
    digits, _, behind = f"{rounded:f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    least = max((at for at, place in enumerate(fraction, 1) if place == "0"), default=0)
    behind = behind[:least] + behind[least:].rstrip("0")
    if "," in whole and digits:
        digits = f"{int(digits):,}".rjust(len(digits), "0")
    return (f"{digits}.{behind}" if behind else digits), 3 * commas


def _general(value: Decimal) -> str:
    """``value``, which is not negative, in up to eleven digits; one with more before the point is written in full."""
    kept = _KEPT.create_decimal(value)
    room = max(_SHOWN - 1 - max(kept.adjusted() + 1, 1), 0)
    if kept.adjusted() > _LONGEST_WHOLE:
        return str(kept)
    text = f"{kept.quantize(Decimal(1).scaleb(-room), context=_EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: Decimal, section: _Section, *, is_1904: bool) -> str:
    """The day that ``value`` counts in words, as far as the format shows day, month and year; else the time of day."""
    if not 0 <= value <= _LAST_DAY:
        return _general(abs(value))
    day = (_FIRST_DAYS_1904 if is_1904 else _FIRST_DAYS) + timedelta(days=int(value))
    letters = "".join(text for kind, text in section.pieces if kind == "date")
    has_day, has_year = re.search(r"(?<!d)dd?(?!d)", letters) is not None, "y" in letters
    has_month = "mmm" in letters or ("m" in letters and (has_day or has_year))
    words = (f"{_MONTHS[day.month - 1]} {day.day}" if has_day else _MONTHS[day.month - 1]) if has_month else ""
    if words or has_year:
        return f"{words}{', ' if has_day and words and has_year else ' ' if words and has_year else ''}{day.year if has_year else ''}"
    minutes = int(value % 1 * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
