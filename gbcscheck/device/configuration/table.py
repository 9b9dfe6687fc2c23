"""Configurations in workbooks and CSV files: one data item a row, or one device a row; the header says which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gbcscheck.device.configuration.own_names import mapping_beside
from gbcscheck.device.configuration.read import FULL, ConfigurationVerdict
from gbcscheck.device.configuration.table_cells import TableCells
from gbcscheck.device.configuration.table_devices import judge_devices
from gbcscheck.device.configuration.table_items import judge_items
from gbcscheck.device.configuration.table_lists import judge_list
from gbcscheck.device.configuration.table_shapes import device_table, item_tables, lists_on, with_objects
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord
from gbcscheck.extract.chosen_tables import NotTaken, shown_sheets
from gbcscheck.extract.sheets import HEADER_WITHIN, Sheet, titles_of
from gbcscheck.extract.table_choice import TableChoice
from gbcscheck.inputs.kinds import is_zip

FORM = "table"


def judge_table(path: str, content: bytes, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge the tables of settings in a workbook (.xlsx) or a CSV file, every sheet that is shown and has one.

    Raises UnreadableSource for what is neither, or damaged.
    """
    left_out: list[NotTaken] = []
    choice = TableChoice(hidden=context.choices.hidden)
    sheets = list(shown_sheets(_sheets(path, content), choice, path, left_out))
    file = TableCells(context, record, mapping_beside(path, record))
    judged = [sheet.name for sheet in sheets if _judge_sheet(file, sheet)]
    for one in left_out:
        record.left_out("", one.place, one.reason)
    return _verdict(file, judged, sheets, left_out)


def _sheets(path: str, content: bytes) -> list[Sheet]:
    """The sheets of a file by its content; the readers want a file, whose name a CSV sheet bears."""
    from gbcscheck.extract.csv_sheet import read_csv
    from gbcscheck.extract.workbook import read_workbook
    from gbcscheck.inputs.temporary import private_folder

    with private_folder() as folder:
        copy = Path(folder, Path(path).name if path != "-" else "standard input.csv")
        copy.write_bytes(content)
        if is_zip(content):
            return list(read_workbook(copy, shown=path).values())
        return [read_csv(copy, shown=path)]


def _judge_sheet(file: TableCells, sheet: Sheet) -> bool:
    """Judge a sheet, if there is a table on it; whether there is."""
    titles = with_objects(sheet, file.titles)
    tables = item_tables(sheet, titles)
    columns = None if tables else device_table(sheet, file.name_of)
    listed = lists_on(sheet, file.is_item, titles) if not tables and columns is None else []
    if not tables and columns is None and not listed:
        return False
    file.begin(sheet)
    if sheet.note:
        file.record.fact("encoding", sheet.note, sheet.name)
    for table in tables:
        judge_items(file, table)
    if columns is not None:
        judge_devices(file, sheet, columns)
    for one in listed:
        judge_list(file, sheet, one)
    file.judge.values.end()
    return True


def _verdict(
    file: TableCells, judged: Sequence[str], sheets: Sequence[Sheet], left_out: Sequence[NotTaken]
) -> ConfigurationVerdict:
    """What came of the file, of which some sheets were judged; ``left_out`` is what of it is hidden."""
    file.gatherer.close()
    if not judged:
        tops = [(sheet, next((row for row in sheet.rows if not row.is_blank), None)) for sheet in sheets]
        found = "; ".join(
            (
                *(f"{sheet.name}: {titles_of(row, 8)}" for sheet, row in tops if row is not None),
                *(f"{one.place}, {one.reason}" for one in left_out),
            )
        )
        wanted = "a header row with the titles Data item and Value, or with names of data items, was expected"
        return ConfigurationVerdict(f"{wanted} in the first {HEADER_WITHIN} rows; found {found or 'nothing'}", FORM)
    for name in (sheet.name for sheet in sheets if sheet.name not in judged and sheet.rows):
        file.record.left_out("", name, "a sheet without a table of settings")
    if file.gatherer.is_full:
        return ConfigurationVerdict(FULL, FORM)
    nothing = not file.record.values and not file.record.findings
    return ConfigurationVerdict("no data item has a value in it" if nothing else "", FORM)
