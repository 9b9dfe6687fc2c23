"""Lists of certified products (the Central Products List): which model and firmware of a device follows which versions
of SMETS or CHTS, and of GBCS.

Each row is a subject, ``entry 000040``. Stated of it are ``name`` (device type, manufacturer, model, hardware and
firmware), ``smets-version``, ``gbcs-version`` and ``entry-status``; a text is kept as the cell has it, with its blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.sheets import Cell, Row, Sheet
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.facts.extract_file import Reading
from gbcscheck.inputs.files import open_regular
from gbcscheck.model import UNSTATED, Specification

NAME = "Central Products List"
LIST, NUMBER, STATUS = "version", "entry.number", "entry.status"
KEY = {
    "device_type.name": "",
    "device_model.manufacturer_identifier": "manufacturer",
    "device_model.model_identifier": "model",
    "device_model.hardware_version.version": "hardware",
    "device_model.hardware_version.revision": "revision",
    "device_model.firmware_version": "firmware",
}
"""Titles of the columns that tell a product from others, in small letters, each with the word for it."""
SMETS, GBCS = "smets_chts version.version_number_and_effective_date", "gbcs version.version_number"
_NEEDED = (GBCS, SMETS, "device_model.model_identifier", "device_model.firmware_version")
_IGNORED = ("device_model.model_identifier_concatenated_with_hardware_version", "manufacturer_image.hash")
_HEAD = 4096
_ISSUE = re.compile(r"Version\s+([0-9]+(?:\.[0-9]+)*)(?:\s+Issued on\s+([0-9]{2})-([0-9]{2})-([0-9]{4}))?", re.I)
_SMETS = re.compile(r"(SMETS|CHTS)\s*V?\s*([0-9]+(?:\.[0-9]+)*)\b.*", re.I)
_GBCS = re.compile(r"GBCS\s*(?:Version|V)?\s*([0-9]+(?:\.[0-9]+)*)", re.I)


def is_products(path: Path) -> bool:
    """Whether a CSV file begins with the titles of such a list."""
    with open_regular(path, where=str(path)) as stream:
        head = stream.read(_HEAD).decode("utf-8", errors="replace").casefold()
    return all(title in head for title in _NEEDED)


def read_products(path: Path, *, shown: str | None = None) -> Reading:
    """The entries of a list, from a CSV file; its version and date are those that its first row states.

    Rows without a product, and cells that name no version, are listed in ``unread``; columns of other titles are named
    and not taken. Raises UnreadableSource for a file without the titles, with those found, and for what is no CSV.
    """
    where = shown or str(path)
    sheet = read_csv(path, shown=shown)
    header, *rows = sheet.rows or (Row(1, ()),)
    columns: dict[str, int] = {}
    for at, cell in enumerate(header.cells):
        columns.setdefault(one_line(cell.text).casefold(), at)
    if not all(title in columns for title in _NEEDED):
        found = ", ".join(cell.text for cell in header.cells if cell.text)
        detail = f"  found     {found[:300] or 'nothing'}\n  expected  {', '.join(_NEEDED)}"
        raise UnreadableSource("no list of products: a column is missing", where=f"{where}:1", detail=detail)
    transcript = Transcript()
    for title, at in columns.items():
        if title and title not in (LIST, NUMBER, STATUS, *KEY, SMETS, GBCS, *_IGNORED):
            transcript.leave_out("column", sheet.place(header.at(at)), header.at(at).text, "not read")
    for row in rows:
        if not row.is_blank:
            _entry(transcript, sheet, row, columns)
    issue = _issue(rows, columns)
    version = issue[1] if issue else UNSTATED
    date = f"{issue[4]}-{issue[3]}-{issue[2]}" if issue and issue[4] else ""
    reading = transcript.reading(Specification(NAME, version), path, where, recognised="the titles of its columns")
    return replace(reading, extract=replace(reading.extract, date=date))


def _issue(rows: list[Row], columns: Mapping[str, int]) -> re.Match[str] | None:
    """The version of the list that the first row which states one names."""
    texts = (row.at(columns[LIST]).text for row in rows if LIST in columns)
    return next(filter(None, map(_ISSUE.match, texts)), None)


def _entry(transcript: Transcript, sheet: Sheet, row: Row, columns: Mapping[str, int]) -> None:
    def cell(title: str) -> Cell:
        return row.at(columns[title]) if title in columns else Cell("", None)

    key = _product({title: one_line(cell(title).text) for title in KEY})
    if not key:
        place = sheet.place(row.at(0))
        transcript.unread("product", place, "", "a row without a device type, a model or a firmware version")
        return
    transcript.count("product", "read")
    number = one_line(cell(NUMBER).text)
    subject = transcript.subject("", f"entry {number}" if number else f"row {row.number}", row.number)
    subject = subject.removeprefix("/")
    firmware = sheet.place(cell("device_model.firmware_version"))
    transcript.say(subject, "name", firmware, value=key, clause=key)
    if not cell(STATUS).is_blank:
        status = cell(STATUS)
        transcript.say(subject, "entry-status", sheet.place(status), value=one_line(status.text), clause=key)
    for title, attribute, pattern in ((SMETS, "smets-version", _SMETS), (GBCS, "gbcs-version", _GBCS)):
        stated = cell(title)
        if transcript.blank(title, stated):
            continue
        found = pattern.fullmatch(one_line(stated.text))
        if found is None:
            transcript.unread(title, sheet.place(stated), stated.text, "the name of a version was expected")
            continue
        transcript.count(title, "read")
        value = " ".join(group.upper() for group in found.groups())
        transcript.say(subject, attribute, sheet.place(stated), value=value, text=str(stated.value), clause=key)


def _product(parts: Mapping[str, str]) -> str:
    """A product in words: ``Gas Smart Meter, manufacturer 1063, model 4772, hardware 01, revision 01, firmware
    03030244``; empty where it has no name at all."""
    words = (f"{word} {parts[title]}".strip() for title, word in KEY.items() if parts[title])
    return ", ".join(words)
