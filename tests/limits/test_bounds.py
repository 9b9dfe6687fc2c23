"""What once took gigabytes, minutes or a traceback is refused, in a moment, with its file and the reason."""

from __future__ import annotations

import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.cli import run
from gbcscheck.errors import UnreadableSource, reading_input
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import load_extract
from gbcscheck.inputs.files import read_octets
from gbcscheck.limits import DOMAIN, OverLimit, by_limits
from gbcscheck.notation.canonical import NotationError, parse_domain
from gbcscheck.policy.configuration import load_configuration

pytestmark = pytest.mark.usefixtures("small_release")

Captured = pytest.CaptureFixture[str]
HEAD = {"specification": "X", "version": "1", "provenance": "published"}


def extract(path: Path, statements: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps({**HEAD, "statements": statements}), "utf-8")
    return path


def statement_of(name: str, domain: str = "1") -> dict[str, Any]:
    return {"subject": name, "attribute": "default", "domain": domain}


def refused(arguments: list[str], captured: Captured, seconds: float = 5) -> str:
    """What a command says that ends with exit code 2 and no traceback, within some seconds of processor time."""
    began = time.process_time()
    assert run(arguments) == 2
    assert time.process_time() - began < seconds
    told = captured.readouterr().err
    assert "Traceback" not in told
    assert "fault of gbcscheck" not in told
    return told


@pytest.mark.parametrize("command", ["check", "compare"])
@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ([statement_of("/a" * 100_000)], "/statements/0: 200,000 characters in the name of a subject; at most 10,000"),
        ([statement_of("/a" * 300)], "300 steps in the path of a subject; at most 200"),
        ([statement_of("A.value")] * 10_000, "10,000 statements in one attribute of one subject"),
        (
            [
                statement_of(f"U{n}/A.value", f"{n}..9") | {"attribute": a}
                for n in range(9)
                for a in ("type", "default")
            ],
            "",
        ),
    ],
    ids=["long name", "deep name", "said again", "nothing wrong"],
)
def test_extracts_that_would_take_memory_or_time(
    command: str, statements: list[dict[str, Any]], message: str, tmp_path: Path, capsys: Captured
) -> None:
    old = extract(tmp_path / "old.json", [statement_of("A")])
    new = extract(tmp_path / "new.json", statements)
    options = [str(new), "--no-config"] if command == "check" else [str(old), str(new), "--no-config", "--no-cache"]
    if message:
        told = refused([command, *options], capsys)
        assert "new.json" in told
        assert message in told
    else:
        assert run([command, *options]) in (0, 1)


def test_an_item_of_thousands_of_use_cases_is_refused_by_name(tmp_path: Path, capsys: Captured) -> None:
    rows = [
        {"subject": f"UC{n}/Item.value", "attribute": attribute, "domain": f"{n}..9999"}
        for n in range(600)
        for attribute in ("type", "permitted", "default")
    ]
    told = refused(["check", str(extract(tmp_path / "x.json", rows)), "--no-config"], capsys)
    assert "type of Item.value: 600 statements in one attribute of one subject or data item; at most 500" in told


def test_faults_beyond_a_hundred_are_counted(tmp_path: Path, capsys: Captured) -> None:
    rows = [statement_of(f"A{n}", "1..2 V V") for n in range(3000)]
    told = refused(["check", str(extract(tmp_path / "x.json", rows)), "--no-config"], capsys)
    assert told.count("cannot stand here") == 100
    assert "x.json: 2,900 more faults, which are not listed" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"statements": ' + "[" * 5000 + "]" * 5000 + "}", "more than 100 levels in the nesting of a JSON or TOML"),
        ('{"statements": ' + "[" * 300 + "]" * 300 + "}", "301 levels in the nesting of a JSON or TOML file"),
        ('{"a": ' + "9" * 50_000 + "}", "a number with too many digits"),
        ('[{"Service Reference": 1e999}]', "1e999 is too large a number to be read"),
    ],
)
def test_json_that_nests_or_counts_without_end(text: str, message: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    assert f"x.json: {message}" in refused(["check", str(tmp_path / "x.json"), "--no-config"], capsys).replace(
        "not valid JSON: ", ""
    )


def test_json_beyond_what_python_can_do_is_told_where_the_limit_was_raised(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "x.json").write_text("[" * 9000, "utf-8")
    told = refused(["check", str(tmp_path / "x.json"), "--no-config", "--limits", "nesting=10k"], capsys)
    assert "nested too deeply to be read: beyond Python's limit of " in told
    assert "which no option raises" in told


@pytest.mark.parametrize(
    ("text", "line", "entries"),
    [
        ('fail-on = "new"\npaths = [\n' + '"a",\n' * 25_000 + "]\n", 2, 25_000),
        ("exclude = [" + '"a",' * 20_001 + "]\n", 1, 20_001),
        ("waivers = [" + "{}," * 20_001 + "]\n", 1, 20_001),
        ('[[waivers]]\nreason = "x"\nrule = "V101"\nvalues = [' + '"a",' * 20_001 + "]\n", 4, 20_001),
        ('[[waivers]]\nreason = "x"\nparty = [' + '"DCC",' * 20_001 + "]\n", 3, 20_001),
    ],
)
def test_every_list_of_a_configuration_has_the_same_limit(
    text: str, line: int, entries: int, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "c.toml").write_text(text, "utf-8")
    told = refused(["check", "--config", str(tmp_path / "c.toml")], capsys)
    assert f"c.toml:{line}: {entries:,} entries in a list of a TOML file or mapping; at most 20,000 are read" in told


def test_a_list_of_a_configuration_is_read_once_its_limit_is_raised(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("paths = [" + '"a",' * 25_000 + "]\n", "utf-8")
    with by_limits({"entries": 25_000}):
        assert len(load_configuration(tmp_path / "c.toml").paths) == 25_000


def test_a_number_of_a_workbook_that_is_too_large_is_told_at_its_cell(tmp_path: Path, capsys: Captured) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Thing", "Start"], ["X", 5], ["Y", 7]):
        book.active.append(row)
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name).replace(b"<v>5</v>", b"<v>1e999</v>"))
    (tmp_path / "whole.xlsx").unlink()
    mapping = {"specification": "GBCS", "part": "Table 13", "subject": ["Thing"], "columns": {"Start": "default"}}
    (tmp_path / "t.mapping.json").write_text(json.dumps(mapping), "utf-8")
    assert run(["check", str(tmp_path / "t.xlsx"), "--no-config"]) == 2
    assert "Sheet!B2 (Start: a number that is too large to be read)" in " ".join(capsys.readouterr().out.split())
    cell = read_workbook(tmp_path / "t.xlsx")["Sheet"].rows[1].cells[1]
    assert (cell.address, cell.value, cell.problem) == ("B2", None, "a number that is too large to be read")


@pytest.mark.parametrize("error", [ValueError("x is odd"), TypeError("'NoneType' object is not iterable")])
def test_no_message_has_the_name_of_an_error_of_python(error: Exception) -> None:
    with pytest.raises(UnreadableSource) as caught, reading_input("x.json"):
        raise error
    assert caught.value.problem in ("cannot be read (x is odd)", "cannot be read: its parts do not fit together")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" + ".a" * 20_000 + " = 1\n", ":1: 21 parts in a TOML key"),
        ("\n[" + "a." * 20_000 + "a]\n", ":2: 21 parts in a TOML key"),
        ("paths = [\n" + "[" * 100_000, ":2: 101 levels in the nesting"),
        ("x = " + "{a = " * 500 + "1" + "}" * 500 + "\n", ":1: 101 levels in the nesting"),
        ("release = 'x'\nx = " + "9" * 50_000 + "\n", ":2: not valid TOML: a number with too many digits"),
        ("x = [\n" + "1,\n" * 30_000 + "]\n", ':1: the key "x" is not known'),
        ('x = """\n' + "a\n" * 30_000 + '"""\n', ':1: the key "x" is not known'),
        ('x = "\\' + '"\\' * 100_000, ":1: not valid TOML"),
        ("x = 1\0\n", ":1: not valid TOML"),
        ('paths = ["a\\u0000b"]\n', "no file can have this name"),
    ],
)
def test_configurations_that_would_take_memory_or_time(
    text: str, message: str, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "c.toml").write_text(text, "utf-8")
    assert message in refused(["check", "--config", str(tmp_path / "c.toml")], capsys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('default = ["a"]\n[release.a]\nextracts = []\n', "releases.toml:1: default has to be the name of a release"),
        ("default = {a = 1}\n[release.a]\nextracts = []\n", "releases.toml:1: default has to be the name of a release"),
        ("x = " + "[" * 5000, "releases.toml:1: 101 levels in the nesting"),
        (
            "[release.a]\nextracts = []\n[x]\ny=" + "9" * 50_000,
            "releases.toml:4: not valid TOML: a number with too many",
        ),
        (f'[release.a]\nextracts = ["{"a" * 5000}"]\n', "cannot be read (File name too long)"),
        (f'[release.a]\nextracts = ["x.json"]\ncrosswalk = "{"a" * 5000}"\n', "cannot be read (File name too long)"),
        ('[release.a]\nextracts = ["a\\u0000b"]\n', "no file can have this name"),
        ('[release.a]\nextracts = ["x.json"]\ncrosswalk = "a\\u0000b"\n', "no file can have this name"),
        ("[release.a]\nextracts = [" + '"x.json",' * 30_000 + "]\n", "releases.toml:2: 30,000 entries in a list"),
        ("[release.a]\nextracts = ['x.json', 1]\n", "releases.toml:2: [release.a]: a list of paths was expected"),
    ],
)
def test_releases_that_ended_in_a_traceback_or_never(text: str, message: str, tmp_path: Path, capsys: Captured) -> None:
    extract(tmp_path / "x.json", [statement_of("A")])
    (tmp_path / "releases.toml").write_text(text, "utf-8")
    assert message in refused(["check", str(tmp_path), "--no-config"], capsys)


def test_an_absolute_crosswalk_ends_in_no_traceback(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "x.json").write_text("[]", "utf-8")
    extract(tmp_path / "x.json", [statement_of("A")])
    (tmp_path / "releases.toml").write_text(f'[release.a]\nextracts = ["x.json"]\ncrosswalk = "{folder}"\n', "utf-8")
    refused(["check", str(tmp_path), "--no-config"], capsys)


def test_an_extract_that_a_release_names_twice_is_read_once(tmp_path: Path, capsys: Captured) -> None:
    extract(tmp_path / "x.json", [statement_of("A")])
    (tmp_path / "releases.toml").write_text('[release.a]\nextracts = ["x.json", "x.json"]\n', "utf-8")
    assert run(["check", str(tmp_path), "--no-config"]) == 2
    assert "1 statement on 1 subject" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["check", "/dev/zero", "--no-config"], ["check", "--config", "/dev/zero"], ["device", "/dev/zero"]]
)
def test_a_device_that_never_ends_is_not_read(arguments: list[str], capsys: Captured) -> None:
    if not os.path.exists("/dev/zero"):
        return
    assert "/dev/zero: this is a pipe or a device; a regular file was expected" in refused(arguments, capsys)


def test_a_file_is_read_by_what_it_holds_and_not_by_the_size_that_it_states(tmp_path: Path) -> None:
    """The kernel states a size of 0 for files that it makes up as they are read."""
    made_up = Path("/proc/self/status")
    path = made_up if made_up.is_file() else tmp_path / "x"
    if path != made_up:
        path.write_bytes(b"x" * 100)
    assert len(read_octets(path)) > 50
    with by_limits({"octets": 50}), pytest.raises(OverLimit, match="octets in a file; at most 50 are read"):
        read_octets(path)


@pytest.mark.parametrize(
    "arguments", [["check", "{}"], ["check", "--config", "{}"], ["device", "{}"], ["compare", "{}", "{}"]]
)
def test_a_path_that_is_too_long_is_told(arguments: list[str], capsys: Captured) -> None:
    told = refused([one.format("a" * 5000) for one in arguments], capsys)
    assert "no such file" in told or "too long" in told or "no file, folder" in told or "no revision" in told


@pytest.mark.parametrize(
    "join", ["{0:1000000000}{1}", "{0.__class__}", "{0!r:>99999999}", "{}", "{2}", "{0", "}", "{0}" * 11]
)
def test_a_mapping_knows_no_format_strings(join: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "t.csv").write_text("Item,Element,Default\nA,b,1\n", "utf-8")
    mapping = {"subject": ["Item", "Element"], "columns": {"Default": "default"}, "join": join}
    (tmp_path / "t.mapping.json").write_text(json.dumps(mapping), "utf-8")
    told = refused(["check", str(tmp_path / "t.csv"), "--no-config"], capsys)
    assert "t.mapping.json:1: a text of at most 200 characters with {0} to {1} was expected, found" in told


@pytest.mark.parametrize(
    ("join", "subject"), [("{0}-{1}", "A-b"), ("{1}.{0}", "b.A"), ("{{{0}}}/{1}", "{A}/b"), ("x{0}", "xA")]
)
def test_a_join_puts_the_parts_in_their_places(join: str, subject: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "t.csv").write_text("Item,Element,Default\nA,b,1\n", "utf-8")
    mapping = {"subject": ["Item", "Element"], "columns": {"Default": "default"}, "join": join}
    (tmp_path / "m.json").write_text(json.dumps(mapping), "utf-8")
    assert run(["extract", "table", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.json")]) == 0
    assert json.loads(capsys.readouterr().out)["statements"][0]["subject"] == subject


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Item,Default\n" + "A,1\n" * 200_001, "200,002 rows in a sheet, table or CSV file; at most 200,000"),
        ("Item,Default" + ",x" * 1_100_000 + "\n", "cells in a workbook, document or CSV file; at most 1,000,000"),
        ("Item,Default" + ",x" * 1000 + "\nA,1\n", "x.csv:1: 1,002 columns in a sheet, table or CSV file; at most 702"),
    ],
    ids=["rows", "cells", "columns"],
)
def test_tables_that_are_too_large(text: str, message: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "x.csv").write_text(text, "utf-8")
    assert message in refused(["check", str(tmp_path / "x.csv"), "--no-config"], capsys)


def test_a_delimiter_in_quotes_makes_no_cell(tmp_path: Path) -> None:
    from gbcscheck.extract.csv_sheet import read_csv

    (tmp_path / "x.csv").write_text('Item,Notes\nA,"' + "a,b\n" * 30 + '"\n', "utf-8")
    with by_limits({"cells": 4, "rows": 2}):
        assert len(read_csv(tmp_path / "x.csv").rows) == 2


def test_extract_writes_no_set_that_check_refuses(tmp_path: Path, capsys: Captured) -> None:
    """An enumeration of 318,887 characters: the statement is kept by its words, and told as unread."""
    values = "".join(f'<xs:enumeration value="{n:010}"/>' for n in range(DOMAIN.value // 12))
    (tmp_path / "x.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R"><xs:simpleType>'
        f'<xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType></xs:element></xs:schema>',
        "utf-8",
    )
    written = tmp_path / "x.json"
    assert run(["extract", "xsd", str(tmp_path / "x.xsd"), "-o", str(written)]) == 0
    told = capsys.readouterr().err
    assert "1 place not read into a set of values" in told
    assert "characters in a set of values; at most 200,000 are read (--limits domain=" in told
    assert [row.attribute for row in load_extract(written).rows if row.domain is None] == ["type", "namespace"]


@pytest.mark.parametrize(
    ("piece", "count", "message"),
    [
        ("0b{0:012b}xx", 101, "101 sets of one kind in a union"),
        ("{{a: {0}, b: 1}}", 300, "300 sets of one kind in a union"),
        ("list({0}, {0})", 300, "300 sets of one kind in a union"),
        ("date(year {0})", 300, "300 sets of one kind in a union"),
        ("0..{0}00 step {0}", 2000, ""),
        ("{0}..{0}5", 5000, ""),
        ('"{0}"', 5000, ""),
    ],
)
def test_a_union_is_worked_out_or_refused_in_a_moment(piece: str, count: int, message: str) -> None:
    text = " | ".join(piece.format(number) for number in range(2, count + 2))
    began = time.process_time()
    try:
        parse_domain(text)
        told = ""
    except NotationError as error:
        told = str(error)
    assert time.process_time() - began < 2
    assert message in told
    assert bool(told) or not message


def test_a_hundred_records_are_joined() -> None:
    domain = parse_domain(" | ".join(f"{{a: {number}, b: 1}}" for number in range(100)))
    assert str(domain) == "{a: 0..99, b: 1}"


def test_numbers_of_other_steps_are_listed_up_to_a_number() -> None:
    assert parse_domain("0..6 step 2 | 0..6 step 3") == parse_domain("0 | 2 | 3 | 4 | 6")
    with by_limits({"listed": 1}), pytest.raises(NotationError, match="more than 1 numbers of other steps"):
        parse_domain("0..60 step 2 | 0..60 step 3")
