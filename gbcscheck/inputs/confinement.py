"""Which paths may be read: what a person named on the command line, and what stands in the repository around it.

A path that a file names, and a symbolic link that is met in a folder, come from whoever wrote the repository, and that
may be anybody. Every reader asks here before it opens one. ``docs/security.md`` says what is promised.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.frozen import frozen

ALLOW = "--allow-outside"
"""The option with which everything may be read."""
REPOSITORY = "the repository"


class OutsideRepository(UnreadableSource):
    """A path leads out of what may be read; nothing of what stands there was looked at."""


@frozen
class Confinement:
    """What may be read: everything below one of ``roots``, which are resolved folders; everything where they are None.

    ``named`` is how messages call them, ``advice`` what they say can be done.
    """

    roots: tuple[str, ...] | None
    named: str = REPOSITORY
    advice: str = f"; {ALLOW} lets it be read"

    @classmethod
    def around(cls, paths: Iterable[Path], *, allow_outside: bool = False) -> Confinement:
        """What may be read for some paths that a person named: the repositories around them, the nearest of each, or
        where there is none the folder itself, of a file the one that it stands in.

        A path that is a symbolic link is followed; of a file what stands beside the link may be read too.
        """
        if allow_outside:
            return ANYWHERE
        roots: dict[str, bool] = {}
        for path in paths:
            real = _real(path)
            folders = [real] if os.path.isdir(real) else [os.path.dirname(real), _real(path.parent)]
            for folder in folders:
                root = git_root(folder)
                roots.setdefault(root or folder, root is not None)
        return cls(tuple(roots), REPOSITORY if all(roots.values()) else "the folder that was named")

    @classmethod
    def of_revision(cls, folder: Path) -> Confinement:
        """What may be read for a revision that is laid out in a folder: never more, whatever else is allowed, and
        wherever that folder is."""
        return cls((_real(folder),), named="the revision", advice="")

    def admits(self, path: Path) -> bool:
        """Whether a path, with every symbolic link followed, is below a root; GbcscheckError as ``resolve``."""
        return self.roots is None or self._is_inside(resolve(path, where=str(path)))

    def refuse(self, path: Path, *, where: str, named_as: str = "") -> str:
        """The path with every symbolic link followed, which is the one to open.

        Raises OutsideRepository where it is not below a root, and UnreadableSource where links do not end. ``where`` is
        the place that names the path, ``named_as`` how it is named there.
        """
        try:
            real = resolve(path, where=where)
        except UnreadableSource as error:
            raise UnreadableSource(f"{named_as}: {error.problem}" if named_as else error.problem, where=where) from None
        if self.roots is None or self._is_inside(real):
            return real
        raise OutsideRepository(self._told(path, named_as), where=where)

    def _told(self, path: Path, named_as: str) -> str:
        what = named_as or ("this is a symbolic link that" if is_link(path) else "this")
        return f"{what} leads out of {self.named}, and is not read{self.advice}"

    def _is_inside(self, real: str) -> bool:
        roots = self.roots or ()
        if any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots):
            return True
        # Where a disk does not tell upper from lower case, or a folder has two names, only the disk knows.
        return any(_is_same(above, root) for above in (real, *map(str, Path(real).parents)) for root in roots)


ANYWHERE = Confinement(None)
"""Everything may be read."""


def git_root(folder: str) -> str | None:
    """The root of the git repository around a resolved folder, found without git: the nearest folder with a ``.git``,
    be it a folder or (of a submodule or a second work tree) a file."""
    for one in (folder, *map(str, Path(folder).parents)):
        if os.path.lexists(os.path.join(one, ".git")):
            return one
    return None


def resolve(path: Path, *, where: str) -> str:
    """A path with every symbolic link followed; what is not there stays as it is.

    UnreadableSource where links lead in a circle or are too many, and where no file can have such a name.
    """
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnreadableSource("symbolic links that lead in a circle, or too many of them", where=where) from None
    except ValueError:
        raise UnreadableSource("no file can have this name", where=where) from None
    try:
        return os.path.realpath(path)
    except (OSError, ValueError, RecursionError):
        raise UnreadableSource("symbolic links that cannot be followed", where=where) from None


def _real(path: Path) -> str:
    """A path that a person named, resolved as far as that is possible: whoever reads it says what is wrong with it."""
    try:
        return resolve(path, where=str(path))
    except GbcscheckError:
        return os.path.abspath(path.parent)


def is_link(path: Path) -> bool:
    """Whether there is a symbolic link of a name; none can have one that is too long or holds U+0000."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def files_below(
    folder: Path, within: Confinement, problems: list[GbcscheckError], *, wanted: Callable[[str], bool]
) -> Iterator[Path]:
    """The files below a folder, as ``names_below`` finds them."""
    return (Path(path) for path, _ in names_below(folder, within, problems, wanted=wanted))


def names_below(
    folder: Path, within: Confinement, problems: list[GbcscheckError], *, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bool]]:
    """The files below a folder whose names are wanted, in the order of their names, each with whether it is a link;
    hidden ones and the lock files of office programs are left out.

    Links to folders are not followed: what is in the repository is met where it stands. What cannot be entered, and
    each link that leads out, is added to ``problems``.
    """

    def unentered(error: OSError) -> None:
        problems.append(UnreadableSource(f"cannot be entered ({error.strerror})", where=str(error.filename)))

    for here, folders, names in os.walk(folder, onerror=unentered):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = sorted(name for name in names if not name.startswith((".", "~$")) and wanted(name))
        above = "" if (short := str(Path(here))) == os.curdir else short
        for number, name in enumerate((*folders, *files)):
            path = os.path.join(above, name)
            linked = os.path.islink(path)
            try:
                if linked:
                    within.refuse(Path(path), where=path)
            except GbcscheckError as error:
                problems.append(error)
            else:
                if number >= len(folders):
                    yield path, linked
