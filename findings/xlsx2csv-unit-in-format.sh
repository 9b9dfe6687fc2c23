#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI): a number whose format shows its unit comes out as the unit, and the number is gone.
#
# Guess: a cell with the number 600 and the number format  0" s"  (Excel shows "600 s") is exported as 600, or 600 s.
# Observed: where the quoted text of a format holds a letter that dates use too (d, h, m, s, y), the whole format is
# taken for that of a date, and filled in: 600 with 0" s" comes out as  0" s" , 600 with 0 "days" as  0 "22ays" , 1.5
# with 0.0 "m3/h" as  0.0 "123/12" . Quoted units without such a letter (V) are dropped, and the number stays.
# Whoever turns a table of periods into CSV with it loses every number that has its unit in the format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import csv
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook

folder = Path(sys.argv[1])
cells = [(600, '0" s"', '0" s"'), (600, '0 "days"', '0 "22ays"'), (1.5, '0.0 "m3/h"', '0.0 "123/12"'), (207, '0" V"', "207")]
book = Workbook()
for row, (number, form, _) in enumerate(cells, 1):
    cell = book.active.cell(row, 1, number)
    cell.number_format = form
book.save(folder / "periods.xlsx")
subprocess.run([folder / "venv/bin/xlsx2csv", folder / "periods.xlsx", folder / "periods.csv"], check=True)
with open(folder / "periods.csv", newline="", encoding="utf-8") as stream:
    found = [row[0] for row in csv.reader(stream)]
for (number, form, _), text in zip(cells, found, strict=True):
    print(f"{number} with the format {form} is exported as {text}")
raise SystemExit(0 if found == [known for _, _, known in cells] else "otherwise than before")
PYTHON
