"""Which elements the training takes for as right as a filer's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from converter import resources

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
old_tag,accepted,statement,condition
NetIncomeLoss,ProfitLoss,IS,no_nci
AccountsPayable,AccountsPayableCurrent,BS,in_current
AccountsPayable,AccountsPayableCurrentAndNoncurrent,BS,unclassified
OtherCosts,CostsAndExpenses,IS,label~^total;label!~other
OtherCosts,Revenues,IS,a_condition_of_tomorrow
"""


@pytest.mark.parametrize(
    ("tag", "statement", "section", "label", "others", "expected"),
    [
        ("NetIncomeLoss", "IS", "results", "Net income", (), {"ProfitLoss"}),
        ("NetIncomeLoss", "IS", "results", "Net income", ("MinorityInterest",), set()),
        ("NetIncomeLoss", "CF", "operating", "Net income", (), set()),
        ("AccountsPayable", "BS", "current-liabilities", "Payables", ("AssetsCurrent",), {"AccountsPayableCurrent"}),
        ("AccountsPayable", "BS", "liabilities", "Payables", (), {"AccountsPayableCurrentAndNoncurrent"}),
        ("OtherCosts", "IS", "", "Total costs", (), {"CostsAndExpenses"}),
        ("OtherCosts", "IS", "", "Total other costs", (), set()),
    ],
)
def test_equivalents_hold_under_their_conditions(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tag: str,
    statement: str,
    section: str,
    label: str,
    others: tuple[str, ...],
    expected: set[str],
) -> None:
    monkeypatch.setattr(sys, "path", [str(resources.folder("taxonomy")), *sys.path])
    import equivalents

    path = tmp_path / "equivalents.csv"
    path.write_text(TABLE, encoding="utf-8")
    line = equivalents.Shown(statement, section, label, tag, is_money=True)
    rest = [equivalents.Shown("BS", "", "", other, is_money=True) for other in others]
    filing = equivalents.Presentation("2000", [line, *rest])
    assert equivalents.load(path).of(line, filing) == expected
