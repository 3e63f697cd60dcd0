"""Inline styles: what attributes of the look become, what loads or runs is taken out, what is hidden or indented."""

from __future__ import annotations

import re

# What loads or runs something.
_ACTIVE = re.compile(r"url\s*\(|expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|@import", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|([^0-9a-fA-F]))", re.DOTALL)
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


def cleaned(style: str) -> tuple[str, int]:
    """A style attribute without what loads or runs, and how many declarations were taken out."""
    plain = _COMMENT.sub("", style)
    kept, count = [], 0
    for part in plain.split(";"):
        if _is_active(part):
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
        if not _is_active(match.group()):
            return match.group()
        removed += 1
        return ""

    plain = _DECLARATION.sub(check, plain)
    return plain.strip(), count + removed


def _is_active(declaration: str) -> bool:
    """Whether a declaration loads or runs something, be it hidden behind escapes (CSS Syntax, section 4.3.7)."""
    return _ACTIVE.search(_ESCAPE.sub(_unescaped, declaration)) is not None


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return chr(code) if 0 < code < 0x110000 else match[2] or "\ufffd"


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
