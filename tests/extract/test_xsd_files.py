"""Schemas of several files: what is followed, what is refused, and where an error is said to be."""

from __future__ import annotations

import socket
import sys
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest
from xsd_samples import leaf, parent, schema, simple_type

from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.extract.xsd import read_schema

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
TYPE = simple_type("T", "xs:unsignedByte")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> NoReturn:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_schema(path, shown="folder/main.xsd")
    return str(caught.value)


def main(folder: Path, body: str) -> Path:
    path = folder / "main.xsd"
    path.write_text(schema(body), encoding="utf-8")
    return path


def test_locations_with_blanks_percent_signs_and_folders_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c%20d"
    (folder / "types").mkdir(parents=True)
    (folder / "part one.xsd").write_text(schema(TYPE))
    (folder / "part two.xsd").write_text(
        schema('<xs:include schemaLocation="part%20one.xsd"/>' + TYPE.replace('"T"', '"U"'))
    )
    (folder / "types" / "o.xsd").write_text(
        f'<xs:schema {XS} xmlns:t="urn:t" targetNamespace="urn:o">\n'
        '<xs:import namespace="urn:t" schemaLocation="../part two.xsd"/>\n'
        '<xs:element name="O" type="t:U"/></xs:schema>'
    )
    body = f"""
<xs:include schemaLocation="part two.xsd"/>
<xs:import namespace="urn:o" schemaLocation="types/o.xsd"/>
<xs:element name="R" type="t:T"/>
{parent("S", '<xs:element xmlns:o="urn:o" ref="o:O"/>')}
"""
    found = {(row.subject, row.attribute): row for row in read_schema(main(folder, body)).extract.rows}
    assert found["/R", "permitted"].source == "line 2 of part one.xsd"
    assert found["/S/O", "permitted"].source == "line 2 of part two.xsd"
    assert found["/S/O", "type"].source == "line 5"
    assert ("/O", "type") not in found


def test_a_schema_without_namespace_takes_that_of_the_one_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "types.xsd").write_text(f"<xs:schema {XS}>{TYPE}</xs:schema>")
    path = main(tmp_path, '<xs:include schemaLocation="types.xsd"/><xs:element name="R" type="t:T"/>')
    assert {row.value for row in read_schema(path).extract.rows if row.attribute == "type"} == {"t:T"}


def test_files_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "other.xsd").write_text(schema('<xs:include schemaLocation="main.xsd"/>' + TYPE))
    includes = '<xs:include schemaLocation="other.xsd"/><xs:include schemaLocation="main.xsd"/>'
    path = main(tmp_path, includes + '<xs:element name="R" type="t:T"/>')
    assert {row.subject for row in read_schema(path).extract.rows} == {"/R"}


def test_a_redefined_type_is_the_redefined_one(tmp_path: Path) -> None:
    (tmp_path / "other.xsd").write_text(schema(TYPE))
    body = f"""
<xs:redefine schemaLocation="other.xsd">
{simple_type("T", "t:T", '<xs:maxInclusive value="9"/>')}
</xs:redefine>
<xs:element name="R" type="t:T"/>
"""
    permitted = next(row for row in read_schema(main(tmp_path, body)).extract.rows if row.attribute == "permitted")
    assert (permitted.domain, permitted.source) == ("0..9", "line 3")


def test_two_files_of_one_namespace_can_both_be_imported(tmp_path: Path) -> None:
    for name in "AB":
        (tmp_path / f"{name}.xsd").write_text(
            f'<xs:schema {XS} targetNamespace="urn:o"><xs:element name="{name}" type="xs:int"/></xs:schema>'
        )
    body = f"""
<xs:import namespace="urn:o" schemaLocation="A.xsd"/><xs:import namespace="urn:o" schemaLocation="B.xsd"/>
{parent("R", '<xs:element xmlns:o="urn:o" ref="o:A"/><xs:element xmlns:o="urn:o" ref="o:B"/>')}
"""
    assert {row.subject for row in read_schema(main(tmp_path, body)).extract.rows} == {"/R", "/R/A", "/R/B"}


def test_the_attributes_of_xml_itself_need_no_file(tmp_path: Path) -> None:
    body = """
<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>
<xs:element name="R"><xs:complexType><xs:attribute ref="xml:lang"/></xs:complexType></xs:element>
"""
    assert "/R/@lang" in {row.subject for row in read_schema(main(tmp_path, body)).extract.rows}


@pytest.mark.parametrize(
    "location",
    [
        "http://example.invalid/o.xsd",
        "https://example.invalid/o.xsd",
        "file:///etc/passwd",
        "/etc/passwd",
        "//example.invalid/o.xsd",
        "../outside.xsd",
        "sub/../../outside.xsd",
        "..%2Foutside.xsd",
        "\\\\host\\o.xsd",
        "C:\\o.xsd",
        "link.xsd",
    ],
)
@pytest.mark.parametrize("verb", ["import", "include"])
def test_nothing_outside_of_the_folder_is_fetched(tmp_path: Path, location: str, verb: str) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "outside.xsd").write_text(schema(TYPE))
    (folder / "link.xsd").symlink_to(tmp_path / "outside.xsd")
    namespace = 'namespace="urn:o" ' if verb == "import" else ""
    message = refusal(main(folder, f'<xs:{verb} {namespace}schemaLocation="{location}"/>'))
    assert message.startswith("folder/main.xsd:2: ")
    assert f"{verb}s {location!r}, which is not in the folder of the schema" in message


def test_a_missing_file_is_named_with_the_line_that_asks_for_it(tmp_path: Path) -> None:
    path = main(tmp_path, '<xs:annotation/>\n<xs:import namespace="urn:o" schemaLocation="o.xsd"/>')
    assert refusal(path) == "folder/main.xsd:3: imports 'o.xsd', and there is no such file"


def test_all_problems_of_the_files_are_told_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "bad.xsd").write_text("<a>")
    body = '<xs:include schemaLocation="none.xsd"/>\n<xs:include schemaLocation="bad.xsd"/>'
    with pytest.raises(Problems) as caught:
        read_schema(main(tmp_path, body), shown="folder/main.xsd")
    assert [problem.where for problem in caught.value.problems] == ["folder/main.xsd:2", "folder/bad.xsd:1:4"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<a/>", "folder/main.xsd:1: found the root element a, expected xs:schema"),
        ('<!--\n--><a xmlns="urn:a"/>', "folder/main.xsd:2: found the root element a of the namespace urn:a, expected"),
        ("<schema/>", "folder/main.xsd:1: found the root element schema, expected xs:schema"),
    ],
)
def test_xml_that_is_no_schema(tmp_path: Path, content: str, found: str) -> None:
    (tmp_path / "main.xsd").write_text(content)
    assert refusal(tmp_path / "main.xsd").startswith(found)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('<xs:element name="R" type="t:None"/>', 2),
        ('<xs:element name="A" type="xs:int"/>\n<xs:element name="R"\n  typo="xs:int"/>', 3),
        ('<xs:element name="R" type="xs:int"/>\n<xs:nonsense/>', 3),
        ('<xs:element name="R" type="xs:int" default="x"/>', 2),
        (simple_type("T", "xs:int", '\n<xs:minInclusive value="x"/>'), 3),
        (simple_type("T", "t:T"), 2),
        (simple_type("T", "xs:string", '<xs:pattern value="["/>'), 2),
        ('<xs:element name="R" xmlns:o="urn:o" type="o:T"/>', 2),
    ],
)
def test_an_error_inside_a_schema_has_its_line(tmp_path: Path, body: str, line: int) -> None:
    message = refusal(main(tmp_path, body))
    assert message.startswith(f"folder/main.xsd:{line}: not a valid schema: ")
    assert "\n" not in message
    assert len(message) < 400


def test_an_error_inside_an_included_schema_is_said_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "o.xsd").write_text(schema(TYPE + '\n<xs:element name="O" type="t:None"/>'))
    message = refusal(main(tmp_path, '<xs:include schemaLocation="o.xsd"/><xs:element name="R" type="t:T"/>'))
    assert message.startswith("folder/o.xsd:3: not a valid schema: ")


def test_an_import_of_another_namespace_than_the_file_has(tmp_path: Path) -> None:
    (tmp_path / "o.xsd").write_text(f'<xs:schema {XS} targetNamespace="urn:p"/>')
    assert "not a valid schema" in refusal(main(tmp_path, '<xs:import namespace="urn:o" schemaLocation="o.xsd"/>'))


def test_values_that_no_schema_of_use_has_are_refused(tmp_path: Path) -> None:
    body = leaf(f'<xs:maxInclusive value="{"9" * 5000}"/>', "xs:integer")
    assert "not a valid schema" in refusal(main(tmp_path, body))


def test_what_xmlschema_stumbles_over_is_refused_like_the_rest(tmp_path: Path) -> None:
    body = '<xs:simpleType name="T"><xs:restriction><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>'
    assert refusal(main(tmp_path, body)).startswith("folder/main.xsd: not a valid schema: ")


TOO_DEEP = (
    "its types are nested or derived too deeply to be read: beyond Python's limit of "
    f"{sys.getrecursionlimit():,} calls within each other, which no option raises"
)


def test_types_that_are_nested_without_end_are_refused(tmp_path: Path) -> None:
    chain = "".join(
        f'<xs:complexType name="T{n}"><xs:sequence><xs:element name="E" type="t:T{n + 1}"/></xs:sequence>'
        "</xs:complexType>"
        for n in range(3000)
    )
    message = refusal(main(tmp_path, f'<xs:element name="R" type="t:T0"/>{chain}<xs:complexType name="T3000"/>'))
    assert TOO_DEEP in message or "more than 200 steps in the path" in message


@pytest.mark.parametrize("steps", [100, 1000])
def test_long_chains_of_derivation_are_read_or_refused(tmp_path: Path, steps: int) -> None:
    simple = "".join(simple_type(f"T{n + 1}", f"t:T{n}") for n in range(steps))
    path = main(tmp_path, f'<xs:element name="R" type="t:T{steps}"/>{simple_type("T0", "xs:int")}{simple}')
    if steps == 100:
        assert [row.attribute for row in read_schema(path).extract.rows] == ["type", "permitted", "occurs", "namespace"]
    else:
        assert refusal(path) == f"folder/main.xsd: {TOO_DEEP}"


def test_a_valid_schema_whose_types_extend_each_other_too_often_is_not_called_invalid(tmp_path: Path) -> None:
    extended = "".join(
        f'<xs:complexType name="T{n}"><xs:complexContent><xs:extension base="t:T{n + 1}"/></xs:complexContent>'
        "</xs:complexType>"
        for n in range(3000)
    )
    path = main(tmp_path, f'<xs:element name="R" type="t:T0"/>{extended}<xs:complexType name="T3000"/>')
    assert refusal(path) == f"folder/main.xsd: {TOO_DEEP}"


def test_unions_of_unions_take_no_longer_than_their_number(tmp_path: Path) -> None:
    unions = "".join(
        f'<xs:simpleType name="T{n + 1}"><xs:union memberTypes="t:T{n} t:T{n}"/></xs:simpleType>' for n in range(60)
    )
    path = main(tmp_path, f'<xs:element name="R" type="t:T60"/>{simple_type("T0", "xs:byte")}{unions}')
    assert "-128..127" in [row.domain for row in read_schema(path).extract.rows]


def test_a_document_type_declaration_is_no_harm_and_an_entity_is(tmp_path: Path) -> None:
    path = main(tmp_path, '<xs:element name="R" type="xs:int"/>')
    text = path.read_text()
    path.write_text(
        '<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD" "http://example.invalid/x.dtd" [<!ENTITY e "x">]>\n' + text
    )
    assert read_schema(path).extract.rows
    path.write_text(path.read_text().replace('"xs:int"', '"xs:int&e;"'))
    assert refusal(path).startswith("folder/main.xsd:3:")


def test_a_workbook_is_called_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xsd", "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableSource, match=r"a\.xsd:1: an \.xlsx workbook; an XML document was expected"):
        read_schema(tmp_path / "a.xsd")
