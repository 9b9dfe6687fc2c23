"""What a caller gives, in the form that is worked with; what has no such form is told by UsageError."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from gbcscheck.errors import UsageError


def octets_of(given: object, *, where: str) -> bytes:
    """Octets, or those of a text in UTF-8. UsageError for anything else: a path is one of ``Judge.files``, and a number
    is no message."""
    if isinstance(given, str):
        return given.encode("utf-8", "surrogatepass")
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    found = f"octets or a text were expected, found {type(given).__name__}"
    if isinstance(given, os.PathLike):
        found += "; Judge.files judges what stands in files"
    raise UsageError(found, where=where)


def paths_of(given: object, *, of: str) -> tuple[Path, ...]:
    """Paths, or a single one. UsageError for what is neither."""
    return tuple(Path(path) for path in _several(given, (str, os.PathLike), "a path or several", of))


def names_of(given: object, *, of: str) -> tuple[str, ...]:
    """Names, or a single one: ``"V101"`` is one rule and not four letters. UsageError for what is neither."""
    return tuple(_several(given, (str,), "a name or several", of))


def _several(given: object, kinds: tuple[type, ...], expected: str, of: str) -> Iterable[str]:
    found = [given] if isinstance(given, kinds) else list(given) if isinstance(given, Iterable) else None
    if found is None or not all(isinstance(one, kinds) for one in found):
        raise UsageError(f"{of}: {expected} were expected, found {given!r:.100}")
    return found  # type: ignore[return-value]  # each is of the kinds that were asked for
