"""Titles of statements: which lines are one, and of which kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from converter.model.statement import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHORTEST_TITLE, _LONGEST_TITLE = 10, 110
_SHORTEST_LINE = len("statement")  # of a title on two lines
_PARENTHESES = re.compile(r"\([^)]*\)?")
# A page number at the end is a table of contents; a date is none.
_CONTENTS = re.compile(r"(?:\.{2,}|\s{3,})\s*(?:F-?)?\d{1,3}$")
_GAP = re.compile(r"\s{3,}|\t")
_LETTER_SPACED = re.compile(r"^(?:\S ){4,}\S\b|(?:\b\S ){6,}")
_PHRASES: tuple[tuple[StatementKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{phrase})\b"))
    for kind, phrase in (
        (
            StatementKind.EQUITY,
            (
                r"statements? of (?:consolidated )?(?:changes in )?(?:consolidated )?(?:total )?"
                r"(?:common |redeemable )?(?:stockholders|shareholders|shareowners|members|partners|owners)?"
                r"(?:['’]s?)? ?(?:equity|deficit|deficiency|investment|capital|retained earnings|accumulated deficit)\b.*"
            ),
        ),
        (
            StatementKind.COMPREHENSIVE_INCOME,
            r"statements? of (?:consolidated )?(?:other )?comprehensive (?:income|loss|earnings).*",
        ),
        (
            StatementKind.CASH_FLOW,
            r"(?:statements? of (?:consolidated |changes in )?cash ?flows?|cash flows? statements?)",
        ),
        (
            StatementKind.BALANCE_SHEET,
            r"balanced? sheets?|statements? of (?:consolidated )?financial (?:position|condition)",
        ),
        (
            StatementKind.INCOME_STATEMENT,
            (
                r"(?:statements? of (?:consolidated )?(?:net )?(?:results of )?(?:operations?|income|earnings|loss|losses|profit and loss)"
                r"|income statements?|earnings statements?)(?: and .*| \(loss\))?"
            ),
        ),
    )
)
# Words beside the phrase that a title may bear, and words that show that the line is no title.
_NO_TITLE = re.compile(
    r"\b(?:notes?|see|refer|accompanying|summary|selected|schedules?|index|analysis|discussion|reports?|data"
    r"|reconciliation|pro[\s-]forma|and the|included|following|consists?|components?|our|we|in the|has|have|is|are|was|were|as follows|items?)\b"
)


# Words of a title that need no capital letter.
_PLAIN = re.compile(
    r"\b(?:consolidated|condensed|combined|interim|unaudited|statements?|comparative|supplement(?:al|ary)|subsidiar(?:y|ies)"
    r"|continued|with|from|year|years|months|ended|page)\b"
)


# Lines that only one kind of statement has, the surest kind first.
_OWN_LINES = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (StatementKind.CASH_FLOW, r"\b(?:operating|investing|financing) activities\b"),
        (StatementKind.BALANCE_SHEET, r"^total (?:current )?(?:assets|liabilities)\b|^assets\b"),
        (StatementKind.INCOME_STATEMENT, r"^net (?:income|loss|earnings|sales|revenues?)\b|^(?:total )?(?:revenues?|sales)\b|\bper share\b"),
    )
)  # fmt: skip


def kind_of_lines(labels: Iterable[str]) -> StatementKind:
    """The kind of a statement that no title names, told by what its lines are of; OTHER where they do not tell."""
    known = list(labels)
    return next((kind for kind, words in _OWN_LINES if any(map(words.search, known))), StatementKind.OTHER)


# What people call the sheets of statements, beside their titles.
_SHEETS = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (StatementKind.BALANCE_SHEET, r"bs|balance(?: sheets?)?|(?:financial )?position"),
        (StatementKind.INCOME_STATEMENT, r"is|inc(?:ome)? st(?:ate)?m(?:en)?ts?|income|p ?(?:&|and)? ?l|pnl|profit (?:and|&) loss|operations"),
        (StatementKind.CASH_FLOW, r"s?cf|cfs|cash ?flows?(?: st(?:ate)?m(?:en)?ts?)?"),
    )
)  # fmt: skip
_BESIDE_SHEET = re.compile(
    r"\b(?:consolidated|condensed|cons|fy|q[1-4]|[1-4]q|h[12]|(?:fy)?(?:19|20)?\d\d)\b|[^\w& ]|_"
)


def kind_of_sheet(name: str) -> StatementKind | None:
    """The kind of statement that a sheet of this name holds, as far as the name tells: ``BS``, ``P&L``, ``Cash flow``."""
    words = " ".join(_BESIDE_SHEET.sub(" ", name.lower()).split())
    return title_kind(name) or next((kind for kind, pattern in _SHEETS if pattern.fullmatch(words)), None)


class Title(NamedTuple):
    """A title: its kind, its words, and over how many lines it goes; none where it stands nowhere."""

    kind: StatementKind
    text: str
    lines: int


def title_at(lines: Sequence[str], index: int) -> Title | None:
    """The title that begins on ``lines[index]``, if one does: on this line, or on this and the next.

    Of a title broken in two, what stands at the right, far from it, is a company's name.
    """
    if len(lines[index]) < _SHORTEST_LINE or not _may_title(lines[index]):
        return None
    kind = title_kind(lines[index])
    if kind is not None:
        return Title(kind, " ".join(lines[index].split()), 1)
    if "statement" not in lines[index].lower():
        return None
    pieces = [_GAP.split(line.strip(" |*_=-\t"), maxsplit=1)[0] for line in lines[index : index + 2]]
    for count in (1, 2):
        text = " ".join(" ".join(pieces[:count]).split())
        kind = title_kind(text)
        if kind is not None and (count == 1 or not title_kind(pieces[1])):
            return Title(kind, text, count)
    return None


def _may_title(line: str) -> bool:
    """Whether a line has what every title has once its spaces are gone: those of letters set apart, too."""
    squeezed = line.replace(" ", "").lower()
    return "statement" in squeezed or "sheet" in squeezed or "cashflow" in squeezed


def title_kind(line: str) -> StatementKind | None:
    """The kind of statement that ``line`` is the title of, None where it is no title."""
    text = line.strip(" |*_=-\t")
    if not _may_title(text):
        return None
    if not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE or text[0].islower() or _CONTENTS.search(text):
        return None
    text = " ".join(_PARENTHESES.sub(" ", _close_up(text)).strip(" :-–—").split())
    lower = text.lower()
    for kind, phrase in _PHRASES:
        match = phrase.search(lower)
        if match:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            if _is_title(text, lower, rest):
                return kind
    return None


def _is_title(text: str, lower: str, rest: str) -> bool:
    if text.endswith((".", ",", ";")) or _NO_TITLE.search(lower):
        return False
    words = [word for word in re.findall(r"[A-Za-z][\w'’&.-]*", _PLAIN.sub(" ", rest)) if len(word) > 3]
    return len(rest.split()) <= 9 and all(word[0].isupper() for word in words)


def _close_up(text: str) -> str:
    """``B A L A N C E   S H E E T S`` to ``BALANCE SHEETS``."""
    if not _LETTER_SPACED.search(text):
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))
