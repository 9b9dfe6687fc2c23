"""Clusters of ZigBee from their XML: commands, payloads and attributes, each with its line; nothing is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.zcl import read_zcl
from gbcscheck.facts.extract_file import ExtractRow, Reading
from gbcscheck.model import Specification
from gbcscheck.notation.zigbee_types import ATOMIC

HEAD = """<?xml version="1.0"?>
<configurator>
  <domain name="SE" spec="se-1.4-17-05019-001" dependsOn="zcl-1.0-07-5123-04"/>
"""
CLUSTER = """  <cluster>
    <name>Pre payment</name>
    <code>0x0705</code>
%s
  </cluster>
"""


def read(tmp_path: Path, inside: str = "", *, around: str = "", head: str = HEAD) -> Reading:
    path = tmp_path / "clusters.xml"
    path.write_text(f"{head}{CLUSTER % inside}{around}</configurator>\n", encoding="utf-8")
    return read_zcl(path)


def rows(reading: Reading, subject: str) -> list[tuple[str, object, str]]:
    return [
        (row.attribute, row.domain or row.value, row.text or "")
        for row in reading.extract.rows
        if row.subject == subject
    ]


def test_a_cluster_names_the_document_and_itself(tmp_path: Path) -> None:
    extract = read(tmp_path).extract
    assert extract.specification == Specification("Smart Energy", "1.4", "clusters")
    assert extract.rows == (
        ExtractRow("cluster 0x0705", "name", value="Pre payment", clause="Pre payment cluster", source="line 4"),
    )


def test_a_command_has_its_side_and_identifier_and_its_fields_their_order(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '<command source="client" code="0x2" name="ChangeDebt">\n'
        '<arg name="label" type="OCTET_STRING"/>\n<arg name="amount" type="int32s"/>\n'
        '<arg name="old" type="INT8U" removedIn="se-1.2"/>\n<arg name="extra" type="INT8U" optional="true"/></command>',
    )
    command = "cluster 0x0705/client 0x02"
    assert rows(reading, command) == [("name", "ChangeDebt", ""), ("sent-by", "client", "")]
    assert [row.subject for row in reading.extract.rows if row.attribute == "type"] == [
        f"{command}/{name}" for name in ("label", "amount", "extra")
    ]
    assert rows(reading, f"{command}/label") == [("type", "octets(0..254)", "OCTET_STRING")]
    assert rows(reading, f"{command}/amount") == [("type", "-2147483648..2147483647", "INT32S"), ("octets", "4", "")]
    assert ("presence", "optional", "") in rows(reading, f"{command}/extra")
    (left_out,) = reading.not_taken
    assert (left_out.place, left_out.text, left_out.reason) == ("line 10", "old", "removed in se-1.2")
    (field,) = [row for row in reading.extract.rows if row.subject.endswith("amount") and row.attribute == "type"]
    assert field.source == "line 9"


def test_a_command_of_either_side_is_one_of_both(tmp_path: Path) -> None:
    reading = read(tmp_path, '<command source="either" code="0x03" name="End"><arg name="why" type="ENUM8"/></command>')
    for side in ("client", "server"):
        assert ("sent-by", side, "") in rows(reading, f"cluster 0x0705/{side} 0x03")
        assert ("octets", "1", "") in rows(reading, f"cluster 0x0705/{side} 0x03/why")
    assert reading.counts is not None
    assert reading.counts["arg"]["read"] == 1


def test_commands_of_every_cluster(tmp_path: Path) -> None:
    around = '<global><command source="either" code="0x0B" name="DefaultResponse"/></global>'
    assert ("name", "DefaultResponse", "") in rows(read(tmp_path, around=around), "every cluster/server 0x0B")


def test_a_named_type_is_what_it_is_made_of_and_keeps_its_name(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '<command source="server" code="0x00" name="A"><arg name="kind" type="Kind"/>'
        '<arg name="days" type="Day" array="true"/></command>',
        around='<enum name="Kind" type="ENUM8"><item name="x" value="0"/></enum>'
        '<struct name="Day"><item name="at" type="INT16U"/><item name="on" type="BOOLEAN"/></struct>',
    )
    command = "cluster 0x0705/server 0x00"
    assert rows(reading, f"{command}/kind") == [
        ("type", "0..255", "ENUM8"),
        ("value-type", "Kind", ""),
        ("octets", "1", ""),
    ]
    assert rows(reading, f"{command}/days") == [("value-type", "Day", ""), ("occurs", "0..", "")]
    assert ("octets", "2", "") in rows(reading, f"{command}/days/at")
    assert [one.text for one in reading.not_taken] == ["<item> in <enum>"]


def test_a_type_of_another_file(tmp_path: Path) -> None:
    field = '<command source="server" code="0x00" name="A"><arg name="status" type="Status"/></command>'
    unread = read(tmp_path, field)
    assert [(one.place, one.reason) for one in unread.unread] == [("line 7", "no data type is called Status")]
    assert rows(unread, "cluster 0x0705/server 0x00/status") == [("value-type", "Status", "")]  # it keeps its place
    types = tmp_path / "types.xml"
    types.write_text('<configurator><enum name="Status" type="ENUM8"/></configurator>')
    found = read_zcl(tmp_path / "clusters.xml", types=types)
    assert found.unread == ()
    assert ("octets", "1", "") in rows(found, "cluster 0x0705/server 0x00/status")


@pytest.mark.parametrize(
    ("written", "permitted"),
    [
        ('type="INT16U" min="0x0000" max="0x2710"', "0..10000"),
        ('type="INT16U" min="0x0000" max="0xFFFF"', None),
        ('type="INT24S" min="0x800001" max="0x7FFFFF"', "-8388607..8388607"),
        ('type="INT8S" min="-100" max="100"', "-100..100"),
        ('type="CHAR_STRING" length="16"', "text(0..16)"),
        ('type="OCTET_STRING" length="12"', "octets(0..12)"),
        ('type="INT8U"', None),
    ],
)
def test_an_attribute_and_its_range(tmp_path: Path, written: str, permitted: str | None) -> None:
    reading = read(tmp_path, f'<attribute side="server" code="0x0217" {written}>debt  amount</attribute>')
    found = rows(reading, "cluster 0x0705/server attribute 0x0217")
    assert found[0] == ("name", "debt amount", "")
    assert [domain for attribute, domain, _ in found if attribute == "permitted"] == ([permitted] if permitted else [])
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("inside", "column", "text"),
    [
        ('<command source="client" code="0x123" name="A"/>', "command", 'source="client" code="0x123" name="A"'),
        ('<command source="nobody" code="0x12" name="A"/>', "command", 'source="nobody" code="0x12" name="A"'),
        ('<command source="client" code="0x12"/>', "command", 'source="client" code="0x12"'),
        (
            '<attribute side="server" code="0x01" type="Odd">a</attribute>',
            "attribute",
            'side="server" code="0x01" type="Odd"',
        ),
        (
            '<attribute side="server" code="x" type="INT8U">a</attribute>',
            "attribute",
            'side="server" code="x" type="INT8U"',
        ),
        ('<attribute side="server" code="1" type="INT8U" min="9" max="0">a</attribute>', "attribute", "9 to 0"),
        ('<attribute side="server" code="1" type="INT8U" min="a" max="0">a</attribute>', "attribute", "a to 0"),
        ('<command source="client" code="0x12" name="A"><arg name="b"/></command>', "arg", "b"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, inside: str, column: str, text: str) -> None:
    (unread,) = read(tmp_path, inside).unread
    assert (unread.place, unread.column, unread.text) == ("line 7", column, text)


def test_what_is_not_taken_is_counted(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '<event code="1"/>\n<event code="2"/>\n'
        '<command source="client" code="0x00" name="Mine" manufacturerCode="0x10A0"/>',
        around='<deviceType/><bitmap name="B" type="BITMAP8"><field name="x" mask="1"/></bitmap>',
    )
    assert [(one.place, one.column, one.text, one.reason) for one in reading.not_taken] == [
        ("line 9", "command", "Mine", "of manufacturer 0x10A0 alone"),
        ("line 11", "element", "<deviceType> in <configurator>", "1 element not read"),
        ("line 7", "element", "<event> in <cluster>", "2 elements not read"),
        ("line 11", "element", "<field> in <bitmap>", "1 element not read"),
    ]


def test_a_structure_that_holds_itself_is_no_type(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '<command source="client" code="0x00" name="A"><arg name="a" type="Loop"/></command>',
        around='<struct name="Loop"><item name="again" type="Loop"/></struct>',
    )
    assert [one.reason for one in reading.unread] == ["no data type is called Loop"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<configurator/>", "<configurator> without a cluster"),
        ("<Request/>", "<Request>"),
        ("<configurator>", "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/hosts">]><configurator>&b;</configurator>', "external entity b"),
    ],
)
def test_another_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(content)
    with pytest.raises(UnreadableSource) as told:
        read_zcl(path)
    assert message in f"{told.value.problem}{told.value.detail}"


def test_a_document_that_names_itself_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, head="<configurator>").extract.specification.version == "unstated"
    other = read(tmp_path, head='<configurator><domain name="General" spec="zcl-8.0-07-5123-08"/>')
    assert other.extract.specification == Specification("ZigBee Cluster Library", "8.0", "clusters")


# --- the published files ---------------------------------------------------------------------------------------------


def test_everything_of_smart_energy_is_read(corpus: Path) -> None:
    reading = read_zcl(corpus / "witness/zcl/ami.xml")
    assert reading.unread == ()
    assert reading.counts is not None
    counts = {column: count["read"] for column, count in reading.counts.items()}
    assert counts == {"cluster": 14, "command": 147, "arg": 570, "attribute": 2520}
    assert len(reading.not_taken) == 6


def test_the_general_clusters_need_the_types_beside_them(corpus: Path) -> None:
    folder = corpus / "witness/zcl"
    assert len(read_zcl(folder / "general.xml").unread) == 45
    (unread,) = read_zcl(folder / "general.xml", types=folder / "types.xml").unread
    assert unread.column == "attribute"


def test_the_atomic_types_are_those_of_the_published_table(corpus: Path) -> None:
    from lxml import etree

    told = {}
    for one in etree.parse(corpus / "witness/zcl/types.xml").getroot().iter("type"):
        told[one.get("name").upper()] = (int(one.get("id"), 16), int(one.get("size") or 0))
    del told["UNKNOWN"]
    assert told == {name: (one.identifier, one.octets or 0) for name, one in ATOMIC.items()}
