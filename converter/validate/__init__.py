"""The validation room: says what is wrong with a report and with the inline document made of it.

Arelle judges the document; checks of the converter's own judge the values, where Arelle is silent by
its rules (a total that is off by what the printed digits show) or knows nothing of the source. The
room does not know how reports are made or rendered, and changes nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter import taxonomy
from converter.validate.catalogue import CATALOGUE, Entry
from converter.validate.checks import CHECKS

if TYPE_CHECKING:
    from converter.model.findings import Finding
    from converter.model.report import Report
    from converter.options import ValidateOptions
    from converter.validate import arelle, inline

__all__ = ["CATALOGUE", "CHECKS", "Entry", "check_file", "check_report", "check_values"]


def check_file(path: Path, *, options: ValidateOptions, taxonomy_name: str = "us-gaap-2024") -> tuple[Finding, ...]:
    """What Arelle says about an inline document from anywhere; each finding with the line where one is known.

    A stand-in takes the place of those schemas of the taxonomy called ``taxonomy_name`` that ``options.packages`` lack.
    SourceError where the file is missing, empty or not XML; UsageError where a package is none or the name is unknown.
    """
    if not options.enabled:
        return ()
    from converter.validate import findings  # noqa: PLC0415 - a conversion without Arelle does without it

    outline, messages = _messages(path, options, taxonomy_name)
    return findings.of_file(messages, outline, path)


def check_report(
    report: Report, path: Path, *, options: ValidateOptions, taxonomy_name: str = "us-gaap-2024"
) -> tuple[Finding, ...]:
    """What Arelle says about the document ``path`` rendered from ``report``, traced to the source.

    Errors as ``check_file``. The report's own files (its extension taxonomy) lie beside ``path``.
    """
    if not options.enabled:
        return ()
    from converter.validate import findings  # noqa: PLC0415 - a conversion without Arelle does without it

    outline, messages = _messages(path, options, taxonomy_name)
    return findings.of_report(messages, outline, report, path)


def check_values(report: Report) -> tuple[Finding, ...]:
    """What the converter's own checks say about ``report``, in the order of ``CHECKS``."""
    return tuple(finding for check in CHECKS for finding in check(report))


def _messages(
    path: Path, options: ValidateOptions, taxonomy_name: str
) -> tuple[inline.Outline, tuple[arelle.Message, ...]]:
    from converter.validate import arelle, inline, packages, standin  # noqa: PLC0415 - as above

    known = taxonomy.load(taxonomy_name)
    packages.check(options.packages)
    outline = inline.read(path)
    lacking = packages.lacking(options.packages, known.schemas)
    if not lacking:
        return outline, arelle.validate(path, packages=options.packages)
    if outline.words is None and lacking == known.schemas:
        return outline, arelle.validate(path, packages=[*options.packages, standin.package(known)])
    words = {concept.local_name for concept in known.concepts()} if outline.words is None else outline.words
    # Arelle may hold the package open until it is collected, and Windows removes no open file.
    with tempfile.TemporaryDirectory(prefix="xbrl-converter-", ignore_cleanup_errors=True) as folder:
        excerpt = standin.excerpt(replace(known, schemas=lacking), words, Path(folder))
        return outline, arelle.validate(path, packages=[*options.packages, excerpt])
