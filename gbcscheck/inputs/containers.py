"""What a file given as a workbook or a Word document really is, and whether it is safe to unpack: checked before it is
read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.kinds import has_document, has_workbook, is_zip, kind_of_parts, looks_like
from gbcscheck.limits import PARTS, RATIO, UNPACKED

RATIO_FROM = 8_000_000
"""Octets of an unpacked workbook from which on it matters how many times its packed size they are."""


@frozen
class Container:
    """A kind of zip archive of XML parts: how messages name it, how they say that one was expected, and how its parts
    show that an archive is one."""

    name: str
    expected: str
    has_main: Callable[[set[str]], bool]


WORKBOOK = Container("workbook", "an .xlsx workbook was expected", has_workbook)
WORD_DOCUMENT = Container("Word document", "a Word document (.docx) was expected", has_document)


def checked_parts(path: Path, *, where: str, kind: Container = WORKBOOK) -> dict[str, bytes]:
    """The XML parts of a workbook, or of another ``kind`` of archive, by name, unpacked; nothing else is unpacked.

    Raises UnreadableSource for what is none (saying what it looks like), and for one that is empty, truncated,
    encrypted, damaged, too large unpacked, or that declares entities.
    """
    return unpacked_parts(read_octets(path, where=where), where=where, kind=kind)


def unpacked_parts(content: bytes, *, where: str, kind: Container = WORKBOOK) -> dict[str, bytes]:
    """The XML parts in the octets of a file; errors as in ``checked_parts``."""
    if not is_zip(content):
        raise UnreadableSource(f"{looks_like(content, kind.name)}; {kind.expected}", where=where)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content), where, kind)
            names = set(archive.namelist())
            if not kind.has_main(names):
                raise UnreadableSource(f"{kind_of_parts(names)}; {kind.expected}", where=where)
            return {info.filename: _xml(archive, info, where, kind) for info in archive.infolist() if _is_xml(info)}
    except zipfile.BadZipFile:
        raise UnreadableSource(
            f"a truncated or damaged {kind.name}: the zip archive in it cannot be read to its end", where=where
        ) from None
    except (zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableSource(f"a damaged {kind.name}: {error}", where=where) from None


def _check_sizes(archive: zipfile.ZipFile, size: int, where: str, kind: Container) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableSource(f"the {kind.name}'s parts are encrypted", where=where)
    PARTS.hold(len(parts), where=where)
    UNPACKED.hold(unpacked, where=where)
    if packed > size:
        raise UnreadableSource(f"the {kind.name}'s {size:,} octets unpack to {unpacked:,}: it is damaged", where=where)
    if unpacked > RATIO_FROM:
        RATIO.hold(-(-unpacked // size), where=where)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


def _xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, kind: Container) -> bytes:
    content = archive.read(part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableSource(
            f"part {part.filename} of the {kind.name} declares a document type or entities, which no {kind.name} needs",
            where=where,
        )
    return content
