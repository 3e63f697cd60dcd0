"""The one place that knows Arelle: runs it in this process over one file and returns what it said.

Arelle is imported when the first file is validated: the import alone takes half a second. What the
messages mean for a report is for ``findings`` to say.
"""

from __future__ import annotations

import gc
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from converter.model.findings import Severity
from converter.validate import inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Arelle keeps its packages and plugins in globals: one Session at a time in a process.
_LOCK = threading.Lock()
# Arelle's levels (Cntlr.startLogging); what is not named here is of no concern to a user.
_SEVERITIES = {
    "WARNING": Severity.WARNING,
    "WARNING-SEMANTIC": Severity.WARNING,
    "INCONSISTENCY": Severity.WARNING,
    "ERROR-SEMANTIC": Severity.ERROR,
    "ASSERTION-NOT-SATISFIED": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "CRITICAL": Severity.ERROR,
}
_LINE_IN_TEXT = re.compile(r"\bline (\d+)(?:, column (\d+))?")
_CHILD_SEQUENCE = re.compile(r"element\(([^/)]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What Arelle said: its own code and words.

    ``fact_ids`` are the ``id`` attributes of the inline facts that the message is about;
    ``element_ids`` those of other elements (contexts, units, declarations in a schema). ``line`` and
    ``column`` count from 1 and are None where Arelle gave none. ``file`` is the name of the file that
    they are in, without its folder.
    """

    code: str
    severity: Severity
    text: str
    fact_ids: tuple[str, ...] = ()
    element_ids: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None
    file: str = ""


def validate(path: Path, *, packages: Sequence[Path]) -> tuple[Message, ...]:
    """Every message of level warning or higher that Arelle has about the inline document ``path``.

    XBRL 2.1, Inline XBRL 1.1, Dimensions, Calculations 1.1 (round to nearest), the units registry and
    duplicate facts are checked, offline. What stops Arelle (a missing file, a package that it cannot
    read, a fault of its own) is a message as well.
    """
    with _LOCK:
        # The folder is made absolute, the name stays: a link keeps the name that the user knows.
        records = _run(path.parent.resolve() / path.name, [str(package.resolve()) for package in packages])
    facts = inline.fact_ids(path)
    return tuple(_message(record, path.name, facts) for record in records if record["levelname"] in _SEVERITIES)


def _run(path: Path, packages: list[str]) -> list[dict[str, Any]]:
    """The log of one Session. A new Session each time: a second run with packages in one raises KeyError."""
    import logging  # noqa: PLC0415 -- with Arelle, when it is needed

    from arelle.api.Session import Session  # noqa: PLC0415
    from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler  # noqa: PLC0415
    from arelle.RuntimeOptions import RuntimeOptions  # noqa: PLC0415

    handler = StructuredMessageLogHandler()
    options = RuntimeOptions(
        # As JSON: Arelle parts a plain string at "|", and takes one that starts with "[" for JSON.
        entrypointFile=json.dumps([{"file": str(path)}]),
        internetConnectivity="offline",
        disablePersistentConfig=True,
        packages=packages,
        validate=True,
        calcs="c11r",
        utrValidate=True,
        validateDuplicateFacts="inconsistent",
        requireInlineXbrl=True,
        uiLang="en-US",  # findings are in English, whatever the machine speaks
        logPropagate=False,  # else a caller with logging of its own gets every message on the console
    )
    logger = logging.getLogger("arelle")
    level, propagate = logger.level, logger.propagate
    try:
        with _collection_paused(), Session() as session:
            session.run(options, logHandler=handler)
    finally:
        logger.setLevel(level)
        logger.propagate = propagate
    messages: list[dict[str, Any]] = handler.messages
    return messages


def transformed(namespace: str, name: str, text: str) -> str:
    """What the transformation ``name`` of a registry of XBRL International makes of ``text``.

    KeyError where there is no such transformation, ValueError where it does not take this text.
    """
    from arelle.FunctionIxt import ixtNamespaceFunctions  # noqa: PLC0415

    function = ixtNamespaceFunctions[namespace][name]
    try:
        return str(function(text))
    except Exception as error:  # its own class cannot be made before Arelle has set up a language
        raise ValueError(f"{text!r} is not what {name} takes") from error


@contextmanager
def _collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile: a tenth of the time saved, for two in a hundred more memory.

    A loaded taxonomy is a large graph that stays until the Session is closed; walking it frees nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _message(record: dict[str, Any], name: str, facts: frozenset[str]) -> Message:
    """A log record as a Message; ``facts`` are the ids of the facts in the document called ``name``."""
    text = str(record["msg"])
    references = [_reference(reference, name) for reference in record["refs"]]
    file, _, line = next((told for told in references if told[0]), ("", "", None))
    ids = [(there, fragment) for there, fragment, _ in references if fragment]
    column = None
    if file and line is None and (found := _LINE_IN_TEXT.search(text)):
        line = int(found[1])
        column = int(found[2]) if found[2] else None
    is_fact = [there == name and fragment in facts for there, fragment in ids]
    return Message(
        code=str(record["messageCode"]),
        severity=_SEVERITIES[record["levelname"]],
        text=text,
        fact_ids=tuple(dict.fromkeys(i for (_, i), fact in zip(ids, is_fact, strict=True) if fact)),
        element_ids=tuple(dict.fromkeys(i for (_, i), fact in zip(ids, is_fact, strict=True) if not fact)),
        line=line,
        column=column,
        file=file,
    )


def _reference(reference: dict[str, Any], name: str) -> tuple[str, str, int | None]:
    """File name, id and line of what a message about the document called ``name`` refers to.

    A reference is ``{"href": "report.htm#f12", "sourceLine": 15, ...}``; the fragment of an element
    without an id is a path from the nearest one that has one, ``element(c1/2/1)``, or from the root.
    """
    href = str(reference.get("href") or "")
    if href == name or href.startswith(f"{name}#"):
        location, fragment = name, href[len(name) + 1 :]  # the name may have a "#" in it
    else:
        location, _, fragment = href.partition("#")
    if path := _CHILD_SEQUENCE.match(fragment):
        fragment = path[1]
    line = reference.get("sourceLine")
    return location.replace("\\", "/").rpartition("/")[2], fragment, int(line) if line else None
