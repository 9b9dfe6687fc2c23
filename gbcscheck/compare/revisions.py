"""Revisions of the git repository around, read through git's plumbing; work tree and index are never touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gbcscheck.errors import GbcscheckError, UnreadableSource, UsageError

WORKTREE = "WORKTREE"
"""The name of the files as they lie in the work tree, changes that are not committed included."""
LARGE_FILE = b"version https://git-lfs.github.com/spec/"
"""How a file begins that stands for one kept elsewhere (Git LFS)."""
_LINK, _FILES = "120000", ("100644", "100755")


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file of a revision: its path from the root of the repository, and the name of its content."""

    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision as it was named, the tree it stands for, and its short name; both empty where there is nothing yet."""

    name: str
    tree: str
    short: str

    def __str__(self) -> str:
        return f"{self.name} ({self.short})" if self.short and not self.name.startswith(self.short) else self.name


class Repository:
    """The git repository around a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that a folder is in. Raises UsageError where there is none, or no git."""
        root = cls._run(folder, "rev-parse", "--show-toplevel")
        if root.returncode:
            told = _first_line(root.stderr)
            if "not a git repository" in told:
                raise UsageError("not in a git repository: a revision can only be read inside of one")
            raise UsageError(f"git cannot read the repository here: {told}")
        return cls(Path(os.fsdecode(root.stdout.rstrip(b"\n"))))

    def find(self, name: str) -> Revision | None:
        """The revision of a name (a branch, tag, commit, ``HEAD~3``); None for an unknown one.

        A base that is not there yet has no tree: the unborn branch of a new repository, and the name of 40 zeros that
        a server gives as the state before the first push.
        """
        if name and not name.strip("0") and len(name) in (40, 64):
            return Revision(name, "", "")
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{tree}}")
        if found.returncode:
            return Revision(name, "", "") if name in ("HEAD", "@") and self._is_unborn() else None
        commit = self._git("rev-parse", "--verify", "--quiet", "--short", "--end-of-options", f"{name}^{{commit}}")
        return Revision(name, found.stdout.decode().strip(), commit.stdout.decode().strip())

    def why_unknown(self, name: str) -> str:
        """What to do where a revision is not known here."""
        if self._git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            remote, slash, branch = name.partition("/")
            fetch = _fetch(remote, branch) if slash and remote in self._remotes() else "git fetch --unshallow"
            return (
                f"this clone is shallow and may lack it: run `{fetch}` (`git fetch --unshallow` for the whole history; "
                "with actions/checkout: fetch-depth: 0)"
            )
        remote, slash, branch = name.partition("/")
        if slash and remote in self._remotes():
            return f"run `{_fetch(remote, branch)}` if it is there"
        return "a branch, a tag, a commit or an expression as HEAD~3 was expected"

    def files(self, revision: Revision, within: Sequence[str] = ()) -> list[TreeFile]:
        """The files of a revision in some folders of it (all where none is named), by path; links are followed."""
        if not revision.tree:
            return []
        listed = self._checked("ls-tree", "-r", "-z", "--full-tree", revision.tree)
        modes: dict[str, tuple[str, str]] = {}
        for entry in listed.split(b"\0"):
            if entry:
                described, _, path = entry.partition(b"\t")
                mode, _, content = described.decode("ascii").split()
                modes[os.fsdecode(path)] = (mode, content)
        files = []
        for name, (mode, content) in sorted(modes.items()):
            if is_within(name, within) and mode in (*_FILES, _LINK):
                found = self._behind_link(name, content, modes) if mode == _LINK else content
                if found:
                    files.append(TreeFile(name, found))
        return files

    def work_files(self, within: Sequence[str] = ()) -> list[str]:
        """The files of the work tree in some folders of it, by path from the root: those that git knows and those that
        it does not ignore."""
        listed = self._checked("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        return sorted(name for name in names if is_within(name, within) and (self.root / name).is_file())

    def contents(self, files: Iterable[TreeFile]) -> Iterator[tuple[TreeFile, bytes]]:
        """The content of each file, in their order."""
        wanted = list(files)
        asked = "".join(f"{file.content}\n" for file in wanted).encode("ascii")
        octets = self._checked("cat-file", "--batch", given=asked)
        start = 0
        for file in wanted:
            end = octets.index(b"\n", start)
            described = octets[start:end].split()
            if len(described) != 3:
                raise UnreadableSource("git has no content for it; the clone is incomplete", where=file.path)
            size = int(described[2])
            yield file, octets[end + 1 : end + 1 + size]
            start = end + 1 + size + 1

    def path_from_root(self, path: str, cwd: Path) -> str:
        """A path as it was given in a folder, from the root of the repository."""
        inside = os.path.relpath(os.path.realpath(cwd / path), os.path.realpath(self.root))
        if inside == ".." or inside.startswith("../") or os.path.isabs(inside):
            raise UsageError("this is not in the git repository", where=path)
        return "" if inside == "." else PurePosixPath(Path(inside)).as_posix()

    def says(self, *arguments: str) -> str:
        """What a command of git prints, without the end of its line; empty where it fails."""
        done = self._git(*arguments)
        return "" if done.returncode else os.fsdecode(done.stdout).rstrip("\n")

    # --- git ---------------------------------------------------------------------------------------------------------

    def _behind_link(self, path: str, content: str, modes: dict[str, tuple[str, str]]) -> str:
        """The content of the file that a symbolic link inside the tree leads to; empty for any other link."""
        for _ in range(8):
            target = os.fsdecode(self._checked("cat-file", "blob", content))
            path = os.path.normpath(os.path.join(os.path.dirname(path), target))
            mode, content = modes.get(path, ("", ""))
            if mode != _LINK:
                return content
        return ""

    def _is_unborn(self) -> bool:
        return self._git("symbolic-ref", "--quiet", "HEAD").returncode == 0

    def _remotes(self) -> list[str]:
        return self._git("remote").stdout.decode(errors="replace").split()

    def _git(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return self._run(self.root, *arguments, given=given)

    def _checked(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._git(*arguments, given=given)
        if done.returncode:
            raise GbcscheckError(f"git {arguments[0]} failed: {_first_line(done.stderr)}", where=str(self.root))
        return done.stdout

    @staticmethod
    def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        try:
            return subprocess.run(
                ["git", *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise UsageError("git is not installed; it is needed to read a revision") from None
        except OSError as error:
            raise UsageError(f"git cannot be run ({error.strerror})") from None


def is_within(path: str, folders: Sequence[str]) -> bool:
    """Whether a path is one of some folders or files, or below one; anything is where none is named."""
    return not folders or any(folder in ("", path) or path.startswith(f"{folder}/") for folder in folders)


def _fetch(remote: str, branch: str) -> str:
    """The command that makes a branch of a server known here; a clone of one branch keeps no other by itself."""
    return f"git fetch {remote} {branch}:refs/remotes/{remote}/{branch}"


def _first_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "no reason given"
