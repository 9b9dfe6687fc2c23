"""What kind of file some octets are, for messages about a file that is another kind than its name or its use says."""

from __future__ import annotations

import io

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_zip(content: bytes) -> bool:
    """Whether the octets begin as a zip archive does, which every .xlsx workbook is."""
    return content.startswith(_ZIP)


def looks_like(content: bytes, wanted: str = "workbook") -> str:
    """What a file looks like by its octets, in a few words: ``an .xlsx workbook``, ``a PDF document``, ``a text file``.

    Nothing is unpacked: of a zip archive only the list of its parts is read. ``wanted`` is what an Office file that is
    protected by a password is taken for: it does not show what it is.
    """
    head = content[:4096]
    if is_zip(content):
        return _zip_kind(content, wanted)
    if head.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return f"a {wanted} protected by a password: remove the password and save it again"
        if "WordDocument".encode("utf-16-le") in content:
            return "an old .doc document: save it as .docx"
        if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
            return "an old .xls workbook: save it as .xlsx"
        return f"an old Office file (OLE2), or a {wanted} protected by a password"
    if head.startswith(b"%PDF"):
        return "a PDF document"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    if start.startswith(b"<"):
        return "an XML document"
    if head.startswith(_WIDE_MARKS):
        return "a text file in UTF-16"
    return "a binary file" if b"\0" in head else "a text file"


def _zip_kind(content: bytes, wanted: str) -> str:
    import zipfile  # few files are one

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return kind_of_parts(set(archive.namelist()))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        example = "an .xlsx workbook" if wanted == "workbook" else f"a {wanted}"
        return f"a truncated or damaged zip archive ({example} is one)"


def kind_of_parts(names: set[str]) -> str:
    """What a zip archive is by the names of its parts."""
    if has_workbook(names):
        return "an .xlsx workbook"
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb): save it as .xlsx"
    if has_document(names):
        return "a Word document"
    if "mimetype" in names:
        return "an OpenDocument file: save it as .xlsx, or as .docx"
    return "a zip archive without a workbook or a Word document in it" if names else "an empty zip archive"


def has_workbook(names: set[str]) -> bool:
    """Whether the parts of a zip archive are those of an .xlsx workbook."""
    return any(name == "workbook.xml" or name.endswith("/workbook.xml") for name in names)


def has_document(names: set[str]) -> bool:
    """Whether the parts of a zip archive are those of a Word document."""
    return any(name.startswith("word/") and name.endswith(".xml") for name in names)
