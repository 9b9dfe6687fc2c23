"""Lists of service requests and of use cases, as the DCC's tools carry them in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.facts.extract_file import Reading
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.model import Specification

MATRIX = Specification("DUIS", "unstated", "service requests")
"""The service reference variants of the service request matrix. The file states no version."""
USE_CASE_LIST = Specification("DCC use case list", "unstated")
"""The use cases of the DCC's message templates. The file states no version."""

_VARIANT = "Service Reference Variant"
_ROLES = "Eligible User Roles"
_MATRIX_VALUES = {
    "Service Reference": "service-reference",
    "Service Request Name": "title",
    "Critical": "critical",
    "On Demand": "on-demand",
    "Future Dated Response Pattern": "future-dated",
    "DCC Scheduled": "dcc-scheduled",
    "Non-Device Request": "non-device",
}
_TITLE = "Use Case Title"
_LIST_VALUES = {
    "Use Case Name": "name",
    _TITLE: "title",
    "Code": "code",
    "Message Type": "message-type",
    "Remote Party or HAN Message": "audience",
    "Service Reference": "service-reference",
}
_LIST_IGNORED = ("Use Case Description",)


def read_service_requests(path: Path, *, shown: str | None = None) -> Reading:
    """Read a service request matrix or a use case list, whichever the keys of the file's rows say it is.

    A matrix row's subject is its service reference variant; a use case's is the first word of its title, since the
    codes of the list repeat. A number where an identifier is meant stays a number. Raises UnreadableSource for a file
    that is neither, with the keys found and expected.
    """
    where = shown or str(path)
    rows = objects_of(decode_json(read_octets(path, where=where), where=where), where=where)
    keys = {key for row in rows for key in row}
    if _VARIANT in keys:
        return _read(MATRIX, rows, _matrix_row, (*_MATRIX_VALUES, _VARIANT, _ROLES), path, where)
    if _TITLE in keys:
        return _read(USE_CASE_LIST, rows, _list_row, (*_LIST_VALUES, *_LIST_IGNORED), path, where)
    raise UnreadableSource(
        f"neither a service request matrix (it has {_VARIANT!r}) nor a use case list (it has {_TITLE!r})",
        where=where,
        detail=f"  found     {', '.join(sorted(keys)) or 'no keys'}",
    )


def objects_of(document: object, *, where: str) -> list[dict[str, Any]]:
    """The objects of a JSON array; UnreadableSource for anything else."""
    if not isinstance(document, list) or not document:
        raise UnreadableSource("a JSON array of objects was expected", where=where)
    for index, row in enumerate(document):
        if not isinstance(row, dict):
            raise UnreadableSource(f"an object was expected at /{index}", where=where)
    return document


def member(index: int, key: str) -> str:
    """JSON pointer of one member of one object of the array."""
    return f"/{index}/{escape_token(key)}"


def written(value: object) -> str:
    """A JSON value as a file holds it, for a message; nothing for null, a text without its quotes."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _read(
    specification: Specification,
    rows: list[dict[str, Any]],
    read_row: Callable[[Transcript, int, Mapping[str, Any]], None],
    known: tuple[str, ...],
    path: Path,
    where: str,
) -> Reading:
    transcript = Transcript()
    for index, row in enumerate(rows):
        read_row(transcript, index, row)
        for key in row:
            if key not in known:
                transcript.unread(key, member(index, key), written(row[key]), "no such key is known")
    return transcript.reading(specification, path, where, recognised="the names of its members")


def _matrix_row(transcript: Transcript, index: int, row: Mapping[str, Any]) -> None:
    variant = row.get(_VARIANT)
    place = member(index, _VARIANT)
    if isinstance(variant, bool) or not isinstance(variant, str | int | float) or variant == "":
        transcript.unread(_VARIANT, place, written(variant), "a row without a service reference variant")
        return
    transcript.count(_VARIANT, "read")
    subject = _numbered(transcript, str(variant).strip(), index)
    if not isinstance(variant, str):
        transcript.say(subject, "variant", place, value=variant)
    _say_values(transcript, subject, index, row, _MATRIX_VALUES)
    _say_roles(transcript, subject, index, row.get(_ROLES))


def _say_roles(transcript: Transcript, subject: str, index: int, roles: object) -> None:
    """A list of role names, or one text with commas between them."""
    from gbcscheck.domains import text_set

    place = member(index, _ROLES)
    if isinstance(roles, str):
        roles = [role.strip() for role in roles.replace(";", ",").split(",") if role.strip()]
    if roles is None or roles == []:
        transcript.count(_ROLES, "blank")
    elif isinstance(roles, list) and all(isinstance(role, str) for role in roles):
        transcript.count(_ROLES, "read")
        transcript.say(subject, "roles", place, domain=text_set(roles), text=", ".join(roles))
    else:
        transcript.unread(_ROLES, place, written(roles), "a list of roles was expected")


def _list_row(transcript: Transcript, index: int, row: Mapping[str, Any]) -> None:
    title = row.get(_TITLE)
    words = title.split() if isinstance(title, str) else []
    if not words:
        transcript.unread(_TITLE, member(index, _TITLE), written(title), "a use case without a title")
        return
    _say_values(transcript, _numbered(transcript, words[0], index), index, row, _LIST_VALUES)


def _say_values(
    transcript: Transcript, subject: str, index: int, row: Mapping[str, Any], attributes: Mapping[str, str]
) -> None:
    for key, attribute in attributes.items():
        value = row.get(key)
        if value is None or value == "":
            transcript.count(key, "blank")
        elif isinstance(value, str | int | float | bool):
            transcript.count(key, "read")
            text = one_line(value) if isinstance(value, str) else value
            if attribute == "service-reference" and isinstance(text, str) and "," in text:
                _say_several(transcript, subject, member(index, key), text)
            else:
                transcript.say(subject, attribute, member(index, key), value=text)
        else:
            transcript.unread(key, member(index, key), written(value), "a text was expected")


def _say_several(transcript: Transcript, subject: str, place: str, text: str) -> None:
    """Several service references in one text, ``7.9, 7.10``."""
    from gbcscheck.domains import text_set

    references = text_set(reference.strip() for reference in text.split(","))
    transcript.say(subject, "service-reference", place, domain=references, text=text)


def _numbered(transcript: Transcript, name: str, index: int) -> str:
    """The name, with `` #2``, `` #3`` where an earlier row has it already."""
    return transcript.subject("", name, index).removeprefix("/")
