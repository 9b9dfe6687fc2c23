"""``gbcscheck specs``: which specifications ship, and which of them are checked together."""

from __future__ import annotations

import click

from gbcscheck.cli import FAILED, options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, layout_for, print_problem
from gbcscheck.printable import json_text


@click.command(
    epilog="""\b
Examples:
  gbcscheck specs
  gbcscheck specs GBCS
  gbcscheck specs --format json"""
)
@click.argument("specification", metavar="[SPECIFICATION]", default="")
@options.format_option("text", "json")
@options.no_color_option
def specs(specification: str, form: str, no_color: bool) -> int:
    """List the specifications and releases that ship.

    All of them, or those of one specification only. Each extract with its specification, version and part, how its
    statements are known (published, derived, synthetic), its date and the number of statements.
    """
    from gbcscheck.api.shipped import render_shipped, shipped_extracts

    shipped = shipped_extracts(specification)
    if form == "json":
        write_stdout(json_text(shipped.document, indent=2) + "\n", exact=True)
    else:
        layout = layout_for(None, no_color=no_color, widest=WIDEST_TABLE)
        write_stdout(render_shipped(shipped, layout))
    for problem in shipped.problems:
        print_problem(problem)
    return FAILED if shipped.problems else 0
