"""The value of a fact: its text transformed, scaled and signed (Inline XBRL 1.1, sections 9 and 10)."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException

from converter.model.inline import Stated, Tagged
from converter.validate.transform import transformed

_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)


def stated(tag: Tagged) -> Stated:
    """``tag`` with its value; where that cannot be told, the text stands for it, with the reason."""
    if tag.is_nil:
        return Stated(tag, None)
    text = " ".join(tag.text.split())
    try:
        written = text if tag.format is None else transformed(tag.format, text)
        return Stated(tag, written if tag.unit is None else _number(written, tag))
    except ValueError as error:
        return Stated(tag, text, str(error))


def _number(written: str, tag: Tagged) -> Decimal:
    if not _NUMBER.fullmatch(written):
        raise ValueError(f"{written!r} is no number without a sign")
    try:
        value = Decimal(written).scaleb(tag.scale)
    except DecimalException:
        raise ValueError(f"no number is as large or small as {written} with the scale {tag.scale}") from None
    return -value if tag.is_negative else value
