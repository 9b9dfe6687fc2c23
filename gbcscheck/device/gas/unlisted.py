"""Gas messages that no table lays out: what stands before the body of any of them is read, and the alert code judged.

GBCS section 7.2.11 gives every GBZ payload its profile and number of components, and alerts a code and a time besides.
"""

from __future__ import annotations

from collections.abc import Callable

from gbcscheck.cosem.gbz import PROFILE as SMART_ENERGY
from gbcscheck.cosem.gbz import Gbz
from gbcscheck.device.gas.fields import Fields
from gbcscheck.device.gas.rows import ALERT, BIG_ENDIAN, COUNT, PROFILE, Field
from gbcscheck.device.gas.values import Hexadecimal, UtcTime
from gbcscheck.device.gas.zcl import Allowed
from gbcscheck.device.model import FileRecord, octets_source
from gbcscheck.model.device_files import OPEN


def _field(label: str, size: int, role: int = 0, allowed: Allowed | None = None, shown: type[int] = int) -> Field:
    return Field(
        subject="GBZ payload",
        label=label,
        kind=BIG_ENDIAN,
        size=size,
        allowed=allowed,
        fixed=allowed is not None,
        optional=False,
        role=role,
        asked="",
        shown=shown,
        statements=(),
        sizes=None,
    )


_HEAD = (
    _field("Profile ID", 2, PROFILE, frozenset((SMART_ENERGY,)), Hexadecimal),
    _field("Total number of components", 1, COUNT),
)
_ALERT = (
    _field("Alert code", 2, ALERT, shown=Hexadecimal),
    _field("Time stamp", 4, shown=UtcTime),
)


def judge_unlisted(
    gbz: Gbz, fields: Fields, record: FileRecord, detail: Callable[[int, int], bool] | None = None
) -> None:
    """Judge the profile and, in an alert, its code; tell the rest as open, unless ``detail`` says of what stands from
    an offset to another that it has judged it. What an alert without a table has behind its time need not be
    components."""
    head = (*_HEAD, *(_ALERT if gbz.alert is not None else ()))
    at = fields.judge(head, (0,) * len(head), gbz.offset, gbz.end)
    if gbz.alert is None:
        for number, component in enumerate(gbz.components, 1):
            place = octets_source(component.offset, component.end - component.offset)
            command = "none" if component.command is None else f"0x{component.command:02X}"
            label = f"component {number}: cluster 0x{component.cluster:04X}, command {command}"
            record.leaf(label, component.additional + component.frame, "", OPEN, place)
            at = component.end
    if at < gbz.end and (detail is None or not detail(at, gbz.end)):
        record.leaf("body", fields.octets[at : gbz.end], "", OPEN, octets_source(at, gbz.end - at))
