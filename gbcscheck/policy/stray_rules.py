"""House rules that a run comes across and does not ask, since they stand in no folder that it was given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gbcscheck.errors import GbcscheckError
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.inputs.files import read_octets
from gbcscheck.policy.house_files import ENDING, FOLDER
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

MOST_LOOKED_AT = 20
"""Files with such a name that are looked into."""
_MARKS = (b"[[rule]]", b"question")


def stray_rules(folders: Iterable[Path], house: Iterable[HouseRule], exclude: Exclusions = NO_EXCLUSIONS) -> str:
    """A sentence on files of house rules below some folders that are neither excluded nor the rules of a run; empty
    where there are none."""
    known = {os.path.realpath(one.path) for one in house}
    below = ((file, folder) for folder in folders for file in _below(folder) if is_of_rules(file))
    files = (file for file, folder in below if os.path.realpath(file) not in known and not exclude.of(file, folder))
    return told_of(files, lambda file: read_octets(Path(file), where=file))


def told_of(files: Iterable[str], read: Callable[[str], bytes]) -> str:
    """The sentence on those of some files of such names that ``read`` finds to hold house rules."""
    candidates = sorted(files)[:MOST_LOOKED_AT]
    found = [file for file in candidates if _holds_rules(file, read)]
    if not found:
        return ""
    return (
        f"The house rules of {', '.join(found)} were not asked: they are deeper in what was named; the key "
        f"{FOLDER} of the configuration may name them."
    )


def is_of_rules(file: str) -> bool:
    """Whether a file has the name and the folder of one of house rules."""
    folder, name = os.path.split(file)
    return name.endswith(ENDING) and not name.startswith(".") and os.path.basename(folder) == FOLDER


def _holds_rules(file: str, read: Callable[[str], bytes]) -> bool:
    try:
        content = read(file)
    except GbcscheckError:
        return False
    return all(mark in content for mark in _MARKS)


def _below(folder: Path) -> Iterator[str]:
    """The files below a folder, without what is hidden and without links."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in names if not os.path.islink(path := os.path.join(here, name)))
