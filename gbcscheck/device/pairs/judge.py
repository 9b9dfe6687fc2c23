"""Two files that belong together: do they say the same?

A service request and its command, its response, and what the DCC shows of that (MMC); and a response with what is shown
of it. All are judged for themselves first. Here their headers are held against each other, and through the crosswalk
the values of a request and its command, and those of a response and its document.
"""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord
from gbcscheck.device.pairs.commands import compare_command
from gbcscheck.device.pairs.compared import ComparedValues
from gbcscheck.device.pairs.headers import compare_headers, name_of
from gbcscheck.device.pairs.readings import compare_reading
from gbcscheck.device.pairs.sides import COMMANDS, READINGS
from gbcscheck.device.pairs.values import NO_ROWS, Values
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import JudgedFile

SIDES = {
    ("request", "command"): COMMANDS,
    ("request", "response"): COMMANDS._replace(message="response"),
    ("request", "document"): COMMANDS._replace(message="document"),
    ("document", "response"): READINGS,
}
"""What may be held against what, by what the two files are, and of which values are counted."""
EXPECTED = "a DUIS request and a GBCS message were expected, or one of them and an MMC response; these are"
_RANK = ("request", "document", "command", "response")


def are_pair(first: JudgedFile, second: JudgedFile) -> bool:
    """Whether two files, in whichever order, are of kinds that may be held against each other."""
    return _in_order(first, second) is not None


def judge_pair(first: JudgedFile, second: JudgedFile, context: Context) -> JudgedFile:
    """Two files, both judged and with their entries, in whichever order: what is wrong between them, as a file of the
    format ``pair`` whose ``values`` counts what was compared. UsageError where they are no such two files."""
    ordered = _in_order(first, second)
    if ordered is None:
        raise UsageError(f"{EXPECTED} {_what(first)} and {_what(second)}", where=second.path)
    document, message = ordered
    record = FileRecord(message.path)
    rows = _rows(message, context) if name_of(message) == "response" else NO_ROWS
    values = Values(document.entries), Values(message.entries, rows)
    headers = compare_headers(document, message, *values, context, record)
    kinds = name_of(document), name_of(message)
    compared = ComparedValues(SIDES[kinds], ordered, values, context.catalogue, record)
    unjudged = _unjudged(document, message)
    reason = "; ".join(filter(None, (unjudged, headers.unsure)))
    hidden: tuple[str, ...] = ()
    if not unjudged and kinds == ("request", "command"):
        compare_command(compared)
    elif not unjudged and kinds == ("document", "response"):
        hidden = compare_reading(compared)
    asked, unmet = compared.unmet() if not unjudged else (0, ())
    if asked and len(unmet) == asked and not reason:
        reason = f"no value of the {kinds[0]} could be compared with one of the {kinds[1]}"
        if kinds[0] == "request" and kinds[1] != "command":
            reason = f"only the headers were compared: a {kinds[1]} holds no value that its request asks for"
    return JudgedFile(
        f"{document.path} + {message.path}",
        "pair",
        judged=not reason,
        reason=reason,
        use_case=message.use_case,
        service_reference=document.service_reference,
        judged_as=f"release {context.catalogue.release.name}",
        values=headers.parts + compared.compared,
        findings=tuple(record.findings),
        octets=message.octets,
        not_read=(*headers.left_out, *unmet, *hidden),
        asked=asked,
        met=asked - len(unmet),
    )


def _in_order(first: JudgedFile, second: JudgedFile) -> tuple[JudgedFile, JudgedFile] | None:
    """Two files with the document first; None where they are no pair."""
    named = {name_of(one): one for one in (first, second)}
    names = tuple(sorted((name for name in named if name), key=_RANK.index))
    return (named[names[0]], named[names[1]]) if names in SIDES else None


def _rows(response: JudgedFile, context: Context) -> Mapping[str, str]:
    """The attributes that the fields of a gas device's response are values of."""
    from gbcscheck.device.gas.layouts import layouts

    use_case = context.use_cases.named(response.use_case)
    return layouts(use_case.catalogue).rows(use_case.name, "response") if use_case is not None else NO_ROWS


def _unjudged(document: JudgedFile, message: JudgedFile) -> str:
    """Why no values of the two can be compared; empty where they can."""
    for file in (document, message):
        if not file.judged:
            return f"only the headers were compared: {file.path} is not judged ({file.reason})"
        if file.basis:
            return f"only the headers were compared: {file.path} was judged {file.basis}"
    return ""


def _what(file: JudgedFile) -> str:
    message = f"a {name_of(file)}" if name_of(file) else "a message"
    known = {"": "an unknown file", "message": message, "dcc": "a DCC response without such a message"}
    return known.get(file.format, file.format)
