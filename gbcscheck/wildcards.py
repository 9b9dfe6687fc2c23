"""Patterns: which subjects a waiver is for, which files it is for, and which files are not looked at.

Of a subject, ``*`` stands for any characters, also none; ``[*]`` is a part of many subjects and stands for itself.
Of a path it is a part of what ``.gitignore`` takes: ``*`` and ``?`` within a name, ``**`` for any folders.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from gbcscheck.frozen import frozen

LONGEST = 1_000
"""Characters of a pattern."""
_MANY, _ONE, _FOLDERS = "*", "?", "**"
_WILD_STAR = re.compile(r"\*(?!(?<=\[\*)\])")
"""A star, save that of ``[*]``."""

_SIGN = re.compile(r"\[\*\]|.", re.DOTALL)

Part = TypeVar("Part")


def _fits(pattern: Sequence[Part], items: Sequence[str], many: Part, one: Callable[[Part, str], bool]) -> bool:
    """Whether a pattern is for all of some items; ``many`` in it stands for any number of them. The effort is at most
    the product of their lengths."""
    at = start = 0
    behind, mark = -1, 0
    while start < len(items):
        if at < len(pattern) and pattern[at] == many:
            at, behind, mark = at + 1, at + 1, start
        elif at < len(pattern) and one(pattern[at], items[start]):
            at, start = at + 1, start + 1
        elif behind >= 0:
            mark += 1
            at, start = behind, mark
        else:
            return False
    return all(part == many for part in pattern[at:])


# --- subjects --------------------------------------------------------------------------------------------------------


def is_subject_pattern(text: str) -> bool:
    """Whether a text names more than one subject."""
    return _MANY in text.replace("[*]", "")


def subject_fits(pattern: str, subject: str) -> bool:
    """Whether a subject is the one that a text names, or one of those that a pattern is for.

    >>> subject_fits("ReadX.*", "ReadX.entries[*].day"), subject_fits("entries[*].day", "entries[1].day")
    (True, False)
    """
    if pattern == subject:
        return True
    first, *others = _between_stars(pattern)
    if not others or not subject.startswith(first):
        return False
    *middle, last = others
    at, end = len(first), len(subject) - len(last)
    if at > end or not subject.endswith(last):
        return False
    for piece in middle:  # each at the first place where it stands behind those before it
        found = subject.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def covers_subjects(wide: str, narrow: str) -> bool:
    """Whether all that one pattern is for fits another pattern.

    >>> covers_subjects("Read*", "ReadX.*"), covers_subjects("ReadX.*", "Read*"), covers_subjects("*.day", "a[*].day")
    (True, False, True)
    """
    return _fits(_signs(wide), _signs(narrow), _MANY, lambda part, sign: part == sign)


def _signs(pattern: str) -> list[str]:
    """The characters of a pattern, in which ``[*]`` is one."""
    return _SIGN.findall(pattern)


@lru_cache(maxsize=1024)
def _between_stars(pattern: str) -> tuple[str, ...]:
    """The texts between the stars of a pattern that stand for any characters."""
    return tuple(_WILD_STAR.split(pattern))


# --- paths -----------------------------------------------------------------------------------------------------------


def refusal(pattern: str) -> str:
    """Why a text is no pattern for paths; empty where it is one."""
    if len(pattern) > LONGEST:
        return f"it has {len(pattern):,} characters; a pattern has at most {LONGEST:,}"
    if pattern.startswith("!"):
        return "what is excluded cannot be taken in again with !"
    if "\\" in pattern:
        return "a backslash has no meaning here; folders are parted by /"
    if ".." in pattern.split("/"):
        return ".. leads out of the folder that patterns are for"
    return "" if pattern.strip("/ ") else "it names no file"


def path_fits(pattern: str, path: str) -> bool:
    """Whether a file is one that a pattern is for: itself, or one of the folders that it is in. ``path`` has slashes
    and begins at the folder that the pattern is for.

    >>> path_fits("specs/**/table-28d.*", "specs/gbcs/4.0/table-28d.xlsx"), path_fits("drafts/", "a/drafts/b/c.json")
    (True, True)
    """
    return any(length for length in _lengths(pattern, tuple(path.split("/"))))


def _lengths(pattern: str, names: tuple[str, ...], *, is_folder: bool = False) -> list[int]:
    """How many names of a path make up what the pattern is for: all of them for the file itself, fewer for folders."""
    parts, of_folders = _path_parts(pattern)
    last = len(names) - 1 if of_folders and not is_folder else len(names)
    return [length for length in range(1, last + 1) if _fits(parts, names[:length], (_FOLDERS,), _name_fits)]


@lru_cache(maxsize=1024)
def _path_parts(pattern: str) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The names of a pattern, each by character, and whether it is for folders alone."""
    of_folders = pattern.endswith("/")
    names = pattern.strip("/").split("/")
    if len(names) == 1 and not pattern.startswith("/"):
        names = [_FOLDERS, *names]
    return tuple((_FOLDERS,) if name == _FOLDERS else tuple(name) for name in names), of_folders


def _name_fits(part: tuple[str, ...], name: str) -> bool:
    return _fits(part, name, _MANY, lambda sign, character: sign in (_ONE, character))


# --- what is excluded ------------------------------------------------------------------------------------------------


@frozen
class Exclusion:
    """A pattern for files that are not looked at, the folder from which paths are seen, and who says so."""

    pattern: str
    folder: Path
    where: str

    def __str__(self) -> str:
        return f'"{self.pattern}" ({self.where})'


@frozen
class Exclusions:
    """Everything that is not looked at where folders are walked. What is named itself is looked at all the same.

    Where a folder leads is asked once for each of these values, which live as long as a run.
    """

    given: tuple[Exclusion, ...] = ()
    _real: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, file: str | Path, named: str | Path) -> Exclusion | None:
        """What excludes a file that was found below a path that is named; None where nothing does."""
        if not self.given:
            return None
        least = len(self._names(named))
        for one in self.given:
            names, above = self._seen_from(one.folder, file)
            if any(length + above > least for length in _lengths(one.pattern, names)):
                return one
        return None

    def of_named(self, named: str | Path) -> Exclusion | None:
        """What would exclude a path that is named."""
        for one in self.given:
            names, _ = self._seen_from(one.folder, named)
            if _lengths(one.pattern, names, is_folder=os.path.isdir(named)):
                return one
        return None

    def _seen_from(self, folder: Path, path: str | Path) -> tuple[tuple[str, ...], int]:
        """The names of a path below a folder, none for one that is not below it, and how many names the folder has."""
        names, above = self._names(path), Path(self._followed(os.path.abspath(folder))).parts
        return (names[len(above) :] if names[: len(above)] == above else ()), len(above)

    def _names(self, path: str | Path) -> tuple[str, ...]:
        """The names of a path from the root of the file system; the folder that it is in is followed where it is a
        link."""
        folder, name = os.path.split(os.path.abspath(path))
        return Path(self._followed(folder), name).parts

    def _followed(self, folder: str) -> str:
        """Where a folder leads."""
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return self._real[folder]


NO_EXCLUSIONS = Exclusions()


def excluded_line(file: str | Path, exclusion: Exclusion) -> str:
    """What a report says of a file that is not looked at."""
    return f"{file}: excluded by {exclusion}"


def named_all_the_same(named: Iterable[str | Path], exclusions: Exclusions) -> list[str]:
    """A sentence for each path that is named and excluded: it is looked at, since it is named."""
    told = []
    for path in named:
        exclusion = exclusions.of_named(path)
        if exclusion is not None:
            told.append(f"{path} is excluded by {exclusion}, and looked at all the same, since it is named.")
    return told
