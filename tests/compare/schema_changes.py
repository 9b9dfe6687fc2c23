"""Changes of a schema, made by editing its text, and what an independent validator says of documents under both.

The oracle of these tests: ``xmlschema`` validates documents against the older and the newer text. Documents that it
accepts before and refuses after are lost, and hurt who sends; those that it refuses before and accepts after are gained,
and hurt who receives. ``compare`` has to name these parties, and no others, without knowing the documents.

Schemas are those of DUIS requests, so that the directions that ship hold: User systems send, the DCC receives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import xmlschema

from gbcscheck.catalogue import Catalogue
from gbcscheck.compare.differences import changes_between
from gbcscheck.crosswalk import Crosswalk
from gbcscheck.directions import Directions
from gbcscheck.extract.xsd import read_schema
from gbcscheck.model import Change
from gbcscheck.releases import Release

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


def hurt_by_oracle(change: SchemaChange) -> set[str]:
    """Who is hurt according to the validator."""
    before, after = (xmlschema.XMLSchema(text) for text in (change.old, change.new))
    hurt = set()
    for document in change.documents:
        valid, still = before.is_valid(document), after.is_valid(document)
        if valid and not still:
            hurt.add(SENDER)
        if still and not valid:
            hurt.add(RECEIVER)
    return hurt


def accepted_by_oracle(change: SchemaChange) -> tuple[int, int]:
    """How many of the documents each text accepts: none at all would prove nothing."""
    schemas = [xmlschema.XMLSchema(text) for text in (change.old, change.new)]
    before, after = (sum(schema.is_valid(document) for document in change.documents) for schema in schemas)
    return before, after


def compared(change: SchemaChange, folder: Path) -> tuple[Change, ...]:
    """What ``compare`` says of the two texts."""
    sides = []
    for name, text in (("old", change.old), ("new", change.new)):
        path = folder / f"{name}.xsd"
        path.write_text(text, encoding="utf-8")
        extract = read_schema(path, shown="schema.xsd").extract
        sides.append(Catalogue.of(Release("", "", "", (extract,), Crosswalk())))
    return changes_between(*sides, Directions.shipped())


def assert_agrees(change: SchemaChange, folder: Path) -> None:
    """``compare`` hurts whom the oracle hurts, tells nothing but words where it hurts nobody, and is sure of it."""
    found = compared(change, folder)
    told = [(one.change, one.subject, one.attribute, one.verdict, one.parties, one.reason) for one in found]
    expected = hurt_by_oracle(change)
    hurt = {party for one in found if one.verdict == "breaking" for party in one.parties}
    assert hurt == expected, (change.name, "oracle", expected, "compare", told)
    assert {one.verdict for one in found} <= {"breaking", "compatible", "neutral"}, (change.name, told)
    if not expected:
        assert all(one.verdict in ("compatible", "neutral") for one in found), (change.name, told)


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
