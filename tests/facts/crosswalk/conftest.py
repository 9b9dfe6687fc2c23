"""What the tests of the crosswalk read from the corpus, each file once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_places import Table
from crosswalk_proof import Pair, pairs
from crosswalk_shipped import SCHEMAS, TABLES

from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.extract.xsd import read_schema


@pytest.fixture(scope="package")
def tables(corpus: Path) -> Mapping[str, Table]:
    """The GBCS use case tables by version."""
    return {
        version: Table.of(read_use_cases(corpus / "gbcs" / f"use-cases-{version}.xlsx").extract.rows)
        for version in TABLES
    }


@pytest.fixture(scope="package")
def schemas(corpus: Path) -> Mapping[str, Table]:
    """The elements of DUIS and MMC by name and version (``DUIS 5.4``)."""
    return {
        f"{name} {version}": Table.of(
            read_schema(corpus / "xsd" / version / f"{name} Schema V{version}.xsd").extract.rows
        )
        for name in ("DUIS", "MMC")
        for version in SCHEMAS
    }


@pytest.fixture(scope="package")
def available(corpus: Path) -> list[Pair]:
    """The pairs of a service request and a command."""
    return pairs(corpus)
