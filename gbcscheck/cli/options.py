"""Arguments that several commands take, and what a shell may complete them to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from gbcscheck.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path, readable=False)
"""A file that a reader opens, and reports where it cannot."""
STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def _output_of(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """The file to write; None for standard output by any of its names."""
    return None if value is not None and str(value) in STANDARD_OUTPUT else value


def _release_of(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise UsageError("--release is empty; the name of a release was expected")
    return value


def _complete_releases(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from gbcscheck.errors import GbcscheckError
    from gbcscheck.releases import release_entries

    try:
        entries = release_entries()
    except GbcscheckError:
        return []
    return [CompletionItem(entry.name, help=entry.title) for entry in entries if entry.name.startswith(incomplete)]


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of rules that begin like a word."""
    from gbcscheck.rules import RULES

    wanted = incomplete.casefold()
    return [CompletionItem(rule.code, help=rule.name) for rule in RULES if rule.code.casefold().startswith(wanted)]


def complete_rules_and_kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of rules and kinds of conflict that begin like the last word of a comma list."""
    from gbcscheck.model import KINDS

    before, comma, last = incomplete.rpartition(",")
    rules = [CompletionItem(f"{before}{comma}{item.value}", help=item.help) for item in complete_rule(ctx, param, last)]
    kinds = [CompletionItem(f"{before}{comma}{kind}") for kind in KINDS if kind.startswith(last.casefold())]
    return [*rules, *kinds]


def release_option(command: Command) -> Command:
    """``--release NAME``."""
    return click.option(
        "--release",
        metavar="NAME",
        callback=_release_of,
        shell_complete=_complete_releases,
        help="Release of the specifications that ship (gbcscheck specs lists them).",
    )(command)


def output_option(command: Command) -> Command:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=FILE,
        callback=_output_of,
        metavar="FILE",
        help="Write to this file, whole or not at all, instead of standard output (-).",
    )(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``, the first being the default."""

    def decorate(command: Command) -> Command:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="Form of the output.",
        )(command)

    return decorate


def no_color_option(command: Command) -> Command:
    """``--no-color``."""
    return click.option(
        "--no-color", is_flag=True, help="No colour on a terminal either; the variable NO_COLOR does the same."
    )(command)
