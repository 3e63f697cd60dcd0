"""Changes in other comprehensive income: what the words of a line say of one, and the elements that there are.

A change has a component (what it is of), a role (the whole change of the period, what arose in it, or what went on to
earnings; ASC 220-10-45-17) and a tax state (before tax, of tax, net of tax). ``comprehensive.csv`` names the element of each.
"""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from converter.mapping.sections import enclosing, section_of_caption
from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ALL = "oci"  # the component that is all of them


class Role(StrEnum):
    """Which part of a component's change."""

    CHANGE = "change"
    ARISING = "arising"
    RECLASSIFIED = "reclassified"


class TaxState(StrEnum):
    """Whether an amount is before tax, the tax itself, or net of it: the columns of ``comprehensive.csv``."""

    BEFORE = "before_tax"
    TAX = "tax"
    NET = "net_of_tax"


class Change(NamedTuple):
    """A change in other comprehensive income. The component is a section of comprehensive income (``sections.csv``)."""

    component: str
    role: Role
    tax: TaxState


_NET = re.compile(
    r"\bnet of\b(?:(?!\bbefore\b)[^;])*?\btax|(?<=.)\bless\b[^;]*?\btax|\b(?:after|post)[- ](?:\w+[- ])?tax",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bbefore\b(?:(?!\bnet of\b)[^,;])*?\btax|\bpre-?tax\b|\bgross\b", re.IGNORECASE)
_TAX = re.compile(r"\btax(?:es)?\b(?!-(?:exempt|free))", re.IGNORECASE)
# "Unrealized gains, net of reclassification adjustments" have them taken off already.
_NETTED = re.compile(
    r"(?<=.)\b(?:net of|after|including|less)\b(?:\W+tax(?:es)? and\b)?(?:(?!\btax)[^;,])*?\b(?:reclass|realized)",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\bexcluding\b[^;,]*", re.IGNORECASE)
_NOT_YET = re.compile(r"\bbefore reclass", re.IGNORECASE)
_RECLASSIFIED = re.compile(
    r"\breclass|\bamortiz|\brealized\b|\bsettlements?\b"
    r"|\b(?:included|recognized|transferred|released) (?:in|to|into) (?:net )?(?:income|earnings|loss|profit|results|interest)",
    re.IGNORECASE,
)
_ARISING = re.compile(
    r"\barising\b|\bduring (?:the )?(?:current )?(?:period|year)\b"
    r"|\brecognized in (?:other comprehensive|accumulated|oci\b|aoci\b)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"^\W*(?:sub)?total\b|^\W*net change\W*(?:$|,|during|for)", re.IGNORECASE)
_ROLES = (
    (re.compile(r"^\W*(?:less\W+)?reclass", re.IGNORECASE), Role.RECLASSIFIED),
    (_NETTED, Role.CHANGE),
    (_NOT_YET, Role.ARISING),
    (_RECLASSIFIED, Role.RECLASSIFIED),
    (_ARISING, Role.ARISING),
    (_WHOLE, Role.CHANGE),
)


def role_said(words: str) -> Role | None:
    """The role that ``words``, a label or a caption, say; None where they say none."""
    said = _WITHOUT.sub("", words)
    return next((role for pattern, role in _ROLES if pattern.search(said)), None)


def tax_said(words: str) -> TaxState | None:
    """The tax state that ``words``, a label or a caption, say; None where they do not speak of tax."""
    if _BEFORE.search(words):
        return TaxState.BEFORE
    if _NET.search(words):
        return TaxState.NET
    return TaxState.TAX if _TAX.search(words) else None


def component_said(words: str, folder: Path) -> str:
    """The component that ``words``, a label or a caption, name; empty where they name none."""
    section = section_of_caption(folder, StatementKind.COMPREHENSIVE_INCOME, words)
    return section if lies_in(section, ALL) else ""


def lies_in(component: str, other: str) -> bool:
    """Whether ``component`` is ``other`` or a part of it."""
    return other in enclosing(component)


def shared(components: Iterable[str]) -> str:
    """The narrowest component that all ``components`` lie in; empty where there are none."""
    paths = [enclosing(component) for component in components]
    return next((step for step in paths[0] if all(step in path for path in paths)), "") if paths else ""


@cache
def elements(folder: Path) -> Mapping[Change, str]:
    """The QName of the element of each change, where the taxonomy has one, in the order of ``comprehensive.csv``."""
    with (folder / "comprehensive.csv").open(encoding="utf-8", newline="") as file:
        return {
            Change(row["component"], Role(row["role"]), state): row[state.value]
            for row in csv.DictReader(file)
            for state in TaxState
            if row[state.value]
        }


@cache
def meanings(folder: Path) -> Mapping[str, Change]:
    """The change that each element of ``comprehensive.csv`` means, by its QName."""
    return {name: change for change, name in elements(folder).items()}


@cache
def usual_roles(folder: Path) -> Mapping[str, Role]:
    """The role of a line that says none, by its component: that of the component's first row."""
    roles: dict[str, Role] = {}
    for change in elements(folder):
        roles.setdefault(change.component, change.role)
    return roles
