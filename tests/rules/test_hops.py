"""Rules on what one hop of a message lets through and the next cannot carry or show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_releases import READING, REQUEST, findings, link, part, rows_of, says, schema_of

from gbcscheck.facts.crosswalk import LinkEnd


class TestRequestExceedsCommand:
    LINK = link("Item.value", request=REQUEST, command="U1/Item.value")

    def test_fires_on_a_number_that_does_not_fit(self) -> None:
        (found,) = findings("R102", schema_of("0..4294967295"), rows_of("0..65535"), links=[self.LINK])
        assert found.severity == "warning"
        assert "65536" in found.witness

    @pytest.mark.parametrize(
        ("domain", "kind", "convert"),
        [
            ("0..429496729.5 step 0.1", "0..4294967295", "scale 10"),
            ("0..42949.67295 step 0.00001", "0..4294967295", "scale 100000"),
            ("0..6.5535 step 0.0001", "0..65535", "scale 10000"),
            ("0..65535", "0..65535", ""),
        ],
    )
    def test_is_silent_on_agreement_after_scaling(self, domain: str, kind: str, convert: str) -> None:
        scaled = link("Item.value", request=REQUEST, command="U1/Item.value", convert=convert)
        assert findings("R102", schema_of(domain), rows_of(kind), links=[scaled]) == []

    @pytest.mark.parametrize(("months", "count"), [("1..12", 0), ("1..13", 1)])
    def test_a_part_of_a_date_is_held_against_that_part(self, months: str, count: int) -> None:
        schema = part("DUIS", says("/Request/Month", "permitted", months))
        rows = part("GBCS", says("U1/Day.date", "type", "octets(5)"))
        ends = (LinkEnd("request", "/Request/Month"), LinkEnd("command", "U1/Day.date", part="month"))
        month = replace(link("Day.date", request="/Request/Month", command="U1/Day.date"), ends=ends)
        found = findings("R102", schema, rows, links=[month])
        assert [one.witness for one in found] == ["between 12 and 253: 13"][:count]

    def test_every_command_of_a_link_is_judged(self) -> None:
        rows = part("GBCS", says("U1/Item.value", "type", "0..65535"), says("U2/Item.value", "type", "0..255"))
        ends = (*self.LINK.ends, LinkEnd("command", "U2/Item.value"))
        (found,) = findings("R102", schema_of("0..65535"), rows, links=[replace(self.LINK, ends=ends)])
        assert [one.subject for one in found.statements] == [REQUEST, "U2/Item.value"]

    def test_a_gap_between_versions_makes_it_a_note_that_says_so(self) -> None:
        schema = part(
            "DUIS",
            says("DUIS", "aligned-with", value="GBCS 4.3"),
            says(REQUEST, "permitted", "0..4294967295"),
            name="schema",
        )
        (found,) = findings("R102", schema, rows_of("0..65535"), links=[self.LINK])
        assert found.severity == "note"
        assert "GBCS 4.3" in found.why


class TestValueCannotBeEncoded:
    LINK = link("Item.value", request=REQUEST, command="U1/Item.value", convert="xs:time to time")
    TIME = "time(hour 0..23, minute 0..59, second 0..59)"

    def test_names_each_class_of_time_with_an_example(self) -> None:
        rows = rows_of("octets(4)", says("U1/Item.value", "permitted", self.TIME))
        (found,) = findings("R105", schema_of("xs:time", "xs:time"), rows, links=[self.LINK])
        assert "24:00:00" in found.witness
        for word in ("offset", "no zone", "decimals"):
            assert word in found.witness, found.witness

    def test_a_date_and_time_has_octets_for_its_zone_and_for_24_00_00(self) -> None:
        """24:00:00 is the next day's 00:00:00, and the offset of a zone a deviation (Blue Book 4.1.6.1)."""
        rows = rows_of("octets(12)", says("U1/Item.value", "permitted", "date-time"))
        way = link("Item.value", request=REQUEST, command="U1/Item.value", convert="xs:dateTime to date-time")
        (found,) = findings("R105", schema_of("xs:dateTime", "xs:dateTime"), rows, links=[way])
        assert "24:00:00" not in found.witness
        assert "zone" not in found.witness
        assert "year above 65534" in found.witness
        in_time = "xs:dateTime(year 2000..2099, seconds 0..86399)"
        assert findings("R105", schema_of(in_time, "xs:dateTime"), rows, links=[way]) == []

    def test_a_type_used_in_forty_places_is_one_finding(self) -> None:
        paths = [f"/Request/Body/Set{n}/Value" for n in range(40)]
        schema = part(
            "DUIS",
            *(says(path, "type", value="xs:time") for path in paths),
            *(says(path, "permitted", "xs:time") for path in paths),
        )
        rows = rows_of("octets(4)", says("U1/Item.value", "permitted", self.TIME))
        links = [link("Item.value", request=path, command="U1/Item.value", convert="xs:time to time") for path in paths]
        (found,) = findings("R105", schema, rows, links=links)
        assert len(found.also) == 39

    def test_numbers_are_no_matter_of_encoding(self) -> None:
        plain = link("Item.value", request=REQUEST, command="U1/Item.value")
        assert findings("R105", schema_of("0..4294967295"), rows_of("0..65535"), links=[plain]) == []


class TestResponseExceedsReading:
    LINK = link("Item.value", request=REQUEST, command="U1/Item.value", response="U2/Item.value", reading=READING)
    ROWS = part("GBCS", says("U1/Item.value", "type", "0..65535"), says("U2/Item.value", "type", "0..65535"))

    def test_fires_where_a_settable_value_cannot_be_shown(self) -> None:
        narrow = schema_of("0..255", path=READING, name="MMC")
        (found,) = findings("R103", schema_of("0..65535"), self.ROWS, narrow, links=[self.LINK])
        assert found.severity == "warning"
        assert "256" in found.witness

    def test_is_a_note_where_nobody_can_set_it(self) -> None:
        narrow = schema_of("0..255", path=READING, name="MMC")
        (found,) = findings("R103", schema_of("0..200"), self.ROWS, narrow, links=[self.LINK])
        assert found.severity == "note"

    def test_is_silent_on_a_read_side_wider_than_the_set_side(self) -> None:
        wide = schema_of("0..4294967295", path=READING, name="MMC")
        assert findings("R103", schema_of("0..200"), self.ROWS, wide, links=[self.LINK]) == []

    @pytest.mark.parametrize(("settable", "severity"), [("0..65535", "warning"), ("0..200", "note")])
    def test_what_another_link_of_the_item_sets_counts_for_one_that_only_reads(
        self, settable: str, severity: str
    ) -> None:
        sets = link("Item.value", request=REQUEST, command="U1/Item.value")
        reads = link("Item.value", response="U2/Item.value", reading=READING, service_request="")
        narrow = schema_of("0..255", path=READING, name="MMC")
        (found,) = findings("R103", schema_of(settable), self.ROWS, narrow, links=[sets, reads])
        assert found.severity == severity

    def test_what_another_part_of_the_item_is_set_to_does_not_count(self) -> None:
        sets = link("Item.value", request=REQUEST, command="U1/Item.value")
        other = replace(sets, ends=(sets.ends[0], sets.ends[1]._replace(part="bits 0..15")))
        reads = link("Item.value", response="U2/Item.value", reading=READING, service_request="")
        narrow = schema_of("0..255", path=READING, name="MMC")
        (found,) = findings("R103", schema_of("0..65535"), self.ROWS, narrow, links=[other, reads])
        assert found.severity == "note"

    @pytest.mark.parametrize(("high", "expected"), [("256..65535", 0), ("256..65534", 1)])
    def test_elements_that_write_a_row_in_several_ways_show_it_together(self, high: str, expected: int) -> None:
        rows = part("GBCS", says("U2/Item.value", "type", "0..65535"))
        low = link("Item.value", response="U2/Item.value", reading=READING, service_request="")
        both = replace(low, ends=(*low.ends, LinkEnd("reading", "/Rsp/Other", "plus 0")))
        schema = part("MMC", says(READING, "permitted", "0..255"), says("/Rsp/Other", "permitted", high))
        found = findings("R103", rows, schema, links=[both])
        assert bool(found) == bool(expected)

    @pytest.mark.parametrize("convert", ["unstated", "scale by Divisor"])
    def test_where_nobody_can_say_what_a_value_is_nothing_is_told(self, convert: str) -> None:
        way = link("Item.value", response="U2/Item.value", reading=READING, service_request="", convert=convert)
        narrow = schema_of("0..1", path=READING, name="MMC")
        assert findings("R103", self.ROWS, narrow, links=[way]) == []
        told = findings("R108", self.ROWS, schema_of('"A"', path=READING, name="MMC"), links=[way])
        assert bool(told) == (convert != "unstated")  # whatever the factor is, a text has none


def test_a_deviation_is_shown_by_the_offset_of_a_date_and_time() -> None:
    rows = part(
        "GBCS",
        says("U2/Item.value", "type", "octets(12)"),
        says(
            "U2/Item.value",
            "permitted",
            "date-time(year 2000..2099, month 1..12, day 1..31, weekday 1..7 | 255, hour 0..23, minute 0..59, "
            "second 0..59)",
        ),
    )
    way = link("Item.value", response="U2/Item.value", reading=READING, convert="xs:dateTime to date-time")
    assert findings("R103", schema_of("xs:dateTime", path=READING, name="MMC"), rows, links=[way]) == []
    utc = "xs:dateTime(zone 0)"
    (found,) = findings("R103", schema_of(utc, path=READING, name="MMC"), rows, links=[way])
    assert "deviation" in found.witness


def test_a_set_that_a_conversion_cannot_express_is_not_judged() -> None:
    part_of_a_day = "xs:time(seconds 61200..79200)"
    rows = rows_of("octets(4)", says("U1/Item.value", "permitted", TestValueCannotBeEncoded.TIME))
    assert findings("R105", schema_of(part_of_a_day), rows, links=[TestValueCannotBeEncoded.LINK]) == []


class TestCommandExceedsResponse:
    LINK = link("Item.value", request=REQUEST, command="U1/Item.value", response="U2/Item.value")

    @pytest.mark.parametrize(
        ("request_permits", "response", "severity"),
        [
            ("-1..5", "0..4294967295", "warning"),
            ("0..5", "0..4294967295", "note"),
            ("0..5", "-2147483648..2147483647", None),
            ("-1..5", "-4294967295..4294967295", None),
        ],
    )
    def test_what_is_set_reads_back(self, request_permits: str, response: str, severity: str | None) -> None:
        rows = part(
            "GBCS",
            says("U1", "direction", value="Update"),
            says("U2", "direction", value="Read"),
            says("U1/Item.value", "type", "-2147483648..2147483647"),
            says("U2/Item.value", "type", response),
        )
        found = findings("R111", schema_of(request_permits), rows, links=[self.LINK])
        assert [one.severity for one in found] == ([severity] if severity else [])
        assert [one.witness for one in found if one.severity == "warning"] == ["below 0: -1"][: severity == "warning"]
