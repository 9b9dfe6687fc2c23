"""Which files a fleet has, of what kind they are, and which column is what."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow
import pytest
from fleets import DAYS, OFFSET, SAG, brief, context, done, write_parquet
from pyarrow import parquet

from gbcscheck.device.configuration.finding import Finder
from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.table_mapping import mapping_of
from gbcscheck.fleet.columns import ROLE_TITLES, Recogniser
from gbcscheck.fleet.sources import CSV, JSON_LINES, PARQUET, find_sources, source_of
from gbcscheck.fleet.texts import convert_csv, convert_json_lines
from gbcscheck.model.fleet import ROLES


def put(path: Path, content: bytes = b"device\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(*arguments: Path | str) -> list[str]:
    return [Path(one.path).name for one in find_sources(tuple(map(str, arguments))).found]


def test_files_folders_and_globs_are_found_once_each_in_their_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "below/c.jsonl", "below/_temporary/d.csv", ".hidden/e.csv", "_SUCCESS", "f.txt"):
        put(tmp_path / name, b"{}" if name.endswith("jsonl") else b"device\n")
    assert names(tmp_path) == ["a.csv", "b.csv", "c.jsonl"]
    assert names(tmp_path / "b.csv", tmp_path / "*.csv", tmp_path) == ["a.csv", "b.csv", "c.jsonl"]
    assert names(tmp_path / "**" / "*.jsonl") == ["c.jsonl"]
    assert [Path(one).name for one in find_sources((str(tmp_path),)).others] == ["f.txt"]


def test_a_file_is_what_it_begins_with(tmp_path: Path) -> None:
    assert source_of(str(write_parquet(tmp_path / "a.data", [brief("a")]))).kind == PARQUET
    assert source_of(str(put(tmp_path / "b.data", b'\xef\xbb\xbf {"device": 1}'))).kind == JSON_LINES
    assert source_of(str(put(tmp_path / "c.data"))).kind == CSV
    for name, content, told in (
        ("d.parquet", b"device", "no Parquet file: its first four octets"),
        ("e.json", b"[]", "one object a line"),
        ("f.csv", b"a\0b", "its beginning is no text"),
        ("g.csv", b"", "the file is empty"),
    ):
        with pytest.raises(UnreadableSource, match=told):
            source_of(str(put(tmp_path / name, content)))


def test_paths_of_a_store_are_left_to_the_engine() -> None:
    (found,) = find_sources(("s3://bucket/reads/day=2026-11-01/part-0.parquet",)).found
    assert (found.is_of_store, found.kind, found.partition) == (True, PARQUET, (("day", "2026-11-01"),))


def test_folders_say_columns_in_the_manner_of_hive(tmp_path: Path) -> None:
    for maker, day, offset in (("Ac%20me", "2026-11-01", 5000), ("__HIVE_DEFAULT_PARTITION__", "2026-11-02", 600)):
        write_parquet(
            tmp_path / f"manufacturer={maker}" / f"read={day}" / "part*[1].parquet",
            [{"device": f"m{offset}", OFFSET: offset}],
        )
    found = done(tmp_path)
    assert [(one["manufacturer"], one["read"]) for one in found.violations] == [("Ac me", "2026-11-01")]
    assert [(one.name, one.devices) for one in found.told.manufacturers] == [("", 1), ("Ac me", 1)]
    assert [one.name for one in found.told.days] == ["2026-11-01", "2026-11-02"]


def recogniser(mapping: dict[str, object] | None = None, layout: str = "") -> Recogniser:
    made = mapping_of(mapping) if mapping is not None else None
    return Recogniser(Finder(context().catalogue, made), made, layout)


def schema(*columns: str) -> pyarrow.Schema:
    return pyarrow.schema([(name, pyarrow.string()) for name in columns])


def test_columns_are_told_by_their_titles() -> None:
    found = recogniser().columns(
        schema("meter_id", "Read-Time", "MANUFACTURER", "fw version", "randomised offset limit", f"{SAG} (V)", "x"),
        where="reads",
    )
    assert found.layout == "wide"
    roles = {"device": "meter_id", "read": "Read-Time", "manufacturer": "MANUFACTURER", "firmware": "fw version"}
    assert found.roles == roles
    assert [(one.item, one.unit) for one in found.items] == [
        *(("RandomisedOffsetLimit.value", ""), ("RMSVoltageSagThreshold.threshold_normal", "V")),
    ]
    assert [name for name, _ in found.others] == ["x"]


def test_the_long_layout_is_told_by_item_and_value() -> None:
    found = recogniser().columns(schema("device", "parameter", "configured value", "uom", "source"), where="reads")
    assert found.layout == "long"
    assert (found.role("item"), found.role("value"), found.role("unit")) == ("parameter", "configured value", "uom")
    with pytest.raises(
        UnreadableSource, match=r"reads: no column says the value \(Value, .*; it has device, item; a map"
    ):
        recogniser(layout="long").columns(schema("device", "item"), where="reads")


def test_a_mapping_comes_before_the_usual_titles() -> None:
    mapping = {"columns": {"Device": "ignore", "No": "x-device", "Set": "default"}, "subject": ["What"]}
    found = recogniser(mapping).columns(schema("Device", "No", "What", "Set"), where="reads")
    assert (found.layout, found.roles) == ("long", {"device": "No", "value": "Set", "item": "What"})


def test_few_titles_of_roles_are_data_items_of_the_release_too() -> None:
    assert set(ROLE_TITLES) == set(ROLES)
    finder = Finder(context().catalogue)
    meant = {title for titles in ROLE_TITLES.values() for title in titles if finder.means(title)}
    assert meant == {"Time", "Firmware version", "FirmwareVersion"}
    found = recogniser().columns(schema("device", "Read time", "Time"), where="reads")
    assert (found.role("read"), [one.item for one in found.items]) == ("Read time", ["Time"])


def test_texts_of_csv_stay_what_they_are(tmp_path: Path) -> None:
    source = put(tmp_path / "a.csv", b'\xef\xbb\xbfdevice;"a b"\r\n0012;4.10\r\n\r\n"x\r\ny";""\r\n')
    made = convert_csv(str(source), tmp_path / "a.parquet")
    assert made == (2, 0, ())
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [tuple(one.values())[:2] for one in rows] == [("0012", "4.10"), ("x\r\ny", None)]
    for content, told in ((b"a,\n1,2\n", "one of its cells is empty"), (b"a,a\n", 'two columns have the title "a"')):
        with pytest.raises(UnreadableSource, match=told):
            convert_csv(str(put(tmp_path / "b.csv", content)), tmp_path / "b.parquet")
    with pytest.raises(UnreadableSource, match="not UTF-8"):
        convert_csv(str(put(tmp_path / "c.csv", b"a,b\n\xff,1\n")), tmp_path / "c.parquet")


def test_numbers_of_json_keep_their_digits(tmp_path: Path) -> None:
    document = (
        '{"device": "0012", "n": 4.10, "big": 12345678901234567890123, "t": "a\\"b", "l": [1, {"x": 2.50}], "z": null}'
    )
    source = put(tmp_path / "a.jsonl", f"{document}\n".encode())
    assert convert_json_lines(str(source), tmp_path / "a.parquet").rows == 1
    (row,) = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert row["n"] == "4.10"
    assert row["big"] == "12345678901234567890123"
    assert (row["device"], row["t"], row["z"]) == ('"0012"', json.dumps('a"b'), None)
    assert row["l"] == '[1, {"x": 2.50}]'


def test_two_columns_of_one_name_but_for_case_are_refused(tmp_path: Path) -> None:
    table = pyarrow.table([["a"], [600], [600]], names=["device", OFFSET, OFFSET.upper()])
    parquet.write_table(table, tmp_path / "reads.parquet")
    with pytest.raises(UnreadableSource, match="two columns have the name"):
        done(tmp_path / "reads.parquet")


def test_files_of_two_layouts_are_not_judged_together(tmp_path: Path) -> None:
    write_parquet(tmp_path / "1.parquet", [brief("a", 5000)])
    parquet.write_table(
        pyarrow.Table.from_pylist([{"device": "a", "item": DAYS, "value": "x"}]), tmp_path / "2.parquet"
    )
    found = done(tmp_path)
    assert [one["device"] for one in found.violations] == ["a"]
    first, second = (tmp_path / f"{number}.parquet" for number in (1, 2))
    told = f"{second}: the layout is long, and that of {first} is wide; --layout says which one is meant, or judge them"
    assert [str(one) for one in found.problems] == [f"{told} apart"]
