"""What some releases speak of, and in which files: for waivers, which name subjects and files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from gbcscheck.model import Change, Finding, Statement
from gbcscheck.policy.repository_places import RepositoryPlaces
from gbcscheck.policy.waivers import Files
from gbcscheck.release.item_names import split_row
from gbcscheck.release.releases import Release


def subjects_of(releases: Iterable[Release]) -> Collection[str]:
    """Every subject that a finding could have: those of the statements, of rows also the data item by itself, the
    parts of specifications, the pairs of lists, and the types by their local names."""
    found: set[str] = set()
    for release in releases:
        found.update(pair.title for pair in release.crosswalk.lists)
        for extract in release.extracts:
            found.add(str(extract.specification))
            for row in extract.rows:
                found.add(row.subject)
                use_case, item = split_row(row.subject)
                found.update((use_case, item))
                if row.attribute == "type" and isinstance(row.value, str):
                    found.add(row.value.rpartition(":")[2])
    return found


def statements_of(item: Finding | Change) -> Sequence[Statement]:
    """The statements of a finding, or of both sides of a change."""
    if isinstance(item, Finding):
        return item.statements
    return [statement for statement in (item.new, item.old) if statement is not None]


def files_of(items: Iterable[Finding | Change], repository: RepositoryPlaces) -> Files:
    """What tells the files of each of some findings and changes, from the root of a repository: those in which its
    statements stand, and those which they cite."""
    statements = {statement for item in items for statement in statements_of(item)}
    places = repository.of_statements(statements)

    def name(path: str) -> str:
        try:
            return Path(os.path.normpath(repository.start / path)).relative_to(repository.root).as_posix()
        except ValueError:
            return Path(path).as_posix()

    def files(item: Finding | Change) -> Collection[str]:
        found = set()
        for statement in statements_of(item):
            found.add(name(statement.path))
            if statement in places:
                found.add(places[statement].path)
        return found

    return files
