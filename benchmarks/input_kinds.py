"""Every kind of file that gbcscheck reads: small real ones, how they are changed at random, and what reads them.

Used by ``fuzz_inputs.py`` and by the tests, which let hypothesis make the choices.
"""

from __future__ import annotations

import json
import random
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from random_changes import changed_document, changed_file, changed_json, changed_pdf, changed_workbook

from gbcscheck.device.context import Context
from gbcscheck.errors import GbcscheckError

ROOT = Path(__file__).resolve().parent.parent
SPECS, SAMPLES = ROOT / "specs", ROOT / "docs" / "samples"

Change = Callable[[random.Random, bytes], bytes]
Reader = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, the files that it begins with, how they are changed, what reads them, the name under
    which the content stands on the disk (empty where its reader takes octets), and its share of
    the inputs."""

    name: str
    seeds: tuple[bytes, ...]
    change: Change
    read: Reader
    file: str
    share: int


def kinds(context: Context) -> tuple[Kind, ...]:
    """All kinds; ``context`` is what files of devices are judged against."""
    from gbcscheck.device.judge import judge_octets

    def judged(form: str) -> Reader:
        def read(path: Path, octets: bytes) -> None:
            if octets:
                judge_octets(str(path), octets, form, context)

        return read

    def paired(path: Path, octets: bytes) -> None:
        """Held to the other files of the adapter's folder, as far as they make a pair."""
        from gbcscheck.device.pairs.judge import are_pair, judge_pair

        for other in adapter:
            for one in judge_octets(str(path), octets, "mmc" if b"ResponseAndAlert" in octets else "duis", context):
                for two in other:
                    if are_pair(one, two):
                        judge_pair(one, two, context)

    documents = tuple(path.read_bytes() for path in sorted((SAMPLES / "adapter").glob("*.xml")))
    adapter = [
        judge_octets("other", document, "mmc" if b"ResponseAndAlert" in document else "duis", context)
        for document in documents
    ]
    configuration = (b'{"RMSVoltageSagThreshold": "207 V", "RandomisedOffsetLimit": 600}', _CONFIGURATION)
    objects = (_OBJECTS,)
    settings = (SAMPLES / "settings.xlsx").read_bytes()
    return (
        Kind("extract", _extracts(), changed_json, _read_extract, "", 240),
        Kind("crosswalk", _crosswalks(), changed_json, _read_crosswalk, "x.json", 60),
        Kind("gbcscheck.toml", (_TOML,), changed_file, _read_configuration, "gbcscheck.toml", 90),
        Kind("pyproject.toml", (_TOML_IN_PROJECT,), changed_file, _read_configuration, "pyproject.toml", 30),
        Kind("releases.toml", (_RELEASES,), changed_file, _read_releases, "releases.toml", 60),
        Kind("mapping", (_MAPPING,), changed_json, _read_mapping, "x.mapping.json", 60),
        Kind("CSV table", _TABLES, changed_file, _read_table, "x.csv", 100),
        Kind("workbook", (settings,), changed_workbook, _read_table, "x.xlsx", 6),
        Kind("Word document", _documents(), changed_document, _read_document, "x.docx", 20),
        Kind("clauses of a Word document", _requirements(), changed_document, _read_clauses, "x.docx", 6),
        Kind("PDF", (_pdf(),), changed_pdf, _read_document, "x.pdf", 6),
        Kind("XSD", _SCHEMAS, changed_file, _read_schema, "x.xsd", 4),
        Kind("list of service requests", (_MATRIX,), changed_json, _read_matrix, "x.json", 40),
        Kind("list of alert codes", (_CODES,), changed_json, _read_codes, "x.json", 40),
        Kind("set of values", _DOMAINS, changed_file, _read_domain, "", 120),
        Kind("message", _messages(), changed_file, judged("message"), "", 60),
        Kind("JSON configuration", configuration, changed_json, judged("configuration"), "", 50),
        Kind("YAML configuration", _YAML, changed_file, judged("configuration"), "", 30),
        Kind("objects in a configuration", (_RECORDS,), changed_json, judged("configuration"), "", 20),
        Kind("devices in a table", _DEVICES, changed_file, judged("table"), "x.csv", 40),
        Kind("log or dump of messages", _logs(), changed_file, judged("message"), "", 60),
        Kind("pair", documents, changed_file, paired, "", 10),
        Kind("JSON lines", (b"\n".join(configuration),), changed_file, judged("configurations"), "", 20),
        Kind("DUIS request", ((SAMPLES / "period.xml").read_bytes(),), changed_file, judged("duis"), "", 10),
        Kind("MMC response", (_MMC,), changed_file, judged("mmc"), "", 5),
        Kind("COSEM objects", objects, changed_file, judged("objects"), "", 5),
    )


def _read_extract(path: Path, octets: bytes) -> None:
    from gbcscheck.facts.crosswalk import Crosswalk
    from gbcscheck.facts.extract_file import parse_extract
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.releases import Release
    from gbcscheck.rules import RULES, check

    extract = parse_extract(octets, where=str(path))
    check(Catalogue.of(Release("", "", "", (extract,), Crosswalk())), RULES)


def _read_crosswalk(path: Path, octets: bytes) -> None:
    from gbcscheck.facts.crosswalk_file import load_crosswalk

    load_crosswalk([path], shown={}, trusted=frozenset())


def _read_configuration(path: Path, octets: bytes) -> None:
    from gbcscheck.policy.configuration import find_configuration, load_configuration

    load_configuration(path, codes=("V101", "R103"), rules=("V101", "R103", "change/narrowed"))
    find_configuration(path.parent)


def _read_releases(path: Path, octets: bytes) -> None:
    from gbcscheck.release.releases import load_release

    load_release(root=path.parent)


def _read_mapping(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.table_mapping import load_mapping

    mapping = load_mapping(path)
    for title in ("Default value (V)", "Item", "Element"):
        mapping.column(title)
        mapping.subject_place(title)
    mapping.data_item(["Voltage", "value"])


def _read_table(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.table import read_table

    read_again(read_table(path))


def _read_document(path: Path, octets: bytes) -> None:
    """In all ways in which its tables are read."""
    from gbcscheck.extract.listing import list_tables
    from gbcscheck.extract.sources import Skip, read_source
    from gbcscheck.extract.table_choice import VIEWS, TableChoice

    is_word = path.suffix == ".docx"
    for choice in [TableChoice(view=view) for view in VIEWS] if is_word else [TableChoice(accept_uncertain=True)]:
        found = read_source(path, choice=choice)
        if not isinstance(found, Skip):
            read_again(found)
    list_tables(path)


def _read_clauses(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.clauses import read_clauses

    read_again(read_clauses(path))


def _documents() -> tuple[bytes, ...]:
    return tuple((SAMPLES / name).read_bytes() for name in ("draft.docx", "table-28d-draft.docx"))


def _requirements() -> tuple[bytes, ...]:
    return ((ROOT / "docs" / "drafts" / "requirements.docx").read_bytes(),)


def _pdf() -> bytes:
    """A PDF with one ruled table of settings, its streams not packed."""
    rows = (
        ("Data item", "Default value", "Unit"),
        ("Randomised Offset Limit", "600", "s"),
        ("RMS Voltage Sag Threshold", "207", "V"),
    )
    xs, ys = (50, 250, 350, 450), (700, 680, 660, 640)
    drawn = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs] + [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    for y, words in zip(ys, rows, strict=False):
        drawn += [f"BT /F1 10 Tf {x + 4} {y - 14} Td ({one}) Tj ET" for x, one in zip(xs, words, strict=False)]
    drawn.append("BT /F1 10 Tf 50 710 Td (GBCS v4.3 Table 28d: Default values) Tj ET")
    content = "\n".join(drawn).encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def _read_schema(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.xsd import read_schema

    read_again(read_schema(path))


def _read_matrix(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.service_requests import read_service_requests

    read_again(read_service_requests(path))


def _read_codes(path: Path, octets: bytes) -> None:
    from gbcscheck.extract.alert_codes import read_alert_codes

    read_again(read_alert_codes(path))


def read_again(reading: object) -> None:
    """The extract of what was read is written and read; AssertionError where that refuses what this writes."""
    from gbcscheck.facts.extract_file import Reading, parse_extract, render_extract

    assert isinstance(reading, Reading)
    try:
        again = parse_extract(render_extract(reading.extract).encode(), where="extract")
    except GbcscheckError as error:
        raise AssertionError(f"an extract was written that is not read: {error}") from error
    written, reread = ([row._replace(text=None) for row in extract.rows] for extract in (reading.extract, again))
    assert written == reread


def _read_domain(path: Path, octets: bytes) -> None:
    from gbcscheck.notation.canonical import parse_domain, print_domain
    from gbcscheck.notation.table_value import read_setting

    text = octets.decode("utf-8", "replace")
    for reader in (parse_domain, read_setting):
        try:
            reader(text)
        except GbcscheckError:
            continue
    assert print_domain(parse_domain(print_domain(parse_domain(text)))) == print_domain(parse_domain(text))


# --- what they begin with --------------------------------------------------------------------------------------------


def _extracts() -> tuple[bytes, ...]:
    """Extracts that ship, cut to every so many of their statements."""
    return tuple(_cut(path) for path in sorted(SPECS.rglob("*.json")) if path.parent.parent.parent == SPECS)


def _cut(path: Path) -> bytes:
    document = json.loads(path.read_bytes())
    statements = document["statements"]
    document["statements"] = statements[:: max(1, len(statements) // 12)][:12]
    return json.dumps(document, ensure_ascii=False).encode()


def _crosswalks() -> tuple[bytes, ...]:
    found = []
    for path in sorted((SPECS / "crosswalk").glob("*.json")):
        document: Mapping[str, object] = json.loads(path.read_bytes())
        short = {key: value[:3] if isinstance(value, list) else value for key, value in document.items()}
        found.append(json.dumps(short, ensure_ascii=False).encode())
    return tuple(found)


def _messages() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((SAMPLES / "captures").glob("*.hex")))


def _logs() -> tuple[bytes, ...]:
    """The messages of the samples as logs and dumps have them."""
    messages = [bytes.fromhex(text.decode()) for text in _messages()]
    lines = [f"2026-11-28T03:00:{number:02}Z meter-1 rx {octets.hex(' ')}" for number, octets in enumerate(messages)]
    encoded = [
        f'{{"at": {number}, "message": "{b64encode(octets).decode()}"}}' for number, octets in enumerate(messages)
    ]
    dump = [
        f"{at:08x}  {octets[at : at + 16].hex(' '):<48} |................|"
        for octets in messages[:1]
        for at in range(0, len(octets), 16)
    ]
    return tuple("\n".join(text).encode() for text in (lines, encoded, dump))


_YAML = (
    b"device: {type: ESME, variant: single}\nitems:\n  RMSVoltageSagThreshold: 207 V\n  RandomisedOffsetLimit: 600\n",
    b"# two devices\n- voltage:\n    RMSVoltageSagThreshold: &sag {value: 207, unit: V}\n"
    b"    RMSVoltageSwellThreshold: *sag\n"
    b"- RandomisedOffsetLimit: PT30M\n  0-0:13.0.0.255: '10'\n",
)
_RECORDS = json.dumps(
    [
        {"class": 3, "obis": "1-0:12.31.0*255", "attribute": 2, "value": 207, "unit": "V"},
        {"object": "0.0.12.0.0.255", "value": "0x0000"},
        {"name": "RandomisedOffsetLimit", "value": "30 min"},
    ]
).encode()
_DEVICES = (
    b"Parameter,Unit,Meter A,Meter B\nRandomisedOffsetLimit,s,600,30 min\n"
    b'RMSVoltageSagThreshold,V,207,"207,5"\nx,,1,2\n',
    b"Serial;RandomisedOffsetLimit (min);RMSVoltageSagThreshold\n1;10;207 V\n2;0,5;253 Volt\n",
    b"Class,OBIS,Attribute,Value\n3,1-0:12.31.0.255,2,207 V\n",
)
_TOML = b"""\
paths = ["specs", "more/table.csv"]  # what is checked
release = "current"
fail-on = "error"

[severity]
V101 = "note"

[[waivers]]
rule = "V101"
subject = "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
reason = \"\"\"
agreed \\
on 4 May\"\"\"
expires = 2027-06-30

[[waivers]]
fingerprint = "b31581474f149c24"
reason = 'see the minutes'
"""
_TOML_IN_PROJECT = (
    b'[tool.gbcscheck]\nseverity = {V101 = "note", \'R103\' = "warning"}\nwaivers = [{rule = "V101", reason = "x"}]\n'
)
_RELEASES = b"""\
default = "now"

[release.now]
title = "The newest"
note = "n"
extracts = ["a.json", "sub/b.json"]
crosswalk = "crosswalk"

[release."before 4.0"]
extracts = []
"""
_MAPPING = json.dumps(
    {
        "specification": "Draft",
        "version": "1",
        "subject": [["Item", "Name"], "Element"],
        "join": "{0}.{1}",
        "subjects": {"Voltage.value": "RMSVoltageSagThreshold.value"},
        "columns": {"Default value": "default", "Range": {"attribute": "permitted", "unit": "V"}, "Notes": "ignore"},
        "defaults": {"unit": "V", "clause": "5.1"},
    }
).encode()
_TABLES = (
    b"Data item,Element,Default (V),Range,Unit,Settable by\nRMSVoltageSagThreshold,value,207 V,180..250,V,6.5\n"
    b'RandomisedOffsetLimit,value,600,0 to 1799,s,6.22\n"Maximum, Demand",value,"Mon - Fri 16:00-19:00",,,none\n',
    b"Setting;Minimum;Maximum;Default\nX.y;0;10;5\nX.z;0x00;0xFF;0b01\n",
    b"Item\tPermitted values\nA\t1, 2 or 3\nB\tOctet string (SIZE(8))\n",
)
_SCHEMAS = (
    b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- XML Schema Version - v1.2 Aligned with GBCS version - v4.0 -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
<xs:simpleType name="T"><xs:restriction base="xs:string"><xs:maxLength value="20"/><xs:pattern value="[A-Z]{1,3}-\\d+"/>
</xs:restriction></xs:simpleType>
<xs:simpleType name="E"><xs:restriction base="xs:token"><xs:enumeration value="A"/><xs:enumeration value="B"/>
</xs:restriction></xs:simpleType>
<xs:simpleType name="N"><xs:restriction base="xs:decimal"><xs:totalDigits value="4"/><xs:fractionDigits value="2"/>
<xs:minInclusive value="0"/></xs:restriction></xs:simpleType>
<xs:complexType name="C"><xs:sequence maxOccurs="2"><xs:element name="a" type="T" minOccurs="0"/><xs:choice>
<xs:element name="b" type="E" default="A"/><xs:element name="c" type="N" maxOccurs="unbounded"/></xs:choice>
<xs:any namespace="##other" processContents="lax" minOccurs="0"/></xs:sequence>
<xs:attribute name="x" type="xs:int" use="required"/>
</xs:complexType>
<xs:element name="R" type="C"/>
<xs:element name="U"><xs:simpleType><xs:union memberTypes="T xs:dateTime"/></xs:simpleType></xs:element>
</xs:schema>
""",
)
_REFERENCE, _VARIANT, _NAME, _USE_CASE = (
    "Service Reference",
    "Service Reference Variant",
    "Service Request Name",
    "GBCS Use Case",
)
_MATRIX = json.dumps(
    [
        {_REFERENCE: "6.5", _VARIANT: "6.5", _NAME: "Update", _USE_CASE: "ECS29a"},
        {_REFERENCE: "1.1", _VARIANT: "1.1.1", _NAME: "Tariff", _USE_CASE: "GCS01a"},
    ]
).encode()
_CODES = json.dumps([{"code": "0x8F35", "name": "Supply armed"}, {"code": "0x81A0", "name": "Low credit"}]).encode()
_DOMAINS = tuple(
    text.encode()
    for text in (
        "0..255", "0..10 step 0.1 V | 20 V", "1 | 2 | 3", '"A" | "B"', 'text(1..20) matching "[0-9]{4}"',
        "0x0E | 0xFF00", "0b01x1", "octets(8)", "list(0..255, 1..4)", "{a: 0..1, b: text(5)}",
        "date(year 2000..2099, month 1..12)", "xs:dateTime(zone none)", "time(hour 0..23, minute 0 | 30)", "any",
        "none", "null | boolean", "207 V", "16:00", "Mon-Fri", "01/11 to 28/02", "0 to 100 %",
        "INTEGER (0..4294967295)", "1799 seconds", "Enable; Disable", "-1.5..2/3 kWh",
    )
)  # fmt: skip
_CONFIGURATION = json.dumps(
    {
        "device": {"type": "ESME", "gbcs": "4.0", "variant": "single"},
        "note": "one",
        "items": {
            "RMSVoltageSagThreshold": {"value": "207 V"},
            "RandomisedOffsetLimit.value": 600,
            "MaximumDemandConfigurableTimePeriod": [{"exec_weekdays": "Mon-Fri", "switch_time": "16:00"}],
        },
    }
).encode()
_MMC = b"""<?xml version="1.0"?>
<ra:GBCSResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" schemaVersion="4.1"><ra:Header>
<ra:GBCSHexadecimalMessageCode>001B</ra:GBCSHexadecimalMessageCode></ra:Header><ra:Body><ra:X>1</ra:X></ra:Body></ra:GBCSResponse>
"""
_OBJECTS = b"""<?xml version="1.0"?>
<Objects><GXDLMSRegister><LN>1.0.32.7.0.255</LN><Value Type="18">2070</Value><Scaler>0.1</Scaler>
<Unit>35</Unit></GXDLMSRegister>
<GXDLMSClock><LN>0.0.1.0.0.255</LN><Time>2024-01-01 00:00:00</Time><TimeZone>0</TimeZone></GXDLMSClock></Objects>
"""
