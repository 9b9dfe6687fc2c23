"""What the crosswalk maps and is gone."""

from __future__ import annotations

from dataclasses import replace

from rule_releases import findings, link, part, says

from gbcscheck.facts.crosswalk import LinkEnd

ROWS = part(
    "GBCS",
    says("U1", "direction", value="Update"),
    says("U1/Period.days", "type", "bits(7)"),
    says("U1/Period.days", "constant", "0b1111111", text="||0b11111110"),
    says("U1/Period.days", "encoding", value="weekdays"),
    says("U1/Period.start", "type", "octets(4)"),
    name="use cases",
)


class TestMappedAndGone:
    LINK = link("Period.start", request="/Request/Set/Start", command="U1/Period.start")
    ROWS = part("GBCS", says("U1", "direction", value="Update", source="S!A1"), says("U1/Period.start", "type", "0..9"))

    @staticmethod
    def schema(*leaves: str, source: str = "line 3") -> object:
        return part(
            "DUIS",
            says("/Request/Set", "occurs", "1", source=source),
            *(says(f"/Request/Set/{leaf}", "permitted", "xs:time", source=source) for leaf in leaves),
        )

    def test_fires_on_an_element_that_was_renamed(self) -> None:
        (found,) = findings("S105", self.schema("Begin"), self.ROWS, links=[self.LINK])
        assert found.subject == "/Request/Set/Start"

    def test_fires_on_a_row_that_was_deleted(self) -> None:
        rows = part("GBCS", says("U1", "direction", value="Update", source="S!A1"))
        (found,) = findings("S105", self.schema("Start"), rows, links=[self.LINK])
        assert found.subject == "U1/Period.start"

    def test_is_silent_where_all_is_there_or_the_use_case_is_out_of_force(self) -> None:
        assert findings("S105", self.schema("Start"), self.ROWS, links=[self.LINK]) == []
        assert findings("S105", self.schema("Start"), links=[self.LINK]) == []

    def test_an_extract_written_by_hand_need_not_hold_everything(self) -> None:
        assert findings("S105", self.schema("Begin", source=""), self.ROWS, links=[self.LINK]) == []

    def test_a_part_of_an_entry_is_there_where_its_element_is(self) -> None:
        entries = "U1/Response/Days/Entries"
        to_part = link("Days.month", response=f"{entries}[*].month", reading="/Request/Set/Start")
        rows = part("GBCS", says("U1", "direction", value="Update", source="S!A1"), says(entries, "octets", "0..9"))
        assert findings("S105", self.schema("Start"), rows, links=[to_part]) == []
        (found,) = findings("S105", self.schema("Start"), self.ROWS, links=[to_part])
        assert found.subject == f"{entries}[*].month"

    def test_a_row_that_versions_call_otherwise_is_there_under_one_of_its_names(self) -> None:
        ends = (*self.LINK.ends, LinkEnd("command", "U1/Period.first"), LinkEnd("command", "U2/Period.start"))
        named_twice = replace(self.LINK, ends=ends)
        assert findings("S105", self.schema("Start"), self.ROWS, links=[named_twice]) == []
        rows = part("GBCS", says("U1", "direction", value="Update", source="S!A1"), says("U1/Other", "type", "0..9"))
        found = findings("S105", self.schema("Start"), rows, links=[named_twice])
        assert {one.subject for one in found} == {"U1/Period.start", "U1/Period.first"}
