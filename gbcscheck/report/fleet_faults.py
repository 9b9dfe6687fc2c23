"""The findings of a fleet by what they say, whatever the value: one fault of one item, with the values that show it."""

from __future__ import annotations

from gbcscheck.frozen import frozen
from gbcscheck.model import SEVERITIES
from gbcscheck.model.fleet import FleetFinding, FleetRun
from gbcscheck.report.coverage import counted

NAMED_VALUES = 3
"""Values of a fault that are named in a line."""


@frozen
class Fault:
    """Findings of one identity (rule, subject, who says what) and item, that of the most devices first."""

    findings: tuple[FleetFinding, ...]

    @property
    def first(self) -> FleetFinding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def devices(self) -> int:
        """How many devices hold one of the values."""
        return sum(one.count for one in self.findings)

    @property
    def values(self) -> str:
        """The first values, each with its unit, and how many others there are."""
        written = list(dict.fromkeys(" ".join((one.written, one.unit)).strip() for one in self.findings))
        left = len(written) - NAMED_VALUES
        return ", ".join(written[:NAMED_VALUES]) + (f" and {counted(left, 'other value')}" if left > 0 else "")


def faults(run: FleetRun) -> list[Fault]:
    """The faults among the findings of a run: the worst first, then those at the most devices."""
    found: dict[tuple[str, ...], list[FleetFinding]] = {}
    for one in run.findings:
        found.setdefault((one.finding.severity, one.finding.rule, one.item, one.fingerprint), []).append(one)
    together = [Fault(tuple(sorted(some, key=lambda one: (-one.count, one.written)))) for some in found.values()]
    return sorted(together, key=_order)


def _order(fault: Fault) -> tuple[int, int, str, str]:
    finding = fault.first.finding
    return SEVERITIES.index(finding.severity), -fault.devices, fault.first.item, finding.rule


def devices_words(fault: Fault, run: FleetRun) -> str:
    """How many devices a fault is at; at least so many, where the run tells only its most frequent findings."""
    return f"{'at least ' if run.more_findings else ''}{counted(fault.devices, 'device')}"
