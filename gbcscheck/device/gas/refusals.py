"""Default responses that stand in the place of what the rows of a response lay out."""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.cosem.gbz import DEFAULT_RESPONSE, ENCRYPTED, FRAME_HEADER_LENGTH, FROM_SERVER, LAST
from gbcscheck.device.gas.rows import (
    ANSWERED,
    CLUSTER,
    COMMAND,
    CONTROL,
    FRAME_CONTROL,
    LENGTH,
    NUMBER,
    SEQUENCE,
    STATUS,
    ComponentLayout,
    Field,
    Group,
)
from gbcscheck.device.gas.zcl import Allowed
from gbcscheck.model import Statement

NOT_CARRIED_OUT, FAILURE = 0xFF, 0x01
FAILURES = range(1, 0x100)
"""Every status but 0, success."""
_LENGTH = FRAME_HEADER_LENGTH + 2

Answerable = Mapping[tuple[int, int], Statement]
"""The row of each command of a use case, by cluster and command identifier."""


def refusals(group: Group, answerable: Answerable) -> tuple[ComponentLayout, ...]:
    """What may stand in the place of any component of a response that its rows do not name: ZCL default responses.

    A device that cannot carry out a command answers it with a default response that names the command and has a status
    of failure; commands behind one that failed are answered by command 0xFF with status 0x01. Both are in the ZigBee
    Cluster Library and in what conforming devices send, not in the sheet, which also gives some default responses a
    single status of failure (0x8B, not found): any failure may take its place. What stays wrong: the status of success
    in the place of an answer, another cluster or control, a direction other than that of a default response that the
    rows do lay out at that place, a command that the use case does not send.
    """
    ordinary = group.ordinary
    rows = {field.role: field for field in reversed(ordinary.fields)}
    if not {CONTROL, CLUSTER, LENGTH, FRAME_CONTROL, SEQUENCE, COMMAND} <= rows.keys():
        return ()
    answers = [field for layout in (*group.alternates, ordinary) for field in layout.fields if field.role == ANSWERED]
    if answers:
        answered = answers[0]
    else:
        sent = {command: row for (cluster, command), row in answerable.items() if cluster == ordinary.cluster}
        answered = rows[COMMAND]._replace(allowed=frozenset(sent), statements=tuple(sent.values()), kind=NUMBER)
    not_carried_out = answered._replace(allowed=frozenset((NOT_CARRIED_OUT,)))
    return (
        _refusal(group, rows, answered, FAILURES),
        _refusal(group, rows, not_carried_out, frozenset((FAILURE,))),
    )


def _refusal(group: Group, rows: Mapping[int, Field], answered: Field, statuses: Allowed) -> ComponentLayout:
    layouts = (group.ordinary, *group.alternates)
    controls = [each for each in (layout.fields[0].allowed for layout in layouts) if each is not None]
    plain = frozenset(bit for bit in (0, LAST) if any(bit in each or bit | ENCRYPTED in each for each in controls))
    laid_out = [layout.frame_control for layout in layouts if layout.answered is not None]
    frame_controls = frozenset(laid_out or (0, FROM_SERVER))
    status = rows.get(STATUS, rows[COMMAND])
    fields = (
        rows[CONTROL]._replace(allowed=plain),
        rows[CLUSTER],
        rows[LENGTH]._replace(allowed=frozenset((_LENGTH,))),
        rows[FRAME_CONTROL]._replace(allowed=frame_controls),
        rows[SEQUENCE],
        rows[COMMAND]._replace(allowed=frozenset((DEFAULT_RESPONSE,))),
        answered._replace(label="Command identifier answered", role=ANSWERED, kind=NUMBER),
        status._replace(label="Status", role=STATUS, allowed=statuses, kind=NUMBER, fixed=False),
    )
    return ComponentLayout(
        name="Default Response",
        fields=fields,
        behind=(9, 7, 5, 4, 3, 2, 1, 0),
        cluster=group.ordinary.cluster,
        length=_LENGTH,
        frame_control=min(frame_controls),
        command=DEFAULT_RESPONSE,
        answered=frozenset(answered.allowed) if isinstance(answered.allowed, frozenset) else frozenset(),
        additional=0,
        is_refusal=True,
    )


def any_failure(layout: ComponentLayout) -> ComponentLayout:
    """The layout of a default response with any failure in the place of its single one: see ``refusals``."""
    return layout._replace(fields=tuple(_any_failure(field) for field in layout.fields))


def _any_failure(field: Field) -> Field:
    if field.role == STATUS and field.fixed and field.allowed is not None and 0 not in field.allowed:
        return field._replace(allowed=FAILURES, fixed=False)
    return field
