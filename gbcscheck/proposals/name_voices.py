"""Who speaks for another name of a row: the rows beside it, what the row says itself, who names it in a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gbcscheck.model import Finding, Statement, without_repeat
from gbcscheck.proposals.sheet_rows import CELL, Row
from gbcscheck.release.catalogue import Catalogue

_MEMBER = re.compile(r"/([0-9]+)/")


def belonging(of_row: Sequence[Statement], target: Statement, name: str) -> Iterator[Statement]:
    """What a row says itself that belongs to the new name, a code, and not to the one that it has: its service
    reference, which a variant begins with."""
    for one in of_row:
        if isinstance(one.value, str) and _belongs(name, one.value) and not _belongs(target.subject, one.value):
            yield one


def beside(rows: Mapping[Row, Sequence[Statement]], target: Statement, name: str) -> Iterator[Statement]:
    """Statements of the rows above and below the target's, where these are of the use case of another name; ``rows``
    are those of the document."""
    use_case = name.partition("/")[0]
    cell = CELL.fullmatch(target.source)
    if cell is None or use_case == target.subject.partition("/")[0]:
        return
    for step in (-1, 1):
        for one in rows.get((cell[1], int(cell[3]) + step), ())[:1]:
            if one.subject.partition("/")[0] == use_case:
                yield one


def in_order(catalogue: Catalogue, target: Statement, name: str) -> Iterator[Statement]:
    """Statements of the rows above and below the target's in a list of codes, where the new name has its place between
    theirs and the one that the row has now has not."""
    at = _MEMBER.match(target.source)
    if at is None or not _numbers_in(name):
        return
    found: dict[int, Statement] = {}
    for one in catalogue.parts[target.specification].of_attribute(target.attribute):
        row = _MEMBER.match(one.source)
        if row is not None and abs(int(row[1]) - int(at[1])) == 1:
            found.setdefault(int(row[1]) - int(at[1]), one)
    codes = {step: _numbers_in(without_repeat(one.subject)) for step, one in found.items()}

    def fits(code: str) -> bool:
        own = _numbers_in(without_repeat(code))
        return codes.get(-1, ()) < own and (1 not in codes or own < codes[1])

    if fits(name) and not fits(target.subject):
        yield from found.values()


def naming(finding: Finding, name: str) -> Iterator[Statement]:
    """The statements of a finding that name something in another row, or in another cell of this one: as their use
    case, as their value, or in their list."""
    use_case, slash, _ = name.partition("/")
    for one in finding.statements:
        if one.value == name or f'"{name}"' in (one.domain or "") or (slash and one.subject.startswith(f"{use_case}/")):
            yield one


def _numbers_in(code: str) -> tuple[int, ...]:
    """The numbers of a code, by which codes are in order: ``8.14.3`` stands before ``8.14.10``."""
    if re.fullmatch(r"0x[0-9A-Fa-f]+", code):
        return (int(code, 16),)
    return tuple(map(int, code.split("."))) if re.fullmatch(r"\d+(\.\d+)*", code) else ()


def _belongs(code: str, family: str) -> bool:
    return code == family or code.startswith(f"{family}.")
