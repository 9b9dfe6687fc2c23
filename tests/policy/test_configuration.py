"""The configuration of a repository: where it is found, what it may say, and the line of what is wrong in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.inputs.toml_tables import InvalidConfiguration
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.configuration import Configuration, find_configuration, home_of_configuration, load_configuration

MORE = "exclude, strict-waivers, rules"
FULL = """\
paths = ["specs", "drafts/table.xlsx"]
release = "current"
fail-on = "new"

[severity]
V101 = "warning"

[[waivers]]
rule = "V101"
subject = "Interval.value"
reason = "agreed"
expires = 2027-01-31

[[waivers]]
fingerprint = "0123456789abcdef"
reason = "later"
"""


def written(folder: Path, text: str, name: str = "gbcscheck.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path, **known: list[str]) -> list[str]:
    """Line and message of everything that is wrong with a configuration."""
    with pytest.raises(GbcscheckError) as caught:
        load_configuration(path, **known)
    error = caught.value
    found = error.problems if isinstance(error, Problems) else (error,)
    assert all(isinstance(one, InvalidConfiguration) for one in found)
    return [f"{one.where.removeprefix(str(path))[1:]}: {one.problem}" for one in found]


def test_all_that_it_may_say(tmp_path: Path) -> None:
    path = written(tmp_path, FULL)
    found = load_configuration(path, codes=["V101"], rules=["V101", "default-contradicts-constant"])
    assert found == Configuration(
        path,
        ("specs", "drafts/table.xlsx"),
        "current",
        "new",
        {"V101": "warning"},
        (
            Waiver("agreed", "V101", "Interval.value", "", date(2027, 1, 31), str(path), 8),
            Waiver("later", "", "", "0123456789abcdef", None, str(path), 14),
        ),
    )
    assert found.resolved() == [tmp_path / "specs", tmp_path / "drafts" / "table.xlsx"]


def test_a_later_version_may_be_asked_for(tmp_path: Path) -> None:
    assert load_configuration(written(tmp_path, "require-bump = true\n")).require_bump
    assert not load_configuration(written(tmp_path, 'fail-on = "unknown"\n')).require_bump


def test_a_table_of_pyproject_says_the_same(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.gbcscheck]\nrelease = "current"\ncolour = 1\n'
    text += '[[tool.gbcscheck.waivers]]\nrule = "V101"\nreason = ""\n'
    path = written(tmp_path, text, "pyproject.toml")
    assert problems(path) == [
        '6: the key "colour" is not known; there are paths, release, alone, fail-on, require-bump, severity, waivers, '
        + MORE,
        '9: reason has to be a text; found ""',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "\nx = 1\n",
            '2: the key "x" is not known; there are paths, release, alone, fail-on, require-bump, severity, waivers, '
            + MORE,
        ),
        ('paths = "specs"\n', '1: paths has to be a list of names of files and folders; found "specs"'),
        ("paths = [1]\n", "1: paths has to be a list of names of files and folders; found [1]"),
        ("release = 4.1\n", "1: release has to be a text; found 4.1"),
        ('release = " "\n', '1: release has to be a text; found " "'),
        (
            '\nfail-on = "errors"\n',
            "2: fail-on has to be one of new, unknown, error, warning, note, breaking, never; found ",
        ),
        ("require-bump = 1\n", "1: require-bump has to be true or false, without quotes; found 1"),
        ("severity = 1\n", "1: severity has to be a table of codes of rules; found 1"),
        ('[severity]\nV101 = "fatal"\n', '2: V101 has to be one of error, warning, note; found "fatal"'),
        ('[severity]\nV110 = "note"\n', '2: no rule is called "V110"; near it: V101'),
        ("waivers = 3\n", "1: waivers have to be tables, each under a line [[waivers]]"),
        ("waivers = [3]\n", "1: a waiver has to be a table; found 3"),
        ('[[waivers]]\nrule = "V101"\n', "1: a waiver needs a reason"),
        ('[[waivers]]\nreason = "x"\n', "1: a waiver needs a rule, a subject, a fingerprint, a party or a file"),
        ('[[waivers]]\nrule="V110"\nreason="x"\n', '2: no rule is called "V110"; near it: V101'),
        ('[[waivers]]\nfingerprint="12"\nreason="x"\n', "2: a fingerprint has 16 hexadecimal digits (0-9, a-f); "),
        ('[[waivers]]\nrule="V101"\nreason="x"\nuntil=1\n', '4: the key "until" is not known; there are rule, '),
        (
            '[[waivers]]\nrule="V101"\nreason="x"\nexpires="2027-01-31"\n',
            '4: expires has to be a date without quotes, as 2027-01-31; found "2027-01-31"',
        ),
        ('[[waivers]]\nrule="V101"\nreason="x"\nexpires=2027-01-31T10:00:00Z\n', "4: expires has to be a date "),
        ("a = 1\nb = \n", "2: not valid TOML: Invalid value"),
        ("a = [1,\n", "2: not valid TOML: "),
        ("a = 1\na = 2\n", "2: not valid TOML: Cannot overwrite a value"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (found,) = problems(written(tmp_path, text), codes=["V101"], rules=["V101", "lists-differ"])
    assert found.startswith(message)


def test_every_fault_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, 'release = 1\ncolour = 2\n[[waivers]]\nrule = "V101"\n')
    assert [line.partition(":")[0] for line in problems(path)] == ["2", "1", "3"]


@pytest.mark.parametrize("content", [b"\xff", b"a" * (16 * 1024 * 1024 + 1)], ids=["binary", "huge"])
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gbcscheck.toml").write_bytes(content)
    with pytest.raises(UnreadableSource):
        load_configuration(tmp_path / "gbcscheck.toml")
    with pytest.raises(UnreadableSource):
        load_configuration(tmp_path / "absent.toml")


# --- where it is found -----------------------------------------------------------------------------------------------


def found_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.chdir(folder)
    found = find_configuration(Path())
    return found.as_posix() if found else None


def test_the_nearest_one_above_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "repo" / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    assert found_from(below, monkeypatch) is None
    written(tmp_path, "")
    assert found_from(below, monkeypatch) is None
    written(tmp_path / "repo", "[tool.gbcscheck]\n", "pyproject.toml")
    assert found_from(below, monkeypatch) == "../../pyproject.toml"
    written(tmp_path / "repo", "")
    assert found_from(below, monkeypatch) == "../../gbcscheck.toml"
    written(tmp_path / "repo" / "a", "[tool.other]\n# gbcscheck\n", "pyproject.toml")
    assert found_from(below, monkeypatch) == "../../gbcscheck.toml"
    written(below, "")
    assert found_from(below, monkeypatch) == "gbcscheck.toml"


def test_without_a_repository_only_the_working_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "a"):
        written(folder, "")
    assert found_from(tmp_path / "a" / "b", monkeypatch) is None
    assert home_of_configuration(Path()).as_posix() == "gbcscheck.toml"
    assert found_from(tmp_path / "a", monkeypatch) == "gbcscheck.toml"
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert found_from(tmp_path / "a" / "b", monkeypatch) == "../gbcscheck.toml"


def test_a_broken_pyproject_of_others_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    written(tmp_path, "not = [valid\n", "pyproject.toml")
    assert found_from(tmp_path, monkeypatch) is None
    written(tmp_path, "[tool.gbcscheck]\nnot = [valid\n", "pyproject.toml")
    assert found_from(tmp_path, monkeypatch) == "pyproject.toml"


def test_one_is_made_at_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "repo" / "a"
    below.mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    monkeypatch.chdir(below)
    assert home_of_configuration(Path()).as_posix() == "../gbcscheck.toml"
