"""Simple types as domains: facets along the chain, lists, unions, single values, and what is no domain."""

from __future__ import annotations

from pathlib import Path

import pytest
from xsd_samples import leaf, reading, rows, simple_type

from gbcscheck.domains import Domain
from gbcscheck.domains.literals import parse_form
from gbcscheck.errors import UnreadableSource
from gbcscheck.notation.canonical import parse_domain


def permitted(folder: Path, body: str) -> Domain:
    """The domain of the element ``E``."""
    written = rows(folder, body)["/E", "permitted"].domain
    assert written is not None
    return parse_domain(written)


@pytest.mark.parametrize(
    ("base", "restriction", "domain"),
    [
        ("xs:unsignedByte", "", "0..255"),
        ("xs:byte", "", "-128..127"),
        ("xs:unsignedShort", "", "0..65535"),
        ("xs:short", "", "-32768..32767"),
        ("xs:unsignedInt", "", "0..4294967295"),
        ("xs:int", "", "-2147483648..2147483647"),
        ("xs:unsignedLong", "", "0..18446744073709551615"),
        ("xs:long", "", "-9223372036854775808..9223372036854775807"),
        ("xs:integer", "", "int"),
        ("xs:positiveInteger", "", "1.."),
        ("xs:nonNegativeInteger", "", "0.."),
        ("xs:nonPositiveInteger", "", "..0"),
        ("xs:negativeInteger", "", "..-1"),
        ("xs:decimal", "", "decimal"),
        ("xs:boolean", "", "boolean"),
        ("xs:string", "", "text"),
        ("xs:anyURI", "", "text"),
        ("xs:time", "", "xs:time"),
        ("xs:date", "", "xs:date"),
        ("xs:dateTime", "", "xs:dateTime"),
        ("xs:hexBinary", '<xs:length value="2"/>', "octets(2)"),
        ("xs:base64Binary", '<xs:maxLength value="12"/>', "octets(0..12)"),
        ("xs:string", '<xs:minLength value="1"/><xs:maxLength value="20"/>', "text(1..20)"),
        ("xs:unsignedShort", '<xs:minExclusive value="60"/>', "61..65535"),
        ("xs:integer", '<xs:minExclusive value="0"/><xs:maxExclusive value="3"/>', "1..2"),
        ("xs:decimal", '<xs:minExclusive value="0"/><xs:maxInclusive value="2.5"/>', "0<..2.5 step any"),
        (
            "xs:decimal",
            '<xs:minExclusive value="1.5"/><xs:maxExclusive value="2.5"/><xs:fractionDigits value="1"/>',
            "1.6..2.4 step 0.1",
        ),
        ("xs:integer", '<xs:totalDigits value="3"/>', "-999..999"),
        ("xs:nonNegativeInteger", '<xs:minInclusive value="2014"/><xs:totalDigits value="4"/>', "2014..9999"),
        ("xs:decimal", '<xs:fractionDigits value="0"/><xs:minInclusive value="0"/>', "0.."),
        (
            "xs:integer",
            '<xs:enumeration value="1"/><xs:enumeration value=" 2 "/><xs:enumeration value="07"/>',
            "1 | 2 | 7",
        ),
        ("xs:string", '<xs:enumeration value="A"/><xs:enumeration value=" "/>', '"A" | " "'),
        ("xs:token", '<xs:enumeration value="A  B "/>', '"A B"'),
        ("xs:boolean", '<xs:pattern value="true|1"/>', "true"),
        ("xs:hexBinary", '<xs:enumeration value="8F66"/><xs:enumeration value="8f67"/>', "0x8F66 | 0x8F67"),
        ("xs:base64Binary", '<xs:enumeration value="AAE="/>', "0x0001"),
        # dates and times by their places, in seconds (of dates and date-times from 0001-01-01)
        ("xs:date", '<xs:enumeration value="0001-01-02Z"/>', "xs:date(zone -840..840, zoned 86400)"),
        (
            "xs:date",
            '<xs:minExclusive value="0001-01-01"/>',
            "xs:date(zoned 50460.. step 60, unzoned 86400.. step 86400)",
        ),
        (
            "xs:time",
            '<xs:minInclusive value="10:00:00"/><xs:maxInclusive value="12:00:00"/>',
            "xs:time(zone null, unzoned 36000..43200 step any)",
        ),
        (
            "xs:time",
            '<xs:enumeration value="24:00:00"/><xs:enumeration value="12:00:00Z"/>',
            "xs:time(zoned 43200, unzoned 0)",
        ),
        (
            "xs:dateTime",
            '<xs:enumeration value="0001-01-01T24:00:00Z"/><xs:enumeration value="0001-01-02T01:00:00+01:00"/>',
            "xs:dateTime(zone -840..840, zoned 86400)",
        ),
        ("xs:normalizedString", '<xs:enumeration value=" A\t B"/>', '" A  B"'),
        ("xs:token", '<xs:enumeration value="\u00a0A"/>', '"\u00a0A"'),
    ],
)
def test_built_in_types_and_their_facets(tmp_path: Path, base: str, restriction: str, domain: str) -> None:
    assert permitted(tmp_path, leaf(restriction, base)) == parse_domain(domain)


def test_restrictions_are_met_along_the_whole_chain(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        f"""
<xs:element name="E" type="t:Last"/>
{simple_type("First", "xs:positiveInteger", '<xs:maxInclusive value="100"/>')}
{simple_type("Middle", "t:First", '<xs:minExclusive value="4"/>')}
{simple_type("Last", "t:Middle", '<xs:maxExclusive value="50"/>')}
""",
    )
    fact = found["/E", "permitted"]
    assert (fact.domain, fact.clause, fact.source) == ("5..49", "type t:Last", "line 5")
    assert fact.text == "xs:positiveInteger, maxInclusive 100, minExclusive 4, maxExclusive 50"
    assert found["/E", "type"].value == "t:Last"
    assert found["/E", "type"].source == "line 2"


def test_an_anonymous_restriction_of_a_named_type_is_cited_at_the_element(tmp_path: Path) -> None:
    body = f"""
{leaf('<xs:maxLength value="3"/>', "t:Named")}
{simple_type("Named", "xs:string", '<xs:minLength value="1"/>')}
"""
    fact = rows(tmp_path, body)["/E", "permitted"]
    assert (fact.domain, fact.clause, fact.source) == ("text(1..3)", "element E", "line 2")


def test_patterns_of_one_step_are_alternatives_and_of_two_steps_both_bind(tmp_path: Path) -> None:
    body = f"""
<xs:element name="E" type="t:Both"/>
{simple_type("Either", "xs:string", '<xs:pattern value="[0-9]+"/><xs:pattern value="[A-F]+"/>')}
{simple_type("Both", "t:Either", '<xs:pattern value=".{2}"/>')}
"""
    found = permitted(tmp_path, body)
    assert [found.contains(text) for text in ("12", "AF", "1A", "123")] == [True, True, False, False]


def test_total_digits_within_the_other_bounds_are_one_lattice(tmp_path: Path) -> None:
    facets = '<xs:minInclusive value="0.0000"/><xs:maxInclusive value="6.5535"/>'
    digits = '<xs:totalDigits value="5"/><xs:fractionDigits value="4"/>'
    assert permitted(tmp_path, leaf(facets + digits, "xs:decimal")) == parse_domain("0..6.5535 step 0.0001")


def test_total_digits_beyond_one_lattice_are_no_set_of_values_and_a_set_of_literals(tmp_path: Path) -> None:
    digits = '<xs:totalDigits value="4"/><xs:fractionDigits value="2"/>'
    found = rows(tmp_path, leaf(digits, "xs:decimal"))
    assert found["/E", "permitted"].domain is None
    assert found["/E", "permitted"].text == "xs:decimal, totalDigits 4, fractionDigits 2"
    literals = parse_domain(str(found["/E", "literals"].domain))
    inside = ("99.99", "999.9", "9999", "9999.0", "-0.01", "12.340", "001.1", "+.5", "5.", "0")
    outside = ("9998.99", "100.01", "1.001", "12345", "1e3", "", ".", "-", "1_0")
    assert [text for text in inside if not literals.contains(text)] == []
    assert [text for text in outside if literals.contains(text)] == []


def test_total_digits_of_whole_numbers_are_bounds(tmp_path: Path) -> None:
    digits = '<xs:totalDigits value="4"/><xs:fractionDigits value="0"/>'
    assert permitted(tmp_path, leaf(digits, "xs:decimal")) == parse_domain("-9999..9999")


def test_total_digits_of_a_base_bind_with_the_fraction_digits_of_a_restriction(tmp_path: Path) -> None:
    body = f"""
{leaf('<xs:fractionDigits value="2"/><xs:minInclusive value="0"/><xs:maxInclusive value="9"/>', "t:Base")}
{simple_type("Base", "xs:decimal", '<xs:totalDigits value="3"/>')}
"""
    assert permitted(tmp_path, body) == parse_domain("0..9 step 0.01")


def test_lists_count_entries(tmp_path: Path) -> None:
    body = f"""
{leaf('<xs:maxLength value="2"/>', "t:Many")}
<xs:simpleType name="Many"><xs:list itemType="xs:unsignedByte"/></xs:simpleType>
"""
    assert permitted(tmp_path, body) == parse_domain("list(0..255, 0..2)")
    built_in = permitted(tmp_path, '<xs:element name="E" type="xs:NMTOKENS"/>')
    assert built_in.contains(("a", "b"))
    assert not built_in.contains(())


def test_unions_hold_what_any_member_does(tmp_path: Path) -> None:
    body = f"""
<xs:element name="E" type="t:Either" default="off"/>
{simple_type("Word", "xs:string", '<xs:enumeration value="off"/>')}
<xs:simpleType name="Either"><xs:union memberTypes="xs:unsignedByte t:Word"/></xs:simpleType>
"""
    found = rows(tmp_path, body)
    assert parse_domain(str(found["/E", "permitted"].domain)) == parse_domain('0..255 | "off"')
    assert found["/E", "default"].domain == '"off"'
    narrowed = leaf('<xs:enumeration value="7"/><xs:enumeration value="off"/>', "t:Either")
    assert permitted(tmp_path, narrowed + body.split("\n", 2)[2]) == parse_domain('7 | "off"')


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<xs:element name="E" type="xs:double"/>', "the values of xs:double are not worked out"),
        ('<xs:element name="E" type="xs:duration"/>', "the values of xs:duration are not worked out"),
        (leaf('<xs:minInclusive value="1"/>', "xs:double"), "the values of xs:double are not worked out"),
        (leaf('<xs:pattern value="0[0-9]"/>', "xs:integer"), "a pattern on what is no text"),
        (leaf('<xs:totalDigits value="2000"/>', "xs:integer"), "more than 1000 digits"),
    ],
)
def test_what_is_no_domain_keeps_its_text_and_is_reported_once(tmp_path: Path, body: str, reason: str) -> None:
    read = reading(tmp_path, body)
    facts = [row for row in read.extract.rows if row.attribute == "permitted"]
    assert [row.domain for row in facts] == [None]
    assert facts[0].text
    assert [(one.place, one.column, one.text, one.reason) for one in read.unread] == [
        ("line 2", "permitted", facts[0].text, reason)
    ]
    assert read.counts is not None
    assert read.counts["permitted"]["unread"] == 1


def test_members_and_entries_go_by_their_names(tmp_path: Path) -> None:
    body = """
<xs:element name="E"><xs:simpleType><xs:union memberTypes="t:Word"><xs:simpleType>
<xs:restriction base="xs:double"><xs:minInclusive value="1"/></xs:restriction>
</xs:simpleType></xs:union></xs:simpleType></xs:element>
<xs:element name="F"><xs:simpleType><xs:list itemType="xs:double"/></xs:simpleType></xs:element>
<xs:simpleType name="Word"><xs:restriction base="xs:string"/></xs:simpleType>
"""
    found = rows(tmp_path, body)
    assert found["/E", "permitted"].text == "union of (xs:double, minInclusive 1) and t:Word"
    assert found["/F", "permitted"].text == "list of xs:double"


def test_text_stays_only_where_the_domain_does_not_say_as_much(tmp_path: Path) -> None:
    bounded = rows(tmp_path, leaf('<xs:minInclusive value="01"/><xs:maxInclusive value="3.0"/>', "xs:decimal"))
    assert bounded["/E", "permitted"].text == "xs:decimal, minInclusive 01, maxInclusive 3.0"
    listed = rows(tmp_path, leaf('<xs:enumeration value="A"/>'))
    assert listed["/E", "permitted"].text is None
    collapsed = rows(tmp_path, leaf('<xs:whiteSpace value="collapse"/>'))
    assert collapsed["/E", "permitted"].text == "xs:string, whiteSpace collapse"


@pytest.mark.parametrize(
    ("kind", "literal", "domain"),
    [
        ("xs:boolean", "0", "false"),
        ("xs:decimal", "01.50", "1.5"),
        ("xs:string", " x ", '" x "'),
        ("xs:token", " x ", '"x"'),
        ("xs:hexBinary", "0aFF", "0x0AFF"),
    ],
)
def test_defaults_and_fixed_values_are_values_of_their_type(
    tmp_path: Path, kind: str, literal: str, domain: str
) -> None:
    default, fixed = (
        f'<xs:element name="{name[0].upper()}" type="{kind}" {name}="{literal}"/>' for name in ("default", "fixed")
    )
    found = rows(tmp_path, f"{default}\n{fixed}")
    assert (found["/D", "default"].domain, found["/D", "default"].text) == (domain, literal)
    assert (found["/F", "constant"].domain, found["/F", "constant"].source) == (domain, "line 3")
    assert ("/D", "constant") not in found


def test_times_as_single_values(tmp_path: Path) -> None:
    body = "".join(
        f'<xs:element name="E{number}" type="xs:{kind}" default="{value}"/>'
        for number, (kind, value) in enumerate(
            [("time", "23:00:00"), ("date", "2020-02-29+01:00"), ("dateTime", "3000-12-31T00:00:00Z")]
        )
    )
    found = rows(tmp_path, body)
    for number in range(3):
        members = parse_domain(str(found[f"/E{number}", "default"].domain)).members()
        assert members is not None
        assert [str(member) for member in members] == [found[f"/E{number}", "default"].text]


@pytest.mark.parametrize(
    ("base", "restriction", "name", "words"),
    [
        ("xs:string", '<xs:enumeration value="A"/>', "anonymous", "anonymous (xs:string)"),
        ("xs:token", '<xs:pattern value="A+"/>', "anonymous", "anonymous (xs:token)"),
        ("xs:string", '<xs:whiteSpace value="collapse"/>', "anonymous", "anonymous (xs:string, whiteSpace collapse)"),
        ("xs:NMTOKENS", '<xs:maxLength value="2"/>', "anonymous", "anonymous (list of xs:NMTOKEN)"),
    ],
)
def test_the_type_says_how_values_are_written(
    tmp_path: Path, base: str, restriction: str, name: str, words: str
) -> None:
    found = rows(tmp_path, leaf(restriction, base))["/E", "type"]
    assert (found.value, found.text) == (name, words)
    assert parse_form(words) == parse_form(words.partition(" (")[2][:-1])


def test_a_type_that_needs_no_words_has_none(tmp_path: Path) -> None:
    assert rows(tmp_path, '<xs:element name="E" type="xs:token"/>')["/E", "type"].text is None
    named = f'<xs:element name="E" type="t:N"/>{simple_type("N", "xs:int")}'
    assert rows(tmp_path, named)["/E", "type"].text == "t:N (xs:int)"


def test_members_and_entries_say_how_they_are_written(tmp_path: Path) -> None:
    body = f"""
<xs:element name="E" type="t:Either"/>
{simple_type("Word", "xs:token", '<xs:enumeration value="off"/>')}
<xs:simpleType name="Many"><xs:list itemType="xs:int"/></xs:simpleType>
<xs:simpleType name="Either"><xs:union memberTypes="t:Many t:Word"/></xs:simpleType>
"""
    assert rows(tmp_path, body)["/E", "type"].text == "t:Either (union of (list of xs:int) and xs:token)"


@pytest.mark.parametrize(
    ("base", "restriction", "inside", "outside"),
    [
        ("xs:integer", '<xs:pattern value="0[0-9]"/>', ["07"], ["7", "007"]),
        ("xs:boolean", '<xs:pattern value="true|false"/>', ["true"], ["1", "TRUE"]),
        ("xs:hexBinary", '<xs:pattern value="[0-9A-F]*"/>', ["0A"], ["0a", "0"]),
        ("xs:dateTime", '<xs:pattern value=".*Z"/>', ["2025-01-01T00:00:00Z"], ["2025-01-01T00:00:00+01:00"]),
    ],
)
def test_a_pattern_on_what_is_no_text_is_a_set_of_literals(
    tmp_path: Path, base: str, restriction: str, inside: list[str], outside: list[str]
) -> None:
    literals = parse_domain(str(rows(tmp_path, leaf(restriction, base))["/E", "literals"].domain))
    assert [text for text in inside if not literals.contains(text)] == []
    assert [text for text in outside if literals.contains(text)] == []


@pytest.mark.parametrize("value", ["1_0", "1e1", "10/1", "１０"])
def test_a_bound_that_only_python_reads_is_none(tmp_path: Path, value: str) -> None:
    """xmlschema 4.3.2 takes some of these for numbers; they are no literals of xs:integer (Part 2, 3.3.13)."""
    try:
        found = rows(tmp_path, leaf(f'<xs:minInclusive value="{value}"/>', "xs:integer"))
    except UnreadableSource:
        return
    assert found["/E", "permitted"].domain is None


def test_a_default_that_is_not_worked_out_keeps_its_text(tmp_path: Path) -> None:
    read = reading(tmp_path, '<xs:element name="E" type="xs:duration" default="P1D"/>')
    assert [(row.domain, row.text) for row in read.extract.rows if row.attribute == "default"] == [(None, "P1D")]
    assert [one.column for one in read.unread] == ["permitted", "default"]
