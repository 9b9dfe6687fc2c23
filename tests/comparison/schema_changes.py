"""Changes of a schema, made by editing its text, and what independent validators say of documents under both.

The oracle of these tests: ``xmlschema`` and libxml2 validate documents against the older and the newer text.
Documents that are accepted before and refused after are lost, and hurt who sends; those that are refused before and
accepted after are gained, and hurt who receives. ``compare`` has to name these parties, and no others, without
knowing the documents. What both validators say is certain; where they differ (each has faults of its own), either may
be right.

Schemas are those of DUIS requests, so that the directions that ship hold: User systems send, the DCC receives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path

import xmlschema
from compare_parts import changes_between
from lxml import etree

from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.directions import Directions
from gbcscheck.model import Change
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release

NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
SENDER, RECEIVER = "User systems", "DCC"


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A kind of change: its name, the text of the schema before and after, and documents that may tell them apart.

    Documents are candidates: the oracle sorts them by their validity under each text. They have to show every
    difference that there is, since what ``compare`` says beyond them counts as a false alarm.
    """

    name: str
    old: str
    new: str
    documents: tuple[str, ...]

    @property
    def backwards(self) -> SchemaChange:
        """The change that takes it back: what is lost in one is gained in the other."""
        return replace(self, name=f"{self.name}, taken back", old=self.new, new=self.old)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Who is hurt for certain, since both validators say so; who may be; and how many documents the one text or the
    other accepts: none at all would prove nothing."""

    certain: frozenset[str]
    possible: frozenset[str]
    accepted: int


def oracle(change: SchemaChange) -> Oracle:
    """What the validators say of the documents of a change."""
    before, after = (accepted(text, change.documents) for text in (change.old, change.new))
    found: list[set[str]] = []
    taken = 0
    for valid, still in zip(before, after, strict=False):
        hurt = set()
        for one, other in zip(valid, still, strict=True):
            taken += one or other
            if one and not other:
                hurt.add(SENDER)
            if other and not one:
                hurt.add(RECEIVER)
        found.append(hurt)
    return Oracle(frozenset.intersection(*map(frozenset, found)), frozenset().union(*found), taken)


@cache
def accepted(text: str, candidates: tuple[str, ...]) -> list[list[bool]]:
    """By validator, which documents it accepts: xmlschema, and libxml2 where it reads the schema (some it does not)."""
    schema = xmlschema.XMLSchema(text)
    found = [[_accepted_by_xmlschema(schema, document) for document in candidates]]
    with suppress(etree.XMLSchemaParseError):
        other = etree.XMLSchema(etree.fromstring(text))
        found.append([other.validate(etree.fromstring(document)) for document in candidates])
    return found


def _accepted_by_xmlschema(schema: xmlschema.XMLSchema, document: str) -> bool:
    try:
        return schema.is_valid(document)
    except KeyError:  # what it fails with where xsi:type names no type
        return False


def compared(change: SchemaChange, folder: Path) -> tuple[Change, ...]:
    """What ``compare`` says of the two texts."""
    sides = []
    for name, text in (("old", change.old), ("new", change.new)):
        path = folder / f"{name}.xsd"
        path.write_text(text, encoding="utf-8")
        extract = read_schema(path, shown="schema.xsd", specification="DUIS").extract
        sides.append(Catalogue.of(Release("", "", "", (extract,), Crosswalk())))
    return changes_between(*sides, Directions.shipped())


def assert_agrees(change: SchemaChange, folder: Path) -> None:
    """``compare`` hurts whom the oracle hurts, tells nothing but words where it hurts nobody, and is sure of it.

    Elements that are no part of a request (global ones beside it) have no direction that is known.
    """
    found = compared(change, folder)
    told = [(one.change, one.subject, one.attribute, one.verdict, one.parties, one.reason) for one in found]
    verdict = oracle(change)
    assert verdict.accepted, f"{change.name}: no document is accepted, so that the candidates prove nothing"
    hurt = {party for one in found if one.verdict == "breaking" for party in one.parties}
    assert verdict.certain <= hurt <= verdict.possible, (change.name, "oracle", verdict, "compare", told)
    sure = {one.verdict for one in found if one.verdict != "unknown" or one.subject.startswith("/Request")}
    assert sure <= {"breaking", "compatible", "neutral"}, (change.name, told)


# --- making texts ----------------------------------------------------------------------------------------------------


def schema(body: str, attributes: str = 'elementFormDefault="qualified"') -> str:
    """A schema with some global components; the prefix of its own namespace is ``sr``."""
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:sr="{NAMESPACE}" '
        f'targetNamespace="{NAMESPACE}" {attributes}>\n{body}\n</xs:schema>\n'
    )


def edited(text: str, *edits: tuple[str, str]) -> str:
    """A text with each of some fragments, of which it has exactly one, replaced by another."""
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def element(name: str, occurs: str = "", kind: str = "xs:int") -> str:
    """A local element of a simple type; ``occurs`` as ``0..1``, ``2..*``."""
    return f'<xs:element name="{name}" type="{kind}"{occurrence(occurs)}/>'


def group(model: str, *parts: str, occurs: str = "") -> str:
    """A ``sequence``, ``choice`` or ``all``."""
    return f"<xs:{model}{occurrence(occurs)}>{''.join(parts)}</xs:{model}>"


def occurrence(occurs: str) -> str:
    """``2..*`` as the attributes minOccurs and maxOccurs."""
    if not occurs:
        return ""
    low, _, high = occurs.partition("..")
    return f' minOccurs="{low}" maxOccurs="{(high or low).replace("*", "unbounded")}"'


def request(model: str, attributes: str = "", mixed: str = "") -> str:
    """The global element ``Request`` with a content model, and attributes or other parts of its type."""
    return f'<xs:element name="Request"><xs:complexType{mixed}>{model}{attributes}</xs:complexType></xs:element>'


# --- making documents ------------------------------------------------------------------------------------------------


def document(content: str = "", attributes: str = "", name: str = "sr:Request") -> str:
    """A document with a root of the schema's namespace; the prefix ``sr`` is bound."""
    return (
        f'<{name} xmlns:sr="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" {attributes}>{content}</{name}>'
    )


def words(alphabet: Iterable[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Every sequence of letters up to a length, the shortest first."""
    letters = tuple(alphabet)
    for length in range(longest + 1):
        yield from product(letters, repeat=length)


def documents(alphabet: Iterable[str], longest: int) -> tuple[str, ...]:
    """A document for every sequence of children up to a length: qualified elements that hold 1."""
    return tuple(
        document("".join(f"<sr:{name}>1</sr:{name}>" for name in word)) for word in words(tuple(alphabet), longest)
    )


# --- kinds of change -------------------------------------------------------------------------------------------------

OTHER = "urn:other"


def models(name: str, old: str, new: str, alphabet: str = "ABC", longest: int = 4) -> SchemaChange:
    """Two content models of the root, and every short sequence of children."""
    return SchemaChange(name, schema(request(old)), schema(request(new)), documents(alphabet, longest))


def texts(name: str, old: str, edit: tuple[str, str], *candidates: str) -> SchemaChange:
    """An edit of a schema's text, and documents."""
    return SchemaChange(name, old, edited(old, edit), candidates)


def seq(*parts: str, occurs: str = "") -> str:
    """A sequence."""
    return group("sequence", *parts, occurs=occurs)


def one_of(*parts: str, occurs: str = "") -> str:
    """A choice."""
    return group("choice", *parts, occurs=occurs)


def everything(*parts: str, occurs: str = "") -> str:
    """An ``all`` group."""
    return group("all", *parts, occurs=occurs)
