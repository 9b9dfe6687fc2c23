"""Which document a table is taken for, by the words above it."""

from __future__ import annotations

import pytest

from gbcscheck.extract.document_names import recognised


@pytest.mark.parametrize(
    ("title", "name", "version", "part"),
    [
        ("GBCS 4.0 Table 28d", "GBCS", "4.0", "Table 28d"),
        ("Great Britain Companion Specification", "GBCS", "", ""),
        ("GB Companion Specification v4.3", "GBCS", "4.3", ""),
        ("GBCS v4.3 draft 2", "GBCS", "4.3 draft 2", ""),
        ("GBCS v4.3, Draft 2: Table 28D", "GBCS", "4.3 draft 2", "Table 28d"),
        ("Great Britain Companion Specification (GBCS) version 4.3", "GBCS", "4.3", ""),
        ("GBCS4.0", "GBCS", "4.0", ""),
        ("Table 28d of GBCS 4.0", "GBCS", "4.0", "Table 28d"),
        ("SMETS 2 Version 5.1", "SMETS2", "5.1", ""),
        ("Smart Metering Equipment Technical Specifications 2 v5.1", "SMETS2", "5.1", ""),
        ("DCC User Interface Specification 5.4", "DUIS", "5.4", ""),
        ("GBCS Table 28d for DUIS 5.4", "GBCS", "", "Table 28d"),
        ("Table 28d, aligned with SMETS2 v5.1", "", "", "Table 28d"),
        ("aligned with GBCS 4.0 and SMETS2 v5.1", "", "", ""),
        ("GBCS v4.3 Table 28d (aligned with SMETS2 v5.1)", "GBCS", "4.3", "Table 28d"),
        ("see SMETS2 Table 5.1", "", "", ""),
        ("Network settings 2.1", "", "", ""),
    ],
)
def test_a_title_names_a_document_its_version_and_a_table(title: str, name: str, version: str, part: str) -> None:
    found = recognised([("A1", title)])
    assert (found.name, found.version, found.part) == (name, version, part)


def test_the_words_that_say_so_are_told_with_their_places() -> None:
    found = recognised(
        [("T!A1", "Great Britain Companion Specification"), ("T!A2", "GBCS v4.3"), ("the file", "GBCS 1")]
    )
    assert (found.version, found.how) == ("4.3", '"Great Britain Companion Specification" in T!A1, "GBCS v4.3" in T!A2')


def test_the_version_is_that_of_the_same_document() -> None:
    found = recognised([("A1", "GBCS settings"), ("A2", "DUIS 5.4")])
    assert (found.name, found.version) == ("GBCS", "")
