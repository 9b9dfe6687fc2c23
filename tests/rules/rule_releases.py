"""Small releases for the tests of rules: each part of a specification as a list of statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recorded_comparisons import as_own, not_recorded

from gbcscheck.facts.crosswalk import Agreement, Crosswalk, LayoutHeader, Link, LinkEnd, ListPair, ListSide
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Finding, Place, Specification
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release
from gbcscheck.rules import RULES, check


def part(specification: str, *rows: dict[str, Any], version: str = "1.0", name: str = "", **header: str) -> Extract:
    """One part of one specification; each row is the keyword arguments of an ExtractRow."""
    path = f"{specification}-{name or 'part'}.json"
    return Extract(
        specification=Specification(specification, version, name),
        provenance=header.pop("provenance", "synthetic"),
        rows=tuple(ExtractRow(**row) for row in rows),
        path=path,
        **header,
    )


def says(subject: str, attribute: str, domain: str | None = None, **rest: Any) -> dict[str, Any]:
    """One statement, with a domain or (``value=``) a fact."""
    return {"subject": subject, "attribute": attribute, "domain": domain, **rest}


def link(
    item: str,
    *,
    request: str = "",
    command: str = "",
    response: str = "",
    reading: str = "",
    convert: str = "",
    settable: bool = True,
    service_request: str = "6.1",
    read_service_request: str = "",
) -> Link:
    """A link with at most one end of each hop."""

    link_ends = (
        LinkEnd("request", request, convert),
        LinkEnd("command", command),
        LinkEnd("response", response),
        LinkEnd("reading", reading, convert),
    )
    return Link(
        item=item,
        service_request=service_request,
        read_service_request=read_service_request,
        ends=tuple(end for end in link_ends if end.subject),
        settable=settable,
        proof="unproved",
        reading_proof="unproved",
        note="",
        place=Place("crosswalk.json"),
    )


def lists(kind: str, relation: str, left: ListSide, right: ListSide, *ignore: str) -> ListPair:
    """A pair of lists with a title made of its kind."""
    return ListPair(f"the {kind} lists", kind, relation, left, right, ignore, Place("crosswalk.json"))


def catalogue_of(
    *extracts: Extract,
    links: Sequence[Link] = (),
    pairs: Sequence[ListPair] = (),
    agreements: Sequence[Agreement] = (),
    layouts: Sequence[LayoutHeader] = (),
) -> Catalogue:
    """A release of some parts."""
    crosswalk = Crosswalk(tuple(links), tuple(pairs), tuple(agreements), tuple(layouts))
    return Catalogue.of(as_own(Release("test", "", "", extracts, crosswalk)))


def findings(
    code: str,
    *extracts: Extract,
    links: Sequence[Link] = (),
    pairs: Sequence[ListPair] = (),
    agreements: Sequence[Agreement] = (),
    layouts: Sequence[LayoutHeader] = (),
) -> list[Finding]:
    """What one rule finds in some parts, which it says that it has compared."""
    catalogue = catalogue_of(*extracts, links=links, pairs=pairs, agreements=agreements, layouts=layouts)
    found = check(catalogue, [rule for rule in RULES if rule.code == code])
    assert not [one for finding in found for one in not_recorded(catalogue, finding)]
    return found


REQUEST = "/Request/Body/Set/Value"
READING = "/Response/Get/Value"


def schema_of(domain: str, type_name: str = "sr:Value", path: str = REQUEST, name: str = "DUIS") -> Extract:
    return part(name, says(path, "type", value=type_name), says(path, "permitted", domain), name="schema")


def rows_of(kind: str, *rows: dict[str, Any]) -> Extract:
    return part("GBCS", says("U1/Item.value", "type", kind), *rows, name="use cases")
