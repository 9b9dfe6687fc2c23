"""Changes and statuses for the formats that show them, beside the findings of ``report_examples``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from report_examples import CONSTANT, CONTRADICTION, DEFAULT, ENCODING, NOTE, example_report

from gbcscheck.model import Change, Place
from gbcscheck.model.waivers import EXPIRED, UNUSED, Waiver, WaiverUse
from gbcscheck.report import Report

NARROWED = Change(
    "narrowed",
    "breaking",
    ("User systems", "manufacturers"),
    DEFAULT.subject,
    "permitted",
    DEFAULT._replace(domain="0..20", text=None),
    DEFAULT._replace(domain="0..10", text=None),
    witness="15 was permitted",
    reason="senders may send it still",
)
UNKNOWN = Change("moved", "unknown", (), CONSTANT.subject, "permitted", CONSTANT, CONSTANT._replace(domain="1"))
REMOVED = Change("removed", "compatible", (), "6.18.2", "title", CONSTANT._replace(subject="6.18.2"), None)
IN_REPOSITORY = Place("specs/table 28d.json", line=12, pointer="/statements/4")
UNUSED_WAIVER = WaiverUse(Waiver("was agreed", rule="S101", path="gbcscheck.toml", line=7), UNUSED, 0)
EXPIRED_WAIVER = WaiverUse(
    Waiver("until 2026", rule="R105", expires=date(2026, 1, 31), path="gbcscheck.toml", line=12), EXPIRED, 1
)


def compared_report() -> Report:
    """A new, a remaining, a fixed and a waived finding, three changes, and two waivers to look after."""
    return replace(
        example_report(
            replace(CONTRADICTION, status="new"),
            replace(ENCODING, status="remaining"),
            replace(NOTE, status="fixed"),
            replace(CONTRADICTION, subject="Other.subject", status="remaining", waived="agreed on 4 May"),
        ),
        changes=(NARROWED, UNKNOWN, REMOVED),
        base="origin/main",
        waivers=(UNUSED_WAIVER, EXPIRED_WAIVER),
        places={DEFAULT: IN_REPOSITORY, NARROWED.new: IN_REPOSITORY},
    )


def many_findings(number: int) -> Report:
    """A report of many errors, each of its own subject."""
    findings = (replace(CONTRADICTION, subject=f"Item{index}.value | `{index}`") for index in range(number))
    return example_report(*findings)
