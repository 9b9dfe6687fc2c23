"""Edits of text files as the ``fixes`` of SARIF results (SARIF 2.1.0, 3.55 to 3.57)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any

from gbcscheck.authoring.spans import told
from gbcscheck.authoring.text.replacing import Replacement, TextSource
from gbcscheck.model import Place, Statement
from gbcscheck.model.repairs import Edit, Repairs
from gbcscheck.printable import clean
from gbcscheck.report.sarif import artifact

Replacing = Callable[[tuple[Edit, ...]], Iterable[tuple[TextSource, tuple[Replacement, ...]]]]
"""What some edits replace in their files."""


def fixes_of(
    repairs: Repairs, replacing: Replacing, is_text: Callable[[Statement], bool]
) -> dict[str, list[dict[str, Any]]]:
    """The fixes of findings by their fingerprints: one for what is proposed, else one for each way out of a choice.

    A fix has all edits that a finding takes, or is left out: where one of them is in a file that is no text. Errors as
    ``replacing`` raises them.
    """
    edits: dict[str, list[Edit]] = {}
    for edit in repairs.edits:
        for fingerprint in edit.settles:
            edits.setdefault(fingerprint, []).append(edit)
    ways: dict[str, list[tuple[str, tuple[Edit, ...]]]] = {
        fingerprint: [(_described(group), tuple(group))] for fingerprint, group in edits.items()
    }
    for choice in repairs.choices:
        options = [(option.text, option.edits) for option in choice.options]
        ways.setdefault(choice.finding.fingerprint, []).extend(options)
    return {
        fingerprint: fixes
        for fingerprint, group in ways.items()
        if (fixes := [_fix(text, replacing(way)) for text, way in group if all(is_text(one.statement) for one in way)])
    }


def _described(edits: Iterable[Edit]) -> str:
    return " ".join(
        f"Write {told(edit.new)} in place of {told(edit.old)} at {_where(edit.statement.place)}: {edit.why}"
        for edit in edits
    )


def _where(place: Place) -> str:
    """A place by the name of its file: where that lies is the business of the artifact."""
    return str(place).replace(place.path, PurePath(place.path).name, 1)


def _fix(text: str, changes: Iterable[tuple[TextSource, tuple[Replacement, ...]]]) -> dict[str, Any]:
    return {
        "description": {"text": clean(text)},
        "artifactChanges": [
            {"artifactLocation": artifact(source.path), "replacements": [_replacement(source, one) for one in found]}
            for source, found in changes
        ],
    }


def _replacement(source: TextSource, one: Replacement) -> dict[str, Any]:
    return {
        "deletedRegion": region(source, one.span.start, one.span.end),
        "insertedContent": {"text": one.span.new},
    }


def region(source: TextSource, start: int, end: int) -> Mapping[str, int]:
    """Characters of a text as a region: lines and columns from 1, columns in code points, and octets from the beginning
    of the file. Offsets in characters are left out where the file begins with a byte order mark: whether they count it
    is said nowhere."""
    first, first_column = _line_and_column(source.text, start)
    last, last_column = _line_and_column(source.text, end)
    before = len(source.mark) + len(source.octets_of(source.text[:start]))
    octets = {"byteOffset": before, "byteLength": len(source.octets_of(source.text[start:end]))}
    characters = {} if source.mark else {"charOffset": start, "charLength": end - start}
    lines = {"startLine": first, "startColumn": first_column, "endLine": last, "endColumn": last_column}
    return {**lines, **characters, **octets}


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
