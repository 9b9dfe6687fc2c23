"""Which request and which command belong together, by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple

_NAME = re.compile(r"(.+?)_(?:REQUEST_DUIS|COMMAND_GBCS)\.(?:xml|hex)", re.IGNORECASE)
_MESSAGE = re.compile(r"(.+?)_(?:PRECOMMAND|COMMAND|RESPONSE)_GBCS\.hex", re.IGNORECASE)


class PairedNames(NamedTuple):
    """The paths of a request and of its command."""

    request: str
    command: str


def pair_name(request: str) -> str:
    """What a pair is called, by the file of its request: ``ECS37_6.18.1_SUCCESS``."""
    path = PurePath(request)
    known = _NAME.fullmatch(path.name)
    return known[1] if known else path.stem


def match_names(paths: Iterable[str]) -> tuple[PairedNames, ...]:
    """The pairs among some files, by name: ``X_REQUEST_DUIS.XML`` and ``X_COMMAND_GBCS.HEX``, or else two files that
    have one name without its ending, ``X.xml`` and ``X.hex``."""
    requests: dict[str, str] = {}
    commands: dict[str, str] = {}
    for path in paths:
        name = PurePath(path).name
        known = _NAME.fullmatch(name)
        stem, suffix = (known[1], PurePath(path).suffix) if known else (PurePath(path).stem, PurePath(path).suffix)
        side = {".xml": requests, ".hex": commands}.get(suffix.lower())
        if side is not None and (known or not _is_other_message(stem)):
            side.setdefault(stem.casefold(), path)
    return tuple(PairedNames(path, commands[stem]) for stem, path in requests.items() if stem in commands)


def match_beside(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By request, the messages that are named as it is: its command, and beside ``X_REQUEST_DUIS.XML`` its pre-command
    ``X_PRECOMMAND_GBCS.HEX`` and its response ``X_RESPONSE_GBCS.HEX`` too."""
    paths = list(paths)
    by_stem: dict[str, list[str]] = {}
    for path in paths:
        if found := _MESSAGE.fullmatch(PurePath(path).name):
            by_stem.setdefault(found[1].casefold(), []).append(path)
    commands = {pair.request: pair.command for pair in match_names(paths)}
    found_beside: dict[str, tuple[str, ...]] = {}
    for path in paths:
        known = _NAME.fullmatch(PurePath(path).name)
        messages = by_stem.get(known[1].casefold(), []) if known and path.lower().endswith(".xml") else []
        if path in commands or messages:
            others = dict.fromkeys((*([commands[path]] if path in commands else []), *messages))
            found_beside[path] = tuple(others)
    return found_beside


def _is_other_message(stem: str) -> bool:
    return stem.upper().endswith("_GBCS")
