"""The errors that a user can meet. Each says which file, where in it, what was found, what was expected."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_PYTHON = re.compile(r"NoneType|object|<class|argument|__|\bsys\.|attribute|subscriptable|\bint\(\)|not in list")
"""Words of Python's own messages."""


class GbcscheckError(Exception):
    """The work asked for could not be done; the command line ends with exit code 2.

    ``where`` is a file, or a file and a place in it (``meter.json:12:3``, ``draft.xlsx · Table!D7``); ``problem`` is
    one sentence; ``detail`` may hold further lines, as the marked text of a cell.
    """

    def __init__(self, problem: str, *, where: str = "", detail: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.detail = detail

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}\n{self.detail}" if self.detail else head


class UsageError(GbcscheckError):
    """An argument names something that does not exist: a release, rule, subject, specification or format."""


class UnreadableSource(GbcscheckError):
    """A file cannot be decoded at all: missing, empty, truncated, encrypted, of another kind, or dangerous."""


class NothingFound(UnreadableSource):
    """Some files and folders hold no specification."""


class NotASpecification(UnreadableSource):
    """A file is sound, and what it holds is no part of a specification."""


class InvalidExtract(GbcscheckError):
    """A file decodes as JSON and is not a valid extract (schema, notation or domain)."""


class Problems(GbcscheckError):
    """Several problems of one run, each reported; never empty."""

    def __init__(self, problems: list[GbcscheckError]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        """Made again of the problems, which are not what Python keeps of it, with its notes."""
        return type(self), (list(self.problems),), vars(self)


@contextmanager
def reading_input(where: str) -> Iterator[None]:
    """While a file is read, what Python and its libraries refuse of it is a problem of that file.

    This is the one boundary: it stands around readers of input and around nothing else, so that a fault in a rule or a
    report stays what it is. Faults of a reader that no input explains (a name or an index that is missing, an
    assertion) go through it too. UnreadableSource with the error behind it.
    """
    try:
        yield
    except (ValueError, TypeError, ArithmeticError, RecursionError, MemoryError, OSError) as error:
        raise UnreadableSource(_reason(error), where=where) from error


def _reason(error: Exception) -> str:
    """What is wrong with an input, where a library says it in its own way."""
    if isinstance(error, RecursionError):
        return too_deep("nested")
    if isinstance(error, MemoryError):
        return "there is not enough memory to read it"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or error})"
    text = " ".join(str(error).split())
    if "int_max_str_digits" in text or "integer string conversion" in text:
        return "a number with too many digits"
    if "null character" in text or "null byte" in text:
        return "a path with the character U+0000 in it"
    return "cannot be read: its parts do not fit together" if is_of_python(text) else f"cannot be read ({text[:200]})"


def too_deep(what: str) -> str:
    """What a message says where Python gives up on something that is nested, whatever the limits of this run are."""
    limit = f"Python's limit of {sys.getrecursionlimit():,} calls within each other"
    return f"{what} too deeply to be read: beyond {limit}, which no option raises"


def is_of_python(text: str) -> bool:
    """Whether a library's message is empty or has words of Python's own, which tell a user nothing."""
    return not text or _PYTHON.search(text) is not None
