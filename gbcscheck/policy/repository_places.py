"""Where statements stand in the files of the user's own repository, for the formats that point into it.

A statement cites its source, often a workbook that is not in the repository at all; what changes there, and what an
annotation has to stand on, is the line of the extract.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from gbcscheck.errors import GbcscheckError
from gbcscheck.facts.extract_file import Extract, ExtractRow, load_extract
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.files import is_regular, read_octets, sha256_of
from gbcscheck.inputs.json_places import line_of_pointer, lines_of_elements
from gbcscheck.model import Place, Specification, Statement
from gbcscheck.release.releases import Release

ROWS = "statements"
"""The member of an extract that holds its statements."""


class RepositoryPlaces:
    """Where what some releases say stands in the files of the repository around a folder, by path from its root.

    Made for one run, and what a file holds is read once in it. The first release is the one that the files hold now;
    ``start`` is the folder from which paths are seen (the working folder).
    """

    def __init__(self, releases: Sequence[Release], start: Path | None = None) -> None:
        self.releases = tuple(releases)
        self.start = start or Path.cwd()
        self._names: dict[str, str | None] = {}
        self._sha256 = cache(_sha256)
        self._rows = cache(_rows)
        self._lines_of_rows = cache(_lines_of_rows)
        self._spans_lines = cache(_spans_lines)

    @cached_property
    def root(self) -> Path:
        """The root of the repository; the folder itself where there is none around it."""
        from gbcscheck.inputs.git.revisions import repository_root

        return repository_root(self.start)

    def of_statements(self, statements: Iterable[Statement]) -> dict[Statement, Place]:
        """The places of those statements that stand in a file below the root: a line where the file is text, else the
        cell.

        A statement that a file said in another revision, and that says something else now, has no line: only the file
        is named. Of equal statements the one of the first release counts.
        """
        found: dict[Statement, Place] = {}
        wanted: dict[Specification, set[Statement]] = {}
        for statement in statements:
            wanted.setdefault(statement.specification, set()).add(statement)
        for release in self.releases:
            for extract in release.extracts:
                missing = wanted.get(extract.specification, set()) - found.keys()
                if missing:
                    found.update(self._places_in(extract, release, missing))
        for group in wanted.values():
            for statement in group - found.keys():
                place = self._of_source(statement.place)
                if place:
                    found[statement] = place
        return found

    def of_problems(self, problems: Iterable[GbcscheckError]) -> dict[str, Place]:
        """The places of problems with files of the repository, by where they say that they are; a line only for those
        that the first release has too, since others are of an older revision."""
        today = {problem.where for problem in self.releases[0].problems} if self.releases else set()
        found = {}
        for where in dict.fromkeys(problem.where for problem in problems if problem.where):
            path, line = _file_and_line(where, self.start)
            name = self._name_of(self.start / path) if path else None
            if name is not None:
                found[where] = Place(name, line=line if where in today else None)
        return found

    def outside_sources(self, within: Confinement) -> list[GbcscheckError]:
        """A problem for each extract of the first release in the repository whose ``source`` is a file that may not be
        read: whether the extract still says what that file says is not looked at."""
        problems: dict[str, GbcscheckError] = {}
        for release in self.releases[:1]:
            for extract in release.extracts:
                name, file = extract.source_name, self._file_of(extract.path, release) if extract.path else None
                if not name or file is None or self._name_of(file) is None or not os.path.lexists(self.start / name):
                    continue
                where = f"{extract.path}:{_line_of_source(file)}"
                try:
                    within.refuse(self.start / name, where=where, named_as=f'the source "{name}"')
                except GbcscheckError as error:
                    problems.setdefault(where, error)
        return list(problems.values())

    def _places_in(self, extract: Extract, release: Release, wanted: Collection[Statement]) -> dict[Statement, Place]:
        """The lines of some statements in the file of their extract, if it is a JSON file of the repository; the places
        of those of a source that is not what it was."""
        if not extract.path.endswith(".json"):
            return self._of_sources(extract, release, wanted)
        file = self._file_of(extract.path, release)
        if file is None and not release.files:
            file = self.start / extract.path  # a revision had it
        name = self._name_of(file) if file else None
        if file is None or name is None:
            return {}
        lines = self._lines_of_rows(file)
        if self._rows(file) != extract.rows or len(lines) != len(extract.rows):
            return {statement: Place(name) for statement in extract.statements() if statement in wanted}
        return {
            statement: Place(name, line=lines[index], pointer=f"/{ROWS}/{index}")
            for index, statement in enumerate(extract.statements())
            if statement in wanted
        }

    def _of_sources(self, extract: Extract, release: Release, wanted: Collection[Statement]) -> dict[Statement, Place]:
        """The places of some statements that were read from a source: without a line where they were read from another
        revision of it; a cell is that of the revision."""
        source = self.start / extract.source_name
        if extract.source_sha256:
            # What is not in the repository is not opened: nothing points there.
            here = is_regular(source) and self._name_of(source) is not None
            same = here and self._sha256(source) == extract.source_sha256
        else:
            same = bool(release.files)
        found = {}
        for statement in extract.statements():
            if statement not in wanted:
                continue
            place = statement.place
            # Of a file beside the source only a release that was read from the disk knows what it says.
            if same and (release.files or place.path == extract.source_name):
                known = self._of_source(place)
            else:
                name = self._name_of(self.start / place.path)
                known = replace(place, path=name, line=None) if name is not None else None
            if known is not None:
                found[statement] = known
        return found

    def _file_of(self, path: str, release: Release) -> Path | None:
        """The file of an extract: its path as given, or that of a repository of specifications below its folder."""
        if is_regular(self.start / path):
            return self.start / path
        parts = Path(path).parts
        return next((self.start / file for file in release.files if file.parts[-len(parts) :] == parts), None)

    def _of_source(self, place: Place) -> Place | None:
        """The place of a source by its path in the repository; None for a file that is not there."""
        if place.path not in self._names:
            file = self.start / place.path
            self._names[place.path] = self._name_of(file) if is_regular(file) else None
        name = self._names[place.path]
        if name is None:
            path, line = _file_and_line(place.path, self.start) if ":" in place.path else ("", None)
            known = self._of_source(replace(place, path=path)) if path else None  # a message in a file of several
            return known and replace(known, line=line)
        if place.cell is not None and place.path.lower().endswith(".csv"):
            return replace(place, path=name, line=self._line_of_cell(self.start / place.path, place.cell))
        return replace(place, path=name)

    def _name_of(self, file: Path) -> str | None:
        """The path of a file from the root, with slashes; None for one that is not below it."""
        relative = os.path.relpath(os.path.realpath(file), os.path.realpath(self.root))
        return None if relative.startswith("..") or os.path.isabs(relative) else Path(relative).as_posix()

    def _line_of_cell(self, file: Path, cell: str) -> int | None:
        """The line of a cell of a table of plain lines; None where a cell of it spans lines."""
        row = re.search(r"\d+$", cell)
        return None if row is None or self._spans_lines(file) else int(row.group())


def _file_and_line(where: str, here: Path) -> tuple[str, int | None]:
    """The file of the place of a problem (``a.json:12:3``, ``a.xlsx · Table!D7``, ``a.json (origin/main)``), and the
    line; empty where there is no such file."""
    boundaries = [len(where), *(found.start() for found in re.finditer(r":\d| · |#| \(", where))]
    for end in sorted(set(boundaries), reverse=True):
        if end and os.path.isfile(here / where[:end]):
            line = re.match(r":(\d+)", where[end:])
            return where[:end], int(line[1]) if line else None
    return "", None


def _sha256(file: Path) -> str:
    """The SHA-256 of a file as extracts state it; empty where the file has become unreadable meanwhile."""
    try:
        return sha256_of(file)
    except GbcscheckError:
        return ""


def _rows(file: Path) -> Sequence[ExtractRow]:
    """The statements of an extract as they are in the file now; nothing where it has become unreadable meanwhile."""
    try:
        return load_extract(file, trusted=True).rows
    except (GbcscheckError, KeyError, TypeError, AttributeError):
        return ()


def _line_of_source(file: Path) -> int:
    """The line on which an extract names its source."""
    try:
        return line_of_pointer(read_octets(file, where=str(file)).decode("utf-8-sig"), "/source/name")
    except (GbcscheckError, ValueError):
        return 1


def _lines_of_rows(file: Path) -> tuple[int, ...]:
    """The line of each statement of an extract; nothing where the file has become unreadable meanwhile."""
    try:
        text = read_octets(file, where=str(file)).decode("utf-8-sig")
    except (GbcscheckError, UnicodeDecodeError):
        return ()
    return lines_of_elements(text, ROWS)


def _spans_lines(file: Path) -> bool:
    """Whether a cell of a table of plain lines has several."""
    try:
        return any(line.count(b'"') % 2 for line in read_octets(file, where=str(file)).splitlines())
    except GbcscheckError:
        return True
