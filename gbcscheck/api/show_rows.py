"""Tables of what belongs to a thing: the rows and the byte layout of a use case, the elements below an element, and of
a service request its use cases, the elements of request and response, and the items that they carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.api.show_views import subjects_below, view_of
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.report.grids import Grid, GridRow
from gbcscheck.report.quotation import own_words

BODY, RESPONSES = "/Request/Body", "/GBCSResponse/Body/ResponseMessage/SMETSData"
"""Below these stand the elements of service requests and of responses in DUIS and MMC."""


def belonging(catalogue: Catalogue, name: str) -> tuple[Grid, ...]:
    """The tables of what belongs to a thing; none of a data item, whose view says all."""
    if name in catalogue.items or split_row(name)[0]:
        return ()
    if name.startswith("/"):
        return _filled(_elements(catalogue, "Elements", name, tuple(subjects_below(catalogue, name))))
    if catalogue.first(name, "service-reference") is None:
        return ()
    if name[:1].isdigit():
        return _filled(*_of_request(catalogue, (name,)))
    below = tuple(subjects_below(catalogue, name))
    rows = [subject for subject in below if split_row(subject)[1]]
    layout = [subject for subject in below if not split_row(subject)[1]]
    return _filled(_rows(catalogue, rows), _layout(catalogue, name, layout))


def of_reference(catalogue: Catalogue, names: Sequence[str]) -> tuple[Grid, ...]:
    """The tables of the service requests that stand under one reference, and of its use cases."""
    requests = [name for name in names if name[:1].isdigit()]
    return _filled(_requests(catalogue, requests), *_of_request(catalogue, requests, names))


def _filled(*grids: Grid) -> tuple[Grid, ...]:
    return tuple(grid.without_empty_columns() for grid in grids if grid.rows)


def _words(catalogue: Catalogue, subject: str, *attributes: str) -> str:
    """What is said of a subject, line by line; with the name of the attribute where several are asked for."""
    statements = catalogue.about(subject, *attributes)
    named = len(attributes) > 1
    return "\n".join(
        dict.fromkeys(f"{one.attribute}: {own_words(one)}" if named else own_words(one) for one in statements)
    )


# --- use cases -------------------------------------------------------------------------------------------------------


def _rows(catalogue: Catalogue, subjects: Iterable[str]) -> Grid:
    """The rows of a use case, in its order, the elements of one data item below its name."""
    found: list[GridRow] = []
    last = ""
    for subject in subjects:
        name = split_row(subject)[1]
        whole, _, element = name.partition(".")
        if whole != last:
            found.append(GridRow((whole, _of_what(catalogue, subject), "", "", "", ""), "strong"))
            last = whole
        values = "\n".join(_values(catalogue, name, subject))
        found.append(
            GridRow(
                (
                    f"  {element or whole}",
                    _words(catalogue, subject, "member") or _words(catalogue, subject, "parameter"),
                    _words(catalogue, subject, "type"),
                    values,
                    _words(catalogue, subject, "presence"),
                    _row_number(catalogue, subject),
                )
            )
        )
    return Grid("Rows", ("", "where", "type", "values", "presence", "row"), tuple(found))


def _of_what(catalogue: Catalogue, subject: str) -> str:
    """The object of a row, or its cluster and command."""
    of_class, logical_name = _words(catalogue, subject, "class"), _words(catalogue, subject, "object")
    if logical_name:
        return f"class {of_class}, {logical_name}"
    parts = (_words(catalogue, subject, attribute) for attribute in ("cluster", "command"))
    return ", ".join(" ".join(part.split()) for part in parts if part)


def _values(catalogue: Catalogue, name: str, subject: str) -> Iterator[str]:
    """What a row fixes or permits, in its own words and, where it is a date, a time or a week, in plain ones."""
    view = view_of(catalogue, name)
    for statement in catalogue.about(subject, "constant", "permitted"):
        yield f"{statement.attribute}: {view.cell(statement)}"


def _row_number(catalogue: Catalogue, subject: str) -> str:
    stated = next(iter(catalogue.about(subject)), None)
    return stated.clause.partition(", row ")[2] if stated is not None else ""


def _layout(catalogue: Catalogue, use_case: str, subjects: Iterable[str]) -> Grid:
    rows = tuple(
        GridRow(
            (
                subject.removeprefix(f"{use_case}/"),
                _words(catalogue, subject, "octets"),
                _words(catalogue, subject, "constant", "permitted"),
            )
        )
        for subject in subjects
    )
    return Grid("Byte layout", ("", "octets", "values"), rows)


# --- elements --------------------------------------------------------------------------------------------------------


def _elements(catalogue: Catalogue, title: str, root: str, subjects: Iterable[str]) -> Grid:
    """The elements below another one that hold a value: what each may hold, and the data item that it carries."""
    carried = _carried(catalogue.crosswalk.links)
    rows = tuple(
        GridRow(
            (
                subject.removeprefix(f"{root}/") if subject != root else subject.rpartition("/")[2],
                _words(catalogue, subject, "permitted"),
                _words(catalogue, subject, "occurs"),
                "\n".join(carried.get(subject, ())),
            )
        )
        for subject in subjects
        if catalogue.first(subject, "permitted") is not None or subject in carried
    )
    return Grid(f"{title} {root}", ("", "permitted", "occurs", "data item"), rows)


def _carried(links: Iterable[Link]) -> dict[str, list[str]]:
    """The data items that elements carry, by the paths of these."""
    found: dict[str, list[str]] = {}
    for link in links:
        for end in link.ends_of("request", "reading"):
            names = found.setdefault(end.subject, [])
            if link.item != end.subject and link.item not in names:
                names.append(link.item)
    return found


# --- service requests ------------------------------------------------------------------------------------------------


def _of_request(catalogue: Catalogue, requests: Sequence[str], also: Sequence[str] = ()) -> Iterator[Grid]:
    """The use cases of some service requests, the elements of requests and responses, and the items that they carry."""
    links = {name: _links(catalogue, name) for name in requests}
    yield _use_cases(catalogue, requests, [link for of_one in links.values() for link in of_one], also)
    for name in requests:
        for root in _roots(catalogue, name, links[name]):
            below = (root, *subjects_below(catalogue, root))
            yield _elements(catalogue, "Request" if root.startswith(BODY) else "Response", root, below)
        yield _items(name, links[name])


def _links(catalogue: Catalogue, request: str) -> list[Link]:
    return [one for one in catalogue.crosswalk.links if request in (one.service_request, one.read_service_request)]


def _requests(catalogue: Catalogue, names: Sequence[str]) -> Grid:
    attributes = ("title", "critical", "roles", "future-dated")
    rows = tuple(GridRow((name, *(_words(catalogue, name, one) for one in attributes))) for name in names)
    return Grid("Service requests", ("", *attributes), rows)


def _use_cases(catalogue: Catalogue, requests: Sequence[str], links: Iterable[Link], also: Sequence[str]) -> Grid:
    """The use cases that have the reference of some service requests; of one request, those that carry its items where
    the crosswalk knows some, and the others in the note."""
    references = {_words(catalogue, name, "service-reference") for name in requests}
    named = [
        one.subject
        for one in catalogue.by_attribute.get("service-reference", ())
        if own_words(one) in references and not one.subject[:1].isdigit()
    ]
    names = list(dict.fromkeys((*named, *(name for name in also if not name[:1].isdigit()))))
    of_links = {
        end.subject.partition("/")[0]
        for link in links
        for end in link.ends_of(*(("command",) if link.service_request in requests else ("response",)))
    }
    shown = [name for name in names if name in of_links] if len(requests) == 1 else []
    others = [name for name in names if shown and name not in shown]
    attributes = ("message-code", "direction", "roles")
    rows = tuple(
        GridRow((name, _first(catalogue, name, "title"), *(_words(catalogue, name, one) for one in attributes)))
        for name in shown or names
    )
    note = f"The reference {', '.join(sorted(references))} stands in {', '.join(others)}, too." if others else ""
    return Grid("Use cases", ("", "title", *attributes), rows, note)


def _first(catalogue: Catalogue, subject: str, attribute: str) -> str:
    stated: Statement | None = catalogue.first(subject, attribute)
    return own_words(stated) if stated is not None else ""


def _roots(catalogue: Catalogue, request: str, links: Iterable[Link]) -> Iterator[str]:
    """The elements of request and response of a service request: those that its links name, and those that are called
    as it is."""
    called = _letters(_words(catalogue, request, "title"))
    found: dict[str, None] = {}
    for link in links:
        sets = link.service_request == request
        for end in link.ends_of("request") if sets else link.ends_of("reading"):
            body = BODY if sets else RESPONSES
            found.setdefault("/".join(end.subject.split("/")[: body.count("/") + 2]))
    for body, ending in ((BODY, ""), (RESPONSES, "rsp")):
        depth = body.count("/") + 1
        for subject in catalogue.by_subject:
            whole = subject.startswith(f"{body}/") and subject.count("/") == depth
            if whole and _letters(subject.rpartition("/")[2]) == called + ending:
                found.setdefault(subject)
    return iter(sorted(found, key=lambda path: not path.startswith(BODY)))


def _letters(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _items(request: str, links: Iterable[Link]) -> Grid:
    """The data items on the way of a service request, the elements of one below its name: which of them it sets, the
    rows that carry them, and the element of a response that shows them."""
    found: list[GridRow] = []
    last = ""
    for link in links:
        whole, _, element = link.item.partition(".")
        if link.item.startswith("/"):
            continue
        if element and whole != last:
            found.append(GridRow((whole, "", "", "", "", ""), "strong"))
        last = whole
        readings = link.ends_of("reading")
        cells = (
            f"  {element}" if element else whole,
            "sets" if link.service_request == request and link.settable else "",
            "\n".join(end.subject.partition("/")[0] for end in link.ends_of("command")),
            "\n".join(end.subject.partition("/")[0] for end in link.ends_of("response")),
            "\n".join("/".join(end.subject.split("/")[-2:]) for end in readings),
            "\n".join(dict.fromkeys(end.conversion for end in link.ends_of("request", "reading") if end.conversion)),
        )
        found.append(GridRow(cells))
    headings = ("", request, "command", "response", "shown in", "conversion")
    return Grid(f"Data items of {request}", headings, tuple(found))
