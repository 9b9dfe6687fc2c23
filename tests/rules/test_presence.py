"""Rules on what has to be there and on what can be set."""

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
START = link("Period.start", request="/Request/Start", command="U1/Period.start", service_request="6.18.1")


def default(domain: str) -> object:
    return part("GBCS", says("Period.days", "default", domain, text=domain, source="Table!D7"), name="Table")


class TestDefaultNobodyCanSet:
    def test_fires_with_what_can_be_set_instead(self) -> None:
        (found,) = findings("P101", ROWS, default("0b11111000"), links=[START])
        assert found.severity == "error"
        assert "6.18.1" in found.why
        assert "start" in found.why
        assert "0b11111110" in found.suggestion

    def test_says_who_denies_it(self) -> None:
        denial = part("SMETS2", says("Period.days", "settable-by", value="none"))
        (found,) = findings("P101", ROWS, denial, default("0b11111000"))
        assert [s.attribute for s in found.statements] == ["default", "constant", "settable-by"]

    def test_is_silent_on_the_fixed_value_and_where_a_request_sets_it(self) -> None:
        assert findings("P101", ROWS, default("0b11111110")) == []
        sets = link("Period.days", request="/Request/Days", command="U1/Period.days")
        assert findings("P101", ROWS, default("0b11111000"), links=[sets]) == []

    def test_is_silent_where_nobody_fixes_or_denies(self) -> None:
        free = part("GBCS", says("U1/Period.days", "type", "bits(7)"))
        assert findings("P101", free, default("0b11111000")) == []


class TestSettableAndFixed:
    LINK = link("Period.days", request="/Request/Days", command="U1/Period.days", convert="bits 7")

    def test_fires_on_a_choice_that_the_command_does_not_have(self) -> None:
        schema = part("DUIS", says("/Request/Days", "permitted", "bits(7)"))
        plain = link("Period.days", request="/Request/Days", command="U1/Period.days")
        (found,) = findings("P102", schema, ROWS, links=[plain])
        assert found.subject == "/Request/Days"

    def test_is_silent_where_the_request_has_the_one_value(self) -> None:
        schema = part("DUIS", says("/Request/Days", "permitted", "0b1111111"))
        plain = link("Period.days", request="/Request/Days", command="U1/Period.days")
        assert findings("P102", schema, ROWS, links=[plain]) == []


class TestMandatoryHereOptionalThere:
    READ = link("Period.start", response="U2/Period.start", reading="/Response/Get/Start")

    @staticmethod
    def mmc(occurs: str, around: str = "1") -> object:
        return part("MMC", says("/Response/Get", "occurs", around), says("/Response/Get/Start", "occurs", occurs))

    @staticmethod
    def row(presence: str) -> object:
        return part(
            "GBCS",
            says("U2/Period.start", "type", "octets(4)"),
            says("U2/Period.start", "presence", value=presence),
        )

    def test_fires_on_a_mandatory_element_for_an_optional_object(self) -> None:
        (found,) = findings("P103", self.row("optional"), self.mmc("1"), links=[self.READ])
        assert found.severity == "warning"

    def test_is_silent_where_the_element_or_one_around_it_may_be_absent(self) -> None:
        assert findings("P103", self.row("optional"), self.mmc("0..1"), links=[self.READ]) == []
        assert findings("P103", self.row("mandatory"), self.mmc("1"), links=[self.READ]) == []
        assert findings("P103", self.row("optional"), self.mmc("1", around="0..1"), links=[self.READ]) == []

    def test_an_optional_element_for_a_mandatory_row_is_a_note(self) -> None:
        schema = part("DUIS", says("/Request/Start", "occurs", "0..1"))
        (found,) = findings("P103", ROWS, schema, links=[START])
        assert found.severity == "note"
        assert findings("P103", ROWS, part("DUIS", says("/Request/Start", "occurs", "1")), links=[START]) == []


class TestSetAndNeverRead:
    def test_fires_without_a_reading_and_is_silent_with_one(self) -> None:
        schema = part("DUIS", says("/Request/Start", "permitted", "xs:time"))
        (found,) = findings("S103", ROWS, schema, links=[START])
        assert found.subject == "Period.start"
        read = link("Period.start", reading="/Response/Start")
        shown = part("MMC", says("/Response/Start", "permitted", "xs:time"))
        assert findings("S103", ROWS, schema, shown, links=[START, read]) == []


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
