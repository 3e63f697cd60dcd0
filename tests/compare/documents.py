"""Inline documents of an invented company, as short as they may be."""

from __future__ import annotations

_HEAD = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:i="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:t3="http://www.xbrl.org/inlineXBRL/transformation/2015-02-26"
 xmlns:t4="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
 xmlns:sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
 xmlns:x="http://www.xbrl.org/2003/instance" xmlns:d="http://xbrl.org/2006/xbrldi"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:us-gaap="http://fasb.org/us-gaap/{year}" xmlns:hrp="http://heronreed.example/{year}1231"><body>
<div style="display:none"><i:header><i:hidden>{hidden}</i:hidden><i:resources>
<x:context id="end"><x:entity><x:identifier scheme="http://www.sec.gov/CIK">{cik}</x:identifier></x:entity><x:period><x:instant>2013-12-31</x:instant></x:period></x:context>
<x:context id="year"><x:entity><x:identifier scheme="http://www.sec.gov/CIK">{cik}</x:identifier></x:entity><x:period><x:startDate>2013-01-01</x:startDate><x:endDate>2014-01-01T00:00:00</x:endDate></x:period></x:context>
<x:context id="paper"><x:entity><x:identifier scheme="http://www.sec.gov/CIK">{cik}</x:identifier><x:segment><d:explicitMember dimension="us-gaap:StatementBusinessSegmentsAxis">hrp:PaperMember</d:explicitMember></x:segment></x:entity><x:period><x:startDate>2013-01-01</x:startDate><x:endDate>2013-12-31</x:endDate></x:period></x:context>
<x:unit id="usd"><x:measure>iso4217:USD</x:measure></x:unit>
<x:unit id="each"><x:divide><x:unitNumerator><x:measure>iso4217:USD</x:measure></x:unitNumerator><x:unitDenominator><x:measure>x:shares</x:measure></x:unitDenominator></x:divide></x:unit>
</i:resources></i:header></div>
"""


def number(
    concept: str, text: str, *, context: str = "year", unit: str = "usd", decimals: str = "-3", more: str = 'scale="3"'
) -> str:
    """A number in its tag."""
    form = "" if "format" in more else ' format="t4:num-dot-decimal"'
    return (
        f'<i:nonFraction name="{concept}" contextRef="{context}" unitRef="{unit}" decimals="{decimals}"{form} {more}>'
        f"{text}</i:nonFraction>"
    )


def row(label: str, *cells: str) -> str:
    """A row of a table."""
    return f"<tr><td>{label}</td>{''.join(f'<td>$</td><td>{cell}</td>' for cell in cells)}</tr>"


def document(*rows: str, hidden: str = "", cik: str = "0000000007", year: int = 2024) -> str:
    """A document with one table. Its rows take a line each, from line 16 on."""
    lines = "\n".join(rows)
    return f"{_HEAD.format(hidden=hidden, cik=cik, year=year)}<table>\n{lines}\n</table></body></html>"
