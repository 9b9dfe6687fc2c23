"""``gbcscheck schema``: the JSON Schemas that ship, for editors and other validators."""

from __future__ import annotations

import click

from gbcscheck.api.schemas import SCHEMAS, schema_text
from gbcscheck.cli.streams import write_stdout


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
    write_stdout(schema_text(name), exact=True)
    return 0
