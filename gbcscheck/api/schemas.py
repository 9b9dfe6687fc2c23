"""The JSON Schemas that ship."""

from __future__ import annotations

from pathlib import Path

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
    "names": ("facts/names.schema.json", "what people call data items and their elements"),
    "directions": ("facts/directions.schema.json", "who sends and who receives what"),
    "device-configuration": ("device/configuration/configuration.schema.json", "a configuration of a device"),
    "report": ("report/report.schema.json", "the JSON report of check and device"),
    "compare": ("report/compare.schema.json", "the JSON report of compare"),
    "repairs": ("report/repairs.schema.json", "the JSON proposal of repair"),
    "fleet": ("report/fleet.schema.json", "the JSON summary of fleet"),
}
"""File and purpose of every schema, by name."""


def schema_text(name: str) -> str:
    """A schema as it ships; UsageError with near names for one that is not known."""
    if name not in SCHEMAS:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("schema", name, SCHEMAS))
    return (PACKAGE / SCHEMAS[name][0]).read_text(encoding="utf-8")
