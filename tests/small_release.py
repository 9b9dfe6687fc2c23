"""A small part of what ships, in the place of all of it: for tests of what a command does with a user's files, whose
answers do not hang on how many statements stand on the other side."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from gbcscheck.facts import shipped

LINKS = ("6.18-maximum-demand.json", "6.5-voltage.json", "7.12-randomised-offset.json")
"""The files of the crosswalk whose links are kept: their use cases, requests and responses are."""
WHOLE = ("gbcs/4.0/table-28d.json", "smets2/mp131.json", "smets2/units.json", "smets2/references.json")
LISTS = ("duis/service-requests.json", "dcc/use-case-list.json")
TREES = ("gbcs/4.0/use-cases.json", "duis/5.4/schema.json", "mmc/5.4/schema.json")
DEPTHS = {"Request": 4, "GBCSResponse": 6}
"""At which step of a path the request or the response stands."""


def write(root: Path, names: Iterable[str] = LINKS) -> Path:
    """Write it into a folder, as the folder of what ships is laid out; the folder. ``names`` are those of the files of
    the crosswalk that are kept."""
    whole = shipped.shipped_root()
    links = {name: json.loads((whole / "crosswalk" / name).read_text(encoding="utf-8")) for name in names}
    tops = {top for document in links.values() for subject in _subjects(document["entries"]) for top in _tops(subject)}
    tops |= {other for top in tops for other in _of_its_name(top)}
    above = {str(one) for top in tops for one in PurePosixPath(top).parents}
    for relative in WHOLE:
        _put(root / relative, (whole / relative).read_text(encoding="utf-8"))
    cases = {top for top in tops if not top.startswith("/")}
    entries = [entry for one in links.values() for entry in one["entries"]]
    references = {entry[key] for entry in entries for key in entry if key.endswith("_request")}
    for relative in LISTS:
        document = json.loads((whole / relative).read_text(encoding="utf-8"))
        document["statements"] = [one for one in document["statements"] if one["subject"] in cases | references]
        _put(root / relative, json.dumps(document))
    for relative in TREES:
        document = json.loads((whole / relative).read_text(encoding="utf-8"))
        document["statements"] = [one for one in document["statements"] if _is_of(tops | above, one["subject"])]
        _put(root / relative, json.dumps(document))
    for name, document in links.items():
        _put(root / "crosswalk" / name, json.dumps(document))
    lists = json.loads((whole / "crosswalk" / "lists.json").read_text(encoding="utf-8"))
    del lists["lists"]
    _put(root / "crosswalk" / "lists.json", json.dumps(lists))
    for name in ("names.json", "manifest.json", "directions", "mappings"):
        copy = shutil.copytree if (whole / name).is_dir() else shutil.copy
        copy(whole / name, root / name)
    named = json.dumps([*TREES, *LISTS, *WHOLE])
    _put(root / "releases.toml", f'[release.current]\ntitle = "A part"\ncrosswalk = "crosswalk"\nextracts = {named}\n')
    return root


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _subjects(value: Any) -> Iterator[str]:
    """The subjects of every end of some links."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "subject":
                yield one
            else:
                yield from _subjects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _subjects(one)


def _of_its_name(top: str) -> Iterable[str]:
    """The response of a request, or the request of a response."""
    name = top.rpartition("/")[2]
    if top.startswith("/Request/"):
        return [f"/GBCSResponse/Body/ResponseMessage/SMETSData/{name}Rsp"]
    return [f"/Request/Body/{name.removesuffix('Rsp')}"] if top.startswith("/GBCSResponse/") else []


def _is_of(kept: set[str], subject: str) -> bool:
    return subject in kept or not kept.isdisjoint(_tops(subject))


def _tops(subject: str) -> Iterable[str]:
    """The use case of a subject; of an element, the request or response that it is in, and what is above that."""
    if not subject.startswith("/"):
        return [subject.partition("/")[0]]
    names = subject.split("/")
    return ["/".join(names[: DEPTHS.get(names[1], 3)])]


def replace_shipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process take ``specs`` in a folder for what ships, as if the package stood beside it."""
    monkeypatch.setattr(shipped, "__file__", str(folder / "gbcscheck" / "facts" / "shipped.py"))
