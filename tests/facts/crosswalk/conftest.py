"""What the tests of the crosswalk read from the corpus, each file once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_places import Table
from crosswalk_proof import Pair, pairs
from crosswalk_shipped import SCHEMAS, TABLES
from read_once import schema, use_cases


@pytest.fixture(scope="package")
def tables(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Table]:
    """The GBCS use case tables by version."""
    return {version: Table.of(use_cases(tmp_path_factory, corpus, version).extract.rows) for version in TABLES}


@pytest.fixture(scope="package")
def schemas(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Table]:
    """The elements of DUIS and MMC by name and version (``DUIS 5.4``)."""
    return {
        f"{name} {version}": Table.of(schema(tmp_path_factory, corpus, name, version).extract.rows)
        for name in ("DUIS", "MMC")
        for version in SCHEMAS
    }


@pytest.fixture(scope="package")
def available(corpus: Path) -> list[Pair]:
    """The pairs of a service request and a command."""
    return pairs(corpus)
