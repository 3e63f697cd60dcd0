"""Ways in which a document is damaged: on its way, by a bad export, by a hand that slips, by somebody's will."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_TABLE_MARKS = (
    b"<TABLE>", b"</TABLE>", b"<PAGE>", b"<S>  <C>  <C>", b"<TEXT>", b"</TEXT>", b"<DOCUMENT>\n<TYPE>EX-27",
    b"<<TABLE><C>>", b"<!-- ", b"]]>", b"&amp;&lt;", b"<![CDATA[",
)  # fmt: skip
_STRANGE = (
    b"\x00", b"\x01\x02", b"\x1b[0m", b"\x7f", b"\x0c", b"\x0b", b"\x1a", b"\xa0", b"\xad", b"\xa3", b"\xb2", b"\x80",
    b"\x85", b"\x97", b"\x81", b"\xff", b"\xc3\xa9", b"\xe2\x80\x94", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xef\xbf\xbe",
    b"\xed\xa0\x80", b"\xd9\xa3", b"\xef\xbc\x95", b"\xe0\xa5\xa7,\xe0\xa5\xa8", b"\r", b"\r\n", b"\n\r", b"\t", b"\x08",
)  # fmt: skip
_FRAGMENTS = (
    b"$", b"(", b")", b",", b".", b"-", b"--", b"%", b"/", b"1", b"00", b",000", b".5", b"$1,2345", b"1.2.3", b"1,23,456",
    b" (1) ", b"12/31/0000", b"0/0/00", b"13 months", b"99 months ended January 1, 1950", b"February 31, 2003", b"0 weeks ended",
    b"December 31, 2049", b"n/a", b"nil", b" million", b"per share", b"Total", b"thousands", b"respectively", b";", b"$0.0000",
    b" 00 months ended March 3, 2001", b"1e9", b"0,000,000", b"1/1/0001", b"99 months ended 1/1/0001",
)  # fmt: skip


def _position(data: bytes, chance: Random) -> int:
    return chance.randint(0, len(data))


def _span(data: bytes, chance: Random, longest: int) -> tuple[int, int]:
    start = _position(data, chance)
    return start, min(start + chance.randint(0, longest), len(data))


def _insert(data: bytes, chance: Random, piece: bytes) -> bytes:
    at = _position(data, chance)
    return data[:at] + piece + data[at:]


def cut(data: bytes, chance: Random) -> bytes:
    start, end = sorted((_position(data, chance), _position(data, chance)))
    return data[start:] if chance.random() < 0.3 else data[:end] if chance.random() < 0.5 else data[start:end]


def delete(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance, 400)
    return data[:start] + data[end:]


def lines_moved(data: bytes, chance: Random) -> bytes:
    """A run of lines is deleted, doubled, or changes its place."""
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    run = lines[start : start + chance.randint(1, 12)]
    way = chance.randrange(4)
    if way == 0:
        del lines[start : start + len(run)]
    elif way == 1:
        lines[start:start] = run * chance.randint(1, 30)
    elif way == 2:
        del lines[start : start + len(run)]
        at = chance.randint(0, len(lines))
        lines[at:at] = run
    else:
        chance.shuffle(run)
        lines[start : start + len(run)] = run
    return b"\n".join(lines)


def shifted(data: bytes, chance: Random) -> bytes:
    """Some lines move to the right or to the left, from some column on."""
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    for index in range(start, min(start + chance.randint(1, 30), len(lines))):
        column = chance.randint(0, max(len(lines[index]), 1))
        move = chance.randint(-12, 12)
        head, tail = lines[index][:column], lines[index][column:]
        lines[index] = head + b" " * move + tail if move > 0 else head[:move] + tail
    return b"\n".join(lines)


def tabs(data: bytes, chance: Random) -> bytes:
    """Runs of spaces become tabs, or tabs come between."""
    start, end = _span(data, chance, 3000)
    middle = data[start:end]
    middle = middle.replace(b"   ", b"\t") if chance.random() < 0.5 else middle.replace(b"1", b"\t1")
    return data[:start] + middle + data[end:]


def characters(data: bytes, chance: Random) -> bytes:
    """Single bytes become others, or strange ones come between."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        at = chance.randint(0, len(changed))
        changed[at : at + chance.randint(0, 1)] = chance.choice(_STRANGE)
    return bytes(changed)


def noise(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance, 60)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def fragments(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        data = _insert(data, chance, chance.choice(_FRAGMENTS))
    return data


def digits(data: bytes, chance: Random) -> bytes:
    """A number far longer than any amount is."""
    run = b"".join(
        chance.choice((b"7", b"0", b"12", b"3,456", b"9.5")) for _ in range(chance.choice((9, 30, 300, 5000)))
    )
    return _insert(
        data, chance, chance.choice((b"", b" ", b"$", b"\n  Other   ")) + run + chance.choice((b"", b" ", b"\n"))
    )


def long_line(data: bytes, chance: Random) -> bytes:
    piece = chance.choice(
        (b"a", b"-", b".", b". ", b" ", b"(", b"1 ", b"$", b"and ", b"<", b"=", b"_ ", b"1,", b"A.", b"A ")
    )
    return _insert(data, chance, piece * chance.choice((200, 3000, 30000)))


def marks(data: bytes, chance: Random) -> bytes:
    """Tags of a submission, inside one another."""
    for _ in range(chance.randint(1, 6)):
        data = _insert(data, chance, b"\n" * chance.randint(0, 1) + chance.choice(_TABLE_MARKS))
    return data


def encoded(data: bytes, chance: Random) -> bytes:
    """Lines as uuencode makes them."""
    rows = [b"M" + bytes(chance.randint(32, 96) for _ in range(60)) for _ in range(chance.randint(1, 60))]
    return _insert(data, chance, b"\nbegin 644 logo.gif\n" + b"\n".join(rows) + b"\n`\nend\n")


def broken(data: bytes, chance: Random) -> bytes:
    """A page break in the middle: a number, a title and a header come between the lines."""
    title = chance.choice(
        (b"CONSOLIDATED BALANCE SHEETS", b"STATEMENTS OF CASH FLOWS (continued)", b"STATEMENTS OF INCOME")
    )
    return _insert(data, chance, b"\n\n        12\n\x0c\n        " + title + b"\n\n        2001     2000\n")


def recoded(data: bytes, chance: Random) -> bytes:
    """Saved in another encoding, with or without its mark; an odd byte may be lost."""
    text = data.decode("cp1252", errors="replace").replace("\ufffd", "?")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-8-sig"))
    made = text.encode(encoding, errors="replace")
    return made[: len(made) - chance.randint(0, 1)]


def line_ends(data: bytes, chance: Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\x0c\n", b" \n")))


DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    cut, delete, lines_moved, lines_moved, shifted, shifted, tabs, characters, characters, noise, fragments, fragments,
    digits, long_line, marks, encoded, broken, recoded, line_ends,
)  # fmt: skip
