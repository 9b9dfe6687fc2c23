"""Rules on facts that two specifications state, or that decide each other."""

from __future__ import annotations

from rule_releases import findings, part, says

from gbcscheck.facts.crosswalk import Agreement, ListSide
from gbcscheck.model import Place


def agreement(kind: str, relation: str, attribute: str, other: str, mapping: dict[str, str], *unless: str) -> Agreement:
    return Agreement(
        title="The two",
        kind=kind,
        relation=relation,
        key="service-reference",
        left=ListSide("DUIS", "matrix", attribute),
        right=ListSide("GBCS", "use cases", other),
        map=tuple(mapping.items()),
        unless=unless,
        place=Place("crosswalk.json"),
    )


def matrix(attribute: str, **fact: str) -> object:
    return part(
        "DUIS",
        says("6.1.1", "service-reference", value="6.1"),
        says("6.1.1", attribute, **fact),
        name="matrix",
    )


def use_case(attribute: str, **fact: str) -> object:
    return part(
        "GBCS",
        says("U1", "service-reference", domain='"6.1" | "6.2"'),
        says("U1", attribute, **fact),
        name="use cases",
    )


CRITICAL = agreement("value", "equal", "critical", "message-type", {"Yes": "SME.C.C", "No": "SME.C.NC"})
ROLES = agreement("enumeration", "within", "roles", "roles", {"IS": "Supplier", "ED": "Network Operator"}, "Broker")


def test_a_fact_that_decides_another_which_differs() -> None:
    (found,) = findings(
        "V105",
        matrix("critical", value="Yes"),
        use_case("message-type", value="SME.C.NC"),
        agreements=[CRITICAL],
    )
    assert found.severity == "error"
    assert "SME.C.C" in found.message


def test_facts_that_agree_or_cannot_be_compared_are_silent() -> None:
    for right in ("SME.C.C", "SME.C.NC with more", "See GBCS"):
        other = use_case("message-type", value=right)
        assert findings("V105", matrix("critical", value="Yes"), other, agreements=[CRITICAL]) == []


def test_roles_that_no_use_case_names() -> None:
    roles = matrix("roles", domain='"ED" | "IS" | "OU"')
    (found,) = findings("S104", roles, use_case("roles", domain='"Supplier"'), agreements=[ROLES])
    assert "Network Operator" in found.message
    assert (
        findings("S104", roles, use_case("roles", domain='"Network Operator" | "Supplier"'), agreements=[ROLES]) == []
    )


def test_the_access_control_broker_acts_for_every_role() -> None:
    roles = matrix("roles", domain='"ED" | "IS"')
    assert findings("S104", roles, use_case("roles", domain='"Broker"'), agreements=[ROLES]) == []


def test_one_fact_of_one_use_case_in_two_documents() -> None:
    one = part("GBCS", says("U1", "message-code", "74", text="0x004A"))
    (found,) = findings("V105", one, part("List", says("U1", "message-code", "75")))
    assert found.severity == "error"
    (unknown,) = findings("V105", one, part("List", says("U1", "message-code", "75"), version="unstated"))
    assert unknown.severity == "note"
    assert findings("V105", one, part("List", says("U1", "message-code", "74"))) == []
    titles = part("GBCS", says("U1", "title", value="A  b")), part("List", says("U1", "title", value="Another"))
    assert findings("V105", *titles) == []
