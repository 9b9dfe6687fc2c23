"""Make ``docs/samples``: the small files, of our own making, on which the pages show the device check and what is done
with Word documents.

``python docs/make_samples.py``. The messages are built with ``tools/cosem_writing.py``; nothing of them is signed, and
their identifiers and counters are made up.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from base64 import b64encode
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "device"))

from cosem_writing import write_length, write_payload
from word_sample import redlined_draft

from gbcscheck.cosem.access import Access, Request, Response, Result
from gbcscheck.cosem.axdr import ARRAY, BOOLEAN, OCTET_STRING, STRUCTURE, Bits, Data
from gbcscheck.notation.obis import logical_name

MADE = datetime(2026, 11, 24)
"""The day on which the samples say that they were made."""
FOLDER = Path(__file__).resolve().parent / "samples"
ORIGINATOR, TARGET = bytes.fromhex("0011223344556677"), bytes.fromhex("8899AABBCCDDEEFF")
DOUBLE_LONG_UNSIGNED, LONG_UNSIGNED = 6, 18
EVERY_DAY, MONDAY_TO_FRIDAY = Bits(b"\xfe", 7), Bits(b"\xf8", 7)


def data(tag: int, value: object) -> Data:
    """A value to be written: its place does not matter."""
    return Data(tag, value, 0, 0)  # type: ignore[arg-type]


def command(message_code: int, counter: int, payload: bytes) -> str:
    """A command without signature and MAC, as hexadecimal digits in lines of 32 octets."""
    strings = (bytes((1,)) + counter.to_bytes(8, "big"), ORIGINATOR, TARGET, b"", message_code.to_bytes(2, "big"))
    octets = b"\xdf" + b"".join(write_length(len(string)) + string for string in (*strings, payload))
    digits = octets.hex().upper()
    return "".join(digits[start : start + 64] + "\n" for start in range(0, len(digits), 64))


def maximum_demand(days: Bits) -> bytes:
    """The payload of ECS37: monitored from 16:00 to 20:00 on some days."""
    entries = [
        data(
            STRUCTURE,
            (
                data(LONG_UNSIGNED, selector),
                data(BOOLEAN, 1),
                data(OCTET_STRING, logical_name("0-0:10.128.100.255")),
                data(LONG_UNSIGNED, selector),
                data(OCTET_STRING, bytes((hour, 0, 0, 0))),
                data(LONG_UNSIGNED, 0xFFFF),
                data(4, days),
                data(4, Bits(b"", 0)),
                data(OCTET_STRING, bytes.fromhex("000001FFFF")),
                data(OCTET_STRING, bytes.fromhex("FFFFFFFFFF")),
            ),
        )
        for selector, hour in ((1, 16), (2, 20))
    ]
    access = Access(2, 10, logical_name("0-0:12.0.0.255"), 2, None, 0, 0)
    return write_payload(Request(bytes.fromhex("20000001"), b"", (access,), (data(ARRAY, tuple(entries)),), 0))


def conversion(unit: int) -> bytes:
    """The payload of GCS23: conversion factor 1.02264, calorific value 40.0, in a unit."""
    factor = bytes.fromhex("090002") + bytes(8) + (102264).to_bytes(4, "little") + b"\x50"
    value = bytes.fromhex("090103") + bytes(8) + (400).to_bytes(4, "little") + bytes((unit, 0x10))
    parts = b"".join(
        bytes((control,)) + bytes.fromhex("0700") + len(frame).to_bytes(2, "big") + frame
        for control, frame in ((0, factor), (1, value))
    )
    return bytes.fromhex("010902") + parts


def night() -> str:
    """A log of one night in which messages stand as tools write them: digits behind a time, a dump, base64."""
    first, second, third = (
        bytes.fromhex(command(code, counter, payload))
        for code, counter, payload in (
            (0x004A, 4, maximum_demand(EVERY_DAY)),
            (0x007C, 5, conversion(0)),
            (0x007C, 6, conversion(1)),
        )
    )
    dump = (f"{at:08x}: {second[at : at + 16].hex(' ', -2)}" for at in range(0, len(second), 16))
    return "\n".join(
        (
            "# test house, night of 24 November 2026",
            f"2026-11-24T01:00:00Z hub1 TX {first.hex(' ')}",
            "2026-11-24T01:00:02Z hub1 RX timeout after 2000 ms",
            "2026-11-24T01:30:00Z hub1 TX",
            *dump,
            f'2026-11-24T02:00:00Z hub1 {{"payload": "{b64encode(third).decode()}"}}',
            "",
        )
    )


def adapter() -> dict[str, str]:
    """A request for the two thresholds of power, what the DCC sends of the meter's response, and what an adapter made
    of that: one of the two values is another."""
    request, target = (octets.hex("-").upper() for octets in (ORIGINATOR, TARGET))
    counter, thresholds = 7, (2300, 4600)
    values = data(ARRAY, tuple(data(DOUBLE_LONG_UNSIGNED, value) for value in thresholds))
    payload = write_payload(Response(b"\x20\x00\x00\x07", b"", None, (values,), (Result(1, 0, 0),), 0))
    strings = (bytes((2,)) + counter.to_bytes(8, "big"), TARGET, ORIGINATOR, b"", bytes.fromhex("0040"))
    message = b"\xdf" + b"".join(write_length(len(string)) + string for string in (*strings, payload))
    duis = 'xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"'
    mmc = 'xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" schemaVersion="5.4"'
    return {
        "request.xml": f"""<sr:Request {duis}>
  <sr:Header>
    <sr:RequestID>{request}:{target}:{counter}</sr:RequestID>
    <sr:CommandVariant>1</sr:CommandVariant>
    <sr:ServiceReference>6.2</sr:ServiceReference>
    <sr:ServiceReferenceVariant>6.2.5</sr:ServiceReferenceVariant>
  </sr:Header>
  <sr:Body>
    <sr:ReadDeviceConfigurationInstantaneousPowerThresholds/>
  </sr:Body>
</sr:Request>
""",
        "response.xml": f"""<sr:Response {duis}>
  <sr:Header>
    <sr:RequestID>{request}:{target}:{counter}</sr:RequestID>
    <sr:ResponseID>{target}:{request}:{counter}</sr:ResponseID>
    <sr:ResponseCode>I0</sr:ResponseCode>
    <sr:ResponseDateTime>2026-11-24T03:00:00Z</sr:ResponseDateTime>
  </sr:Header>
  <sr:Body>
    <sr:ResponseMessage>
      <sr:ServiceReference>6.2</sr:ServiceReference>
      <sr:ServiceReferenceVariant>6.2.5</sr:ServiceReferenceVariant>
      <sr:GBCSPayload>{b64encode(message).decode()}</sr:GBCSPayload>
    </sr:ResponseMessage>
  </sr:Body>
</sr:Response>
""",
        "shown.xml": f"""<ra:GBCSResponse {mmc}>
  <ra:Header>
    <ra:BusinessOriginatorID>{target}</ra:BusinessOriginatorID>
    <ra:BusinessTargetID>{request}</ra:BusinessTargetID>
    <ra:OriginatorCounter>{counter}</ra:OriginatorCounter>
    <ra:GBCSHexadecimalMessageCode>0040</ra:GBCSHexadecimalMessageCode>
    <ra:ServiceReference>6.2</ra:ServiceReference>
    <ra:ServiceReferenceVariant>6.2.5</ra:ServiceReferenceVariant>
  </ra:Header>
  <ra:Body>
    <ra:ResponseMessage>
      <ra:SMETSData>
        <ra:ReadDeviceConfigurationInstantaneousPowerThresholdsRsp>
          <ra:LowMediumPowerThreshold>2300</ra:LowMediumPowerThreshold>
          <ra:MediumHighPowerThreshold>46000</ra:MediumHighPowerThreshold>
        </ra:ReadDeviceConfigurationInstantaneousPowerThresholdsRsp>
      </ra:SMETSData>
    </ra:ResponseMessage>
  </ra:Body>
</ra:GBCSResponse>
""",
    }


def settings() -> bytes:
    """A workbook of settings, one item a row."""
    rows: tuple[tuple[object, ...], ...] = (
        ("item", "value", "unit"),
        ("RMSVoltageSagThreshold", 207, "V"),
        ("RMSVoltageSwellThreshold", 253, "V"),
        ("RandomisedOffsetLimit", 1800, "s"),
        ("MaximumDemandConfigurableTimePeriod.exec_weekdays", "Mon-Fri", None),
    )
    return workbook("Settings", rows)


def meters() -> bytes:
    """A manufacturer's workbook, one meter a column, with names of its own beside those of objects and items."""
    rows: tuple[tuple[object, ...], ...] = (
        ("Parameter", "Unit", "Meter 0001", "Meter 0002", "Remark"),
        ("Serial number", None, "21E0001", "21E0002", None),
        ("71/0-0:17.0.3.255/4", "V", 207, 207, "agreed in March"),
        ("RMS Voltage Swell Threshold", "V", 253, "0,253 kV", None),
        ("Sag period", None, "PT30S", "00:00:30", None),
        ("Offset limit", "min", 29, 30, None),
    )
    return workbook("Meters", rows)


MAPPING = {
    "note": "What the names in meters.xlsx mean.",
    "columns": {"Value": "default"},
    "subjects": {"Sag period": "RMSVoltageSagMeasurementPeriod", "Offset limit": "RandomisedOffsetLimit"},
}


def workbook(title: str, rows: tuple[tuple[object, ...], ...]) -> bytes:
    """A workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    return undated(written.getvalue())


def undated(workbook: bytes) -> bytes:
    """A workbook that is the same whenever it is written, with whatever version of zlib: its parts are not compressed,
    and all times are those of ``MADE``."""
    made = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    found = BytesIO()
    with ZipFile(BytesIO(workbook)) as parts, ZipFile(found, "w") as book:
        for name in parts.namelist():
            part = ZipInfo(name, MADE.timetuple()[:6])
            book.writestr(part, re.sub(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z(?=</dcterms:)", made, parts.read(name)))
    return found.getvalue()


def meter() -> bytes:
    """What gurux-dlms saves of a meter: a schedule from Monday to Friday, a calendar without a day that its week names,
    a price with its scaler, a log."""
    from gurux_objects import made, octets, saved

    def entry(selector: int, time: str) -> str:
        return (
            f"020a12{selector:04x}03ff{octets('00000a8064ff')}12{selector:04x}{octets(time)}12ffff0407f80400"
            f"{octets('000001ffff')}{octets('ffffffffff')}"
        )

    price = made("Register", "0.0.94.44.1.7", {3: "02020ffb16fe", 2: "06000014c9"})
    schedule = made("Schedule", "0.0.12.0.0.255", {2: f"0102{entry(1, '10000000')}{entry(2, '14000000')}"})
    action = f"01010203{octets('00000000')}{octets('00000a0064ff')}120001"
    calendar = made(
        "ActivityCalendar",
        "0.0.13.0.0.255",
        {
            3: f"01010203{octets('4142')}{octets('ffff0101ffffffffff8000ff')}{octets('01')}",
            4: f"01010208{octets('01')}{'1101' * 6}1102",
            5: f"010202021101{action}02021103{action}",
        },
    )
    log = made("ProfileGeneric", "1.0.99.1.0.255", {4: "0600000708"})
    with TemporaryDirectory() as folder:
        return saved(Path(folder) / "meter.xml", (price, schedule, calendar, log))


FLEET = 240
"""Meters of the small fleet."""
_FIRMWARES = (("Aster", "1.0.7"), ("Aster", "1.2.0"), ("Birch", "2.0.1"), ("Cedar", "1.0.7"), ("Cedar", "1.2.0"))
_SETTINGS = (
    "RMSVoltageSagThreshold",
    "RandomisedOffsetLimit",
    "MaximumDemandConfigurableTimePeriod.exec_weekdays",
    "Site",
)


def fleet() -> bytes:
    """What a back office read of a few meters, one column an item, as CSV: one firmware often has other days of the
    week, three meters something else that is wrong, and one was read twice."""
    chosen = random.Random(37)
    rows: list[list[object]] = []
    for number in range(FLEET):
        maker, firmware = _FIRMWARES[number % len(_FIRMWARES)]
        of_it = (maker, firmware) == ("Cedar", "1.2.0")
        days = "0b1111100" if of_it and chosen.random() < 0.4 else "0b1111111"
        read = f"2026-11-{1 + number * 28 // FLEET:02}T{chosen.randrange(24):02}:{chosen.randrange(60):02}:00"
        row = [f"00DB{number:012X}", read, maker, firmware, 207, chosen.randrange(1800), days, f"depot {number % 3}"]
        rows.append(row)
    rows[17][5], rows[101][5], rows[150][6] = 1800, "90 V", "#REF!"
    rows[60][5] = ""
    rows.append([rows[17][0], "2026-10-30T08:00:00", *rows[17][2:5], 86_400, *rows[17][6:]])
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("device", "read", "manufacturer", "firmware", *_SETTINGS))
    table.writerows(rows)
    return text.getvalue().encode("ascii")


def as_parquet(text: bytes) -> bytes:
    """The small fleet as Parquet: volts as whole numbers, times as times, all else as texts. Its octets
    are those of the version of pyarrow that writes it."""
    import pyarrow
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    names = text.decode("ascii").partition("\n")[0].split(",")
    types = dict.fromkeys(names, pyarrow.string())
    types |= {"read": pyarrow.timestamp("ms"), names[4]: pyarrow.int32()}
    how = arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    written = BytesIO()
    parquet.write_table(arrow_csv.read_csv(BytesIO(text), convert_options=how), written)
    return written.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TITLES = ("Data item", "Element", "Default value", "Provenance")
_PERIOD = "Maximum Demand Configurable Time Period"
DRAFT = (
    (_PERIOD, "entries[*].exec_weekdays", "0b11111000", "0b11111110"),
    (_PERIOD, "entries[*].begin_date", "0xFFFF0B01FF", "0x000001FFFF"),
    (_PERIOD, "entries[*].end_date", "0xFFFF02FEFF", "0xFFFFFFFFFF"),
    ("Randomised Offset Limit", "", "600 s", "1800 s"),
)
"""Rows of a draft of Table 28d: what a value was, and what a tracked change makes of it. All of them are made up."""


def draft() -> bytes:
    """A Word document with tracked changes: a draft of Table 28d with the change that MP131 made, and one that breaks
    something else."""

    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    def changed(old: str, new: str) -> str:
        by = 'w:id="1" w:author="draft" w:date="2026-11-24T00:00:00Z"'
        gone = f'<w:del {by}><w:r><w:delText xml:space="preserve">{old}</w:delText></w:r></w:del>'
        return f"{gone}<w:ins {by}>{run(new)}</w:ins>"

    def paragraph(inner: str, style: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>' if style else f"<w:p>{inner}</w:p>"

    def row(cells: tuple[str, ...], properties: str = "") -> str:
        width = '<w:tcPr><w:tcW w:w="2250" w:type="dxa"/></w:tcPr>'
        made = "".join(f"<w:tc>{width}{paragraph(one)}</w:tc>" for one in cells)
        return f"<w:tr>{properties}{made}</w:tr>"

    rows = [row(tuple(map(run, _TITLES)), "<w:trPr><w:tblHeader/></w:trPr>")]
    rows += [row((run(item), run(part), changed(old, new), run("synthetic"))) for item, part, old, new in DRAFT]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    grid = '<w:gridCol w:w="2250"/>' * len(_TITLES)
    table = (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    body = (
        paragraph(run("GB Companion Specification"), "Title")
        + paragraph(run("Version 4.3 draft 2"))
        + paragraph(run("7.2 Default values"), "Heading1")
        + paragraph(
            run("Devices shall hold the values of Table 28d ") + changed("when made", "when installed") + run(".")
        )
        + paragraph(run("Table 28d: Default values"), "Caption")
        + table
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>{more}</w:style>'
        for name, called, more in (
            ("Title", "Title", ""),
            ("Caption", "caption", ""),
            ("Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        )
    )
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
    }
    found = BytesIO()
    with ZipFile(found, "w") as archive:
        for name, content in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(ZipInfo(name, MADE.timetuple()[:6]), head + content)
    return found.getvalue()


def samples() -> dict[str, bytes]:
    """Every sample, by its path in the folder."""
    captures = {
        "ECS37-every-day": command(0x004A, 1, maximum_demand(EVERY_DAY)),
        "ECS37-weekdays": command(0x004A, 2, maximum_demand(MONDAY_TO_FRIDAY)),
        "GCS23-unit": command(0x007C, 3, conversion(0)),
    }
    written = {f"captures/{name}.hex": text.encode("ascii") for name, text in captures.items()}
    written.update({f"adapter/{name}": text.encode("ascii") for name, text in adapter().items()})
    mapping = json.dumps(MAPPING, indent=2) + "\n"
    tables = {"settings.xlsx": settings(), "meters.xlsx": meters(), "meters.mapping.json": mapping.encode("ascii")}
    tables["table-28d-draft.docx"] = redlined_draft()
    tables["fleet/reads.csv"] = fleet()
    return {**written, "night.log": night().encode("ascii"), "meter.xml": meter(), "draft.docx": draft(), **tables}


def main() -> None:
    """Write every sample."""
    for name, octets in samples().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(octets)
    (FOLDER / "fleet" / "reads.parquet").write_bytes(as_parquet(fleet()))


if __name__ == "__main__":
    main()
