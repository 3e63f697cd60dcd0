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
    return find_statements(document)
