"""What ``check`` and the commands that check too take alike: which files and release, which rules, how all is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.options import Command
from gbcscheck.errors import UsageError

if TYPE_CHECKING:
    from gbcscheck.api.extracting import TableChoice


def alone_option(command: Command) -> Command:
    """``--alone``."""
    return click.option("--alone", is_flag=True, help="Your own files by themselves, with no release around them.")(
        command
    )


def rules_options(*, select: str, ignore: str) -> Callable[[Command], Command]:
    """``--select`` and ``--ignore``, with what their help says of them."""

    def decorate(command: Command) -> Command:
        for name, text in (("--ignore", ignore), ("--select", select)):
            command = click.option(
                name, multiple=True, metavar="RULES", shell_complete=options.complete_rules_and_kinds, help=text
            )(command)
        return command

    return decorate


def request_options(command: Command) -> Command:
    """How files are read and under which policy; these, the files, ``--release``, ``--alone`` and the rules come as the
    one parameter ``request``."""

    @wraps(command)
    def requested(
        *args: Any,
        paths: tuple[str, ...],
        release: str | None,
        alone: bool,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        tables: TableChoice,
        excluded: tuple[str, ...],
        config: Path | None,
        no_config: bool,
        house_paths: tuple[Path, ...],
        allow_outside: bool,
        **rest: Any,
    ) -> int:
        from gbcscheck.api.checking import CheckRequest

        if "" in paths:
            raise UsageError("an argument is empty; a folder or a file was expected")
        request = CheckRequest(
            paths,
            release,
            select,
            ignore,
            excluded=excluded,
            config=config,
            no_config=no_config,
            allow_outside=allow_outside,
            house=house_paths,
            alone=alone,
            tables=tables,
        )
        done: int = command(*args, request=request, **rest)
        return done

    named: Command = requested  # type: ignore[assignment]
    for option in reversed(
        (
            options.tables_options,
            options.limits_option,
            policy.exclude_option,
            policy.configuration_option,
            policy.no_configuration_option,
            options.house_rules_option,
            options.allow_outside_option,
            options.no_cache_option,
        )
    ):
        named = option(named)
    return named
