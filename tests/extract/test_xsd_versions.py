"""Conditional inclusion, and what XSD 1.1 has beyond 1.0: taken, left out, or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from xsd_samples import schema

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.xsd import read_schema

VC = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"'
HEAD = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" {VC}'


def read(folder: Path, body: str, head: str = HEAD) -> dict[str, str]:
    """The places of the paths of a schema; its first component is on line 2."""
    path = folder / "t.xsd"
    path.write_text(schema(body, head), encoding="utf-8")
    rows = read_schema(path, shown="t.xsd").extract.rows
    return {row.subject: row.source for row in rows if row.attribute == "type"}


def refusal(folder: Path, body: str, head: str = HEAD) -> str:
    """What is said of a schema that is not read."""
    with pytest.raises(UnreadableSource) as caught:
        read(folder, body, head)
    return str(caught.value)


def within(*lines: str) -> str:
    """A global element ``R`` with a sequence, each child on a line of its own from line 3."""
    inside = "\n".join(lines)
    return f'<xs:element name="R"><xs:complexType><xs:sequence>\n{inside}\n</xs:sequence></xs:complexType></xs:element>'


def child(name: str, condition: str = "", kind: str = "xs:int") -> str:
    """A child element."""
    return f'<xs:element name="{name}" type="{kind}" {condition}/>'


@pytest.mark.parametrize(
    ("condition", "included"),
    [
        ('vc:minVersion="1.1"', False),
        ('vc:minVersion="1.0"', True),
        ('vc:minVersion="1"', True),
        ('vc:minVersion="0.9"', True),
        ('vc:minVersion="1.00001"', False),
        ('vc:maxVersion="1.0"', False),
        ('vc:maxVersion="1.1"', True),
        ('vc:minVersion="1.0" vc:maxVersion="1.1"', True),
        ('vc:minVersion=" 1.1 "', False),
        ('vc:typeAvailable="xs:int xs:string"', True),
        ('vc:typeAvailable="xs:dateTimeStamp"', False),
        ('vc:typeAvailable="xs:int t:own"', False),
        ('vc:typeUnavailable="xs:dateTimeStamp"', True),
        ('vc:typeUnavailable="xs:int"', False),
        ('vc:typeUnavailable=""', True),
        ('vc:facetAvailable="xs:pattern"', True),
        ('vc:facetAvailable="xs:assertion"', False),
        ('vc:facetUnavailable="xs:explicitTimezone"', True),
        ('vc:facetUnavailable="xs:pattern xs:length"', False),
    ],
)
def test_parts_for_other_versions_are_left_out(tmp_path: Path, condition: str, included: bool) -> None:
    found = read(tmp_path, within(child("A", condition), child("B")))
    assert found == {"/R": "line 2", **({"/R/A": "line 3"} if included else {}), "/R/B": "line 4"}


def test_one_of_two_declarations_of_a_name_is_taken(tmp_path: Path) -> None:
    assertion = f'<xs:complexType name="T" vc:minVersion="1.1"><xs:sequence>{child("N")}</xs:sequence>'
    body = (
        f'<xs:element name="R" type="t:T"/>\n{assertion}<xs:assert test="N"/></xs:complexType>\n'
        f'<xs:complexType name="T" vc:maxVersion="1.1"><xs:sequence>{child("O")}</xs:sequence></xs:complexType>'
    )
    assert read(tmp_path, body) == {"/R": "line 2", "/R/O": "line 4"}


def test_what_is_left_out_is_not_followed(tmp_path: Path) -> None:
    left_out = '<xs:include schemaLocation="nowhere.xsd" vc:minVersion="1.1"/>\n'
    assert read(tmp_path, left_out + child("R")) == {"/R": "line 3"}


def test_a_schema_that_is_for_another_version_as_a_whole_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, child("R"), f'{HEAD} vc:minVersion="1.1"') == (
        't.xsd:1: vc:minVersion="1.1" leaves nothing of it for XSD 1.0, as which schemas are read'
    )


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ('vc:minVersion="new"', 't.xsd:3: vc:minVersion="new": a version as 1.1 was expected'),
        ('vc:typeAvailable="q:int"', "t.xsd:3: q:int has a prefix that is not declared"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(tmp_path: Path, condition: str, message: str) -> None:
    assert refusal(tmp_path, within(child("A", condition))) == message


TYPE = '<xs:element name="R"><xs:complexType><xs:sequence/>\n{}</xs:complexType></xs:element>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (TYPE.format('<xs:assert test="true()"/>'), "xs:assert"),
        ('<xs:element name="R">\n<xs:alternative test="@a" type="xs:int"/></xs:element>', "xs:alternative"),
        (TYPE.format("<xs:openContent/>"), "xs:openContent"),
        ("\n<xs:defaultOpenContent/>", "xs:defaultOpenContent"),
        ('\n<xs:override schemaLocation="t.xsd"/>', "xs:override"),
        (f"\n{child('R', kind='xs:dateTimeStamp')}", "the type xs:dateTimeStamp"),
        (TYPE.format('<xs:anyAttribute notQName="a"/>'), "the attribute notQName of xs:anyAttribute"),
        (
            TYPE.format('<xs:attribute name="a" inheritable="true"/>'),
            "the attribute inheritable of xs:attribute",
        ),
        (
            TYPE.format('<xs:attribute name="a" targetNamespace="urn:o"/>'),
            "the attribute targetNamespace of xs:attribute",
        ),
        (
            child("H") + child("I") + "\n" + child("R", 'substitutionGroup="t:H t:I"'),
            "a substitutionGroup of several elements",
        ),
    ],
)
def test_what_only_version_1_1_knows_is_refused_with_its_line(tmp_path: Path, body: str, found: str) -> None:
    line = 2 if body.startswith("\n") else 3  # the sample strips blank lines around the body
    assert refusal(tmp_path, body) == f"t.xsd:{line}: {found} belongs to XSD 1.1; schemas are read as XSD 1.0"


def test_the_attribute_that_a_schema_has_for_all_its_types_is_refused(tmp_path: Path) -> None:
    assert "the attribute defaultAttributes of xs:schema" in refusal(
        tmp_path, child("R"), f'{HEAD} defaultAttributes="a"'
    )


def test_annotations_may_speak_of_anything(tmp_path: Path) -> None:
    note = '<xs:annotation><xs:appinfo><xs:assert test="1"/></xs:appinfo></xs:annotation>\n'
    assert read(tmp_path, note + child("R")) == {"/R": "line 3"}
