"""What files are by their content, whatever they are called."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from gbcscheck.device.files import (
    Argument,
    Kind,
    begins_with_json_lines,
    expand,
    read_content,
    recognise,
    text_of,
)
from gbcscheck.errors import UnreadableSource

MESSAGE = "DF09010000000000000001"


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (MESSAGE, "message"),
        (MESSAGE.lower(), "message"),
        ("\ufeff0xDD 0x00\n", "message"),
        ("DF 09 01 00 00 00 00 00 00 00 01 08 90 B3 D5 1F 30 O1", "message"),
        ('{"RandomisedOffsetLimit": 30}', "configuration"),
        ('{\n "RandomisedOffsetLimit": 30\n}', "configuration"),
        ('[{"RandomisedOffsetLimit": 30}]', "configuration"),
        ('{"a": 1}\n{"a": 2}\n', "configurations"),
        ('\n{"a": 1}\r\n\r\n{"a": 2', "configurations"),
        ("item,value\nRandomisedOffsetLimit,30\n", "table"),
        ("10;20;30\n", "table"),
        ("item\tvalue\n", "table"),
        ("GBCS 4.0 Table 28d\n\nitem,value\nRandomisedOffsetLimit,30\n", "table"),
        ('<?xml version="1.0"?>\n<!-- <Objects> -->\n<sr:Request xmlns:sr="urn:x">', "duis"),
        ("<Request>", "duis"),
        ('<ra:GBCSResponse xmlns:ra="urn:x"/>', "mmc"),
        ("<Objects/>", "objects"),
    ],
)
def test_a_file_is_recognised_by_its_content(content: str, form: str) -> None:
    assert recognise(content.encode(), "a") == Kind(form)


def test_the_octets_of_a_message_are_one_too() -> None:
    assert recognise(bytes.fromhex(MESSAGE) + bytes(range(256)), "a") == Kind("message")
    assert recognise(bytes.fromhex("DD000000000000") + b"AAAAAAAA", "a") == Kind("message")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    assert text_of(MESSAGE.encode(encoding)) == MESSAGE
    assert recognise(MESSAGE.encode(encoding), "a") == Kind("message")


def test_bare_octets_need_to_be_named() -> None:
    kind = recognise(b"0906 00000A8064FF", "a")
    assert kind.form == ""
    assert "0x09" in kind.reason
    assert "--use-case" in kind.reason
    assert recognise(b"0906 00000A8064FF", "a", bare=True) == Kind("axdr")
    assert recognise(bytes.fromhex("0906 00000A8064FF"), "a", bare=True) == Kind("axdr")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"specification": "GBCS", "statements": []}', "an extract of a specification"),
        ('{"entries": []}', "a crosswalk"),
        ('{"tool": {}, "findings": []}', "a report of gbcscheck"),
        ('{"columns": {}}', "a mapping of table columns"),
        ('[{"code": "0x8F35", "name": "Alert"}]', "a list of event and alert codes"),
        ('[{"Service Reference": "6.18"}]', "a list of service requests"),
        ("[1, 2]", "a JSON list"),
        ("[]", "a JSON list"),
        ('<xs:schema xmlns:xs="urn:x"/>', "an XML schema"),
        ("<Response/>", "a response of the DCC"),
        ("<note/>", "an XML document with the root note"),
    ],
)
def test_what_is_something_else_is_told(content: str, reason: str) -> None:
    kind = recognise(content.encode(), "a")
    assert kind.form == ""
    assert kind.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"caf\xe9 au lait", "a text file"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x01\x00", "a binary file"),
        (b"%PDF-1.7\n\x00\x01", "a PDF document"),
        (b"<!DOCTYPE html><html><body/></html>", "an HTML page"),
        (b" \n\t ", "the file holds blanks only"),
        (b"<!-- nothing -->", "XML without a root element"),
        (b'{"a": }', "not valid JSON"),
        (b"PK\x03\x04 and no more", "a truncated or damaged zip archive"),
        (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
    ],
)
def test_what_cannot_be_decoded_is_an_error(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        recognise(content, "a")
    assert caught.value.problem.startswith(problem)


def test_a_workbook_of_use_cases_is_one_for_check(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "GBZ"
    book.save(tmp_path / "use-cases.xlsx")
    kind = recognise((tmp_path / "use-cases.xlsx").read_bytes(), str(tmp_path / "use-cases.xlsx"))
    assert kind.reason.startswith("a workbook of GBCS use cases")
    book.active.title = "Settings"
    book.save(tmp_path / "settings.xlsx")
    assert recognise((tmp_path / "settings.xlsx").read_bytes(), str(tmp_path / "settings.xlsx")) == Kind("table")


def test_a_real_request_is_recognised(corpus: Path) -> None:
    for path in sorted((corpus / "duis-requests").iterdir()):
        assert recognise(path.read_bytes(), str(path)) == Kind("duis")
    for path in sorted((corpus / "rtds").glob("*/*.HEX")):
        assert recognise(path.read_bytes(), str(path)) == Kind("message")


# --- arguments -------------------------------------------------------------------------------------------------------


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b/2.hex", "b/1.hex", "a.hex", ".hidden", ".git/x", "~$lock.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found, problems, _ = expand([str(tmp_path), str(tmp_path / "a.hex"), "-"])
    names = [Path(argument.path).relative_to(tmp_path).as_posix() for argument in found[:-1]]
    assert names == ["a.hex", "b/1.hex", "b/2.hex"]
    assert all(argument.found for argument in found[:-1])
    assert found[-1] == Argument("-")
    assert problems == []


def test_what_is_missing_or_empty_is_a_problem(tmp_path: Path) -> None:
    found, problems, _ = expand([str(tmp_path / "missing"), str(tmp_path)])
    assert found == []
    assert [problem.problem for problem in problems] == ["no such file or folder", "there is no file in this folder"]


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "a.hex").write_text(MESSAGE)
    try:
        os.symlink(tmp_path, tmp_path / "again")
    except OSError:
        pytest.skip("links cannot be made here")
    found, _, _ = expand([str(tmp_path)])
    assert [Path(argument.path).name for argument in found] == ["a.hex"]


def test_an_empty_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(UnreadableSource, match="the file is empty"):
        read_content(str(tmp_path / "empty"))


def test_json_lines_are_told_by_their_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("\n".join(json.dumps({"item": number}) for number in range(20_000)))
    assert begins_with_json_lines(str(path))
    path.write_text(json.dumps({"item": 1}, indent=1))
    assert not begins_with_json_lines(str(path))
    assert not begins_with_json_lines(str(tmp_path / "missing"))
    assert not begins_with_json_lines("-")
