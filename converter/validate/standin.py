"""Makes a stand-in taxonomy package from the concept list, so that validation works with no download.

A stand-in declares, under the published names and at the published locations, the elements that the
concept list knows, and nothing else: no labels, no linkbases, no roles, no dimensions. It is not the
publisher's taxonomy and says so in every file. ``package`` makes the whole of it once, in the user's
cache folder; ``excerpt`` makes one of only those elements that a document can mean, which validates
to the same messages in a fraction of the time (Arelle checks every declaration that it loads).

The ZIP is a Taxonomy Package 1.0 (https://www.xbrl.org/Specification/taxonomy-package/REC-2016-04-19/).
"""

from __future__ import annotations

import atexit
import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from converter import resources
from converter.model.report import declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model.report import Concept, Schema, TypeSchema
    from converter.taxonomy import Taxonomy

# Raise it when the files below are made in another way: the cache is keyed by it.
_FORMAT = "3"
_ROOT = "stand-in"
# The first date that a ZIP can hold; a fixed one, so that the bytes are the same.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DIMENSIONS = "http://xbrl.org/2005/xbrldt"
_DIMENSIONS_LOCATION = "http://www.xbrl.org/2005/xbrldt-2005.xsd"
_AXIS_GROUP = "xbrldt:dimensionItem"
_INSTANCE = "http://www.xbrl.org/2003/instance"
_INSTANCE_LOCATION = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"
# Types of the publishers' own that hold numbers; every other one restricts a string.
_NUMERIC_TYPES = frozenset({"perUnitItemType"})


def package(taxonomy: Taxonomy, cache: Path | None = None) -> Path:
    """The whole stand-in for ``taxonomy``, made when needed and kept in ``cache`` (the user's, by default).

    Safe for several processes at once: the file appears whole or not at all. Where the cache cannot be
    written, the stand-in lies in a temporary folder until the process ends.
    """
    folder = (cache or resources.user_cache("stand-in")) / f"{taxonomy.name}-{_key(taxonomy)}"
    path = folder / f"{taxonomy.name}-stand-in.zip"
    if zipfile.is_zipfile(path):
        return path
    content = _archive(taxonomy, taxonomy.concepts())
    try:
        return _publish(path, content)
    except OSError:
        return _publish(_temporary() / folder.name / path.name, content)


def excerpt(taxonomy: Taxonomy, words: Iterable[str], folder: Path) -> Path:
    """A stand-in of the concepts whose local name is among ``words``, as a file in ``folder``."""
    named = (f"{schema.prefix}:{word}" for schema in taxonomy.schemas for word in sorted(set(words)))
    path = folder / f"{taxonomy.name}-stand-in.zip"
    path.write_bytes(_archive(taxonomy, (taxonomy[name] for name in named if name in taxonomy)))
    return path


def _key(taxonomy: Taxonomy) -> str:
    """What the stand-in is made of, as a short hash."""
    digest = hashlib.sha256(_FORMAT.encode())
    for name in ("concepts.csv", "schemas.csv", "types.csv"):
        content = (taxonomy.folder / name).read_bytes()
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.hexdigest()[:16]


def _publish(path: Path, content: bytes) -> Path:
    """Write ``content`` beside ``path`` and move it there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


@once
def _temporary() -> Path:
    folder = tempfile.mkdtemp(prefix="xbrl-converter-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _archive(taxonomy: Taxonomy, concepts: Iterable[Concept]) -> bytes:
    """The bytes of the ZIP; the same for the same concepts in the same order."""
    declared: dict[str, list[Concept]] = {schema.prefix: [] for schema in taxonomy.schemas}
    for concept in concepts:
        if concept.prefix in declared:
            declared[concept.prefix].append(concept)
    files = {
        "META-INF/taxonomyPackage.xml": _description(taxonomy),
        "META-INF/catalog.xml": _catalog(taxonomy),
        **{_inside(schema): _schema(schema, declared[schema.prefix], taxonomy.types) for schema in taxonomy.schemas},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{_ROOT}/{name}", date_time=_EARLIEST)
            entry.create_system = 3  # Unix, wherever this runs
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode(), compress_type=zipfile.ZIP_DEFLATED, compresslevel=6)
    return buffer.getvalue()


def _inside(schema: Schema) -> str:
    """Where a schema lies in the package: its public location without ``https://``."""
    return schema.location.partition("://")[2]


def _notice(taxonomy: Taxonomy) -> str:
    return (
        f"A stand-in for {taxonomy.name}, made by xbrl-converter from a list of element names and data "
        "types for validation without a download. It is not the taxonomy of the FASB or of the SEC, holds no "
        "part of their files, and is not for filing."
    )


def _description(taxonomy: Taxonomy) -> str:
    """The package's metadata (Taxonomy Package 1.0, section 3.2)."""
    entry_points = "\n".join(
        f"<tp:entryPoint><tp:name>Stand-in for {escape(schema.prefix)}</tp:name>"
        f"<tp:entryPointDocument href={quoteattr(schema.location)}/></tp:entryPoint>"
        for schema in taxonomy.schemas
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">
<tp:identifier>urn:xbrl-converter:stand-in:{escape(taxonomy.name)}</tp:identifier>
<tp:name>Stand-in for {escape(taxonomy.name)} (not the published taxonomy)</tp:name>
<tp:description>{escape(_notice(taxonomy))}</tp:description>
<tp:version>{_FORMAT}</tp:version>
<tp:entryPoints>
{entry_points}
</tp:entryPoints>
</tp:taxonomyPackage>
"""


def _catalog(taxonomy: Taxonomy) -> str:
    """Where in the package the public locations are found (Taxonomy Package 1.0, section 4)."""
    rewrites = "\n".join(
        f"<rewriteURI uriStartString={quoteattr(schema.location)} rewritePrefix={quoteattr('../' + _inside(schema))}/>"
        for schema in taxonomy.schemas
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Leads to a stand-in, not the taxonomy of the FASB or of the SEC. -->
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
{rewrites}
</catalog>
"""


def _schema(schema: Schema, concepts: Iterable[Concept], types: Sequence[TypeSchema]) -> str:
    """A taxonomy schema (XBRL 2.1, section 5.1) that declares ``concepts``."""
    elements = "\n".join(_element(concept, types) for concept in concepts)
    prefixes = "".join(f" xmlns:{used.prefix}={quoteattr(used.namespace)}" for used in types)
    imports = "\n".join(
        f"<xs:import namespace={quoteattr(used.namespace)} schemaLocation={quoteattr(used.location)}/>"
        for used in types
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="{_INSTANCE}"{prefixes}
 xmlns:xbrldt="{_DIMENSIONS}" targetNamespace={quoteattr(schema.namespace)} elementFormDefault="qualified">
<xs:annotation><xs:documentation>A stand-in made by xbrl-converter from a list of element names and data
types. It is not the taxonomy of the FASB or of the SEC and is not for filing.
</xs:documentation></xs:annotation>
<xs:import namespace="{_INSTANCE}" schemaLocation="{_INSTANCE_LOCATION}"/>
{imports}
<xs:import namespace="{_DIMENSIONS}" schemaLocation="{_DIMENSIONS_LOCATION}"/>
{elements}
</xs:schema>
"""


def _element(concept: Concept, types: Sequence[TypeSchema]) -> str:
    """An element declaration; every published element but a handful is nillable, so all are here."""
    balance = f' xbrli:balance="{concept.balance}"' if concept.balance else ""
    name = concept.local_name
    return (
        f'<xs:element name="{name}" id="{concept.prefix}_{name}" type="{_type(concept.type, types)}" '
        f'substitutionGroup="{_AXIS_GROUP if concept.is_axis else "xbrli:item"}" abstract="{str(concept.abstract).lower()}" nillable="true" '
        f'xbrli:periodType="{concept.period_type}"{balance}/>'
    )


def _type(name: str, types: Sequence[TypeSchema]) -> str:
    """The data type where XBRL or the Data Type Registry has it, else the XBRL type that it restricts."""
    is_number = name.partition(":")[2] in _NUMERIC_TYPES
    return declared_type(name, types) or ("xbrli:decimalItemType" if is_number else "xbrli:stringItemType")
