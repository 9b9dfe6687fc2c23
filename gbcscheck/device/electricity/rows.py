"""The DLMS rows of a use case, as the shape that a message has to have: groups of rows, each one access to an object.

How rows read when they meet messages (GBCS section 18, found on the Reference Test Data Set):

* rows of one object and member that follow each other are one access, in the order of the rows;
* rows marked encrypted stand for what the class 30 object of the use case protects, and are no access of their own;
* a row that points at its notes describes an operation and no value;
* rows below ``range_descriptor`` are the parameters of selective access, not the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gbcscheck.cosem.axdr import ARRAY, STRUCTURE, TAGS
from gbcscheck.domains import Bits, Domain, Octets, Texts
from gbcscheck.model import Statement
from gbcscheck.notation.attribute_path import AttributePath, Step, read_attribute_path
from gbcscheck.notation.dlms_type import DlmsType, read_dlms_type
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.obis import logical_name
from gbcscheck.release.catalogue import Catalogue

SELECTION = "range_descriptor"
"""The structure of selective access by a range (COSEM class 7, buffer)."""
TWIN, OPTIONAL = "twin element", "optional"
"""Presences: only on meters with two elements, and wherever the sender likes."""
PROTECTION_CLASS = 30
"""The class of the objects that protect other objects' attributes (COSEM Data protection)."""
FIELD_ORDER = "fields"
"""Attribute of ``class 8/preset_adjusting_time``: the order of a structure's fields where the rows have another."""
_TAG_BY_NAME = {name: tag for tag, name in TAGS.items()} | {"null": 0}


@dataclass(slots=True)
class Leaf:
    """One row: what its value has to be. ``tag`` is None where any type may stand there; ``encoding`` is what the row
    says that its octets hold (``date``), ``wording`` that or what the class says; ``memo`` holds the verdicts on values
    seen before, by direction."""

    subject: str
    name: str
    catalogue: Catalogue
    data_type: DlmsType | None
    tag: int | None
    type_domain: Domain | None
    constant: Domain | None
    permitted: Domain | None
    encoding: str
    wording: str
    presence: str
    memo: dict[tuple[str, int, object], str] = field(default_factory=dict)

    def statements(self, *attributes: str) -> tuple[Statement, ...]:
        """What the row says, of these attributes."""
        return self.catalogue.about(self.subject, *attributes)

    @property
    def is_open(self) -> bool:
        """Whether anything may stand there: a structure that the notes describe, or a row without a type."""
        return self.tag is None or self.tag in (ARRAY, STRUCTURE)


def may_be_absent(presence: str, variant: str) -> bool:
    """Whether a message may lack what has this presence: all but ``twin`` meters lack what is for two elements."""
    return presence == OPTIONAL or (presence == TWIN and variant != "twin")


@dataclass(slots=True)
class ValueShape:
    """A value: a leaf, a structure of named fields, or an array of elements (the same for each, or one by position).

    ``bounds`` are the fewest and most elements; ``occurs`` is the subject whose statement says so.
    """

    name: str
    leaf: Leaf | None = None
    fields: dict[str, ValueShape] = field(default_factory=dict)
    element: ValueShape | None = None
    positions: dict[int, ValueShape] = field(default_factory=dict)
    bounds: tuple[int, int] | None = None
    occurs: str = ""

    @property
    def presence(self) -> str:
        """What all rows under this node say of their presence (``twin element``); empty where they do not agree."""
        presences = {leaf.presence for leaf in self.leaves()}
        return presences.pop() if len(presences) == 1 else ""

    def leaves(self) -> Iterator[Leaf]:
        """Every row under this node."""
        if self.leaf is not None:
            yield self.leaf
        for node in (*self.fields.values(), *self.positions.values(), *((self.element,) if self.element else ())):
            yield from node.leaves()


@dataclass(slots=True)
class Group:
    """The rows of one access: class, logical name (six octets; None where the table gives none) and member.

    ``presence`` is ``optional`` or ``twin element`` where every row says so, empty where the access has to be there.
    """

    item: str
    class_id: int | None
    name: bytes | None
    member: str
    leaves: list[Leaf] = field(default_factory=list)
    value: ValueShape | None = None
    selection: dict[str, Leaf] = field(default_factory=dict)
    presence: str = ""
    key: tuple[int | None, bytes | None, str] = field(init=False)
    """What an access has to name."""
    is_method: bool = field(init=False)
    """Whether the access is an action."""

    def __post_init__(self) -> None:
        self.key = self.class_id, self.name, self.member
        self.is_method = self.member.startswith("method")

    def statements(self, *attributes: str) -> tuple[Statement, ...]:
        """What the first row says, of these attributes."""
        return self.leaves[0].statements(*attributes)


@dataclass(frozen=True)
class Rows:
    """The rows of one use case: its accesses in order, and the attributes that its class 30 object protects."""

    use_case: str
    catalogue: Catalogue
    groups: tuple[Group, ...]
    protected: tuple[Group, ...]
    notified: tuple[Group, ...]


def rows_of(use_case: str, catalogue: Catalogue) -> Rows:
    """The shape of the messages of a use case, compiled once; groups are empty where it has no DLMS rows."""
    known = catalogue.once(_compiled)
    if use_case not in known:
        known[use_case] = compile_rows(use_case, catalogue)
    return known[use_case]


def _compiled(catalogue: Catalogue) -> dict[str, Rows]:
    """Rows by use case, filled as messages come."""
    return {}


def compile_rows(use_case: str, catalogue: Catalogue) -> Rows:
    """The shape of the messages of a use case; groups are empty where it has no DLMS rows."""
    groups: list[Group] = []
    protected: list[Group] = []
    notified: list[Group] = []
    last: Group | None = None
    for subject in catalogue.once(_subjects).get(use_case, ()):
        member = _value(catalogue, subject, "member")
        name, class_id = _object(catalogue, subject)
        encrypted = bool(_value(catalogue, subject, "encrypted"))
        into = protected if encrypted else groups if name is not None else notified
        key = (class_id, name, member)
        if last is None or last.key != key or not into or into[-1] is not last:
            last = Group(subject.partition("/")[2].split(".")[0], class_id, name, member)
            into.append(last)
        last.leaves.append(_leaf(catalogue, subject))
    for group in (*groups, *protected, *notified):
        _shape(group)
    return Rows(use_case, catalogue, tuple(groups), tuple(protected), tuple(notified))


def use_cases_with_rows(catalogue: Catalogue) -> tuple[str, ...]:
    """The use cases that have DLMS rows, in the order of the tables."""
    return tuple(catalogue.once(_subjects))


def _subjects(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Subjects of DLMS rows by use case."""
    by_use_case: dict[str, list[str]] = {}
    for statement in catalogue.by_attribute.get("member", ()):
        by_use_case.setdefault(statement.subject.partition("/")[0], []).append(statement.subject)
    return by_use_case


def _value(catalogue: Catalogue, subject: str, attribute: str) -> str:
    statement = catalogue.first(subject, attribute)
    return "" if statement is None else statement.written


def _object(catalogue: Catalogue, subject: str) -> tuple[bytes | None, int | None]:
    """Logical name and class of a row; None for those that the table does not give (``Not specified``)."""
    class_id = _value(catalogue, subject, "class")
    try:
        name = logical_name(_value(catalogue, subject, "object"))
    except NotationError:
        return None, None
    return name, int(class_id) if class_id.isdigit() else None


def _leaf(catalogue: Catalogue, subject: str) -> Leaf:
    domain = {}
    for attribute in ("type", "constant", "permitted"):
        statement = catalogue.first(subject, attribute)
        domain[attribute] = catalogue.domain(statement) if statement is not None else None
    data_type = None
    text = _value(catalogue, subject, "type")
    if text:
        try:
            data_type = read_dlms_type(text)
        except NotationError:
            data_type = None
    tag = _TAG_BY_NAME.get(data_type.name) if data_type else None
    encoding, class_id = _value(catalogue, subject, "encoding"), _value(catalogue, subject, "class")
    return Leaf(
        subject,
        subject.rpartition(".")[2],
        catalogue,
        data_type,
        tag,
        domain["type"] if isinstance(domain["type"], Octets | Bits | Texts) else None,
        domain["constant"],
        domain["permitted"],
        encoding,
        encoding or _value(catalogue, f"class {class_id}/{subject.partition('.')[2]}", "encoding"),
        _value(catalogue, subject, "presence"),
    )


# --- shapes ----------------------------------------------------------------------------------------------------------


def _shape(group: Group) -> None:
    """Build the tree of the group's value, and set its presence."""
    presences = set()
    for leaf in group.leaves:
        path = _path(leaf)
        presences.add(leaf.presence)
        if path is None or path.in_notes:
            continue
        if path.steps and path.steps[0].name == SELECTION:
            group.selection[path.steps[-1].name] = leaf
            continue
        if group.value is None:
            group.value = ValueShape(path.attribute)
        _insert(group.value, path.steps, leaf)
    group.presence = presences.pop() if len(presences) == 1 else ""
    if group.value is not None:
        _order_fields(group, group.value)


def _path(leaf: Leaf) -> AttributePath | None:
    text = _value(leaf.catalogue, leaf.subject, "element")
    if not text:
        return None
    try:
        return read_attribute_path(text)
    except NotationError:
        return None


def _insert(node: ValueShape, steps: tuple[Step, ...], leaf: Leaf) -> None:
    """Hang a leaf into a value. After the attribute's name a path names a type, or an array with its bounds; after an
    array's bounds the type of its elements, where more follows."""
    if not steps:
        _set_leaf(node, leaf)
        return
    first, *rest = steps
    if first.index is not None:
        _insert_element(node, first, tuple(rest), leaf)
    elif not rest:
        _set_leaf(node, leaf)
    else:
        _insert_field(node, tuple(rest), leaf)


def _set_leaf(node: ValueShape, leaf: Leaf) -> None:
    """The first row of a value that has a type is the one that speaks of it."""
    if node.leaf is None or (node.leaf.data_type is None and leaf.data_type is not None):
        node.leaf = leaf


def _insert_field(structure: ValueShape, steps: tuple[Step, ...], leaf: Leaf) -> None:
    first, *rest = steps
    child = structure.fields.setdefault(first.name, ValueShape(first.name))
    if first.index is not None:
        _insert_element(child, first, tuple(rest), leaf)
    elif rest:
        _insert_field(child, tuple(rest), leaf)
    else:
        _set_leaf(child, leaf)


def _insert_element(array: ValueShape, step: Step, rest: tuple[Step, ...], leaf: Leaf) -> None:
    assert step.index is not None
    array.bounds = (step.index.low, step.index.high)
    array.occurs = array.occurs or _array_subject(leaf, step)
    if step.index.position is None:
        child = array.element = array.element or ValueShape("")
    else:
        child = array.positions.setdefault(step.index.position, ValueShape(""))
    if len(rest) > 1:
        _insert_field(child, rest[1:], leaf)
    else:
        _set_leaf(child, leaf)


def _array_subject(leaf: Leaf, step: Step) -> str:
    """The subject of the statement on the array's bounds: the leaf's, up to the array's name."""
    head, found, _ = leaf.subject.rpartition(f"{step.name}[")
    return f"{head}{step.name}" if found else leaf.subject


def _order_fields(group: Group, node: ValueShape) -> None:
    """Put the fields of a structure into the order that the class defines, where a specification states it."""
    stated = group.leaves[0].catalogue.first(f"class {group.class_id}/{node.name}", FIELD_ORDER)
    if stated is not None:
        order = [name.strip() for name in str(stated.value).split(",")]
        if set(order) == set(node.fields):
            node.fields = {name: node.fields[name] for name in order}
    for child in (*node.fields.values(), *node.positions.values(), *((node.element,) if node.element else ())):
        _order_fields(group, child)
