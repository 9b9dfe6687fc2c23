"""Kinds of change of what may stand for what: identity, substitution groups, derived types, nil, mixed content."""

from __future__ import annotations

from schema_changes import SchemaChange, document, edited, element, request, schema, seq, texts

A, B, C = (element(name) for name in "ABC")

ITEMS = schema(
    '<xs:element name="Request"><xs:complexType>'
    + seq(
        f'<xs:element name="I" maxOccurs="unbounded"><xs:complexType>{seq(element("K", "0..1"))}'
        '<xs:attribute name="k" type="xs:int"/><xs:attribute name="l" type="xs:int"/></xs:complexType></xs:element>',
        element("R", "0..*"),
    )
    + "</xs:complexType><!-- here --></xs:element>"
)
ITEM_DOCUMENTS = tuple(
    document(text)
    for text in (
        '<sr:I k="1"/>',
        '<sr:I k="1"/><sr:I k="2"/>',
        '<sr:I k="1"/><sr:I k="1"/>',
        "<sr:I/>",
        '<sr:I k="1" l="1"/><sr:I k="1" l="2"/>',
        '<sr:I k="1" l="1"/><sr:I k="1" l="1"/>',
        '<sr:I k="1"/><sr:R>1</sr:R>',
        '<sr:I k="1"/><sr:R>2</sr:R>',
        '<sr:I l="1"/><sr:I l="1"/>',
        '<sr:I k="1"/><sr:R>3</sr:R><sr:R>3</sr:R>',
        '<sr:I k="1" l="2"/><sr:R>2</sr:R>',
        '<sr:I k="1" l="2"/><sr:R>1</sr:R>',
        '<sr:I k="1" l="7"/><sr:I k="2" l="7"/>',
        "<sr:I><sr:K>1</sr:K></sr:I><sr:I><sr:K>1</sr:K></sr:I>",
    )
)


def identity(*constraints: str) -> str:
    """The schema of items with identity constraints."""
    return edited(ITEMS, ("<!-- here -->", "".join(constraints)))


def constraint(kind: str, name: str, selector: str, *fields: str, refer: str = "") -> str:
    """An identity constraint."""
    paths = "".join(f'<xs:field xpath="{field}"/>' for field in fields)
    refers = f' refer="sr:{refer}"' if refer else ""
    return f'<xs:{kind} name="{name}"{refers}><xs:selector xpath="{selector}"/>{paths}</xs:{kind}>'


UNIQUE, KEY = constraint("unique", "u", "sr:I", "@k"), constraint("key", "u", "sr:I", "@k")
IDENTITY = tuple(
    SchemaChange(name, identity(*old), identity(*new), ITEM_DOCUMENTS)
    for name, old, new in (
        ("values have to be unique", (), (UNIQUE,)),
        ("values are keys", (), (KEY,)),
        ("unique values become keys", (UNIQUE,), (KEY,)),
        ("values are unique together with another", (UNIQUE,), (constraint("unique", "u", "sr:I", "@k", "@l"),)),
        ("other values are unique", (UNIQUE,), (constraint("unique", "u", "sr:I", "@l"),)),
        ("values have to refer to a key", (KEY,), (KEY, constraint("keyref", "r", "sr:R", ".", refer="u"))),
        ("values of other elements are unique", (UNIQUE,), (constraint("unique", "u", "sr:R", "."),)),
        (
            "values of more elements are unique",
            (constraint("unique", "u", "sr:R", "."),),
            (constraint("unique", "u", "sr:R | sr:I/sr:K", "."),),
        ),
    )
)

MEMBERS = request(seq('<xs:element ref="sr:Head"/>')) + (
    '<xs:element name="Head" type="sr:Base"/>'
    '<xs:element name="One" type="sr:Base" substitutionGroup="sr:Head"/>'
    '<xs:element name="Two" type="sr:Base"/>'
    f'<xs:complexType name="Base">{seq(A)}</xs:complexType>'
)
MEMBER_DOCUMENTS = tuple(document(f"<sr:{name}><sr:A>1</sr:A></sr:{name}>") for name in ("Head", "One", "Two"))
SUBSTITUTION = tuple(
    texts(name, schema(MEMBERS), edit, *MEMBER_DOCUMENTS)
    for name, edit in (
        ("the head of a substitution group is abstract", ('name="Head"', 'name="Head" abstract="true"')),
        ("a member leaves the substitution group", (' substitutionGroup="sr:Head"', "")),
        ("a member joins the substitution group", ('name="Two"', 'name="Two" substitutionGroup="sr:Head"')),
        ("the head allows no substitution", ('name="Head"', 'name="Head" block="substitution"')),
        (
            "the schema allows no substitution",
            ('elementFormDefault="qualified"', 'elementFormDefault="qualified" blockDefault="#all"'),
        ),
        ("a member is abstract", ('name="One"', 'name="One" abstract="true"')),
    )
)

DERIVED = request(seq('<xs:element name="P" type="sr:Base"/>')) + (
    f'<xs:complexType name="Base">{seq(A)}</xs:complexType>'
    f'<xs:complexType name="More"><xs:complexContent><xs:extension base="sr:Base">{seq(element("B"))}'
    "</xs:extension></xs:complexContent></xs:complexType>"
    f'<xs:complexType name="Less"><xs:complexContent><xs:restriction base="sr:Base">{seq(A)}'
    "</xs:restriction></xs:complexContent></xs:complexType>"
)
DERIVED_DOCUMENTS = tuple(
    document(f"<sr:P{kind}>{content}</sr:P>")
    for kind in ("", *(f' xsi:type="sr:{name}"' for name in ("Base", "More", "Less", "Most")))
    for content in (
        "",
        "<sr:A>1</sr:A>",
        "<sr:A>1</sr:A><sr:B>2</sr:B>",
        "<sr:A>1</sr:A><sr:B>true</sr:B>",
        "<sr:A>1</sr:A><sr:B>2</sr:B><sr:C>1</sr:C>",
        "<sr:A>1</sr:A><sr:C>1</sr:C>",
    )
)
MOST = (
    f'<xs:complexType name="Most"><xs:complexContent><xs:extension base="sr:More">{seq(C)}</xs:extension>'
    "</xs:complexContent></xs:complexType>"
)
DERIVATION = tuple(
    texts(name, schema(DERIVED), edit, *DERIVED_DOCUMENTS)
    for name, edit in (
        ("the declared type is abstract", ('name="Base"', 'name="Base" abstract="true"')),
        ("a derived type is abstract", ('name="More"', 'name="More" abstract="true"')),
        ("a derived type has another name", ('name="More"', 'name="Most"')),
        ("no type by extension may stand for another", ('name="P"', 'name="P" block="extension"')),
        ("no type by restriction may stand for another", ('name="Base"', 'name="Base" block="restriction"')),
        (
            "no type may stand for another",
            ('elementFormDefault="qualified"', 'elementFormDefault="qualified" blockDefault="extension restriction"'),
        ),
        ("another type is derived", ("</xs:schema>", f"{MOST}</xs:schema>")),
        ("a derived type holds another element", (seq(element("B")), seq(element("B"), element("C", "0..1")))),
        ("a derived type holds values of another type", (element("B"), element("B", "", "xs:boolean"))),
    )
)

NIL = schema(request(seq('<xs:element name="A" type="xs:int"/>')))
NIL_DOCUMENTS = tuple(
    document(f"<sr:A{attribute}>{text}</sr:A>")
    for attribute in ("", ' xsi:nil="true"', ' xsi:nil="false"')
    for text in ("", "1")
)
MIXED = schema(request(seq(A)))
MIXED_DOCUMENTS = tuple(document(text) for text in ("<sr:A>1</sr:A>", "words<sr:A>1</sr:A>", "words", ""))
REST = (
    texts("an element may be nil", NIL, ('name="A"', 'name="A" nillable="true"'), *NIL_DOCUMENTS),
    texts(
        "text may stand among the elements",
        MIXED,
        ("<xs:complexType>", '<xs:complexType mixed="true">'),
        *MIXED_DOCUMENTS,
    ),
    SchemaChange(
        "an empty element may hold text",
        schema(request("")),
        schema(request("", mixed=' mixed="true"')),
        MIXED_DOCUMENTS,
    ),
    SchemaChange(
        "text may stand among elements of any name",
        schema(request(seq('<xs:any processContents="skip"/>'))),
        schema(request(seq('<xs:any processContents="skip"/>'), mixed=' mixed="true"')),
        MIXED_DOCUMENTS,
    ),
)

TYPES = (*IDENTITY, *SUBSTITUTION, *DERIVATION, *REST)
