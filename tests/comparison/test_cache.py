"""What is kept between runs, and that nothing else is believed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.sources import Skip
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.facts.extract_file import Extract, Reading
from gbcscheck.inputs import cache as cache_module
from gbcscheck.inputs.cache import Cache, cache_folder, key_of
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.release.reading import Reader

EXTRACT = {
    "specification": "GBCS",
    "version": "9.0",
    "part": "Table 9",
    "provenance": "synthetic",
    "statements": [{"subject": "X.value", "attribute": "default", "domain": "1"}],
}


def only_file(folder: Path) -> Path:
    (found,) = folder.glob("*.json")
    return found


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    Cache(tmp_path / "c").put(key_of("a"), {"b": [1, "ü"]})
    assert Cache(tmp_path / "c").get(key_of("a")) == {"b": [1, "ü"]}
    assert Cache(tmp_path / "c").get(key_of("b")) is None
    assert not list((tmp_path / "c").glob(".*"))


def test_keys_depend_on_where_the_parts_end() -> None:
    assert len({key_of("a", "b"), key_of("ab"), key_of("", "ab"), key_of(b"a", "b")}) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda octets: octets[:-1],
        lambda octets: octets.replace(b'"value"', b'"VALUE"'),
        lambda octets: b"",
        lambda octets: b"\x80\x04\x95pickled",
        lambda octets: b"{}",
        lambda octets: octets.partition(b"\n")[2],
        lambda octets: b"0" * 64 + b"\n" + octets.partition(b"\n")[2],
    ],
)
def test_a_damaged_file_is_ignored_and_replaced(tmp_path: Path, damage: object) -> None:
    Cache(tmp_path).put(key_of("a"), "value")
    path = only_file(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert Cache(tmp_path).get(key_of("a")) is None
    Cache(tmp_path).put(key_of("a"), "value")
    assert Cache(tmp_path).get(key_of("a")) == "value"


def test_a_file_of_another_key_is_ignored(tmp_path: Path) -> None:
    Cache(tmp_path).put(key_of("a"), "value")
    only_file(tmp_path).rename(tmp_path / f"{key_of('b')}.json")
    assert Cache(tmp_path).get(key_of("b")) is None


def test_what_another_state_of_the_program_kept_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(tmp_path).put(key_of("a"), "value")
    monkeypatch.setattr(cache_module, "program", lambda: "another")
    assert Cache(tmp_path).get(key_of("a")) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_what_somebody_else_kept_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(tmp_path).put(key_of("a"), "value")
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert Cache(tmp_path).get(key_of("a")) is None


def test_a_link_is_ignored(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    Cache(target).put(key_of("a"), "value")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / f"{key_of('a')}.json").symlink_to(only_file(target))
    assert Cache(tmp_path / "c").get(key_of("a")) is None


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "c")
    cache.put(key_of("a"), "value")
    assert not cache.keeps
    assert cache.get(key_of("a")) is None
    cache.tidy()


def test_the_oldest_goes_where_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    for number in range(4):
        cache.put(key_of(str(number)), "x" * 100)
        os.utime(tmp_path / f"{key_of(str(number))}.json", (number, number))
    monkeypatch.setattr(cache_module, "MAX_OCTETS", 400)
    cache.tidy()
    assert [cache.get(key_of(str(number))) is not None for number in range(4)] == [False, False, True, True]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another place there")
@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/gbcscheck"),
        ({"HOME": "/h"}, "/h/.cache/gbcscheck"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/gbcscheck"),
        ({"XDG_CACHE_HOME": "", "HOME": ""}, None),
        ({}, None),
    ],
)
def test_the_place_of_the_cache(environment: dict[str, str], expected: str | None) -> None:
    found = cache_folder(environment)
    assert (found.as_posix() if found else None) == expected


# --- reading ---------------------------------------------------------------------------------------------------------


def write(path: Path, document: object = EXTRACT) -> Path:
    path.write_text(json.dumps(document))
    return path


def test_an_extract_is_validated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = write(tmp_path / "one.json"), write(tmp_path / "other.json")
    first = Reader(Cache(tmp_path / "c"))(one, frozenset())
    monkeypatch.setattr("gbcscheck.release.reading.read_json", lambda *_: pytest.fail("validated again"))
    again = Reader(Cache(tmp_path / "c"))(other, frozenset())
    assert isinstance(first, Extract)
    assert isinstance(again, Extract)
    assert (first.rows, first.path, again.path) == (again.rows, str(one), str(other))


def test_an_extract_that_is_not_valid_is_refused_every_time(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.json", {**EXTRACT, "statements": [{"subject": "X"}]})
    for _ in range(2):
        with pytest.raises(GbcscheckError):
            Reader(Cache(tmp_path / "c"))(path, frozenset())
    assert not (tmp_path / "c").exists()


def test_a_forged_entry_does_not_make_an_extract_valid(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good.json"), write(tmp_path / "bad.json", {**EXTRACT, "statements": [{"x": 1}]})
    cache = Cache(tmp_path / "c")
    Reader(cache)(good, frozenset())
    import hashlib

    cache.put(key_of("valid", hashlib.sha256(bad.read_bytes()).hexdigest()), "valid")
    with pytest.raises(GbcscheckError):
        Reader(Cache(tmp_path / "c"))(bad, frozenset())


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x:house" xmlns="urn:x:house"
 elementFormDefault="qualified">
 <xs:include schemaLocation="types.xsd"/>
 <xs:element name="Order" type="Size"/>
</xs:schema>
"""
TYPES = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x:house" xmlns="urn:x:house">
 <xs:simpleType name="Size"><xs:restriction base="xs:integer"><xs:maxInclusive value="9"/></xs:restriction>
 </xs:simpleType>
</xs:schema>
"""


def test_a_source_is_read_once_and_again_where_what_it_imports_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema, types = tmp_path / "order.xsd", tmp_path / "types.xsd"
    schema.write_text(SCHEMA)
    types.write_text(TYPES)
    reads: list[str] = []
    from gbcscheck.extract import sources

    def read(
        path: Path,
        trusted: frozenset[str] = frozenset(),
        within: Confinement | None = None,
        choice: TableChoice = ALL,
    ) -> object:
        reads.append(path.name)
        return sources.read_source(path, trusted, within, choice)

    monkeypatch.setattr("gbcscheck.release.reading.read_source", read)
    first, again = (Reader(Cache(tmp_path / "c"))(schema, frozenset()) for _ in range(2))
    assert isinstance(first, Reading)
    assert isinstance(again, Reading)
    assert reads == ["order.xsd"]
    statements, from_cache = (list(one.extract.statements()) for one in (first, again))
    assert [s._replace(text=None) for s in statements] == [s._replace(text=None) for s in from_cache]
    assert [s.written for s in statements] == [s.written for s in from_cache]
    types.write_text(TYPES.replace('"9"', '"8"'))
    changed = Reader(Cache(tmp_path / "c"))(schema, frozenset())
    assert isinstance(changed, Reading)
    assert reads == ["order.xsd", "order.xsd"]
    assert any(row.domain == "..8" for row in changed.extract.rows)


def test_what_is_kept_of_a_table_is_kept_by_what_was_chosen_of_it(tmp_path: Path) -> None:
    table = tmp_path / "draft.csv"
    table.write_text("Data item,Current,Proposed\nRMSVoltageSagThreshold,207 V,210 V\n")
    for column in ("Current", "Proposed", "Current"):
        found = Reader(Cache(tmp_path / "c"), TableChoice(column=column))(table, frozenset())
        assert isinstance(found, Reading)
        assert [row.text or row.domain for row in found.extract.rows] == ["207 V" if column == "Current" else "210 V"]


def test_a_source_that_says_nothing_is_remembered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    types = tmp_path / "types.xsd"
    types.write_text(TYPES)
    assert isinstance(Reader(Cache(tmp_path / "c"))(types, frozenset()), Skip)
    monkeypatch.setattr("gbcscheck.release.reading.read_source", lambda *_: pytest.fail("read again"))
    assert isinstance(Reader(Cache(tmp_path / "c"))(types, frozenset()), Skip)


def test_all_that_is_read_of_a_workbook_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "draft.csv"
    table.write_text("Table 1\nData item,Default\nVoltage\nA,1\n\nTable 2\nData item,Default\nB,2\nC,as agreed\n")
    first = Reader(Cache(tmp_path / "c"))(table, frozenset())
    monkeypatch.setattr("gbcscheck.release.reading.read_source", lambda *_: pytest.fail("read again"))
    again = Reader(Cache(tmp_path / "c"))(table, frozenset())
    assert isinstance(first, Reading)
    assert isinstance(again, Reading)
    assert [one.place for one in again.not_taken] == [one.place for one in first.not_taken] == ["draft!A3"]
    assert len(first.also) == len(again.also) == 1
    for one, kept in zip((first, *first.also), (again, *again.also), strict=True):
        assert [s.written for s in one.extract.statements()] == [s.written for s in kept.extract.statements()]
        assert (kept.extract.specification, kept.unread) == (one.extract.specification, one.unread)
