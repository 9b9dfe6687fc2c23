"""Steps and units that cannot be carried."""

from __future__ import annotations

from rule_releases import REQUEST, findings, link, part, rows_of, says, schema_of


class TestResolutionTooCoarse:
    def test_fires_on_whole_steps_where_fractions_are_needed(self) -> None:
        needed = part("SMETS2", says("Item.value", "permitted", "0.. step 0.0001"))
        (found,) = findings(
            "R106", needed, schema_of("0..65535"), rows_of("0..65535"), links=[link("Item.value", request=REQUEST)]
        )
        assert found.severity == "error"
        assert "finer than" in found.why

    def test_is_silent_where_the_steps_can_be_set(self) -> None:
        needed = part("SMETS2", says("Item.value", "permitted", "0.. step 0.0001"))
        request = schema_of("0..6.5535 step 0.0001")
        assert findings("R106", needed, request, rows_of("0..65535"), links=[link("Item.value", request=REQUEST)]) == []

    def test_fires_on_two_units(self) -> None:
        one = part("SMETS2", says("Item.value", "unit", value="V"))
        other = part("GBCS", says("U1/Item.value", "unit", value="kV"), says("U1/Item.value", "type", "0..9"))
        (found,) = findings("R106", one, other)
        assert found.witness == "1 V and 1 kV"
        for unit in ("k V", "volts (rms)"):
            same = part("SMETS2", says("Item.value", "unit", value=unit))
            assert findings("R106", same, other) == [], "the same, or none that is known here"

    def test_minutes_and_seconds_are_two_units_only_of_numbers_without_one(self) -> None:
        one = part("SMETS2", says("Item.value", "unit", value="s"), says("Item.value", "permitted", "0..1799 s"))
        with_units = part("Table", says("Item.value", "unit", value="min"), says("Item.value", "default", "600 s"))
        without = part("Table", says("Item.value", "unit", value="min"), says("Item.value", "default", "10"))
        assert findings("R106", one, with_units) == []
        (found,) = findings("R106", one, without)
        assert found.witness == "1 s and 1 min"
