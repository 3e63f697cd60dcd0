"""Other comprehensive income settled as a whole: which component each line is of, which part of its change, and its tax state.

The arithmetic is the witness: a tax makes what it is taken off before tax and the total net of it, a line that reclassifies
leaves the other of its component with what arose, and their total is the whole change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.mapping.changes import (
    ALL,
    Change,
    Role,
    TaxState,
    elements,
    lies_in,
    meanings,
    role_said,
    tax_said,
    usual_roles,
)
from converter.mapping.minority import is_share
from converter.mapping.table import CERTAIN, Match
from converter.mapping.told import (
    ADDED,
    CAPTION,
    ELSEWHERE,
    SAID,
    UNTAXED,
    USUAL,
    Told,
    is_result,
    read,
    tell_components,
)
from converter.model.statement import Measure, StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from converter.mapping.match import Claim
    from converter.model.statement import Line, Statement

_OTHER = re.compile(r"\bother comprehensive\b", re.IGNORECASE)
_END = re.compile(r"(?<!other )\bcomprehensive (?:\(?(?:income|loss|gain|earnings)\b)", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"\battributable to\b", re.IGNORECASE)
_FIRM = 0.9  # a row that names an element beside those of comprehensive.csv stands from this confidence on


def settled_changes(claims: Mapping[int, Claim], statement: Statement, folder: Path) -> dict[int, Claim]:
    """``claims`` with the changes in other comprehensive income by the structure of ``statement``.

    ``folder`` is the taxonomy's. What the user says of a line stands, and so does a line whose component nothing tells.
    """
    found = dict(claims)
    told = Told(claims, statement, folder, _part(claims, statement, folder))
    read(told)
    tell_components(told)
    _tell_taxes(told)
    _tell_roles(told)
    names = {index: _element(told, index) for index in told.component}
    for index, name in names.items():
        claim = claims[index].match
        is_part = any(name == names.get(total) for total, parts in told.sums.items() if index in parts)
        concepts = (name,) if name and not is_part else ()  # a part of what the total means has no element
        if concepts == (claim.concepts if claim is not None else ()) or (claim and claim.confidence >= CERTAIN):
            continue
        reasons = [claim.rule] if claim is not None else []
        rule = "; ".join([*reasons, *(reason for reason, _ in told.why[index] if reason)])
        match = Match(concepts=concepts, rule=rule, confidence=min(sureness for _, sureness in told.why[index]))
        found[index] = found[index]._replace(match=match)
    return found


def _part(claims: Mapping[int, Claim], statement: Statement, folder: Path) -> list[int]:
    """The lines of other comprehensive income: of its own statement, or below the result of an income statement."""
    lines = statement.lines
    if statement.kind is StatementKind.COMPREHENSIVE_INCOME:
        start = next((index + 1 for index, claim in claims.items() if is_result(claim)), 0)
        end = len(lines)
    elif statement.kind is StatementKind.INCOME_STATEMENT:
        start = next((index for index, line in enumerate(lines) if _OTHER.search(line.label)), len(lines))
        end = next((index for index in range(start, len(lines)) if _END.search(lines[index].label)), start)
    else:
        return []
    return [index for index in claims if start <= index < end and _may_be(claims[index], lines[index], folder)]


def _may_be(claim: Claim, line: Line, folder: Path) -> bool:
    """Whether a line may be a change in other comprehensive income of the group: of money, and not surely something else."""
    if any(amount is not None and amount.measure is not Measure.MONEY for amount in line.amounts):
        return False
    if is_share(line.label) or _END.search(line.label) or any(map(_ATTRIBUTED.search, (line.label, *line.section))):
        return False
    match = claim.match
    return match is None or match.confidence < _FIRM or all(name in meanings(folder) for name in match.concepts)


def _element(told: Told, index: int) -> str:
    """The element of what a line means; empty where the taxonomy has none."""
    change = Change(told.component[index], told.role[index], told.tax[index])
    return elements(told.folder).get(change, "")


def _tell_taxes(told: Told) -> None:
    """The tax states: by the taxes among the sums, else by the captions, else net."""
    for total, parts in told.sums.items():
        taxes = [part for part in parts if told.is_tax(part) and told.taxed(part, total)]
        for tax in taxes:
            _tell_taxed(told, tax, told.taxed(tax, total))
        if taxes:
            told.state(total, TaxState.NET, "a tax among what it adds up", ADDED)
    for total, parts in reversed(list(told.sums.items())):
        for part in parts if told.tax.get(total) is TaxState.BEFORE else ():
            told.state(part, TaxState.BEFORE, "the total that it goes into", ADDED)
    added = {part for parts in told.sums.values() for part in parts}
    for at, index in enumerate(told.part):
        if told.is_tax(index) and index not in added and index in told.component:
            component = told.component[index]
            _tell_taxed(told, index, [i for i in told.part[:at] if lies_in(told.component.get(i, ""), component)])
    for index in told.part:
        state = next(filter(None, map(tax_said, told.captions(index))), None)
        if state is not None:
            told.state(index, state, "its caption", CAPTION)
        told.state(index, TaxState.NET, "", UNTAXED)


def _tell_taxed(told: Told, tax: int, taxed: Sequence[int]) -> None:
    for index in taxed:
        told.state(index, TaxState.BEFORE, f"the tax below it, {told.statement.lines[tax].label!r}", ADDED)


def _tell_roles(told: Told) -> None:
    """The roles of lines, by their captions and by the other lines of the component, then those of totals."""
    for index in told.part:
        said = role_said(next(iter(told.captions(index)), ""))
        if index not in told.role and said is not None and index not in told.sums:
            told.play(index, said, "its caption", CAPTION)
    moved = {told.component.get(index, "") for index in told.leaves if told.role.get(index) is Role.RECLASSIFIED}
    for index in told.leaves:
        if index not in told.role and index in told.component:
            _tell_role(told, index, moved)
    for total in told.sums:
        _tell_total_role(told, total)
    for index in told.part:
        if index not in told.role:
            told.play(index, usual_roles(told.folder).get(told.component.get(index, ""), Role.CHANGE), "", USUAL)


def _tell_role(told: Told, index: int, moved: set[str]) -> None:
    """The role of a line that says none; ``moved`` are the components of which other lines reclassify amounts."""
    component, claimed = told.component[index], told.claimed(index)
    if component != ALL and any(lies_in(other, component) for other in moved):
        told.play(index, Role.ARISING, "another line, which reclassifies", ELSEWHERE)
    elif claimed is not None and claimed.component == component:
        told.play(index, claimed.role, "its row", SAID)
    else:
        told.play(index, usual_roles(told.folder)[component], "", USUAL)


def _tell_total_role(told: Told, total: int) -> None:
    """The role of a total and of the taxes in it: that of its parts, or the whole change where they differ or where
    nothing else is of the component.
    """
    rest = [part for part in told.sums[total] if not told.is_tax(part)]
    is_all = told.is_all_of(total, told.component.get(total, ""))
    role = Role.CHANGE if is_all and len(rest) > 1 else _common_role(told, rest)
    told.play(total, role, "what it adds up", ADDED)
    for tax in filter(told.is_tax, told.sums[total]):
        taxed = told.taxed(tax, total)
        told.play(tax, role if len(taxed) == len(rest) else _common_role(told, taxed), "what it is taken off", ADDED)


def _common_role(told: Told, lines: Sequence[int]) -> Role:
    roles = {told.role[index] for index in lines if index in told.role}
    return next(iter(roles)) if len(roles) == 1 else Role.CHANGE
