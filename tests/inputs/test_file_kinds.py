"""What kind of file some octets are."""

from __future__ import annotations

import io
import zipfile

import pytest

from gbcscheck.inputs.kinds import is_zip, looks_like


def archive(*names: str) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return octets.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive("xl/workbook.xml"), "an .xlsx workbook"),
        (archive("xl/workbook.bin"), "a binary workbook"),
        (archive("word/document.xml"), "a Word document"),
        (archive("mimetype"), "an OpenDocument file"),
        (archive("a.txt"), "a zip archive without a workbook"),
        (archive(), "an empty zip archive"),
        (archive("xl/workbook.xml")[:40], "a truncated or damaged zip archive"),
        (b"{}", "a text file"),
        (b"<a/>", "an XML document"),
        (b"\x7fELF\0\0", "a binary file"),
    ],
    ids=lambda one: one if isinstance(one, str) else "content",  # a zip archive holds the time of day
)
def test_kinds(content: bytes, kind: str) -> None:
    assert looks_like(content).startswith(kind)
    assert is_zip(content) is content.startswith(b"PK")
