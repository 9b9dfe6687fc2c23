"""The schema reader on small schemas: paths, counts, choices, attributes, recursion, header, roots."""

from __future__ import annotations

from pathlib import Path

import pytest
from xsd_samples import parent, reading, rows, schema

from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.extract_file import parse_extract, render_extract
from gbcscheck.limits import by_limits


def described(folder: Path, body: str, attribute: str) -> dict[str, object]:
    """By subject, what the rows of one attribute say."""
    found = rows(folder, body)
    return {
        subject: row.domain if row.domain is not None else row.value
        for (subject, name), row in found.items()
        if name == attribute
    }


def within(model: str) -> str:
    """A global element ``R`` with a content model of its own."""
    return f'<xs:element name="R"><xs:complexType>{model}</xs:complexType></xs:element>'


def counts(folder: Path, model: str) -> dict[str, object]:
    """How often each child of ``R`` occurs."""
    found = described(folder, within(model), "occurs")
    return {subject.removeprefix("/R/"): occurs for subject, occurs in found.items() if subject != "/R"}


A, B, C, D = (f'<xs:element name="{name}" type="xs:int"/>' for name in "ABCD")


def test_every_leaf_attribute_container_and_empty_element_is_a_subject(tmp_path: Path) -> None:
    body = """
<xs:element name="R" type="t:Root"/>
<xs:complexType name="Root"><xs:sequence>
  <xs:element name="Leaf" type="xs:int"/>
  <xs:element name="Nothing"><xs:complexType/></xs:element>
  <xs:element name="Price"><xs:complexType><xs:simpleContent><xs:extension base="t:Price">
    <xs:attribute name="index" type="xs:unsignedByte" use="required"/>
    <xs:attribute name="note" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType></xs:element>
</xs:sequence></xs:complexType>
<xs:simpleType name="Price"><xs:restriction base="xs:short"/></xs:simpleType>
"""
    found = rows(tmp_path, body)
    stated = [(subject, name, row.domain, row.value, row.clause, row.source) for (subject, name), row in found.items()]
    assert stated == [
        ("/R", "type", None, "t:Root", "element R", "line 2"),
        ("/R", "content-model", None, "(Leaf, Nothing, Price)", "type t:Root", "line 3"),
        ("/R", "occurs", "1", None, "element R", "line 2"),
        ("/R", "namespace", None, "urn:t", "element R", "line 2"),
        ("/R/Leaf", "type", None, "xs:int", "element Leaf of t:Root", "line 4"),
        ("/R/Leaf", "permitted", "-2147483648..2147483647", None, "element Leaf of t:Root", "line 4"),
        ("/R/Leaf", "occurs", "1", None, "element Leaf of t:Root", "line 4"),
        ("/R/Nothing", "type", None, "anonymous", "element Nothing of t:Root", "line 5"),
        ("/R/Nothing", "content", None, "empty", "element Nothing of t:Root", "line 5"),
        ("/R/Nothing", "occurs", "1", None, "element Nothing of t:Root", "line 5"),
        ("/R/Price", "type", None, "anonymous", "element Price of t:Root", "line 6"),
        ("/R/Price", "permitted", "-32768..32767", None, "type t:Price", "line 11"),
        ("/R/Price", "occurs", "1", None, "element Price of t:Root", "line 6"),
        ("/R/Price/@index", "type", None, "xs:unsignedByte", "attribute index of t:Root", "line 7"),
        ("/R/Price/@index", "permitted", "0..255", None, "attribute index of t:Root", "line 7"),
        ("/R/Price/@index", "occurs", "1", None, "attribute index of t:Root", "line 7"),
        ("/R/Price/@note", "type", None, "xs:string", "attribute note of t:Root", "line 8"),
        ("/R/Price/@note", "permitted", "text", None, "attribute note of t:Root", "line 8"),
        (
            "/R/Price/@note",
            "occurs",
            found["/R/Price/@note", "occurs"].domain,
            None,
            "attribute note of t:Root",
            "line 8",
        ),
    ]
    assert found["/R/Price/@note", "occurs"].domain in ("0..1", "0 | 1")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (f"<xs:sequence>{A}{B}</xs:sequence>", {"A": (1, 1), "B": (1, 1)}),
        (f'<xs:sequence minOccurs="0">{A}</xs:sequence>', {"A": (0, 1)}),
        (f'<xs:sequence minOccurs="2" maxOccurs="3">{A}</xs:sequence>', {"A": (2, 3)}),
        (f'<xs:sequence maxOccurs="unbounded">{A}</xs:sequence>', {"A": (1, None)}),
        (f"<xs:choice>{A}{B}</xs:choice>", {"A": (0, 1), "B": (0, 1)}),
        (f'<xs:choice maxOccurs="4">{A}{B}</xs:choice>', {"A": (0, 4), "B": (0, 4)}),
        (f"<xs:choice>{A}</xs:choice>", {"A": (1, 1)}),
        (f"<xs:all>{A}{B}</xs:all>", {"A": (1, 1), "B": (1, 1)}),
        (f"<xs:sequence>{A}{B}{A}</xs:sequence>", {"A": (2, 2), "B": (1, 1)}),
        (f"<xs:choice><xs:sequence>{A}{B}</xs:sequence><xs:sequence>{B}{C}</xs:sequence></xs:choice>", None),
        (
            '<xs:sequence maxOccurs="2"><xs:element name="A" type="xs:int" minOccurs="2" maxOccurs="7"/></xs:sequence>',
            {"A": (2, 14)},
        ),
        (
            f'<xs:sequence><xs:choice minOccurs="0">{A}{B}</xs:choice>{C}</xs:sequence>',
            {"A": (0, 1), "B": (0, 1), "C": (1, 1)},
        ),
    ],
)
def test_counts_of_an_element_in_its_parent(
    tmp_path: Path, model: str, expected: dict[str, tuple[int, int | None]] | None
) -> None:
    from gbcscheck.domains import integers
    from gbcscheck.notation.canonical import parse_domain

    found = {name: parse_domain(str(written)) for name, written in counts(tmp_path, model).items()}
    if expected is None:  # B stands in both alternatives: it is there once, whichever is taken
        expected = {"A": (0, 1), "B": (1, 1), "C": (0, 1)}
    assert found == {name: integers(low, high) for name, (low, high) in expected.items()}


def test_elements_that_may_not_occur_are_no_subjects(tmp_path: Path) -> None:
    model = f'<xs:sequence>{A}<xs:element name="B" type="xs:int" minOccurs="0" maxOccurs="0"/></xs:sequence>'
    assert set(counts(tmp_path, model)) == {"A"}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (f"<xs:choice>{A}{B}{C}</xs:choice>", dict.fromkeys("ABC", "A | B | C")),
        (f"<xs:sequence>{A}<xs:choice>{B}{C}</xs:choice></xs:sequence>", dict.fromkeys("BC", "B | C")),
        (
            f"<xs:choice><xs:sequence>{A}{B}</xs:sequence>{C}</xs:choice>",
            dict.fromkeys("ABC", "(A, B) | C"),
        ),
        (f"<xs:choice>{A}<xs:choice>{B}{C}</xs:choice></xs:choice>", dict.fromkeys("ABC", "A | B | C")),
        (
            f"<xs:choice><xs:sequence>{A}<xs:choice>{B}{C}</xs:choice></xs:sequence>{D}</xs:choice>",
            dict.fromkeys("ABCD", "(A, (B | C)) | D"),
        ),
        (f"<xs:choice>{A}</xs:choice>", {}),
        (f"<xs:choice>{A}<xs:any namespace='##other'/></xs:choice>", {"A": "A | any element"}),
    ],
)
def test_the_choice_that_an_element_belongs_to(tmp_path: Path, model: str, expected: dict[str, str]) -> None:
    found = described(tmp_path, within(model), "choice")
    assert {subject.removeprefix("/R/"): choice for subject, choice in found.items()} == expected


def test_a_long_choice_is_given_by_its_number(tmp_path: Path) -> None:
    many = "".join(f'<xs:element name="E{number}" type="xs:int"/>' for number in range(17))
    found = described(tmp_path, within(f"<xs:choice>{many}</xs:choice>"), "choice")
    assert found == {f"/R/E{number}": "one of 17 alternatives" for number in range(17)}


def test_extensions_have_the_content_of_their_base_first(tmp_path: Path) -> None:
    body = f"""
<xs:element name="R" type="t:Derived"/>
<xs:complexType name="Base" abstract="true"><xs:sequence>{B}</xs:sequence>
<xs:attribute name="b" type="xs:int" use="required"/></xs:complexType>
<xs:complexType name="Derived"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>{A}</xs:sequence>
<xs:attribute name="a" type="xs:int"/></xs:extension></xs:complexContent></xs:complexType>
"""
    found = rows(tmp_path, body)
    subjects = list(dict.fromkeys(subject for subject, _ in found))
    assert sorted(subjects[:3]) == ["/R", "/R/@a", "/R/@b"]
    assert subjects[3:] == ["/R/B", "/R/A"]
    assert found["/R/B", "type"].clause == "element B of t:Base"


def test_restrictions_of_complex_types_keep_their_own_content(tmp_path: Path) -> None:
    body = f"""
<xs:element name="R" type="t:Narrow"/>
<xs:complexType name="Wide"><xs:sequence>{A}<xs:element name="B" type="xs:int" minOccurs="0"/></xs:sequence>
<xs:attribute name="x" type="xs:int"/><xs:attribute name="y" type="xs:int"/></xs:complexType>
<xs:complexType name="Narrow"><xs:complexContent><xs:restriction base="t:Wide"><xs:sequence>{A}</xs:sequence>
<xs:attribute name="x" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
"""
    assert set(described(tmp_path, body, "type")) == {"/R", "/R/A", "/R/@y"}


def test_groups_of_elements_and_of_attributes_are_resolved(tmp_path: Path) -> None:
    body = f"""
<xs:element name="R"><xs:complexType><xs:sequence><xs:group ref="t:G" minOccurs="0" maxOccurs="2"/></xs:sequence>
<xs:attributeGroup ref="t:H"/></xs:complexType></xs:element>
<xs:group name="G"><xs:choice>{A}{B}</xs:choice></xs:group>
<xs:attributeGroup name="H"><xs:attribute name="a" type="xs:int"/></xs:attributeGroup>
"""
    found = rows(tmp_path, body)
    assert {subject for subject, _ in found} == {"/R", "/R/@a", "/R/A", "/R/B"}
    assert (found["/R/A", "occurs"].domain, found["/R/A", "choice"].value) == ("0..2", "A | B")
    assert found["/R/A", "type"].clause == "element A of t:G"
    assert found["/R/@a", "type"].clause == "attribute a of t:H"


def test_references_to_global_elements_are_expanded_in_place(tmp_path: Path) -> None:
    body = f"""
{parent("R", '<xs:element ref="t:S" minOccurs="0"/>')}
<xs:element name="S" type="xs:int" default="3" nillable="true"/>
"""
    found = rows(tmp_path, body)
    assert found["/R/S", "type"].source == "line 2"
    assert found["/S", "type"].source == "line 3"
    assert (found["/R/S", "default"].domain, found["/R/S", "nillable"].value) == ("3", True)


def test_members_of_a_substitution_group_stand_for_its_head(tmp_path: Path) -> None:
    body = f"""
{parent("R", '<xs:element ref="t:Head"/>')}
<xs:element name="Head" type="xs:int" abstract="true"/>
<xs:element name="One" type="xs:int" substitutionGroup="t:Head"/>
<xs:element name="Two" type="xs:int" substitutionGroup="t:Head"/>
"""
    assert described(tmp_path, body, "choice") == {"/R/One": "One | Two", "/R/Two": "One | Two"}


def test_recursion_ends_with_the_path_that_repeats(tmp_path: Path) -> None:
    body = """
<xs:element name="R" type="t:Node"/>
<xs:complexType name="Node"><xs:sequence>
  <xs:element name="Name" type="xs:string"/>
  <xs:element name="Child" type="t:Node" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType>
"""
    found = rows(tmp_path, body)
    assert {subject for subject, _ in found} == {"/R", "/R/Name", "/R/Child"}
    cut = found["/R/Child", "recursion"]
    assert (cut.value, cut.clause, cut.source) == ("/R", "element Child of t:Node", "line 5")
    assert found["/R/Child", "type"].value == "t:Node"


def test_wildcards_mixed_and_untyped_content_are_named(tmp_path: Path) -> None:
    body = f"""
{parent("Open", A + '<xs:any namespace="##other"/>')}
<xs:element name="Mixed"><xs:complexType mixed="true"><xs:sequence>{A}</xs:sequence></xs:complexType></xs:element>
<xs:element name="Untyped"/>
"""
    found = described(tmp_path, body, "content")
    assert found == {"/Open": "any", "/Mixed": "mixed", "/Untyped": "any"}
    assert "/Open/A" in described(tmp_path, body, "type")


def test_an_abstract_type_is_stated_with_the_types_that_may_stand_for_it(tmp_path: Path) -> None:
    body = f"""
<xs:element name="R" type="t:Base"/>
<xs:complexType name="Base" abstract="true"><xs:sequence>{A}</xs:sequence></xs:complexType>
<xs:complexType name="Real"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>{B}</xs:sequence></xs:extension>
</xs:complexContent></xs:complexType>
"""
    assert described(tmp_path, body, "abstract") == {"/R": True}
    assert described(tmp_path, body, "type") == {
        "/R": "t:Base",
        "/R/A": "xs:int",
        "/R[Real]": "t:Real",
        "/R[Real]/A": "xs:int",
        "/R[Real]/B": "xs:int",
    }
    assert described(tmp_path, body, "content-model") == {"/R": "(A)", "/R[Real]": "(A, B)"}
    assert reading(tmp_path, body).unread == ()


def test_elements_of_two_namespaces_with_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "other.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">\n'
        '<xs:element name="A" type="xs:string"/>\n</xs:schema>'
    )
    body = f"""
<xs:import namespace="urn:o" schemaLocation="other.xsd"/>
{parent("R", A + '<xs:element xmlns:o="urn:o" ref="o:A"/>')}
"""
    assert set(described(tmp_path, body, "type")) == {"/R", "/R/A", "/R/A #2"}


# --- header and roots ------------------------------------------------------------------------------------------------

COMMENT = """<!--
  XML Filename                 - DUIS Schema V9.9a
  DUIS XML Schema Version - Request   - 9.9
  DUIS XML Schema Version - Response  - 9.8
  Aligned with GBCS version    - 7.2
  Date                         - {date}
-->"""
USER_GATEWAY = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' targetNamespace="http://www.dccinterface.co.uk/ServiceUserGateway"'
)


@pytest.mark.parametrize(
    ("date", "expected"), [("Nov 2025", "2025-11"), ("September 2021", "2021-09"), ("soon", ""), ("Dcm 2020", "")]
)
def test_the_opening_comment_says_version_date_and_specification_followed(
    tmp_path: Path, date: str, expected: str
) -> None:
    path = tmp_path / "any.xsd"
    path.write_text(schema(COMMENT.format(date=date) + '\n<xs:element name="R" type="xs:int"/>', USER_GATEWAY))
    extract = read_schema(path, shown="x/any.xsd").extract
    assert (str(extract.specification), extract.date) == ("DUIS 9.9 schema", expected)
    assert (extract.source_name, extract.provenance) == ("x/any.xsd", "published")
    first = extract.rows[0]
    assert (first.subject, first.attribute, first.value) == ("DUIS", "aligned-with", "GBCS 7.2")
    assert (first.clause, first.source) == ("opening comment", "line 6")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('targetNamespace="http://example.invalid/x/Metering/" version="2.1"', "Metering 2.1 schema"),
        ('targetNamespace="urn:example:tariff"', "tariff unstated schema"),
        ("", "any unstated schema"),
    ],
)
def test_other_schemas_are_named_by_their_namespace_or_file(tmp_path: Path, head: str, expected: str) -> None:
    path = tmp_path / "any.xsd"
    path.write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {head}>'
        '<xs:element name="R" type="xs:int"/></xs:schema>'
    )
    assert str(read_schema(path).extract.specification) == expected
    named = read_schema(path, specification="S", version="1", part="p").extract
    assert str(named.specification) == "S 1 p"


def test_one_root_can_be_asked_for(tmp_path: Path) -> None:
    body = '<xs:element name="One" type="xs:int"/><xs:element name="Two" type="xs:int"/>'
    assert {row.subject for row in reading(tmp_path, body, root="Two").extract.rows} == {"/Two"}
    with pytest.raises(UsageError, match=r"^t\.xsd: no global element 'Three'; there are: One, Two$"):
        reading(tmp_path, body, root="Three")


def test_a_schema_without_global_elements_makes_no_statement(tmp_path: Path) -> None:
    body = '<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType>'
    assert reading(tmp_path, body).extract.rows == ()


def test_types_without_a_prefix_are_written_without_one(tmp_path: Path) -> None:
    path = tmp_path / "t.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R" type="T"/>'
        '<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>'
    )
    found = read_schema(path).extract.rows
    assert [(row.value, row.clause) for row in found[:2]] == [("T", "element R"), (None, "type T")]


def test_an_extract_reads_back_as_it_was_made(tmp_path: Path) -> None:
    extract = reading(tmp_path, within(f"<xs:choice>{A}{B}</xs:choice>")).extract
    written = render_extract(extract)
    assert parse_extract(written.encode(), where="x.json").rows == extract.rows


# --- limits ----------------------------------------------------------------------------------------------------------


def test_a_schema_that_multiplies_is_refused(tmp_path: Path) -> None:
    levels = [
        f'<xs:complexType name="T{n}"><xs:sequence>'
        + "".join(f'<xs:element name="E{m}" type="t:T{n + 1}"/>' for m in range(10))
        + "</xs:sequence></xs:complexType>"
        for n in range(9)
    ]
    body = f'<xs:element name="R" type="t:T0"/>{"".join(levels)}<xs:complexType name="T9"/>'
    with pytest.raises(UnreadableSource, match=r"^t\.xsd: more than 100,000 element paths in what an XML schema"):
        reading(tmp_path, body)


def test_paths_that_are_too_long_are_refused(tmp_path: Path) -> None:
    inner = f"<xs:complexType><xs:sequence>{B}</xs:sequence></xs:complexType>"
    body = parent("R", f'<xs:element name="A">{inner}</xs:element>')
    with by_limits({"steps": 3}):
        assert reading(tmp_path, body).extract.rows
    with by_limits({"steps": 1}), pytest.raises(UnreadableSource, match="more than 1 steps in the path of a subject"):
        reading(tmp_path, body)
