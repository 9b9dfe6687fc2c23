"""Ranges that their own data type cannot hold."""

from __future__ import annotations

from rule_releases import findings, part, rows_of, says


class TestRangeExceedsType:
    def test_fires_on_an_unsigned_range_in_a_signed_type(self) -> None:
        row = rows_of("-2147483648..2147483647", says("U1/Item.value", "permitted", "0..4294967295"))
        (found,) = findings("R101", row)
        assert found.witness == "4294967295" or int(found.witness) > 2147483647
        assert "0..2147483647" in found.suggestion

    def test_is_silent_inside_the_type(self) -> None:
        assert findings("R101", rows_of("0..65535", says("U1/Item.value", "permitted", "0..100"))) == []

    def test_one_root_cause_is_one_finding(self) -> None:
        rows = [
            says(f"U1/Item.{n}", attribute, domain)
            for n in range(40)
            for attribute, domain in (("type", "0..255"), ("permitted", "0..300"))
        ]
        (found,) = findings("R101", part("GBCS", *rows))
        assert len(found.also) == 39
