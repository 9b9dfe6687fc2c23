"""Revisions of the git repository around, read through git's plumbing; work tree and index are never touched."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from gbcscheck.errors import GbcscheckError, UnreadableSource, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.inputs.git.process import Done, run_git
from gbcscheck.inputs.git.submodules import Submodules
from gbcscheck.inputs.git.tree_names import malformed
from gbcscheck.inputs.git.trees import (
    Entry,
    Tree,
    TreeFile,
    Unread,
    checked,
    entries_of_index,
    entries_of_tree,
    tree_of,
)
from gbcscheck.limits import OCTETS
from gbcscheck.model import MergeBase

WORKTREE = "WORKTREE"
"""The name of the files as they lie in the work tree, changes that are not committed included."""
MAX_AT_ONCE = 64 * 1024 * 1024
"""Contents are read in lots of about this size."""
_REFETCH = "git fetch --refetch --no-filter"
_NAMES = "--batch-check=%(objectname)"
LIST_INDEX = ("ls-files", "-z", "-t", "--cached", "--stage")
"""The command that lists what is recorded for the next commit."""
MAX_NESTED = 8
"""Submodules in submodules that are followed."""


@frozen
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
        self._trees: dict[str, Tree] = {}
        self._common: Path | None = None
        self._work_names: set[str] | None = None
        self._known_submodules: Submodules | None = None

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that a folder is in. Raises UsageError where there is none, or no git, or its configuration
        puts its files elsewhere."""
        found = run_git(folder, "rev-parse", "--show-toplevel")
        if found.returncode:
            if "not a git repository" in found.reason:
                raise UsageError("not in a git repository: a revision can only be read inside of one")
            raise UsageError(f"git cannot read the repository here: {found.reason}")
        root = Path(os.fsdecode(found.stdout.rstrip(b"\n")))
        if "GIT_DIR" not in os.environ and not _is_its_own(folder, root):
            raise UsageError(
                f"the configuration of the repository here puts its files elsewhere: core.worktree is {root}"
            )
        return cls(root)

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

    def merge_base(self, older: str, newer: str, *, needed: bool = True) -> tuple[Revision, MergeBase] | None:
        """The last commit that two revisions have in common; None where they are one, or one of them is no commit (a
        tree, or nothing yet). UsageError where they have none in common, with what to do; where it is not ``needed``
        a shallow clone, which may lack it, gives the older revision itself."""
        commits = [self._commit(name) for name in (older, newer)]
        if not all(commits) or commits[0] == commits[1]:
            return None
        found = self._git("merge-base", *commits)
        if found.returncode:
            told = f"{older} and {newer} have no commit in common"
            if self._is_shallow():
                found_older = self.find(older)
                if needed or found_older is None:
                    raise UsageError(f"{told} in this clone", detail=self.why_unknown(older))
                return found_older, MergeBase(older, newer, "", found_older.short, 0)
            other = WORKTREE if newer == "HEAD" else newer
            direct = f"`gbcscheck compare {shlex.join([older, other])}` compares the two as they are"
            raise UsageError(f"{told}: their histories are unrelated", detail=direct)
        base = found.stdout.decode("ascii").split()[0]
        moved_on = self._checked("rev-list", "--count", f"{base}..{commits[0]}")
        met = self.find(base)
        assert met is not None
        name = older if base == commits[0] else f"the merge base of {older} and {newer}"
        return Revision(name, met.tree, met.short), MergeBase(older, newer, base, met.short, int(moved_on))

    def why_unknown(self, name: str) -> str:
        """What to do where a revision is not known here."""
        remote, slash, branch = name.partition("/")
        if self._is_shallow():
            fetch = _fetch(remote, branch) if slash and remote in self._remotes() else "git fetch --unshallow"
            return (
                f"this clone is shallow and may lack it: run `{fetch}` (`git fetch --unshallow` for the whole history; "
                "with actions/checkout: fetch-depth: 0)"
            )
        if self._is_partial():
            return f"this clone is partial and may lack it: run `{_REFETCH}`"
        if slash and remote in self._remotes():
            return f"run `{_fetch(remote, branch)}` if it is there"
        return "a branch, a tag, a commit or an expression as HEAD~3 was expected"

    # --- files -------------------------------------------------------------------------------------------------------

    def tree(self, revision: Revision) -> Tree:
        """The files of a revision, those of its submodules too, and what is not read of it."""
        if revision.tree not in self._trees:
            listed = self._git("ls-tree", "-r", "-z", "--full-tree", revision.tree) if revision.tree else None
            if listed is not None and listed.returncode:
                advice = self._how_to_complete()
                raise GbcscheckError(f"git cannot list the files ({listed.reason}){advice}", where=str(revision))
            self._trees[revision.tree] = self._tree(entries_of_tree(listed.stdout)) if listed else Tree()
        return self._trees[revision.tree]

    def files(self, revision: Revision, within: Sequence[str] = ()) -> list[TreeFile]:
        """The files of a revision in some folders of it (all where none is named), by path; links are followed."""
        files = self.tree(revision).files
        return [files[name] for name in sorted(files) if is_within(name, within)]

    def index(self) -> tuple[Tree, frozenset[str]]:
        """What is recorded for the next commit, and the paths in it that a sparse checkout leaves out."""
        entries, left_out = entries_of_index(self._checked(*LIST_INDEX))
        return self._tree(entries), left_out

    def work_files(self, within: Sequence[str] = ()) -> list[str]:
        """The files of the work tree in some folders of it, by path from the root: those that git knows and those that
        it does not ignore."""
        names = self._listed()
        return sorted(
            name for name in names if is_within(name, within) and not malformed(name) and (self.root / name).is_file()
        )

    def strangers(self, within: Sequence[str] = ()) -> list[str]:
        """The folders of the work tree that are repositories of their own and no submodules: git does not look in."""
        return sorted(name[:-1] for name in self._listed() if name.endswith("/") and is_within(name[:-1], within))

    def _listed(self) -> set[str]:
        if self._work_names is None:
            listed = self._checked("ls-files", "-z", "--cached", "--others", "--exclude-standard")
            self._work_names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        return self._work_names

    def contents(self, files: Iterable[TreeFile]) -> Iterator[tuple[TreeFile, bytes | UnreadableSource]]:
        """The content of each file, or why it cannot be had; those of one folder of git after the other."""
        by_store: dict[str, list[TreeFile]] = {}
        for file in files:
            by_store.setdefault(file.store, []).append(file)
        for store, wanted in by_store.items():
            lot: list[TreeFile] = []
            octets = 0
            for file, size in zip(wanted, self._sizes(wanted, store), strict=True):
                if size is None:
                    yield file, UnreadableSource(f"git has no content for it{self._how_to_complete()}")
                elif size > OCTETS.most:
                    yield file, UnreadableSource(OCTETS.problem(size))
                else:
                    lot.append(file)
                    octets += size
                if octets > MAX_AT_ONCE:
                    yield from self._lot(lot, store)
                    lot, octets = [], 0
            yield from self._lot(lot, store)

    def path_from_root(self, path: str, cwd: Path) -> str:
        """A path as it was given in a folder, from the root of the repository."""
        inside = os.path.relpath(os.path.realpath(cwd / path), os.path.realpath(self.root))
        if inside == ".." or inside.startswith("../") or os.path.isabs(inside):
            raise UsageError("this is not in the git repository", where=path)
        return "" if inside == "." else PurePosixPath(Path(inside)).as_posix()

    @property
    def common_folder(self) -> Path:
        """The folder of git that all work trees of the repository share."""
        if self._common is None:
            self._common = self.root / os.fsdecode(self._checked("rev-parse", "--git-common-dir").rstrip(b"\n"))
        return self._common

    def says(self, *arguments: str) -> str:
        """What a command of git prints, without the end of its line; empty where it fails."""
        done = self._git(*arguments)
        return "" if done.returncode else os.fsdecode(done.stdout).rstrip("\n")

    # --- git ---------------------------------------------------------------------------------------------------------

    def _tree(self, entries: Sequence[Entry]) -> Tree:
        plain, unread = self._with_submodules(entries, "", MAX_NESTED)
        return tree_of(plain, unread, self._targets)

    def _with_submodules(self, entries: Sequence[Entry], below: str, depth: int) -> tuple[list[Entry], list[Unread]]:
        """The entries of the tree below a path, with those of its submodules in the place of these."""
        plain, refused = checked(entries)
        plain = [replace(entry, path=f"{below}{entry.path}") for entry in plain]
        unread = [replace(one, path=f"{below}{one.path}") for one in refused]
        files = [entry for entry in plain if not entry.is_submodule]
        for module in (entry for entry in plain if entry.is_submodule):
            store = self._submodules.store_of(module.path, module.content) if depth else ""
            listed = self._git("ls-tree", "-r", "-z", "--full-tree", module.content, store=store) if store else None
            if listed is None or listed.returncode:
                reason = f"a submodule that is not here at {module.content[:12]}, and is not read"
                advice = self._submodules.advice(module.path)
                unread.append(Unread(module.path, f"{reason} ({advice})", "submodule"))
                continue
            own = entries_of_tree(listed.stdout, store=store)
            own_files, own_unread = self._with_submodules(own, f"{module.path}/", depth - 1)
            files.extend(own_files)
            unread.extend(own_unread)
        return files, unread

    @property
    def _submodules(self) -> Submodules:
        if self._known_submodules is None:
            self._known_submodules = Submodules(self.root, self.common_folder)
        return self._known_submodules

    def _targets(self, links: list[TreeFile]) -> list[bytes | None]:
        """The targets of symbolic links."""
        found = {
            (file.store, file.content): content for file, content in self.contents(links) if isinstance(content, bytes)
        }
        return [found.get((link.store, link.content)) for link in links]

    def _sizes(self, files: Sequence[TreeFile], store: str) -> list[int | None]:
        """The octets of each file, None where there is no content."""
        wanted = dict.fromkeys(file.content for file in files)
        done = self._git("cat-file", "--batch-check", given=_lines(wanted), store=store)
        if done.returncode:
            # In a partial clone git ends at the first content that is not here, instead of saying that it is missing.
            everything = self._checked("cat-file", "--batch-all-objects", "--unordered", _NAMES, store=store)
            here = wanted.keys() & set(everything.decode("ascii").split())
            done = self._git("cat-file", "--batch-check", given=_lines(here), store=store)
        described = [line.split() for line in done.stdout.decode("ascii", "replace").splitlines()]
        sizes = {one[0]: int(one[2]) for one in described if len(one) == 3 and one[1] == "blob"}
        return [sizes.get(file.content) for file in files]

    def _lot(self, files: Sequence[TreeFile], store: str) -> Iterator[tuple[TreeFile, bytes | UnreadableSource]]:
        if not files:
            return
        octets = self._checked("cat-file", "--batch", given=_lines(file.content for file in files), store=store)
        start = 0
        for file in files:
            end = octets.index(b"\n", start)
            size = int(octets[start:end].split()[2])
            yield file, octets[end + 1 : end + 1 + size]
            start = end + 1 + size + 1

    def _commit(self, name: str) -> str:
        """The full name of a commit; empty where there is none of that name."""
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return "" if found.returncode else found.stdout.decode("ascii").strip()

    def _is_unborn(self) -> bool:
        return self._git("symbolic-ref", "--quiet", "HEAD").returncode == 0

    def _is_partial(self) -> bool:
        return bool(self._git("config", "--get-regexp", r"^remote\..*\.promisor$").stdout)

    def _is_shallow(self) -> bool:
        return self._git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _how_to_complete(self) -> str:
        """What to do where something is missing in the clone."""
        if self._is_partial():
            return f"; this clone is partial, and nothing is fetched here: run `{_REFETCH}`"
        return "; the clone is incomplete or damaged: run `git fsck`"

    def _remotes(self) -> list[str]:
        return self._git("remote").stdout.decode(errors="replace").split()

    def _git(self, *arguments: str, given: bytes = b"", store: str = "") -> Done:
        return run_git(self.root, *arguments, given=given, store=store)

    def _checked(self, *arguments: str, given: bytes = b"", store: str = "") -> bytes:
        done = self._git(*arguments, given=given, store=store)
        if done.returncode:
            raise GbcscheckError(f"git {arguments[0]} failed: {done.reason}", where=str(self.root))
        return done.stdout


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")


def is_within(path: str, folders: Sequence[str]) -> bool:
    """Whether a path is one of some folders or files, or below one; anything is where none is named."""
    return not folders or any(folder in ("", path) or path.startswith(f"{folder}/") for folder in folders)


def _is_its_own(folder: Path, root: Path) -> bool:
    """Whether a root is that of the repository around a folder: the folder is below it, and the ``.git`` that git found
    from there stands in it."""
    here = Path(os.path.realpath(folder))
    top = Path(os.path.realpath(root))
    found = run_git(folder, "rev-parse", "--absolute-git-dir")
    entry = top / ".git"
    try:
        if entry.is_file():
            with entry.open("rb") as stream:
                written = os.fsdecode(stream.read(4096)).removeprefix("gitdir: ").rstrip("\n")
            entry = top / written
        return here.is_relative_to(top) and entry.samefile(os.fsdecode(found.stdout.rstrip(b"\n")))
    except OSError:
        return False


def _fetch(remote: str, branch: str) -> str:
    """The command that makes a branch of a server known here; a clone of one branch keeps no other by itself."""
    return f"git fetch {remote} {branch}:refs/remotes/{remote}/{branch}"


def repository_root(start: Path) -> Path:
    """The root of the repository around a folder; the folder itself where there is none."""
    folder = start.absolute()
    return next((one for one in (folder, *folder.parents) if os.path.lexists(one / ".git")), folder)
