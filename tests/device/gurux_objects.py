"""COSEM objects saved by gurux-dlms (GPL, used in tests alone): made of the A-XDR that a meter would have answered."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gurux_dlms.objects as objects  # type: ignore[import-untyped]
from gurux_dlms import GXByteBuffer
from gurux_dlms.GXDLMSSettings import GXDLMSSettings  # type: ignore[import-untyped]
from gurux_dlms.internal._GXCommon import _GXCommon  # type: ignore[import-untyped]
from gurux_dlms.internal._GXDataInfo import _GXDataInfo  # type: ignore[import-untyped]
from gurux_dlms.ValueEventArgs import ValueEventArgs  # type: ignore[import-untyped]

Answers = dict[int, str]
"""The octets of attributes by number, in hexadecimal."""


def made(kind: str, name: str, answers: Answers) -> Any:
    """An object of a class by gurux-dlms's name, whose attributes hold what was answered."""
    one = getattr(objects, f"GXDLMS{kind}")(name)
    settings = GXDLMSSettings(False, None)
    for number, octets in answers.items():
        info = _GXDataInfo()
        value = _GXCommon.getData(settings, GXByteBuffer(bytes.fromhex(octets)), info)
        one.setDataType(number, info.type_)
        event = ValueEventArgs(settings, one, number, 0, None)
        event.value = value
        one.setValue(settings, event)
    return one


def saved(path: Path, of: Iterable[Any]) -> bytes:
    """The document in which gurux-dlms saves some objects."""
    collection = objects.GXDLMSObjectCollection()
    for one in of:
        collection.append(one)
    collection.save(str(path))
    return path.read_bytes()


def octets(hexadecimal: str) -> str:
    """An octet-string in A-XDR."""
    return f"09{len(hexadecimal) // 2:02x}{hexadecimal}"
