"""Waivers added to a configuration: at its end, every octet before them as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from gbcscheck.configuration import PROJECT, TABLE, InvalidConfiguration, parse_toml, read_configuration
from gbcscheck.limits import TOML_OCTETS
from gbcscheck.waivers import Waiver


def with_entries(path: Path, waivers: Sequence[Waiver]) -> bytes:
    """The content of a configuration with some waivers more; of a new one where there is no such file.

    Raises errors as ``load_configuration`` does, and InvalidConfiguration where the file has its waivers as a list in
    one place, so that none can be added at its end.
    """
    text = read_configuration(path) if path.exists() else ""
    where = str(path)
    parse_toml(text, where=where)
    header = ".".join((*(TABLE if path.name == PROJECT else ()), "waivers"))
    ending = "\r\n" if "\r\n" in text else "\n"
    entries = "\n".join(_entry(header, waiver) for waiver in waivers).replace("\n", ending)
    before = text if not text or text.endswith("\n") else text + ending
    content = before + (ending if before else "") + entries
    TOML_OCTETS.hold(len(content.encode()), where=where)
    try:
        parse_toml(content, where=where)
    except InvalidConfiguration:
        raise InvalidConfiguration(
            f"no waiver can be added at the end: write each that is there under a line [[{header}]]", where=where
        ) from None
    return content.encode()


def _entry(header: str, waiver: Waiver) -> str:
    members = (
        ("rule", waiver.rule),
        ("subject", waiver.subject),
        ("fingerprint", waiver.fingerprint),
        ("reason", waiver.reason),
    )
    lines = [f"{key} = {_string(value)}" for key, value in members if value]
    if waiver.expires:
        lines.append(f"expires = {waiver.expires.isoformat()}")
    return "\n".join((f"[[{header}]]", *lines)) + "\n"


def _string(text: str) -> str:
    """A basic string of TOML, which has the escapes of JSON; other control characters have to be escaped too."""
    known = text.encode("utf-8", errors="replace").decode("utf-8")
    return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")
