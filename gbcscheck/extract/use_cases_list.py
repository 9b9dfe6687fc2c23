"""The sheet ``Use cases`` of the GBCS tables: one row a use case."""

from __future__ import annotations

from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.extract.use_cases_row import TableRow

_FLAGS = {
    "Capable of Future Dated Invocation": "future-dated",
    "Protection Against Replay required": "replay-protected",
    "Response Recipient Different than Command Sender?": "recipient-differs",
    "GPF Gas ESI Tap-Off": "gpf-tap-off",
}


def use_case_row(transcript: Transcript, row: TableRow) -> None:
    """State what one row says of its use case."""
    subject = row.text("use case")
    if not subject:
        transcript.unread(row.column("use case"), row.place("use case"), "", "a row without a use case")
        return
    transcript.count(row.column("use case"), "read")
    row.say_fact(transcript, subject, "title", "title")
    _message_code(transcript, row, subject)
    _target(transcript, row, subject)
    _roles(transcript, row, subject)
    row.say_fact(transcript, subject, "audience", "Remote Party or HAN Only Message")
    _message_type(transcript, row, subject)
    for title, attribute in _FLAGS.items():
        _flag(transcript, row, subject, title, attribute)
    _service_reference(transcript, row, subject)
    row.say_fact(transcript, subject, "direction", "Read or Update")


def _message_code(transcript: Transcript, row: TableRow, subject: str) -> None:
    """A number stays a number: 10 may have been 0x0010, and a rule says so."""
    from gbcscheck.notation.use_case import read_message_code

    title = "message code"
    cell = row.cell(title)
    if isinstance(cell.value, int | float):
        transcript.count(row.column(title), "read")
        transcript.say(subject, "message-code", row.place(title), value=cell.value, clause=subject)
        return
    code = row.read(transcript, subject, "message-code", title, read_message_code)
    if code is not None:
        transcript.say(subject, "message-code", row.place(title), value=code, text=row.text(title), clause=subject)


def _target(transcript: Transcript, row: TableRow, subject: str) -> None:
    from gbcscheck.notation.use_case import read_targets

    if row.read(transcript, subject, "target", "target", lambda text: (read_targets(text),)) is not None:
        transcript.say(subject, "target", row.place("target"), value=one_line(row.text("target")), clause=subject)


def _message_type(transcript: Transcript, row: TableRow, subject: str) -> None:
    from gbcscheck.notation.use_case import read_message_type

    title = "Message Type"
    if row.read(transcript, subject, "message-type", title, read_message_type) is not None:
        transcript.say(subject, "message-type", row.place(title), value=one_line(row.text(title)), clause=subject)


def _flag(transcript: Transcript, row: TableRow, subject: str, title: str, attribute: str) -> None:
    from gbcscheck.notation.use_case import read_flag

    if row.read(transcript, subject, attribute, title, lambda text: (read_flag(text),)) is not None:
        transcript.say(subject, attribute, row.place(title), value=row.text(title), clause=subject)


def _roles(transcript: Transcript, row: TableRow, subject: str) -> None:
    from gbcscheck.domains import text_set
    from gbcscheck.notation.use_case import read_roles

    title = "remote party roles"
    found = row.read(transcript, subject, "roles", title, lambda text: (read_roles(text),))
    if found is None:
        return
    roles, place = found[0], row.place(title)
    if roles:
        transcript.say(subject, "roles", place, domain=text_set(roles), text=", ".join(roles), clause=subject)
    else:
        transcript.say(subject, "roles", place, value=one_line(row.text(title)), clause=subject)


def _service_reference(transcript: Transcript, row: TableRow, subject: str) -> None:
    """A number stays a number: 4.1 may have been 4.10, and a rule says so."""
    from gbcscheck.domains import text_set
    from gbcscheck.notation.use_case import read_service_references

    title = "Service Reference"
    cell, place = row.cell(title), row.place(title)
    if isinstance(cell.value, int | float):
        transcript.count(row.column(title), "read")
        transcript.say(subject, "service-reference", place, value=cell.value, clause=subject)
        return
    references = row.read(transcript, subject, "service-reference", title, read_service_references)
    if references is None:
        return
    if len(references) > 1:
        domain = text_set(references)
        transcript.say(subject, "service-reference", place, domain=domain, text=one_line(cell.text), clause=subject)
    else:
        transcript.say(subject, "service-reference", place, value=cell.text, clause=subject)
