"""How the time grows with the input, in seconds for a megabyte: ``pytest tests/benchmarks --benchmark-only -s``.

The largest inputs run where ``GROWTH_LARGEST`` names a size in bytes. What is not timed holds in every run: each input
comes to an end, with a report that accounts for every number.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.errors import SourceError
from converter.options import MapOptions, ReadOptions, RenderOptions
from converter.render import render
from converter.validate import check_values
from converter.write import files
from tests.benchmarks.inputs import INPUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from converter.model.report import Report

_LARGEST = int(os.environ.get("GROWTH_LARGEST", "1000000"))
_SIZES = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= _LARGEST]
_DIGITS = re.compile("[0-9]")
_SLOWEST = 60  # seconds for a megabyte, on a machine that has other things to do as well


def _run(source: Path) -> Report:
    """All but validation by Arelle and writing to disk."""
    report, findings = make_report(source, ReadOptions(), MapOptions())
    html = render(report, RenderOptions())
    files(report, html, (*findings, *check_values(report)))
    return report


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("make", INPUTS, ids=lambda make: make.__name__)
def test_growth(benchmark: BenchmarkFixture, tmp_path: Path, make: Callable[[int], str], size: int) -> None:
    source = tmp_path / "long.txt"
    source.write_text(make(size), encoding="utf-8")
    began = time.process_time()
    benchmark.pedantic(_run, (source,), rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    print(f" {make.__name__} of {size:,} bytes: {(time.process_time() - began) / (size / 1e6):.1f} s/MB")  # noqa: T201


@pytest.mark.slow
@pytest.mark.parametrize("make", INPUTS, ids=lambda make: make.__name__)
def test_long_documents_come_to_an_end(make: Callable[[int], str], tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    text = make(200_000)
    source.write_text(text, encoding="utf-8")
    began = time.process_time()
    report = _run(source)
    assert time.process_time() - began < _SLOWEST * len(text) / 1e6
    digits = sum(len(_DIGITS.findall(number.text)) for number in report.numbers)
    assert digits == len(_DIGITS.findall(text))


def test_what_is_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_text(INPUTS[0](50_000), encoding="utf-8")
    with pytest.raises(SourceError, match="more than"):
        make_report(source, ReadOptions(max_bytes=49_999), MapOptions())
