"""The package of an Office document: a ZIP archive of XML parts (ECMA-376 part 2), looked at before it is unpacked.

Nothing that a part refers to outside of the package is opened, no document type is read, and no entity is put in.
"""

from __future__ import annotations

import io
import posixpath
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree

from converter.errors import SourceError

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_MOST_PARTS = 20_000
_MOST_UNPACKED = 600_000_000  # bytes: a million rows that are formatted and empty have 150 million
_LARGEST_TREE = 20_000_000
_MOST_TAGS = 8_000_000  # of a part: a million cells have as many
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 16
_AGAIN = "save it again in a spreadsheet program, or download it again"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What other archives hold, and what they are.
_OTHERS = (
    ("xl/workbook.bin", "a binary workbook"),
    ("word/", "a text document"),
    ("ppt/", "a presentation"),
    ("content.xml", "an OpenDocument file"),
)


def too_large(source: str, why: str) -> SourceError:
    """What to say of a workbook that would take too much to read."""
    return SourceError(
        f"{source}: the workbook is too large: {why}", hint="copy the sheets that hold statements into a new workbook"
    )


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind (``worksheet``), and the name of the part; empty where it is outside."""

    kind: str
    part: str


class Package:
    """The parts of an archive, read one by one. ``sizes`` are those of the parts when unpacked, in bytes."""

    def __init__(self, data: bytes, source: str) -> None:
        """Open ``data``; SourceError where it is no package, is damaged, or unpacks to more than is read."""
        self._source = source
        if data.startswith(_OLD):
            if _ENCRYPTED in data:
                raise SourceError(f"{source}: the workbook is encrypted", hint="save it without a password")
            raise SourceError(f"{source}: this is an old Office file, not .xlsx", hint="save it as .xlsx")
        if not data.startswith(b"PK"):
            raise SourceError(
                f"{source}: this is no workbook, whatever its name ends in",
                hint="if it is a table in text, let its name end in .csv; else save it as .xlsx",
            )
        with self._sound():
            self._zip = ZipFile(io.BytesIO(data))
        sizes = {info.filename: info.file_size for info in self._zip.infolist()}
        total = sum(sizes.values())
        if len(sizes) > _MOST_PARTS or total > _MOST_UNPACKED:
            raise too_large(
                self._source,
                f"it unpacks to {total / 1e6:,.0f} MB in {len(sizes)} parts; "
                f"{_MOST_UNPACKED / 1e6:,.0f} MB in {_MOST_PARTS} are read",
            )
        self.sizes = sizes

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """SourceError for what a damaged archive, or one that lies about its parts, makes of its readers."""
        try:
            yield
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise SourceError(f"{self._source}: the workbook is damaged: {error}", hint=_AGAIN) from error
        except RuntimeError as error:  # a part with a password of its own
            raise SourceError(
                f"{self._source}: the workbook is encrypted: {error}", hint="save it without a password"
            ) from error
        except etree.XMLSyntaxError as error:
            raise SourceError(f"{self._source}: the workbook is damaged: {error}", hint=_AGAIN) from error

    def what_else(self) -> str:
        """What the archive is, if it is of a kind that is known and no workbook."""
        return next((what for part, what in _OTHERS if any(name.startswith(part) for name in self.sizes)), "")

    def tree(self, part: str) -> etree._Element | None:
        """The part as a tree; None where there is none of that name, or it is empty."""
        if not self.sizes.get(part):
            return None
        if self.sizes[part] > _LARGEST_TREE:
            raise too_large(self._source, f"its part {part} has {self.sizes[part] / 1e6:,.0f} MB")
        with self._sound():
            return etree.fromstring(self._zip.read(part), _parser())

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to, by the names that it uses for it; the package itself is the part without a name."""
        folder, _, name = part.rpartition("/")
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for item in [] if tree is None else tree.iterchildren("{*}Relationship"):
            target = str(item.get("Target", ""))
            is_outside = item.get("TargetMode") == "External"
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[str(item.get("Id"))] = Relation(
                str(item.get("Type", "")).rpartition("/")[2], "" if is_outside else joined
            )
        return found

    def elements(
        self, part: str, tags: tuple[str, ...], without: re.Pattern[bytes] | None = None
    ) -> Iterator[etree._Element]:
        """The elements of ``part`` that have one of ``tags``, each once it is whole, and gone with the next.

        What ``without`` matches, whole tags, is left out before anything is made of it.
        """
        if part not in self.sizes:
            return
        count = 0
        parser = etree.XMLPullParser(
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        )
        with self._sound(), self._zip.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                data, rest = _whole_tags(rest + chunk)
                data = without.sub(b"", data) if without else data
                count += data.count(b"<")
                if count > _MOST_TAGS:
                    raise too_large(self._source, f"its part {part} has more than {_MOST_TAGS:,} tags")
                parser.feed(data)
                yield from _taken(parser)
            parser.feed(rest)
            parser.close()
            yield from _taken(parser)


def _whole_tags(data: bytes) -> tuple[bytes, bytes]:
    """``data`` up to the tag that goes on behind its end, and what there is of that tag."""
    at = data.rfind(b"<", -_LONGEST_TAG)
    return (data[:at], data[at:]) if at >= 0 and b">" not in data[at:] else (data, b"")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _taken(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):  # noqa: SLF001 - lxml has no other name for it
            continue
        yield element
        parent = element.getparent()
        element.clear()
        if parent is not None:
            while parent[0] is not element:
                del parent[0]
