"""What is only read: each link against the schema of responses, and against the test responses of devices.

The values of responses are those that the package's own decoder finds (the decoder has tests of its own); what an
element can show is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_places import Table
from crosswalk_shipped import CROSSWALK, LINKS, READINGS, named

from gbcscheck.cosem.axdr import Data
from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import judge_file
from gbcscheck.domains import Domain, NotExact, Texts
from gbcscheck.domains.base import Value
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.parts import parse_part
from gbcscheck.domains.singletons import domain_of
from gbcscheck.evidence.reading import value_of_data
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.wildcards import subject_fits

MMC = "MMC 5.4"


@pytest.fixture(scope="module")
def returned(corpus: Path) -> Mapping[str, list[Value]]:
    """By row: the values in the test responses that report success."""
    context = load_context(Choices())
    found: dict[str, list[Value]] = {}
    for file in sorted((corpus / "rtds").glob("*/*SUCCESS*RESPONSE_GBCS.HEX")):
        for entry in judge_file(Argument(str(file), True), context)[0].entries:
            value = entry.value
            if isinstance(value, Data):
                value = None if value.members else value_of_data(value)
            if entry.subject and value is not None:
                found.setdefault(entry.subject, []).append(value)
    return found


@pytest.mark.parametrize("link", READINGS, ids=named)
def test_what_a_device_returned_can_be_shown(
    link: Link, returned: Mapping[str, list[Value]], schemas: Mapping[str, Table]
) -> None:
    shown = [_shown(end, schemas[MMC]) for end in link.ends_of("reading") if not end.gather]
    if None in shown or not shown:
        return
    for end in link.all_ends_of("response"):
        for value in returned.get(end.subject, ()):
            if isinstance(value, str):  # the words of the decoder beside the value
                continue
            part = domain_of(parse_part(end.part).of(value)) if end.part else domain_of(value)
            assert any(_lies_within(part, one) for one in shown if one is not None), (end.subject, value)


def _shown(reading: LinkEnd, schema: Table) -> Domain | None:
    """What an element can show, as the device holds it; None where nobody can say."""
    row = schema.rows[reading.subject]
    permitted = row["permitted"].domain if "permitted" in row else '""'  # an element without content
    if permitted is None:
        return None
    try:
        return parse_conversion(reading.conversion).image(parse_domain(permitted))
    except NotExact:
        return None


def _lies_within(value: Domain, shown: Domain) -> bool:
    members = value.members(1) if isinstance(shown, Texts) else None
    if members and isinstance(members[0], bytes):  # a string of visible characters
        value = domain_of(members[0].decode("ascii"))
    return interpret_as(value, shown).is_subset(shown) is not False


def test_enough_is_witnessed(returned: Mapping[str, list[Value]]) -> None:
    rows = {end.subject for link in READINGS for end in link.all_ends_of("response")}
    assert len(rows & returned.keys()) >= 100


def test_every_leaf_of_the_responses_is_linked_or_has_its_reason(schemas: Mapping[str, Table]) -> None:
    leaves = [
        path for path, row in schemas[MMC].rows.items() if path.startswith("/GBCSResponse/") and "permitted" in row
    ]
    shown = [end for link in LINKS for end in link.all_ends_of("reading")]
    linked = {end.subject for end in shown} | {key for end in shown for key in _keys(end, schemas[MMC])}
    left = [path for path in leaves if path not in linked]
    assert len(leaves) - len(left) >= 870
    assert [path for path in left if not any(subject_fits(one.subject, path) for one in CROSSWALK.unlinked)] == []


def _keys(end: LinkEnd, schema: Table) -> set[str]:
    """The attributes by which one of several values of an element is known."""
    found = set()
    for term in (*end.key, end.where.partition(" = ")[0]):
        holder, at, attribute = term.partition(":")[0].strip().rpartition("@")
        around = end.subject
        while at and around.count("/") > 1:
            if holder.rstrip("/") in ("", around.rpartition("/")[2]) and f"{around}/@{attribute}" in schema.rows:
                found.add(f"{around}/@{attribute}")
                break
            around = around.rpartition("/")[0]
    return found
