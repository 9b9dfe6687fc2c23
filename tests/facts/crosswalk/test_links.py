"""The ends of links: their roles, in a file and back, and roles that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from crosswalk_shipped import ENTRIES, FILES, LINKS, of_file

from gbcscheck.errors import Problems
from gbcscheck.facts.crosswalk import ROLES, Link, LinkEnd, Role
from gbcscheck.facts.crosswalk_file import SCHEMA, load_crosswalk

Ends = dict[str, list[dict[str, Any]]]


def _plain(entry: dict[str, Any]) -> Ends:
    """The ends of an entry by role, each as an object of a list; notes are for people."""
    found: Ends = {}
    for role in ROLES.keys() & entry.keys():
        link_ends = entry[role] if isinstance(entry[role], list) else [entry[role]]
        objects = [{"subject": end} if isinstance(end, str) else end for end in link_ends]
        found[role] = [{key: text for key, text in end.items() if key != "note"} for end in objects]
    return found


def _written(link: Link) -> Ends:
    """The ends of a link as a file has them."""
    found: Ends = {}
    for end in link.ends:
        members = {"subject": end.subject, "convert": end.conversion, "where": end.where, "part": end.part}
        members |= {"key": list(end.key), "gather": end.gather}
        found.setdefault(end.role, []).append({key: text for key, text in members.items() if text})
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_ends_of_links_are_written_as_they_were_read(file: Path) -> None:
    written: dict[str, list[Ends]] = {}
    for link in of_file(file):
        written.setdefault(link.place.pointer or "", []).append(_written(link))
    for pointer, of_entry in written.items():
        entry = ENTRIES[str(file), pointer]
        assert of_entry == [_plain(_in_words(entry, words)) for words in entry.get("for", [{}])]


def _in_words(entry: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """An entry with some words in place of their names, by way of its text."""
    text = json.dumps({role: entry[role] for role in ROLES.keys() & entry.keys()})
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", json.dumps(word)[1:-1])
    found: dict[str, Any] = json.loads(text)
    return found


def test_each_role_is_a_member_of_a_link_in_the_schema_and_each_end_there_is_a_role() -> None:
    members = json.loads(SCHEMA.read_text("utf-8"))["$defs"]["link"]["properties"]
    link_ends = {name for name, schema in members.items() if schema.get("$ref") == "#/$defs/ends"}
    assert tuple(ROLES) == get_args(Role)
    assert link_ends < set(ROLES) <= set(members)
    assert set(ROLES) - link_ends == {"gbz"}


def test_the_ends_of_several_roles_in_the_order_asked_for() -> None:
    link = next(link for link in LINKS if link.ends_of("command") and link.ends_of("response"))
    assert link.ends_of("response", "command") == link.ends_of("response") + link.ends_of("command")
    assert link.ends_of("request", "command", "gbz", "response", "reading") == link.ends
    assert all(isinstance(end, LinkEnd) for end in link.ends)


@pytest.mark.parametrize(
    ("role", "near"),
    [("comand", '; did you mean "command"?'), ("Reading", '; did you mean "reading"?'), ("zigbee", "")],
)
def test_a_role_that_nobody_knows_is_refused_with_its_place(tmp_path: Path, role: str, near: str) -> None:
    file = tmp_path / "own.json"
    entry = {"item": "A.value", role: {"subject": "U1/A.value"}}
    file.write_text(json.dumps({"entries": [{"item": "B.value"}, entry]}, indent=1))
    with pytest.raises(Problems) as caught:
        load_crosswalk([file], shown={file: "own.json"}, trusted=frozenset())
    assert [str(problem) for problem in caught.value.problems] == [
        f'own.json:8: "{role}" is no member of a link{near} (at /entries/1/{role})'
    ]


def test_words_that_name_nothing_are_told_once_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    entry = {
        "item": "A{n}.value",
        "for": [{"n": "1"}, {"n": "2"}],
        "request": {"subject": "/a", "convert": "scales 10", "key": ["@index: map"]},
        "command": {"subject": "U1/A{n}.value", "part": "moth", "key": ["#"]},
        "members": "by key",
        "rest": "0..",
    }
    file.write_text(json.dumps({"entries": [entry]}))
    with pytest.raises(Problems) as caught:
        load_crosswalk([file], shown={file: "own.json"}, trusted=frozenset())
    told = [str(problem).splitlines()[0] for problem in caught.value.problems]
    assert len(told) == 3
    assert told[0] == "own.json (at /entries/0): 'scales 10' is no conversion"
    assert told[1].startswith("own.json (at /entries/0): a map without a pair")
    assert told[2].startswith("own.json (at /entries/0): 'moth' is no part of a value")
