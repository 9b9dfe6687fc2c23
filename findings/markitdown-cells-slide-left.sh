#!/usr/bin/env bash
# markitdown 0.1.9, mammoth 1.13.0 and pandoc 3.9 (PyPI: pypandoc_binary 1.17): values of a Word table slide a column.
#
# Guess: what makes Markdown or HTML of a Word document keeps a value under the title of its column.
# Observed, of a table with the columns Item, Minimum, Default:
#   * a row that begins a column further in (w:gridBefore, which Word writes where the left edge of a row is moved) has
#     its first value under Item and its second under Minimum, in all three; in pandoc a blank cell is put behind them;
#   * a row below a cell that is merged downwards slides the same way in markitdown, since Markdown has no cells over
#     several rows: a minimum is read as the item, and a default as the minimum;
#   * a power of ten is a range in markitdown: 10 with a raised -3 is written 10-3.
# Nothing is said of any of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'markitdown[docx]==0.1.9' mammoth==1.13.0 pypandoc_binary==1.17
"$folder/venv/bin/python" -W ignore - "$folder/draft.docx" <<'PYTHON'
import re
import sys
import zipfile

import mammoth
import pypandoc
from markitdown import MarkItDown

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def text(content: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{content}</w:t></w:r>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"


power = text("10") + text("-3", '<w:vertAlign w:val="superscript"/>')
rows = (
    cell(text("Item")) + cell(text("Minimum")) + cell(text("Default")),
    '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(text("11")) + cell(text("12")),
    cell(text("merged"), '<w:vMerge w:val="restart"/>') + cell(text("21")) + cell(text("22")),
    cell("", "<w:vMerge/>") + cell(text("31")) + cell(text("32")),
    cell(text("scale")) + cell(power) + cell(text("42")),
)
grid = "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>"
table = f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{table}<w:p/></w:body></w:document>',
}
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name, content in parts.items():
        archive.writestr(name, content)


def cells_of_html(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return [[re.sub(r"<.*?>", "", one).strip() for one in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)] for row in rows]


with open(sys.argv[1], "rb") as stream:
    page = mammoth.convert_to_html(stream).value
markdown = MarkItDown().convert(sys.argv[1]).text_content
lines = [[one.strip() for one in line.strip("|").split("|")] for line in markdown.splitlines() if "---" not in line]
seen = {
    "markitdown": [line for line in lines if any(line)][1:],
    "mammoth": cells_of_html(page)[1:2],
    "pandoc": cells_of_html(pypandoc.convert_file(sys.argv[1], "html"))[1:2],
}
known = {
    "markitdown": [["11", "12"], ["merged", "21", "22"], ["31", "32"], ["scale", "10-3", "42"]],
    "mammoth": [["11", "12"]],
    "pandoc": [["11", "12", ""]],
}
for name, found in seen.items():
    print(f"{name}: {found}")
raise SystemExit(0 if seen == known else f"otherwise than before; it was {known}")
PYTHON
