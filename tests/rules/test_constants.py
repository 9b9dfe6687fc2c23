"""Constants that differ."""

from __future__ import annotations

from rule_releases import findings, part, says


class TestConstantsDiffer:
    def test_fires_on_two_values_of_one_attribute(self) -> None:
        rows = part(
            "GBCS",
            says("U1/Scale.value", "type", "-128..127"),
            says("U1/Scale.value", "constant", "-5"),
            says("U2/Scale.value", "type", "-128..127"),
            says("U2/Scale.value", "constant", "-3"),
        )
        (found,) = findings("V103", rows)
        assert {s.subject for s in found.statements} == {"U1/Scale.value", "U2/Scale.value"}

    def test_is_silent_on_the_inputs_of_a_method_and_on_equal_values(self) -> None:
        rows = part(
            "GBCS",
            says("U1/Script.execute.data", "type", "0..65535"),
            says("U1/Script.execute.data", "constant", "54"),
            says("U1/Script.execute.data", "member", value="method 1"),
            says("U2/Script.execute.data", "type", "0..65535"),
            says("U2/Script.execute.data", "constant", "51"),
            says("U2/Script.execute.data", "member", value="method 1"),
            says("U1/Scale.value", "type", "-128..127"),
            says("U1/Scale.value", "constant", "-5"),
            says("U2/Scale.value", "type", "-128..127"),
            says("U2/Scale.value", "constant", "-5"),
        )
        assert findings("V103", rows) == []
