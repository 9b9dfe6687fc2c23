"""The schemas of the files in TOML say what our readers say, by another validator."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gbcscheck.api.schemas import PACKAGE, SCHEMAS
from gbcscheck.errors import GbcscheckError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.model import CHANGES
from gbcscheck.policy.configuration import Configuration, configuration_from
from gbcscheck.policy.house_files import house_rules
from gbcscheck.release.index import release_entries
from gbcscheck.rules import RULES

RULE = "[[rule]]\ncode = 'H1'\nname = 'a-name'\nkind = 'range'\nseverity = 'note'\nquestion = 'Is it?'\n"
WAIVER = "[[waivers]]\nreason = 'x'\n"
VALID = {
    "configuration": [
        "",
        "paths = ['specs', 'a.json']\nrelease = 'current'\nfail-on = 'new'\n",
        "require-bump = true\nstrict-waivers = false\n",
        "rules = ['house', 'more/acme.toml']\n[severity]\nH7 = 'note'\nX-ACME-1 = 'error'\n",
        WAIVER + "rule = 'X-ACME-1'\n",
        "fail-on = 'unknown'\nexclude = ['drafts/', '*.tmp.json', 'specs/**/old-*', '/a', 't[1].csv', ' a']\n",
        "[severity]\nV101 = 'warning'\nR103 = 'note'\n'change/narrowed' = 'warning'\n'change/default' = 'error'\n",
        "paths = []\nexclude = []\nwaivers = []\n[severity]\n",
        WAIVER + "rule = 'V101'\nsubject = 'ReadLog.entries[*].*'\nexpires = 2027-01-31\n",
        WAIVER + "fingerprint = '0123456789abcdef'\nvalues = ['9 / 30']\n",
        WAIVER + "party = 'DCC'\n",
        WAIVER + "rule = 'change/narrowed'\nparty = ['DCC', 'User systems']\nfile = 'specs/**/table-28d.*'\n",
        "waivers = [{rule = 'default-contradicts-constant', reason = 'x'}]\n",
    ],
    "baseline": ["", WAIVER + "rule = 'V101'\nsubject = 'A'\nfingerprint = '0123456789abcdef'\nvalues = ['a', 'b']\n"],
    "house-rules": [
        RULE + "subject = 'A.*'\nin = '180..250 V'\n",
        "title = 'Us'\n" + RULE + "subject = 'A'\nnot-in = '0 | 1'\nin = '0..9'\nattribute = 'permitted'\n",
        RULE + "subject = '*'\nattribute = 'default'\nstated = true\nsource = 'Guide 1'\ntext = 'Why.'\n",
        RULE + "left = 'A.entries[*].a'\nrelation = '<='\nright = 'B'\n",
        RULE + "left = 'A'\nrelation = 'implies'\nright = 'B'\nleft-in = '1'\nright-in = '2..3'\n",
        RULE.replace("H1", "X-ACME-1") + "subject = 'A'\nin = '7'\n",
    ],
    "releases": [
        "[release.a]\nextracts = []\n",
        "default = 'b'\n[release.a]\nextracts = ['x.json']\ntitle = ''\n[release.b]\nextracts = ['y.json']\n"
        "note = 'n'\ncrosswalk = 'crosswalk'\nfollows = 'a'\n",
    ],
}
WRONG = {
    "configuration": [
        "x = 1\n",
        "Paths = ['specs']\n",
        "paths = 'specs'\n",
        "paths = [1]\n",
        "paths = ['']\n",
        "release = 4.1\n",
        "release = ' '\n",
        "release = ''\n",
        "fail-on = 'errors'\n",
        "fail-on = ['new']\n",
        "require-bump = 'true'\n",
        "require-bump = 1\n",
        "strict-waivers = 'yes'\n",
        "exclude = 'drafts/'\n",
        "exclude = ['']\n",
        "exclude = [1]\n",
        "exclude = ['!a']\n",
        "exclude = ['a\\b']\n",
        "exclude = ['../a']\n",
        "exclude = ['a/..']\n",
        "exclude = ['/']\n",
        f"exclude = ['{'x' * 1001}']\n",
        "severity = 1\n",
        "severity = ['V101']\n",
        "[severity]\nV101 = 'fatal'\n",
        "[severity]\nV101 = 1\n",
        "[severity]\nv101 = 'note'\n",
        "[severity]\n'change/other' = 'note'\n",
        "[severity]\nnarrowed = 'note'\n",
        "waivers = 3\n",
        "waivers = [3]\n",
        "[waivers]\nrule = 'V101'\nreason = 'x'\n",
        WAIVER,
        "[[waivers]]\nrule = 'V101'\n",
        "[[waivers]]\nrule = 'V101'\nreason = ' '\n",
        "[[waivers]]\nrule = 'V101'\nreason = 1\n",
        WAIVER + "rule = ''\n",
        WAIVER + "rule = 101\n",
        WAIVER + "subject = ['A']\n",
        WAIVER + "fingerprint = '12'\n",
        WAIVER + "fingerprint = '0123456789ABCDEF'\n",
        WAIVER + "rule = 'V101'\nuntil = 2027-01-31\n",
        WAIVER + "rule = 'V101'\nexpires = 2027-01-31T10:00:00Z\n",
        WAIVER + "rule = 'V101'\nexpires = 2027\n",
        WAIVER + "rule = 'V101'\nexpires = 'tomorrow'\n",
        WAIVER + "party = 'dcc'\n",
        WAIVER + "party = []\n",
        WAIVER + "party = ['DCC', 1]\n",
        WAIVER + "file = ' '\n",
        WAIVER + "file = '../a'\n",
        WAIVER + "rule = 'V101'\nvalues = []\n",
        WAIVER + "rule = 'V101'\nvalues = '9'\n",
        WAIVER + "rule = 'V101'\nvalues = [9]\n",
        WAIVER + "rule = 'V101'\nvalues = ['']\n",
    ],
    "baseline": ["paths = ['specs']\n", "[severity]\nV101 = 'note'\n", WAIVER, "waivers = 1\n"],
    "house-rules": [
        "",
        "rule = []\n",
        "rule = 1\n",
        "rules = 1\n",
        "[rule]\ncode = 'H1'\n",
        RULE,
        RULE + "subject = 'A'\n",
        RULE + "in = '7'\n",
        RULE + "subject = 'A'\nin = ''\n",
        RULE + "subject = 'A'\nin = 7\n",
        RULE + "subject = ' '\nin = '7'\n",
        RULE + "subject = 'A'\nin = '7'\nstated = true\n",
        RULE + "subject = 'A'\nstated = true\n",
        RULE + "subject = 'A'\nattribute = 'value'\nstated = true\n",
        RULE + "subject = 'A'\nattribute = 'default'\nstated = false\n",
        RULE + "subject = 'A'\nattribute = 'default'\nstated = 'true'\n",
        RULE + "left = 'A'\nrelation = '<'\n",
        RULE + "left = 'A'\nrelation = '>'\nright = 'B'\n",
        RULE + "left = 'A*'\nrelation = '<'\nright = 'B'\n",
        RULE + "subject = 'A'\nleft = 'A'\nrelation = '<'\nright = 'B'\n",
        RULE + "left = 'A'\nrelation = 'implies'\nright = 'B'\nleft-in = '1'\n",
        RULE + "left = 'A'\nrelation = '<'\nright = 'B'\nright-in = '1'\n",
        RULE + "subject = 'A'\nin = '7'\nwhatever = 1\n",
        RULE.replace("H1", "V104") + "subject = 'A'\nin = '7'\n",
        RULE.replace("H1", "h1") + "subject = 'A'\nin = '7'\n",
        RULE.replace("H1", "X-") + "subject = 'A'\nin = '7'\n",
        RULE.replace("a-name", "A name") + "subject = 'A'\nin = '7'\n",
        RULE.replace("range", "taste") + "subject = 'A'\nin = '7'\n",
        RULE.replace("note", "fatal") + "subject = 'A'\nin = '7'\n",
        RULE.replace("question = 'Is it?'\n", "") + "subject = 'A'\nin = '7'\n",
        RULE.replace("'Is it?'", "' '") + "subject = 'A'\nin = '7'\n",
    ],
    "releases": [
        "",
        "release = 1\n",
        "[release]\n",
        "[releases.a]\nextracts = []\n",
        "[release.a]\n",
        "[release]\na = 'x'\n",
        "[release.a]\nextracts = 'x.json'\n",
        "[release.a]\nextracts = [1]\n",
        "[release.a]\nextracts = []\ntitle = 1\n",
        "[release.a]\nextracts = []\nnote = ['n']\n",
        "[release.a]\nextracts = []\ncrosswalk = 2\n",
    ],
}


def is_read(kind: str, text: str, folder: Path) -> bool:
    """Whether our reader takes a text."""
    codes = [rule.code for rule in RULES]
    rules = [*codes, *(rule.name for rule in RULES), *(f"change/{change}" for change in CHANGES)]
    try:
        if kind == "releases":
            (folder / "releases.toml").write_text(text, encoding="utf-8")
            release_entries(folder)
        elif kind == "house-rules":
            (folder / "house.toml").write_text(text, encoding="utf-8")
            house_rules(Configuration(), (), [folder / "house.toml"])
        else:
            texts = {"text": text} if kind == "configuration" else {"text": "", "baseline": text}
            configuration_from(path=Path("gbcscheck.toml"), codes=codes, rules=rules, **texts)
    except GbcscheckError:
        return False
    return True


def refused_by_schema(kind: str, texts: list[str], folder: Path) -> set[int]:
    """The numbers of the texts that check-jsonschema refuses."""
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.toml")
        files[-1].write_text(text, encoding="utf-8")
    schema = PACKAGE / SCHEMAS[kind][0]
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        schema,
        "--default-filetype",
        "toml",
        "-o",
        "json",
    ]
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=300, check=False)
    report = json.loads(done.stdout)
    assert not report.get("parse_errors"), report
    return {int(Path(error["filename"]).stem) for error in report.get("errors", [])}


@pytest.mark.parametrize("kind", list(VALID))
def test_what_is_right_passes_both(kind: str, tmp_path: Path) -> None:
    assert [text for text in VALID[kind] if not is_read(kind, text, tmp_path)] == []
    assert refused_by_schema(kind, VALID[kind], tmp_path) == set()


@pytest.mark.parametrize("kind", list(WRONG))
def test_what_is_wrong_is_refused_by_both(kind: str, tmp_path: Path) -> None:
    assert [text for text in WRONG[kind] if is_read(kind, text, tmp_path)] == []
    refused = refused_by_schema(kind, WRONG[kind], tmp_path)
    assert [text for number, text in enumerate(WRONG[kind]) if number not in refused] == []


def test_what_ships_keeps_to_the_schema(tmp_path: Path) -> None:
    text = (shipped_root() / "releases.toml").read_text(encoding="utf-8")
    assert refused_by_schema("releases", [text], tmp_path) == set()


def test_every_kind_of_change_may_have_a_severity(tmp_path: Path) -> None:
    lines = "".join(f"'change/{change}' = 'note'\n" for change in CHANGES)
    codes = "".join(f"{rule.code} = 'note'\n" for rule in RULES)
    text = f"[severity]\n{lines}{codes}"
    assert is_read("configuration", text, tmp_path)
    assert refused_by_schema("configuration", [text], tmp_path) == set()


def test_every_schema_of_the_package_can_be_printed() -> None:
    known = {PACKAGE / file for file, _ in SCHEMAS.values()}
    assert known == set(PACKAGE.rglob("*.schema.json"))
