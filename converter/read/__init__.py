"""Bytes to a Document. The room knows file formats and encodings, and nothing of statements."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from converter.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from converter.model.findings import Finding
    from converter.model.source import Document
    from converter.options import ReadOptions


class Reader(NamedTuple):
    """A format: the endings of its files, and the module of this room that reads their bytes, loaded when needed."""

    suffixes: frozenset[str]
    module: str

    @property
    def read(self) -> Callable[[bytes, str, ReadOptions], tuple[Document, tuple[Finding, ...]]]:
        """The function ``read`` of the module."""
        found: Callable[[bytes, str, ReadOptions], tuple[Document, tuple[Finding, ...]]]
        found = import_module(f"{__name__}.{self.module}").read
        return found


READERS: tuple[Reader, ...] = (
    Reader(suffixes=frozenset({".txt", ".text", ""}), module="text"),
    Reader(suffixes=frozenset({".csv"}), module="table"),
    Reader(suffixes=frozenset({".xlsx", ".xlsm"}), module="xlsx"),
    Reader(suffixes=frozenset({".htm", ".html", ".xhtml"}), module="html"),
    Reader(suffixes=frozenset({".pdf"}), module="pdf"),
)


def read(path: Path, options: ReadOptions) -> tuple[Document, tuple[Finding, ...]]:
    """Read the file at ``path``; SourceError where nothing can be made of it.

    UsageError where the options choose a document that it does not hold.
    """
    reader = _reader(path)
    return reader.read(content_of(path, options), path.name, options)


def content_of(path: Path, options: ReadOptions) -> bytes:
    """The bytes of the file at ``path``; SourceError where there are none, or too many."""
    if not path.exists():
        raise SourceError(f"{path}: there is no such file", hint="check the name and the folder")
    if not path.is_file():
        raise SourceError(f"{path}: this is not a file", hint="name the files themselves, several if need be")
    try:
        size = path.stat().st_size
        if size > options.max_bytes:
            raise SourceError(
                f"{path}: {size / 1e6:,.0f} MB are more than the {options.max_bytes / 1e6:,.0f} MB that are read",
                hint="cut the file down to the documents that hold statements",
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}", hint="check its permissions") from error
    if not data.strip():
        raise SourceError(f"{path}: the file is empty", hint="save or download it again")
    return data


def _reader(path: Path) -> Reader:
    suffix = path.suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader
    known = ", ".join(sorted(suffix for reader in READERS for suffix in reader.suffixes if suffix))
    raise SourceError(
        f"{path}: files that end in {suffix!r} are not read",
        hint=f"these are: {known}; save the source as one of them",
    )
