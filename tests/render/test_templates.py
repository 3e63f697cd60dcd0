"""Every shipped template over the example: well-formed, each fact once, tables that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter import resources
from converter.convert import make_report
from converter.options import MapOptions, ReadOptions, RenderOptions
from converter.render import engine, render
from tests.examples import EXAMPLE, EXAMPLE_ENTITY

if TYPE_CHECKING:
    from pathlib import Path

IX = "{http://www.xbrl.org/2013/inlineXBRL}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SHIPPED = sorted(
    path.name.removesuffix(".xhtml.j2")
    for path in resources.folder("templates").glob("*.xhtml.j2")
    if path.name != "macros.xhtml.j2"
)


@pytest.mark.parametrize("template", SHIPPED)
def test_each_fact_stands_once(template: str) -> None:
    report, _ = make_report(EXAMPLE, ReadOptions(), MapOptions(entity=EXAMPLE_ENTITY))
    root = etree.fromstring(render(report, RenderOptions(template=template)).encode())
    borne = sorted(str(e.get("id")) for e in root.iter(f"{IX}nonFraction", f"{IX}nonNumeric"))
    assert borne == sorted(fact.id for fact in report.facts)
    assert not list(root.iter(f"{XHTML}script", f"{XHTML}style"))


def test_shipped_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    report, _ = make_report(EXAMPLE, ReadOptions(), MapOptions(entity=EXAMPLE_ENTITY))
    pages = []
    for _ in range(2):
        engine._environment.cache_clear()
        pages.append(render(report, RenderOptions(template="statements")))
        assert list((tmp_path / "xbrl-converter" / "templates").iterdir())
        monkeypatch.setattr("jinja2.Environment.compile", None)  # the second time there is nothing to compile
    assert pages[0] == pages[1]
    engine._environment.cache_clear()


def test_templates_need_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no-folder").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    engine._environment.cache_clear()
    report, _ = make_report(EXAMPLE, ReadOptions(), MapOptions(entity=EXAMPLE_ENTITY))
    assert "ix:nonFraction" in render(report, RenderOptions(template="statements"))
    engine._environment.cache_clear()


def test_statements_are_tables_with_headers() -> None:
    report, _ = make_report(EXAMPLE, ReadOptions(), MapOptions(entity=EXAMPLE_ENTITY))
    root = etree.fromstring(render(report, RenderOptions(template="statements")).encode())
    tables = list(root.iter(f"{XHTML}table"))
    assert len(tables) == len(report.statements)
    for table, statement in zip(tables, report.statements, strict=True):
        assert table.find(f"{XHTML}caption") is not None
        assert len(table.findall(f".//{XHTML}th[@scope='row']")) == len(statement.lines)
        assert len(table.findall(f".//{XHTML}th[@scope='col']")) == len(statement.columns) + 1
