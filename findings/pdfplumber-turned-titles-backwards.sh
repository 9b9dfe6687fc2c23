#!/usr/bin/env bash
# pdfplumber 0.11.10 (pdfminer.six 20260107): titles of a PDF's table that are turned to save room are read backwards.
#
# Guess: text that runs from below upwards, as the titles of narrow columns do in wide tables of specifications, comes back
# as it is read, or not at all.
# Observed: extract_tables gives "tluafeD" for "Default" and, of a title in two lines, "esac\nesu" for "use" and "case": each
# line backwards, and the lines in the wrong order. Nothing is said of it, and the values below stand where they should, so
# that a column is simply not found by its title. A raised digit is on the line as well: 10 with a raised 8 is 108.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pdfplumber==0.11.10 pdfminer.six==20260107
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import io

import pdfplumber

UP = "0 1 -1 0"


def text(x: float, y: float, words: str, matrix: str = "1 0 0 1", size: float = 10) -> str:
    return f"BT /F1 {size} Tf {matrix} {x} {y} Tm ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


content = "".join(line(50, y, 170, y) for y in (700, 640, 620)) + "".join(line(x, 620, x, 700) for x in (50, 110, 170))
content += text(70, 650, "use", UP) + text(84, 650, "case", UP) + text(140, 650, "Default", UP)
content += text(55, 626, "ECS37") + text(115, 626, "10") + text(126.2, 630, "8", size=6)
objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
]
octets, places = b"%PDF-1.7\n", []
for number, one in enumerate(objects, start=1):
    places.append(len(octets))
    octets += f"{number} 0 obj\n{one}\nendobj\n".encode()
start = len(octets)
octets += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
octets += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
octets += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
with pdfplumber.open(io.BytesIO(octets)) as document:
    (found,) = document.pages[0].extract_tables()
print(found)
seen = [["esac\nesu", "tluafeD"], ["ECS37", "108"]]
raise SystemExit(0 if found == seen else f"otherwise than before; it was {seen}")
PYTHON
