"""``gbcscheck device``: what a device holds, sends or is sent, judged against every specification."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, INTERRUPTED, options, policy
from gbcscheck.cli.outputs import Output, OutputsCommand, category_option, outputs_options
from gbcscheck.cli.streams import print_line, write_output
from gbcscheck.cli.terminal import Progress, print_message, print_problem
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import DEVICE_TYPES, FORMATS, VARIANTS

if TYPE_CHECKING:
    from gbcscheck.api.judged_report import Choices
    from gbcscheck.cli.judged_outputs import Judged


@click.command(
    cls=OutputsCommand,
    epilog="""\b
Examples:
  gbcscheck device captures                        every file below a folder
  gbcscheck device command.hex --explain           the decoded message, with a verdict on every value
  gbcscheck device settings.xlsx meter.json        configurations
  gbcscheck device request.xml command.hex --pair  whether a request and its command say the same
  gbcscheck device value.hex --object 0-0:12.0.0.255 --attribute 2
  gbcscheck device payload.hex --use-case ECS17b
  gbcscheck device captures -j 4 --format json -o report.json
  gbcscheck device captures --format junit -o tests.xml --format text
  gbcscheck device captures --specs my-tables      judged against your own tables of GBCS
  gbcscheck device --template MaximumDemandConfigurableTimePeriod""",
)
@click.argument("paths", metavar="[FILE_OR_FOLDER]...", nargs=-1, type=click.Path(readable=False, allow_dash=True))
@click.option("--as", "kind", type=click.Choice(FORMATS), help="What the files are, whatever they look like.")
@click.option(
    "--gbcs",
    metavar="VERSION",
    default="",
    shell_complete=options.complete_gbcs,
    help="GBCS version to judge messages as; by default the newest that has the message code.",
)
@options.release_option
@click.option("--variant", type=click.Choice(VARIANTS), default=None, help="Kind of electricity meter.")
@click.option(
    "--device-type",
    type=click.Choice(DEVICE_TYPES, case_sensitive=False),
    default=None,
    help="Type of device whose files these are.",
)
@click.option(
    "--specs",
    multiple=True,
    metavar="FOLDER_OR_FILE",
    type=options.FILE,
    help="Your own extracts and tables, each in the place of the part that it holds; may be repeated.",
)
@click.option(
    "--object", "name", metavar="NAME", default="", help="Object of bare A-XDR: 0-0:12.0.0.255, or 10/0-0:12.0.0.255."
)
@click.option("--attribute", metavar="N", type=click.IntRange(1, 127), help="Attribute of that object; by default 2.")
@click.option("--method", metavar="N", type=click.IntRange(1, 127), help="Method of that object, in its stead.")
@click.option(
    "--use-case",
    metavar="NAME",
    default="",
    shell_complete=options.complete_use_case,
    help="Use case of a payload without its header, as ECS17b.",
)
@click.option("--hidden", is_flag=True, help="Read hidden sheets, rows and columns of workbooks too.")
@click.option("--pair", is_flag=True, help="Hold requests, commands and responses that belong together to each other.")
@click.option(
    "--template", is_flag=True, help="Print an empty configuration of the data items named, or of --device-type."
)
@click.option("--explain", is_flag=True, help="Print each decoded file as a tree, with a verdict on every value.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes to judge with, at most one a processor; 0 for as many.",
)
@click.option(
    "--strict", is_flag=True, help="Exit code 1 also where a file is not judged, or a value of it is unknown."
)
@policy.exclude_option
@policy.configuration_option
@policy.no_configuration_option
@options.house_rules_option
@options.fail_on_option
@outputs_options
@category_option
@options.notes_option
@policy.show_waived_option
@policy.strict_waivers_option
@options.limits_option
@options.allow_outside_option
@options.no_cache_option
@options.quiet_option
@options.no_color_option
def device(
    paths: tuple[str, ...],
    kind: str | None,
    gbcs: str,
    release: str | None,
    variant: str | None,
    device_type: str | None,
    specs: tuple[Path, ...],
    name: str,
    attribute: int | None,
    method: int | None,
    use_case: str,
    hidden: bool,
    pair: bool,
    template: bool,
    explain: bool,
    jobs: int,
    strict: bool,
    excluded: tuple[str, ...],
    config: Path | None,
    no_config: bool,
    house_paths: tuple[Path, ...],
    fail_on: str | None,
    outputs: tuple[Output, ...],
    category: str,
    notes: bool | None,
    show_waived: bool,
    strict_waivers: bool,
    allow_outside: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Report what specifications forbid of what a device holds, sends or is sent.

    Files are recognised by what they hold: GBCS messages in hexadecimal, configurations (JSON, JSON lines, .xlsx,
    .csv), DUIS requests and MMC responses, COSEM objects as XML; - is standard input. Folders are walked.

    Each message is judged as the newest GBCS version that has its message code. Signatures, MACs and encryption are
    not verified. A file that cannot be decoded makes the exit code 2; one that is decoded and not judged is named
    with the reason. The severities and waivers of a configuration count as they do for gbcscheck check.
    """
    from gbcscheck.api.judged_files import Asked, by_one_process
    from gbcscheck.api.judged_report import Choices, JudgeOptions, context_of, shipped_files, template_of
    from gbcscheck.api.policies import configuration_of, exclusions_of, fails_on, house_rules
    from gbcscheck.cli.judged_outputs import Look, Policy, judge_and_write

    if attribute is not None and method is not None:
        raise UsageError("--attribute and --method exclude each other")
    member = f"method {method}" if method is not None else f"attribute {attribute}" if attribute is not None else ""
    choices = Choices(gbcs, variant or "", device_type or "", name, member, use_case, hidden)
    forms = [output.form for output in outputs]
    _refuse_contradictions(paths, choices, kind, pair=pair, template=template, explain=explain, forms=forms)
    configuration = configuration_of(config, no_config=no_config, allow_outside=allow_outside)
    exclude = exclusions_of(configuration, excluded)
    house = house_rules(configuration, specs, house_paths, allow_outside=allow_outside)
    level = fails_on(fail_on, configuration)
    with Progress(quiet=quiet) as progress:
        context = context_of(choices, release, specs, progress, allow_outside=allow_outside, house=house)
        if template:
            text = template_of(context, paths, choices.device_type)
            write_output(text, outputs[0].path, sources=shipped_files(outputs[0].path), exact=True)
            return 0
    read = (*specs, *(Path(one.path) for one in house), *configuration.files)
    judged = judge_and_write(
        Asked(paths, context, JudgeOptions(kind or "", explain), jobs, pair, exclude, allow_outside),
        Policy(configuration, level, strict, strict_waivers, category, read),
        outputs,
        Look(explain, quiet, notes if notes is not None else level == "note", show_waived, no_color),
        quiet=quiet,
    )
    if why := by_one_process(jobs):
        print_line(f"note: {why}")
    for problem in judged.report.problems:
        print_problem(problem)
    if judged.run.interrupted:
        print_line("interrupted")
        return INTERRUPTED
    return _exit_code(judged, level, strict=strict)


def _refuse_contradictions(
    paths: tuple[str, ...],
    choices: Choices,
    kind: str | None,
    *,
    pair: bool,
    template: bool,
    explain: bool,
    forms: Sequence[str],
) -> None:
    """Raise UsageError for arguments that cannot be followed together."""
    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    if template and not paths and not choices.device_type:
        raise UsageError("--template needs the names of data items, or --device-type")
    if not paths and not template:
        raise UsageError("a file or a folder was expected; gbcscheck device --help tells more")
    if choices.member and not choices.object:
        raise UsageError("--attribute and --method belong to an --object")
    if choices.object and choices.use_case:
        raise UsageError("--object and --use-case exclude each other: the one is a value, the other a payload")
    if kind == "axdr" and not (choices.object or choices.use_case):
        raise UsageError("--as axdr needs --object and --attribute, or --use-case")
    if explain and not any(form in ("text", "json") for form in forms):
        raise UsageError("--explain is for text and JSON")
    if template and len(forms) > 1:
        raise UsageError("--template is JSON by itself; several formats are for files that are judged")
    if pair and (explain or kind):
        raise UsageError("--pair goes with neither --explain nor --as")


def _exit_code(judged: Judged, level: str, *, strict: bool) -> int:
    """0, FINDINGS or FAILED, as the design of the exit codes has it: a file that is not judged counts with --strict
    only, unless nothing at all was judged."""
    report, totals = judged.report, judged.totals
    if report.problems:
        return FAILED
    if not totals.judged:
        print_message("no file could be judged", hint=totals.first_reason or next(iter(report.skipped), ""))
        return FAILED
    if totals.reaches(level) or report.lax():
        return FINDINGS
    return FINDINGS if strict and (totals.judged < totals.files or totals.unknown) else 0
