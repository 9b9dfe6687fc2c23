"""Edits of Word documents as tracked changes: accepted they are the edit, rejected there was none."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from edited_documents import (
    FORMS,
    TABLE,
    W,
    change_parts,
    deleted,
    document,
    inserted,
    p,
    parts_of,
    protected,
    run,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_edits import edit_at
from shares import examples

from gbcscheck.authoring.edited import Edited
from gbcscheck.authoring.word.redline import redlined
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.extract.word.document import read_document
from gbcscheck.extract.word.views import View
from gbcscheck.model.repairs import Edit

MAIN = "word/document.xml"


def edits_of(path: Path, forms: dict[str, tuple[str, str, str, str]]) -> list[Edit]:
    return [edit_at(path, f"{TABLE}!B{row}", old, new) for row, (_, _, old, new) in enumerate(forms.values(), start=2)]


def text_at(path: Path, row: int, view: View) -> str:
    table = read_document(path).table(TABLE)
    assert table is not None
    cell = table.cell(row, 2, view)
    assert cell is not None
    return table.text(cell, view)


def written(made: Edited, path: Path) -> Path:
    path.write_bytes(made.content)
    return path


def changes(content: bytes) -> list[etree._Element]:
    root = etree.fromstring(parts_of(content)[MAIN])
    return [one for one in root.iter() if one.get(f"{{{W}}}author") == "gbcscheck"]


@pytest.mark.parametrize("form", FORMS)
def test_accepted_it_is_the_edit_and_rejected_there_was_none(tmp_path: Path, form: str) -> None:
    xml, text, old, new = FORMS[form]
    path = document(tmp_path / "draft.docx", {form: xml})
    assert text_at(path, 2, "final") == text
    copy = written(redlined(path, [edit_at(path, f"{TABLE}!B2", old, new)]), tmp_path / "redline.docx")
    assert text_at(copy, 2, "final") == (new if old == text else text.replace(old, new))
    assert text_at(copy, 2, "original") == text_at(path, 2, "original")


def test_no_other_part_and_no_other_paragraph_changes(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    content = path.read_bytes()
    made = redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")])
    assert made.places == 1
    assert made.notes == ()
    before, after = parts_of(path), parts_of(made.content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {MAIN}

    def others(xml: bytes) -> list[bytes]:
        return [etree.tostring(one, method="c14n") for one in etree.fromstring(xml).iter(f"{{{W}}}p")]

    changed = [pair for pair in zip(others(before[MAIN]), others(after[MAIN]), strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert path.read_bytes() == content
    assert redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")]).content == made.content


def test_the_program_is_the_author_and_no_date_is_given(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx", {name: form[0] for name, form in FORMS.items()})
    made = redlined(path, edits_of(path, dict(FORMS)))
    ours = changes(made.content)
    assert {one.tag.rpartition("}")[2] for one in ours} == {"ins", "del"}
    assert all(set(one.attrib) == {f"{{{W}}}id", f"{{{W}}}author"} for one in ours)
    root = etree.fromstring(parts_of(made.content)[MAIN])
    ids = [one.get(f"{{{W}}}id") for one in root.iter() if one.get(f"{{{W}}}author")]
    theirs = [number for number in ids if number is not None and 900 < int(number) < 910]
    assert len(set(ids)) == len(ids) - (len(theirs) - len(set(theirs)))


def test_the_schema_s_order_is_kept(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx", {name: form[0] for name, form in FORMS.items()})
    root = etree.fromstring(parts_of(redlined(path, edits_of(path, dict(FORMS))).content)[MAIN])
    for one in root.iter(f"{{{W}}}r"):
        names = [child.tag.rpartition("}")[2] for child in one]
        assert "rPr" not in names[1:]
    for one in root.iter(f"{{{W}}}pPr"):
        assert one.getparent()[0] is one
        names = [child.tag.rpartition("}")[2] for child in one]
        assert names.count("rPr") < 2
        assert "rPr" not in names or set(names[names.index("rPr") + 1 :]) <= {"sectPr", "pPrChange"}
    for one in root.iter(f"{{{W}}}del"):
        assert not list(one.iter(f"{{{W}}}t"))
    for one in root.iter(f"{{{W}}}delText"):
        assert any(around.tag == f"{{{W}}}del" for around in one.iterancestors())
    for one in root.iter(f"{{{W}}}ins"):
        assert not any(around.tag == f"{{{W}}}ins" for around in one.iterancestors())
    docx.Document(io.BytesIO(redlined(path, edits_of(path, dict(FORMS))).content))


def test_properties_of_the_run_are_kept(tmp_path: Path) -> None:
    bold = '<w:rFonts w:ascii="Courier New"/><w:b/><w:color w:val="FF0000"/>'
    path = document(tmp_path / "draft.docx", {"a": p(run("from 600 to 900 s", bold)), "b": FORMS["empty"][0]})
    edits = [edit_at(path, f"{TABLE}!B2", "600 to 900", "1 to 2"), edit_at(path, f"{TABLE}!B3", "", "7")]
    root = etree.fromstring(parts_of(redlined(path, edits).content)[MAIN])
    for kind in ("ins", "del"):
        found = [etree.tostring(one) for one in root.iter(f"{{{W}}}{kind}") if one.get(f"{{{W}}}author")]
        assert all(b"<w:b/>" in xml for xml in found)
    first = next(one for one in root.iter(f"{{{W}}}ins"))
    assert b"Courier New" in etree.tostring(first)


def test_new_text_is_not_in_a_font_of_symbols(tmp_path: Path) -> None:
    _, text, old, new = FORMS["symbol changed"]
    path = document(tmp_path / "draft.docx", {"a": FORMS["symbol changed"][0]})
    root = etree.fromstring(parts_of(redlined(path, [edit_at(path, f"{TABLE}!B2", old, new)]).content)[MAIN])
    (insertion,) = root.iter(f"{{{W}}}ins")
    assert "".join(insertion.itertext()) == "≤"
    assert not list(insertion.iter(f"{{{W}}}rFonts"))
    private = p(run("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run(" 600"))
    path = document(tmp_path / "private.docx", {"a": private})
    copy = written(redlined(path, [edit_at(path, f"{TABLE}!B2", text, "≥ 1800")]), tmp_path / "copy.docx")
    assert text_at(copy, 2, "final") == "≥ 1800"


def test_an_insertion_of_the_author_s_is_parted_around_ours(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx", {"a": FORMS["in an insertion"][0]})
    root = etree.fromstring(parts_of(redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")]).content)[MAIN])
    (paragraph,) = (one for one in root.iter(f"{{{W}}}p") if one.find(f"{{{W}}}ins") is not None)
    shape = [(one.tag.rpartition("}")[2], one.get(f"{{{W}}}author"), "".join(one.itertext())) for one in paragraph]
    assert shape == [
        ("del", "A. Nonymous", "300"),
        ("ins", "A. Nonymous", "from 600"),
        ("ins", "gbcscheck", "1800"),
        ("ins", "A. Nonymous", " s"),
    ]
    assert [one.get(f"{{{W}}}author") for one in paragraph.iter(f"{{{W}}}del")] == ["A. Nonymous", "gbcscheck"]


@pytest.mark.parametrize(
    ("text", "new", "gone", "come"),
    [
        ("from 0 to 600 s", "from 0 to 1800 s", "600", "1800"),
        ("||0b11111000 (padding)", "||0b11111110 (padding)", "||0b11111000", "||0b11111110"),
        ("12 600 V", "12 700 V", "12 600", "12 700"),
        ("null", "null or 5", "", " or 5"),
        ("null or 5", "null", " or 5", ""),
        ("abc", "xyz", "abc", "xyz"),
    ],
)
def test_whole_words_that_differ_are_changed_and_no_others(
    tmp_path: Path, text: str, new: str, gone: str, come: str
) -> None:
    path = document(tmp_path / "draft.docx", {"a": p(run(text))})
    ours = changes(redlined(path, [edit_at(path, f"{TABLE}!B2", text, new)]).content)
    by_kind = {one.tag.rpartition("}")[2]: "".join(one.itertext()) for one in ours}
    assert (by_kind.get("del", ""), by_kind.get("ins", "")) == (gone, come)


def test_two_edits_of_one_cell_and_one_of_a_merged_one(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx", {"a": p(run("min 600 max 900")), "b": p(run("600"))})
    made = docx.Document(str(path))
    table = made.tables[0]
    table.cell(2, 0).merge(table.cell(2, 1))
    made.save(str(path))
    merged = read_document(path).table(TABLE)
    assert merged is not None
    edits = [edit_at(path, f"{TABLE}!B2", "600", "700"), edit_at(path, f"{TABLE}!B2", "900", "1800")]
    copy = written(redlined(path, [*edits, edit_at(path, f"{TABLE}!A3", "600", "7")]), tmp_path / "redline.docx")
    assert text_at(copy, 2, "final") == "min 700 max 1800"
    table = read_document(copy).table(TABLE)
    assert table is not None
    cell = table.cell(3, 2)
    assert cell is not None
    assert table.text(cell) == "b\n7"


SIGNS = st.text(st.sampled_from("06 s-\n|"), min_size=1, max_size=8)
PIECES = st.lists(st.tuples(st.sampled_from(["run", "bold", "ins", "del", "link", "p"]), SIGNS), min_size=1, max_size=5)


def _cell(pieces: list[tuple[str, str]]) -> str:
    kinds = {
        "run": run, "bold": lambda text: run(text, "<w:b/>"), "ins": lambda text: inserted(run(text)),
        "del": deleted, "link": lambda text: f'<w:hyperlink w:anchor="x">{run(text)}</w:hyperlink>',
    }  # fmt: skip
    cells, inner = [], ""
    for kind, text in pieces:
        if kind == "p":
            cells.append(p(inner))
            inner = ""
        else:
            inner += kinds[kind](text.replace("\n", " "))
    return "".join([*cells, p(inner)])


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, new=SIGNS)
def test_of_any_cell_the_accepted_text_is_the_edit_and_the_rejected_one_as_it_was(
    tmp_path: Path, pieces: list[tuple[str, str]], new: str
) -> None:
    blank = tmp_path / "blank.docx"
    if not blank.exists():
        document(blank, {"a": p(run("@"))})
    content = parts_of(blank)
    path = tmp_path / "law.docx"
    cell = re.compile(rb'<w:p><w:r><w:t xml:space="preserve">@</w:t></w:r></w:p>')
    assert cell.search(content[MAIN])
    path.write_bytes(blank.read_bytes())
    change_parts(path, {MAIN: lambda xml: cell.sub(lambda _: _cell(pieces).encode(), xml)})
    text = text_at(path, 2, "final")
    copy = written(redlined(path, [edit_at(path, f"{TABLE}!B2", text, new)]), tmp_path / "copy.docx")
    assert text_at(copy, 2, "final").split() == new.split()
    assert text_at(copy, 2, "original") == text_at(path, 2, "original")


# --- what is refused or told -----------------------------------------------------------------------------------------


def test_what_does_not_stand_there_is_refused_by_place_all_at_once(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    edits = [
        edit_at(path, f"{TABLE}!B2", "700", "1800"),
        edit_at(path, f"{TABLE}!B9", "1", "2"),
        edit_at(path, "Table 1!B2", "1", "2"),
    ]
    with pytest.raises(Problems) as caught:
        redlined(path, edits)
    assert [str(problem) for problem in caught.value.problems] == [
        f'{path} · {TABLE}, row 2, column 2: "600" stands there, and "700" was expected',
        f"{path} · {TABLE}, row 9, column 2: the table has no such cell",
        f"{path} · Table 1, row 2, column 2: the document has no such table",
    ]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("600")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (p(FIELD), "the text is the result of a field"),
        (p(f'<w:fldSimple w:instr="REF a">{run("600")}</w:fldSimple>'), "the text is the result of a field"),
        (
            p('<w:r><w:t>6</w:t><w:footnoteReference w:id="3"/><w:t>00</w:t></w:r>'),
            "the mark of a footnote stands with",
        ),
        (
            p(
                f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="b"/></w:sdtPr><w:sdtContent>{run("600")}'
                "</w:sdtContent></w:sdt>"
            ),
            "a content control that shows data of the document",
        ),
    ],
)
def test_what_cannot_be_changed_is_told(tmp_path: Path, xml: str, told: str) -> None:
    path = document(tmp_path / "draft.docx", {"a": xml})
    with pytest.raises(GbcscheckError, match=told):
        redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")])


@pytest.mark.parametrize(
    ("kind", "told"),
    [("readOnly", "it may only be read"), ("forms", "only its form fields"), ("comments", "it takes comments alone")],
)
def test_a_protected_document_is_refused_in_words(tmp_path: Path, kind: str, told: str) -> None:
    path = protected(document(tmp_path / "a.docx"), f'<w:documentProtection w:edit="{kind}" w:enforcement="1"/>')
    with pytest.raises(GbcscheckError, match=f"the document is protected: {told}.*Restrict Editing"):
        redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")])


@pytest.mark.parametrize(
    "element",
    ['<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>', '<w:documentProtection w:edit="readOnly"/>'],
)
def test_a_protection_that_lets_changes_be_tracked_is_none(tmp_path: Path, element: str) -> None:
    path = protected(document(tmp_path / "a.docx"), element)
    assert redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")]).notes == ()


def test_signatures_are_refused_and_recommendations_and_macros_told(tmp_path: Path) -> None:
    path = protected(document(tmp_path / "a.docx"), '<w:writeProtection w:recommended="1"/>')
    edit = edit_at(path, f"{TABLE}!B2", "600", "1800")
    change_parts(path, {}, {"word/vbaProject.bin": b"\0macro\xff"})
    made = redlined(path, [edit])
    assert made.notes == (
        "its author recommends to open it for reading alone, and the copy says so too",
        "it has macros, which are in the copy as they were",
    )
    assert parts_of(made.content)["word/vbaProject.bin"] == b"\0macro\xff"
    change_parts(path, {}, {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(GbcscheckError, match="signed, and a changed copy would break the signature"):
        redlined(path, [edit])


@pytest.mark.parametrize("form", ["control of paragraphs", "control"])
def test_a_control_in_which_another_program_loses_changes_is_told(tmp_path: Path, form: str) -> None:
    path = document(tmp_path / "draft.docx", {form: FORMS[form][0]})
    notes = redlined(path, [edit_at(path, f"{TABLE}!B2", "600", "1800")]).notes
    assert bool(notes) == (form != "control")
    assert all("LibreOffice (7.4.7) reads tracked changes as plain text" in note for note in notes)


def test_the_name_of_a_row_is_changed_in_the_cell_that_holds_it(tmp_path: Path) -> None:
    path = document(tmp_path / "draft.docx")
    edit = edit_at(path, f"{TABLE}!B2", "Period", "Time Period", member="subject")
    copy = written(redlined(path, [edit]), tmp_path / "redline.docx")
    table = read_document(copy).table(TABLE)
    assert table is not None
    assert [table.text(cell) for cell in table.rows()[1].cells] == ["Time Period", "600"]
    with pytest.raises(
        GbcscheckError, match='the name "Span" stands in no cell of the row; write "Time" there by hand'
    ):
        redlined(path, [edit_at(path, f"{TABLE}!B2", "Span", "Time", member="subject")])
