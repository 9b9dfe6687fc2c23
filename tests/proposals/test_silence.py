"""A value or a mark that rows of other use cases have not is taken away, and not written into those rows too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from joined_workbook import NUMBER, bench_of, read

from gbcscheck.model.repairs import Repairs
from gbcscheck.proposals import Authority, propose
from gbcscheck.rules import RULES, check

_DLMS = (
    *("use case", NUMBER, "ref.", "name", "class", "OBIS code", "attribute/method name", "DLMS COSEM data types"),
    *("constant value", "encrypted"),
)
_LIMIT = ("10", "", "Limit: value", "3", "1-0:1.0.0.1", "value", "unsigned")
_LOG = ("11", "", "Log: value", "3", "1-0:1.0.0.2", "value", "unsigned")
SHEETS: Mapping[str, Sequence[Sequence[str]]] = {
    "Use cases": (
        ("use case", "title", "message code"),
        *((f"U{n}", f"Title {n}", f"0x000{n}") for n in (1, 2, 3)),
    ),
    "Objects": (
        ("use cases", NUMBER, "ref.", "name", "attribute/method", "sub category", "data type", "sensitive"),
        ("U1\nU2\nU3", "10", "", "Limit", "value", "Configuration data", "INTEGER", ""),
        ("U1\nU2\nU3", "11", "", "Log", "value", "Operational data", "INTEGER", "yes"),
        ("U1", "12", "", "Bill", "value", "Operational data", "INTEGER", "yes"),
    ),
    "DLMS": (
        _DLMS,
        ("U1", *_LIMIT, "-", ""),
        ("U2", *_LIMIT, "-", ""),
        ("U3", *_LIMIT, "-", ""),
        ("U1", *_LOG, "-", "yes"),
        ("U2", *_LOG, "-", "yes"),
        ("U3", *_LOG, "-", "yes"),
        ("U1", "12", "", "Bill: value", "3", "1-0:1.0.0.3", "value", "unsigned", "-", "yes"),
    ),
}


def _proposed(folder: Path, changed: Mapping[tuple[str, int, str], str], *codes: str) -> Repairs:
    (release,) = bench_of(read(folder, changed, SHEETS)).releases
    rules = [one for one in RULES if one.code in codes]
    found = check(bench_of(release.extracts[0]).catalogues[0], rules)
    assert found
    return propose([release], rules, found, Authority())


@pytest.mark.parametrize(
    ("place", "wrong", "rule", "edit"),
    [
        (("DLMS", 3, "constant value"), "||0x39", "P121", ("DLMS!I3", "||0x39", "")),
        (("DLMS", 4, "encrypted"), "yes", "V121", ("DLMS!J4", "yes", "")),
        (("DLMS", 6, "encrypted"), "", "V121", ("DLMS!J6", "(blank)", "yes")),
    ],
)
def test_what_other_use_cases_do_not_say_is_taken_away(
    tmp_path: Path, place: tuple[str, int, str], wrong: str, rule: str, edit: tuple[str, str, str]
) -> None:
    (found,) = _proposed(tmp_path, {place: wrong}, rule).edits
    assert (found.statement.source, found.old, found.new) == edit
    assert found.confidence in ("certain", "likely")


def test_a_mark_of_the_list_of_objects_is_one_of_all_its_use_cases(tmp_path: Path) -> None:
    (found,) = _proposed(tmp_path, {("Objects", 2, "sensitive"): "yes"}, "V121").choices
    (option,) = found.options
    assert option.text == "write nothing in Objects!H2"
    proposed = _proposed(tmp_path, {("Objects", 3, "sensitive"): ""}, "V121")
    (edit,) = proposed.edits
    assert (edit.statement.source, edit.old, edit.new) == ("Objects!H3", "(blank)", "yes")
    assert {one.subject for one in proposed.settled} == {"U1/Log.value", "U2/Log.value", "U3/Log.value"}


def test_who_says_nothing_is_named(tmp_path: Path) -> None:
    (found,) = _proposed(tmp_path, {("DLMS", 2, "constant value"): "||0x39"}, "P121").edits
    assert "says nothing there" in found.why
    assert "U3" in found.why
