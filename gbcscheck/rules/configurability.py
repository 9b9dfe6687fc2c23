"""Whether a field can be set at all: what tables configure and commands fix, against what requests set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import nearest_outside
from gbcscheck.evidence.comparisons import held, held_within
from gbcscheck.evidence.conversion import on_device, permitted_on_device, sent_as
from gbcscheck.evidence.hops import carried_by
from gbcscheck.evidence.reading import in_type, read_like, readings
from gbcscheck.evidence.rights import is_nobody
from gbcscheck.evidence.rows import (
    is_method,
    setting_first,
    setting_links,
    tables_of_use_cases,
    what_is_set_instead,
)
from gbcscheck.evidence.value_words import meaning, printed, value_text, words, written_like
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


@rule(
    "P101",
    "default-nobody-can-set",
    kind="configurability",
    severity="error",
    reads=("default", "settable-by", "constant", "type", "encoding", "class", "direction", "member"),
    question="Does a table configure a field that no specification lets anyone configure?",
    text="""
    A table of default settings configures a field, while the specifications above it fix that field, or say that it
    cannot be configured, and no service request carries it. The device is shipped in a state that the specifications
    do not know, and nobody can ever set it so again. A default that is equal to the fixed value is no conflict, and
    neither is the value of an item of which nothing can be set at all: that is how the device is made.

    **How to fix it.** Take the row out of the table, or give it the fixed value. If the field is to become
    configurable, that starts with SMETS and a service request, not with a default.

    **Example.** SEC modification MP131: by SMETS, GBCS, DUIS and MMC only the time of day of the maximum demand period
    can be set; Table 28d set its week days and its dates.
    """,
)
def default_nobody_can_set(catalogue: Catalogue) -> Iterator[Finding]:
    """Defaults that differ from a fixed value of an item which no request sets; or, where nothing fixes it, those of
    an element that another specification denies, of an item whose other elements can be set. An item of which nothing
    can be set is set in the factory, and its value is no setting; so is one of which its own document says so."""
    for item in catalogue.items_that_say("default"):
        defaults = catalogue.item_statements(item, "default")
        if not defaults or setting_links(catalogue, item):
            continue
        encoding = catalogue.encoding(item)
        denials = [s for s in catalogue.item_statements(item, "settable-by") if is_nobody(s)]
        fixing = catalogue.item_statements(item, "constant")
        constants = setting_first(catalogue, (one for one in fixing if not is_method(catalogue, one.subject)))
        instead = what_is_set_instead(catalogue, item)
        for default in defaults:
            read = readings(catalogue, item, default)
            fixed_by: dict[Statement, Domain] = {}
            for constant in constants:
                fixed_values = readings(catalogue, item, constant)
                held_within(catalogue, default, read, constant, fixed_values)
                apart = nearest_outside(read, fixed_values)
                if apart is not None:
                    fixed_by[constant] = apart[1]
            others = tuple(one for one in denials if one.specification.name != default.specification.name)
            held(catalogue, default, others if read else ())
            if not read or not (fixed_by or (others and instead and not constants)):
                continue
            values = read[0]
            fixed = next(iter(fixed_by.values()), None)
            suggestion = "take the row out of the table"
            if fixed is not None:
                wanted = written_like(fixed, default.written)
                suggestion += f", or write {wanted} ({words(fixed, encoding)})"
            yield default_nobody_can_set.finding(
                subject=item.name,
                message="the table configures a field that nothing above it lets anyone configure",
                statements=distinct((default, *fixed_by, *denials)),
                witness=f"{words(values, encoding)}: shipped by the table, and out of reach of every service request",
                why=instead or "No service request carries this field.",
                suggestion=suggestion,
                meanings=(
                    meaning("default", values, encoding, default.written),
                    *(meaning("constant", other, encoding, row.written) for row, other in fixed_by.items()),
                    *("cannot be configured" for _ in denials),
                ),
                absent_from=() if fixed_by else tables_of_use_cases(catalogue),
            )


@rule(
    "P102",
    "settable-and-fixed",
    kind="configurability",
    severity="error",
    reads=("permitted", "type", "constant"),
    question="Does a service request let a field be set that its command fixes, or a response fix what it shows?",
    text="""
    The schema of a service request has an element for a field, with more than one value to choose from, and the
    template of the command to which it is mapped fixes that field to one value. Whatever the User chooses, the device
    gets the constant. Or the element of a response has one value alone (`fixed`), and the row that it shows has more:
    whatever the device holds, the document has the constant, or breaks its schema.

    **How to fix it.** Remove the element from the request, or open the field in the use case; take the fixed value out
    of the element of the response.

    **Example.** An element for the week days of a period whose template has `0b11111110`.
    """,
    versions_matter=True,
)
def settable_and_fixed(catalogue: Catalogue) -> Iterator[Finding]:
    """Request elements with a choice of values whose command row has a constant, and elements of responses with a
    constant whose row has none."""
    fixed_in_xml = {one.subject: one for one in catalogue.of_subjects("constant", lambda path: path[:1] == "/")}
    for link in catalogue.crosswalk.links:
        if fixed_in_xml:
            yield from _fixed_readings(catalogue, link, fixed_in_xml)
        if not link.settable:
            continue
        for row in link.ends_of("command"):
            kind_of = catalogue.first(row.subject, "type")
            constant = catalogue.first(row.subject, "constant")
            if kind_of is None or constant is None:
                continue
            fixed = in_type(catalogue, constant, catalogue.domain(kind_of))
            if fixed is None:
                continue
            for end in link.ends_of("request"):
                for stated, sent in permitted_on_device(catalogue, end):
                    carried = sent_as(end.conversion, read_like(fixed, sent))
                    if carried is not None:
                        held_within(catalogue, stated, (sent,), constant, (carried,))
                    if carried is None or sent.is_subset(carried) is not False:
                        continue
                    yield settable_and_fixed.finding(
                        subject=end.subject,
                        message=f"service request {link.service_request} sets a field that its command fixes",
                        statements=(stated, constant),
                        witness=value_text(sent.difference_witness(carried)),
                        why=f"the command carries {printed(fixed)} whatever the request says.",
                        suggestion="remove the element, or open the field in the use case",
                    )


def _fixed_readings(catalogue: Catalogue, link: Link, fixed: Mapping[str, Statement]) -> Iterator[Finding]:
    """The elements by which a link shows its item that have one value, where the row that they show has more."""
    for end in link.ends_of("reading"):
        if (constant := fixed.get(end.subject)) is None:
            continue
        row = carried_by(catalogue, link.all_ends_of("response", "command"))
        if row is None or row[0].members(1) is not None:
            continue
        held(catalogue, constant, row[1])
        yield settable_and_fixed.finding(
            subject=end.subject,
            message="the response shows one value alone, and the row that it shows has more",
            statements=(constant, *row[1]),
            witness=value_text(row[0].difference_witness(_constant_on_device(catalogue, end, constant))),
            why=f"the element is always {constant.written}, whatever the device holds.",
            suggestion="take the fixed value out of the element, or fix the row",
            root=(constant.clause or end.subject,),
        )


def _constant_on_device(catalogue: Catalogue, end: LinkEnd, constant: Statement) -> Domain:
    """What becomes of a constant on the device; nothing where nobody can say."""
    from gbcscheck.domains import NONE

    values = catalogue.domain(constant)
    return (on_device(end.conversion, values) if values is not None else None) or NONE


RULES = (default_nobody_can_set, settable_and_fixed)
