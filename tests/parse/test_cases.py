"""Layout quirks, one per file of ``cases``: what it is, the source as a filing would print it, what must come out.

A file begins with lines of ``#`` that say what the quirk is; the source follows, and below the line ``=== expected``
what a reader of the source takes from it, one part per statement:

    balance-sheet | scale 3 | USD | part Heron Finance     the kind; "part" only where it is not of the whole
    2003-12-31                                             a line per column: its period or "none",
    2003-01-01/2003-12-31 part Pumps                       and the part of the whole that it is of
    Current assets                                         a caption
    Current assets > Cash | 1,250,000 | -                  an item: full units as displayed, "-" for a dash
    Shares | 1,000 shares                                  what is no money says what it counts
    Net income @ 2003-01-01/2003-12-31 | 5                 a line with a period of its own
        [in label: 58,000 money 2003-12-31]                a number inside the label above, or "undated"
    | 1,250,000 | -                                        a subtotal without words
    sum: Total = Cash + Receivables - Allowance            which lines add up to which

Captions, sums and findings (``finding: CODE``) are compared where the case speaks of any. A case of what is no
statement expects ``nothing``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from converter.model.statement import Amount, LineKind, Measure, Statement
from converter.parse import parse
from converter.read.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.statement import Column, Line, Sum

CASES = Path(__file__).parent / "cases"
MARK = "=== expected\n"


def parts_of(path: Path) -> tuple[str, str]:
    """The source of a case and what is expected of it, without the lines that say what the quirk is."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    assert start, f"{path.name} does not say what its quirk is"
    source, mark, expected = "".join(lines[start:]).partition(MARK)
    assert mark, f"{path.name} has no expected part"
    assert expected.strip(), f"{path.name} expects nothing at all; write 'nothing' where no statement is"
    return source, expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    source, expected = parts_of(path)
    document, _ = read(source.encode(), path.name)
    statements, findings = parse(document)
    shown = [line for statement in statements for line in _shown(statement, expected)] or ["nothing"]
    if "finding: " in expected:
        shown += [f"finding: {finding.code}" for finding in findings]
    assert shown == [" ".join(line.split()) for line in expected.splitlines() if line.strip()]
    for statement in statements:
        for amount in _amounts(statement):
            assert document.text[amount.place.start : amount.place.end] == amount.text


def _amounts(statement: Statement) -> Iterator[Amount]:
    for line in statement.lines:
        yield from filter(None, line.amounts)
        yield from (inner.amount for inner in line.parentheticals)


def _shown(statement: Statement, expected: str) -> Iterator[str]:
    said = [statement.kind.value, f"scale {statement.scale}", statement.currency]
    yield " | ".join([*said, f"part {statement.part}"] if statement.part else said)
    yield from map(_shown_column, statement.columns)
    for line in statement.lines:
        yield _shown_line(line, with_captions=" > " in expected)
        for inner in line.parentheticals:
            value, counts = _value(inner.amount), inner.amount.measure
            yield f"[in label: {value} {counts} {inner.period or 'undated'}]"
    if "sum: " in expected:
        yield from (_shown_sum(sum_, statement) for sum_ in statement.sums)


def _shown_column(column: Column) -> str:
    return f"{column.period or 'none'}{f' part {column.part}' if column.part else ''}"


def _shown_line(line: Line, *, with_captions: bool) -> str:
    label = " > ".join([*line.section, line.label]) if with_captions else line.label
    if line.period:
        label += f" @ {line.period}"
    if line.kind is LineKind.CAPTION:
        return label
    amounts = ["" if amount is None else _shown_amount(amount) for amount in line.amounts]
    return " ".join(" | ".join([label, *amounts]).split())


def _shown_amount(amount: Amount) -> str:
    if amount.value is None:
        return "-"
    return _value(amount) if amount.measure is Measure.MONEY else f"{_value(amount)} {amount.measure}"


def _value(amount: Amount) -> str:
    assert amount.value is not None
    value = f"{amount.value:,f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


def _shown_sum(sum_: Sum, statement: Statement) -> str:
    labels = [line.label or "subtotal" for line in statement.lines]
    first, *others = [f"{'+' if weight > 0 else '-'} {labels[index]}" for index, weight in sum_.parts]
    text = " ".join([first.removeprefix("+ "), *others])
    return f"sum: {labels[sum_.total]} = {text}"
