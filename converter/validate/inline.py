"""Looks into an inline document without XBRL: where its facts stand, and which names it can mean.

Arelle tells ids and lines; what has this id and what stands above this line is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from converter.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FACTS = ("{*}nonFraction", "{*}nonNumeric", "{*}fraction")
_LINKS = ("{http://www.w3.org/1999/xlink}href", "schemaLocation")
_LOCATIONS = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_WORD = re.compile(rb"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An inline fact as it stands in the document; what is not stated is an empty string."""

    id: str
    concept: str
    context: str
    unit: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The facts of an inline document in document order, and the words of it and of what it stands on.

    ``words`` holds every local name that the document, its own schemas and their linkbases can mean;
    None where they could not all be followed.
    """

    tags: tuple[Tag, ...]
    words: frozenset[str] | None

    @cached_property
    def by_id(self) -> Mapping[str, Tag]:
        """The facts that have an id."""
        return {tag.id: tag for tag in reversed(self.tags) if tag.id}

    @cached_property
    def by_use(self) -> Mapping[str, Tag]:
        """For the id of a context or a unit, the first fact that uses it."""
        return {used: tag for tag in reversed(self.tags) for used in (tag.context, tag.unit) if used}

    def before(self, line: int) -> Iterator[Tag]:
        """The facts at or before ``line``, the nearest first."""
        return (tag for tag in reversed(self.tags) if tag.line <= line)


def read(path: Path) -> Outline:
    """The outline of the document ``path``; SourceError where there is none or it is not XML."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"there is no file {path}", hint="check the name and the folder") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}", hint="name an inline XBRL file") from error
    if not content.strip():
        raise SourceError(f"{path} is empty", hint="write the report again")
    try:
        root = _parse(content)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise SourceError(
            f"{path} is not XML: line {line}, column {column}: {error.msg}",
            hint="an inline XBRL document is XHTML: every element is closed, every attribute quoted, "
            "and &nbsp; written as &#160;",
        ) from error
    return Outline(tags=tuple(map(_tag, root.iter(*_FACTS))), words=_words(path, root))


def fact_ids(path: Path) -> frozenset[str]:
    """The ids of the inline facts in ``path``; none where it cannot be read."""
    try:
        root = _parse(path.read_bytes())
    except (OSError, etree.XMLSyntaxError):
        return frozenset()
    return frozenset(element.get("id", "") for element in root.iter(*_FACTS)) - {""}


def _parse(content: bytes) -> etree._Element:
    # An annual report may hold more than 10 MB of text in one block, hence huge_tree; nothing is fetched.
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _tag(element: etree._Element) -> Tag:
    return Tag(
        id=element.get("id", ""),
        concept=element.get("name", ""),
        context=element.get("contextRef", ""),
        unit=element.get("unitRef", ""),
        line=cast("int | None", element.sourceline) or 0,  # the stubs say neither
    )


def _words(path: Path, root: etree._Element) -> frozenset[str] | None:
    """All words in ``root`` and in the local files that it refers to, and that they refer to, and so on."""
    found: set[bytes] = set()
    start = path.parent.resolve() / path.name
    seen = {start}
    waiting = [(start, root)]
    while waiting:
        place, tree = waiting.pop()
        if any(element.get(_BASE) for element in tree.iter(etree.Element)):
            return None  # its references lie somewhere else
        # Serialised again, so that character references and encodings do not hide a name.
        found.update(_WORD.findall(etree.tostring(tree, encoding="UTF-8")))
        for target in _targets(place, tree):
            if target not in seen and target.is_file():
                seen.add(target)
                try:
                    waiting.append((target, _parse(target.read_bytes())))
                except (OSError, etree.XMLSyntaxError):
                    continue  # Arelle says what is wrong with it
    return frozenset(word.decode("ascii") for word in found)


def _targets(place: Path, tree: etree._Element) -> Iterator[Path]:
    """The local files that links and imports in the file ``place`` point to."""
    for element in tree.iter(etree.Element):
        named = [element.get(name, "") for name in _LINKS] + element.get(_LOCATIONS, "").split()[1::2]
        for reference in named:
            url = urlsplit(reference)
            if url.path and url.scheme in {"", "file"}:
                yield (place.parent / _local(url.path, url.scheme)).resolve()


def _local(path: str, scheme: str) -> str:
    if not scheme:
        return unquote(path)
    from urllib.request import url2pathname  # noqa: PLC0415 -- slow to import, and file: URLs are rare

    return url2pathname(path)
