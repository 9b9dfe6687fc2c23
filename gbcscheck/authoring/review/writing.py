"""Writes the workbook of proposals with openpyxl: two columns may be changed, and nothing in it is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from gbcscheck.authoring.archives import with_settled_dates
from gbcscheck.authoring.review.columns import ACCEPT, COLUMNS, NO, SHEET, YES
from gbcscheck.authoring.texts import LONGEST_CELL, cell_string
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.sheets import column_letters
from gbcscheck.model.repairs import MEMBERS, Edit, Repairs
from gbcscheck.printable import clean, one_line
from gbcscheck.version import __version__

HEAD = 4
"""Row of the titles."""
LINE_HEIGHT, MOST_HEIGHT = 15, 300
"""Of a row, in points: what one line of text takes, and the highest that is made."""
HOW = (
    "Say yes or no in the column Accept; the proposed text may be changed. Then run: gbcscheck repair FILES --apply "
    "THIS_FILE --edited OUT. Of a choice one way out may be accepted. Hidden columns say by what each edit is known."
)
_GREY, _GREEN = "FFE9EDF1", "FFDDF0DD"


def workbook_of(repairs: Repairs) -> bytes:
    """The proposals as the octets of a workbook (.xlsx), a row for each edit: those that are proposed, accepted, and
    behind them the ways out of each choice, of which none is. The same proposals give the same octets. GbcscheckError
    for a text that is too long for a cell."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    sheet["A1"] = f"gbcscheck {__version__}: proposed edits"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = HOW
    for place, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEAD, place, column.title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_GREY)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        of_column = sheet.column_dimensions[column_letters(place - 1)]
        of_column.width, of_column.hidden = column.width, column.is_hidden
    rows = list(_rows(repairs))
    for number, texts in enumerate(rows, HEAD + 1):
        lines = (
            _lines(text, column.width) for column, text in zip(COLUMNS, texts, strict=True) if not column.is_hidden
        )
        sheet.row_dimensions[number].height = min(max(lines) * LINE_HEIGHT + 3, MOST_HEIGHT)
        for place, (column, text) in enumerate(zip(COLUMNS, texts, strict=True), 1):
            if len(text) > LONGEST_CELL:
                raise GbcscheckError(f"the text of edit {number - HEAD} is too long for a cell of a workbook")
            cell = sheet.cell(number, place)
            cell.value = cell_string(text)
            cell.data_type = "s"  # whatever it begins with, it is no formula
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.protection = Protection(locked=not column.is_open)
    _finish(sheet, HEAD + max(len(rows), 1))
    about = book.properties
    about.creator = about.lastModifiedBy = "gbcscheck"
    content = BytesIO()
    book.save(content)
    return with_settled_dates(content.getvalue())


def _rows(repairs: Repairs) -> Iterator[tuple[str, ...]]:
    number = 0
    for edit in repairs.edits:
        number += 1
        yield _texts(edit, number, YES, "", edit.why)
    for place, choice in enumerate(repairs.choices, 1):
        for letter, option in enumerate(choice.options):
            for edit in option.edits:
                number += 1
                name = f"{place}{chr(ord('a') + letter)}"
                yield _texts(edit, number, NO, name, f"{option.text}. {edit.why} {choice.why}")


def _texts(edit: Edit, number: int, accept: str, choice: str, reason: str) -> tuple[str, ...]:
    statement, place = edit.statement, edit.statement.place
    item = f"{statement.subject}, {statement.attribute}"
    return (
        *(str(number), accept, choice, clean(statement.specification.in_words)),
        clean(place.cell_words if place.cell is not None else str(place)),
        clean(f"{item} ({MEMBERS[edit.member]})" if MEMBERS.get(edit.member) else item),
        *(clean(edit.old), clean(edit.new), clean(one_line(reason)), edit.confidence),
        *(", ".join(edit.parties), ", ".join(edit.settles)),
        *(statement.path, statement.source, statement.subject, statement.attribute, edit.member, clean(edit.new)),
    )


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, about: words are not broken, and some letters are wide."""
    return sum(1 + int(len(line) * 1.2) // width for line in text.split("\n"))


def _finish(sheet: Any, last: int) -> None:
    """What keeps people from mistakes: a list to choose from, locked cells, titles that stay in sight."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    accept = column_letters(COLUMNS.index(ACCEPT))
    answers = DataValidation(type="list", formula1=f'"{YES},{NO}"', allow_blank=True, showErrorMessage=True)
    answers.errorTitle, answers.error = "Accept", f"{YES} or {NO} was expected"
    answers.add(f"{accept}{HEAD + 1}:{accept}{last}")
    sheet.add_data_validation(answers)
    shown = f"A{HEAD + 1}:{column_letters(len(COLUMNS) - 1)}{last}"
    fill = PatternFill("solid", bgColor=_GREEN)
    accepted = FormulaRule([f'${accept}{HEAD + 1}="{YES}"'], fill=fill)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(shown, accepted)
    sheet.freeze_panes = f"C{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{column_letters(len(COLUMNS) - 1)}{last}"
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False  # are allowed
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
