"""The decoder on which the proof of the crosswalk rests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_messages import Compound, Leaf, leaves, read_message
from crosswalk_places import Table, octets_of_obis


def test_a_command_is_read_to_its_values(corpus: Path) -> None:
    message = read_message(corpus / "rtds" / "6.12_ECS34" / "ECS34_6.12_SUCCESS_COMMAND_GBCS.HEX")
    assert message.code == 0x0047
    (access,) = message.accesses
    assert (access.class_id, access.name, access.member) == (21, octets_of_obis("0-0:16.0.0.255"), "attribute 2")
    assert access.data == Compound("array", (Leaf("number", 2300), Leaf("number", 4600)))


def test_a_command_and_the_same_without_mac_header_say_the_same(corpus: Path) -> None:
    folder = corpus / "rtds" / "6.6_GCS23"
    whole = read_message(folder / "GCS23_6.6_SUCCESS_COMMAND_GBCS.HEX")
    assert [(part.cluster, part.command) for part in whole.components] == [(0x0700, 2), (0x0700, 3)]
    assert read_message(folder / "GCS23_6.6_SUCCESS_PRECOMMAND_GBCS.HEX") == whole


def test_every_dlms_command_has_the_message_code_of_its_use_case(corpus: Path, tables: Mapping[str, Table]) -> None:
    read = 0
    for file in sorted((corpus / "rtds").glob("*_ECS*/*_COMMAND_GBCS.HEX")):
        message = read_message(file)
        code = tables["4.0"].value(file.parent.name.partition("_")[2], "message-code")
        assert code in ("", f"0x{message.code:04X}"), file.name
        assert message.accesses
        read += bool(code)
    assert read > 100


@pytest.mark.parametrize("keep", [1, 40, 120])
def test_a_truncated_message_is_refused(keep: int, corpus: Path, tmp_path: Path) -> None:
    digits = (corpus / "rtds" / "6.5_ECS29a" / "ECS29a_6.5_SUCCESS_COMMAND_GBCS.HEX").read_text("ascii")
    cut = tmp_path / "cut.HEX"
    cut.write_text(digits[: keep * 2], "ascii")
    with pytest.raises(ValueError, match=r"octets wanted at offset"):
        read_message(cut)


def test_an_unknown_tag_is_refused(corpus: Path, tmp_path: Path) -> None:
    digits = (corpus / "rtds" / "6.12_ECS34" / "ECS34_6.12_SUCCESS_COMMAND_GBCS.HEX").read_text("ascii")
    file = tmp_path / "odd.HEX"
    file.write_text(digits.replace("06000008FC", "0B000008FC"), "ascii")
    with pytest.raises(ValueError, match="no A-XDR tag: 11"):
        read_message(file)


def test_leaves_come_in_order() -> None:
    data = Compound("array", (Compound("structure", (Leaf("number", 1), Leaf("null", None))), Leaf("boolean", True)))
    assert [leaf.kind for leaf in leaves(data)] == ["number", "null", "boolean"]
