"""What an XML Schema says of structure: content models, wildcards, substitution, derivation and identity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gbcscheck.domains.content_models import (
    Model,
    Named,
    Wildcard,
    in_any_order,
    in_order,
    one_of,
    repeated,
    wildcard,
)

if TYPE_CHECKING:
    from xmlschema.validators import XsdElement, XsdGroup

_MAKERS = {"sequence": in_order, "choice": one_of, "all": in_any_order}
_STEP = re.compile(r"(@?)(?:([^\s:/|@]+):)?([^\s:/|@]+)")


# --- content models --------------------------------------------------------------------------------------------------


def model_of(group: XsdGroup, steps: Mapping[str, str]) -> Model:
    """The content model of a type; ``steps`` are the steps of paths by the names of its child elements."""
    from xmlschema.validators import XsdAnyElement, XsdElement, XsdGroup

    parts: list[Model] = []
    for particle in group:
        if isinstance(particle, XsdGroup):
            parts.append(model_of(particle, steps))
            continue
        if isinstance(particle, XsdAnyElement):
            found: Model = _wildcard(particle)
        else:
            assert isinstance(particle, XsdElement)
            found = one_of(Named(steps[one.name]) for one in alternatives(particle) if one.name in steps)
        parts.append(repeated(found, particle.min_occurs, particle.max_occurs))
    return repeated(_MAKERS[group.model](parts), group.min_occurs, group.max_occurs)


def _wildcard(particle: Any) -> Model:
    """An element wildcard (3.10.2); ``##other`` leaves out elements without a namespace, too."""
    made = _wildcard_of(particle)
    return wildcard(made.namespaces, others=made.others, process=made.process)


def attribute_wildcard_of(complex_type: Any) -> Wildcard | None:
    """The attributes that a complex type admits by a wildcard; None where it has none, or one that takes nothing: an
    empty list of namespaces, or, as xmlschema has it, a restriction of a type with a wildcard that states none of its
    own (Part 1, 3.4.2)."""
    component = complex_type.attributes.get(None)
    made = None if component is None else _wildcard_of(component)
    return None if made is None or made.admits_nothing else made


def _wildcard_of(component: Any) -> Wildcard:
    """The wildcard that an ``any`` or ``anyAttribute`` is."""
    named = set(component.namespace)
    if "##any" in named:
        return Wildcard(frozenset(), True, component.process_contents)
    if "##other" in named:
        return Wildcard(frozenset(("", component.target_namespace)), True, component.process_contents)
    return Wildcard(frozenset(named), False, component.process_contents)


# --- what may stand for what -----------------------------------------------------------------------------------------


def alternatives(element: XsdElement) -> list[XsdElement]:
    """An element, or what may stand for it: the members of its substitution group (3.3.6), abstract ones left out."""
    found = [element]
    if "substitution" not in element.block:
        members = sorted(element.iter_substitutes(), key=lambda one: str(one.name))
        found += [one for one in members if not _is_derived_by(one.type, element.type, _blocked(element))]
    return [one for one in found if not one.abstract]


class Derivations:
    """Which complex types of a schema are derived from which."""

    def __init__(self, schema: Any) -> None:
        self._below: dict[int, list[Any]] = {}
        for one in schema.maps.types.values():
            base = None if one.is_simple() else one.base_type
            if base is not None and not base.is_simple():
                self._below.setdefault(id(base), []).append(one)

    def instead_of(self, element: XsdElement) -> list[Any]:
        """The types that ``xsi:type`` may name in the place of a complex type (3.3.4): named, not abstract, derived
        from it by what neither the element nor the type forbids."""
        declared: Any = element.type
        blocked = _blocked(element)
        found = [
            one for one in self._derived(declared) if not one.abstract and not _is_derived_by(one, declared, blocked)
        ]
        return sorted(found, key=lambda one: (str(one.local_name), str(one.name)))

    def _derived(self, base: Any) -> Iterator[Any]:
        waiting = [base]
        while waiting:
            below = self._below.get(id(waiting.pop()), ())
            waiting += below
            yield from below


def _blocked(element: Any) -> frozenset[str]:
    """The ways of deriving that an element and its type forbid for what stands in its place."""
    words = f"{element.block} {getattr(element.type, 'block', '')}".split()
    return frozenset(words) & {"extension", "restriction"}


def _is_derived_by(one: Any, base: Any, methods: frozenset[str]) -> bool:
    """Whether a step from a type up to its base is one of some ways of deriving."""
    while methods and one is not None and one is not base:
        if one.derivation in methods:
            return True
        one = one.base_type
    return False


# --- identity constraints --------------------------------------------------------------------------------------------


def identities_of(element: Any) -> Iterator[tuple[str, Any]]:
    """The identity constraints of an element (3.11), each in canonical words with its declaration: what kind, what is
    selected, which fields; names of the schema's own namespace bare, others as ``{namespace}name``."""
    for one in (element.ref or element).identities:
        words = _identity(one)
        refer = getattr(one, "refer", None)
        if refer is not None and not isinstance(refer, str):
            words += f" -> {_identity(refer)}"
        yield words, one


def _identity(constraint: Any) -> str:
    kind = str(constraint.elem.tag).rpartition("}")[2]
    selector = " | ".join(sorted(_paths(constraint.selector)))
    fields = sorted(" | ".join(sorted(_paths(field))) for field in constraint.fields)
    return f"{kind} {selector}: {', '.join(fields)}"


def _paths(selector: Any) -> Iterator[str]:
    """The alternatives of an XPath of an identity constraint (3.11.6), with its names spelt out."""
    schema = selector.schema

    def spelt(match: re.Match[str]) -> str:
        at, prefix, name = match.groups()
        if name in (".", "*") and not prefix:
            return match.group()
        namespace = schema.namespaces.get(prefix, prefix) if prefix else ""
        own = namespace == schema.target_namespace and bool(prefix)
        return f"{at}{name}" if own or (at and not prefix) else f"{at}{{{namespace}}}{name}"

    for path in "".join(selector.path.split()).split("|"):
        short = path.replace("child::", "").replace("attribute::", "@")
        short = re.sub(r"(?<!\.)\./(?!/)", "", short)
        yield _STEP.sub(spelt, short)
