"""A Report to an inline XBRL document, by a Jinja template that a user can replace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.render.check import check
from converter.render.engine import fill, find
from converter.render.formats import unit_id
from converter.render.layout import Layout
from converter.render.markup import in_place
from converter.render.splice import is_spliced, splice
from converter.render.tags import hidden_piece, pieces

if TYPE_CHECKING:
    from converter.model.report import Report
    from converter.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """The inline XBRL document, in ASCII.

    UsageError where there is no such template or it fails; ValueError where the facts contradict
    their text or overlap each other, which is no template's fault.
    """
    template = find(options.template or _usual(report))
    page = fill(template, values(report))
    page = page.encode("ascii", "xmlcharrefreplace").decode("ascii").replace("\r", "&#13;")
    if template.is_users:
        check(page, report, template.name)
    return page


def _usual(report: Report) -> str:
    """The template that shows a source best when none is asked for: text and markup as they stand, tables as tables."""
    if report.document.markup is not None:
        return "markup"
    return "statements" if report.document.is_table else "facsimile"


def values(report: Report) -> dict[str, Any]:
    """What a template is given; templates/README.md describes it."""
    visible = [fact for fact in report.facts if is_spliced(fact)]
    tagged = pieces(splice(report.document.text, visible))
    return {
        "report": report,
        "segments": tagged,
        "hidden": [hidden_piece(fact) for fact in report.facts if not is_spliced(fact)],
        "schemas": _schemas(report),
        "layout": Layout(report, tagged),
        "markup": in_place(report.document.markup, visible) if report.document.markup is not None else None,
        "unit_id": unit_id,
    }


def _schemas(report: Report) -> list[str]:
    """The locations that link:schemaRef names: the company's own schema, else those that the facts use."""
    if report.extension is not None:
        return [f"{report.extension.stem}.xsd"]
    used = {fact.concept.prefix for fact in report.facts}
    return [schema.location for schema in report.schemas if schema.prefix in used]
