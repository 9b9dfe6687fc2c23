"""Findings as comments in a Word document."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from edited_documents import TABLE, W, change_parts, document, inserted, p, parts_of, protected, run
from lxml import etree
from made_edits import TABLE as SPECIFICATION
from made_edits import finding_at, report_of

from gbcscheck.authoring.word.marking import annotate_document
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.word.document import read_document
from gbcscheck.model import Place
from gbcscheck.model.coverage import Coverage, NotRead, TableCoverage

MAIN = "word/document.xml"
PART = "word/gbcscheckComments1.xml"


def comments(content: bytes) -> list[tuple[str, str, str]]:
    return [(one.author, one.initials or "", one.text) for one in docx.Document(io.BytesIO(content)).comments]


def test_a_clashing_cell_has_a_comment_with_the_other_side(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    made = annotate_document(path, report_of(finding_at(path, f"{TABLE}!B2")))
    assert (made.cells, made.gaps, made.notes) == (1, 0, ())
    ((author, initials, text),) = comments(made.content)
    assert (author, initials) == ("gbcscheck", "gc")
    assert text.split("\n") == [
        "error V101: default contradicts the constant",
        "This cell: default 0x0F (fifteen)",
        "Other side: GBCS 9.9 ECS99, row 1 (gbcs/use-cases.xlsx · DLMS!K685): constant ||0x001E (thirty)",
        "Witness: 15",
        "Why: the use case fixes it",
        "What to do: write 0x1E",
    ]


def test_it_is_anchored_on_the_text_of_the_cell(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx", {"a": p(run("low")) + p(inserted(run("600")), '<w:jc w:val="left"/>')})
    made = annotate_document(path, report_of(finding_at(path, f"{TABLE}!B2")))
    root = etree.fromstring(parts_of(made.content)[MAIN])
    start, end = root.find(f".//{{{W}}}commentRangeStart"), root.find(f".//{{{W}}}commentRangeEnd")
    (reference,) = root.iter(f"{{{W}}}commentReference")
    assert start is not None
    assert end is not None
    assert {one.get(f"{{{W}}}id") for one in (start, end, reference)} == {start.get(f"{{{W}}}id")}
    assert start.getparent().index(start) == 0
    assert "".join(start.getparent().itertext()) == "low"
    assert end.getparent()[0].tag == f"{{{W}}}pPr"
    assert "".join(end.getparent().itertext()) == "600"
    table = read_document(path).table(TABLE)
    (tmp_path / "copy.docx").write_bytes(made.content)
    copy = read_document(tmp_path / "copy.docx").table(TABLE)
    assert table is not None
    assert copy is not None
    assert [copy.text(cell) for row in copy.rows() for cell in row.cells] == [
        table.text(cell) for row in table.rows() for cell in row.cells
    ]


def test_no_other_part_changes_and_the_copy_is_the_same_every_time(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    content = path.read_bytes()
    report = report_of(finding_at(path, f"{TABLE}!B2", f"{TABLE}!B3"))
    made = annotate_document(path, report)
    before, after = parts_of(path), parts_of(made.content)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", MAIN}
    assert [name for name in after if name not in before] == [PART]
    assert made.cells == 2
    assert path.read_bytes() == content
    assert annotate_document(path, report).content == made.content


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    word = docx.Document(str(path))
    word.add_comment(word.tables[0].cell(1, 1).paragraphs[0].runs, text="Agreed", author="A. Nonymous", initials="AN")
    word.save(str(path))
    made = annotate_document(path, report_of(finding_at(path, f"{TABLE}!B2")))
    assert [(author, text.split("\n")[0]) for author, _, text in comments(made.content)] == [
        ("A. Nonymous", "Agreed"),
        ("gbcscheck", "error V101: default contradicts the constant"),
    ]
    root = etree.fromstring(parts_of(made.content)[MAIN])
    ids = [one.get(f"{{{W}}}id") for one in root.iter(f"{{{W}}}commentReference")]
    assert len(set(ids)) == len(ids) == 2


def test_a_strict_document_has_comments_in_its_own_form(tmp_path: Path) -> None:
    def strict(xml: bytes) -> bytes:
        relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        plain = xml.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        return plain.replace(relations, b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    path = document(tmp_path / "draft.docx")
    path = change_parts(path, {name: strict for name in parts_of(path) if name != "[Content_Types].xml"})
    made = annotate_document(path, report_of(finding_at(path, f"{TABLE}!B2")))
    assert made.cells == 1
    parts = parts_of(made.content)
    (name,) = (name for name in parts if "omments" in name)
    assert etree.fromstring(parts[name]).tag == "{http://purl.oclc.org/ooxml/wordprocessingml/main}comments"
    related = parts["word/_rels/document.xml.rels"]
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in related
    assert b"schemas.openxmlformats.org/officeDocument" not in related


def test_what_was_not_read_has_a_comment_too(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    unread = NotRead("cell", Place(str(path), TABLE, "B3"), "no number", "Threshold")
    coverage = Coverage((TableCoverage(str(path), SPECIFICATION, "", (), 1, (), (unread,)),))
    made = annotate_document(path, report_of(finding_at(path, f"{TABLE}!B2"), coverage=coverage))
    assert (made.cells, made.gaps) == (1, 1)
    assert comments(made.content)[1][2] == "Not read: no number. What stands here was not checked."


def test_what_is_waived_has_none_and_what_is_not_found_is_told(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    waived = finding_at(path, f"{TABLE}!B2", waived="agreed")
    made = annotate_document(path, report_of(waived, finding_at(path, f"{TABLE}!B77")))
    assert made.cells == 0
    assert made.notes == (f"{TABLE}, row 77, column 2 has no comment: the table has no such cell",)
    assert list(parts_of(made.content)) == list(parts_of(path))


def test_a_document_that_takes_comments_alone_takes_them_and_one_that_is_read_alone_does_not(tmp_path: Path) -> None:
    report = report_of(finding_at(tmp_path / "a.docx", f"{TABLE}!B2"))
    path = protected(document(tmp_path / "a.docx"), '<w:documentProtection w:edit="comments" w:enforcement="1"/>')
    assert annotate_document(path, report).cells == 1
    path = protected(document(tmp_path / "a.docx"), '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>')
    with pytest.raises(GbcscheckError, match="the document is protected: it may only be read"):
        annotate_document(path, report)
    path = change_parts(document(tmp_path / "a.docx"), {}, {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(GbcscheckError, match="signed"):
        annotate_document(path, report)
