#!/usr/bin/env bash
# LibreOffice 7.4 (Debian 12): a tracked change of a Word document that stands within a content control around a paragraph,
# or in a control of plain text, is read as plain text, the deleted one with the inserted one. 600 that became 1800 is
# 6001800, without a word; in a control of rich text within a paragraph it is read as it is. A change in either is valid
# (ECMA-376 part 1: CT_SdtContentBlock and CT_SdtContentRun hold EG_RunLevelElements, which has w:ins and w:del).
#
# The documents are made by hand; the LibreOffice is the one that is there (soffice, with Writer).
set -euo pipefail
command -v soffice >/dev/null || { echo "no LibreOffice: apt-get install libreoffice-writer-nogui" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
soffice --version | head -1

cat >run.py <<'PY'
import pathlib
import re
import subprocess
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)
CHANGE = (
    '<w:del w:id="1" w:author="A"><w:r><w:delText>600</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="A"><w:r><w:t>1800</w:t></w:r></w:ins>'
)


def control(inside, kind=""):
    return f'<w:sdt><w:sdtPr><w:id w:val="7"/>{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


CASES = {
    "no control": f"<w:p>{CHANGE}</w:p>",
    "rich text in a paragraph": f"<w:p>{control(CHANGE)}</w:p>",
    "plain text in a paragraph": f"<w:p>{control(CHANGE, '<w:text/>')}</w:p>",
    "around a paragraph": control(f"<w:p>{CHANGE}</w:p>"),
}
EXPECTED = {
    "no control": (["del", "ins"], "6001800"),
    "rich text in a paragraph": (["del", "ins"], "6001800"),
    "plain text in a paragraph": ([], "6001800"),
    "around a paragraph": ([], "6001800"),
}
names = {}
for number, (case, body) in enumerate(CASES.items()):
    names[case] = f"case{number}.docx"
    with zipfile.ZipFile(names[case], "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
profile = f"-env:UserInstallation={(pathlib.Path.cwd() / 'profile').as_uri()}"
command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", "out"]
subprocess.run([*command, *names.values()], check=True, capture_output=True, timeout=180)
found = {}
for case, name in names.items():
    with zipfile.ZipFile(f"out/{name}") as archive:
        body = archive.read("word/document.xml").decode().partition("<w:body>")[2]
    kept = re.findall(r"<w:(ins|del) ", body)
    text = "".join(re.findall(r"<w:(?:t|delText)\b[^>]*>([^<]*)<", body))
    found[case] = (kept, text)
    print(f"{case:28} tracked: {' and '.join(kept) or 'nothing':12} text: {text}")
raise SystemExit(0 if found == EXPECTED else 1)
PY
python3 run.py || { echo "this has changed" >&2; exit 1; }
