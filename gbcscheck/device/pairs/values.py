"""The values of a judged file by subject, with what stands beside each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from gbcscheck.cosem.axdr import Data
from gbcscheck.device.documents.links import WITH
from gbcscheck.domains.base import NoWitness
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.evidence.reading import value_of_data
from gbcscheck.facts.crosswalk import LinkEnd
from gbcscheck.model.device_files import Entry

NO_ROWS: Mapping[str, str] = MappingProxyType({})


class Found(NamedTuple):
    """A value of a file: as the domains have it, or the text of an XML element; its entry, its place in the list of
    entries, and the places of the entries that hold it, the nearest first."""

    value: object
    entry: Entry
    place: int
    around: tuple[int, ...]


class Values:
    """The entries of one file, by subject; ``rows`` are the rows that fields of a byte layout are values of, by the
    subject of the field: the attribute that a gas device was asked for."""

    def __init__(self, entries: Sequence[Entry], rows: Mapping[str, str] = NO_ROWS) -> None:
        self._labels = [entry.label for entry in entries]
        self._beside: dict[int, dict[str, tuple[int, object]]] = {}
        self._by_subject: dict[str, list[Found]] = {}
        named = [rows.get(entry.subject, entry.subject) for entry in entries]
        self.subjects: frozenset[str] = frozenset(
            (*filter(None, named), *(one.subject for one in entries if one.subject))
        )
        self._numbers: dict[int, int] = {}
        counts: dict[tuple[str, int], int] = {}
        above: list[int] = []
        for place, entry in enumerate(entries):
            subject = entry.subject
            del above[entry.depth :]
            holder = above[-1] if above else -1
            above.append(place)
            if not _is_value(entry):
                continue
            value = value_of_data(entry.value) if isinstance(entry.value, Data) else entry.value
            beside = self._beside.get(holder)
            if beside is None:
                beside = self._beside[holder] = {}
            beside.setdefault(entry.label, (place, value))
            if subject:
                around = (*above[-2::-1], -1)
                found = Found(value, entry, place, around)
                for one in dict.fromkeys((subject, named[place])):
                    self._by_subject.setdefault(one, []).append(found)
                number = counts.get((subject, holder), 0) + 1
                self._numbers[place] = counts[subject, holder] = number

    def find(self, subject: str, where: str = "") -> list[Found]:
        """The values of a subject; ``where`` (``script_selector = 1``) keeps those beside which a value stands, or
        beside one of the entries around them, and ``with SUBJECT`` keeps them where the file has that one too."""
        found = self._by_subject.get(subject, [])
        if where.startswith(WITH):
            return found if where.removeprefix(WITH) in self.subjects else []
        name, equals, wanted = where.partition(" = ")
        if name == "#":
            return [one for one in found if str(self._numbers[one.place]) == wanted]
        return [one for one in found if self._nearest(one, name) == wanted] if equals else found

    def all(self) -> Iterator[Found]:
        """Every value that has a subject."""
        for found in self._by_subject.values():
            yield from found

    def gathered(self, subject: str, where: str, around: str) -> list[tuple[Found, ...]]:
        """The values of a subject by the entries of one label that hold them, in the order of the file; an entry that
        holds none is a group of none."""
        groups: dict[int, list[Found]] = {place: [] for place, label in enumerate(self._labels) if label == around}
        for one in self.find(subject, where):
            holder = next((place for place in one.around if place in groups), None)
            if holder is not None:
                groups[holder].append(one)
        return [tuple(group) for group in groups.values()]

    def key_of(self, found: Found, terms: Sequence[str]) -> int | None:
        """The number by which one of several values is known: the sum of what stands beside it under some names, each
        converted; None where one of them is not there, or is no number. ``#`` is its number among the values of its
        subject in the nearest entry around it."""
        numbers = [self._term(found, *map(str.strip, term.partition(":")[::2])) for term in terms]
        return None if None in numbers else sum(number for number in numbers if number is not None)

    def _term(self, found: Found, name: str, convert: str) -> int | None:
        value = self._numbers[found.place] if name == "#" else _as_number(self._beside_of(found, name)[1])
        if convert and value is not None:
            try:
                value = parse_conversion(convert).convert(value)
            except NoWitness:
                return None
        return value if isinstance(value, int) else None

    def named_by(self, found: Found, end: LinkEnd) -> Iterator[int]:
        """The places of the values by which an end tells one value from others: those of its key and its ``where``."""
        names = [term.partition(":")[0].strip() for term in end.key]
        name, equals, _ = end.where.partition(" = ")
        for one in (*names, *((name,) if equals else ())):
            place, value = self._beside_of(found, one)
            if value is not None:
                yield place

    def _beside_of(self, found: Found, name: str) -> tuple[int, object]:
        """The nearest value of a name, with its place: in a value, beside it, or beside what is around it;
        ``A/@index``: in the nearest entry ``A`` around it. None where there is none."""
        holder, slash, label = name.rpartition("/")
        for place in (found.place, *found.around):
            beside = self._beside.get(place)
            if beside and label in beside and (not slash or (place >= 0 and self._labels[place] == holder)):
                return beside[label]
        return -1, None

    def _nearest(self, found: Found, name: str) -> str:
        value = self._beside_of(found, name)[1]
        return "" if value is None else str(value).strip()


def _as_number(value: object) -> object:
    """Digits and octets as the number that they write; anything else as it is."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return int.from_bytes(value, "big") if isinstance(value, bytes) else value


def _is_value(entry: Entry) -> bool:
    """Whether an entry is a value of its subject: the class, name and member of an access are none, and neither are
    its results, which are told as texts."""
    value = entry.value
    if value is None:
        return False
    if isinstance(value, Data):
        return not value.members
    if isinstance(value, str):
        return entry.source.startswith("line ")
    return isinstance(value, int | bytes)
