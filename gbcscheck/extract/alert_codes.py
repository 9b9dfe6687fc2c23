"""The list of event and alert codes, as the DCC's message parser carries it in JSON."""

from __future__ import annotations

import re
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.service_requests import member, objects_of
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.facts.extract_file import Reading
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.model import Specification

ALERT_CODES = Specification("GBCS", "unstated", "alert codes")
"""The file states no version of GBCS."""


def read_alert_codes(path: Path, *, shown: str | None = None) -> Reading:
    """Read an array of ``{"code": "0x8F35", "name": ...}``; each code is a subject, its name a statement.

    A code that is no hexadecimal number of 16 bits is unread; one that occurs twice keeps both statements. Raises
    UnreadableSource for a file of another kind, with the keys found.
    """
    where = shown or str(path)
    rows = objects_of(decode_json(read_octets(path, where=where), where=where), where=where)
    keys = {key for row in rows for key in row}
    if not {"code", "name"} <= keys:
        raise UnreadableSource(
            "not a list of event and alert codes",
            where=where,
            detail=f"  found     {', '.join(sorted(keys)) or 'no keys'}\n  expected  code, name",
        )
    transcript = Transcript()
    for index, row in enumerate(rows):
        code, name = row.get("code"), row.get("name")
        if not isinstance(code, str) or not re.fullmatch(r"0x[0-9A-Fa-f]{4}", code.strip()):
            transcript.unread("code", member(index, "code"), str(code), "a code such as 0x8F35 was expected")
        elif not isinstance(name, str) or not name.strip():
            transcript.unread("name", member(index, "name"), str(name), "a name was expected")
        else:
            for key in ("code", "name"):
                transcript.count(key, "read")
            subject = f"0x{code.strip()[2:].upper()}"
            transcript.say(subject, "name", member(index, "name"), value=one_line(name))
    return transcript.reading(ALERT_CODES, path, where, recognised="the names of its members")
