"""One thing over all versions of the documents that ship: which said what, and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gbcscheck.api.show_lookup import LookedUp, look_up_in
from gbcscheck.api.show_views import view_of
from gbcscheck.model import Statement
from gbcscheck.report.grids import Grid, GridRow
from gbcscheck.report.subject import is_overviewed

if TYPE_CHECKING:
    from gbcscheck.release.releases import Release

AS_BEFORE, NOT_THERE = "as before", "–"
"""Cells of a version that says what the one before it said, and of one that says nothing."""

Document = tuple[str, str]
"""Name and part of a specification, whatever its version."""
ByVersion = dict[str, list[str]]
"""What each version says, by version."""


def look_up_history(wanted: str, progress: Callable[[str], None]) -> LookedUp:
    """Look something up in every version of every document that ships; UsageError as where one release is looked at."""
    return look_up_in(_all_versions(progress), wanted)


def _all_versions(progress: Callable[[str], None]) -> Release:
    """All extracts of all releases that ship, and the others, with the crosswalk of the default release."""
    from dataclasses import replace

    from gbcscheck.facts.shipped import MANIFEST, shipped_root
    from gbcscheck.facts.store import load_shipped
    from gbcscheck.inputs.json_values import load_json
    from gbcscheck.release.releases import load_release

    first = load_release(None, progress=progress)
    files = load_json(shipped_root() / MANIFEST)["files"]
    extracts = [load_shipped(path) for path, entry in files.items() if "statements" in entry]
    return replace(first, name="", title="every version that ships", extracts=tuple(extracts))


def history(found: LookedUp) -> tuple[Grid, ...]:
    """A table for each document that says something of what was found: a row for each fact, a column for each version,
    and below it what changed."""
    dates = {extract.specification: extract.date for extract in found.catalogue.release.extracts}
    documents: dict[Document, tuple[dict[str, str], dict[str, ByVersion]]] = {}
    for name in found.things or found.others[:1]:
        view = view_of(found.catalogue, name)
        element = name.partition(".")[2] if len(found.things) > 1 else ""
        for statement in sorted(view.statements, key=_version_order):
            if element and not is_overviewed(statement):
                continue
            spec = statement.specification
            versions, facts = documents.setdefault((spec.name, spec.part), ({}, {}))
            versions[spec.version] = dates.get(spec, "")
            fact = _fact(statement, name, element)
            facts.setdefault(fact, {}).setdefault(spec.version, []).append(view.cell(statement))
    return tuple(_grid(document, *tables) for document, tables in documents.items())


def _fact(statement: Statement, name: str, element: str) -> str:
    """What a statement is about, in a few words: the element, the row or path, and the attribute."""
    subject = statement.subject
    label = subject.rpartition("/")[2] if subject.startswith("/") else subject.partition("/")[0]
    parts = (element, label if "/" in subject else "", statement.attribute)
    return " ".join(part for part in parts if part)


def _version_order(statement: Statement) -> tuple[str, str, list[int]]:
    spec = statement.specification
    return spec.name, spec.part, [int(number) for number in re.findall(r"\d+", spec.version)]


def _grid(document: Document, versions: dict[str, str], facts: dict[str, ByVersion]) -> Grid:
    rows: list[GridRow] = []
    changes: list[str] = []
    for fact, by_version in facts.items():
        cells = list(_cells(list(versions), by_version))
        changed = any(cell not in (AS_BEFORE, cells[0]) for cell in cells[1:])
        rows.append(GridRow((fact, *cells), "strong" if changed else ""))
        changes.extend(_changes(fact, list(versions), by_version) if changed else ())
    titles = (f"{version} ({date})" if date else version for version, date in versions.items())
    count = f"{len(versions)} versions" if len(versions) > 1 else "one version"
    note = "\n".join(changes) if changes else f"Nothing changed: {count} at hand."
    name = " ".join(word for word in document if word)
    return Grid(name, ("", *titles), tuple(rows), note)


def _cells(versions: Sequence[str], by_version: ByVersion) -> Iterator[str]:
    before: list[str] | None = None
    for version in versions:
        now = by_version.get(version)
        if now is None:
            yield NOT_THERE
        else:
            yield AS_BEFORE if now == before else "\n".join(dict.fromkeys(now))
        before = now


def _changes(fact: str, versions: Sequence[str], by_version: ByVersion) -> Iterator[str]:
    """What changed of a fact from one version to the next."""
    for older, newer in pairwise(versions):
        before, now = by_version.get(older), by_version.get(newer)
        if before != now:
            was, became = (" / ".join(dict.fromkeys(one)) if one else "nothing" for one in (before, now))
            yield f"{newer} {fact}: {became}, in {older} {was}"
