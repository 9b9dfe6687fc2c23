"""Specifications, loaded: the value that ``load`` gives and ``check`` and ``compare`` take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Never

from gbcscheck.api.given import (
    AnyPath,
    flags_of,
    names_of,
    need_working_folder,
    path_text_of,
    release_of,
    tables_of,
    text_of,
)
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.model import Specification, Statement

if TYPE_CHECKING:
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.releases import Release


@dataclass(frozen=True)
class Loaded:
    """Some specifications, held against each other: a release, a person's own files, or every release of a repository.

    ``name`` says what was loaded; ``problems`` are the files that could not be read, ``skipped`` has a line for each
    file that holds no specification.
    """

    name: str
    _releases: tuple[Release, ...] = field(repr=False)
    _kind: str = field(default="files", repr=False)
    _within: Confinement | None = field(default=None, repr=False, compare=False)

    def __reduce__(self) -> Never:
        """UsageError: a pickled one would be as large as all that it was loaded from."""
        raise UsageError("what is loaded cannot be pickled or copied; load it again, or pickle the results of check")

    @property
    def releases(self) -> tuple[str, ...]:
        """The names of the releases, the default one first; of files by themselves one empty name."""
        return tuple(release.name for release in self._releases)

    @property
    def problems(self) -> tuple[GbcscheckError, ...]:
        """The files that could not be read, in all releases."""
        return tuple({str(one): one for release in self._releases for one in release.problems}.values())

    @property
    def skipped(self) -> tuple[str, ...]:
        """A line for each file that holds no specification or is not looked at."""
        return tuple(dict.fromkeys(line for release in self._releases for line in release.skipped))

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """Every specification and part, at its version."""
        return self._catalogue.specifications

    @property
    def statements(self) -> Sequence[Statement]:
        """All that they say, in the order of their files."""
        return tuple(self._catalogue.statements)

    def about(self, subject: str) -> tuple[Statement, ...]:
        """What is said of one subject by its full name; empty where nothing is."""
        return self._catalogue.about(text_of(subject, of="subject", expected="the name of a subject"))

    @cached_property
    def _catalogue(self) -> Catalogue:
        from gbcscheck.release.catalogue import Catalogue
        from gbcscheck.release.releases import as_one

        return Catalogue.of(as_one(self._releases))


def load(
    *paths: AnyPath,
    release: str | None = None,
    alone: bool = False,
    exclude: Sequence[str] = (),
    allow_outside: bool = False,
    sheet: str = "",
    table: str = "",
    column: str = "",
    hidden: bool = False,
    view: str = "final",
) -> Loaded:
    """Load specifications: without a path a release that ships (the default one, or ``release``); else files and
    folders over that release, each file in the place of the part that it holds, or ``alone`` by themselves. A folder
    with a ``releases.toml`` is a repository: every release of it, or the one that ``release`` names.

    ``exclude`` are patterns of files of folders that are not looked at; ``allow_outside`` reads also what files of a
    repository name outside of it. ``sheet``, ``table``, ``column`` and ``hidden`` say which tables of files are read,
    ``view`` how a Word document with tracked changes is (``final`` or ``original``).
    UsageError for an unknown release, and where ``alone`` goes with one or without paths; UnreadableSource where no
    specification is found; files that cannot be read stand in ``problems``.
    """
    from gbcscheck.api.checking import load_scope
    from gbcscheck.policy.configuration import Configuration
    from gbcscheck.policy.scope import Scope, exclusions_of
    from gbcscheck.release.index import is_repository

    need_working_folder()
    names = tuple(path_text_of(path, of="paths") for path in paths)
    release, exclude = release_of(release), names_of(exclude, of="exclude")
    flags_of(allow_outside=allow_outside, alone=alone)
    tables = tables_of(sheet=sheet, table=table, column=column, hidden=hidden, view=view)
    scope = Scope.of(Configuration(), names, release, alone=alone, allow_outside=allow_outside)
    releases = load_scope(scope, lambda _: None, exclusions_of(Configuration(), exclude), tables=tables)
    kind = "release" if not names else "repository" if len(names) == 1 and is_repository(scope.paths[0]) else "files"
    return Loaded(", ".join(names) or releases[0].name, releases, kind, scope.within)
