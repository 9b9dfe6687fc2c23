"""What is told of a file when its judge is done."""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.device.model import FileRecord
from gbcscheck.device.use_cases import UseCase
from gbcscheck.errors import UnreadableSource
from gbcscheck.model.device_files import JudgedFile

ALERT_ALONE = "alert code and time stamp: no table of the alert"
"""On what the verdict on an alert rests whose message code is in no table."""


class Verdict(NamedTuple):
    """What became of a payload: why it is not judged, or nothing; the specification and version as which it was judged
    where that is not its use case's; and on what the verdict rests where no table of the use case is at hand."""

    reason: str = ""
    judged_as: str = ""
    basis: str = ""


def judged(
    path: str, form: str, reason: str, octets: bytes, record: FileRecord, use_case: UseCase | None, judged_as: str = ""
) -> JudgedFile:
    """What is told of a file of octets: judged where there is no ``reason`` against it."""
    record.end()
    return JudgedFile(
        path=path,
        format=form,
        judged=not reason,
        reason=reason,
        use_case=use_case.name if use_case else "",
        service_reference=use_case.fact("service-reference") if use_case else "",
        judged_as="" if reason else judged_as or (f"GBCS {use_case.version}" if use_case else ""),
        values=record.values,
        findings=tuple(record.findings),
        entries=tuple(record.entries),
        octets=octets if record.tree or record.findings else b"",
        not_read=tuple(record.not_read),
        unknown=record.unknown,
        remarks=record.remarks_told(),
    )


def unread(
    path: str,
    form: str,
    problem: str,
    octets: bytes = b"",
    record: FileRecord | None = None,
    use_case: UseCase | None = None,
) -> JudgedFile:
    """A file that cannot be decoded; what was decoded of it stays among its entries."""
    return JudgedFile(
        path=path,
        format=form,
        judged=False,
        reason=problem,
        use_case=use_case.name if use_case else "",
        service_reference=use_case.fact("service-reference") if use_case else "",
        values=record.values if record else 0,
        findings=tuple(record.findings) if record else (),
        entries=tuple(record.entries) if record else (),
        octets=octets,
        problem=UnreadableSource(problem, where=path),
    )
