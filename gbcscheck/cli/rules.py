"""``gbcscheck rules`` and ``gbcscheck explain``: what is looked for, and what a rule means."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gbcscheck.cli import options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, layout_for
from gbcscheck.printable import json_text

COMMANDS = ("check", "device")
"""The commands that have rules."""


@click.command(
    epilog="""\b
Examples:
  gbcscheck rules
  gbcscheck rules device
  gbcscheck rules --house-rules specs/rules
  gbcscheck rules --format json
  gbcscheck rules --unread"""
)
@click.argument("command", metavar="[check|device]", type=click.Choice(COMMANDS), required=False)
@click.option("--unread", is_flag=True, help="List what is stated and no rule of check asks for.")
@options.format_option("text", "json")
@options.house_rules_option
@options.allow_outside_option
@options.no_color_option
def rules(
    command: str | None, unread: bool, form: str, house_paths: tuple[Path, ...], allow_outside: bool, no_color: bool
) -> int:
    """List the rules that check and device run.

    Those of both, or of one of them: each with its code, its name, the kind of conflict it looks for, its severity,
    and the question that it asks. The codes of device begin with D. With --unread the attributes that no rule of check
    reads by name, and how many statements of the default release are of each.
    """
    if unread:
        return _list_unread(form, no_color=no_color)
    from gbcscheck.api.rules import known_rules, named_rules, render_rules, rules_document

    known = (*known_rules(command), *named_rules(house_paths, allow_outside=allow_outside))
    if form == "json":
        write_stdout(json_text(rules_document(known), indent=2) + "\n", exact=True)
        return 0
    write_stdout(render_rules(known, layout_for(None, no_color=no_color, widest=WIDEST_TABLE)))
    return 0


def _list_unread(form: str, *, no_color: bool) -> int:
    from gbcscheck.api.unread import render_unread, unread_attributes, unread_document

    unread = unread_attributes()
    if form == "json":
        write_stdout(json_text(unread_document(unread), indent=2) + "\n", exact=True)
    else:
        write_stdout(render_unread(unread, layout_for(None, no_color=no_color, widest=WIDEST_TABLE)))
    return 0


@click.command(
    epilog="""\b
Examples:
  gbcscheck explain V101
  gbcscheck explain default-contradicts-constant"""
)
@click.argument("code", metavar="CODE", shell_complete=options.complete_rule)
@options.house_rules_option
@options.allow_outside_option
@options.no_color_option
def explain(code: str, house_paths: tuple[Path, ...], allow_outside: bool, no_color: bool) -> int:
    """Tell what a rule means and how to fix what it finds.

    CODE is the rule's code or its name; the other commands name it in brackets behind the severity: error[V101].
    House rules (H1, X-ACME-7) are those that the configuration of the working folder names, and --house-rules.
    """
    from gbcscheck.api.rules import explained

    text = explained(code, house_paths, allow_outside=allow_outside)
    layout = layout_for(None, no_color=no_color)
    write_stdout(_rendered(text, layout.width) if layout.colour and sys.stdout.isatty() else text)
    return 0


def _rendered(text: str, width: int) -> str:
    """Markdown as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=width, force_terminal=True)
    with console.capture() as capture:
        console.print(Markdown(text))
    return capture.get()
