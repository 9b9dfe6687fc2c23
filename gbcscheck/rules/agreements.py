"""Facts that two specifications both state: the same fact of one subject, and facts that decide each other."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import texts_of
from gbcscheck.facts.crosswalk import Agreement, ListSide
from gbcscheck.model import UNSTATED, Finding, Specification, Statement, distinct
from gbcscheck.model.rules import OF_CROSSWALK, Rule
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

IDENTIFYING = ("service-reference", "message-code", "message-type", "critical")
"""Facts that two documents have to state alike of one use case or service request; titles are not among them."""


@rule(
    "V105",
    "facts-disagree",
    kind="value",
    severity="error",
    reads=(*IDENTIFYING, OF_CROSSWALK),
    question="Do two specifications state different facts of one use case or service request?",
    text="""
    The service reference, message code, message type or criticality of one use case stands in two documents, and they
    differ; or a fact in one of them decides a fact in the other (a critical service request is sent as a message of
    type `SME.C.C`) and does not. Systems that take the fact from the one document refuse what systems that take it
    from the other one send.

    **How to fix it.** Correct the document that devices do not follow. A list that does not state its version may be
    newer than the other; such a finding is a note.

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
                yield facts_disagree.finding(
                    severity="note" if _unstated((*first, *other)) else "",
                    subject=subject,
                    message=f"two documents give it a different {attribute}",
                    statements=(first[0], other[0]),
                    witness=f"{first[0].written} and {other[0].written}",
                    why=f"{first[0].specification} and {other[0].specification} both state the {attribute}.",
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
    to which that User Role belongs. Where a use case names the Access Control Broker, the DCC acts in its place and
    nothing is wrong.

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


def _unstated(statements: tuple[Statement, ...]) -> bool:
    return any(statement.specification.version == UNSTATED for statement in statements)


def _broken_agreements(catalogue: Catalogue, asked: Rule) -> Iterator[Finding]:
    """Each group of an agreement of the rule's kind whose facts on the left decide what is not on the right."""
    for agreement in catalogue.crosswalk.agreements:
        if agreement.kind != asked.kind:
            continue
        decides = dict(agreement.map)
        left, right = _grouped(catalogue, agreement, agreement.left), _grouped(catalogue, agreement, agreement.right)
        for key, deciding in left.items():
            have = {text for statement in right.get(key, ()) for text in texts_of(catalogue, statement)}
            if not have or have & set(agreement.unless):
                continue
            if agreement.relation == "equal" and not have <= set(decides.values()):
                continue
            for statement in deciding:
                held(catalogue, statement, right[key])
            wanted = {
                decides[text]: statement
                for statement in sorted(deciding, key=lambda one: one.key)
                for text in texts_of(catalogue, statement)
                if text in decides
            }
            lacking = [value for value in wanted if value not in have]
            surplus = [value for value in set(decides.values()) & have if value not in wanted]
            if agreement.relation == "within" or not wanted:
                surplus = []
            if lacking or surplus:
                yield _disagreement(asked, agreement, key, wanted, lacking, sorted(surplus), tuple(right[key]))


def _grouped(catalogue: Catalogue, agreement: Agreement, side: ListSide) -> dict[str, list[Statement]]:
    """Statements of one side by the value that their subject has for the key; a reference in another form
    (``6.20`` for a variant ``6.20.1`` that stands under ``6.2``) is the business of other rules."""
    groups: dict[str, list[Statement]] = {}
    for statement in catalogue.in_part(side.specification, side.part, side.attribute):
        for key in catalogue.about(statement.subject, agreement.key):
            if key.specification == statement.specification:
                for text in texts_of(catalogue, key):
                    groups.setdefault(text, []).append(statement)
    return groups


def _disagreement(
    asked: Rule,
    agreement: Agreement,
    key: str,
    wanted: dict[str, Statement],
    lacking: list[str],
    surplus: list[str],
    right: tuple[Statement, ...],
) -> Finding:
    specification: Specification = right[0].specification
    parts = []
    if lacking:
        parts.append(f"no use case of it has {right[0].attribute} {' or '.join(lacking)}")
    if surplus:
        parts.append(f"a use case of it has {' and '.join(surplus)}, which nothing calls for")
    by_subject = sorted(right, key=lambda statement: statement.key)
    statements = distinct((*(wanted[value] for value in lacking), *by_subject[:3]))
    gap = "" if not _unstated(statements) else " The list does not state its version, and may be newer than the other."
    return asked.finding(
        severity="note" if gap else "",
        subject=key,
        message="; ".join(parts),
        statements=statements,
        witness=f"{key}: {', '.join(lacking or surplus)}",
        why=f"{agreement.title} have to agree; {specification} has other facts.{gap}",
        suggestion="correct the document that devices do not follow",
    )


RULES = (facts_disagree, roles_not_mapped)
