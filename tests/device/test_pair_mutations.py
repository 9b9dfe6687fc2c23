"""Pairs of the corpus changed in one place: what links prove is found, and what means nothing stays silent.

``pytest tests/device/test_pair_mutations.py -s`` prints the shares by kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree
from mmc_documents import Made
from pair_mutations import other_octets, other_values, same_values
from shares import at_least, share
from xml_documents import context_for, judged_message, message, request_text

from gbcscheck.device.judge import judge_octets
from gbcscheck.device.pairs.judge import judge_pair
from gbcscheck.model.device_files import JudgedFile

EVERY, SILENT = 8, 24
"""One of so many changes is made: all of them take minutes."""
LEAST = 0.9
"""The share that has to be found of each kind. What is not: times of gas requests so far away that no command can carry
them, which are named as not compared."""

Told = Counter[tuple[str, bool]]
Pair = tuple[str, etree._Element, JudgedFile]


def requests(corpus: Path) -> list[str]:
    """Requests that have a command of their name."""
    names = (path.name.removesuffix("_REQUEST_DUIS.XML") for path in sorted((corpus / "duis-requests").glob("*.XML")))
    return [name for name in names if list(corpus.glob(f"rtds/*/{name}_COMMAND_GBCS.HEX"))]


def elements(role: str) -> frozenset[str]:
    """The elements of proved links, or for readings of all that say which value is which."""
    links = context_for().catalogue.crosswalk.links
    return frozenset(
        end.subject
        for link in links
        for end in link.ends
        if end.role == role and end.conversion != "unstated" and (role == "reading" or link.proof.startswith("proved"))
    )


@cache
def numbers() -> frozenset[str]:
    """The elements whose values are numbers."""
    catalogue = context_for().catalogue
    stated = (one for name in ("DUIS", "MMC") for one in catalogue.in_part(name, "schema", "type"))
    return frozenset(one.subject for one in stated if re.search("nteger|nsigned|:int|:short|:decimal", one.written))


def places(sources: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Offsets and lengths of values of a message."""
    for found in filter(None, (re.fullmatch(r"octets (\d+)\+(\d+)", source) for source in sources)):
        yield int(found[1]), int(found[2])


def rows(found: JudgedFile, subjects: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the values of some rows stand in a message."""
    return places(one.source for one in found.entries if one.subject in subjects and one.value is not None)


def report(title: str, told: Told) -> dict[str, float]:
    """The share that was found, by kind."""
    shares = {}
    for kind in sorted({kind for kind, _ in told}):
        hit, missed = told[kind, True], told[kind, False]
        shares[kind] = hit / (hit + missed)
        print(f"{title} {kind}: {hit} of {hit + missed}")
    return shares


@pytest.fixture(scope="module")
def pairs(corpus: Path) -> list[Pair]:
    """Each request with its command, where the command is judged."""
    found = []
    for name in requests(corpus):
        sent = judged_message(name, message(corpus, f"{name}_COMMAND"))
        if sent.judged:
            found.append((name, etree.fromstring(request_text(corpus, name).encode()), sent))
    return found


@pytest.fixture(scope="module")
def made(corpus: Path) -> list[tuple[str, Made, JudgedFile]]:
    """Each response that is judged and of which a document can be made, with that."""
    found = []
    for path in sorted(corpus.glob("rtds/*/*_RESPONSE_GBCS.HEX")):
        sent = judged_message(path.name, path.read_bytes())
        if sent.judged and (one := Made(path.name, path.read_bytes())).count:
            found.append((path.name, one, sent))
    return found


@pytest.fixture(scope="module")
def readings(made: list[tuple[str, Made, JudgedFile]]) -> list[Pair]:
    return [(name, etree.fromstring(one.text), sent) for name, one, sent in made]


@pytest.fixture(scope="module")
def shown(made: list[tuple[str, Made, JudgedFile]]) -> dict[str, list[tuple[int, int]]]:
    """By response, where the values stand that its document shows."""
    return {name: list(places(source for _, source in one.sources)) for name, one, _ in made}


def findings(document: JudgedFile, sent: JudgedFile) -> list[str]:
    return [finding.message for finding in judge_pair(document, sent, context_for()).findings]


def judged(form: str, name: str, text: str) -> JudgedFile:
    return judge_octets(f"{name}.xml", text.encode(), form, context_for())[0]


@pytest.mark.parametrize(("form", "role"), [("duis", "request"), ("mmc", "reading")])
def test_another_value_of_a_document_is_found(form: str, role: str, request: pytest.FixtureRequest) -> None:
    proved = elements(role)
    told: Told = Counter()
    several = request.getfixturevalue("pairs" if form == "duis" else "readings")
    known: dict[str, set[str]] = {}
    for _, root, _ in several:
        for element in root.iter(etree.Element):
            names = [etree.QName(one).localname for one in (element, *element.iterancestors())]
            known.setdefault("/" + "/".join(reversed(names)), set()).add((element.text or "").strip())
    for name, root, sent in several:
        changes = (one for one in other_values(root, known) if one.path in proved)
        for one in share(islice(changes, 0, None, EVERY), by=lambda one: one.kind):
            document = judged(form, name, one.text())
            found = bool(document.findings or findings(document, sent))
            told[one.kind, found] += 1
    shares = report(f"{form} value", told)
    assert sum(told.values()) > at_least(80)
    assert all(share >= LEAST for share in shares.values()), shares


def test_other_octets_of_a_command_are_found(pairs: list[Pair]) -> None:
    links = [one for one in context_for().catalogue.crosswalk.links if one.proof.startswith("proved")]
    proved = frozenset(
        end.subject for link in links for end in link.ends if end.role in ("command", "gbz") and not end.part
    )
    told: Told = Counter()
    for name, root, sent in pairs:
        document = judged("duis", name, etree.tostring(root, encoding="unicode"))
        told.update(changed_octets(name, document, sent, rows(sent, proved)))
    shares = report("octets", told)
    assert sum(told.values()) > at_least(80)
    assert shares["octets"] >= LEAST, shares


def test_other_octets_of_a_response_are_found(readings: list[Pair], shown: dict[str, list[tuple[int, int]]]) -> None:
    """Of those that a document shows."""
    told: Told = Counter()
    for name, root, sent in readings:
        document = judged("mmc", name, etree.tostring(root, encoding="unicode"))
        told.update(changed_octets(name, document, sent, iter(shown[name])))
    shares = report("octets", told)
    assert sum(told.values()) > at_least(80)
    assert shares["octets"] >= LEAST, shares


def changed_octets(name: str, document: JudgedFile, sent: JudgedFile, places: Iterator[tuple[int, int]]) -> Told:
    told: Told = Counter()
    before = {finding.message for finding in sent.findings}
    for octets in share(islice(other_octets(sent.octets, places), 0, None, EVERY)):
        changed = judged_message(name, octets.hex().encode())
        own = {finding.message for finding in changed.findings} - before
        hit = bool(changed.problem or own or findings(document, changed))
        told["octets", hit] += 1
    return told


@pytest.mark.parametrize("form", ["duis", "mmc"])
def test_what_means_nothing_stays_silent(form: str, request: pytest.FixtureRequest) -> None:
    kinds: Counter[str] = Counter()
    for name, root, sent in request.getfixturevalue("pairs" if form == "duis" else "readings"):
        before = findings(judged(form, name, etree.tostring(root, encoding="unicode")), sent)
        for one in share(islice(same_values(root, numbers()), 0, None, SILENT), by=lambda one: one.kind):
            after = findings(judged(form, name, one.text()), sent)
            assert after == before == [], (name, one.kind, one.path, after)
            kinds[one.kind] += 1
    print(form, dict(kinds))
    assert sum(kinds.values()) > at_least(100)


def test_every_pair_is_silent_before_it_is_changed(corpus: Path, readings: list[Pair]) -> None:
    """And of what a document shows, all but what has no link is compared."""
    asked = met = 0
    for name, root, sent in readings:
        pair = judge_pair(judged("mmc", name, etree.tostring(root, encoding="unicode")), sent, context_for())
        assert (pair.findings, pair.judged) == ((), True), name
        asked, met = asked + pair.asked, met + pair.met
    assert (len(readings), asked > 1200, asked - met) == (33, True, 1)
