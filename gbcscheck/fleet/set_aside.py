"""What of a fleet's files was not looked at, why, how much of it, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gbcscheck.fleet.newest import Older
from gbcscheck.fleet.prepared import Prepared

NAMED = 5
SetAside = tuple[str, int, tuple[str, ...]]


def set_aside_of(
    told: Sequence[dict[str, Any]],
    older: Older,
    prepared: Iterable[Prepared],
    others: Sequence[str],
    late: Sequence[str],
    since: str,
    path_of: Callable[[str], str],
) -> tuple[SetAside, ...]:
    """Each reason with how many rows or files it holds for, and examples."""
    found: list[SetAside] = []
    unnamed = sum(part["unnamed"] for part in told)
    places = [f"{path_of(file)} row {row + 1}" for part in told for file, row in part["nameless"]]
    found.append(("rows without the name of a device", unnamed, tuple(places[:NAMED])))
    found.append(
        (
            "rows of a device that has another one of the same time: the last in the files is judged",
            older.tied,
            older.examples,
        )
    )
    found.append((f"rows read before {since}, or at no known time", sum(part["before"] for part in told), ()))
    unread = [one for one in prepared if one.unread]
    named = tuple(name for one in unread for name in one.named)
    found.append(("rows that cannot be read", sum(one.unread for one in unread), named[:NAMED]))
    found.append(("files that are neither Parquet nor CSV nor JSON lines", len(others), tuple(others[:NAMED])))
    found.append(("files that appeared while this ran", len(late), tuple(late[:NAMED])))
    return tuple(one for one in found if one[1])
