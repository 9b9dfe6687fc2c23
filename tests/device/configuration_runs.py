"""What several tests of configurations share: releases loaded once, and configurations judged in one call."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from gbcscheck.device.configuration.read import ConfigurationVerdict, judge_configuration
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.model import FileRecord
from gbcscheck.model import Finding
from gbcscheck.model.device_files import Entry

MAXIMUM_DEMAND = "MaximumDemandConfigurableTimePeriod"
PATH = "meter.json"


@cache
def context(release: str = "before-mp131") -> Context:
    """A release to judge against."""
    return load_context(Choices(), release=release)


@dataclass(frozen=True)
class Run:
    """What came of one configuration."""

    verdict: ConfigurationVerdict
    record: FileRecord

    @property
    def findings(self) -> list[Finding]:
        return self.record.findings

    @property
    def rules(self) -> list[str]:
        return [finding.rule for finding in self.record.findings]

    def finding(self, rule: str) -> Finding:
        """The only finding of a rule."""
        (found,) = [finding for finding in self.record.findings if finding.rule == rule]
        return found

    def leaf(self, label: str) -> Entry:
        """The only value with a label."""
        (found,) = [entry for entry in self.record.entries if entry.label == label]
        return found


def judge(document: object, release: str = "before-mp131") -> Run:
    """Judge a configuration, given as JSON text or as what becomes JSON."""
    text = document if isinstance(document, str) else json.dumps(document, indent=1)
    record = FileRecord(PATH)
    return Run(judge_configuration(PATH, text.encode(), context(release), record), record)
