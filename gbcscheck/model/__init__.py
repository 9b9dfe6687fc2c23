"""The plain values that flow through the program: places, statements, findings."""

from gbcscheck.model.findings import (
    CHANGES,
    ENDED,
    EVERYBODY,
    KINDS,
    PARTIES,
    SEVERITIES,
    STATUSES,
    VERDICTS,
    Change,
    Finding,
    MergeBase,
)
from gbcscheck.model.statements import (
    HOUSE_RULE,
    PROVENANCES,
    UNSTATED,
    Place,
    Specification,
    Statement,
    distinct,
    without_repeat,
)

__all__ = [
    "CHANGES",
    "ENDED",
    "EVERYBODY",
    "HOUSE_RULE",
    "KINDS",
    "PARTIES",
    "PROVENANCES",
    "SEVERITIES",
    "STATUSES",
    "UNSTATED",
    "VERDICTS",
    "Change",
    "Finding",
    "MergeBase",
    "Place",
    "Specification",
    "Statement",
    "distinct",
    "without_repeat",
]
