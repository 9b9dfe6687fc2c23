"""Stores: what is read of one is what the JSON says, and none is taken that is not of that JSON and the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.cli import run as run_command
from gbcscheck.errors import GbcscheckError
from gbcscheck.facts import store as module
from gbcscheck.facts.columns import Columns
from gbcscheck.facts.extract_file import Extract, ExtractRow, Scalar, load_extract, render_extract
from gbcscheck.facts.shipped import MANIFEST
from gbcscheck.facts.store import Stores, load_known, load_own, write_packaged
from gbcscheck.facts.store_format import Damaged, Store, pack
from gbcscheck.inputs.files import sha256_of_octets
from gbcscheck.limits import by_limits
from gbcscheck.model import Specification

EXTRACT = Extract(
    specification=Specification("GBCS", "4.0", "Table 28d"),
    provenance="derived",
    rows=(
        ExtractRow("Item.value", "default", domain="0..255", clause="Table 28d, row 1", source="Table 28d!D7"),
        ExtractRow("Other", "unit", value="V", provenance="published"),
        ExtractRow("Item.value", "unit", text="see notes"),
    ),
    source_name="draft.xlsx",
    source_sha256="0" * 64,
    date="2021-11",
    generator="gbcscheck test",
    note="made up",
    attributes={"x-own": "text"},
)
ROOT = Path(__file__).parents[2]

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=5) | st.sampled_from(["", "\0", "\1\0\1", "a", "b"])
scalars: st.SearchStrategy[Scalar] = (
    texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
)
rows = st.lists(
    st.builds(
        ExtractRow,
        texts,
        texts,
        st.none() | texts,
        st.none() | scalars,
        st.none() | texts,
        texts,
        texts,
        st.none() | texts,
    ),
    max_size=12,
)


def packed(extract: Extract) -> bytes:
    return pack(extract, "0" * 64, 1)


# --- columns and octets ----------------------------------------------------------------------------------------------


def exactly(made: tuple[ExtractRow, ...]) -> str:
    """Rows such that 1, 1.0 and True, and 0.0 and -0.0, differ."""
    return repr(made)


@given(rows)
def test_any_rows_come_back(given_rows: list[ExtractRow]) -> None:
    extract = replace(EXTRACT, rows=tuple(given_rows))
    columns = Columns.of(given_rows)
    assert exactly(tuple(columns)) == exactly(tuple(given_rows))
    again = Store(packed(extract)).extract("here.json")
    assert exactly(tuple(again.rows)) == exactly(tuple(given_rows))
    assert [exactly((again.rows[index],)) for index in range(len(given_rows))] == [
        exactly((row,)) for row in given_rows
    ]
    assert replace(again, rows=(), path="") == replace(extract, rows=())
    assert packed(again) == packed(extract), "a store of what a store says is the same"


@given(rows)
def test_rows_are_found_by_subject_and_by_attribute(given_rows: list[ExtractRow]) -> None:
    for columns in (Columns.of(given_rows), Store(packed(replace(EXTRACT, rows=tuple(given_rows)))).extract("").rows):
        assert isinstance(columns, Columns)
        assert list(columns.subjects) == list(dict.fromkeys(row.subject for row in given_rows))
        for number, subject in enumerate(columns.subjects):
            assert list(columns.rows_of_subject(number)) == [
                i for i, row in enumerate(given_rows) if row.subject == subject
            ]
        assert list(columns.attributes) == list(dict.fromkeys(row.attribute for row in given_rows))
        for attribute in columns.attributes:
            found = [index for index, row in enumerate(given_rows) if row.attribute == attribute]
            assert list(columns.rows_of_attribute(attribute)) == found
        assert list(columns.rows_of_attribute("no such attribute")) == []
        keys = [(row.subject, row.attribute) for row in given_rows]
        assert list(columns.again) == [index for index, key in enumerate(keys) if key in keys[:index]]


def test_columns_are_what_their_rows_are() -> None:
    columns = Columns.of(EXTRACT.rows)
    assert columns == EXTRACT.rows
    assert hash(columns) == hash(EXTRACT.rows)
    assert columns != EXTRACT.rows[:2]
    assert columns[1:] == EXTRACT.rows[1:]
    assert columns[-1] == EXTRACT.rows[-1]
    assert repr(columns) == repr(EXTRACT.rows)
    assert columns != "rows"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "short": lambda octets: octets[:-1],
    "long": lambda octets: octets + b"\0",
    "empty": lambda octets: b"",
    "one octet is another": lambda octets: octets.replace(b"Other", b"Othes"),
    "another format": lambda octets: octets.replace(b"store 2", b"store 1", 1),
    "no store": lambda octets: b"\x80\x04\x95pickled",
    "of the head alone": lambda octets: octets[:27],
    "of nothing": lambda octets: b"gbcscheck store 2 00000000\n",
    "of no header": lambda octets: b"gbcscheck store 2 " + b"%08x\nxyz\n" % crc32(b"xyz\n"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_told(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Damaged):
        Store(damage(packed(EXTRACT)))


def test_a_store_of_another_version_of_python_is_the_same() -> None:
    """No octet of it depends on the interpreter: the format has no marshal and no pickle in it."""
    octets = packed(EXTRACT)
    assert octets.startswith(b"gbcscheck store 2 ")
    assert sha256_of_octets(octets) == "94fffa17c4baacf617338500f4e8b83e16a1173f61f7e0c68e9aa470dd308375"


# --- what is kept for the user ---------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "LEAST_OCTETS", 0)
    return tmp_path / "cache" / "gbcscheck"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.json"
    path.write_text(render_extract(EXTRACT), encoding="utf-8")
    return path


def only_store(folder: Path) -> Path:
    (found,) = folder.glob("*.store")
    return found


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "parse_extract", lambda *_, **__: pytest.fail("the JSON was parsed"))


@pytest.mark.parametrize("load", [load_known, lambda path: load_own(path, frozenset())], ids=["known", "own"])
def test_json_is_parsed_once(
    cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch, load: Callable[[Path], Extract]
) -> None:
    first = load(own)
    assert first == load_extract(own)
    unread(monkeypatch)
    assert load(own) == first
    assert oct(cache.stat().st_mode)[-3:] == "700" or sys.platform == "win32"


def test_what_is_valid_by_its_hash_is_not_validated(cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own.write_text(own.read_text().replace('"derived"', '"no provenance"'), encoding="utf-8")
    with pytest.raises(GbcscheckError):
        load_own(own, frozenset())
    assert not cache.exists(), "what is not valid is not kept"
    known = frozenset([sha256_of_octets(own.read_bytes())])
    assert load_own(own, known).provenance == "no provenance"
    with pytest.raises(GbcscheckError):
        load_own(own, frozenset())


def test_an_edited_extract_is_read_anew(cache: Path, own: Path) -> None:
    load_known(own)
    status = own.stat()
    own.write_text(own.read_text().replace("0..255", "0..254"), encoding="utf-8")
    os.utime(own, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load_known(own).rows[0].domain == "0..254"


def test_other_limits_and_another_program_validate_anew(
    cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_own(own, frozenset())
    with by_limits({"statements": 2}), pytest.raises(GbcscheckError, match="3 statements"):
        load_own(own, frozenset())
    monkeypatch.setattr("gbcscheck.inputs.seal.program", lambda: "another")
    load_own(own, frozenset())
    assert len(list(cache.glob("*.store"))) == 2


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_made_again(
    cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    load_known(own)
    store = only_store(cache)
    sound = store.read_bytes()
    store.write_bytes(damage(sound))
    assert load_known(own).rows == EXTRACT.rows
    assert store.read_bytes() == sound
    unread(monkeypatch)
    load_known(own)


def test_a_store_of_other_content_is_not_taken(cache: Path, own: Path) -> None:
    load_known(own)
    store = only_store(cache)
    own.write_text(own.read_text().replace("0..255", "0..254"), encoding="utf-8")
    store.rename(store.with_name(store.name.replace(store.name[:64], sha256_of_octets(own.read_bytes()))))
    assert load_known(own).rows[0].domain == "0..254"


def forged(own: Path) -> bytes:
    """A sound store that says of an extract what it does not say."""
    content = own.read_bytes()
    return pack(replace(EXTRACT, rows=()), sha256_of_octets(content), len(content))


@pytest.mark.skipif(sys.platform == "win32", reason="no modes and owners of files here")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_may_write_is_not_used(cache: Path, own: Path, mode: int) -> None:
    load_known(own)
    only_store(cache).write_bytes(forged(own))
    assert load_known(own).rows == (), "a folder of one's own is trusted"
    cache.chmod(mode)
    assert load_known(own).rows == EXTRACT.rows
    assert only_store(cache).read_bytes() == forged(own), "and nothing is written there"


@pytest.mark.skipif(sys.platform == "win32", reason="no modes and owners of files here")
@pytest.mark.parametrize("way", ["mode", "owner", "link", "pipe", "folder"])
def test_a_file_of_somebody_else_is_not_used(
    cache: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    load_known(own)
    store = only_store(cache)
    store.write_bytes(forged(own))
    if way == "mode":
        store.chmod(0o666)
    elif way == "owner":
        owner = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    else:
        store.rename(tmp_path / "elsewhere")
        if way == "link":
            store.symlink_to(tmp_path / "elsewhere")
        elif way == "pipe":
            os.mkfifo(store)
        else:
            store.mkdir()
    assert load_known(own).rows == EXTRACT.rows


def test_without_a_folder_all_is_read(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for folder in ("", str(tmp_path / "file")):
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
        monkeypatch.setenv("HOME", "")
        assert load_known(own).rows == EXTRACT.rows


def test_a_run_without_the_cache_reads_and_keeps_nothing(
    own: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is kept is forged here, as somebody else might who can write into the folder."""

    def run(*options: str) -> str:
        arguments = ["check", str(own), "--alone", "--no-config", "--format", "json", *options]
        code = run_command(arguments)
        return f"{code} {capsys.readouterr().out}"

    usual = run("--no-cache")
    assert usual.startswith("2 ")  # there is nothing that it could be compared with
    assert not cache.exists()
    assert run() == usual
    only_store(cache).write_bytes(forged(own))
    assert run() != usual
    assert run("--no-cache") == usual


@pytest.mark.parametrize("command", ["check", "device", "compare"])
def test_each_command_that_keeps_something_can_be_told_not_to(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([command, "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Read everything anew, and keep nothing in the user's cache folder." in told


def test_a_folder_of_a_repository_is_not_used(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "work" / "gbcscheck"
    cache.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent))
    Stores(cache).put(EXTRACT, sha256_of_octets(own.read_bytes()), 1)
    only_store(cache).write_bytes(forged(own))
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=cache.parent, check=True, capture_output=True)
    assert load_known(own).rows == EXTRACT.rows


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "getuid"), reason="no modes of files here")
def test_a_folder_that_cannot_be_written(cache: Path, own: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o500)
    try:
        assert load_known(own).rows == EXTRACT.rows
    finally:
        cache.chmod(0o700)


def test_two_processes_at_once(cache: Path, own: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from gbcscheck.facts.store import load_known\n"
        "for _ in range(20):\n"
        "    [path.unlink(missing_ok=True) for path in Path(sys.argv[2]).glob('*.store')]\n"
        "    assert len(load_known(Path(sys.argv[1])).rows) == 3\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen([sys.executable, "-c", script, str(own), str(cache)], env=environment) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert not [path for path in cache.iterdir() if path.suffix != ".store"]


# --- what ships ------------------------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: Path) -> Path:
    """A folder of specifications with a packaged store; nothing is kept for the user."""
    specs = tmp_path / "specs"
    (specs / "gbcs").mkdir(parents=True)
    path = own.rename(specs / "gbcs" / "own.json")
    entry = {"sha256": sha256_of_octets(path.read_bytes()), "statements": 3}
    (specs / MANIFEST).write_text(json.dumps({"files": {"gbcs/own.json": entry}}))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    made = list(write_packaged(specs, tmp_path / "store"))
    assert made == [(tmp_path / "store" / "gbcs" / "own.store", "gbcs/own.store")]
    monkeypatch.setattr(module, "shipped_root", lambda: specs)
    monkeypatch.setattr(module, "PACKAGED", tmp_path / "store")
    return path


def test_a_packaged_store_is_read_in_place_of_the_json(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load_extract(installed)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("the JSON was read"))
    unread(monkeypatch)
    if sys.platform != "win32":
        assert load_known(installed) == expected


def test_a_store_older_than_its_extract_is_held_against_its_hash(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = installed.read_bytes()
    installed.unlink()
    installed.write_bytes(content)
    unread(monkeypatch)
    assert load_known(installed).rows == EXTRACT.rows


def test_an_edit_of_what_ships_is_noticed(installed: Path) -> None:
    """Of the same size and with the time of the old one."""
    status = installed.stat()
    installed.write_text(installed.read_text().replace("0..255", "0..254"), encoding="utf-8")
    os.utime(installed, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load_known(installed).rows[0].domain == "0..254"


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_packaged_store_is_left_alone(installed: Path, damage: Callable[[bytes], bytes]) -> None:
    store = module.PACKAGED / "gbcs" / "own.store"
    store.write_bytes(damage(store.read_bytes()))
    assert load_known(installed).rows == EXTRACT.rows


@pytest.mark.skipif(sys.platform == "win32", reason="no modes of files here")
def test_a_packaged_store_that_more_people_may_write_than_the_code_is_not_used(installed: Path) -> None:
    store = module.PACKAGED / "gbcs" / "own.store"
    store.write_bytes(forged(installed))
    assert load_known(installed).rows == ()
    store.chmod(0o666)
    assert load_known(installed).rows == EXTRACT.rows


def test_what_is_not_what_the_manifest_says_is_not_packaged(installed: Path, tmp_path: Path) -> None:
    installed.write_text(installed.read_text().replace("0..255", "0..254"), encoding="utf-8")
    with pytest.raises(ValueError, match="is not what"):
        list(write_packaged(installed.parents[1], tmp_path / "again"))


def test_the_stores_of_what_ships_say_what_the_json_says(specs: Path, tmp_path: Path) -> None:
    for file, name in write_packaged(specs, tmp_path):
        from_json = load_extract(specs / Path(name).with_suffix(".json"), trusted=True)
        found = Store(file.read_bytes()).extract(from_json.path)
        assert replace(found, rows=()) == replace(from_json, rows=())
        assert tuple(found.rows) == from_json.rows
