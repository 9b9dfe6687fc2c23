"""Extracts of documents from outside that bear witness to what the documents of a release say: never held against each
other, and no authority. Rules ask them through ``Catalogue.witnesses``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from gbcscheck.facts.extract_file import Extract
from gbcscheck.facts.store import load_shipped


class ShippedWitnesses(Sequence[Extract]):
    """Those that ship, by their paths in the repository; read when somebody first asks for one."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = tuple(paths)

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Extract: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Extract]: ...

    def __getitem__(self, index: int | slice) -> Extract | Sequence[Extract]:
        return self._read[index]

    @cached_property
    def _read(self) -> tuple[Extract, ...]:
        return tuple(load_shipped(path) for path in self._paths)
