"""The elements of XML documents through which data items travel, by path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.documents.walk import children, local_name, text_of
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element

PRESENT = "present"
"""The ``where`` of an end whose presence alone asks for something (a method); it has no value."""

WITH = "with "
"""How the ``where`` of an end begins that is meant only where its document has another element, of this path."""


class Linked(NamedTuple):
    """An element of a document and the link that it belongs to; ``rows`` are those of the messages on its other
    side, as far as the release has them."""

    link: Link
    end: LinkEnd
    rows: tuple[str, ...]
    use_cases: frozenset[str] = frozenset()
    """Those whose commands carry it."""

    def selects(self, element: _Element) -> bool:
        """Whether this very element is meant: ``Phase = 2`` stands beside it, or beside an element around it; ``with
        /A/B`` stands in its document."""
        if self.end.where.startswith(WITH):
            return _has(element, self.end.where.removeprefix(WITH))
        name, equals, value = self.end.where.partition(" = ")
        if not equals:
            return self.end.where != PRESENT
        return beside(element, name) == value


def _has(element: _Element, path: str) -> bool:
    """Whether the document of an element has one of a path."""
    found = [element.getroottree().getroot()]
    names = path.strip("/").split("/")
    found = [one for one in found if local_name(one) == names[0]]
    for name in names[1:]:
        found = [child for one in found for child in children(one) if local_name(child) == name]
    return bool(found)


def beside(element: _Element, name: str) -> str:
    """The text of the nearest element of that name beside an element, or beside one around it; ``@index``: of the
    nearest attribute, its own first; ``A/@index``: of that of the nearest element ``A`` around it. Empty without
    one."""
    holder, _, label = name.rpartition("/")
    if label.startswith("@"):
        return _attribute(element, holder, label[1:])
    around = element.getparent()
    while around is not None:
        for child in children(around):
            if local_name(child) == name:
                return text_of(child).strip()
        around = around.getparent()
    return ""


def _attribute(element: _Element, holder: str, name: str) -> str:
    around: _Element | None = element
    while around is not None:
        if not holder or local_name(around) == holder:
            value = around.get(name)
            if value is not None:
                return str(value).strip()
        around = around.getparent()
    return ""


def request_links(catalogue: Catalogue) -> Mapping[str, tuple[Linked, ...]]:
    """By path of a request (DUIS): the links that it sets, with the rows of commands."""
    links = catalogue.crosswalk.links
    return _by_path(catalogue, [(link, link.ends_of("request"), link.ends_of("command", "gbz")) for link in links])


def reading_links(catalogue: Catalogue) -> Mapping[str, tuple[Linked, ...]]:
    """By path of a response (MMC): the links that it shows, with the rows of responses."""
    return _by_path(
        catalogue, [(link, link.ends_of("reading"), link.ends_of("response")) for link in catalogue.crosswalk.links]
    )


def _by_path(
    catalogue: Catalogue, sides: list[tuple[Link, tuple[LinkEnd, ...], tuple[LinkEnd, ...]]]
) -> Mapping[str, tuple[Linked, ...]]:
    found: dict[str, list[Linked]] = {}
    for link, elements, rows in sides:
        if not elements:
            continue
        known = tuple(dict.fromkeys(end.subject for end in rows if catalogue.about(end.subject, "type")))
        use_cases = frozenset(end.subject.partition("/")[0] for end in link.all_ends_of("command", "gbz"))
        for end in elements:
            found.setdefault(end.subject, []).append(Linked(link, end, known, use_cases))
    return {path: tuple(linked) for path, linked in found.items()}


def requests_by_path(linked: Mapping[str, tuple[Linked, ...]]) -> Mapping[str, tuple[str, bool]]:
    """By a path, the one service request to which the links at it and below it belong, and whether one of them is
    proved; only paths of which there is one."""
    found: dict[str, dict[str, bool]] = {}
    for path, several in linked.items():
        names = path.split("/")
        for one in several:
            reading = one.end.role == "reading"
            name = one.link.read_service_request if reading else one.link.service_request
            proof = one.link.reading_proof if reading else one.link.proof
            proved = proof.startswith(("proved", "structure"))
            for depth in range(2, len(names) + 1):
                requests = found.setdefault("/".join(names[:depth]), {})
                requests[name] = requests.get(name, False) or proved
    return {path: next(iter(requests.items())) for path, requests in found.items() if len(requests) == 1}


def requests_of_bodies(catalogue: Catalogue) -> Mapping[str, tuple[str, bool]]:
    """``requests_by_path`` of requests (DUIS)."""
    return requests_by_path(catalogue.once(request_links))


def requests_of_answers(catalogue: Catalogue) -> Mapping[str, tuple[str, bool]]:
    """``requests_by_path`` of responses (MMC)."""
    return requests_by_path(catalogue.once(reading_links))


def use_cases_of_requests(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """The use cases that the crosswalk knows of each service request, as far as the release has their rows."""
    found: dict[str, set[str]] = {}
    for several in catalogue.once(request_links).values():
        for one in several:
            of_request = found.setdefault(one.link.service_request, set())
            of_request.update(row.partition("/")[0] for row in one.rows)
    return {name: frozenset(use_cases) for name, use_cases in found.items()}
