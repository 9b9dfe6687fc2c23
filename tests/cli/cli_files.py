"""What the tests of the command share: its environment, and small files that conflict."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., "subprocess.CompletedProcess[str]"]

USE_CASES: dict[str, Any] = {
    "specification": "GBCS",
    "version": "9.0",
    "part": "use cases",
    "provenance": "synthetic",
    "source": {"name": "gbcs/use-cases-9.0.xlsx"},
    "statements": [
        {"subject": "ECS99", "attribute": "title", "value": "Set Interval", "source": "Use cases!B2"},
        {
            "subject": "ECS99/Interval.value",
            "attribute": "type",
            "domain": "0..65535",
            "text": "long-unsigned",
            "source": "DLMS!H2",
        },
        {
            "subject": "ECS99/Interval.value",
            "attribute": "constant",
            "domain": "30",
            "text": "||0x001E",
            "clause": "ECS99, row 1",
            "source": "DLMS!K2",
        },
        {
            "subject": "ECS99/Limit.value",
            "attribute": "type",
            "domain": "0..255",
            "text": "unsigned",
            "source": "DLMS!H3",
        },
        {
            "subject": "ECS98/Limits.values[*].low",
            "attribute": "type",
            "domain": "0..255",
            "text": "unsigned",
            "source": "DLMS!H4",
        },
        {
            "subject": "ECS98/Limits.values[*].high",
            "attribute": "type",
            "domain": "0..255",
            "text": "unsigned",
            "source": "DLMS!H5",
        },
    ],
}
TABLE: dict[str, Any] = {
    "specification": "GBCS",
    "version": "9.0",
    "part": "Table 9",
    "provenance": "synthetic",
    "statements": [
        {
            "subject": "Interval.value",
            "attribute": "default",
            "domain": "15",
            "text": "0x000F",
            "clause": "Table 9, row 1",
        },
    ],
}
RELEASES = """\
default = "draft"

[release.draft]
title = "A draft"
note = "Made up."
extracts = ["use-cases.json", "table-9.json"]

[release.corrected]
title = "The draft, corrected"
extracts = ["use-cases.json"]
"""


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output, and with some changes."""
    dropped = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
    return {**{key: value for key, value in os.environ.items() if key not in dropped}, **changes}


def write_json(path: Path, document: object) -> Path:
    """Write a JSON file and return its path."""
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return path
