"""The values of a judged file by subject, with what stands beside each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gbcscheck.cosem.axdr import Data
from gbcscheck.evidence.reading import value_of_data
from gbcscheck.model.device_files import Entry


class Found(NamedTuple):
    """A value of a file: as the domains have it, or the text of an XML element; its entry, and the places in the list
    of the entries that hold it, the nearest first."""

    value: object
    entry: Entry
    around: tuple[int, ...]


class Values:
    """The entries of one file, by subject."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._beside: dict[int, dict[str, object]] = {}
        self._by_subject: dict[str, list[Found]] = {}
        self.subjects: frozenset[str] = frozenset(entry.subject for entry in entries if entry.subject)
        above: list[int] = []
        for place, entry in enumerate(entries):
            del above[entry.depth :]
            around = (*reversed(above), -1)
            above.append(place)
            if not _is_value(entry):
                continue
            value = value_of_data(entry.value) if isinstance(entry.value, Data) else entry.value
            self._beside.setdefault(around[0], {}).setdefault(entry.label, value)
            if entry.subject:
                self._by_subject.setdefault(entry.subject, []).append(Found(value, entry, around))

    def find(self, subject: str, where: str = "") -> list[Found]:
        """The values of a subject; ``where`` (``script_selector = 1``) keeps those beside which a value stands, or
        beside one of the entries around them."""
        found = self._by_subject.get(subject, [])
        name, equals, wanted = where.partition(" = ")
        return [one for one in found if self._nearest(one, name) == wanted] if equals else found

    def _nearest(self, found: Found, name: str) -> str:
        for place in found.around:
            beside: Mapping[str, object] = self._beside.get(place, {})
            if name in beside:
                return str(beside[name]).strip()
        return ""


def _is_value(entry: Entry) -> bool:
    """Whether an entry is a value of its subject: the class, name and member of an access are none, and neither are
    its results, which are told as texts."""
    if isinstance(entry.value, Data):
        return not entry.value.members
    if isinstance(entry.value, str):
        return entry.source.startswith("line ")
    return isinstance(entry.value, int | bytes)
