#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12, libreoffice-writer): clauses of a Word document have other numbers than it says.
#
# Guess: the numbers that LibreOffice shows before the clauses of a Word document are those that the document says, so
# that a reader may take them from there, or cite "clause 1.2.3" from what LibreOffice prints. Most are. But of a list of several
# levels it does not read
#   * w:lvlRestart (ECMA-376 part 1, 17.9.10): a level that goes on over the clauses above it begins anew, so that
#     1.2.3 is printed as 1.2.1, which is the number of no other clause;
#   * w:isLgl (17.9.4): in "legal" numbering all numbers are decimal, and clause 1.2 of chapter I is printed as I.2.
# Nothing says so. Takes the LibreOffice that is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$folder/clauses.docx" <<'PYTHON'
import sys
import zipfile

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def level(place: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
    )


def clause(listed: int, place: int, text: str) -> str:
    number = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{listed}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


levels = {
    1: level(0, "decimal", "%1")
    + level(1, "decimal", "%1.%2")
    + level(2, "decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>'),
    2: level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
}
abstract = "".join(
    f'<w:abstractNum w:abstractNumId="{one}"><w:multiLevelType w:val="multilevel"/>{levels[one]}</w:abstractNum>'
    for one in levels
)
lists = "".join(f'<w:num w:numId="{one}"><w:abstractNumId w:val="{one}"/></w:num>' for one in levels)
body = "".join(clause(1, place, f"first list, level {place + 1}") for place in (0, 1, 2, 2, 1, 2))
body += "".join(clause(2, place, f"second list, level {place + 1}") for place in (0, 1, 1))
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{KIND}.numbering+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}">{abstract}{lists}</w:numbering>',
}
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name, content in parts.items():
        archive.writestr(name, content)
PYTHON
soffice --version
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to "txt:Text (encoded):UTF8" \
  --outdir "$folder" "$folder/clauses.docx" >/dev/null 2>&1
seen=$(tr -d '\r' <"$folder/clauses.txt" | sed 's/^\xef\xbb\xbf//' | grep -o '^ *[0-9I.]*' | tr -d ' ' | paste -sd ' ')
echo "the document says  1 1.1 1.1.1 1.1.2 1.2 1.2.3 I 1.1 1.2"
echo "LibreOffice says   $seen"
test "$seen" = "1 1.1 1.1.1 1.1.2 1.2 1.2.1 I I.1 I.2"
