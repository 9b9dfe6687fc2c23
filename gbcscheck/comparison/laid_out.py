"""Files of a revision, laid out in a private folder for the readers: they want paths, and files that name each other.

What a tree calls a file becomes a name on this disk only where ``tree_names`` finds it plain. Each is made anew, in a
folder that nobody else may enter and that holds no links: nothing is ever written over, followed or written outside.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.git.large_files import content_behind
from gbcscheck.inputs.git.revisions import Repository
from gbcscheck.inputs.git.tree_names import malformed, unsafe
from gbcscheck.inputs.git.trees import TreeFile
from gbcscheck.inputs.temporary import private_folder
from gbcscheck.limits import REVISION_OCTETS


class LaidOut:
    """A folder with files of a repository in it, by their paths from its root, which messages call ``shown``.
    ``problems`` are the files that could not be had."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder = folder
        self.problems: list[GbcscheckError] = []
        self.paths: set[str] = set()
        self._shown = shown
        self._octets = 0

    def add_recorded(self, repository: Repository, files: Iterable[TreeFile], *, of: str) -> None:
        """Lay out some files that git has recorded; ``of`` names the revision, for advice."""
        new = [file for file in files if file.path not in self.paths]
        for file, content in repository.contents(new):
            try:
                if isinstance(content, UnreadableSource):
                    raise content
                self._write(file.path, content_behind(content, repository, of=of))
            except UnreadableSource as error:
                self._tell(file.path, error.problem)

    def add_from_disk(self, root: Path, paths: Iterable[str]) -> None:
        """Lay out a copy of some files of the work tree; links out of it are not followed."""
        top = os.path.realpath(root)
        for path in paths:
            if path not in self.paths:
                try:
                    if not Path(os.path.realpath(root / path)).is_relative_to(top):
                        raise UnreadableSource("a symbolic link that leads out of the repository: it is not followed")
                    self._write(path, read_octets(root / path))
                except UnreadableSource as error:
                    self._tell(path, error.problem)

    def as_shown(self, text: str) -> str:
        """A text in which paths of the folder are as messages call them."""
        folder, shown = str(self.folder), self._shown
        return text.replace(f"{folder}{os.sep}", f"{shown}{os.sep}" if shown else "").replace(folder, shown or ".")

    def as_told(self, error: GbcscheckError) -> GbcscheckError:
        """A problem with a file of the folder, by the name that messages call it."""
        return type(error)(
            self.as_shown(error.problem), where=self.as_shown(error.where), detail=self.as_shown(error.detail)
        )

    def _write(self, path: str, content: bytes) -> None:
        """Write one new file, only ever below the folder. UnreadableSource where the disk cannot have it."""
        reason = malformed(path) or unsafe(path)
        if reason:
            raise UnreadableSource(f"not read, for its name: {reason}")
        self._octets += len(content)
        if self._octets > REVISION_OCTETS.most:
            raise UnreadableSource(f"not read: {REVISION_OCTETS.problem(self._octets)}")
        target = self.folder.joinpath(*path.split("/"))
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(target, flags, 0o600), "wb") as stream:
                stream.write(content)
        except (FileExistsError, NotADirectoryError):
            told = "not read: this disk takes its name and that of another file of the revision for one"
            raise UnreadableSource(told) from None
        except OSError as error:
            raise UnreadableSource(f"cannot be laid out to be read ({error.strerror})") from None
        self.paths.add(path)

    def _tell(self, path: str, problem: str) -> None:
        self.problems.append(UnreadableSource(problem, where=os.path.join(self._shown, path)))


@contextmanager
def laid_out(shown: str) -> Iterator[LaidOut]:
    """An empty folder to lay files out in, removed at the end."""
    with private_folder() as folder:
        yield LaidOut(folder, shown)
