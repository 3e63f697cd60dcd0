"""One golden per stage of the example, so that a difference names its room; a missing one fails.

Those of the last stages, what is rendered and written, are the example's own folder ``output``.
They are rewritten only on purpose, by ``pytest tests/test_goldens.py --rewrite-goldens``.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from converter.convert import convert
from converter.mapping import map_statements
from converter.options import MapOptions, Options, ReadOptions, ValidateOptions
from converter.parse import parse
from converter.read import read
from tests.examples import EXAMPLE, EXAMPLE_ENTITY

if TYPE_CHECKING:
    from converter.model.report import Report
    from converter.model.statement import Statement

GOLDEN = Path(__file__).parent / "golden" / "capstone-2003-q3"
OUTPUT = EXAMPLE.parent / "output"
# A row that is added to the table moves those below it, and changes nothing else.
ROW_NUMBER = re.compile(r"(?<=labels\.csv):\d+")
OPTIONS = MapOptions(entity=EXAMPLE_ENTITY)


def of_document() -> str:
    document, findings = read(EXAMPLE, ReadOptions())
    assert findings == ()
    return "".join(f"{line.number}\t{line.start}\t{line.text}\n" for line in document.lines)


def of_statements() -> str:
    statements, _ = parse(read(EXAMPLE, ReadOptions())[0])
    return "\n".join(shown for statement in statements for shown in shown_statement(statement)) + "\n"


def shown_statement(statement: Statement) -> list[str]:
    shown = [f"## {statement.kind} | {statement.title} | scale {statement.scale} {statement.currency}"]
    shown += [f"column | {column.header} | {column.period}" for column in statement.columns]
    for index, line in enumerate(statement.lines):
        amounts = [f"{a.text}={a.value} ({a.decimals})" if a else "" for a in line.amounts]
        shown.append(" | ".join([f"{index} {line.kind} {line.level}", " / ".join(line.section), line.label, *amounts]))
        shown += [f"    in label: {p.amount.text} {p.amount.measure} {p.period}" for p in line.parentheticals]
    shown += [f"sum {total.total} = {total.parts} misses {[str(m) for m in total.misses]}" for total in statement.sums]
    return shown


def made() -> Report:
    document, _ = read(EXAMPLE, ReadOptions())
    return map_statements(document, parse(document)[0], OPTIONS)[0]


def of_report() -> str:
    return "".join(
        f"{fact.id} | {fact.concept.name} | {fact.context.period} | {fact.value} | {fact.decimals} | {fact.why.rule} | "
        f"{fact.why.period} | {fact.why.sign} | {fact.why.confidence}\n"
        for fact in made().facts
    )


STAGES = {
    "document.txt": of_document,
    "statements.txt": of_statements,
    "report.txt": of_report,
}


@pytest.mark.parametrize("name", STAGES)
def test_stage(name: str, pytestconfig: pytest.Config) -> None:
    golden = GOLDEN / name
    found = ROW_NUMBER.sub("", STAGES[name]())
    if pytestconfig.getoption("--rewrite-goldens"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
        pytest.fail(f"{golden.name} was rewritten: read what changed, then run again without the option")
    assert golden.is_file(), f"the golden {golden.name} is missing"
    assert found == golden.read_text(encoding="utf-8")


def test_output(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    options = Options(mapping=OPTIONS, validate=ValidateOptions(enabled=False))
    folder = convert(EXAMPLE, tmp_path, options).folder
    if pytestconfig.getoption("--rewrite-goldens"):
        shutil.rmtree(OUTPUT, ignore_errors=True)
        shutil.copytree(folder, OUTPUT)
        pytest.fail(f"{OUTPUT.name} was rewritten: read what changed, then run again without the option")
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in OUTPUT.iterdir())
    for path in folder.iterdir():
        found, expected = (ROW_NUMBER.sub("", (at / path.name).read_text("utf-8")) for at in (folder, OUTPUT))
        assert found == expected, path.name
