"""A Report to an inline XBRL document, by a Jinja template that a user can replace."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter import resources
from converter.errors import UsageError
from converter.model.statement import StatementKind
from converter.render.formats import attributes, unit_id
from converter.render.splice import label_pieces, splice

if TYPE_CHECKING:
    from jinja2 import Environment

    from converter.model.report import Fact, Report
    from converter.options import RenderOptions

_SHIPPED_ENDING = ".xhtml.j2"
_USER_TEMPLATE = "report.xhtml.j2"


def render(report: Report, options: RenderOptions) -> str:
    """The inline XBRL document, in ASCII; UsageError where the user's template fails."""
    from jinja2 import TemplateError  # noqa: PLC0415 - only rendering needs Jinja

    environment, name, is_users = _environment(options.template)
    try:
        page = environment.get_template(name).render(values(report))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise UsageError(f"the template {where}: {error.message}", hint="mend the template") from error
    except Exception as error:
        if not is_users:
            raise
        raise UsageError(f"the template {name} failed: {error}", hint="mend the template") from error
    if is_users:
        _check(page, report, name)
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def values(report: Report) -> dict[str, Any]:
    """What a template is given; templates/README.md describes it."""
    at = _facts_at(report)
    segments = splice(report.document.text, report.facts)
    return {
        "report": report,
        "segments": segments,
        "hidden": [fact for fact in report.facts if fact.hidden],
        "schemas": _schemas(report),
        "attributes": attributes,
        "unit_id": unit_id,
        "facts_at": at,
        "label_pieces": partial(label_pieces, facts_at=at),
        "prose": [
            segment for segment in segments if segment.facts and segment.facts[0].statement is StatementKind.PROSE
        ],
    }


def _schemas(report: Report) -> list[str]:
    """The locations that link:schemaRef names: the company's own schema, else those that the facts use."""
    if report.extension is not None:
        return [f"{report.extension.stem}.xsd"]
    used = {fact.concept.prefix for fact in report.facts}
    return [schema.location for schema in report.schemas if schema.prefix in used]


def _facts_at(report: Report) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in report.facts:
        if fact.place is not None and not fact.hidden:
            found.setdefault(fact.place.start, []).append(fact)
    return found


@cache
def _environment(template: str) -> tuple[Environment, str, bool]:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    shipped = resources.folder("templates")
    options = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    if (shipped / f"{template}{_SHIPPED_ENDING}").is_file() and Path(template).name == template:
        loader = FileSystemLoader(shipped)
        return Environment(loader=loader, **options), f"{template}{_SHIPPED_ENDING}", False  # type: ignore[arg-type]  # noqa: S701 - autoescape is among the options
    path = Path(template)
    file = path / _USER_TEMPLATE if path.is_dir() else path
    if not file.is_file():
        known = ", ".join(sorted(p.name.removesuffix(_SHIPPED_ENDING) for p in shipped.glob(f"*{_SHIPPED_ENDING}")))
        raise UsageError(
            f"there is no template {template!r}",
            hint=f"choose one of: {known}; or name a template file, or a folder with {_USER_TEMPLATE}",
        )
    loaders = ChoiceLoader([FileSystemLoader(file.parent), FileSystemLoader(shipped)])
    return SandboxedEnvironment(loader=loaders, **options), file.name, True


def _check(page: str, report: Report, name: str) -> None:
    """A user's template has to give well-formed XML that bears each fact once."""
    from lxml import etree  # noqa: PLC0415 - only a user's template is checked here

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(
            f"the template {name} gives no well-formed XML: {error.msg}", hint="mend the template"
        ) from error
    borne = [
        element.get("id") for element in root.iter("{http://www.xbrl.org/2013/inlineXBRL}*") if element.get("name")
    ]
    if sorted(map(str, borne)) != sorted(fact.id for fact in report.facts):
        raise UsageError(
            f"the template {name} bears {len(borne)} facts, the report {len(report.facts)}",
            hint="set each fact of `segments` and `hidden` once, by the macro `fact`",
        )
