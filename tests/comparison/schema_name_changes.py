"""Kinds of change of names: forms, namespaces, and wildcards, which take elements and attributes of any name."""

from __future__ import annotations

from schema_changes import NAMESPACE, OTHER, SchemaChange, document, element, request, schema, seq, texts

A, B = (element(name) for name in "AB")

LEAVES = ("<{p}A>1</{p}A><{p}B>1</{p}B>", "<A>1</A><sr:B>1</sr:B>", "<sr:A>1</sr:A><B>1</B>")
FORMS = tuple(document(leaf.format(p=prefix)) for leaf in LEAVES for prefix in ("sr:", ""))
QUALIFIED = schema(request(seq(A, B)))
ATTRIBUTES = tuple(document("", text) for text in ("", 'x="1"', 'sr:x="1"', 'x="1" sr:x="1"'))
WITH_ATTRIBUTE = schema(request("", '<xs:attribute name="x" type="xs:int"/>'))
NESTED = schema(request(seq('<xs:element name="P"><xs:complexType>' + seq(A) + "</xs:complexType></xs:element>")))

FORM = (
    texts(
        "elements are unqualified",
        QUALIFIED,
        ('elementFormDefault="qualified"', 'elementFormDefault="unqualified"'),
        *FORMS,
    ),
    texts("the default of forms goes", QUALIFIED, ('elementFormDefault="qualified"', ""), *FORMS),
    texts("one element is unqualified", QUALIFIED, ('name="A"', 'name="A" form="unqualified"'), *FORMS),
    texts(
        "attributes are qualified",
        WITH_ATTRIBUTE,
        ('elementFormDefault="qualified"', 'attributeFormDefault="qualified"'),
        *ATTRIBUTES,
    ),
    texts("one attribute is qualified", WITH_ATTRIBUTE, ('name="x"', 'name="x" form="qualified"'), *ATTRIBUTES),
    texts(
        "elements below are unqualified, too",
        NESTED,
        ('elementFormDefault="qualified"', 'elementFormDefault="unqualified"'),
        *(document(text) for text in ("<P><A>1</A></P>", "<sr:P><sr:A>1</sr:A></sr:P>", "<sr:P><A>1</A></sr:P>")),
    ),
    texts(
        "only an element below is unqualified",
        NESTED,
        ('name="A"', 'name="A" form="unqualified"'),
        *(document(text) for text in ("<P><A>1</A></P>", "<sr:P><sr:A>1</sr:A></sr:P>", "<sr:P><A>1</A></sr:P>")),
    ),
)


def wild(attributes: str) -> str:
    """A schema with a wildcard behind an element, and a global element ``G`` for those that are held against one."""
    return schema(request(seq(A, f"<xs:any {attributes}/>")) + element("G"))


KNOWN, BROKEN, UNDECLARED = "<sr:G>1</sr:G>", "<sr:G>x</sr:G>", "<sr:H/>"
FOREIGN, LOCAL, ELSEWHERE = f'<o:x xmlns:o="{OTHER}"/>', "<x/>", '<o:x xmlns:o="urn:elsewhere"/>'
STRANGERS = ("", KNOWN, BROKEN, UNDECLARED, FOREIGN, LOCAL, ELSEWHERE, FOREIGN * 2, KNOWN * 2)
WILD = tuple(document(f"<sr:A>1</sr:A>{text}") for text in STRANGERS)
WILD_ATTRIBUTES = tuple(
    document("", text)
    for text in (
        "",
        'y="1"',
        'sr:y="1"',
        f'xmlns:o="{OTHER}" o:y="1"',
        'xmlns:o="urn:elsewhere" o:y="1"',
        'sr:g="1"',
        'sr:g="x"',
    )
)


def wild_attribute(attributes: str) -> str:
    """A schema whose root takes attributes that it does not name, and a global attribute ``g``."""
    return schema(request("", f"<xs:anyAttribute {attributes}/>") + '<xs:attribute name="g" type="xs:int"/>')


WILDCARDS = (
    tuple(
        SchemaChange(name, wild(old), wild(new), WILD)
        for name, old, new in (
            (
                "a wildcard is skipped and not held against declarations",
                'processContents="lax"',
                'processContents="skip"',
            ),
            ("a wildcard is strict", 'processContents="lax"', 'processContents="strict"'),
            ("a wildcard is strict by default", 'processContents="skip"', ""),
            (
                "a wildcard keeps to other namespaces",
                'processContents="skip"',
                'processContents="skip" namespace="##other"',
            ),
            (
                "a wildcard keeps to its own namespace",
                'processContents="skip"',
                'processContents="skip" namespace="##targetNamespace"',
            ),
            (
                "a wildcard keeps to one namespace",
                'processContents="skip" namespace="##other"',
                f'processContents="skip" namespace="{OTHER}"',
            ),
            (
                "a wildcard takes another namespace",
                f'processContents="skip" namespace="{OTHER}"',
                'processContents="skip" namespace="urn:elsewhere"',
            ),
            (
                "a wildcard takes unqualified elements besides",
                f'processContents="skip" namespace="{OTHER}"',
                f'processContents="skip" namespace="{OTHER} ##local"',
            ),
            ("a wildcard becomes optional", 'processContents="skip"', 'processContents="skip" minOccurs="0"'),
            ("a wildcard repeats", 'processContents="skip"', 'processContents="skip" maxOccurs="2"'),
        )
    )
    + tuple(
        SchemaChange(name, wild_attribute(old), wild_attribute(new), WILD_ATTRIBUTES)
        for name, old, new in (
            ("any attribute is strict", 'processContents="lax"', 'processContents="strict"'),
            (
                "any attribute keeps to other namespaces",
                'processContents="skip"',
                'processContents="skip" namespace="##other"',
            ),
            (
                "any attribute keeps to one namespace",
                'processContents="skip" namespace="##other"',
                f'processContents="skip" namespace="{OTHER}"',
            ),
        )
    )
    + (
        SchemaChange(
            "a wildcard is new",
            schema(request(seq(A))),
            schema(request(seq(A, '<xs:any namespace="##other" processContents="skip" minOccurs="0"/>'))),
            WILD,
        ),
        SchemaChange(
            "a wildcard is new and has to be taken",
            schema(request(seq(A))),
            schema(request(seq(A, '<xs:any namespace="##other" processContents="skip"/>'))),
            WILD,
        ),
        SchemaChange(
            "attributes of any name are new",
            schema(request("")),
            schema(request("", '<xs:anyAttribute processContents="skip"/>')),
            WILD_ATTRIBUTES,
        ),
    )
)

REST = (
    texts("an attribute is mandatory", WITH_ATTRIBUTE, ('name="x"', 'name="x" use="required"'), *ATTRIBUTES),
    texts("an attribute goes", WITH_ATTRIBUTE, ('<xs:attribute name="x" type="xs:int"/>', ""), *ATTRIBUTES),
    texts(
        "the root has another name",
        QUALIFIED,
        ('name="Request"', 'name="Requests"'),
        *FORMS,
        *(one.replace("Request>", "Requests>").replace("sr:Request ", "sr:Requests ") for one in FORMS),
    ),
    texts(
        "another namespace",
        QUALIFIED,
        (f'targetNamespace="{NAMESPACE}"', f'targetNamespace="{OTHER}/ServiceUserGateway"'),
        *FORMS,
        *(one.replace(NAMESPACE, f"{OTHER}/ServiceUserGateway") for one in FORMS),
    ),
)

NAMES = (*FORM, *WILDCARDS, *REST)
