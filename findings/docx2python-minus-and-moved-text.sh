#!/usr/bin/env bash
# docx2python 3.7.1 and docx2txt 0.9 (PyPI): of a Word document, a minus is gone, and moved text stands there twice.
#
# Guess: whoever takes the text of a Word document out as if its tracked changes were accepted has what Word shows then.
# Insertions and deletions are indeed read so by both. But:
#   * a hyphen that does not break (Ctrl+Shift+_ in Word, which people type before numbers so that the sign is not left
#     behind at the end of a line) is dropped: a threshold of -600 is read as 600, without a word;
#   * of text that was moved, both the old and the new place count as text: 44 moved away and 55 moved here give 4455.
# The same library puts what stands in a content control around a cell into tables of its own: the cell and those behind
# it are no longer in their row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 docx2txt==0.9
"$folder/venv/bin/python" -W ignore - "$folder/draft.docx" <<'PYTHON'
import sys
import zipfile

import docx2python
import docx2txt

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WHO = 'w:author="somebody"'


def text(content: str) -> str:
    return f"<w:r><w:t>{content}</w:t></w:r>"


def cell(content: str) -> str:
    return f"<w:tc><w:p>{content}</w:p></w:tc>"


def row(name: str, value: str) -> str:
    return f"<w:tr>{cell(text(name))}{value}{cell(text('s'))}</w:tr>"


changed = f'<w:del w:id="1" {WHO}><w:r><w:delText>600</w:delText></w:r></w:del><w:ins w:id="2" {WHO}>{text("1800")}</w:ins>'
moved = f'<w:moveFrom w:id="3" {WHO}>{text("44")}</w:moveFrom><w:moveTo w:id="4" {WHO}>{text("55")}</w:moveTo>'
rows = (
    row("changed", cell(changed)),
    row("minus", cell("<w:r><w:noBreakHyphen/></w:r>" + text("600"))),
    row("moved", cell(moved)),
    row("control", f"<w:sdt><w:sdtContent>{cell(text('72'))}</w:sdtContent></w:sdt>"),
)
grid = "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>"
table = f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"
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

with docx2python.docx2python(sys.argv[1]) as document:
    tables = [[["".join(one) for one in line] for line in found] for found in document.body]
seen = {
    "docx2python": [line for found in tables for line in found if any(line)],
    "docx2txt": docx2txt.process(sys.argv[1]).split(),
}
known = {
    "docx2python": [
        ["changed", "1800", "s"],
        ["minus", "600", "s"],
        ["moved", "4455", "s"],
        ["control"],
        ["72"],
        ["s"],
    ],
    "docx2txt": ["changed", "1800", "s", "minus", "600", "s", "moved", "4455", "s", "control", "72", "s"],
}
for name, found in seen.items():
    print(f"{name}: {found}")
raise SystemExit(0 if seen == known else f"otherwise than before; it was {known}")
PYTHON
