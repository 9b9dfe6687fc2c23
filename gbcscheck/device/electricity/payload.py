"""What the judges of requests and responses share."""

from __future__ import annotations

from gbcscheck.cosem.access import CHOICES, RESULTS, Access, Result
from gbcscheck.cosem.axdr import NULL, Data
from gbcscheck.device.context import Context
from gbcscheck.device.electricity.rows import Group, Rows
from gbcscheck.device.electricity.rules import ACCESS, RESULT, TYPE
from gbcscheck.device.electricity.value import Walk
from gbcscheck.device.items.judge import item_judge
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.evidence.grounds import by_row
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, WRONG
from gbcscheck.notation.obis import object_name


class PayloadJudge:
    """One payload against the rows of its use case. ``octets`` are those of the whole message."""

    def __init__(self, octets: bytes, rows: Rows, context: Context, record: FileRecord) -> None:
        self.octets = octets
        self.rows = rows
        self.variant = context.choices.variant
        self.record = record
        self.items = item_judge(context.catalogue)

    def heading(self, item: str, access: Access, subject: str) -> None:
        if not self.record.tree:
            return
        named = f"{CHOICES[access.choice]} class {access.class_id} {object_name(access.name)} {access.member}"
        self.record.branch(item, octets_source(access.offset, access.length), named, subject)

    def null(self, data: Data, label: str, subject: str, walk: Walk, expected: str) -> None:
        fits = data.tag == NULL
        if self.record.tree:
            source = octets_source(data.offset, data.length)
            self.record.leaf(label, data, subject, FITS if fits else WRONG, source, by_row(subject))
        else:
            self.record.values += 1
        if not fits:
            walk.problem(Problem(TYPE, f"{data.type_name} where {expected}"), data, subject, "data")

    def missing(self, group: Group, at: int) -> None:
        subject = group.leaves[0].subject
        named = f"class {group.class_id} {object_name(group.name or bytes(6))} {group.member}"
        problem = Problem(
            ACCESS,
            f"the access to {named} ({group.item}) is missing",
            (*group.statements("object"), *group.statements("member")),
            suggestion="add it, in the order of the rows",
        )
        self.problem(problem, subject, "access", at, 0, "nothing")

    def result(self, result: Result, subject: str, label: str = "result") -> None:
        """One result of a response."""
        known = RESULTS.get(result.result)
        if known is not None and not self.record.tree:
            self.record.values += 1
            return
        named = f"{known or 'unknown'} ({result.result})"
        self.record.leaf(
            label,
            named,
            subject,
            FITS if known else WRONG,
            octets_source(result.offset + 1, 1),
            "a result of a COSEM access",
        )
        if known is None:
            message = f"0x{result.result:02X} is no result of an access"
            self.problem(Problem(RESULT, message), subject, "result", result.offset + 1, 1, named)

    def whole_use_case(self) -> tuple[Statement, ...]:
        return self.rows.catalogue.about(self.rows.use_case, "message-code")

    def problem(
        self, problem: Problem, subject: str, attribute: str, offset: int, length: int, meaning: str = ""
    ) -> None:
        quoted = self.octets[offset : offset + length].hex(" ").upper() or "nothing"
        self.record.problem(
            problem,
            subject=subject,
            attribute=attribute,
            written=quoted,
            source=octets_source(offset, length),
            meaning=meaning,
        )
