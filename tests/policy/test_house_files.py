"""House rules as files: where they are found, what is refused with file and line, and what leads out is not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.evidence.house_rules import HouseRule, Related, Stated, Within
from gbcscheck.inputs.confinement import OutsideRepository
from gbcscheck.limits import by_limits
from gbcscheck.policy.configuration import Configuration, load_configuration
from gbcscheck.policy.house_files import house_rules

HEAD = '[[rule]]\ncode = "{code}"\nname = "{name}"\nkind = "range"\nseverity = "error"\nquestion = "Is it so?"\n'


def rule(rest: str = 'subject = "A"\nin = "1..9"\n', code: str = "H1", name: str = "mine") -> str:
    return HEAD.format(code=code, name=name) + rest


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def codes(found: tuple[HouseRule, ...]) -> list[str]:
    return [one.rule.code for one in found]


def problems(path: Path) -> list[str]:
    """What is wrong with a file, each with its line."""
    with pytest.raises(GbcscheckError) as raised:
        house_rules(Configuration(), (), [path])
    errors = raised.value.problems if isinstance(raised.value, Problems) else [raised.value]
    return [f"{error.where.rpartition(':')[2]}: {error.problem}" for error in errors]


class TestWhereTheyAreFound:
    def test_in_the_folder_of_rules_of_a_checked_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        written(tmp_path / "rules", rule(code="H2", name="two"), "b.toml")
        written(tmp_path / "rules", rule(), "a.toml")
        written(tmp_path / "rules", "nothing = 1\n", "other.toml")
        written(tmp_path / "rules", rule(code="H3"), ".hidden.toml")
        assert codes(house_rules(Configuration(), [tmp_path])) == ["H1", "H2"]
        assert house_rules(Configuration(), [tmp_path / "rules" / "a.toml", tmp_path / "nowhere"]) == ()

    def test_where_the_configuration_says(self, tmp_path: Path) -> None:
        written(tmp_path / "house", rule())
        written(tmp_path, rule(code="X-2", name="two"), "more.toml")
        path = written(tmp_path, 'rules = ["house", "more.toml"]\n[severity]\nH1 = "note"\n', "gbcscheck.toml")
        configuration = load_configuration(path, codes=["V101"])
        assert configuration.severity == {"H1": "note"}
        assert codes(house_rules(configuration, ())) == ["H1", "X-2"]

    def test_where_a_person_says_and_each_file_once(self, tmp_path: Path) -> None:
        path = written(tmp_path / "rules", rule())
        assert codes(house_rules(Configuration(), [tmp_path], [tmp_path, path])) == ["H1"]

    def test_a_path_that_is_not_there_is_told_at_its_place(self, tmp_path: Path) -> None:
        path = written(tmp_path, '\nrules = ["house"]\n', "gbcscheck.toml")
        with pytest.raises(GbcscheckError, match="no such file or folder") as raised:
            house_rules(load_configuration(path), ())
        assert raised.value.where == f"{path}:2"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", "1: rules have to be tables, each under a line [[rule]]; found none"),
            ('title = "ACME"\n', "1: rules have to be tables, each under a line [[rule]]; found none"),
            (rule().replace("[[rule]]", "[[rules]]"), '1: the key "rules" is not known; there are title, rule'),
        ],
    )
    def test_a_file_that_was_meant_to_hold_rules_is_told(self, text: str, expected: str, tmp_path: Path) -> None:
        written(tmp_path / "rules", text)
        with pytest.raises(GbcscheckError) as raised:
            house_rules(Configuration(), [tmp_path])
        assert f"mine.toml:{expected}" in str(raised.value)

    def test_a_folder_that_is_named_for_its_rules_and_has_none_is_told(self, tmp_path: Path) -> None:
        written(tmp_path / "house", "nothing = 1\n")
        told = "no house rule is in this folder; files .toml with [[rule]] were expected"
        with pytest.raises(GbcscheckError, match=re.escape(told)):
            house_rules(Configuration(), (), [tmp_path / "house"])
        path = written(tmp_path, 'rules = ["house"]\n', "gbcscheck.toml")
        with pytest.raises(GbcscheckError, match=re.escape(f'the house rules "house": {told}')) as raised:
            house_rules(load_configuration(path), ())
        assert raised.value.where == f"{path}:1"
        assert house_rules(Configuration(), [tmp_path / "house"]) == ()

    def test_files_that_gbcscheck_knows_otherwise_are_no_rules(self, tmp_path: Path) -> None:
        written(tmp_path, "", "gbcscheck.toml")
        written(tmp_path, rule())
        assert codes(house_rules(Configuration(), (), [tmp_path])) == ["H1"]


class TestOutside:
    def test_a_path_of_the_configuration_that_leads_out_is_refused(self, tmp_path: Path) -> None:
        written(tmp_path / "elsewhere", rule())
        (tmp_path / "repository" / ".git").mkdir(parents=True)
        path = written(tmp_path / "repository", 'rules = ["../elsewhere"]\n', "gbcscheck.toml")
        configuration = load_configuration(path)
        with pytest.raises(OutsideRepository, match="leads out of the repository") as raised:
            house_rules(configuration, ())
        assert raised.value.where == f"{path}:1"
        assert codes(house_rules(configuration, (), allow_outside=True)) == ["H1"]

    @pytest.mark.parametrize("linked", ["rules", "rules/mine.toml"])
    def test_a_link_that_leads_out_is_refused(self, linked: str, tmp_path: Path) -> None:
        target = written(tmp_path / "elsewhere", rule())
        repository = tmp_path / "repository"
        (repository / ".git").mkdir(parents=True)
        (repository / linked).parent.mkdir(exist_ok=True)
        (repository / linked).symlink_to(target.parent if linked == "rules" else target)
        with pytest.raises(OutsideRepository, match="symbolic link that leads out"):
            house_rules(Configuration(), [repository])
        assert codes(house_rules(Configuration(), [repository], allow_outside=True)) == ["H1"]


class TestWhatIsRead:
    def test_a_set(self, tmp_path: Path) -> None:
        text = 'title = "ACME"\n' + rule('subject = "A*"\nin = "1..9 V"\nsource = "Guide 4"\ntext = "Why."\n')
        (one,) = house_rules(Configuration(), (), [written(tmp_path, text)])
        assert isinstance(one.asked, Within)
        assert (one.subject, one.attribute, one.title, one.line) == ("A*", "value", "ACME", 2)
        assert one.rule.text == "Why.\n\n**Source.** Guide 4"
        assert one.rule.reads == ("default", "constant")

    def test_what_has_to_be_stated_and_a_relation(self, tmp_path: Path) -> None:
        stated = rule('subject = "A"\nattribute = "default"\nstated = true\n')
        related = rule('left = "A"\nrelation = "implies"\nright = "B"\nleft-in = "1"\nright-in = "2"\n', "H2", "two")
        one, two = house_rules(Configuration(), (), [written(tmp_path, stated + related)])
        assert one.asked == Stated()
        assert isinstance(two.asked, Related)
        assert (two.asked.left, two.asked.relation, two.asked.right) == ("A", "implies", "B")

    def test_an_attribute_of_ones_own(self, tmp_path: Path) -> None:
        (one,) = house_rules(
            Configuration(), (), [written(tmp_path, rule('subject = "A"\nattribute = "x-owner"\nstated = true\n'))]
        )
        assert (one.attribute, one.rule.reads) == ("x-owner", ("x-owner",))


class TestWhatIsRefused:
    def test_a_set_that_cannot_be_read_is_marked(self, tmp_path: Path) -> None:
        path = written(tmp_path, rule('subject = "A"\nin = "1..9 furlongs"\n'))
        with pytest.raises(GbcscheckError) as raised:
            house_rules(Configuration(), (), [path])
        assert str(raised.value).startswith(f"{path}:8: in is no set of values: 'furlongs' is not a unit")
        assert "  1..9 furlongs\n       ^^^^^^^^" in raised.value.detail

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (rule(code="V104"), "2: the code of a house rule is H and digits"),
            (rule(name="default-contradicts-constant"), "3: .* is the name of a rule that ships"),
            (rule(name="unknown-purpose"), "3: .* is the name of a rule that ships"),
            (rule(name="Mine"), "3: a name is words of small letters"),
            (rule('subject = "A"\nin = "1"\nstated = true\n'), "1: a rule asks one thing: .*; found in, stated"),
            (rule(""), "1: a rule asks one thing: .*; found nothing of these"),
            (rule('subject = "A"\nstated = true\n'), "1: stated asks for an attribute of statements"),
            (rule('left = "A*"\nrelation = "<"\nright = "B"\n'), "7: left names one data item, and is no pattern"),
            (rule('left = "A"\nrelation = ">"\nright = "B"\n'), "8: relation has to be one of <, <=, !=, implies"),
            (rule('left = "A"\nrelation = "implies"\nright = "B"\n'), "1: implies needs left-in and right-in"),
            (rule('subject = "A"\nattribute = "defualt"\nstated = true\n'), '8: .*"defualt"; did you mean "default"'),
            (rule('subject = "A"\nwithin = "1"\n'), '8: the key "within" is not known'),
            (rule() + rule(code="H2"), '9: "mine" is taken by .*mine.toml:1'),
            (rule() + rule(name="two"), '9: "H1" is taken by .*mine.toml:1'),
            ("[[rule]]\n", "1: a rule needs a code"),
            ("rule = 1\n", "1: rules have to be tables"),
            ("x = 1\n", '1: the key "x" is not known'),
            ("[[rule]\n", "1: not valid TOML"),
            ("\ufeff" + rule(), "1: not valid TOML: it begins with a byte order mark; UTF-8 without one was expected"),
            (rule().replace('"range"', "3"), "4: kind has to be one of missing, .*; found 3"),
        ],
    )
    def test_a_fault_has_its_line_what_was_found_and_expected(self, text: str, expected: str, tmp_path: Path) -> None:
        told = problems(written(tmp_path, text))
        assert any(re.match(expected, one) for one in told), told

    def test_every_fault_of_every_file_is_told_in_one_run(self, tmp_path: Path) -> None:
        written(tmp_path / "rules", rule(code="V1"), "a.toml")
        written(tmp_path / "rules", rule(name="Mine"), "b.toml")
        with pytest.raises(Problems) as raised:
            house_rules(Configuration(), [tmp_path])
        assert len(raised.value.problems) == 2

    def test_more_rules_than_are_read(self, tmp_path: Path) -> None:
        path = written(tmp_path, rule() + rule(code="H2", name="two"))
        with by_limits({"house-rules": 1}), pytest.raises(GbcscheckError, match="house-rules"):
            house_rules(Configuration(), (), [path])
