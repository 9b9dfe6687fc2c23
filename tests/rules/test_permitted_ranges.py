"""Ranges with nothing in common, and more than can be set."""

from __future__ import annotations

from rule_releases import REQUEST, findings, link, part, rows_of, says, schema_of


class TestRangesDisjoint:
    @staticmethod
    def smets(domain: str, name: str) -> object:
        return part(name, says("Item.value", "permitted", domain))

    def test_fires_on_tenths_against_whole_volts(self) -> None:
        (found,) = findings(
            "R104", self.smets("200..270", "SMETS2"), self.smets("2000..2700", "GBCS"), rows_of("0..9999")
        )
        assert found.severity == "error"

    def test_is_silent_where_they_meet(self) -> None:
        assert (
            findings("R104", self.smets("200..270", "SMETS2"), self.smets("250..300", "GBCS"), rows_of("0..9999")) == []
        )

    def test_what_is_derived_is_not_held_against_its_own_source(self) -> None:
        source = part("GBCS", says("U1/Item.value", "permitted", "1..5", source="DLMS!K1"), source_name="tables.xlsx")
        typed = part("GBCS", says("U1/Item.value", "type", "0..9"))
        derived = part(
            "SMETS2",
            says("Item.value", "permitted", "6..9", source="DLMS!K1"),
            source_name="tables.xlsx",
            provenance="derived",
        )
        assert findings("R104", typed, source, derived) == []


class TestPermittedAndNotSettable:
    LINK = link("Item.value", request=REQUEST, command="U1/Item.value")

    def test_fires_on_permitted_values_beyond_the_request(self) -> None:
        smets = part("SMETS2", says("Item.value", "permitted", "0..1800"))
        (found,) = findings("R107", smets, schema_of("0..1799"), rows_of("0..65535"), links=[self.LINK])
        assert found.severity == "warning"
        assert "1800" in found.witness

    def test_a_unit_on_one_side_is_judged_as_none(self) -> None:
        """``0..1800`` and ``0..1800 s`` mean the same to whoever reads the two documents."""
        request, rows = schema_of("0..1799"), rows_of("0..65535")
        found = [
            findings("R107", part("SMETS2", says("Item.value", "permitted", text)), request, rows, links=[self.LINK])
            for text in ("0..1800", "0..1800 s")
        ]
        assert [[one.severity for one in of_text] for of_text in found] == [["warning"], ["warning"]]
        assert found[0][0].fingerprint == found[1][0].fingerprint

    def test_is_silent_on_rows_of_use_cases_and_inside_the_request(self) -> None:
        rows = rows_of("0..65535", says("U1/Item.value", "permitted", "0..60000"))
        assert findings("R107", schema_of("0..1799"), rows, links=[self.LINK]) == []
        smets = part("SMETS2", says("Item.value", "permitted", "0..60"))
        assert findings("R107", smets, schema_of("0..1799"), rows_of("0..65535"), links=[self.LINK]) == []

    def test_nothing_in_common_is_the_business_of_another_rule(self) -> None:
        smets = part("SMETS2", says("Item.value", "permitted", "2000..3000"))
        everything = (smets, schema_of("0..1799"), rows_of("0..65535"))
        assert findings("R107", *everything, links=[self.LINK]) == []
        (found,) = findings("R104", *everything, links=[self.LINK])
        assert found.severity == "error"
