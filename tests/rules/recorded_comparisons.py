"""Whether rules say what they compared: a finding of two places is of a comparison, and that is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gbcscheck.evidence.comparisons import Comparisons
from gbcscheck.facts.extract_file import Reading
from gbcscheck.model import HOUSE_RULE, Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.own_files import OwnSource
from gbcscheck.release.releases import Release

ABSENCES = ("S103", "S122")
"""Rules of which a finding is that something is not there, and cites the row of the item for whoever looks into it."""

OF_WITNESSES = ("W102",)
"""Rules that hold a document against a witness from outside, which is none of the release."""
MOST_PAIRED = 2
"""Of more statements each may have been held against another one than those that are cited: what two lists lack."""


def as_own(release: Release) -> Release:
    """A release of which every document is a user's, so that what is compared is recorded; findings stay the same."""
    return replace(release, sources=tuple(OwnSource(Reading(extract)) for extract in release.extracts))


def not_recorded(catalogue: Catalogue, finding: Finding) -> Iterator[Statement]:
    """The statements of a finding that stand at several places and of which no comparison with another one of them is
    recorded; of each a finding owes one. A row may be cited with what it says beside; a house rule is of no
    document."""
    cited = [one for one in finding.statements if one.provenance != HOUSE_RULE]
    if finding.rule in (*ABSENCES, *OF_WITNESSES) or len({(one.path, one.source) for one in cited}) < 2:
        return
    comparisons = catalogue.once(Comparisons.of)
    recorded = set()
    for one in cited:
        others = comparisons.of_subject(one.subject).get(one, {})
        with_what = {other for other, codes in others.items() if finding.rule in codes}
        back = (other for other in cited if finding.rule in _made_of(comparisons, other, one))
        if (with_what if len(cited) > MOST_PAIRED else with_what & {*cited}) or any(back):
            recorded.add(one.subject)
    yield from (one for one in cited if one.subject not in recorded)


def _made_of(comparisons: Comparisons, one: Statement, other: Statement) -> set[str]:
    return comparisons.of_subject(one.subject).get(one, {}).get(other, set())
