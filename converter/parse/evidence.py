"""The scale of statements that state none, where the stock tells it: par value times shares is the amount of the line.

"Common stock, $.05 par value; 9,100,000 shares issued" beside 455 is in thousands. Counts that are in thousands
themselves, as the amounts are, tell nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.model.statement import Measure
from converter.parse.label_numbers import numbers_in
from converter.parse.labels import join
from converter.parse.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.parse.lines import Entry

_POWERS = {3: "thousands", 6: "millions"}
_LEAST = 10  # a smaller amount is a product by chance too often
_STOCK = re.compile(r"\b(?:par|stated|nominal)\b", re.IGNORECASE)
_AUTHORIZED = re.compile(r"\W*(?:shares?\W+)?(?:are )?authorized\b", re.IGNORECASE)


def scale_by_par(entries: Iterable[Entry]) -> Scale | None:
    """The scale that the lines of stock among ``entries`` tell, with the evidence in words; None where they differ."""
    found = [scale for entry in entries if (scale := _told_by(entry)) is not None]
    return found[0] if found and len({scale.money for scale in found}) == 1 else None


def _told_by(entry: Entry) -> Scale | None:
    """The scale in which every amount of the line is par value times a count of its label, to the last digit printed."""
    if not any(_STOCK.search(row.label) for row in entry.rows):
        return None
    amounts = [abs(token.value) for token in entry.tokens if token is not None and token.value]
    if not amounts or min(amounts) < _LEAST:
        return None
    label = join(entry.rows).text
    numbers = numbers_in(label, ())
    pars = {number.value for number in numbers if number.measure is Measure.PER_SHARE}
    if len(pars) != 1:
        return None
    par = pars.pop()
    issued = [
        number.value.scaleb(number.scale or 0)
        for number in numbers
        if number.measure is Measure.SHARES and not _AUTHORIZED.match(number.after)
    ]
    for power, words in _POWERS.items():
        unit = Decimal(10) ** power
        told = [
            (count, amount) for amount in amounts for count in issued if abs(par * count - amount * unit) * 2 <= unit
        ]
        if {amount for _, amount in told} == set(amounts):
            count, amount = told[0]
            evidence = f"{words}, since {count:,} shares at a par value of {par} make the {amount:,} of {label[:60]!r}"
            return Scale(power, 0, stated=False, words="", evidence=evidence)
    return None
