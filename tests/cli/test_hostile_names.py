"""Files whose names are hostile: each format names them, and none holds a control character."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from lxml import etree

from gbcscheck.cli import run
from gbcscheck.report.formats import FORMATS

pytestmark = pytest.mark.usefixtures("small_release")

NAMES = (
    b"a\nerror: b.csv",
    b"\x1b[31mred.csv",
    b"::error ::x.csv",
    b"not-utf-8-\xff.csv",
    "turned\u202evsc.csv".encode(),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of tables that conflict among themselves, and one that cannot be read, all with hostile names."""
    specs = tmp_path / "specs"
    specs.mkdir()
    for number, name in enumerate(NAMES):
        table = f"Data item,Default,Permitted values\nRMSVoltageSagThreshold,{300 + number} V,1..2 V\n"
        (specs / os.fsdecode(name)).write_text(table)
    (specs / os.fsdecode(b"\xfe\x07.json")).write_text("{")
    (specs / "gbcscheck.toml").write_text('[[waivers]]\nrule = "V101"\nreason = "a\\u001bb\\u202ec"\n')
    monkeypatch.chdir(specs)
    return specs


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("more", [(), ("-q",)])
def test_every_format_names_them_and_holds_no_control_character(
    folder: Path, form: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", ".", "--format", form, "--notes", "--show-waived", *more]) == 2
    told = capsys.readouterr()
    for text in (told.out, told.err):
        odd = {sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert odd == set()
        assert not any(line.lstrip().startswith("::error ::x") for line in text.splitlines())
    assert told.err.splitlines()[0].startswith("error: \\udcfe\\x07.json:")
    assert "Traceback" not in told.err
    if form in ("json", "sarif", "gitlab"):
        assert json.loads(told.out)
    if form == "json":
        paths = {one["source"]["path"] for found in json.loads(told.out)["findings"] for one in found["statements"]}
        assert {os.fsencode(path) for path in paths} <= set(NAMES)
        assert paths
    if form == "junit":
        etree.fromstring(told.out.encode())


def test_the_other_commands_name_them_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(NAMES[3])
    for arguments in (
        ["extract", "table", name],
        ["extract", "table", name, "-o", os.fsdecode(b"out-\xff\x1b.json")],
        ["device", name],
        ["device", name, "--format", "json"],
        ["compare", name, os.fsdecode(NAMES[0])],
        ["compare", name, os.fsdecode(NAMES[0]), "--format", "sarif"],
        ["waive", "--rule", "V101", "--reason", "b\x1bc", "--config", os.fsdecode(b"\xff\x1b.toml")],
        ["check", os.fsdecode(b"absent-\xff\x1b.csv")],
    ):
        run(arguments)
        told = capsys.readouterr()
        for text in (told.out, told.err):
            assert not {sign for sign in text if sign != "\n" and not sign.isprintable()}, arguments
        assert "Traceback" not in told.err, arguments
