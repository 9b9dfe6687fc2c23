"""Whether rules say what they compared: a finding of two places is of a comparison, and that is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from gbcscheck.evidence.comparisons import Comparisons
from gbcscheck.facts.extract_file import Reading
from gbcscheck.model import HOUSE_RULE, Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.own_files import OwnSource
from gbcscheck.release.releases import Release

ABSENCES = ("S103",)
"""Rules of which a finding is that something is not there, and cites the row of the item for whoever looks into it."""


def as_own(release: Release) -> Release:
    """A release of which every document is a user's, so that what is compared is recorded; findings stay the same."""
    return replace(release, sources=tuple(OwnSource(Reading(extract)) for extract in release.extracts))


def not_recorded(catalogue: Catalogue, finding: Finding) -> Iterator[Statement]:
    """The statements of a finding that stand at several places and of which no comparison with another one of them is
    recorded; of each a finding owes one. A house rule is of no document."""
    cited = [one for one in finding.statements if one.provenance != HOUSE_RULE]
    if finding.rule in ABSENCES or len({(one.path, one.source) for one in cited}) < 2:
        return
    comparisons = catalogue.once(Comparisons.of)
    recorded = set()
    for one, other in combinations(cited, 2):
        pairs = ((one, other), (other, one))
        if any(finding.rule in comparisons.of_subject(a.subject).get(a, {}).get(b, ()) for a, b in pairs):
            recorded |= {one, other}
    yield from (one for one in cited if one not in recorded)
