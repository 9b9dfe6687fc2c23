"""A PDF opened: what is no PDF, locked, cut off or larger than is read is refused before anything of it is looked
at."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, UnreadableSource, is_of_python
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.kinds import looks_like
from gbcscheck.limits import PAGES, STREAMS

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

HOW = "pip install 'gbcscheck[documents]'"
_STREAM = re.compile(rb"(?<!end)stream(\r\n|\n|\r)")
_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED_OTHERWISE = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b")
_CODED = re.compile(rb"/(?:ASCII85Decode|A85|ASCIIHexDecode|AHx)\b")
_PIECE = 1 << 20
_LAYERS = 4
"""Streams packed in streams are looked at this deep."""


def octets_of(path: Path, *, where: str) -> bytes:
    """The octets of a PDF, after a look at what it unpacks to.

    Raises UnreadableSource for what is no PDF (saying what it looks like), is cut off or packed in a way that is not
    read; OverLimit for one that unpacks to more than is read.
    """
    content = read_octets(path, where=where)
    if b"%PDF-" not in content[:1024]:
        raise UnreadableSource(f"{looks_like(content)}; a PDF was expected", where=where)
    if b"startxref" not in content[-4096:] and b"%%EOF" not in content[-4096:]:
        raise UnreadableSource(
            "a truncated PDF: its table of objects, which stands at its end, is missing", where=where
        )
    _hold_streams(content, where)
    return content


def _hold_streams(content: bytes, where: str) -> None:
    """Refuse a PDF whose streams unpack to more than is read; nothing that is unpacked is kept."""
    total = 0
    for found in _STREAM.finditer(content):
        start = found.end()
        before = _NAME.sub(lambda one: bytes([int(one[1], 16)]), content[max(0, start - 2000) : start])
        before = before[before.rfind(b"obj") :]
        if _PACKED_OTHERWISE.search(before):
            raise UnreadableSource(
                "a PDF with streams packed by LZW or run lengths, which are not read: save it anew", where=where
            )
        if _CODED.search(before):
            coded = _decoded(content[start : content.find(b"endstream", start)])
            total += len(coded) + _unpacked(coded, 0, STREAMS.most - total, where)
        else:
            total += _unpacked(content, start, STREAMS.most - total, where)


def _decoded(stream: bytes) -> bytes:
    """A stream in ASCII (ISO 32000-1, 7.4.2 and 7.4.3) as octets; nothing of one that is damaged."""
    text = b"".join(stream.split())
    with suppress(ValueError):
        if text.endswith(b"~>"):
            return base64.a85decode(text.removeprefix(b"<~").removesuffix(b"~>"))
        return bytes.fromhex(text.removesuffix(b">").decode("ascii"))
    return b""


def _unpacked(content: bytes, start: int, left: int, where: str) -> int:
    """How many octets a stream unpacks to, with those packed in it again; nothing for one that is not packed. OverLimit
    where they are more than are ``left``."""
    if not _is_packed(content[start : start + 2]):
        return 0
    layers = [zlib.decompressobj()]
    total = 0
    try:
        piece, at = content[start : start + _PIECE], start
        while piece and not layers[0].eof:
            at += len(piece)
            total += _through(layers, 0, piece, left - total, where)
            piece = content[at : at + _PIECE]
    except zlib.error:
        pass  # the reader makes what it can of what is damaged: it was unpacked here as far
    return total


def _through(layers: list[zlib._Decompress], depth: int, piece: bytes, left: int, where: str) -> int:
    total = 0
    while piece:
        made = layers[depth].decompress(piece, _PIECE)
        piece = layers[depth].unconsumed_tail
        is_first = depth + 1 == len(layers) and total == 0
        total += len(made)
        if total > left:
            raise STREAMS.exceeded(where=where)
        if is_first and _is_packed(made[:2]) and len(layers) < _LAYERS:
            layers.append(zlib.decompressobj())
        if depth + 1 < len(layers) and made:
            try:
                total += _through(layers, depth + 1, made, left - total, where)
            except zlib.error:
                del layers[depth + 1 :]
    return total


def _is_packed(start: bytes) -> bool:
    """Whether octets begin as those that zlib packs (RFC 1950, 2.2)."""
    return len(start) == 2 and start[0] & 0x0F == 8 and start[0] >> 4 <= 7 and (start[0] << 8 | start[1]) % 31 == 0


@contextmanager
def opened(content: bytes, where: str, pages: list[int] | None = None) -> Iterator[PDF]:
    """A PDF as pdfplumber reads it, with some of its pages (from 1), or all. UnreadableSource where it is locked or
    damaged, and where pdfplumber is not installed."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise UnreadableSource(f"reading a PDF needs pdfplumber, which is not installed: {HOW}", where=where) from None
    import logging

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # what it says of fonts is not for our users
    try:
        # Left as a context it would make all of its pages once more, and raise what is wrong with their boxes.
        document = pdfplumber.open(io.BytesIO(content), pages=pages)
        try:
            yield document
        finally:
            document.flush_cache()
    except GbcscheckError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise _locked(where) from None
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise _locked(where) from None
        raise damaged(cause, where) from None
    except MemoryError:
        raise
    except RecursionError:
        raise UnreadableSource("its parts are nested too deeply to be read", where=where) from None
    except Exception as error:  # pdfminer raises all kinds of errors for what does not fit together
        raise damaged(error, where) from error


def _locked(where: str) -> UnreadableSource:
    return UnreadableSource("the PDF is locked with a password: save it without one", where=where)


def damaged(error: object, where: str) -> UnreadableSource:
    """What is said of a PDF whose parts do not fit together."""
    text = " ".join(str(error).split())
    reason = "its parts do not fit together" if is_of_python(text) or not text else text[:200]
    return UnreadableSource(f"a damaged PDF: {reason}", where=where)


def page_count(content: bytes, where: str) -> int:
    """How many pages a PDF has; OverLimit where they are more than are read, or where what is locked with no password
    unpacks to more."""
    with opened(content, where) as document:
        from pdfminer.pdfpage import PDFPage

        if document.doc.decipher is not None:
            _hold_locked(document, where)
        count = 0
        for _ in PDFPage.create_pages(document.doc):
            count += 1
            if count > PAGES.most:
                raise PAGES.exceeded(where=where)
    if not count:
        raise UnreadableSource("a PDF without a page", where=where)
    return count


def _hold_locked(document: PDF, where: str) -> None:
    """Refuse a PDF that anybody may open, though its streams are enciphered, where these unpack to more than is
    read."""
    from pdfminer.pdftypes import PDFStream

    total = 0
    for table in document.doc.xrefs:
        for number in table.get_objids():
            try:
                within, _, _ = table.get_pos(number)
                stream = document.doc.getobj(number) if within is None else None
            except GbcscheckError:
                raise
            except Exception:
                continue  # what cannot be read here is not read later either
            if isinstance(stream, PDFStream) and stream.rawdata is not None and stream.decipher is not None:
                octets = stream.decipher(number, stream.genno or 0, stream.rawdata, stream.attrs)
                total += _unpacked(octets, 0, STREAMS.most - total, where)
