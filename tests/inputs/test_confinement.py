"""What stands outside of a repository is not read because a file or a link of the repository names it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gbcscheck.cli import run
from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.extract.sources import read_source, read_sources
from gbcscheck.facts.extract_file import Reading
from gbcscheck.inputs.confinement import ANYWHERE, Confinement, OutsideRepository, git_root
from gbcscheck.release.releases import load_paths

pytestmark = pytest.mark.usefixtures("small_release")

SECRET = "correct-horse-battery-staple"
Run = Callable[..., tuple[int, str, str]]


def extract(subject: str = "RandomisedOffsetLimit.value", **members: object) -> str:
    return json.dumps(
        {
            "specification": "GBCS",
            "version": "9.9",
            "part": "Table 9",
            "provenance": "synthetic",
            **members,
            "statements": [{"subject": subject, "attribute": "default", "domain": "1"}],
        },
        indent=1,
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one extract, the working folder, and files beside it that are none of its business."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "specs").mkdir()
    (root / "specs" / "own.json").write_text(extract())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.json").write_text(extract(SECRET))
    (outside / "secret.txt").write_text(f"{SECRET} = [\n")
    (outside / "secret.toml").write_text(f'release = "{SECRET}"\n[release.{SECRET}]\nextracts = []\n')
    (outside / "secret.csv").write_text(f"Data item,Default\n{SECRET},1\n")
    (outside / "crosswalk").mkdir()
    (outside / "crosswalk" / "links.json").write_text(json.dumps({"links": SECRET}))
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def gbcscheck(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process: its exit code, output and messages."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return call


# --- which paths are inside ------------------------------------------------------------------------------------------


def test_the_root_is_the_nearest_folder_with_git_be_it_a_folder_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "outer" / "inner" / "deep").mkdir(parents=True)
    (tmp_path / "outer" / ".git").mkdir()
    assert git_root(str(tmp_path / "outer" / "inner" / "deep")) == str(tmp_path / "outer")
    (tmp_path / "outer" / "inner" / ".git").write_text("gitdir: ../.git/modules/inner\n")
    assert git_root(str(tmp_path / "outer" / "inner" / "deep")) == str(tmp_path / "outer" / "inner")


def test_a_repository_inside_of_a_repository_ends_at_its_own_root(repository: Path) -> None:
    inner = repository / "vendored"
    (inner / ".git").mkdir(parents=True)
    (inner / "up.json").symlink_to("../specs/own.json")
    assert not Confinement.around([inner]).admits(inner / "up.json")
    assert Confinement.around([repository]).admits(inner / "up.json")


def test_without_git_the_folder_that_was_named_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "named").mkdir()
    (tmp_path / "named" / "a.json").write_text(extract())
    (tmp_path / "beside.json").write_text(extract())
    for path in (tmp_path / "named", tmp_path / "named" / "a.json"):
        within = Confinement.around([path])
        assert within.admits(tmp_path / "named" / "a.json")
        assert not within.admits(tmp_path / "beside.json")
        with pytest.raises(OutsideRepository, match="leads out of the folder that was named, and is not read; --allow"):
            within.refuse(tmp_path / "named" / ".." / "beside.json", where="x")


def test_what_a_user_names_is_followed_wherever_it_is(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.json").write_text(extract())
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "folder").symlink_to(tmp_path / "real")
    (tmp_path / "links" / "file.json").symlink_to(tmp_path / "real" / "a.json")
    for named in (tmp_path / "links" / "folder", tmp_path / "links" / "file.json"):
        bag = read_sources([named])
        assert not bag.problems
        assert len(bag.extracts) == 1


def test_a_mapping_beside_a_link_that_the_user_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.csv").write_text("Thing,Wert\nA,1\n")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "t.csv").symlink_to(tmp_path / "data" / "t.csv")
    mapping = {"specification": "GBCS", "part": "Table 9", "subject": ["Thing"], "columns": {"Wert": "default"}}
    (tmp_path / "here" / "t.mapping.json").write_text(json.dumps(mapping))
    found = read_source(tmp_path / "here" / "t.csv")
    assert isinstance(found, Reading)
    assert [row.subject for row in found.extract.rows] == ["A"]


def test_dots_and_links_that_stay_inside_are_followed(repository: Path) -> None:
    (repository / "again").mkdir()
    (repository / "again" / "one.json").symlink_to("two.json")
    (repository / "again" / "two.json").symlink_to("../specs/../specs/own.json")
    bag = read_sources([repository / "again"])
    assert not bag.problems
    assert [extract.specification.part for extract in bag.extracts] == ["Table 9"]


def test_a_folder_has_its_own_name_and_no_other_that_begins_alike(tmp_path: Path) -> None:
    for name in ("specs", "specs-of-others"):
        (tmp_path / name).mkdir()
    assert not Confinement.around([tmp_path / "specs"]).admits(tmp_path / "specs-of-others")
    assert Confinement(("/",)).admits(tmp_path)


def test_two_names_of_one_folder_are_one_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk that does not tell upper from lower case: names differ, the folder is the same."""
    (tmp_path / "Specs").mkdir()
    (tmp_path / "other").mkdir()
    known = os.path.samefile

    def same(one: str, other: str) -> bool:
        return str(one).casefold() == str(other).casefold() or known(one, other)

    monkeypatch.setattr(os.path, "samefile", same)
    within = Confinement.around([tmp_path / "Specs"])
    assert within.admits(tmp_path / "specs" / "a.json")
    assert not within.admits(tmp_path / "other" / "a.json")


def test_links_in_a_circle_and_long_chains_of_them_are_told(repository: Path) -> None:
    (repository / "specs" / "circle.json").symlink_to("circle.json")
    (repository / "specs" / "chain0.json").symlink_to("own.json")
    for number in range(1, 3000):
        (repository / "specs" / f"chain{number}.json").symlink_to(f"chain{number - 1}.json")
    bag = read_sources([repository / "specs"])
    assert {problem.problem for problem in bag.problems} == {
        "symbolic links that lead in a circle, or too many of them"
    }
    assert {problem.where for problem in bag.problems} >= {
        str(repository / "specs" / "circle.json"),
        str(repository / "specs" / "chain2999.json"),
    }
    assert len(bag.extracts) == 1
    named = read_sources([repository / "specs" / "circle.json"])
    assert "circle" in named.problems[0].problem


def test_a_name_that_no_file_can_have_is_told(repository: Path) -> None:
    with pytest.raises(UnreadableSource, match="no file can have this name"):
        Confinement.around([repository]).refuse(Path("a\0b"), where="releases.toml:3")


def test_everything_may_be_read_where_that_is_said(tmp_path: Path) -> None:
    assert ANYWHERE.admits(tmp_path)
    assert Confinement.around([tmp_path / "x"], allow_outside=True) is ANYWHERE


# --- folders ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["../../outside/secret.json", "{outside}/secret.json", "../../outside/absent.json"])
def test_a_link_out_of_the_repository_is_named_and_the_rest_is_read(
    repository: Path, gbcscheck: Run, target: str
) -> None:
    link = repository / "specs" / "link.json"
    link.symlink_to(target.format(outside=repository.parent / "outside"))
    code, out, err = gbcscheck("check", "specs")
    assert code == 2
    assert err == (
        "error: specs/link.json: this is a symbolic link that leads out of the repository, and is not read; "
        "--allow-outside lets it be read\n"
    )
    assert "1 statement " in out
    assert SECRET not in out + err


def test_a_link_out_is_read_where_that_is_allowed(repository: Path, gbcscheck: Run) -> None:
    (repository / "specs" / "link.json").symlink_to(repository.parent / "outside" / "secret.json")
    code, out, err = gbcscheck("check", "specs", "--allow-outside")
    assert code == 0, err
    assert "coverage specs/link.json" in out
    assert "coverage specs/own.json" in out


def test_a_linked_folder_outside_is_named_and_one_inside_is_met_where_it_stands(
    repository: Path, gbcscheck: Run
) -> None:
    (repository / "specs" / "folder").symlink_to(repository.parent / "outside")
    (repository / "specs" / "self").symlink_to(".")
    code, out, err = gbcscheck("check", ".")
    assert code == 2
    assert err == (
        "error: specs/folder: this is a symbolic link that leads out of the repository, and is not read; "
        "--allow-outside lets it be read\n"
    )
    assert "1 statement " in out


def test_a_link_of_a_kind_that_is_not_read_is_no_problem(repository: Path) -> None:
    (repository / "specs" / "readme.txt").symlink_to(repository.parent / "outside" / "secret.txt")
    assert not read_sources([repository]).problems


# --- what files name -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../../outside/secret.json", "{outside}/secret.json", "down/secret.json"])
def test_an_extract_of_a_release_stays_in_the_repository(repository: Path, gbcscheck: Run, path: str) -> None:
    path = path.format(outside=repository.parent / "outside")
    (repository / "specs" / "down").symlink_to(repository.parent / "outside")
    (repository / "specs" / "releases.toml").write_text(
        f'[release.one]\ntitle = "One"\nextracts = [\n    "own.json",\n    "{path}",\n]\n'
    )
    code, out, err = gbcscheck("check", "specs")
    assert code == 2
    assert err == (
        f'error: specs/releases.toml:5: the extract "{path}" leads out of the repository, and is not read; '
        "--allow-outside lets it be read\n"
    )
    assert "1 statement " in out
    code, out, _ = gbcscheck("check", "specs", "--allow-outside")
    assert (code, "2 statements" in out) == (2, True), "both are read, and neither is compared"


@pytest.mark.parametrize("path", ["../../outside/crosswalk", "{outside}/crosswalk", "/", "link"])
def test_the_crosswalk_of_a_release_stays_in_the_repository(repository: Path, gbcscheck: Run, path: str) -> None:
    path = path.format(outside=repository.parent / "outside")
    (repository / "specs" / "link").symlink_to(repository.parent / "outside" / "crosswalk")
    (repository / "specs" / "releases.toml").write_text(
        f'[release.one]\nextracts = ["own.json"]\ncrosswalk = "{path}"\n'
    )
    code, out, err = gbcscheck("check", "specs")
    assert code == 2
    assert f'error: specs/releases.toml:3: the crosswalk "{path}" leads out of the repository' in err
    assert SECRET not in out + err
    assert "1 statement " in out


def test_a_crosswalk_by_its_whole_path_inside_of_the_repository_is_read(repository: Path) -> None:
    (repository / "crosswalk").mkdir()
    (repository / "specs" / "releases.toml").write_text(
        f'[release.one]\nextracts = ["own.json"]\ncrosswalk = "{repository}/crosswalk"\n'
    )
    assert load_paths([repository / "specs"]).problems == ()


def test_a_file_of_a_crosswalk_stays_in_the_repository(repository: Path) -> None:
    (repository / "specs" / "crosswalk").mkdir()
    (repository / "specs" / "crosswalk" / "links.json").symlink_to(
        repository.parent / "outside" / "crosswalk" / "links.json"
    )
    (repository / "specs" / "releases.toml").write_text(
        '[release.one]\nextracts = ["own.json"]\ncrosswalk = "crosswalk"\n'
    )
    (problem,) = load_paths([repository / "specs"]).problems
    assert isinstance(problem, OutsideRepository)
    assert problem.where.endswith("specs/crosswalk/links.json")


@pytest.mark.parametrize("name", ["secret.toml", "secret.txt"])
def test_a_list_of_releases_that_is_a_link_out_is_not_quoted(repository: Path, gbcscheck: Run, name: str) -> None:
    (repository / "specs" / "releases.toml").symlink_to(repository.parent / "outside" / name)
    code, out, err = gbcscheck("check", "specs")
    assert code == 2
    assert "specs/releases.toml: this is a symbolic link that leads out of the repository" in err
    assert SECRET not in out + err


@pytest.mark.parametrize("arguments", [("check",), ("compare", "HEAD"), ("baseline",)])
def test_a_path_of_the_configuration_stays_in_the_repository(
    repository: Path, gbcscheck: Run, arguments: tuple[str, ...]
) -> None:
    (repository / "gbcscheck.toml").write_text('# ours\npaths = [\n    "specs",\n    "../outside",\n]\n')
    if arguments == ("compare", "HEAD"):
        make_commit(repository)
    code, out, err = gbcscheck(*arguments)
    assert code == 2
    assert (
        'gbcscheck.toml:4: the path "../outside" leads out of the repository, and is not read; --allow-outside lets '
        "it be read"
    ) in err
    assert SECRET not in out + err


def test_where_no_path_of_the_configuration_may_be_read_nothing_else_is_checked_instead(
    repository: Path, gbcscheck: Run
) -> None:
    (repository / "gbcscheck.toml").write_text('paths = ["../outside"]\n')
    code, out, err = gbcscheck("check")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    code, out, _ = gbcscheck("check", "--allow-outside", "--format", "json")
    assert (code, SECRET in out or "outside" in out) == (2, True)


def test_a_configuration_that_the_user_names_may_be_anywhere_and_names_what_is_around_it(
    repository: Path, gbcscheck: Run
) -> None:
    elsewhere = repository.parent / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep" / "own.json").write_text(extract())
    (elsewhere / "gbcscheck.toml").write_text('paths = ["deep"]\n')
    assert gbcscheck("check", "--config", elsewhere / "gbcscheck.toml")[0] == 0
    (elsewhere / "gbcscheck.toml").write_text(f'paths = ["{repository}/specs"]\n')
    code, _, err = gbcscheck("check", "--config", elsewhere / "gbcscheck.toml")
    assert (code, "leads out of the folder of the configuration" in err) == (2, True)


@pytest.mark.parametrize("name", ["gbcscheck.toml", "pyproject.toml"])
@pytest.mark.parametrize("command", [("check",), ("waive", "--rule", "V101", "--reason", "so"), ("baseline",)])
def test_a_configuration_that_is_a_link_out_is_neither_read_nor_written(
    repository: Path, gbcscheck: Run, name: str, command: tuple[str, ...]
) -> None:
    target = repository.parent / "outside" / "secret.txt"
    (repository / name).symlink_to(target)
    before = target.read_bytes()
    code, out, err = gbcscheck(*command)
    assert code == 2
    assert f"{name}: this is a symbolic link that leads out of the repository" in err
    assert SECRET not in out + err
    assert target.read_bytes() == before


def test_a_mapping_beside_a_table_stays_in_the_repository(repository: Path, gbcscheck: Run) -> None:
    (repository / "specs" / "draft.csv").write_text("Data item,Default\nThing,1\n")
    (repository / "specs" / "draft.mapping.json").symlink_to(repository.parent / "outside" / "secret.txt")
    code, out, err = gbcscheck("check", "specs")
    assert code == 2
    assert "specs/draft.mapping.json: this is a symbolic link that leads out of the repository" in err
    assert SECRET not in out + err


def test_a_schema_includes_what_is_in_its_repository_and_nothing_else(repository: Path, gbcscheck: Run) -> None:
    schema = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</xs:schema>'
    (repository / "common.xsd").write_text(
        schema.format('<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType>')
    )
    main = repository / "specs" / "main.xsd"
    body = '\n<xs:include schemaLocation="{}"/><xs:element name="Root" type="T"/>'
    main.write_text(schema.format(body.format("../common.xsd")))
    found = read_source(main)
    assert isinstance(found, Reading)
    assert [row.subject for row in found.extract.rows if row.attribute == "type"] == ["/Root"]
    (repository.parent / "outside" / "common.xsd").write_text((repository / "common.xsd").read_text())
    main.write_text(schema.format(body.format("../../outside/common.xsd")))
    for command in (("check", "specs"), ("extract", "xsd", "specs/main.xsd")):
        code, _, err = gbcscheck(*command)
        assert code == 2
        assert "specs/main.xsd:2: includes '../../outside/common.xsd', which is not in the folder of the schema" in err
        code, _, err = gbcscheck(*command, "--allow-outside")
        assert code == 0 or err.startswith("error: nothing was compared: ")


def test_the_source_that_an_extract_names_stays_in_the_repository(repository: Path, gbcscheck: Run) -> None:
    """It is looked at only by the formats that point into files, and told where there is such a file."""
    path = repository / "specs" / "own.json"
    path.write_text(extract(source={"name": "../outside/secret.csv", "sha256": "0" * 64}))
    assert gbcscheck("check", "specs")[0] == 0
    code, out, err = gbcscheck("check", "specs", "--format", "sarif")
    assert code == 2
    assert err == (
        'error: specs/own.json:7: the source "../outside/secret.csv" leads out of the repository, and is not read; '
        "--allow-outside lets it be read\n"
    )
    assert SECRET not in out
    assert gbcscheck("check", "specs", "--format", "sarif", "--allow-outside")[0] == 0
    path.write_text(extract(source={"name": "../corpus/not-here.xlsx"}))
    assert gbcscheck("check", "specs", "--format", "sarif")[0] == 0


# --- devices, and two versions ---------------------------------------------------------------------------------------


def test_files_of_devices_stay_in_the_folder_that_is_named(repository: Path, gbcscheck: Run) -> None:
    (repository / "captures").mkdir()
    (repository / "captures" / "meter.json").write_text('{"RMSVoltageSagThreshold": "207 V"}')
    (repository / "captures" / "link.hex").symlink_to(repository.parent / "outside" / "secret.txt")
    code, out, err = gbcscheck("device", "captures")
    assert code == 2
    assert "error: captures/link.hex: this is a symbolic link that leads out of the repository" in err
    assert "1 file, 1 value" in out
    assert SECRET not in out + err


def test_the_tables_that_devices_are_judged_by_stay_in_their_folder(repository: Path, gbcscheck: Run) -> None:
    (repository / "meter.json").write_text('{"RMSVoltageSagThreshold": "207 V"}')
    (repository / "specs" / "link.json").symlink_to(repository.parent / "outside" / "secret.json")
    code, out, err = gbcscheck("device", "meter.json", "--specs", "specs")
    assert (code, SECRET in out + err) == (2, False)
    assert "specs/link.json: this is a symbolic link that leads out" in err


def make_commit(repository: Path) -> None:
    import shutil
    import subprocess

    shutil.rmtree(repository / ".git")
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "all"),
    ):
        subprocess.run(["git", *command], cwd=repository, check=True)


def test_the_work_tree_stays_in_the_repository(repository: Path, gbcscheck: Run) -> None:
    make_commit(repository)
    (repository / "specs" / "link.json").symlink_to(repository.parent / "outside" / "secret.json")
    code, out, err = gbcscheck("compare", "HEAD", "--no-cache")
    assert code == 2
    assert "specs/link.json: this is a symbolic link that leads out of the repository" in err
    assert SECRET not in out + err
    assert SECRET in gbcscheck("compare", "HEAD", "--no-cache", "--allow-outside", "--notes")[1]


def test_a_revision_reads_nothing_of_the_disk_whatever_is_allowed(repository: Path, gbcscheck: Run) -> None:
    (repository / "specs" / "releases.toml").write_text(
        f'[release.one]\nextracts = ["own.json", "{repository.parent}/outside/secret.json"]\n'
    )
    make_commit(repository)
    code, out, err = gbcscheck("compare", "HEAD:specs", "specs/own.json", "--no-cache", "--allow-outside")
    assert code == 2
    assert "leads out of the revision, and is not read\n" in err
    assert SECRET not in out + err


def test_problems_of_several_places_are_all_told(repository: Path) -> None:
    (repository / "gbcscheck.toml").write_text('paths = ["../outside", "/etc"]\n')
    from gbcscheck.policy.scope import admitted_paths, configuration_of

    with pytest.raises(Problems) as caught:
        admitted_paths(configuration_of(None), allow_outside=False)
    assert [problem.where for problem in caught.value.problems] == ["gbcscheck.toml:1", "gbcscheck.toml:1"]


# --- which file set the policy ---------------------------------------------------------------------------------------


def test_without_git_a_configuration_above_the_working_folder_sets_no_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gbcscheck: Run
) -> None:
    (tmp_path / "gbcscheck.toml").write_text("not TOML at all\n")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "own.json").write_text(extract())
    monkeypatch.chdir(tmp_path / "here")
    code, out, err = gbcscheck("check", "own.json")
    assert (code, err) == (0, "")
    assert "policy" not in out
    (tmp_path / ".git").mkdir()
    code, out, err = gbcscheck("check", "own.json")
    assert (code, err.startswith("error: ../gbcscheck.toml:1: not valid TOML")) == (2, True)


@pytest.mark.parametrize("name", ["gbcscheck.toml", "pyproject.toml"])
def test_every_report_names_the_file_that_set_the_policy(repository: Path, gbcscheck: Run, name: str) -> None:
    table = "[tool.gbcscheck]\n" if name == "pyproject.toml" else ""
    (repository / name).write_text(f'{table}paths = ["specs"]\n')
    files = {form: repository / f"report.{form}" for form in ("json", "sarif", "junit", "markdown", "html")}
    asked = [word for form, file in files.items() for word in ("--format", form, "-o", str(file))]
    out = gbcscheck("check", *asked, "--format", "text")[1]
    told = {form: file.read_text(encoding="utf-8") for form, file in files.items()}
    for file in files.values():
        file.unlink()
    assert f"  policy   {name}\n" in out
    assert json.loads(told["json"])["configuration"] == name
    assert json.loads(told["sarif"])["runs"][0]["properties"]["configuration"] == name
    assert f'<property name="configuration" value="{name}"/>' in told["junit"]
    assert f"policy of `{name}`" in told["markdown"]
    assert f"<code>{name}</code>" in told["html"]
    make_commit(repository)
    assert gbcscheck("compare", "HEAD", "--no-cache")[1].endswith(f"; policy of {name}\n")
    (repository / "specs" / "own.json").write_text(extract("Other.value"))
    assert f"  policy    {name}\n" in gbcscheck("compare", "HEAD", "--no-cache")[1]
    assert json.loads(gbcscheck("compare", "HEAD", "--no-cache", "--format", "json")[1])["configuration"] == name
    assert "policy" not in gbcscheck("check", "specs", "--no-config")[1]
    assert json.loads(gbcscheck("check", "--no-config", "specs", "--format", "json")[1])["configuration"] == ""


# --- all of it at once -----------------------------------------------------------------------------------------------

_OPENED: list[str] = []
_WATCHED: list[str] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: what is opened or listed below a folder that is watched. A hook stays for good, so this one does
    nothing while no folder is."""
    if (
        _WATCHED
        and event in ("open", "os.listdir", "os.scandir")
        and isinstance(arguments[0], (str, bytes, os.PathLike))
    ):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if any(path == folder or path.startswith(folder + os.sep) for folder in _WATCHED):
            _OPENED.append(path)


@pytest.fixture
def opened(repository: Path) -> Iterator[list[str]]:
    """What is opened outside of the repository, as the interpreter tells it."""
    if not _OPENED and not _WATCHED:
        sys.addaudithook(_note)
    _OPENED.clear()
    _WATCHED.append(os.path.realpath(repository.parent / "outside"))
    yield _OPENED
    _WATCHED.clear()
    _OPENED.clear()


def test_whatever_a_hostile_repository_names_nothing_outside_is_opened(
    repository: Path, gbcscheck: Run, opened: list[str]
) -> None:
    outside = repository.parent / "outside"
    specs = repository / "specs"
    (repository / "gbcscheck.toml").write_text(f'paths = ["specs", "../outside", "{outside}/secret.json"]\n')
    (specs / "one.json").symlink_to(outside / "secret.json")
    (specs / "two.csv").symlink_to("../../outside/secret.csv")
    (specs / "folder").symlink_to(outside)
    (specs / "chain.json").symlink_to("one.json")
    (specs / "own.json").write_text(extract(source={"name": "../outside/secret.csv", "sha256": "0" * 64}))
    (specs / "OTHER.JSON").write_text(extract(source={"name": str(outside / "secret.csv"), "sha256": "0" * 64}))
    (specs / "t.csv").write_text("Data item,Default\nThing,1\n")
    (specs / "t.mapping.json").symlink_to(outside / "secret.txt")
    (specs / "m.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="one.xsd"/>'
        '<xs:include schemaLocation="../../outside/secret.txt"/><xs:include schemaLocation="folder/x.xsd"/></xs:schema>'
    )
    (specs / "one.xsd").symlink_to(outside / "secret.txt")
    (specs / "meter.hex").symlink_to(outside / "secret.txt")
    releases = repository / "releases"
    releases.mkdir()
    (releases / "own.json").write_text(extract())
    (releases / "releases.toml").write_text(
        f'[release.one]\nextracts = ["own.json", "../../outside/secret.json", "{outside}/secret.json", "x/secret.json"'
        "]\n"
        'crosswalk = "x/crosswalk"\n'
    )
    (releases / "x").symlink_to(outside)
    make_commit(repository)
    (repository / "new.json").symlink_to(outside / "secret.json")
    for command in (
        ("check",),
        ("check", "specs", "--format", "sarif", "-o", "out.sarif"),
        ("check", "specs", "--format", "github", "--no-config"),
        ("check", "releases", "--format", "html"),
        ("check", "releases", "--format", "gitlab"),
        ("compare", "HEAD", "--no-cache", "--format", "sarif"),
        ("compare", "HEAD", "WORKTREE", "--path", "releases", "--no-cache"),
        ("compare", "specs", "releases", "--no-cache", "--no-config"),
        ("device", "specs"),
        ("device", "specs/own.json", "--specs", "specs", "--specs", "releases"),
        ("baseline",),
        ("extract", "xsd", "specs/m.xsd"),
    ):
        code, out, err = gbcscheck(*command)
        assert code == 2, command
        assert "leads out of" in err or "which is not in the folder" in err, command
        assert SECRET not in out + err, command
    assert opened == []
    assert (repository / "gbcscheck.toml").read_text().count("\n") == 1
    gbcscheck("check", "specs", "--allow-outside", "--no-config")
    assert opened, "the watch works"
