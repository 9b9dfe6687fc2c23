"""XML Schemas as statements: a subject for every element path and attribute from each global element.

The attributes of a subject are ``type`` (in the text of a simple one how values are written: ``sr:Name (xs:token)``),
``permitted`` and ``literals`` (leaves and attributes; what patterns leave where no set of values says so), ``occurs``
(in one parent), ``choice``, ``default``, ``constant``, ``nillable``, ``content`` (``empty``, ``mixed``, ``any``:
elements that the schema does not name, ``signature``: an XML signature, not expanded) and ``recursion`` (the path of
the parent of the same type, where expansion ends). The specification itself has ``aligned-with``, where the file's
comment says it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import UsageError
from gbcscheck.extract.readable import readable
from gbcscheck.extract.xsd_files import BuiltSchema, build_schema
from gbcscheck.extract.xsd_paths import SIGNATURE, expand
from gbcscheck.facts.extract_file import Extract, ExtractRow, Reading
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model import Specification
from gbcscheck.version import __version__

if TYPE_CHECKING:
    from xmlschema.validators import XsdElement

SPECIFICATIONS = {
    "http://www.dccinterface.co.uk/ServiceUserGateway": "DUIS",
    "http://www.dccinterface.co.uk/ResponseAndAlert": "MMC",
}
"""Which specification a target namespace belongs to; any other is named by its last part."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VERSION = re.compile(r"XML Schema Version[^\n]*?-\s*v?(\d[\w.]*)\s*$", re.MULTILINE)
_ALIGNED = re.compile(r"Aligned with (\w+) version\s*-\s*v?(\d[\w.]*)")
_DATE = re.compile(r"^\s*Date\s*-\s*([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})\s*$", re.MULTILINE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_schema(
    path: Path,
    *,
    root: str | None = None,
    shown: str | None = None,
    specification: str | None = None,
    version: str | None = None,
    part: str = "schema",
    within: Confinement | None = None,
) -> Reading:
    """The statements of an XML Schema; ``root`` keeps to one global element, ``shown`` is the path that reports name,
    ``within`` is what may be read for it (by default what is around its file).

    Specification and version are those of the target namespace and of the file's opening comment, unless given. A
    schema without global elements of its own, and the W3C signature schema, give an extract without statements.

    Raises UnreadableSource (several: Problems) with file and line, and UsageError where there is no such root.
    """
    where = shown or str(path)
    built = build_schema(path, shown=shown, within=within)
    header = _header(built.document)
    name = specification or _specification(built, path)
    roots = _roots(built, root, where)
    rows, unread = expand(built, roots, where)
    if rows and header.aligned:
        source = f"line {header.aligned_line}"
        rows.insert(0, ExtractRow(name, "aligned-with", value=header.aligned, clause="opening comment", source=source))
    readable_rows, refused = readable(rows, where)
    extract = Extract(
        specification=Specification(name, version or header.version, part),
        provenance="published",
        rows=readable_rows,
        source_name=where,
        source_sha256=hashlib.sha256(read_octets(path, where=where)).hexdigest(),
        date=header.date,
        generator=f"gbcscheck {__version__}",
    )
    named = "" if specification else "its target namespace"
    return Reading(extract, unread=(*unread, *refused), counts=_counts_of(readable_rows), recognised=named)


def _counts_of(rows: Sequence[ExtractRow]) -> dict[str, dict[str, int]]:
    """By attribute that is a set, how many statements have a domain and how many only their text."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.attribute in ("permitted", "default", "constant"):
            column = counts.setdefault(row.attribute, {"blank": 0, "read": 0, "bare": 0, "unread": 0})
            column["unread" if row.domain is None else "read"] += 1
    return counts


# --- the header ------------------------------------------------------------------------------------------------------


@frozen
class _Header:
    version: str
    date: str
    aligned: str
    aligned_line: int


def _header(document: XmlDocument) -> _Header:
    """What the comments before the first declaration say of version, date and the specification followed."""
    text = document.text
    version = document.root.get("version") or "unstated"
    date, aligned, line = "", "", 0
    for comment in _COMMENT.finditer(text):
        words = comment.group().removesuffix("-->")
        if found := _VERSION.search(words):
            version = found[1]
            if (dated := _DATE.search(words)) and dated[1] in _MONTHS:
                date = f"{dated[2]}-{_MONTHS.index(dated[1]) + 1:02}"
            if followed := _ALIGNED.search(words):
                aligned = f"{followed[1]} {followed[2]}"
                line = text.count("\n", 0, comment.start() + followed.start()) + 1
            break
    return _Header(version, date, aligned, line)


def _specification(built: BuiltSchema, path: Path) -> str:
    namespace = built.schema.target_namespace
    if namespace in SPECIFICATIONS:
        return SPECIFICATIONS[namespace]
    return re.split(r"[/:#]", namespace.rstrip("/:#"))[-1] or path.stem


def _roots(built: BuiltSchema, root: str | None, where: str) -> list[XsdElement]:
    """The global elements of the file's own namespace in the order of their declaration, or the one asked for."""
    schema = built.schema
    order = {element: number for number, element in enumerate(built.places)}
    own = [one for one in schema.elements.values() if one.target_namespace == schema.target_namespace]
    own = sorted((one for one in own if not one.abstract), key=lambda one: order[one.elem])
    if schema.target_namespace == SIGNATURE:
        own = []
    if root is None:
        return own
    chosen = [one for one in own if one.local_name == root]
    if not chosen:
        names = ", ".join(one.local_name for one in own) or "none"
        raise UsageError(f"no global element {root!r}; there are: {names}", where=where)
    return chosen
