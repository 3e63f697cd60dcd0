"""The company's name where plain text prints it, and the prefix that is made of it."""

from __future__ import annotations

import pytest

from converter.mapping.extension import prefix_of
from converter.mapping.names import name_in
from converter.model.report import Entity
from converter.parse import parse
from converter.read import text as text_reader

ROWS = """\
                              June 30,
                          2001        2000
Cash                   $ 1,200     $ 1,100
Inventories                300         250
Total assets           $ 1,500     $ 1,350
"""
PROSE = "words\n" * 9


def name_of(text: str) -> tuple[str, int, str] | None:
    document, _ = text_reader.read(text.encode(), "kiln.txt")
    statements, _ = parse(document)
    assert statements
    named = name_in(document, statements)
    if named is None:
        return None
    assert document.text[named.place.start : named.place.end].split() == named.name.split()
    return named.name, named.place.line, named.reason


ABOVE, BELOW = "the name above the titles of the statements", "the name below the titles of the statements"
COVER, CAPITALS = "the exact name on the cover page", "the line above the title of a statement"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"QUILLBROOK KILNS, INC.\n\nBALANCE SHEETS\n{ROWS}", ("QUILLBROOK KILNS, INC.", 1, ABOVE)),
        (f"<PAGE>\nTarn & Beck Co. and Subsidiaries\nBALANCE SHEETS\n{ROWS}", ("Tarn & Beck Co.", 2, ABOVE)),
        (f"<CAPTION>OVERDALE BANCORP (Parent)\n<TABLE>\nBALANCE SHEETS\n{ROWS}", ("OVERDALE BANCORP", 1, ABOVE)),
        (f"Hythe Partners, L.P.       F-3\n(Continued)\nBALANCE SHEETS\n{ROWS}", ("Hythe Partners, L.P.", 1, ABOVE)),
        (f"Oddy N.V.\nBALANCE SHEETS\n{ROWS}", ("Oddy N.V.", 1, ABOVE)),
        (f"BALANCE SHEETS\nQuillbrook Kilns Ltd\n{ROWS}", ("Quillbrook Kilns Ltd", 2, BELOW)),
        (f"<PAGE>   12\nQUILLBROOK\nBALANCE SHEETS\n{ROWS}", ("QUILLBROOK", 2, CAPITALS)),
        (
            f"HAZELMERE CORP\nBALANCE SHEETS\n{ROWS}\nOverdale Corp\nBALANCE SHEETS\n{ROWS}\nOVERDALE CORP.\nBALANCE SHEETS\n{ROWS}",
            ("Overdale Corp", 9, ABOVE),
        ),
        (
            f"FORM 10-K\n\n     Quillbrook Kilns\n   -----------\n (Exact name of registrant as specified in its charter)\n\n{PROSE}"
            f"<PAGE>\nFINANCIAL STATEMENTS\nBALANCE SHEETS\n{ROWS}",
            ("Quillbrook Kilns", 3, COVER),
        ),
        (
            f"Quillbrook Kilns (Exact name of Registrant as specified in its charter)\n{PROSE}BALANCE SHEETS\n{ROWS}",
            ("Quillbrook Kilns", 1, COVER),
        ),
    ],
)
def test_a_name_is_found_and_placed(text: str, expected: tuple[str, int, str]) -> None:
    assert name_of(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "<PAGE>",
        "<PAGE> F-2",
        "<TABLE>",
        "<CAPTION>",
        "F - 1",
        "- 12 -",
        "(CONTINUED)",
        "CONTINUED",
        "FINANCIAL STATEMENTS",
        "LIABILITIES AND SHAREHOLDERS' EQUITY",
        "PART I",
        "ITEM 1",
        "NOTES TO STATEMENTS OF THE COMPANY",
        "The Company",
        "of the Company",
        "paid by the Quillbrook Trust",
        "JUNE 2001",
        "=========",
    ],
)
def test_what_is_no_name(line: str) -> None:
    assert name_of(f"{line}\nBALANCE SHEETS\n{ROWS}") is None


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("The First Overdale Corp", "overdale"),
        ("First Company", "first"),
        ("THE HAZELMERE GROUP", "hazelmere"),
        ("Quillbrook Kilns, Inc.", "quillbrook"),
        ("3 & 4 Kilns", "kiln"),
        ("1 2", "own"),
    ],
)
def test_the_prefix_is_the_first_telling_word(name: str, prefix: str) -> None:
    assert prefix_of(Entity(name=name, cik="")) == prefix
