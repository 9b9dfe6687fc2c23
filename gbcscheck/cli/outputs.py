"""Several outputs of one run: ``--format sarif -o a.sarif --format text``, each written whole, or none of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from gbcscheck.api.formats import CATEGORY, FORMATS
from gbcscheck.cli.options import FILE, STANDARD_OUTPUT
from gbcscheck.cli.streams import staged, write_stdout
from gbcscheck.errors import UsageError
from gbcscheck.frozen import frozen

Command = TypeVar("Command", bound=Callable[..., Any])


@frozen
class Output:
    """One output: its format, and its file, None for standard output."""

    form: str
    path: Path | None = None


class OutputsCommand(click.Command):
    """A command with ``outputs_options``, which sees the order of ``--format`` and ``-o``: each ``-o`` belongs to the
    ``--format`` before it. The parameter ``outputs`` holds what they ask for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, twice: the order in which options stand is told by the parser alone."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        values = {name: iter(ctx.params.pop(name, None) or ()) for name in ("form", "output")}
        if not ctx.resilient_parsing:
            given = [(one.name, next(values[one.name])) for one in order if one.name in values]
            ctx.params["outputs"] = outputs_of(given)
        return rest


def outputs_options(command: Command) -> Command:
    """``--format FORMAT`` and ``-o FILE``, in pairs; for an OutputsCommand."""
    command = click.option(
        "-o",
        "--output",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="Write the format before it to this file, whole or not at all, instead of standard output (-).",
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice(tuple(FORMATS)),
        multiple=True,
        help="Form of the output; text unless said otherwise. May be repeated, each with its own -o.",
    )(command)


def category_option(command: Command) -> Command:
    """``--category NAME``."""
    return click.option(
        "--category",
        default=CATEGORY,
        show_default=True,
        metavar="NAME",
        callback=_category_of,
        help="Name of this run among several on one repository, in the formats sarif and markdown.",
    )(command)


def _category_of(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._/-]{0,98}[A-Za-z0-9])?", value) or "--" in value:
        raise UsageError(
            "--category has to be 1 to 100 letters (A-Z, a-z), digits and ._/- (no two hyphens together), the first "
            f"and the last a letter or a digit; found {value[:120]!r}"
        )
    return value


def outputs_of(given: Sequence[tuple[str | None, Any]]) -> tuple[Output, ...]:
    """The outputs that options ask for, as pairs of ``form`` or ``output`` and a value, in their order.

    A single ``-o`` may stand before its ``--format``. UsageError for a file without a format among several outputs,
    for two outputs to one file, and for two to standard output.
    """
    forms = [value for name, value in given if name == "form"]
    files = [_file(value) for name, value in given if name == "output"]
    if len(forms) <= 1 and len(files) <= 1:
        return (Output(forms[0] if forms else next(iter(FORMATS)), files[0] if files else None),)
    found: list[Output] = []
    waiting = ""
    for name, value in given:
        if name == "form":
            found.extend([Output(waiting)] if waiting else ())
            waiting = value
        elif waiting:
            found.append(Output(waiting, _file(value)))
            waiting = ""
        else:
            raise UsageError(f"no --format stands before -o {value}: of several outputs each -o follows its --format")
    found.extend([Output(waiting)] if waiting else ())
    _refuse_same(found)
    return tuple(found)


def _file(value: Path) -> Path | None:
    return None if str(value) in STANDARD_OUTPUT else value


def _refuse_same(outputs: Sequence[Output]) -> None:
    """UsageError where two outputs go to one file, by whatever names, or to standard output; a device takes several."""
    for index, output in enumerate(outputs):
        for other in outputs[:index]:
            if output.path is None and other.path is None:
                raise UsageError(
                    f"{other.form} and {output.form} would both go to standard output; give one of them an -o FILE"
                )
            if output.path is not None and other.path is not None and _same(output.path, other.path):
                raise UsageError(f"{other.form} and {output.form} would both go to one file", where=str(output.path))


def _same(one: Path, other: Path) -> bool:
    if one.exists() and not one.is_file():
        return False
    try:
        return os.path.realpath(one) == os.path.realpath(other) or one.samefile(other)
    except OSError:
        return False


def write_outputs(
    texts: Sequence[tuple[Output, str]], *, sources: Callable[[Path | None], Iterable[str | Path]] = lambda _: ()
) -> None:
    """Write every output, or none: files are put in their places once all of them and standard output are written.

    ``sources`` gives the files that were read and that an output could be; GbcscheckError where it is one of them, or
    where one cannot be written.
    """
    files = [(text.encode("utf-8", errors="backslashreplace"), output.path) for output, text in texts if output.path]
    read = [source for _, path in files for source in sources(path)]
    with staged(files, sources=read) as commit:
        for output, text in texts:
            if output.path is None:
                write_stdout(text, exact=not FORMATS[output.form].is_text)
        commit()
