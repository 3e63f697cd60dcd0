"""What is known of the changes in other comprehensive income that the lines of a statement are, and how their components are told.

"Reclassification to net income" and "Income tax effect" name no component: the caption does, or what they are added up
with, or the line above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from converter.mapping.changes import (
    ALL,
    Change,
    Role,
    TaxState,
    component_said,
    lies_in,
    meanings,
    role_said,
    shared,
    tax_said,
)
from converter.model.statement import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from converter.mapping.match import Claim
    from converter.model.statement import Statement

# How sure it is what a line means, by who says it; of several witnesses, the weakest counts.
SAID = 0.9  # its own words, or its row
CAPTION = 0.88
ADDED = 0.88  # what it adds up, or is added up with
ELSEWHERE = 0.85  # another line of the component
UNTAXED = 0.85  # no tax is displayed: it is net of it
USUAL = 0.6  # nothing speaks against what is usual
ABOVE = 0.6  # the line above

_RESULT = ("us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "us-gaap:IncomeLossFromContinuingOperations")


def is_result(claim: Claim | None) -> bool:
    """Whether a line is the result of the period, to which other comprehensive income is added."""
    return claim is not None and claim.match is not None and any(n.startswith(_RESULT) for n in claim.match.concepts)


@dataclass
class Told:
    """Component, role and tax state of the lines ``part`` of a statement, as far as they are known, by the line's index.

    ``why`` are the reasons of each line, with how sure they make it; an empty one is not worth telling.
    """

    claims: Mapping[int, Claim]
    statement: Statement
    folder: Path
    part: Sequence[int]
    component: dict[int, str] = field(default_factory=dict)
    role: dict[int, Role] = field(default_factory=dict)
    tax: dict[int, TaxState] = field(default_factory=dict)
    why: dict[int, list[tuple[str, float]]] = field(default_factory=dict)

    def tell(self, index: int, component: str, reason: str, sureness: float) -> None:
        """Note the component of a line."""
        self.component[index] = component
        self._because(index, f"{component} by {reason}", sureness)

    def play(self, index: int, role: Role, reason: str, sureness: float) -> None:
        """Note the role of a line."""
        self.role[index] = role
        self._because(index, f"{role.value} by {reason}" if reason else "", sureness)

    def state(self, index: int, state: TaxState, reason: str, sureness: float) -> None:
        """Note the tax state of a line where it is not known yet."""
        if index not in self.tax:
            self.tax[index] = state
            self._because(index, f"{state.value.replace('_', ' ')} by {reason}" if reason else "", sureness)

    def _because(self, index: int, reason: str, sureness: float) -> None:
        self.why.setdefault(index, []).append((reason, sureness))

    @cached_property
    def sums(self) -> Mapping[int, Sequence[int]]:
        """The parts of each total, where all are lines of other comprehensive income; the innermost totals first."""
        inside = set(self.part)
        sums = {sum_.total: sorted(part for part, _ in sum_.parts) for sum_ in self.statement.sums}
        return {total: parts for total, parts in sums.items() if total in inside and inside.issuperset(parts)}

    @cached_property
    def added_to_results(self) -> frozenset[int]:
        """The totals that are the only thing added to the result of the period: other comprehensive income itself."""
        found = set()
        for sum_ in self.statement.sums:
            others = [part for part, _ in sum_.parts if not is_result(self.claims.get(part))]
            if len(others) == 1 < len(sum_.parts):
                found.update(others)
        return frozenset(found.intersection(self.sums))

    def is_tax(self, index: int) -> bool:
        """Whether a line is a tax."""
        return self.tax.get(index) is TaxState.TAX

    def taxed(self, tax: int, total: int) -> Sequence[int]:
        """What a tax among the parts of a total is taken off: the parts above it, up to the next tax."""
        above = self.sums[total][: self.sums[total].index(tax)]
        last = next((at for at in range(len(above) - 1, -1, -1) if self.is_tax(above[at])), -1)
        return above[last + 1 :]

    def is_all_of(self, total: int, component: str) -> bool:
        """Whether all lines of a component, as far as they are known, go into a total."""
        inside = set(self._below(total))
        return all(index in inside for index in self.leaves if lies_in(self.component.get(index, ""), component))

    @property
    def leaves(self) -> Sequence[int]:
        """The lines that are neither totals nor taxes."""
        return [index for index in self.part if index not in self.sums and not self.is_tax(index)]

    def _below(self, total: int) -> Iterator[int]:
        """All that goes into a total."""
        for part in self.sums.get(total, ()):
            yield part
            yield from self._below(part)

    def claimed(self, index: int) -> Change | None:
        """The change that the row that claims a line holds it for."""
        match = self.claims[index].match
        return meanings(self.folder).get(match.concepts[0]) if match is not None and len(match.concepts) == 1 else None

    def captions(self, index: int) -> Iterable[str]:
        """The captions above a line, the innermost first."""
        return reversed(self.statement.lines[index].section)


def read(told: Told) -> None:
    """What the lines say by themselves."""
    for index in told.part:
        label = told.statement.lines[index].label
        role, tax, component = role_said(label), tax_said(label), component_said(label, told.folder)
        if role is not None:
            told.role[index] = role
        if tax is not None:
            told.tax[index] = tax
        elif tax_said(next(iter(told.captions(index)), "")) is TaxState.TAX:
            told.state(index, TaxState.TAX, "its caption", CAPTION)
        if component:
            told.tell(index, component, "its words", SAID)
    for total, parts in told.sums.items():
        if all(map(told.is_tax, parts)):
            told.state(total, TaxState.TAX, "what it adds up", ADDED)


def tell_components(told: Told) -> None:
    """The components of the lines whose words name none."""
    for index in told.part:
        if index not in told.component:
            _tell_by_itself(told, index)
    _add_up(told)
    for above, index in zip(told.part, told.part[1:], strict=False):
        claimed = told.claimed(index)
        if index in told.component or index in told.sums or not _is_generic(told, index):
            continue
        if told.role.get(index) is not Role.ARISING and _continues(told, above, index):
            told.tell(index, told.component[above], "the line above", ABOVE)
        elif claimed is not None and not told.is_tax(index):
            told.tell(index, claimed.component, "its row", ABOVE)
    _add_up(told)


def _tell_by_itself(told: Told, index: int) -> None:
    """By its row, or by its caption."""
    claimed, caption = told.claimed(index), _caption(told, index)
    is_finer = claimed is not None and caption and lies_in(claimed.component, caption)
    if claimed is not None and (is_finer or not _is_generic(told, index)):
        told.tell(index, claimed.component, "its row", SAID)
    elif caption and index not in told.sums:
        told.tell(index, caption, "its caption", CAPTION)


def _is_generic(told: Told, index: int) -> bool:
    """Whether a line says a role or a tax, which its row may have taken for all that there is to say."""
    return index in told.role or told.is_tax(index)


def _continues(told: Told, above: int, index: int) -> bool:
    """Whether a line stands right below one of a component."""
    lines = told.statement.lines
    is_next = all(lines[between].kind is LineKind.CAPTION for between in range(above + 1, index))
    return is_next and lines[above].section == lines[index].section and told.component.get(above, ALL) != ALL


def _caption(told: Told, index: int) -> str:
    """The component that the innermost caption that names one names; that all is other comprehensive income is none."""
    said = (component_said(caption, told.folder) for caption in told.captions(index))
    return next((component for component in said if component not in {"", ALL}), "")


def _add_up(told: Told) -> None:
    """Components by the arithmetic: of totals, and of what only says a role or a tax."""
    for total, parts in told.sums.items():
        rest = [part for part in parts if not told.is_tax(part)] or parts
        known = [told.component[part] for part in rest if part in told.component]
        if total not in told.component and known:
            _tell_total(told, total, known, is_all_known=len(known) == len(rest))
        for part in parts:
            if part not in told.component and part not in told.sums and _is_generic(told, part):
                _tell_part(told, part, total, known)
    for total in told.added_to_results:
        if total not in told.component:
            told.tell(total, ALL, "the result that it is added to", ADDED)


def _tell_total(told: Told, total: int, known: Sequence[str], *, is_all_known: bool) -> None:
    """What a total adds up; ``known`` are the components of its parts, as far as they are known."""
    common, caption = shared(known), _caption(told, total)
    if caption and lies_in(common, caption) and told.is_all_of(total, caption):
        told.tell(total, caption, "its caption", CAPTION)
    elif common != ALL and is_all_known:
        told.tell(total, common, "what it adds up", ADDED)
    elif caption and any(lies_in(component, caption) for component in known):
        told.tell(total, caption, "its caption", CAPTION)
    elif ALL in known:
        told.tell(total, ALL, "what it adds up", ADDED)


def _tell_part(told: Told, part: int, total: int, known: Sequence[str]) -> None:
    """A tax is of what it is taken off, if that is one component or all; another part is of the component of the rest."""
    of_tax = told.is_tax(part)
    around = [told.component.get(other, "") for other in told.taxed(part, total)] if of_tax else known
    common = shared(around)
    if common and (common != ALL or (of_tax and told.component.get(total) == ALL)):
        told.tell(part, common, "what it is taken off" if of_tax else "what it is added to", ADDED)
