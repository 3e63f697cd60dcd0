"""What the text of a tag means."""

from __future__ import annotations

import pytest

from converter.model.inline import Name
from converter.validate.transform import transformed

REGISTRIES = {
    "t1": "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
    "t3": "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26",
    "t4": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "t5": "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
    "sec": "http://www.sec.gov/inlineXBRL/transformation/2015-08-31",
}


def name(written: str) -> Name:
    prefix, _, local = written.partition(":")
    return Name(REGISTRIES[prefix], local, prefix)


@pytest.mark.parametrize(
    ("form", "text", "meaning"),
    [
        ("t1:numcommadot", "1,234.5", "1234.5"),
        ("t1:numdash", "-", "0"),
        ("t3:numdotdecimal", "1,234", "1234"),
        ("t3:numcommadecimal", "1.234,5", "1234.5"),
        ("t3:zerodash", "—", "0"),
        ("t4:num-dot-decimal", "1,234.50", "1234.5"),
        ("t4:num-comma-decimal", "1 234,5", "1234.5"),
        ("t4:fixed-zero", "--", "0"),
        ("t4:fixed-empty", "n/a", ""),
        ("t5:num-dot-decimal", "7", "7"),
        ("t4:date-monthname-day-year-en", "December 31, 2013", "2013-12-31"),
        ("sec:numwordsen", "twenty-five million", "25000000"),
        ("sec:numwordsen", "One hundred and five thousand, two hundred", "105200"),
        ("sec:numwordsen", "no", "0"),
        ("sec:boolballotbox", "☒", "true"),
        ("sec:boolballotbox", "☐", "false"),
    ],
)
def test_what_text_means(form: str, text: str, meaning: str) -> None:
    assert transformed(name(form), text) == meaning


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        ("t4:num-dot-decimal", "soon", "'soon' is not what num-dot-decimal takes"),
        ("t3:num-dot-decimal", "5", "t3:num-dot-decimal is not known here"),
        ("sec:durwordsen", "five years", "sec:durwordsen is not known here"),
        ("sec:numwordsen", "many", "'many' is no number in words"),
        ("sec:boolballotbox", "5", "'5' is no box"),
    ],
)
def test_what_has_no_meaning(form: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        transformed(name(form), text)
