"""The sentence of the project: read, parse, map, render, validate, write."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from converter import taxonomy as taxonomies
from converter.errors import SourceError
from converter.mapping import map_statements
from converter.model.report import Outcome
from converter.parse import parse
from converter.read import read
from converter.render import render
from converter.validate import check_report, check_values
from converter.write import files, publish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.model.findings import Finding, Severity
    from converter.model.report import Report
    from converter.options import MapOptions, Options, ReadOptions

REPORT_FILE = "report.htm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What became of one source: the report, everything there is to say, and the folder it was written to."""

    report: Report
    findings: tuple[Finding, ...]
    folder: Path

    def counts(self) -> Mapping[str, int]:
        """How many numbers of the source came to which outcome."""
        return {
            outcome.value: sum(1 for number in self.report.numbers if number.outcome is outcome) for outcome in Outcome
        }

    def at_least(self, severity: Severity) -> int:
        """How many findings weigh ``severity`` or more."""
        return sum(1 for finding in self.findings if finding.severity.rank >= severity.rank)


def make_report(source: Path, read_options: ReadOptions, map_options: MapOptions) -> tuple[Report, tuple[Finding, ...]]:
    """The report on the file ``source``, before anything is rendered; SourceError where it holds no statement."""
    document, reading = read(source, read_options)
    statements, parsing = parse(document)
    if not statements:
        raise SourceError(
            f"{source}: no statement was found in it",
            hint="a statement is a title such as CONSOLIDATED BALANCE SHEETS with rows of numbers below; "
            "in a table or a sheet, a row `label,PERIOD,PERIOD` with rows below will do",
        )
    report, mapping = map_statements(document, statements, map_options)
    return report, (*reading, *parsing, *mapping)


def company_table(report: Report, taxonomy: str) -> str:
    """The lines of ``report`` as a concept table (CSV) that maps them again as they were mapped."""
    from converter.mapping import teach  # noqa: PLC0415 - a conversion does without it

    return teach.company_table(report, taxonomies.load(taxonomy))


def convert(source: Path, out: Path, options: Options) -> Conversion:
    """Convert ``source`` into the folder ``out/<stem>/``, which appears whole or not at all.

    ConverterError says why nothing was written; what is wrong with what was written are findings.
    """
    report, findings = make_report(source, options.read, options.mapping)
    html = render(report, options.render)
    findings = (*findings, *check_values(report))
    if options.validate.enabled:
        findings = (*findings, *_validated(report, html, findings, options))
    folder = out / source.stem
    publish(files(report, html, findings), folder)
    return Conversion(report=report, findings=findings, folder=folder)


def _validated(report: Report, html: str, findings: tuple[Finding, ...], options: Options) -> tuple[Finding, ...]:
    """What Arelle says of the files, which stand in a folder of their own for as long as it reads them."""
    with tempfile.TemporaryDirectory(prefix="xbrl-converter-", ignore_cleanup_errors=True) as folder:
        for name, content in files(report, html, findings).items():
            (Path(folder) / name).write_bytes(content)
        return check_report(
            report,
            Path(folder) / REPORT_FILE,
            options=options.validate,
            taxonomy_name=options.mapping.taxonomy,
        )
