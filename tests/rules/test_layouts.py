"""Rules on messages that are described twice."""

from __future__ import annotations

from pathlib import Path

from planted_workbooks import Edit, both_releases, found_in, planted, shipped
from rule_releases import findings, part, says

from gbcscheck.facts.crosswalk import LayoutHeader

LAYOUT = LayoutHeader("components", "GBCS", "use cases", "Control", "Cluster", "Length", "Command")


def component(length: str, *octets: str, command: str = "14", repeat: str = "") -> list[dict[str, object]]:
    base = "G1/Command/Set"
    rows = [
        says(f"{base}/Control{repeat}", "octets", "1"),
        says(f"{base}/Cluster{repeat}", "octets", "2"),
        says(f"{base}/Cluster{repeat}", "constant", "1794"),
        says(f"{base}/Length{repeat}", "octets", "2"),
        says(f"{base}/Length{repeat}", "permitted", length),
        says(f"{base}/Command{repeat}", "octets", "1"),
        says(f"{base}/Command{repeat}", "constant", command),
    ]
    return rows + [says(f"{base}/Field {n}{repeat}", "octets", count) for n, count in enumerate(octets)]


class TestLengthDiffersFromLayout:
    def test_fires_on_a_field_that_was_widened(self) -> None:
        (found,) = findings("V106", part("GBCS", *component("4", "2", "4"), name="use cases"), layouts=[LAYOUT])
        assert found.witness == "0x0004 against 0x0007"

    def test_is_silent_on_the_sum_and_counts_fixed_octets_below_a_minimum(self) -> None:
        right = [*component("7", "2", "4"), *component("5..", "4", "0..", repeat=" #2")]
        assert findings("V106", part("GBCS", *right, name="use cases"), layouts=[LAYOUT]) == []


class TestCommandNotInLayout:
    @staticmethod
    def named(command: str) -> list[dict[str, object]]:
        return [
            says("G1/Item.value", "command", value=command),
            says("G1/Item.value", "cluster", value="Metering: 0x0702"),
        ]

    def test_fires_on_an_identifier_that_the_layout_does_not_have(self) -> None:
        rows = part("GBCS", *component("1"), *self.named("Set: 0x0F"), name="use cases")
        (found,) = findings("X102", rows, layouts=[LAYOUT])
        assert "0x0F" in found.message
        assert "0x0E of cluster 0x0702" in found.why

    def test_is_silent_on_the_right_one_and_on_what_has_no_identifier(self) -> None:
        for command in ("Set: 0x0E", "(Response):"):
            rows = part("GBCS", *component("1"), *self.named(command), name="use cases")
            assert findings("X102", rows, layouts=[LAYOUT]) == []


class TestTypeOfAnotherLength:
    @both_releases
    def test_what_is_published_is_silent(self, release: str) -> None:
        assert shipped("V123", release) == []

    def test_a_type_of_two_octets_in_a_field_of_one_is_told(self, corpus: Path, tmp_path: Path) -> None:
        row = {"use case": "GCS01a", "message": "Command", "element": "Number of Seasons (UINT8)"}
        edit = ("GBZ", row, "element", "Number of Seasons (UINT16)")
        (found,) = found_in("V123", planted(corpus, tmp_path, ("GCS01a",), edit))
        assert (found.severity, found.witness) == ("error", "UINT16 in 1 octet")

    def test_a_value_of_two_octets_in_a_field_of_three_is_told(self, corpus: Path, tmp_path: Path) -> None:
        edit = in_layout("Extended Header Cluster ID", "octets", 3)
        (found,) = found_in("V123", planted(corpus, tmp_path, ("GCS02",), edit))
        assert (found.severity, found.witness) == ("error", "0x0705 in 3 octets")


def in_layout(element: str, title: str, new: object) -> Edit:
    """An edit in the first component of the command of GCS02."""
    row = {"use case": "GCS02", "message": "Command", "component": "Change Payment Mode", "element": element}
    return ("GBZ", row, title, new)


class TestClusterNotInTable:
    @both_releases
    def test_what_is_published_is_silent(self, release: str) -> None:
        assert shipped("X125", release) == []

    def test_a_cluster_that_the_table_does_not_have_is_told_with_its_cell(self, corpus: Path, tmp_path: Path) -> None:
        edit = in_layout("Extended Header Cluster ID", "value", "0x0745")
        (found,) = found_in("X125", planted(corpus, tmp_path, ("GCS02",), edit))
        assert (found.severity, found.witness) == ("error", "0x0745")
        assert [one.source.partition("!")[0] for one in found.statements] == ["GBZ", "ZCL"]

    def test_without_a_table_for_the_use_case_nothing_is_told(self) -> None:
        assert findings("X125", part("GBCS", *component("1"), name="use cases"), layouts=[LAYOUT]) == []


class TestIncompleteHeader:
    @both_releases
    def test_what_is_published_is_silent(self, release: str) -> None:
        assert shipped("S125", release) == []

    def test_a_field_of_the_header_that_is_gone_is_told(self) -> None:
        rows = [one for one in component("1") if not one["subject"].endswith("/Cluster")]  # type: ignore[attr-defined]
        (found,) = findings("S125", part("GBCS", *rows, name="use cases"), layouts=[LAYOUT])
        assert (found.subject, found.message) == ("G1/Command/Set", "lacks Cluster")

    def test_a_field_of_the_header_that_stands_twice_is_told(self) -> None:
        rows = [*component("1"), says("G1/Command/Set/Length #2", "octets", "2")]
        (found,) = findings("S125", part("GBCS", *rows, name="use cases"), layouts=[LAYOUT])
        assert found.message == "has Length twice"
