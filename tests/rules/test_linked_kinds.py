"""Links of which the ends are of different kinds, and ends that nobody could read."""

from __future__ import annotations

import pytest
from rule_releases import READING, REQUEST, findings, link, part, rows_of, says, schema_of

NUMBER = link("Item.value", request=REQUEST, command="U1/Item.value", reading=READING)
TIME = link("Item.value", request=REQUEST, command="U1/Item.value", convert="xs:time to time")
TIMES = rows_of("octets(4)", says("U1/Item.value", "permitted", "time(hour 0..23, minute 0..59, second 0..59)"))


def schema(text: str, literals: str = "") -> object:
    rows = [says(REQUEST, "type", value=text.partition(",")[0]), says(REQUEST, "permitted", text=text)]
    return part("DUIS", *rows, *([says(REQUEST, "literals", literals)] if literals else []), name="schema")


class TestAnotherKind:
    @pytest.mark.parametrize("domain", ["text", '"A" | "B"', "xs:date", "boolean"])
    def test_a_number_that_became_something_else(self, domain: str) -> None:
        (found,) = findings("R108", schema_of(domain), rows_of("0..65535"), links=[NUMBER])
        assert (found.severity, found.subject) == ("error", REQUEST)

    @pytest.mark.parametrize("domain", ["0..9", "text", "xs:date", "xs:dateTime"])
    def test_a_time_that_became_something_else(self, domain: str) -> None:
        (found,) = findings("R108", schema_of(domain), TIMES, links=[TIME])
        assert found.severity == "error"

    def test_a_time_that_became_a_month_of_which_no_values_are_known(self) -> None:
        (found,) = findings("R108", schema("xs:gMonth"), TIMES, links=[TIME])
        assert "xs:gMonth" in found.message
        assert findings("R109", schema("xs:gMonth"), TIMES, links=[TIME]) == []

    def test_the_element_of_a_response_and_the_row_of_one(self) -> None:
        (found,) = findings("R108", schema_of("text", path=READING, name="MMC"), rows_of("0..9"), links=[NUMBER])
        assert found.subject == READING
        both = part("GBCS", says("U1/Item.value", "type", "0..9"), says("U2/Item.value", "type", "text(0..9)"))
        (found,) = findings("R108", both, links=[link("Item.value", command="U1/Item.value", response="U2/Item.value")])
        assert found.subject == "U2/Item.value"

    @pytest.mark.parametrize(
        ("stated", "row", "is_told"),
        [
            ("octets(2)", "0..65535", True),
            ("text", "0..65535", True),
            ("0..9", "octets(2)", True),
            ("0..9", "0..65535", False),
            ("octets(5)", "octets(5)", False),
            ("boolean", "boolean", False),
        ],
    )
    def test_a_table_that_gives_the_item_another_type(self, stated: str, row: str, is_told: bool) -> None:
        """It was compared with nothing, and called free of conflicts."""
        table = part("SMETS2", says("Item.value", "type", stated, source="T!B2"))
        found = findings("R108", table, rows_of(row))
        assert [(one.subject, one.severity, one.statements[0].source) for one in found] == [
            ("Item.value", "error", "T!B2")
        ] * is_told

    def test_a_table_that_permits_words_of_a_time(self) -> None:
        table = part("SMETS2", says("Item.value", "permitted", "xs:date"))
        (found,) = findings("R108", table, rows_of("0..9"))
        assert found.subject == "Item.value"

    @pytest.mark.parametrize(
        ("domain", "kind", "convert"),
        [
            ("0..429496729.5 step 0.1", "0..4294967295", "scale 10"),
            ('"Disable" | "Unchanged"', "boolean", "map Disable=true, Unchanged=false"),
            ("octets(2)", "0..65535", ""),
            ('"1" | "2"', "0..9", ""),
            ("text(1..5)", "octets(0..16)", "text to octets"),
            ("0..99", "0..9", ""),
            ("any", "0..9", ""),
        ],
    )
    def test_is_silent_on_what_has_a_counterpart(self, domain: str, kind: str, convert: str) -> None:
        way = link("Item.value", request=REQUEST, command="U1/Item.value", convert=convert)
        assert findings("R108", schema_of(domain), rows_of(kind), links=[way]) == []
        assert findings("R109", schema_of(domain), rows_of(kind), links=[way]) == []


class TestUnread:
    def test_a_pattern_on_a_number_is_told(self) -> None:
        (found,) = findings("R109", schema("xs:unsignedInt, pattern [0-9]{3}"), rows_of("0..9"), links=[NUMBER])
        assert (found.severity, found.subject) == ("warning", REQUEST)
        assert "pattern" in found.witness

    def test_a_cell_of_a_row_and_of_a_table(self) -> None:
        rows = part("GBCS", says("U1/Item.value", "type", text="whatever"), name="use cases")
        (found,) = findings("R109", rows, links=[NUMBER])
        assert found.subject == "U1/Item.value"
        table = part("SMETS2", says("Item.value", "permitted", text="as agreed"))
        (found,) = findings("R109", rows_of("0..9"), table, links=[NUMBER])
        assert found.subject == "Item.value"

    def test_an_item_that_is_not_linked_is_left_to_the_coverage(self) -> None:
        table = part("SMETS2", says("Item.value", "permitted", text="as agreed"))
        assert findings("R109", rows_of("0..9"), table) == []


class TestPatternsOnTimes:
    UTC = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"

    def found(self, pattern: str) -> tuple[list[str], int]:
        said = schema(f"xs:time, pattern {pattern}", f'text matching "{pattern}"')
        carried = findings("R105", said, TIMES, links=[TIME])
        return [one.witness for one in carried], len(findings("R109", said, TIMES, links=[TIME]))

    def test_one_that_leaves_what_can_be_carried_ends_the_conflict(self) -> None:
        assert self.found(self.UTC) == ([], 0)
        assert self.found(r"[0-1][0-9]:[0-5][0-9]:00(\\.[0-9]{2})?Z") == ([], 0)

    def test_one_that_leaves_others_silences_nothing(self) -> None:
        (witness,), unread = self.found(".*Z")
        assert "24:00:00Z" in witness
        assert "decimals" in witness
        assert "offset" not in witness
        assert "no zone" not in witness
        assert unread == 0

    def test_a_bound_beside_a_pattern_is_told_as_before(self) -> None:
        (witness,), _ = self.found(".*")
        for word in ("24:00:00", "decimals", "offset", "no zone"):
            assert word in witness

    def test_one_that_cannot_be_read_is_told(self) -> None:
        assert len(findings("R109", schema("xs:time, pattern x"), TIMES, links=[TIME])) == 1
