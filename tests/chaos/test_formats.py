"""Damaged PDF and inline documents: either they are read, or the error says why."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.compare.match import matched
from converter.compare.values import stated
from converter.errors import SourceError
from converter.read import inline, pdf
from tests.chaos.damage import DAMAGES
from tests.compare.documents import document, number, row
from tests.read.pdfs import Put, ending_at, written

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

PRINTED = written(
    [Put(50, 700, "BALANCE SHEETS"), Put(50, 680, "Cash"), ending_at(430, 680, "1,250")],
    [Put(50, 700, "Total assets", "Courier"), ending_at(430, 700, "(400)")],
)
TAGGED = document(
    row("Sales", number("us-gaap:Revenues", "1,234"), number("us-gaap:Revenues", "5", context="paper")),
    row("Earnings", number("us-gaap:EarningsPerShareBasic", "1.25", unit="each", decimals="2", more='scale="0"')),
    hidden='<i:nonNumeric name="hrp:Name" contextRef="year">Heron</i:nonNumeric>',
).encode()


def read_pdf(data: bytes) -> None:
    pdf.read(data, "damaged.pdf")


def compare(data: bytes) -> None:
    whole, damaged = (list(map(stated, inline.read(content, "damaged.htm"))) for content in (TAGGED, data))
    matched(whole, damaged)
    assert matched(damaged, damaged) == (len(damaged), ())


@pytest.mark.parametrize(("content", "read"), [(PRINTED, read_pdf), (TAGGED, compare)])
@settings(deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(damages=st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3), seed=st.integers(0, 1 << 32))
def test_damaged_files(content: bytes, read: Callable[[bytes], None], damages: list, seed: int) -> None:  # type: ignore[type-arg]
    if read is read_pdf:
        pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
    chance = Random(seed)  # noqa: S311 - noise, no secrets
    for damage in damages:
        content = damage(content, chance)
    with suppress(SourceError):
        read(content)
