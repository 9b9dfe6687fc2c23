"""Laws of the whole pipeline: what must not change a finding, whatever the specifications say."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shares import examples, portion

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow, render_extract
from gbcscheck.model import Finding, Specification
from gbcscheck.release.catalogue import Catalogue, Shared
from gbcscheck.release.releases import Release, load_paths, load_release
from gbcscheck.rules import check

ITEMS = ("Alpha.value", "Beta.value", "Gamma.threshold", "Gamma.period")
USE_CASES = ("ECS901", "ECS902")
PARTS = tuple(
    Specification(name, "1.0", part)
    for name, part in (("GBCS", "use cases"), ("GBCS", "Table 90"), ("SMETS2", "made up"))
)

bounds = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
numbers = bounds.map(lambda ends: f"{ends[0]}..{ends[1]}" if ends[0] < ends[1] else str(ends[0]))
said = st.one_of(
    st.tuples(st.sampled_from(["permitted", "default", "constant", "type"]), numbers).map(
        lambda one: (one[0], one[1], None)
    ),
    st.tuples(st.just("unit"), st.sampled_from(["V", "s", "min"])).map(lambda one: (one[0], None, one[1])),
    st.tuples(st.just("settable-by"), st.sampled_from(["none", "service request"])).map(
        lambda one: (one[0], None, one[1])
    ),
)


@st.composite
def rows(draw: st.DrawFn, part: Specification) -> ExtractRow:
    """A statement of a part: of an item, in the tables of use cases of one use case's row of it."""
    item = draw(st.sampled_from(ITEMS))
    subject = f"{draw(st.sampled_from(USE_CASES))}/{item}" if part.part == "use cases" else item
    attribute, domain, value = draw(said)
    return ExtractRow(subject, attribute, domain, value, clause="clause 1")


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """A small release: a table of use cases, one of settings, and a document beside them."""
    extracts = tuple(made(part, draw(st.lists(rows(part), max_size=6))) for part in PARTS)
    return Release("made", "", "", extracts, Crosswalk())


def made(part: Specification, statements: Iterable[ExtractRow]) -> Extract:
    numbered = (row._replace(source=f"Sheet!A{number}") for number, row in enumerate(statements, start=2))
    return Extract(part, "synthetic", tuple(numbered), source_name=f"{part.part}.xlsx", path=f"{part.part}.xlsx")


def told(release: Release, shared: Shared | None = None) -> Counter[tuple[object, ...]]:
    """What is found, without the order."""
    return Counter(map(essence, check(Catalogue.of(release, shared))))


def essence(finding: Finding) -> tuple[object, ...]:
    """What a finding is; the statements that stand for others are the first of them, in whatever order they are."""
    return (finding.rule, finding.severity, finding.subject, finding.fingerprint, tuple(sorted(finding.also)))


def faults(release: Release) -> set[tuple[str, str]]:
    """What is found, however it is told together and how bad it is said to be."""
    every = (one for finding in check(Catalogue.of(release)) for one in (finding, *finding.seen_as))
    return {(one.rule, one.fingerprint) for one in every}


@cache
def current() -> tuple[Release, Shared]:
    return load_release("current"), {}


@cache
def found_in_current() -> Counter[tuple[object, ...]]:
    return told(*current())


# --- a specification that says nothing -------------------------------------------------------------------------------

names = st.text(string.ascii_letters + string.digits + " .", min_size=1, max_size=12).map(lambda one: f"N{one.strip()}")
silent = st.builds(lambda name, version, part: made(Specification(name, version, part), ()), names, names, names)


@given(release=releases(), other=silent, at=st.integers(0, 3))
@settings(max_examples=examples(60))
def test_a_specification_that_says_nothing_changes_nothing(release: Release, other: Extract, at: int) -> None:
    extracts = (*release.extracts[:at], other, *release.extracts[at:])
    assert told(replace(release, extracts=extracts)) == told(release)


@given(other=silent, at=st.integers(0, 11))
@settings(max_examples=portion(4, least=2))
def test_nor_does_it_change_what_is_found_in_the_published_ones(other: Extract, at: int) -> None:
    release, shared = current()
    extracts = (*release.extracts[:at], other, *release.extracts[at:])
    assert told(replace(release, extracts=extracts), shared) == found_in_current()


# --- the order of files ----------------------------------------------------------------------------------------------


@given(release=releases(), random=st.randoms(use_true_random=False))
@settings(max_examples=examples(60))
def test_the_order_of_documents_changes_nothing(release: Release, random: object) -> None:
    extracts = list(release.extracts)
    random.shuffle(extracts)  # type: ignore[attr-defined]
    assert told(replace(release, extracts=tuple(extracts))) == told(release)


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=portion(4, least=2))
def test_nor_does_that_of_the_published_ones(random: object) -> None:
    release, shared = current()
    extracts = list(release.extracts)
    random.shuffle(extracts)  # type: ignore[attr-defined]
    assert told(replace(release, extracts=tuple(extracts)), shared) == found_in_current()


# --- widening --------------------------------------------------------------------------------------------------------

DISJOINT = ("R104", "J101", "V102")
"""Rules that ask whether what one side permits leaves anything that another side does."""


@given(release=releases(), number=st.integers(0, 5), more=st.integers(1, 60), part=st.sampled_from([1, 2]))
@settings(max_examples=examples(120))
def test_widening_a_permitted_set_adds_no_range_conflict(release: Release, number: int, more: int, part: int) -> None:
    extract = release.extracts[part]
    permitted = [at for at, row in enumerate(extract.rows) if row.attribute == "permitted"]
    if not permitted:
        return
    at = permitted[number % len(permitted)]
    row = extract.rows[at]
    low, _, high = str(row.domain).partition("..")
    wider = row._replace(domain=f"{low}..{int(high or low) + more}")
    wider_rows = (*extract.rows[:at], wider, *extract.rows[at + 1 :])
    extracts = (*release.extracts[:part], replace(extract, rows=wider_rows), *release.extracts[part + 1 :])

    def disjoint(one: Release) -> set[tuple[str, str]]:
        return {(f.rule, s) for f in check(Catalogue.of(one)) if f.rule in DISJOINT for s in (f.subject, *f.also)}

    assert disjoint(replace(release, extracts=extracts)) <= disjoint(release)


# --- a copy ----------------------------------------------------------------------------------------------------------


@given(release=releases())
@settings(max_examples=examples(25))
def test_a_document_laid_over_its_own_copy_is_silent(
    release: Release, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assume(any(extract.rows for extract in release.extracts))
    folder = tmp_path_factory.mktemp("copies")
    for at, extract in enumerate(release.extracts):
        (folder / f"{at}.json").write_text(render_extract(replace(extract, generator="")), encoding="utf-8")
    again = folder / "again"
    again.mkdir()
    for path in folder.glob("*.json"):
        (again / path.name).write_bytes(path.read_bytes())

    once, twice = load_paths(sorted(folder.glob("*.json"))), load_paths(sorted(folder.rglob("*.json")))
    assert faults(twice) == faults(once)


@pytest.mark.parametrize(
    "name", ["gbcs/4.0/use-cases.json", "duis/5.4/schema.json", "mmc/5.4/schema.json", "duis/service-requests.json"]
)
def test_a_published_document_laid_over_itself_is_silent(name: str, specs: Path, tmp_path: Path) -> None:
    copy = tmp_path / Path(name).name
    copy.write_bytes((specs / name).read_bytes())
    assert faults(load_paths([copy], release="current")) == faults(current()[0])


# --- names -----------------------------------------------------------------------------------------------------------


@given(release=releases(), order=st.permutations(["Delta", "Epsilon", "Zeta", "Eta"]))
@settings(max_examples=examples(60))
def test_renaming_throughout_changes_nothing_but_names(release: Release, order: list[str]) -> None:
    new = dict(zip(("Alpha", "Beta", "Gamma", "ECS90"), (*order[:3], "QX7"), strict=True))

    def renamed(text: str) -> str:
        for old, name in new.items():
            text = text.replace(old, name)
        return text

    extracts = tuple(
        replace(one, rows=tuple(row._replace(subject=renamed(row.subject)) for row in one.rows))
        for one in release.extracts
    )
    name: Callable[[str], str] = renamed
    before = Counter(_by_name(one, name) for one in check(Catalogue.of(release)))
    after = Counter(_by_name(one, str) for one in check(Catalogue.of(replace(release, extracts=extracts))))
    assert after == before


def _by_name(finding: Finding, name: Callable[[str], str]) -> tuple[object, ...]:
    statements = sorted((str(s.specification), name(s.subject), s.attribute, s.written) for s in finding.statements)
    subjects = sorted(map(name, (finding.subject, *finding.also)))
    return (finding.rule, finding.severity, tuple(subjects), tuple(statements))
