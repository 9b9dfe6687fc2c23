"""The decoding of a file as data: the lines of the tree of ``--explain``, as ``report.schema.json`` describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gbcscheck.model import SEVERITIES, Finding, Place
from gbcscheck.model.device_files import BRANCH, FACT, FITS, OPEN, UNKNOWN, WRONG, Entry, JudgedFile, Meaning
from gbcscheck.report.coverage_json import source_document

VERDICTS = {FITS: "ok", OPEN: "open", WRONG: "wrong", FACT: "told", BRANCH: "group", UNKNOWN: "unknown"}
"""What is said of a line on which no finding stands; else the severity of the worst."""


def decoded_document(file: JudgedFile) -> list[dict[str, Any]]:
    """A JSON value for each line of a file, outermost first."""
    by_entry, _ = findings_by_entry(file)
    found = {**likewise(file, by_entry), **by_entry}
    return [_line(file, entry, found.get(index, ())) for index, entry in enumerate(file.entries)]


def _line(file: JudgedFile, entry: Entry, findings: Sequence[Finding]) -> dict[str, Any]:
    meaning = entry.meaning or Meaning()
    place = Place.parse(file.path, entry.source)
    octets = ""
    if place.offset is not None and file.octets and entry.verdict != BRANCH:
        octets = file.octets[place.offset : place.offset + (place.length or 0)].hex(" ").upper()
    text = "" if entry.value is None else str(entry.value)
    rest = {
        "text": text,
        "scaled": meaning.scaled,
        "unit": meaning.unit,
        "octets": octets,
        "subject": entry.subject,
        "basis": entry.basis if isinstance(entry.basis, str) else entry.basis(),
        "findings": [finding.fingerprint for finding in findings],
    }
    source = source_document(place)
    return {
        "depth": entry.depth,
        "name": entry.label,
        "verdict": worst(findings) or VERDICTS[entry.verdict],
        **({} if entry.verdict == BRANCH else {"value": meaning.raw}),
        **{key: value for key, value in rest.items() if value},
        **({"source": source} if entry.source else {}),
    }


def worst(findings: Sequence[Finding]) -> str:
    """The severity of the worst finding; empty where there is none."""
    return min((finding.severity for finding in findings), key=SEVERITIES.index, default="")


def likewise(file: JudgedFile, by_entry: Mapping[int, Sequence[Finding]]) -> dict[int, tuple[Finding, ...]]:
    """By the number of a line that is wrong the finding that names it as a further place; left out where several are
    about its subject, so that nobody can tell which."""
    of_subject: dict[str, list[Finding]] = {}
    for finding in file.findings:
        of_subject.setdefault(finding.subject, []).append(finding)
    return {
        index: tuple(found)
        for index, entry in enumerate(file.entries)
        if entry.verdict == WRONG and index not in by_entry and len(found := of_subject.get(entry.subject, [])) == 1
    }


def findings_by_entry(file: JudgedFile) -> tuple[dict[int, tuple[Finding, ...]], list[Finding]]:
    """The findings by the number of the line on whose place they are, and those on no line's place. Of several values
    at one place the one of the finding's subject counts, or of its data item, one that is wrong before the others."""
    last: dict[str, int] = {}
    wrong: dict[str, int] = {}
    named: dict[tuple[str, str], int] = {}
    heads: dict[tuple[str, str], int] = {}
    for index, entry in sorted(enumerate(file.entries), key=lambda one: one[1].verdict not in (WRONG, UNKNOWN)):
        last[entry.source] = max(index, last.get(entry.source, index))
        if entry.verdict in (WRONG, UNKNOWN):
            wrong.setdefault(entry.source, index)
        if entry.subject:
            head = entry.source, entry.subject.partition(".")[0]
            heads[head] = min(index, heads.get(head, index))
            named.setdefault((entry.source, entry.subject), index)
    found: dict[int, tuple[Finding, ...]] = {}
    elsewhere: list[Finding] = []
    for finding in file.findings:
        source = finding.statements[0].source if finding.statements else ""
        at = source, finding.subject
        index = named.get(at, heads.get(at, wrong.get(source, last.get(source, -1)))) if source else -1
        if index < 0:
            elsewhere.append(finding)
        else:
            found[index] = (*found.get(index, ()), finding)
    return found, elsewhere
