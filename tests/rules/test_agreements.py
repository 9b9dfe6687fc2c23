"""Rules on facts that two specifications state, or that decide each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, found_in, planted
from rule_releases import findings, part, says

from gbcscheck.facts.crosswalk import Agreement, ListSide
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Place
from gbcscheck.release.releases import load_release


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
    assert unknown.severity == "warning"
    assert findings("V105", one, part("List", says("U1", "message-code", "74"))) == []
    titles = part("GBCS", says("U1", "title", value="A  b")), part("List", says("U1", "title", value="Another"))
    assert findings("V105", *titles) == []


def shipped_matrix() -> Extract:
    release = load_release("current")
    return next(one for one in release.extracts if one.specification.part == "service requests")


def of_use_case(use_case: str, title: str, new: str) -> Edit:
    return ("Use cases", {"use case": use_case}, title, new)


SILENT = ("ECS37", "ECS57", "ECS28a", "ECS28b", "ECS46a", "ECS46d", "ECS29a", "GCS23", "ECS18a", "ECS18b", "ECS40")


@pytest.mark.parametrize(
    ("edit", "code", "message"),
    [
        (
            of_use_case("ECS57", "Message Type", "SME.C.C"),
            "V105",
            "ECS57 has message-type SME.C.C, which nothing calls for",
        ),
        (
            of_use_case("ECS28a", "Capable of Future Dated Invocation", "No"),
            "V105",
            "no use case of it has future-dated Yes",
        ),
        (
            of_use_case("ECS37", "Capable of Future Dated Invocation", "Yes"),
            "V105",
            "ECS37 has future-dated Yes, which nothing calls for",
        ),
        (
            of_use_case("GCS23", "remote party roles", "Network Operator"),
            "S104",
            "no use case of it has roles Supplier",
        ),
        (
            of_use_case("ECS29a", "remote party roles", "Supplier"),
            "S104",
            "ECS29a has roles Supplier, which nothing calls for",
        ),
    ],
    ids=["criticality", "not dated", "dated", "role lacking", "role too many"],
)
def test_a_use_case_that_differs_from_the_matrix_is_an_error(
    corpus: Path, tmp_path: Path, edit: Edit, code: str, message: str
) -> None:
    """The matrix states no version, and is that of DUIS all the same."""
    (found,) = found_in(code, planted(corpus, tmp_path, SILENT, edit), shipped_matrix())
    assert found.severity == "error"
    assert message in found.message


def test_the_published_use_cases_and_the_matrix_agree(corpus: Path, tmp_path: Path) -> None:
    tables = planted(corpus, tmp_path, SILENT)
    assert found_in("V105", tables, shipped_matrix()) == []
    assert found_in("S104", tables, shipped_matrix()) == []


def test_where_the_matrix_has_more_variants_than_there_are_use_cases_a_lack_is_a_note() -> None:
    two = part(
        "DUIS",
        says("6.1.1", "service-reference", value="6.1"),
        says("6.1.2", "service-reference", value="6.1"),
        says("6.1.1", "critical", value="Yes"),
        says("6.1.2", "critical", value="No"),
        name="matrix",
        version="unstated",
    )
    (found,) = findings("V105", two, use_case("message-type", value="SME.C.NC"), agreements=[CRITICAL])
    assert found.severity == "note"
    assert found.why.endswith("the version of GBCS after 1.0 that it follows would settle it.")


def test_a_use_case_that_refers_to_a_variant_belongs_to_its_reference() -> None:
    refers = part(
        "GBCS",
        says("U1", "service-reference", value="6.1.1"),
        says("U1", "message-type", value="SME.C.NC"),
        name="use cases",
    )
    found = findings("V105", matrix("critical", value="Yes"), refers, agreements=[CRITICAL])
    assert [one.subject for one in found] == ["6.1"]
