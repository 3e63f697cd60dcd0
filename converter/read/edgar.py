"""Whole submissions: which documents one file holds, which of them are read, and what its header states.

A submission is text in which tags part an envelope, a header and documents; the tags are seldom closed
as they should be, so that each ends what stands open before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import UsageError
from converter.model.findings import Finding, Severity
from converter.model.source import Document, Header, TextBlock, TextLine, Unread
from converter.read.header import accession_of, header_of
from converter.read.html import document_of, line_starts
from converter.read.lines import lines_of
from converter.read.schedule import schedules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MESSAGE = re.compile(r"-----(?P<side>BEGIN|END) PRIVACY-ENHANCED MESSAGE-----")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>DOCUMENT|(?:SEC|IMS)-(?:DOCUMENT|HEADER))>", re.IGNORECASE)
_TYPE_TAG = re.compile(r"<TYPE>", re.IGNORECASE)
_TEXT_TAG = re.compile(r"<TEXT>", re.IGNORECASE)
_PREAMBLE_REACH = 4000
_PREAMBLE = re.compile(r"(?:\s*<(?:DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION|FLAWED)>[^<\n]*)*", re.IGNORECASE)
_ENTRY = re.compile(r"<(?P<key>TYPE|SEQUENCE)>(?P<value>[^<\n]*)", re.IGNORECASE)
_ONLY_TAGS = re.compile(r"(?:\s|</?[A-Za-z][\w-]*>)*")
_CLOSERS = re.compile(r"(?:\s*</[A-Za-z][\w-]*>)*")
_FEWEST_LINES = 3  # of a document without tags
_ENCODED = re.compile(r"\nbegin(?:-base64)? [0-7]{3} [^\n]*")
_ENCODED_END = re.compile(r"\n(?:end|====)[ \t]*(?=\n|$)")
_SCHEDULE = re.compile(r"EX-27(?:\.\S*)?", re.IGNORECASE)
_NO_TEXT = re.compile(r"GRAPHIC|ZIP|EXCEL|PDF|XML|JSON|EX-101(?:\.\S*)?", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|body|div|td)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d,\d{3}\b")
_LONGEST_LIST = 40

_TAGS_AROUND = "the tags around a document"
_HEADER, _ENVELOPE = "the header of the submission", "the envelope of the submission"
_A_SCHEDULE, _AN_ENCODED, _EMPTY = "a financial data schedule", "encoded data", "empty"
_A_COPY, _NOT_CHOSEN = "a second copy", "not chosen"
_APART = "pages are read alone"
_CHOOSE = "choose one with --document"
_ONE_PAGE = "documents in HTML are read one at a time, the one with the most amounts; choose another with --document"


class _Piece(NamedTuple):
    """A stretch between two tags: ``what`` is ``document``, ``header``, ``envelope`` or ``outside``."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A document of the submission: ``start:end`` with its tags, and ``text_start:text_end`` without."""

    type: str
    sequence: str
    start: int
    end: int
    text_start: int
    text_end: int
    submission: int
    is_copy: bool

    @property
    def name(self) -> str:
        """Its type as people know it."""
        return self.type or "without a type"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What becomes of a document: the number that it is known by, why it is left out, and the spans that are read."""

    part: _Part
    number: str
    reason: str
    spans: tuple[tuple[int, int], ...]

    @property
    def span(self) -> tuple[int, int]:
        """Where its text stands."""
        return self.part.text_start, self.part.text_end

    @property
    def name(self) -> str:
        """Number and type."""
        return f"{self.number} {self.part.name}".strip()


def read_submission(text: str, source: str, wanted: str) -> tuple[Document, tuple[Finding, ...]] | None:
    """The document of a submission, in which each block is a document that may bear statements; None for other text.

    Documents in HTML are read alone, as a page: the one with the most amounts, where no document of text has more.
    ``wanted`` is the number or the type of the only one to read, empty for all; UsageError where it names none.
    """
    pieces = list(_pieces(text))
    if not _is_submission(text, pieces):
        return None
    whole = Document(source=source, text=text, blocks=())
    parts = list(_parts(text, pieces))
    headers = _headers(pieces)
    if not parts:
        if wanted:
            raise _no_such(source, wanted, ())
        header = header_of(whole, *headers[0]) if headers[0] else Header()
        return replace(whole, blocks=(TextBlock(lines=lines_of(text)),), header=header), ()
    choices = _choices(text, source, parts, wanted)
    page = _page_among(text, choices)
    choices = [_beside(choice, page, text) for choice in choices]
    blocks = tuple(
        TextBlock(lines=tuple(line for span in choice.spans for line in _lines(whole, *span)))
        for choice in choices
        if choice.spans
    )
    first = next((choice.part for choice in choices if choice.spans), parts[0])
    span = headers[first.submission]
    header = header_of(whole, *span) if span else Header()
    schedules = (
        schedule
        for part in parts
        if _SCHEDULE.fullmatch(part.type) and not part.is_copy
        for schedule in schedules_of(whole, part.text_start, part.text_end)
    )
    if page is not None:
        start, end = page.part.text_start, page.part.text_end
        document, findings = document_of(text[start:end], source, tuple(at - start for at in line_starts(text)))
        document = replace(document, header=replace(header, schedules=tuple(schedules), places={}))
        return document, (_told(choices, whole, _ONE_PAGE), *findings)
    document = replace(
        whole,
        blocks=blocks,
        header=replace(header, schedules=tuple(schedules)),
        unread=tuple(_unread(pieces, {choice.part.start: choice for choice in choices})),
    )
    return document, (_told(choices, whole, _CHOOSE),)


def _is_submission(text: str, pieces: Sequence[_Piece]) -> bool:
    return any(
        piece.what in {"header", "envelope"}
        or (piece.what == "document" and _TYPE_TAG.search(text, piece.start, min(piece.end, piece.start + 500)))
        for piece in pieces
    )


def _pieces(text: str) -> Iterator[_Piece]:
    """``text`` cut at the tags that open or close the envelope, the header and the documents."""
    what, at = "outside", 0
    for start, opened in sorted([*_tags(text), *_messages(text)]):
        if start > at:
            yield _Piece(what, at, start)
        what, at = opened, start
    yield _Piece(what, at, len(text))


def _tags(text: str) -> Iterator[tuple[int, str]]:
    """Where tags stand, and what is behind each. A tag is first on its line, or right behind another."""
    for match in _TAG.finditer(text):
        before = match.start() - 1
        while before >= 0 and text[before] in " \t":
            before -= 1
        if before < 0 or text[before] in "\n>":
            name = match["name"].upper()
            yield match.start(), "outside" if match["close"] else "document" if name == "DOCUMENT" else "header"


def _messages(text: str) -> Iterator[tuple[int, str]]:
    for match in _MESSAGE.finditer(text):
        if match.start() == 0 or text[match.start() - 1] == "\n":
            yield match.start(), "envelope" if match["side"] == "BEGIN" else "outside"


def _parts(text: str, pieces: Sequence[_Piece]) -> Iterator[_Part]:
    """The documents; what stands outside of all tags is one too, where it is more than the remains of tags."""
    accessions: set[str] = set()
    submission, is_copy, accession = 0, False, ""
    for piece, above in zip(pieces, [None, *pieces], strict=False):
        if piece.what in {"header", "envelope"}:
            if _begins(piece, above):
                submission, is_copy, accession = submission + 1, False, ""
            if not accession:
                accession = accession_of(text, piece.start, piece.end)
                is_copy = accession in accessions
                accessions.add(accession) if accession else None
            continue
        part = _part(text, piece, submission, is_copy=is_copy)
        if part is not None:
            yield part


def _begins(piece: _Piece, above: _Piece | None) -> bool:
    """Whether a submission begins here: behind the documents of another, not behind its own envelope."""
    return above is not None and above.what not in {"header", "envelope"}


def _headers(pieces: Sequence[_Piece]) -> list[tuple[int, int] | None]:
    """The span of each submission's header, None for one without."""
    headers: list[tuple[int, int] | None] = [None]
    for piece, above in zip(pieces, [None, *pieces], strict=False):
        if piece.what in {"header", "envelope"} and _begins(piece, above):
            headers.append(None)
        if piece.what == "header":
            known = headers[-1]
            headers[-1] = (known[0] if known else piece.start, piece.end)
    return headers


def _part(text: str, piece: _Piece, submission: int, *, is_copy: bool) -> _Part | None:
    start, end = piece.start, piece.end
    if piece.what == "outside":
        tags, closers = _ONLY_TAGS.match(text, start, end), _CLOSERS.match(text, start, end)
        if len(text[tags.end() if tags else start : end].strip().split("\n", _FEWEST_LINES)) < _FEWEST_LINES:
            return None
        start = closers.end() if closers else start
    opening = _TEXT_TAG.search(text, start, min(end, start + _PREAMBLE_REACH))
    preamble = _PREAMBLE.match(text, start, end)
    text_start = opening.end() if opening else preamble.end() if preamble else start
    entries = {m["key"].upper(): m["value"].strip() for m in _ENTRY.finditer(text, start, text_start)}
    text_end = max(text.rfind("</TEXT>", text_start, end), text.rfind("</text>", text_start, end))
    return _Part(
        type=entries.get("TYPE", ""),
        sequence=entries.get("SEQUENCE", ""),
        start=piece.start,
        end=end,
        text_start=_next_line(text, text_start),
        text_end=end if text_end < 0 else text_end,
        submission=submission,
        is_copy=is_copy,
    )


def _next_line(text: str, offset: int) -> int:
    """The start of the next line where nothing but blanks is left of this one, else ``offset``."""
    at = offset
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at + 1 if text[at : at + 1] == "\n" else offset


def _choices(text: str, source: str, parts: Sequence[_Part], wanted: str) -> list[_Choice]:
    """What becomes of each of ``parts``; UsageError where ``wanted`` names none or more than one."""
    seen: set[str] = set()
    drafts = []
    for part in parts:
        spans = tuple(_plain_spans(text, part))
        content = "".join(text[slice(*span)] for span in spans).strip()
        if part.is_copy or (content and content in seen):
            reason = _A_COPY
        elif not content:
            reason = _EMPTY if not text[part.text_start : part.text_end].strip() else _AN_ENCODED
        else:
            reason = _A_SCHEDULE if _SCHEDULE.fullmatch(part.type) else ""
            reason = f"{part.type} is no text" if _NO_TEXT.fullmatch(part.type) else reason
        seen.add(content)
        drafts.append(_Choice(part=part, number="", reason=reason, spans=spans))
    choices = _numbered(drafts)
    if wanted:
        chosen = _chosen(choices, source, wanted)
        choices = [
            replace(choice, reason=choice.reason if choice.reason in {_EMPTY, _AN_ENCODED} else "")
            if choice is chosen
            else replace(choice, reason=choice.reason or _NOT_CHOSEN)
            for choice in choices
        ]
    return [replace(choice, spans=()) if choice.reason else choice for choice in choices]


def _page_among(text: str, choices: Sequence[_Choice]) -> _Choice | None:
    """The document in HTML that is read alone: the one with the most amounts, where that is in HTML."""
    readable = [choice for choice in choices if choice.spans]
    first = max(readable, key=lambda choice: len(_AMOUNT.findall(text, *choice.span)), default=None)
    return first if first is not None and _is_html(text, first) else None


def _beside(choice: _Choice, page: _Choice | None, text: str) -> _Choice:
    """What becomes of a document where ``page`` is read alone, or where none in HTML is."""
    if choice.reason or choice is page or (page is None and not _is_html(text, choice)):
        return choice
    return replace(choice, reason=_APART, spans=())


def _is_html(text: str, choice: _Choice) -> bool:
    start, end = choice.span
    return _HTML.search(text, start, min(end, start + _PREAMBLE_REACH)) is not None


def _plain_spans(text: str, part: _Part) -> Iterator[tuple[int, int]]:
    """The spans of the document that are no encoded data; none where nothing but tags is left."""
    at = part.text_start
    while at < part.text_end:
        begin = _ENCODED.search(text, max(at - 1, 0), part.text_end)
        end = begin.start() + 1 if begin else part.text_end
        tags = _ONLY_TAGS.match(text, at, end)
        if tags is None or tags.end() < end:
            yield at, end
        if begin is None:
            return
        close = _ENCODED_END.search(text, begin.end(), part.text_end)
        at = min(close.end() + 1, part.text_end) if close else part.text_end


def _numbered(choices: Sequence[_Choice]) -> list[_Choice]:
    """Each with its sequence number, or counted in the order of the file where those do not tell them apart."""
    own = [choice for choice in choices if choice.reason != _A_COPY]
    stated = [choice.part.sequence.lstrip("0") for choice in own]
    if not all(number.isascii() and number.isdigit() for number in stated) or len(set(stated)) < len(stated):
        stated = [str(number) for number in range(1, len(own) + 1)]
    numbers = iter(stated)
    return [choice if choice.reason == _A_COPY else replace(choice, number=next(numbers)) for choice in choices]


def _chosen(choices: Sequence[_Choice], source: str, wanted: str) -> _Choice:
    own = [choice for choice in choices if choice.reason != _A_COPY]
    asked = wanted.strip().upper()
    if asked.isascii() and asked.isdigit():
        found = [choice for choice in own if choice.number == asked.lstrip("0")]
    else:
        found = [choice for choice in own if choice.part.type.upper() == asked]
    if not found:
        raise _no_such(source, wanted, own)
    if len(found) > 1:
        raise UsageError(
            f"{source}: {len(found)} documents are of the type {wanted!r}",
            hint=f"choose one by its number: {_listed([choice.name for choice in found])}",
        )
    return found[0]


def _no_such(source: str, wanted: str, choices: Sequence[_Choice]) -> UsageError:
    there = _listed([choice.name for choice in choices]) or "no documents at all"
    return UsageError(f"{source}: there is no document {wanted!r} in it", hint=f"there are: {there}")


def _lines(whole: Document, start: int, end: int) -> tuple[TextLine, ...]:
    """The lines of a span; the end of its last line is no line more."""
    if whole.text[end - 1] == "\n":
        end -= 1
    return lines_of(whole.text[start:end], whole.place(start, start).line, start)


def _unread(pieces: Sequence[_Piece], choices: dict[int, _Choice]) -> Iterator[Unread]:
    """The spans that no block holds, in their order."""
    for piece in pieces:
        choice = choices.get(piece.start)
        if choice is None or piece.what in {"header", "envelope"}:
            known = {"header": _HEADER, "envelope": _ENVELOPE}
            yield Unread(piece.start, piece.end, known.get(piece.what, _TAGS_AROUND))
            continue
        part = choice.part
        yield Unread(piece.start, part.text_start, _TAGS_AROUND)
        at = part.text_start
        for start, end in choice.spans:
            if start > at:
                yield Unread(at, start, _AN_ENCODED)
            at = end
        if at < part.text_end:
            yield Unread(at, part.text_end, choice.reason or _AN_ENCODED)
        yield Unread(part.text_end, piece.end, _TAGS_AROUND)


def _told(choices: Sequence[_Choice], whole: Document, hint: str) -> Finding:
    """Which documents were read, and which not."""
    read = [choice.name for choice in choices if not choice.reason]
    left = [f"{choice.name} ({choice.reason})" for choice in choices if choice.reason]
    said = f"documents of the submission that were read: {_listed(read) or 'none'}"
    start = choices[0].part.start
    return Finding(
        code="read.submission",
        severity=Severity.INFO,
        message=said + (f"; left out: {_listed(left)}" if left else ""),
        hint=hint,
        place=whole.place(start, start),
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LONGEST_LIST
    return ", ".join(names[:_LONGEST_LIST]) + (f" and {more} more" if more > 0 else "")
