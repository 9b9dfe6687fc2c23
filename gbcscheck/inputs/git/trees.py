"""What a tree of git lists: its files, those behind links inside of it, and what is not read, with the reason."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from gbcscheck.frozen import frozen
from gbcscheck.inputs.git.tree_names import malformed, unsafe

MAX_LINKS = 40
"""Symbolic links that are followed one after the other, as Linux does."""
MAX_LINK_OCTETS = 4096
_KIND = 0o170000
_FILE, _LINK, _SUBMODULE = 0o100000, 0o120000, 0o160000


@frozen
class TreeFile:
    """A file of a revision: its path from the root of the repository, the name of its content, and the folder of git
    that holds it where that is not the repository's own."""

    path: str
    content: str
    store: str = ""


@frozen
class Entry:
    """One line of a tree or of the index: a file, a link or a submodule."""

    path: str
    mode: int
    content: str
    store: str = ""

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode & _KIND == _LINK

    @property
    def is_submodule(self) -> bool:
        """Whether it is a commit of another repository."""
        return self.mode & _KIND == _SUBMODULE


@frozen
class Unread:
    """What a tree holds and nobody reads: its path as it stands there, and the reason. ``kind`` is ``file``,
    ``submodule``, or ``forged`` for a name that git itself does not write: the tree was made by hand."""

    path: str
    reason: str
    kind: str = "file"


@frozen
class Tree:
    """The files of a tree by path, with what is not read of it."""

    files: Mapping[str, TreeFile] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()


def entries_of_tree(listed: bytes, *, store: str = "") -> list[Entry]:
    """The entries that ``git ls-tree -r -z`` lists."""
    entries = []
    for line in listed.split(b"\0"):
        if line:
            described, _, path = line.partition(b"\t")
            mode, _, content = described.decode("ascii").split()
            entries.append(Entry(os.fsdecode(path), int(mode, 8), content, store))
    return entries


def entries_of_index(listed: bytes) -> tuple[list[Entry], frozenset[str]]:
    """The entries that ``git ls-files -z -t --stage`` lists, and the paths that a sparse checkout leaves out."""
    entries, left_out = [], set[str]()
    for line in listed.split(b"\0"):
        if line:
            described, _, path = line.partition(b"\t")
            tag, mode, content, stage = described.decode("ascii").split()
            name = os.fsdecode(path)
            if stage == "0":
                entries.append(Entry(name, int(mode, 8), content))
            if tag == "S":
                left_out.add(name)
    return entries, frozenset(left_out)


def checked(entries: Sequence[Entry]) -> tuple[list[Entry], list[Unread]]:
    """The entries of one list that can be read, and the others with the reason."""
    counts = Counter(entry.path for entry in entries)
    clashing = {above for folder in {os.path.dirname(path) for path in counts} for above in _up_from(folder)}
    clashing &= counts.keys()
    plain: list[Entry] = []
    unread: list[Unread] = []
    for entry in entries:
        reason = malformed(entry.path)
        if not reason and counts[entry.path] > 1:
            reason = "it stands there more than once"
        if not reason and clashing and any(path in clashing for path in _up_from(entry.path)):
            reason = "a file and a folder have one name"
        if reason:
            unread.append(Unread(entry.path, f"not read, for its name: {reason}", "forged"))
        elif reason := unsafe(entry.path):
            unread.append(Unread(entry.path, f"not read, for its name: {reason}"))
        elif entry.mode & _KIND not in (_FILE, _LINK, _SUBMODULE):
            unread.append(Unread(entry.path, f"not read: its mode is {entry.mode:06o}, neither a file nor a link"))
        else:
            plain.append(entry)
    return plain, list(dict.fromkeys(unread))


def tree_of(
    plain: Sequence[Entry], unread: Sequence[Unread], contents: Callable[[list[TreeFile]], Iterable[bytes | None]]
) -> Tree:
    """The tree of some checked entries. ``contents`` reads the targets of links, None for one that is not there."""
    unread = list(unread)
    files = {
        entry.path: TreeFile(entry.path, entry.content, entry.store) for entry in plain if entry.mode & _KIND == _FILE
    }
    links = [TreeFile(entry.path, entry.content, entry.store) for entry in plain if entry.is_link]
    target_of = {
        link.path: None if target is None or len(target) > MAX_LINK_OCTETS else os.fsdecode(target)
        for link, target in zip(links, contents(links) if links else (), strict=True)
    }
    for link in links:
        try:
            behind = files[_behind(link.path, target_of)]
            files[link.path] = TreeFile(link.path, behind.content, behind.store)
        except KeyError:
            unread.append(Unread(link.path, "a symbolic link to what is no file of this tree"))
        except ValueError as error:
            unread.append(Unread(link.path, f"a symbolic link {error}: it is not followed"))
    return Tree(files, tuple(unread))


def _behind(path: str, target_of: Mapping[str, str | None]) -> str:
    """The path that a link leads to, through as many links as there are. ValueError for one that leads out."""
    left, done, followed = deque(path.split("/")), list[str](), 0
    while left:
        part = left.popleft()
        if part in ("", "."):
            continue
        if part == "..":
            if not done:
                raise ValueError("that leads out of the repository")
            done.pop()
            continue
        done.append(part)
        here = "/".join(done)
        if here not in target_of:
            continue
        target = target_of[here]
        followed += 1
        if target is None:
            raise ValueError("that cannot be read")
        if target.startswith("/"):
            raise ValueError("that leads out of the repository")
        if followed > MAX_LINKS:
            raise ValueError("that leads in a circle")
        done.pop()
        left.extendleft(reversed(target.split("/")))
    return "/".join(done)


def _up_from(path: str) -> list[str]:
    """A path and the folders above it, without the root."""
    found = []
    while path.strip("/"):
        found.append(path)
        path = os.path.dirname(path)
    return found
