#!/usr/bin/env bash
# gurux-dlms 1.0.203 (PyPI): a COSEM date or time that is read and written again is another one.
#
# Guess: a value that a library reads and writes again, untouched, comes back octet for octet; all of the values below
# are legal (Blue Book, 4.1.6.1), and GBCS gives two of them a meaning of their own.
# Observed, reading with GXDLMSClient.changeType and writing with GXDLMSClient.write:
#   * 0000000000000000008000FF, "at once" in GBCS, is written as FFFFFFFF06000000008000FF: midnight of every Saturday;
#   * a month of 0xFE (daylight saving begins) is written as 0xFD (daylight saving ends), and the other way round;
#   * the literal year 0 of 0x000001FFFF, the begin date that ECS37 fixes, becomes 0xFFFF (any year);
#   * 99 hundredths of a time become 0, while the same 99 in a date-time stay.
# Whoever reads a configuration with it and writes it back has changed it. What is decoded is to be kept as octets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gurux-dlms==1.0.203
"$folder/venv/bin/python" - <<'PYTHON'
from gurux_dlms import GXDLMSClient
from gurux_dlms.enums import Authentication, DataType, InterfaceType
from gurux_dlms.objects import GXDLMSData

client = GXDLMSClient(True, 16, 1, Authentication.NONE, None, InterfaceType.PDU)


def written_again(octets: str, kind: DataType) -> str:
    data = GXDLMSData("0.0.1.0.0.255")
    data.setDataType(2, DataType.OCTET_STRING)
    data.value = GXDLMSClient.changeType(bytearray.fromhex(octets), kind)
    (request,) = client.write(data, 2)
    return bytes(request).hex().upper()[-len(octets) :]


expected = {
    ("0000000000000000008000FF", DataType.DATETIME): "FFFFFFFF06000000008000FF",
    ("07E4FE01FF10000000800000", DataType.DATETIME): "07E4FD01FF10000000800000",
    ("07E4FD01FF10000000800000", DataType.DATETIME): "07E4FE01FF10000000800000",
    ("000001FFFF", DataType.DATE): "FFFF01FFFF",
    ("173B3B63", DataType.TIME): "173B3B00",
    ("07E40B01FF10000063800000", DataType.DATETIME): "07E40B01FF10000063800000",
}
changed = 0
for (octets, kind), known in expected.items():
    found = written_again(octets, kind)
    print(octets, "is written as", found, "" if found == known else f"(was {known})")
    changed += found != known
raise SystemExit(f"{changed} of {len(expected)} are written otherwise than before" if changed else 0)
PYTHON
