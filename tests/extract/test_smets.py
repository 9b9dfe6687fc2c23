"""What is derived of SMETS from the GBCS tables that cite it."""

from __future__ import annotations

from smets_references import smets_references

from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification


def test_clauses_of_each_data_item_in_their_order_with_the_first_cell() -> None:
    def cites(subject: str, text: str, source: str) -> ExtractRow:
        return ExtractRow(subject, "reference", value=text, source=source)

    tables = Extract(
        Specification("GBCS", "4.0", "use cases"),
        "published",
        (
            cites("ECS1/A.value", "SMETS 5.7.4.10 / 5.7.4.9", "DLMS!C2"),
            cites("ECS2/A.value", "SMETS 5.7.4.9; CHTS 4.1", "DLMS!C3"),
            cites("ECS2/A.value #2", "SMETS 4.1", "DLMS!C4"),
            cites("ECS2/B.value", "CHTS 4.1", "DLMS!C5"),
            cites("ECS2/C.value", "SMETS", "DLMS!C6"),
            ExtractRow("ECS2/D.value", "name", value="SMETS 5.5", source="DLMS!D7"),
        ),
        source_name="tables.xlsx",
        source_sha256="0" * 64,
    )
    extract = smets_references(tables)
    assert extract.specification == Specification("SMETS2", "as cited by GBCS 4.0", "references")
    assert extract.provenance == "derived"
    assert "not at hand" in extract.note
    assert (extract.source_name, extract.source_sha256) == ("tables.xlsx", "0" * 64)
    clauses = "4.1, 5.7.4.9, 5.7.4.10"
    assert extract.rows == (ExtractRow("A.value", "reference", value=clauses, clause=clauses, source="DLMS!C2"),)
