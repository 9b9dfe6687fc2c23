"""Defaults against constants, and against what is permitted."""

from __future__ import annotations

import pytest
from rule_releases import findings, part, says

USE_CASE = part(
    "GBCS",
    says("U1", "direction", value="Update"),
    says("U1/Period.entries[*].days", "type", "bits(7)", text="bit-string(7)"),
    says(
        "U1/Period.entries[*].days",
        "constant",
        "0b1111111",
        text="||0b11111110 (bit padding is on the least significant bit)",
        clause="U1, row 1",
    ),
    says("U1/Period.entries[*].days", "encoding", value="weekdays"),
    says("U1/Period.entries[*].begin", "type", "octets(5)"),
    says("U1/Period.entries[*].begin", "constant", "0x000001FFFF", text="||0x000001FFFF"),
    name="use cases",
)


def table(domain: str, text: str, item: str = "Period.entries[*].days") -> object:
    return part("GBCS", says(item, "default", domain, text=text, source="Table!D7"), name="Table", version="2.0")


class TestDefaultContradictsConstant:
    def test_fires_with_the_value_in_hex_and_in_words(self) -> None:
        (found,) = findings("V101", USE_CASE, table("0b11111000", "0b11111000"))
        assert found.severity == "error"
        assert found.subject == "Period.entries[*].days"
        assert [s.attribute for s in found.statements] == ["default", "constant"]
        assert found.meanings == ("default: Monday to Friday (0xF8)", "constant: every day (0xFE)")
        assert "0b11111110" in found.suggestion
        assert "Saturday" in found.witness

    @pytest.mark.parametrize("domain", ["0b1111111", "0b11111110", "0xFE"])
    def test_is_silent_on_every_way_to_write_the_constant(self, domain: str) -> None:
        assert findings("V101", USE_CASE, table(domain, domain)) == []

    def test_dates_are_compared_as_octets(self) -> None:
        other = "0xFFFF0B01FF"
        (found,) = findings("V101", USE_CASE, table(other, other, "Period.entries[*].begin"))
        assert "0x000001FFFF" in found.suggestion
        assert findings("V101", USE_CASE, table("0x000001FFFF", "x", "Period.entries[*].begin")) == []

    def test_a_name_is_found_whatever_its_case_and_blanks(self) -> None:
        assert len(findings("V101", USE_CASE, table("0xF8", "0xF8", "period. Entries[*].DAYS"))) == 1


class TestDefaultNotPermitted:
    ROW = part(
        "GBCS",
        says("U1/Threshold.value", "type", "0..65535", text="long-unsigned"),
        name="use cases",
    )
    SMETS = part("SMETS2", says("Threshold.value", "permitted", "200..270"))

    def test_fires_outside_what_another_specification_permits(self) -> None:
        default = part("GBCS", says("Threshold.value", "default", "300"), name="Table")
        (found,) = findings("V102", self.ROW, self.SMETS, default)
        assert found.witness == "300"
        assert "200..270" in found.suggestion

    def test_fires_outside_the_type(self) -> None:
        default = part("GBCS", says("Threshold.value", "default", "70000"), name="Table")
        found = findings("V102", self.ROW, default)
        assert [f.witness for f in found] == ["70000"]

    def test_a_unit_that_one_side_alone_states_makes_it_no_milder(self) -> None:
        default = part("GBCS", says("Threshold.value", "default", "300 V"), name="Table")
        (found,) = findings("V102", self.ROW, self.SMETS, default)
        assert found.severity == "error"
        assert "taken to be in V" in found.why

    def test_fires_outside_the_range_and_the_type_of_its_own_table(self) -> None:
        def table(*rows: dict[str, object]) -> object:
            return part("GBCS", says("Threshold", "default", "300 V"), *rows, name="Table")

        (found,) = findings("V102", self.ROW, table(says("Threshold", "permitted", "180..250 V")))
        assert (found.witness, found.severity) == ("300 V", "error")
        assert "180..250 V" in found.suggestion
        (found,) = findings("V102", self.ROW, table(says("Threshold", "type", "0..255")))
        assert found.witness == "300 V"
        assert findings("V102", self.ROW, table(says("Threshold", "permitted", "180..350 V"))) == []

    def test_is_silent_inside(self) -> None:
        default = part("GBCS", says("Threshold.value", "default", "253"), name="Table")
        assert findings("V102", self.ROW, self.SMETS, default) == []


def test_a_default_that_breaks_several_statements_is_one_finding() -> None:
    rows = [says(f"U{n}/Threshold.value", "type", "0..65535") for n in range(5)]
    default = part("GBCS", says("Threshold.value", "default", "70000"), name="Table")
    (found,) = findings("V102", part("GBCS", *rows, name="use cases"), default)
    assert len(found.statements) == 6
