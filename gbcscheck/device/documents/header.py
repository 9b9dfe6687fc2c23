"""The header of a request or response: the service reference, its variant and what hangs on them.

The list of service requests (the matrix) is held against the header only where it is consistent in itself: a wrong row
of the matrix is a finding of ``gbcscheck check``, never of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gbcscheck.device.model import Problem
from gbcscheck.model import Statement
from gbcscheck.model.rules import Rule, declare
from gbcscheck.release.catalogue import Catalogue

REFERENCE = declare(
    "D406",
    "request-of-another-reference",
    kind="code",
    severity="error",
    reads=("service-reference",),
    question="Does the service reference variant belong to the service reference?",
    text="""
    A variant is its service reference, or begins with it and a dot: 6.18.1 belongs to 6.18, and not to 6.1. Codes are
    texts, so 4.10 is not 4.1.

    **Example.** Reference 6.2 with variant 6.20.1.
    """,
)
COMMAND_VARIANT = declare(
    "D407",
    "command-variant-of-another-kind",
    kind="code",
    severity="error",
    reads=("critical", "non-device"),
    question="Does the command variant fit the criticality of the service request?",
    text="""
    Requests that are not critical take the command variants 1 to 3, critical ones 4 to 7, and those that the DCC
    answers without a device 8 (comment of the type CommandVariant in the DUIS schema). 9 is internal to the DCC.

    **Example.** Command variant 4 for 6.18.1, which is not critical.
    """,
)
BODY = declare(
    "D408",
    "body-of-another-request",
    kind="reference",
    severity="error",
    reads=("title",),
    question="Is the body that of the service request in the header?",
    text="""
    The body holds the elements of one service request, and the header names another. Known for the requests that the
    crosswalk follows to their commands (where no message proves the link, the finding is a warning), and for bodies
    that are called as the list of service requests calls theirs. A request whose body holds no element asks for
    nothing.

    **Example.** A body `SetMaximumDemandConfigurableTimePeriod` (6.18.1) under variant 6.18.2.
    """,
)
RULES: tuple[Rule, ...] = (REFERENCE, COMMAND_VARIANT, BODY)

COMMAND_VARIANTS: Mapping[str, range] = {
    "not critical": range(1, 4),
    "critical": range(4, 8),
    "answered by the DCC": range(8, 9),
}
"""Command variants by what the service request is (DUIS 5.1 to 5.4, comment of the simple type CommandVariant)."""


def wrong_reference(catalogue: Catalogue, reference: str, variant: str) -> Iterable[Problem]:
    """The problem with a variant that does not belong to its reference; nothing where one of them is absent."""
    if not reference or not variant or belongs(variant, reference):
        return
    stated = tuple(s for s in catalogue.about(variant, "service-reference") if belongs(variant, str(s.value)))
    yield Problem(
        REFERENCE,
        f"the variant {variant} does not belong to the service reference {reference}",
        stated,
        suggestion=f"write {stated[0].value} as the service reference" if stated else "",
    )


def belongs(variant: str, reference: str) -> bool:
    """Whether a variant is one of a service reference, by their form alone."""
    return variant == reference or variant.startswith(reference + ".")


def references_of(statement: Statement | None) -> tuple[str, ...]:
    """The service references that a use case states (``7.5, 7.6, 7.8``); none where it belongs to no request."""
    return tuple(re.findall(r"\d+(?:\.\d+)+", str(statement.value))) if statement is not None else ()


def wrong_command_variant(catalogue: Catalogue, written: str, variant: str) -> Iterable[Problem]:
    """The problem with a command variant that the service request cannot have; nothing where the matrix is silent."""
    critical, without_device = catalogue.first(variant, "critical"), catalogue.first(variant, "non-device")
    if critical is None or not written.isascii() or not written.isdigit():
        return
    statements: tuple[Statement, ...] = (critical,)
    what = "critical" if critical.value == "Yes" else "not critical"
    if without_device is not None and without_device.value == "Yes":
        what, statements = "answered by the DCC", (without_device, critical)
    allowed = COMMAND_VARIANTS[what]
    if int(written) in allowed:
        return
    numbers = str(allowed[0]) if len(allowed) == 1 else f"{allowed[0]} to {allowed[-1]}"
    yield Problem(
        COMMAND_VARIANT,
        f"command variant {written} in service request {variant}, which is {what}: {numbers} was expected",
        statements,
        suggestion=f"write {numbers}",
    )


def wrong_body(
    catalogue: Catalogue, requests_of: Mapping[str, tuple[str, bool]], container: str, variant: str
) -> Iterable[Problem]:
    """The problem with a body that belongs to another service request than the header's variant: by the crosswalk where
    it follows the body's elements (``requests_by_path``), else by the title of the service request, where the body has
    just that name."""
    expected, proved = requests_of.get(container, ("", False))
    name = container.rpartition("/")[2]
    titled = catalogue.once(_titles).get(name.casefold(), ())
    requests = (expected,) if expected else tuple(title.subject for title in titled)
    if not requests or not variant or variant in requests:
        return
    named = " or ".join(requests)
    titles = (catalogue.first(one, "title") for one in (*requests, variant))
    yield Problem(
        BODY,
        f"{name} is the body of service request {named}, and the header says {variant}",
        tuple(title for title in titles if title is not None),
        severity="" if proved or not expected else "warning",
        suggestion=f"write {named} as the variant, or send the body of {variant}",
    )


def _titles(catalogue: Catalogue) -> Mapping[str, tuple[Statement, ...]]:
    """The titles of service requests by themselves without blanks and marks, which is how bodies are called."""
    found: dict[str, tuple[Statement, ...]] = {}
    for title in catalogue.in_part("DUIS", "service requests", "title"):
        bare = "".join(sign for sign in str(title.value) if sign.isalnum()).casefold()
        found[bare] = (*found.get(bare, ()), title)
    return found
