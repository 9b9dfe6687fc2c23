"""The element paths of a schema, each with what its declaration says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.domains import integers
from gbcscheck.errors import UnreadableSource, too_deep
from gbcscheck.extract.xsd_chain import builtin_name, chain_of
from gbcscheck.extract.xsd_content import Child, Counts, children_of, has_wildcard
from gbcscheck.extract.xsd_files import XSD, BuiltSchema
from gbcscheck.extract.xsd_models import Derivations, attribute_wildcard_of, identities_of, model_of
from gbcscheck.extract.xsd_types import Known, SimpleType, read_simple_type, read_value
from gbcscheck.facts.extract_file import ExtractRow, Unread
from gbcscheck.frozen import frozen
from gbcscheck.limits import MODEL_BRACKETS, PATHS, STEPS
from gbcscheck.notation.canonical import print_domain
from gbcscheck.notation.content_model import NO_NAMESPACE, model_depth, print_model, wildcard_text

if TYPE_CHECKING:
    from xmlschema.validators import XsdAttribute, XsdElement

SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
"""Namespace of XML signatures, whose elements are not expanded."""


_ONCE = (1, 1)
_OPTIONAL = (0, 1)


class _Fact(NamedTuple):
    """A row without its subject."""

    attribute: str
    domain: str | None = None
    value: str | bool | None = None
    text: str | None = None
    clause: str = ""
    source: str = ""


@frozen
class _Declaration:
    """A declaration at its place in a type: its step of a path, what is said of it, and its type where that is
    expanded further (a complex type with attributes or children), else None. ``namespace`` is that of an element;
    ``instead`` are the types that ``xsi:type`` may name in the place of its own."""

    step: str
    facts: tuple[_Fact, ...]
    below: Any
    namespace: str | None = None
    instead: tuple[_Declaration, ...] = ()


def expand(built: BuiltSchema, roots: Sequence[XsdElement], where: str) -> tuple[list[ExtractRow], tuple[Unread, ...]]:
    """The rows of every path from some global elements, and the types and values that are no domain.

    Raises UnreadableSource where there are more paths or longer ones than any schema of use has.
    """
    declarations = _Declarations(built, where)
    rows: list[ExtractRow] = []
    paths = 0
    ancestors: dict[int, str] = {}

    def walk(node: _Declaration, parent: str, around: str | None) -> None:
        nonlocal paths
        paths += 1
        if paths > PATHS.most:
            raise PATHS.exceeded(where=where)
        subject = f"{parent}/{node.step}"
        rows.extend(ExtractRow(subject, *fact) for fact in node.facts)
        _, _, _, _, clause, source = node.facts[0]
        if node.namespace not in (None, around):
            named = node.namespace or NO_NAMESPACE
            rows.append(ExtractRow(subject, "namespace", value=named, clause=clause, source=source))
        if node.below is not None and id(node.below) in ancestors:
            ancestor = ancestors[id(node.below)]
            rows.append(ExtractRow(subject, "recursion", value=ancestor, clause=clause, source=source))
            return
        if node.below is not None:
            if len(ancestors) >= STEPS.most:
                raise STEPS.exceeded(where=where)
            ancestors[id(node.below)] = subject
            for child in declarations.below(node.below):
                walk(child, subject, node.namespace)
            del ancestors[id(node.below)]
        for other in node.instead:
            walk(other, parent, node.namespace)

    try:
        for root in roots:
            walk(declarations.element(Child(root, _ONCE, "")), "", None)
    except RecursionError:
        raise UnreadableSource(too_deep("its types are nested or derived"), where=where) from None
    return rows, tuple(declarations.unread)


@dataclass(slots=True)
class _Declarations:
    """What the declarations of a schema say, each worked out once."""

    built: BuiltSchema
    where: str
    unread: list[Unread] = field(default_factory=list)
    _below: dict[int, tuple[_Declaration, ...]] = field(default_factory=dict)
    _simple: dict[int, tuple[SimpleType, str | None, str | None]] = field(default_factory=dict)
    _known: Known = field(default_factory=dict)
    _occurs: dict[Counts, str] = field(default_factory=dict)
    _models: dict[int, str] = field(default_factory=dict)
    _contents: dict[int, str] = field(default_factory=dict)
    _held_by: dict[int, tuple[Child, ...]] = field(default_factory=dict)
    _prefixes: dict[tuple[int, str], str] = field(default_factory=dict)
    _derivations: Derivations | None = None

    def below(self, complex_type: Any) -> tuple[_Declaration, ...]:
        """Attributes and child elements of a complex type."""
        key = id(complex_type)
        if key not in self._below:
            nodes = [self._attribute(one) for name, one in complex_type.attributes.items() if name is not None]
            if not complex_type.has_simple_content():
                nodes += [self.element(child) for child in self._children(complex_type.content)]
            self._below[key] = _numbered([node for node in nodes if node is not None])
        return self._below[key]

    def element(self, child: Child) -> _Declaration:
        """An element: type, what it holds, how often it occurs, and the rest."""
        element = child.element
        its_type: Any = element.type
        clause, source = self._clause("element", element), self._source(element)
        facts = [self._type(self._type_name(element), its_type, clause, source)]
        below, instead = None, list[_Declaration]()
        if (element.ref or element).target_namespace == SIGNATURE:
            facts.append(_Fact("content", value="signature", clause=clause, source=source))
        else:
            content_facts, below = self._held(its_type, clause, source)
            facts += content_facts
            instead = self._instead(element)
        facts.append(_Fact("occurs", self._counted(child.counts), clause=clause, source=source))
        if child.choice:
            facts.append(_Fact("choice", value=child.choice, clause=clause, source=source))
        facts += self._values(element, its_type, clause, source)
        if element.nillable:
            facts.append(_Fact("nillable", value=True, clause=clause, source=source))
        if getattr(its_type, "abstract", False):
            facts.append(_Fact("abstract", value=True, clause=clause, source=source))
        facts += [
            _Fact("identity", value=words, clause=clause, source=self._source(one))
            for words, one in identities_of(element)
        ]
        return _Declaration(element.local_name, tuple(facts), below, _namespace(element.name), tuple(instead))

    def _held(self, its_type: Any, clause: str, source: str) -> tuple[list[_Fact], Any]:
        """What a type says of what an element of it holds, and the type itself where that is expanded further."""
        if its_type.is_simple():
            return self._permitted(its_type, clause, source), None
        facts = []
        if its_type.has_simple_content():
            facts += self._permitted(its_type.content, clause, source)
        elif content := self._content(its_type):
            facts.append(_Fact("content", value=content, clause=clause, source=source))
            if content == "any" and its_type.mixed:
                facts.append(_Fact("mixed", value=True, clause=clause, source=source))
        if its_type.name is not None and its_type.elem in self.built.places:
            clause, source = f"type {self._qualified(its_type)}", self._source(its_type)
        if not its_type.has_simple_content():
            model = self._model(its_type, source)
            if model != "()":
                facts.append(_Fact("content-model", value=model, clause=clause, source=source))
        taken = attribute_wildcard_of(its_type)
        if taken is not None:
            facts.append(_Fact("any-attribute", value=wildcard_text(taken), clause=clause, source=source))
        return facts, its_type if its_type.name != f"{{{XSD}}}anyType" else None

    def _model(self, complex_type: Any, source: str) -> str:
        """The content model of a type with complex content, by the steps of its children. OverLimit, with ``source``,
        where its brackets nest deeper than is read."""
        key = id(complex_type)
        if key not in self._models:
            group = complex_type.content
            names = [child.element.name for child in self._children(group)]
            steps = dict(zip(names, _distinct(name.rpartition("}")[2] for name in names), strict=True))
            model = print_model(model_of(group, steps))
            if model.count("(") > MODEL_BRACKETS.most:  # else they cannot nest deeper
                MODEL_BRACKETS.hold(model_depth(model), where=f"{self.where}: {source}")
            self._models[key] = model
        return self._models[key]

    def _content(self, complex_type: Any) -> str:
        """What a complex type without simple content holds, if that is not just child elements."""
        key = id(complex_type)
        if key not in self._contents:
            if complex_type.name == f"{{{XSD}}}anyType" or has_wildcard(complex_type.content):
                self._contents[key] = "any"
            elif complex_type.mixed:
                self._contents[key] = "mixed"
            else:
                self._contents[key] = "" if self._children(complex_type.content) else "empty"
        return self._contents[key]

    def _children(self, group: Any) -> tuple[Child, ...]:
        """The child elements of a content model."""
        key = id(group)
        if key not in self._held_by:
            self._held_by[key] = children_of(group)
        return self._held_by[key]

    def _instead(self, element: XsdElement) -> list[_Declaration]:
        """An element with each type that may be named in the place of its own."""
        if element.type.is_simple() or element.type.name == f"{{{XSD}}}anyType":
            return []
        if self._derivations is None:
            self._derivations = Derivations(self.built.schema)
        types = self._derivations.instead_of(element)
        nodes = []
        for other, label in zip(types, _distinct(str(one.local_name) for one in types), strict=True):
            clause, source = f"type {self._qualified(other)}", self._source(other)
            facts = [self._type(self._qualified(other), other, clause, source)]
            content_facts, below = self._held(other, clause, source)
            occurs = _Fact("occurs", self._counted(_OPTIONAL), clause=clause, source=source)
            step = f"{element.local_name}[{label}]"
            nodes.append(_Declaration(step, (*facts, *content_facts, occurs), below, _namespace(element.name)))
        return nodes

    def _attribute(self, attribute: XsdAttribute) -> _Declaration | None:
        """An attribute; None where it is prohibited."""
        if attribute.use == "prohibited":
            return None
        clause, source = self._clause("attribute", attribute), self._source(attribute)
        facts = [
            self._type(self._type_name(attribute), attribute.type, clause, source),
            *self._permitted(attribute.type, clause, source),
            _Fact("occurs", self._counted((int(attribute.use == "required"), 1)), clause=clause, source=source),
            *self._values(attribute, attribute.type, clause, source),
        ]
        if namespace := _namespace(attribute.name):
            facts.append(_Fact("namespace", value=namespace, clause=clause, source=source))
        return _Declaration(f"@{attribute.local_name}", tuple(facts), None)

    # --- single facts ------------------------------------------------------------------------------------------------

    def _type(self, name: str, its_type: Any, clause: str, source: str) -> _Fact:
        """The name of a type, and in its words how values are written where the name does not say so."""
        simple = its_type if its_type.is_simple() else its_type.content if its_type.has_simple_content() else None
        form = None if simple is None else str(self._read(simple)[0].form)
        if form is not None and its_type.is_simple() and its_type.name is not None:
            for base in chain_of(its_type)[:-1]:  # the named types that it is derived from
                if base.name is not None and builtin_name(base) is None:
                    form = f"{self._qualified(base)} ({form})"
        return _Fact("type", None, name, None if form in (None, name) else f"{name} ({form})", clause, source)

    def _read(self, simple: Any) -> tuple[SimpleType, str | None, str | None]:
        """A simple type, and its domain and its literals in the canonical notation."""
        key = id(simple)
        if key not in self._simple:
            read = read_simple_type(simple, self._known)
            domain, literals = (None if one is None else print_domain(one) for one in (read.domain, read.literals))
            self._simple[key] = (read, domain, literals)
        return self._simple[key]

    def _permitted(self, simple: Any, clause: str, source: str) -> list[_Fact]:
        """What a simple type permits, at the place of the type where it has a name of its own."""
        read, domain, literals = self._read(simple)
        if simple.name is not None and not simple.name.startswith(f"{{{XSD}}}"):
            clause, source = f"type {self._qualified(simple)}", self._source(simple)
        if domain is None:
            self._note(Unread(source, "permitted", read.text, read.reason))
        facts = [_Fact("permitted", domain, None, read.text or None, clause, source)]
        return facts if literals is None else [*facts, _Fact("literals", literals, clause=clause, source=source)]

    def _values(self, component: Any, its_type: Any, clause: str, source: str) -> list[_Fact]:
        """The default and the fixed value of an element or attribute."""
        simple = its_type if its_type.is_simple() else its_type.content if its_type.has_simple_content() else None
        facts = []
        for attribute, literal in (("default", component.default), ("constant", component.fixed)):
            if literal is None:
                continue
            domain = None if simple is None else read_value(simple, literal)
            if domain is None:
                self._note(Unread(source, attribute, literal, "not worked out as a value of its type"))
                facts.append(_Fact(attribute, text=literal, clause=clause, source=source))
            else:
                facts.append(_Fact(attribute, print_domain(domain), text=literal, clause=clause, source=source))
        return facts

    def _counted(self, counts: Counts) -> str:
        if counts not in self._occurs:
            self._occurs[counts] = print_domain(integers(*counts))
        return self._occurs[counts]

    def _note(self, unread: Unread) -> None:
        if unread not in self.unread:
            self.unread.append(unread)

    # --- names and places --------------------------------------------------------------------------------------------

    def _type_name(self, component: Any) -> str:
        return "anonymous" if component.type.name is None else self._qualified(component.type)

    def _qualified(self, component: Any) -> str:
        """A name with the prefix that the schema read has for its namespace, or else the file that declares it."""
        namespace, _, local = str(component.name).rpartition("}")
        namespace = namespace[1:]
        if namespace == XSD:
            return f"xs:{local}"
        prefix = self._prefix(component.schema, namespace)
        return f"{prefix}:{local}" if prefix else local

    def _prefix(self, schema: Any, namespace: str) -> str:
        key = (id(schema), namespace)
        if key not in self._prefixes:
            prefixes = [*self.built.document.root.nsmap.items(), *schema.namespaces.items()]
            self._prefixes[key] = next((str(one) for one, uri in prefixes if one and uri == namespace), "")
        return self._prefixes[key]

    def _clause(self, word: str, component: Any) -> str:
        """``element StartTime of sr:Schedule``: a declaration and the global component that it stands in."""
        owner = component
        while owner.parent is not None:
            owner = owner.parent
        name = component.local_name
        return f"{word} {name}" if owner is component else f"{word} {name} of {self._qualified(owner)}"

    def _source(self, component: Any) -> str:
        return str(self.built.places[component.elem])


def _namespace(name: str) -> str:
    """The namespace of a name as xmlschema writes it: ``{namespace}name``, or the bare name of an unqualified one."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _numbered(nodes: list[_Declaration]) -> tuple[_Declaration, ...]:
    """The nodes with steps that differ: names of two namespaces can be one local name."""
    steps = list(_distinct(node.step for node in nodes))
    return tuple(
        replace(
            node, step=step, instead=tuple(replace(one, step=step + one.step[len(node.step) :]) for one in node.instead)
        )
        for node, step in zip(nodes, steps, strict=True)
    )


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, with a number behind the second of its kind and those after it."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} #{seen[name]}"
