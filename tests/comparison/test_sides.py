"""What an argument names, and what is read for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from compare_parts import Git

from gbcscheck.comparison.git_sides import is_specification_file
from gbcscheck.comparison.loading import load_sides
from gbcscheck.comparison.side import Side
from gbcscheck.comparison.sides import named, work_tree_for
from gbcscheck.errors import UnreadableSource, UsageError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def extract(domain: str = "1", part: str = "Table 9") -> str:
    document: dict[str, Any] = {
        "specification": "GBCS",
        "version": "9.0",
        "part": part,
        "provenance": "synthetic",
        "statements": [{"subject": "X.value", "attribute": "default", "domain": domain}],
    }
    return json.dumps(document)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    found = Git(tmp_path / "repository")
    monkeypatch.chdir(found.root)
    return found


def sides(old: str, new: str | None = None, *within: str) -> tuple[Side, Side]:
    older = named(old, within=within)
    return load_sides(older, named(new or work_tree_for(older, old), within=within))


def domains(side: Side) -> list[str | None]:
    return [row.domain for one in side.release.extracts for row in one.rows]


# --- names -----------------------------------------------------------------------------------------------------------


def test_what_there_is_one_of_needs_no_more_words(git: Git) -> None:
    git.write("specs/a.json", extract())
    git.commit()
    assert (named("specs").kind, named("HEAD").kind, named("current").kind) == ("files", "revision", "release")
    assert (named("WORKTREE").kind, named("HEAD:specs").within) == ("worktree", ("specs",))
    assert named("HEAD", within=["specs/../specs"]).within == ("specs",)
    assert str(named("HEAD:specs")) == f"HEAD ({git('rev-parse', '--short', 'HEAD')}):specs"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("specs", '"specs" is a folder and a revision; write ./specs for the folder, specs: for the revision'),
        ("current", '"current" is a release that ships and a revision; write release:current for the release'),
    ],
)
def test_what_there_are_two_of_is_told(git: Git, name: str, told: str) -> None:
    git.write("specs/a.json", extract())
    git.commit()
    git("branch", name)
    with pytest.raises(UsageError, match="write") as raised:
        named(name)
    assert raised.value.problem.startswith(told)
    assert named(f"{name}:").kind == "revision"
    if name == "specs":
        assert named("./specs").kind == "files"
    else:
        assert named("release:current").kind == "release"


def test_what_there_is_none_of(git: Git) -> None:
    git.commit()
    with pytest.raises(UsageError, match="no revision of this repository") as raised:
        named("nosuch")
    assert "HEAD~3 was expected" in raised.value.detail
    with pytest.raises(UsageError, match="no such file or folder"):
        named("specs/nosuch.json")
    with pytest.raises(UsageError, match="empty"):
        named(" ")


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="there is no git repository around"):
        named("HEAD")
    with pytest.raises(UsageError, match="not in a git repository"):
        named("WORKTREE")


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_revision_against_the_work_tree(git: Git) -> None:
    git.write("specs/a.json", extract("1"))
    git.commit()
    git.write("specs/a.json", extract("2"))
    old, new = sides("HEAD")
    assert (domains(old), domains(new)) == (["1"], ["2"])
    assert [one.path for one in (*old.release.extracts, *new.release.extracts)] == ["specs/a.json"] * 2
    assert new.name == "the work tree"


def test_paths_are_named_from_the_working_folder(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git.write("specs/a.json", extract())
    git.write("specs/bad.json", "{")
    git.commit()
    git.write("sub/x", "")
    monkeypatch.chdir(git.root / "sub")
    old, new = sides("HEAD")
    for side in (old, new):
        assert [one.path for one in side.release.extracts] == ["../specs/a.json"]
        assert [problem.where for problem in side.release.problems] == ["../specs/bad.json:1:2"]


def test_only_some_folders(git: Git) -> None:
    git.write("specs/a.json", extract("1", "Table 1"))
    git.write("more/b.json", extract("2", "Table 2"))
    git.commit()
    assert domains(sides("HEAD", None, "specs")[0]) == ["1"]
    assert domains(sides("HEAD:more", "WORKTREE:specs")[0]) == ["2"]
    assert domains(sides("HEAD:more", "WORKTREE:specs")[1]) == ["1"]
    assert domains(sides("HEAD:more/b.json", "specs/a.json")[0]) == ["2"]


def test_a_repository_of_specifications_is_read_as_it_is_laid_out(git: Git) -> None:
    git.write("specs/releases.toml", '[release.draft]\ntitle = "A draft"\nextracts = ["a.json"]\n')
    git.write("specs/a.json", extract("1"))
    git.write("specs/b.json", extract("2", "Table 10"))
    git.commit()
    old, new = sides("HEAD:specs", "WORKTREE:specs")
    assert (domains(old), domains(new)) == (["1"], ["1"])
    assert (old.release.name, old.release.title) == ("draft", "A draft")


def test_without_a_base_the_older_side_is_empty_and_says_so(git: Git) -> None:
    git.write("specs/a.json", extract())
    old, new = sides("HEAD")
    assert (domains(old), domains(new)) == ([], ["1"])
    assert old.note == "HEAD is no commit yet: there is no base, and everything is new"
    git.commit()
    old, _ = sides("HEAD:elsewhere", "HEAD:specs")
    assert old.note.startswith("there is no specification in HEAD")


def test_nothing_on_either_side_is_an_error(git: Git) -> None:
    git.write("readme.txt", "x")
    git.commit()
    with pytest.raises(UnreadableSource, match="no specification was found on either side"):
        sides("HEAD")


def test_other_json_of_a_repository_is_skipped_and_a_broken_extract_is_not(git: Git) -> None:
    git.write("specs/a.json", extract())
    git.write("package.json", '{"name": "x"}')
    git.commit()
    git.write("package.json", '{"name": "y"}')
    old, new = sides("HEAD")
    assert [side.release.problems for side in (old, new)] == [(), ()]
    assert new.release.skipped == ("package.json: no specification",)
    git.write("specs/a.json", '{"name": "no extract any more"}')
    _, new = sides("HEAD")
    assert [problem.where for problem in new.release.problems] == ["specs/a.json"]


def test_a_file_that_cannot_be_read_is_taken_to_be_as_on_the_other_side(git: Git) -> None:
    git.write("specs/a.json", extract("1"))
    git.write("specs/b.json", extract("2", "Table 10"))
    git.commit()
    git.write("specs/a.json", "\x00\x01")
    old, new = sides("HEAD")
    assert (sorted(map(str, domains(old))), sorted(map(str, domains(new)))) == (["1", "2"], ["1", "2"])
    assert len(new.release.problems) == 1
    assert new.note.startswith(
        "GBCS 9.0 Table 9 may be in a file of the work tree that could not be read, and is taken"
    )


def test_a_part_whose_file_has_another_name_is_not_told_as_gone_either(git: Git) -> None:
    git.write("specs/a-1.json", extract("1"))
    git.write("specs/b.json", extract("2", "Table 10"))
    git.commit()
    (git.root / "specs/a-1.json").unlink()
    git.write("specs/a-2.json", "{")
    _, new = sides("HEAD")
    assert sorted(map(str, domains(new))) == ["1", "2"]


def test_single_files_and_folders_are_paired_too(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(extract())
    (tmp_path / "new" / "a.json").write_text("{")
    for old, new in ((tmp_path / "old", tmp_path / "new"), (tmp_path / "old/a.json", tmp_path / "new/a.json")):
        _, after = sides(str(old), str(new))
        assert (domains(after), len(after.release.problems)) == (["1"], 1)


def test_a_pointer_of_git_lfs_is_told(git: Git) -> None:
    git.write("specs/a.json", extract())
    git.write("specs/b.xlsx", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    git.commit()
    old, _ = sides("HEAD", "current")
    assert [(problem.where, "git lfs fetch" in problem.problem) for problem in old.release.problems] == [
        ("specs/b.xlsx", True)
    ]


def test_schemas_of_a_revision_find_what_they_import(git: Git) -> None:
    schema = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x:house" xmlns="urn:x:house">'
        '<xs:include schemaLocation="types.xsd"/><xs:element name="Order" type="Size"/></xs:schema>'
    )
    types = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x:house" xmlns="urn:x:house">'
        '<xs:simpleType name="Size"><xs:restriction base="xs:integer"><xs:maxInclusive value="9"/></xs:restriction>'
        "</xs:simpleType></xs:schema>"
    )
    git.write("specs/order.xsd", schema)
    git.write("specs/types.xsd", types)
    git.commit()
    old, new = sides("HEAD")
    assert domains(old) == domains(new)
    assert [one.source_name for one in old.release.extracts] == ["specs/order.xsd"]
    assert old.release.skipped == ("specs/types.xsd: declares no global element: a schema that others import",)
    for older, within in (("HEAD:specs/order.xsd", ()), ("HEAD", ("specs/order.xsd",))):
        old, new = sides(older, None, *within)
        assert domains(old) == domains(new) != []
        assert (old.release.problems, old.release.skipped) == ((), ())


def test_a_single_table_of_a_revision_is_read_with_its_mapping(git: Git) -> None:
    git.write("specs/a.csv", "Thing,Start\nX,1\n")
    mapping = {"specification": "GBCS", "part": "Table 9", "subject": ["Thing"], "columns": {"Start": "default"}}
    git.write("specs/a.mapping.json", json.dumps(mapping))
    git.commit()
    old, new = sides("HEAD:specs/a.csv")
    assert domains(old) == domains(new) == ["1"]


def test_a_path_of_a_revision_is_compared_with_the_same_path_of_the_work_tree(git: Git) -> None:
    git.write("specs/a.json", extract("1", "Table 1"))
    git.write("more/b.json", extract("2", "Table 2"))
    git.commit()
    for older in ("HEAD:specs", "HEAD:specs/a.json"):
        assert domains(sides(older)[1]) == ["1"]
    assert domains(sides("HEAD:")[1]) == ["1", "2"]
    with pytest.raises(UnreadableSource, match="on either side"):
        sides("HEAD:spec")
    (git.root / "specs/a.json").unlink()
    assert domains(sides("HEAD:specs/a.json")[1]) == []


def test_files_that_may_hold_a_specification() -> None:
    yes = ("a.json", "x/a.XSD", "b.xlsx", "c.csv", "releases.toml", "x/releases.toml")
    no = ("a.txt", ".x/a.json", "x/.a.json", "~$b.xlsx", "pyproject.toml")
    assert [is_specification_file(name) for name in (*yes, *no)] == [True] * 6 + [False] * 5
