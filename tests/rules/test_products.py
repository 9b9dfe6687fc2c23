"""Rules on lists of certified products."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rule_releases import findings, part, says

from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_paths
from gbcscheck.rules import check

ENDED = part("Applicability", says("GBCS 1.0", "out-of-force-since", value="2018-05-07"))
Entry = tuple[str, str, str, str]
"""Product, SMETS, GBCS and status of an entry."""


def entries(*given: Entry) -> list[dict[str, object]]:
    rows = []
    for number, (product, smets, gbcs, status) in enumerate(given, 1):
        subject = f"entry {number}"
        rows += [
            says(subject, "name", value=product),
            says(subject, "smets-version", value=smets, text=f"{smets} of a cell"),
            says(subject, "gbcs-version", value=gbcs, text=f"GBCS Version {gbcs}"),
            says(subject, "entry-status", value=status),
        ]
    return rows


def found(code: str, *given: Entry) -> list[Finding]:
    return findings(code, part("List", *entries(*given)), ENDED)


class TestVersionOutOfForce:
    def test_one_finding_for_all_entries_of_a_version(self) -> None:
        (one,) = found(
            "L101",
            ("a", "SMETS 2.0", "1.0", "Current"),
            ("b", "SMETS 2.0", "1.0", "Current"),
            ("c", "SMETS 2.0", "1.1", ""),
        )
        assert (one.severity, one.message) == ("warning", "GBCS 1.0 is out of force since 2018-05-07")
        assert (one.subject, one.also) == ("entry 1", ("entry 2",))

    def test_silent_on_what_is_removed_or_in_force(self) -> None:
        assert found("L101", ("a", "SMETS 2.0", "1.0", "Removed"), ("b", "SMETS 2.0", "1.1", "Current")) == []


class TestPairOfOneEntry:
    USUAL: tuple[Entry, ...] = (
        ("a", "SMETS 2.0", "1.1", "Current"),
        ("b", "SMETS 2.0", "1.1", "Current"),
        ("c", "SMETS 3.1", "2.1", "Current"),
        ("d", "SMETS 3.1", "2.1", "Current"),
    )

    def test_a_pair_of_two_versions_that_others_pair_otherwise(self) -> None:
        (one,) = found("L102", *self.USUAL, ("e", "SMETS 2.0", "2.1", "Current"))
        assert (one.subject, one.message) == ("entry 5", "no other entry has SMETS 2.0 with GBCS 2.1")

    @pytest.mark.parametrize(
        "entry",
        [
            ("e", "SMETS 5.0", "4.0", "Current"),
            ("e", "SMETS 2.0", "4.0", "Current"),
            ("e", "SMETS 2.0", "2.1", "Removed"),
        ],
    )
    def test_silent_on_a_new_version_and_on_a_removed_entry(self, entry: Entry) -> None:
        assert found("L102", *self.USUAL, entry) == []


class TestProductListedTwice:
    def test_two_entries_that_stand_with_different_versions(self) -> None:
        (one,) = found("L103", ("a", "SMETS 2.0", "1.0", "Current"), ("a", "SMETS 2.0", "1.1", "Current"))
        assert one.message == "SMETS 2.0 with GBCS 1.0, and SMETS 2.0 with GBCS 1.1 by entry 2"
        assert len(one.statements) == 2

    def test_silent_on_the_same_versions_and_on_a_removed_entry(self) -> None:
        assert found("L103", ("a", "SMETS 2.0", "1.0", "Current"), ("a", "SMETS 2.0", "1.0", "Current")) == []
        assert found("L103", ("a", "SMETS 2.0", "1.0", "Removed"), ("a", "SMETS 2.0", "1.1", "Current")) == []


class TestVersionWrittenInSeveralWays:
    @staticmethod
    def cells(*texts: str) -> list[Finding]:
        rows = [says(f"entry {n}", "gbcs-version", value="1.1", text=text) for n, text in enumerate(texts)]
        return findings("L104", part("List", *rows))

    def test_blanks_behind_a_version(self) -> None:
        (one,) = self.cells("GBCS Version 1.1", "GBCS Version 1.1", "GBCS Version 1.1 ")
        assert (one.severity, one.witness) == ("note", '"GBCS Version 1.1" in 2, "GBCS Version 1.1 " in 1')
        assert one.suggestion == 'write "GBCS Version 1.1" in each'

    def test_a_blank_behind_each(self) -> None:
        (one,) = self.cells("GBCS Version 1.1 ", "GBCS Version 1.1 ")
        assert one.message == "gbcs-version 1.1 is written with blanks around it"

    def test_silent_on_one_way(self) -> None:
        assert self.cells("GBCS Version 1.1", "GBCS Version 1.1") == []


def test_the_published_list(corpus: Path) -> None:
    release = load_paths([corpus / "products"], release="current")
    own = [finding for finding in check(Catalogue.of(release)) if not finding.elsewhere]
    assert Counter(finding.rule for finding in own) == {"L101": 1, "L102": 1, "L103": 3, "L104": 4}
    by_rule = {finding.rule: finding for finding in own}
    assert len(by_rule["L101"].also) == 77
    assert by_rule["L102"].subject == "entry 000162"
    assert sum(1 + len(finding.also) for finding in own if finding.rule == "L103") == 9
