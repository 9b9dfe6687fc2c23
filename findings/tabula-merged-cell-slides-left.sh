#!/usr/bin/env bash
# tabula-py 2.10.0 (PyPI, with its tabula-java 1.0.5; needs Java): what stands behind a merged cell slides a column left.
#
# Guess: of a ruled table in a PDF, the rulings say in which column a cell stands, so a value behind a cell that goes
# over two columns stays in its own.
# Observed, of a table with the columns Item, Minimum, Maximum, Default, in which one row says "not used" over Minimum
# and Maximum: by the rulings (lattice) the default of that row comes back as its maximum, and its default is missing;
# by the positions of the words (stream), which is meant for tables without rulings, it comes back right. Neither says
# a word, and which of the two is taken where nothing is said (guess) is the first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tabula-py==2.10.0 reportlab==4.4.4
"$folder/venv/bin/python" -W ignore - "$folder/table.pdf" 2> /dev/null <<'PYTHON'
import sys

import tabula
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

rows = [
    ["Item", "Minimum", "Maximum", "Default"],
    ["First", "0", "1799", "600"],
    ["Second", "not used", "", "9"],
    ["Third", "1", "5", "2"],
]
style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (1, 2), (2, 2))]
SimpleDocTemplate(sys.argv[1], pagesize=A4).build([Table(rows, colWidths=[100] * 4, style=TableStyle(style))])


def read(**how: bool) -> list[list[str]]:
    (table,) = tabula.read_pdf(sys.argv[1], pages=1, pandas_options={"header": None, "dtype": str}, **how)
    return table.fillna("").values.tolist()


seen = {"lattice": read(lattice=True)[2], "stream": read(stream=True)[2], "guess": read()[2]}
known = {
    "lattice": ["Second", "not used", "9", ""],
    "stream": ["Second", "not used", "", "9"],
    "guess": ["Second", "not used", "9", ""],
}
for name, found in seen.items():
    print(f"{name}: {found}")
if seen != known:
    print(f"otherwise than before; it was {known}")
    raise SystemExit(1)
PYTHON
