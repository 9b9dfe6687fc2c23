"""``gbcscheck compare`` as its users run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_files import TABLE, USE_CASES, Run, write_json
from json_documents import validator

from gbcscheck.facts.shipped import shipped_root
from gbcscheck.report.compare_json import SCHEMA

pytestmark = pytest.mark.usefixtures("small_release")

REQUEST = {
    "specification": "DUIS",
    "version": "9.0",
    "part": "schema",
    "provenance": "synthetic",
    "statements": [
        {"subject": "/Request", "attribute": "occurs", "domain": "1", "source": "line 2"},
        {"subject": "/Request/Interval", "attribute": "permitted", "domain": "0..60", "source": "line 7"},
        {"subject": "/Request/Mode", "attribute": "permitted", "domain": '"A" | "B"', "source": "line 9"},
    ],
}


def changed(**domains: str) -> dict[str, Any]:
    """The request with other sets for some elements."""
    statements = [dict(one) for one in REQUEST["statements"]]  # type: ignore[call-overload]
    for one in statements:
        name = str(one["subject"]).rpartition("/")[2]
        one["domain"] = domains.get(name, one["domain"])
    return {**REQUEST, "version": "9.1", "statements": statements}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write_json(tmp_path / "old.json", REQUEST)


def test_whom_it_hurts_comes_first_then_both_sides_and_a_witness(gbcscheck: Run, old: Path, tmp_path: Path) -> None:
    new = write_json(tmp_path / "new.json", changed(Interval="0..59", Mode='"A" | "B" | "C"'))
    done = gbcscheck("compare", "old.json", new.name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "2 breaking changes\n"
        "  conflicts 0 new, 0 fixed, 0 as before\n"
        "  hurt      DCC by 1, User systems by 1\n"
        "  compared  old.json with new.json\n"
        "  specs     DUIS 9.0 schema -> DUIS 9.1 schema\n"
        "\n"
        "breaking[narrowed] permitted: values that were permitted are so no longer\n"
        "  /Request/Interval\n"
        "\n"
        "  old  old.json:7 · DUIS 9.0 schema · synthetic\n"
        "       0..60\n"
        "       ^^^^^\n"
        "  new  new.json:7 · DUIS 9.1 schema · synthetic\n"
        "       0..59\n"
        "       ^^^^^\n"
        "\n"
        "  hurts     User systems\n"
        "  witness   60: permitted before, and no longer\n"
        "  why       Permitted no longer: 60. Sent by User systems, received by DCC.\n"
        f"  id        {fingerprint(gbcscheck, tmp_path, '/Request/Interval')}\n"
        "\n"
        "breaking[widened] permitted: values are permitted that were not before\n"
        "  /Request/Mode\n"
        "\n"
        "  old  old.json:9 · DUIS 9.0 schema · synthetic\n"
        '       "A" | "B"\n'
        "       ^^^^^^^^^\n"
        "  new  new.json:9 · DUIS 9.1 schema · synthetic\n"
        '       "A" | "B" | "C"\n'
        "       ^^^^^^^^^^^^^^^\n"
        "\n"
        "  hurts     DCC\n"
        '  witness   "C": permitted now, and not before\n'
        '  why       Permitted now: "C". Sent by User systems, received by DCC.\n'
        f"  id        {fingerprint(gbcscheck, tmp_path, '/Request/Mode')}\n"
    )


def fingerprint(gbcscheck: Run, folder: Path, subject: str) -> str:
    document = json.loads(gbcscheck("compare", "old.json", "new.json", "--format", "json", cwd=folder).stdout)
    return str(next(one["fingerprint"] for one in document["changes"] if one["subject"] == subject))


def test_a_copy_at_another_path_is_one_line(gbcscheck: Run, old: Path, tmp_path: Path) -> None:
    copy = tmp_path / "folder" / "copy.json"
    copy.parent.mkdir()
    copy.write_bytes(old.read_bytes())
    done = gbcscheck("compare", old.name, "folder/copy.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "no change: folder/copy.json says what old.json says\n"


def test_one_line_each(gbcscheck: Run, old: Path, tmp_path: Path) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    done = gbcscheck("compare", "old.json", "new.json", "-q", cwd=tmp_path)
    assert done.stdout == (
        "new.json:7: breaking for User systems[change/narrowed] /Request/Interval: "
        "permitted: values that were permitted are so no longer\n"
    )


def test_json_keeps_its_schema(gbcscheck: Run, old: Path, tmp_path: Path) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    done = gbcscheck("compare", "old.json", "new.json", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    validator(SCHEMA).validate(document)
    (found,) = document["changes"]
    assert (found["change"], found["verdict"], found["parties"]) == ("narrowed", "breaking", ["User systems"])
    assert (found["old"]["value"], found["new"]["value"], found["witness"]) == ("0..60", "0..59", "60")
    assert found["below"] == []
    assert document["summary"]["changes"] == {"breaking": 1, "compatible": 0, "neutral": 0, "unknown": 0}
    assert (document["old"], document["new"]) == ("old.json", "new.json")


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "gitlab", "markdown", "html"])
def test_every_other_format_knows_changes(gbcscheck: Run, old: Path, tmp_path: Path, form: str) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    done = gbcscheck("compare", "old.json", "new.json", "--format", form, "-o", f"out.{form}", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "/Request/Interval" in (tmp_path / f"out.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("level", "narrowed", "none", "conflict"),
    [
        (None, 1, 0, 1),
        ("new", 1, 0, 1),
        ("unknown", 1, 0, 1),
        ("breaking", 1, 0, 0),
        ("error", 1, 0, 1),
        ("warning", 1, 0, 1),
        ("note", 1, 0, 1),
        ("never", 0, 0, 0),
    ],
)
def test_what_fails(
    gbcscheck: Run, old: Path, tmp_path: Path, level: str | None, narrowed: int, none: int, conflict: int
) -> None:
    options = ["--fail-on", level] if level else []
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    assert gbcscheck("compare", "old.json", "new.json", *options, cwd=tmp_path).returncode == narrowed
    assert gbcscheck("compare", "old.json", "old.json", *options, cwd=tmp_path).returncode == none
    for name, files in (("one", [USE_CASES]), ("two", [USE_CASES, TABLE])):
        (tmp_path / name).mkdir()
        for number, document in enumerate(files):
            write_json(tmp_path / name / f"{number}.json", document)
    assert gbcscheck("compare", "one", "two", *options, cwd=tmp_path).returncode == conflict


def test_conflicts_are_new_fixed_or_as_before(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    write_json(later / "use-cases.json", USE_CASES)
    write_json(later / "table-9.json", {**TABLE, "version": "9.1"})
    done = gbcscheck("compare", "drafts", "later", cwd=tmp_path)
    assert done.stdout.startswith("no change: later says what drafts says; ")
    fixed = {**TABLE, "statements": [{**TABLE["statements"][0], "domain": "30", "text": "0x001E"}]}
    write_json(later / "table-9.json", fixed)
    done = gbcscheck("compare", "drafts", "later", "--fail-on", "breaking", cwd=tmp_path)
    assert "fixed error[V101] Interval.value" in done.stdout
    done = gbcscheck("compare", "later", "drafts", cwd=tmp_path)
    assert done.returncode == 1
    assert "\nnew error[V101] " in done.stdout
    statuses = json.loads(gbcscheck("compare", "later", "drafts", "--format", "json", cwd=tmp_path).stdout)
    assert {one["status"] for one in statuses["findings"] if one["rule"] == "V101"} == {"new"}
    assert statuses["summary"]["findings"]["new"]["error"] >= 1


def test_only_some_parties(gbcscheck: Run, old: Path, tmp_path: Path) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    done = gbcscheck("compare", "old.json", "new.json", "--party", "dcc", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("1 compatible change\n")
    assert "compatible[narrowed] /Request/Interval" in done.stdout
    assert gbcscheck("compare", "old.json", "new.json", "--party", "User systems", cwd=tmp_path).returncode == 1


@pytest.mark.whole_release
def test_the_releases_that_ship(gbcscheck: Run, tmp_path: Path) -> None:
    done = gbcscheck("compare", "before-mp131", "after-mp131", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("3 breaking changes\n  conflicts 0 new, 3 fixed, ")
    assert "  hurt      manufacturers by 3\n" in done.stdout
    assert done.stdout.count("\nfixed error[") == 3
    document = json.loads(gbcscheck("compare", "before-mp131", "after-mp131", "--format", "json").stdout)
    validator(SCHEMA).validate(document)


def test_the_same_output_whatever_the_hash_seed_and_the_cache(gbcscheck: Run, tmp_path: Path) -> None:
    old, new, cache = (tmp_path / name for name in ("old", "new", "cache"))
    for side in (old, new):
        shutil.copytree(shipped_root(), side)
    for path in new.glob("*/*/*.json"):  # a part of what each states is gone, and some is in conflict
        document = json.loads(path.read_text(encoding="utf-8"))
        kept = [one for number, one in enumerate(document.get("statements", [])) if number % 5]
        path.write_text(json.dumps({**document, "statements": kept}), encoding="utf-8")
    found = {
        gbcscheck(
            *("compare", old, new, "--format", "json", *options),
            env={"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(cache)},
        ).stdout
        for seed, options in (("1", ["--no-cache"]), ("2", []), ("3", []))
    }
    (only,) = found
    assert len(json.loads(only)["changes"]) > 100
    assert list(cache.rglob("*.json"))


def test_shared_definitions_are_those_of_the_report(gbcscheck: Run) -> None:
    report = json.loads(SCHEMA.with_name("report.schema.json").read_text(encoding="utf-8"))["$defs"]
    own = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    shared = {name: one for name, one in report.items() if name in own}
    assert {name: own[name] for name in shared} == shared
    assert {"finding", "statement", "source", "waiver", "problem"} <= shared.keys()


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nosuch.json", "old.json"), "nosuch.json: no such file or folder"),
        (("nosuch",), "and there is no git repository around"),
        (("WORKTREE",), "not in a git repository"),
        (("old.json",), "nothing is named that it is to be compared with, and no repository is around it"),
        (("", "old.json"), "an argument is empty"),
        (("old.json", "binary.json"), "binary.json"),
        (("old.json", "new.json", "-o", "nosuch/out.txt"), "the folder nosuch does not exist"),
        (("old.json", "new.json", "-o", "old.json"), "this file was read as a source"),
        (("old.json", "new.json", "--format", "json", "-o", "x", "--format", "sarif", "-o", "x"), "to one file"),
        (("old.json", "new.json", "--select", "nosuch"), "no rule or kind"),
        (("old.json", "new.json", "--path", "specs"), "--path is for revisions and the work tree"),
        (("old.json", "new.json", "--party", "nobody"), "Invalid value for '--party'"),
    ],
)
def test_bad_input_has_its_message_and_nothing_is_half_written(
    gbcscheck: Run, old: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    (tmp_path / "binary.json").write_bytes(bytes(range(256)))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = gbcscheck("compare", *arguments, cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_broken_extract_on_one_side_leaves_the_others_findings(gbcscheck: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_json(tmp_path / name / "use-cases.json", USE_CASES)
        write_json(tmp_path / name / "duis.json", REQUEST)
    write_json(tmp_path / "two" / "table-9.json", TABLE)
    (tmp_path / "two" / "duis.json").write_text("{")
    done = gbcscheck("compare", "one", "two", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == 2
    assert done.stderr.startswith("error: two/duis.json:1:2: not valid JSON")
    assert {"V101"} <= {one["rule"] for one in document["findings"] if one["status"] == "new"}
    assert [one["verdict"] for one in document["changes"]] == ["compatible"]
    assert document["note"].startswith("DUIS 9.0 schema may be in a file of two that could not be read, and is taken")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such folders here")
@pytest.mark.parametrize("cache", ["/proc/1/nothing", "relative", ""])
def test_without_a_place_for_the_cache_all_works(gbcscheck: Run, old: Path, tmp_path: Path, cache: str) -> None:
    write_json(tmp_path / "new.json", changed(Interval="0..59"))
    done = gbcscheck(
        "compare", "old.json", "new.json", "-q", cwd=tmp_path, env={"XDG_CACHE_HOME": cache, "HOME": "/proc/1/nothing"}
    )
    assert (done.returncode, done.stderr) == (1, "")


# --- a whole change of a repository ----------------------------------------------------------------------------------


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., None]:
    """git in a new repository."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}

    def run(*arguments: str) -> None:
        own = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", *own, *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True)

    run("init", "-q", "-b", "main", ".")
    return run


def configure(folder: Path, *paths: str, name: str = "gbcscheck.toml", table: str = "") -> None:
    (folder / name).write_text(f"{table}paths = {json.dumps(paths)}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "table"), [("gbcscheck.toml", ""), ("pyproject.toml", '[project]\nname = "x"\n[tool.gbcscheck]\n')]
)
def test_a_folder_that_moves_with_its_configuration_is_compared(
    gbcscheck: Run, git: Callable[..., None], tmp_path: Path, name: str, table: str
) -> None:
    (tmp_path / "below" / "specs").mkdir(parents=True)
    write_json(tmp_path / "below/specs/duis.json", REQUEST)
    configure(tmp_path, "below/specs", name=name, table=table)
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    (tmp_path / "below/specs").rename(tmp_path / "below/documents")
    configure(tmp_path, "below/documents", name=name, table=table)
    for place in (tmp_path, tmp_path / "below"):
        assert gbcscheck("compare", "HEAD", cwd=place).stdout.startswith(
            "no change: the work tree:below/documents says"
        )
    write_json(tmp_path / "below/documents/duis.json", changed(Interval="0..59"))
    git("add", "-A")
    git("commit", "-q", "-m", "moved, and narrower")
    for sides in (("HEAD~1",), ("HEAD~1", "HEAD"), ("HEAD~1", "--config", name)):
        done = gbcscheck("compare", *sides, cwd=tmp_path)
        assert (done.returncode, done.stdout.splitlines()[0]) == (1, "1 breaking change"), sides


@pytest.mark.parametrize("text", ["paths = [", "paths = 7\n", 'paths = ["away", "../out"]\n', "\xff"])
def test_a_revision_whose_configuration_says_nothing_has_the_paths_of_today(
    gbcscheck: Run, git: Callable[..., None], tmp_path: Path, text: str
) -> None:
    (tmp_path / "specs").mkdir()
    write_json(tmp_path / "specs/duis.json", REQUEST)
    (tmp_path / "gbcscheck.toml").write_text(text, encoding="latin-1")
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    configure(tmp_path, "specs")
    write_json(tmp_path / "specs/duis.json", changed(Interval="0..59"))
    assert gbcscheck("compare", "HEAD", cwd=tmp_path).returncode == 1


def test_a_list_of_releases_below_the_root_is_told_and_no_error(
    gbcscheck: Run, git: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "specs").mkdir()
    write_json(tmp_path / "specs/duis.json", REQUEST)
    (tmp_path / "specs/releases.toml").write_text('[release.only]\nextracts = ["duis.json"]\n')
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    write_json(tmp_path / "specs/duis.json", changed(Interval="0..59"))
    whole = gbcscheck("compare", "HEAD", cwd=tmp_path)
    assert (whole.returncode, whole.stderr) == (1, "")
    assert whole.stdout.startswith("1 breaking change\n")
    assert whole.stdout.count("The releases of specs are not followed") == 1
    named = gbcscheck("compare", "HEAD:specs", cwd=tmp_path)
    assert named.returncode == 1
    assert "not followed" not in named.stdout


def test_a_path_that_is_on_neither_side_is_told(gbcscheck: Run, git: Callable[..., None], tmp_path: Path) -> None:
    for name in ("specs", "gone"):
        (tmp_path / name).mkdir()
        write_json(tmp_path / f"{name}/duis.json", {**REQUEST, "part": name})
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    (tmp_path / "gone/duis.json").unlink()
    (tmp_path / "gone").rmdir()
    (tmp_path / "new").mkdir()
    paths = ("specs", "gone", "new")
    done = gbcscheck("compare", "HEAD", *(f"--path={path}" for path in paths), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "breaking[removed] it is spoken of no longer" in done.stdout
    wrong = gbcscheck("compare", "HEAD", "--path", "specs", "--path", "spces", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr) == (2, "error: spces: no such file or folder\n")
    assert "1 problem with the input" in wrong.stdout
    alone = gbcscheck("compare", "HEAD", "HEAD", "--path", "spces", cwd=tmp_path)
    assert (alone.returncode, alone.stdout) == (2, "")
    assert alone.stderr.startswith("error: spces: no such file or folder\n")
    configure(tmp_path, "specs", "spces")
    assert gbcscheck("compare", "HEAD", cwd=tmp_path).stderr == "error: spces: no such file or folder\n"
    assert gbcscheck("compare", "HEAD:specs", "WORKTREE:specs", cwd=tmp_path).returncode == 0
    assert gbcscheck("compare", "specs", "specs/duis.json", cwd=tmp_path).returncode == 0


def test_a_path_that_a_revision_lacks_is_told_unless_the_change_adds_or_removes_it(
    gbcscheck: Run, git: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "specs").mkdir()
    write_json(tmp_path / "specs/duis.json", REQUEST)
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    (tmp_path / "more").mkdir()
    write_json(tmp_path / "more/duis.json", {**REQUEST, "part": "more"})
    git("add", "-A")
    git("commit", "-q", "-m", "more")

    def told(*sides: str, cwd: Path = tmp_path) -> tuple[int, list[str]]:
        done = gbcscheck("compare", *sides, "--fail-on", "never", cwd=cwd)
        return done.returncode, [re.sub(r"\([0-9a-f]+\)", "(...)", line) for line in done.stderr.splitlines()]

    assert told("HEAD~1:spec", "HEAD:specs") == (
        2,
        ["error: spec: no such file or folder in HEAD~1 (...); near it: specs"],
    )
    assert told("HEAD:specs/dius.json", "HEAD") == (
        2,
        ["error: specs/dius.json: no such file or folder in HEAD (...); near it: specs/duis.json"],
    )
    assert told("HEAD~1:/etc/passwd", "HEAD") == (2, ["error: /etc/passwd: no such file or folder in HEAD~1 (...)"])
    assert told("HEAD~1", "HEAD:spces")[1][0].startswith("error: spces: no such file or folder in HEAD (...)")
    assert told("HEAD:specs", "WORKTREE:sepcs")[1] == [
        "error: sepcs: no such file or folder in the work tree; near it: specs"
    ]
    assert told("HEAD:specs", "WORKTREE:/etc/passwd")[0] == 2
    # On neither side: each says so.
    code, lines = told("HEAD:spces")
    assert (code, len([line for line in lines if "spces: no such file or folder in" in line])) == (2, 2)
    # Added, removed, and named from below.
    for sides in (("HEAD~1:more", "HEAD:more"), ("HEAD:more", "HEAD~1:more"), ("HEAD~1:more",), ("HEAD:specs/",)):
        assert told(*sides) == (0, []), sides
    assert told("HEAD:./duis.json", "WORKTREE:./duis.json", cwd=tmp_path / "specs") == (0, [])
    assert told("HEAD:../specs", "HEAD:specs", cwd=tmp_path / "specs") == (0, [])


def test_what_was_removed_is_on_no_line_of_today(gbcscheck: Run, git: Callable[..., None], tmp_path: Path) -> None:
    def rows(**domains: str) -> dict[str, Any]:
        stated = [
            {"subject": f"/Request/{name}", "attribute": "permitted", "domain": domain}
            for name, domain in domains.items()
        ]
        return {**REQUEST, "statements": stated}

    def commands(*sides: str) -> list[str]:
        done = gbcscheck("compare", *sides, "--format", "github", cwd=tmp_path / "specs")
        return [line.partition(" title=")[0].partition(",title=")[0] for line in done.stdout.splitlines()]

    (tmp_path / "specs").mkdir()
    file = write_json(tmp_path / "specs/duis.json", rows(A="1", B="2", C="3"))
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    write_json(file, rows(N="0..9", A="1", B="2"))
    git("commit", "-q", "-a", "-m", "one more, one less")
    for sides in (("HEAD~1",), ("HEAD~1", "HEAD")):
        assert sorted(commands(*sides)[:2]) == ["::error file=specs/duis.json", "::error file=specs/duis.json,line=7"]
    file.unlink()
    write_json(tmp_path / "specs/other.json", {**REQUEST, "part": "other"})
    assert commands("HEAD")[0] == "::error file=specs/duis.json"


def test_an_annotation_stands_on_the_file_that_could_not_be_read(
    gbcscheck: Run, git: Callable[..., None], tmp_path: Path
) -> None:
    folder = tmp_path / "specs"
    folder.mkdir()
    write_json(folder / "duis.json", REQUEST)
    (folder / "bad.json").write_text('{"statements":\n  oops}', encoding="utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "base")

    def head(*arguments: str) -> str:
        done = gbcscheck(*arguments, "--format", "github", cwd=folder)
        assert done.returncode == 2
        return done.stdout.split("::")[1]

    assert head("check", ".") == "error file=specs/bad.json,line=2,title=gbcscheck"
    assert head("compare", "HEAD") == "error file=specs/bad.json,line=2,title=gbcscheck"
    (folder / "bad.json").write_text(json.dumps({**REQUEST, "part": "other"}), encoding="utf-8")
    assert head("compare", "HEAD") == "error file=specs/bad.json,title=gbcscheck"


def test_a_gate_on_a_repository(gbcscheck: Run, git: Callable[..., None], tmp_path: Path) -> None:
    def compare(*arguments: str) -> subprocess.CompletedProcess[str]:
        return gbcscheck("compare", *arguments, cwd=tmp_path)

    (tmp_path / "specs").mkdir()
    write_json(tmp_path / "specs/duis.json", REQUEST)
    first = compare("HEAD")
    assert first.returncode == 0
    assert "HEAD is no commit yet: there is no base, and everything is new." in " ".join(first.stdout.split())
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    assert compare("HEAD").stdout.startswith("no change: the work tree says what HEAD (")
    write_json(tmp_path / "specs/duis.json", changed(Mode='"B" | "A"'))
    assert compare("HEAD").returncode == 0
    write_json(tmp_path / "specs/duis.json", changed(Interval="0..59"))
    assert "specs/duis.json:7: breaking for User systems" in compare("HEAD", "-q").stdout
    git("commit", "-q", "-a", "-m", "narrower")
    assert compare("HEAD~1", "HEAD").returncode == 1
    assert compare("HEAD").returncode == 0
    unknown = compare("origin/main")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    (tmp_path / "specs/duis.json").unlink()
    for others in ([], [USE_CASES]):
        for number, document in enumerate(others):
            write_json(tmp_path / f"specs/other-{number}.json", document)
        gone = compare("HEAD")
        assert gone.returncode == 1
        assert "The whole of DUIS 9.1 schema is gone." in gone.stdout
        assert ("there is no specification in the work tree" in " ".join(gone.stdout.split()).lower()) is (not others)
