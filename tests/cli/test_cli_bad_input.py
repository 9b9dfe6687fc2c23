"""Input that cannot be read: one clear message a problem, exit code 2, and everything else is still checked."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import click
import pytest
from cli_files import TABLE, Run, write_json

from gbcscheck.cli.application import COMMANDS

pytestmark = pytest.mark.usefixtures("small_release")

Make = Callable[[Path], None]


def workbook(path: Path, rows: list[list[object]]) -> None:
    """A workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Settings"
    for row in rows:
        sheet.append(row)
    book.save(path)


# --- one kind of bad file each: its name, what makes it in a folder, and what has to be told --------------------------


def _truncated(folder: Path) -> None:
    workbook(folder / "bad.xlsx", [["Data item", "Default"], ["Interval", 15]])
    content = (folder / "bad.xlsx").read_bytes()
    (folder / "bad.xlsx").write_bytes(content[: len(content) // 2])


def _zip_bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bad.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 * 1024 * 1024))


def _protected(folder: Path) -> None:
    octets = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    (folder / "bad.xlsx").write_bytes(octets)


def _schema(content: str) -> Make:
    def make(folder: Path) -> None:
        body = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{content}\n</xs:schema>\n'
        (folder / "bad.xsd").write_text(body, encoding="utf-8")

    return make


def _document_type(declarations: str, content: str) -> Make:
    def make(folder: Path) -> None:
        (folder / "bad.xsd").write_text(
            f"<!DOCTYPE schema [{declarations}]>\n"
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{content}\n</xs:schema>\n',
            encoding="utf-8",
        )

    return make


def _octets(name: str, content: bytes) -> Make:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return make


def _document(parts: Mapping[str, str]) -> Make:
    """A Word document of these parts and the relation that names the main one."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>'
    )

    def make(folder: Path) -> None:
        with zipfile.ZipFile(folder / "bad.docx", "w") as archive:
            archive.writestr(
                "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
            )
            archive.writestr("_rels/.rels", relations)
            for name, content in parts.items():
                archive.writestr(name, content)

    return make


def _extract(**changes: object) -> Make:
    def make(folder: Path) -> None:
        write_json(folder / "bad.json", {**TABLE, "part": "Table 8", **changes})

    return make


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD: dict[str, tuple[Make, str]] = {
    "truncated workbook": (_truncated, r"bad\.xlsx: .*(truncated|damaged)"),
    "empty workbook": (_octets("bad.xlsx", b""), r"bad\.xlsx: the file is empty"),
    "workbook with a password": (_protected, r"bad\.xlsx: .*password"),
    "zip bomb": (_zip_bomb, r"bad\.xlsx: .*(unpack|times)"),
    "truncated document": (_octets("bad.docx", b"PK\x03\x04" + b"x" * 200), r"bad\.docx: .*Word document"),
    "document with a password": (
        _octets("bad.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        r"bad\.docx: a Word document protected by a password",
    ),
    "old document": (
        _octets("bad.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "WordDocument".encode("utf-16-le")),
        r"bad\.docx: an old \.doc document: save it as \.docx",
    ),
    "document without its main part": (
        _document({"word/styles.xml": "<x/>"}),
        r"bad\.docx: a damaged Word document: .*document\.xml is not in it",
    ),
    "document with entities": (
        _document({"word/document.xml": '<!DOCTYPE w [<!ENTITY a "600">]><w>&a;</w>'}),
        r"bad\.docx: part word/document\.xml of the Word document declares a document type or entities",
    ),
    "document that is another thing": (
        _document({"word/document.xml": "<html/>"}),
        r"bad\.docx: .*word/document\.xml is <html>; <w:document> was expected",
    ),
    "document nested too deeply": (
        _document({"word/document.xml": "<a>" * 300 + "</a>" * 300}),
        r"bad\.docx: .*nested more than 256 deep",
    ),
    "empty PDF": (_octets("bad.pdf", b""), r"bad\.pdf: the file is empty"),
    "PDF that ends behind its first line": (_octets("bad.pdf", b"%PDF-1.7\n"), r"bad\.pdf: a truncated PDF"),
    "PDF that is a text": (_octets("bad.pdf", b"just some text\n"), r"bad\.pdf: .*a PDF was expected"),
    "PDF that is a workbook": (_octets("bad.pdf", b"PK\x03\x04" + b"x" * 200), r"bad\.pdf: .*a PDF was expected"),
    "renamed text file": (
        _octets("bad.xlsx", b"just some text\n"),
        r"bad\.xlsx: .*text.* \.xlsx workbook was expected",
    ),
    "sheet without the header": (
        lambda folder: workbook(folder / "bad.xlsx", [["Fruit", "Colour"], ["apple", "red"]]),
        r"bad\.xlsx.*: .*Fruit.*Colour",
    ),
    "no JSON": (_octets("bad.json", b'{\n "version": 1.\n}'), r"bad\.json:2:\d+: not valid JSON"),
    "half a JSON file": (_octets("bad.json", b'{"specification": "GBCS"'), r"bad\.json:1:25: not valid JSON"),
    "JSON nested 200,000 deep": (
        _octets("bad.json", b"[" * 200_000 + b"]" * 200_000),
        r"bad\.json: more than 100 levels in the nesting of a JSON or TOML file; .*--limits nesting=",
    ),
    "invalid UTF-8": (_octets("bad.json", b'{\n"a": "\xff"}'), r"bad\.json:2: not UTF-8: octet 0xFF at offset 8"),
    "not a number of JSON": (_octets("bad.json", b'{"a": NaN}'), r"bad\.json: not valid JSON: NaN"),
    "another JSON file": (_octets("bad.json", b'{"a": 1}'), r"bad\.json: neither an extract nor .*\(found: a\)"),
    "extract that fails its schema": (_extract(provenance="hearsay"), r"bad\.json:\d+: .*hearsay.*/provenance"),
    "statement that says nothing": (
        _extract(statements=[{"subject": "X", "attribute": "type"}]),
        r"bad\.json:\d+: .*domain, value, text.*/statements/0",
    ),
    "domain that does not parse": (
        _extract(statements=[{"subject": "X", "attribute": "type", "domain": "0..."}]),
        r"bad\.json:\d+: .*/statements/0/domain",
    ),
    "truncated schema": (
        _octets("bad.xsd", b"<schema>\n<element"),
        r"bad\.xsd:\d+",
    ),
    "entity that is referenced": (
        _document_type('<!ENTITY e "xs:time">', '<xs:element name="A" type="&e;"/>'),
        r"bad\.xsd:3:\d+: .*\be\b",
    ),
    "external entity": (
        _document_type('<!ENTITY e SYSTEM "file:///etc/hostname">', '<xs:element name="&e;"/>'),
        r"bad\.xsd:\d+:\d+: .*\be\b",
    ),
    "billion laughs": (_document_type(LAUGHS, "<xs:annotation>&i;</xs:annotation>"), r"bad\.xsd:\d+:\d+: "),
    "reference outside the folder": (
        _schema('<xs:include schemaLocation="../../outside.xsd"/><xs:element name="A" type="xs:time"/>'),
        r"bad\.xsd.*outside\.xsd",
    ),
    "reference to the network": (
        _schema('<xs:include schemaLocation="http://example.invalid/a.xsd"/><xs:element name="A" type="xs:time"/>'),
        r"bad\.xsd.*example\.invalid",
    ),
    "CSV without the header": (_octets("bad.csv", b"Fruit,Colour\napple,red\n"), r"bad\.csv.*: .*Fruit.*Colour"),
    "CSV that is no text": (_octets("bad.csv", bytes(range(256)) * 4), r"bad\.csv"),
}


def problems(stderr: str) -> list[str]:
    """The messages, without the details below them, which are indented."""
    lines = stderr.splitlines()
    assert all(line.startswith(("error: ", "  ")) for line in lines), stderr
    return [line for line in lines if line.startswith("error: ")]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_and_the_others_are_checked(gbcscheck: Run, drafts: Path, name: str) -> None:
    make, message = BAD[name]
    make(drafts)
    done = gbcscheck("check", "drafts", cwd=drafts.parent)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2, done.stderr
    assert len(problems(done.stderr)) == 1, done.stderr
    assert re.match(rf"(?s)error: drafts/{message}", done.stderr), done.stderr
    assert "error[V101]" in done.stdout
    assert "unread   1 problem with the input" in done.stdout


def test_every_bad_file_is_told_in_one_run(gbcscheck: Run, drafts: Path) -> None:
    for number, (make, _) in enumerate(BAD.values()):
        folder = drafts / f"{number:02}"
        folder.mkdir()
        make(folder)
    done = gbcscheck("check", "drafts", "--format", "json", cwd=drafts.parent)
    assert done.returncode == 2
    told = problems(done.stderr)
    assert all(line.startswith("error: drafts/") for line in told)
    assert [line[14:16] for line in told] == [f"{number:02}" for number in range(len(BAD))]
    document = json.loads(done.stdout)
    assert len(document["problems"]) == len(BAD)
    assert "V101" in [finding["rule"] for finding in document["findings"]]


def test_nothing_but_bad_files(gbcscheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    done = gbcscheck("check", tmp_path / "bad.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(problems(done.stderr)) == 1


def test_every_violation_of_the_schema_is_told(gbcscheck: Run, drafts: Path) -> None:
    _extract(version=9, statements=[{"subject": "X", "attribute": "type"}, {"attribute": 1, "domain": "1"}])(drafts)
    told = problems(gbcscheck("check", drafts).stderr)
    assert len(told) >= 4
    assert all("bad.json:" in line for line in told)


def test_a_missing_file_is_told(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "drafts", "absent.xlsx", cwd=drafts.parent)
    assert done.returncode == 2
    assert done.stderr.startswith("error: absent.xlsx: no such file")
    assert done.stderr.count("\n") == 1
    assert "error[V101]" in done.stdout


def test_a_folder_without_specifications_is_told(gbcscheck: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "readme.md").write_text("nothing here", encoding="utf-8")
    done = gbcscheck("check", "notes", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: notes: no specification was found")


def test_a_kind_of_file_that_is_not_read_is_told(gbcscheck: Run, drafts: Path) -> None:
    (drafts.parent / "table.pdf").write_bytes(b"%PDF-1.7")
    done = gbcscheck("check", "drafts", "table.pdf", cwd=drafts.parent)
    assert done.returncode == 2
    assert problems(done.stderr)[0].startswith("error: table.pdf: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("default = ", "drafts/releases.toml:1: not valid TOML"),
        ("title = 'x'\n", "drafts/releases.toml:1: a table [release.NAME] was expected"),
        ("[release.a]\ntitle = 'x'\n", "drafts/releases.toml:1: [release.a]: a list of paths was expected as extracts"),
        ('[release.a]\nextracts = ["gone.json"]\n', "drafts/gone.json: no such file"),
    ],
)
def test_a_bad_index_of_releases_is_told(gbcscheck: Run, drafts: Path, content: str, message: str) -> None:
    (drafts / "releases.toml").write_text(content, encoding="utf-8")
    done = gbcscheck("check", "drafts", cwd=drafts.parent)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {message}")


# --- the wrong kind of file for a reader -----------------------------------------------------------------------------


WRONG = {
    "use-cases": {"text.xlsx": b"text", "empty.xlsx": b"", "list.json": b"[]"},
    "xsd": {"text.xsd": b"text", "other.xsd": b"<html/>", "book.xlsx": b"PK\x03\x04"},
    "service-requests": {"list.json": b"[]", "other.json": b'[{"a": 1}]', "text.json": b"text"},
    "table": {"text.xlsx": b"text", "other.csv": b"a,b\n1,2\n"},
    "alert-codes": {"list.json": b"[]", "other.json": b'[{"a": 1}]', "object.json": b"{}"},
    "clauses": {"text.docx": b"text", "empty.docx": b"", "book.docx": b"PK\x03\x04"},
    "zcl": {"text.xml": b"text", "other.xml": b"<Request/>", "empty.xml": b"<configurator/>"},
    "products": {"empty.csv": b"", "other.csv": b"a,b\n1,2\n", "book.xlsx": b"PK\x03\x04"},
}


@pytest.mark.parametrize(("reader", "name"), [(reader, name) for reader, files in WRONG.items() for name in files])
def test_a_reader_tells_the_wrong_kind_of_file(gbcscheck: Run, tmp_path: Path, reader: str, name: str) -> None:
    (tmp_path / name).write_bytes(WRONG[reader][name])
    done = gbcscheck("extract", reader, name, "-o", "out.json", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stdout) == (2, "")
    assert len(problems(done.stderr)) == 1
    assert done.stderr.startswith(f"error: {name}")
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("reader", list(WRONG))
def test_a_reader_tells_a_missing_file(gbcscheck: Run, tmp_path: Path, reader: str) -> None:
    done = gbcscheck("extract", reader, "absent", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: absent: no such file\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "--select", ""), "--select is empty"),
        (("check", "--select", " , "), "--select is empty"),
        (("check", "--release", ""), "--release is empty"),
        (("show", ""), "SUBJECT is empty"),
        (("show", "  "), "SUBJECT is empty"),
    ],
)
def test_an_empty_argument_is_told(gbcscheck: Run, arguments: tuple[str, ...], message: str) -> None:
    done = gbcscheck(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")


def test_a_file_is_never_refused_before_the_others_are_read() -> None:
    """An argument's own check would end the run at the first file that may not be read."""
    waiting: list[click.Command] = [getattr(import_module(module), name) for name, module in COMMANDS.items()]
    paths = []
    for command in waiting:
        paths += [param.type for param in command.params if isinstance(param.type, click.Path)]
        waiting += command.commands.values() if isinstance(command, click.Group) else []
    assert len(paths) >= 12
    assert not any(path.readable or path.exists for path in paths)


def test_a_pipe_is_no_input(gbcscheck: Run, drafts: Path) -> None:
    os.mkfifo(drafts.parent / "pipe.json")
    done = gbcscheck("check", "pipe.json", "drafts", cwd=drafts.parent)
    assert done.returncode == 2
    assert done.stderr.startswith("error: pipe.json: ")
    assert "error[V101]" in done.stdout


def test_an_unknown_name_is_told_with_near_ones(gbcscheck: Run) -> None:
    near = gbcscheck("show", "RandomizedOffsetLimit").stderr
    assert near.startswith('error: no subject is called "RandomizedOffsetLimit"; near it: RandomisedOffsetLimit')
    assert gbcscheck("specs", "GCBS").stderr == 'error: no specification is called "GCBS"; near it: GBCS\n'
    assert gbcscheck("check", "--release", "before-mp130").stderr.startswith(
        'error: no release is called "before-mp130"; '
    )
    assert gbcscheck("show", "ECS37", "--release", "none").returncode == 2
