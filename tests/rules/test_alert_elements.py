"""The rule on elements that are named for the code of an event or alert."""

from __future__ import annotations

import pytest
from planted_workbooks import both_releases, shipped
from rule_releases import findings, part, says

from gbcscheck.model import Finding

CODES = [f"0x80{number:02X}" for number in range(20)]


def told(listed: list[str], *elements: str) -> list[Finding]:
    codes = part("GBCS", *(says(code, "name", value="an alert") for code in listed), name="alert codes")
    named = [says(f"/Request/{name}", "type", value="sr:Enable") for name in elements]
    return findings("S123", codes, part("DUIS", *named, name="schema"))


@both_releases
def test_what_is_published_is_silent(release: str) -> None:
    assert shipped("S123", release) == []


def test_a_code_that_the_list_lacks_is_told() -> None:
    elements = [f"x{code[2:]}" for code in CODES]
    (found,) = told([*CODES[:5], *CODES[6:]], *elements)
    assert (found.subject, found.severity) == ("0x8005", "warning")
    assert found.message == "1 element is named for it, and the list lacks it"


@pytest.mark.parametrize("elements", [(), ("x8000", "xFFFFF", "x80"), ("x9001", "x9002", "x9003")])
def test_what_is_no_code_or_of_no_such_list_is_none(elements: tuple[str, ...]) -> None:
    assert told(CODES, *elements) == []


def test_a_code_of_one_other_digit_that_the_list_has_instead_is_cited() -> None:
    elements = [f"x{code[2:]}" for code in CODES]
    (found,) = told([*CODES[:5], "0x8F05", "0x9999", *CODES[6:]], *elements)
    assert [one.subject for one in found.statements] == ["/Request/x8005", "0x8F05"]
    assert found.why == "GBCS 1.0 alert codes has 0x8F05, none of those that elements are named for."
