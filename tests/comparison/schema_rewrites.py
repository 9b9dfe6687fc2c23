"""The same schema in other words: every document is valid under both texts or under none, and nothing is to be said."""

from __future__ import annotations

from schema_changes import (
    NAMESPACE,
    SchemaChange,
    document,
    documents,
    element,
    everything,
    models,
    one_of,
    request,
    schema,
    seq,
    texts,
)

A, B, C, D = (element(name) for name in "ABCD")
NAMED = '<xs:complexType name="Inner">' + seq(A, B) + "</xs:complexType>"
ANONYMOUS = f'<xs:element name="P"><xs:complexType>{seq(A, B)}</xs:complexType></xs:element>'
BELOW = tuple(
    document(f"<sr:P>{content}</sr:P>")
    for content in ("", "<sr:A>1</sr:A><sr:B>1</sr:B>", "<sr:B>1</sr:B><sr:A>1</sr:A>", "<A>1</A>")
)
CHILDREN = documents("ABC", 3)
ATTRIBUTES = tuple(document("", text) for text in ("", 'x="1"', 'y="1"', 'x="1" y="1"', 'x="a"', 'sr:x="1"'))
X, Y = (f'<xs:attribute name="{name}" type="xs:int"/>' for name in "xy")
PLAIN = schema(request(seq(A, B)))
REFERRED = schema(request(seq('<xs:element ref="sr:G"/>')) + element("G"))
GLOBAL = tuple(document(text) for text in ("<sr:G>1</sr:G>", "<G>1</G>", "<sr:G>x</sr:G>"))
GROUPS = (
    f'<xs:group name="g">{seq(A, B)}</xs:group>'
    f'<xs:attributeGroup name="a">{X}{Y}</xs:attributeGroup>'
)  # fmt: skip
IDENTITY = (
    '<xs:element name="Request"><xs:complexType>'
    + seq('<xs:element name="I" maxOccurs="9"><xs:complexType><xs:attribute name="k"/></xs:complexType></xs:element>')
    + '</xs:complexType><xs:unique name="u"><xs:selector xpath="sr:I"/><xs:field xpath="@k"/></xs:unique></xs:element>'
)
ITEMS = tuple(document(text) for text in ('<sr:I k="1"/>', '<sr:I k="1"/><sr:I k="1"/>', '<sr:I k="1"/><sr:I k="2"/>'))
WILD = tuple(document(text) for text in ("<sr:A>1</sr:A>", '<x xmlns="urn:x"/>', "<x/>", "<sr:H/>"))


def wild(attributes: str) -> str:
    """A schema of one wildcard."""
    return schema(request(seq(f'<xs:any processContents="lax" {attributes}/>')))


def rewritten(name: str, old: str, new: str, candidates: tuple[str, ...]) -> SchemaChange:
    """Two texts of one schema."""
    return SchemaChange(name, old, new, candidates)


REWRITES = (
    models("a choice of one", seq(A, B), seq(one_of(A), B)),
    models("a choice of one that is optional", seq(one_of(A, occurs="0..1"), B), seq(element("A", "0..1"), B)),
    models("nested sequences", seq(seq(A, B), C), seq(A, seq(B, C))),
    models("nested choices", seq(one_of(one_of(A, B), C)), seq(one_of(A, B, C))),
    models("alternatives in another order", seq(one_of(A, B, C)), seq(one_of(C, B, A))),
    models("the order of an all group", everything(A, B, element("C", "0..1")), everything(element("C", "0..1"), B, A)),
    models(
        "an optional element in an optional group",
        seq(seq(element("A", "0..1"), occurs="0..1"), B),
        seq(element("A", "0..1"), B),
    ),
    models(
        "an optional alternative and an optional choice",
        seq(one_of(A, element("B", "0..1"))),
        seq(one_of(A, B, occurs="0..1")),
    ),
    models("a repetition in a repetition", seq(seq(element("A", "0..1"), occurs="0..3")), seq(element("A", "0..3"))),
    models(
        "any number of any number",
        seq(one_of(element("A", "1..*"), B, occurs="0..*")),
        seq(one_of(A, B, occurs="0..*")),
    ),
    models("a group that is empty", seq(A, seq(), B), seq(A, B)),
    models(
        "an alternative that repeats anyway",
        seq(one_of(A, B, occurs="1..*")),
        seq(one_of(A, element("B", "1..2"), occurs="1..*")),
    ),
    models("a choice written as a sequence after its first element", seq(A, one_of(B, C)), seq(seq(A), one_of(C, B))),
    models("an element that may not occur", seq(A, B), seq(A, element("C", "0..0"), B)),
    models("two in a row and twice the same", seq(A, B, B), seq(A, element("B", "2..2"))),
    texts(
        "occurrence spelt out",
        PLAIN,
        ('name="A" type="xs:int"', 'name="A" type="xs:int" minOccurs="1" maxOccurs="1"'),
        *CHILDREN,
    ),
    texts(
        "occurrence with zeros in front",
        PLAIN,
        ('name="A" type="xs:int"', 'name="A" type="xs:int" minOccurs="01"'),
        *CHILDREN,
    ),
    texts(
        "a comment and an annotation",
        PLAIN,
        (
            "<xs:complexType>",
            "<!-- c --><xs:complexType><xs:annotation><xs:documentation>A, B | C</xs:documentation></xs:annotation>",
        ),
        *CHILDREN,
    ),
    texts("form said twice", PLAIN, ('name="A"', 'name="A" form="qualified"'), *CHILDREN),
    texts("another prefix of the own namespace, unused", PLAIN, ("xmlns:sr=", "xmlns:sr2="), *CHILDREN),
    rewritten("xsd for xs", PLAIN, PLAIN.replace("xs:", "xsd:").replace("xmlns:xs=", "xmlns:xsd="), CHILDREN),
    rewritten(
        "another prefix of the own namespace",
        REFERRED,
        REFERRED.replace("sr:", "t:").replace("xmlns:sr=", "xmlns:t="),
        GLOBAL,
    ),
    rewritten(
        "the own namespace as the default", REFERRED, REFERRED.replace("sr:", "").replace("xmlns:sr=", "xmlns="), GLOBAL
    ),
    rewritten(
        "unqualified by default, and each form said",
        PLAIN,
        schema(request(seq(*(f'<xs:element form="qualified" name="{name}" type="xs:int"/>' for name in "AB"))), ""),
        CHILDREN,
    ),
    rewritten(
        "a type that is named",
        schema(request(seq(ANONYMOUS))),
        schema(request(seq('<xs:element name="P" type="sr:Inner"/>')) + NAMED),
        BELOW,
    ),
    rewritten(
        "a type of another name",
        schema(request(seq('<xs:element name="P" type="sr:Inner"/>')) + NAMED),
        schema(request(seq('<xs:element name="P" type="sr:Other"/>')) + NAMED.replace("Inner", "Other")),
        BELOW,
    ),
    rewritten(
        "a named group and its content",
        schema(request('<xs:group ref="sr:g"/>') + GROUPS),
        schema(request(seq(A, B))),
        CHILDREN,
    ),
    rewritten(
        "an attribute group and its content",
        schema(request("", '<xs:attributeGroup ref="sr:a"/>') + GROUPS),
        schema(request("", X + Y)),
        ATTRIBUTES,
    ),
    rewritten("attributes in another order", schema(request("", X + Y)), schema(request("", Y + X)), ATTRIBUTES),
    rewritten(
        "an attribute that is prohibited",
        schema(request("", X)),
        schema(request("", X + '<xs:attribute name="y" use="prohibited"/>')),
        ATTRIBUTES,
    ),
    rewritten(
        "declarations in another order",
        schema(request(seq('<xs:element name="P" type="sr:Inner"/>')) + NAMED),
        schema(NAMED + request(seq('<xs:element name="P" type="sr:Inner"/>'))),
        BELOW,
    ),
    rewritten("a global element and a local one", REFERRED, schema(request(seq(element("G"))) + element("G")), GLOBAL),
    rewritten(
        "an extension written out",
        schema(
            request(seq('<xs:element name="P" type="sr:More"/>'))
            + f'<xs:complexType name="Less">{seq(A)}</xs:complexType><xs:complexType name="More"><xs:complexContent>'
            + f'<xs:extension base="sr:Less">{seq(B)}</xs:extension></xs:complexContent></xs:complexType>'
        ),
        schema(request(seq(ANONYMOUS))),
        BELOW,
    ),
    rewritten("an unused type", PLAIN, schema(request(seq(A, B)) + NAMED), CHILDREN),
    rewritten(
        "an identity constraint of another name",
        schema(IDENTITY),
        schema(IDENTITY.replace('name="u"', 'name="v"')),
        ITEMS,
    ),
    rewritten(
        "paths of an identity constraint spelt out",
        schema(IDENTITY),
        schema(IDENTITY.replace('"sr:I"', '"./child::sr:I"').replace('"@k"', '"attribute::k"')),
        ITEMS,
    ),
    rewritten(
        "an identity constraint by another prefix",
        schema(IDENTITY),
        schema(IDENTITY).replace("sr:", "t:").replace("xmlns:sr=", "xmlns:t="),
        ITEMS,
    ),
    rewritten(
        "namespaces of a wildcard in another order",
        wild('namespace="urn:x ##local"'),
        wild('namespace="##local urn:x"'),
        WILD,
    ),
    rewritten(
        "its own namespace by its name", wild('namespace="##targetNamespace"'), wild(f'namespace="{NAMESPACE}"'), WILD
    ),
    rewritten("any namespace said", wild(""), wild('namespace="##any"'), WILD),
    texts("not nillable, said", PLAIN, ('name="A"', 'nillable="false" name="A"'), *CHILDREN),
    texts("not mixed and not abstract, said", PLAIN, ("<xs:complexType>", '<xs:complexType mixed="false">'), *CHILDREN),
    texts(
        "final says nothing of documents",
        PLAIN,
        ('elementFormDefault="qualified"', 'elementFormDefault="qualified" finalDefault="#all"'),
        *CHILDREN,
    ),
)
