"""A report is shown as its source is: pictures of both by a browser do not differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from converter.convert import convert
from converter.model.findings import Severity
from converter.options import MapOptions, Options, ValidateOptions
from tests.chaos.documents import real_pages
from tests.look.browser import BROWSER, WITHOUT, difference, is_whole, picture, side_by_side

if TYPE_CHECKING:
    from converter.convert import Conversion

CASES = sorted((Path(__file__).parent / "cases").glob("*.html"))
STANDARD = [case for case in CASES if case.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")]
PAGES = real_pages()
# Pages of filings may be far longer; how they look further down, those above tell.
HEIGHT, HEIGHT_OF_FILINGS = 1000, 6000

needs_browser = pytest.mark.skipif(BROWSER is None, reason=WITHOUT)


def converted(source: Path, folder: Path, *, is_checked: bool = False) -> Conversion:
    options = Options(mapping=MapOptions(cik="1234567"), validate=ValidateOptions(enabled=is_checked))
    return convert(source, folder, options)


def hold(source: Path, report: Path, height: int, folder: Path) -> None:
    """The pictures of both are the same."""
    one, other = picture(source, height), picture(report, height)
    box = difference(one, other)
    assert box is None, f"{source.name} looks otherwise within {box}: {side_by_side(one, other, folder / 'both.png')}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_report_of_each_case_is_valid(tmp_path: Path, case: Path) -> None:
    result = converted(case, tmp_path, is_checked=True)
    assert [finding for finding in result.findings if finding.severity is Severity.ERROR] == []
    shown = [fact for fact in result.report.facts if fact.unit is not None and not fact.hidden]
    assert len(shown) >= 6


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_report_looks_like_its_source(tmp_path: Path, case: Path) -> None:
    hold(case, converted(case, tmp_path).folder / "report.htm", HEIGHT, tmp_path)
    assert is_whole(picture(case, HEIGHT)), "make the case shorter, or the picture higher"


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize("case", STANDARD, ids=lambda case: case.stem)
def test_the_report_looks_like_its_source_when_it_is_read_as_xml(tmp_path: Path, case: Path) -> None:
    report = converted(case, tmp_path).folder / "report.htm"
    hold(case, report.rename(report.with_suffix(".xhtml")), HEIGHT, tmp_path)


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1,205<", "1,206<"),
        ("(1,205", "<b>(1,205</b>"),
        ("padding:2px 1pt 2px 19pt", "padding:2px 1pt 2px 20pt"),
        ("background-color:#cceeff", "background-color:#d4f2ff"),
        ("3pt double #000", "3pt solid #000"),
        ("<span>Cost of sales", '<span style="color:#404040">Cost of sales'),
        ("&#8212;", "&#8211;"),
        ("top:-2.8pt", "top:-1.8pt"),
    ],
)
def test_what_people_would_see_is_a_difference(tmp_path: Path, before: str, after: str) -> None:
    case = next(case for case in CASES if case.stem == "spacer-columns")
    source = case.read_text(encoding="utf-8")
    assert before in source
    changed = tmp_path / "changed.html"
    changed.write_text(source.replace(before, after), encoding="utf-8")
    assert difference(picture(case, HEIGHT), picture(changed, HEIGHT)) is not None


@needs_browser
@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.skipif(not PAGES, reason="no filings are kept beside the checkout")
@pytest.mark.parametrize("page", PAGES[::9], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_filings_look_like_their_sources(tmp_path: Path, page: Path) -> None:
    hold(page, converted(page, tmp_path).folder / "report.htm", HEIGHT_OF_FILINGS, tmp_path)
