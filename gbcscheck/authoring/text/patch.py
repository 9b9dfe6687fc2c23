"""Edits of text files as one patch, as ``git apply`` and ``patch -p1`` take it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from gbcscheck.authoring.spans import with_spans
from gbcscheck.authoring.text.replacing import Replacement, TextSource

CONTEXT = 3
"""Lines around each change."""
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_NO_NEWLINE = "\\ No newline at end of file"


def patch_of(changes: Iterable[tuple[TextSource, tuple[Replacement, ...]]]) -> bytes:
    """The changes of some files as a unified patch; each file's lines in its own encoding, line ends kept."""
    return b"".join(octets for source, found in changes for octets in _of_file(source, found))


def _of_file(source: TextSource, found: tuple[Replacement, ...]) -> Iterator[bytes]:
    mark = source.mark.decode(source.encoding)
    before = mark + source.text
    after = mark + with_spans(source.text, (one.span for one in found))
    old, new = _LINES.findall(before), _LINES.findall(after)
    name = source.path.lstrip("/")
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=CONTEXT, lineterm="\n"):
        yield source.octets_of(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}\n")
