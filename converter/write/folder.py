"""Puts a folder of files in place, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def publish(files: Mapping[str, bytes], target: Path) -> None:
    """Write ``files`` into the folder ``target``, which takes the place of an earlier one; UsageError if it cannot."""
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise UsageError(f"{target} is a file, not a folder", hint="choose another folder with --out")
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        made.chmod(0o755)
        for name, content in files.items():
            (made / name).write_bytes(content)
        _exchange(made, target)
    except OSError as error:
        raise UsageError(
            f"{target}: cannot be written: {error.strerror or error}", hint="choose another folder with --out"
        ) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _exchange(made: Path, target: Path) -> None:
    if not target.exists():
        made.replace(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        old = aside / "old"
        target.replace(old)
        try:
            made.replace(target)
        except OSError:
            old.replace(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
