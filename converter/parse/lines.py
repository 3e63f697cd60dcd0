"""Logical lines: labels joined from their wrapped parts, captions above them, amounts with scale and measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import Amount, Line, LineKind, Measure, Parenthetical
from converter.parse.amounts import fraction_digits
from converter.parse.columns import place_tokens
from converter.parse.counts import power_in_label, power_of_line, settled
from converter.parse.equity import balance_dates, line_periods, year_periods
from converter.parse.label_numbers import LabelNumber, numbers_in
from converter.parse.labels import Label, Wrapping, continues, join, wrapping_of
from converter.parse.scale import measure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model.periods import Period
    from converter.model.source import Document
    from converter.model.statement import StatementKind
    from converter.parse.amounts import Token
    from converter.parse.columns import Span
    from converter.parse.layout import Row
    from converter.parse.periods import Hint
    from converter.parse.scale import Scale

# Rows that stand among the lines of a statement and are none.
_NOISE = re.compile(
    r"^(?:[*†].*|\(?(?:unaudited|audited|continued|restated|concluded)\)?[.:]?|see (?:the )?(?:accompanying )?notes?.*"
    r"|(?:the )?accompanying notes .*|<.*>|page \d+|\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|F-\d+)$",
    re.IGNORECASE,
)
_CLOSER = re.compile(r"^(?:total|net cash\b.*?(?=operating|investing|financing))\s*", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{3,}")
_AMOUNT = re.compile(r"\d,\d{3}")
# A caption of a statement of cash flows, whose section ends with its total and not with the next caption.
_FLOWS = re.compile(r"\b(?:operating|investing|financing) activities\b", re.IGNORECASE)
_BANNER_DEPTH = -1
_INNER = 0.5  # how much deeper a caption stands than one at its own indentation that it is part of


class Entry(NamedTuple):
    """The rows of one logical line, and the token of each column where it has any."""

    rows: tuple[Row, ...]
    tokens: tuple[Token | None, ...]

    @property
    def indent(self) -> int:
        """The page position of the first word."""
        return self.rows[0].indent


def entries_of(rows: Sequence[Row], spans: Sequence[Span]) -> list[Entry]:
    """Physical rows to logical lines, in order."""
    placed = [place_tokens(row, spans) for row in rows]
    wrapping = wrapping_of([(row, any(tokens)) for row, tokens in placed], spans[0].left)
    entries: list[Entry] = []
    pending: list[Row] = []
    broken = True
    below = [*(row for row, _ in placed[1:]), None]
    for (row, tokens), after in zip(placed, below, strict=True):
        # A row without words and amounts has signs only.
        if row.is_blank or row.is_rule or (not any(tokens) and (not row.label or _NOISE.match(row.label))):
            broken = True
            continue
        joins = bool(pending) and not broken and continues(pending, row, after, wrapping)
        if pending and not joins:
            entries.append(Entry(tuple(pending), (None,) * len(spans)))
            pending = []
        if any(tokens):
            entries.append(Entry((*pending, row), tokens))
            pending = []
        elif not pending and not broken and _is_tail(entries, row, after, wrapping):
            entries[-1] = Entry((*entries[-1].rows, row), entries[-1].tokens)
        else:
            pending.append(row)
        broken = False
    if pending:
        entries.append(Entry(tuple(pending), (None,) * len(spans)))
    return entries


def _is_tail(entries: Sequence[Entry], row: Row, after: Row | None, wrapping: Wrapping) -> bool:
    """Words that go on below the line that bears the values; ``after`` is the row below them."""
    if not entries or not any(entries[-1].tokens) or not entries[-1].rows[-1].label:
        return False
    rows = entries[-1].rows
    if row.indent < rows[-1].indent:
        return False
    if wrapping.is_headed:
        return continues(rows, row, None, wrapping)
    if row.label[0].islower() or rows[-1].label.count("(") > rows[-1].label.count(")"):
        return True
    if wrapping.is_headed is not None or row.indent <= rows[0].indent or wrapping.fits(rows[-1], row):
        return False
    # A caption has something under it.
    return after is None or not after.label or after.indent < row.indent


class Setting(NamedTuple):
    """What the lines of a statement share."""

    document: Document
    kind: StatementKind
    periods: tuple[Period | None, ...]
    scale: Scale
    measures: tuple[Measure | None, ...]  # what a column counts, whatever the words of its lines say
    own_periods: bool  # whether the lines have periods of their own, told by balances or captions among them
    year_end: Hint  # the day on which a fiscal year ends, as far as the header tells


class _Draft(NamedTuple):
    """A line whose amounts are still tokens."""

    entry: Entry
    label: Label
    level: int
    section: tuple[str, ...]
    numbers: tuple[LabelNumber, ...]
    measure: Measure


def lines_of(entries: Sequence[Entry], setting: Setting) -> tuple[Line, ...]:
    """The lines of a statement, with the captions that stand above each."""
    drafts = _drafts(entries, setting.periods)
    shown = [tuple(filter(None, draft.entry.tokens)) for draft in drafts]
    measures = settled(
        [draft.measure for draft in drafts], [draft.label.text for draft in drafts], shown, setting.kind, setting.scale
    )
    drafts = [draft._replace(measure=measure) for draft, measure in zip(drafts, measures, strict=True)]
    zeros = 0 if setting.scale.money else _common_zeros(drafts)
    found = [_line(draft, setting, zeros) for draft in drafts]
    if setting.own_periods:
        balances = balance_dates([line.label for line in found])
        periods = (
            line_periods(len(found), balances)
            if balances
            else year_periods(
                [line.label if line.kind is LineKind.CAPTION else None for line in found], setting.year_end
            )
        )
        found = [line._replace(period=period) for line, period in zip(found, periods, strict=True)]
    return tuple(found)


def _common_zeros(drafts: Sequence[_Draft]) -> int:
    """Whole dollars that all end in 000 are accurate to thousands: the numbers bear out no more."""
    printed = [
        token.value
        for draft in drafts
        if draft.measure is Measure.MONEY
        for token in draft.entry.tokens
        if token is not None and token.value
    ]
    printed += [n.value for draft in drafts for n in draft.numbers if n.measure is Measure.MONEY]
    return next((zeros for zeros in (6, 3) if printed and not any(value % 10**zeros for value in printed)), 0)


def _drafts(entries: Sequence[Entry], periods: Sequence[Period | None]) -> list[_Draft]:
    levels = {indent: level for level, indent in enumerate(sorted({entry.indent for entry in entries}))}
    stack: list[tuple[float, str]] = []
    deeper: set[str] = set()
    drafts = []
    for index, entry in enumerate(entries):
        label = join(entry.rows)
        is_caption = not any(entry.tokens)
        depth: float = entry.indent
        if is_caption:
            below = entries[index + 1].indent if index + 1 < len(entries) else entry.indent
            if below > entry.indent and _is_open_flow(stack, entry.indent, label.text):
                depth += _INNER
            if below < entry.indent and len(entry.rows) == 1 and not label.text.endswith(":"):
                stack, depth = [], _BANNER_DEPTH
            while stack and stack[-1][0] >= depth:
                stack.pop()
        elif label.text:
            _leave(stack, entry.indent, deeper)
        section = tuple(caption for _, caption in stack)
        numbers = numbers_in(label.text, periods)
        drafts.append(
            _Draft(
                entry,
                label,
                levels[entry.indent],
                section,
                numbers,
                measure_of(label.text, section, filter(None, entry.tokens)),
            )
        )
        if is_caption and (numbers or _AMOUNT.search(label.text)) and not label.text.endswith(":"):
            continue  # words that bear their own numbers, "Shares outstanding: 1,000", stand above nothing
        if is_caption:
            stack.append((depth, label.text.rstrip(": ")))
        else:
            close(stack, label.text)
    return drafts


def _is_open_flow(stack: Sequence[tuple[float, str]], indent: int, caption: str) -> bool:
    """Whether ``caption`` stands among the lines of a section of cash flows that stand no deeper than its caption."""
    while stack and stack[-1][0] > indent:
        stack = stack[:-1]
    return bool(stack) and stack[-1][0] == indent and bool(_FLOWS.search(stack[-1][1])) and not _FLOWS.search(caption)


def _leave(stack: list[tuple[float, str]], indent: int, deeper: set[str]) -> None:
    """Drop the captions that a line at ``indent`` does not stand under.

    A caption at the line's own depth is left only once it has had lines that stand deeper.
    """
    while stack and (stack[-1][0] > indent or (stack[-1][0] == indent and stack[-1][1] in deeper)):
        stack.pop()
    for index, (depth, caption) in enumerate(stack):
        is_flat = index + 1 < len(stack) and stack[index + 1][0] == depth + _INNER
        if depth < indent and not is_flat:
            deeper.add(caption)


def close(stack: list[tuple[float, str]], label: str) -> None:
    """A line that totals a caption's lines ends its section."""
    closer = _CLOSER.match(label)
    if not closer:
        return
    words = set(_WORDS.findall(label[closer.end() :].lower()))
    for index in range(len(stack) - 1, -1, -1):
        caption = set(_WORDS.findall(stack[index][1].lower()))
        if words and caption and (words <= caption or caption <= words):
            del stack[index:]
            return


def _line(draft: _Draft, setting: Setting, zeros: int) -> Line:
    """The line of ``draft``, in a statement whose whole amounts of money all end in as many ``zeros``."""
    entry, label = draft.entry, draft.label
    value_row = next((row for row in entry.rows if row.tokens), entry.rows[-1])
    power_of_shares = power_of_line(label.text, draft.section, filter(None, entry.tokens), setting.scale)
    amounts = tuple(
        [
            None
            if token is None or token.is_void
            else _amount(token, value_row, _counts(token, measure, draft, setting), power_of_shares, setting, zeros)
            for token, measure in zip(entry.tokens, setting.measures, strict=True)
        ]
    )
    kind = LineKind.CAPTION if not any(entry.tokens) else LineKind.ITEM if label.text else LineKind.SUBTOTAL
    if label.text:
        start, end = label.offset(0), label.offset(len(label.text) - 1) + 1
    else:
        first = next(token for token in entry.tokens if token is not None)
        start, end = value_row.offset(first.left), value_row.offset(first.right)
    return Line(
        label=label.text,
        level=draft.level,
        section=draft.section,
        kind=kind,
        amounts=amounts,
        parentheticals=_parentheticals(draft, amounts, setting, zeros) if draft.numbers else (),
        place=setting.document.place(start, end),
    )


def _counts(token: Token, of_column: Measure | None, draft: _Draft, setting: Setting) -> Measure:
    """What a number counts: a per cent sign of its own says more than its column, and that more than its line.

    Where the columns are components of equity, those of shares say so: what the others show of "shares issued" is money.
    """
    if token.percent:
        return Measure.PERCENT
    if of_column is None and draft.measure is Measure.SHARES and setting.own_periods:
        return Measure.MONEY
    return of_column or draft.measure


def _amount(token: Token, row: Row, measure: Measure, power_of_shares: int, setting: Setting, zeros: int) -> Amount:
    scale = power_of_shares if measure is Measure.SHARES else _power(measure, setting.scale)
    place = setting.document.place(row.offset(token.left), row.offset(token.right))
    if not setting.scale.stated:
        scale += setting.document.power_at(place.start)
    return Amount(
        text=token.text,
        value=None if token.value is None else token.value.scaleb(scale),
        scale=scale,
        decimals=_decimals(token.text, scale, measure, zeros),
        measure=measure,
        place=place,
    )


def _parentheticals(
    draft: _Draft, amounts: Sequence[Amount | None], setting: Setting, zeros: int
) -> tuple[Parenthetical, ...]:
    found = []
    for number in draft.numbers:
        scale = number.scale
        if scale is None and number.measure is Measure.SHARES:
            scale = power_in_label(number, draft.numbers, amounts, setting.scale)
        elif scale is None:
            scale = _power(number.measure, setting.scale)
        label = draft.label
        amount = Amount(
            text=number.text,
            value=number.value.scaleb(scale),
            scale=scale,
            decimals=_decimals(number.text, scale, number.measure, zeros),
            measure=number.measure,
            place=setting.document.place(label.offset(number.start), label.offset(number.end - 1) + 1),
        )
        found.append(Parenthetical(amount=amount, before=number.before, after=number.after, period=number.period))
    return tuple(found)


def _decimals(text: str, scale: int, measure: Measure, zeros: int) -> int:
    return -zeros if zeros and measure is Measure.MONEY else fraction_digits(text) - scale


def _power(measure: Measure, scale: Scale) -> int:
    if measure is Measure.MONEY:
        return scale.money
    return scale.shares if measure is Measure.SHARES else -2 if measure is Measure.PERCENT else 0
