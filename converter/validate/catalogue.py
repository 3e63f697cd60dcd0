"""The codes of the validation room: what each says, why it matters, and an example. The docs show it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Entry(NamedTuple):
    """A code explained."""

    what: str
    why: str
    example: str


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        "statement.footing": Entry(
            what="A total differs from the sum of its lines by more than one unit of the last "
            "place printed for each line and for the total.",
            why="A digit, a bracket or a line was misread, or the source misprints it. XBRL's own"
            " calculation check allows for rounding and knows only the sums that a taxonomy "
            "states.",
            example="“Total current assets”, column “2009-09-30”, is 1,300,000, but its 2 lines add "
            "up to 1,200,000: 100,000 too much (line 12, column 40)",
        ),
        "balance.equation": Entry(
            what="Assets differ from liabilities and equity at the same instant.",
            why="The two sides of a balance sheet are equal by construction; a difference means a"
            " misread total or a wrong column.",
            example="at 2009-09-30 assets are 1,250,000 (line 14, column 40), but liabilities and "
            "equity are 1,350,000 (line 27, column 40)",
        ),
        "fact.duplicate": Entry(
            what="Two facts of one concept, period and unit have values that cannot both be true "
            "at the accuracy that each claims.",
            why="A reader cannot tell which to believe, and regulators refuse it. One of the two "
            "has the wrong concept, period or unit.",
            example="us-gaap:Assets for 2009-09-30 is 1,250,000 (line 14, column 40) and 1,900,000 "
            "(line 81, column 22)",
        ),
        "fact.negative": Entry(
            what="A concept that is positive by its meaning (a payment, proceeds, a number of "
            "shares, treasury stock, accumulated depreciation) has a negative value.",
            why="Printed brackets show that an amount is subtracted; the concept's name says so "
            "already, and a second minus turns it into its opposite.",
            example="us-gaap:PaymentsOfDividends for 2009-01-01/2009-09-30 is -950,000, but it cannot"
            " be negative (line 44, column 40)",
        ),
        "ledger.untagged": Entry(
            what="Numbers of a statement bear no fact. One finding for each statement, with their "
            "count and the first of them.",
            why="What is printed in a statement is meant to be reported; a number without a fact "
            "is lost to readers of the data.",
            example="3 numbers bear no fact in the balance sheet; the first is 1,234 (line 9, column "
            "40): no row claims the line",
        ),
        "schedule.differs": Entry(
            what="A value of a financial data schedule (EX-27) of the submission differs from the facts of what it "
            "stands for, at the schedule's date and for its length, by more than rounding explains.",
            why="The filer stated the same number twice, for people and for machines: a difference means that one "
            "was misread or mapped wrongly, or that the schedule is wrong, often in its multiplier.",
            example="TOTAL-ASSETS of the schedule is 1,350,000 (line 210, column 30), but us-gaap:Assets for "
            "2009-09-30 is 1,250,000 (line 14, column 40)",
        ),
        "arelle.*": Entry(
            what="A message of Arelle about the inline document; what follows the first dot is "
            "Arelle's own code, most often a specification, a section and a name.",
            why="Arelle is the reference for whether a report is valid XBRL. Its errors and "
            "failed assertions are errors here, its warnings and inconsistencies warnings.",
            example="arelle.xbrl.4.7.2:contextPeriodType: Fact us-gaap:Liabilities context d1 has "
            "period type instant conflict with context (source line 23, column 45)",
        ),
    }
)
