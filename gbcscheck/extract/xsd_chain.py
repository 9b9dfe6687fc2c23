"""The chain of restrictions behind a simple type of XML Schema, as xmlschema has it, and its words.

A chain begins with a built-in type, a list or a union, and ends with the type itself; each step has facets of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gbcscheck.domains.literals import COLLAPSE, Form, built_in

LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
"""The built-in lists and their entries (3.3.5, 3.3.10, 3.3.12)."""

_XSD = "{http://www.w3.org/2001/XMLSchema}"


def chain_of(simple: Any) -> list[Any]:
    """The types from the first of the chain to the type itself."""
    chain = [simple]
    while builtin_name(chain[-1]) is None and not is_list(chain[-1]) and not is_union(chain[-1]):
        base = chain[-1].base_type
        chain.append(base if base.is_simple() else base.content)
    return chain[::-1]


def builtin_name(simple: Any) -> str | None:
    """Local name of a type of XML Schema itself, else None."""
    name = simple.name
    return name[len(_XSD) :] if name is not None and name.startswith(_XSD) else None


def is_list(simple: Any) -> bool:
    """Whether a type is declared as a list; one that restricts a list is not."""
    from xmlschema.validators import XsdList

    return isinstance(simple, XsdList)


def is_union(simple: Any) -> bool:
    """Whether a type is declared as a union; one that restricts a union is not."""
    from xmlschema.validators import XsdUnion

    return isinstance(simple, XsdUnion)


def facets_of(simple: Any) -> Iterator[tuple[str, str]]:
    """Name and value, as written, of each facet of a type's own step, in document order."""
    for name, facet in simple.facets.items():
        local = str(name).rpartition("}")[2]
        elements = facet if local in ("enumeration", "pattern") else [facet.elem]
        yield from ((local, element.get("value", "")) for element in elements)


def form_of(simple: Any, known: dict[int, Form] | None = None) -> Form:
    """How the values of a type are written: the first of its chain, and what becomes of blanks. The members of a union
    within a union are its own members (Part 2, 2.5.1.3); each form of theirs stands there once."""
    known = {} if known is None else known
    if id(simple) not in known:
        known[id(simple)] = _form_of(simple, known)
    return known[id(simple)]


def _form_of(simple: Any, known: dict[int, Form]) -> Form:
    first, *steps = chain_of(simple)
    name = builtin_name(first)
    if is_list(first):
        return Form("list", COLLAPSE, (form_of(first.item_type, known),))
    if is_union(first):
        forms = [form_of(member, known) for member in first.member_types]
        parts = [part for form in forms for part in (form.parts if form.base == "union" else (form,))]
        return Form("union", COLLAPSE, tuple(dict.fromkeys(parts)))
    if name in LISTS:
        return Form("list", COLLAPSE, (built_in(f"xs:{LISTS[name]}"),))
    blanks = [value for step in steps for facet, value in facets_of(step) if facet == "whiteSpace"]
    form = built_in(f"xs:{name}")
    return form._replace(white_space=blanks[-1]) if blanks else form


def written(simple: Any) -> str:
    """The first of the chain and the facets of the steps as they are written: ``xs:int, minInclusive 1``.

    What a step lists is among what those before it list, so that the last list is all that is left (Part 2, 4.3.5).
    Members of a union and entries of a list go by their names where they have one.
    """
    first, *steps = chain_of(simple)
    name = builtin_name(first)
    if name is not None:
        start = f"xs:{name}"
    elif is_list(first):
        start = f"list of {_short(first.item_type)}"
    else:
        start = f"union of {' and '.join(_short(member) for member in first.member_types)}"
    facets = [(facet, value, step) for step in steps for facet, value in facets_of(step)]
    listing = next((step for facet, _, step in reversed(facets) if facet == "enumeration"), None)
    return ", ".join(
        [start, *(f"{facet} {value}" for facet, value, step in facets if facet != "enumeration" or step is listing)]
    )


def _short(simple: Any) -> str:
    return simple.prefixed_name if simple.name is not None else f"({written(simple)})"


def is_repeated_by_domain(simple: Any) -> bool:
    """Whether the words of a type add nothing to its domain: it lists values, or has patterns, or is made of types."""
    first, *steps = chain_of(simple)
    listed = any(facet in ("enumeration", "pattern") for step in steps for facet, _ in facets_of(step))
    return listed or builtin_name(first) is None
