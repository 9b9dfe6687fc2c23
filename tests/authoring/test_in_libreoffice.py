"""What is written, in LibreOffice: it opens, its tracked changes can be accepted and rejected, its comments are seen.

All documents are made and opened once a session, in one run of the program.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from edited_documents import FORMS, TABLE, document, p, run
from made_edits import edit_at, finding_at, report_of
from office import WORD, accepted_and_rejected, converted
from once import once
from test_paper import paper

from gbcscheck.authoring.paper.word import document_of
from gbcscheck.authoring.word.marking import annotate_document
from gbcscheck.authoring.word.redline import LOSES, redlined
from gbcscheck.extract.word.document import WordDocument, read_document
from gbcscheck.extract.word.views import View

LOST = ("control of paragraphs",)
"""Forms of cells in which LibreOffice loses tracked changes, ours and any others."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents, and what LibreOffice makes of them."""

    def make() -> str:
        at = tmp_path_factory.mktemp("office")
        draft = document(at / "draft.docx", {name: form[0] for name, form in FORMS.items()})
        edits = [
            edit_at(draft, f"{TABLE}!B{row}", old, new) for row, (_, _, old, new) in enumerate(FORMS.values(), start=2)
        ]
        (at / "redline.docx").write_bytes(redlined(draft, edits).content)
        report = report_of(finding_at(draft, f"{TABLE}!B2"), finding_at(draft, f"{TABLE}!B5", severity="warning"))
        (at / "commented.docx").write_bytes(annotate_document(draft, report).content)
        (at / "changes.docx").write_bytes(document_of(paper()))
        accepted_and_rejected(at, "redline.docx")
        converted(at, ["commented.docx"], f"docx:{WORD}")
        converted(at, ["changes.docx"], "pdf")
        return str(at)

    return Path(once(tmp_path_factory, "office-of-repairs", make))


def text_of(read: WordDocument, row: int, view: View) -> str:
    table = read.table(TABLE)
    assert table is not None
    cell = table.cell(row, 2, view)
    assert cell is not None
    return table.text(cell, view)


@pytest.mark.slow
def test_accepted_there_it_is_the_direct_edit_and_rejected_the_original(folder: Path) -> None:
    draft, accepted, rejected = (read_document(folder / f"{name}.docx") for name in ("draft", "accepted", "rejected"))
    wrong = []
    for row, (name, (_, text, old, new)) in enumerate(FORMS.items(), start=2):
        expected = new if old == text else text.replace(old, new)
        found = (text_of(accepted, row, "final"), text_of(rejected, row, "final"))
        if found != (expected, text_of(draft, row, "original")):
            wrong.append((name, found))
    assert [name for name, _ in wrong] == list(LOST), wrong
    assert dict(wrong)["control of paragraphs"] == ("6001800", "6001800")
    assert "LibreOffice (7.4.7)" in LOSES
    assert accepted.changes == rejected.changes == 0


@pytest.mark.slow
def test_the_comments_are_seen_there_with_their_author(folder: Path) -> None:
    comments = list(docx.Document(str(folder / "out" / "commented.docx")).comments)
    assert [(one.author, one.initials) for one in comments] == [("gbcscheck", "gc")] * 2
    assert [one.text.split("\n")[0] for one in comments] == [
        "error V101: default contradicts the constant",
        "warning V101: default contradicts the constant",
    ]
    draft, commented = read_document(folder / "draft.docx"), read_document(folder / "out" / "commented.docx")
    rows = range(2, 2 + len(FORMS))
    same = [row for row in rows if text_of(draft, row, "final") == text_of(commented, row, "final")]
    assert len(same) >= len(FORMS) - len(LOST) - 2


@pytest.mark.slow
def test_the_change_document_prints(folder: Path) -> None:
    content = (folder / "out" / "changes.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 10_000


def test_the_cell_of_a_comment_is_as_it_was(tmp_path: Path) -> None:
    draft = document(tmp_path / "draft.docx", {"a": p(run("600"))})
    (tmp_path / "copy.docx").write_bytes(annotate_document(draft, report_of(finding_at(draft, f"{TABLE}!B2"))).content)
    assert text_of(read_document(tmp_path / "copy.docx"), 2, "final") == "600"
