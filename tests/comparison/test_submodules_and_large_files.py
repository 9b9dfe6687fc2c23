"""What git keeps elsewhere: submodules, files that a sparse checkout leaves out, and pointers of Git LFS."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from compare_parts import Git

from gbcscheck.cli import run
from gbcscheck.comparison.configured import missing_inside
from gbcscheck.comparison.loading import load_sides
from gbcscheck.comparison.side import Side
from gbcscheck.comparison.sides import named

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def extract(domain: str, part: str = "Table 9") -> str:
    statement = {"subject": "X.value", "attribute": "default", "domain": domain}
    head = {"specification": "GBCS", "version": "9.0", "part": part, "provenance": "synthetic"}
    return json.dumps({**head, "statements": [statement]})


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository with a submodule ``vendor/other``, recorded at a commit that says 1 and then at one that says 2."""
    other = Git(tmp_path / "other")
    found = Git(tmp_path / "repository")
    monkeypatch.chdir(found.root)
    other.write("tables/b.json", extract("1", "Table 10"))
    other.commit()
    found.write("specs/a.json", extract("5"))
    found("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root.as_uri(), "vendor/other")
    found.commit()
    other.write("tables/b.json", extract("2", "Table 10"))
    other.commit()
    found("-C", "vendor/other", "pull", "-q")
    found.commit()
    return found


def sides(old: str, new: str, *within: str) -> tuple[Side, Side]:
    return load_sides(named(old, within=within), named(new, within=within))


def says(side: Side) -> dict[str, str | None]:
    """What each file of a side says."""
    return {one.path: row.domain for one in side.release.extracts for row in one.rows}


# --- submodules ------------------------------------------------------------------------------------------------------


def test_a_submodule_is_read_at_the_commit_that_is_recorded(git: Git) -> None:
    old, new = sides("HEAD~1", "HEAD")
    assert says(old) == {"specs/a.json": "5", "vendor/other/tables/b.json": "1"}
    assert says(new) == {"specs/a.json": "5", "vendor/other/tables/b.json": "2"}
    assert (old.unlooked, new.unlooked, old.release.problems, new.release.problems) == ((), (), (), ())
    work = sides("HEAD~1", "WORKTREE")[1]
    assert says(work) == says(new)
    assert {str(path) for path in work.release.files} == {"specs/a.json"}


def test_what_lies_in_a_submodule_and_is_not_recorded_is_none_of_this_repository(git: Git) -> None:
    git.write("vendor/other/tables/b.json", extract("9", "Table 10"))
    assert says(sides("HEAD", "WORKTREE")[1])["vendor/other/tables/b.json"] == "2"
    git("-C", "vendor/other", "checkout", "-q", "-f", "HEAD~1")
    assert says(sides("HEAD", "WORKTREE")[1])["vendor/other/tables/b.json"] == "2"
    git("add", "vendor/other")
    assert says(sides("HEAD", "WORKTREE")[1])["vendor/other/tables/b.json"] == "1"


def test_a_folder_of_a_submodule_can_be_named(git: Git) -> None:
    old, new = sides("HEAD~1:vendor/other/tables", "WORKTREE:vendor/other/tables")
    assert (list(says(old).values()), list(says(new).values())) == (["1"], ["2"])


def test_a_submodule_that_is_no_longer_checked_out_is_still_here(git: Git) -> None:
    git("submodule", "--quiet", "deinit", "-f", "vendor/other")
    assert [sorted(map(str, says(side).values())) for side in sides("HEAD~1", "HEAD")] == [["1", "5"], ["2", "5"]]


def test_a_submodule_that_is_not_here_is_told_and_fails_where_that_is_asked_for(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = git("rev-parse", "HEAD:vendor/other")
    git("clone", "-q", git.root.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    for newer in ("HEAD", "WORKTREE"):
        assert run(["compare", "--no-cache", "HEAD~1", newer]) == 0
        out, err = capsys.readouterr()
        told = " ".join(out.split())
        assert f'"vendor/other": a submodule that is not here at {commit[:12]}, and is not read' in told
        assert "(run `git submodule update --init -- vendor/other`)" in told
        assert err == ""
        assert run(["compare", "--no-cache", "--strict", "HEAD~1", newer]) == 2
        assert capsys.readouterr().err.count("a submodule that is not here") == 2
    assert run(["compare", "--no-cache", "--strict", "HEAD~1", "HEAD", "--path", "specs"]) == 0
    git(
        "-C",
        ".",
        "-c",
        "protocol.file.allow=always",
        "-C",
        str(tmp_path / "clone"),
        "submodule",
        "-q",
        "update",
        "--init",
    )
    assert run(["compare", "--no-cache", "--strict", "HEAD~1", "HEAD", "--fail-on", "never"]) == 0


def test_a_path_that_git_keeps_elsewhere_is_no_misspelt_one(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("clone", "-q", git.root.as_uri(), str(tmp_path / "clone"))
    for checkout, path, is_there in (
        (git.root, "vendor/other/tables", True),
        (tmp_path / "clone", "vendor", True),
        (tmp_path / "clone", "vendor/other/tables", True),
        (tmp_path / "clone", "vendor/another", False),
    ):
        monkeypatch.chdir(checkout)
        if is_there and checkout == git.root:
            git("sparse-checkout", "set", "specs")
        for text in (f"HEAD:{path}", f"WORKTREE:{path}"):
            assert (missing_inside([(named(text), text)]) == []) is is_there, (checkout, text)


def test_a_commit_that_a_clone_of_a_submodule_lacks_is_told_with_what_to_run(git: Git) -> None:
    git("update-index", "--cacheinfo", f"160000,{'1' * 40},vendor/other")
    git("commit", "-q", "-m", "a commit that nobody has")
    old, new = sides("HEAD~1", "HEAD")
    assert ["run `git -C ./vendor/other fetch`" in str(one) for one in new.unlooked] == [True]
    assert says(new)["vendor/other/tables/b.json"] == "2"
    assert "may be in a submodule of HEAD" in new.note
    assert old.unlooked == ()


def test_a_submodule_of_a_submodule(git: Git, tmp_path: Path) -> None:
    inner = Git(tmp_path / "inner")
    inner.write("c.json", extract("7", "Table 11"))
    inner.commit()
    git("-C", "vendor/other", "-c", "protocol.file.allow=always", "submodule", "-q", "add", inner.root.as_uri(), "deep")
    git("-C", "vendor/other", "commit", "-q", "-m", "deeper")
    git.commit()
    assert says(sides("HEAD~1", "HEAD")[1])["vendor/other/deep/c.json"] == "7"


def test_no_link_and_no_word_of_the_repository_leads_to_another_repository(git: Git, tmp_path: Path) -> None:
    """The commit is known by its name; where it is, is never taken from what a checkout says."""
    secret = Git(tmp_path / "secret")
    secret.write("s.json", extract("8", "Secret"))
    commit = secret.commit()
    git("update-index", "--add", "--cacheinfo", f"160000,{commit},link/secret")
    git("update-index", "--add", "--cacheinfo", f"160000,{commit},plain")
    git.write(".gitmodules", f'[submodule "../../../secret/.git"]\n\tpath = plain\n\turl = {secret.root}\n')
    git("add", ".gitmodules")
    git("commit", "-q", "-m", "two that lead out")
    (git.root / "link").symlink_to(tmp_path)
    git.write("plain/.git", f"gitdir: {secret.root}/.git\n")
    for side in sides("HEAD", "WORKTREE"):
        assert "8" not in says(side).values()
        assert len(side.unlooked) == 2
    (git.root / "plain/.git").unlink()
    (git.root / ".git/modules/plain").symlink_to(secret.root / ".git")
    assert len(sides("HEAD", "WORKTREE")[0].unlooked) == 2


def test_a_repository_inside_that_is_not_recorded_is_told(git: Git) -> None:
    own = Git(git.root / "own")
    own.write("d.json", extract("3", "Table 15"))
    own.commit()
    new = sides("HEAD", "WORKTREE")[1]
    assert [str(one) for one in new.unlooked] == [
        'the work tree: "own": a repository of its own that this one does not record, and is not read'
    ]
    assert sides("HEAD", "WORKTREE", "specs")[1].unlooked == ()
    git.write(".gitignore", "own/\n")
    assert sides("HEAD", "WORKTREE")[1].unlooked == ()


def test_names_in_a_submodule_are_looked_at_too(git: Git, tmp_path: Path) -> None:
    git.write("vendor/other/x\ny.json", extract("3"))
    git("-C", "vendor/other", "add", "-A")
    git("-C", "vendor/other", "commit", "-q", "-m", "odd")
    git.commit()
    assert ["vendor/other/x\\x0ay.json" in str(one) for one in sides("HEAD~1", "HEAD")[1].release.problems] == [True]


# --- sparse checkouts ------------------------------------------------------------------------------------------------


def test_what_a_sparse_checkout_leaves_out_is_read_from_the_index(git: Git) -> None:
    git.write("more/c.json", extract("6", "Table 12"))
    git.write("more/t.csv", "Thing,Start\nX,1\n")
    mapping = {"specification": "GBCS", "part": "Table 13", "subject": ["Thing"], "columns": {"Start": "default"}}
    git.write("more/t.mapping.json", json.dumps(mapping))
    git.commit()
    before = says(sides("HEAD", "WORKTREE")[1])
    for options in (["--cone"], ["--cone", "--sparse-index"]):
        git("sparse-checkout", "set", *options, "specs")
        assert not (git.root / "more").exists()
        old, new = sides("HEAD", "WORKTREE")
        assert says(new) == says(old) == before
        assert [one.source_name for one in new.release.extracts if one.specification.part == "Table 13"] == [
            "more/t.csv"
        ]
    git.write("specs/a.json", extract("4"))
    assert says(sides("HEAD", "WORKTREE")[1])["specs/a.json"] == "4"
    (git.root / "specs/a.json").unlink()
    assert "specs/a.json" not in says(sides("HEAD", "WORKTREE")[1])
    (git.root / "specs/out.json").symlink_to("/etc/passwd")
    told = sides("HEAD", "WORKTREE")[1].release.problems
    assert ["leads out of the repository" in one.problem for one in told] == [True]


def test_files_that_name_each_other_may_be_here_and_there(git: Git) -> None:
    """Of one folder a part is left out: a schema here imports one that is not."""
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    size = '<xs:simpleType name="Size"><xs:restriction base="xs:integer"/></xs:simpleType>'
    git.write("x/a.xsd", f'{head}<xs:include schemaLocation="b.xsd"/><xs:element name="A" type="Size"/></xs:schema>')
    git.write("x/b.xsd", f"{head}{size}</xs:schema>")
    git.commit()
    git("sparse-checkout", "set", "--no-cone", "/*", "!/x/b.xsd")
    assert not (git.root / "x/b.xsd").exists()
    new = sides("HEAD", "WORKTREE")[1]
    assert new.release.problems == ()
    assert "x/a.xsd" in [one.source_name for one in new.release.extracts]


def test_a_repository_of_specifications_of_which_a_part_is_left_out(git: Git) -> None:
    git.write("specs/releases.toml", '[release.x]\nextracts = ["a.json", "more/b.json"]\n')
    git.write("specs/more/b.json", extract("6", "Table 12"))
    git.commit()
    git("sparse-checkout", "set", "--no-cone", "/*", "!/specs/more")
    old, new = sides("HEAD:specs", "WORKTREE:specs")
    assert sorted(map(str, says(new).values())) == sorted(map(str, says(old).values())) == ["5", "6"]
    assert new.release.problems == ()


# --- what `check` does not meet on its way through a folder ----------------------------------------------------------


def skipped(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What a check says it did not look at."""
    code = run(["check", *arguments, "--format", "json", "--fail-on", "never"])
    told = capsys.readouterr()
    assert code == 0 or told.err.startswith("error: nothing was compared: ")
    lines: list[str] = json.loads(told.out)["skipped"]
    return lines


def test_check_names_what_git_keeps_and_has_not_put_on_the_disk(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git.write("more/c.json", extract("6", "Table 12"))
    git.write("more/notes.txt", "no specification")
    git.write(".hidden/d.json", extract("7", "Table 13"))
    git.commit()
    assert skipped(capsys, ".") == []
    git("clone", "-q", git.root.as_uri(), str(tmp_path / "clone"))
    clone = Git(tmp_path / "clone")
    clone("sparse-checkout", "set", "--no-cone", "/*", "!/more", "!/.hidden")
    module = "vendor/other: a submodule that is not here, and is not read (run `git submodule update --init -- {}`)"
    table = "more/c.json: left out by the sparse checkout, and not read (run `git sparse-checkout disable`)"
    monkeypatch.chdir(clone.root)
    assert skipped(capsys, ".") == [module.format("vendor/other"), table]
    assert skipped(capsys, ".", "--exclude", "vendor/", "--exclude", "more/") == []
    assert skipped(capsys, "specs") == []
    assert skipped(capsys, "specs/a.json") == []
    assert run(["check", "."]) == 2
    told = capsys.readouterr()
    assert "nothing was compared" in told.err
    assert "skipped  vendor/other: a submodule that is not here" in told.out
    monkeypatch.chdir(tmp_path)
    named = skipped(capsys, "clone")
    assert [line.partition(":")[0] for line in named] == ["clone/vendor/other", "clone/more/c.json"]
    assert [line.partition("`")[2] for line in named] == [
        "git -C clone submodule update --init -- vendor/other`)",
        "git -C clone sparse-checkout disable`)",
    ]
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    assert skipped(capsys, "clone") == []


def test_check_names_a_submodule_of_a_submodule_and_no_waiver_is_stale_for_it(
    git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = Git(tmp_path / "inner")
    inner.write("c.json", extract("7", "Table 11"))
    inner.commit()
    git("-C", "vendor/other", "-c", "protocol.file.allow=always", "submodule", "-q", "add", inner.root.as_uri(), "deep")
    git("-C", "vendor/other", "submodule", "-q", "deinit", "-f", "deep")
    waiver = '[[waivers]]\nrule = "V101"\nsubject = "Nowhere"\nreason = "of what is not here"\n'
    git.write("gbcscheck.toml", f'paths = ["specs", "vendor"]\n{waiver}')
    assert [line.partition(": ")[2] for line in skipped(capsys)] == [
        "a submodule that is not here, and is not read (run `git -C vendor/other submodule update --init -- deep`)"
    ]
    assert run(["check", "--fail-on", "never"]) == 0
    assert "holds for nothing" not in capsys.readouterr().out
    git("-C", "vendor/other", "-c", "protocol.file.allow=always", "submodule", "-q", "update", "--init")
    assert skipped(capsys) == []
    assert run(["check", "--fail-on", "never"]) == 0
    assert "warning: gbcscheck.toml:2" in capsys.readouterr().out


def test_where_submodules_are_all_there_is_they_are_named(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git("rm", "-q", "-r", "specs")
    git.commit()
    git.write("readme.txt", "x")
    git.commit()
    git("clone", "-q", git.root.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    for command in (["check", "."], ["check", ".", "--release", "current"], ["compare", "HEAD~1", "HEAD"]):
        assert run(command) == 2, command
        printed = " ".join("".join(capsys.readouterr()).split())
        assert "a submodule that is not here" in printed, command
        assert "(run `git submodule update --init -- vendor/other`)" in printed, command


# --- Git LFS ---------------------------------------------------------------------------------------------------------


def pointer(content: bytes, size: int | None = None) -> str:
    name = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {size or len(content)}\n"


@pytest.mark.parametrize("name", ["b.json", "b.xlsx", "b.csv", "b.xsd"])
def test_a_pointer_in_the_work_tree_is_told_with_what_to_run(git: Git, name: str) -> None:
    git.write(f"specs/{name}", pointer(b"x"))
    for newer in ("WORKTREE", "specs"):
        problems = sides("HEAD", newer)[1].release.problems
        assert [(one.where, "run `git lfs pull`" in one.problem) for one in problems] == [(f"specs/{name}", True)]


def test_a_pointer_of_a_revision_is_told_and_followed_where_its_content_is_here(git: Git) -> None:
    content = extract("77", "Table 14").encode()
    git.write("specs/b.json", pointer(content))
    git.commit()
    old = sides("HEAD", "specs/a.json")[0]
    assert ["run `git lfs fetch origin " in one.problem for one in old.release.problems] == [True]
    name = hashlib.sha256(content).hexdigest()
    fetched = git.write(f".git/lfs/objects/{name[:2]}/{name[2:4]}/{name}", content)
    assert says(sides("HEAD", "specs/a.json")[0])["specs/b.json"] == "77"
    fetched.write_bytes(content.replace(b"77", b"78"))
    assert len(sides("HEAD", "specs/a.json")[0].release.problems) == 1
    fetched.unlink()
    (git.root / "elsewhere").write_bytes(content)
    fetched.symlink_to(git.root / "elsewhere")
    assert len(sides("HEAD", "specs/a.json")[0].release.problems) == 1


def test_a_list_of_releases_of_pointers(git: Git) -> None:
    git.write("specs/releases.toml", '[release.x]\nextracts = ["a.json", "b.json"]\n')
    git.write("specs/b.json", pointer(b"x"))
    for older in ("HEAD", "specs"):
        assert ["git lfs pull" in one.problem for one in sides(older, "WORKTREE:specs")[1].release.problems] == [True]
