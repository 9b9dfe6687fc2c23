"""Service requests, their responses and their titles: each request has a response of its name, and each its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gbcscheck.evidence.comparisons import held, held_all, looked_for
from gbcscheck.model import UNSTATED, Finding, Statement, distinct
from gbcscheck.near_names import nearest
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_REQUEST = re.compile(r"/Request/Body/([^/@]+)")
_RESPONSE = re.compile(r"/GBCSResponse/Body/ResponseMessage/SMETSData/([^/@\[]+)Rsp(?:\[[^\]]*\])?")
"""Where requests and responses stand in the schemas, and what a response is called: by its request, with ``Rsp``."""
_ATTRIBUTE = "occurs"
"""What every schema says of every element."""
_ALIKE = 0.9
"""From which likeness on a response of another name is taken for that of a request."""


@rule(
    "S122",
    "request-without-response",
    kind="missing",
    severity="warning",
    reads=("occurs", "title", "non-device"),
    question="Has every service request to a device a response of its name?",
    text="""
    The schema of requests has a service request that goes to a device, and the schema of responses has no element of
    its name: what the device answers cannot be shown. Requests that the DCC itself answers have none, as the matrix of
    service requests says. A response of nearly that name is a note: whoever looks for it by its name misses it.

    **How to fix it.** Add the response, or give it the name of its request.

    **Example.** `UpdateDeviceConfigurationAuxiliaryControllerScheduler` (6.14.3) has no response in MMC 5.4; that of
    `ReadDeviceConfigurationBillingCalendar` is called `ReadDeviceConfigurationDataBillingCalendarRsp`.
    """,
)
def request_without_response(catalogue: Catalogue) -> Iterator[Finding]:
    """Requests to devices without a response of their name, and responses without a request, of which neither is nearly
    the other; only where both schemas are there, and the matrix tells which requests go to devices."""
    requests, responses = _named(catalogue, _REQUEST), _named(catalogue, _RESPONSE)
    titles = _titles(catalogue)
    if not requests or not responses:
        return
    for_dcc = {title for title, stated in titles.items() if _is_for_dcc(catalogue, stated)}
    among = _around(catalogue, responses)
    alone = [name for name in responses if name not in requests]
    for name, request in requests.items():
        title = titles.get(_letters(name))
        if name in responses:
            held(catalogue, request, (responses[name],))
        if name in responses or title is None or _letters(name) in for_dcc:
            continue
        near = _alike(name, alone)
        if near:
            alone.remove(near)
        response = responses.get(near)
        held_all(catalogue, (request, response or among, title))
        yield request_without_response.finding(
            severity="note" if response is not None else "",
            subject=request.subject,
            message=f"its response is called {near}Rsp" if response is not None else "no response has its name",
            statements=distinct((request, response or among, title)),
            witness=f"{name}Rsp",
            why=f"it is service request {title.subject}, which the matrix sends to devices.{_gap(request, among)}",
            suggestion=f"call the response {name}Rsp" if response is not None else f"add {name}Rsp to the responses",
            absent_from=(among.specification,),
        )
    yield from _without_request(catalogue, requests, responses, alone)


def _without_request(
    catalogue: Catalogue, requests: Mapping[str, Statement], responses: Mapping[str, Statement], alone: list[str]
) -> Iterator[Finding]:
    """What is told of responses that no request has the name of."""
    among = _around(catalogue, requests)
    for name in alone:
        looked_for(catalogue, responses[name], among)
        yield request_without_response.finding(
            subject=responses[name].subject,
            message="no request has its name",
            statements=(responses[name],),
            witness=name,
            why=f"a response is called by its request, with Rsp behind it.{_gap(among, responses[name])}",
            suggestion="call it by its request, or add the request",
            absent_from=(among.specification,),
        )


def _around(catalogue: Catalogue, elements: Mapping[str, Statement]) -> Statement:
    """What is said of the element that holds some: it stands for all that it does not hold."""
    one = next(iter(elements.values()))
    return catalogue.first(one.subject.rpartition("/")[0], _ATTRIBUTE) or one


def _gap(request: Statement, response: Statement) -> str:
    """What would settle it, where the two schemas are of two versions."""
    asked, answered = request.specification, response.specification
    if asked.version in (answered.version, UNSTATED) or answered.version == UNSTATED:
        return ""
    return f" {answered.name} {asked.version}, which goes with {asked.name} {asked.version}, would settle it."


def _named(catalogue: Catalogue, path: re.Pattern[str]) -> Mapping[str, Statement]:
    """The elements at a path by their names, each with what the schema says of how often it stands."""
    return catalogue.once(_elements)[path]


def _elements(catalogue: Catalogue) -> Mapping[re.Pattern[str], Mapping[str, Statement]]:
    found: dict[re.Pattern[str], dict[str, Statement]] = {_REQUEST: {}, _RESPONSE: {}}
    beginnings = ("/Request/Body/", "/GBCSResponse/Body/ResponseMessage/SMETSData/")

    def is_one(subject: str) -> bool:
        return subject.startswith(beginnings) and any(path.fullmatch(subject) for path in found)

    for stated in catalogue.of_subjects(_ATTRIBUTE, is_one):
        for path, named in found.items():
            match = path.fullmatch(stated.subject)
            if match is not None:
                named.setdefault(match[1], stated)
    return {path: dict(sorted(named.items())) for path, named in found.items()}


def _titles(catalogue: Catalogue) -> Mapping[str, Statement]:
    """The titles of the matrix of service requests by their letters, without what stands in brackets behind them."""
    known = catalogue.firsts("non-device")
    return {
        letters: stated
        for stated in catalogue.by_attribute.get("title", ())
        if stated.subject in known and known[stated.subject].specification == stated.specification
        for letters in (_letters(str(stated.value)), _letters(re.sub(r"\([^()]*\)\s*$", "", str(stated.value))))
    }


def _is_for_dcc(catalogue: Catalogue, title: Statement) -> bool:
    stated = catalogue.firsts("non-device").get(title.subject)
    return stated is not None and str(stated.value) == "Yes"


@lru_cache(maxsize=1024)
def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _alike(name: str, known: list[str]) -> str:
    """The name among some that is nearly another one; empty where none is."""
    from difflib import SequenceMatcher

    near = nearest(name, known, most=1)
    return near[0] if near and SequenceMatcher(None, name, near[0]).ratio() >= _ALIKE else ""


@rule(
    "N122",
    "request-named-otherwise",
    kind="naming",
    severity="note",
    reads=("occurs", "title", "non-device"),
    question="Has every service request the title of the matrix as its name?",
    text="""
    The element of a service request is called by the title that the matrix of service requests gives it, without blanks
    and signs. Some are not: they have an abbreviation, or other words. A program that goes from the one to the other by
    name does not find them.

    **How to fix it.** Nothing, where the names are known; new requests are called by their titles.

    **Example.** `UpdateDeviceConfigurationALCScheduler` in DUIS, `Update Device Configuration (Auxiliary Load Control
    Scheduler)` in the matrix.
    """,
)
def request_named_otherwise(catalogue: Catalogue) -> Iterator[Finding]:
    """Names of requests that no title has, and titles that no request has; one finding."""
    requests, titles = _named(catalogue, _REQUEST), _titles(catalogue)
    if not requests or not titles:
        return
    letters = {_letters(name): stated for name, stated in requests.items()}
    nameless = [name for name in requests if _letters(name) not in titles]
    by_subject: dict[str, Statement] = {}
    for text, stated in titles.items():
        if text in letters:
            held(catalogue, stated, (letters[text],))
        by_subject.setdefault(stated.subject, stated)
    found = {titles[text].subject for text in letters if text in titles}
    untaken = [stated for subject, stated in by_subject.items() if subject not in found]
    held_all(catalogue, (*(requests[name] for name in nameless), *untaken))
    if nameless and untaken:
        yield request_named_otherwise.finding(
            subject="Names of service requests",
            message=f"{len(nameless)} requests have no title of their name, and {len(untaken)} titles no request",
            statements=distinct((*(requests[name] for name in nameless), *untaken)),
            witness=f'{nameless[0]}; "{untaken[0].written}"',
            why="requests are called by their titles.",
            suggestion="keep the names that are in use, and call new requests by their titles",
            exemplary=True,
            differing=(*(f"request {name}" for name in nameless), *(f"title {one.written}" for one in untaken)),
        )


RULES = (request_without_response, request_named_otherwise)
