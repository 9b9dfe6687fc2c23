"""Every release of a repository, compared in a real git repository."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from compare_parts import Git
from json_documents import validator

from gbcscheck.cli import run
from gbcscheck.report.compare_json import SCHEMA

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def extract(specification: str, version: str, part: str, **domains: str) -> str:
    """An extract of elements of a request, or of defaults."""
    kind = ("/Request/{}", "permitted") if specification == "DUIS" else ("{}.value", "default")
    statements = [
        {"subject": kind[0].format(name), "attribute": kind[1], "domain": domain} for name, domain in domains.items()
    ]
    head = {"specification": specification, "version": version, "part": part, "provenance": "synthetic"}
    return json.dumps({**head, "statements": statements})


def duis(version: str, **domains: str) -> str:
    return extract("DUIS", version, "schema", **domains)


def table(version: str = "1.0", part: str = "Table 9", **domains: str) -> str:
    return extract("GBCS", version, part, **domains)


USE_CASE = json.dumps(
    {
        "specification": "GBCS",
        "version": "1.0",
        "part": "use cases",
        "provenance": "synthetic",
        "statements": [
            {"subject": "U1", "attribute": "direction", "value": "Update"},
            {"subject": "U1/A.value", "attribute": "type", "domain": "0..255"},
            {"subject": "U1/A.value", "attribute": "constant", "domain": "30"},
        ],
    }
)


def index(*releases: tuple[str, list[str]], follows: dict[str, str] | None = None) -> str:
    """A list of releases, each with the names of its extracts."""
    lines = []
    for name, extracts in releases:
        lines.append(f'[release."{name}"]\nextracts = {json.dumps([f"{one}.json" for one in extracts])}')
        if follows and name in follows:
            lines.append(f'follows = "{follows[name]}"')
    return "\n".join(lines) + "\n"


class Gate:
    """A repository of specifications, and what ``compare HEAD`` says of its work tree."""

    def __init__(self, folder: Path) -> None:
        self.git = Git(folder / "repository")
        self._out = folder / "report.json"

    def base(self, **files: str) -> None:
        self.write(**files)
        self.git.commit()

    def write(self, **files: str) -> None:
        for name, content in files.items():
            self.git.write("releases.toml" if name == "index" else f"{name}.json", content)

    def remove(self, *names: str) -> None:
        for name in names:
            (self.git.root / f"{name}.json").unlink()

    def __call__(self, *arguments: str, old: str = "HEAD") -> tuple[int, dict[str, Any]]:
        """The exit code and the JSON report, which keeps to its schema."""
        self._out.unlink(missing_ok=True)
        code = run(["compare", old, *arguments, "--no-cache", "--format", "json", "-o", str(self._out)])
        document: dict[str, Any] = json.loads(self._out.read_text(encoding="utf-8")) if self._out.exists() else {}
        if document:
            validator(SCHEMA).validate(document)
        return code, document


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    found = Gate(tmp_path)
    monkeypatch.chdir(found.git.root)
    return found


def told(document: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Kind, verdict and releases of each change."""
    return [(one["change"], one["verdict"], one.get("releases", [])) for one in document["changes"]]


def conflicts(document: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(one["status"], one.get("releases", [])) for one in document["findings"] if one["rule"] == "V101"]


# --- all of them -----------------------------------------------------------------------------------------------------


def test_a_release_that_is_not_the_default_is_gated_too(gate: Gate) -> None:
    gate.base(index=index(("now", ["new"]), ("then", ["old"])), new=duis("5.5", A="0..9"), old=duis("5.4", A="0..9"))
    assert gate() == (0, gate()[1])
    gate.write(old=duis("5.4", A="0..8"))
    code, document = gate()
    assert (code, told(document)) == (1, [("narrowed", "breaking", ["then"])])
    assert document["release"] == "now, then"
    for name, expected in (("now", 0), ("then", 1)):
        code, document = gate("--release", name)
        assert (code, document["release"]) == (expected, name)
        assert told(document) == [("narrowed", "breaking", [])] * expected


def test_what_several_releases_share_is_told_once_with_their_names(gate: Gate) -> None:
    gate.base(
        index=index(("now", ["cases", "table", "new"]), ("then", ["cases", "table", "old"])),
        cases=USE_CASE,
        table=table(A="30"),
        new=duis("5.5", A="0..9"),
        old=duis("5.4", A="0..8"),
    )
    gate.write(table=table(A="15"))
    code, document = gate()
    assert code == 1
    assert told(document) == [("default", "unknown", ["now", "then"])]
    assert conflicts(document) == [("new", ["now", "then"])]
    assert document["summary"]["statements"] == 3 + 1 + 2
    fingerprints = [one["fingerprint"] for one in document["findings"]]
    assert len(fingerprints) == len(set(fingerprints))


def test_a_conflict_of_one_release_names_that_one(gate: Gate) -> None:
    gate.base(index=index(("a", ["cases", "table"]), ("b", ["cases"])), cases=USE_CASE, table=table(A="15"))
    assert conflicts(gate()[1]) == [("remaining", ["a"])]
    gate.write(index=index(("a", ["cases", "table"]), ("b", ["cases", "table"])))
    code, document = gate()
    assert (code, conflicts(document)) == (1, [("new", ["b"]), ("remaining", ["a"])])
    assert told(document) == [("added", "compatible", ["b"])]


def test_the_text_says_in_which_releases(gate: Gate, capfd: pytest.CaptureFixture[str]) -> None:
    gate.base(
        index=index(("a", ["cases", "table"]), ("b", ["cases", "table"])), cases=USE_CASE, table=table(A="30", B="1")
    )
    gate.write(table=table(A="15"))
    assert run(["compare", "HEAD", "--no-cache"]) == 1
    text = capfd.readouterr().out
    assert "  in        releases a, b\n" in text
    assert "  in       releases a, b\n" in text
    assert run(["compare", "HEAD", "--no-cache", "-q"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines
    assert all("(in releases a, b)" in line for line in lines)
    for form in ("sarif", "junit", "github", "gitlab", "markdown", "html"):
        assert run(["compare", "HEAD", "--no-cache", "--format", form]) == 1
        assert "releases a, b" in capfd.readouterr().out.replace('[\\"a\\", \\"b\\"]', "releases a, b"), form


def test_a_file_that_no_release_names_is_told(gate: Gate) -> None:
    gate.base(index=index(("a", ["one"])), one=duis("5.4", A="0..9"))
    gate.write(two=duis("5.5", A="0..8"), package='{"name": "no extract"}')
    gate.git.write("tables/table-9.csv", "No.,Data item\n")
    code, document = gate()
    assert (code, told(document)) == (0, [])
    assert document["skipped"] == [
        "two.json: no release names it",
        "tables/table-9.csv: a release names extracts (.json) alone, so no table or schema is looked at",
    ]


def test_a_file_that_no_release_names_is_told_where_nothing_else_changed(
    gate: Gate, capfd: pytest.CaptureFixture[str]
) -> None:
    gate.base(index=index(("a", ["one"])), one=duis("5.4", A="0..9"))
    gate.write(**{f"two-{number}": duis("5.5", A=f"0..{number}") for number in range(7)})
    assert run(["compare", "HEAD", "--no-cache"]) == 0
    first, *rest = capfd.readouterr().out.splitlines()
    assert first.startswith("no change: ")
    assert [" ".join(line.split()) for line in rest] == [
        *(f"skipped two-{number}.json: no release names it" for number in range(5)),
        "and 2 more files",
    ]
    assert run(["compare", "HEAD", "--no-cache", "--format", "markdown"]) == 0
    lines = capfd.readouterr().out.splitlines()
    told = lines[lines.index("**not looked at**") :]
    assert told[2] == "* `two-0.json`: no release names it"
    assert told[-1] == "* and 2 more"
    # As `check -q`: one line for what counts, and no summary.
    for command, code in ((["compare", "HEAD", "--no-cache", "-q"], 0), (["check", "-q", "."], 2)):
        assert run(command) == code, "of the one schema nothing is compared with another document"
        assert capfd.readouterr().out == ""


def test_a_release_without_a_change_is_no_cost_for_the_others(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules look once at each set of extracts, however many releases name it and on both sides."""
    gate.base(index=index(("a", ["one"]), ("b", ["one"]), ("c", ["one", "two"])), one=USE_CASE, two=table(A="15"))
    looked: list[int] = []
    import gbcscheck.comparison.conflicts as module

    original = module.single_findings
    monkeypatch.setattr(module, "single_findings", lambda *a: looked.append(1) or original(*a))
    assert gate()[0] == 0
    assert len(looked) == 2


# --- releases on one side --------------------------------------------------------------------------------------------

TWO = (("jun", ["old", "table"]), ("nov", ["new", "table"]))


def test_a_new_release_is_compared_with_the_one_that_it_follows(gate: Gate) -> None:
    gate.base(
        index=index(("feb", ["first", "table"]), ("jun", ["old", "table"])),
        first=duis("5.3", A="0..99"),
        old=duis("5.4", A="0..9"),
        table=table(A="1"),
    )
    releases = (("feb", ["first", "table"]), *TWO)
    gate.write(index=index(*releases, follows={"nov": "jun", "jun": "feb"}), new=duis("5.5", A="0..8"))
    code, document = gate()
    assert (code, told(document)) == (1, [("narrowed", "breaking", ["nov"])])
    assert document["changes"][0]["versions"] == {"old": "5.4", "new": "5.5"}
    assert document["followed"][0]["old"]["version"] == "5.4"
    assert 'Release "nov" is new, and compared with "jun", which it follows.' in document["note"]
    gate.write(index=index(*releases, follows={"nov": "feb"}))
    assert gate()[1]["changes"][0]["witness"] == "9"
    assert gate()[1]["changes"][0]["old"]["value"] == "0..99"


@pytest.mark.parametrize(
    ("names", "new", "base", "why"),
    [
        (("1.9", "1.8"), "1.10", "1.9", "the version before it"),
        (("x", "y"), "z", "y", "which is listed beside it"),
        (("x",), "z", "x", "which is listed beside it"),
    ],
)
def test_where_a_release_says_not_what_it_follows_its_version_or_place_does(
    gate: Gate, names: tuple[str, ...], new: str, base: str, why: str
) -> None:
    bounds = {name: f"0..{20 + number}" for number, name in enumerate(names)}
    files = {f"f{number}": duis("5.4", A=bounds[name]) for number, name in enumerate(names)}
    old = [(name, [f"f{number}"]) for number, name in enumerate(names)]
    gate.base(index=index(*old), **files)
    gate.write(index=index(*old, (new, ["g"])), g=duis("5.5", A="0..9"))
    code, document = gate()
    (found,) = document["changes"]
    assert (code, found["releases"], found["old"]["value"]) == (1, [new], bounds[base])
    assert f'Release "{new}" is new, and compared with "{base}", {why}.' in document["note"]


def test_a_release_under_another_name_is_compared_with_the_one_it_was(gate: Gate) -> None:
    gate.base(index=index(("draft", ["old"])), old=duis("5.4", A="0..9"))
    gate.write(index=index(("final", ["old"])), old=duis("5.4", A="0..8"))
    code, document = gate()
    assert (code, told(document)) == (1, [("narrowed", "breaking", [])])
    assert 'compared with "draft", the only one there was' in document["note"]


def test_a_release_that_is_gone_breaks_nobody_as_long_as_its_parts_stand(gate: Gate) -> None:
    gate.base(index=index(*TWO), old=duis("5.4", A="0..9"), new=duis("5.5", A="0..8"), table=table(A="1"))
    gate.write(index=index(TWO[1]))
    gate.remove("old")
    code, document = gate()
    assert (code, told(document)) == (0, [])
    assert 'Release "jun" is gone.' in document["note"]


def test_what_is_in_no_release_any_more_is_lost(gate: Gate) -> None:
    gate.base(
        index=index(("a", ["cases"]), ("b", ["cases", "table", "new"])),
        cases=USE_CASE,
        table=table(A="15"),
        new=duis("5.5", A="0..8"),
    )
    assert conflicts(gate()[1]) == [("remaining", ["b"])]
    gate.write(index=index(("a", ["cases"])))
    code, document = gate()
    assert code == 1
    assert sorted(one["verdict"] for one in document["changes"]) == ["breaking", "breaking"]
    assert {one["releases"][0] for one in document["changes"]} == {"b"}
    lost = [one for one in document["findings"] if one["rule"] == "V101"]
    assert [(one["status"], one["gone"], one["releases"]) for one in lost] == [("lost", 'release "b"', ["b"])]


def test_a_release_that_drops_a_part_loses_it_there(gate: Gate) -> None:
    gate.base(
        index=index(("a", ["one", "table"]), ("b", ["one", "table"])), one=duis("5.4", A="0..9"), table=table(A="1")
    )
    gate.write(index=index(("a", ["one"]), ("b", ["one", "table"])))
    code, document = gate()
    assert (code, told(document)) == (1, [("removed", "breaking", ["a"])])


def test_an_extract_that_cannot_be_read_is_no_lost_part_in_any_release(gate: Gate) -> None:
    gate.base(index=index(*TWO[:1]), old=duis("5.4", A="0..9"), table=table(A="1"))
    gate.write(index=index(*TWO), new=duis("5.5", A="0..9"), table="{")
    code, document = gate()
    assert (code, told(document)) == (2, [])
    assert len(document["problems"]) == 1
    assert "may be in a file of the work tree that could not be read" in document["note"]
    gate.remove("table")
    assert gate()[0] == 2


def test_a_list_of_releases_that_comes_or_goes_changes_nothing_by_itself(gate: Gate) -> None:
    files = {"old": duis("5.4", A="0..9"), "new": duis("5.5", A="0..8"), "table": table(A="1")}
    gate.base(**files)
    gate.write(index=index(*TWO))
    code, document = gate()
    assert (code, document["changes"]) == (0, [])
    gate.git.commit()
    (gate.git.root / "releases.toml").unlink()
    code, document = gate()
    assert (code, document["changes"]) == (0, [])
    gate.remove("table")
    assert told(gate()[1]) == [("removed", "breaking", [])]


def test_a_new_repository_with_releases_has_no_base(gate: Gate) -> None:
    gate.write(index=index(*TWO), old=duis("5.4", A="0..9"), new=duis("5.5", A="0..8"), table=table(A="1"))
    code, document = gate()
    assert code == 0
    assert {one["verdict"] for one in document["changes"]} == {"compatible"}
    assert "there is no base" in document["note"]


@pytest.mark.whole_release
def test_a_release_that_ships_is_compared_with_the_one_of_its_name(
    gate: Gate, specs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(specs, gate.git.root / "mine")
    for name in ("current", "after-mp131"):
        code, document = gate("mine", old=name)
        assert (code, document["release"], document["changes"]) == (0, name, [])
    assert run(["compare", "current", "mine", "--release", "nosuch"]) == 2
    assert 'no release is called "nosuch"; there are current, before-mp131, after-mp131' in capfd.readouterr().err


@pytest.mark.parametrize(
    ("follows", "message"),
    [
        ({"b": "c"}, '[release.b]: follows = "c" names no release of this file; there are a'),
        ({"a": "a"}, 'the releases follow each other in a circle: "a" follows "a"'),
        ({"a": "b", "b": "a"}, 'the releases follow each other in a circle: "a" follows "b" follows "a"'),
    ],
)
def test_a_wrong_order_of_releases_is_told(
    gate: Gate, capfd: pytest.CaptureFixture[str], follows: dict[str, str], message: str
) -> None:
    gate.base(one=duis("5.4", A="0..9"))
    gate.write(index=index(("a", ["one"]), ("b", ["one"]), follows=follows))
    assert gate()[0] == 2
    assert f"releases.toml: {message}" in capfd.readouterr().err


# --- versions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "domain", "code", "expected"),
    [
        ("5.4", "0..8", 1, [("version", "breaking"), ("narrowed", "breaking")]),
        ("5.5", "0..8", 0, [("narrowed", "breaking")]),
        ("5.4", "0..9", 0, []),
        ("5.5", "0..9", 0, []),
        ("5.3", "0..9", 0, [("version", "unknown")]),
        ("5.3", "0..8", 1, [("version", "breaking"), ("narrowed", "breaking"), ("version", "unknown")]),
        ("draft", "0..8", 0, [("narrowed", "breaking"), ("version", "unknown")]),
    ],
)
def test_a_breaking_change_may_need_a_later_version(
    gate: Gate, version: str, domain: str, code: int, expected: list[tuple[str, str]]
) -> None:
    gate.base(duis=duis("5.4", A="0..9"))
    gate.write(duis=duis(version, A=domain))
    found, document = gate("--require-bump", "--fail-on", "never")
    assert (found, [one[:2] for one in told(document)]) == (code, expected)
    without, document = gate("--fail-on", "never")
    assert without == 0
    assert [one for one in told(document) if one[0] == "version"] == [("version", "unknown", [])] * (version == "5.3")
    gate.git.write("gbcscheck.toml", "require-bump = true\n")
    assert gate("--fail-on", "never")[0] == code


def test_the_document_without_a_later_version_is_named(gate: Gate, capfd: pytest.CaptureFixture[str]) -> None:
    gate.base(duis=duis("5.4", A="0..9", B="0..9"), table=table(A="1"))
    gate.write(duis=duis("5.4", A="0..8", B="0..8"))
    assert run(["compare", "HEAD", "--no-cache", "--require-bump"]) == 1
    text = " ".join(capfd.readouterr().out.split())
    assert "breaking[version] version: the version does not rise DUIS schema" in text
    assert "DUIS schema has 2 breaking changes, and its version is still 5.4." in text
    for form in ("sarif", "junit", "github", "gitlab", "markdown", "html"):
        assert run(["compare", "HEAD", "--no-cache", "--require-bump", "--format", form]) == 1
        assert "change/version" in capfd.readouterr().out.replace('"version","breaking"', "change/version"), form


def test_a_waived_change_needs_no_later_version_and_a_missing_one_may_be_waived(gate: Gate) -> None:
    gate.base(duis=duis("5.4", A="0..9"))
    gate.write(duis=duis("5.4", A="0..8"))
    for rule in ("change/narrowed", "change/version"):
        gate.git.write("gbcscheck.toml", f'[[waivers]]\nrule = "{rule}"\nreason = "agreed"\n')
        assert gate("--require-bump", "--fail-on", "never")[0] == 0
    gate.git.write("gbcscheck.toml", "")
    assert gate("--require-bump", "--fail-on", "never")[0] == 1


def test_a_new_version_beside_the_old_is_a_bump(gate: Gate) -> None:
    gate.base(old=duis("5.4", A="0..9"))
    gate.write(new=duis("5.5", A="0..8"))
    code, document = gate("--require-bump")
    assert (code, told(document)) == (1, [("narrowed", "breaking", [])])
    assert gate("--require-bump", "--fail-on", "never")[0] == 0


def test_what_cannot_be_told_fails_where_it_is_asked_for(gate: Gate) -> None:
    gate.base(table=table(A="1"))
    gate.write(table=table(A="2"))
    assert [gate("--fail-on", level)[0] for level in ("new", "unknown", "breaking")] == [0, 1, 0]
    gate.git.write("gbcscheck.toml", 'fail-on = "unknown"\n')
    assert gate()[0] == 1
    gate.git.write("gbcscheck.toml", '[[waivers]]\nrule = "change/default"\nreason = "agreed"\n')
    assert gate("--fail-on", "unknown")[0] == 0


# --- lost ------------------------------------------------------------------------------------------------------------


def test_a_deleted_table_fails_and_its_conflicts_are_lost(gate: Gate, capfd: pytest.CaptureFixture[str]) -> None:
    gate.base(cases=USE_CASE, table=table(A="15"))
    gate.remove("table")
    code, document = gate()
    assert (code, told(document)) == (1, [("removed", "breaking", [])])
    assert {one["status"] for one in document["findings"]} == {"lost"}
    assert document["summary"]["findings"]["lost"]["error"] >= 1
    assert document["summary"]["findings"]["fixed"] == {"error": 0, "warning": 0, "note": 0}
    assert run(["compare", "HEAD", "--no-cache"]) == 1
    text = capfd.readouterr().out
    assert "lost error[V101] A.value: Not judged any more: GBCS 1.0 Table 9 is gone." in " ".join(text.split())
    assert " fixed, 0 as before, " in text
    gate.git.write("gbcscheck.toml", '[[waivers]]\nrule = "change/removed"\nreason = "withdrawn"\n')
    assert gate()[0] == 0


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("sarif", '"status": "lost"'),
        ("junit", '<skipped message="Not judged any more: GBCS 1.0 Table 9 is gone.'),
        ("github", "lost: not judged any more"),
        ("gitlab", "Not judged any more: GBCS 1.0 Table 9 is gone."),
        ("markdown", "Lost: not judged any more"),
        ("html", "Not judged any more: GBCS 1.0 Table 9 is gone."),
    ],
)
def test_every_format_tells_what_is_lost(gate: Gate, capfd: pytest.CaptureFixture[str], form: str, words: str) -> None:
    gate.base(cases=USE_CASE, table=table(A="15"))
    gate.remove("table")
    assert run(["compare", "HEAD", "--no-cache", "--format", form]) == 1
    assert words in capfd.readouterr().out


def test_a_moved_or_renamed_table_is_not_lost(gate: Gate) -> None:
    gate.base(cases=USE_CASE, table=table(A="15"))
    gate.remove("table")
    gate.write(moved=table(A="15"))
    code, document = gate()
    assert (code, document["changes"]) == (0, [])
    gate.write(moved=table(part="Table 10", A="15"))
    code, document = gate()
    assert (code, told(document)) == (0, [("renamed", "neutral", [])])
    assert conflicts(document) == [("remaining", [])]


def test_a_witness_takes_part_on_both_sides_and_is_none_of_what_changed(gate: Gate) -> None:
    def codes(specification: str, part: str, code: str) -> str:
        head = {"specification": specification, "version": "1.0", "part": part, "provenance": "synthetic"}
        return json.dumps({**head, "statements": [{"subject": "U1", "attribute": "message-code", "value": code}]})

    listed = '[release.a]\nextracts = ["use-cases.json"]\nwitnesses = ["witness.json"]\n'
    ours = {"use-cases": codes("GBCS", "use cases", "0x0001"), "witness": codes("Analyser", "codes", "0x0002")}
    gate.base(index=listed, **ours)
    gate.write(**{"use-cases": codes("GBCS", "use cases", "0x0002")})
    _, document = gate()
    assert [(one["rule"], one["status"]) for one in document["findings"]] == [("W104", "fixed")]
    gate.write(**ours)
    gate.remove("witness")
    gate.write(index='[release.a]\nextracts = ["use-cases.json"]\n')
    _, document = gate()
    assert [(one["rule"], one["status"], one["gone"]) for one in document["findings"]] == [
        ("W104", "lost", "Analyser 1.0 codes")
    ]
