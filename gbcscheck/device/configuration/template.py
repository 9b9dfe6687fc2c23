"""Empty configurations to be filled in: each data item with what is permitted of it beside the place for its value.

What is printed is a configuration itself: filled in, it is judged as it stands, the remarks beside each value left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.device.configuration.form import form_of
from gbcscheck.device.configuration.leaf import known
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.configuration.records import COMMENT
from gbcscheck.device.context import Context
from gbcscheck.device.use_cases import GBCS, USE_CASES
from gbcscheck.errors import UsageError
from gbcscheck.facts.crosswalk import Role
from gbcscheck.model import Statement
from gbcscheck.printable import json_text
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

CONFIGURATION = "configuration data"
NOT_CONFIGURED = frozenset(("operational data", "method", "method input", "method output", "alert"))
"""Categories (sheet Objects) of what a device measures, does and tells: nothing that is configured."""
EVERY_DEVICE = "All"
LONGEST = 240
"""Characters of a remark; a longer set of values is cut."""


def template(context: Context, items: Sequence[str] = (), device_type: str = "") -> str:
    """An empty configuration as JSON text: of some data items or their elements, or of all that use cases for a type
    of device (``ESME``) configure; of the named ones, with a type, what its use cases carry.

    Raises UsageError for a name that is no data item, a type that no use case targets, and where neither is given.
    """
    catalogue = context.catalogue
    if items:
        chosen = _named(catalogue, items, device_type)
    elif device_type:
        chosen = _targeted(catalogue, device_type)
    else:
        raise UsageError("name data items, or a type of device, of which a template is wanted")
    document: dict[str, Any] = {}
    if device_type:
        document["device"] = {"type": device_type}
    heads: dict[str, Any] = {}
    for node, leaves in chosen:
        heads[node.path] = _part(catalogue, node, leaves)
    document["items"] = heads
    return json_text(document, indent=2) + "\n"


Chosen = list[tuple[Node, frozenset[str]]]
"""Data items by their own names, each with its elements that are wanted."""


def _named(catalogue: Catalogue, wanted: Sequence[str], device_type: str) -> Chosen:
    use_cases = _use_cases(catalogue, device_type) if device_type else None
    names = known(catalogue).names
    chosen: dict[str, set[str]] = {}
    heads: dict[str, Node] = {}
    for name in wanted:
        node = names.find(name)
        if node is None:
            from gbcscheck.near_names import unknown

            raise UsageError(unknown("data item", name, names.heads))
        leaves = _configured(catalogue, node)
        if use_cases is not None:
            leaves = [leaf for leaf in leaves if _carried(catalogue, leaf, use_cases)]
            if not leaves:
                raise UsageError(f"no use case that targets a device of type {device_type} carries {node.path}")
        for leaf in leaves:
            head = names.head(leaf)
            heads[head.path] = head
            chosen.setdefault(head.path, set()).add(leaf.item)
    return [(heads[path], frozenset(leaves)) for path, leaves in chosen.items()]


def _configured(catalogue: Catalogue, node: Node) -> list[Node]:
    """The elements below a node that are configured; all of them where none is."""
    leaves = list(node.leaves())
    return [leaf for leaf in leaves if _is_configured(_categories(catalogue, leaf))] or leaves


def _categories(catalogue: Catalogue, leaf: Node) -> set[str]:
    statements = catalogue.item_statements(catalogue.items[leaf.item], "category")
    return {str(statement.value).casefold() for statement in statements}


def _is_configured(categories: set[str]) -> bool:
    return not categories or not categories <= NOT_CONFIGURED


def _targeted(catalogue: Catalogue, device_type: str) -> Chosen:
    """The data items of which a use case that targets the type configures an element, with its elements there."""
    use_cases = _use_cases(catalogue, device_type)
    chosen: Chosen = []
    names = known(catalogue).names
    for name in names.heads:
        head = names.find(name)
        assert head is not None
        leaves = {leaf.item for leaf in head.leaves() if _carried(catalogue, leaf, use_cases)}
        configured = frozenset(item for item in leaves if _is_configured(_of(catalogue, item, use_cases)))
        if any(CONFIGURATION in _of(catalogue, item, use_cases) for item in configured):
            chosen.append((head, configured))
    return chosen


def _use_cases(catalogue: Catalogue, device_type: str) -> set[str]:
    """The use cases that target a type of device; UsageError where there are none."""
    by_use_case = {s.subject: str(s.value) for s in catalogue.in_part(GBCS, USE_CASES, "target")}
    if not any(re.search(rf"\b{re.escape(device_type)}\b", target) for target in by_use_case.values()):
        words = {word for target in by_use_case.values() for word in re.findall(r"\b[A-Z]{3,}\b", target)}
        types = sorted(words - {GBCS})
        raise UsageError(f'no use case targets a device of type "{device_type}"; there are {", ".join(types)}')
    return {use_case for use_case, target in by_use_case.items() if _targets(target, device_type)}


def _targets(target: str, device_type: str) -> bool:
    return target == EVERY_DEVICE or bool(re.search(rf"\b{re.escape(device_type)}\b", target))


def _carried(catalogue: Catalogue, leaf: Node, use_cases: set[str]) -> bool:
    return any(row.use_case in use_cases for row in catalogue.items[leaf.item].rows)


def _of(catalogue: Catalogue, item: str, use_cases: set[str]) -> set[str]:
    """The categories of an item in some use cases."""
    rows = (row.subject for row in catalogue.items[item].rows if row.use_case in use_cases)
    return {str(category.value).casefold() for row in rows for category in catalogue.about(row, "category")}


# --- parts -----------------------------------------------------------------------------------------------------------


def _part(catalogue: Catalogue, node: Node, wanted: frozenset[str]) -> Any:
    """A place for the value of a node, for its fields, or for the entries of its list."""
    only = node.only()
    if only is not None and not node.children and not node.members:
        return _place(catalogue, catalogue.items[only.item])
    if only is not None and not node.item and "[" not in only.path[len(node.path) :]:
        return _place(catalogue, catalogue.items[only.item])
    if node.members and not node.item:
        return _entries(catalogue, node, wanted)
    fields: dict[str, Any] = {}
    if node.item in wanted:
        fields |= _place(catalogue, catalogue.items[node.item])
    for child in node.children.values():
        if any(leaf.item in wanted for leaf in child.leaves()):
            name = child.path[len(node.path) + 1 :]
            if child.members and (count := _count(catalogue, child)):
                fields[f"{COMMENT}{name}"] = count
            fields[name] = _part(catalogue, child, wanted)
    return fields


def _entries(catalogue: Catalogue, node: Node, wanted: frozenset[str]) -> list[Any]:
    """One entry for each that has a number of its own, at its place, or one that stands for all."""
    entries: list[Any] = []
    for index, member in node.members:
        if any(leaf.item in wanted for leaf in member.leaves()):
            place = int(index) if index.isdecimal() else 1
            entries.extend([None] * (place - len(entries)))
            entries[place - 1] = _part(catalogue, member, wanted)
    return entries


def _count(catalogue: Catalogue, node: Node) -> str:
    """How many entries use cases state for a list."""
    item = catalogue.items[next(node.leaves()).item]
    statements = (s for row in item.rows for s in catalogue.about(f"{row.use_case}/{node.path}", "occurs"))
    counts = dict.fromkeys(d.describe() for s in statements if (d := catalogue.domain(s)) is not None)
    return f"number of entries: {' or '.join(counts)}" if counts else ""


def _place(catalogue: Catalogue, item: Item) -> dict[str, Any]:
    """A place for a value, with what the specifications say of it."""
    form = form_of(catalogue, item)
    members = {
        "type": [_printed(kind) for kind in form.kinds],
        "permitted": _sets(catalogue, catalogue.item_statements(item, "permitted")),
        "constant": _sets(catalogue, catalogue.item_statements(item, "constant")),
        "default": _sets(catalogue, catalogue.item_statements(item, "default")),
        "settable": _through(catalogue, item, "request"),
        "shown": _through(catalogue, item, "reading"),
        "unit": [form.unit],
        "set by": _carriers(item, "Update"),
        "read by": _carriers(item, "Read"),
    }
    place: dict[str, Any] = {"value": None}
    for name, texts in members.items():
        text = (", " if name.endswith("by") else "; or ").join(dict.fromkeys(text for text in texts if text))
        if text:
            place[name] = text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
    return place


def _sets(catalogue: Catalogue, statements: Iterable[Statement]) -> list[str]:
    return [_printed(domain) for s in statements if (domain := catalogue.domain(s)) is not None]


def _through(catalogue: Catalogue, item: Item, role: Role) -> list[str]:
    """What service requests can set, or what their responses can show, as the device holds it."""
    from gbcscheck.evidence.conversion import routes
    from gbcscheck.evidence.rows import carries_whole

    links = [link for link in item.links if carries_whole(link) and (link.settable or role == "reading")]
    return [_printed(route.kind) for link in links for route in routes(catalogue, link, link.ends_of(role))]


def _carriers(item: Item, direction: str) -> list[str]:
    return [row.use_case for row in item.rows if row.direction == direction]


def _printed(domain: Domain) -> str:
    from gbcscheck.notation.canonical import print_domain

    return print_domain(domain)
