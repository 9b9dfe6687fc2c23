#!/usr/bin/env bash
# gurux-dlms 1.0.203 (PyPI): the seven days of a schedule are written as eight bits; 1.0.180 wrote seven.
#
# Guess: a library that reads the days of a schedule (class 10, exec_weekdays: a bit-string of seven) and writes them
# again, untouched, writes as many bits as it read, in each of its versions.
# Observed, reading a schedule of one entry with setValue and asking getValue for its octets:
#   * 1.0.180 writes 04 07 FE (seven bits) as it stands, and five bits (04 05 F8) as seven;
#   * 1.0.195 and 1.0.203 write 04 08 FE: eight bits, the last one 0.
# A meter that takes seven bits alone refuses what the newer version writes, and the days themselves are all right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 1.0.180 1.0.195 1.0.203; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "gurux-dlms==$version"
done
cat > "$folder/week.py" <<'PYTHON'
from gurux_dlms import GXByteBuffer
from gurux_dlms.GXDLMSSettings import GXDLMSSettings
from gurux_dlms.internal._GXCommon import _GXCommon
from gurux_dlms.internal._GXDataInfo import _GXDataInfo
from gurux_dlms.objects import GXDLMSSchedule
from gurux_dlms.ValueEventArgs import ValueEventArgs

HEAD, TAIL = "0101020A12000103FF090600000A8064FF120001090411000000" + "12FFFF", "04000905FFFF01FFFF0905FFFFFFFFFF"


def written_again(week: str) -> str:
    settings, schedule = GXDLMSSettings(False, None), GXDLMSSchedule("0.0.12.0.0.255")
    event = ValueEventArgs(settings, schedule, 2, 0, None)
    event.value = _GXCommon.getData(settings, GXByteBuffer(bytes.fromhex(HEAD + week + TAIL)), _GXDataInfo())
    schedule.setValue(settings, event)
    octets = bytes(schedule.getValue(settings, ValueEventArgs(settings, schedule, 2, 0, None))).hex().upper()
    return octets[len(HEAD) : -len(TAIL)]


print(*(written_again(week) for week in ("0407FE", "0407F8", "0405F8")))
PYTHON
status=0
for known in "1.0.180 0407FE 0407F8 0407F8" "1.0.195 0408FE 0408F8 0408F8" "1.0.203 0408FE 0408F8 0408F8"; do
  version=${known%% *}
  found=$("$folder/$version/bin/python" "$folder/week.py")
  echo "$version writes 0407FE 0407F8 0405F8 as $found"
  [ "$found" = "${known#* }" ] || { echo "  otherwise than before; it was ${known#* }"; status=1; }
done
exit $status
