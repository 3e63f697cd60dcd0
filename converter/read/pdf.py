"""PDF: pages to fixed-width text, which is read as such. Needs the extra ``pdf``.

What a page shows as letters is taken; pictures of pages are not read, and rules are not drawn. Where the letters of a
font cannot be told, nothing of their words is made up.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from contextlib import contextmanager
from io import BytesIO
from math import inf
from typing import TYPE_CHECKING, Any

from converter.errors import SourceError
from converter.model.findings import Finding, Severity
from converter.options import ReadOptions
from converter.read import text
from converter.read.typeset import Word, set_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model.source import Document

DEFAULTS = ReadOptions()
# XML forbids the form feed, which text has a blank for as well.
_PAGE_BREAK = " "
# What pdfminer writes for a letter that its font does not tell.
_UNTOLD = re.compile(r"\(cid:\d+\)")
# A page with more of them says something else than it shows.
_MOST_UNTOLD = 0.05
# In heights of a letter; the narrowest letters stand twice as far apart.
_HAIR = 0.1
_TURNED, _OUTSIDE, _PICTURES, _MARKS, _LETTERS = "turned", "outside", "pictures", "marks", "letters"
_TOLD = {
    _TURNED: (Severity.WARNING, "{} characters that are turned are left out", "look whether a table stands sideways"),
    _OUTSIDE: (
        Severity.WARNING,
        "{} characters that stand outside of their page, where nobody sees them, are left out",
        "look whether the PDF shows all that it should",
    ),
    _PICTURES: (Severity.WARNING, "{} pages are pictures, which are not read", "make text of them with an OCR program"),
    _MARKS: (Severity.INFO, "{} raised marks are left out: they would be read as digits of a number", ""),
    _LETTERS: (
        Severity.WARNING,
        "{} words have letters that their font does not tell; they are shown as symbols",
        "compare the report with the source",
    ),
}  # fmt: skip


def read(data: bytes, source: str, options: ReadOptions = DEFAULTS) -> tuple[Document, tuple[Finding, ...]]:
    """The pages of ``data`` as text, with a page break between them; lines and columns are those of that text.

    SourceError where ``data`` cannot be opened or holds no text, or where what reads it is not installed.
    """
    text.refuse_choice(source, options)
    counts: Counter[str] = Counter()
    with _quiet():
        pages = list(_words(data, source, counts))
    if not any(pages):
        why = ": its pages are pictures" if counts[_PICTURES] else ": all is turned" if counts[_TURNED] else ""
        raise SourceError(
            f"{source}: there is no text in it that could be read{why}",
            hint="make text of it with an OCR program, and check that against the pages",
        )
    words = sum(map(len, pages))
    if counts[_LETTERS] > _MOST_UNTOLD * words:
        raise SourceError(
            f"{source}: {counts[_LETTERS]} of {words} words have letters that their font does not tell",
            hint="make text of it with an OCR program, or take the HTML of the same report",
        )
    laid, counts[_MARKS] = set_pages(pages)
    document, findings = text.read(f"\n{_PAGE_BREAK}\n".join(laid).encode(), source, options)
    return document, (*_said(counts, document), *findings)


@contextmanager
def _quiet() -> Iterator[None]:
    """What pdfminer logs of fonts and boxes is of no use to anyone who cannot change the file."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _words(data: bytes, source: str, counts: Counter[str]) -> Iterator[list[Word]]:
    """The words of each page; what is left out is counted."""
    try:
        import pdfplumber  # noqa: PLC0415 - an extra
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    except ImportError as error:
        raise SourceError(
            f"{source}: PDF is not read by what is installed", hint="pip install 'xbrl-converter[pdf]'"
        ) from error
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                yield list(_words_of(page, counts))
                page.close()
    except Exception as error:  # what is damaged fails in any way
        if any(isinstance(reason, PDFPasswordIncorrect) for reason in (error, *error.args)):
            raise SourceError(f"{source}: a password is needed to open it", hint="save it without one") from error
        raise SourceError(
            f"{source}: it cannot be read as a PDF: {str(error) or type(error).__name__}",
            hint="open it in a viewer and print it to a new PDF",
        ) from error


def _words_of(page: Any, counts: Counter[str]) -> Iterator[Word]:  # pdfplumber's own types say no more
    from pdfplumber.utils.text import extract_words  # noqa: PLC0415 - an extra

    upright = []
    for char in _once(page.chars):
        if not _is_on(char, page):
            counts[_OUTSIDE] += not char["text"].isspace()
        elif not char["upright"]:
            counts[_TURNED] += not char["text"].isspace()
        else:
            upright.append(char)
    if not upright and page.images:
        counts[_PICTURES] += 1
    for word in extract_words(upright, x_tolerance_ratio=0.15, extra_attrs=["size"]):
        written, untold = _UNTOLD.subn("\ufffd", word["text"])
        if untold:
            counts[_LETTERS] += 1
            written = "\ufffd" * len(written)
        yield Word(written, word["x0"], word["x1"], word["top"], word["bottom"], word["size"])


def _once(chars: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """``chars`` without those that are printed over themselves, a hair beside, to look bold."""
    seen: dict[tuple[str, int, int], float] = {}
    for char in chars:
        x0, hair = char["x0"], _HAIR * char["size"]
        letter, top, near = char["text"], round(char["top"]), int(x0)
        if not any(abs(seen.get((letter, top, at), inf) - x0) < hair for at in (near - 1, near, near + 1)):
            seen[letter, top, near] = x0
            yield char


def _is_on(char: dict[str, Any], page: Any) -> bool:
    """Whether a character stands on the page, and not beside it."""
    x0, top, x1, bottom = page.bbox
    return bool(x0 <= (char["x0"] + char["x1"]) / 2 <= x1 and top <= (char["top"] + char["bottom"]) / 2 <= bottom)


def _said(counts: Counter[str], document: Document) -> Iterator[Finding]:
    for what, (severity, message, hint) in _TOLD.items():
        if counts[what]:
            yield Finding(
                code=f"read.pdf-{what}",
                severity=severity,
                message=message.format(counts[what]),
                hint=hint,
                place=document.place(0, 1),
            )
