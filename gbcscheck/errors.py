"""The errors that a user can meet. Each says which file, where in it, what was found, what was expected."""

from __future__ import annotations


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


class NotASpecification(UnreadableSource):
    """A file is sound, and what it holds is no part of a specification."""


class InvalidExtract(GbcscheckError):
    """A file decodes as JSON and is not a valid extract (schema, notation or domain)."""


class Problems(GbcscheckError):
    """Several problems of one run, each reported; never empty."""

    def __init__(self, problems: list[GbcscheckError]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
