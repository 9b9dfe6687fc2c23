"""Values on which ``check`` and ``device`` once disagreed, and which of the two was right.

Both ask ``gbcscheck.evidence`` now. On the releases that ship the two differed in one kind of value alone: times whose
hundredths are not specified.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gbcscheck.device.items.judge import ItemJudge
from gbcscheck.domains import TimeValue, XsTimeValue
from gbcscheck.evidence.conversion import encodings_of, on_device
from gbcscheck.evidence.message_rows import row_of
from gbcscheck.evidence.reading import set_of
from gbcscheck.facts.crosswalk import Crosswalk, Link
from gbcscheck.facts.extract_file import Extract
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
from rule_releases import READING, REQUEST, findings, link, part, says, schema_of

OPEN_HUNDREDTHS = "0x110000FF"
"""17:00:00 with hundredths that are not specified (Blue Book 4.1.6.1)."""
TIMES = [link("Item.value", request=REQUEST, command="U1/Item.value", reading=READING, convert="xs:time to time")]
AT_FIVE = "xs:time(seconds 61200, zone 0)"


def use_cases(*rows: dict[str, str]) -> Extract:
    return part(
        "GBCS",
        says("U1", "direction", value="Update"),
        says("U2", "direction", value="Update"),
        says("U3", "direction", value="Read"),
        says("U4", "direction", value="Read"),
        *rows,
        name="use cases",
    )


def rows(item: str, kind: str, **constants: str) -> Extract:
    """Rows of an item in use cases, each with the constant that is given, or with none."""
    types = [says(f"{use_case}/{item}", "type", kind) for use_case in constants]
    fixed = [says(f"{use_case}/{item}", "constant", value) for use_case, value in constants.items() if value]
    return use_cases(*types, *fixed)


def device(value: object, *parts: Extract, links: Sequence[Link] = (), item: str = "Item.value") -> list[str]:
    release = Release("t", "", "", parts, Crosswalk(tuple(links)))
    return [problem.rule.code for problem in ItemJudge(Catalogue.of(release)).on_device(item, value)]


def default(value: str, item: str = "Item.value") -> Extract:
    return part("GBCS", says(item, "default", value), name="Table")


# --- times with open hundredths --------------------------------------------------------------------------------------


class TestHundredthsThatAreNotSpecified:
    """``device`` was right: 17:00:00 says nothing of hundredths, and the Blue Book has octets for a time that does not;
    commands as they are published leave them open. R104, R107 and J101 asked for the hundredths 0."""

    SCHEMAS = (schema_of(AT_FIVE, "xs:time"), schema_of(AT_FIVE, "xs:time", READING, "MMC"))

    def test_device_lets_such_a_time_through(self) -> None:
        row = rows("Item.value", "octets(4)", U1=OPEN_HUNDREDTHS)
        assert device(TimeValue(17, 0, 0, 0xFF), row, *self.SCHEMAS, links=TIMES) == []
        assert device(bytes.fromhex("110000FF"), row, *self.SCHEMAS, links=TIMES) == []

    @pytest.mark.parametrize("code", ["R104", "R107", "J101", "P102", "V102", "R102", "R105"])
    def test_and_so_does_check(self, code: str) -> None:
        row = rows("Item.value", "octets(4)", U1=OPEN_HUNDREDTHS)
        smets = part("SMETS2", says("Item.value", "permitted", "time(hour 17, minute 0, second 0, hundredths 255)"))
        found = findings(code, row, smets, *self.SCHEMAS, default(OPEN_HUNDREDTHS), links=TIMES)
        assert found == []

    def test_another_time_is_still_found_by_both(self) -> None:
        row, other = rows("Item.value", "octets(4)", U1="0x120000FF"), schema_of(AT_FIVE, "xs:time")
        assert device(TimeValue(18, 0, 0, 0xFF), row, other, links=TIMES) == ["D501"]
        assert [one.rule for one in findings("R104", row, other, links=TIMES)] == ["R104"]
        assert [one.rule for one in findings("P102", row, schema_of("xs:time", "xs:time"), links=TIMES)] == ["P102"]

    def test_a_document_may_ask_for_a_row_that_leaves_them_open(self) -> None:
        """The other way round ``check`` was right: R105 took any encoding of a request's value, and the judge of
        requests the one with hundredths 0 alone."""
        catalogue = Catalogue.of(
            Release("t", "", "", (rows("Item.value", "octets(4)", U1=OPEN_HUNDREDTHS),), Crosswalk())
        )
        row = row_of(catalogue, "U1/Item.value")
        for seconds, fits in ((17 * 3600, True), (18 * 3600, False)):
            written = set_of(XsTimeValue(seconds, 0))
            assert written is not None
            image, encodings = (convert("xs:time to time", written) for convert in (on_device, encodings_of))
            assert image is not None
            assert encodings is not None
            assert (row.refusal(image, encodings) is None) == fits


# --- constants -------------------------------------------------------------------------------------------------------


class TestTheArgumentOfAMethod:
    """``device`` was right: each use case chooses the argument of a method, and a device holds none of it (Blue Book
    4.1.2: methods are invoked, attributes are held). V101 and P101 held defaults against it."""

    ROWS = use_cases(
        says("U1/Item.value", "type", "0..255"),
        says("U1/Item.value", "constant", "5"),
        says("U1/Item.value", "member", value="method 1"),
    )

    def test_neither_holds_a_value_against_it(self) -> None:
        assert device(6, self.ROWS) == []
        assert findings("V101", self.ROWS, default("6")) == []
        assert findings("P101", self.ROWS, default("6")) == []

    def test_both_do_for_an_attribute(self) -> None:
        attribute = rows("Item.value", "0..255", U1="5")
        assert device(6, attribute) == ["D504"]
        assert len(findings("V101", attribute, default("6"))) == 1


class TestSeveralUseCases:
    """Where several use cases set an item, the device holds what the last one set: ``device`` was right to leave a
    value be that one of them sets, V101 wanted it to be the constant of every one. Where none sets it, every response
    has to be true: V101 was right that a constant holds though another response has none, and D504 was silent."""

    @pytest.mark.parametrize(
        ("constants", "value", "contradicts"),
        [
            ({"U1": "5", "U2": ""}, 6, False),
            ({"U1": "5", "U2": "6"}, 6, False),
            ({"U1": "5", "U2": "7"}, 6, True),
            ({"U1": "5", "U3": ""}, 6, True),
            ({"U3": "5", "U4": ""}, 6, True),
            ({"U3": "5"}, 6, True),
            ({"U3": "5", "U4": ""}, 5, False),
            ({"U1": "", "U3": "5"}, 6, False),
        ],
    )
    def test_both_say_the_same(self, constants: dict[str, str], value: int, *, contradicts: bool) -> None:
        table = rows("Item.value", "0..255", **constants)
        assert device(value, table) == ["D504"] * contradicts
        assert len(findings("V101", table, default(str(value)))) == contradicts

    def test_a_constant_stated_of_the_item_itself_always_holds(self) -> None:
        free, smets = rows("Item.value", "0..255", U1=""), part("SMETS2", says("Item.value", "constant", "5"))
        assert device(6, free, smets) == ["D505"]
        assert len(findings("V101", free, smets, default("6"))) == 1


@pytest.mark.parametrize("release", ["current", "before-mp131", "after-mp131"])
def test_check_and_device_agree_on_every_default_that_ships(release: str) -> None:
    catalogue = Catalogue.of(load_release(release))
    judge = ItemJudge(catalogue)
    from gbcscheck.rules.defaults import default_contradicts_constant

    by_check = {one.subject for one in default_contradicts_constant.check(catalogue)}
    by_device = set()
    for item in catalogue.items.values():
        for statement in catalogue.item_statements(item, "default"):
            values = catalogue.domain(statement)
            members = values.members(1) if values is not None else None
            if members and any(one.rule.code == "D504" for one in judge.on_device(item.name, members[0])):
                by_device.add(item.name)
    assert by_check == by_device
    assert len(by_check) == (3 if release == "before-mp131" else 0)
