"""Documents from outside as extracts: facts alone (names, identifiers, types, sizes), each with its source and licence.

They bear witness to what GBCS says and are no authority on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gbcscheck.facts.extract_file import Extract

ZCL = {
    "witnesses/smart-energy.json": "witness/zcl/ami.xml",
    "witnesses/zigbee-cluster-library.json": "witness/zcl/general.xml",
}
TYPES = "witness/zcl/types.xml"
CODES = {
    "witnesses/message-codes.json": "witness/codes/message-codes.csv",
    "witnesses/alert-codes.json": "witness/codes/alert-codes.csv",
}

ZAP = (
    "Facts of the cluster definitions in the public repository project-chip/zap (zcl-builtin/silabs), Copyright 2008, "
    "2020 Silicon Labs, Apache License 2.0; of the clusters that GBCS uses alone. A witness, and no authority."
)
ANALYSER = (
    "Facts of the list of values of a public protocol analyser, as `tshark -G values` of Wireshark 4.0.17 prints them "
    "(GPL-2.0-or-later): codes and names alone. A witness, and no authority."
)
EVERY_CLUSTER = "every cluster"


def witnesses(corpus: Path, tables: Iterable[Extract]) -> Iterator[tuple[str, Extract]]:
    """Every witness that is made of a file: its path below ``specs`` and its extract. ``tables`` are the use case
    tables of GBCS, which say of what clusters."""
    from gbcscheck.extract.zcl import read_zcl

    used = {EVERY_CLUSTER, *(f"cluster 0x{number}" for one in tables for number in _clusters(one))}
    for target, source in ZCL.items():
        extract = read_zcl(corpus / source, types=corpus / TYPES, shown=source).extract
        rows = tuple(row for row in extract.rows if row.subject.partition("/")[0] in used)
        yield target, replace(extract, rows=rows, note=ZAP)
    for target, source in CODES.items():
        yield target, codes(corpus / source, source)


def _clusters(tables: Extract) -> Iterator[str]:
    """The identifiers of the clusters that the use case tables name."""
    for row in tables.rows:
        if row.attribute == "cluster" and isinstance(row.value, str):
            found = re.search(r"0x([0-9A-F]{4})$", row.value)
            if found:
                yield found[1]


def codes(path: Path, shown: str) -> Extract:
    """A list of codes (``code,title`` of messages, ``code,name`` of alerts): of an alert its code with its name; of a
    message the use cases that its title begins with (``CCS05/CCS04``), with their code."""
    from gbcscheck.extract.csv_sheet import read_csv
    from gbcscheck.extract.transcript import Transcript, one_line
    from gbcscheck.model import Specification

    sheet = read_csv(path)
    header, *rows = sheet.rows
    titles = [cell.text for cell in header.cells]
    transcript = Transcript()
    for row in rows:
        values = {title: one_line(cell.text) for title, cell in zip(titles, row.cells, strict=True)}
        place = f"line {row.number}"
        if "name" in values:
            transcript.say(values["code"], "name", place, value=values["name"])
            continue
        for use_case in use_cases_of(values["title"]):
            transcript.say(use_case, "message-code", place, value=values["code"])
    part = path.stem.replace("-", " ")
    return transcript.reading(Specification("Wireshark", "4.0.17", part), path, shown, note=ANALYSER).extract


def use_cases_of(title: str) -> tuple[str, ...]:
    """The use cases with which the title of a message begins; none where it names none.

    >>> use_cases_of("CCS05/CCS04 Read CHF device log")
    ('CCS05', 'CCS04')
    >>> use_cases_of("Generic Critical Alert")
    ()
    """
    names = title.split()[0].split("/")
    return tuple(names) if all(re.fullmatch(r"[A-Z]+[0-9]+[0-9a-z]*", name) for name in names) else ()
