"""What a person sees at a terminal: its width, its colours, messages and progress."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from textwrap import dedent, indent
from types import TracebackType
from typing import TextIO

from gbcscheck.api.formats import Layout, problem_and_detail
from gbcscheck.cli.streams import encodable, print_line
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.printable import clean, escaped

PIPE_WIDTH = 100
WIDEST = 120
"""Longer lines of prose are hard to read, however wide the terminal is."""
WIDEST_TABLE = 240
NARROWEST = 24


def wants_colour(stream: TextIO, *, no_color: bool) -> bool:
    """Whether to colour: a terminal that can, and neither --no-color nor NO_COLOR (https://no-color.org)."""
    return not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and _is_terminal(stream)


def _is_terminal(stream: TextIO) -> bool:
    return bool(stream) and not stream.closed and stream.isatty()


def layout_for(output: Path | None, *, no_color: bool = False, widest: int = WIDEST) -> Layout:
    """How to lay text out for a file, a pipe, or the terminal at its width (COLUMNS has the last word)."""
    if output is not None:
        return Layout(PIPE_WIDTH)
    terminal = _is_terminal(sys.stdout)
    width = _columns() or PIPE_WIDTH
    return Layout(max(NARROWEST, min(width, widest)), terminal, wants_colour(sys.stdout, no_color=no_color))


def _columns() -> int:
    declared = os.environ.get("COLUMNS", "")
    if declared.isdecimal() and int(declared) > 0:
        return int(declared)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0


def print_problem(error: GbcscheckError) -> None:
    """Each problem of an error on standard error: ``error: where: problem``, and its details below."""
    if isinstance(error, Problems):
        for problem in error.problems:
            print_problem(problem)
        return
    told, detail = problem_and_detail(error)
    print_message(f"{escaped(error.where)}: {told}" if error.where else told, hint=detail)


def print_message(message: str, *, hint: str = "") -> None:
    """One error message on standard error, and a hint below it."""
    label = "\x1b[1;31merror:\x1b[0m " if wants_colour(sys.stderr, no_color=False) else "error: "
    first, *rest = clean(message).split("\n")
    print_line(first, label=label)
    below = indent(dedent(clean(hint)), "  ").splitlines()
    for line in (*rest, *below):
        print_line(line)


class Progress:
    """One line on standard error that says what is being done; nothing where that is not a terminal.

    Used as a context manager; the line is gone at its end.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = not quiet and _is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Progress:
        return self

    def __call__(self, text: str) -> None:
        """Show what is being done now."""
        if self._shown:
            width = max(NARROWEST, min(_columns() or PIPE_WIDTH, WIDEST)) - 1
            sys.stderr.write(f"\r\x1b[K{encodable(escaped(text), sys.stderr)[:width]}")
            sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
