"""The extract file: written, read back, and refused with the place of each fault."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.facts.extract_file import Extract, ExtractRow, load_extract, parse_extract, render_extract
from gbcscheck.inputs.json_values import load_json
from gbcscheck.model import Place, Specification

EXTRACT = Extract(
    specification=Specification("GBCS", "4.0", "Table 28d"),
    provenance="derived",
    rows=(
        ExtractRow("Item.value", "default", domain="0..255", clause="Table 28d, row 1", source="Table 28d!D7"),
        ExtractRow("Item.value", "unit", value="V", provenance="published"),
        ExtractRow("Item.other", "default", text="see notes"),
    ),
    source_name="draft.xlsx",
    source_sha256="0" * 64,
    date="2021-11",
    generator="gbcscheck test",
)


def faults(document: Any) -> list[str]:
    with pytest.raises(Problems) as caught:
        parse_extract(json.dumps(document, indent=1).encode(), where="own.json")
    return [str(problem) for problem in caught.value.problems]


def minimal(**statement: Any) -> dict[str, Any]:
    return {
        "specification": "GBCS",
        "version": "4.0",
        "provenance": "published",
        "statements": [{"subject": "A", "attribute": "default", **statement}],
    }


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(render_extract(EXTRACT), encoding="utf-8")
    read = load_extract(path, shown="own.json")
    assert read.rows == EXTRACT.rows
    assert read.specification == EXTRACT.specification
    assert render_extract(read) == render_extract(EXTRACT)


def test_a_source_of_which_nobody_took_the_hash_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(render_extract(replace(EXTRACT, source_sha256="")), encoding="utf-8")
    assert load_extract(path, shown="own.json").source_name == EXTRACT.source_name


def test_each_statement_takes_one_line() -> None:
    lines = render_extract(EXTRACT).splitlines()
    assert sum('"subject"' in line for line in lines) == len(EXTRACT.rows)
    assert all(line.count('"subject"') <= 1 for line in lines)


def test_statements_take_what_they_lack_from_the_header() -> None:
    first, second, third = EXTRACT.statements()
    assert first.place == Place("draft.xlsx", sheet="Table 28d", cell="D7")
    assert (first.provenance, second.provenance) == ("derived", "published")
    assert third.place == Place("", pointer="/statements/2")
    assert third.written == "see notes"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (minimal(), "own.json:6: one of domain, value, text is needed (at /statements/0)"),
        (
            minimal(domain="0..", colour="red"),
            'own.json:10: "colour" is no member of a statement (at /statements/0/colour)',
        ),
        (minimal(value=None), "own.json:9: None is not of type 'string', 'number', 'boolean'"),
        ({**minimal(value="1"), "version": 4.0}, "own.json:3: 4.0 is not of type 'string' (at /version)"),
        ({**minimal(value="1"), "provenance": "guessed"}, "own.json:4: 'guessed' is not one of"),
    ],
)
def test_each_fault_names_pointer_and_line(document: Any, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in faults(document)), faults(document)


def test_a_domain_that_does_not_parse_is_marked() -> None:
    (fault,) = faults(minimal(domain="0..x"))
    assert fault.startswith("own.json:9: ")
    assert "/statements/0/domain" in fault
    assert "^" in fault


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b'{\n "a": }', "own.json:2:7: not valid JSON"),
        (b"[" * 200_000 + b"]" * 200_000, "more than 100 levels in the nesting of a JSON or TOML file; at most 100"),
        (b'{"a": "[[", "b": ' + b"[" * 200_000, "(--limits nesting=200 or more raises that)"),
        (b'{"a": NaN}', "NaN is not a JSON number"),
        (b'{"a":\n "\xff"}', "own.json:2: not UTF-8: octet 0xFF at offset 8"),
        (b"PK\x03\x04\xff\xfe", "a JSON file was expected"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource) as caught:
        load_json(path, where="own.json")
    assert expected in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        load_json(tmp_path / "nothing.json")
    with pytest.raises(UnreadableSource, match="this is a folder"):
        load_json(tmp_path)


@pytest.mark.parametrize(
    ("attribute", "value", "message"),
    [
        ("content-model", "(((", "it ends too early"),
        ("content-model", "(b,(" * 5000, "at most 100 are read (--limits model-brackets="),
        ("any-attribute", "foo", "no wildcard"),
        ("any-attribute", True, "no wildcard"),
    ],
)
def test_a_content_model_or_wildcard_that_does_not_parse_is_marked(attribute: str, value: Any, message: str) -> None:
    (fault,) = faults(minimal(attribute=attribute, value=value))
    assert fault.startswith("own.json:9: ")
    assert "/statements/0/value" in fault
    assert message in fault
