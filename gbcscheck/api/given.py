"""What a caller gives, in the form that it is worked with; what has no such form is told by UsageError, with what was
expected and what was found."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Never

from gbcscheck.errors import UsageError

if TYPE_CHECKING:
    from gbcscheck.extract.table_choice import TableChoice

AnyPath = str | os.PathLike[str]
SEVERITY_LEVELS = ("error", "warning", "note", "never")
"""The least severities at which a run can fail."""
MOST_SHOWN = 100
"""Characters of a wrong argument that a message shows."""


def need_working_folder() -> None:
    """UsageError where the folder in which the program works is gone: paths are seen from it."""
    try:
        os.getcwd()
    except OSError:
        raise UsageError("the working folder is gone: it was removed or renamed, and paths are seen from it") from None


def octets_of(given: object, *, where: str) -> bytes:
    """Octets, or those of a text in UTF-8. UsageError for anything else: a path is one of ``Judge.files``, and a number
    is no message."""
    if isinstance(given, str):
        return given.encode("utf-8", "surrogatepass")
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    found = f"octets or a text were expected, found {type(given).__name__}"
    if isinstance(given, os.PathLike):
        found += "; Judge.files judges what stands in files"
    raise UsageError(found, where=where)


def text_of(given: object, *, of: str, expected: str = "a text") -> str:
    """A text. UsageError for anything else: the version ``4.0`` is a text, and not a number."""
    if not isinstance(given, str):
        _refuse(given, of, f"{expected} was expected")
    return str.__str__(given)  # of a member of an enumeration its text, and not its name


def one_of(given: object, known: Iterable[str], *, of: str, what: str) -> str:
    """One of some words. UsageError for another, with near ones, and for what is no text."""
    known = tuple(known)
    word = text_of(given, of=of, expected=f"a {what}")
    if word not in known:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown(what, word, known))
    return word


def release_of(given: object) -> str | None:
    """The name of a release, or None for the default one; UsageError for what is neither."""
    return None if given is None else text_of(given, of="release", expected="the name of a release")


def level_of(given: object, levels: Iterable[str] = SEVERITY_LEVELS) -> str | None:
    """A level at which a run fails, or None for that of the configuration; UsageError for what is neither."""
    return None if given is None else one_of(given, levels, of="fail_on", what="level")


def flag_of(given: object, *, of: str) -> bool:
    """True or False. UsageError for anything else: the text ``"no"`` would be taken for yes."""
    if not isinstance(given, bool):
        _refuse(given, of, "True or False was expected")
    return bool(given)


def flags_of(**given: object) -> None:
    """Several that are each True or False; UsageError as in ``flag_of``."""
    for name, value in given.items():
        flag_of(value, of=name)


def tables_of(*, sheet: object, table: object, column: object, hidden: object, view: object = "final") -> TableChoice:
    """Which tables of files are read, in the words of the options of the commands; UsageError for what is no text, and
    for a ``hidden`` that is neither True nor False."""
    from gbcscheck.extract.table_choice import VIEWS, TableChoice

    named = {"sheet": sheet, "table": table, "column": column}
    texts = {name: text_of(given, of=name) for name, given in named.items()}
    seen = one_of(view, VIEWS, of="view", what="view")
    return TableChoice(**texts, hidden=flag_of(hidden, of="hidden"), view="original" if seen == "original" else "final")


def number_of(given: object, *, least: int, of: str, what: str) -> int:
    """A whole number from ``least`` on. UsageError for anything else."""
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        _refuse(given, of, f"{what} from {least} was expected")
    return int(given)


def path_of(given: object, *, of: str) -> Path:
    """One path. UsageError for what is none, and for one that is empty, which is not the working folder."""
    return Path(path_text_of(given, of=of))


def path_text_of(given: object, *, of: str) -> str:
    """The text of one path; errors as in ``path_of``."""
    path = _path(given)
    if path is None:
        _refuse(given, of, "a path was expected")
    if not path:
        raise UsageError(f"{of}: a folder or a file was expected, found an empty path")
    return path


def paths_of(given: object, *, of: str) -> tuple[Path, ...]:
    """Paths, or a single one; errors as in ``path_of``."""
    several = [given] if _path(given) is not None else _several(given)
    if several is None or any(_path(one) is None for one in several):
        _refuse(given, of, "a path or several were expected")
    return tuple(path_of(one, of=of) for one in several)


def names_of(given: object, *, of: str) -> tuple[str, ...]:
    """Names, or a single one: ``"V101"`` is one rule and not four letters. UsageError for what is neither."""
    several = [given] if isinstance(given, str) else _several(given)
    if several is None or not all(isinstance(one, str) for one in several):
        _refuse(given, of, "a name or several were expected")
    return tuple(text_of(one, of=of) for one in several)


def shown(given: object) -> str:
    """A wrong argument, as a message shows it: by its type where it cannot be written."""
    try:
        text = repr(given)
    except Exception:
        return f"a value of the type {type(given).__name__}"
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _several(given: object) -> list[object] | None:
    """The members of what holds several in an order of its own; None for what does not."""
    if isinstance(given, Iterable) and not isinstance(given, bytes | bytearray | memoryview | Mapping):
        try:
            return list(given)
        except TypeError:  # a class whose values could be gone through
            return None
    return None


def _path(given: object) -> str | None:
    """The text of a path; None for what is none."""
    if not isinstance(given, str | os.PathLike):
        return None
    try:
        path = os.fspath(given)
    except TypeError:
        return None
    return str.__str__(path) if isinstance(path, str) else None


def _refuse(given: object, of: str, expected: str) -> Never:
    raise UsageError(f"{of}: {expected}, found {shown(given)}")
