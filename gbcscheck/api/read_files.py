"""Which files a command reads besides those that it is given: none of them may be its output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gbcscheck.inputs.confinement import Confinement


def with_read_beside(files: Iterable[Path], output: Path | None, within: Confinement | None = None) -> list[Path]:
    """The files, and what is read for each of them: what a schema imports, the mapping beside a table.

    Nothing is looked for where ``output`` is standard output or not there yet, and so cannot be any of these.
    ``within`` is what may be read for them.
    """
    given = list(files)
    if output is None or not output.is_file():
        return given
    from gbcscheck.extract.source_kinds import MAPPING, kind_of
    from gbcscheck.extract.xsd_files import schema_files

    beside: list[Path] = []
    for file in given:
        if file.suffix.lower() == ".xsd":
            beside.extend(schema_files(file, within))
        elif kind_of(file).is_table:
            beside.append(file.with_suffix(MAPPING))
    return [*given, *beside]


def shipped_files(output: Path | None) -> list[Path]:
    """Every file that ships, since the crosswalk and the list of releases are read for a user's files too; nothing
    where ``output`` cannot be one of them."""
    if output is None or not output.is_file():
        return []
    from gbcscheck.facts.shipped import shipped_root

    return [path for path in shipped_root().rglob("*") if path.is_file()]
