"""Numbered clauses of whole documents, whose sentences are all made up: what is read, and what is told as not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numbered_documents import BY, TITLE, deleted, inserted, paragraph, requirements, run, style, write_document
from shares import examples

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.clause_outline import sentences_in
from gbcscheck.extract.clauses import COLUMN, read_clauses, render_clause_stats
from gbcscheck.extract.word.views import View
from gbcscheck.facts.extract_file import Reading, parse_extract, render_extract
from gbcscheck.model import Specification
from gbcscheck.notation.clause_forms import FORMS

CHAPTER = ("# Devices", "## Data", "### Configuration")


def _read(tmp_path: Path, *paragraphs: str, view: View = "final", title: str = "") -> Reading:
    given = {"title": title} if title else {}
    return read_clauses(requirements(tmp_path / "draft.docx", *paragraphs, **given), view=view, shown="draft.docx")


def _said(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Clause, item, attribute and what is said of it."""
    return [(row.clause, row.subject, row.attribute, row.domain or str(row.value)) for row in reading.extract.rows]


def _unread(reading: Reading) -> dict[str, str]:
    return {one.place: one.reason.splitlines()[0] for one in reading.unread if "before the first" not in one.place}


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_document_numbered_by_its_styles(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        *CHAPTER,
        "#### Sample Limit [INFO]",
        "A value in seconds in the range 0 to 900. The default value shall be 600.",
        "The Sample Limit shall be capable of being configured by the Import Supplier.",
        "#### Sample State",
        "The Sample State shall be one of the following:",
        "*Armed;",
        "*Locked; or",
        "*Not Fitted.",
    )
    assert reading.extract.specification == Specification("SMETS2", "5.9 draft", "clauses")
    assert _said(reading) == [
        ("1.1.1.1, sentence 1", "Sample Limit", "unit", "s"),
        ("1.1.1.1, sentence 1", "Sample Limit", "permitted", "0..900 s"),
        ("1.1.1.1, sentence 2", "Sample Limit", "default", "600 s"),
        ("1.1.1.1, sentence 3", "Sample Limit", "settable-by", "Import Supplier"),
        ("1.1.1.2, sentence 1", "Sample State", "states", '"Armed" | "Locked" | "Not Fitted"'),
    ]
    assert _unread(reading) == {}
    row = reading.extract.rows[-1]
    assert row.text == "The Sample State shall be one of the following: Armed; Locked; or Not Fitted."
    (*_, last) = reading.extract.statements()
    assert str(last.place) == "draft.docx · clause 1.1.1.2, sentence 1"
    assert last.place.clause == "1.1.1.2, sentence 1"


def test_a_document_with_typed_numbers(tmp_path: Path) -> None:
    texts = (
        "SMETS2 v5.9",
        "5.7 Data",
        "5.7.4 Configuration",
        "5.7.4.1 Sample Limit",
        "A value in Volts in the range 0 to 300.",
        "1.5 Volts are no clause.",
        "5.7.4.2 The Sample State shall be set to Armed or Locked.",
        "5.7.4.3 Other State",
        "Other State: An integer in the range 0 to 3.",
        "(a) Armed",
    )
    reading = read_clauses(write_document(tmp_path / "typed.docx", "".join(map(paragraph, texts))))
    assert [row[:3] for row in _said(reading)] == [
        ("5.7.4.1, sentence 1", "Sample Limit", "unit"),
        ("5.7.4.1, sentence 1", "Sample Limit", "permitted"),
        ("5.7.4.3, sentence 1", "Other State", "permitted"),
    ]
    unread = _unread(reading)
    assert set(unread) == {"clause 5.7.4.1, sentence 2", "clause 5.7.4.2, sentence 1", "clause 5.7.4.3, sentence 2"}
    assert "neither its clause's title" in unread["clause 5.7.4.2, sentence 1"]
    assert "no sentence leads to the list" in unread["clause 5.7.4.3, sentence 2"]


def test_numbered_sentences_below_a_title_are_of_it(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "# Devices",
        "## Sample Limit",
        "### A value in minutes in the range 0 to 60.",
        "### The default value shall be 30.",
        "### The Sample Limit shall not be configurable.",
    )
    assert _said(reading) == [
        ("1.1.1, sentence 1", "Sample Limit", "unit", "min"),
        ("1.1.1, sentence 1", "Sample Limit", "permitted", "0..3600 step 60 s"),
        ("1.1.2, sentence 1", "Sample Limit", "default", "1800 s"),
        ("1.1.3, sentence 1", "Sample Limit", "settable-by", "none"),
    ]


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_every_form_is_read_in_a_document(tmp_path: Path, form: object) -> None:
    sentence, items = form.example, form.items  # type: ignore[attr-defined]
    reading = _read(
        tmp_path, "# Devices", f"## {form.item or 'Sample Limit'}", sentence, *(f"i){one}" for one in items)
    )  # type: ignore[attr-defined]
    assert tuple(row[2:] for row in _said(reading)) == form.gives  # type: ignore[attr-defined]
    again = parse_extract(render_extract(reading.extract).encode(), where="again.json")
    assert [row.domain for row in again.rows] == [row.domain for row in reading.extract.rows]


@pytest.mark.parametrize(
    "sentences",
    [
        ["A value in the range 0 to 10 V.", "The default value shall be 5 V."],
        ["It lasts 30 min.", "The next begins."],
        ["See Fig. 4 of Annex B. Smith's book, e.g. Chapter 2."],
        ["It is 1.5 V.", '"Armed" is a state.', "(And so on.)"],
        ["Is it?", "Yes!", "No."],
    ],
)
def test_sentences_end_where_people_see_them_end(sentences: list[str]) -> None:
    assert list(sentences_in(" ".join(sentences))) == sentences


# --- what is told ----------------------------------------------------------------------------------------------------


def test_every_sentence_is_read_or_told_with_its_place(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        *CHAPTER,
        "#### Sample Limit",
        "A value in seconds in the range 0 to 900. Where fitted, the default value shall be 600. The sky is blue.",
    )
    assert reading.counts == {COLUMN: {"blank": 0, "read": 1, "bare": 0, "unread": 3}}
    assert [(one.place, one.text) for one in reading.unread] == [
        (
            "clause (before the first), sentence 1",
            TITLE,
        ),
        ("clause 1.1.1.1, sentence 2", "Where fitted, the default value shall be 600."),
        ("clause 1.1.1.1, sentence 3", "The sky is blue."),
    ]
    told = render_clause_stats(reading).splitlines()
    assert told[0] == "4 sentences: 1 read, 3 not read"
    assert 'clause 1.1.1.1, sentence 2: a condition: "Where"' in told
    assert "    The sky is blue." in told


DEFAULT = "The default value shall be 5 s."
RANGE = "A value in seconds in the range 0 to 9."
DOUBTS = {
    "a clause with clauses in it": (["# Some Limits", RANGE, "## One", "## Two"], {"1, sentence 1": "about several"}),
    "several items in one clause": (
        ["# Some Limits", f"Sample Limit: {RANGE}", DEFAULT],
        {"1, sentence 2": "about several"},
    ),
    "no title": (["# The sky is blue.", DEFAULT], {"1, sentence 1": "no form", "1, sentence 2": "no title"}),
    "a title with a condition": (
        ["# Some Limits where fitted", DEFAULT],
        {"1, sentence 1": "its title holds a condition"},
    ),
    "a device and no item": (
        ["# Limits", "The Mains Switch shall be configurable."],
        {"1, sentence 1": "neither its clause's title"},
    ),
    "a sentence that says when the clause holds": (
        ["# Sample Limit", RANGE, "This clause applies to twin devices only."],
        {"1, sentence 1": "clause 1, sentence 2 says when", "1, sentence 2": "a condition"},
    ),
    "a chapter that holds for some devices only": (
        ["# Limits", "These clauses apply only to twin devices.", "## Sample Limit", RANGE],
        {"1, sentence 1": "a condition", "1.1, sentence 1": "clause 1, sentence 1 says when"},
    ),
    "a sentence that takes something out": (
        ["# Sample Limit", RANGE, "However, 7 is never used."],
        {"1, sentence 1": "or what of it does not", "1, sentence 2": "no form"},
    ),
    "a title that is none of a data item": (["# Default Value", RANGE], {"1, sentence 1": "no name of a data item"}),
    "a label before a colon": (
        ["# Sample Limit", f"Range: {RANGE}", "The default value shall be 5 s."],
        {"1, sentence 1": "no name of a data item", "1, sentence 2": "about several"},
    ),
    "a number without a unit beside a unit that is not read": (
        ["# Sample Limit", "The limit in minutes is kept.", "The default value shall be 5."],
        {"1, sentence 1": "no form", "1, sentence 2": "a number without a unit"},
    ),
    "another range for some devices": (
        ["# Sample Limit", RANGE, "For twin devices it shall be 0 to 5."],
        {"1, sentence 1": "clause 1, sentence 2 may bear on what values", "1, sentence 2": "no form"},
    ),
    "a value beside the range": (
        ["# Sample Limit", RANGE, "In addition, 65535 shall be accepted."],
        {"1, sentence 1": "clause 1, sentence 2 may bear on what values", "1, sentence 2": "no form"},
    ),
    "another default for some devices": (
        ["# Sample Limit", "The default value shall be 5 s.", "Where fitted, the default value shall be 6 s."],
        {"1, sentence 1": "clause 1, sentence 2 may bear on what values", "1, sentence 2": "a condition"},
    ),
    "a resolution in a sentence that is not read": (
        ["# Sample Limit", "A value in kW in the range 0 to 10.", "The resolution shall be 0.1 kW."],
        {"1, sentence 1": "no resolution of its own", "1, sentence 2": "no form"},
    ),
    "a resolution in a sentence that is read": (
        [
            "# Sample Limit",
            "A value in kW in the range 0 to 10.",
            "The Sample Limit shall have a resolution of 0.1 kW.",
        ],
        {"1, sentence 1": "no resolution of its own"},
    ),
    "units that are said in words": (
        ["# Sample Limit", "A value in the range 0 to 9.", "The units shall be those of the display."],
        {"1, sentence 1": "a number without a unit", "1, sentence 2": "no form"},
    ),
    "words above sentences that are no heading": (
        ["# Sample Limit", "Variant A", RANGE],
        {"1, sentence 1": "no form", "1, sentence 2": '"Variant A" may say of what'},
    ),
    "devices before a colon": (
        ["# Sample Limit", f"ESME: {RANGE}", f"GSME: {RANGE}"],
        {"1, sentence 1": "no name of a data item", "1, sentence 2": "no name of a data item"},
    ),
    "a clause that is not used": (["# Sample Limit (not used)", RANGE], {"1, sentence 1": "no name of a data item"}),
}


@pytest.mark.parametrize(("texts", "told"), DOUBTS.values(), ids=DOUBTS)
def test_doubt_around_a_sentence_leaves_it_unread(tmp_path: Path, texts: list[str], told: dict[str, str]) -> None:
    reading = _read(tmp_path, *texts)
    unread = {place.removeprefix("clause "): reason for place, reason in _unread(reading).items()}
    assert set(unread) == set(told)
    for place, words in told.items():
        assert words in unread[place]
    assert not {row[0] for row in _said(reading)} & set(told)


def test_what_chapters_say_differently_of_one_name_is_not_read(tmp_path: Path) -> None:
    other = ("# Other Devices", "## Sample Limit")
    same = "A value in seconds in the range 0 to 9."
    both = _read(tmp_path, "# Devices", "## Sample Limit", same, *other, same)
    assert len(both.extract.rows) == 4
    apart = _read(tmp_path, "# Devices", "## Sample Limit", same, *other, "A value in seconds in the range 0 to 5.")
    assert apart.extract.rows == ()
    assert _unread(apart) == {
        "clause 1.1, sentence 1": "clause 2.1 says otherwise of an item of this name, and may be of another device",
        "clause 2.1, sentence 1": "clause 1.1 says otherwise of an item of this name, and may be of another device",
    }


def test_one_clause_that_contradicts_itself_is_stated_twice(tmp_path: Path) -> None:
    """What is wrong in one place is for the rules to find."""
    reading = _read(tmp_path, "# Sample Limit", "The default value shall be 5 s.", "The default value shall be 6 s.")
    assert [row[3] for row in _said(reading)] == ["5 s", "6 s"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "a footnote"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>never</w:t></w:r>", "text that is struck out"),
        ("<w:r><w:drawing/></w:r>", "a picture"),
    ],
)
def test_a_sentence_with_more_than_text_is_not_read(tmp_path: Path, more: str, why: str) -> None:
    sentence = paragraph(f"{run('A value in seconds in the range 0 to 9.')}{more}")
    reading = _read(tmp_path, "# Sample Limit", sentence)
    assert why in _unread(reading)["clause 1, sentence 1"]


def test_lists_within_lists_and_tables_between_are_no_list_of_names(tmp_path: Path) -> None:
    leads = "The Sample State shall be one of the following:"
    nested = _read(tmp_path, "# Sample State", leads, "*Armed", "i)Locked", "*Open")
    assert "not one list" in _unread(nested)["clause 1, sentence 1"]
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    between = _read(tmp_path, "# Sample State", leads, table, "*Armed", "*Locked")
    assert "no list of two or more" in _unread(between)["clause 1, sentence 1"]
    assert between.extract.rows == ()


# --- tracked changes -------------------------------------------------------------------------------------------------


def test_the_views_of_tracked_changes(tmp_path: Path) -> None:
    changed = run("A value in seconds in the range 0 to ") + deleted("600") + inserted(run("1800")) + run(".")
    document = (
        "# Devices",
        paragraph(deleted("Old Limit"), style="H2", mark="del"),
        paragraph(deleted("A value in Volts in the range 0 to 9."), mark="del"),
        "## Sample Limit",
        paragraph(changed),
        paragraph(inserted(run("The default value shall be 900.")), mark="ins"),
    )
    assert _said(_read(tmp_path, *document)) == [
        ("1.1, sentence 1", "Sample Limit", "unit", "s"),
        ("1.1, sentence 1", "Sample Limit", "permitted", "0..1800 s"),
        ("1.1, sentence 2", "Sample Limit", "default", "900 s"),
    ]
    assert _said(_read(tmp_path, *document, view="original")) == [
        ("1.1, sentence 1", "Old Limit", "unit", "V"),
        ("1.1, sentence 1", "Old Limit", "permitted", "0..9 V"),
        ("1.2, sentence 1", "Sample Limit", "unit", "s"),
        ("1.2, sentence 1", "Sample Limit", "permitted", "0..600 s"),
    ]


def test_no_name_and_no_date_of_a_change_is_kept(tmp_path: Path) -> None:
    reading = _read(tmp_path, "# Sample Limit", paragraph(inserted(run("A value in seconds."))))
    assert "Nonymous" in BY
    assert "Nonymous" not in repr(reading)
    assert "2020-01-01" not in repr(reading)


# --- which document, and what is none --------------------------------------------------------------------------------


def test_the_version_may_be_given_and_a_document_without_a_name_goes_by_that_of_its_file(tmp_path: Path) -> None:
    path = requirements(tmp_path / "limits.docx", "# Sample Limit", title="Draft")
    assert read_clauses(path).extract.specification == Specification("limits", "unstated", "clauses")
    assert read_clauses(path, version="7").extract.specification.version == "7"


def test_a_document_without_numbered_clauses_is_refused(tmp_path: Path) -> None:
    path = write_document(tmp_path / "letter.docx", paragraph("Dear reader."))
    with pytest.raises(UnreadableSource, match=r"letter\.docx: no paragraph has the number of a clause"):
        read_clauses(path)


def test_clauses_of_one_number_are_told_apart(tmp_path: Path) -> None:
    titles = [paragraph(text, style="T") for text in ("5.1 Sample Limit", "5.1 Other Limit")]
    values = [paragraph(f"The default value shall be {number} s.") for number in (5, 6)]
    body = titles[0] + values[0] + titles[1] + values[1]
    found = read_clauses(write_document(tmp_path / "twice.docx", body, styles=style("T", outline=1)))
    assert [row[:2] for row in _said(found)] == [
        ("5.1, sentence 1", "Sample Limit"),
        ("5.1 (2), sentence 1", "Other Limit"),
    ]


def test_a_heading_that_is_a_sentence_is_counted_as_one(tmp_path: Path) -> None:
    body = paragraph("5.1 Sample Limit", style="T") + paragraph("The default value shall be 5 s.", style="T")
    found = read_clauses(write_document(tmp_path / "twice.docx", body, styles=style("T", outline=1)))
    assert _said(found) == [("5.1, sentence 1", "Sample Limit", "default", "5 s")]


# --- laws ------------------------------------------------------------------------------------------------------------

PIECES = (
    *("# Devices", "## Sample Limit", "### Sample State", "## Limits where fitted", "#### Deep Limit"),
    *("A value in seconds in the range 0 to 9.", "The default value shall be 5.", "The sky is blue. So is the sea."),
    *("The Sample State shall be one of the following:", "*Armed", "*Locked", "i)Open;", "1.1 Typed Limit", "1.2"),
    *("This clause applies to twin devices only.", "Sample Limit: A value in Volts.", "However, not at night."),
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=examples(60))
def test_every_sentence_of_any_document_is_read_or_told_once(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    reading = _read(tmp_path_factory.mktemp("any"), "# First", *pieces)
    counts = (reading.counts or {})[COLUMN]
    unread = [one.place for one in reading.unread]
    read = {row.source for row in reading.extract.rows}
    assert len(set(unread)) == len(unread) == counts["unread"]
    assert len(read) == counts["read"]
    assert not read & set(unread)
    assert all(one.reason for one in reading.unread)
