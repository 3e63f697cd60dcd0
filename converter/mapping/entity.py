"""The reporting entity and the cover facts: from the entity file, the options, the header, the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import UsageError
from converter.mapping.drafts import Draft
from converter.mapping.names import name_in
from converter.model.findings import Finding, Severity
from converter.model.report import Entity, Why
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from converter.model.periods import Period
    from converter.model.source import Document, Header, Place
    from converter.model.statement import Statement
    from converter.options import MapOptions
    from converter.taxonomy import Taxonomy

# What stands in for a Central Index Key that nobody gave: no registrant has it.
UNKNOWN_CIK = "0000000000"
_KEYS = Entity._fields
_TICKER = re.compile(r"\((?P<exchange>Nasdaq|NASDAQ|NYSE|AMEX|OTCBB|OTC)\s*:\s*(?P<symbol>[A-Z]{1,5})\)")
_EXHIBIT_99 = re.compile(r"^[^\S\n]*exhibit[^\S\n]+99(?:\.\d+)?[^\S\n]*$", re.IGNORECASE | re.MULTILINE)


class Known(NamedTuple):
    """The entity, and for each thing read from the source, where it stands."""

    entity: Entity
    places: dict[str, Place]
    reasons: dict[str, str]


def load_entity(path: Path) -> dict[str, str]:
    """The entity file's values; UsageError for a file that is no TOML, an unknown key or a value that is no text."""
    import tomllib  # noqa: PLC0415 - most conversions have no such file

    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path}: the entity file cannot be read: {error.strerror}", hint="check the name and the folder"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as an entity file: {error}", hint="give a TOML file") from error
    for key, value in given.items():
        if key not in _KEYS:
            raise UsageError(f"{path}: unknown key {key!r}", hint=f"the keys are: {', '.join(_KEYS)}")
        if not isinstance(value, str):
            raise UsageError(f"{path}: {key} is {value!r}, not text", hint=f'put it in quotes: {key} = "{value}"')
    return given


def know_entity(
    document: Document, statements: Sequence[Statement], options: MapOptions
) -> tuple[Known, tuple[Finding, ...]]:
    """The entity, the surer source first: option, entity file, header of the source, the text."""
    given = load_entity(options.entity) if options.entity else {}
    values: dict[str, str] = dict(given)
    reasons = dict.fromkeys(given, "the entity file")
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    if options.cik:
        values["cik"], reasons["cik"] = options.cik, "the option --cik"
    _from_header(document.header, values, reasons, places)
    _from_text(document, statements, values, reasons, places)
    cik = values.get("cik", "")
    if cik and not re.fullmatch(r"\d{1,10}", cik):
        raise UsageError(f"the CIK {cik!r} is not a number of up to ten digits", hint="look it up on EDGAR")
    if not cik:
        findings.append(
            Finding(
                code="entity.cik",
                severity=Severity.WARNING,
                message=f"no CIK is known; {UNKNOWN_CIK} stands in for it",
                hint="give --cik, or cik in the entity file",
            )
        )
    values["cik"] = cik.zfill(10)
    values.setdefault("name", "unknown entity")
    return Known(entity=Entity(**values), places=places, reasons=reasons), tuple(findings)


def _from_header(header: Header, values: dict[str, str], reasons: dict[str, str], places: dict[str, Place]) -> None:
    said = (
        ("name", "registrant", header.registrant),
        ("cik", "cik", header.cik),
        ("document_type", "form", header.form),
        ("fiscal_year_end", "fiscal_year_end", header.fiscal_year_end),
    )
    for key, field, value in said:
        if value and key not in values:
            values[key], reasons[key] = value, "the header of the source"
            if field in header.places:
                places[key] = header.places[field]


def _from_text(
    document: Document,
    statements: Sequence[Statement],
    values: dict[str, str],
    reasons: dict[str, str],
    places: dict[str, Place],
) -> None:
    if "name" not in values:
        found = name_in(document, statements)
        if found:
            values["name"], places["name"], reasons["name"] = found
    ticker = None if "ticker" in values else _TICKER.search(document.text)
    if ticker:
        values["ticker"], reasons["ticker"] = ticker["symbol"], "the symbol beside the exchange's name"
        places["ticker"] = document.place(*ticker.span("symbol"))
    exhibit = None if "document_type" in values else _EXHIBIT_99.search(document.text)
    if exhibit:
        values["document_type"], reasons["document_type"] = (
            "8-K",
            "an exhibit 99 is furnished with a report on form 8-K",
        )
        places["document_type"] = document.place(
            exhibit.start() + len(exhibit.group()) - len(exhibit.group().lstrip()), exhibit.end()
        )


def cover_drafts(known: Known, period: Period, taxonomy: Taxonomy) -> Iterator[Draft]:
    """The cover facts that are known; ``period`` is the period of the document."""
    entity = known.entity
    values = (
        ("dei:EntityRegistrantName", "name", entity.name),
        ("dei:EntityCentralIndexKey", "cik", entity.cik if entity.cik != UNKNOWN_CIK else ""),
        ("dei:TradingSymbol", "ticker", entity.ticker),
        ("dei:DocumentType", "document_type", entity.document_type),
        ("dei:DocumentPeriodEndDate", "period", f"{period.end}"),
    )
    for name, key, value in values:
        if not value:
            continue
        yield Draft(
            concept=taxonomy[name],
            period=period,
            measure=None,
            value=value,
            decimals=None,
            scale=0,
            text=value,
            place=known.places.get(key),
            hidden=True,
            statement=StatementKind.COVER,
            label=key.replace("_", " "),
            why=Why(
                rule=known.reasons.get(key, "the latest period of the statements"),
                period="the longest period that ends last",
                sign="",
                confidence=0.95,
            ),
        )
