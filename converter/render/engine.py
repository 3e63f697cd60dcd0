"""Jinja: finds the template that the user means, fills it in, and says where one fails."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from converter import resources
from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment, FileSystemBytecodeCache

_ENDING = ".xhtml.j2"
_MACROS = "macros"
_USERS_FILE = f"report{_ENDING}"


class Found(NamedTuple):
    """A template: the environment that knows it, its name there, and whether it is of the user's own."""

    environment: Environment
    name: str
    is_users: bool


def find(template: str) -> Found:
    """The template called ``template``: a shipped one, or a file or folder of the user's; else UsageError."""
    if template in _shipped():
        return Found(_environment(None), f"{template}{_ENDING}", is_users=False)
    path = Path(template)
    file = path / _USERS_FILE if path.is_dir() else path
    if not template or not file.is_file():
        raise UsageError(
            f"there is no template {str(file)!r}" if path.is_dir() else f"there is no template {template!r}",
            hint=f"choose one of: {', '.join(_shipped())}; or name a template file, or a folder with {_USERS_FILE}",
        )
    return Found(_environment(file.parent.resolve()), file.name, is_users=True)


def fill(template: Found, values: Mapping[str, Any]) -> str:
    """The page that ``template`` makes of ``values``; UsageError where it fails."""
    try:
        return template.environment.get_template(template.name).render(values)
    except Exception as error:  # a template can fail in any way that Python can
        raise UsageError(
            f"the template {_where(error, template)}: {_what(error)}",
            hint="mend the template; templates/README.md lists what it is given",
        ) from error


@cache
def _shipped() -> tuple[str, ...]:
    names = sorted(path.name.removesuffix(_ENDING) for path in resources.folder("templates").glob(f"*{_ENDING}"))
    return tuple(name for name in names if name != _MACROS)


@cache
def _environment(users: Path | None) -> Environment:
    """The environment for shipped templates, or for those in the folder ``users``, which run in the sandbox."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only rendering needs it

    loader = FileSystemLoader(resources.folder("templates"))
    if users is None:
        return Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_compiled(),
        )
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - as above

    return SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(users), loader]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _compiled() -> FileSystemBytecodeCache | None:
    """Where the shipped templates are kept as Python compiled them, by their text; None where nothing can be kept."""
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - as above

    folder = resources.user_cache("templates")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def _what(error: Exception) -> str:
    from jinja2 import TemplateError, TemplateNotFound  # noqa: PLC0415 - as above

    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r} to import or include"
    if isinstance(error, TemplateError):
        return error.message or type(error).__name__
    return f"{type(error).__name__}: {error}"


def _where(error: Exception, template: Found) -> str:
    """The name and line that failed: what a syntax error says, else the innermost frame of a template."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - as above

    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or template.name}, line {error.lineno}"
    where = template.name
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".j2" or file.name == template.name:
            where = f"{file.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return where
