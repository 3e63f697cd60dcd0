"""Amounts of the prose: what they are tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

SIDE_BY_SIDE = """\
QUILLON LATHE WORKS, INC.
CONSOLIDATED BALANCE SHEETS
(In millions)
                                 Quillon Lathe Works        Pumps and            Quillon Finance
                                 and consolidated           Lathes
                                 affiliates
At December 31                     1993      1992         1993      1992         1993      1992
Cash and equivalents            $    90   $    80      $    58   $    48      $    32   $    32
Inventories                         210       190          210       190            -         -
Total assets                    $   300   $   270      $   268   $   238      $    32   $    32

Cash and equivalents were {amount} million at December 31, 1993.
"""


def prose_concepts(tmp_path: Path, amount: str) -> list[str]:
    source = tmp_path / "lathes.txt"
    source.write_text(SIDE_BY_SIDE.format(amount=amount))
    report, _ = make_report(source, ReadOptions(), MapOptions())
    assert any(fact.context.members for fact in report.facts)
    return [fact.concept.name for fact in report.facts if fact.statement.value == "prose"]


def test_an_amount_of_the_whole_is_tied(tmp_path: Path) -> None:
    assert prose_concepts(tmp_path, "$90") == ["us-gaap:CashAndCashEquivalentsAtCarryingValue"]


def test_an_amount_of_a_part_is_no_fact_of_the_whole(tmp_path: Path) -> None:
    assert prose_concepts(tmp_path, "$32") == []
