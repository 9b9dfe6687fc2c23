"""Facts that two specifications both state: the same fact of one subject, and facts that decide each other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import settled_by, texts_of
from gbcscheck.facts.crosswalk import Agreement, ListSide
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.model.rules import OF_CROSSWALK, Rule
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

IDENTIFYING = ("service-reference", "message-code", "message-type", "critical", "audience")
"""Facts that two documents have to state alike of one use case or service request; titles are not among them."""
PROTECTING = ("message-type", "critical")
"""Those on which it depends how a message is protected: a difference is a conflict whatever the versions are."""
_BUT = " but "
"""What stands behind a value that is qualified."""
NOTHING = ("(none)", "N/A")
"""What a cell holds that names no fact."""


@rule(
    "V105",
    "facts-disagree",
    kind="value",
    severity="error",
    reads=(*IDENTIFYING, OF_CROSSWALK),
    question="Do two specifications state different facts of one use case or service request?",
    text="""
    The service reference, message code, message type, criticality or audience (remote parties, or the HAN alone) of
    one use case stands in two documents, and they differ; or a fact in one of them decides a fact in the other (a
    critical service request is sent as a message of type `SME.C.C`) and does not. Systems that take the fact from the
    one document refuse what systems that take it from the other one send.

    **How to fix it.** Correct the document that devices do not follow. Where a list does not state its version, a
    difference in codes or references is a warning: a use case keeps both for good. None of the 168 use cases that GBCS
    3.1 and 4.0 both have was given another code, reference or message type, and the list of the DCC, of which nobody
    knows the version, agrees with both.

    **Example.** A service request that the matrix calls critical, with a use case whose message type is `SME.C.NC`.
    """,
    versions_matter=True,
)
def facts_disagree(catalogue: Catalogue) -> Iterator[Finding]:
    """Facts of one subject in two specifications, and agreements of kind value of the crosswalk, that differ."""
    for attribute in IDENTIFYING:
        stated: dict[str, dict[str, list[Statement]]] = {}
        for statement in catalogue.by_attribute.get(attribute, ()):
            by_spec = stated.setdefault(statement.subject, {})
            by_spec.setdefault(statement.specification.name, []).append(statement)
        for subject, by_spec in stated.items():
            first, *others = by_spec.values()
            for other in others:
                for statement in first:
                    held(catalogue, statement, other)
                if not _facts(catalogue, first).isdisjoint(_facts(catalogue, other)):
                    continue
                gap = "" if attribute in PROTECTING else settled_by((*first, *other))
                yield facts_disagree.finding(
                    severity="warning" if gap else "",
                    subject=subject,
                    message=f"two documents give it a different {attribute}",
                    statements=(first[0], other[0]),
                    witness=f"{first[0].written} and {other[0].written}",
                    why=f"{first[0].specification} and {other[0].specification} both state the {attribute}.{gap}",
                    suggestion="correct the document that devices do not follow",
                )
    yield from _broken_agreements(catalogue, facts_disagree)


@rule(
    "S104",
    "roles-not-mapped",
    kind="enumeration",
    severity="error",
    reads=(OF_CROSSWALK,),
    question="May a User send a service request that no use case of it accepts from that kind of party?",
    text="""
    The matrix makes a User Role eligible for a service request, and none of its use cases names the remote party role
    to which that User Role belongs; or a use case names a remote party role, and no User Role of it is eligible. Where
    a use case names the Access Control Broker, the DCC acts in the place of the User, and no role is missed.

    **How to fix it.** Name the remote party role in the use case, or take the User Role out of the matrix.

    **Example.** An Electricity Distributor that is eligible for a request whose only use case names the Supplier.
    """,
    versions_matter=True,
)
def roles_not_mapped(catalogue: Catalogue) -> Iterator[Finding]:
    """Agreements of kind enumeration of the crosswalk that do not hold."""
    yield from _broken_agreements(catalogue, roles_not_mapped)


def _facts(catalogue: Catalogue, statements: list[Statement]) -> frozenset[str]:
    """What some statements of one attribute say, blanks folded."""
    return frozenset(" ".join(text.split()) for statement in statements for text in _said(catalogue, statement))


def _said(catalogue: Catalogue, statement: Statement) -> tuple[str, ...]:
    texts = texts_of(catalogue, statement)
    return texts or ((statement.domain,) if statement.domain is not None else ())


def _broken_agreements(catalogue: Catalogue, asked: Rule) -> Iterator[Finding]:
    """Each group of an agreement of the rule's kind whose facts on the left decide what is not on the right, and each
    subject on the right with a fact for which nothing on the left calls."""
    for agreement in catalogue.crosswalk.agreements:
        if agreement.kind != asked.kind:
            continue
        decides = dict(agreement.map)
        left, right = _grouped(catalogue, agreement, agreement.left), _grouped(catalogue, agreement, agreement.right)
        for key, deciding in left.items():
            facts = {statement: _facts_of(catalogue, statement, agreement) for statement in right.get(key, ())}
            if not any(facts.values()):
                continue
            for statement in deciding:
                held(catalogue, statement, facts)
            wanted = {
                decides[text]: statement
                for statement in sorted(deciding, key=lambda one: one.key)
                for text in texts_of(catalogue, statement)
                if text in decides
            }
            lacking = _lacking(agreement, wanted, facts)
            surplus = _surplus(agreement, wanted, facts) if agreement.relation == "equal" and wanted else {}
            if lacking or surplus:
                more = len(deciding) > len(facts) and not surplus
                yield _disagreement(asked, agreement, key, wanted, facts, lacking, surplus, more)


def _facts_of(catalogue: Catalogue, statement: Statement, agreement: Agreement) -> frozenset[str]:
    """What a statement says; one of the values that are called for that it qualifies (``SME.C.NC but with additional
    cryptographic processing``) is that value."""
    texts = set(texts_of(catalogue, statement)) - set(NOTHING)
    known = dict(agreement.map).values()
    return frozenset(next((one for one in known if text.startswith(f"{one}{_BUT}")), text) for text in texts)


def _lacking(agreement: Agreement, wanted: Iterable[str], facts: Mapping[Statement, frozenset[str]]) -> tuple[str, ...]:
    """The facts that are called for and stand nowhere on the right. A group that has a fact in other words may have it
    all the same; one of a list is a member, and has no other words."""
    have, known = frozenset().union(*facts.values()), set(dict(agreement.map).values())
    may_be_worded = agreement.relation == "equal" and agreement.kind != "enumeration"
    in_other_words = may_be_worded and any(one and one.isdisjoint(known) for one in facts.values())
    if have & set(agreement.unless) or in_other_words:
        return ()
    return tuple(value for value in wanted if value not in have)


def _surplus(
    agreement: Agreement, wanted: Container[str], facts: Mapping[Statement, frozenset[str]]
) -> dict[Statement, tuple[str, ...]]:
    """The facts on the right for which nothing on the left calls, by who states them."""
    known = set(dict(agreement.map).values())
    found = {one: tuple(sorted(value for value in have & known if value not in wanted)) for one, have in facts.items()}
    return {one: values for one, values in found.items() if values}


def _disagreement(
    asked: Rule,
    agreement: Agreement,
    key: str,
    wanted: Mapping[str, Statement],
    facts: Mapping[Statement, frozenset[str]],
    lacking: tuple[str, ...],
    surplus: Mapping[Statement, tuple[str, ...]],
    may_lack: bool,
) -> Finding:
    """What is told of one group; ``may_lack`` says that the left has more subjects than the right, so that one of
    another version may have what is lacking."""
    some = sorted(surplus or facts, key=lambda statement: statement.key)
    parts = [f"no use case of it has {some[0].attribute} {' or '.join(lacking)}"] if lacking else []
    parts += [f"{one.subject} has {one.attribute} {' and '.join(surplus[one])}" for one in some if one in surplus]
    if surplus:
        parts[-1] += ", which nothing calls for"
    calling = [wanted[value] for value in lacking] or list(wanted.values())
    statements = distinct((*calling, *(some if surplus else some[:3])))
    gap = settled_by(statements) if may_lack else ""
    values = lacking or tuple(dict.fromkeys(value for values in surplus.values() for value in values))
    return asked.finding(
        severity="note" if gap else "",
        subject=key,
        message="; ".join(parts),
        statements=statements,
        witness=f"{key}: {', '.join(values)}",
        why=f"{agreement.title} have to agree; {some[0].specification} has other facts.{gap}",
        suggestion="correct the document that devices do not follow",
    )


def _grouped(catalogue: Catalogue, agreement: Agreement, side: ListSide) -> dict[str, list[Statement]]:
    """Statements of one side by the value that their subject has for the key; a reference in another form
    (``6.20`` for a variant ``6.20.1`` that stands under ``6.2``) is the business of other rules. Who refers to a
    subject of the left side (a variant) belongs to the group of that subject."""
    groups: dict[str, list[Statement]] = {}
    of_left = {
        one.subject: texts_of(catalogue, one)
        for one in catalogue.in_part(agreement.left.specification, agreement.left.part, agreement.key)
    }
    for statement in catalogue.in_part(side.specification, side.part, side.attribute):
        for key in catalogue.about(statement.subject, agreement.key):
            if key.specification == statement.specification:
                for text in texts_of(catalogue, key):
                    for group in of_left.get(text, (text,)):
                        groups.setdefault(group, []).append(statement)
    return groups


RULES = (facts_disagree, roles_not_mapped)
