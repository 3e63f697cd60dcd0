"""Totals of costs, told by what they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from converter.convert import make_report
from converter.options import MapOptions, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

GROSS = """\
# entity: Birch Hollow Tools, Inc.
# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
label,2009-01-01/2009-12-31,2008-01-01/2008-12-31
Revenues,9000,8000
Cost of goods sold,5000,4400
Gross profit,4000,3600
Selling and marketing,1500,1450
Research and development,900,850
{total},2400,2300
Operating income,1600,1300
"""
PLAIN = """\
# entity: Birch Hollow Tools, Inc.
# statement: CONSOLIDATED STATEMENTS OF OPERATIONS
label,2009-01-01/2009-12-31,2008-01-01/2008-12-31
Revenues,9000,8000
Cost of goods sold,5000,4400
Selling and marketing,1500,1450
Research and development,900,850
{total},7400,6700
Operating income,1600,1300
"""


@pytest.mark.parametrize(
    "total", ["Total operating expenses", "Total costs and expenses", "Total operating costs and expenses"]
)
@pytest.mark.parametrize(
    ("layout", "concept"), [(GROSS, "us-gaap:OperatingExpenses"), (PLAIN, "us-gaap:CostsAndExpenses")]
)
def test_a_total_of_costs_is_told_by_what_it_adds_up(tmp_path: Path, layout: str, concept: str, total: str) -> None:
    source = tmp_path / "birch.csv"
    source.write_text(layout.format(total=total))
    report, _ = make_report(source, ReadOptions(), MapOptions())
    assert {fact.concept.name for fact in report.facts if fact.label == total} == {concept}
