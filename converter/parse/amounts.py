"""Numbers as statements print them: separators, currency signs, brackets, dashes and words for nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

# A number: digits grouped by commas, or bare, with or without a fraction; ".07" has no whole part.
# The digits are those of ASCII: XBRL knows no others.
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
# What is longer is a damaged line or a code: decimals are exact to 28 digits, with scale and fraction.
LONGEST_NUMBER = 24
# One to three hyphens, a dash, or a word for nothing or for "not meaningful"; "-0-" is a number. One that touches a word is
# a hyphen or a sign.
_NOTHING = r"(?<![\w$.(-])(?:-{1,3}|[—–]|[Nn]/[AaMm]|NM|nm|nil|NIL)(?![\w-])"

_TOKEN = re.compile(
    rf"""(?=[$£€¥(\d.−–—nN-])(?:(?P<currency>[$£€¥])[ ]*)?
         (?:(?P<open>\()[ ]*)?(?:(?P<inner>[$£€¥])[ ]*)?
         (?P<minus>(?<!\w)[-−–](?:[$£€¥][ ]*|[ ]?[$]?[ ]?)(?=\.?\d))?
         (?:(?(minus)(?P<minused>{NUMBER})|(?P<number>(?<![\w.,/-])(?:{NUMBER})))
           |(?P<nothing>(?<=[$£€¥])(?:-{{1,3}}|[—–])(?![\w-])|{_NOTHING}))
         (?:(?<=-0)-(?![\w-]))?(?P<percent>[ ]?%)?
         (?P<close>[ ]?\))?(?P<after>[ ]?%)?
         (?:(?:\(\d\)|[ ]?\([a-z]\)|[ ]?\*{{1,2}})(?=[\s$(]|$))?""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A number on the page.

    ``left:right`` are the positions of ``text`` itself, ``full_left:full_right`` those with its signs.
    ``value`` is as printed, with the sign that brackets or a minus give it; None for nothing.
    """

    text: str
    value: Decimal | None
    left: int
    right: int
    full_left: int
    full_right: int
    percent: bool
    currency: bool

    @property
    def is_year(self) -> bool:
        """True for a bare number that can be a calendar year."""
        return len(self.text) == 4 and self.text.isdigit() and self.text[:2] in {"19", "20"} and not self.currency

    @property
    def is_void(self) -> bool:
        """True for words that stand where an amount is not meaningful: it is not reported, not even as zero."""
        return self.text[-1] in "mM"


def parse_number(text: str) -> Decimal:
    """``"1,234.5"`` to ``Decimal("1234.5")``; the text is a match of ``NUMBER``."""
    return Decimal(text.replace(",", ""))


def fraction_digits(text: str) -> int:
    """How many digits stand behind the decimal point."""
    return len(text.partition(".")[2])


def tokens_of(text: str) -> tuple[Token, ...]:
    """The numbers of the trailing run of ``text``: those with nothing but space between them and the line's end."""
    stripped = text.rstrip(" |")
    if not stripped or stripped[-1] not in _LAST:
        return ()
    words = _WORDS.match(text)
    run: list[Token] = []
    for match in _TOKEN.finditer(text, words.end() if words else 0):
        token = _token(match)
        if len(token.text) > LONGEST_NUMBER:
            return ()
        if run and text[run[-1].full_right : token.full_left].strip(" |_"):
            run.clear()
        run.append(token)
    if run and text[run[-1].full_right :].strip(" |"):
        return ()
    return tuple(run)


# No token holds four letters in a row: the trailing run starts behind the last such word.
_WORDS = re.compile(r".*[A-Za-z]{4}")
_LAST = frozenset("0123456789)-—–%*aAlLmM")


def _token(match: re.Match[str]) -> Token:
    group = "number" if match["number"] else "minused" if match["minused"] else "nothing"
    text = match[group]
    left, right = match.span(group)
    opened = bool(match["open"])
    # An opening bracket without its closing one belongs to the words before: "(net of 23".
    full_left = match.start() if not opened or match["close"] else left
    full_right = match.end()
    if match["close"] and not opened:
        full_right = match.start("close")
    value = None if group == "nothing" else parse_number(text)
    negative = (opened and match["close"]) or match["minus"]
    return Token(
        text=text,
        value=-value if value and negative else value,
        left=left,
        right=right,
        full_left=full_left,
        full_right=full_right,
        percent=bool(match["percent"] or match["after"]),
        currency=bool(match["currency"] or match["inner"]),
    )
