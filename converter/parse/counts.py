"""What the lines of a statement count where their words alone mislead, and in what scale counts of shares are printed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.statement import Measure, StatementKind
from converter.parse.amounts import fraction_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model.statement import Amount
    from converter.parse.amounts import Token
    from converter.parse.label_numbers import LabelNumber
    from converter.parse.scale import Scale

_POWERS = {"0": 3, "t": 3, "m": 6}
# A scale in brackets behind words of shares: "Shares used in the calculation (000's)".
_TOLD = re.compile(r"\((?:in |shares in )?(?:(0)00[’']?s?|(t)housands|(m)illions)\)\s*:?$", re.IGNORECASE)
_COUNT_OF_SHARES = re.compile(r"\bnumber of\b|\((?:in )?shares\)", re.IGNORECASE)
# No company has more shares; a count beyond was printed in full.
_MOST_SHARES = Decimal(10) ** 11
_LARGEST_PER_SHARE = 10_000


def settled(
    measures: Sequence[Measure],
    labels: Sequence[str],
    tokens: Sequence[Sequence[Token]],
    kind: StatementKind,
    scale: Scale,
) -> list[Measure]:
    """What each line counts, by ``measures``, what its words say, and by the lines around it.

    Cash flows of "shares issued" are money. Below an amount per share, one with cents is another, where the money is
    in thousands or millions and shows none.
    """
    found = list(measures)
    with_cents = any(
        _shows_cents(line) for line, measure in zip(tokens[: _first_per_share(found)], found, strict=False)
        if measure is Measure.MONEY
    )  # fmt: skip
    above = None
    for index, (label, line) in enumerate(zip(labels, tokens, strict=True)):
        if not line:
            continue
        if kind is StatementKind.CASH_FLOW and found[index] is Measure.SHARES and not _COUNT_OF_SHARES.search(label):
            found[index] = Measure.MONEY
        is_between = above is Measure.PER_SHARE and found[index] is Measure.MONEY
        if is_between and scale.money and not with_cents and _shows_cents(line):
            found[index] = Measure.PER_SHARE
        above = found[index]
    return found


def _first_per_share(measures: Sequence[Measure]) -> int:
    return measures.index(Measure.PER_SHARE) if Measure.PER_SHARE in measures else len(measures)


def _shows_cents(tokens: Sequence[Token]) -> bool:
    shown = [token for token in tokens if token.value]
    return bool(shown) and all(
        fraction_digits(token.text) >= 2 and abs(token.value or Decimal(0)) < _LARGEST_PER_SHARE for token in shown
    )


def power_of_line(label: str, section: Sequence[str], tokens: Iterable[Token], scale: Scale) -> int:
    """The power of ten of the share counts of a line: its words' or its nearest caption's, else the statement's.

    Counts that would be more than any company has are printed in full; so are those of which words say that they are
    in thousands, and that all end in three zeros.
    """
    counts = [abs(token.value) for token in tokens if token.value]
    for words in (label, *reversed(section)):
        told = _TOLD.search(words)
        if told:
            power = _POWERS[next(filter(None, told.groups())).lower()]
            if not _are_beyond(counts, power) and any(count % 10**power for count in counts):
                return power
            break
    return 0 if _are_beyond(counts, scale.shares) else scale.shares


def _are_beyond(counts: Iterable[Decimal], power: int) -> bool:
    return any(count.scaleb(power) >= _MOST_SHARES for count in counts)


def power_in_label(
    number: LabelNumber, numbers: Sequence[LabelNumber], amounts: Sequence[Amount | None], scale: Scale
) -> int:
    """The power of ten of a share count among the ``numbers`` of a label; counts are often printed in full there.

    The par value tells, where it times a count is the amount of the line; else a heading that speaks of the shares
    apart; else what is likely: a count of more than a thousand million in thousands was printed in full.
    """
    told = next((power for power in (0, scale.shares) if _is_told(power, numbers, amounts)), None)
    if told == 0:
        return 0
    if scale.shares_apart:
        return scale.shares
    likely = Decimal(10) ** ((9 if scale.shares == 3 else 11) + (told is not None))
    return 0 if number.value.scaleb(scale.shares) >= likely else scale.shares


def _is_told(power: int, numbers: Sequence[LabelNumber], amounts: Sequence[Amount | None]) -> bool:
    """Whether par value times a count at ``power`` is an amount of the line."""
    par = next((number.value for number in numbers if number.measure is Measure.PER_SHARE), None)
    if not par:
        return False
    counts = [n.value.scaleb(power) for n in numbers if n.measure is Measure.SHARES and n.scale is None]
    return any(
        abs(par * count - abs(amount.value)) <= max(abs(amount.value) / 50, Decimal(5).scaleb(-amount.decimals - 1))
        for amount in amounts
        if amount is not None and amount.value
        for count in counts
    )
