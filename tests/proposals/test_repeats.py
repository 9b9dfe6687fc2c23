"""Names that come again are numbered in memory as the reader numbers them once the cell is another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from joined_workbook import bench_of, read, said

from gbcscheck.model import Statement
from gbcscheck.proposals.repeats import nth
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.release.catalogue import Catalogue

_GBZ = ("use case", "message", "component", "element", "value", "octets")
SHEETS: Mapping[str, Sequence[Sequence[str]]] = {
    "Use cases": (("use case", "title", "message code"), ("U1", "One", "0x0001"), ("U2", "Two", "0x0002")),
    "GBZ": (
        _GBZ,
        ("U1", "Command", "Set", "Status (ENUM8)", "0x00", "1"),
        ("U1", "Command", "Set", "Status (ENUM8)", "0x01", "1"),
        ("U1", "Command", "Set", "Status (ENUM8)", "0x02", "1"),
        ("U2", "Command", "Set", "Status (ENUM8)", "0x03", "1"),
        ("U1", "Command", "Set", "Status (ENUM8)", "0x04", "1"),
    ),
}


@pytest.mark.parametrize(
    ("row", "title", "wrong", "name"),
    [
        (2, "use case", "U91", "U1/Command/Set/Status (ENUM8)"),
        (3, "use case", "U91", "U1/Command/Set/Status (ENUM8) #2"),
        (4, "use case", "U91", "U1/Command/Set/Status (ENUM8) #3"),
        (4, "use case", "U2", "U1/Command/Set/Status (ENUM8) #3"),
        (5, "use case", "U1", "U2/Command/Set/Status (ENUM8)"),
        (6, "use case", "U2", "U1/Command/Set/Status (ENUM8) #4"),
        (2, "element", "Status (ENUM16)", "U1/Command/Set/Status (ENUM8)"),
        (4, "element", "Status (ENUM16)", "U1/Command/Set/Status (ENUM8) #3"),
    ],
)
def test_in_memory_it_is_as_if_read_again(tmp_path: Path, row: int, title: str, wrong: str, name: str) -> None:
    right = read(tmp_path, sheets=SHEETS)
    bench = bench_of(read(tmp_path, {("GBZ", row, title): wrong}, SHEETS))
    target = _at(bench.catalogues[0], f"GBZ!D{row}")
    assert nth(bench.catalogues[0], target, name.partition(" #")[0]) == name
    kind = _at(bench_of(right).catalogues[0], f"GBZ!D{row}")
    (changed,) = bench.with_replaced([Replacement(target, name, *kind[7:10])])
    assert said(changed.release.extracts[0]) == said(right)


def _at(catalogue: Catalogue, source: str) -> Statement:
    return next(one for one in catalogue.by_attribute["type"] if one.source == source)
