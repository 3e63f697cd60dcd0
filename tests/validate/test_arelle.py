"""Whole runs of Arelle over a valid document and over spoiled ones."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from converter.errors import SourceError, UsageError
from converter.model.findings import Finding, Severity
from converter.options import ValidateOptions
from converter.validate import arelle, check_file, check_report, findings, inline, standin

from .samples import (
    CALCULATION,
    DOCUMENT,
    EXTENSION,
    SCHEMAS,
    SECOND_TOTAL,
    document,
    fact,
    place,
    report,
    small_taxonomy,
    statement,
)

OPTIONS = ValidateOptions()
CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = Path(os.environ.get("XBRL_TAXONOMIES", CHECKOUT.parent / "shared" / "taxonomies"))
# f1 is stated nowhere; the others stand in lines 10 to 13 of the source.
REPORT = report(
    fact("dei:EntityRegistrantName", "Larkspur Mills", id="f1", line=None),
    fact("AssetsCurrent", 750_000, id="f2", line=10),
    fact("AssetsNoncurrent", 500_000, id="f3", line=11),
    fact("Assets", 1_250_000, id="f4", line=12),
    fact("EarningsPerShareBasic", 1, id="f5", line=13),
    statements=(statement(750_000, 500_000, 1_250_000),),
)


@pytest.fixture(autouse=True)
def _small(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    known = small_taxonomy(tmp_path_factory.mktemp("taxonomy"))
    monkeypatch.setattr("converter.validate.taxonomy.load", lambda _: known)


def write(folder: Path, text: str, name: str = "report.htm") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def one(all_found: tuple[Finding, ...], code: str) -> Finding:
    (found,) = (finding for finding in all_found if finding.code.endswith(code))
    return found


def test_a_valid_document_is_valid_each_time(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, document())
    assert check_file(path, options=OPTIONS) == ()
    assert check_report(REPORT, path, options=OPTIONS) == ()
    assert capfd.readouterr() == ("", "")


def test_an_odd_name_is_no_obstacle(tmp_path: Path) -> None:
    path = write(tmp_path, document(("us-gaap:AssetsCurrent", "us-gaap:AssetsCurent")), "[a] | b#c.htm")
    finding = one(check_file(path, options=OPTIONS), "missingReferences")
    assert (finding.fact, finding.concept) == ("f2", "us-gaap:AssetsCurent")
    link = tmp_path / "link.htm"
    link.symlink_to(path)
    assert one(check_file(link, options=OPTIONS), "missingReferences").fact == "f2"


def test_an_unknown_concept_is_traced_to_its_fact(tmp_path: Path) -> None:
    path = write(tmp_path, document(("us-gaap:AssetsCurrent", "us-gaap:AssetsCurent")))
    finding = one(check_file(path, options=OPTIONS), "missingReferences")
    assert finding.severity is Severity.ERROR
    assert finding.code == "arelle.ix11.12.1.2:missingReferences"
    assert finding.fact == "f2"
    assert finding.place is not None
    assert (finding.place.source, finding.place.line) == ("report.htm", 29)
    assert finding.hint


def test_a_wrong_unit_is_traced_to_its_number_in_the_source(tmp_path: Path) -> None:
    path = write(tmp_path, document(('unitRef="USD-per-share"', 'unitRef="USD"')))
    finding = one(check_report(REPORT, path, options=OPTIONS), "NumericFactUtrInvalid")
    assert (finding.fact, finding.concept) == ("f5", "us-gaap:EarningsPerShareBasic")
    assert finding.place == place(13)
    assert finding.message.endswith("(source line 13, column 40)")


def test_inconsistent_duplicates_name_every_place(tmp_path: Path) -> None:
    path = write(tmp_path, document(("</body>", SECOND_TOTAL)))
    second = report(*REPORT.facts, fact("Assets", 1_900_000, id="f6", line=81))
    finding = one(check_report(second, path, options=OPTIONS), "duplicateFacts")
    assert finding.severity is Severity.WARNING
    assert (finding.fact, finding.place) == ("f4", place(12))
    assert finding.message.endswith("(source line 12, column 40; line 81, column 40)")


def test_a_message_about_many_facts_stays_short(tmp_path: Path) -> None:
    path = write(tmp_path, DOCUMENT)
    ids = tuple(f"g{number}" for number in range(9))
    tags = tuple(inline.Tag(id=name, concept="us-gaap:Assets", context="", unit="", line=1) for name in ids)
    message = arelle.Message(code="x", severity=Severity.WARNING, text="Many", fact_ids=ids)
    many = report(*(fact("Assets", 1, id=name, line=line) for line, name in enumerate(ids, 1)))
    (finding,) = findings.of_report([message, message], inline.Outline(tags=tags, words=None), many, path)
    assert finding.message.endswith("; line 5, column 40; and 4 more)")


def test_a_calculation_of_the_extension_is_checked(tmp_path: Path) -> None:
    write(tmp_path, EXTENSION, "lm-20090930.xsd")
    write(tmp_path, CALCULATION, "lm-20090930_cal.xml")
    with_extension = (SCHEMAS[0].location, "lm-20090930.xsd")
    assert check_file(write(tmp_path, document(with_extension)), options=OPTIONS) == ()
    path = write(tmp_path, document(with_extension, (">1,250<", ">1,290<")))
    finding = one(check_report(REPORT, path, options=OPTIONS), "inconsistentCalculationUsingRounding")
    assert (finding.fact, finding.place) == ("f4", place(12))


def test_a_message_about_a_context_is_traced_to_the_first_fact_that_uses_it(tmp_path: Path) -> None:
    path = write(tmp_path, document(("<xbrli:instant>2009-09-30", "<xbrli:instant>2009-09-31")))
    both = check_report(REPORT, path, options=OPTIONS)
    finding = one(both, "xmlSchema:valueError")
    assert (finding.fact, finding.place) == ("f2", place(10))
    # the other names a line of the header alone, above which no fact stands: the first statement
    assert [other.place for other in both if other is not finding] == [REPORT.statements[0].place]


def test_a_message_with_a_line_alone_is_traced_to_the_nearest_fact(tmp_path: Path) -> None:
    path = write(tmp_path, document(("<p>Total", '<p align-to="x">Total')))
    (finding,) = check_report(REPORT, path, options=OPTIONS)
    assert (finding.fact, finding.place) == ("", place(11))
    (finding,) = check_report(report(), path, options=OPTIONS)
    assert finding.place is not None
    assert (finding.place.source, finding.place.line) == ("larkspur.txt", 1)


def test_a_missing_schema_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    path = write(tmp_path, document((SCHEMAS[0].location, "nowhere.xsd")))
    finding = one(check_file(path, options=OPTIONS), "IOerror")
    assert finding.severity is Severity.ERROR
    assert "package" in finding.hint
    assert finding.place is not None
    assert finding.place.line == 10


def test_xml_that_is_not_inline_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "<catalogue/>")
    assert [f.severity for f in check_file(path, options=OPTIONS)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no file"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n", "not XML"),
        (b"<html><p></html>", "line 1"),
    ],
)
def test_what_is_no_xml_ends_the_run(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "report.htm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=words) as caught:
        check_file(path, options=OPTIONS)
    assert caught.value.hint


def test_a_folder_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        check_file(tmp_path, options=OPTIONS)


def test_a_package_that_is_none_ends_the_run_before_the_source_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no taxonomy package"):
        check_file(tmp_path / "none.htm", options=ValidateOptions(packages=(tmp_path / "none.zip",)))


def test_nothing_is_done_where_validation_is_off(tmp_path: Path) -> None:
    off = ValidateOptions(enabled=False)
    assert check_file(tmp_path / "none.htm", options=off) == ()
    assert check_report(REPORT, tmp_path / "none.htm", options=off) == ()


def test_arelle_says_itself_what_stops_it(tmp_path: Path) -> None:
    (message,) = arelle.validate(tmp_path / "none.htm", packages=[])
    assert (message.code, message.severity, message.file) == ("IOerror", Severity.ERROR, "none.htm")
    broken = write(tmp_path, "no ZIP", "broken.zip")
    messages = arelle.validate(write(tmp_path, document()), packages=[broken])
    assert ("tpe:invalidArchiveFormat", Severity.ERROR) in {(m.code, m.severity) for m in messages}


def test_an_excerpt_finds_what_the_whole_stand_in_finds(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        document(("us-gaap:AssetsCurrent", "us-gaap:AssetsCurent"), ('unitRef="USD-per-share"', 'unitRef="USD"')),
    )
    whole = standin.package(small_taxonomy(tmp_path), tmp_path / "cache")
    expected = {f"arelle.{message.code}" for message in arelle.validate(path, packages=[whole])}
    assert {finding.code for finding in check_file(path, options=OPTIONS)} == expected
    assert len(expected) == 2


def test_names_are_found_however_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "report.htm"
    text = document(("us-gaap:AssetsCurrent", "us-gaap:&#65;ssetsCurrent"), ("UTF-8", "UTF-16"))
    path.write_bytes(text.encode("utf-16"))
    words = inline.read(path).words
    assert words is not None
    assert "AssetsCurrent" in words


def test_a_document_with_a_base_gets_the_whole_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path / name))
    path = write(tmp_path, document(("<link:schemaRef ", '<link:schemaRef xml:base="https://example.org/" ')))
    assert inline.read(path).words is None
    assert check_file(path, options=OPTIONS) == ()
    assert list((tmp_path / "xbrl-converter").glob("**/*.zip"))


def test_the_room_is_entered_without_arelle() -> None:
    code = "import sys, converter.validate; sys.exit('arelle' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False).returncode == 0


def test_a_stand_in_takes_the_place_of_what_the_packages_lack(tmp_path: Path) -> None:
    known = small_taxonomy(tmp_path)
    names = [concept.local_name for concept in known.concepts()]
    us_gaap = standin.excerpt(replace(known, name="publisher", schemas=known.schemas[:1]), names, tmp_path)
    base = ("<link:schemaRef ", '<link:schemaRef xml:base="https://example.org/" ')
    for text in (document(), document(base)):
        path = write(tmp_path, text)
        assert "IOerror" in {message.code for message in arelle.validate(path, packages=[us_gaap])}
        assert check_file(path, options=ValidateOptions(packages=(us_gaap,))) == ()


@pytest.mark.corpus
@pytest.mark.skipif(not PACKAGES.is_dir(), reason="the published packages are not beside the checkout")
def test_the_published_packages_take_the_place_of_the_stand_in(tmp_path: Path) -> None:
    names = ("us-gaap-2024.zip", "srt-2024.zip", "sec-2024.zip")
    options = ValidateOptions(packages=tuple(PACKAGES / name for name in names))
    assert check_file(write(tmp_path, document()), options=options) == ()
