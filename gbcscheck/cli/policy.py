"""Options on the configuration of a repository, for the commands that take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gbcscheck.cli.options import FILE

Command = TypeVar("Command", bound=Callable[..., Any])


def configuration_option(command: Command) -> Command:
    """``--config FILE``."""
    return click.option(
        "--config",
        type=FILE,
        metavar="FILE",
        help="Configuration; by default gbcscheck.toml or pyproject.toml here or above, up to the repository's root.",
    )(command)


def no_configuration_option(command: Command) -> Command:
    """``--no-config``."""
    return click.option("--no-config", is_flag=True, help="Look for no configuration.")(command)


def show_waived_option(command: Command) -> Command:
    """``--show-waived``."""
    return click.option("--show-waived", is_flag=True, help="Show in the text what waivers let pass.")(command)


def strict_waivers_option(command: Command) -> Command:
    """``--strict-waivers``."""
    return click.option(
        "--strict-waivers",
        is_flag=True,
        help="Exit code 1 also for a waiver that holds for nothing, has expired, has other values or no last day.",
    )(command)


def exclude_option(command: Command) -> Command:
    """``--exclude PATTERN``."""
    return click.option(
        "--exclude",
        "excluded",
        multiple=True,
        metavar="PATTERN",
        help="Of folders, not these files: drafts/, *.tmp.json, specs/**/old-*; may be repeated.",
    )(command)
