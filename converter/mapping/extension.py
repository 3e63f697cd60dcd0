"""Elements of the company's own, for lines that no row of the table claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.mapping.balances import balance_of_own
from converter.mapping.words import normal_form, without_accents
from converter.model.report import Concept, Extension
from converter.model.statement import Measure, StatementKind
from converter.taxonomy import MONETARY, PER_SHARE, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from converter.model.report import Entity
    from converter.model.statement import Line

_TYPES = {
    Measure.MONEY: MONETARY,
    Measure.SHARES: SHARES,
    Measure.PER_SHARE: PER_SHARE,
    Measure.PERCENT: "xbrli:pureItemType",
}
# "Less: restricted cash included in other assets", below the balances of cash.
_CASH_HELD = re.compile(
    r"\bcash\b.*(?:\b(?:included|classified|reported|presented) (?:in|within|as)\b|, (?:end|beginning) of (?:the )?(?:year|period)|"
    r" at (?:the )?(?:end|beginning) of)",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:changes?|increases?|decreases?|provided|used|paid|received|flows?|from|acquired|effects?)\b", re.IGNORECASE
)
_LONGEST_NAME = 120
# Words of many companies' names, as their normal form has them.
_COMMON_WORDS = frozenset(
    {"first", "new", "of", "and", "in", "inc", "corp", "co", "company", "corporation", "ltd", "llc"}
)


def own_concept(line: Line, kind: StatementKind, section: str, weight: int | None, prefix: str) -> Concept:
    """An element for ``line``: named from its label and its section, with the type that its amounts have."""
    measure = next(amount.measure for amount in line.amounts if amount is not None)
    words = line.label or f"{line.section[-1] if line.section else kind.value} subtotal"
    name = _joined(_head(words))
    if kind is StatementKind.CASH_FLOW and section == "working-capital":
        name = f"IncreaseDecreaseIn{name}"
    if not name[:1].isalpha():
        name = f"Item{name}"
    return Concept(
        name=f"{prefix}:{name[:_LONGEST_NAME]}",
        type=_TYPES[measure],
        period_type="instant" if _is_balance(line, kind) else "duration",
        balance=balance_of_own(line, kind, section, weight) if measure is Measure.MONEY else "",
        label=" ".join(words.split()),
    )


def _is_balance(line: Line, kind: StatementKind) -> bool:
    """Whether a line shows what there is on a day: all of a balance sheet, and cash that a cash flow statement places."""
    if kind is StatementKind.CASH_FLOW:
        return bool(_CASH_HELD.search(line.label)) and not _MOVES.search(line.label)
    return kind is StatementKind.BALANCE_SHEET or (line.period is not None and line.period.is_instant)


def own_concept_of_words(words: str, measure: Measure, prefix: str, *, instant: bool) -> Concept:
    """An element named from ``words``, without a balance, for a number that is no line of its own."""
    name = _joined(words)
    if not name[:1].isalpha():
        name = f"Item{name}"
    return Concept(
        name=f"{prefix}:{name[:_LONGEST_NAME]}",
        type=_TYPES[measure],
        period_type="instant" if instant else "duration",
        label=" ".join(words.split()),
    )


def named(words: str, prefix: str, *, like: Concept, balance: str | None = None) -> Concept:
    """An element of the company's own named from ``words``, of the type and period type of ``like``.

    Its balance is that of ``like`` too, unless ``balance`` is given.
    """
    name = _joined(_head(words))
    if not name[:1].isalpha():
        name = f"Item{name}"
    return replace(
        like,
        name=f"{prefix}:{name[:_LONGEST_NAME]}",
        label=" ".join(words.split()),
        balance=like.balance if balance is None else balance,
        deprecated=False,
    )


def _head(label: str) -> str:
    return re.split(r"[;$]|\s\d", label, maxsplit=1)[0]


def _joined(words: str) -> str:
    """Words as a name has them: each with a capital, without marks and spaces."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", without_accents(words)))


def prefix_of(entity: Entity) -> str:
    """The entity's prefix: as given, else its ticker, else the first telling word of its name; in small letters."""
    words = normal_form(entity.name).split()
    telling = [word for word in words if word not in _COMMON_WORDS and len(word) > 1]
    for text in (entity.prefix, entity.ticker, *telling, *words):
        prefix = re.sub(r"[^a-z0-9]", "", text.lower())
        if prefix and prefix[0].isalpha():
            return prefix
    return "own"


def extension_of(concepts: Iterable[Concept], prefix: str, day: date) -> Extension | None:
    """The company's taxonomy, None where no line needed one."""
    unique = tuple(dict.fromkeys(concepts))
    if not unique:
        return None
    return Extension(prefix=prefix, namespace=f"http://{prefix}.example/{day:%Y%m%d}", date=day, concepts=unique)
