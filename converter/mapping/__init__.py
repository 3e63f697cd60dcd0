"""Statements to a Report: concepts, signs, contexts, facts, and the ledger of numbers.

The room knows the concept table and the taxonomy; it knows nothing of layouts, templates or files to be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import SourceError
from converter.mapping import table as tables
from converter.mapping.conflicts import without_conflicts
from converter.mapping.drafts import finish
from converter.mapping.entity import cover_drafts, know_entity
from converter.mapping.extension import extension_of, prefix_of
from converter.mapping.industry import industry_of
from converter.mapping.ledger import ledger_of
from converter.mapping.lines import Mapped, Tables, by_measure, map_lines
from converter.mapping.match import Lookup
from converter.mapping.members import Parts
from converter.mapping.older import phrases_of
from converter.mapping.parentheticals import map_parentheticals
from converter.mapping.prose import map_prose
from converter.mapping.ranker import RANKER_FILE
from converter.mapping.ranker import load as load_ranker
from converter.model.report import Report
from converter.taxonomy import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.mapping.drafts import Draft
    from converter.model.findings import Finding
    from converter.model.periods import Period
    from converter.model.report import Concept
    from converter.model.source import Document
    from converter.model.statement import Statement
    from converter.options import MapOptions

_LONGEST_YEAR = 373  # days of 53 weeks, and some


def map_statements(
    document: Document, statements: Sequence[Statement], options: MapOptions
) -> tuple[Report, tuple[Finding, ...]]:
    """The report on ``statements`` of ``document``; SourceError where they yield no fact."""
    taxonomy = load(options.taxonomy)
    industry, shown = industry_of(statements, taxonomy.tables, options.industry)
    table, conflicts = tables.load(taxonomy, options.concepts, industry)
    known, doubts = know_entity(document, statements, options)
    prefix = prefix_of(known.entity)
    mapped = Mapped(findings=[*shown, *conflicts, *doubts])
    lookup = Lookup(
        table=table,
        taxonomy=taxonomy.spoken,
        ranker=load_ranker(taxonomy.tables / RANKER_FILE),
        accept=options.accept,
        older=taxonomy if taxonomy.later else None,
    )
    parts = Parts(taxonomy, prefix)
    used = Tables(lookup=lookup, taxonomy=taxonomy, options=options, prefix=prefix, parts=parts)
    for number, statement in enumerate(statements):
        since = len(mapped.drafts)
        for counted in by_measure(statement):
            map_lines(number, counted, used, mapped)
        map_parentheticals(statement, used, mapped, since)
    if not mapped.drafts:
        undated = (column.reason for statement in statements for column in statement.columns if column.period is None)
        why = next(undated, next(iter(mapped.reasons.values()), "it has no columns"))
        raise SourceError(
            f"{document.source}:{statements[0].place.line}: no number of its statements could be made a fact: {why}",
            hint="see whether its columns say what period they are of",
        )
    drafts = without_conflicts(mapped, prefix)
    phrases = phrases_of(table, taxonomy) if taxonomy.later else table.phrases
    drafts += map_prose(document, statements, drafts, phrases)
    drafts = _in_one_piece(drafts, document, mapped)
    period = _document_period(drafts)
    if not period.is_instant:  # the cover's concepts are of a duration
        drafts += cover_drafts(known, period, taxonomy)
    contexts, units, facts = finish(drafts, statements[0].currency)
    report = Report(
        document=document,
        entity=known.entity,
        schemas=taxonomy.schemas,
        types=taxonomy.types,
        statements=tuple(statements),
        contexts=contexts,
        units=units,
        facts=facts,
        extension=extension_of(_used([*mapped.own.values(), *parts.own.values()], drafts), prefix, period.end),
        unmapped=tuple(mapped.unmapped),
        numbers=ledger_of(document, statements, facts, mapped.reasons),
    )
    return report, tuple(mapped.findings)


def _in_one_piece(drafts: Sequence[Draft], document: Document, mapped: Mapped) -> list[Draft]:
    """Those of ``drafts`` whose numbers a tag can be set around."""
    kept = []
    for draft in drafts:
        if draft.place is None or draft.hidden or document.is_whole(draft.place):
            kept.append(draft)
        else:
            mapped.reasons[draft.place.start] = "tags of the source stand between its digits"
    return kept


def _used(own: Sequence[Concept], drafts: Sequence[Draft]) -> list[Concept]:
    """Those of the company's ``own`` concepts that a fact bears or is a member of."""
    names = {draft.concept.name for draft in drafts} | {
        member.concept.name for draft in drafts for member in draft.members
    }
    return [concept for concept in own if concept.name in names]


def _document_period(drafts: Sequence[Draft]) -> Period:
    """The longest period that ends last, but no longer than a year: one since inception is not what a report is for.

    A balance sheet alone has its latest date.
    """
    return max(
        {draft.period for draft in drafts},
        key=lambda period: (period.end, period.start is not None, period.days <= _LONGEST_YEAR, period.days),
    )
