"""Small workbooks laid out as the published use case tables, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

HEADERS: dict[str, tuple[str, ...]] = {
    "Use cases": (
        "use case",
        "title",
        "message code",
        "target",
        "remote party roles",
        "Remote Party or HAN Only Message",
        "Message Type",
        "Capable of Future Dated Invocation",
        "Protection Against Replay required",
        "Service Reference",
        "Read or Update",
        "Response Recipient Different than Command Sender?",
        "GPF Gas ESI Tap-Off",
    ),
    "Objects": (
        "use cases",
        "mapping table row #",
        "ref.",
        "name",
        "attribute/method",
        "notes",
        "sub category",
        "data type",
        "sensitive",
    ),
    "DLMS": (
        "use case",
        "mapping table row #",
        "ref.",
        "name",
        "class",
        "OBIS code",
        "attribute or method?",
        "attribute/method no.",
        "attribute/method name",
        "DLMS COSEM data types",
        "constant value",
        "notes",
        "encrypted",
    ),
    "ZCL": (
        "use case",
        "mapping table row #",
        "ref.",
        "name",
        "data type",
        "attribute/value/parameter",
        "cluster: ID",
        "command: ID",
        "response: ID",
        "encrypted",
    ),
    "GBZ": (
        "use case",
        "message",
        "part",
        "component",
        "section",
        "element",
        "meaning",
        "value",
        "octets",
        "encrypted",
    ),
}


def write_tables(path: Path, sheets: Mapping[str, list[dict[str, Any]]]) -> Path:
    """A workbook with these sheets; each row gives its cells by title."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        titles = HEADERS[name]
        sheet.append(titles)
        for row in rows:
            sheet.append([row.get(title) for title in titles])
    book.save(path)
    return path


def dlms(**cells: Any) -> dict[str, Any]:
    """A DLMS row; the cells that a test does not name are those of a plain register."""
    row = {
        "use case": "ECS99",
        "mapping table row #": "1",
        "ref.": "SMETS 5.1",
        "name": "Thing: value",
        "class": "1",
        "OBIS code": "0-0:1.0.0.255",
        "attribute or method?": "A",
        "attribute/method no.": "2",
        "attribute/method name": "value",
        "DLMS COSEM data types": "long-unsigned",
        "constant value": "-",
    }
    return row | {title.replace("_", " "): cell for title, cell in cells.items()}
