"""Data types of the GBCS Objects sheet: ``DATE-TIME no wildcards``, ``INTEGER[1..3]``, ``Series of BOOLEANS``."""

from __future__ import annotations

from functools import cache

from gbcscheck.domains import Domain, cosem_date, cosem_date_time, cosem_time, integers, points, union
from gbcscheck.frozen import frozen
from gbcscheck.notation.dlms_type import DlmsType
from gbcscheck.notation.grammars import Builders, Refusal, read

_TIMES = ("DATE", "TIME", "DATE-TIME")
_ENCODINGS = {5: "date", 4: "time", 12: "date-time"}
"""The COSEM encodings of dates and times by their number of octets (Blue Book 4.1.6.1)."""

_COUNTS = {"two": 2, "three": 3}


@frozen
class ObjectType:
    """What a data item is.

    ``kind`` is in capitals (``INTEGER``, ``DATE-TIME``, ``METHOD``); ``wildcards`` is whether parts of a date or time
    may be left unspecified, None where the cell does not say; ``fewest`` and ``most`` are how many values there are.
    """

    kind: str
    wildcards: bool | None = None
    fewest: int = 1
    most: int | None = 1


def encoding(object_type: ObjectType | None, data_type: DlmsType | None) -> str | None:
    """``date``, ``time`` or ``date-time`` where a row's octets encode one; None elsewhere.

    The Objects sheet says that a date or a time is meant, the length of the octet-string which of them: a season that
    starts at a ``DATE WITH WILDCARDS`` is a date-time of 12 octets. Seconds in a double-long-unsigned are none of them.
    """
    if object_type is None or data_type is None or object_type.kind not in _TIMES or object_type.most != 1:
        return None
    return _ENCODINGS.get(data_type.length or 0) if data_type.name == "octet-string" else None


def cosem_domain(encoded: str, wildcards: bool | None = None) -> Domain:
    """The dates, times or date-times of an encoding (``date``, ``time``, ``date-time``).

    Without wildcards, year, month, day, hour, minute and second are given; the day of the week, hundredths, deviation
    and clock status may still be unspecified, as they are in published messages. A date-time without wildcards may also
    be one of two special values, all zeros (at once) and all ones (cancelled), so that only the special months and days
    are excluded there.
    """
    if wildcards is not False:
        return {"date": cosem_date, "time": cosem_time, "date-time": cosem_date_time}[encoded]()
    if encoded == "date":
        return cosem_date(year=integers(0, 0xFFFE), month=integers(1, 12), day=integers(1, 31))
    if encoded == "time":
        return cosem_time(hour=integers(0, 23), minute=integers(0, 59), second=integers(0, 59))
    unspecified = points([0xFF])
    return cosem_date_time(
        month=union(integers(0, 12), unspecified),
        day=union(integers(0, 31), unspecified),
    )


@cache
def read_object_type(text: str) -> ObjectType | None:
    """Read a cell of the column ``data type`` of the Objects sheet; nothing where it is blank. Raises NotationError."""
    if text.strip() in ("", "-", "--"):
        return None
    object_type: ObjectType = read("object_type", text, _BUILDERS, _WORDS)
    return object_type


def _array(kind: str, low: str, high: str) -> ObjectType:
    if int(low) > int(high):
        raise Refusal(high, f"an array cannot have at least {low} and at most {high} elements")
    return ObjectType(kind.upper(), None, int(low), int(high))


def _counted(kind: str, count: str) -> ObjectType:
    number = _COUNTS[count.lower()]
    return ObjectType(kind.upper(), None, number, number)


def _series(*kinds: str) -> ObjectType:
    names = [kind.upper().removesuffix("S") for kind in kinds]
    return ObjectType(names[0] if len(names) == 1 else "STRUCTURE", None, 0, None)


_BUILDERS: Builders = {
    "kind": lambda kind, wildcards=None: ObjectType(kind.upper(), wildcards),
    "array": _array,
    "counted": _counted,
    "several": lambda count, kinds: _counted(kinds[:-1], count),
    "series": _series,
    "with_periodicity": lambda _kind, _periodicity: ObjectType("STRUCTURE"),
    "method": lambda _: ObjectType("METHOD"),
    "wildcards": lambda words: words.lower() == "with wildcards",
}

_WORDS = {
    "KIND": "a data type as INTEGER or DATE-TIME",
    "PLURAL": "several of a data type as BOOLEANS",
    "CODES": "'Event / Alert Codes'",
    "COUNT": "'two' or 'three'",
    "PERIODICITY": "'Periodicity'",
    "METHOD": "'Method'",
    "WITH": "'with wildcards'",
    "WITHOUT": "'no wildcards'",
    "DECIMAL": "a whole number",
}
