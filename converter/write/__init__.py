"""A Report to files. Each writer is a function from the report and what goes with it to names and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.write.extension import extension_files
from converter.write.folder import publish
from converter.write.tables import facts_csv, findings_json, numbers_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from converter.model.findings import Finding
    from converter.model.report import Report

__all__ = ["files", "publish"]

WRITERS: tuple[tuple[str, Callable[[Report], str]], ...] = (("facts.csv", facts_csv), ("numbers.csv", numbers_csv))


def files(report: Report, html: str, findings: Sequence[Finding]) -> dict[str, bytes]:
    """Every file of a conversion by its name."""
    made = {"report.htm": html.encode("ascii")}
    made |= {name: write(report).encode() for name, write in WRITERS}
    made["findings.json"] = findings_json(findings).encode()
    made |= extension_files(report)
    return made
