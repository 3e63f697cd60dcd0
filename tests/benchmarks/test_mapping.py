"""How long the tables take to load, and a line to map; run with ``pytest tests/benchmarks --benchmark-only``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.mapping import ranker, table
from converter.mapping.match import Lookup, claims_of
from converter.options import MapOptions, ReadOptions
from converter.parse import parse
from converter.read import read
from converter.taxonomy import load
from tests.examples import EXAMPLE

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from converter.model.statement import Statement


def fresh_lookup() -> Lookup:
    """The tables, read anew."""
    taxonomy = load(MapOptions().taxonomy)
    layer = table._shipped.__wrapped__(taxonomy.folder, "")
    return Lookup(
        table=table.ConceptTable(layers=(layer,)),
        taxonomy=taxonomy,
        ranker=ranker.load.__wrapped__(taxonomy.folder / ranker.RANKER_FILE),
        accept=MapOptions().accept,
    )


def test_the_tables_are_loaded(benchmark: BenchmarkFixture) -> None:
    assert benchmark(fresh_lookup).ranker is not None


def test_statements_are_mapped_for_the_first_time(benchmark: BenchmarkFixture) -> None:
    """The lines of the three statements, with tables of which nothing has been looked up; ``extra_info`` has their number."""
    statements, _ = parse(read(EXAMPLE, ReadOptions())[0])
    benchmark.extra_info["lines"] = sum(len(statement.lines) for statement in statements)

    def setup() -> tuple[tuple[list[Statement], Lookup], dict[str, object]]:
        return (list(statements), fresh_lookup()), {}

    def job(found: list[Statement], lookup: Lookup) -> int:
        return sum(len(claims_of(statement, lookup)) for statement in found)

    assert benchmark.pedantic(job, setup=setup, rounds=10) > 0  # type: ignore[no-untyped-call]
