#!/usr/bin/env bash
# dlms-cosem 25.1.0 (PyPI): a time in UTC is written as one in no zone, and a status that is not specified as five flags.
#
# Guess: a date-time that a library reads and writes again, untouched, comes back octet for octet; both below are legal
# (Blue Book, 4.1.6.1), and nearly every GBCS message has one of them.
# Observed, reading with datetime_from_bytes and writing with datetime_to_bytes:
#   * a deviation of 0 (UTC) is read as no zone at all, and written as 0x8000 (not specified);
#   * a clock status of 0xFF (not specified) is written as 0x8F: invalid, doubtful, another base, invalid, summer time.
# Other deviations and statuses stay as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dlms-cosem==25.1.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from dlms_cosem.time import datetime_from_bytes, datetime_to_bytes

known = {
    "07E40B01FF10000000000000": "07E40B01FF10000000800000",
    "07E40B01FF100000008000FF": "07E40B01FF1000000080008F",
    "07E40B01FF10000000FFC480": "07E40B01FF10000000FFC480",
}
changed = 0
for octets, before in known.items():
    found = datetime_to_bytes(*datetime_from_bytes(bytes.fromhex(octets))).hex().upper()
    print(octets, "is written as", found, "" if found == before else f"(was {before})")
    changed += found != before
raise SystemExit(f"{changed} of {len(known)} are written otherwise than before" if changed else 0)
PYTHON
