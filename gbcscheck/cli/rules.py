"""``gbcscheck rules`` and ``gbcscheck explain``: what is looked for, and what a rule means."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from gbcscheck.api.rule_list import COMMANDS, known_rules
from gbcscheck.cli import options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, layout_for
from gbcscheck.errors import UsageError
from gbcscheck.printable import json_text

if TYPE_CHECKING:
    from gbcscheck.model.rules import Rule


@click.command(
    epilog="""\b
Examples:
  gbcscheck rules
  gbcscheck rules device
  gbcscheck rules --format json"""
)
@click.argument("command", metavar="[check|device]", type=click.Choice(COMMANDS), required=False)
@options.format_option("text", "json")
@options.no_color_option
def rules(command: str | None, form: str, no_color: bool) -> int:
    """List the rules that check and device run.

    Those of both, or of one of them: each with its code, its name, the kind of conflict it looks for, its severity,
    and the question that it asks. The codes of device begin with D.
    """
    known = known_rules(command)
    if form == "json":
        keys = ("code", "name", "kind", "severity", "question", "reads")
        document = [{key: getattr(rule, key) for key in keys} for rule in known]
        write_stdout(json_text(document, indent=2) + "\n", exact=True)
        return 0
    from gbcscheck.report.layout import paint
    from gbcscheck.report.table import table

    layout = layout_for(None, no_color=no_color, widest=WIDEST_TABLE)
    rows = [
        ((rule.code, "strong"), (rule.name, ""), (rule.kind, ""), (rule.severity, rule.severity), (rule.question, ""))
        for rule in known
    ]
    wrapped = layout if layout.break_words else None
    write_stdout(paint(table(("code", "name", "kind", "severity", "question"), rows, wrapped), colour=layout.colour))
    return 0


@click.command(
    epilog="""\b
Examples:
  gbcscheck explain V101
  gbcscheck explain default-contradicts-constant"""
)
@click.argument("code", metavar="CODE", shell_complete=options.complete_rule)
@options.no_color_option
def explain(code: str, no_color: bool) -> int:
    """Tell what a rule means and how to fix what it finds.

    CODE is the rule's code or its name; the other commands name it in brackets behind the severity: error[V101].
    """
    text = "\n".join(_markdown(rule) for rule in _find(known_rules(), code))
    layout = layout_for(None, no_color=no_color)
    write_stdout(_rendered(text, layout.width) if layout.colour and sys.stdout.isatty() else text)
    return 0


def _find(known: tuple[Rule, ...], wanted: str) -> list[Rule]:
    """The rule of a code, or those of a name: check and device may ask the same question of different things."""
    found = [rule for rule in known if wanted.casefold() in (rule.code.casefold(), rule.name.casefold())]
    if found:
        return found
    from gbcscheck.near_names import unknown

    raise UsageError(unknown("rule", wanted, [*(rule.code for rule in known), *(rule.name for rule in known)]))


def _markdown(rule: Rule) -> str:
    facts = f"Kind: {rule.kind}. Severity: {rule.severity}. Reads: {', '.join(rule.read_in_words) or 'no statement'}."
    return f"# {rule.code} {rule.name}\n\n{rule.question}\n\n{facts}\n\n{rule.text.strip()}\n"


def _rendered(text: str, width: int) -> str:
    """Markdown as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=width, force_terminal=True)
    with console.capture() as capture:
        console.print(Markdown(text))
    return capture.get()
