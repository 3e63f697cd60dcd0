"""How long the stages take on the example; run with ``pytest tests/benchmarks --benchmark-only``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions, RenderOptions
from converter.parse import parse
from converter.read import read
from converter.render import render
from tests.examples import EXAMPLE

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


def test_read_and_parse(benchmark: BenchmarkFixture) -> None:
    statements, _ = benchmark(lambda: parse(read(EXAMPLE, ReadOptions())[0]))
    assert len(statements) == 3


def test_read_to_rendered_document(benchmark: BenchmarkFixture) -> None:
    def job() -> str:
        report, _ = make_report(EXAMPLE, ReadOptions(), MapOptions())
        return render(report, RenderOptions())

    assert "</html>" in benchmark(job)
