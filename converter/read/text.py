"""Text: bytes to lines. Decoding is all that happens here; submissions are cut by ``edgar``, layout is read by ``parse``."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.errors import SourceError, UsageError
from converter.model.findings import Finding, Severity
from converter.model.source import Document, TextBlock
from converter.options import ReadOptions
from converter.read.lines import lines_of

# Plain text has none of these, which is found quickly.
_HINTS = ("<SEC-", "<IMS-", "<DOCUMENT>", "<sec-", "<ims-", "<document>")
_ENVELOPE_WORDS, _ENVELOPE_REACH = "PRIVACY-ENHANCED MESSAGE", 2000  # it stands at the top
# First bytes of files that are often given an ending of text.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, a spreadsheet or a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
DEFAULTS = ReadOptions()
_EXPORT = "export its text and convert that; let the name of a spreadsheet end in .xlsx"
_SAMPLE = 1 << 16
# Text of any age holds a stray control character; a file with one in thirty is no text.
_MOST_CONTROLS = 1 / 30

# Characters outside XML 1.0 section 2.2, Char; surrogates cannot come out of a decoder.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PAGE_BREAKS = "\x0b\x0c"


class Decoded(NamedTuple):
    """Decoded text with line ends as ``\\n``, and the offsets of characters that were exchanged because XML forbids them."""

    text: str
    strange: tuple[int, ...]
    finding: Finding | None

    def findings(self, document: Document) -> tuple[Finding, ...]:
        """What there is to say of the decoding of ``document``."""
        found = [self.finding] if self.finding else []
        if self.strange:
            first = self.strange[0]
            found.append(
                Finding(
                    code="read.control-characters",
                    severity=Severity.WARNING,
                    message=f"{len(self.strange)} control characters cannot stand in XML; they are shown as symbols",
                    hint="look whether the file was damaged on its way",
                    place=document.place(first, first + 1),
                )
            )
        return tuple(found)


def read(data: bytes, source: str, options: ReadOptions = DEFAULTS) -> tuple[Document, tuple[Finding, ...]]:
    """Decode ``data`` and cut it into lines; SourceError where it is no text.

    UsageError where the options choose a document that the source does not hold.
    """
    decoded = decode(data, source)
    submission = _submission(decoded.text, source, options.document)
    if submission is not None:
        document, told = submission
        return document, (*told, *decoded.findings(document))
    refuse_choice(source, options)
    document = Document(source=source, text=decoded.text, blocks=(TextBlock(lines=lines_of(decoded.text)),))
    return document, decoded.findings(document)


def _submission(text: str, source: str, wanted: str) -> tuple[Document, tuple[Finding, ...]] | None:
    """The submission that ``text`` is, if it is one; nearly all other text is told at the cost of a few searches."""
    if text.find(_ENVELOPE_WORDS, 0, _ENVELOPE_REACH) < 0 and not (
        "<" in text and any(hint in text for hint in _HINTS)
    ):
        return None
    from converter.read.edgar import read_submission  # noqa: PLC0415 - most texts are none

    return read_submission(text, source, wanted)


def refuse_choice(source: str, options: ReadOptions) -> None:
    """UsageError where the options choose a document of a source that is one."""
    if options.document:
        raise UsageError(f"{source}: this is no submission with documents to choose from", hint="leave --document out")


def decode(data: bytes, source: str) -> Decoded:
    """The text of ``data``; SourceError where it is none."""
    decoded, finding = _decode(data, source)
    text, strange = _allowed(decoded.replace("\r\n", "\n").replace("\r", "\n"))
    return Decoded(text, tuple(strange), finding)


def _decode(data: bytes, source: str) -> tuple[str, Finding | None]:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{source}: this is {what}, not text", hint=_EXPORT)
    encoding = _unicode_encoding(data)
    try:
        text = data.decode(encoding)
        finding = None
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise SourceError(
                f"{source}: starts like {encoding} text but is not: {error.reason} at byte {error.start}",
                hint="save it as UTF-8",
            ) from error
        # Windows-1252 leaves five bytes undefined, where Latin-1 has control characters.
        text = data.decode("cp1252", errors="replace")
        finding = Finding(
            code="read.encoding",
            severity=Severity.INFO,
            message="the text is not UTF-8; it was read as Windows-1252",
            hint="save it as UTF-8 if letters look wrong",
        )
    sample = text[:_SAMPLE]
    if len(_FORBIDDEN.findall(sample)) > max(_MOST_CONTROLS * len(sample), 1):
        raise SourceError(f"{source}: this is a binary file, not text", hint="export its text and convert that")
    return text, finding


def _unicode_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    # Text in UTF-16 without a mark has a zero in every other byte as long as it is mostly ASCII.
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset::2]
        if len(half) > 8 and half.count(0) > 0.7 * len(half) and sample[1 - offset :: 2].count(0) < 0.1 * len(half):
            return encoding
    return "utf-8-sig"


def _allowed(text: str) -> tuple[str, list[int]]:
    """Exchange, one for one, what XML forbids: page breaks for a space, the rest for the symbol that shows it."""
    strange: list[int] = []

    def exchange(match: re.Match[str]) -> str:
        character = match.group()
        if character in _PAGE_BREAKS:
            return " "
        strange.append(match.start())
        return chr(0x2400 + ord(character)) if character < " " else "\ufffd"

    return _FORBIDDEN.sub(exchange, text), strange
