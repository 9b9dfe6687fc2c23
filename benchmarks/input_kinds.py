"""Every kind of file that gbcscheck reads: small real ones, how they are changed at random, and what reads them.

A change is made of the parts of the file and not of its octets: a number, a word, a bracket, a quoted text is replaced
by one that readers have had trouble with, doubled, taken out, put somewhere else, or repeated; sometimes octets are
changed too. Used by ``fuzz_inputs.py`` and by the tests, which let hypothesis make the choices.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gbcscheck.device.context import Context
from gbcscheck.errors import GbcscheckError

ROOT = Path(__file__).resolve().parent.parent
SPECS, SAMPLES = ROOT / "specs", ROOT / "docs" / "samples"

EDGES = (
    "", " ", "0", "-1", "1", "00", "+5", "1_000", "9" * 30, "9" * 5000, "0." + "0" * 300 + "1", "1e400", "1e-400",
    "NaN", "Infinity", "-", "--", "null", "true", "false", "none", "any", "[]", "{}", "[", "]", "{", "}", "(", ")",
    "<", ">", "</", "/>", "&amp;", "&#0;", "&x;", "<!--", "-->", "<![CDATA[", "<!DOCTYPE a [<!ENTITY x \"y\">]>", '"',
    "'", '"""', "\\", "\\u0000", "\\ud800", "\0", "\x01", "\x85", "\u2028", "\u202e", "\ufeff", "٣", "é", "e\u0301",
    "𝟙", "\n", "\r", "\r\n", "\t", ",", ";", ":", "=", "#", "|", "..", "0..", "..0", "1..0", "0..1" + "0" * 99, "0x",
    "0xF", "0b", "0b" + "x" * 70, "step 0", "1/0", "V", "s", "kWh", 'text matching "(a+)+b"',
    "list(0..4294967296, any)", "text(5..4)", "(" * 40, "[" * 400, "{a: " * 40, "a." * 40, "a/" * 300, "../" * 20,
    "/etc/hostname", "/dev/null", "con", "A" * 300, "A" * 20_000, "a\\u0000b", "{0}", "{1:9999999}", "{0.x}", "%s",
    "*", "**", "xs:int", "xs:NOTATION", "xs:union", "unbounded", "-0", "2024-02-30", "24:00:00", "0000-01-01",
    "9999-99-99T99:99:99Z", "16:60", "P1Y", "V101", "change/narrowed", "published", "specification", "statements",
    "entries", "columns", "subject", "domain", "value", "/", "//", "#2", "[*]", "#REF!", "=1/0", "1;2", "DD", "DF09",
    "00", "ZZ",
)  # fmt: skip
"""What is put in the place of a part."""

_PARTS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|[A-Za-z_][\w.:-]*|-?\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def changed_text(rng: random.Random, text: str) -> str:
    """A text with one to four of its parts changed."""
    parts = _PARTS.findall(text)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if not parts:
            return rng.choice(EDGES)
        at = rng.randrange(len(parts))
        way = rng.randrange(9)
        if way <= 2:
            parts[at] = rng.choice(EDGES)
        elif way == 3:
            parts[at] = parts[at][:1] + rng.choice(EDGES) + parts[at][-1:]
        elif way == 4:
            del parts[at : at + rng.randint(1, 8)]
        elif way == 5:
            parts[at:at] = parts[at : at + rng.randint(1, 30)] * rng.choice((1, 1, 2, 40))
        elif way == 6:
            other = rng.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        elif way == 7:
            parts.insert(at, rng.choice(EDGES))
        else:
            parts[at] = rng.choice(parts)
    return "".join(parts)


def changed_octets(rng: random.Random, octets: bytes) -> bytes:
    """Octets with one to four of them turned, cut off, or put in."""
    new = bytearray(octets)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(new) + 1)
        way = rng.randrange(5)
        if way == 0:
            del new[at:]
        elif way == 1:
            del new[at : at + rng.randint(1, 9)]
        elif way == 2:
            new[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
        elif at < len(new):
            new[at] = rng.choice((0x00, 0x0A, 0x22, 0x7F, 0x80, 0xFE, 0xFF, new[at] ^ (1 << rng.randrange(8))))
    return bytes(new)


def changed_file(rng: random.Random, octets: bytes) -> bytes:
    """A text file changed: mostly in its parts."""
    if rng.randrange(10) == 0:
        return changed_octets(rng, octets)
    text = changed_text(rng, octets.decode("utf-8", "surrogateescape"))
    return text.encode(rng.choice(("utf-8",) * 19 + ("utf-16",)), "replace")


def changed_json(rng: random.Random, octets: bytes) -> bytes:
    """A JSON file with some of its values replaced, doubled, taken out or put into one another."""
    if rng.randrange(4) == 0:
        return changed_file(rng, octets)
    document = json.loads(octets)
    for _ in range(rng.randint(1, 3)):
        _change_within(rng, document)
    return json.dumps(document, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def _change_within(rng: random.Random, document: object) -> None:
    node = document
    while isinstance(node, (dict, list)) and node:
        keys: list[object] = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = rng.choice(keys)
        inner = node[key]  # type: ignore[index, call-overload]
        if isinstance(inner, (dict, list)) and inner and rng.randrange(4):
            node = inner
            continue
        _change_member(rng, node, key, inner)
        return


def _change_member(rng: random.Random, node: object, key: object, inner: object) -> None:
    values: tuple[object, ...] = (None, True, 0, -1, 10**40, 1.5, "", [], {}, [[]], {"": None}, [inner], {"x": inner})
    way = rng.randrange(5)
    if way == 0 and isinstance(node, (dict, list)):
        del node[key]  # type: ignore[arg-type]
        return
    if way == 1 and isinstance(node, list):
        node.extend([inner] * rng.choice((1, 3, 60)))
        return
    if way == 1 and isinstance(node, dict):
        node[rng.choice(EDGES)] = inner
        return
    new = rng.choice(values) if way == 2 else rng.choice(EDGES)
    if way == 3 and isinstance(inner, str):
        new = changed_text(rng, inner)
    node[key] = new  # type: ignore[index]


def changed_workbook(rng: random.Random, octets: bytes) -> bytes:
    """A workbook with one of its parts changed, or its octets."""
    if rng.randrange(8) == 0:
        return changed_octets(rng, octets)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    likely = [name for name in parts if "sheet" in name or "haredStrings" in name or name.endswith("workbook.xml")]
    name = rng.choice(likely if rng.randrange(4) else list(parts))
    parts[name] = changed_file(rng, parts[name])
    if rng.randrange(12) == 0:
        del parts[rng.choice(list(parts))]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return made.getvalue()


# --- the kinds -------------------------------------------------------------------------------------------------------

Change = Callable[[random.Random, bytes], bytes]
Reader = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, the files that it begins with, how they are changed, what reads them, the name under
    which the content stands on the disk (empty where its reader takes octets), and how many of a thousand inputs are
    of it."""

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
        Kind("XSD", _SCHEMAS, changed_file, _read_schema, "x.xsd", 4),
        Kind("list of service requests", (_MATRIX,), changed_json, _read_matrix, "x.json", 40),
        Kind("list of alert codes", (_CODES,), changed_json, _read_codes, "x.json", 40),
        Kind("set of values", _DOMAINS, changed_file, _read_domain, "", 120),
        Kind("message", _messages(), changed_file, judged("message"), "", 60),
        Kind("JSON configuration", configuration, changed_json, judged("configuration"), "", 50),
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
    from gbcscheck.facts.crosswalk import load_crosswalk

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
    said, kept = ([row._replace(text=None) for row in extract.rows] for extract in (reading.extract, again))
    assert said == kept


def _read_domain(path: Path, octets: bytes) -> None:
    from gbcscheck.notation.canonical import parse_domain, print_domain
    from gbcscheck.notation.table_value import read_cell

    text = octets.decode("utf-8", "replace")
    for reader in (parse_domain, read_cell):
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
