#!/usr/bin/env bash
# dlms-cosem 25.1.0 (PyPI): fields that are "not specified" are not read as that, and a schedule cannot be read at all.
#
# Guess: a library for COSEM reads every date-time of the Blue Book (4.1.6.1), and every simple type of A-XDR.
# Observed:
#   * a clock status of 0xFF (not specified), which nearly every GBCS message has, is read as a clock that is invalid,
#     doubtful, on another base and in daylight saving time, all at once;
#   * a minute and a second that are not specified (23:FF:FF) are read as 23:00:00, a moment that nobody stated;
#   * the two date-times of GBCS that stand for no time end in errors that do not say so: "at once" in a ValueError
#     (year 0 is out of range), "cancelled" (all fields not specified) in a TypeError about NoneType;
#   * a bit-string, so the week days of a schedule (04 07 FE), ends in a NotImplementedError.
# A configuration that was read by it cannot tell "not specified" from 0, and lacks what could not be decoded.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dlms-cosem==25.1.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from dlms_cosem.time import datetime_from_bytes
from dlms_cosem.utils import parse_as_dlms_data


def status(octets: str) -> str:
    _, found = datetime_from_bytes(bytes.fromhex(octets))
    names = ("invalid", "doubtful", "different_base", "invalid_status", "daylight_saving_active")
    return ", ".join(name for name in names if getattr(found, name))


def moment(octets: str) -> str:
    found, _ = datetime_from_bytes(bytes.fromhex(octets))
    return found.isoformat()


def error(read, octets: str) -> str:
    try:
        return f"no error: {read(bytes.fromhex(octets))!r}"
    except Exception as found:
        return type(found).__name__


seen = {
    "status 0xFF": status("07E40B01FF10000000FFC4FF"),
    "23:FF:FF": moment("07E40B01FF17FFFFFF8000FF"),
    "at once": error(datetime_from_bytes, "0000000000000000008000FF"),
    "cancelled": error(datetime_from_bytes, "FFFFFFFFFFFFFFFFFF8000FF"),
    "week days 04 07 FE": error(parse_as_dlms_data, "0407FE"),
}
known = {
    "status 0xFF": "invalid, doubtful, different_base, invalid_status, daylight_saving_active",
    "23:FF:FF": "2020-11-01T23:00:00",
    "at once": "ValueError",
    "cancelled": "TypeError",
    "week days 04 07 FE": "NotImplementedError",
}
for name, found in seen.items():
    print(f"{name}: {found}")
raise SystemExit(0 if seen == known else f"otherwise than before; it was {known}")
PYTHON
