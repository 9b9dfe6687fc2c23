"""Trees that anybody may have made: no name of theirs is written or opened as it stands, and each is told."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compare_parts import Git
from hostile_trees import FILE, FOLDER, LINK, blob, committed, made, state, tree
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.cli import run
from gbcscheck.comparison.laid_out import laid_out
from gbcscheck.comparison.loading import load_sides
from gbcscheck.comparison.side import Side
from gbcscheck.comparison.sides import named
from gbcscheck.inputs.git.revisions import Repository
from gbcscheck.inputs.git.tree_names import escaped, malformed, unsafe
from gbcscheck.inputs.git.trees import TreeFile
from gbcscheck.limits import by_limits

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def extract(part: str = "Table 9", domain: str = "1") -> str:
    return json.dumps(
        {
            "specification": "GBCS",
            "version": "9.0",
            "part": part,
            "provenance": "synthetic",
            "statements": [{"subject": f"{part}.value", "attribute": "default", "domain": domain}],
        }
    )


SCHEMA = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{}<xs:element name="A" type="xs:int"/></xs:schema>'


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository three folders deep in a sandbox, with the home and the temporary folder of the process in it too."""
    found = Git(tmp_path / "one" / "two" / "repository")
    for variable, name in (("HOME", "home"), ("TMPDIR", "tmp"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "c")):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr("tempfile.tempdir", None)
    found.write("specs/a.json", extract())
    found.commit()
    found.write("other/o.json", extract("Other"))
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def sandbox(git: Git, tmp_path: Path) -> Iterator[Path]:
    """The sandbox; in the end nothing in it is other than it was, but for what git has stored."""
    yield tmp_path
    told = state(tmp_path)
    assert [name for name in told if "evil" in Path(name).name.casefold()] == []
    assert {name for name in told if name.startswith(("tmp/", "home/", "out/", "cache/"))} <= {"out/planted.json"}


def read(revision: str, *within: str) -> Side:
    """A revision as it is read, beside a file that is always there."""
    return load_sides(named(revision, within=within), named("other"))[0]


def parts(side: Side) -> list[str]:
    """The parts that a side has of itself: what may be unread is taken from the other side."""
    return sorted(one.specification.part for one in side.release.extracts if one.specification.part != "Other")


def told(side: Side) -> list[str]:
    return sorted(str(problem) for problem in side.release.problems)


NAMES = {
    "/{outside}/evil.json": "it is an absolute path",
    "../../../out/evil.json": "it climbs out of its folder with '..'",
    "specs/../../evil.json": "it climbs out of its folder with '..'",
    "./evil.json": "it has an empty part or a '.'",
    "specs//evil.json": "it has an empty part or a '.'",
    ".git/evil.json": "it leads into the folder .git",
    "x/.GIT/evil.json": "it leads into the folder .git",
    "git~1/evil.json": "it leads into the folder .git",
    "..\\evil.json": "it has a backslash",
    "C:evil.json": "it begins with a drive",
    "c:/evil.json": "it begins with a drive",
    "evil\x1b[31m.json": "it has a control character",
    "evil\n.json": "it has a control character",
    "evil\x7f.json": "it has a control character",
    "evil\x85.json": "it has a control character",
    "evil\u2028.json": "it has a control character",
    "aux.json": "it is the name of a device on Windows",
    "x/COM1.evil.json": "it is the name of a device on Windows",
}


@pytest.mark.parametrize(("name", "reason"), NAMES.items(), ids=[escaped(name) for name in NAMES])
def test_a_name_that_is_none_is_told_and_everything_else_compared(
    git: Git, sandbox: Path, name: str, reason: str
) -> None:
    (sandbox / "out").mkdir()
    name = name.replace("/{outside}", str(sandbox / "out"))
    entries = [(FILE, "a.json", blob(git, extract())), (FILE, name, blob(git, extract("Evil")))]
    revision = committed(git, tree(git, *entries))
    side = read(revision)
    assert parts(side) == ["Table 9"]
    assert told(side) == [f"{revision}: {escaped(name)}: not read, for its name: {reason}"]
    assert all(sign.isprintable() for sign in told(side)[0])


def test_a_tree_that_git_itself_refuses_is_told(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    nameless = tree(git, (FILE, "a.json", blob(git, extract())), (FILE, "", blob(git, extract("Evil"))))
    assert run(["compare", "--no-cache", committed(git, nameless), "other"]) == 2
    assert "git cannot list the files (empty filename in tree entry)" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["..", ".", ".git"])
def test_folders_whose_names_climb(git: Git, sandbox: Path, name: str) -> None:
    evil = made(git, (FILE, "evil.json", blob(git, extract("Evil"))))
    for make in (made, tree):
        inner = make(git, (FOLDER, name, evil)) if name != ".git" else tree(git, (FOLDER, name, evil))
        top = tree(git, (FILE, "a.json", blob(git, extract())), (FOLDER, "specs", inner))
        side = read(committed(git, top))
        assert (parts(side), len(told(side))) == (["Table 9"], 1)
        assert f"specs/{name}/evil.json" in told(side)[0]


def test_the_command_line_ends_with_2_and_compares_the_rest(
    git: Git, sandbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = tree(
        git,
        (FILE, "a.json", blob(git, extract(domain="2"))),
        (FILE, f"{sandbox}/evil.json", blob(git, extract("Evil"))),
    )
    assert run(["compare", "--no-cache", "--fail-on", "never", committed(git, evil), "WORKTREE"]) == 2
    out, err = capsys.readouterr()
    assert "1 unknown" in out or "1 breaking" in out
    assert "it is an absolute path" in err


def test_what_is_read_beside_a_file_is_named_by_the_tree_too(git: Git, sandbox: Path) -> None:
    schema = blob(git, SCHEMA.format(""))
    top = tree(git, (FILE, "../evil.xsd", schema), (FILE, "a.xsd", schema), (FILE, f"{sandbox}/evil.xsd", schema))
    side = read(f"{committed(git, top)}:a.xsd")
    assert len(told(side)) == 2
    assert [one.source_name for one in side.release.extracts][:1] == ["a.xsd"]


def test_only_names_that_would_be_read_are_told_unless_the_tree_is_forged(git: Git) -> None:
    odd = blob(git, "x")
    plain = tree(git, (FILE, "a.json", blob(git, extract())), (FILE, "odd\nname.txt", odd), (FILE, "c:\\x.md", odd))
    assert told(read(committed(git, plain))) == []
    forged = tree(git, (FILE, "../x.txt", odd), (FILE, "a.json", blob(git, extract())))
    assert len(told(read(committed(git, forged)))) == 1


def test_doubles_and_files_that_are_folders_too_are_told(git: Git) -> None:
    one, other = blob(git, extract()), blob(git, extract("Table 10"))
    twice = tree(git, (FILE, "a.json", one), (FILE, "a.json", other), (FILE, "b.json", other))
    side = read(committed(git, twice))
    assert "it stands there more than once" in told(side)[0]
    assert [one for one in parts(side) if one == "Table 10"] == ["Table 10"]
    inner = made(git, (FILE, "b.json", other))
    both = tree(git, (FILE, "a.json", one), (FOLDER, "a.json", inner), (FILE, "c.json", other))
    side = read(committed(git, both))
    assert [line.count("a file and a folder have one name") for line in told(side)] == [1, 1]


def test_a_mode_of_no_known_kind_is_no_file(git: Git) -> None:
    """git itself takes any mode that is none of a file, link or folder for a submodule."""
    odd = tree(git, (FILE, "a.json", blob(git, extract())), ("10644", "b.json", blob(git, extract("Evil"))))
    side = read(committed(git, odd))
    assert parts(side) == ["Table 9"]
    assert "b.json" in str(side.unlooked[0])
    old = tree(git, ("100664", "a.json", blob(git, extract())))
    assert told(read(committed(git, old))) == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/etc/passwd", "that leads out of the repository"),
        ("{outside}/planted.json", "that leads out of the repository"),
        ("../planted.json", "that leads out of the repository"),
        ("specs/../../out/planted.json", "that leads out of the repository"),
        ("b.json", "that leads in a circle"),
        ("nothing.json", "to what is no file of this tree"),
        ("specs", "to what is no file of this tree"),
    ],
)
def test_a_link_that_leads_to_no_file_of_the_tree_is_told(git: Git, sandbox: Path, target: str, reason: str) -> None:
    (sandbox / "out").mkdir()
    (sandbox / "out" / "planted.json").write_text(extract("Planted"))
    link = blob(git, target.replace("{outside}", str(sandbox / "out")))
    folder = made(git, (FILE, "c.json", blob(git, extract("Table 10"))))
    top = tree(git, (FILE, "a.json", blob(git, extract())), (LINK, "b.json", link), (FOLDER, "specs", folder))
    side = read(committed(git, top))
    assert parts(side) == ["Table 10", "Table 9"]
    assert [reason in line for line in told(side)] == [True]


def test_links_through_folders_of_the_tree_are_followed(git: Git) -> None:
    folder = made(git, (FILE, "c.json", blob(git, extract("Table 10"))), (LINK, "up", blob(git, "..")))
    top = made(
        git,
        (FOLDER, "specs", folder),
        (LINK, "old", blob(git, "specs/up/specs")),
        (LINK, "b.json", blob(git, "./old/c.json")),
    )
    repository = Repository.around(git.root)
    revision = repository.find(top)
    assert revision is not None
    assert repository.tree(revision).files["b.json"].content == blob(git, extract("Table 10"))


# --- today's disk ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "index",
    [
        '[release.x]\nextracts = ["a.json", "{planted}"]\n',
        '[release.x]\nextracts = ["a.json", "../../../../../../../../../../../..{planted}"]\n',
        '[release.x]\nextracts = ["a.json"]\ncrosswalk = "{folder}"\n',
    ],
)
def test_a_list_of_releases_of_a_revision_names_nothing_on_the_disk(git: Git, sandbox: Path, index: str) -> None:
    planted = sandbox / "out" / "planted.json"
    planted.parent.mkdir()
    planted.write_text(extract("Planted"))
    written = index.format(planted=planted, folder=planted.parent)
    top = tree(git, (FILE, "a.json", blob(git, extract())), (FILE, "releases.toml", blob(git, written)))
    side = read(f"{committed(git, top)}:")
    assert parts(side) == ["Table 9"]
    assert ["leads out of the revision, and is not read" in line for line in told(side)] == [True]


def test_temporary_files_inside_of_a_repository_do_not_open_it_to_a_revision(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A runner may keep its temporary files below the checkout."""
    git.write("planted.json", extract("Planted"))
    git.write("tmp/here", "")
    monkeypatch.setenv("TMPDIR", str(git.root / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    index = '[release.x]\nextracts = ["a.json", "../../planted.json"]\n'
    top = tree(git, (FILE, "a.json", blob(git, extract())), (FILE, "releases.toml", blob(git, index)))
    side = read(f"{committed(git, top)}:")
    assert parts(side) == ["Table 9"]
    assert ["leads out of the revision, and is not read" in line for line in told(side)] == [True]


def test_a_list_of_releases_names_files_of_its_revision_wherever_they_are(git: Git) -> None:
    git.write("list/releases.toml", '[release.x]\nextracts = ["../specs/a.json", "../today.json"]\n')
    revision = git.commit()
    git.write("today.json", extract("Today"))
    side = read(f"{revision}:list", "list")
    assert parts(side) == ["Table 9"]
    assert told(side) == ["list/../today.json: no such file"]


@pytest.mark.parametrize("location", ["{planted}", "file://{planted}", "../../../../../../../../../..{planted}"])
def test_a_schema_of_a_revision_imports_nothing_from_the_disk(git: Git, sandbox: Path, location: str) -> None:
    planted = sandbox / "out" / "planted.json"
    planted.parent.mkdir()
    planted.write_text(SCHEMA.format(""))
    written = location.format(planted=planted)
    schema = SCHEMA.format(f'<xs:include schemaLocation="{written}"/>').replace('name="A"', 'name="B"')
    top = tree(git, (FILE, "a.xsd", blob(git, schema)))
    side = read(committed(git, top))
    assert len(told(side)) == 1
    assert "not in the folder of the schema" in told(side)[0]


def test_what_lies_beside_on_the_disk_of_today_is_not_beside_in_the_revision(git: Git) -> None:
    git.write("specs/a.csv", "Thing,Start\nX,1\n")
    git.write("specs/b.xsd", SCHEMA.format('<xs:include schemaLocation="types.xsd"/>').replace('"xs:int"', '"T"'))
    revision = git.commit()
    mapping = {"specification": "Today", "part": "Table 9", "subject": ["Thing"], "columns": {"Start": "default"}}
    git.write("specs/a.mapping.json", json.dumps(mapping))
    git.write(
        "specs/types.xsd", SCHEMA.format('<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType>')
    )
    side = read(f"{revision}:specs")
    assert "Today" not in [one.specification.name for one in side.release.extracts]
    assert any("types.xsd" in line and "no such file" in line for line in told(side))


# --- one file each ---------------------------------------------------------------------------------------------------


def test_two_names_that_are_one_on_a_disk_never_write_over_each_other(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree(git, (FILE, "A.json", blob(git, extract("Table 10"))), (FILE, "a.json", blob(git, extract())))
    assert parts(read(committed(git, top))) == ["Table 10", "Table 9"]
    real = os.open

    def folding(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        path = Path(path).parent / Path(path).name.casefold() if str(path).endswith(".json") else path
        return real(path, flags, *rest, **more)

    repository = Repository.around(git.root)
    files = [TreeFile(name, blob(git, extract(name))) for name in ("A.json", "a.json")]
    monkeypatch.setattr(os, "open", folding)
    with laid_out("") as layout:
        layout.add_recorded(repository, files, of="HEAD")
        assert json.loads((layout.folder / "a.json").read_text())["part"] == "A.json"
        assert [str(one) for one in layout.problems] == [
            "a.json: not read: this disk takes its name and that of another file of the revision for one"
        ]


def test_what_a_disk_cannot_have_is_told(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "x" * 300 + ".json"
    side = read(committed(git, tree(git, (FILE, "a.json", blob(git, extract())), (FILE, long, blob(git, extract())))))
    assert ["cannot be laid out" in line for line in told(side)] == [True]
    assert os.strerror(errno.ENAMETOOLONG) in told(side)[0]


def test_what_is_too_large_is_told_before_it_is_read(git: Git) -> None:
    git.write("specs/big.json", json.dumps(["x" * 300_000]))
    commit = git.commit()
    with by_limits({"octets": 200_000}):  # the crosswalk that ships needs some
        (line,) = told(read(commit))
    assert line.startswith("specs/big.json: 300,004 octets in a file; at most 200,000 are read (--limits octets=")
    with by_limits({"revision-octets": 100}):
        assert any("octets in the files of a revision; at most 100 are read" in line for line in told(read("HEAD")))


def test_a_list_of_files_without_end_is_refused(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten trees of ten trees each, and so on, are small and have ten thousand million files."""
    inner = made(git, *((FILE, f"{number}.json", blob(git, extract())) for number in range(10)))
    for _ in range(9):
        inner = made(git, *((FOLDER, str(number), inner) for number in range(10)))
    monkeypatch.setattr("gbcscheck.inputs.git.process.MAX_OCTETS", 1_000_000)
    assert run(["compare", "--no-cache", committed(git, inner), "WORKTREE"]) == 2


# --- names -----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=40))
def test_a_name_that_passes_stays_below_its_folder_on_every_system(name: str) -> None:
    if malformed(name) or unsafe(name):
        return
    for system in ("posixpath", "ntpath"):
        path: Any = __import__(system)
        root = "/root" if system == "posixpath" else "D:\\root"
        joined = path.normpath(path.join(root, name))
        assert joined.startswith(root + path.sep)
        assert not path.isabs(name)
        assert not path.splitdrive(name)[0]


@pytest.mark.parametrize(
    "name",
    ["a.json", "specs/GBCS 3.1: tables.xlsx", "näme.json", "...json", "a..b/c.json", "auxiliary.json", "con/x"[3:]],
)
def test_plain_names_pass(name: str) -> None:
    assert (malformed(name.lstrip("/")), unsafe(name.lstrip("/"))) == ("", "")


def test_a_name_is_shown_escaped() -> None:
    assert escaped('a"\\\x1b\u202e\udcff.json') == '"a\\"\\\\\\x1b\\xe2\\x80\\xae\\xff.json"'


@given(
    st.lists(
        st.sampled_from(["", ".", "..", ".git", ".GIT .", "git~1", "a", "con", "Aux.x", "C:", "\x07", "ä"]), max_size=4
    )
)
def test_the_quick_look_at_a_name_misses_nothing(parts: list[str]) -> None:
    name = "/".join(parts)
    bad = {"", ".", "..", ".git", ".GIT .", "git~1"}
    assert bool(malformed(name)) == bool(bad.intersection(parts) or not parts)
    assert bool(unsafe(name)) == bool({"con", "Aux.x", "C:", "\x07"}.intersection(parts))
