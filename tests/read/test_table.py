"""Tables as files hold them: quotes, delimiters, encodings, and where each cell stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from converter.errors import SourceError
from converter.read.table import read

if TYPE_CHECKING:
    from converter.model.source import Document

PLAIN = "label,2012-06-30\nOak barrels,120\n"


def document(text: str | bytes) -> Document:
    return read(text if isinstance(text, bytes) else text.encode(), "case.csv")[0]


def texts(text: str) -> list[list[str]]:
    """The cells of a table in the converter's own layout, below the remark that says so."""
    [block] = document(f"# statement: BALANCE SHEETS\n{text}").tables
    return [[cell.text for cell in row.cells] for row in block.rows[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"1,234",\n', [["a", "1,234", ""]]),
        ('"the ""old"" mill",5\n', [['the "old" mill', "5"]]),
        ('"two\nlines",5\nb,6\n', [["two\nlines", "5"], ["b", "6"]]),
        ("a,1\r\nb,2\r\n", [["a", "1"], ["b", "2"]]),
        ("a,1\n\nb,2", [["a", "1"], [""], ["b", "2"]]),
        ("a;1,5\nb;2,5\n", [["a", "1,5"], ["b", "2,5"]]),
        ("a\t1\nb, net\t2\n", [["a", "1"], ["b, net", "2"]]),
        ("stock; par,1\nb,2\nc,3\n", [["stock; par", "1"], ["b", "2"], ["c", "3"]]),
        ('# entity: Oak, "Elm" & Co,,\na,1\n', [['# entity: Oak, "Elm" & Co'], ["a", "1"]]),
    ],
)
def test_cells(text: str, expected: list[list[str]]) -> None:
    assert texts(text) == expected


def test_a_cell_knows_its_row_its_column_and_its_offsets() -> None:
    found = document('label,2012-06-30\n"two\nlines","1,234"\nlast,7\n')
    cells = [cell for block in found.tables for row in block.rows for cell in row.cells]
    assert [(cell.row, cell.column) for cell in cells] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]
    assert [found.text[cell.start : cell.end] for cell in cells] == [cell.text for cell in cells]
    place = found.place(cells[3].start + 2, cells[3].end)
    assert (place.line, place.column) == (2, 2)


def test_the_surroundings_of_a_number_end_with_its_cell() -> None:
    found = document("label,5,6\n")
    assert found.around(6, 7, 24) == ("", "")
    assert list(found.stretches) == [(0, 5), (6, 7), (8, 9)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings(encoding: str) -> None:
    text = "# entity: Bürger Mühlen AG\nlabel,2012-06-30\nMühlen,120\nTotal assets,120\n"
    found = document(text.encode(encoding))
    assert found.text == text
    assert found.header.registrant == "Bürger Mühlen AG"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('label,x\nOak,"12\nElm,13\n', "case.csv:2:2"),
        ('label,x\n"Oak" barrels,12\n', "case.csv:2:1"),
        ('label,x\n"Oak,12\nElm,"1,300"\n', "case.csv:2:1"),
    ],
)
def test_a_quote_that_is_not_closed_is_named_with_its_place(text: str, place: str) -> None:
    with pytest.raises(SourceError, match=place) as caught:
        document(text)
    assert "double each quote" in caught.value.hint


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(SourceError, match="a spreadsheet"):
        document(b"PK\x03\x04 and so on")
