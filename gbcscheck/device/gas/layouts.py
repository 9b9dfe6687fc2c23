"""How the rows of the ``GBZ`` sheet become the layout of a message: components, groups of them, and their fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from gbcscheck.device.gas.payloads import ENTRIES, LOGS
from gbcscheck.device.gas.refusals import Answerable, any_failure, refusals
from gbcscheck.device.gas.rows import (
    ALERT,
    ANSWERED,
    BIG_ENDIAN,
    CIPHER,
    CIPHERED_LENGTH,
    CLUSTER,
    COMMAND,
    CONTROL,
    COUNT,
    FRAME_CONTROL,
    LENGTH,
    NUMBER,
    OCTETS,
    PARTS,
    PROFILE,
    REMAINDER,
    SEQUENCE,
    SIGNED,
    STATUS,
    STRING,
    TEXT,
    ComponentLayout,
    Field,
    Group,
    Message,
)
from gbcscheck.device.gas.values import Hexadecimal, UtcTime
from gbcscheck.device.gas.zcl import BitPattern, ZclRows, allowed_values
from gbcscheck.model import Statement, without_repeat
from gbcscheck.release.catalogue import Catalogue

_ROLES = {
    "Extended Header Control Field": CONTROL,
    "Extended Header Cluster ID": CLUSTER,
    "Extended Header GBZ Command Length": LENGTH,
    "Frame control": FRAME_CONTROL,
    "Command identifier": COMMAND,
    "Command identifier (UINT8)": ANSWERED,
    "Status (ENUM8)": STATUS,
    "Ciphered information length": CIPHERED_LENGTH,
    "Profile ID": PROFILE,
    "Total number of GBZ Use Case Specific Component(s)": COUNT,
    "Alert code": ALERT,
    "Transaction sequence number": SEQUENCE,
}
_HEXADECIMAL = frozenset((CONTROL, CLUSTER, FRAME_CONTROL, COMMAND, ANSWERED, STATUS, PROFILE, ALERT))
_WHOLE = re.compile(r"(U?INT|ENUM|BITMAP)(\d+)")
_FOUR_OCTETS = frozenset(("UTCTime", "Date", "TimeOfDay"))
_TOTAL = re.compile(r"will equal (\d+)$")
_TYPED = re.compile(r"\s*\((?:U?INT|ENUM|BITMAP|UTC|OCTETSTRING|CHARSTRING|BOOLEAN|Date|TimeOfDay|Refer).*\)$")
_DATA_TYPE = "Attribute Data Type"
_IF_SUCCESSFUL = "Omitted if unsuccessful "


class Layouts:
    """The messages of one catalogue, each worked out when it is first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[tuple[str, str], Message | None] = {}
        self._linked = frozenset(end.subject for link in catalogue.crosswalk.links for end in link.ends_of("gbz"))
        self._rows: dict[tuple[str, str], list[str]] = {}
        for statement in catalogue.by_attribute.get("octets", ()):
            use_case, _, rest = statement.subject.partition("/")
            part = rest.partition("/")[0]
            if part in PARTS.values():
                self._rows.setdefault((use_case, part), []).append(statement.subject)

    def of(self, use_case: str, purpose: str) -> Message | None:
        """The rows of a use case's command, response or alert; None where there are none."""
        key = (use_case, PARTS.get(purpose, ""))
        if key not in self._made:
            subjects = dict.fromkeys(self._rows.get(key, ()))
            self._made[key] = self._message(key, tuple(subjects)) if subjects else None
        return self._made[key]

    def has(self, use_case: str) -> bool:
        """Whether the use case has any rows."""
        return any((use_case, part) in self._rows for part in PARTS.values())

    def rows(self, use_case: str, purpose: str) -> Mapping[str, str]:
        """By the subject of a field of a message, the row of the parameter or attribute that it is the value of."""
        message = self.of(use_case, purpose)
        groups = message.groups if message is not None else ()
        layouts = (layout for group in groups for layout in (group.ordinary, *group.alternates))
        return {field.subject: field.asked for layout in layouts for field in layout.fields if field.asked}

    def _message(self, key: tuple[str, str], subjects: tuple[str, ...]) -> Message | None:
        zcl = ZclRows(self._catalogue, key[0])
        roles = [_role(subject) for subject in subjects]
        if PROFILE not in roles:
            return None
        firsts = [at for at, role in enumerate(roles) if role == CONTROL]
        head = subjects[roles.index(PROFILE) : firsts[0] if firsts else None]
        blocks = [subjects[at:stop] for at, stop in pairwise((*firsts, len(subjects)))]
        answerable = self._answerable(key[0])
        groups: list[Group] = []
        for block in blocks:
            layout = self._layout(block, zcl)
            occurs = self._catalogue.about(block[0].rpartition("/")[0], "occurs")
            text = occurs[0].written if occurs else ""
            if text.startswith("Alternate response") and groups:
                groups[-1] = _with_alternate(groups[-1], layout, text, occurs)
            else:
                fewest, most = self._counts(occurs)
                groups.append(Group(layout, (), (), fewest, most, False, occurs))
        if key[1] == PARTS["response"]:
            groups = [group._replace(refusals=refusals(group, answerable)) for group in groups]
        return Message(tuple(self._field(subject, zcl, -1, -1) for subject in head), tuple(groups))

    def _counts(self, occurs: tuple[Statement, ...]) -> tuple[int, int | None]:
        if not occurs or occurs[0].domain is None:
            return 1, 1
        allowed = allowed_values(self._catalogue, occurs[0])
        if isinstance(allowed, frozenset):
            return min(allowed), max(allowed)
        low, _, high = occurs[0].domain.partition("..")
        return int(low), int(high) if high else None

    def _answerable(self, use_case: str) -> Answerable:
        """The row of each command of the use case, by cluster and identifier."""
        found: dict[tuple[int, int], Statement] = {}
        cluster = -1
        for subject in self._rows.get((use_case, PARTS["command"]), ()):
            role = _role(subject)
            if role == CLUSTER:
                cluster = self._constant(subject)
            statement = self._catalogue.first(subject, "constant")
            if role == COMMAND and statement is not None:
                found.setdefault((cluster, self._constant(subject)), statement)
        return found

    def _constant(self, subject: str) -> int:
        statement = self._catalogue.first(subject, "constant")
        allowed = allowed_values(self._catalogue, statement) if statement is not None else None
        return next(iter(allowed)) if isinstance(allowed, frozenset) and len(allowed) == 1 else -1

    # --- one component ------------------------------------------------------------------------------------------------

    def _layout(self, subjects: tuple[str, ...], zcl: ZclRows) -> ComponentLayout:
        fixed = {_role(subject): self._constant(subject) for subject in reversed(subjects) if _role(subject)}
        cluster, command = fixed.get(CLUSTER, -1), fixed.get(COMMAND, -1)
        made: list[Field] = []
        encrypted: list[Field] = []
        attribute = -1
        for subject in subjects:
            name = subject.rpartition("/")[2]
            if name.startswith("Attribute Identifier"):
                attribute = self._constant(subject)
            field = self._field(subject, zcl, cluster, command, attribute)
            if self._catalogue.first(subject, "encrypted") is not None:
                encrypted.append(field)
                continue
            if encrypted:
                made.append(_cipher(encrypted))
                encrypted = []
            made.append(field)
        if encrypted:
            made.append(_cipher(encrypted))
        behind = [sum(field.size for field in made[at + 1 :] if not field.optional) for at in range(len(made))]
        length = fixed.get(LENGTH, -1)
        return ComponentLayout(
            subjects[0].rsplit("/", 2)[1],
            tuple(made),
            tuple(behind),
            cluster,
            length if length >= 0 else None,
            fixed.get(FRAME_CONTROL, -1),
            command,
            frozenset((fixed[ANSWERED],)) if fixed.get(ANSWERED, -1) >= 0 else None,
            _additional(made),
        )

    def _field(self, subject: str, zcl: ZclRows, cluster: int, command: int, attribute: int = -1) -> Field:
        name = without_repeat(subject).rpartition("/")[2]
        by_attribute = {statement.attribute: statement for statement in reversed(self._catalogue.about(subject))}
        type_name = by_attribute["type"].written if "type" in by_attribute else ""
        optional = "presence" in by_attribute
        label = _TYPED.sub("", name.removeprefix(_IF_SUCCESSFUL)).replace("|", "/")
        label += " answered" if _role(subject) == ANSWERED else ""
        kind, size = _reading(type_name, by_attribute["octets"])
        stated = by_attribute.get("constant") or by_attribute.get("permitted")
        role = _role(subject)
        allowed = allowed_values(self._catalogue, stated) if stated is not None else None
        statements: tuple[Statement, ...] = (stated,) if stated is not None else ()
        asked = subject if subject in self._linked else ""
        if type_name and kind != REMAINDER and label != _DATA_TYPE:
            # The value of an attribute is known by the attribute's number, a parameter by its name.
            key = (cluster, command, attribute if optional else -1, label)
            asked = asked or zcl.subject(*key)
            if stated is None:
                allowed, statements = zcl.allowed(*key)
        if kind == SIGNED and allowed is not None:
            allowed = BitPattern(allowed, size)
        parts = (ENTRIES.get(label) or LOGS.get(label, ())) if kind == REMAINDER else ()
        linked = {f"{subject}[*].{part.name}" for part in parts} & self._linked
        return Field(
            subject,
            label,
            kind,
            size,
            allowed,
            "constant" in by_attribute,
            optional,
            role,
            asked,
            _shown(role, type_name, label),
            statements or (by_attribute["octets"],),
            None,
            parts,
            frozenset(linked),
        )


def _role(subject: str) -> int:
    return _ROLES.get(without_repeat(subject).rpartition("/")[2], 0)


def _additional(fields: list[Field]) -> int:
    """How many octets stand between the stated length and the frame."""
    roles = [field.role for field in fields]
    if LENGTH not in roles or FRAME_CONTROL not in roles:
        return 0
    return sum(field.size for field in fields[roles.index(LENGTH) + 1 : roles.index(FRAME_CONTROL)])


def _shown(role: int, type_name: str, label: str) -> type[int]:
    if type_name == "UTCTime" or label in ("From Date Time", "Time stamp"):
        return UtcTime
    return Hexadecimal if role in _HEXADECIMAL or type_name.startswith(("ENUM", "BITMAP")) else int


def _reading(type_name: str, octets: Statement) -> tuple[int, int]:
    """How a field is read, and its size: that of its type where the sheet leaves it open, 0 where it varies."""
    stated = int(octets.domain) if octets.domain is not None and octets.domain.isdigit() else 0
    whole = _WHOLE.fullmatch(type_name)
    if whole is not None:
        return SIGNED if whole[1] == "INT" else NUMBER, stated or int(whole[2]) // 8
    if type_name in _FOUR_OCTETS:
        return NUMBER, stated or 4
    if type_name == "BOOLEAN":
        return NUMBER, stated or 1
    if type_name in ("OCTETSTRING", "CHARSTRING"):
        return TEXT if type_name == "CHARSTRING" else STRING, stated
    if type_name or not stated:
        return REMAINDER, stated
    return BIG_ENDIAN if stated <= 4 else OCTETS, stated


def _cipher(fields: list[Field]) -> Field:
    """Encrypted fields as one: ``sizes`` are the numbers of octets that they can have together, None where the sheet
    leaves that of any open. Octets that are encrypted are as many as those that are not."""
    sizes = {0}
    is_open = False
    if_successful = 0
    for field in fields:
        is_open |= not field.size
        if field.optional:
            if_successful += field.size
            continue
        sizes |= {size + if_successful for size in sizes}
        sizes = {size + field.size for size in sizes}
        if_successful = 0
    sizes |= {size + if_successful for size in sizes}
    first, last = fields[0], fields[-1]
    return Field(
        subject=first.subject,
        label=f"encrypted: {len(fields)} fields, {first.label} to {last.label}",
        kind=CIPHER,
        size=min(sizes),
        allowed=None,
        fixed=False,
        optional=False,
        role=0,
        asked="",
        shown=int,
        statements=first.statements[:1] + last.statements[:1],
        sizes=None if is_open else frozenset(sizes),
    )


def _with_alternate(group: Group, layout: ComponentLayout, text: str, stated: Iterable[Statement]) -> Group:
    """The group with one alternate more. Where their number together is stated it is that of the group; else one
    alternate stands in place of all ordinary ones."""
    layout = any_failure(layout)
    total = _TOTAL.search(text)
    occurs = (*group.occurs, *stated)
    if total is not None:
        count = int(total[1])
        return group._replace(
            alternates=(*group.alternates, layout), fewest=count, most=count, of_all=True, occurs=occurs
        )
    return group._replace(alternates=(*group.alternates, layout), fewest=1, occurs=occurs)


def layouts(catalogue: Catalogue) -> Layouts:
    """The messages of a catalogue."""
    return catalogue.once(Layouts)
