"""Alerts that tell what became of a command with a time of its own: behind their time stamp stands the detail, which
names the command and what of it took effect. No table lays them out; the use case of the command judges the detail.

It is that of the messages 0x00CC (electricity: message code and counter of the command, then class, logical name and
attribute of COSEM) and 0x00CD (gas: message code and counter, then cluster, frame control and command of ZigBee).
"""

from __future__ import annotations

from collections.abc import Iterable

from gbcscheck.device.context import Context
from gbcscheck.device.message_rules import DETAIL
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.use_cases import UseCase
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, OPEN, WRONG

ELECTRICITY, GAS = 0x00CC, 0x00CD
"""Message codes of the alerts."""
SIZES = {ELECTRICITY: 19, GAS: 14}
"""Octets of their details."""
OUTCOMES = ("0x8F66", "0x8F67")
"""The alert codes that say what became of a command with a time of its own, as the list of alert codes names them:
successfully actioned, and not. Every published alert with such a detail (Reference Test Data Set 4.5.0) has one."""
CODE_SIZE = 2
_FRAME_CONTROL = "Frame control"
"""The field of a layout that is held against that of the detail."""
_HEAD = 10
"""Octets of the message code and the counter of the command."""


class Detail:
    """Judges the detail of an alert; ``reason`` says afterwards why it is not judged, and ``use_case`` is that of the
    command."""

    def __init__(self, message_code: int, context: Context, record: FileRecord) -> None:
        self._code, self._context, self._record = message_code, context, record
        self.use_case: UseCase | None = None
        self.reason = "the alert has no detail of the command that it is about"

    def judge(self, octets: bytes, at: int, end: int, subject: str) -> None:
        """Judge the octets from ``at`` to ``end``, and enter them in the record."""
        size = SIZES[self._code]
        if end - at != size:
            self._told("detail", octets[at:end], subject, WRONG, at, end)
            message = f"the detail of the alert has {end - at} octets where {size} were expected"
            self._problem(message, (), octets, at, end, subject)
            return
        code = int.from_bytes(octets[at : at + 2], "big")
        self.use_case = self._context.use_cases.get(code)
        named = f"0x{code:04X} {self.use_case.name if self.use_case else 'in no table'}"
        verdict = FITS if self.use_case else OPEN
        self._told("message code of the command", named, subject, verdict, at, at + 2)
        counter = int.from_bytes(octets[at + 2 : at + _HEAD], "big")
        self._record.fact("originator's counter of the command", counter, octets_source(at + 2, _HEAD - 2))
        self.reason = "" if self.use_case else f"no table at hand has a use case with the message code 0x{code:04X}"
        judge = self._attribute if self._code == ELECTRICITY else self._command
        judge(octets, at + _HEAD, subject)

    def of_alert(self, octets: bytes, at: int, subject: str) -> None:
        """Hold the alert code at an offset against the detail: it has to say what became of a command."""
        named = f"0x{int.from_bytes(octets[at : at + CODE_SIZE], 'big'):04X}"
        names = [one for code in OUTCOMES for one in self._context.catalogue.about(code, "name")]
        if named in OUTCOMES or not names:
            return
        message = f"the alert code {named} does not say what became of a command; {' and '.join(OUTCOMES)} do"
        self._problem(message, names, octets, at, at + CODE_SIZE, subject, severity="warning")

    def _attribute(self, octets: bytes, at: int, subject: str) -> None:
        """Class, logical name and attribute of what took effect: a row of the command."""
        from gbcscheck.device.electricity.rows import rows_of

        class_id, name, member = int.from_bytes(octets[at : at + 2], "big"), octets[at + 2 : at + 8], octets[at + 8]
        groups = rows_of(self.use_case.name, self.use_case.catalogue).groups if self.use_case else ()
        of_object = [group for group in groups if (group.class_id, group.name) == (class_id, name)]
        named = [group for group in of_object if group.member == f"attribute {member}"]
        logical_name = "{}-{}:{}.{}.{}.{}".format(*name)
        told = f"class {class_id}, {logical_name}, attribute {member}"
        stated = [one for group in (named or of_object) for one in group.statements("member")][:2]
        wrong = f"no row of {self.use_case.name} is {told}" if self.use_case and groups and not named else ""
        self._matched(told, wrong, stated, octets, at, at + 9, named[0].item if named else subject, known=bool(groups))

    def _command(self, octets: bytes, at: int, subject: str) -> None:
        """Cluster, frame control and command of what took effect: a component of the command."""
        from gbcscheck.device.gas.layouts import layouts

        cluster, control, command = int.from_bytes(octets[at : at + 2], "big"), octets[at + 2], octets[at + 3]
        layout = layouts(self.use_case.catalogue).of(self.use_case.name, "command") if self.use_case else None
        ordinary = [group.ordinary for group in layout.groups] if layout else []
        named = [one for one in ordinary if (one.cluster, one.command) == (cluster, command)]
        told = f"cluster 0x{cluster:04X}, frame control 0x{control:02X}, command 0x{command:02X}"
        fields = [one for component in named for one in component.fields if one.label.startswith(_FRAME_CONTROL)]
        stated = [one for field in fields for one in field.statements][:2]
        wrong = ""
        if self.use_case and ordinary and not named:
            wrong = f"no component of {self.use_case.name} has command 0x{command:02X} of cluster 0x{cluster:04X}"
        self._matched(told, wrong, stated, octets, at, at + 4, subject, known=bool(ordinary))
        if named and all(one.frame_control != control for one in named):
            message = f"the frame control is 0x{control:02X}, and that of the command 0x{named[0].frame_control:02X}"
            self._problem(message, stated, octets, at + 2, at + 3, subject, severity="note")

    def _matched(
        self,
        told: str,
        wrong: str,
        stated: Iterable[Statement],
        octets: bytes,
        at: int,
        end: int,
        subject: str,
        *,
        known: bool,
    ) -> None:
        self._told("what took effect", told, subject, WRONG if wrong else FITS if known else OPEN, at, end)
        if wrong:
            self._problem(wrong, stated, octets, at, end, subject)
        elif self.use_case is not None and not known:
            self.reason = f"the tables have no rows of the command of {self.use_case.name}"

    def _told(self, label: str, value: object, subject: str, verdict: str, at: int, end: int) -> None:
        basis = f"in the tables of GBCS {self.use_case.version}" if self.use_case else ""
        self._record.leaf(label, value, subject, verdict, octets_source(at, end - at), basis)

    def _problem(
        self,
        message: str,
        stated: Iterable[Statement],
        octets: bytes,
        at: int,
        end: int,
        subject: str,
        severity: str = "",
    ) -> None:
        problem = Problem(DETAIL, message, tuple(stated), severity=severity)
        written, source = octets[at:end].hex(" ").upper(), octets_source(at, end - at)
        self._record.problem(problem, subject=subject, attribute="detail", written=written, source=source)


def detail_of(message_code: int, context: Context, record: FileRecord) -> Detail | None:
    """What judges the detail of an alert of that code; None for any other message."""
    return Detail(message_code, context, record) if message_code in SIZES else None
