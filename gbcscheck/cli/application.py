"""The root command. A command's module is imported when the command runs, and not before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from gbcscheck.cli.exit_codes import FAILED, INTERRUPTED
from gbcscheck.version import __version__

COMMANDS = {
    "check": "gbcscheck.cli.check",
    "device": "gbcscheck.cli.device",
    "fleet": "gbcscheck.cli.fleet",
    "compare": "gbcscheck.cli.compare",
    "repair": "gbcscheck.cli.repair",
    "show": "gbcscheck.cli.show",
    "extract": "gbcscheck.cli.extract",
    "specs": "gbcscheck.cli.specs",
    "crosswalk": "gbcscheck.cli.crosswalk",
    "rules": "gbcscheck.cli.rules",
    "explain": "gbcscheck.cli.rules",
    "waive": "gbcscheck.cli.waive",
    "baseline": "gbcscheck.cli.baseline",
    "schema": "gbcscheck.cli.schema",
}
"""Commands in the order in which the help lists them, and the modules that hold a function of that name."""


class Application(click.Group):
    """The group of all commands; each is imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now; None for an unknown one."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; an unknown one is told with the nearest names."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from gbcscheck.near_names import unknown

            raise click.UsageError(unknown("command", args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an interrupt from the keyboard ends it with one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from gbcscheck.cli.streams import print_line

            print_line("interrupted")
            return INTERRUPTED


@click.group(
    cls=Application,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  gbcscheck check                             check the specifications that ship
  gbcscheck check my-specs --release current  check your files over those of a release
  gbcscheck device captures meter.json        what they forbid of what a device holds, sends or is sent
  gbcscheck fleet reads.parquet               the same of millions of devices, by firmware
  gbcscheck compare origin/main               what your work tree changes, and whom it hurts
  gbcscheck show ECS37                        what every specification says of one thing
  gbcscheck explain V101                      what a rule means and how to fix what it finds

\b
Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 could not do its work.""",
)
@click.version_option(__version__, prog_name="gbcscheck", message="%(prog)s %(version)s")
@click.pass_context
def application(ctx: click.Context) -> int:
    """Cross-check the GB smart metering specifications (SMETS, GBCS, DUIS, MMC).

    Reads what they say of the same thing, and reports where they cannot all be followed, with the exact cell or line
    of each.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return FAILED
    return 0
