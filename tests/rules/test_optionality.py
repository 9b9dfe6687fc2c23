"""What one hop may leave out and the next one must have."""

from __future__ import annotations

from dataclasses import replace

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


class TestMandatoryHereOptionalThere:
    READ = link("Period.start", response="U2/Period.start", reading="/Response/Get/Start")

    @staticmethod
    def mmc(occurs: str, around: str = "1") -> object:
        return part("MMC", says("/Response/Get", "occurs", around), says("/Response/Get/Start", "occurs", occurs))

    @staticmethod
    def row(presence: str) -> object:
        return part(
            "GBCS",
            says("U2/Period.start", "type", "octets(4)"),
            says("U2/Period.start", "presence", value=presence),
        )

    def test_fires_on_a_mandatory_element_for_an_optional_object(self) -> None:
        (found,) = findings("P103", self.row("optional"), self.mmc("1"), links=[self.READ])
        assert found.severity == "warning"

    def test_is_silent_where_the_element_or_one_around_it_may_be_absent(self) -> None:
        assert findings("P103", self.row("optional"), self.mmc("0..1"), links=[self.READ]) == []
        assert findings("P103", self.row("mandatory"), self.mmc("1"), links=[self.READ]) == []
        assert findings("P103", self.row("optional"), self.mmc("1", around="0..1"), links=[self.READ]) == []

    def test_an_optional_element_for_a_mandatory_row_is_told(self) -> None:
        schema = part("DUIS", says("/Request/Start", "occurs", "0..1"))
        (found,) = findings("P103", ROWS, schema, links=[START])
        assert found.severity == "warning"
        assert findings("P103", ROWS, part("DUIS", says("/Request/Start", "occurs", "1")), links=[START]) == []
        assert findings("P103", ROWS, schema, links=[replace(START, rest="0x00000000")]) == []
