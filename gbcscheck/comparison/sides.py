"""What an argument of a comparison names: files, a release that ships, a revision of the repository, the work tree."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from gbcscheck.errors import UsageError
from gbcscheck.extract.source_kinds import SUFFIXES
from gbcscheck.extract.table_choice import View
from gbcscheck.frozen import frozen
from gbcscheck.inputs.git.revisions import WORKTREE, Repository, Revision
from gbcscheck.model import MergeBase
from gbcscheck.release.index import release_names
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

SEEN: dict[View, str] = {"original": "before its tracked changes", "final": "with its tracked changes accepted"}
"""How a document is called in a view."""


@frozen
class Named:
    """What an argument names: ``kind`` is ``release``, ``files``, ``revision`` or ``worktree``; ``within`` are the
    folders and files of a revision or the work tree that it keeps to, from the root of the repository, ``exclude`` what
    of them is not looked at. Where the revision is not the one that was named, ``merge_base`` says which it is.
    ``view`` is there where a document with tracked changes is compared with itself."""

    kind: str
    name: str
    repository: Repository | None = None
    revision: Revision | None = None
    within: tuple[str, ...] = ()
    merge_base: MergeBase | None = None
    exclude: Exclusions = NO_EXCLUSIONS
    view: View | None = None

    def __str__(self) -> str:
        inside = f":{','.join(self.within)}" if self.within and any(self.within) else ""
        if self.view:
            return f"{self.name} {SEEN[self.view]}"
        if self.kind == "worktree":
            return f"the work tree{inside}"
        return f"{self.revision}{inside}" if self.revision else self.name


def named(
    text: str,
    *,
    within: Sequence[str] = (),
    own: Callable[[Repository, Revision], Sequence[str]] | None = None,
    cwd: Path | None = None,
    meets: str = "",
    must_meet: bool = False,
) -> Named:
    """What an argument names: a path, a release that ships, a revision, ``REVISION:PATH``, or WORKTREE.

    ``within`` are the paths to keep to in a revision that names none; ``own`` may know better ones of a revision.
    With ``meets``, the name of another revision, a revision stands for the last commit that the two have in common, if
    ``must_meet`` in a shallow clone too.
    UsageError where nothing or more than one thing is called so, and where a revision cannot be had.
    """
    here = cwd or Path.cwd()
    if not text.strip():
        raise UsageError("an argument is empty; a file, a folder, a release or a revision was expected")
    is_path = os.path.lexists(here / text)
    if is_path and is_plainly_a_path(text):
        return Named("files", text)
    is_release = text in release_names()
    repository = _repository(here)
    revision, inside = _revision(text, repository)
    meanings = [
        *(["a file" if (here / text).is_file() else "a folder"] if is_path else []),
        *(["a release that ships"] if is_release else []),
        *(["a revision"] if revision is not None or (text == WORKTREE and repository) else []),
    ]
    if len(meanings) > 1:
        ways = {"a release": f"release:{text}", "a revision": f"{text}:"}
        told = [f"./{text} for the {meanings[0].split()[-1]}"] if is_path else []
        told += [f"{way} for the {key.split()[-1]}" for key, way in ways.items() if any(key in one for one in meanings)]
        raise UsageError(f'"{text}" is {" and ".join(meanings)}; write {", ".join(told)}')
    if is_path:
        return Named("files", text)
    if is_release:
        return Named("release", text)
    if text.startswith("release:") and text[8:] in release_names():
        return Named("release", text[8:])
    if text == WORKTREE or text.startswith(f"{WORKTREE}:"):
        around = repository or Repository.around(here)
        inside = text.partition(":")[2]
        return Named("worktree", WORKTREE, around, None, _inside(around, inside, within, here))
    if revision is not None and repository is not None:
        met = repository.merge_base(revision.name, meets, needed=must_meet) if meets else None
        revision, base = met or (revision, None)
        kept_to = tuple(own(repository, revision)) if own is not None and not inside else ()
        keeps_to = kept_to or _inside(repository, inside, within, here)
        return Named("revision", text, repository, revision, keeps_to, base)
    raise _unknown(text, repository, here)


def work_tree_for(older: Named, text: str) -> str:
    """The argument that stands for the newer side where only the older one is named: the work tree, of
    ``REVISION:PATH`` the same path there."""
    inside = text.partition(":")[2] if older.kind == "revision" else ""
    return f"{WORKTREE}:{inside}" if inside else WORKTREE


def is_plainly_a_path(text: str) -> bool:
    """Whether an argument can be nothing but a path, whether or not there is one."""
    return os.path.isabs(text) or text in (".", "..") or text.startswith(("./", "../", ".\\", "..\\"))


def _repository(here: Path) -> Repository | None:
    """The repository around, where there is one; git is not asked where nothing looks like it."""
    if (
        not any((folder / ".git").exists() for folder in (here, *here.absolute().parents))
        and "GIT_DIR" not in os.environ
    ):
        return None
    return Repository.around(here)


def _revision(text: str, repository: Repository | None) -> tuple[Revision | None, str]:
    """The revision that a text begins with, and the path behind its colon."""
    if repository is None or text.startswith(("-", WORKTREE)):
        return None, ""
    name, colon, inside = text.partition(":")
    found = repository.find(name) if name else None
    return (found, inside) if found is not None else (None, inside if colon else "")


def _inside(repository: Repository, inside: str, within: Sequence[str], here: Path) -> tuple[str, ...]:
    if inside in (".", "..") or inside.startswith(("./", "../")):
        # As git takes it: from the working folder, and any other path from the root.
        return (repository.path_from_root(inside, here),)
    if inside:
        return (inside.rstrip("/"),)
    return tuple(repository.path_from_root(path, here) for path in within)


def _unknown(text: str, repository: Repository | None, here: Path) -> UsageError:
    if is_plainly_a_path(text) or text.lower().endswith(SUFFIXES):
        return UsageError("no such file or folder", where=text)
    releases = ", ".join(release_names())
    what = f'"{text}" is no file or folder here, no release that ships ({releases})'
    if repository is None:
        return UsageError(f"{what}, and there is no git repository around in which it could be a revision")
    name = text.partition(":")[0]
    return UsageError(f"{what}, and no revision of this repository", detail=repository.why_unknown(name))
