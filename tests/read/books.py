"""Workbooks of invented companies, written for the tests; and ways to change what a library would not write."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

ACCOUNTING = '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'


def fill(sheet: Worksheet, rows: Sequence[Sequence[Any]], code: str = "General") -> None:
    """Write ``rows`` from the first cell on; numbers that are no years get the format ``code``."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(number, column, value)
            if isinstance(value, int | float) and not isinstance(value, bool) and not 1990 <= value <= 2040:
                cell.number_format = code


def book(
    sheets: Mapping[str, Any],
    *,
    code: str = "General",
    then: Callable[[Any], None] | None = None,
) -> bytes:
    """A workbook with a sheet for each of ``sheets``, a sequence of rows; ``then`` changes it before it is saved."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        fill(workbook.create_sheet(name), rows, code)
    if then is not None:
        then(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def changed(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None
) -> bytes:
    """The archive ``data`` with each part as ``change`` makes it of its name and content, None to leave it out; and ``more``."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def with_results(data: bytes, results: Mapping[str, str]) -> bytes:
    """The workbook with ``results`` stored in the formulas of its first sheet, as a spreadsheet program does."""

    def stored(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        for cell, result in results.items():
            pattern = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?'.encode()
            content, count = re.subn(pattern, rb"\g<1><v>" + result.encode() + b"</v>", content)
            assert count == 1, cell
        return content

    return changed(data, stored)


def sheet_xml(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet's part changed."""
    return changed(data, lambda name, content: change(content) if name == "xl/worksheets/sheet1.xml" else content)
