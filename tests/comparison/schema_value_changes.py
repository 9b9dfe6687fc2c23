"""Kinds of change of what a value may be, and of how it may be written: facets, types, blanks, times, lists, unions.

Documents hold one value in an element and in an attribute: the candidates of each kind are written in both.
"""

from __future__ import annotations

from schema_changes import SchemaChange, document, request, schema, seq

BLANKS = ("", " ", "\n", "\t", "\u00a0")
NUMBERS = (
    *("0", "1", "9", "10", "99", "100", "101", "127", "128", "255", "256", "999", "1000", "32768", "-1", "-9", "-129"),
    *(
        "1.0",
        "1.5",
        "1.25",
        "01",
        "007",
        "+5",
        "-0",
        "5.",
        ".5",
        "0.001",
        "99.99",
        "999.9",
        "999.99",
        "100.01",
        "1000.01",
        "9999",
        "9998.99",
        "12345",
    ),
    *(
        "1e1",
        "INF",
        "NaN",
        "1_0",
        "",
        " 7 ",
        "7\n",
        "9.99",
        "10.0",
        "2.50",
        "0.25",
        "65535",
        "4294967296",
        "abc",
        "0x1",
    ),
)
TEXTS = (
    *(
        "",
        "a",
        "ab",
        "abc",
        "abcd",
        "abcde",
        "A",
        "B",
        "C",
        " A",
        "A ",
        "A\n",
        "A  B",
        "A B",
        "A\tB",
        "\u00a0A",
        " ",
        "   ",
    ),
    *(
        "12",
        "123",
        "1234",
        "a1",
        "é",
        "éé",
        "_",
        "-",
        "a-b",
        "A\nB",
        " ab",
        "ab ",
        "a  ",
        "0A",
        "0a",
        "AAAA",
        "AAA=",
        "Zz9",
    ),
)
OCTETS = (
    "",
    "0A",
    "0a",
    "0A0B",
    "0A0B0C",
    "0A0B0C0D",
    "AAAA",
    "AAA=",
    "Cg==",
    "AA",
    "0",
    "A",
    " 0A ",
    "CgsMDQ==",
    "Cgs=",
)
TRUTH = ("true", "false", "1", "0", "TRUE", " true ", "yes", "")
TIMES = (
    *(
        "00:00:00",
        "24:00:00",
        "12:00:00",
        "09:59:59",
        "10:00:00",
        "17:00:00.5",
        "00:00:00Z",
        "12:00:00Z",
        "13:00:00+01:00",
    ),
    *("23:59:59", "12:00:00+14:00", "12:00:00-14:00", "10:00:00Z", "1:00:00", "25:00:00", "", "23:59:59.999Z"),
)
DATES = (
    *("2024-02-29", "2025-02-29", "2025-02-30", "2025-01-01", "2025-01-01Z", "2024-12-31", "2024-12-31Z", "2025-01-02"),
    *(
        "2025-01-01+14:00",
        "2025-01-01-14:00",
        "2030-12-31",
        "2030-12-31Z",
        "2031-01-01",
        "0000-01-01",
        "2025-06-01",
        "x",
    ),
    *(
        "2025-01-03",
        "2029-06-01Z",
        "2029-12-31Z",
        "2030-01-01Z",
        "2030-01-01",
        "2030-01-02",
        "2029-12-30",
        "12025-01-01",
    ),
    *("2031-01-01Z", "2025-01-02Z", "2030-12-30", "2029-12-31", "2025-01-01-12:00", "2025-01-02+12:00"),
)
MOMENTS = (
    *("2024-12-31T24:00:00Z", "2025-01-01T00:00:00Z", "2025-01-01T01:00:00+01:00", "2025-01-01T00:00:00", "2025-01-01"),
    *(
        "2024-12-31T23:59:59Z",
        "2025-01-01T00:00:01Z",
        "2025-01-01T14:00:01",
        "2024-12-31T09:59:59",
        "2025-02-30T00:00:00Z",
    ),
    *(
        "2025-01-02T00:00:00Z",
        "2025-01-02T00:00:01Z",
        "2025-01-01T12:00:00Z",
        "2025-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00Z",
    ),
    *(
        "2025-01-02T00:00:00",
        "2026-01-01T00:00:00",
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00",
        "2024-12-31T24:00:00",
    ),
)
LISTS = ("", "1", "1 2", "1  2", " 1 2 ", "1\n2", "1 2 3", "1 2 3 4", "1,2", "1 256", "a b", "a", "-1", "300", "1.0 2")
WORDS = ("1", "10", "300", "off", "on", " off ", "OFF", "-1", "true", "1.5", "", "2025-01-01", "off\n")


def of(base: str, *facets: tuple[str, str]) -> str:
    """A restriction of a type, anonymous."""
    inside = "".join(f'<xs:{name} value="{value}"/>' for name, value in facets)
    return f'<xs:simpleType><xs:restriction base="{base}">{inside}</xs:restriction></xs:simpleType>'


def one_of(base: str, *values: str) -> str:
    """An enumeration."""
    return of(base, *(("enumeration", value) for value in values))


def matching(base: str, *patterns: str) -> str:
    """Patterns of one step: alternatives."""
    return of(base, *(("pattern", pattern) for pattern in patterns))


def narrowed(inner: str, *facets: tuple[str, str]) -> str:
    """A restriction of an anonymous type."""
    inside = "".join(f'<xs:{name} value="{value}"/>' for name, value in facets)
    return f"<xs:simpleType><xs:restriction>{inner}{inside}</xs:restriction></xs:simpleType>"


def list_of(item: str) -> str:
    """A list of a built-in type."""
    return f'<xs:simpleType><xs:list itemType="{item}"/></xs:simpleType>'


def either(*members: str) -> str:
    """A union of anonymous types."""
    return f"<xs:simpleType><xs:union>{''.join(members)}</xs:union></xs:simpleType>"


def valued(kind: str, more: str = "") -> str:
    """A schema of a request with a value of a type in the element ``V`` and in the attribute ``v``."""
    return schema(
        request(
            seq(f'<xs:element name="V" minOccurs="0"{more}>{kind}</xs:element>'),
            f'<xs:attribute name="v">{kind}</xs:attribute>',
        )
    )


def escaped(literal: str) -> str:
    """A literal as an attribute's value: line feeds and tabs as references, so that no parser turns them to blanks."""
    return literal.replace("\n", "&#10;").replace("\t", "&#9;")


def documents(literals: tuple[str, ...]) -> tuple[str, ...]:
    """Documents with each literal in the element, and with each in the attribute."""
    inside = tuple(document(f"<sr:V>{literal}</sr:V>") for literal in literals)
    return (*inside, *(document(attributes=f'v="{escaped(literal)}"') for literal in literals))


def kind(name: str, old: str, new: str, literals: tuple[str, ...]) -> SchemaChange:
    """A change of the type of a value."""
    return SchemaChange(name, valued(old), valued(new), documents(literals))


def facet(base: str, name: str, old: str, new: str, literals: tuple[str, ...]) -> SchemaChange:
    """A facet that moves; an empty value is none."""
    before, after = (of(base, *([(name, value)] if value else [])) for value in (old, new))
    words = "is new" if not old else f"{old} becomes {new}"
    return kind(f"{name} of {base} {words}", before, after, literals)


D = "xs:decimal"
FACETS = (
    facet("xs:int", "minInclusive", "", "1", NUMBERS),
    facet("xs:int", "minInclusive", "1", "10", NUMBERS),
    facet("xs:int", "maxExclusive", "", "100", NUMBERS),
    facet(D, "maxInclusive", "100", "99.99", NUMBERS),
    facet(D, "minExclusive", "0", "1", NUMBERS),
    kind(
        "an exclusive bound becomes an inclusive one",
        of(D, ("minExclusive", "1")),
        of(D, ("minInclusive", "1")),
        NUMBERS,
    ),
    facet(D, "fractionDigits", "", "2", NUMBERS),
    facet(D, "fractionDigits", "2", "1", NUMBERS),
    facet("xs:int", "totalDigits", "", "3", NUMBERS),
    facet("xs:int", "totalDigits", "3", "2", NUMBERS),
    kind(
        "digits are counted in all",
        of(D, ("fractionDigits", "2")),
        of(D, ("totalDigits", "4"), ("fractionDigits", "2")),
        NUMBERS,
    ),
    facet("xs:string", "length", "2", "3", TEXTS),
    facet("xs:string", "minLength", "", "2", TEXTS),
    facet("xs:string", "maxLength", "4", "3", TEXTS),
    facet("xs:token", "maxLength", "", "2", TEXTS),
    facet("xs:hexBinary", "length", "1", "2", OCTETS),
    facet("xs:base64Binary", "maxLength", "", "3", OCTETS),
)
TYPES_SWAPPED = tuple(
    kind(f"{old} becomes {new}", of(old), of(new), literals)
    for old, new, literals in (
        ("xs:integer", "xs:int", ("99999999999", *NUMBERS)),
        ("xs:int", "xs:short", NUMBERS),
        ("xs:unsignedShort", "xs:unsignedByte", NUMBERS),
        ("xs:int", "xs:unsignedInt", ("-5", "4294967295", *NUMBERS)),
        ("xs:decimal", "xs:integer", NUMBERS),
        ("xs:nonNegativeInteger", "xs:positiveInteger", NUMBERS),
        ("xs:string", "xs:NMTOKEN", TEXTS),
        ("xs:token", "xs:NCName", TEXTS),
        ("xs:string", "xs:language", TEXTS),
        ("xs:boolean", "xs:unsignedByte", (*TRUTH, *NUMBERS)),
        ("xs:hexBinary", "xs:base64Binary", OCTETS),
        ("xs:string", "xs:hexBinary", (*OCTETS, *TEXTS)),
        ("xs:dateTime", "xs:date", (*MOMENTS, *DATES)),
        ("xs:string", "xs:int", (*NUMBERS, *TEXTS)),
        ("xs:string", "xs:token", TEXTS),
        ("xs:string", "xs:normalizedString", TEXTS),
        ("xs:token", "xs:anyURI", ("a", "b c", "http://a")),
    )
)
WRITTEN = (
    kind("whole decimals become integers", of(D, ("fractionDigits", "0")), of("xs:integer"), NUMBERS),
    kind(
        "whole decimals of a range become integers",
        of(D, ("fractionDigits", "0"), ("minInclusive", "0"), ("maxInclusive", "100")),
        of("xs:integer", ("minInclusive", "0"), ("maxInclusive", "100")),
        NUMBERS,
    ),
    kind("enumerated decimals become integers", one_of(D, "1", "10"), one_of("xs:int", "1", "10"), NUMBERS),
    kind(
        "octets of a length become base64",
        of("xs:hexBinary", ("length", "1")),
        of("xs:base64Binary", ("length", "1")),
        OCTETS,
    ),
    kind("blanks of enumerated texts collapse", one_of("xs:string", "A", "A B"), one_of("xs:token", "A", "A B"), TEXTS),
    kind(
        "blanks of enumerated texts are replaced",
        one_of("xs:string", "A B"),
        one_of("xs:normalizedString", "A B"),
        TEXTS,
    ),
    kind("blanks of a pattern collapse", matching("xs:string", "[A-Z]"), matching("xs:token", "[A-Z]"), TEXTS),
    kind(
        "blanks of a length collapse",
        of("xs:string", ("minLength", "1"), ("maxLength", "3")),
        of("xs:token", ("minLength", "1"), ("maxLength", "3")),
        TEXTS,
    ),
    kind(
        "whiteSpace is stated",
        narrowed(of("xs:string"), ("enumeration", "A")),
        narrowed(of("xs:string", ("whiteSpace", "collapse")), ("enumeration", "A")),
        TEXTS,
    ),
    kind("a pattern leaves words of truth", of("xs:boolean"), matching("xs:boolean", "true|false"), TRUTH),
    kind("a pattern leaves one value of truth", of("xs:boolean"), matching("xs:boolean", "true|1"), TRUTH),
    kind("a pattern is put on a number", of("xs:integer"), matching("xs:integer", "[0-9]{1,2}"), NUMBERS),
    kind("a pattern on a number is narrower", matching("xs:int", "[0-9]+"), matching("xs:int", "[0-9]{2}"), NUMBERS),
    kind(
        "a pattern is put on a number that has bounds",
        of("xs:int", ("minInclusive", "0"), ("maxInclusive", "100")),
        of("xs:int", ("minInclusive", "0"), ("pattern", "[0-9]{1,3}"), ("maxInclusive", "100")),
        NUMBERS,
    ),
    kind(
        "digits of a number that has bounds are counted in all",
        of(D, ("fractionDigits", "2"), ("minInclusive", "0"), ("maxInclusive", "1000")),
        of(D, ("totalDigits", "4"), ("fractionDigits", "2"), ("minInclusive", "0"), ("maxInclusive", "1000")),
        NUMBERS,
    ),
    kind("a pattern is put on octets", of("xs:hexBinary"), matching("xs:hexBinary", "[0-9A-F]*"), OCTETS),
    kind("a pattern is put on a time", of("xs:time"), matching("xs:time", ".*Z"), TIMES),
    kind("a pattern that says nothing", of("xs:hexBinary"), matching("xs:hexBinary", "([0-9A-Fa-f]{2})*"), OCTETS),
)
PATTERNS = (
    kind("a pattern is new", of("xs:string"), matching("xs:string", "[A-Z]+"), TEXTS),
    kind(
        "a pattern has an alternative more",
        matching("xs:string", "[A-Z]"),
        matching("xs:string", "[A-Z]", "[0-9]{2}"),
        TEXTS,
    ),
    kind("a pattern is shorter", matching("xs:string", "[a-z]{1,4}"), matching("xs:string", "[a-z]{1,3}"), TEXTS),
    kind("a pattern takes another class", matching("xs:string", "[a-z]"), matching("xs:string", "[A-Z]"), TEXTS),
    kind(
        "a second step of patterns",
        matching("xs:string", "[a-zA-Z]+"),
        narrowed(matching("xs:string", "[a-zA-Z]+"), ("pattern", "A.*")),
        ("A", "Ab", "b", "ab", "1"),
    ),
    kind("a pattern becomes an enumeration", matching("xs:string", "A|B"), one_of("xs:string", "A"), TEXTS),
    kind("a pattern is the enumeration before", one_of("xs:string", "A", "B"), matching("xs:string", "A|B"), TEXTS),
    kind(
        "letters of words are left",
        matching("xs:string", ".+"),
        matching("xs:string", r"\w+"),
        ("a", "-", "a-b", "1", "+"),
    ),
)
ENUMERATIONS = (
    kind("a value is gone", one_of("xs:string", "A", "B"), one_of("xs:string", "A"), TEXTS),
    kind("a value is new", one_of("xs:token", "A"), one_of("xs:token", "A", "C"), TEXTS),
    kind("a value is replaced", one_of("xs:string", "A"), one_of("xs:string", "B"), TEXTS),
    kind("an enumeration is new", of("xs:string"), one_of("xs:string", "A"), TEXTS),
    kind("numbers are written otherwise", one_of("xs:int", "1", "10"), one_of("xs:int", "010", "+1"), NUMBERS),
    kind(
        "decimals are written otherwise",
        one_of(D, "1.50", "2"),
        one_of(D, "1.5", "2.0"),
        ("1.5", "2", "1.50", "02.", "1"),
    ),
    kind("octets are written otherwise", one_of("xs:hexBinary", "0a0b"), one_of("xs:hexBinary", "0A0B"), OCTETS),
    kind("an enumerated number is gone", one_of("xs:int", "1", "9"), one_of("xs:int", "1"), NUMBERS),
    kind(
        "an enumeration of an enumeration",
        one_of("xs:string", "A", "B"),
        narrowed(one_of("xs:string", "A", "B"), ("enumeration", "B")),
        TEXTS,
    ),
)
ON_TIME = (
    facet("xs:date", "minInclusive", "", "2025-01-01Z", DATES),
    facet("xs:date", "maxInclusive", "2030-12-31Z", "2029-12-31Z", DATES),
    facet("xs:date", "maxExclusive", "2030-12-31", "2030-01-01", DATES),
    facet("xs:date", "minExclusive", "2025-01-01", "2025-01-02", DATES),
    facet("xs:dateTime", "minInclusive", "", "2025-01-01T00:00:00Z", MOMENTS),
    facet("xs:dateTime", "maxExclusive", "2026-01-01T00:00:00Z", "2025-01-02T00:00:00Z", MOMENTS),
    kind(
        "an instant is written in another zone",
        of("xs:dateTime", ("maxInclusive", "2025-01-01T00:00:00Z")),
        of("xs:dateTime", ("maxInclusive", "2025-01-01T01:00:00+01:00")),
        MOMENTS,
    ),
    kind(
        "an enumerated instant is written in another zone",
        one_of("xs:dateTime", "2025-01-01T00:00:00Z"),
        one_of("xs:dateTime", "2025-01-01T01:00:00+01:00"),
        MOMENTS,
    ),
    kind(
        "24:00:00 becomes the next day's 00:00:00",
        of("xs:dateTime", ("maxInclusive", "2024-12-31T24:00:00Z")),
        of("xs:dateTime", ("maxInclusive", "2025-01-01T00:00:00Z")),
        MOMENTS,
    ),
    kind(
        "an enumerated 24:00:00 becomes the next day's 00:00:00",
        one_of("xs:dateTime", "2024-12-31T24:00:00Z"),
        one_of("xs:dateTime", "2025-01-01T00:00:00Z"),
        MOMENTS,
    ),
    facet("xs:time", "minInclusive", "", "10:00:00", TIMES),
    facet("xs:time", "maxInclusive", "12:00:00", "10:00:00", TIMES),
    kind("a time is gone", one_of("xs:time", "12:00:00", "10:00:00"), one_of("xs:time", "12:00:00"), TIMES),
    kind("a date is gone", one_of("xs:date", "2025-01-01", "2025-01-02"), one_of("xs:date", "2025-01-01"), DATES),
    kind("midnight is written otherwise", one_of("xs:time", "24:00:00"), one_of("xs:time", "00:00:00"), TIMES),
)
COMPOUND = (
    kind("a list takes another item", list_of("xs:int"), list_of("xs:unsignedByte"), LISTS),
    kind("a value becomes a list", of("xs:unsignedByte"), list_of("xs:unsignedByte"), LISTS),
    kind(
        "a list is shorter",
        narrowed(list_of("xs:int"), ("maxLength", "3")),
        narrowed(list_of("xs:int"), ("maxLength", "2")),
        LISTS,
    ),
    kind("items of a list are longer", list_of("xs:unsignedInt"), list_of("xs:unsignedLong"), ("1 4294967296", *LISTS)),
    kind(
        "a union has a member more",
        either(of("xs:unsignedByte"), one_of("xs:string", "off")),
        either(of("xs:unsignedByte"), one_of("xs:string", "off", "on")),
        WORDS,
    ),
    kind(
        "a value becomes a union",
        of("xs:unsignedByte"),
        either(of("xs:unsignedByte"), one_of("xs:string", "off")),
        WORDS,
    ),
    kind(
        "blanks of a member collapse",
        either(of("xs:unsignedByte"), one_of("xs:string", "off")),
        either(of("xs:unsignedByte"), one_of("xs:token", "off")),
        WORDS,
    ),
    kind(
        "a union is narrowed",
        either(of("xs:unsignedByte"), one_of("xs:string", "off")),
        one_of("xs:string", "off"),
        WORDS,
    ),
)
FIXED = (
    SchemaChange(
        "a value is fixed",
        valued(of("xs:int")),
        valued(of("xs:int"), ' fixed="7"'),
        documents(("7", "8", "07", " 7", "")),
    ),
    SchemaChange(
        "another value is fixed",
        valued(of("xs:int"), ' fixed="7"'),
        valued(of("xs:int"), ' fixed="8"'),
        documents(("7", "8", "07", "9")),
    ),
    SchemaChange(
        "a fixed value is written otherwise",
        valued(of("xs:int"), ' fixed="7"'),
        valued(of("xs:int"), ' fixed="07"'),
        documents(("7", "07", "8")),
    ),
)
CHAINS = (
    kind(
        "a restriction of a restriction is narrower",
        narrowed(of("xs:int", ("minInclusive", "0")), ("maxInclusive", "100")),
        narrowed(of("xs:int", ("minInclusive", "0")), ("maxInclusive", "99")),
        NUMBERS,
    ),
    kind(
        "the base of a restriction is narrower",
        narrowed(of("xs:int", ("minInclusive", "0")), ("maxInclusive", "100")),
        narrowed(of("xs:int", ("minInclusive", "1")), ("maxInclusive", "100")),
        NUMBERS,
    ),
    kind(
        "two steps become one",
        narrowed(of("xs:int", ("minInclusive", "0")), ("maxInclusive", "100")),
        of("xs:int", ("minInclusive", "0"), ("maxInclusive", "100")),
        NUMBERS,
    ),
)


def request_of(base: str) -> str:
    """A schema of a request with an element of a built-in type."""
    return schema(request(seq(f'<xs:element name="V" type="{base}"/>')))


YEARS = ("2019", "2020", "2021", "2024", "2025", "2026", "1999", "12025", "20", "")
YEARS_AND_MONTHS = ("2024-12", "2025-01", "2025-02", "2025-03", "2025-13", "2025")
DURATIONS = ("P1Y", "P12M", "P11M", "P6M", "P7M", "P1M", "P2Y", "PT0S", "P1D", "-P1Y", "P180D", "P300D", "1Y", "")
FLOATS = ("1", "2", "1.0", "1e0", "4", "5", "6", "9.5", "10", "1e1", "11", "100", "-1", "-INF", "2.5", "x", "")

ORDERED = (
    facet("xs:gYear", "maxInclusive", "2025", "2020", YEARS),
    facet("xs:gYear", "minExclusive", "2019", "2020", YEARS),
    facet("xs:gYear", "minInclusive", "", "2020", YEARS),
    facet("xs:gYearMonth", "maxInclusive", "2025-02", "2025-01", YEARS_AND_MONTHS),
    facet("xs:gMonth", "maxInclusive", "--05", "--04", ("--03", "--04", "--05", "--06", "-04")),
    facet("xs:gDay", "minInclusive", "---02", "---03", ("---01", "---02", "---03", "---04")),
    facet(
        "xs:gMonthDay", "maxInclusive", "--05-31", "--04-30", ("--03-01", "--04-30", "--05-01", "--05-31", "--06-01")
    ),
    facet("xs:duration", "maxInclusive", "P1Y", "P6M", DURATIONS),
    facet("xs:duration", "maxInclusive", "P1Y", "P12M", DURATIONS),
    facet("xs:duration", "minInclusive", "P1M", "P6M", DURATIONS),
    facet("xs:float", "maxInclusive", "10", "5", FLOATS),
    facet("xs:float", "maxInclusive", "10", "1e1", FLOATS),
    facet("xs:double", "minExclusive", "1", "2", FLOATS),
    kind("a float is listed no longer", one_of("xs:float", "1", "2"), one_of("xs:float", "1"), FLOATS),
    kind("a listed double is written otherwise", one_of("xs:double", "1"), one_of("xs:double", "1.0"), FLOATS),
    kind("doubles are listed", of("xs:double"), one_of("xs:double", "1", "2"), FLOATS),
    kind("a float is a double", of("xs:float"), of("xs:double"), FLOATS),
    kind("a float of fewer values is a double", of("xs:float", ("maxInclusive", "10")), of("xs:double"), FLOATS),
    kind(
        "a month is listed no longer",
        one_of("xs:gYearMonth", "2025-01", "2025-02"),
        one_of("xs:gYearMonth", "2025-02"),
        YEARS_AND_MONTHS,
    ),
    kind(
        "the greatest of some listed durations is left out by a bound",
        one_of("xs:duration", "P1M", "P1Y"),
        narrowed(one_of("xs:duration", "P1M", "P1Y"), ("maxExclusive", "P12M")),
        DURATIONS,
    ),
    kind(
        "a restriction of listed floats lists fewer",
        narrowed(one_of("xs:float", "1", "2", "5"), ("enumeration", "1"), ("enumeration", "2")),
        narrowed(one_of("xs:float", "1", "2", "5"), ("enumeration", "2")),
        FLOATS,
    ),
    kind(
        "a bound beside a pattern",
        of("xs:gYear", ("pattern", "20.."), ("maxInclusive", "2025")),
        of("xs:gYear", ("pattern", "20.."), ("maxInclusive", "2020")),
        YEARS,
    ),
)


def referring(name: str, base: str) -> SchemaChange:
    """Names that become identifiers or references to some: documents with two of them, alike and not."""
    pairs = (("a", "a"), ("a", "b"), ("a b", "c"), ("", "a"), ("1", "a"))
    candidates = tuple(document(f"<sr:V>{one}</sr:V>", attributes=f'v="{two}"') for one, two in pairs)
    return SchemaChange(name, valued(of("xs:NCName")), valued(of(base)), candidates)


REFERRING = (
    referring("names are identifiers", "xs:ID"),
    referring("names refer to identifiers", "xs:IDREF"),
    referring("names are those of entities", "xs:ENTITY"),
)
ANY_LITERAL = (
    SchemaChange(
        "a text may be of any simple type",
        request_of("xs:string"),
        request_of("xs:anySimpleType"),
        tuple(document(f"<sr:V>{text}</sr:V>") for text in ("", "a", " a ", "0", "true", "2025-01-01")),
    ),
    SchemaChange(
        "a text without blanks around it may be of any simple type",
        request_of("xs:token"),
        request_of("xs:anySimpleType"),
        tuple(document(f"<sr:V>{text}</sr:V>") for text in ("", "a", " a ", "0", "true", "2025-01-01")),
    ),
    SchemaChange(
        "a value of any simple type has to be a number",
        request_of("xs:anySimpleType"),
        request_of("xs:int"),
        tuple(document(f"<sr:V>{text}</sr:V>") for text in ("", "a", "0", "2025-01-01")),
    ),
)

UNORDERED = frozenset(change.name for change in ON_TIME)
"""Kinds with bounds on times and dates: between a value with a zone and one without there is no order within 14 hours
(Part 2, 3.2.7.3), and neither validator keeps to that."""

VALUES = (
    *FACETS,
    *TYPES_SWAPPED,
    *WRITTEN,
    *PATTERNS,
    *ENUMERATIONS,
    *ON_TIME,
    *COMPOUND,
    *FIXED,
    *CHAINS,
    *ORDERED,
    *REFERRING,
    *ANY_LITERAL,
)
