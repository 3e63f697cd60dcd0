"""A Document to its Statements. The room knows layouts, and nothing of taxonomies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.parse.statements import find_statements

if TYPE_CHECKING:
    from converter.model.findings import Finding
    from converter.model.source import Document
    from converter.model.statement import Statement


def parse(document: Document) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The statements of ``document`` in its order, and findings about what is in doubt."""
    in_text, of_text = find_statements(document)
    if not document.is_table:
        return in_text, of_text
    from converter.parse.sheets import sheet_doubts  # noqa: PLC0415 - most documents have none
    from converter.parse.tables import find_tables  # noqa: PLC0415 - as above

    in_tables, of_tables = find_tables(document)
    statements = sorted((*in_text, *in_tables), key=lambda statement: statement.place.start)
    return tuple(statements), (*of_text, *of_tables, *sheet_doubts(document, statements))
