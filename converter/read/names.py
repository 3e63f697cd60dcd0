"""What elements become where XHTML does not allow them as they stand: the look that is lost has to be said."""

from __future__ import annotations

INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "big", "br", "cite", "code", "dfn", "em", "i", "img", "kbd", "q", "samp", "small",
     "span", "strong", "sub", "sup", "tt", "var"}
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Blocks that hold no blocks.
PARAGRAPHS = HEADINGS | {"p", "address", "pre", "legend"}
PLAIN = HEADINGS | {"p", "address", "pre", "div", "blockquote", "fieldset", "hr", "ul", "ol", "dl", "table"}
# What an element is that stands for none of the source.
ANONYMOUS = "anonymous"
# What an element becomes, and the style that it had of itself.
RENAMED = {
    "font": ("span", ""), "u": ("span", "text-decoration:underline"), "ins": ("span", "text-decoration:underline"),
    "s": ("span", "text-decoration:line-through"), "strike": ("span", "text-decoration:line-through"),
    "del": ("span", "text-decoration:line-through"), "nobr": ("span", "white-space:nowrap"),
    "mark": ("span", "background-color:yellow;color:black"), "bdo": ("span", "unicode-bidi:bidi-override"),
    "wbr": ("span", "display:inline-block"), "center": ("div", "text-align:center"), "dir": ("ul", ""),
    "menu": ("ul", ""), "listing": ("pre", ""), "xmp": ("div", "white-space:pre;font-family:monospace;margin:1em 0"),
    "figure": ("div", "margin:1em 40px"),
    **dict.fromkeys(
        ("article", "aside", "details", "dialog", "figcaption", "footer", "form", "header", "hgroup", "main", "nav",
         "search", "section", "summary"),
        ("div", ""),
    ),
}  # fmt: skip
# The style of its own that an element loses when it has to become a div or a span.
OWN_STYLE = {
    "b": "font-weight:bold", "strong": "font-weight:bold", "i": "font-style:italic", "em": "font-style:italic",
    "cite": "font-style:italic", "dfn": "font-style:italic", "var": "font-style:italic", "address": "font-style:italic",
    "big": "font-size:larger", "small": "font-size:smaller", "sup": "vertical-align:super;font-size:smaller",
    "sub": "vertical-align:sub;font-size:smaller", "tt": "font-family:monospace", "code": "font-family:monospace",
    "kbd": "font-family:monospace", "samp": "font-family:monospace", "p": "margin:1em 0",
    "pre": "white-space:pre;font-family:monospace;margin:1em 0", "h1": "font-size:2em;font-weight:bold;margin:0.67em 0",
    "h2": "font-size:1.5em;font-weight:bold;margin:0.83em 0", "h3": "font-size:1.17em;font-weight:bold;margin:1em 0",
    "h4": "font-weight:bold;margin:1.33em 0", "h5": "font-size:0.83em;font-weight:bold;margin:1.67em 0",
    "h6": "font-size:0.67em;font-weight:bold;margin:2.33em 0",
}  # fmt: skip
# The space above and below that elements have of themselves.
MARGINS = {
    **dict.fromkeys(("blockquote", "dl", "ol", "p", "pre", "ul", "xmp"), "1em"),
    "h1": "0.67em", "h2": "0.83em", "h3": "1em", "h4": "1.33em", "h5": "1.67em", "h6": "2.33em",
}  # fmt: skip
# How parts of tables and lists are shown; all others that are no spans are blocks.
DISPLAYS = {
    "table": "table", "tr": "table-row", "thead": "table-header-group", "tbody": "table-row-group",
    "tfoot": "table-footer-group", "td": "table-cell", "th": "table-cell", "caption": "table-caption",
    "li": "list-item", "col": "none", "colgroup": "none",
}  # fmt: skip
