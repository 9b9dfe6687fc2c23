"""What the HTML page shows, as one JSON value in pieces: every statement once, all else by number.

The pieces are plain ASCII, so that the whole page takes one octet a character in memory, and no ``<`` is among them,
so that nothing in a specification can end the script element that holds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from gbcscheck.model import KINDS, SEVERITIES, Change, Finding, Specification, Statement
from gbcscheck.model.remembered import in_words
from gbcscheck.printable import clean
from gbcscheck.report import Report, in_releases
from gbcscheck.report.entries import not_judged
from gbcscheck.report.html_matrix import STATES, matrix_lines
from gbcscheck.report.quotation import member_span, own_words, plain_value, value_span
from gbcscheck.report.text import specification_name

LONGEST = 6000
"""A longer text of a source is cut in the page; the JSON report holds all of it."""

SHORT = 60
"""In a text of no more characters a member of a list is found by eye."""


def data_pieces(report: Report) -> Iterator[str]:
    """The JSON value of a report in pieces, in the order of the report."""
    statements = _Statements(report)
    numbers = {label.code: number for number, label in enumerate(report.rules)}
    yield '{"rules":'
    yield script_json([[clean(text) for text in (one.code, one.name, one.kind)] for one in report.rules])
    yield ',"severities":' + script_json(SEVERITIES) + ',"kinds":' + script_json(KINDS)
    plain = report.coverage is None and not report.files
    yield ',"clear":' + script_json("No conflict found." if plain else "No finding.")
    yield ',"whole":' + script_json(report.matrix_of_all)
    yield ',"findings":'
    yield from _array(_finding(finding, numbers, statements) for finding in report.findings)
    yield ',"changes":'
    yield from _array(_change(change, statements) for change in report.changes)
    lines = matrix_lines(report.matrix, report.findings)
    for line in lines:
        for statement in line.statements:
            statements.column(statement.specification)
    columns = statements.columns
    yield ',"rows":'
    yield from _array(
        [
            clean(line.name),
            line.states(report.findings, columns),
            line.findings,
            [statements.number(statement) for statement in line.statements],
        ]
        for line in lines
    )
    yield ',"states":' + script_json(STATES)
    yield ',"specifications":'
    yield script_json([[clean(_name(one)), clean(one.part)] for one in columns])
    yield ',"statements":'
    yield from _array(statements.documents())
    yield "}"


def script_json(value: Any) -> str:
    """A JSON value that can stand inside a script element, and in a log (``printable.without_commands``)."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("##", "#\\u0023")


def _array(values: Iterable[Any]) -> Iterator[str]:
    before = "["
    for value in values:
        yield before + script_json(value)
        before = ",\n"
    yield "]" if before != "[" else "[]"


def _name(specification: Specification) -> str:
    return specification_name(Specification(specification.name, specification.version))


class _Statements:
    """The statements that the page speaks of, numbered as they come, and the columns of their specifications."""

    def __init__(self, report: Report) -> None:
        self.columns = {one: number for number, one in enumerate(dict.fromkeys(report.specifications))}
        self._report = report
        self._numbers: dict[Statement, int] = {}

    def column(self, specification: Specification) -> int:
        return self.columns.setdefault(specification, len(self.columns))

    def number(self, statement: Statement) -> int:
        self.column(statement.specification)
        return self._numbers.setdefault(statement, len(self._numbers))

    def documents(self) -> Iterator[list[Any]]:
        return (self._document(statement) for statement in self._numbers)

    def _document(self, statement: Statement) -> list[Any]:
        """Column, subject, attribute, provenance, clause, place, words, how they were read, and the offsets of the
        value in them where it is a part only."""
        words = own_words(statement)
        span = value_span(words)
        part = [units(words, offset) for offset in span] if span != (0, len(words)) and span[1] <= LONGEST else []
        return [
            self.columns[statement.specification],
            clean(statement.subject),
            clean(statement.attribute),
            statement.provenance,
            clean(statement.clause),
            clean(str(self._report.place(statement))),
            _cut(words),
            _cut(_reading(statement)),
            part,
        ]


def units(text: str, offset: int) -> int:
    """An offset in characters as browsers count it: characters beyond U+FFFF count twice."""
    return offset if text.isascii() else offset + sum(character > "\uffff" for character in text[:offset])


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}\u2026 ({len(text):,} characters, all of them in the JSON report)"


def _reading(statement: Statement) -> str:
    """How a cell was read, where its words are not that already."""
    if statement.text is None:
        return ""
    value = statement.domain if statement.domain is not None else statement.value
    reading = "" if value is None else plain_value(value)
    return "" if reading == statement.text else clean(reading)


def _finding(finding: Finding, rules: dict[str, int], statements: _Statements) -> list[Any]:
    """Rule, severity, subject, message, witness, why, suggestion, fingerprint, status, waived, statements, meanings,
    other subjects, for each side the offsets of the witness where it is a member of a list, the releases, whether
    it is elsewhere, and the same fault as other rules see it."""
    witness = clean(finding.witness)
    return [
        rules[finding.rule],
        finding.severity,
        *map(clean, (finding.subject, finding.message)),
        witness,
        clean(not_judged(finding) or f"{finding.why}{_before(finding)}".strip()),
        clean(finding.suggestion),
        finding.fingerprint,
        finding.status,
        clean(finding.waived),
        [statements.number(statement) for statement in finding.statements],
        [clean(meaning) for meaning in finding.meanings],
        [clean(subject) for subject in finding.also],
        [_member(own_words(statement), witness) for statement in finding.statements],
        clean(in_releases(finding.releases)),
        finding.elsewhere,
        clean(finding.also_seen_as),
    ]


def _before(finding: Finding) -> str:
    """What was in conflict before, of a finding that remains with other values."""
    return f" It was there before with other values: {in_words(finding.was, finding.values)}." if finding.was else ""


def _member(words: str, witness: str) -> list[int]:
    span = member_span(words, witness) if len(words) > SHORT else None
    return [units(words, offset) for offset in span] if span is not None and span[1] <= LONGEST else []


def _change(change: Change, statements: _Statements) -> list[Any]:
    """Change, verdict, parties, subject, attribute, number of the old and the new statement (-1 for none), witness,
    reason, subjects below, fingerprint, waived, releases."""
    old, new = (-1 if side is None else statements.number(side) for side in (change.old, change.new))
    return [
        change.change,
        change.verdict,
        [clean(party) for party in change.parties],
        clean(change.subject),
        clean(change.attribute),
        old,
        new,
        clean(change.witness),
        clean(change.reason),
        [clean(subject) for subject in change.below],
        change.fingerprint,
        clean(change.waived),
        clean(in_releases(change.releases)),
    ]
