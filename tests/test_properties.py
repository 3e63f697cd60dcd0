"""What holds for any input: amounts read back, lines never lose a digit, tags never change the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.convert import make_report
from converter.mapping.ledger import NUMBER
from converter.model.source import TextLine
from converter.options import MapOptions, ReadOptions, RenderOptions
from converter.parse.layout import row_of
from converter.parse.periods import Hint, duration, read_hint
from converter.render import render
from tests.examples import EXAMPLE

if TYPE_CHECKING:
    from decimal import Decimal

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]  # fmt: skip
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.sampled_from(["", "$", "$ "]))
def test_printed_amounts_are_read_back(amounts: list[Decimal], currency: str) -> None:
    shown = [f"({currency}{-a:,.2f})" if a < 0 else f"{currency}{a:,.2f}" for a in amounts]
    row = row_of(TextLine(number=1, start=0, text="Net sales  " + "   ".join(shown)))
    assert [token.value for token in row.tokens] == amounts
    assert row.label == "Net sales"


@given(st.text(alphabet="0123456789,.$()- aA/", max_size=60))
def test_no_digit_escapes_the_ledger(text: str) -> None:
    covered = [index for match in NUMBER.finditer(text) for index in range(*match.span())]
    assert [index for index in covered if text[index].isdigit()] == [
        match.start() for match in re.finditer("[0-9]", text)
    ]


@given(st.sampled_from([3, 6, 9, 12]), st.integers(1, 12), st.integers(1990, 2030))
def test_calendar_periods_are_whole_months(months: int, month: int, year: int) -> None:
    end = Hint(months, None, month, None, year).end()
    assert end is not None
    hint = read_hint(f"{months} Months Ended {MONTHS[end.month - 1]} {end.day}, {year}")
    assert hint == Hint(months, None, end.month, end.day, year)
    period = duration(hint)
    assert period is not None
    assert period.start is not None
    assert period.start.day == 1
    assert (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1 == months


@settings(max_examples=25, deadline=None)
@given(
    st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=80)
)
def test_tags_never_change_the_text(noise: str) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        source = Path(folder) / "noisy.txt"
        text = f"{noise} <b>&amp;]]>\n" + EXAMPLE.read_text(encoding="utf-8")
        source.write_text(text, encoding="utf-8", newline="\n")
        report, _ = make_report(source, ReadOptions(), MapOptions())
        page = etree.fromstring(render(report, RenderOptions()).encode())
        body = page.find(".//{*}pre")
        assert body is not None
        assert "".join(map(str, body.itertext())) == report.document.text == text
