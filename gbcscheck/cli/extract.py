"""``gbcscheck extract``: one source document made into an extract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from gbcscheck.cli import options
from gbcscheck.cli.streams import print_line, write_output
from gbcscheck.cli.terminal import Progress
from gbcscheck.printable import clean

if TYPE_CHECKING:
    from gbcscheck.api.extracting import Extracted, TableChoice

Command = TypeVar("Command", bound=Callable[..., int])

SHOWN = 5
"""More places than this that could not be read are counted and not named on standard error."""


@click.group(
    epilog="""\b
Examples:
  gbcscheck extract use-cases gbcs-use-cases-4.0.xlsx -o use-cases.json
  gbcscheck extract use-cases gbcs-use-cases-4.0.xlsx --stats
  gbcscheck extract table table-28d.xlsx --sheet "Table 28d"
  gbcscheck extract tables draft.docx
  gbcscheck extract xsd duis.xsd --root Request"""
)
def extract() -> None:
    """Make an extract of a source document.

    An extract holds the document's statements as JSON, each with its place in the source. It goes to standard output
    or to -o FILE. What could not be read is told on standard error and never guessed; it does not change the exit
    code.
    """


def _source_argument(command: Command) -> Command:
    return click.argument("file", metavar="FILE", type=options.FILE)(command)


def _version_option(command: Command) -> Command:
    return click.option(
        "--spec-version",
        "version",
        metavar="VERSION",
        help="Version of the specification, where the file's name or its comment does not tell it.",
    )(command)


def _shown_option(command: Command) -> Command:
    return click.option(
        "--name", metavar="NAME", help="Name of the source to cite in the extract; by default the path as given."
    )(command)


@extract.command(
    "use-cases",
    epilog="""\b
Examples:
  gbcscheck extract use-cases use-cases-4.0.xlsx -o use-cases.json
  gbcscheck extract use-cases use-cases-4.0.xlsx --stats""",
)
@_source_argument
@_version_option
@_shown_option
@click.option(
    "--stats", is_flag=True, help="Instead of the extract: what was read and what was not, by column and cell."
)
@options.limits_option
@options.output_option
def use_cases(file: Path, version: str | None, name: str | None, stats: bool, output: Path | None) -> int:
    """Use case tables of GBCS, from their workbook (all five sheets)."""
    from gbcscheck.api.extracting import of_use_cases, use_case_statistics

    with Progress() as progress:
        progress(f"reading {file}")
        extracted = of_use_cases(file, version=version, name=name)
    if stats:
        write_output(clean(use_case_statistics(extracted)), output, sources=[file])
        return 0
    return _finish(extracted, output)


@extract.command(
    epilog="""\b
Examples:
  gbcscheck extract xsd duis-5.4.xsd -o duis.json
  gbcscheck extract xsd duis-5.4.xsd --root Request"""
)
@_source_argument
@click.option("--root", metavar="NAME", help="Only this global element; by default every one of the file's namespace.")
@_version_option
@_shown_option
@options.limits_option
@options.allow_outside_option
@options.output_option
def xsd(
    file: Path, root: str | None, version: str | None, name: str | None, allow_outside: bool, output: Path | None
) -> int:
    """Elements, attributes and types of an XML schema (DUIS, MMC)."""
    from gbcscheck.api.extracting import of_schema

    with Progress() as progress:
        progress(f"reading {file}")
        extracted = of_schema(file, root=root, version=version, name=name, allow_outside=allow_outside)
    return _finish(extracted, output)


@extract.command(
    "service-requests",
    epilog="""\b
Examples:
  gbcscheck extract service-requests duis-request-matrix.json -o service-requests.json
  gbcscheck extract service-requests gbcs-use-cases.json -o use-case-list.json""",
)
@_source_argument
@_shown_option
@options.limits_option
@options.output_option
def service_requests(file: Path, name: str | None, output: Path | None) -> int:
    """Service request matrix, or the list of use cases, as JSON."""
    from gbcscheck.api.extracting import of_service_requests

    return _finish(of_service_requests(file, name=name), output)


@extract.command(
    epilog="""\b
Examples:
  gbcscheck extract table table-28d.xlsx -o table-28d.json
  gbcscheck extract table settings.csv --mapping columns.json
  gbcscheck extract table draft.docx --table 28d --view original
  gbcscheck extract table draft.docx --table 28d --view both""",
)
@_source_argument
@options.tables_and_both_options
@click.option(
    "--mapping",
    type=options.FILE,
    metavar="FILE",
    help="Which column says what, as JSON, where the titles are not the usual ones.",
)
@_shown_option
@options.limits_option
@options.output_option
def table(
    file: Path, mapping: Path | None, name: str | None, output: Path | None, tables: TableChoice, both: bool
) -> int:
    """Any table of settings, from a workbook, a CSV file or a Word document (Table 28d and others)."""
    from gbcscheck.api.extracting import changed_cells, of_table

    if both:
        from gbcscheck.cli.document_tables import changes_text

        write_output(clean(changes_text(changed_cells(file, tables, name=name), file)), output, sources=[file])
        return 0
    return _finish(of_table(file, mapping=mapping, name=name, tables=tables), output)


@extract.command(
    epilog="""\b
Examples:
  gbcscheck extract tables draft.docx
  gbcscheck extract tables draft.docx --format json -o tables.json"""
)
@_source_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="How they are listed; text unless said otherwise.",
)
@options.limits_option
@options.output_option
def tables(file: Path, form: str, output: Path | None) -> int:
    """List the tables of a Word document, or the sheets of a workbook: name, size, caption, heading, titles, how many
    tracked changes."""
    from gbcscheck.api.extracting import listed_tables
    from gbcscheck.cli.document_tables import listing_json, listing_text

    listing = listed_tables(file)
    text = listing_json(listing, file) if form == "json" else clean(listing_text(listing, file))
    write_output(text, output, sources=[file])
    return 0


@extract.command(
    "alert-codes",
    epilog="""\b
Example:
  gbcscheck extract alert-codes alert-codes.json -o codes.json""",
)
@_source_argument
@_shown_option
@options.limits_option
@options.output_option
def alert_codes(file: Path, name: str | None, output: Path | None) -> int:
    """Event and alert codes with their names, as JSON."""
    from gbcscheck.api.extracting import of_alert_codes

    return _finish(of_alert_codes(file, name=name), output)


@extract.command(
    epilog="""\b
Examples:
  gbcscheck extract zcl ami.xml -o smart-energy.json
  gbcscheck extract zcl general.xml --types types.xml"""
)
@_source_argument
@click.option(
    "--types", type=options.FILE, metavar="FILE", help="Another file of the same kind, with data types that FILE names."
)
@_version_option
@_shown_option
@options.limits_option
@options.output_option
def zcl(file: Path, types: Path | None, version: str | None, name: str | None, output: Path | None) -> int:
    """Clusters of ZigBee, from XML in the format of zap (commands, payloads, attributes)."""
    from gbcscheck.api.extracting import of_zcl

    return _finish(of_zcl(file, types=types, version=version, name=name), output)


@extract.command(
    epilog="""\b
Example:
  gbcscheck extract products central-products-list.csv -o products.json"""
)
@_source_argument
@_shown_option
@options.limits_option
@options.output_option
def products(file: Path, name: str | None, output: Path | None) -> int:
    """List of certified products, as CSV (the Central Products List)."""
    from gbcscheck.api.extracting import of_products

    return _finish(of_products(file, name=name), output)


def _finish(extracted: Extracted, output: Path | None) -> int:
    """Write an extract; never over what was read for it."""
    write_output(extracted.text, output, sources=extracted.sources(output), exact=True)
    _tell_unread(extracted)
    return 0


def _tell_unread(extracted: Extracted) -> None:
    """How much could not be read, and the first few places of it."""
    unread, file = extracted.unread, extracted.file
    _tell_not_taken(extracted)
    if not unread:
        return
    print_line(f"{file}: {len(unread):,} {'place' if len(unread) == 1 else 'places'} not read into a set of values:")
    for one in unread[:SHOWN]:
        text = one.text if len(one.text) <= 60 else f"{one.text[:57]}..."
        reason = one.reason.splitlines()[0] if one.reason else "unread"
        print_line(f"  {extracted.place_words(one)} {one.column}: {text!r}: {reason}")
    if len(unread) > SHOWN:
        print_line(f"  and {len(unread) - SHOWN:,} more")


def _tell_not_taken(extracted: Extracted) -> None:
    """How much of a table was not looked at, and the first few places of it."""
    left_out = extracted.not_taken
    if not left_out:
        return
    print_line(f"{extracted.file}: {len(left_out):,} {'place' if len(left_out) == 1 else 'places'} not taken:")
    for one in left_out[:SHOWN]:
        name = f" {one.text!r}" if one.text else ""
        print_line(f"  {extracted.place_words(one)}{name}: {one.reason}")
    if len(left_out) > SHOWN:
        print_line(f"  and {len(left_out) - SHOWN:,} more")
