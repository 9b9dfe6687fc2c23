"""A user's own files over a release: which of its parts they are, and take the place of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gbcscheck.facts.extract_file import Extract, Reading
from gbcscheck.frozen import frozen
from gbcscheck.model import Specification
from gbcscheck.model.coverage import NotRead


@frozen
class OwnSource:
    """What was read of one specification of a user's: its statements, what could not be read, and which parts of the
    release it took the place of (none where it is an addition)."""

    reading: Reading
    replaces: tuple[Specification, ...] = ()

    @property
    def specification(self) -> Specification:
        """What it is of."""
        return self.reading.extract.specification


def not_read_lines(files: Iterable[NotRead]) -> Iterator[str]:
    """A line for each file that is not read."""
    return (f"{one.place}: {one.reason}" for one in files)


def in_order(extract: Extract) -> tuple[str, str, str, str]:
    """The order of a user's files, which is not the order in which they were given."""
    spec = extract.specification
    return spec.name, spec.part, spec.version, extract.path


def named_like(reading: Reading, base: Iterable[Extract]) -> Reading:
    """A table that names no specification, taken for the part of a release that its file is named after
    (``table-28d.csv`` for GBCS Table 28d)."""
    extract, spec = reading.extract, reading.extract.specification
    stem = Path(extract.source_name or extract.path).stem
    if spec.name != stem:
        return reading
    for known in base:
        if _bare(known.specification.part) == _bare(stem):
            named = replace(extract, specification=known.specification._replace(version=spec.version))
            return replace(reading, extract=named, recognised=f'"{stem}", the name of its file')
    return reading


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def laid_over(base: tuple[Extract, ...], own: tuple[Extract, ...]) -> tuple[Extract, ...]:
    """The base's extracts with the user's in the place of those for the same specification and part."""
    taken = {_slot(extract) for extract in own}
    return (*(extract for extract in base if _slot(extract) not in taken), *own)


def witnesses_of(
    witnesses: Sequence[Extract], base: tuple[Extract, ...], own: tuple[Extract, ...]
) -> tuple[Sequence[Extract], tuple[Extract, ...]]:
    """The witnesses of a release with the user's in the place of those of the same document and part, and the user's
    extracts that are none."""
    parts = {_slot(extract) for extract in base}
    others = [extract for extract in own if _slot(extract) not in parts]
    slots = {_slot(extract) for extract in witnesses} if others else set()
    mine = tuple(extract for extract in others if _slot(extract) in slots)
    if not mine:
        return witnesses, own
    return laid_over(tuple(witnesses), mine), tuple(extract for extract in own if extract not in mine)


def _slot(extract: Extract) -> tuple[str, str]:
    return extract.specification.name.casefold(), extract.specification.part.casefold()


def replaced(base: Iterable[Extract], own: Extract) -> tuple[Specification, ...]:
    """The parts of a release whose place a user's extract takes."""
    return tuple(extract.specification for extract in base if _slot(extract) == _slot(own))
