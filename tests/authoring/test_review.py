"""The workbook of proposals: written, answered as people do, and read back."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made_edits import edit_at, finding_at

from gbcscheck.authoring.review.columns import COLUMNS, SHEET
from gbcscheck.authoring.review.reading import Accepted, accepted_rows
from gbcscheck.authoring.review.writing import HEAD, workbook_of
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.model.repairs import Choice, Option, Repairs

EDITS = (
    edit_at("draft.docx", "Table 28d!B2", "600", "1800", settles=("0123456789abcdef",), parties=("manufacturers",)),
    edit_at("draft.csv", "draft!C7", "=1+1", "_x000D_", confidence="possible"),
    edit_at("draft.csv", "draft!B8", "Perid", "Period", member="subject"),
)
CHOICE = Choice(
    finding_at("draft.docx", "Table 28d!B9"),
    (
        Option("as the use case", (edit_at("draft.docx", "Table 28d!B9", "1", "2"),)),
        Option("as the table", (edit_at("use-cases.xlsx", "DLMS!K1", "2", "1"),)),
    ),
    "nothing says which",
)
REPAIRS = Repairs(EDITS, (), (CHOICE,))


def title(name: str) -> int:
    return 1 + [column.title for column in COLUMNS].index(name)


def answered(folder: Path, *answers: tuple[int, str, object]) -> Path:
    """The workbook with some answers: row of the edit (from 1), column, value."""
    path = folder / "proposals.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(REPAIRS)))
    for row, column, value in answers:
        book[SHEET].cell(HEAD + row, title(column)).value = value  # type: ignore[assignment]
    book.save(path)
    return path


def test_people_see_each_edit_and_may_answer_two_columns() -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(workbook_of(REPAIRS)))[SHEET]
    shown = {column.title: [sheet.cell(HEAD + row, place).value for row in range(1, 6)]
             for place, column in enumerate(COLUMNS, 1)}  # fmt: skip
    assert shown["Accept"] == ["yes", "yes", "yes", "no", "no"]
    assert shown["Choice"][3:] == ["1a", "1b"]
    assert shown["Where"] == ["Table 28d, row 2, column 2", "draft!C7", "draft!B8", *(
        "Table 28d, row 9, column 2", "DLMS!K1")]  # fmt: skip
    assert shown["Current text"][1] == "=1+1"
    assert sheet.cell(HEAD + 2, title("Current text")).data_type == "s"
    assert shown["Reason"][3] == "as the use case. the use case fixes it nothing says which"
    assert sheet.protection.sheet
    unlocked = {column.title for place, column in enumerate(COLUMNS, 1)
                if not sheet.cell(HEAD + 1, place).protection.locked}  # fmt: skip
    assert unlocked == {"Accept", "Proposed text"}
    hidden = {sheet.cell(HEAD, ord(letter) - 64).value for letter in "ABCDEFGHIJKLMNOPQR"
              if sheet.column_dimensions[letter].hidden}  # fmt: skip
    assert hidden >= {"Path"}
    assert not hidden & {"Accept", "Item", "Current text"}
    (answers,) = sheet.data_validations.dataValidation
    assert (answers.formula1, str(answers.sqref)) == ('"yes,no"', f"B{HEAD + 1}:B{HEAD + 5}")


def test_the_same_proposals_give_the_same_octets() -> None:
    assert workbook_of(REPAIRS) == workbook_of(REPAIRS)
    assert len(workbook_of(Repairs((), ()))) > 1000


def test_what_is_accepted_comes_back_as_it_was(tmp_path: Path) -> None:
    found = accepted_rows(answered(tmp_path))
    assert [(one.path, one.source, one.member, one.old, one.new) for one in found] == [
        (edit.statement.path, edit.statement.source, edit.member, edit.old, edit.new) for edit in EDITS
    ]
    assert found[0] == Accepted(
        f"{tmp_path}/proposals.xlsx · Proposals!H5", "draft.docx", "Table 28d!B2", "Item.Table 28d!B2", "default",
        "text", "600", "1800", "1800", "the use case fixes it", "certain", "",
        ("manufacturers",),
    )  # fmt: skip


@pytest.mark.parametrize(("value", "text"), [("900 s", "900 s"), (1800, "1800"), (0.5, "0.5"), (None, "")])
def test_a_text_that_people_changed_is_taken(tmp_path: Path, value: object, text: str) -> None:
    path = answered(tmp_path, (1, "Proposed text", value), (2, "Accept", "No"), (3, "Accept", None))
    assert [one.new for one in accepted_rows(path)] == [text]


def test_one_way_out_of_a_choice_may_be_accepted(tmp_path: Path) -> None:
    (*_, last) = accepted_rows(answered(tmp_path, (5, "Accept", "YES")))
    assert (last.path, last.choice) == ("use-cases.xlsx", "1b")
    with pytest.raises(GbcscheckError, match=r"two ways out of choice 1 are accepted, 1a \(.*H8\) and 1b; one was"):
        accepted_rows(answered(tmp_path, (4, "Accept", "yes"), (5, "Accept", "yes")))


def test_answers_that_are_none_are_told_all_at_once(tmp_path: Path) -> None:
    path = answered(
        tmp_path,
        (1, "Accept", "perhaps"),
        (2, "Proposed text", datetime.datetime(2026, 1, 2)),
        (3, "Source", None),
    )
    with pytest.raises(Problems) as caught:
        accepted_rows(path)
    assert [str(one) for one in caught.value.problems] == [
        f'{path} · Proposals!B5: "perhaps"; yes or no was expected',
        f"{path} · Proposals!H6: a date or time, 2026-01-02, which a spreadsheet has made of what was typed; a text "
        "was expected: write an apostrophe before it",
        f"{path} · Proposals!N7: the hidden columns, by which the edit is known, were changed; make the workbook anew",
    ]


def test_another_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(UnreadableSource, match="no workbook of proposals: a sheet Proposals with the columns Accept"):
        accepted_rows(path)
