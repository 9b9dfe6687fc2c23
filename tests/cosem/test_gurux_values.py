"""The reader of A-XDR against gurux-dlms, another reader of the same octets, which only the tests use (its licence)."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gurux_dlms as gurux  # type: ignore[import-untyped]
import pytest
from cosem_messages import is_dlms, real_messages, top_values, walk

from gbcscheck.cosem.access import read_payload
from gbcscheck.cosem.axdr import ARRAY, BIT_STRING, BOOLEAN, COMPACT_ARRAY, STRINGS, STRUCTURE, Bits, Data, read_data
from gbcscheck.cosem.envelope import read_envelope

FLOATS = {23: ">f", 24: ">d"}
DATE_TIMES = {25: "DATETIME", 26: "DATE", 27: "TIME"}


class CannotRead(Exception):
    """gurux-dlms does not read these octets."""


def gurux_value(octets: bytes) -> Any:
    """What gurux-dlms makes of one value; CannotRead where it raises or stops before the end."""
    from gurux_dlms.internal._GXCommon import _GXCommon  # type: ignore[import-untyped]
    from gurux_dlms.internal._GXDataInfo import _GXDataInfo  # type: ignore[import-untyped]

    buffer, info = gurux.GXByteBuffer(octets), _GXDataInfo()
    try:
        value = _GXCommon.getData(gurux.GXDLMSSettings(False, None), buffer, info)
    except Exception as error:  # whatever the other reader raises
        raise CannotRead(f"{type(error).__name__}: {error}") from error
    if not info.complete or buffer.position != len(octets):
        raise CannotRead("stops before the end")
    return value


def _written(value: Any, kind: str) -> bytes:
    """A date or time as gurux-dlms writes it; it keeps no day of the week."""
    from gurux_dlms.enums import DataType  # type: ignore[import-untyped]
    from gurux_dlms.internal._GXCommon import _GXCommon

    buffer = gurux.GXByteBuffer()
    _GXCommon.setData(gurux.GXDLMSSettings(False, None), buffer, getattr(DataType, kind), value)
    return bytes(buffer.array())[1:]


def differences(data: Data, value: Any) -> list[str]:
    """Where the two readers disagree: booleans by truth, text and bits by their octets."""
    if data.tag in (ARRAY, STRUCTURE, COMPACT_ARRAY):
        if not isinstance(value, Sequence) or len(value) != len(data.members):
            return [f"{data.type_name} at {data.offset}: {len(data.members)} members, {value!r}"]
        pairs = zip(data.members, value, strict=True)
        return [line for member, other in pairs for line in differences(member, other)]
    return [] if _same(data, value) else [f"{data.type_name} at {data.offset}: {data.value!r}, {value!r}"]


def _same(data: Data, value: Any) -> bool:
    if data.tag in STRINGS:
        assert isinstance(data.value, bytes)
        return data.value in (value, value.encode("utf-8") if isinstance(value, str) else None)
    if data.tag == BOOLEAN:
        return bool(data.value) is value
    if data.tag == BIT_STRING:
        assert isinstance(data.value, Bits)
        return (str(data.value), data.value.octets) == (str(value), bytes(value.value))
    if data.tag in FLOATS:
        assert isinstance(data.value, bytes)
        return bool(struct.unpack(FLOATS[data.tag], data.value)[0] == value)
    if data.tag in DATE_TIMES:
        return data.value == _written(value, DATE_TIMES[data.tag])
    return value is None if data.value is None else bool(data.value == value)


def test_the_package_itself_never_imports_it() -> None:
    package = Path(__file__).resolve().parents[2] / "gbcscheck"
    wanting = re.compile(r"^\s*(?:import|from)\s+gurux", re.MULTILINE)
    assert [path.name for path in package.rglob("*.py") if wanting.search(path.read_text("utf-8"))] == []


def test_every_value_of_the_corpus_is_the_same(corpus: Path) -> None:
    different: list[str] = []
    seen: Counter[str] = Counter()
    for name, octets in real_messages(corpus):
        envelope = read_envelope(octets)
        if not is_dlms(envelope):
            continue
        for top in top_values(read_payload(octets, envelope.payload_start, envelope.payload_end)):
            seen.update(data.type_name for data in walk(top))
            value = gurux_value(octets[top.offset : top.offset + top.length])
            different.extend(f"{name}: {line}" for line in differences(top, value))
    assert different == []
    assert seen["compact-array"] >= 17
    assert sum(seen.values()) > 10_000


MADE = {
    "null": "00",
    "boolean true": "03FF",
    "boolean false": "0300",
    "bits": "0407FE",
    "bits with padding": "040AFFC0",
    "no bits": "0400",
    "double-long": "0580000000",
    "double-long-unsigned": "06FFFFFFFF",
    "octet-string": "0903FF00FF",
    "octet-string, length in long form": "098203E8" + "AB" * 1000,
    "visible-string": "0A024142",
    "utf8-string": "0C024142",
    "bcd": "0D93",
    "integer": "0FFB",
    "long": "10FF38",
    "unsigned": "11FF",
    "long-unsigned": "12FFFF",
    "long64": "148000000000000000",
    "long64-unsigned": "15FFFFFFFFFFFFFFFF",
    "enum": "16FF",
    "float32": "1740490FDB",
    "float64": "18400921FB54442D18",
    "date-time": "1907E40B18FF173B0A008000FF",
    "date": "1A07E40B18FF",
    "time": "1B173B0A00",
    "structure": "0203 0101 1105 0200 0902FFFF",
    "compact: long-unsigned": "13 12 04 0001 FFFF",
    "compact: integer": "13 0F 02 FF01",
    "compact: boolean": "13 03 02 00FF",
    "compact: enum": "13 16 02 0001",
    "compact: bcd": "13 0D 02 1234",
    "compact: octet-string": "13 09 06 01 41 03 414243",
    "compact: visible-string": "13 0A 06 01 41 03 414243",
    "compact: bits": "13 04 04 07FE 0380",
    "compact: float32": "13 17 08 3F800000 BF800000",
    "compact: date-time": "13 19 0C 07E40B18FF173B0A008000FF",
    "compact: structure": "13 02 02 12 11 06 0001 01 0002 02",
    "compact: structure with octet-strings": "13 02 02 09 11 06 02 4142 01 00 02",
    "compact: structure in structure": "13 02 02 02 02 11 11 12 08 01 02 0003 01 02 0003",
    "compact: nothing": "13 11 00",
}


@pytest.mark.parametrize("octets", MADE.values(), ids=MADE.keys())
def test_made_values_are_the_same(octets: str) -> None:
    message = bytes.fromhex(octets)
    data = read_data(message)
    assert data.length == len(message)
    assert differences(data, gurux_value(message)) == []


UNREAD = {
    "delta-integer": ("1C80", "ValueError: Invalid data type."),
    "delta-long": ("1D8000", "ValueError: Invalid data type."),
    "delta-double-long": ("1E80000000", "ValueError: Invalid data type."),
    "delta-unsigned": ("1FFF", "ValueError: Invalid data type."),
    "delta-long-unsigned": ("20FFFF", "ValueError: Invalid data type."),
    "delta-double-long-unsigned": ("21FFFFFFFF", "ValueError: Invalid data type."),
    "dont-care": ("FF", "stops before the end"),
    "time of hour 24": ("1B18000000", "ValueError: hour must be in 0..23"),
    "compact: delta-integer": ("13 1C 02 FF01", "ValueError: Invalid data type."),
    "compact: utf8-string": ("13 0C 03 02 C3A9", "ValueError: getString"),
    "compact: array": ("13 01 0002 11 04 01020304", "ValueError: Invalid compact array data."),
}
"""What gurux-dlms does not read, and how it says so."""


@pytest.mark.parametrize(("octets", "how"), UNREAD.values(), ids=UNREAD.keys())
def test_what_gurux_does_not_read_is_read_here(octets: str, how: str) -> None:
    message = bytes.fromhex(octets)
    assert read_data(message).length == len(message)
    with pytest.raises(CannotRead) as caught:
        gurux_value(message)
    assert str(caught.value) == how


READ_OTHERWISE = {
    "utf8-string beyond ASCII: as a text of hexadecimal digits": ("0C02C3A9", "C3 A9"),
    "visible-string beyond ASCII: as a text of hexadecimal digits": ("0A02E9FF", "E9 FF"),
    "compact: null in a structure: the first is left out": ("13 02 02 00 11 02 0506", [[None, 6]]),
    "compact: array in a structure: a list of one for each element": (
        "13 02 02 01 0002 11 12 04 0102 0003",
        [[[[1], [2]], 3]],
    ),
}
"""What gurux-dlms reads to something else, and to what."""


@pytest.mark.parametrize(("octets", "value"), READ_OTHERWISE.values(), ids=READ_OTHERWISE.keys())
def test_what_gurux_reads_otherwise_is_known(octets: str, value: object) -> None:
    message = bytes.fromhex(octets)
    assert read_data(message).length == len(message)
    assert gurux_value(message) == value
    assert differences(read_data(message), gurux_value(message))
