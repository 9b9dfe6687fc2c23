"""Who speaks for another name of a row."""

from __future__ import annotations

import pytest

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification
from gbcscheck.proposals.name_voices import in_order
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release


@pytest.mark.parametrize(
    ("codes", "at", "name", "beside"),
    [
        (("8.14.1", "8.14.2", "8.14.4", "8.14.4 #2", "8.14.5"), 2, "8.14.3", ["8.14.2", "8.14.4 #2"]),
        (("8.14.1", "8.14.2", "8.14.4", "8.14.4 #2", "8.14.5"), 3, "8.14.3", []),
        (("8.1.9", "8.1.12", "8.1.11"), 1, "8.1.10", ["8.1.9", "8.1.11"]),
        (("0x8084", "0x8085", "0x8086"), 1, "0x808E", []),
        (("0x808D", "0x8085", "0x808F"), 1, "0x808E", ["0x808D", "0x808F"]),
        (("A", "C", "D"), 1, "B", []),
    ],
)
def test_a_code_has_its_place_in_a_list_in_order(codes: tuple[str, ...], at: int, name: str, beside: list[str]) -> None:
    rows = [ExtractRow(code, "title", None, f"Title {n}", source=f"/{n}/Title") for n, code in enumerate(codes)]
    extract = Extract(Specification("List", "1", ""), "published", tuple(rows), source_name="l.json", path="l.json")
    catalogue = Catalogue.of(Release("own", "", "", (extract,), Crosswalk()))
    target = catalogue.first(codes[at], "title")
    assert target is not None
    assert [one.subject for one in in_order(catalogue, target, name)] == beside
