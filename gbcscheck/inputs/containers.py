"""What a file given as a workbook really is, and whether it is safe to unpack: checked before openpyxl sees it."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.kinds import has_workbook, is_zip, kind_of_parts, looks_like
from gbcscheck.limits import PARTS, RATIO, UNPACKED

RATIO_FROM = 8_000_000
"""Octets of an unpacked workbook from which on it matters how many times its packed size they are."""

_EXPECTED = "an .xlsx workbook was expected"


def checked_parts(path: Path, *, where: str) -> dict[str, bytes]:
    """The XML parts of a workbook by name, unpacked; nothing else is unpacked.

    Raises UnreadableSource for what is no workbook (saying what it looks like), and for one that is empty, truncated,
    encrypted, damaged, too large unpacked, or that declares entities.
    """
    content = read_octets(path, where=where)
    if not is_zip(content):
        raise UnreadableSource(f"{looks_like(content)}; {_EXPECTED}", where=where)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content), where)
            _check_kind(archive, where)
            return {info.filename: _xml(archive, info, where) for info in archive.infolist() if _is_xml(info)}
    except zipfile.BadZipFile:
        raise UnreadableSource(
            "a truncated or damaged workbook: the zip archive in it cannot be read to its end", where=where
        ) from None
    except (zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableSource(f"a damaged workbook: {error}", where=where) from None


def _check_sizes(archive: zipfile.ZipFile, size: int, where: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableSource("the workbook's parts are encrypted", where=where)
    PARTS.hold(len(parts), where=where)
    UNPACKED.hold(unpacked, where=where)
    if packed > size:
        raise UnreadableSource(f"the workbook's {size:,} octets unpack to {unpacked:,}: it is damaged", where=where)
    if unpacked > RATIO_FROM:
        RATIO.hold(-(-unpacked // size), where=where)


def _check_kind(archive: zipfile.ZipFile, where: str) -> None:
    names = set(archive.namelist())
    if not has_workbook(names):
        raise UnreadableSource(f"{kind_of_parts(names)}; {_EXPECTED}", where=where)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


def _xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> bytes:
    content = archive.read(part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableSource(
            f"part {part.filename} of the workbook declares a document type or entities, which no workbook needs",
            where=where,
        )
    return content
