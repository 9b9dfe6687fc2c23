"""Every attribute that a statement can have: what it may hold, what it says, and how it is treated.

This is the one table of them: whoever needs the names of some takes them from it, and so do the page on
extracts and the JSON Schema of extracts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from gbcscheck.frozen import frozen
from gbcscheck.near_names import did_you_mean

Kind = Literal["domain", "value", "text"]
"""A member of a statement that states something: a set of values, a fact that is no set, the source's own words."""
KINDS: tuple[Kind, ...] = get_args(Kind)

Meaning = Literal["values", "allowed", "presence", "default", "unit", "carried", "described"]
"""What an attribute is to those who follow it: a set of values that may be sent; whether, or how, something may be
done; how often something has to be there, and instead of what; the default; the unit; a fact that decides the octets of
a message; words about a thing, on which nothing that is sent depends."""

Notation = Literal["content model", "wildcard"]
"""How what is stated is written, where that is not the canonical notation of a set and not a fact as it stands."""

Cell = Literal["set", "data type", "texts", "fact", "words"]
"""How a cell of a table of settings is read: as a set of values, the name of a data type, several texts, a number or
text as it stands, or the source's own words."""
CELLS_OF_OWN: Mapping[Kind, Cell] = {"domain": "set", "value": "fact", "text": "words"}
"""The same for an attribute that an extract declares itself, by what it holds."""

Trait = Literal["of items", "several", "overview", "identity", "own name", "structure", "structure at first"]
"""``of items``: a subject without a use case or a path is a data item if it has it. ``several``: a subject may have
several, which list and do not contradict each other. ``overview``: shown beside the sets of values where several
elements are shown. ``identity``: a message names by it what it speaks of. ``own name``: it says the subject's own name
again, and changes with it. ``structure``: what a schema says of children and attributes of an element; ``structure at
first``: extracts have had it since before they stated content models and namespaces."""


@frozen
class Attribute:
    """An attribute of statements: the members in which it is stated (``text`` may stand alone for any of them, where a
    cell could not be read), what it says in one line of Markdown, and how parts of this program treat it. ``titles``
    are those that the columns of tables of settings usually have."""

    name: str
    holds: tuple[Kind, ...]
    says: str
    meaning: Meaning | None = None
    traits: frozenset[Trait] = frozenset()
    notation: Notation | None = None
    cell: Cell = "fact"
    titles: tuple[str, ...] = ()


@frozen
class Group:
    """Attributes of one kind of thing, in the order in which the page on extracts has them."""

    title: str
    attributes: tuple[Attribute, ...]


def _one(
    name: str,
    holds: str,
    says: str,
    meaning: Meaning | None = None,
    *traits: Trait,
    notation: Notation | None = None,
    cell: Cell = "fact",
    titles: str = "",
) -> Attribute:
    """An attribute, with what it holds in words (``value or domain``), and the titles with semicolons between them."""
    kinds = tuple(kind for kind in KINDS if kind in holds.split())
    known = tuple(titles.split("; ")) if titles else ()
    return Attribute(name, kinds, says, meaning, frozenset(traits), notation, cell, known)


GROUPS = (
    Group(
        "Values",
        (
            _one(
                "default",
                "domain",
                "what a device is delivered with",
                "default",
                "of items",
                "overview",
                cell="set",
                titles="Default; Default value; Default values; Default setting; Value; Values; Initial value; "
                "Initial setting; Factory default; Factory setting; Configured value; Setting",
            ),
            _one(
                "permitted",
                "domain",
                "which values the item may have",
                "values",
                "of items",
                cell="set",
                titles="Permitted values; Permitted value; Permitted range; Permitted; Range; Range of values; "
                "Value range; Valid range; Valid values; Allowed values; Allowed range; Possible values",
            ),
            _one("constant", "domain", "the value that a template fixes", "values", "of items", cell="set"),
            _one("special", "domain", "values with a meaning of their own, as bit patterns", "values"),
            _one(
                "unit",
                "value",
                "the unit of measure",
                "unit",
                "of items",
                "overview",
                titles="Unit; Units; Unit(s); Unit of measure; Units of measure; Unit of measurement; "
                "Units of measurement; UoM",
            ),
            _one("scale", "value", "by what the number is multiplied", "unit", "overview"),
            _one(
                "type",
                "domain or value",
                "which values the data type can hold, or the name of an XML type; the text of an XML type says "
                "[how values are written](xml-schema.md#what-is-written)",
                "values",
                cell="data type",
                titles="Type; Data type; Datatype; Format",
            ),
            _one(
                "literals",
                "domain",
                "how a value may be written, where a pattern or a number of digits restricts what is no text",
            ),
            _one("encoding", "value", "how octets or bits are to be understood: `date`, `time`, `weekdays`", "carried"),
            _one("octets", "domain", "how many octets a field takes", "values"),
            _one("fields", "value", "the order of the fields of a structure, where the rows have another"),
            _one(
                "value-type",
                "value",
                "what kind of value the list of objects says it is: `INTEGER`, `DATE-TIME`",
                "described",
            ),
            _one("states", "domain", "the states that a thing may be in, by their names"),
            _one(
                "settable-by",
                "value",
                "who may set it; `none`: nobody; `somebody`: it is not said who",
                "allowed",
                "of items",
                "overview",
                titles="Settable by; Set by; Configurable by; Changeable by",
            ),
            _one("readable-by", "value", "who may read it", "allowed", "overview", titles="Readable by; Read by"),
            _one("sensitive", "value", "whether the value is sensitive"),
            _one("encrypted", "value", "whether the value is sent encrypted", "carried"),
        ),
    ),
    Group(
        "Presence and structure",
        (
            _one("occurs", "domain", "how often an element or array entry may stand", "presence"),
            _one(
                "presence",
                "value",
                "whether it has to be there: `optional`, `mandatory`, `twin element`, `if successful`",
                "presence",
                "overview",
            ),
            _one(
                "choice",
                "value",
                "one of which alternatives it is",
                "presence",
                "several",
                "structure",
                "structure at first",
            ),
            _one(
                "content",
                "value",
                "`empty`, `mixed`, `any` (elements that the schema does not name), `signature`",
                "carried",
                "structure",
                "structure at first",
            ),
            _one(
                "content-model",
                "value",
                "which sequences of child elements an element may hold: "
                "[below](#what-a-schema-says-of-structure). One that cannot be read is refused with its line",
                None,
                "structure",
                notation="content model",
            ),
            _one(
                "namespace",
                "value",
                "of an element: the namespace in which it and what is below it stand, where that is another than "
                "around it; `(none)` for an unqualified one. Of an attribute of XML: where it is qualified",
                None,
                "structure",
            ),
            _one(
                "any-attribute",
                "value",
                "attributes of XML that the schema does not name: a wildcard as in a content model, refused alike",
                None,
                "structure",
                notation="wildcard",
            ),
            _one(
                "identity",
                "value",
                "an identity constraint: `unique`, `key` or `keyref`, what is selected, and the fields",
                None,
                "several",
                "structure",
            ),
            _one("nillable", "value", "`true`: it may be nil", "presence", "structure"),
            _one(
                "abstract", "value", "`true`: its type is abstract, `xsi:type` has to name another", None, "structure"
            ),
            _one(
                "mixed",
                "value",
                "`true`: text may stand among elements that the schema does not name",
                None,
                "structure",
            ),
            _one("recursion", "value", "the path of the parent of the same type, where expansion ends", "described"),
        ),
    ),
    Group(
        "What messages carry",
        (
            _one("class", "value", "COSEM class", "carried", "identity"),
            _one("object", "value", "logical name of the COSEM object", "carried", "identity"),
            _one("member", "value", "attribute or method of the object", "carried", "identity"),
            _one("element", "value", "element in the attribute or method", "described", "own name"),
            _one("cluster", "value", "ZCL cluster", "carried", "identity"),
            _one("command", "value", "ZCL command of the request", "carried", "several", "identity"),
            _one("response", "value", "ZCL command of the response", "carried", "several"),
            _one("parameter", "value", "parameter of the ZCL command", "carried"),
            _one("attribute-id", "value", "ZCL attribute", "carried", "identity"),
        ),
    ),
    Group(
        "Use cases, service requests and codes",
        (
            _one("name", "value", "name of a row, an event, an alert or a use case", "described", "own name"),
            _one("title", "value", "title of a use case or service request", "described"),
            _one(
                "category",
                "value",
                "what kind of thing an item is: `Configuration data`, `Operational data`, `Method`",
                "described",
            ),
            _one("reference", "value", "clauses of the specifications that describe the item", "described", "several"),
            _one("code", "value", "code of a use case in the DCC's list", "carried"),
            _one("message-code", "value", "message code of a use case", "carried"),
            _one("message-type", "value", "message type of a use case: `SME.C.C`", "carried"),
            _one("service-reference", "value or domain", "the service requests that it belongs to", "carried"),
            _one("variant", "value", "a service reference variant that its file holds as a number"),
            _one("critical", "value", "whether a service request is critical", "carried"),
            _one("criticality", "value", "whether an alert is critical"),
            _one("direction", "value", "`Read` or `Update`", "carried"),
            _one("target", "value", "the devices that a use case is for", "carried"),
            _one("roles", "domain or value", "the roles that may send it", "values", cell="texts"),
            _one("audience", "value", "whether a message is one of a remote party or of the HAN alone"),
            _one("sent-by", "value", "parties that send it, with commas between them"),
            _one("received-by", "value", "parties that receive it, with commas between them"),
            _one("future-dated", "value", "whether, and by whom, it can be dated in the future", "allowed"),
            _one("on-demand", "value", "whether it may be sent at any time", "allowed"),
            _one("dcc-scheduled", "value", "whether the DCC may send it to a schedule", "allowed"),
            _one("non-device", "value", "whether it is for the DCC and no device", "allowed"),
            _one("replay-protected", "value", "whether its message is protected against replay", "carried"),
            _one("recipient-differs", "value", "whether the response goes to another than the sender", "carried"),
            _one("gpf-tap-off", "value", "whether the gas proxy function taps it off"),
            _one("event-log", "value", "whether an event is logged: `mandated`, `configurable`"),
            _one("wan-alert", "value", "whether an alert is sent over the WAN: `mandated`, `configurable`"),
            _one("restriction", "value", "what restricts an alert or event"),
        ),
    ),
    Group(
        "Documents",
        (
            _one(
                "aligned-with",
                "value",
                "on the specification as subject: the version of another one that it says it follows (`GBCS 4.3`)",
                "described",
            ),
            _one("versions-in-force", "domain", "the versions of the subject that are in force"),
            _one("accepted-gbcs-versions", "domain", "the versions of GBCS that a list accepts"),
            _one("gbcs-version", "value", "the version of GBCS that an entry of a list states"),
            _one("smets-version", "value", "the version of SMETS or CHTS that an entry of a list states: `SMETS 4.2`"),
            _one("entry-status", "value", "whether an entry of a list still stands: `Current`, `Removed`"),
            _one("out-of-force-since", "value", "since when a version of a document is out of force: `2018-05-07`"),
            _one("entries", "value", "how many entries of a list state it"),
            _one("blank", "text", "a cell that holds nothing, or a word for it (`NA`)", None, "several"),
            _one("note", "value", "a remark", "described"),
        ),
    ),
)
"""Every attribute, by what it is said of."""

ATTRIBUTES: Mapping[str, Attribute] = {one.name: one for group in GROUPS for one in group.attributes}
"""Every attribute by its name."""


def named(trait: Trait) -> frozenset[str]:
    """The names of the attributes that have a trait."""
    return frozenset(name for name, attribute in ATTRIBUTES.items() if trait in attribute.traits)


# --- attributes of one's own -----------------------------------------------------------------------------------------

OWN = "x-"
"""How the name of an attribute begins that an extract declares in its header."""


def undeclared(name: str, kind: Kind, declared: Iterable[str], header: str) -> str:
    """What is told of an attribute of one's own that ``header`` does not declare, and that holds a ``kind``."""
    near = did_you_mean(name, declared)
    return f'"{name}" is not declared in {header}, as "attributes": {{"{name}": "{kind}"}}{near}'


def is_own(name: str) -> bool:
    """Whether a name is that of an attribute which its extract has to declare."""
    return name.startswith(OWN)
