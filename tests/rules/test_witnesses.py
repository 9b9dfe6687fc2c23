"""Gas messages and codes against the witnesses: silent where they agree, and a note where the witness alone differs."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from rule_releases import part, says

from gbcscheck.evidence.clusters import EVERY_CLUSTER, Clusters
from gbcscheck.evidence.components import identifier, least
from gbcscheck.evidence.frames import frames
from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.facts.crosswalk import Crosswalk, LayoutHeader
from gbcscheck.model import Finding
from gbcscheck.notation.zigbee_types import ATOMIC
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import RULES, check

LAYOUT = LayoutHeader("components", "GBCS", "use cases", "Control", "Cluster", "Length", "Command")
WITNESS = part(
    "Witness",
    says("cluster 0x0702", "name", value="Metering"),
    says("cluster 0x0702/client 0x0E", "name", value="SetThreshold"),
    says("cluster 0x0702/client 0x0E", "sent-by", value="client"),
    says("cluster 0x0702/client 0x0E/limit", "type", "0..65535", text="INT16U"),
    says("cluster 0x0702/client 0x0E/limit", "octets", "2"),
    says("cluster 0x0702/client 0x0E/days", "value-type", value="Day"),
    says("cluster 0x0702/client 0x0E/days", "occurs", "0.."),
    says("cluster 0x0702/server attribute 0x0301", "name", value="multiplier"),
    says("cluster 0x0702/server attribute 0x0301", "type", "0..16777215", text="INT24U"),
    says("every cluster/server 0x0B", "name", value="DefaultResponse"),
    says("every cluster/server 0x0B", "sent-by", value="server"),
    says("every cluster/server 0x0B/commandId", "type", "0..255", text="INT8U"),
    says("every cluster/server 0x0B/commandId", "octets", "1"),
    says("ECS37", "message-code", value="0x004A"),
    says("0x8F35", "name", value="Supply Outage: restored"),
)
Field = tuple[str, str, str]
"""A field's name, its octets and its type."""


def found(code: str, *rows: dict[str, object], witness: object = WITNESS) -> list[Finding]:
    extracts = (part("GBCS", *rows, name="use cases"),)
    release = Release("test", "", "", extracts, Crosswalk(layouts=(LAYOUT,)), witnesses=(witness,))
    return check(Catalogue.of(release), [rule for rule in RULES if rule.code == code])


def component(control: str, command: str, *fields: Field, cluster: str = "1794") -> list[dict[str, object]]:
    base = "G1/Command/Set"
    rows = [
        says(f"{base}/Control", "octets", "1"),
        says(f"{base}/Cluster", "octets", "2"),
        says(f"{base}/Cluster", "constant", cluster),
        says(f"{base}/Length", "octets", "2"),
        says(f"{base}/Frame", "octets", "1"),
        says(f"{base}/Frame", "constant", control),
        says(f"{base}/Sequence", "octets", "1"),
        says(f"{base}/Command", "octets", "1"),
        says(f"{base}/Command", "constant", command),
    ]
    for name, octets, domain in fields:
        rows += [says(f"{base}/{name}", "octets", octets), says(f"{base}/{name}", "type", domain or None, text="T")]
    return rows


LIMIT: Field = ("Limit", "2", "0..65535")


class TestCommands:
    def test_silent_on_the_command_of_the_definition_and_on_an_unknown_cluster(self) -> None:
        assert found("W101", *component("1", "14")) == []
        assert found("W101", *component("1", "99", cluster="9999")) == []

    @pytest.mark.parametrize(
        ("control", "command", "message"),
        [
            ("1", "15", "Witness 1.0 has no command 0x0F of cluster 0x0702 from the client"),
            ("9", "14", "Witness 1.0 has no command 0x0E of cluster 0x0702 from the server"),
        ],
    )
    def test_a_note_on_one_that_the_cluster_does_not_have(self, control: str, command: str, message: str) -> None:
        (finding,) = found("W101", *component(control, command))
        assert (finding.severity, finding.message) == ("note", message)
        assert [one.specification.name for one in finding.statements] == ["GBCS", "GBCS", "Witness"]

    def test_a_command_of_every_cluster_and_a_makers_own_are_let_be(self) -> None:
        assert found("W101", *component("8", "99")) == []
        assert found("W101", *component("5", "99")) == []

    @staticmethod
    def named(text: str, attribute: str = "command") -> list[dict[str, object]]:
        return [says("G1/Item", attribute, value=text), says("G1/Item", "cluster", value="Metering: 0x0702")]

    def test_it_says_which_side_the_witness_supports(self) -> None:
        (one,) = found("W101", *component("1", "14"), *self.named("Set Threshold: 0x0D"))
        assert one.message == "the byte layout and Witness 1.0 say 0x0E, the table of parameters 0x0D"
        (other,) = found("W101", *self.named("Set Threshold: 0x0D"))
        assert other.message == "Witness 1.0 says 0x0E, the table of parameters 0x0D"
        both = found("W101", *component("1", "13"), *self.named("Set Threshold: 0x0D"))
        assert "Witness 1.0 says 0x0E, the table of parameters and the byte layout 0x0D" in [f.message for f in both]

    @pytest.mark.parametrize(
        ("text", "attribute"),
        [
            ("SetThreshold: 0x0E", "command"),
            ("Default Response: 0x0B", "response"),
            ("Anything: 0x0D", "command"),
            ("(Response):", "command"),
        ],
    )
    def test_silent_on_the_same_identifier_and_on_names_that_the_witness_lacks(self, text: str, attribute: str) -> None:
        assert found("W101", *self.named(text, attribute)) == []

    def test_it_stands_under_the_conflict_of_the_documents(self) -> None:
        rows = [*component("1", "14"), *self.named("Set Threshold: 0x0D")]
        release = Release(
            "test", "", "", (part("GBCS", *rows, name="use cases"),), Crosswalk(layouts=(LAYOUT,)), witnesses=(WITNESS,)
        )
        (finding,) = [one for one in check(Catalogue.of(release)) if one.rule in ("X102", "W101")]
        assert (finding.rule, finding.severity) == ("X102", "error")
        assert finding.also_seen_as.startswith("W101: the byte layout and Witness 1.0 say 0x0E")


class TestPayloads:
    @pytest.mark.parametrize(
        "fields",
        [
            (LIMIT,),
            (LIMIT, ("Days", "0..", "")),
            (LIMIT, ("Days", "7", "0..255"), ("More", "1", "0..255")),
            (),
            (("Standard", "0..", ""), ("Odd", "9", "0..255")),
        ],
    )
    def test_silent_on_the_fields_of_the_definition(self, fields: tuple[Field, ...]) -> None:
        assert found("W102", *component("1", "14", *fields)) == []

    @pytest.mark.parametrize(
        ("field", "words"),
        [
            (("Limit", "4", "0..65535"), "field 1 takes 4 octets, and limit takes 2 octets"),
            (("Limit", "2", "-32768..32767"), "field 1 is T, and limit is INT16U"),
        ],
    )
    def test_a_note_on_another_size_or_type(self, field: Field, words: str) -> None:
        (finding,) = found("W102", *component("1", "14", field))
        assert (finding.severity, finding.message) == ("note", f"{words} (Witness 1.0: SetThreshold)")

    def test_a_field_too_many(self) -> None:
        rows = component("8", "11", ("Command", "1", "0..255"), ("Status", "1", "0..255"))
        (finding,) = found("W102", *rows)
        assert finding.message.startswith("a field more than the 1 of the command")

    def test_the_payload_of_another_frame_is_recognised(self) -> None:
        extra = (
            says("cluster 0x0702/server 0x0B", "name", value="Other"),
            says("cluster 0x0702/server 0x0B", "sent-by", value="server"),
            says("cluster 0x0702/server 0x0B/first", "type", "0..65535", text="INT16U"),
            says("cluster 0x0702/server 0x0B/first", "octets", "2"),
        )
        witness = replace(WITNESS, rows=(*WITNESS.rows, *part("Witness", *extra).rows))
        (finding,) = found("W102", *component("9", "11", ("Answered", "1", "0..255")), witness=witness)
        assert "that of DefaultResponse" in finding.suggestion

    @pytest.mark.parametrize("is_first", [True, False])
    def test_a_definition_that_is_known_to_be_wrong_is_not_heard(self, is_first: bool) -> None:
        """Whichever document comes first: the order of fields is that of their definition."""
        more = part(
            "Witness",
            says("cluster 0x0702/client 0x0F", "name", value="Move"),
            says("cluster 0x0702/client 0x0F", "sent-by", value="client"),
            says("cluster 0x0702/client 0x0F/kind", "type", "0..255", text="ENUM8"),
            says("cluster 0x0702/client 0x0F/kind", "octets", "1"),
            says("cluster 0x0702/client 0x0F/amount", "type", "0..65535", text="INT16U"),
            says("cluster 0x0702/client 0x0F/amount", "octets", "2"),
        )
        note = part(
            "Witness", says("cluster 0x0702/client 0x0F/amount", "note", value="signed elsewhere"), name="notes"
        )
        rows = component("1", "15", ("Kind", "1", "0..255"), ("Amount", "2", "-32768..32767"))
        release = Release(
            "test",
            "",
            "",
            (part("GBCS", *rows, name="use cases"),),
            Crosswalk(layouts=(LAYOUT,)),
            witnesses=(note, WITNESS, more) if is_first else (WITNESS, more, note),
        )
        assert check(Catalogue.of(release), [rule for rule in RULES if rule.code == "W102"]) == []


class TestAttributes:
    @staticmethod
    def response(number: str, octet: str, domain: str) -> list[dict[str, object]]:
        fields = (
            ("Id", "2", "0..65535"),
            ("Status", "1", "0..255"),
            ("Data", "0..", "0..255"),
            ("Value", "0..", domain),
        )
        rows = component("8", "1", *fields)
        return [
            *rows,
            says("G1/Command/Set/Id", "constant", number),
            says("G1/Command/Set/Data", "constant", octet, text=f"0x{int(octet):02X}"),
        ]

    def test_silent_on_the_attribute_and_its_type(self) -> None:
        assert found("W103", *self.response("769", "34", "0..16777215")) == []

    @pytest.mark.parametrize(
        ("number", "octet", "domain", "message"),
        [
            ("770", "34", "0..16777215", "Witness 1.0 has no attribute 0x0302 of the server of cluster 0x0702"),
            ("769", "33", "0..16777215", "the data type is 0x21, and INT24U of multiplier is 0x22"),
            ("769", "34", "0..65535", "the type is T, and multiplier is INT24U in Witness 1.0"),
        ],
    )
    def test_a_note_on_what_differs(self, number: str, octet: str, domain: str, message: str) -> None:
        (finding,) = found("W103", *self.response(number, octet, domain))
        assert (finding.severity, finding.message) == ("note", message)

    def test_attributes_of_the_table_of_parameters(self) -> None:
        def row(value: str, domain: str) -> list[dict[str, object]]:
            return [
                says("G1/Item", "attribute-id", value=value),
                says("G1/Item", "cluster", value="Metering: 0x0702"),
                says("G1/Item", "type", domain, text="UINT24"),
            ]

        assert found("W103", *row("0x0301", "0..16777215")) == []
        assert found("W103", *row("0x0301, 0x0301", "0..255")) == []
        assert len(found("W103", *row("0x0301", "0..255"))) == 1
        assert len(found("W103", *row("0x0999", "0..16777215"))) == 1


class TestCodes:
    def test_message_codes_by_use_case(self) -> None:
        assert found("W104", says("ECS37", "message-code", value="0x004a")) == []
        assert found("W104", says("ECS38", "message-code", value="0x004A")) == []
        (finding,) = found("W104", says("ECS37", "message-code", value="0x004B"))
        assert (finding.severity, finding.witness) == ("note", "0x004A")

    def test_names_of_codes_whatever_their_marks(self) -> None:
        assert found("W104", says("0x8F35", "name", value="Supply outage restored")) == []
        assert len(found("W104", says("0x8F35", "name", value="Supply outage"))) == 1


# --- the published documents -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def current() -> Catalogue:
    return Catalogue.of(load_release("current"))


def test_what_agrees_with_smart_energy(current: Catalogue) -> None:
    clusters, types, constants = current.once(Clusters), current.firsts("type"), current.firsts("constant")
    counted: Counter[str] = Counter()
    for frame in current.once(frames):
        if not frame.is_global:
            counted["commands"] += clusters.command((frame.cluster, frame.side, frame.command)) is not None
            counted["payload elements"] += len(frame.payload)
            counted["left to the standard"] += [types[one.subject].domain for one in frame.payload].count(None)
            continue
        for place, field in enumerate(frame.payload):
            if types[field.subject].written != "ENUM16":
                continue
            number = least(current, constants[field.subject])
            name = clusters.attribute(frame.cluster, "server", number or 0)
            counted["attributes"] += name is not None
            octet = frame.payload[place + 2 : place + 3] if frame.command == 1 else ()
            of_type = clusters.type_of(name.subject) if name is not None else None
            for one in octet if of_type is not None else ():
                counted["data types"] += least(current, constants[one.subject]) == ATOMIC[of_type.written].identifier
    for row in current.by_attribute["attribute-id"]:
        cluster = identifier(current.firsts("cluster")[row.subject]) or 0
        for number in str(row.value).split(", "):
            name = clusters.attribute(cluster, "server", int(number, 16))
            of_type = clusters.type_of(name.subject) if name is not None else None
            counted["types of rows"] += of_type is not None and of_type.domain == types[row.subject].domain
    assert counted == {
        "commands": 108,
        "payload elements": 619,
        "left to the standard": 31,
        "attributes": 156,
        "data types": 78,
        "types of rows": 89,
    }


def test_what_agrees_with_the_lists_of_codes(current: Catalogue) -> None:
    codes = current.witnesses.by_attribute["message-code"]
    agree = {
        (one.subject, one.value)
        for name in ("current", "before-mp131")
        for theirs in codes
        for one in Catalogue.of(load_release(name)).about(theirs.subject, "message-code")
        if one.value == theirs.value
    }
    assert len(agree) == 173
    alerts = [
        one for one in current.in_part("GBCS", "alert codes", "name") if current.witnesses.first(one.subject, "name")
    ]
    assert len(alerts) == 181


@pytest.mark.parametrize("name", ["current", "after-mp131", "before-mp131"])
def test_what_the_witnesses_say_of_what_ships(name: str) -> None:
    findings = check(Catalogue.of(load_release(name)))
    (one,) = [finding for finding in findings if finding.rule == "X102"]
    said = "W101: the byte layout and Smart Energy 1.4 say 0x02, the table of parameters 0x03"
    assert one.also_seen_as.endswith(said)
    notes = [(finding.rule, finding.statements[0].place.cell) for finding in findings if finding.rule[0] == "W"]
    # GBCS 4.0 has mended the frame control that 3.1 has in GBZ!H2214
    assert notes == ([] if name == "current" else [("W102", "I2217")])


def test_seventeen_signed_elements_of_seven_fields_are_not_told_as_faults(current: Catalogue) -> None:
    noted = {one.subject for one in current.witnesses.by_attribute["note"]}
    clusters = current.once(Clusters)
    signed = [
        element
        for frame in current.once(frames)
        for field, element in zip(
            clusters.fields((frame.cluster, frame.side, frame.command)), frame.payload, strict=False
        )
        if not frame.is_global and field.octets is not None and field.octets.subject in noted
    ]
    assert (len(noted), len(signed)) == (7, 17)
    assert {current.firsts("type")[one.subject].written for one in signed} == {"INT32"}


def test_nothing_of_the_witnesses_is_part_of_the_release(current: Catalogue) -> None:
    names = {spec.name for spec in current.specifications}
    assert names.isdisjoint({"Smart Energy", "ZigBee Cluster Library", "Wireshark"})
    assert EVERY_CLUSTER not in {frame.cluster for frame in current.once(frames)}


PLANTED = {
    ("GBZ", "H10"): ("0x04", "0x4A", "W101"),
    ("GBZ", "I24"): ("4", "2", "W102"),
    ("GBZ", "H850"): ("0x0300", "0x03FF", "W103"),
    ("Use cases", "C3"): ("0x0090", "0x0091", "W104"),
}


def test_planted_differences_are_found(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "use-cases-4.0.xlsx"
    shutil.copy(corpus / "gbcs/use-cases-4.0.xlsx", path)
    book = openpyxl.load_workbook(path)
    for (sheet, cell), (before, after, _) in PLANTED.items():
        assert str(book[sheet][cell].value) == before
        book[sheet][cell].value = after
    book.save(path)
    release = load_release("current")
    extract = read_use_cases(path, version="4.0").extract
    extracts = tuple(extract if one.specification == extract.specification else one for one in release.extracts)
    findings = check(Catalogue.of(replace(release, extracts=extracts)), [one for one in RULES if one.code[0] == "W"])
    assert {(one.rule, one.statements[0].place.cell) for one in findings} == {
        ("W101", "H31"),
        *((rule, cell) for (_, cell), (*_, rule) in PLANTED.items()),
    }
