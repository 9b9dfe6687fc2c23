"""Arguments that several commands take, and what a shell may complete them to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from click.shell_completion import CompletionItem

from gbcscheck.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path, readable=False)
"""A file that a reader opens, and reports where it cannot."""
STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def _output_of(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """The file to write; None for standard output by any of its names."""
    return None if value is not None and str(value) in STANDARD_OUTPUT else value


def release_of(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise UsageError("--release is empty; the name of a release was expected")
    return value


def complete_releases(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from gbcscheck.api.completing import releases_that_ship

    return [CompletionItem(name, help=title) for name, title in releases_that_ship() if name.startswith(incomplete)]


def _named_release(ctx: click.Context) -> str | None:
    name = ctx.params.get("release")
    return name if isinstance(name, str) else None


def complete_gbcs(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Versions of GBCS of which a use case table ships."""
    from gbcscheck.api.completing import versions_of_gbcs

    return [CompletionItem(version) for version in versions_of_gbcs() if version.startswith(incomplete)]


def complete_use_case(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Use cases that begin like a word, whatever its case."""
    from gbcscheck.api.completing import use_cases_of

    wanted = incomplete.casefold()
    known = use_cases_of(_named_release(ctx))
    return [CompletionItem(name, help=title) for name, title in known if name.casefold().startswith(wanted)]


def complete_rule(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of rules that begin like a word, those of ``check`` first."""
    from gbcscheck.api.completing import rules_of_check, rules_of_device

    wanted = incomplete.casefold()
    known = (*rules_of_check(), *rules_of_device())
    return [CompletionItem(code, help=name) for code, name in known if code.casefold().startswith(wanted)]


def complete_rules_and_kinds(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of rules and kinds of conflict that begin like the last word of a comma list."""
    from gbcscheck.api.completing import rules_of_check
    from gbcscheck.model import KINDS

    before, comma, last = incomplete.rpartition(",")
    wanted = last.casefold()
    rules = [
        CompletionItem(f"{before}{comma}{code}", help=name)
        for code, name in rules_of_check()
        if code.casefold().startswith(wanted)
    ]
    kinds = [CompletionItem(f"{before}{comma}{kind}") for kind in KINDS if kind.startswith(wanted)]
    return [*rules, *kinds]


def complete_documents(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Documents of a release that ships that begin like the last word of a comma list, whatever its case."""
    from gbcscheck.api.completing import documents_of

    before, comma, last = incomplete.rpartition(",")
    known = documents_of(_named_release(ctx))
    return [CompletionItem(f"{before}{comma}{name}") for name in known if name.casefold().startswith(last.casefold())]


def release_option(command: Command) -> Command:
    """``--release NAME``."""
    return click.option(
        "--release",
        metavar="NAME",
        callback=release_of,
        shell_complete=complete_releases,
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


def fail_on_option(command: Command) -> Command:
    """``--fail-on SEVERITY``."""
    return click.option(
        "--fail-on",
        type=click.Choice(("error", "warning", "note", "never")),
        help="Least severity of a finding that makes the exit code 1; error unless the configuration says otherwise.",
    )(command)


def notes_option(command: Command) -> Command:
    """``--notes`` and ``--no-notes``."""
    return click.option(
        "--notes/--no-notes",
        default=None,
        help="Whether the text report shows findings of severity note; by default only with --fail-on note.",
    )(command)


def allow_outside_option(command: Command) -> Command:
    """``--allow-outside``."""
    return click.option(
        "--allow-outside",
        is_flag=True,
        help="Read also what files of the repository name outside of it, and what links lead to there.",
    )(command)


def _read_anew(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from gbcscheck.api.kept import without_cache

        ctx.with_resource(without_cache())


def no_cache_option(command: Command) -> Command:
    """``--no-cache``, for every command that keeps what it has read."""
    return click.option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        callback=_read_anew,
        help="Read everything anew, and keep nothing in the user's cache folder.",
    )(command)


def tables_options(command: Command) -> Command:
    """``--sheet``, ``--table``, ``--column``, ``--hidden`` and ``--view``, as the one parameter ``tables``."""
    return _tables_options(command, both=False)


def tables_and_both_options(command: Command) -> Command:
    """The same, with a view ``both``, which the parameter ``both`` stands for."""
    return _tables_options(command, both=True)


def _tables_options(command: Command, *, both: bool) -> Command:
    from functools import wraps

    from gbcscheck.api.extracting import TableChoice

    @wraps(command)
    def chosen(*args: Any, sheet: str, table_name: str, column: str, hidden: bool, view: str, **rest: Any) -> int:
        seen: Literal["original", "final"] = "original" if view == "original" else "final"
        tables = TableChoice(sheet, table_name, column, hidden=hidden, view=seen)
        done: int = command(*args, tables=tables, **rest, **({"both": view == "both"} if both else {}))
        return done

    views = ("final", "original", "both") if both else ("final", "original")
    cells = "; both lists the cells that differ" if both else ""
    named: Command = chosen  # type: ignore[assignment]
    for option in reversed(
        (
            click.option(
                "--sheet",
                metavar="NAME",
                default="",
                help="Only this sheet of a workbook; by default all that are shown.",
            ),
            click.option(
                "--table",
                "table_name",
                metavar="NAME",
                default="",
                help="Only the table of this number, title or place: 28d, Sheet1!A7.",
            ),
            click.option(
                "--column",
                metavar="TITLE",
                default="",
                help="Which column is meant, where several say the same: Proposed, Polyphase.",
            ),
            click.option("--hidden", is_flag=True, help="Read hidden sheets, rows and columns too."),
            click.option(
                "--view",
                type=click.Choice(views),
                default="final",
                help="Of a Word document with tracked changes: as it is with all of them accepted (final), or as it "
                f"was before them{cells}.",
            ),
        )
    ):
        named = option(named)
    return named


def house_rules_option(command: Command) -> Command:
    """``--house-rules FOLDER_OR_FILE``."""
    return click.option(
        "--house-rules",
        "house_paths",
        multiple=True,
        metavar="FOLDER_OR_FILE",
        type=FILE,
        help="Rules of your own, in TOML; those of the configuration are taken anyway; may be repeated.",
    )(command)


def quiet_option(command: Command) -> Command:
    """``-q``."""
    return click.option("-q", "--quiet", is_flag=True, help="One line a finding, and no summary and no progress.")(
        command
    )


def _complete_limits(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from gbcscheck.limits import LIMITS

    return [
        CompletionItem(f"{limit.name}={limit.value}", help=f"{limit.unit} in {limit.of}")
        for limit in LIMITS
        if limit.name.startswith(incomplete.partition("=")[0].strip())
    ]


def _set_limits(ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> None:
    """Read by the limits that are named until the command is done."""
    if value and not ctx.resilient_parsing:
        from gbcscheck.limits import by_limits, parse_limits

        ctx.with_resource(by_limits(parse_limits(value)))


def limits_option(command: Command) -> Command:
    """``--limits NAME=VALUE``, for every command that reads what a user names."""
    return click.option(
        "--limits",
        multiple=True,
        metavar="NAME=VALUE",
        is_eager=True,
        expose_value=False,
        callback=_set_limits,
        shell_complete=_complete_limits,
        help="Read more of something than usual, as octets=200M (k, M, G for thousands); the message that refuses an "
        "input names the limit. May be repeated.",
    )(command)


def no_color_option(command: Command) -> Command:
    """``--no-color``."""
    return click.option(
        "--no-color", is_flag=True, help="No colour on a terminal either; the variable NO_COLOR does the same."
    )(command)
