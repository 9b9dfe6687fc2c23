"""Reports for the tests of the HTML page, and the parts of a page that they look at."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from report_examples import CONSTANT, CONTRADICTION, DEFAULT, ENCODING, NOTE, WEEKDAYS, example_report

from gbcscheck.model import Change, Finding
from gbcscheck.model.matrix import MatrixRow
from gbcscheck.report import Report

HOSTILE = "</script><img src=x onerror=\"document.title='owned'\"><!-- & ' \u2028 \U0001f600"
"""A text that would be markup or end the script if anything let it."""
UNENCODABLE = "\udcff.xlsx"
"""A file name that is no UTF-8, as Python has it."""


def matrix_report(*findings: Finding) -> Report:
    """The example report with two rows of a matrix: one in conflict, one of which nobody else speaks."""
    rows = (
        MatrixRow(WEEKDAYS, (WEEKDAYS, CONSTANT.subject), (DEFAULT, CONSTANT)),
        MatrixRow("Quiet.value", ("Quiet.value",), (replace_subject(CONSTANT, "ECS01/Quiet.value"),)),
    )
    return replace(example_report(*findings), matrix=rows)


def replace_subject(statement: Any, subject: str) -> Any:
    """The same statement of another subject."""
    return statement._replace(subject=subject)


def compared_report() -> Report:
    """A report of a comparison: a new, a fixed, a waived finding, and changes of every verdict."""
    findings = (
        replace(CONTRADICTION, status="new"),
        replace(ENCODING, status="fixed"),
        replace(NOTE, status="remaining", waived="agreed in a meeting"),
    )
    changes = (
        Change(
            "narrowed", "breaking", ("User systems",), WEEKDAYS, "permitted", DEFAULT, CONSTANT, "Sunday", "refused"
        ),
        Change("added", "compatible", (), "New.value", "type", None, CONSTANT, below=("New.value.a", "New.value.b")),
        Change("unit", "unknown", (), "Old.value", "unit", DEFAULT, DEFAULT),
        Change("renamed", "neutral", (), "Other.value", "name", CONSTANT, CONSTANT, waived="harmless"),
    )
    return replace(matrix_report(*findings), base="origin/main", changes=changes)


def hostile_report() -> Report:
    """A report whose every text is hostile."""
    side = DEFAULT._replace(
        subject=HOSTILE, attribute=HOSTILE, clause=HOSTILE, path=HOSTILE + UNENCODABLE, text=HOSTILE
    )
    finding = replace(
        CONTRADICTION,
        subject=HOSTILE,
        message=HOSTILE,
        statements=(side, CONSTANT),
        witness=HOSTILE,
        suggestion=HOSTILE,
        why=HOSTILE,
        meanings=(HOSTILE, HOSTILE),
        also=(HOSTILE,),
        waived=HOSTILE,
    )
    report = matrix_report(finding)
    return replace(report, release=HOSTILE, title=HOSTILE, note=HOSTILE, skipped=(HOSTILE,))


def data_of(page: str) -> Any:
    """The report as the page holds it."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])
