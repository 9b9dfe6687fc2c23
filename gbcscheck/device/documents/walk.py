"""An XML document from top to bottom: every element and attribute told, held against its schema, and handed on.

Each leaf of the document becomes one entry; the signature is told and not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.documents.content import UNKNOWN, Misplaced, judge_attributes, judge_children
from gbcscheck.device.documents.instance import BLANKS, INSTANCE, KNOWN, Misstated, as_named, beyond_named, is_nil
from gbcscheck.device.documents.schema import NAMESPACES, Schema, SchemaNode, find_schema, versions
from gbcscheck.device.documents.values import read_written
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.domains.literals import NotOfType, built_in, read_literal
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.rules import Rule, declare
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element

NOT_PERMITTED = declare(
    "D405",
    "element-value-not-permitted",
    kind="range",
    severity="error",
    reads=("permitted",),
    question="Is each value one that its schema permits?",
    text="""
    The text of an element or attribute is no value of its type: not of the right form, beyond a bound, none of the
    enumeration, too long, or not of the pattern.

    **Example.** 1800 as `RandomisedOffsetLimit`, which ends at 1799.
    """,
)
RULES: tuple[Rule, ...] = (NOT_PERMITTED,)

NOT_VERIFIED = "not verified, and not held against its schema"
_DECIMAL = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_WORDS = {"constant": "fixes", "literals": "has it written as"}
LONGEST_SHOWN = 200
"""Characters of a value that messages repeat."""


class Leaf(NamedTuple):
    """A value of the document that its schema permits, with its element and place."""

    path: str
    value: object
    literal: str
    element: _Element
    source: str
    stated: Statement


ValueJudge = Callable[[Leaf], Iterable[tuple[Problem, str]]]
"""What else is wrong with a value that its schema permits: each problem with the value's meaning in plain words."""


class XmlVerdict(NamedTuple):
    """What a document was judged as; ``reason`` says why it was not judged, and is empty where it was."""

    reason: str = ""
    use_case: str = ""
    service_reference: str = ""
    judged_as: str = ""


def local_name(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element) -> list[_Element]:
    """The child elements, without comments and instructions."""
    return [child for child in element if isinstance(child.tag, str)]


def text_of(element: _Element) -> str:
    """The text directly in an element, comments left out."""
    text = element.text or ""
    return "".join((text, *(child.tail or "" for child in element))) if len(element) else text


def header_of(root: _Element) -> dict[str, str]:
    """The fields of a document's header by name, the first of each name, without the blanks around them."""
    fields: dict[str, str] = {}
    for header in (child for child in children(root) if local_name(child) == "Header"):
        for one in children(header):
            fields.setdefault(local_name(one), text_of(one).strip())
    return fields


def schema_of(document: XmlDocument, catalogue: Catalogue, path: str) -> tuple[Schema | None, str]:
    """The schema of the version that a document names whose root has a path (``/Request``); None, and why, where its
    root is another one or no such version is at hand."""
    root = str(document.root.tag)
    expected, specification = next((name, known) for name, (known, its) in NAMESPACES.items() if its == path)
    if root != expected:
        return None, f"the root element is {root}; {expected} was expected"
    version = _version(catalogue, specification, str(document.root.get("schemaVersion") or ""))
    schema = find_schema(catalogue, specification, version, path)
    if schema is None:
        known = ", ".join(versions(catalogue, specification)) or "none"
        return None, f"there is no schema of {specification} {version} to judge it by; there are: {known}"
    return schema, ""


def _version(catalogue: Catalogue, specification: str, written: str) -> str:
    """The version that a document names: the one at hand that is the same number (5.4 is ``05.40``), else what is
    written. Empty where that is no number, so that the document is judged by the version of the release."""
    number = built_in("xs:decimal")
    try:
        value = read_literal(written, number)
    except NotOfType:
        return ""
    known = (one for one in versions(catalogue, specification) if _DECIMAL.fullmatch(one))
    return next((one for one in known if read_literal(one, number) == value), written.strip(BLANKS))


def in_order_of_lines(record: FileRecord) -> None:
    """Put the findings of a document in the order of their lines: some are made once all of it was read."""
    record.findings.sort(key=lambda finding: finding.statements[0].place.line or 0)


def walk(document: XmlDocument, schema: Schema, record: FileRecord, judge: ValueJudge) -> None:
    """Tell and judge every element of a document."""
    _Walk(document, schema, record, judge).element(document.root, schema.root, misplaced=False)


class _Walk:
    def __init__(self, document: XmlDocument, schema: Schema, record: FileRecord, judge: ValueJudge) -> None:
        self._types = schema.types
        self._record = record
        self._judge = judge
        self._lines = document.line_by_element()
        self._namespace = str(document.root.tag).rpartition("}")[0]

    def element(self, element: _Element, node: SchemaNode | None, *, misplaced: bool) -> None:
        name, source, below = local_name(element), self._source(element), children(element)
        if node is not None and node.content == "signature":
            self._record.fact(name, NOT_VERIFIED, source)
            return
        nil = False
        if node is not None:
            declared = node
            node, misstated = as_named(element, declared, name, self._types)
            self._misstated(misstated, declared, source)
            nil, misstated = is_nil(element, declared, name, holds=bool(below or text_of(element)))
            self._misstated(misstated, declared, source)
        if below:
            self._record.branch(name, source, subject=node.path if node is not None else "")
            self._no_text(element, node, source)
        else:
            self._leaf(element, node, source, nil=nil, misplaced=misplaced)
        self._record.depth += 1
        self._attributes(element, node, source)
        self._below(element, below, node, source, nil=nil)
        self._record.depth -= 1

    def _misstated(self, one: Misstated | None, node: SchemaNode, source: str) -> None:
        if one is not None:
            written = _short(one.written)
            self._record.problem(
                one.problem, subject=node.path, attribute=one.attribute, written=written, source=source
            )

    def _source(self, element: _Element) -> str:
        return f"line {self._lines[element]}"

    # --- structure ---------------------------------------------------------------------------------------------------

    def _below(
        self, element: _Element, below: list[_Element], node: SchemaNode | None, source: str, *, nil: bool
    ) -> None:
        names = [self._name(child, node) for child in below]
        wrong: dict[int, list[Misplaced]] = {}
        if node is not None and not nil:
            for one in judge_children(node, names, [_namespace_of(child) for child in below]):
                if one.position is None:
                    self._report(one, source)
                else:
                    wrong.setdefault(one.position, []).append(one)
        for position, (child, name) in enumerate(zip(below, names, strict=True)):
            for one in wrong.get(position, ()):
                self._report(one, self._source(child))
            known = node.children.get(name) if node is not None else None
            self.element(child, known, misplaced=position in wrong)

    def _report(self, one: Misplaced, source: str) -> None:
        self._record.problem(one.problem, subject=one.subject, attribute="occurs", written=one.written, source=source)

    def _name(self, child: _Element, node: SchemaNode | None) -> str:
        """The name by which the schema may know a child: with its namespace where that is not the document's own."""
        name, namespace = local_name(child), _namespace_of(child)
        if node is not None and node.namespace is not None:
            return node.step_of(namespace, name) or f"{{{namespace}}}{name}"
        known = node.children.get(name) if node is not None else None
        foreign = known is not None and known.content == "signature"
        return name if foreign or f"{{{namespace}" == self._namespace else str(child.tag)

    def _no_text(self, element: _Element, node: SchemaNode | None, source: str) -> None:
        text = text_of(element).strip(BLANKS)
        if text and node is not None and not node.takes_text:
            problem = Problem(UNKNOWN, f"{local_name(element)} has text among its elements", _stated(node))
            self._record.problem(problem, subject=node.path, attribute="content", written=_short(text), source=source)

    # --- values ------------------------------------------------------------------------------------------------------

    def _leaf(self, element: _Element, node: SchemaNode | None, source: str, *, nil: bool, misplaced: bool) -> None:
        literal = text_of(element)
        if node is None:
            self._record.leaf(local_name(element), literal, "", WRONG if misplaced else OPEN, source)
            return
        if not literal:
            literal = _in_place_of_nothing(node)
        verdict = OPEN
        if nil:
            verdict = FITS
        elif "permitted" in node.by_attribute:
            verdict = self._value(element, node, literal, source)
            if verdict != WRONG and (expected := beyond_named(element, node, literal, self._types)):
                self._refuse(node, node.by_attribute["permitted"], literal, source, expected)
                verdict = WRONG
        elif (node.children or node.content in ("empty", "any")) and not node.takes_text:
            verdict = FITS
            if literal.strip(BLANKS) or (literal and node.content == "empty"):  # blanks are content, too
                verdict = WRONG
                problem = Problem(
                    UNKNOWN, f"{local_name(element)} holds text; the schema has none there", _stated(node)
                )
                self._record.problem(
                    problem,
                    subject=node.path,
                    attribute="content",
                    written=_short(literal.strip(BLANKS)) or "blanks",
                    source=source,
                )
        self._record.leaf(local_name(element), literal, node.path, WRONG if misplaced else verdict, source)

    def _attributes(self, element: _Element, node: SchemaNode | None, source: str) -> None:
        if not element.attrib and (node is None or not node.attributes):
            return
        own = {str(name): str(value) for name, value in element.attrib.items()}
        named = [name for name in own if name not in KNOWN]
        wrong = list(judge_attributes(node, named)) if node is not None else []
        for one in wrong:
            self._report(one, source)
        for name, literal in own.items():
            known = node.attributes.get(name) if node is not None else None
            if name.startswith(INSTANCE):
                self._record.fact(f"@xsi:{name.removeprefix(INSTANCE)}", literal, source)
            elif known is not None and "permitted" in known.by_attribute:
                verdict = self._value(element, known, literal, source)
                self._record.leaf(f"@{name}", literal, known.path, verdict, source)
            else:
                self._record.leaf(f"@{name}", literal, "", OPEN if node is None else WRONG, source)

    def _value(self, element: _Element, node: SchemaNode, literal: str, source: str) -> str:
        """Judge a value; gives its verdict."""
        read = read_written(literal, node.by_attribute)
        if read.permitted is False:
            self._refuse(node, read.stated, literal, source, read.reason)
            return WRONG
        leaf = Leaf(node.path, read.value, literal, element, source, read.stated)
        found = list(self._judge(leaf))
        for problem, meaning in found:
            self._record.problem(
                problem, subject=node.path, attribute="value", written=_short(literal), source=source, meaning=meaning
            )
        if found:
            return WRONG
        return FITS if read.permitted else OPEN

    def _refuse(self, node: SchemaNode, stated: Statement, literal: str, source: str, reason: str) -> None:
        why = reason or f"the schema {_WORDS.get(stated.attribute, 'permits')} {_permits(stated)}"
        problem = Problem(
            NOT_PERMITTED,
            f"{_short(literal) or 'an empty text'} is no value of {node.path.rpartition('/')[2]}: {why}",
            (stated,),
            suggestion=_nearest(stated, literal),
        )
        self._record.problem(
            problem, subject=node.path, attribute="value", written=_short(literal) or "(empty)", source=source
        )


def _in_place_of_nothing(node: SchemaNode) -> str:
    """What an element without content stands for: its fixed value or its default (XML Schema Part 1, 3.3.1)."""
    stated = node.by_attribute.get("constant") or node.by_attribute.get("default")
    return (stated.text or "") if stated is not None else ""


def _namespace_of(element: _Element) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag[:1] == "{" else ""


def _stated(node: SchemaNode) -> tuple[Statement, ...]:
    stated = node.by_attribute.get("content") or node.stated
    return (stated,) if stated is not None else ()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}... ({len(text):,} characters)"


def _permits(stated: Statement) -> str:
    from gbcscheck.notation.canonical import parse_domain

    words = parse_domain(stated.domain or "any").describe()
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}..."


def _nearest(stated: Statement, literal: str) -> str:
    from gbcscheck.domains import Texts
    from gbcscheck.notation.canonical import parse_domain

    domain = parse_domain(stated.domain or "any")
    if not isinstance(domain, Texts) or domain.listed is None:
        return ""
    if not any(sign.isalpha() for sign in literal):
        return ""  # numbers that look alike have nothing to do with each other
    from difflib import get_close_matches

    near = get_close_matches(literal.strip(), domain.listed, n=1)
    return f"write {near[0]}" if near else ""
