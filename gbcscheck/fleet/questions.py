"""What is asked of a fleet beside what is wrong: what became of violations since an earlier run, and which devices show
between them all that was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.errors import UsageError
from gbcscheck.fleet.columns import Recogniser
from gbcscheck.fleet.engines import FILE, ROW, Engine, telling, union
from gbcscheck.fleet.judged_values import Value, raw_of
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.scan import Scan, looked_at
from gbcscheck.fleet.staging import RUN, is_run
from gbcscheck.fleet.tables import DEVICE, ITEM, UNIT, VALUE, cells_of, kind_of, text_of
from gbcscheck.fleet.texts import json_text
from gbcscheck.fleet.violations import VIOLATIONS
from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import MENDED, NEWLY_WRONG, NOT_SEEN, STILL_WRONG, Since

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEEDED = ("device", "item", "name", "rule", "severity")
"""Columns that the list of violations of an earlier run must have."""
SAMPLE = "sample.jsonl"
"""The file of a run's folder with devices that show what was found."""
_VIOLATION = ["device", "item", "rule"]
_ORDER = (NEWLY_WRONG, STILL_WRONG, MENDED, NOT_SEEN)


def values_of_devices(scan: Scan, parts: Sequence[Part], devices: ir.Table, folder: Path) -> ir.Table:
    """Every value that some devices hold by their newest reads: ``device``, FILE, ROW, and ``name``, ``kind``, ``text``
    and ``unit`` of the value. It is written below ``folder``, a new one; ``devices`` has a column ``device``."""
    import ibis

    written = []
    for number, part in enumerate(parts):
        rows = looked_at(scan, part).semi_join(devices, DEVICE)
        scan.engine.write(rows, folder / f"rows{number}")
        rows = scan.engine.staged(folder / f"rows{number}")
        if part.columns.layout == "long":
            kind = kind_of(rows[VALUE].type(), is_json=part.files[0].is_json)
            there = rows.filter(~scan.asked.is_missing(rows[VALUE], kind))
            cells = there.select(
                DEVICE, FILE, ROW,
                name=there[ITEM].fill_null(""), kind=ibis.literal(kind), text=text_of(there[VALUE]),
                unit=there[UNIT].fill_null(""),
            )  # fmt: skip
        else:
            cells = union(
                there.select(
                    DEVICE, FILE, ROW,
                    name=ibis.literal(one.meant.name), kind=ibis.literal(one.kind), text=text_of(there[one.column]),
                    unit=ibis.literal(""),
                )
                for one in cells_of(rows, part)
                for there in (rows.filter(~scan.asked.is_missing(rows[one.column], one.kind)),)
            )  # fmt: skip
        scan.engine.write(cells, folder / f"values{number}")
        written.append(folder / f"values{number}")
    return scan.engine.read([str(one) for one in written])


# --- since an earlier run --------------------------------------------------------------------------------------------


@frozen
class Earlier:
    """An earlier run: its folder as it was named, its list of violations, and the release that it was judged by."""

    named: str
    violations: Path
    release: str


def earlier_run(folder: Path) -> Earlier:
    """The run that a folder holds. UsageError where it holds none, or one without a list of violations that can be
    read."""
    import json

    from pyarrow import ArrowException, parquet

    if not is_run(folder):
        raise UsageError(f"--compare: the folder of an earlier run of gbcscheck fleet was expected; {folder} is none")
    asked = json.loads((folder / RUN).read_text(encoding="utf-8"))
    listed = folder / VIOLATIONS
    try:
        names = parquet.read_schema(listed).names
    except (OSError, ArrowException) as error:
        raise UsageError(f"--compare: {listed} cannot be read ({' '.join(str(error).split())[:200]})") from None
    lacks = [name for name in NEEDED if name not in names]
    if lacks:
        raise UsageError(f"--compare: {listed} has no column {', '.join(lacks)}")
    release = asked.get("release")
    return Earlier(str(folder), listed, release if isinstance(release, str) else "")


def since(
    engine: Engine, violations: ir.Table, earlier: Earlier, release: str, seen: Callable[[ir.Table], ir.Table]
) -> Since:
    """What became of violations (device, item, rule; no notes) since an earlier run.

    ``seen`` gives, for a table of devices, the values that they hold now by ``device`` and ``item``: a violation that
    is gone is mended where its device holds a value of the item, and not seen where it does not.
    """
    before = engine.read([str(earlier.violations)])
    now, then = _different(violations), _different(before)
    gone = then.anti_join(now, _VIOLATION)
    mended = gone.semi_join(seen(gone.select(DEVICE).distinct()).select(DEVICE, ITEM).distinct(), [DEVICE, ITEM])
    became = {
        NEWLY_WRONG: now.anti_join(then, _VIOLATION),
        STILL_WRONG: now.semi_join(then, _VIOLATION),
        MENDED: mended,
        NOT_SEEN: gone.anti_join(mended, _VIOLATION),
    }
    found = []
    for name, table in became.items():
        counted = table.group_by(["item", "rule"]).aggregate(devices=table.count())
        found += [(row["item"], row["rule"], name, int(row["devices"])) for row in engine.rows(counted)]
    found.sort(key=lambda one: (_ORDER.index(one[2]), -one[3], one[0], one[1]))
    other = earlier.release and earlier.release != release
    remark = f"that run was judged by release {earlier.release}, this one by {release}" if other else ""
    return Since(earlier.named, tuple(found), remark)


def _different(violations: ir.Table) -> ir.Table:
    return violations.filter(violations["severity"] != "note").select(*_VIOLATION).distinct()


def seen_items(values: ir.Table, recogniser: Recogniser, names: Sequence[str]) -> ir.Table:
    """The values of ``values_of_devices`` by ``device`` and ``item``, the path of what their names mean."""
    import ibis

    meant = [(name, recogniser.item(name)) for name in sorted(set(names))]
    rows = [{"name": name, "item": found.leaf or found.item} for name, found in meant if found is not None]
    table = ibis.memtable(rows, schema={"name": "string", "item": "string"})
    return values.inner_join(table, "name").select(DEVICE, "item")


# --- devices to look at ----------------------------------------------------------------------------------------------


def sampled_devices(engine: Engine, violations: ir.Table, number: int) -> list[tuple[str, tuple[str, ...]]]:
    """Some devices with what is found of them, chosen so that every finding has its turn before any has its second:
    the first device of each finding by name, then the second of each, and so on. The same for the same list of
    violations, whatever its order."""
    import ibis

    serious = violations.filter(violations["severity"] != "note")
    each = serious.select("fingerprint", DEVICE).distinct()
    turn = ibis.row_number().over(group_by="fingerprint", order_by=DEVICE)
    placed = each.mutate(turn=turn)
    placed = placed.filter(placed["turn"] < number)
    first = placed.group_by(DEVICE).aggregate(turn=placed["turn"].min())
    best = placed.inner_join(first, [DEVICE, "turn"])
    best = best.group_by([DEVICE, "turn"]).aggregate(fingerprint=best["fingerprint"].min())
    rows = engine.rows(best.order_by("turn", "fingerprint", DEVICE).limit(number))
    chosen = [row[DEVICE] for row in rows]
    told = serious.filter(serious[DEVICE].isin(chosen)) if chosen else serious.limit(0)
    found: dict[str, set[str]] = {}
    for row in engine.rows(told.select(DEVICE, "rule", "item").distinct()):
        found.setdefault(row[DEVICE], set()).add(f"{row['rule']} {row['item']}")
    return [(device, tuple(sorted(found[device]))) for device in chosen]


def sample_lines(
    engine: Engine,
    values: ir.Table,
    chosen: Sequence[tuple[str, tuple[str, ...]]],
    path_of: Callable[[str], str],
    called: Callable[[str], str],
) -> Iterator[str]:
    """A configuration as JSON for each device, in one line, which ``gbcscheck device`` judges; its note says which
    device it is, what was found, and where it was read.

    ``values`` are those of ``values_of_devices``; ``called`` says under which name a value is to stand.
    """
    by_device: dict[str, list[dict[str, Any]]] = {}
    for row in engine.rows(values.order_by(DEVICE, FILE, ROW, "name", "unit")):
        by_device.setdefault(row[DEVICE], []).append(row)
    for device, findings in chosen:
        rows = by_device.get(device, [])
        items: dict[str, Any] = {}
        for row in rows:
            raw = raw_of(Value(row["name"], row["kind"], row["text"], row["unit"]))
            name = called(row["name"])
            name = row["name"] if name in items else name
            items[name] = {"value": raw, "unit": row["unit"]} if row["unit"] else raw
        place = f" ({path_of(rows[0][FILE])}, row {rows[0][ROW] + 1})" if rows else ""
        yield json_text({"note": f"{device}{place}: {'; '.join(findings)}", "items": items}) or ""


def write_sample(target: Path, lines: Iterator[str]) -> int:
    """Write the lines of a sample; how many there are."""
    count = 0
    with telling(target.name), target.open("w", encoding="utf-8", errors="surrogatepass") as stream:
        for line in lines:
            stream.write(f"{line}\n")
            count += 1
    return count
