"""Finds the data folders ``taxonomy`` and ``templates``, in an installed wheel as in a checkout, and the user's cache."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder of the data called ``name``; FileNotFoundError where neither wheel nor checkout has it."""
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(
        f"the data folder {name!r} is neither in {installed.parent} nor beside {_PACKAGE}: install the package again"
    )


def user_cache(name: str) -> Path:
    """The folder called ``name`` of what is made once and kept for the user, whether it is there or not."""
    from platformdirs import user_cache_dir  # noqa: PLC0415 - not every call keeps something

    return Path(user_cache_dir("xbrl-converter")) / name
