"""Make up a fleet: so many meters with twenty settings each, faults planted in it, and the list of what was planted.

Run from a checkout: ``python benchmarks/fleet_data.py FOLDER --meters 1000000``. Everything comes of the seed. Values
are drawn from the sets of the release (``fleet_items.py``). ``FOLDER/wide`` (``FOLDER/long``) holds the files, one for
each million meters, written in chunks, so that any number of meters needs little memory; ``FOLDER/planted.parquet`` has
a row for each fault: file, row, device, item, kind, value, and whether it counts, which a read does not that has a
newer one; ``FOLDER/planted.json`` counts them.

One read in a hundred is that of a meter that was read before. One firmware sets one item wrong in three of ten meters.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fleet_items import DOUBLE, FIRMWARE, MISSING, OF_FIRMWARE, TEXT, TRUTH, WHOLE, Setting, settings

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SEED = 37
RELEASE = "current"
FAULTS = 0.001
"""The share of an item's values that have a fault of a kind."""
AGAIN = 100
"""One read in so many is of a meter which was read before."""
OF_ITS_METERS = 0.3
"""The share of the meters of the one firmware that hold the wrong value."""
CHUNK = 100_000
"""Meters that are made at once, and the rows of a group of rows."""
MAKERS = ("Aster", "Birch", "Cedar", "Dune")
FIRMWARES = ("1.0.7", "1.2.0", "2.0.1")
WRONG_MAKER, WRONG_FIRMWARE = 2, 1
"""Cedar 1.2.0 is the firmware that is wrong."""
FIRST_READ = 1_793_491_200
"""Seconds to 1 November 2026, from when on reads are made up."""
DAYS = 30
DEVICE, READ, MANUFACTURER, SOFTWARE = "device", "read", "manufacturer", "firmware"


@dataclass(frozen=True)
class Fleet:
    """What was asked for."""

    folder: Path
    meters: int
    layout: str = "wide"
    seed: int = SEED
    faults: float = FAULTS
    a_file: int = 1_000_000
    release: str = RELEASE

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The items, with their values."""
        return settings(self.release, self.seed)


class Planted:
    """What was planted: columns that grow with every chunk."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {
            name: [] for name in ("file", "row", "meter", "read", "item", "kind", "value", MANUFACTURER, SOFTWARE)
        }

    def add(self, rows: np.ndarray, **columns: Any) -> None:
        """Faults at some rows; a single value stands for all of them."""
        import numpy as np

        self.columns["row"].append(rows)
        for name, values in columns.items():
            self.columns[name].append(values if isinstance(values, np.ndarray) else np.full(len(rows), values))

    def array(self, name: str) -> np.ndarray:
        import numpy as np

        return np.concatenate(self.columns[name]) if self.columns[name] else np.empty(0, dtype="int64")


def mixed(numbers: np.ndarray) -> np.ndarray:
    """64 bits that look random, other ones for each number (the finalizer of splitmix64)."""
    import numpy as np

    with np.errstate(over="ignore"):
        z = numbers.astype("uint64") + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(z ^ (z >> np.uint64(31)))


def hexadecimal(octets: np.ndarray, before: bytes = b"") -> pa.Array:
    """Rows of octets as texts of hexadecimal digits, with something before each."""
    import numpy as np
    import pyarrow as pa

    digits = np.frombuffer(b"0123456789ABCDEF", dtype="uint8")
    count, width = octets.shape
    text = np.empty((count, len(before) + 2 * width), dtype="uint8")
    text[:, : len(before)] = np.frombuffer(before, dtype="uint8")
    text[:, len(before) :: 2] = digits[octets >> 4]
    text[:, len(before) + 1 :: 2] = digits[octets & 15]
    offsets = np.arange(count + 1, dtype="int32") * text.shape[1]
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text))


def names(meters: np.ndarray) -> pa.Array:
    """The names of meters: eight octets, as they identify devices."""
    import numpy as np

    return hexadecimal(mixed(meters).astype(">u8").view("uint8").reshape(-1, 8).astype(np.uint8))


def first_reads(meters: np.ndarray) -> np.ndarray:
    """When meters were first read, in seconds."""
    return FIRST_READ + (mixed(meters + (1 << 40)) % (DAYS * 86_400)).astype("int64")


def are_again(rows: np.ndarray) -> np.ndarray:
    """Which rows of a fleet are not the first reads of their meters; none of the first chunk is."""
    return (mixed(rows + (3 << 40)) % AGAIN == 0) & (rows >= CHUNK)


# --- a chunk of rows --------------------------------------------------------------------------------------------------


class Chunk:
    """Some rows that follow each other in a file."""

    def __init__(self, fleet: Fleet, file: str, row: int, first: int, count: int, planted: Planted) -> None:
        import numpy as np

        self.fleet, self.file, self.row, self.count, self.planted = fleet, file, row, count, planted
        self.chosen = np.random.default_rng([fleet.seed, 2, first])
        self.meters = np.arange(first, first + count, dtype="int64")
        self.reads = first_reads(self.meters)
        again = self.again = np.flatnonzero(are_again(self.meters))
        self.meters[again] = self._read_before(first, len(again))
        moved = self.chosen.integers(1, 10 * 86_400, len(again)) * self.chosen.choice([-1, 1], len(again))
        self.reads[again] = first_reads(self.meters[again]) + moved
        kinds = (mixed(self.meters + (2 << 40)) % (len(MAKERS) * len(FIRMWARES))).astype("int64")
        self.makers, self.firmwares = kinds // len(FIRMWARES), kinds % len(FIRMWARES)

    def _read_before(self, first: int, count: int) -> np.ndarray:
        """Some meters of the rows before the chunk, each of them in the row of its first read."""
        meters = self.chosen.integers(0, max(first, 1), count)
        while (moved := are_again(meters)).any():
            meters[moved] -= 1
        return meters

    def _some(self, share: float) -> np.ndarray:
        """Different rows, in order: about so many."""
        import numpy as np

        return np.unique(self.chosen.integers(0, self.count, round(self.count * share)))

    def _faults(self, setting: Setting) -> Iterator[tuple[str, np.ndarray]]:
        """The kinds of faults of an item, and the rows that have them: no row has two."""
        import numpy as np

        kinds = [kind for kind in setting.wrong if kind != FIRMWARE]
        rows = self._some(self.fleet.faults * len(kinds))
        rows = self.chosen.permutation(rows)
        if setting.name == OF_FIRMWARE:
            of_it = (self.makers == WRONG_MAKER) & (self.firmwares == WRONG_FIRMWARE)
            set_wrong = np.flatnonzero(of_it & (self.chosen.random(self.count) < OF_ITS_METERS))
            yield FIRMWARE, np.setdiff1d(set_wrong, rows)
        for number, kind in enumerate(kinds):
            yield kind, rows[number :: len(kinds)]

    def array(self, setting: Setting) -> pa.Array:
        """The column of an item in the wide layout, with its faults, which are entered in the list of them."""
        import numpy as np
        import pyarrow as pa

        kind_of = {WHOLE: pa.int64(), DOUBLE: pa.float64(), TEXT: pa.string(), TRUTH: pa.bool_()}[setting.holds]
        values = self._right(setting, kind_of)
        places = np.arange(self.count)
        wrong: list[Any] = []
        for kind, rows in self._faults(setting):
            which = self.chosen.integers(0, len(setting.wrong[kind]), len(rows))
            places[rows] = self.count + len(wrong) + which
            wrong.extend(setting.wrong[kind])
            written = np.array([in_words(one) for one in setting.wrong[kind]], dtype=object)[which]
            self._plant(rows, setting.name, kind, written)
        return pa.concat_arrays([values, pa.array(wrong, kind_of)]).take(pa.array(places))

    def _right(self, setting: Setting, kind_of: pa.DataType) -> pa.Array:
        """The column without faults."""
        import numpy as np
        import pyarrow as pa

        if not setting.each_new:
            return pa.array(setting.right, kind_of).take(
                pa.array(self.chosen.integers(0, len(setting.right), self.count))
            )
        low, high = setting.right
        if setting.holds == TEXT:
            octets = np.frombuffer(self.chosen.bytes(self.count * high), dtype="uint8")
            return hexadecimal(octets.reshape(self.count, high), b"0x")
        return pa.array(self.chosen.integers(low, high, self.count, dtype="int64", endpoint=True))

    def _plant(self, rows: np.ndarray, item: str, kind: str, written: np.ndarray) -> None:
        self.planted.add(
            rows + self.row,
            file=self.file,
            meter=self.meters[rows],
            read=self.reads[rows],
            item=item,
            kind=kind,
            value=written,
            manufacturer=self.makers[rows],
            firmware=self.firmwares[rows],
        )

    def beside(self) -> dict[str, pa.Array]:
        """The columns beside the items."""
        import pyarrow as pa

        return {
            DEVICE: names(self.meters),
            READ: pa.array(self.reads * 1_000).cast(pa.timestamp("ms")),
            MANUFACTURER: pa.array(MAKERS).take(pa.array(self.makers)),
            SOFTWARE: pa.array(FIRMWARES).take(pa.array(self.firmwares)),
        }

    def wide(self) -> pa.Table:
        """One row a read, one column an item."""
        import pyarrow as pa

        return pa.table({**self.beside(), **{one.name: self.array(one) for one in self.fleet.settings}})

    def long(self) -> pa.Table:
        """One row a value: those of a read follow each other. What a unit's fault has behind its number stands in the
        column of units, where every item that has a unit says it."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        beside, blocks = self.beside(), []
        for setting in self.fleet.settings:
            values = self.array(setting)
            if setting.holds == DOUBLE:
                values = values.cast(pa.int64())
            values = values.cast(pa.string())
            units = pa.nulls(self.count, pa.string())
            if setting.unit:
                parts = pc.extract_regex(values, r"^(?P<value>[0-9]+) (?P<unit>[A-Za-z]+)$")
                split = parts.is_valid()
                values = pc.if_else(split, parts.field("value"), values)
                own = pc.match_substring_regex(values, r"^-?[0-9]+$")
                units = pc.if_else(
                    split, parts.field("unit"), pc.if_else(own, setting.unit, pa.scalar(None, pa.string()))
                )
            items = pa.DictionaryArray.from_arrays(np.zeros(self.count, "int8"), [setting.name]).cast(pa.string())
            blocks.append(pa.table({DEVICE: beside[DEVICE], "item": items, "value": values, "unit": units, **beside}))
        size = len(blocks)
        order = np.arange(size)[None, :] * self.count + np.arange(self.count)[:, None]
        return pa.concat_tables(blocks).combine_chunks().take(pa.array(order.reshape(-1)))


def in_words(value: Any) -> str | None:
    """A value as the text that the engines make of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else f"{value:.0f}" if isinstance(value, float) else str(value)


# --- a fleet ----------------------------------------------------------------------------------------------------------


def make(fleet: Fleet) -> dict[str, Any]:
    """Write a fleet and what was planted in it; the counts, as ``planted.json`` has them."""
    import numpy as np
    import pyarrow.parquet as pq

    target = fleet.folder / fleet.layout
    target.mkdir(parents=True)
    planted, repeated = Planted(), []
    for number, first in enumerate(range(0, fleet.meters, fleet.a_file)):
        name = f"{fleet.layout}/meters-{number:03}.parquet"
        writer = None
        last = min(first + fleet.a_file, fleet.meters)
        for at in range(first, last, CHUNK):
            chunk = Chunk(fleet, name, at - first, at, min(CHUNK, last - at), planted)
            table = chunk.wide() if fleet.layout == "wide" else chunk.long()
            writer = writer or pq.ParquetWriter(fleet.folder / name, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=CHUNK if fleet.layout == "wide" else 10 * CHUNK)
            repeated.append(np.stack([chunk.meters[chunk.again], chunk.reads[chunk.again], chunk.again + at]))
        if writer is not None:
            writer.close()
    counts = written_down(fleet, planted, np.concatenate(repeated, axis=1))
    (fleet.folder / "planted.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    return counts


def written_down(fleet: Fleet, planted: Planted, repeated: np.ndarray) -> dict[str, Any]:
    """Write ``planted.parquet``, and count what counts: faults of the newest read of a meter. Of reads at the same time
    the last one counts."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    again, times, places = repeated
    several = np.unique(again)
    newest = first_reads(several)
    found = np.searchsorted(several, again)
    np.maximum.at(newest, found, times)
    meters, reads = planted.array("meter"), planted.array("read")
    at = np.searchsorted(several, meters)
    at[at == len(several)] = 0
    counts = (reads == newest[at]) | (several[at] != meters) if len(several) else np.ones(len(meters), dtype=bool)
    if len(again):
        counts &= ~_overtaken(planted, fleet, dict_of_last(again, times, places, several, newest))
    table = pa.table(
        {
            "file": pa.array(planted.array("file")),
            "row": planted.array("row"),
            DEVICE: names(meters),
            READ: pa.array(reads * 1_000).cast(pa.timestamp("ms")),
            "item": pa.array(planted.array("item")),
            "kind": pa.array(planted.array("kind")),
            "value": pa.array(planted.array("value"), pa.string()),
            MANUFACTURER: pa.array(MAKERS).take(pa.array(planted.array(MANUFACTURER))),
            SOFTWARE: pa.array(FIRMWARES).take(pa.array(planted.array(SOFTWARE))),
            "counts": counts,
        }
    )
    pq.write_table(table, fleet.folder / "planted.parquet", compression="zstd")
    return _counted(fleet, table, len(again))


def dict_of_last(
    again: np.ndarray, times: np.ndarray, places: np.ndarray, several: np.ndarray, newest: np.ndarray
) -> dict[int, int]:
    """Of meters that were read more than once, the place of the newest read among all rows; where it is the first read
    of the meter there is no entry."""
    import numpy as np

    newest_of = newest[np.searchsorted(several, again)]
    held = times == newest_of
    return dict(zip(again[held].tolist(), places[held].tolist(), strict=True))  # a later place overwrites an earlier


def _overtaken(planted: Planted, fleet: Fleet, last: dict[int, int]) -> np.ndarray:
    """Which faults stand in a row with the time of the newest read of their meter, and a later row has it too."""
    import numpy as np

    files = planted.array("file")
    numbers = np.array([int(str(name)[-11:-8]) for name in np.unique(files)])
    place = numbers[np.searchsorted(np.unique(files), files)] * fleet.a_file + planted.array("row")
    meters = planted.array("meter")
    return np.array([last.get(meter, at) > at for meter, at in zip(meters.tolist(), place.tolist(), strict=True)])


def _counted(fleet: Fleet, table: pa.Table, again: int) -> dict[str, Any]:
    """The counts of faults that count, by item and kind; devices with a violation, by maker and firmware."""
    import duckdb

    with duckdb.connect() as engine:
        engine.register("planted", table)
        by_kind = engine.execute(
            "select item, kind, count(*) from planted where counts group by all order by all"
        ).fetchall()
        by_firmware = engine.execute(
            f"select manufacturer, firmware, count(distinct device) from planted "
            f"where counts and kind <> '{MISSING}' group by all order by all"
        ).fetchall()
        wrong = engine.execute(
            f"select count(distinct device), count(*) from planted where counts and kind <> '{MISSING}'"
        ).fetchone()
    assert wrong is not None
    return {
        "release": fleet.release,
        "seed": fleet.seed,
        "layout": fleet.layout,
        "rows": fleet.meters,
        "devices": fleet.meters - again,
        "older_reads": again,
        "wrong_devices": wrong[0],
        "violations": wrong[1],
        "faults": [list(row) for row in by_kind],
        "wrong_by_firmware": [list(row) for row in by_firmware],
    }


def as_text(fleet: Fleet, form: str) -> None:
    """Write a fleet's Parquet files again as CSV or JSON lines."""
    import duckdb

    options = {"csv": "(format csv, header)", "jsonl": "(format json)"}[form]
    with duckdb.connect(config={"threads": 1}) as engine:
        for path in sorted((fleet.folder / fleet.layout).glob("*.parquet")):
            engine.execute(f"copy (from '{path}') to '{path.with_suffix('.' + form)}' {options}")
            path.unlink()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--meters", type=int, default=1_000_000)
    options.add_argument("--layout", choices=("wide", "long"), default="wide")
    options.add_argument("--form", choices=("parquet", "csv", "jsonl"), default="parquet")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument(
        "--faults", type=float, default=FAULTS, help="share of an item's values with a fault of a kind"
    )
    options.add_argument("--a-file", type=int, default=1_000_000, help="meters in a file")
    given = options.parse_args()
    began = time.process_time()
    fleet = Fleet(given.folder, given.meters, given.layout, given.seed, given.faults, given.a_file)
    counts = make(fleet)
    if given.form != "parquet":
        as_text(fleet, given.form)
    size = sum(path.stat().st_size for path in (given.folder / given.layout).iterdir())
    print(
        f"{counts['rows']:,} reads of {counts['devices']:,} meters, {counts['violations']:,} violations at "
        f"{counts['wrong_devices']:,}; {size / 2**20:,.0f} MiB in {time.process_time() - began:.0f} s of processor"
    )


if __name__ == "__main__":
    main()
