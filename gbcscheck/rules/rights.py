"""Who may set or read a data item: what documents say of it, against service requests and use cases."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparing import nearest_outside
from gbcscheck.evidence.comparisons import held, held_within
from gbcscheck.evidence.fitting import fixed_by_rows
from gbcscheck.evidence.reading import readings
from gbcscheck.evidence.rights import Denied, Parties, denied, is_nobody, parties_of
from gbcscheck.evidence.rows import setting_links, what_is_set_instead
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue, Item, independent
from gbcscheck.rules.base import rule

VERBS = {"settable-by": "set", "readable-by": "read"}
"""What somebody may do by an attribute."""


@rule(
    "P104",
    "settable-here-fixed-there",
    kind="configurability",
    severity="error",
    reads=("settable-by", "permitted", "constant", "type", "direction", "member"),
    question="Does a document let an item be set, or vary, that the use case fixes?",
    text="""
    SMETS or a table says that somebody may set an item, or permits several values of it, while the template of the use
    case fixes it to one, and no service request carries it. Whoever is told that the item can be chosen cannot choose.
    Where values are permitted that the template leaves out, and nothing says that they can be set, the finding is a
    warning: a device that holds one of them is within the one document and outside the other.

    **How to fix it.** Say that the item cannot be set, and permit what the template fixes; or open the field in the use
    case and give it an element of a service request.

    **Example.** The other side of SEC modification MP131: a SMETS that let the days of the maximum demand period be
    chosen, where ECS37 has `0b11111110`.
    """,
)
def settable_here_fixed_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Items that no request sets and that use cases fix, which a document lets somebody set, or permits more of."""
    for item in catalogue.items_that_say("settable-by", "permitted"):
        claims = catalogue.item_statements(item, "settable-by", "permitted")
        if not claims or setting_links(catalogue, item):
            continue
        fixing = fixed_by_rows(catalogue, item)
        constants = tuple(statement for statement, _ in fixing)
        if not constants:
            continue
        fixed = printed(fixing[0][1])
        for stated in claims:
            against = tuple(one for one in constants if independent(stated, one) and one.subject != stated.subject)
            if stated.attribute == "settable-by":
                held(catalogue, stated, against)
            if stated.attribute == "settable-by" and against and _names_somebody(parties_of(catalogue, stated)):
                yield settable_here_fixed_there.finding(
                    subject=item.name,
                    message="a document lets it be set, and the use case fixes it",
                    statements=distinct((stated, *against)),
                    witness=f"{stated.written}: can send nothing but {constants[0].written}",
                    why=what_is_set_instead(catalogue, item) or "No service request carries this field.",
                    suggestion=f"say that it cannot be set, or open the field in {constants[0].subject}",
                )
            elif stated.attribute == "permitted" and against and stated.subject in (item.name, *item.direct):
                yield from _beyond(catalogue, item, stated, against, fixed)


def _beyond(
    catalogue: Catalogue, item: Item, stated: Statement, constants: tuple[Statement, ...], fixed: str
) -> Iterator[Finding]:
    """A finding on permitted values beyond the constants that have some of them; none in common is another rule's."""
    from gbcscheck.domains.choice import union

    read = readings(catalogue, item, stated)
    fixing = {row: readings(catalogue, item, row) for row in constants}
    for row, values in fixing.items():
        held_within(catalogue, stated, read, row, values)
    apart = nearest_outside(read, tuple(one for values in fixing.values() for one in values))
    if apart is None or not read or union(*read).meet(apart[1]).is_empty() is not False:
        return
    yield settable_here_fixed_there.finding(
        severity="warning",
        subject=item.name,
        message="a document permits more than the one value that the use case fixes",
        statements=distinct((stated, *constants)),
        witness=value_text(apart[0].difference_witness(apart[1])),
        why=f"the use case fixes {fixed}, and no service request carries this field.",
        suggestion="permit what the template fixes, or open the field in the use case",
    )


def _names_somebody(parties: Parties) -> bool:
    return parties.somebody or bool(parties.roles or parties.remote)


@rule(
    "P105",
    "denied-and-set",
    kind="configurability",
    severity="error",
    reads=("settable-by", "permitted", "occurs"),
    question="Does a service request set an item of which a document says that nobody can?",
    text="""
    A document says that nobody can set an item, and a service request has an element that sets it. Either a device
    takes a command that it ought to refuse, or a User is told that a setting is out of reach that is not.

    **How to fix it.** Name who may set it, or take the element out of the request.

    **Example.** A table with `none` under "Settable by" for a voltage threshold that service request 6.5 sets.
    """,
    versions_matter=True,
)
def denied_and_set(catalogue: Catalogue) -> Iterator[Finding]:
    """Items that a document denies to everybody, with an element of a request that is there, one finding a denial."""
    for item in catalogue.items_that_say("settable-by"):
        denials = [one for one in catalogue.item_statements(item, "settable-by") if is_nobody(one)]
        links = setting_links(catalogue, item) if denials else ()
        ends = [(link, end) for link in links for end in link.ends_of("request")]
        setting = [
            (link, stated)
            for link, end in ends
            for stated in (catalogue.first(end.subject, "permitted") or catalogue.first(end.subject, "occurs"),)
            if stated is not None
        ]
        for denial in denials if setting else ():
            held(catalogue, denial, (stated for _, stated in setting))
            requests = dict.fromkeys(link.service_request for link, _ in setting)
            by_request = setting[0][1].specification.in_words
            yield denied_and_set.finding(
                subject=item.name,
                message=f"a document says that nobody can set it, and service request {' or '.join(requests)} does",
                statements=distinct((denial, *(stated for _, stated in setting))),
                witness=f"service request {next(iter(requests))}",
                why=f"{denial.specification.in_words} says {denial.written}; {by_request} has an element for it.",
                suggestion="name who may set it, or take the element out of the request",
            )


@rule(
    "P106",
    "party-without-right",
    kind="enumeration",
    severity="error",
    reads=("settable-by", "readable-by", "roles"),
    question="Does a document let a party set or read an item that no service request lets it?",
    text="""
    A document names a party that may set, or read, an item. The list of service requests says which User Roles are
    eligible for each of them, and the use cases which remote party a device takes a command from: by these the party
    can do nothing of the kind. A word that is no role of either is a note: nothing can be said of it.

    **How to fix it.** Name the party that is eligible, or make this one eligible in the list and in the use case.

    **Example.** A table that lets the Import Supplier set a voltage threshold, whose service request 6.5 is for the
    Electricity Distributor alone.
    """,
    versions_matter=True,
)
def party_without_right(catalogue: Catalogue) -> Iterator[Finding]:
    """Parties of a cell that may send none of the requests of the item, and words that name no party."""
    for item in catalogue.items_that_say(*VERBS):
        for stated in catalogue.item_statements(item, *VERBS):
            parties = parties_of(catalogue, stated)
            lacking = denied(catalogue, item, stated, reading=stated.attribute == "readable-by")
            if lacking:
                yield _without_right(item, stated, lacking)
            if parties.unknown and item.links:
                yield party_without_right.finding(
                    severity="note",
                    subject=item.name,
                    message="it names a party that neither the service requests nor the use cases have",
                    statements=(stated,),
                    witness=", ".join(parties.unknown),
                    why="nothing can be said of what such a party may do.",
                    suggestion="write the role as the list of service requests has it",
                )


def _without_right(item: Item, stated: Statement, lacking: tuple[Denied, ...]) -> Finding:
    verb = VERBS[stated.attribute]
    names = " and ".join(one.party for one in lacking)
    eligible = lacking[0].statements[0]
    return party_without_right.finding(
        subject=item.name,
        message=f"a document lets {names} {verb} it, which no service request does",
        statements=distinct((stated, *lacking[0].statements)),
        witness=names,
        why=f"{eligible.subject} is for {eligible.domain or eligible.written}.",
        suggestion="name a party that is eligible, or make this one eligible",
    )


RULES = (settable_here_fixed_there, denied_and_set, party_without_right)
