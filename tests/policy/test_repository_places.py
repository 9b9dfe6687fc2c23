"""Places in the user's own repository: lines of extracts and of tables, by path from the root."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.git.revisions import repository_root
from gbcscheck.inputs.json_places import lines_of_elements
from gbcscheck.model import Place, Statement
from gbcscheck.policy.repository_places import RepositoryPlaces
from gbcscheck.release.releases import Release, load_paths

EXTRACT = """\
{
  "specification": "GBCS", "version": "9", "part": "Table 9", "provenance": "synthetic",
  "source": {"name": "away/table.xlsx"},
  "statements": [
    {"subject": "A.value", "attribute": "default", "domain": "1", "source": "T!D7"},
    {"subject": "B.value", "attribute": "default",
     "domain": "2"},

    {"subject": "C.value", "attribute": "default", "domain": "3"}
  ]
}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an extract and a table below a folder, in which the command runs."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "t.json").write_text(EXTRACT, encoding="utf-8")
    (folder / "u.csv").write_text('Data item,Default\nInterval,15\n"Other",16\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    return tmp_path


def loaded(*paths: str) -> tuple[Release, list[Statement]]:
    release = load_paths([Path(path) for path in paths])
    return release, [statement for extract in release.extracts for statement in extract.statements()]


def test_a_statement_stands_on_the_line_of_its_extract(repository: Path) -> None:
    release, statements = loaded("t.json")
    places = RepositoryPlaces([release]).of_statements(statements)
    assert [places[statement] for statement in statements] == [
        Place("specs/t.json", line=line, pointer=f"/statements/{index}") for index, line in enumerate((5, 6, 9))
    ]
    assert statements[0].place == Place("away/table.xlsx", sheet="T", cell="D7")


def test_a_table_of_plain_lines_has_lines(repository: Path) -> None:
    release, statements = loaded("u.csv")
    places = RepositoryPlaces([release]).of_statements(statements)
    assert [(places[s].path, places[s].line) for s in statements if s.attribute == "default"] == [
        ("specs/u.csv", 2),
        ("specs/u.csv", 3),
    ]


def test_a_cell_over_two_lines_leaves_the_cell_alone(repository: Path) -> None:
    (repository / "specs" / "v.csv").write_text('Data item,Default\n"Inter\nval",15\n', encoding="utf-8")
    release, statements = loaded("v.csv")
    places = RepositoryPlaces([release]).of_statements(statements)
    assert {place.line for place in places.values()} == {None}
    assert {place.cell for place in places.values()} == {"B2"}


def test_what_is_not_in_the_repository_has_no_place(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    away = tmp_path_factory.mktemp("away") / "t.json"
    away.write_text(EXTRACT, encoding="utf-8")
    release, statements = loaded(str(away))
    assert RepositoryPlaces([release]).of_statements(statements) == {}


def test_a_repository_of_specifications_is_found_below_its_folder(repository: Path) -> None:
    (repository / "specs" / "releases.toml").write_text('[release.x]\nextracts = ["t.json"]\n', encoding="utf-8")
    release, statements = loaded(".")
    assert {place.path for place in RepositoryPlaces([release]).of_statements(statements).values()} == {"specs/t.json"}


@pytest.mark.parametrize("name", ["t.json", "u.csv"])
def test_of_another_revision_there_is_no_line(repository: Path, name: str) -> None:
    release, statements = loaded(name)
    former = replace(release, files=())
    places = RepositoryPlaces([former]).of_statements(statements)
    assert all(place.line for place in places.values())
    (extract,) = release.extracts
    document = json.loads(EXTRACT)
    document["statements"].reverse()
    table = "Data item,Default\nOther,16\nInterval,15\n"
    now = f"now-{name}"
    (repository / "specs" / now).write_text(table if name == "u.csv" else json.dumps(document), encoding="utf-8")
    extract = replace(extract, path=now, source_name=now if extract.source_name == name else extract.source_name)
    old = list(extract.statements())
    places = RepositoryPlaces([replace(former, extracts=(extract,))]).of_statements(old)
    assert set(places) == set(old)
    assert {(place.path, place.line) for place in places.values()} == {(f"specs/{now}", None)}
    other = replace(former, extracts=(replace(extract, source_sha256="0" * 64),))
    both = RepositoryPlaces([release, other]).of_statements(statements)
    assert all(place.line for place in both.values())


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("t.json:12:3", 12),
        ("t.json:7", 7),
        ("t.json", None),
        ("t.json#/statements/0", None),
        ("u.csv · u!B3", None),
        ("t.json:12:3 (main (1234567))", 12),
        ("t (2) #1:3.json:4", 4),
        ("away.json:3", 0),
        ("../../out.json:3", 0),
        ("", 0),
    ],
)
def test_problems_have_places_too(repository: Path, where: str, line: int | None) -> None:
    (repository / "specs" / "t (2) #1:3.json").write_text("{", encoding="utf-8")
    (repository.parent / "out.json").write_text("{", encoding="utf-8")
    problem = UnreadableSource("not JSON", where=where)
    path = f"specs/{where[: where.rindex('.')]}" + (".csv" if where.startswith("u") else ".json") if where else ""
    expected = {} if line == 0 else {where: Place(path, line=line)}
    release, _ = loaded("t.json")
    today = RepositoryPlaces([replace(release, problems=(problem,))])
    assert today.of_problems([problem]) == expected
    assert RepositoryPlaces([release]).of_problems([problem]) == ({} if line == 0 else {where: Place(path)})


def test_the_next_run_reads_a_file_anew(repository: Path) -> None:
    release, statements = loaded("t.json")
    assert {place.line for place in RepositoryPlaces([release]).of_statements(statements).values()} == {5, 6, 9}
    (repository / "specs" / "t.json").write_text("\n" + EXTRACT, encoding="utf-8")
    assert {place.line for place in RepositoryPlaces([release]).of_statements(statements).values()} == {6, 7, 10}


def test_without_a_repository_paths_are_seen_from_the_folder(tmp_path: Path) -> None:
    assert repository_root(tmp_path) in (tmp_path, *tmp_path.parents)


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        ({"a": 1}, ()),
        ({"statements": 1}, ()),
        ({"statements": []}, ()),
        ({"x": [{"statements": 1}], "statements": [1, [2, 3], {"a": [4]}]}, (8, 9, 13)),
    ],
)
def test_lines_of_elements(document: object, lines: tuple[int, ...]) -> None:
    assert lines_of_elements(json.dumps(document, indent=1), "statements") == lines
