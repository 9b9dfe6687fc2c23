"""Witnesses of a release: named beside its extracts, no part of it, and read when a rule first asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gbcscheck.errors import InvalidExtract
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_entries
from gbcscheck.release.releases import load_paths, load_release
from gbcscheck.release.repository import load_all
from gbcscheck.rules import RULES, check

LIST = {
    "specification": "Wireshark",
    "version": "9.9",
    "part": "message codes",
    "provenance": "published",
    "statements": [{"subject": "ECS37", "attribute": "message-code", "value": "0x0049"}],
}
OWN = {
    "specification": "GBCS",
    "version": "9.9",
    "part": "use cases",
    "provenance": "synthetic",
    "statements": [{"subject": "ECS37", "attribute": "message-code", "value": "0x004A"}],
}
W104 = [rule for rule in RULES if rule.code == "W104"]


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def repository(folder: Path, witnesses: str = '["list.json"]') -> Path:
    write(folder / "own.json", OWN)
    write(folder / "list.json", LIST)
    write(folder / "releases.toml", f'[release.a]\nextracts = ["own.json"]\nwitnesses = {witnesses}\n')
    return folder


def test_every_release_that_ships_has_witnesses_that_are_no_part_of_it() -> None:
    for entry in release_entries():
        release = load_release(entry.name)
        assert len(release.witnesses) == len(entry.witnesses) == 5
        assert not set(entry.witnesses) & set(entry.extracts)
        parts = {extract.specification for extract in release.witnesses}
        assert parts.isdisjoint(Catalogue.of(release).specifications)
        assert all("authority" in extract.note for extract in release.witnesses if extract.source_sha256)


def test_a_repository_has_witnesses_of_its_own(tmp_path: Path) -> None:
    (release,) = load_all([repository(tmp_path)])
    assert (release.problems, release.skipped) == ((), ())
    assert [extract.path for extract in release.extracts] == ["own.json"]
    assert [extract.path for extract in release.witnesses] == ["list.json"]
    (found,) = check(Catalogue.of(release), W104)
    assert [one.path for one in found.statements] == ["own.json", "list.json"]


def test_a_witness_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    release = load_release(root=repository(tmp_path, '["gone.json"]'))
    assert [str(one) for one in release.problems] == [f"{tmp_path / 'gone.json'}: no such file"]


def test_what_is_no_list_of_paths_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidExtract, match="a list of paths was expected as witnesses") as told:
        load_release(root=repository(tmp_path, '"list.json"'))
    assert told.value.where.endswith("releases.toml:3")


def test_a_newer_witness_of_ones_own_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    release = load_paths([write(tmp_path / "list.json", LIST)], release="current")
    assert len(release.witnesses) == 5
    assert [one.specification.version for one in release.witnesses if one.specification.part == "message codes"] == [
        "9.9"
    ]
    assert "Wireshark" not in {one.specification.name for one in release.extracts}
    (source,) = release.sources
    assert [str(one) for one in source.replaces] == ["Wireshark 4.0.17 message codes"]
    (found,) = check(Catalogue.of(release), W104)
    assert (found.subject, found.elsewhere) == ("ECS37", False)


def test_files_by_themselves_have_no_witness(tmp_path: Path) -> None:
    release = load_paths([write(tmp_path / "own.json", OWN)])
    assert tuple(release.witnesses) == ()
    assert check(Catalogue.of(release), W104) == []
