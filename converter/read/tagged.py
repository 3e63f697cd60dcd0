"""Pages that are tagged already: their tags and their header are set aside, and what is printed stays.

What the tags say is for ``inline`` to read; of a page, what it shows is all that is of use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model.findings import Finding, Severity
from converter.read.markup import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.source import Document
    from converter.read.markup import Tree

_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://www\.xbrl\.org/20(?:08|13)/inlineXBRL["']""", re.ASCII)
# A page that was cut out of a document has lost the declaration.
_USUAL = "ix"
_HEADER = ("header", "hidden", "references", "resources")
_FACTS = ("nonfraction", "nonnumeric", "fraction")


def set_aside(tree: Tree, source: str) -> int:
    """Take the header out of ``tree``, which was read from ``source``; how many facts it and the page hold.

    Other tags mean nothing to a page: ``tidy`` opens them up, and their content stays where it is.
    """
    prefixes = {prefix.lower() for prefix in _PREFIX.findall(source)}
    if f"<{_USUAL}:" in source:
        prefixes.add(_USUAL)
    if not prefixes:
        return 0
    headers, facts = ({f"{prefix}:{name}" for prefix in prefixes for name in names} for names in (_HEADER, _FACTS))
    count = 0
    for element in _elements(tree.root):
        count += element.tag in facts
        element.children = [
            child for child in element.children if not (isinstance(child, Element) and child.tag in headers)
        ]
    return count


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        waiting += [child for child in element.children if isinstance(child, Element)]
        yield element


def told(count: int, document: Document) -> Iterator[Finding]:
    """What there is to say of ``count`` facts that were set aside."""
    if count:
        yield Finding(
            code="read.tagged",
            severity=Severity.WARNING,
            message=f"the source is tagged already: the tags of its {count} facts are set aside, and its page is tagged anew",
            hint="hold the report against the source: xbrl-converter diff SOURCE REPORT",
            place=document.place(0, 1),
        )
