"""The rows of a use case for DLMS commands, and which of them each octet of a command answers to.

For the mutation test only: it reads the statements of the tables by itself, so that it shares no mistake with the
judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gbcscheck.cosem.access import Access, Request
from gbcscheck.cosem.axdr import ARRAY, COMPACT_ARRAY, STRUCTURE, Data
from gbcscheck.release.catalogue import Catalogue

Path = tuple[int, ...]
"""Where a value stands in another: the number of the member at each level."""
BOUNDS = re.compile(r"\[(\d+)(?:of(\d+))?\.\.(\d+)\]$")
STEP = re.compile(r"\.(?![^\[]*\])")
DATES = {"date": 5, "time": 4, "date-time": 12}
"""Encodings by the octets that they take."""


class DlmsRow(NamedTuple):
    """A row of the DLMS sheet: where its value stands, and what the table fixes of it."""

    subject: str
    number: int
    object: tuple[int, bytes, str]
    element: str
    type: str
    constant: str
    encoding: str
    value_type: str
    presence: str

    @property
    def steps(self) -> tuple[str, ...]:
        """The path to the value, the attribute itself first."""
        return tuple(STEP.split(self.element.partition(":")[2] or self.element))

    @property
    def length(self) -> int | None:
        """The n of ``octet-string(n)``, ``bit-string(n)`` or a text."""
        found = re.search(r"string\((\d+)\)", self.type)
        return int(found[1]) if found else None

    @property
    def exact(self) -> bool:
        """Whether the length is fixed: logical names, constants, dates and times."""
        if self.length is None:
            return False
        named = self.length == 6 and self.steps[-1].endswith("logical_name")
        return bool(self.constant) or named or DATES.get(self.encoding) == self.length

    @property
    def no_wildcards(self) -> bool:
        """Whether the row forbids unspecified fields. Where it speaks of a date-time and the value is a date (the
        non-disablement calendar), real messages have them: the words are not about that value."""
        kind, _, rest = self.value_type.casefold().partition(" ")
        return rest == "no wildcards" and kind == self.encoding


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one access, in their order."""

    rows: tuple[DlmsRow, ...]

    @property
    def object(self) -> tuple[int, bytes, str]:
        return self.rows[0].object

    @property
    def optional(self) -> bool:
        return any(row.presence for row in self.rows)


@dataclass(slots=True)
class Matched:
    """What of a value answers to which row: its leaves, its arrays with their bounds, its structures."""

    leaves: list[tuple[Path, Data, DlmsRow]] = field(default_factory=list)
    arrays: list[tuple[Path, Data, DlmsRow, int, int]] = field(default_factory=list)
    structures: list[tuple[Path, Data, DlmsRow]] = field(default_factory=list)


def groups_by_use_case(catalogue: Catalogue) -> Mapping[str, tuple[Group, ...]]:
    """The groups of rows of every use case of the tables in a catalogue, in the order of the sheet."""
    rows: dict[str, list[DlmsRow]] = {}
    for statement in catalogue.in_part("GBCS", "use cases", "element"):
        by_attribute = {one.attribute: one for one in catalogue.by_subject[statement.subject]}
        texts = {name: one.text or one.domain or str(one.value) for name, one in by_attribute.items()}
        use_case = statement.subject.partition("/")[0]
        if not texts["class"].isdigit():
            continue  # the sheet names no object for this row
        row = DlmsRow(
            statement.subject,
            int(re.sub(r"\D", "", statement.source)),
            (int(texts["class"]), _logical_name(texts["object"]), texts["member"]),
            texts["element"],
            texts.get("type", ""),
            by_attribute["constant"].domain or "" if "constant" in by_attribute else "",
            texts.get("encoding", ""),
            texts.get("value-type", ""),
            texts.get("presence", ""),
        )
        rows.setdefault(use_case, []).append(row)
    return {use_case: tuple(_grouped(sorted(own, key=lambda row: row.number))) for use_case, own in rows.items()}


def _logical_name(text: str) -> bytes:
    return bytes(int(number) for number in re.findall(r"\d+", text)[:6])


def _grouped(rows: Iterable[DlmsRow]) -> Iterator[Group]:
    group: list[DlmsRow] = []
    for row in rows:
        if group and (row.object != group[0].object or row.element in {one.element for one in group}):
            yield Group(tuple(group))
            group = []
        group.append(row)
    if group:
        yield Group(tuple(group))


def pair(request: Request, groups: tuple[Group, ...]) -> list[tuple[int, Group]]:
    """Number of each access and the group that it answers to; those that answer to none are left out."""
    pairs = []
    at = 0
    for number, access in enumerate(request.accesses):
        for later in range(at, len(groups)):
            if groups[later].object == triple(access):
                pairs.append((number, groups[later]))
                at = later + 1
                break
    return pairs


def triple(access: Access) -> tuple[int, bytes, str]:
    """Class, logical name and member of an access."""
    return (access.class_id, access.name, access.member)


def match(data: Data, group: Group) -> Matched:
    """Which parts of the value of a set or an action answer to which rows of its group."""
    paths = [row.steps for row in group.rows]
    rows = [
        row
        for row in group.rows
        if not any(row.steps == path[: len(row.steps)] and len(path) > len(row.steps) for path in paths)
        and (":" in row.element or not any(":" in other.element for other in group.rows))
    ]
    # Blue Book, class 8: of the interval in which a preset time is valid, the start comes before the end; the sheet has
    # the two the other way round.
    rows.sort(key=lambda row: row.steps[-1] == "validity_interval_end")
    matched = Matched()
    _match(data, rows, 1, (), matched)
    return matched


def _match(data: Data, rows: list[DlmsRow], depth: int, path: Path, matched: Matched) -> None:
    if data.tag == ARRAY:
        bounds = BOUNDS.search(rows[0].steps[depth - 1]) if len(rows[0].steps) >= depth else None
        if bounds is None:
            return
        matched.arrays.append((path, data, rows[0], int(bounds[2] or bounds[1]), int(bounds[3])))
        for index, member in enumerate(data.members):
            own = rows
            if bounds[2]:
                own = [row for row in rows if f"[{index + 1}of" in row.steps[depth - 1]]
            if own:
                _match(member, own, depth + 1, (*path, index), matched)
    elif data.tag == STRUCTURE:
        parts: list[list[DlmsRow]] = []
        for row in rows:
            if len(row.steps) <= depth:
                return
            if parts and parts[-1][0].steps[depth] == row.steps[depth]:
                parts[-1].append(row)
            else:
                parts.append([row])
        if len(parts) != len(data.members):
            return
        matched.structures.append((path, data, rows[0]))
        for index, (member, part) in enumerate(zip(data.members, parts, strict=True)):
            _match(member, part, depth + 1, (*path, index), matched)
    elif data.tag != COMPACT_ARRAY and len(rows) == 1 and len(rows[0].steps) <= depth:
        matched.leaves.append((path, data, rows[0]))


def replaced(data: Data, path: Path, new: Data | None) -> Data:
    """A value with another at a place in it, or with none there; offsets and lengths are left as they were."""
    if not path:
        assert new is not None
        return new
    members = list(data.members)
    if len(path) == 1 and new is None:
        del members[path[0]]
    else:
        members[path[0]] = replaced(members[path[0]], path[1:], new)
    return data._replace(value=tuple(members))
