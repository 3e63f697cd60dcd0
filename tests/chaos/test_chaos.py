"""Whatever a document is damaged by, the run ends soon: with an error that says why, or with a whole report."""

from __future__ import annotations

import os
import re
import signal
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.convert import convert, make_report
from converter.errors import ConverterError
from converter.options import MapOptions, Options, ReadOptions, RenderOptions
from converter.render import render
from converter.validate import check_values
from converter.write import files
from tests.chaos.damage import DAMAGES
from tests.chaos.documents import MADE, real_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.report import Report

pytestmark = pytest.mark.slow

REAL = real_documents()
# The same documents in every run, unless more are asked for: then other ones each time.
_ASKED = os.environ.get("CHAOS_EXAMPLES")
_FIRM = settings(
    deadline=None, derandomize=not _ASKED, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
_WINDOW = 60_000  # of a real filing, so that a run is short
_NUMBER = re.compile("[0-9.,]+")


@settings(_FIRM, max_examples=int(_ASKED or 800))
@given(st.integers(0, len(MADE) - 1), st.lists(st.sampled_from(DAMAGES), max_size=6), st.integers(0, 1 << 32))
def test_damaged_documents(which: int, damages: list, seed: int) -> None:  # type: ignore[type-arg]
    chance = Random(seed)  # noqa: S311 - noise, no secrets
    data = MADE[which].encode()
    for damage in damages:
        data = damage(data, chance)
    hold(data)


@pytest.mark.corpus
@pytest.mark.skipif(not REAL, reason="no filings are kept beside the checkout")
@settings(_FIRM, max_examples=int(_ASKED or 200))
@given(st.sampled_from(REAL or (Path(),)), st.lists(st.sampled_from(DAMAGES), max_size=4), st.integers(0, 1 << 32))
def test_damaged_filings(path: Path, damages: list, seed: int) -> None:  # type: ignore[type-arg]
    chance = Random(seed)  # noqa: S311 - as above
    data = path.read_bytes()
    start = chance.randint(0, max(len(data) - _WINDOW, 0))
    data = data[start : start + _WINDOW]
    for damage in damages:
        data = damage(data, chance)
    hold(data)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_documents_are_valid_or_have_findings(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)  # noqa: S311 - as above
    data = MADE[-1].encode()
    for damage in chance.sample(DAMAGES, 4):
        data = damage(data, chance)
    source = tmp_path / "damaged.txt"
    source.write_bytes(data)
    try:
        folder = convert(source, tmp_path / "out", Options()).folder
    except ConverterError:
        return
    assert (folder / "report.htm").is_file()


def hold(data: bytes) -> None:
    """What is asked of every document."""
    with TemporaryDirectory() as folder, ended_after(5 + len(data) / 20_000):
        source = Path(folder) / "damaged.txt"
        source.write_bytes(data)
        try:
            report, findings = make_report(source, ReadOptions(), MapOptions())
        except ConverterError:
            return
        html = render(report, RenderOptions())
        files(report, html, (*findings, *check_values(report)))
    text_is_kept(report, html)
    digits_are_counted(report)
    facts_stand_in_place(report)


def text_is_kept(report: Report, html: str) -> None:
    page = etree.fromstring(html.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    body = page.find(".//{*}pre")
    assert body is not None
    assert "".join(map(str, body.itertext())) == report.document.text


def digits_are_counted(report: Report) -> None:
    """Each digit stands in one row of the ledger, and each row is digits with their separators, once."""
    text = report.document.text
    rows = [0] * len(text)
    for number in report.numbers:
        start, end = number.place.start, number.place.end
        assert text[start:end] == number.text
        assert _NUMBER.fullmatch(number.text)
        for index in range(start, end):
            rows[index] += 1
    assert not [index for index, character in enumerate(text) if character in "0123456789" and rows[index] != 1]
    assert max(rows, default=0) <= 1


def facts_stand_in_place(report: Report) -> None:
    text = report.document.text
    for fact in report.facts:
        if fact.place is not None and not fact.hidden:
            assert text[fact.place.start : fact.place.end] == fact.text
    borne = [name for number in report.numbers for name in number.facts]
    assert len(borne) == len(set(borne))
    digits = {fact.id for fact in report.facts if not fact.hidden and re.search("[0-9]", fact.text)}
    assert set(borne) == digits


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """A run that lasts longer fails, also one that would not end."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"the run has not ended after {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
