"""What is set and never read."""

from __future__ import annotations

from rule_releases import findings, link, part, says

ROWS = part(
    "GBCS",
    says("U1", "direction", value="Update"),
    says("U1/Period.days", "type", "bits(7)"),
    says("U1/Period.days", "constant", "0b1111111", text="||0b11111110"),
    says("U1/Period.days", "encoding", value="weekdays"),
    says("U1/Period.start", "type", "octets(4)"),
    name="use cases",
)

START = link(
    "Period.start",
    request="/Request/Start",
    command="U1/Period.start",
    service_request="6.18.1",
    read_service_request="4.12.1",
)


class TestSetAndNeverRead:
    def test_is_silent_where_nobody_says_that_it_is_read(self) -> None:
        schema = part("DUIS", says("/Request/Start", "permitted", "xs:time"))
        unread = link("Period.start", request="/Request/Start", command="U1/Period.start", service_request="6.18.1")
        assert findings("S103", ROWS, schema, links=[unread]) == []

    def test_fires_without_a_reading_and_is_silent_with_one(self) -> None:
        schema = part("DUIS", says("/Request/Start", "permitted", "xs:time"))
        responses = part("MMC", says("/Response/End", "permitted", "xs:time"))
        end = link("Period.end", reading="/Response/End")
        assert findings("S103", ROWS, schema, links=[START, end]) == []  # responses are not at hand
        (found,) = findings("S103", ROWS, schema, responses, links=[START, end])
        assert found.subject == "Period.start"
        read = link("Period.start", reading="/Response/Start")
        shown = part("MMC", says("/Response/Start", "permitted", "xs:time"))
        assert findings("S103", ROWS, schema, shown, links=[START, read]) == []
