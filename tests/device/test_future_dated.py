"""Alerts about commands with a time of their own: what they name is a part of the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.future_dated import ELECTRICITY, GAS
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import WRONG, JudgedFile

PERIOD = "ECS28a_6.4.1_8F66_FUTURE_DATED_SUCCESS_ALERT_PERIOD"
MODE = "GCS03_1.6_8F66_FUTURE_DATED_SUCCESS_ALERT_CHANGE_PAYMENT_MODE"
OBJECT, COMMAND = "0043 00000000000003EC 2328 00005E2C8006 06", "006D 00000000000003ED 0705 01 06"


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


def judged(corpus: Path, context: Context, name: str, old: str = "", new: str = "") -> JudgedFile:
    """A message of the corpus, some of its octets changed."""
    (path,) = (corpus / "rtds").glob(f"*/{name}_GBCS.HEX")
    octets, was = bytes.fromhex(path.read_text("ascii")), bytes.fromhex(old)
    assert not old or octets.count(was) == 1
    return judge_message("alert.hex", octets.replace(was, bytes.fromhex(new)) if old else octets, context)


def told(file: JudgedFile) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in file.findings]


def test_those_of_the_corpus_name_a_part_of_their_command(corpus: Path, context: Context) -> None:
    """39 alerts that were not judged; two of gas have another frame control than the byte layout of the command."""
    found = {}
    for path in (corpus / "rtds").glob("*/*ALERT*.HEX"):
        octets = bytes.fromhex(path.read_text("ascii").strip())
        if read_envelope(octets).message_code in (ELECTRICITY, GAS):
            file = judge_message(path.name, octets, context)
            assert (file.judged, file.judged_as) == (True, "GBCS 4.0")
            assert path.name.startswith(f"{file.use_case}_")
            found[path.name] = told(file)
    assert len(found) == 39
    noted = {name for name, findings in found.items() if findings}
    assert {name.partition("ALERT_")[2] for name in noted} == {
        "PUBLISH_CALENDAR_GBCS.HEX",
        "PUBLISH_SPECIAL_DAYS_GBCS.HEX",
    }
    assert all(found[name] == [("D109", "note")] for name in noted)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            PERIOD,
            OBJECT,
            "0043 00000000000003EC 2328 00005E2C8006 05",
            "no row of ECS28a is class 9000, 0-0:94.44.128.6",
        ),
        (
            PERIOD,
            OBJECT,
            "0043 00000000000003EC 2328 00005E2C8106 06",
            "no row of ECS28a is class 9000, 0-0:94.44.129.6",
        ),
        (PERIOD, OBJECT, "0043 00000000000003EC 2329 00005E2C8006 06", "no row of ECS28a is class 9001"),
        (MODE, COMMAND, "006D 00000000000003ED 0705 01 07", "no component of GCS03 has command 0x07 of cluster 0x0705"),
        (MODE, COMMAND, "006D 00000000000003ED 0704 01 06", "no component of GCS03 has command 0x06 of cluster 0x0704"),
    ],
)
def test_what_is_no_part_of_the_command_is_an_error(
    corpus: Path, context: Context, name: str, old: str, new: str, message: str
) -> None:
    file = judged(corpus, context, name, old, new)
    (finding,) = file.findings
    assert (finding.rule, finding.severity) == ("D109", "error")
    assert finding.message.startswith(message)
    assert [entry.label for entry in file.entries if entry.verdict == WRONG] == ["what took effect"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PERIOD, OBJECT, "7777 00000000000003EC 2328 00005E2C8006 06"),
        (MODE, COMMAND, "7777 00000000000003ED 0705 01 06"),
    ],
)
def test_a_command_of_no_table_leaves_the_alert_open(
    corpus: Path, context: Context, name: str, old: str, new: str
) -> None:
    file = judged(corpus, context, name, old, new)
    assert (file.judged, file.findings) == (False, ())
    assert file.reason == "no table at hand has a use case with the message code 0x7777"


@pytest.mark.parametrize(("name", "old"), [(PERIOD, "12 8F66"), (MODE, "8F66")])
@pytest.mark.parametrize(("code", "rules"), [("8F01", ["D109"]), ("8F67", [])])
def test_the_alert_code_says_what_became_of_a_command(
    corpus: Path, context: Context, name: str, old: str, code: str, rules: list[str]
) -> None:
    file = judged(corpus, context, name, old, old.replace("8F66", code))
    assert [(one.rule, one.severity) for one in file.findings] == [(rule, "warning") for rule in rules]
    assert all("0x8F66 and 0x8F67" in one.message for one in file.findings)


def test_a_detail_of_another_length_is_an_error(corpus: Path, context: Context) -> None:
    """Of a gas alert the octet before it says how long it is."""
    file = judged(corpus, context, MODE, f"0E {COMMAND}", "0D 006D 00000000000003ED 0705 01 06")
    assert not file.judged
    for size, octets in (("0D", "006D 00000000000003ED 0705 06 00"), ("0F", f"{COMMAND}")):
        assert judged(corpus, context, MODE, f"0E {COMMAND}", f"{size} {octets}").judged is False


def test_without_a_tree_the_same_is_found(corpus: Path, context: Context) -> None:
    (path,) = (corpus / "rtds").glob(f"*/{PERIOD}_GBCS.HEX")
    octets = bytes.fromhex(path.read_text("ascii")).replace(bytes.fromhex(OBJECT), bytes.fromhex(OBJECT[:-2] + "05"))
    told_all, bare = (judge_message("alert.hex", octets, context, tree=tree) for tree in (True, False))
    assert [one.message for one in told_all.findings] == [one.message for one in bare.findings]
    assert told_all.values == bare.values
