"""The baseline file: its order, what stays of it octet by octet, and what is taken out."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.inputs.toml_tables import InvalidConfiguration
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.configuration import configuration_from
from gbcscheck.policy.waiver_entries import baseline_with, with_entries


def entry(subject: str, rule: str = "V101") -> Waiver:
    return Waiver("baseline of a day", rule, subject, "0123456789abcdef")


def known_of(path: Path) -> list[Waiver]:
    text = path.read_text(encoding="utf-8")
    return list(configuration_from("", path.parent / "gbcscheck.toml", text).waivers)


def subjects(content: bytes) -> list[str]:
    return [waiver["subject"] for waiver in tomllib.loads(content.decode()).get("waivers", [])]


def test_entries_stand_in_one_order_whoever_came_first(tmp_path: Path) -> None:
    path = tmp_path / "gbcscheck-baseline.toml"
    one = baseline_with(path, [], [entry("B"), entry("A", "X101"), entry("A")], lambda _: True)
    assert subjects(one) == ["A", "B", "A"]
    path.write_bytes(one)
    two = baseline_with(path, known_of(path), [entry("AB")], lambda _: True)
    assert subjects(two) == ["A", "AB", "B", "A"]
    added = [line for line in two.splitlines() if line not in one.splitlines()]
    assert added == [b'subject = "AB"']
    path.write_bytes(two)
    assert baseline_with(path, known_of(path), [], lambda waiver: waiver.subject != "AB") == one


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_stay_with_their_entries(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "gbcscheck-baseline.toml"
    lines = [
        "# ours",
        "",
        "# about B",
        "[[waivers]]",
        'subject = "B"',
        "reason = 'x' # so",
        "",
        "# about A",
        "[[waivers]]",
        'subject = "A"',
        "reason = 'y'",
        "",
    ]
    path.write_bytes(ending.join(lines).encode())
    content = baseline_with(path, known_of(path), [], lambda _: True).decode()
    assert content.split(ending) == [*lines[:2], *lines[7:11], "", *lines[2:6], ""]
    pruned = baseline_with(path, known_of(path), [], lambda waiver: waiver.subject == "A").decode()
    assert pruned.split(ending) == [*lines[:2], *lines[7:11], ""]


def test_the_first_line_is_about_all_entries(tmp_path: Path) -> None:
    path = tmp_path / "gbcscheck-baseline.toml"
    path.write_text('# ours\n[[waivers]]\nsubject = "B"\nreason = "x"\n', encoding="utf-8")
    content = baseline_with(path, known_of(path), [entry("A", "")], lambda _: True).decode()
    assert content.startswith('# ours\n\n[[waivers]]\nsubject = "A"')


def test_entries_in_one_list_cannot_be_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "gbcscheck-baseline.toml"
    path.write_text('waivers = [{rule = "V101", reason = "x"}]\n', encoding="utf-8")
    with pytest.raises(InvalidConfiguration, match=r"under a line \[\[waivers\]\]"):
        baseline_with(path, known_of(path), [], lambda _: True)


TEXTS = st.text(min_size=1, max_size=12).filter(str.strip)


@given(
    st.builds(
        Waiver,
        TEXTS,
        st.just("V101"),
        TEXTS,
        st.just("0123456789abcdef"),
        st.none() | st.dates(date(2026, 1, 1)),
        parties=st.sampled_from([(), ("DCC",), ("DCC", "manufacturers")]),
        file=st.sampled_from(["", "specs/**/table-28d.*"]),
        values=st.lists(TEXTS, max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_again(waiver: Waiver) -> None:
    path = Path("/nowhere/gbcscheck.toml")
    (read,) = configuration_from(with_entries(path, [waiver]).decode(), path).waivers
    told = waiver.target, waiver.reason, waiver.expires, waiver.values
    assert (read.target, read.reason, read.expires, read.values) == told
