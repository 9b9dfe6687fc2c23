"""No rule knows an item, use case, table or object by name: a release renamed throughout gives the same findings."""

from __future__ import annotations

from dataclasses import replace

from gbcscheck.facts.crosswalk import Link
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Finding, Specification
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import check

NAMES = {
    "MaximumDemandConfigurableTimePeriod": "WhollyOtherThing",
    "SetMaximumDemandConfigurableTimePeriod": "PutWhollyOtherThing",
    "Set Maximum Demand Configurable Time Period": "Set Wholly Other Thing",
    "ECS37": "QX99",
    "ECS18b": "QX98",
    "0-0:12.0.0.255": "0-0:77.1.2.255",
    "Table 28d": "Table 99z",
}


def renamed(text: str) -> str:
    for old, new in NAMES.items():
        text = text.replace(old, new)
    return text


def renamed_row(row: ExtractRow) -> ExtractRow:
    value = renamed(row.value) if isinstance(row.value, str) else row.value
    return row._replace(subject=renamed(row.subject), clause=renamed(row.clause), value=value)


def renamed_extract(extract: Extract) -> Extract:
    spec = extract.specification
    return replace(
        extract,
        specification=Specification(spec.name, spec.version, renamed(spec.part)),
        rows=tuple(renamed_row(row) for row in extract.rows),
    )


def renamed_link(link: Link) -> Link:
    link_ends = tuple(end._replace(subject=renamed(end.subject)) for end in link.ends)
    return replace(link, item=renamed(link.item), note=renamed(link.note), ends=link_ends)


def essence(finding: Finding, *, rename: bool) -> tuple[object, ...]:
    """What a finding says, apart from its fingerprint, sheets and the order that names give."""

    def name(text: str) -> str:
        return renamed(text) if rename else text

    statements = sorted((name(s.subject), s.attribute, s.written, s.place.cell or "") for s in finding.statements)
    texts = (finding.message, finding.witness, finding.why, finding.suggestion)
    return (
        finding.rule,
        finding.severity,
        name(finding.subject),
        *(name(text) for text in texts),
        statements,
        sorted(name(subject) for subject in finding.also),
    )


def test_renamed_throughout_a_release_gives_the_same_findings() -> None:
    release = load_release("before-mp131")
    other: Release = replace(
        release,
        extracts=tuple(renamed_extract(extract) for extract in release.extracts),
        crosswalk=replace(release.crosswalk, links=tuple(renamed_link(link) for link in release.crosswalk.links)),
    )
    expected = sorted((essence(f, rename=True) for f in check(Catalogue.of(release))), key=str)
    found = sorted((essence(f, rename=False) for f in check(Catalogue.of(other))), key=str)
    # sheet names stay as they are in the source, and a suggestion may name one
    assert [e for e in found if "Table 28d!" not in str(e)] == [e for e in expected if "Table 99z!" not in str(e)]
    assert len(found) == len(expected)
    assert sum(e[0] in ("V101", "P101") for e in found) == 3
