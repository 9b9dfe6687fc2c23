"""Entries of files as the decoder tells them, made from lines of text: a label and a value, indented by two."""

from __future__ import annotations

from textwrap import dedent

from gbcscheck.model.device_files import Entry


def request_entries(text: str) -> list[Entry]:
    """The entries of an XML document: the subject of each is the path of its labels."""
    path: list[str] = []
    found = []
    for number, line in enumerate(dedent(text).strip().splitlines(), 1):
        label, _, value = line.strip().partition(" ")
        depth = (len(line) - len(line.lstrip())) // 2
        del path[depth:]
        path.append(label)
        found.append(Entry(depth, label, value or None, "/" + "/".join(path), "", f"line {number}"))
    return found


def command_entries(*rows: tuple[str, object]) -> list[Entry]:
    """The entries of a command: rows with their values, one after the other; the label is the last part of the row."""
    return [
        Entry(0, subject.rpartition(".")[2], value, subject, "", f"octets {number}+1")
        for number, (subject, value) in enumerate(rows)
    ]
