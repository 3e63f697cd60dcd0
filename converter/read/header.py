"""The header of a submission: lines of a key, a colon and a value, of which the first filer is the registrant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from converter.model.source import Header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from converter.model.source import Document

_FIELD = re.compile(r"^[ \t]*(?P<key>[A-Z][A-Z -]*):(?P<value>[^\n]*)", re.MULTILINE)
_ACCESSION = re.compile(r"\b\d{10}-\d{2}-\d{6}\b", re.ASCII)
# What opens the data of a party to the filing, and which of them is the one that reports.
_FILER = "FILER"
_PARTIES = frozenset({_FILER, "SUBJECT COMPANY", "FILED BY", "REPORTING-OWNER", "ISSUER", "FILED FOR"})
_NAME, _CIK, _YEAR_END = "COMPANY CONFORMED NAME", "CENTRAL INDEX KEY", "FISCAL YEAR END"
_OF_COMPANY = frozenset({_NAME, _CIK, _YEAR_END})
_FORM, _PERIOD = "CONFORMED SUBMISSION TYPE", "CONFORMED PERIOD OF REPORT"
_OF_FILING = frozenset({_FORM, _PERIOD})

_Span = tuple[int, int]


def accession_of(text: str, start: int, end: int) -> str:
    """The accession number that the header ``text[start:end]`` states, empty where it states none."""
    match = _ACCESSION.search(text, start, end)
    return match.group() if match else ""


def header_of(document: Document, start: int, end: int) -> Header:
    """What the header that stands at ``start:end`` of ``document`` states; a value of no sense is none."""
    filing, company = _fields(document.text, start, end)
    spans = {
        "registrant": company.get(_NAME),
        "cik": company.get(_CIK),
        "form": filing.get(_FORM),
        "period": filing.get(_PERIOD),
        "fiscal_year_end": company.get(_YEAR_END),
    }
    said = {name: document.text[slice(*span)] if span else "" for name, span in spans.items()}
    header = Header(
        registrant=_words(said["registrant"]) or None,
        cik=_number(said["cik"]) or None,
        form=_words(said["form"]) or None,
        period=_day(said["period"]),
        fiscal_year_end=_day_of_year(said["fiscal_year_end"]) or None,
    )
    places = {name: document.place(*span) for name, span in spans.items() if span and getattr(header, name)}
    return replace(header, places=places)


def _fields(text: str, start: int, end: int) -> tuple[Mapping[str, _Span], Mapping[str, _Span]]:
    """Where the values of the filing and those of its registrant stand, by their keys."""
    filing: dict[str, _Span] = {}
    companies: list[tuple[str, dict[str, _Span]]] = []
    party = ""
    for key, span in _pairs(text, start, end):
        if key in _PARTIES:
            party = key
        elif key in _OF_FILING:
            filing.setdefault(key, span)
        elif key in _OF_COMPANY:
            if not companies or key == _NAME:
                companies.append((party, {}))
            companies[-1][1].setdefault(key, span)
    filers = [company for party, company in companies if party == _FILER]
    return filing, next(iter([*filers, *(company for _, company in companies)]), {})


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[str, _Span]]:
    for match in _FIELD.finditer(text, start, end):
        value = match["value"]
        left = match.start("value") + len(value) - len(value.lstrip())
        yield match["key"].rstrip(), (left, max(left, match.start("value") + len(value.rstrip())))


def _words(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> str:
    return text if re.fullmatch(r"\d{1,10}", text, re.ASCII) else ""


def _day(text: str) -> date | None:
    """``19961231`` as a date, None where it is none."""
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _day_of_year(text: str) -> str:
    """``0930`` as ``--09-30``; the year that it is tried with has a 29 February."""
    return f"--{text[:2]}-{text[2:]}" if len(text) == 4 and _day(f"2000{text}") else ""
