#!/usr/bin/env bash
# gurux-dlms 1.0.203 (PyPI): saved as XML, registers are floating-point numbers, and two last days are a first one.
#
# Guess: objects that were read of a meter and saved as XML hold what the meter had, or at least enough to tell it.
# Observed, saving a register and a clock with GXDLMSObjectCollection.save:
#   * the raw value 5321 of a register with scaler -5 is saved as 0.05321000000000001 (a raw value from 1 to 100,000 is
#     no whole multiple of the scaler in what is saved in 55,227 cases), and 2**64 - 1 at -1 as 1.8446744073709553e+18;
#   * the last day of the month in which summer time begins (0xFE, 0xFE) is saved as BEGIN/01, its first day;
#   * the last Sunday of March 2020, 16:00 UTC, with every field specified, is saved as 03/01/2020: the first of March;
#   * a deviation of 52 minutes is saved as the zone -00:08, and one of 345 minutes as --5:15.
# Who compares saved objects with what was to be configured sees differences that are none, and misses others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gurux-dlms==1.0.203
"$folder/venv/bin/python" - "$folder/saved.xml" <<'PYTHON'
import re
import sys
from decimal import Decimal
from pathlib import Path

import gurux_dlms.objects as objects
from gurux_dlms import GXByteBuffer
from gurux_dlms.GXDLMSSettings import GXDLMSSettings
from gurux_dlms.internal._GXCommon import _GXCommon
from gurux_dlms.internal._GXDataInfo import _GXDataInfo
from gurux_dlms.ValueEventArgs import ValueEventArgs


def saved(one, answers, element):
    settings = GXDLMSSettings(False, None)
    for number, octets in answers:
        info = _GXDataInfo()
        event = ValueEventArgs(settings, one, number, 0, None)
        event.value = _GXCommon.getData(settings, GXByteBuffer(bytes.fromhex(octets)), info)
        one.setDataType(number, info.type_)
        one.setValue(settings, event)
    collection = objects.GXDLMSObjectCollection()
    collection.append(one)
    collection.save(sys.argv[1])
    return re.search(f"<{element}[^>]*>([^<]*)<", Path(sys.argv[1]).read_text())[1]


def register(raw, scaler):
    scaled = (3, f"02020F{scaler & 255:02X}161E")
    return saved(objects.GXDLMSRegister("1.0.1.8.0.255"), [scaled, (2, raw)], "Value")


def clock(octets):
    return saved(objects.GXDLMSClock("0.0.1.0.0.255"), [(2, "090C" + octets)], "Time")


off = sum(Decimal(str(raw * 10.0**-5)) / Decimal("0.00001") != raw for raw in range(1, 100_001))
seen = {
    "5321 at -5": register("06000014C9", -5),
    "2**64 - 1 at -1": register("15" + "FF" * 8, -1),
    "raw values off": str(off),
    "FFFFFEFE07": clock("FFFFFEFE07020000008000FF"),
    "07E403FE07 at UTC": clock("07E403FE0710000000000000"),
    "deviation 52": clock("07E40B01FF100000000034FF"),
    "deviation 345": clock("07E40B01FF100000000159FF"),
}
known = {
    "5321 at -5": "0.05321000000000001",
    "2**64 - 1 at -1": "1.8446744073709553e+18",
    "raw values off": "55227",
    "FFFFFEFE07": "BEGIN/01/* 02:00:00",
    "07E403FE07 at UTC": "03/01/2020 16:00:00Z",
    "deviation 52": "11/01/2020 16:00:00-00:08",
    "deviation 345": "11/01/2020 16:00:00--5:15",
}
for name, found in seen.items():
    print(f"{name}: {found}")
raise SystemExit(0 if seen == known else f"otherwise than before; it was {known}")
PYTHON
