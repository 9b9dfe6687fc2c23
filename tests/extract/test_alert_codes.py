"""The list of event and alert codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.alert_codes import ALERT_CODES, read_alert_codes
from gbcscheck.facts.extract_file import ExtractRow


def write(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "codes.json"
    path.write_text(json.dumps(document))
    return path


def test_a_code_and_its_name(tmp_path: Path) -> None:
    reading = read_alert_codes(write(tmp_path, [{"code": "0x8f35", "name": "Supply  outage"}]))
    assert reading.extract.specification == ALERT_CODES
    assert reading.extract.rows == (ExtractRow("0x8F35", "name", value="Supply outage", source="/0/name"),)


def test_a_code_that_comes_twice_keeps_both_names(tmp_path: Path) -> None:
    codes = [{"code": "0x8F35", "name": "one"}, {"code": "0x8F35", "name": "two"}]
    rows = read_alert_codes(write(tmp_path, codes)).extract.rows
    assert [(row.subject, row.value) for row in rows] == [("0x8F35", "one"), ("0x8F35", "two")]


def test_what_is_no_code_is_listed(tmp_path: Path) -> None:
    codes = [{"code": "8F35", "name": "a"}, {"code": 36661, "name": "b"}, {"code": "0x8F35", "name": " "}]
    reading = read_alert_codes(write(tmp_path, codes))
    assert reading.extract.rows == ()
    assert [cell.place for cell in reading.unread] == ["/0/code", "/1/code", "/2/name"]


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="not a list of event and alert codes"):
        read_alert_codes(write(tmp_path, [{"number": 1}]))


def test_the_published_list(corpus: Path) -> None:
    reading = read_alert_codes(corpus / "alert-codes.json")
    assert len(reading.extract.rows) == 184
    assert reading.unread == ()
