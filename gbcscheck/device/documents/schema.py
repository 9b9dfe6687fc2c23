"""The elements that an XML document may have, as the extract of its schema states them.

The schema files themselves do not ship, so documents are judged from the statements: which paths there are, which
sequences of children each may hold, in which namespace, which types may be named in place of the declared one, and what
values may be. An extract of version 0.1 states no content models and namespaces: by it, the order of declaration and
the counts are all there is, and what they do not say is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

from gbcscheck.device.documents.named_types import NamedTypes
from gbcscheck.domains.content_models import NO_CHILD, Model, Wildcard
from gbcscheck.errors import GbcscheckError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.facts.store import load_shipped
from gbcscheck.frozen import frozen
from gbcscheck.model import Specification, Statement
from gbcscheck.notation.content_model import NO_NAMESPACE, parse_model, parse_wildcard
from gbcscheck.release.catalogue import Catalogue

SCHEMA = "schema"
"""The part of a specification that an extract of its XML Schema is."""
NAMESPACES = {
    "{http://www.dccinterface.co.uk/ServiceUserGateway}Request": ("DUIS", "/Request"),
    "{http://www.dccinterface.co.uk/ServiceUserGateway}Response": ("DUIS", "/Response"),
    "{http://www.dccinterface.co.uk/ResponseAndAlert}GBCSResponse": ("MMC", "/GBCSResponse"),
}
"""Root elements that are judged, with specification and path (DUIS and MMC schemas, targetNamespace)."""


@dataclass(slots=True)
class SchemaNode:
    """One element or attribute: what is stated of it by attribute, and its children in the order of declaration.

    It may occur ``low`` to ``high`` times in one parent (None: without bound). ``namespace`` is None where the extract
    states none; ``types`` are those that xsi:type may name in the place of its own, by their names.
    """

    path: str
    by_attribute: dict[str, Statement] = field(default_factory=dict)
    low: int = 0
    high: int | None = None
    children: dict[str, SchemaNode] = field(default_factory=dict)
    attributes: dict[str, SchemaNode] = field(default_factory=dict)
    types: dict[str, SchemaNode] = field(default_factory=dict)
    namespace: str | None = None
    fitting: set[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=set, repr=False, compare=False)
    """Names and namespaces of children that were found to be such as it may have."""
    _steps: dict[tuple[str | None, str], str] = field(default_factory=dict)

    @property
    def choice(self) -> str:
        """The choice that it belongs to, in the schema's words; empty where there is none."""
        return self._value("choice")

    @property
    def content(self) -> str:
        """``empty``, ``mixed``, ``any`` or ``signature``; empty for a simple value or for child elements."""
        return self._value("content")

    @property
    def takes_text(self) -> bool:
        """Whether text may stand among its elements."""
        return (
            self.content == "mixed"
            or "mixed" in self.by_attribute
            or (self.content == "any" and self.namespace is None)
        )

    @property
    def model(self) -> Model | None:
        """Which sequences of children it may hold; None where the extract does not say."""
        if self.namespace is None:
            return None
        return parse_model(self._value("content-model")) if "content-model" in self.by_attribute else NO_CHILD

    @property
    def any_attribute(self) -> Wildcard | None:
        """The attributes that it may have beside those that the schema names."""
        return parse_wildcard(self._value("any-attribute")) if "any-attribute" in self.by_attribute else None

    def step_of(self, namespace: str, local: str) -> str | None:
        """The child of a name; None where there is none."""
        if len(self._steps) != len(self.children):
            self._steps = {(child.namespace, step.partition(" #")[0]): step for step, child in self.children.items()}
        return self._steps.get((namespace, local))

    def _value(self, attribute: str) -> str:
        return str(self.by_attribute[attribute].value) if attribute in self.by_attribute else ""

    @property
    def stated(self) -> Statement | None:
        """The statement that says where and how often the element stands."""
        return self.by_attribute.get("occurs") or self.by_attribute.get("type")


@frozen
class Schema:
    """The elements below one root, the specification and version that states them, and the types that it names."""

    specification: Specification
    root: SchemaNode
    types: Callable[[], NamedTypes]


def find_schema(catalogue: Catalogue, name: str, version: str, root: str) -> Schema | None:
    """The schema of a specification at a version: the release's own, else the one that ships; without a version, the
    release's. None where there is none."""
    own = catalogue.once(_of_release(name, root))
    if own is not None and version in ("", own.specification.version):
        return own
    return _shipped(name, version, root)


def versions(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The versions of a specification of which there is a schema."""
    root = next(root for known, root in NAMESPACES.values() if known == name)
    own = catalogue.once(_of_release(name, root))
    found = {own.specification.version} if own is not None else set()
    found.update(path.parent.name for path in shipped_root().glob(f"{name.lower()}/*/schema.json"))
    return tuple(sorted(found))


@lru_cache(maxsize=16)
def _of_release(name: str, root: str) -> Callable[[Catalogue], Schema | None]:
    """What builds the schema below a root from the statements of a release; one function for each root."""
    return lambda catalogue: _built(partial(catalogue.in_part, name, SCHEMA), root)


@lru_cache(maxsize=16)
def _shipped(name: str, version: str, root: str) -> Schema | None:
    folder = shipped_root() / name.lower()
    if not version or version not in {path.parent.name for path in folder.glob("*/schema.json")}:
        return None
    try:
        extract = load_shipped(f"{name.lower()}/{version}/schema.json")
    except GbcscheckError:
        return None
    return _built(extract.statements, root)


def _built(statements: Callable[[], Iterable[Statement]], root: str) -> Schema | None:
    nodes: dict[str, SchemaNode] = {}
    specification = None
    for statement in statements():
        path = statement.subject
        if path != root and not path.startswith((f"{root}/", f"{root}[")):
            continue
        specification = specification or statement.specification
        node = nodes.get(path)
        if node is None:
            node = nodes[path] = SchemaNode(path)
            _hang(node, nodes)
        node.by_attribute[statement.attribute] = statement
        if statement.attribute == "occurs":
            node.low, node.high = _counts(statement)
    for node in nodes.values():
        same = node.by_attribute.get("recursion")
        if same is not None and str(same.value) in nodes:
            node.children = nodes[str(same.value)].children
    if specification is None or root not in nodes:
        return None
    _name(nodes[root], None)
    return Schema(specification, nodes[root], lru_cache(1)(lambda: NamedTypes(statements())))


def _hang(node: SchemaNode, nodes: Mapping[str, SchemaNode]) -> None:
    """Put an element, an attribute, or an element with another type (``/A/B[Type]``) below what it belongs to."""
    above, _, name = node.path.rpartition("/")
    declared, _, its_type = name.partition("[")
    if its_type:
        if (element := nodes.get(f"{above}/{declared}")) is not None:
            element.types[its_type.removesuffix("]")] = node
    elif (parent := nodes.get(above)) is not None:
        kin, step = (parent.attributes, name[1:]) if name.startswith("@") else (parent.children, name)
        kin[step] = node


def _name(node: SchemaNode, around: str | None) -> None:
    """Give an element and all that is below it the namespaces that are stated, or else that of what is around."""
    if node.namespace is not None:
        return
    stated = node.by_attribute.get("namespace")
    node.namespace = around if stated is None else _namespace(stated)
    node.attributes = {
        f"{{{stated.value}}}{step.partition(' #')[0]}" if (stated := one.by_attribute.get("namespace")) else step: one
        for step, one in node.attributes.items()
    }
    if node.namespace is not None:
        for one in (*node.children.values(), *node.types.values()):
            _name(one, node.namespace)


def _namespace(stated: Statement) -> str:
    return "" if stated.value == NO_NAMESPACE else str(stated.value)


def _counts(statement: Statement) -> tuple[int, int | None]:
    """The least and the greatest number of an ``occurs`` statement (``0 | 1``, ``1..48``, ``0..``)."""
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.canonical import parse_domain

    domain = parse_domain(statement.domain or "any")
    if not isinstance(domain, Numbers):
        return 0, None
    low, high = domain.low, domain.high
    return int(low or 0), None if high is None else int(high)
