"""A small report on files of devices: one with a finding in its octets, one that is not judged, one with lines."""

from __future__ import annotations

from report_examples import CONSTANT, WEEKDAYS

from gbcscheck.device.model import octets_source
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.device_files import BRANCH, DEVICE, FACT, FITS, OPEN, WRONG, Entry, JudgedFile
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report

OCTETS = bytes(range(0x20, 0x20 + 60))
PLACE = octets_source(30, 3)
OWN = Statement(WEEKDAYS, "value", DEVICE, "published", "", "meter.hex", PLACE, text="3E 3F 40")
WRONG_WEEK = Finding(
    "D205",
    "error",
    WEEKDAYS,
    "Monday to Friday where the use case fixes every day",
    (OWN, CONSTANT),
    suggestion="write 0b1111111",
    meanings=("Monday to Friday",),
)
NOWHERE = Finding(
    "D202", "warning", WEEKDAYS, "an access is missing", (OWN._replace(source=octets_source(58, 0)), CONSTANT)
)
NOTE = Finding("D101", "note", WEEKDAYS, "a thing worth knowing", (OWN._replace(source=octets_source(1, 2)),))

MESSAGE = JudgedFile(
    path="meter.hex",
    format="message",
    judged=True,
    use_case="ECS37",
    service_reference="6.18",
    judged_as="GBCS 4.0",
    values=3,
    findings=(WRONG_WEEK, NOWHERE, NOTE),
    entries=(
        Entry(0, "grouping header", None, "", BRANCH, octets_source(0, 10)),
        Entry(1, "counter", "12", "", FACT, octets_source(1, 2)),
        Entry(0, "payload", None, "", BRANCH, octets_source(10, 50)),
        Entry(1, "an item of a long name", "array of 1", WEEKDAYS, BRANCH, octets_source(12, 40)),
        Entry(2, "exec_weekdays", "Monday to Friday", WEEKDAYS, WRONG, PLACE),
        Entry(2, "switch_time", "17:00:00", WEEKDAYS, FITS, octets_source(33, 2)),
        Entry(2, "a text of many octets", '"' + "word " * 20 + '"', WEEKDAYS, OPEN, octets_source(35, 20)),
    ),
    octets=OCTETS,
)
UNJUDGED = JudgedFile("other.hex", "message", judged=False, reason="the payload is ASN.1")
LINES = JudgedFile(
    path="request.xml",
    format="duis",
    judged=True,
    service_reference="6.18.1",
    judged_as="DUIS 5.4",
    values=1,
    entries=(
        Entry(0, "Request", None, "", BRANCH, "line 2"),
        Entry(1, "StartTime", "17:00:00Z", "/Request/StartTime", FITS, "line 12"),
    ),
)

LABELS = (
    Rule("D205", "constant-differs", "value", "warning"),
    Rule("D202", "access-missing-or-extra", "missing", "warning"),
    Rule("D101", "unknown-purpose", "enumeration", "warning"),
)


def device_report(*files: JudgedFile) -> Report:
    """A report on these files; by default the three above."""
    chosen = files or (MESSAGE, UNJUDGED, LINES)
    return Report(
        release="current",
        title="The newest of each part",
        note="",
        specifications=(Specification("DUIS", "5.4"), Specification("GBCS", "4.0")),
        findings=tuple(finding for file in chosen for finding in file.findings),
        rules=LABELS,
        statements=41_234,
        subjects=17,
        files=chosen,
    )
