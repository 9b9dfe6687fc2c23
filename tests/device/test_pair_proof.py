"""What the pairs of the corpus show of the crosswalk that ships."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shutil import copy

import pytest

from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.pairs.folders import FolderProof, prove_folders
from gbcscheck.errors import Problems, UsageError


@pytest.fixture(scope="module")
def shown(corpus: Path) -> FolderProof:
    """What every pair of the corpus shows."""
    return prove_folders(load_context(Choices()), [corpus])


def _states(shown: FolderProof, *beginnings: str) -> Counter[str]:
    pairs = [pair for pair in shown.pairs if pair.name.startswith(beginnings)]
    return Counter(one.state for pair in pairs for one in pair.values)


def test_no_value_is_another_than_its_request_asks_for(shown: FolderProof) -> None:
    different = [(pair.name, one) for pair in shown.pairs for one in pair.values if one.state == "different"]
    assert different == []


def test_most_values_of_electricity_are_compared(shown: FolderProof) -> None:
    states = _states(shown, "ECS", "CCS", "DBCH")
    assert (states["equal"] + states["weak"]) / states.total() >= 0.8


def test_nearly_all_values_of_gas_are_compared(shown: FolderProof) -> None:
    states = _states(shown, "GCS", "CS01b", "CS10")
    assert (states["equal"] + states["weak"]) / states.total() >= 0.95
    assert states["equal"] >= 2 * states["weak"]
    assert states["absent"] == 2  # a threshold that the schema asks of a tariff without blocks, and its number
    assert not states["open"]


def test_each_value_is_accounted_for(shown: FolderProof) -> None:
    without = [(pair.name, one.subject) for pair in shown.pairs for one in pair.values if one.state == "missing"]
    assert without == []


def test_pairs_that_cannot_be_compared_are_named_with_the_reason(shown: FolderProof) -> None:
    reasons = {reason.partition(":")[0] for _, reason in shown.unread}
    assert reasons == {
        "by the structure that published messages and a public parser show",
        "object by object, by the rows of other use cases",
    }
    assert len(shown.pairs) + len(shown.unread) == len({pair.name for pair in shown.pairs} | dict(shown.unread).keys())


def test_a_planted_difference_is_found(corpus: Path, tmp_path: Path) -> None:
    name = "ECS08a_2.1_IMMEDIATE_SUCCESS"
    copy(corpus / "rtds" / "2.1_ECS08a" / f"{name}_COMMAND_GBCS.HEX", tmp_path)
    text = (corpus / "duis-requests" / f"{name}_REQUEST_DUIS.XML").read_text("utf-8")
    request = tmp_path / f"{name}_REQUEST_DUIS.XML"
    at = text.index("<sr:DayOfWeekID>Sunday")
    request.write_text(text[:at] + text[at:].replace("Sunday", "Friday", 1), "utf-8")
    (pair,) = prove_folders(load_context(Choices()), [tmp_path]).pairs
    different = [one for one in pair.values if one.state == "different"]
    assert {one.subject.rpartition("/")[2] for one in different} == {"DayOfWeekID"}
    assert {one.written for one in different} == {"Saturday", "Friday"}  # one bit string holds both


def test_a_response_is_no_command(corpus: Path, tmp_path: Path) -> None:
    name = "ECS37_6.18.1_SUCCESS"
    copy(corpus / "duis-requests" / f"{name}_REQUEST_DUIS.XML", tmp_path / "a.xml")
    copy(corpus / "rtds" / "6.18.1_ECS37" / f"{name}_RESPONSE_GBCS.HEX", tmp_path / "a.hex")
    with pytest.raises(UsageError, match=r"no pair could be compared .*a command was expected, this is a response"):
        prove_folders(load_context(Choices()), [tmp_path])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="no such file or folder"):
        prove_folders(load_context(Choices()), [tmp_path / "nothing"])


def test_a_folder_without_a_pair(tmp_path: Path) -> None:
    (tmp_path / "alone.xml").write_text("<a/>", "utf-8")
    with pytest.raises(UsageError, match="no request has a command of the same name"):
        prove_folders(load_context(Choices()), [tmp_path])
