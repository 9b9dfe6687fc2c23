"""Which access of a message is which group of rows: in order, optional groups left out where the message has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gbcscheck.cosem.access import Access, Response
from gbcscheck.cosem.axdr import ARRAY, COMPACT_ARRAY, STRUCTURE, Data
from gbcscheck.device.electricity.rows import TWIN, Group, ValueShape, may_be_absent

DIFFERS, LEFT_OUT, ADDED = 3, 2, 2
"""What it costs to take an access for another one, to miss an access, and to have one too many."""


Pairs = list[tuple[int | None, Group | None]]
"""Places in a message and groups; None for a group that the message lacks, or for a place without a group."""


def pair_requests(accesses: Sequence[Access], groups: Sequence[Group], variant: str) -> Pairs:
    """The places of accesses with their groups, in order."""
    quick = _in_order(accesses, groups, variant)
    if quick is not None:
        return quick

    def cost(place: int, group: Group) -> int:
        access = accesses[place]
        return 0 if group.key == (access.class_id, access.name, access.member) else DIFFERS

    return _aligned(len(accesses), groups, variant, cost)


def _in_order(accesses: Sequence[Access], groups: Sequence[Group], variant: str) -> Pairs | None:
    """The usual case: every access names the next group, but for those that may be absent. None in any other case."""
    found: Pairs = []
    place = 0
    for group in groups:
        if place < len(accesses):
            access = accesses[place]
            if group.key == (access.class_id, access.name, access.member):
                if variant not in ("", "twin") and group.presence == TWIN:
                    return None
                found.append((place, group))
                place += 1
                continue
        if not may_be_absent(group.presence, variant):
            return None
    return found if place == len(accesses) else None


def pair_responses(response: Response, groups: Sequence[Group], variant: str) -> Pairs:
    """The places of the answers with their groups. A response names no objects: where it has fewer answers than there
    are groups, those left out are found by the kinds of the answers and the types of their values."""
    count = max(len(response.data), len(response.results))
    if count == len(groups):
        return [(place, group) for place, group in enumerate(groups)]

    def cost(place: int, group: Group) -> int:
        if place < len(response.results):
            result = response.results[place]
            if (result.choice == 3) != group.is_method:
                return DIFFERS
            if result.choice == 2 or result.result != 0:
                return 0
        if place >= len(response.data) or group.is_method or group.value is None:
            return 0
        return 0 if _may_be(response.data[place], group.value) else 1

    return _aligned(count, groups, variant, cost)


def _may_be(data: Data, node: ValueShape) -> bool:
    """Whether a value has the type of a node at its top, and in its first member."""
    if node.leaf is not None and not node.fields and node.element is None:
        return node.leaf.tag in (None, data.tag)
    if node.element is not None or node.positions:
        if data.tag not in (ARRAY, COMPACT_ARRAY):
            return False
        return node.element is None or not data.members or _may_be(data.members[0], node.element)
    return data.tag == STRUCTURE and len(data.members) == len(node.fields)


def _aligned(count: int, groups: Sequence[Group], variant: str, cost: Callable[[int, Group], int]) -> Pairs:
    """The cheapest pairing in order (edit distance)."""
    lacking = [0 if may_be_absent(group.presence, variant) else LEFT_OUT for group in groups]
    wide = len(groups) + 1
    table = [[0] * wide for _ in range(count + 1)]
    for column in range(1, wide):
        table[0][column] = table[0][column - 1] + lacking[column - 1]
    for row in range(1, count + 1):
        table[row][0] = row * ADDED
        for column in range(1, wide):
            table[row][column] = min(
                table[row - 1][column - 1] + cost(row - 1, groups[column - 1]),
                table[row][column - 1] + lacking[column - 1],
                table[row - 1][column] + ADDED,
            )
    found: Pairs = []
    row, column = count, len(groups)
    while row or column:
        here = table[row][column]
        if row and column and here == table[row - 1][column - 1] + cost(row - 1, groups[column - 1]):
            row, column = row - 1, column - 1
            found.append((row, groups[column]))
        elif column and here == table[row][column - 1] + lacking[column - 1]:
            column -= 1
            if lacking[column]:
                found.append((None, groups[column]))
        else:
            row -= 1
            found.append((row, None))
    return found[::-1]
