"""Content models that xmlschema need not look through, and those that it has to."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from xsd_samples import schema

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.xsd import read_schema
from gbcscheck.extract.xsd_building import all_names_differ
from gbcscheck.extract.xsd_files import build_schema


def written(folder: Path, body: str) -> Path:
    path = folder / "main.xsd"
    path.write_text(schema(body), encoding="utf-8")
    return path


def content(folder: Path, model: str, others: str = "") -> Any:
    body = f'<xs:element name="R"><xs:complexType>{model}</xs:complexType></xs:element>{others}'
    its_type: Any = build_schema(written(folder, body)).schema.elements["R"].type
    return its_type.content


A, B = '<xs:element name="A" type="xs:int"/>', '<xs:element name="B" type="xs:int"/>'
HEAD = '<xs:element name="H" type="xs:int"/><xs:element name="M" type="xs:int" substitutionGroup="t:H"/>'


@pytest.mark.parametrize(
    ("model", "others", "differ"),
    [
        (f"<xs:sequence>{A}<xs:choice>{B}<xs:sequence/></xs:choice></xs:sequence>", "", True),
        (f"<xs:sequence>{A}<xs:sequence>{B}{A}</xs:sequence></xs:sequence>", "", False),
        (f'<xs:sequence>{A}<xs:any namespace="##other"/></xs:sequence>', "", False),
        ('<xs:sequence><xs:element ref="t:H"/></xs:sequence>', HEAD, False),
        ('<xs:sequence><xs:element ref="t:M"/></xs:sequence>', HEAD, False),
        ("<xs:sequence/>", "", True),
    ],
)
def test_names_differ_where_no_element_could_be_of_two_particles(
    tmp_path: Path, model: str, others: str, differ: bool
) -> None:
    assert all_names_differ(content(tmp_path, model, others)) is differ


@pytest.mark.parametrize(
    "model",
    [
        f'<xs:sequence><xs:element name="A" type="xs:int" minOccurs="0"/>{A}</xs:sequence>',
        f"<xs:choice>{A}<xs:sequence>{A}{B}</xs:sequence></xs:choice>",
        f'<xs:sequence>{A}<xs:element name="A" type="xs:string"/></xs:sequence>',
        f'<xs:sequence><xs:any minOccurs="0"/>{A}</xs:sequence>',
        '<xs:choice><xs:element ref="t:H"/><xs:element ref="t:M"/></xs:choice>',
    ],
)
def test_a_model_that_is_not_deterministic_is_refused_as_ever(tmp_path: Path, model: str) -> None:
    path = written(tmp_path, f'<xs:element name="R"><xs:complexType>{model}</xs:complexType></xs:element>{HEAD}')
    with pytest.raises(UnreadableSource, match=r"violation|overlap"):
        read_schema(path)


def test_four_thousand_types_under_one_element_are_read_in_seconds(tmp_path: Path) -> None:
    count = 4000
    types = "".join(
        f'<xs:simpleType name="T{n}"><xs:restriction base="xs:int"><xs:minInclusive value="{n}"/></xs:restriction>'
        "</xs:simpleType>"
        for n in range(count)
    )
    elements = "".join(f'<xs:element name="e{n}" type="t:T{n}"/>' for n in range(count))
    root = f'<xs:element name="R"><xs:complexType><xs:sequence>{elements}</xs:sequence></xs:complexType></xs:element>'
    path = written(tmp_path, types + root)
    began = time.process_time()
    rows = read_schema(path).extract.rows
    assert time.process_time() - began < 8  # 15 s and a gigabyte while every two particles were compared
    by_subject = {row.subject: row.domain for row in rows if row.attribute == "permitted"}
    assert by_subject["/R/e3999"] == "3999..2147483647"
    assert len(by_subject) == count
