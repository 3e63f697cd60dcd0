"""The command line. It alone prints and exits; the documented exit codes are made here.

0 written and valid, or equal; 2 the call's words are wrong; 3 nothing could be made of the source;
4 written, but with findings at or above ``--fail-on``, or not equal; 1 the converter itself failed.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from converter.errors import ConverterError
from converter.model.findings import Severity
from converter.options import (
    ACCEPT,
    Dash,
    MapOptions,
    Options,
    ReadOptions,
    RenderOptions,
    UnmappedPolicy,
    ValidateOptions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.convert import Conversion
    from converter.model.findings import Finding
    from converter.model.report import Report

app = typer.Typer(
    name="xbrl-converter",
    help="Turns financial statements that people wrote for people into inline XBRL.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_WITH_FINDINGS = 4


class FailOn(StrEnum):
    """The weight of a finding that makes the exit code 4."""

    ERROR = "error"
    WARNING = "warning"


_OBJECTS_BETWEEN_COLLECTIONS = 200_000

Entity = Annotated[Path | None, typer.Option(help="A TOML file: name, cik, ticker, exchange, prefix ...")]
Cik = Annotated[str, typer.Option(help="The registrant's Central Index Key.")]
Concepts = Annotated[list[Path] | None, typer.Option(help="A concept table above the shipped one; repeatable, a later one wins.")]  # fmt: skip
Industry = Annotated[str, typer.Option(help="The industry whose rows of the concept table apply, or none; if not given, the one that the statements show.")]  # fmt: skip
TaxonomyName = Annotated[
    str,
    typer.Option("--taxonomy", help="The taxonomy that concepts are taken from; an unknown name lists those at hand."),
]
Packages = Annotated[list[Path] | None, typer.Option(help="A taxonomy package to validate against in place of the stand-in; repeatable.")]  # fmt: skip
Accept = Annotated[float, typer.Option(min=0, max=1, help="How probable a concept must be that no row of a table names.")]  # fmt: skip
Review = Annotated[float, typer.Option(min=0, max=1, help="A tag less sure than this is marked for review.")]
DocumentName = Annotated[str, typer.Option("--document", help="The only document of a submission to read: its number or its type, such as EX-13.")]  # fmt: skip
TemplateName = Annotated[str, typer.Option("--template", help="A shipped template, or one of your own; if none, facsimile for text, markup for HTML, statements for tables and spreadsheets.")]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
Quiet = Annotated[bool, typer.Option(help="Print nothing but errors.")]


@app.command("convert")
def convert_command(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...", help="HTML, text, PDF, spreadsheets or tables with statements, or whole submissions."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder that gets a folder for each source.")] = Path("out"),
    document: DocumentName = "",
    entity: Entity = None,
    cik: Cik = "",
    concepts: Concepts = None,
    industry: Industry = "",
    taxonomy: TaxonomyName = "us-gaap-2024",
    taxonomy_package: Packages = None,
    template: TemplateName = "",
    dash: Annotated[Dash, typer.Option(help="What a dash stands for.")] = Dash.ZERO,
    unmapped: Annotated[
        UnmappedPolicy, typer.Option(help="What becomes of a line without a row.")
    ] = UnmappedPolicy.EXTEND,
    accept: Accept = ACCEPT,
    review: Review = 0.8,
    validate: Annotated[bool, typer.Option("--validate/--no-validate", help="Check the result with Arelle.")] = True,
    fail_on: Annotated[FailOn, typer.Option(help="The findings that make the exit code 4.")] = FailOn.ERROR,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Convert each SOURCE into OUT/<stem>/ with report.htm, facts.csv, numbers.csv and findings.json."""
    from converter.convert import convert  # noqa: PLC0415 - --help does without it

    options = Options(
        read=ReadOptions(document=document),
        mapping=MapOptions(
            taxonomy=taxonomy,
            concepts=tuple(concepts or ()),
            industry=industry,
            entity=entity,
            cik=cik,
            dash=dash,
            unmapped=unmapped,
            accept=accept,
            review=review,
        ),
        render=RenderOptions(template=template),
        validate=ValidateOptions(enabled=validate, packages=tuple(taxonomy_package or ())),
        fail_on=Severity(fail_on.value),
    )
    stems = [source.stem for source in sources]
    twice = next((stem for stem in stems if stems.count(stem) > 1), None)
    if twice is not None:
        _complain(f"two sources would be written to {out / twice}", "convert them into different folders")
        raise typer.Exit(2)
    worst = 0
    results: list[dict[str, Any]] = []
    for source in sources:
        try:
            done = convert(source, out, options)
        except ConverterError as error:
            _complain(error.message, error.hint)
            worst = _worse(worst, error.exit_code)
            results.append({"source": str(source), "error": error.message, "hint": error.hint})
            continue
        failed = done.at_least(options.fail_on) > 0
        worst = _worse(worst, _WITH_FINDINGS if failed else 0)
        results.append(_summary(source, done))
        if not quiet and not as_json:
            _show(source, done, validated=validate)
    if as_json:
        typer.echo(json.dumps({"sources": results, "exit_code": worst}, indent=2))
    raise typer.Exit(worst)


@app.command("check")
def check_command(
    report: Annotated[Path, typer.Argument(help="An inline XBRL document.")],
    taxonomy_package: Packages = None,
    taxonomy: TaxonomyName = "us-gaap-2024",
    fail_on: Annotated[FailOn, typer.Option(help="The findings that make the exit code 4.")] = FailOn.ERROR,
    as_json: Json = False,
) -> None:
    """Validate any inline XBRL document with Arelle, offline."""
    from converter.validate import check_file  # noqa: PLC0415 - --help does without it

    try:
        findings = check_file(
            report, options=ValidateOptions(packages=tuple(taxonomy_package or ())), taxonomy_name=taxonomy
        )
    except ConverterError as error:
        _complain(error.message, error.hint)
        raise typer.Exit(error.exit_code) from error
    if as_json:
        typer.echo(json.dumps([_finding(finding) for finding in findings], indent=2))
    else:
        _list(findings)
        typer.echo(f"{report}: {_count(len(findings), 'finding')}")
    weight = Severity(fail_on.value).rank
    raise typer.Exit(_WITH_FINDINGS if any(f.severity.rank >= weight for f in findings) else 0)


@app.command("explain")
def explain_command(
    source: Annotated[
        Path, typer.Argument(help="HTML, text, PDF, a spreadsheet or a table with statements, or a whole submission.")
    ],
    document: DocumentName = "",
    entity: Entity = None,
    cik: Cik = "",
    concepts: Concepts = None,
    industry: Industry = "",
    taxonomy: TaxonomyName = "us-gaap-2024",
    accept: Accept = ACCEPT,
    write: Annotated[
        Path | None,
        typer.Option(help="Write the lines as a concept table, to be corrected and given with --concepts."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say for each line which concept it got and why; for a line in doubt, the ranked candidates."""
    from converter.convert import company_table, make_report  # noqa: PLC0415 - --help does without it

    options = MapOptions(
        taxonomy=taxonomy,
        concepts=tuple(concepts or ()),
        industry=industry,
        entity=entity,
        cik=cik,
        accept=accept,
    )
    try:
        report, _ = make_report(source, ReadOptions(document=document), options)
    except ConverterError as error:
        _complain(error.message, error.hint)
        raise typer.Exit(error.exit_code) from error
    if write is not None:
        _write(write, company_table(report, taxonomy))
    rows = _explained(report)
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        _table(rows)


@app.command("diff")
def diff_command(
    a: Annotated[Path, typer.Argument(help="An inline XBRL document, or a folder that convert wrote.")],
    b: Annotated[Path, typer.Argument(help="Another, such as the filer's own of the same report.")],
    as_json: Json = False,
) -> None:
    """Compare the facts of two inline documents: concept, period, dimensions, unit, value, decimals."""
    from converter.cli_diff import as_values, show  # noqa: PLC0415 - --help does without it
    from converter.compare import compare  # noqa: PLC0415

    try:
        found = compare(a, b)
    except ConverterError as error:
        _complain(error.message, error.hint)
        raise typer.Exit(error.exit_code) from error
    if as_json:
        typer.echo(json.dumps(as_values(found), indent=2))
    else:
        show(found)
    raise typer.Exit(_WITH_FINDINGS if found.differences else 0)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        _complain(f"{path}: cannot be written: {error.strerror}", "choose another folder with --write")
        raise typer.Exit(2) from error


def _worse(worst: int, code: int) -> int:
    """The converter's own failure outweighs all; then nothing written, then findings."""
    order = (0, 4, 3, 2, 1)
    return max(worst, code, key=order.index)


def _complain(message: str, hint: str) -> None:
    typer.echo(f"error: {message}", err=True)
    if hint:
        typer.echo(f"  try: {hint}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _summary(source: Path, done: Conversion) -> dict[str, Any]:
    return {
        "source": str(source),
        "folder": str(done.folder),
        "facts": len(done.report.facts),
        "numbers": dict(done.counts()),
        "findings": [_finding(finding) for finding in done.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _show(source: Path, done: Conversion, *, validated: bool) -> None:
    counts = done.counts()
    _list(done.findings)
    kinds = ", ".join(statement.kind.value for statement in done.report.statements)
    typer.echo(f"{source}: {_count(len(done.report.facts), 'fact')} ({kinds})")
    typer.echo(
        f"  numbers in the source: {counts['fact']} facts, {counts['not-a-fact']} not facts, {counts['untagged']} untagged"
    )
    if validated:
        mine = sum(1 for finding in done.findings if finding.code.startswith("arelle."))
        typer.echo(f"  Arelle: {_count(mine, 'message') if mine else 'valid'}")
    typer.echo(f"  look at {done.folder / 'report.htm'}")


def _list(findings: Sequence[Finding]) -> None:
    for finding in findings:
        where = f"{finding.place.source}:{finding.place.line}:{finding.place.column}: " if finding.place else ""
        typer.echo(f"{where}{finding.severity.value}: {finding.message} [{finding.code}]", err=True)
        if finding.hint:
            typer.echo(f"  try: {finding.hint}", err=True)


def _explained(report: Report) -> list[dict[str, Any]]:
    facts = {fact.place.start: fact for fact in reversed(report.facts) if fact.place and not fact.hidden}
    doubts = {(item.statement, item.line): item.candidates for item in report.unmapped}
    rows = []
    for number, statement in enumerate(report.statements):
        for index, line in enumerate(statement.lines):
            fact = next((facts[a.place.start] for a in line.amounts if a and a.place.start in facts), None)
            rows.append(
                {
                    "statement": statement.kind.value,
                    "line": line.place.line,
                    "section": " / ".join(line.section),
                    "label": line.label,
                    "concept": fact.concept.name if fact else "",
                    "rule": fact.why.rule if fact else "",
                    "period": fact.why.period if fact else "",
                    "sign": fact.why.sign if fact else "",
                    "confidence": fact.why.confidence if fact else None,
                    "candidates": [
                        {
                            "concept": candidate.concept.name,
                            "score": candidate.score,
                        }
                        for candidate in doubts.get((number, index), ())
                    ],
                }
            )
    return rows


def _table(rows: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - JSON does without it
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    table = Table(title=None, show_lines=False, expand=True)
    for name, ratio in (("line", None), ("label", 4), ("concept", 5), ("why", 6), ("sure", None)):
        table.add_column(name, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for row in rows:
        why = "\n".join(str(row[key]) for key in ("rule", "sign") if row[key])
        offers = "\n".join(f"? {item['concept']} {item['score']:.2f}" for item in row["candidates"])
        sure = "" if row["confidence"] is None else f"{row['confidence']:.2f}"
        table.add_row(str(row["line"]), row["label"], row["concept"], "\n".join(filter(None, (why, offers))), sure)
    console.print(table)


def main() -> None:
    """The console script."""
    # What a conversion makes stays until it is written: looking for what could be freed, as often as by default, is lost time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 50)
    atexit.register(gc.freeze)  # so is looking through all of it once more, when the process ends
    # The ranker's matrices are small: threads cost more than they give, and twice as much on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app()
