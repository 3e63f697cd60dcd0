"""What the rules of a style sheet hide from view (CSS 2.2, chapters 5 and 6).

Rules hold whose selectors are made of names, classes, ids and the spaces and ``>`` between them, and that stand under
no condition but that of a screen. What else a sheet can say hides nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from converter.read import style
from converter.read.markup import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PROPERTIES = frozenset({"display", "visibility", "font-size", "opacity"})
_BRACE = re.compile(r"([{}])")
_ON_A_SCREEN = re.compile(r"\s*@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][A-Za-z_][\w-]*)*)", re.IGNORECASE)
# What reports of this converter say of elements that became others.
_LOOK = re.compile(r":where\(:not\(\.[\w-]+-was\)\)|:where\((\.[\w-]+)\)")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_MOST_RULES = 2000  # of a sheet, beyond which no page is written


class _Compound(NamedTuple):
    """One element of a selector: its name or none, its id or none, and its classes; whether it stands right below."""

    tag: str
    id: str
    classes: frozenset[str]
    is_child: bool

    def fits(self, element: Element) -> bool:
        given = element.attributes
        return (
            self.tag in {"", element.was or element.tag}
            and self.id in {"", given.get("id", "")}
            and self.classes <= set(given.get("class", "").split())
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one selector declares; ``weight`` is its place in the cascade: ids, classes, names, and order."""

    selector: tuple[_Compound, ...]
    declared: Mapping[str, tuple[bool, str]]
    weight: tuple[int, int, int, int]


def hide(body: Element, sheet: str) -> None:
    """Mark every element of ``body`` that a rule of ``sheet`` hides as hidden."""
    rules = list(_rules(sheet))
    hiding = {
        name for rule in rules for name, (_, value) in rule.declared.items() if style.is_hidden(f"{name}:{value}")
    }
    rules = [rule for rule in rules if hiding & rule.declared.keys()]
    if rules:
        _mark(body, rules, hiding)


def _mark(body: Element, rules: Sequence[_Rule], hiding: set[str]) -> None:
    by_key: dict[str, list[_Rule]] = {}
    for rule in rules:
        by_key.setdefault(_key(rule.selector[-1]), []).append(rule)
    waiting: list[tuple[Element, tuple[Element, ...]]] = [(body, ())]
    while waiting:
        element, above = waiting.pop()
        given = element.attributes
        keys = [
            "",
            element.was or element.tag,
            f"#{given.get('id', '')}",
            *(f".{name}" for name in given.get("class", "").split()),
        ]
        fitting = [rule for key in keys for rule in by_key.get(key, ()) if _fits(rule.selector, element, above)]
        if fitting and any(_decides(fitting, name, given.get("style", "")) for name in hiding):
            element.is_hidden = True
            continue
        path = (*above, element)
        waiting += [(child, path) for child in element.children if isinstance(child, Element)]


def _decides(rules: Sequence[_Rule], name: str, own: str) -> bool:
    """Whether the rule that wins for the property ``name`` hides; a style of the element's own wins over plain rules."""
    found = [(*rule.declared[name], rule.weight) for rule in rules if name in rule.declared]
    if not found:
        return False
    is_important, value, _ = max(found, key=lambda declared: (declared[0], declared[2]))
    is_own = re.search(rf"(?:^|;)\s*{name}\s*:", own, re.IGNORECASE) is not None
    return (is_important or not is_own) and style.is_hidden(f"{name}:{value}")


def _fits(selector: Sequence[_Compound], element: Element, above: Sequence[Element]) -> bool:
    """Whether ``selector`` means ``element``, which stands in the elements ``above``, the innermost last."""
    last = selector[-1]
    if not last.fits(element):
        return False
    if len(selector) == 1:
        return True
    nearest = above[-1:] if last.is_child else above
    return any(
        _fits(selector[:-1], parent, above[: len(above) - back])
        for back, parent in enumerate(reversed(nearest), 1)
    )  # fmt: skip


def _key(compound: _Compound) -> str:
    """What an element must have for ``compound`` to mean it."""
    if compound.id:
        return f"#{compound.id}"
    return f".{min(compound.classes)}" if compound.classes else compound.tag


def _rules(sheet: str) -> Iterator[_Rule]:
    parts = _BRACE.split(sheet, 2 * _MOST_RULES)
    head, skipped, depth = (
        "",
        0,
        0,
    )  # the words before the last brace; the block that is skipped; blocks that stand open
    for order, (text, brace) in enumerate(zip(parts[::2], parts[1::2], strict=False)):
        if brace == "{":
            if depth and not skipped and not _ON_A_SCREEN.fullmatch(head):
                skipped = depth
            depth, head = depth + 1, text
            continue
        if depth and head and not skipped and not head.lstrip().startswith("@"):
            declared = dict(_declared(text))
            for words in head.split(",") if declared else ():
                selector = _selector(words)
                if selector:
                    yield _Rule(selector, declared, (*_specificity(selector), order))
        depth, head = max(depth - 1, 0), ""
        skipped = 0 if skipped > depth else skipped


def _declared(body: str) -> Iterator[tuple[str, tuple[bool, str]]]:
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        key = name.strip().lower()
        if colon and key in _PROPERTIES:
            plain = _IMPORTANT.sub("", value)
            yield key, (plain != value, plain.strip())


def _selector(text: str) -> tuple[_Compound, ...]:
    """The compounds of a selector from the outermost in; none where it says more than names, classes and ids."""
    found: list[_Compound] = []
    is_child = False
    for word in _LOOK.sub(r"\1", text).replace(">", " > ").split():
        if word == ">":
            is_child = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None:
            return ()
        names = re.findall(r"[.#][\w-]+", match["names"])
        tag = (match["tag"] or "").lower()
        found.append(
            _Compound(
                tag="" if tag == "*" else tag,
                id=next((name[1:] for name in names if name[0] == "#"), ""),
                classes=frozenset(name[1:] for name in names if name[0] == "."),
                is_child=is_child,
            )
        )
        is_child = False
    return tuple(found)


def _specificity(selector: Sequence[_Compound]) -> tuple[int, int, int]:
    return (
        sum(bool(compound.id) for compound in selector),
        sum(len(compound.classes) for compound in selector),
        sum(bool(compound.tag) for compound in selector),
    )
