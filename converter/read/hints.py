"""Attributes of the look to the style that browsers give them (HTML Standard, section 15.3).

Where browsers do more than the Standard asks (tables with a colour for their borders, rules without a shade), this
follows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.read.markup import CELLS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ROWS = SECTIONS | {"tr"}
_COLUMNS = frozenset({"col", "colgroup"})
_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_DIMENSION = re.compile(r"\s*(\d{1,5}(?:\.\d+)?|\.\d+)\s*(%?)")
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")
_FONT_SIZE = re.compile(r"\s*([+-]?)(\d{1,9})")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]")
_GROUND = CELLS | _ROWS | _COLUMNS | {"body", "table"}
_KINDS = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "1": "decimal",
    "disc": "disc",
    "circle": "circle",
    "square": "square",
}
# Browsers align the blocks inside as well, which no style of the standards says.
_WITH_BLOCKS = {f"text-align:{side}": f"text-align:-webkit-{side}" for side in ("left", "center", "right")}


def hints_of(tag: str, given: Mapping[str, str]) -> list[str]:
    """The declarations that stand for attributes of ``tag``, other than its style."""
    found = list(_of_rule(given)) if tag == "hr" else []
    for name, value in given.items():
        if hint := _HINTS.get(name):
            found += hint(tag, value)
    return found


def with_blocks(hint: str) -> str:
    """``hint`` for an element that holds blocks."""
    return f"{hint};{_WITH_BLOCKS[hint]}" if hint in _WITH_BLOCKS else hint


def tone(value: str) -> str:
    """A colour as browsers read it from an attribute (section 2.4.6), for a style; empty where it is none.

    A word is taken for a name: which words are, the browser knows.
    """
    plain = value.strip()
    if not plain or plain.lower() == "transparent":
        return ""
    if re.fullmatch(r"#[0-9a-fA-F]{3}|(?![a-fA-F]{3}$|[a-fA-F]{6}$)[a-zA-Z]+", plain):
        return plain
    return _number(plain)


def _number(value: str) -> str:
    digits = "".join(digit if _HEXADECIMAL.match(digit) else "0" for digit in value[:128].removeprefix("#"))
    digits += "0" * (-len(digits) % 3 if digits else 3)
    length = len(digits) // 3
    parts = [digits[index : index + length][-8:] for index in range(0, 3 * length, length)]
    while len(parts[0]) > 2 and all(part.startswith("0") for part in parts):
        parts = [part[1:] for part in parts]
    return "#" + "".join(part[:2].rjust(2, "0") for part in parts)


def _colored(name: str, value: str) -> Iterator[str]:
    if shade := tone(value):
        yield f"{name}:{shade}"


def _length(value: str, *, is_zero_allowed: bool = False) -> str:
    match = _DIMENSION.match(value)
    if match is None or not (float(match[1]) or is_zero_allowed):
        return ""
    return f"{match[1]}{match[2] or 'px'}"


def _sized(name: str, value: str, *, is_zero_allowed: bool = False) -> Iterator[str]:
    length = _length(value, is_zero_allowed=is_zero_allowed)
    if length:
        yield f"{name}:{length}"


def _integer(value: str) -> int | None:
    match = _INTEGER.match(value)
    return int(match[1]) if match else None


def _of_rule(given: Mapping[str, str]) -> Iterator[str]:
    """A horizontal rule: its parts hang together."""
    if shade := tone(given.get("color", "")) or ("#808080" if "noshade" in given else ""):
        yield f"border-style:solid;border-color:{shade};background-color:{shade}"
    size = _integer(given.get("size", ""))
    if size is not None:
        yield f"height:{size - 2}px" if size > 1 else "border-bottom-width:0"


def _align(tag: str, value: str) -> Iterator[str]:
    side = value.strip().lower()
    if tag == "caption":
        if side in {"top", "bottom"}:
            yield f"caption-side:{side}"
    elif tag == "hr":
        if side in {"left", "right"}:
            yield "margin-left:0;margin-right:auto" if side == "left" else "margin-left:auto;margin-right:0"
    elif tag in {"table", "img"}:
        yield from _beside(tag, side)
    elif tag not in _COLUMNS:
        side = {"middle": "center", "absmiddle": "center"}.get(side, side)
        if side in {"left", "right", "center", "justify"}:
            yield f"text-align:{side}"


def _beside(tag: str, side: str) -> Iterator[str]:
    """A table or a picture that text flows around, or one in the middle."""
    if side in {"left", "right"}:
        yield f"float:{side}"
    elif tag == "table" and side == "center":
        yield "margin-left:auto;margin-right:auto"
    elif tag == "img" and side in {"top", "middle", "absmiddle", "bottom", "texttop"}:
        yield f"vertical-align:{ {'absmiddle': 'middle', 'bottom': 'baseline', 'texttop': 'text-top'}.get(side, side) }"


def _valign(tag: str, value: str) -> Iterator[str]:
    if tag in CELLS | _ROWS and value.strip().lower() in {"top", "middle", "bottom", "baseline"}:
        yield f"vertical-align:{value.strip().lower()}"


def _bgcolor(tag: str, value: str) -> Iterator[str]:
    if tag in _GROUND:
        yield from _colored("background-color", value)


def _bordercolor(tag: str, value: str) -> Iterator[str]:
    if tag == "table":
        yield from _colored("border-color", value)
        yield "border-style:solid"


def _border(tag: str, value: str) -> Iterator[str]:
    width = _integer(value)
    if tag == "img" and width is not None:
        yield f"border:{width}px solid"


def _color(tag: str, value: str) -> Iterator[str]:
    if tag == "font":
        yield from _colored("color", value)


def _text(tag: str, value: str) -> Iterator[str]:
    if tag == "body":
        yield from _colored("color", value)


def _face(tag: str, value: str) -> Iterator[str]:
    names = [" ".join(re.findall(r"[\w-]+", part)) for part in value.split(",")]
    if tag == "font" and any(names):
        yield "font-family:" + ",".join(
            name if re.fullmatch(r"[A-Za-z][\w-]*", name) else f"'{name}'" for name in names if name
        )


def _size(tag: str, value: str) -> Iterator[str]:
    match = _FONT_SIZE.match(value)
    if tag == "font" and match:
        step = int(match[2])
        step = 3 + step if match[1] == "+" else 3 - step if match[1] else step
        yield f"font-size:{_SIZES[min(max(step, 1), 7) - 1]}"


def _width(tag: str, value: str) -> Iterator[str]:
    if tag in CELLS | _COLUMNS | {"table"}:
        yield from _sized("width", value)
    elif tag == "hr":
        yield "width:1px" if _integer(value) == 0 else f"width:{_length(value) or 'auto'}"
    elif tag == "img":
        yield from _sized("width", value, is_zero_allowed=True)


def _height(tag: str, value: str) -> Iterator[str]:
    if tag in CELLS | _ROWS | {"table"}:
        yield from _sized("height", value)
    elif tag == "img":
        yield from _sized("height", value, is_zero_allowed=True)


def _space(*sides: str) -> Callable[[str, str], Iterator[str]]:
    def spaced(tag: str, value: str) -> Iterator[str]:
        if tag == "img":
            for side in sides:
                yield from _sized(f"margin-{side}", value, is_zero_allowed=True)

    return spaced


def _margin(*sides: str) -> Callable[[str, str], Iterator[str]]:
    def margins(tag: str, value: str) -> Iterator[str]:
        if tag == "body":
            for side in sides:
                yield from _sized(f"margin-{side}", value, is_zero_allowed=True)

    return margins


def _nowrap(tag: str, _: str) -> Iterator[str]:
    if tag in CELLS:
        yield "white-space:nowrap"


def _hidden(_tag: str, _: str) -> Iterator[str]:
    yield "display:none"


def _kind(tag: str, value: str) -> Iterator[str]:
    kind = _KINDS.get(value.strip()) or _KINDS.get(value.strip().lower())
    if tag in {"ol", "ul", "li", "dir", "menu"} and kind:
        yield f"list-style-type:{kind}"


def _value(tag: str, value: str) -> Iterator[str]:
    number = _integer(value)
    if tag == "li" and number is not None:
        yield f"counter-set:list-item {number}"


_HINTS: Mapping[str, Callable[[str, str], Iterator[str]]] = {
    "align": _align,
    "valign": _valign,
    "bgcolor": _bgcolor,
    "bordercolor": _bordercolor,
    "border": _border,
    "color": _color,
    "text": _text,
    "face": _face,
    "size": _size,
    "width": _width,
    "height": _height,
    "hspace": _space("left", "right"),
    "vspace": _space("top", "bottom"),
    "marginwidth": _margin("left", "right"),
    "leftmargin": _margin("left", "right"),
    "marginheight": _margin("top", "bottom"),
    "topmargin": _margin("top", "bottom"),
    "rightmargin": _margin("right"),
    "bottommargin": _margin("bottom"),
    "nowrap": _nowrap,
    "hidden": _hidden,
    "type": _kind,
    "value": _value,
}
