"""Balances of cash in a statement of flows: of which day they are, by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

FLOWS = """\
FERNHILL POTTERY, INC.
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)
                                                       Years ended
                                                       December 31,
                                                      2003        2002
Net cash from operating activities                $    300    $    200
Net increase in cash                                   300         200
Cash and restricted cash at January 1                  900         700
Cash and restricted cash at December 31              1,200         900
Less: restricted cash included in other assets         (50)        (40)
Cash at end of year                               $  1,150    $    860
"""


def test_days_of_balances(tmp_path: Path) -> None:
    source = tmp_path / "fernhill.txt"
    source.write_text(FLOWS)
    report, _ = make_report(source, ReadOptions(), MapOptions())
    found = {
        (fact.label.partition(" at ")[2] or fact.label, f"{fact.context.period}", f"{fact.value:f}")
        for fact in report.facts
        if "ash " in fact.label and fact.context.period.is_instant
    }
    assert found == {
        ("January 1", "2002-12-31", "900000"),
        ("January 1", "2001-12-31", "700000"),
        ("December 31", "2003-12-31", "1200000"),
        ("December 31", "2002-12-31", "900000"),
        ("Less: restricted cash included in other assets", "2003-12-31", "-50000"),
        ("Less: restricted cash included in other assets", "2002-12-31", "-40000"),
        ("end of year", "2003-12-31", "1150000"),
        ("end of year", "2002-12-31", "860000"),
    }
