"""``gbcscheck schema``: the JSON Schemas that ship, for editors and other validators."""

from __future__ import annotations

from pathlib import Path

import click

from gbcscheck.cli.streams import write_stdout
from gbcscheck.errors import UsageError

PACKAGE = Path(__file__).parent.parent
SCHEMAS = {
    "configuration": ("policy/configuration.schema.json", "gbcscheck.toml"),
    "baseline": ("policy/baseline.schema.json", "gbcscheck-baseline.toml"),
    "house-rules": ("policy/house-rules.schema.json", "a file of house rules"),
    "releases": ("release/releases.schema.json", "releases.toml of a repository of specifications"),
    "extract": ("facts/extract.schema.json", "an extract"),
    "table-mapping": ("extract/table-mapping.schema.json", "what the columns of a table mean"),
    "crosswalk": ("facts/crosswalk.schema.json", "a crosswalk"),
    "directions": ("facts/directions.schema.json", "who sends and who receives what"),
    "device-configuration": ("device/configuration/configuration.schema.json", "a configuration of a device"),
    "report": ("report/report.schema.json", "the JSON report of check and device"),
    "compare": ("report/compare.schema.json", "the JSON report of compare"),
}
"""File and purpose of every schema, by name."""


@click.command(
    epilog="""\b
Examples:
  gbcscheck schema                                     which there are
  gbcscheck schema configuration > gbcscheck.schema.json
  check-jsonschema --default-filetype toml --schemafile gbcscheck.schema.json gbcscheck.toml"""
)
@click.argument("name", metavar="[NAME]", default="")
def schema(name: str) -> int:
    """Print a JSON Schema that ships, or list them.

    They are of draft 2020-12. A validator that reads TOML holds gbcscheck.toml and releases.toml against theirs.
    """
    if not name:
        widest = max(map(len, SCHEMAS))
        write_stdout("".join(f"{one:<{widest}}  {purpose}\n" for one, (_, purpose) in SCHEMAS.items()))
        return 0
    if name not in SCHEMAS:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("schema", name, SCHEMAS))
    write_stdout((PACKAGE / SCHEMAS[name][0]).read_text(encoding="utf-8"), exact=True)
    return 0
