#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17) and mammoth 1.13.0: the number of a table is gone from its caption.
#
# Guess: text that Word has calculated, as the number of a caption, is text to whoever converts the document.
# Observed: of a caption whose number is a simple field (w:fldSimple; ISO 29500-1, 17.16.19) the words around the number
# are left: "Table : Default values". pandoc says nothing; mammoth names the element among its messages. The same field
# in its longer form (w:fldChar) is read by both, so that two copies of one document differ by the program that wrote
# them last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 pypandoc_binary==1.17
"$folder/venv/bin/python" -W ignore - "$folder/draft.docx" <<'PYTHON'
import sys
import zipfile

import mammoth
import pypandoc

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def text(content: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r>'


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


simple = f'<w:fldSimple w:instr=" SEQ Table ">{text("28")}</w:fldSimple>'
complex_ = (
    f'{mark("begin")}<w:r><w:instrText> SEQ Table </w:instrText></w:r>{mark("separate")}{text("28")}{mark("end")}'
)
body = "".join(f"<w:p>{text('Table ')}{field}{text(': Default values')}</w:p>" for field in (simple, complex_))
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
}
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name, content in parts.items():
        archive.writestr(name, content)
with open(sys.argv[1], "rb") as stream:
    mammoths = mammoth.extract_raw_text(stream).value
seen = {
    "mammoth": [line for line in mammoths.splitlines() if line],
    "pandoc": [line for line in pypandoc.convert_file(sys.argv[1], "plain").splitlines() if line],
}
lost = ["Table : Default values", "Table 28: Default values"]
for name, found in seen.items():
    print(f"{name}: {found}")
raise SystemExit(0 if seen == {"mammoth": lost, "pandoc": lost} else f"otherwise than before; it was {lost}")
PYTHON
