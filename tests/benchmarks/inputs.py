"""Inputs of any length: what a filing has much of, made by repetition with figures that vary."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.examples import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIGURE = re.compile(r"\d(?=,\d{3})")
_SHORT_STATEMENT = """
                       Harrow Field Implements, Inc.
                       CONSOLIDATED BALANCE SHEETS
                             (in thousands)

                                          June 30,     June 30,
                                            2004         2003
                                          --------     --------
 Cash                                     $  4,210     $  3,980
 Machines and tools                         10,250       10,340
 Total assets                               14,460       14,320
"""


def releases(size: int) -> str:
    """The example over and over, each time with other figures."""
    text = EXAMPLE.read_text(encoding="utf-8")
    chance = random.Random(1)  # noqa: S311 - figures, no secrets

    def figure(_: re.Match[str]) -> str:
        return str(chance.randint(1, 9))

    return _until(size, lambda _: _FIGURE.sub(figure, text))


def prose(size: int) -> str:
    """A statement, and then sentences with amounts, dates and counts, a few to a paragraph."""

    def paragraph(number: int) -> str:
        return (
            f"Sales of ploughs came to ${number % 97}.{number % 10} million in fiscal 2004, against "
            f"${number % 89 + 1},{number % 900 + 100},000\nthe year before; cash stood at $4.2 million on June 30, "
            f"2004. Plant {number} employed {number % 400} people,\nand the rate was {number % 30}.5% of sales.\n\n"
        )

    return _SHORT_STATEMENT + "\n\n\n" + _until(size, paragraph)


def table(size: int) -> str:
    """One balance sheet with as many lines as there is room for, with captions and totals among them."""

    def line(number: int) -> str:
        if number % 12 == 0:
            return f"Depot {number}:\n"
        if number % 12 == 11:
            return f"  Total of depot {number // 12 * 12:<10}         {number * 7:>11,}  {number * 5:>11,}\n"
        return (
            f"  Stock item {number:<20}         {number * 37 % 99991 + 1000:>11,}  {number * 31 % 99989 + 1000:>11,}\n"
        )

    return _SHORT_STATEMENT + _until(size, line)


def long_line(size: int) -> str:
    """A statement, and in the middle of its table one line of numbers that goes on and on."""
    return _SHORT_STATEMENT + _until(size, lambda number: f"{number} ") + "\n Other assets       12,000       11,000\n"


def short_lines(size: int) -> str:
    """A statement whose table goes on with a number to a line."""
    return _SHORT_STATEMENT + _until(size, lambda number: f"{number % 8000 + 2100}\n")


def titles(size: int) -> str:
    """A statement, and then a title after another, with a few rows each."""
    return _until(size, lambda _: _SHORT_STATEMENT)


def letters(size: int) -> str:
    """A statement, and in the middle of its table one line of letters without an end."""
    return _SHORT_STATEMENT + "a" * size + "\n Other assets       12,000       11,000\n"


def _until(size: int, piece: Callable[[int], str]) -> str:
    def found() -> Iterator[str]:
        length = number = 0
        while length < size:
            number += 1
            made = piece(number)
            length += len(made)
            yield made

    return "".join(found())


INPUTS: tuple[Callable[[int], str], ...] = (releases, prose, table, long_line, short_lines, titles, letters)
