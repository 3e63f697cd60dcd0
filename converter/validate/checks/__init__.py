"""The converter's own checks: generators from a report to findings, one code each, run in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.validate.checks.balance import balance_equation
from converter.validate.checks.duplicates import fact_duplicate
from converter.validate.checks.footing import statement_footing
from converter.validate.checks.ledger import ledger_untagged
from converter.validate.checks.schedule import schedule_differs
from converter.validate.checks.signs import fact_negative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from converter.model.findings import Finding
    from converter.model.report import Report

CHECKS: tuple[Callable[[Report], Iterator[Finding]], ...] = (
    statement_footing,
    balance_equation,
    fact_duplicate,
    fact_negative,
    ledger_untagged,
    schedule_differs,
)
