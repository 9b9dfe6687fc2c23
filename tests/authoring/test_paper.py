"""The change document: what it says, and that Word and Markdown say the same."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

import docx
import pytest
from made_edits import OTHER, TABLE, USE_CASES, edit_at, finding_at
from markdown_it import MarkdownIt

from gbcscheck.authoring.paper.content import Paper, paper_of
from gbcscheck.authoring.paper.markdown import markdown_of
from gbcscheck.authoring.paper.word import document_of
from gbcscheck.authoring.smallest import pieces
from gbcscheck.errors import GbcscheckError
from gbcscheck.model import Statement
from gbcscheck.model.repairs import Choice, Option, Repairs, Unsettled
from gbcscheck.proposals.authority import Authority

EDITS = (
    edit_at("drafts/table.docx", "Table 28d!D7", "from 0 to 600 s", "from 0 to 1800 s", parties=("manufacturers",)),
    edit_at("drafts/table.docx", "Table 28d!D8", "a|b", "*x* <b> `y`", confidence="likely", parties=("DCC",)),
    edit_at("drafts/schema.xsd", "line 12", "9", "99"),
)
CHOICE = Choice(
    finding_at("drafts/table.docx", "Table 28d!D9"),
    (
        Option("as the use case", (edit_at("drafts/table.docx", "Table 28d!D9", "1", "2"),)),
        Option("as the table", (edit_at("use-cases.xlsx", "DLMS!K1", "2", "1"), EDITS[2])),
    ),
    "nothing says which",
    (finding_at("drafts/table.docx", "Table 28d!D10"),),
)
REPAIRS = Repairs(
    EDITS,
    (finding_at("drafts/table.docx", "Table 28d!D7"),),
    (CHOICE,),
    (Unsettled(finding_at("drafts/table.docx", "Table 28d!D11"), "no other text was found"),),
    ("SMETS2 is right, then GBCS.",),
)


def paper(repairs: Repairs = REPAIRS) -> Paper:
    return paper_of(
        repairs, release="November", specifications=(TABLE, USE_CASES), own=(TABLE,), rule_text=lambda _: "some rule"
    )


def told(text: str) -> list[str]:
    """The words of a text, without what marks them."""
    return re.findall(r"[\w.|<>`*]+", text)


def test_the_head_says_what_was_held_against_what() -> None:
    assert paper().title == "Proposed changes to GBCS 9.9 Table 9"
    assert dict(paper().facts) == {
        "Documents changed": "GBCS 9.9 Table 9",
        "Release": "November",
        "Held against": "GBCS 9.9 use cases",
        "Basis": "SMETS2 is right, then GBCS.",
        "Parties affected": "manufacturers, DCC",
        "Extent": "3 changes, which settle 1 conflict; 1 choice left to people; 1 conflict without a proposal",
        "Prepared by": dict(paper().facts)["Prepared by"],
    }


def test_changes_are_grouped_by_document_and_numbered_through() -> None:
    found = [(group.title, group.path, [(row.number, row.where) for row in group.rows]) for group in paper().groups]
    assert found == [
        ("GBCS 9.9 Table 9", "table.docx", [("1", "Table 28d, row 7, column 4"), ("2", "Table 28d, row 8, column 4")]),
        ("GBCS 9.9 Table 9", "schema.xsd", [("3", "line 12")]),
    ]
    (choice,) = paper().choices
    assert [[row.number for row in way.rows] for way in choice.ways] == [["a"], ["b1", "b2"]]
    assert (choice.conflict.rule, len(choice.also)) == ("V101 some rule", 1)
    assert paper().unsettled[0].why == "no other text was found"


def test_words_that_differ_are_marked_and_no_others() -> None:
    assert pieces("from 0 to 600 s", "from 0 to 1800 s") == (
        [("from 0 to ", False), ("600", True), (" s", False)],
        [("from 0 to ", False), ("1800", True), (" s", False)],
    )
    assert pieces("a\nb", "a\nc") == ([("a\n", False), ("b", True)], [("a\n", False), ("c", True)])
    assert pieces("", "x") == ([], [("x", True)])


def test_markdown_shows_deleted_and_inserted_text_and_takes_nothing_else_for_markup() -> None:
    text = markdown_of(paper())
    assert "from 0 to ~~600~~ s | from 0 to <ins>1800</ins> s" in text
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    assert html.count("<table>") == 5
    assert "<s>600</s>" in html
    assert "<s>a|b</s>" in html
    assert "<ins>*x* &lt;b&gt; `y`</ins>" in html
    assert "<em>" not in html
    assert re.findall(r"<h[123]>(.*?)</h[123]>", html) == [
        "Proposed changes to GBCS 9.9 Table 9",
        "1. Changes proposed",
        "1.1 GBCS 9.9 Table 9",
        "1.2 GBCS 9.9 Table 9",
        "2. Conflicts that these changes settle",
        "3. Choices left to people",
        "3.1 <code>Item.Table 28d!D9</code>",
        "4. Conflicts without a proposal",
    ]


def test_word_marks_them_too_and_says_the_same() -> None:
    content = document_of(paper())
    assert document_of(paper()) == content
    made = docx.Document(io.BytesIO(content))
    headings = [one.text for one in made.paragraphs if one.style is not None and one.style.name.startswith("Heading")]
    assert headings[:3] == ["1. Changes proposed", "1.1 GBCS 9.9 Table 9", "1.2 GBCS 9.9 Table 9"]
    assert len(made.tables) == 5
    row = made.tables[1].rows[1]
    (before,), (after,) = row.cells[2].paragraphs, row.cells[3].paragraphs
    assert [(run.text, bool(run.font.strike)) for run in before.runs] == [
        ("from 0 to ", False), ("600", True), (" s", False),
    ]  # fmt: skip
    assert [(run.text, bool(run.font.underline)) for run in after.runs][1] == ("1800", True)
    properties = made.core_properties
    assert (properties.author, properties.last_modified_by) == ("gbcscheck", "gbcscheck")
    assert properties.title == paper().title
    cells = {cell.text for table in made.tables for one in table.rows for cell in one.cells}
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown_of(paper()))
    said = set(told(re.sub(r"<[^>]+>", " ", html).replace("&lt;", "<").replace("&gt;", ">")))
    assert not [
        word for cell in cells for word in told(cell) if word not in said and word not in ("Confidence", "b", "a")
    ]


def test_without_changes_it_says_so_and_empty_sections_are_left_out() -> None:
    empty = paper(Repairs((), ()))
    assert empty.title == "Conflicts and ways out"
    assert markdown_of(empty).count("None.") == 1
    made = docx.Document(io.BytesIO(document_of(empty)))
    assert [one.text for one in made.paragraphs].count("None.") == 1
    assert [line for line in markdown_of(empty).split("\n") if line.startswith("## ")] == ["## 1. Changes proposed"]
    left = paper(Repairs((), (), unsettled=REPAIRS.unsettled))
    assert "## 2. Conflicts without a proposal" in markdown_of(left)
    assert left.unsettled[0].number == "2.1"


def test_reasons_are_sentences_that_name_all_who_say_so_and_the_conflicts_by_number() -> None:
    finding = finding_at("drafts/table.docx", "Table 28d!D7")
    third = Statement(
        "ECS98/Item.value", "constant", USE_CASES._replace(version="9.8"), "published", "ECS98, row 2", "u.xlsx", "A!B1"
    )
    why = "GBCS 9.9 ECS99, row 1 and 1 more say so, against GBCS 9.8 ECS97; settles V101, P101."
    edit = replace(EDITS[0], why=why, supports=(OTHER, third), settles=(finding.fingerprint,))
    (group,) = paper(Repairs((edit,), (finding,))).groups
    assert group.rows[0].reason == (
        "GBCS 9.9 (ECS99, row 1) and GBCS 9.8 (ECS98, row 2) already say so, against GBCS 9.8 ECS97. "
        "The change settles conflict 2.1."
    )
    likely = replace(edit, confidence="likely", supports=(), why="the finding asks for it; settles V101.")
    (group,) = paper(Repairs((likely,), (finding,))).groups
    assert group.rows[0].reason == (
        "The finding asks for it. The change settles conflict 2.1. Not every document that speaks of it says so."
    )


def test_the_place_has_the_heading_above_it_and_the_basis_is_told_to_no_one_person() -> None:
    clause = 'Table 28d (under "18.2 Default settings")'
    under = Statement("Item", "default", TABLE, "published", clause, "table.docx", "Table 28d!D7", text="1")
    said = Authority((), frozenset({TABLE})).in_words
    made = paper(Repairs((replace(EDITS[0], statement=under),), (), conditions=said))
    assert made.groups[0].rows[0].where == "18.2 Default settings, Table 28d, row 7, column 4"
    assert dict(made.facts)["Basis"] == "The other documents were left as they are."
    ordered = paper(Repairs((), (), conditions=Authority(("SMETS2", "GBCS"), frozenset()).in_words))
    assert dict(ordered.facts)["Basis"] == "SMETS2, then GBCS is right; what other documents say follows it."


def test_the_name_of_a_row_is_told_as_one() -> None:
    renamed = replace(EDITS[0], member="subject")
    (group,) = paper(Repairs((renamed,), ())).groups
    assert group.rows[0].item.endswith("(the name of what the row is about)")


def test_without_python_docx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(GbcscheckError, match=r"python-docx is not installed.*pip install 'gbcscheck\[documents\]'"):
        document_of(paper())
