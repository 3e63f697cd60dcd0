"""Scale, currency and measure: what one printed unit stands for."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import Measure
from converter.parse.amounts import fraction_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model.statement import Line
    from converter.parse.amounts import Token

_SCALES = (
    (3, re.compile(r"\b(?:in|of|\$) ?(?:u\.?s\.? )?(?:dollars )?(?:in )?thousands\b|\bthousands of\b|[\"'(\s$£€¥]0{3}['’]?s?\b(?: omitted)?|\bthousands\b")),
    (6, re.compile(r"\b(?:in|of|\$) ?(?:u\.?s\.? )?(?:dollars )?(?:in )?millions\b|\bmillions of\b|\bmillions\b|0{3},0{3}['’]?s? omitted")),
    (9, re.compile(r"\bin billions\b|\bbillions of\b")),
)  # fmt: skip
# A scale that is said of share counts alone, whatever the money is in.
_OF_SHARES = re.compile(
    r"\bshares?(?: amounts?| data)?,?(?: which)?(?: are)?(?: (?:reflected|stated|shown|expressed))? in (thousands|millions)\b"
)
# A heading names the currency beside the scale, or says that the amounts are expressed in it.
_SAID_OF_ALL = (
    r"\b(?:thousands|millions|billions) of (?<![\w$]){name}(?!\w)"
    r"|(?<![\w$.]){name}(?!\w)(?: amounts)?,? (?:in )?(?:thousands|millions|billions)\b"
    r"|\b(?:expressed|stated|presented|reported|amounts|figures)(?: are)? in {name}(?!\w)"
    r"|^\W*(?:all )?(?:in )?{name}\W*$|(?<![\w$.]){name} ?['’]?000(?![\d,.])"
)
_POWERS = {"thousands": 3, "millions": 6}
_EXCEPT_SHARES = re.compile(r"\bexcept\b.*?(?<!per )(?<!per-)\bshares?\b(?! amount)")
_PERHAPS = re.compile("thousands|millions|billions|000")
_SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY"}
# The currencies that a heading may name, beside the signs. The first that fits is meant.
_NAMES = (
    ("CAD", r"canadian (?:dollars|\$)|cdn\.? ?(?:dollars|\$)|c\$|can\$"),
    ("AUD", r"australian (?:dollars|\$)|a\$|aud\b"),
    ("NZD", r"new zealand (?:dollars|\$)|nz\$"),
    ("HKD", r"hong kong (?:dollars|\$)|hk\$"),
    ("SGD", r"singapore (?:dollars|\$)|s\$"),
    ("TWD", r"(?:new )?taiwan(?:ese)? (?:dollars|\$)|nt\$"),
    ("BRL", r"(?:brazilian )?reais|r\$"),
    ("USD", r"u\.? ?s\.? ?(?:dollars|\$)|united states dollars|dollars|\$"),
    ("EUR", r"euros?|€"),
    ("GBP", r"(?:british |u\.?k\.? )?pounds(?: sterling)?|£"),
    ("JPY", r"(?:japanese )?yen|¥"),
    ("CHF", r"swiss francs|chf|sfr"),
    ("SEK", r"swedish kron(?:or|a)|sek"),
    ("NOK", r"norwegian kroner|nok"),
    ("DKK", r"danish kroner|dkk"),
    ("MXN", r"(?:mexican )?(?:pesos|ps\.)"),
    ("ILS", r"(?:new )?(?:israeli )?shekels|nis"),
    ("CNY", r"renminbi|rmb|(?:chinese )?yuan"),
    ("INR", r"(?:indian )?rupees|rs\."),
    ("KRW", r"(?:korean )?won"),
    ("ZAR", r"(?:south african )?rand"),
)
# What a heading that names one has; the names themselves take long to look for.
_PERHAPS_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollar|euro|pound|yen|franc|chf|sfr|kron|sek|nok|dkk|peso|ps\.|shekel|nis|rmb|renminbi|yuan|rupee|rs\.|aud\b|reais|won|rand)",
    re.IGNORECASE,
)


@cache
def _said_of_all(name: str) -> re.Pattern[str]:
    """What a heading says where ``name`` is the currency of all; made for the names that are met."""
    return re.compile(_SAID_OF_ALL.format(name=rf"(?:{name})"), re.IGNORECASE)


class Scale(NamedTuple):
    """Powers of ten for money and share counts, whether the source states one, and the words that do.

    ``shares_apart`` is whether those words state one for the shares alone. ``evidence`` says what tells the scale where no words state it.
    """

    money: int
    shares: int
    stated: bool
    words: str
    evidence: str = ""
    shares_apart: bool = False


def read_scale(texts: Iterable[str]) -> Scale:
    """The scale that the first of ``texts`` to speak of one states; units where none does.

    "Except per share data" leaves share counts scaled; "except share data" does not.
    """
    for text in texts:
        lower = text.lower()
        if not _PERHAPS.search(lower):
            continue
        of_shares = _OF_SHARES.search(lower)
        apart = _EXCEPT_SHARES.search(lower)
        for power, pattern in reversed(_SCALES):
            if pattern.search(_OF_SHARES.sub(" ", lower)):
                shares = _POWERS[of_shares[1]] if of_shares else 0 if apart else power
                return Scale(power, shares, True, " ".join(text.split()), shares_apart=of_shares is not None)
        for power, pattern in reversed(_SCALES):  # "dollars and shares in thousands" is said of both
            if of_shares and pattern.search(lower):
                return Scale(power, power, True, " ".join(text.split()))
    return Scale(0, 0, False, "")


def scale_of(lines: Iterable[Line], said: Scale) -> int:
    """The power of ten of the money of ``lines``: the one that is stated or told, else the one that all of it is shown in."""
    if said.stated or said.evidence:
        return said.money
    amounts = (amount for line in lines for amount in line.amounts if amount is not None and amount.value)
    shown = {amount.scale for amount in amounts if amount.measure is Measure.MONEY}
    return shown.pop() if len(shown) == 1 else said.money


def read_currency(texts: Iterable[str], amounts: str) -> str:
    """The ISO 4217 code of the currency that one of ``texts``, the headings, names; else that of the sign that the
    money bears in ``amounts``; dollars where there is none.
    """
    for text in texts:
        words = " ".join(text.split())
        if not _PERHAPS_MONEY.search(words):
            continue
        for code, name in _NAMES:
            if re.search(name, words, re.IGNORECASE) and _said_of_all(name).search(words):
                return code
    for sign, code in _SIGNS.items():
        if sign in amounts and "$" not in amounts:
            return code
    return "USD"


_SHARE_COUNT = re.compile(
    r"\b(?:weighted|average|number|used|outstanding|issued|equivalents?|diluted|basic)\b.*\b(?:shares|units)\b"
    r"|\bshares\b.*\b(?:outstanding|used|authorized|issued|basic|diluted)\b|^shares\b"
)
# What is paid or got for shares is money: "Purchase of shares issued to employees".
_MOVED = re.compile(
    r"(?:re)?(?:purchases?|issuances?|sales?|acquisitions?|proceeds|payments?|redemptions?|dividends?)\b"
)
_PER_SHARE = re.compile(r"\bper\b.{0,30}?\b(?:shares?|units?|ads)\b|\b(?:earnings|income|loss) a share\b")
_SHARE_WORDS = re.compile(r"\b(?:basic|diluted|primary|fully diluted)\b")
# "Net income applicable to common shares" is an amount of money, or of money for each.
_RESULT = re.compile(r"(?:net )?(?:income|loss|earnings)\b")
_DETAIL = re.compile(r"[$\d]")
# What every label or caption of shares, or of amounts for each, has.
_COUNTED = re.compile(r"shares?\b|units?\b|\bads\b")
_DOLLARS_PER_SHARE_LIMIT = 10_000


def measure_of(label: str, section: tuple[str, ...], tokens: Iterable[Token]) -> Measure:
    """What the amounts ``tokens`` of a line count.

    Words decide, and the numbers must bear them out: a per-share amount of tens of thousands is none.
    """
    # What follows the first number in a label is detail: "Common stock, $1 par value; 100 shares issued" is money.
    lower = _DETAIL.split(label, maxsplit=1)[0].lower()
    shown = [token for token in tokens if token.value is not None]
    if shown and all(token.percent for token in shown):
        return Measure.PERCENT
    if not _COUNTED.search("\n".join([lower, *section]).lower()):
        return Measure.MONEY
    digits = [fraction_digits(token.text) for token in shown]
    own_words = _PER_SHARE.search(lower)
    small = all(abs(token.value or Decimal(0)) < _DOLLARS_PER_SHARE_LIMIT for token in shown)
    is_money = _RESULT.match(lower) or _MOVED.match(lower)
    if _SHARE_COUNT.search(lower) and not is_money and not (own_words and 2 in digits):
        return Measure.SHARES
    if own_words and small:
        return Measure.PER_SHARE
    captions = [_DETAIL.split(caption, maxsplit=1)[0].lower() for caption in section]
    above = captions[-1] if captions else ""
    under_caption = _PER_SHARE.search(above) or (
        (_SHARE_WORDS.search(lower) or _SHARE_WORDS.search(above))
        and any(_PER_SHARE.search(caption) for caption in captions)
        and not _SHARE_COUNT.search(above)
    )
    if under_caption and small and max(digits, default=0) >= 2:
        return Measure.PER_SHARE
    if (
        _SHARE_COUNT.search(above)
        and not _RESULT.match(lower)
        and (_SHARE_WORDS.search(lower) or not _PER_SHARE.search(above))
    ):
        return Measure.SHARES
    return Measure.MONEY
