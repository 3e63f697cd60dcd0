"""HTML: bytes to the page that it shows, with the XHTML behind it, in which numbers can be tagged where they stand."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from converter.errors import SourceError
from converter.model.findings import Finding, Severity
from converter.model.source import Document, Header, Markup, TextBlock
from converter.options import ReadOptions
from converter.read.builder import tree_of
from converter.read.hiding import hide
from converter.read.page import HIDDEN, page_of
from converter.read.stylesheet import Looks, sheet_of
from converter.read.tagged import set_aside, told
from converter.read.text import decode, refuse_choice
from converter.read.tidy import safe_name, tidy
from converter.read.xhtml import attributes_of, written

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

DEFAULTS = ReadOptions()
_DIGIT = re.compile("[0-9]")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([a-zA-Z0-9_-]{2,40})""")
_CHARSET_REACH = 4000
# Browsers take these for Windows-1252, as is done with what declares nothing.
_AS_EVER = frozenset(
    {"utf-8", "utf8", "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"}
)
# What is left out of every document and is worth no word.
_UNTOLD = frozenset({"comments"})


def read(data: bytes, source: str, options: ReadOptions = DEFAULTS) -> tuple[Document, tuple[Finding, ...]]:
    """The page of ``data`` and its markup as XHTML; SourceError where it shows nothing."""
    decoded = decode(_recoded(data), source)
    refuse_choice(source, options)
    document, findings = document_of(decoded.text, source, line_starts(decoded.text))
    return document, (*findings, *decoded.findings(document))


def line_starts(text: str) -> tuple[int, ...]:
    """The offset of the first character of each line of ``text``."""
    lengths = (len(line) + 1 for line in text.split("\n"))
    return tuple(accumulate(lengths, initial=0))[:-1]


def document_of(source_text: str, source: str, starts: tuple[int, ...]) -> tuple[Document, tuple[Finding, ...]]:
    """The page of ``source_text`` and its markup as XHTML; SourceError where it shows nothing.

    ``starts`` are the offsets of the lines of the file from the first character of ``source_text``, which may be a part
    of it.
    """
    tree = tree_of(source_text, is_xml=source.lower().endswith(".xhtml"))
    aside = set_aside(tree, source_text)
    body = tidy(tree)
    sheet = sheet_of(tree, safe_name)
    hide(body, sheet)
    looks = Looks(sheet)
    text = written(body, looks)
    page = page_of(body)
    if not page.runs:
        raise SourceError(f"{source}: the page shows no text", hint="look at it in a browser; save it again")
    document = Document(
        source=source,
        text=page.text,
        blocks=(TextBlock(lines=page.lines),) if page.lines else (),
        header=Header(cik=aside.cik or None),
        unread=page.unread,
        markup=Markup(
            attributes=attributes_of(looks.attributes(body)),
            head=looks.head(),
            text=text,
            runs=page.runs,
            copies=page.copies,
            line_starts=starts,
        ),
    )
    return document, (*told(aside, document), *_left_out(tree.dropped, document), *_hidden(document))


def _recoded(data: bytes) -> bytes:
    """``data`` in UTF-8 where it is of the encoding that it declares; what is UTF-8 anyway stays as it is."""
    declared = _CHARSET.search(data, 0, _CHARSET_REACH)
    if declared is None:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        name = declared[1].decode("ascii").lower()
        if name in _AS_EVER:
            return data
    else:
        return data
    try:
        return data.decode(name).encode("utf-8", "replace")
    except (LookupError, UnicodeDecodeError):
        return data


def _left_out(dropped: Counter[str], document: Document) -> Iterator[Finding]:
    counted = [f"{count} {what}" for what, count in sorted(dropped.items()) if count and what not in _UNTOLD]
    if counted:
        yield Finding(
            code="read.left-out",
            severity=Severity.INFO,
            message=f"what runs, loads or opens something is left out of the report: {', '.join(counted)}",
            hint="look whether the report shows all that the source shows",
            place=document.place(0, 1),
        )


def _hidden(document: Document) -> Iterator[Finding]:
    spans = [
        unread
        for unread in document.unread
        if unread.reason == HIDDEN and _DIGIT.search(document.text, unread.start, unread.end)
    ]
    if spans:
        yield Finding(
            code="read.hidden",
            severity=Severity.WARNING,
            message=f"{len(spans)} passages with numbers are hidden from view; none of their numbers is tagged",
            hint="see whether they ought to be shown",
            place=document.place(spans[0].start, spans[0].end),
        )
