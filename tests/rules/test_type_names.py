"""One type name in two schemas."""

from __future__ import annotations

from rule_releases import findings, part, says


def test_one_type_name_in_two_schemas() -> None:
    def schema(name: str, prefix: str, domain: str) -> object:
        path = f"/{name}/Kind"
        return part(
            name,
            says(path, "type", value=f"{prefix}:DeviceType"),
            says(path, "permitted", domain, clause=f"type {prefix}:DeviceType"),
        )

    (found,) = findings("N105", schema("DUIS", "sr", '"CAD" | "ESME"'), schema("MMC", "ra", '"ESME" | "Type2"'))
    assert '"CAD"' in found.witness
    assert '"Type2"' in found.witness
    assert findings("N105", schema("DUIS", "sr", '"ESME"'), schema("MMC", "ra", '"ESME"')) == []
