"""Rules on what tables configure and commands fix, against what requests set."""

from __future__ import annotations

from rule_releases import findings, link, part, says

ROWS = part(
    "GBCS",
    says("U1", "direction", value="Update"),
    says("U1/Period.days", "type", "bits(7)"),
    says("U1/Period.days", "constant", "0b1111111", text="||0b11111110"),
    says("U1/Period.days", "encoding", value="weekdays"),
    says("U1/Period.start", "type", "octets(4)"),
    name="use cases",
)

START = link("Period.start", request="/Request/Start", command="U1/Period.start", service_request="6.18.1")


def default(domain: str) -> object:
    return part("GBCS", says("Period.days", "default", domain, text=domain, source="Table!D7"), name="Table")


class TestDefaultNobodyCanSet:
    def test_fires_with_what_can_be_set_instead(self) -> None:
        (found,) = findings("P101", ROWS, default("0b11111000"), links=[START])
        assert found.severity == "error"
        assert "6.18.1" in found.why
        assert "start" in found.why
        assert "0b11111110" in found.suggestion

    def test_says_who_denies_it(self) -> None:
        denial = part("SMETS2", says("Period.days", "settable-by", value="none"))
        (found,) = findings("P101", ROWS, denial, default("0b11111000"))
        assert [s.attribute for s in found.statements] == ["default", "constant", "settable-by"]

    def test_is_silent_on_the_fixed_value_and_where_a_request_sets_it(self) -> None:
        assert findings("P101", ROWS, default("0b11111110")) == []
        sets = link("Period.days", request="/Request/Days", command="U1/Period.days")
        assert findings("P101", ROWS, default("0b11111000"), links=[sets]) == []

    def test_is_silent_where_nobody_fixes_or_denies(self) -> None:
        free = part("GBCS", says("U1/Period.days", "type", "bits(7)"))
        assert findings("P101", free, default("0b11111000")) == []


class TestSettableAndFixed:
    LINK = link("Period.days", request="/Request/Days", command="U1/Period.days", convert="bits 7")

    def test_fires_on_a_choice_that_the_command_does_not_have(self) -> None:
        schema = part("DUIS", says("/Request/Days", "permitted", "bits(7)"))
        plain = link("Period.days", request="/Request/Days", command="U1/Period.days")
        (found,) = findings("P102", schema, ROWS, links=[plain])
        assert found.subject == "/Request/Days"

    def test_is_silent_where_the_request_has_the_one_value(self) -> None:
        schema = part("DUIS", says("/Request/Days", "permitted", "0b1111111"))
        plain = link("Period.days", request="/Request/Days", command="U1/Period.days")
        assert findings("P102", schema, ROWS, links=[plain]) == []
