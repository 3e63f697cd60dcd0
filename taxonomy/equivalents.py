"""Which elements are as right for a line as the one that its filer chose.

A table names, for an element, those that took its place or are used for the same line, and under which conditions:
old_tag, accepted, statement, condition. Conditions are parted by semicolons; all of a row have to hold.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_SPLIT = re.compile(r"noncontrolling|minority", re.IGNORECASE)
_COST = re.compile(r"\bcosts? of (?:goods|sales|revenues?|products?|services?|merchandise)", re.IGNORECASE)
_REVENUE = re.compile(r"^(?!CostOf)\w*Revenue(?:s|Net|GoodsNet|ServicesNet)?$|^SalesRevenueNet$")


@dataclass(frozen=True)
class Shown:
    """A line of a presentation: statement (BS, IS, CF), section, label, element, and whether it bears money."""

    statement: str
    section: str
    label: str
    tag: str
    is_money: bool


@dataclass(frozen=True)
class Presentation:
    """The lines with values of a filing, and the industry of its company (SIC code)."""

    sic: str
    lines: Sequence[Shown]
    _held: dict[str, bool] = field(default_factory=dict, repr=False)

    def holds(self, condition: str, line: Shown) -> bool:
        """Whether ``condition`` holds for ``line``; one that is not known here never does."""
        name, tilde, pattern = condition.partition("~")
        if tilde:
            return bool(re.search(pattern, line.label.lower())) is not name.endswith("!")
        if name in _OF_LINES:
            return _OF_LINES[name](self, line)
        if name not in self._held:
            self._held[name] = name in _OF_FILINGS and _OF_FILINGS[name](self)
        return self._held[name]

    def tags(self, *statements: str) -> Iterator[str]:
        """The elements of the lines of ``statements``, or of all."""
        return (line.tag for line in self.lines if not statements or line.statement in statements)

    @cached_property
    def is_classified(self) -> bool:
        """Whether the balance sheet tells what is current."""
        return any(tag in {"AssetsCurrent", "LiabilitiesCurrent"} for tag in self.tags("BS"))

    @cached_property
    def costs(self) -> frozenset[str]:
        """The elements of the cost of what was sold."""
        return frozenset(
            line.tag
            for line in self.lines
            if line.statement == "IS"
            and line.is_money
            and (line.tag.startswith(("CostOf", "CostsOf")) or _COST.search(line.label))
        )


def _is_current(filing: Presentation, line: Shown) -> bool:
    return filing.is_classified and line.section.startswith("current")


_OF_LINES: Mapping[str, Callable[[Presentation, Shown], bool]] = {
    "unclassified": lambda filing, _: not filing.is_classified,
    "in_current": _is_current,
    "not_in_current": lambda filing, line: not _is_current(filing, line),
    "classified_noncurrent": lambda filing, line: filing.is_classified and not line.section.startswith("current"),
    "above_assets_total": lambda _, line: line.section in {"current-assets", "noncurrent-assets", "property"},
    "in_investing": lambda _, line: line.section == "investing",
    "in_financing": lambda _, line: line.section == "financing",
    "before_operating_total": lambda _, line: line.section in {"operating", "adjustments", "working-capital"},
}
_OF_FILINGS: Mapping[str, Callable[[Presentation], bool]] = {
    "nonfinancial": lambda filing: not filing.sic.startswith("6"),
    "financial": lambda filing: filing.sic.startswith("6"),
    "real_estate": lambda filing: filing.sic.startswith(("65", "6798")),
    "only_revenue_line": lambda filing: (
        len(
            {line.tag for line in filing.lines if line.statement == "IS" and line.is_money and _REVENUE.match(line.tag)}
        )
        == 1
    ),
    "single_cost": lambda filing: len(filing.costs) == 1,
    "no_cost_line": lambda filing: not filing.costs,
    "no_gross_profit": lambda filing: "GrossProfit" not in filing.tags("IS"),
    "no_nci": lambda filing: (
        not any(
            _SPLIT.search(f"{line.tag} {line.label}")
            and not line.tag.startswith(("ProfitLoss", "StockholdersEquityInc", "IncomeLoss", "ComprehensiveIncome"))
            for line in filing.lines
        )
    ),
    "no_discontinued": lambda filing: not any("iscontinued" in tag for tag in filing.tags()),
    "no_discontinued_cash": lambda filing: (
        not any(
            "iscontinued" in line.tag + line.label and line.tag.startswith(("NetCash", "CashProvided"))
            for line in filing.lines
        )
    ),
    "no_equity_method": lambda filing: not any("EquityMethodInvestments" in tag for tag in filing.tags("IS")),
    "no_preferred": lambda filing: (
        not any("preferred" in line.label.lower() for line in filing.lines if line.statement != "BS")
    ),
    "no_treasury": lambda filing: not any("TreasuryStock" in tag for tag in filing.tags("BS")),
    "separate_goodwill": lambda filing: "Goodwill" in filing.tags("BS"),
    "no_accumulated_depreciation": lambda filing: (
        not any(tag.startswith("AccumulatedDepreciation") for tag in filing.tags("BS"))
    ),
    "single_retained": lambda filing: sum(tag.startswith("RetainedEarnings") for tag in filing.tags("BS")) == 1,
}


@dataclass(frozen=True)
class Equivalents:
    """The rows of the table by the element that they speak of."""

    rows: Mapping[str, Sequence[Mapping[str, str]]]

    def of(self, line: Shown, filing: Presentation) -> frozenset[str]:
        """The names of the elements that are as right for ``line`` as its own, which is not among them."""
        return frozenset(
            name
            for row in self.rows.get(line.tag, ())
            if row["statement"] in {"", line.statement}
            and all(filing.holds(condition, line) for condition in row["condition"].split(";") if condition)
            for name in row["accepted"].split()
        )


def load(path: Path | None) -> Equivalents:
    """The table that ``path`` holds; without one, every element stands for itself."""
    rows: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows[row["old_tag"]].append(row)
    return Equivalents(rows)
