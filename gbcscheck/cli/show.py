"""``gbcscheck show``: every specification's word on one thing."""

from __future__ import annotations

import click

from gbcscheck.cli import FAILED, options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, Progress, layout_for, print_problem


@click.command(
    epilog="""\b
Examples:
  gbcscheck show MaximumDemandConfigurableTimePeriod
  gbcscheck show exec_weekdays              a part of a name will do
  gbcscheck show 6.18.1                     a service request
  gbcscheck show 0x8F35 --format json       an event code, for a machine"""
)
@click.argument("subject", metavar="SUBJECT")
@options.release_option
@options.format_option("text", "json")
@options.no_color_option
def show(subject: str, release: str | None, form: str, no_color: bool) -> int:
    """Show what each specification says of one thing, side by side.

    SUBJECT is a data item, use case, service request, event code, table or element path, or a part of its name.
    Where several things have such a name, they are listed; a data item is shown with all its elements.
    """
    from gbcscheck.api.showing import look_up, render_looked_up, render_looked_up_json

    with Progress() as progress:
        found = look_up(subject, release, progress)
    if form == "json":
        write_stdout(render_looked_up_json(found), exact=True)
    else:
        write_stdout(render_looked_up(found, layout_for(None, no_color=no_color, widest=WIDEST_TABLE)))
    for problem in found.problems:
        print_problem(problem)
    return FAILED if found.problems else 0
