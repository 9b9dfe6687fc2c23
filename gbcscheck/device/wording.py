"""The values of a decoded file in plain words, for people: what a date, a time, a week or a name means."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from gbcscheck.cosem.axdr import BOOLEAN, OCTET_STRING, UTF8_STRING, VISIBLE_STRING, Bits, Data
from gbcscheck.device.context import Context
from gbcscheck.device.cosem_meanings import enumerated, scaled
from gbcscheck.device.named import Scaled
from gbcscheck.domains import DateTimeValue, DateValue, TimeValue
from gbcscheck.domains.cosem_words import clock_status_in_words, in_words, weekdays_in_words
from gbcscheck.evidence.grounds import grounds_of_row
from gbcscheck.evidence.grounds import in_words as in_words_of_grounds
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, Entry, JudgedFile, Meaning
from gbcscheck.notation.obis import object_name

LONGEST = 32
"""Octets of a value that are written out; of a longer one the first, and how many there are."""
NAMES = ("logical_name", "logical name")
_INSTANTS: dict[str, tuple[int, type[DateValue] | type[TimeValue] | type[DateTimeValue]]] = {
    "date": (5, DateValue),
    "time": (4, TimeValue),
    "date-time": (12, DateTimeValue),
}
"""Octets and values of the encodings that rows name."""


def in_plain_words(judged: JudgedFile, context: Context) -> JudgedFile:
    """The file with every value of its entries as a text, ready to be shown."""
    encodings, numbers = _Encodings(judged, context), scaled(judged.entries)
    entries = []
    for place, entry in enumerate(judged.entries):
        told = words(entry, encodings)
        meant = numbers.get(place) or encodings.meaning(entry)
        if meant:
            told = meant if meant.split(" ")[0] == told else f"{told} = {meant}"
        meaning = meaning_of(entry.value, numbers.get(place, ""))
        entries.append(entry._replace(value=told, basis=encodings.basis(entry), meaning=meaning))
    return replace(judged, entries=tuple(entries))


def meaning_of(value: Any, scaled_to: str = "") -> Meaning:
    """The value of a line as data; ``scaled_to`` is what its number stands for, with its unit."""
    if scaled_to:
        number, _, unit = scaled_to.partition(" ")
        return Meaning(meaning_of(value).raw, number, unit)
    if isinstance(value, Scaled):
        return Meaning(int(value), value.scaled, value.unit)
    if isinstance(value, Data):
        value = bool(value.value) if value.tag == BOOLEAN else value.value
    if isinstance(value, Bits):
        return Meaning(f"0b{value}")
    if isinstance(value, bool | float):
        return Meaning(value)
    if isinstance(value, int):
        return Meaning(int(value))
    if isinstance(value, bytes):
        return Meaning(f"0x{value.hex().upper()}")
    if value is None or isinstance(value, tuple):
        return Meaning()
    return Meaning(str(value))


class _Encodings:
    """How the rows of a file encode their octets: by their own words, or by those of COSEM on a field of a class."""

    def __init__(self, judged: JudgedFile, context: Context) -> None:
        use_case = context.use_cases.named(judged.use_case)
        self._rows = use_case.catalogue if use_case else context.catalogue
        self._cosem = context.catalogue
        self._known: dict[str, str] = {}
        self._classes: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, subject: str) -> str:
        """``date``, ``time``, ``date-time``, ``weekdays``, or nothing."""
        if subject not in self._known:
            self._known[subject] = self._find(subject)
        return self._known[subject]

    def basis(self, entry: Entry) -> str:
        """What a value rests on that fits: as its judge says, else what its row states."""
        if entry.verdict != FITS:
            return ""
        told = entry.basis if isinstance(entry.basis, str) else entry.basis()
        return told or in_words_of_grounds(grounds_of_row(self._rows, entry.subject))

    def meaning(self, entry: Entry) -> str:
        """What a number is by the enumeration of its field, or with the unit of its item; empty where it has none."""
        data = entry.value
        if not entry.subject or not isinstance(data, Data) or not isinstance(data.value, int) or data.tag == BOOLEAN:
            return ""
        known = (entry.subject, entry.label)
        if known not in self._classes:
            self._classes[known] = self._class_and_unit(entry.subject)
        cosem_class, unit = self._classes[known]
        return enumerated(data, entry.label, cosem_class) or (f"{data.value} {unit}" if unit else "")

    def _class_and_unit(self, subject: str) -> tuple[str, str]:
        cosem_class = self._rows.first(subject, "class")
        unit = self._cosem.first(subject.partition("/")[2], "unit") or self._of_class(subject, "unit")
        return (
            str(cosem_class.value) if cosem_class is not None else "",
            str(unit.value) if unit is not None else "",
        )

    def _of_class(self, subject: str, attribute: str) -> Statement | None:
        """What COSEM says of the field of a class."""
        cosem_class = self._rows.first(subject, "class")
        field = subject.partition("/")[2].partition(".")[2]
        if cosem_class is None or not field:
            return None
        return self._cosem.first(f"class {cosem_class.value}/{field}", attribute)

    def _find(self, subject: str) -> str:
        statement = self._rows.first(subject, "encoding") or self._of_class(subject, "encoding")
        return str(statement.value) if statement is not None else ""


def words(entry: Entry, encodings: _Encodings) -> str:
    """The value of one line in words; empty where it has none."""
    value = entry.value
    if isinstance(value, Data):
        return _data_in_words(value, entry.label, encodings.of(entry.subject) if entry.subject else "")
    return plain(value)


def plain(value: Any) -> str:
    """A value that is no COSEM data as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, DateValue | TimeValue | DateTimeValue):
        return _instant_in_words(value)
    if isinstance(value, bytes):
        return octets_in_words(value)
    return str(value)


def _instant_in_words(value: DateValue | TimeValue | DateTimeValue) -> str:
    """A date or a time, with the bits of its clock status by name."""
    status = clock_status_in_words(value.status) if isinstance(value, DateTimeValue) else ""
    return f"{in_words(value)} ({status})" if status else in_words(value)


@lru_cache(maxsize=4096)
def octets_in_words(octets: bytes) -> str:
    """Octets as digits, and as text where they are text.

    >>> octets_in_words(b"ABC4"), octets_in_words(b"")
    ('0x41424334 "ABC4"', 'no octets')
    """
    if not octets:
        return "no octets"
    digits = f"0x{octets[:LONGEST].hex().upper()}"
    if len(octets) > LONGEST:
        return f"{digits}... ({len(octets)} octets)"
    readable = len(octets) > 3 and all(0x20 <= octet < 0x7F for octet in octets)
    return f'{digits} "{octets.decode("ascii")}"' if readable else digits


def _data_in_words(data: Data, label: str, encoding: str) -> str:
    value = data.value
    if isinstance(value, Bits):
        bits = str(value)
        return (
            weekdays_in_words(bits) if encoding == "weekdays" and len(bits) == 7 else f"0b{bits}" if bits else "no bits"
        )
    if isinstance(value, tuple):
        return f"{data.type_name} of {len(data.members)}"
    if data.tag == BOOLEAN:
        return "true" if value else "false"
    if isinstance(value, bytes):
        return _string_in_words(value, data.tag, label, encoding)
    return data.type_name if value is None else str(value)


def _string_in_words(value: bytes, tag: int, label: str, encoding: str) -> str:
    known = _INSTANTS.get(encoding)
    if known is not None and len(value) == known[0]:
        return _instant_in_words(known[1].from_octets(value))
    if len(value) == 6 and tag == OCTET_STRING and label.endswith(NAMES):
        return object_name(value)
    if tag in (VISIBLE_STRING, UTF8_STRING):
        return f'"{value.decode("utf-8", "replace")}"'
    return octets_in_words(value)
