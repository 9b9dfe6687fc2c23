"""Documents of the corpus as they are read, each once for all processes of the tests: a workbook takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from once import once

from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.extract_file import Reading


def use_cases(factory: pytest.TempPathFactory, corpus: Path, version: str) -> Reading:
    """The GBCS use case tables of a version."""
    path = corpus / "gbcs" / f"use-cases-{version}.xlsx"
    return once(factory, f"use cases {version}", lambda: read_use_cases(path))


def schema(factory: pytest.TempPathFactory, corpus: Path, name: str, version: str) -> Reading:
    """DUIS or MMC in a version."""
    path = corpus / "xsd" / version / f"{name} Schema V{version}.xsd"
    return once(factory, f"{name} {version}", lambda: read_schema(path))
