"""The rows of use cases that carry a data item, which of them set it and which read it, and its links in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue, Item

SETS, READS = "Update", "Read"
"""What the list of use cases calls the direction of a use case."""


def direction(catalogue: Catalogue, subject: str) -> str:
    """The direction of the use case of a row (``Update``, ``Read``); empty where the table is silent, or for what is
    no row."""
    stated = catalogue.first(subject.partition("/")[0], "direction")
    return str(stated.value) if stated is not None else ""


def sets(catalogue: Catalogue, row: str) -> bool:
    """Whether a row is one of a use case that sets something."""
    return direction(catalogue, row) == SETS


def setting_first(catalogue: Catalogue, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements on rows of commands that set something before those on rows that read it, both before what is no
    row; otherwise in their order."""
    order = {SETS: 0, READS: 1}
    return tuple(sorted(statements, key=lambda statement: order.get(direction(catalogue, statement.subject), 2)))


def carriers(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    """The rows of use cases that carry an item, under its own name or through its links: those that set it first."""
    linked = (end.subject for link in item.links for end in link.ends_of("command", "response"))
    rows = dict.fromkeys((*(row.subject for row in item.rows), *linked))
    return tuple(sorted(rows, key=lambda row: not sets(catalogue, row)))


def types_of_rows(catalogue: Catalogue) -> Mapping[str, Statement]:
    """The first type of each row of a table and each field of a layout, by its subject; none of an element of XML, of
    which there are many times more. Ask by ``catalogue.once``."""
    found: dict[str, Statement] = {}
    for stated in catalogue.of_subjects("type", lambda subject: subject[:1] != "/"):
        found.setdefault(stated.subject, stated)
    return found


def tables_of_use_cases(catalogue: Catalogue) -> tuple[Specification, ...]:
    """The documents that list use cases and were read from their source: what they lack, they do not have. An extract
    written by hand need not hold everything."""
    listing = dict.fromkeys(specification for specification, _ in catalogue.said_of("message-code"))
    return tuple(one for one in listing if not catalogue.parts[one][0].source.startswith("/statements/"))


def is_method(catalogue: Catalogue, row: str) -> bool:
    """Whether a row is a method or a part of its argument, which each use case chooses for itself and no device
    holds."""
    stated = catalogue.first(row, "member")
    return stated is not None and str(stated.value).startswith("method")


def units_of(catalogue: Catalogue, item: Item) -> tuple[Statement, ...]:
    """What documents say of the unit of an item: under its name or in its rows, and COSEM of a field of the class."""
    element = item.name.partition(".")[2]
    classes = dict.fromkeys(
        str(stated.value) for row in item.rows if (stated := catalogue.first(row.subject, "class")) is not None
    )
    fields = (catalogue.first(f"class {name}/{element}", "unit") for name in classes if element)
    return (*catalogue.item_statements(item, "unit"), *(stated for stated in fields if stated is not None))


# --- links -----------------------------------------------------------------------------------------------------------


def in_force(catalogue: Catalogue, item: Item) -> tuple[Link, ...]:
    """The links of an item whose command or response the release has: another use case took the place of the others
    (GCS24a that of GCS24). All of them where the release has none, since it may lack the use cases as a whole."""
    known = tuple(
        link
        for link in item.links
        if not link.ends_of("command", "response")
        or any(end.subject in catalogue.by_subject for end in (link.ends_of("command") or link.ends_of("response")))
    )
    return known or item.links


def setting_links(catalogue: Catalogue, item: Item) -> tuple[Link, ...]:
    """The links through which a service request sets an item, as far as they are in force."""
    return tuple(link for link in in_force(catalogue, item) if link.ends_of("request") and link.settable)


def carries_whole(link: Link) -> bool:
    """Whether a row that carries the item of a link, to the device where one does, holds nothing else: what the ends in
    XML say of the item is then what they say of the row."""
    if link.all_ends_of("command", "gbz"):
        return bool(link.ends_of("command", "gbz"))
    return bool(link.ends_of("response")) or not link.all_ends_of("response")


def what_is_set_instead(catalogue: Catalogue, item: Item) -> str:
    """One sentence on the service requests that set other elements of the same data item; empty where none does."""
    whole = item.name.partition(".")[0]
    elements = catalogue.once(_set_elements).get(whole)
    if not elements:
        return ""
    listed = "; ".join(f"{request} sets only {_and(names)}" for request, names in elements.items())
    return f"Of {whole}, service request {listed}."


def _set_elements(catalogue: Catalogue) -> dict[str, dict[str, list[str]]]:
    """The elements that service requests set, by data item and request."""
    found: dict[str, dict[str, list[str]]] = {}
    for link in catalogue.crosswalk.links:
        if link.ends_of("request") and link.settable:
            name, _, element = link.item.partition(".")
            found.setdefault(name, {}).setdefault(link.service_request, []).append(element or name)
    return found


def _and(names: Iterable[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"
