"""What git keeps for a folder of a checkout and has not put on the disk: no walk through the folder meets it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from gbcscheck.comparison.git_sides import is_specification_file
from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.confinement import git_root
from gbcscheck.inputs.git.process import run_git
from gbcscheck.inputs.git.revisions import LIST_INDEX, MAX_NESTED
from gbcscheck.inputs.git.trees import entries_of_index
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions


def left_out(paths: Iterable[Path], exclude: Exclusions = NO_EXCLUSIONS) -> tuple[str, ...]:
    """A line for each submodule below some folders that is not here, and for each specification file there that a
    sparse checkout leaves out, with what to run. Nothing is said of a folder that is in no repository, or of which git
    cannot tell."""
    folders = [path for path in paths if os.path.isdir(path) and git_root(os.path.realpath(path))]
    return tuple(dict.fromkeys(line for folder in folders for line in _of_folder(folder, folder, exclude, MAX_NESTED)))


def _of_folder(folder: Path, named: Path, exclude: Exclusions, depth: int) -> Iterator[str]:
    """The lines of one folder, which is ``named`` or a submodule below that."""
    try:
        listed = run_git(folder, *LIST_INDEX)
    except GbcscheckError:
        return
    if listed.returncode:
        return
    entries, sparse = entries_of_index(listed.stdout)
    git = "git" if folder == Path() else f"git -C {shlex.quote(str(folder))}"
    inner = []
    for entry in (one for one in entries if one.is_submodule):
        place = folder / entry.path
        if _is_hidden(entry.path) or exclude.of(place / ".git", named):
            continue
        if os.path.lexists(place / ".git"):
            inner.append(place)
        elif _is_empty(place):
            run = f"{git} submodule update --init -- {shlex.quote(entry.path)}"
            yield f"{place}: a submodule that is not here, and is not read (run `{run}`)"
    for entry in (one for one in entries if one.path in sparse and not one.is_submodule):
        place = folder / entry.path
        if is_specification_file(entry.path) and not os.path.lexists(place) and not exclude.of(place, named):
            yield f"{place}: left out by the sparse checkout, and not read (run `{git} sparse-checkout disable`)"
    for place in inner if depth else ():
        yield from _of_folder(place, named, exclude, depth - 1)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _is_empty(place: Path) -> bool:
    """Whether nothing is at a place, or a folder without anything."""
    try:
        return not os.listdir(place)
    except OSError:
        return True
