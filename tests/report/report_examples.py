"""A small report that shows every part of one: two sides and more, other subjects of one cause, a note."""

from __future__ import annotations

from gbcscheck.errors import UnreadableSource
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report

WEEKDAYS = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
START = "/Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule/StartTime"

TABLE = Specification("GBCS", "3.2", "Table 28d")
USE_CASES = Specification("GBCS", "3.1", "use cases")
SCHEMA = Specification("DUIS", "5.1", "schema")
MATRIX = Specification("DUIS", "5.1", "service requests")

DEFAULT = Statement(
    WEEKDAYS,
    "default",
    TABLE,
    "synthetic",
    "Table 28d",
    "gbcs/table-28d.xlsx",
    "Table 28d!D7",
    domain="0b1111100",
    text="0b11111000",
)
CONSTANT = Statement(
    f"ECS37/{WEEKDAYS}",
    "constant",
    USE_CASES,
    "published",
    "ECS37, row 730",
    "gbcs/use-cases-3.1.xlsx",
    "DLMS!K685",
    domain="0b1111111",
    text="||0b11111110 (bit padding is on the least significant bit)",
)
TYPE = Statement(START, "type", SCHEMA, "published", "", "xsd/duis-5.1.xsd", "line 1864", value="xs:time")
ROLES = Statement(
    "6.18.1",
    "roles",
    MATRIX,
    "derived",
    "",
    "matrix.json",
    "/12/Eligible User Roles",
    domain='"Electricity Distributor" | "Other User"',
    text="Electricity Distributor\nOther User",
)
CODE = Statement("6.18.1", "service-reference", MATRIX, "published", "", "matrix.json", "/12", value=6.18)

CONTRADICTION = Finding(
    "V101",
    "error",
    WEEKDAYS,
    "default contradicts the constant of the use case",
    (DEFAULT, CONSTANT),
    witness="Saturday: in the constant, not in the default",
    suggestion="write 0b11111110 in Table 28d!D7",
    why="no service request can set week days",
    meanings=("Monday to Friday", "every day of the week"),
)
ENCODING = Finding(
    "R105",
    "warning",
    START,
    "the request lets times through that the command cannot carry",
    (TYPE, CONSTANT),
    witness="24:00:00; 17:00:00+01:00; 17:00:00.005",
    also=("A.value", "B.value", "C.value", "D.value", "E.value", "F.value"),
)
NOTE = Finding("S101", "note", "6.18.1", "two lists differ", (ROLES, CODE))

LABELS = (
    Rule("V101", "default-contradicts-constant", "default", "warning"),
    Rule("R105", "value-cannot-be-encoded", "encoding", "warning"),
    Rule("S101", "lists-differ", "enumeration", "warning"),
)


def example_report(*findings: Finding) -> Report:
    """A report with these findings; by default one of each severity."""
    return Report(
        release="before-mp131",
        title="Table 28d as MP131 found it",
        note="Never in force as a set.",
        specifications=(USE_CASES, TABLE, SCHEMA, MATRIX),
        findings=findings or (CONTRADICTION, ENCODING, NOTE),
        rules=LABELS,
        statements=41_234,
        subjects=1,
        problems=(UnreadableSource("the file is empty", where="draft.xlsx"),),
        skipped=("signature.xsd: declares no global element",),
    )
