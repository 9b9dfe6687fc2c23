"""The payload of a gas message (GBZ) against the byte layout of its use case."""

from __future__ import annotations

from collections.abc import Callable

from gbcscheck.cosem.envelope import Envelope
from gbcscheck.cosem.gbz import read_gbz
from gbcscheck.device.context import Context
from gbcscheck.device.gas.fields import Fields
from gbcscheck.device.gas.layouts import layouts
from gbcscheck.device.gas.unlisted import judge_unlisted
from gbcscheck.device.gas.walk import Walk
from gbcscheck.device.items.judge import READ, SENT, item_judge
from gbcscheck.device.model import FileRecord
from gbcscheck.device.use_cases import UseCase
from gbcscheck.evidence.grounds import Ground


def judge_gas(
    envelope: Envelope,
    use_case: UseCase | None,
    context: Context,
    record: FileRecord,
    detail: Callable[[int, int], bool] | None = None,
) -> str:
    """Judge the payload of a gas message; the reason why it is not judged, or nothing. ``detail`` judges what an alert
    without a table has behind its time.

    Of a message that no table lays out (``use_case`` is None, or has no such message) the profile and an alert's code
    are judged all the same. OctetsError where the octets end before the first component.
    """
    purpose = envelope.purpose
    gbz = read_gbz(envelope.octets, envelope.payload_start, envelope.payload_end, alert=purpose == "alert")
    catalogue = context.catalogue if use_case is None else use_case.catalogue
    judge = item_judge(context.catalogue)
    ask = judge.sent if purpose == "command" else judge.read
    how = SENT if purpose == "command" else READ

    def grounds(subject: str, value: object) -> tuple[Ground, ...]:
        return judge.grounds(how, subject, value)

    fields = Fields(envelope.octets, catalogue, context.catalogue, ask, grounds, record)
    message = layouts(catalogue).of(use_case.name, purpose) if use_case is not None else None
    if message is not None:
        Walk(message, gbz, fields, record).judge()
        return ""
    judge_unlisted(gbz, fields, record, detail)
    if use_case is None:
        missing = f"no table at hand has a use case with the message code 0x{envelope.message_code:04X}"
        return "" if purpose == "alert" else missing
    return f"the tables of GBCS {use_case.version} have no byte layout of the {purpose or 'message'} of {use_case.name}"


def has_layout(use_case: UseCase) -> bool:
    """Whether the tables lay out messages of the use case octet by octet: whether it is one of gas."""
    return layouts(use_case.catalogue).has(use_case.name)
