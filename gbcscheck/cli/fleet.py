"""``gbcscheck fleet``: what millions of devices hold, judged by the rules of ``gbcscheck device``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options, policy
from gbcscheck.cli.streams import print_line, write_stdout
from gbcscheck.cli.terminal import Progress, layout_for, print_problem
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import DEVICE_TYPES
from gbcscheck.model.fleet import ENGINES, LAYOUTS

if TYPE_CHECKING:
    from gbcscheck.api.fleet import Fleet


@click.command(
    epilog="""\b
Examples:
  gbcscheck fleet reads.parquet                    which settings are wrong, at how many devices, by firmware
  gbcscheck fleet reads/ -o result                 all files of a folder; result/report.html has the plots
  gbcscheck fleet 'reads/day=2026-11-*/*.parquet'  a glob; folders may say columns in the manner of Hive
  gbcscheck fleet reads.csv --mapping names.json   columns under names of your own
  gbcscheck fleet long.jsonl --layout long         one line a value: device, item, value
  gbcscheck fleet reads/ --memory 4GiB -j 8        more memory, eight threads
  gbcscheck fleet reads.parquet --sql duckdb       the checks of these columns, for a pipeline of your own
  spark-submit ... fleet s3://bucket/reads --engine spark -o result""",
)
@click.argument("paths", metavar="FILES...", nargs=-1, type=click.Path(readable=False))
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="What counts.")
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default=None,
    help="One row a value (device, item, value), or one column an item; by default what the columns say.",
)
@options.release_option
@click.option(
    "--mapping", type=options.FILE, metavar="FILE", help="What names of your own mean: a mapping as of tables, in JSON."
)
@click.option(
    "--device-type",
    type=click.Choice(DEVICE_TYPES, case_sensitive=False),
    default=None,
    help="Type of the devices.",
)
@click.option(
    "--memory", metavar="SIZE", default="1GiB", show_default=True, help="Most memory of the whole run, as 512M or 4GiB."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Threads of the engine; one a processor unless said otherwise.",
)
@click.option("--since", metavar="TIME", default="", help="Only reads from this time on, as 2026-11-01.")
@click.option(
    "--differs-from",
    type=click.Choice(("default",)),
    default=None,
    help="Also who holds another value than the default.",
)
@click.option(
    "--compare",
    type=options.FILE,
    metavar="RUN",
    help="Folder of an earlier run: what is newly wrong, and what mended.",
)
@click.option(
    "--sample",
    type=click.IntRange(1, 10_000),
    default=None,
    metavar="N",
    help="N devices that show what was found, as JSON lines for gbcscheck device; needs -o.",
)
@click.option(
    "--sql",
    type=click.Choice(("duckdb", "spark")),
    default=None,
    help="Print the checks of the columns of the first file as SQL, and judge nothing.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Form of what is printed.")
@click.option(
    "-o",
    "--output",
    type=options.FILE,
    metavar="FOLDER",
    help="Folder for the list of violations, the page and the numbers: written whole or not at all.",
)
@policy.configuration_option
@policy.no_configuration_option
@options.house_rules_option
@options.fail_on_option
@options.limits_option
@options.allow_outside_option
@options.no_cache_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@options.no_color_option
def fleet(
    paths: tuple[str, ...],
    engine: str,
    layout: str | None,
    release: str | None,
    mapping: Path | None,
    device_type: str | None,
    memory: str,
    jobs: int,
    since: str,
    differs_from: str | None,
    compare: Path | None,
    sample: int | None,
    sql: str | None,
    form: str,
    output: Path | None,
    config: Path | None,
    no_config: bool,
    house_paths: tuple[Path, ...],
    fail_on: str | None,
    allow_outside: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Judge what millions of devices hold, by the rules of gbcscheck device.

    FILES are Parquet, CSV or JSON lines: files, folders, globs, or paths of a store, which the engine reads. In the
    wide layout each row is a read of a device, and each column a data item by any name that gbcscheck device knows,
    maybe with a unit in parentheses; in the long one each row is a value: device, item, value, unit. The newest read
    of a device counts.

    The engine decides what is certain, and every other value is judged as gbcscheck device judges it. Sources are
    never written. A run that was stopped is taken up again by the same command.
    """
    from gbcscheck.api.fleet import FleetOptions, fleet_sql, judged_fleet, memory_of, need, reaches, rendered
    from gbcscheck.api.policies import configuration_of, fails_on, house_rules

    if not paths:
        raise UsageError("a file or a folder was expected; gbcscheck fleet --help tells more")
    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    if sample and output is None:
        raise UsageError("--sample writes a file into the folder of the run: -o FOLDER names it")
    need(engine)
    configuration = configuration_of(config, no_config=no_config, allow_outside=allow_outside)
    house = house_rules(configuration, (), house_paths, allow_outside=allow_outside)
    level = fails_on(fail_on, configuration)
    asked = FleetOptions(
        paths,
        engine,
        layout or "",
        release,
        mapping,
        device_type or "",
        memory_of(memory),
        jobs,
        since,
        tuple(house),
        allow_outside,
        differs_from is not None,
        compare,
        sample or 0,
    )
    if sql is not None:
        write_stdout(fleet_sql(asked, sql), exact=True)
        return 0
    with Progress(quiet=quiet) as progress, judged_fleet(asked, output, progress) as judged:
        if output is not None:
            progress("writing the folder of the run")
            judged.finish()
        progress("")
    text = rendered(judged.run, form, layout_for(None, no_color=no_color))
    write_stdout(text, exact=form == "json")
    if output is not None and not quiet:
        print_line(f"written: {output}")
    for problem in judged.problems:
        print_problem(problem)
    return _exit_code(judged, reaches(judged.run, level))


def _exit_code(judged: Fleet, is_found: bool) -> int:
    """0, FINDINGS or FAILED: the last where something could not be read, or nothing was judged."""
    if judged.problems or not judged.run.values or any(source.problem for source in judged.run.sources):
        return FAILED
    return FINDINGS if is_found else 0
