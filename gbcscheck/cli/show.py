"""``gbcscheck show``: every specification's word on one thing."""

from __future__ import annotations

import click

from gbcscheck.cli import FAILED, options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, Progress, layout_for, print_problem
from gbcscheck.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  gbcscheck show MaximumDemandConfigurableTimePeriod
  gbcscheck show exec_weekdays              a part of a name will do
  gbcscheck show 6.18.1                     a service request
  gbcscheck show 0-0:12.0.0.255             an object, as 5.7.4.26 is a clause
  gbcscheck show 'DLMS!K685'                a cell
  gbcscheck show 0x8F35 --format json       an event code, for a machine
  gbcscheck show RandomisedOffsetLimit table-28d.xlsx
  gbcscheck show ECS37 --between GBCS DUIS
  gbcscheck show RandomisedOffsetLimit --history"""
)
@click.argument("subject", metavar="SUBJECT")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@options.release_option
@click.option("--history", is_flag=True, help="What every version that ships says, and what changed.")
@click.option("--between", nargs=2, metavar="A B", help="Only what two specifications say, side by side (GBCS DUIS).")
@options.format_option("text", "json")
@options.no_color_option
def show(
    subject: str,
    files: tuple[str, ...],
    release: str | None,
    history: bool,
    between: tuple[str, str] | None,
    form: str,
    no_color: bool,
) -> int:
    """Show what each specification says of one thing, side by side.

    SUBJECT is a data item, use case, service request, event code, table or element path, or a part of its name; or
    what people have in hand: a clause, the logical name of an object, a message code, a row of the mapping, a cell.
    Where several things have such a name, they are listed; a data item is shown with all its elements, a use case with
    all its rows. Each FILE of yours takes the place of the part that it holds.
    """
    from gbcscheck.api.show_lookup import look_up
    from gbcscheck.api.showing import render_looked_up, render_looked_up_json

    if history and (files or release or between):
        raise UsageError("--history shows every version that ships: without files, --release and --between")
    with Progress() as progress:
        if history:
            from gbcscheck.api.show_history import look_up_history

            found = look_up_history(subject, progress)
        else:
            found = look_up(subject, release, progress, files)
    if form == "json":
        write_stdout(render_looked_up_json(found, between or ()), exact=True)
    else:
        layout = layout_for(None, no_color=no_color, widest=WIDEST_TABLE)
        write_stdout(render_looked_up(found, layout, history=history, between=between or ()))
    for problem in found.problems:
        print_problem(problem)
    return FAILED if found.problems else 0
