"""The keys of the configuration are the same wherever they are spoken of: read, in the schema, told of, on the page."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import gbcscheck
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.changes import policy_changes
from gbcscheck.policy.configuration import KEYS, Configuration

PACKAGE = Path(gbcscheck.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "waivers.md"
NOT_KEYS = {"file", "baseline", "lines"}
"""Fields that say where a configuration stands."""
NOT_SET = {"baseline", "configuration"}
"""What is told of beside the keys: the file of old entries, and a configuration that cannot be read."""
OF_HOUSE_RULES = {"rules"}
"""What becomes of house rules, and of the files that are named for them, is told by ``house_changes``."""

OLD = Configuration(Path("gbcscheck.toml"))
CHANGED = {
    "paths": Configuration(OLD.file, paths=("specs",)),
    "release": Configuration(OLD.file, release="current"),
    "alone": Configuration(OLD.file, alone=True),
    "fail-on": Configuration(OLD.file, fail_on="never"),
    "require-bump": Configuration(OLD.file, require_bump=True),
    "severity": Configuration(OLD.file, severity={"V101": "note"}),
    "waivers": Configuration(OLD.file, waivers=(Waiver("so", "V101", "A", expires=date(2027, 1, 31)),)),
    "exclude": Configuration(OLD.file, exclude=("drafts/",)),
    "strict-waivers": Configuration(OLD.file, strict_waivers=True),
}


def schema(name: str) -> Any:
    return json.loads((PACKAGE / name).read_text(encoding="utf-8"))


def test_each_is_read_into_a_field() -> None:
    assert {one.name for one in fields(Configuration)} - NOT_KEYS == {key.replace("-", "_") for key in KEYS}


def test_each_is_in_the_schema() -> None:
    assert sorted(schema("policy/configuration.schema.json")["properties"]) == sorted(KEYS)


def test_each_has_its_row_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| key | |") :].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `\[*([a-z-]+)\]*` \|", table, re.MULTILINE)) == sorted(KEYS)


def test_the_report_of_two_versions_may_name_each() -> None:
    keys = schema("report/compare.schema.json")["$defs"]["policy"]["properties"]["key"]["enum"]
    assert set(keys) == {*KEYS, *NOT_SET}


def test_each_change_of_one_is_told_under_it() -> None:
    assert CHANGED.keys() == set(KEYS) - OF_HOUSE_RULES


@pytest.mark.parametrize("key", CHANGED)
def test_a_change_is_told_under_its_key(key: str) -> None:
    assert {one.key for one in policy_changes(OLD, CHANGED[key], {"V101": "error"})[0]} == {key}
