"""Files that are no sound Word document: refused in words, before anything dangerous is done with them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_documents import caption, cell, package, paragraph, plain_table, row, run, table, write, write_parts

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sources import read_source
from gbcscheck.extract.word.document import read_document
from gbcscheck.extract.word.package import WordPackage, namespace_of
from gbcscheck.extract.word.sheets import read_sheets
from gbcscheck.facts.extract_file import Reading
from gbcscheck.limits import OverLimit, by_limits

BODY = caption("Table 1") + plain_table([["Data item", "Default"], ["A", "1"]])
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def octets(parts: dict[str, bytes], *, twice: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            for _ in range(2 if name == twice else 1):
                archive.writestr(name, content)
    return made.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    parts = package(BODY)
    assert old in parts[part]
    return octets({**parts, part: parts[part].replace(old, new)})


def without(part: str) -> bytes:
    return octets({name: content for name, content in package(BODY).items() if name != part})


def encrypted() -> bytes:
    """An archive whose first part says that it is encrypted."""
    content = bytearray(octets(package(BODY)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | 1)
    return bytes(content)


def deep() -> bytes:
    inner = paragraph(run("x"))
    for _ in range(80):
        inner = table([row([cell(inner + paragraph())])], 1)
    return octets(package(inner))


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaa">]>'
WIDE = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>').encode("utf-16")
WORKBOOK = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the file is empty"),
    "text": (lambda: b"Table 28d", "a text file; a Word document (.docx) was expected"),
    "an old document": (lambda: OLE + "WordDocument".encode("utf-16-le"), "an old .doc document: save it as .docx"),
    "a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "a Word document protected by a password: remove the password and save it again",
    ),
    "a PDF": (lambda: b"%PDF-1.7\n", "a PDF document; a Word document (.docx) was expected"),
    "a workbook": (lambda: octets(WORKBOOK), "an .xlsx workbook; a Word document (.docx) was expected"),
    "OpenDocument": (lambda: octets({"mimetype": b"x"}), "an OpenDocument file: save it as .xlsx, or as .docx"),
    "an archive": (lambda: octets({"a.txt": b"x"}), "a zip archive without a workbook or a Word document in it"),
    "encrypted parts": (encrypted, "the Word document's parts are encrypted"),
    "truncated": (lambda: octets(package(BODY))[:-40], "a truncated or damaged Word document"),
    "cut in half": (lambda: octets(package(BODY))[:700], "a truncated or damaged Word document"),
    "no relations": (lambda: without("_rels/.rels"), "_rels/.rels names no main part"),
    "no main part": (lambda: without("word/document.xml"), "the part word/document.xml is not in it"),
    "no styles": (lambda: without("word/styles.xml"), "names the part word/styles.xml, which is not in it"),
    "out of the package": (
        lambda: changed("word/_rels/document.xml.rels", b"styles.xml", b"../../../etc/passwd"),
        "names the part etc/passwd, which is not in it",
    ),
    "not well-formed": (lambda: changed("word/document.xml", b"</w:tbl>", b""), "part word/document.xml: Opening and"),
    "another root": (
        lambda: octets({**package(BODY), "word/document.xml": b"<w/>"}),
        "the part word/document.xml is <w>; <w:document> was expected",
    ),
    "no body": (
        lambda: changed("word/document.xml", b"w:body", b"w:bodies"),
        "word/document.xml has no body",
    ),
    "entities": (
        lambda: changed("word/document.xml", b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', DOCTYPE),
        "declares a document type or entities, which no Word document needs",
    ),
    "entities in UTF-16": (lambda: octets({**package(BODY), "word/document.xml": WIDE}), "declares a document type"),
    "parts twice": (lambda: octets(package(BODY), twice="word/document.xml"), "two parts are called word/document.xml"),
    "nested": (deep, "part word/document.xml: its elements are nested more than 256 deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_document_is_refused_in_words(name: str, tmp_path: Path) -> None:
    make, told = BAD[name]
    path = tmp_path / "draft.docx"
    path.write_bytes(make())
    with pytest.raises(UnreadableSource) as error:
        read_source(path)
    assert told in error.value.problem
    assert error.value.where.startswith(str(path))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    parts = {**package(BODY), "word/media/image.xml": b" " * 9_000_000}
    path = write_parts(tmp_path / "draft.docx", parts)
    with pytest.raises(OverLimit, match="times the octets in an unpacked workbook or document"):
        read_document(path)
    with by_limits({"unpacked": 8_000_000}), pytest.raises(OverLimit, match="octets in an unpacked"):
        read_document(path)
    with by_limits({"parts": 3}), pytest.raises(OverLimit, match="parts in"):
        read_document(write(tmp_path / "other.docx", BODY))


def test_what_lies_outside_of_the_package_is_not_opened(tmp_path: Path) -> None:
    parts = package(BODY)
    listed = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="http://a/attachedTemplate" Target="http://192.0.2.1/a" TargetMode="External"/>'
        b"</Relationships>",
    )
    path = write_parts(tmp_path / "draft.docx", {**parts, "word/_rels/document.xml.rels": listed})
    assert [one.name for one in read_document(path).tables] == ["Table 1"]


def test_macros_are_told_and_a_signature_is_known(tmp_path: Path) -> None:
    parts = {**package(BODY), "word/vbaProject.bin": b"x", "_xmlsignatures/sig1.xml": b"<a/>"}
    path = write_parts(tmp_path / "draft.docm", parts)
    found = read_document(path).package
    assert (found.has_macros, found.is_signed) == (True, True)
    reading = read_source(path)
    assert isinstance(reading, Reading)
    assert reading.extract.note == "it has macros, which were not run"
    plain = WordPackage.read(write(tmp_path / "plain.docx", BODY), where="plain.docx")
    assert (plain.has_macros, plain.is_signed) == (False, False)


def test_the_octets_of_a_package_are_there_for_a_writer(tmp_path: Path) -> None:
    path = write(tmp_path / "draft.docx", BODY)
    document = read_document(path)
    assert document.package.content == path.read_bytes()
    assert document.package.main == "word/document.xml"
    assert document.package.names == tuple(package(BODY))
    strict = read_document(write(tmp_path / "strict.docx", BODY, strict=True))
    assert [namespace_of(one.root).split("/")[2] for one in (document, strict)] == [
        "schemas.openxmlformats.org",
        "purl.oclc.org",
    ]


def test_a_document_of_other_names_of_parts(tmp_path: Path) -> None:
    parts = package(BODY)
    moved = {
        "word/document2.xml"
        if name == "word/document.xml"
        else name.replace("document.xml.rels", "document2.xml.rels"): (
            content.replace(b"word/document.xml", b"/word/document2.xml")
        )
        for name, content in parts.items()
    }
    (sheet,) = read_sheets(write_parts(tmp_path / "draft.docx", moved))
    assert sheet.name == "Table 1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_parts_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    parts = package(BODY)
    text = parts["word/document.xml"].decode().replace('encoding="UTF-8" ', "")
    path = write_parts(tmp_path / "draft.docx", {**parts, "word/document.xml": text.encode(encoding)})
    assert [one.text for one in read_sheets(path)[0].rows[1].cells] == ["A", "1"]
