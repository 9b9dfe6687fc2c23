"""Waivers added to a file: at its end, every octet before them as it was; and the baseline, whose entries have an
order, so that two of it differ by no more lines than entries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from gbcscheck.inputs.toml_places import lines_of
from gbcscheck.inputs.toml_tables import InvalidConfiguration
from gbcscheck.limits import TOML_OCTETS
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.configuration import PROJECT, TABLE, parse_toml, read_configuration

HEAD = """\
# What was found when somebody began to look, and is to be mended. Written by gbcscheck baseline, which keeps the order
# of the entries; gbcscheck baseline --prune takes out those that hold for nothing any more. What is decided to stay
# has its waiver, with its reason, in the configuration.
"""


def with_entries(path: Path, waivers: Sequence[Waiver]) -> bytes:
    """The content of a configuration with some waivers more; of a new one where there is no such file.

    Raises errors as ``load_configuration`` does, and InvalidConfiguration where the file has its waivers as a list in
    one place, so that none can be added at its end.
    """
    text = read_configuration(path) if path.exists() else ""
    where = str(path)
    parse_toml(text, where=where)
    header = ".".join((*(TABLE if path.name == PROJECT else ()), "waivers"))
    ending = _ending(text)
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


def baseline_with(
    path: Path, known: Sequence[Waiver], added: Sequence[Waiver], keeps: Callable[[Waiver], bool]
) -> bytes:
    """The content of a baseline with some entries more and without those of the ``known`` ones, in the order of the
    file, that are not kept. What is kept stays as it is written, with the comments above it.

    Errors as in ``with_entries``.
    """
    text = read_configuration(path) if path.exists() else HEAD
    ending = _ending(text)
    head, blocks = _blocks(text, path, len(known))
    entries = [(_order(waiver), block) for waiver, block in zip(known, blocks, strict=True) if keeps(waiver)]
    entries.extend((_order(waiver), _entry("waivers", waiver).replace("\n", ending)) for waiver in added)
    entries.sort(key=lambda entry: entry[0])
    parts = [part.rstrip() + ending for part in (head, *(block for _, block in entries)) if part.strip()]
    return ending.join(parts).encode()


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _order(waiver: Waiver) -> tuple[str, str, str]:
    return waiver.rule, waiver.subject, waiver.fingerprint


def _blocks(text: str, path: Path, number: int) -> tuple[str, list[str]]:
    """What stands before the first entry of a baseline, and each entry with the comments right above it."""
    places = lines_of(text)
    lines = re.split(r"(?<=\n)", text)
    starts: list[int] = []
    for index in range(number):
        line = places.get(("waivers", index))
        if line is None:
            raise InvalidConfiguration("write each entry under a line [[waivers]] of its own", where=str(path))
        start = line - 1
        while start > (starts[-1] + 1 if starts else 0) and lines[start - 1].startswith("#"):
            start -= 1
        starts.append(start)
    if starts and not starts[0] and lines[0].startswith("#"):
        starts[0] = places["waivers", 0] - 1  # what stands at the top is about all of them
    stops = [*starts[1:], len(lines)] if starts else []
    blocks = ["".join(lines[start:end]) for start, end in zip(starts, stops, strict=True)]
    return "".join(lines[: starts[0] if starts else len(lines)]), blocks


def _entry(header: str, waiver: Waiver) -> str:
    members = (
        ("rule", waiver.rule),
        ("subject", waiver.subject),
        ("fingerprint", waiver.fingerprint),
        ("file", waiver.file),
    )
    lines = [f"{key} = {_string(value)}" for key, value in members if value]
    if waiver.parties:
        lines.append(
            f"party = {_strings(waiver.parties)}" if len(waiver.parties) > 1 else f"party = {_string(*waiver.parties)}"
        )
    if waiver.values:
        lines.append(f"values = {_strings(waiver.values)}")
    lines.append(f"reason = {_string(waiver.reason)}")
    if waiver.expires:
        lines.append(f"expires = {waiver.expires.isoformat()}")
    return "\n".join((f"[[{header}]]", *lines)) + "\n"


def _strings(values: Sequence[str]) -> str:
    """A list of texts; several of them a line each, so that one that goes is one line that goes."""
    if len(values) == 1:
        return f"[{_string(*values)}]"
    return "".join(("[\n", *(f"    {_string(value)},\n" for value in values), "]"))


def _string(text: str) -> str:
    """A basic string of TOML, which has the escapes of JSON; other control characters have to be escaped too."""
    known = text.encode("utf-8", errors="replace").decode("utf-8")
    return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")
