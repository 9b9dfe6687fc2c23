"""Who speaks of a statement: what is said of the same thing, and of no other that goes by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from joined_workbook import NUMBER, SHEETS, bench_of, read

from gbcscheck.model import Specification
from gbcscheck.proposals.column_voices import alike
from gbcscheck.proposals.voices import Voices
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release

HEAD = SHEETS["DLMS"][0]


def _row(use_case: str, number: str, name: str, code: str, kind: str) -> Sequence[str]:
    return (use_case, number, "SMETS 5.7.4.1", name, "1", code, "value", kind)


def _boxes(folder: Path, *others: Sequence[str]) -> Catalogue:
    """A use case with two values of one object, of which the second ends, and the rows of other use cases."""
    own = [_row("U1", "10", "Box: start", "0-0:9.0.0.1", "octet-string(12)")]
    own += [_row("U1", "11", "Box: end", "0-0:9.0.0.2", "octet-string(11)")]
    use_cases = (*SHEETS["Use cases"], *((f"U{n}", f"Number {n}", f"0x000{n}") for n in range(3, 8)))
    sheets = {"Use cases": use_cases, "Objects": SHEETS["Objects"][:1], "DLMS": (HEAD, *own, *others)}
    return bench_of(read(folder, sheets=sheets)).catalogues[0]


@pytest.mark.parametrize(
    ("others", "speaks"),
    [
        (
            [_row("U2", "30", "Box: kind", "0-0:9.0.0.3", "a"), _row("U2", "31", "Box: state", "0-0:9.0.0.4", "a")],
            False,
        ),
        ([_row("U2", "10", "Box: start", "0-0:9.0.0.1", "a"), _row("U2", "11", "Box: end", "0-0:9.0.0.2", "a")], True),
        ([_row("U2", "10", "Box: start", "0-0:9.0.0.1", "a"), _row("U2", "99", "Box: end", "0-0:9.0.0.2", "a")], True),
        ([_row("U2", "10", "Box: start", "0-0:9.0.0.1", "a"), _row("U2", "99", "Box: till", "0-0:9.0.0.2", "a")], True),
    ],
)
def test_another_thing_of_the_same_name_has_no_say(
    tmp_path: Path, others: Sequence[Sequence[str]], speaks: bool
) -> None:
    catalogue = _boxes(tmp_path, *([*row[:7], "unsigned"] for row in others))
    own = catalogue.about("U1/Box.value #2", "type")[0]
    assert bool(list(Voices(catalogue).others(own))) is speaks


def test_other_things_of_a_name_are_no_custom_of_its_rows(tmp_path: Path) -> None:
    of_others = [_row(f"U{n}", f"3{n}", "Box: kind", "0-0:9.0.0.3", "unsigned") for n in range(2, 8)]
    catalogue = _boxes(tmp_path, *of_others)
    assert alike(catalogue, catalogue.about("U1/Box.value #2", "type")[0]) == ()
    assert alike(catalogue, catalogue.about("U7/Box.value", "type")[0]) != ()


def test_what_ships_has_such_things() -> None:
    catalogue = Catalogue.of(load_release("current"))
    own = catalogue.about("ECS47a/AuxiliaryController[3].value #2", "value-type")[0]
    assert catalogue.about("ECS61e/AuxiliaryController[3].value #2", "value-type")
    assert list(Voices(catalogue).others(own)) == []


# --- the version before ----------------------------------------------------------------------------------------------


def _two_versions(folder: Path, changed: dict[tuple[str, int, str], str]) -> Voices:
    before = read(folder)
    now = read(folder, changed)
    name, _, part = now.specification
    newer = replace(now, specification=Specification(name, "2.0", part))
    return Voices(bench_of(newer).catalogues[0], {newer.specification: before})


def _said_before(voices: Voices, source: str, attribute: str) -> list[tuple[str, str]]:
    own = next(one for one in voices.catalogue.by_attribute[attribute] if one.source == source)
    return [(one.source, one.written) for one in voices.others(own) if voices.is_of_before(one)]


def test_the_list_of_objects_said_before_what_its_protocol_said(tmp_path: Path) -> None:
    changed = {("Objects", 2, "ref."): "SMETS 5.7.4.9", ("Objects", 4, "name"): "Lok"}
    voices = _two_versions(tmp_path, changed)
    assert _said_before(voices, "Objects!C2", "reference") == [("Objects!C2", "SMETS 5.7.4.1")]
    assert _said_before(voices, "DLMS!C2", "reference") == [("DLMS!C2", "SMETS 5.7.4.1")]


def test_a_row_that_has_the_number_of_another_one_said_nothing_of_it_before(tmp_path: Path) -> None:
    voices = _two_versions(tmp_path, {("Objects", 3, NUMBER): "10"})
    assert _said_before(voices, "Objects!C3", "reference") == [("DLMS!C2", "SMETS 5.7.4.1")]


def test_the_list_of_objects_said_another_name_before(tmp_path: Path) -> None:
    voices = _two_versions(tmp_path, {("Objects", 3, "name"): "Stat"})
    assert _said_before(voices, "Objects!D3", "name")[:1] == [("Objects!D3", "Start: value")]
