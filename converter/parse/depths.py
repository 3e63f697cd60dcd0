"""How deep the lines of a table stand whose labels are not indented: by the captions above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.parse.layout import moved
from converter.parse.lines import Entry, close

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.parse.layout import Row


def depths_of(labels: Iterable[tuple[str, bool]]) -> list[int]:
    """The depth of each of ``labels``, which say whether their line has values: those without are captions.

    A caption right below another is part of it. One below a line is beside the innermost caption, or
    beside the one that a total has closed.
    """
    captions: list[tuple[float, str]] = []  # those that are open, outermost first; the depth of each is its index
    depths = []
    depth = 0  # of the next caption
    below_caption = False
    for label, has_values in labels:
        if not has_values:
            del captions[depth:]
            captions.append((depth, label.rstrip(": ")))
            depths.append(depth)
            depth, below_caption = depth + 1, True
            continue
        depths.append(len(captions))
        before = len(captions)
        close(captions, label)
        if len(captions) < before:
            depth = len(captions)
        elif below_caption:
            depth = len(captions) - 1
        below_caption = False
    return depths


def indented(entries: Sequence[Entry]) -> list[Entry]:
    """``entries`` of a sheet, each as deep as the captions above tell, where no label is indented."""
    if len({entry.indent for entry in entries if entry.rows[0].label}) > 1:
        return list(entries)
    labels = [(" ".join(row.label for row in entry.rows).strip(), any(entry.tokens)) for entry in entries]
    return [_shifted(entry, depth) for entry, depth in zip(entries, depths_of(labels), strict=True)]


def _shifted(entry: Entry, by: int) -> Entry:
    """``entry`` as many positions further right."""
    tokens = tuple([token and moved(token, by) for token in entry.tokens])
    return Entry(tuple([_shifted_row(row, by) for row in entry.rows]), tokens)


def _shifted_row(row: Row, by: int) -> Row:
    offsets = row.offsets or tuple(range(len(row.text) + 1))
    return row._replace(
        text=" " * by + row.text,
        tokens=tuple([moved(token, by) for token in row.tokens]),
        indent=row.indent + by,
        label_end=row.label_end + by,
        offsets=(0,) * by + offsets,
    )
