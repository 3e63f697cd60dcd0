"""Inline styles: what attributes of the look become, what loads or runs is taken out, what is hidden or indented."""

from __future__ import annotations

import re

# What loads something, runs something, or hides either behind an escape.
_ACTIVE = re.compile(
    r"url\s*\(|expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|@import|\\", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@import\b[^;}]*;?", re.IGNORECASE)
_DECLARATION = re.compile(r"[^;{}]+")
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?"
    r"\s*(?:!important\s*)?(?=;|$)|opacity\s*:\s*0(?:\.0*)?\s*(?=;|$))",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top)|position\s*:\s*relative[^}]*?top\s*:\s*-\d", re.IGNORECASE
)
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)\s*(px|pt|em|rem|in|cm|mm|pc)?", re.IGNORECASE)
_POINTS = {"px": 0.75, "pt": 1.0, "em": 10.0, "rem": 10.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0}
_INDENT = re.compile(r"(?:^|;)\s*(padding-left|margin-left|text-indent|padding|margin)\s*:\s*([^;]+)", re.IGNORECASE)
_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "300%")
_COLOR = re.compile(r"[a-zA-Z]{3,24}|#?[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|rgba?\([\d.,\s%]+\)")
_NUMBER = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(%|px|pt)?\s*")


def cleaned(style: str) -> tuple[str, int]:
    """A style attribute without what loads or runs, and how many declarations were taken out."""
    plain = _COMMENT.sub("", style)
    kept, count = [], 0
    for part in plain.split(";"):
        if _ACTIVE.search(part):
            count += 1
        elif part.strip():
            kept.append(part.strip())
    return ";".join(kept), count


def cleaned_sheet(sheet: str) -> tuple[str, int]:
    """A style sheet without what loads or runs, and how many pieces were taken out."""
    plain = _COMMENT.sub("", sheet.replace("<!--", "").replace("-->", ""))
    plain, count = _IMPORT.subn("", plain)
    removed = 0

    def check(match: re.Match[str]) -> str:
        nonlocal removed
        if not _ACTIVE.search(match.group()):
            return match.group()
        removed += 1
        return ""

    plain = _DECLARATION.sub(check, plain)
    return plain.strip(), count + removed


def is_hidden(style: str) -> bool:
    """Whether an element of this style is not shown."""
    return ":" in style and _HIDDEN.search(style) is not None


def is_raised(style: str) -> bool:
    """Whether an element of this style stands above the line."""
    return "super" in style or "text-top" in style or "relative" in style if _RAISED.search(style) else False


def indent_of(style: str) -> float:
    """How far in points the first line of an element stands further in than what it stands in."""
    points = 0.0
    if "padding" not in style and "margin" not in style and "indent" not in style:
        return points
    sides: dict[str, float] = {}
    for name, value in _INDENT.findall(style):
        key = name.lower()
        lengths = [_points(*found) for found in _LENGTH.findall(value)]
        if not lengths:
            continue
        if key in {"padding", "margin"}:
            sides[f"{key}-left"] = lengths[3] if len(lengths) > 3 else lengths[1] if len(lengths) > 1 else lengths[0]
        else:
            sides[key] = lengths[0]
    return sum(sides.values())


def _points(number: str, unit: str) -> float:
    return float(number) * _POINTS.get(unit.lower(), 0.75)


def of_attributes(tag: str, given: dict[str, str]) -> list[str]:
    """The declarations that stand for attributes of the look which XHTML does not know on ``tag``."""
    found = []
    for name, value in given.items():
        declaration = _declaration(tag, name, value.strip())
        if declaration:
            found.append(declaration)
    return found


def _declaration(tag: str, name: str, value: str) -> str:
    """One declaration, or several, for an attribute; empty where it says nothing."""
    lower = value.lower()
    if name in {"bgcolor", "color", "text", "bordercolor"} and _COLOR.fullmatch(value):
        color = f"#{value}" if re.fullmatch(r"[0-9a-fA-F]{6}|[0-9a-fA-F]*\d[0-9a-fA-F]*", value) else value
        prop = {"bgcolor": "background-color", "bordercolor": "border-color"}.get(name, "color")
        return f"{prop}:{color}"
    if name == "align":
        return _aligned(tag, lower)
    if name == "valign" and lower in {"center", "middle", "top", "bottom", "baseline"}:
        return f"vertical-align:{'middle' if lower == 'center' else lower}"
    if name == "nowrap":
        return "white-space:nowrap"
    if name in {"width", "height"} and (found := _NUMBER.fullmatch(value)):
        return f"{name}:{found[1]}{found[2] or 'px'}"
    if name == "face" and tag == "font":
        return "font-family:" + ",".join(f"'{part}'" for part in re.findall(r"[\w -]*\w", value))
    if name == "size":
        return _sized(tag, lower)
    if name == "hidden":
        return "display:none"
    if name == "start" and tag == "ol" and lower.isdigit():
        return f"counter-reset:list-item {int(lower) - 1}"
    if name == "type" and tag in {"ol", "ul", "li"}:
        kinds = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
        kind = kinds.get(value) or (lower if lower in {"disc", "circle", "square"} else "")
        return f"list-style-type:{kind}" if kind else ""
    return ""


def _aligned(tag: str, value: str) -> str:
    value = {"middle": "center"}.get(value, value)
    if tag in {"table", "hr", "img"}:
        if value == "center":
            return "margin-left:auto;margin-right:auto"
        return f"float:{value}" if tag != "hr" and value in {"left", "right"} else ""
    return f"text-align:{value}" if value in {"left", "right", "center", "justify"} else ""


def _sized(tag: str, value: str) -> str:
    if tag == "hr" and value.isdigit():
        return f"height:{value}px"
    if tag != "font" or not re.fullmatch(r"[+-]?\d{1,2}", value):
        return ""
    size = int(value) + 3 if value[0] in "+-" else int(value)
    return f"font-size:{_SIZES[min(max(size, 1), 7) - 1]}"
