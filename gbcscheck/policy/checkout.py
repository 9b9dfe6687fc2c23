"""The repository that a run looked at, for the formats that name it: its address, the commit and the branch."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.git.revisions import Repository, Revision
from gbcscheck.report import VersionControl
from gbcscheck.report.addresses import public_address

USUAL = "origin"
"""The remote that git makes when it clones."""


def version_control_of(revision: Revision | None = None, *, start: Path | None = None) -> VersionControl | None:
    """What is known of the repository around ``start`` (the working folder), at a revision; without one at the commit
    that is checked out, on which changes may lie that are not committed. None without a repository, or without git.

    Where the repository has no address that another machine could use, it is where it lies here.
    """
    try:
        repository = Repository.around(start or Path.cwd())
        name = revision.name if revision is not None else "HEAD"
        commit = repository.says("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        address = _address(repository) or repository.root.absolute().as_uri()
        return VersionControl(address, commit, _branch(repository, name))
    except GbcscheckError:
        return None


def _address(repository: Repository) -> str:
    """The address of the remote from which the clone is, or of the only one; empty where neither is there."""
    remotes = repository.says("remote").split()
    name = USUAL if USUAL in remotes else remotes[0] if len(remotes) == 1 else ""
    return public_address(repository.says("remote", "get-url", name)) if name else ""


def _branch(repository: Repository, name: str) -> str:
    """The branch that a name stands for; empty where it is a commit, a tag or an expression."""
    kind, _, rest = repository.says("rev-parse", "--symbolic-full-name", name).removeprefix("refs/").partition("/")
    if kind == "remotes":
        return rest.partition("/")[2]
    return rest if kind == "heads" else ""
