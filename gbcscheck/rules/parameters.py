"""Values of parameters that a specification gives twice: in a table of parameters, and in the fields of its layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.components import fields_by_name, plain_name
from gbcscheck.evidence.value_words import one_of, printed, value_text
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_FEW = 16
"""How many values a table names one by one at most; more are a range, and a range is often stated beside a free field.
"""


@frozen
class _Field:
    """A field of a layout: what states its octets, and what states its values, if it is not free."""

    octets: Statement
    stated: Statement | None
    values: Domain | None


@frozen
class _Row:
    """A row of the table of parameters: what states its values, if anything does, and the fields that may carry it: one
    where a link says which."""

    parameter: Statement
    stated: Statement | None
    values: Domain | None
    own: Sequence[_Field]


@frozen
class _Described:
    """A parameter of a command: its rows, and the fields of its name."""

    rows: Sequence[_Row]
    fields: Sequence[_Field]


_Key = tuple[str, str, str]
"""A use case, and the plain names of a command and a parameter."""


@rule(
    "V104",
    "field-differs-between-tables",
    kind="value",
    severity="error",
    reads=("parameter", "command", "permitted", "constant", "octets"),
    question="Does a field of a message have one set of values in the table of parameters and another in its layout?",
    text="""
    GBCS describes a gas message twice: the table of ZCL parameters says which values a parameter may have, the byte
    layout says which octets stand in the field. Where the two sets have no value in common, a message that follows one
    table breaks the other. Where they have some in common, a message with one of the others does: that is a warning,
    and so is a field that the layout leaves free though the table names its values one by one, and a cell that nobody
    can read (`0x000308 = 1000`) of which the layout gives the value.

    Where the crosswalk says which field of several carries a row, that field alone is asked. Two use cases may divide
    the values of one parameter between them.

    **How to fix it.** Take the values that devices send, and write them in both tables.

    **Example.** A parameter given as `5 = incremental` whose field in every component of the layout is fixed to
    another number.
    """,
)
def field_differs_between_tables(catalogue: Catalogue) -> Iterator[Finding]:
    """Parameters whose permitted values, or constant, meet none of the fields of that name in the layout of the
    command, or are not quite theirs."""
    described = _described(catalogue)
    for key, one in described.items():
        told = [found for row in one.rows for found in _unlike_fields(catalogue, described, key, one, row)]
        yield from told
        if not told and all(row.values is not None for row in one.rows):
            yield from _beyond_rows(one)
    yield from _unread(catalogue)


def _unlike_fields(
    catalogue: Catalogue, described: Mapping[_Key, _Described], key: _Key, one: _Described, row: _Row
) -> Iterator[Finding]:
    """What is told of a row that no field follows, or some of whose values none has."""
    if row.stated is None or row.values is None:
        return
    permitted, valued = row.values, [field for field in one.fields if field.values is not None]
    stating = [field.stated for field in valued if field.stated is not None]
    held(catalogue, row.stated, stating)
    if all(_meet(field, permitted) is False for field in one.fields):
        yield field_differs_between_tables.finding(
            subject=row.parameter.subject,
            message="the table of parameters and the byte layout give a field different values",
            statements=(row.stated, *stating),
            witness=one_of(permitted),
            why=f"no layout of the command has {printed(permitted)} in this field.",
            suggestion="write the value that devices send in both tables",
        )
        return
    lacking = _lacking(permitted, row.own)
    if lacking is not None and not _is_divided(described, key, row):
        own = [field.stated for field in row.own if field.stated is not None]
        yield field_differs_between_tables.finding(
            severity="warning",
            subject=row.parameter.subject,
            message="the table of parameters permits a value that the byte layout does not have",
            statements=(row.stated, *own),
            witness=value_text(lacking),
            why=f"the layout has {' and '.join(one.written for one in own)} in this field.",
            suggestion="write the values that devices send in both tables",
        )


def _beyond_rows(one: _Described) -> Iterator[Finding]:
    """What is told of fields that may have values which no row of the table permits, though it permits others."""
    stated = [row.stated for row in one.rows if row.stated is not None]
    sets = [row.values for row in one.rows if row.values is not None]
    are_few = all(_are_few(row) for row in one.rows)
    for field in one.fields:
        if field.values is None or field.stated is None:
            if are_few:
                yield field_differs_between_tables.finding(
                    severity="warning",
                    subject=one.rows[0].parameter.subject,
                    message="the byte layout leaves a field free of which the table of parameters names the values",
                    statements=(*stated, field.octets),
                    witness=f"anything but {' and '.join(one.written for one in stated)}",
                    why="whoever goes by the layout sends what the table does not permit.",
                    suggestion="write the values that devices send in both tables",
                )
            continue
        beyond = _outside(field.values, sets)
        if beyond is not None:
            yield field_differs_between_tables.finding(
                severity="warning" if any(_meet(field, values) is not False for values in sets) else "",
                subject=one.rows[0].parameter.subject,
                message="the byte layout has a value that the table of parameters does not permit",
                statements=(*stated, field.stated),
                witness=value_text(beyond),
                why=f"the table permits {' and '.join(one.written for one in stated)}.",
                suggestion="write the values that devices send in both tables",
            )


def _unread(catalogue: Catalogue) -> Iterator[Finding]:
    """What is told of cells that could not be read, and begin with the name of a field of which the layout gives the
    values."""
    by_name, commands = catalogue.once(fields_by_name), catalogue.firsts("command")
    constants, permitted = catalogue.firsts("constant"), catalogue.firsts("permitted")
    for stated in catalogue.by_attribute.get("permitted", ()):
        command = commands.get(stated.subject) if stated.domain is None else None
        name, _, rest = str(stated.text).partition("\n")
        if command is None or not rest:
            continue
        of_command = plain_name(str(command.value))
        fields = by_name.get((stated.subject.partition("/")[0], plain_name(name)), ())
        layout = [
            found
            for field in fields
            if field.command == of_command
            and (found := constants.get(field.octets.subject) or permitted.get(field.octets.subject)) is not None
        ]
        if layout:
            yield field_differs_between_tables.finding(
                severity="warning",
                subject=stated.subject,
                message="the cell of the table of parameters cannot be read, and the byte layout gives the value",
                statements=(stated, *layout),
                witness=" ".join(rest.split()),
                why=f"the layout has {' and '.join(one.written for one in layout)} in this field.",
                suggestion="write the value that devices send in both tables",
            )


def _is_divided(described: Mapping[_Key, _Described], key: _Key, row: _Row) -> bool:
    """Whether use cases divide the values of a parameter between them: they have one cell for it, no value is in two of
    their layouts, and every one is in one of them."""
    of_others = [
        other.own
        for (use_case, *name), one in described.items()
        if use_case != key[0] and tuple(name) == key[1:]
        for other in one.rows
        if other.values == row.values and other.own != row.own
    ]
    elsewhere = [field for own in of_others for field in own]
    apart = all(
        field.values is not None and theirs.values is not None and _meet(field, theirs.values) is False
        for field in row.own
        for theirs in elsewhere
    )
    return bool(elsewhere) and apart and row.values is not None and _lacking(row.values, [*row.own, *elsewhere]) is None


def _meet(field: _Field, permitted: Domain) -> bool | None:
    """Whether a field has a value of a set; None where that is not known."""
    is_empty = field.values is not None and field.values.meet(permitted).is_empty()
    return None if is_empty is None else not is_empty


def _lacking(permitted: Domain, fields: Sequence[_Field]) -> object | None:
    """A value of a set that none of some fields has; None where there is none, or a field is free."""
    sets = [field.values for field in fields if field.values is not None]
    return _outside(permitted, sets) if sets and len(sets) == len(fields) else None


def _outside(values: Domain, sets: Iterable[Domain]) -> object | None:
    """A value of a set that is in none of some others; None where there is none, or none can be shown."""
    from gbcscheck.domains import union

    together = union(*sets)
    return values.difference_witness(together) if values.is_subset(together) is False else None


def _are_few(row: _Row) -> bool:
    """Whether a row names its values one by one."""
    members = row.values.members(_FEW) if row.values is not None else None
    return bool(members) and row.stated is not None and ".." not in str(row.stated.domain)


# --- what is described twice -----------------------------------------------------------------------------------------


def _described(catalogue: Catalogue) -> Mapping[_Key, _Described]:
    """Parameters with their rows and fields, as far as they have both. A field of a component of which the table names
    no parameter of that name is held against the only one of that name in its message."""
    by_name, commands = catalogue.once(fields_by_name), catalogue.firsts("command")
    constants, permitted = catalogue.firsts("constant"), catalogue.firsts("permitted")
    parameters: dict[tuple[str, str], dict[str, list[Statement]]] = {}
    for parameter in catalogue.by_attribute.get("parameter", ()):
        of_command = commands.get(parameter.subject)
        key = (parameter.subject.partition("/")[0], plain_name(str(parameter.value)))
        if of_command is not None and key in by_name:
            parameters.setdefault(key, {}).setdefault(plain_name(str(of_command.value)), []).append(parameter)

    def values(subject: str) -> tuple[Statement | None, Domain | None]:
        stated = permitted.get(subject) or constants.get(subject)
        return stated, catalogue.domain(stated) if stated is not None else None

    linked = catalogue.once(_linked)
    found: dict[_Key, _Described] = {}
    for (use_case, name), by_command in parameters.items():
        is_one = len({values(row.subject)[1] for rows in by_command.values() for row in rows}) == 1
        first = next(iter(by_command)) if is_one else ""
        for command, rows in by_command.items():
            named = by_name[use_case, name]
            messages = {field.message for field in named if field.command == command} if command == first else set()
            fields = [
                _Field(field.octets, *values(field.octets.subject))
                for field in named
                if field.command == command or (field.command not in by_command and field.message in messages)
            ]
            if fields:
                described = [_Row(row, *values(row.subject), _own(fields, linked.get(row.subject, ()))) for row in rows]
                found[use_case, command, name] = _Described(described, fields)
    return found


def _own(fields: Sequence[_Field], linked: Sequence[str]) -> Sequence[_Field]:
    """Those of some fields that links name; all of them where no link names one."""
    return [field for field in fields if field.octets.subject in linked] or fields


def _linked(catalogue: Catalogue) -> Mapping[str, Sequence[str]]:
    """The fields of layouts that carry rows, by the links that name both."""
    found: dict[str, list[str]] = {}
    for link in catalogue.crosswalk.links:
        fields = [end.row for end in link.all_ends_of("gbz")]
        for end in link.all_ends_of("command", "response") if fields else ():
            found.setdefault(end.row, []).extend(fields)
    return found


RULES = (field_differs_between_tables,)
