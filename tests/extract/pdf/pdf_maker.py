"""Small PDFs written by hand: glyphs and rulings where a test wants them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

HELVETICA = {"F1": "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
"""Fonts of a page by name, as objects."""
NO_CHARACTERS = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font \
/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
/DW 500 >>] >>"
"""A font that says of no glyph which character it is."""


def text(at: tuple[float, float], words: str, *, size: float = 10, font: str = "F1", matrix: str = "1 0 0 1") -> str:
    """What draws a text with its first glyph at a point (from the lower left of the page)."""
    written = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {matrix} {at[0]} {at[1]} Tm ({written}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """What draws a thin line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """What draws the rulings of a table, whole ones, from its edges."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def table(rows: Sequence[Sequence[str]], *, xs: Sequence[float] = (50, 150, 250, 350), top: float = 700) -> str:
    """What draws a ruled table of one line a row, 20 points high."""
    ys = [top - 20 * index for index in range(len(rows) + 1)]
    texts = (
        text((xs[column] + 5, ys[number + 1] + 6), words)
        for number, row in enumerate(rows)
        for column, words in enumerate(row)
        if words
    )
    return ruled(xs, ys) + "".join(texts)


def pdf(
    pages: Iterable[str],
    *,
    fonts: Mapping[str, str] = HELVETICA,
    packed: bool = False,
    rotate: int = 0,
    trailer: str = "",
    more: str = "",
) -> bytes:
    """A PDF whose pages draw the given contents; ``more`` goes into each page, ``trailer`` behind the pages."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for content in pages:
        octets = content.encode("latin-1")
        octets = zlib.compress(octets) if packed else octets
        objects.append(stream(octets, "/Filter /FlateDecode" if packed else ""))
        resources = " ".join(f"/{name} {font}" for name, font in fonts.items())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate} /Contents {len(objects)} 0 R "
            f"/Resources << /Font << {resources} >> >> {more} >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return assembled(objects, trailer)


def stream(octets: bytes, words: str = "") -> bytes:
    """A stream as an object."""
    return f"<< /Length {len(octets)} {words} >>\nstream\n".encode() + octets + b"\nendstream"


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of some objects, the first of them its catalogue."""
    found = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(found))
        found += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(found)
    found += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    found += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return found + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
