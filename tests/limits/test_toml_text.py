"""TOML texts are looked through before they are parsed, and their statements end where TOML says."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.inputs.toml_places import lines_of
from gbcscheck.inputs.toml_text import NotToml, parse_toml, statement_ends
from gbcscheck.limits import OverLimit, by_limits


@pytest.mark.parametrize(
    ("text", "last_lines"),
    [
        ("a = 1\nb = 2", [1, 2]),
        ("a = [\n1,\n2]\nb = 2\n", [3, 4, 5]),
        ('a = """\n[\n"""\nb = 1', [3, 4]),
        ("a = '''\n\"\n''''\nb = 1", [3, 4]),
        ('a = """x""""\nb = 1', [1, 2]),
        ('a = "\\"["\nb = 1', [1, 2]),
        ("a = '['  # ] [\nb = 1", [1, 2]),
        ("[a.b]  # [\nx = {y = [1]}\n", [1, 2, 3]),
        ('a = "never\nclosed', [2]),
        ("", [1]),
    ],
)
def test_a_statement_ends_where_no_bracket_and_no_string_is_open(text: str, last_lines: list[int]) -> None:
    assert statement_ends(text, where="x") == last_lines


@pytest.mark.parametrize(
    "text", ["a = 1.5\n", "a.b.c = 1\n", 'a = [1.1, 2.2, "x.y.z.w"]\n', "[a.b.c]\nd.e.f = 1979-05-27T07:32:00.5Z\n"]
)
def test_dots_in_numbers_and_texts_are_no_parts_of_a_key(text: str) -> None:
    with by_limits({"key-parts": 3}):
        assert parse_toml(text, where="x") == tomllib.loads(text)


def test_the_parts_of_a_key_and_the_brackets_are_counted_with_their_line() -> None:
    with by_limits({"key-parts": 3, "nesting": 2}):
        with pytest.raises(OverLimit, match=r"^x:2: 4 parts in a TOML key; at most 3 are read"):
            parse_toml("a = 1\nb . c.'d'.\"e\" = 2\n", where="x")
        with pytest.raises(OverLimit, match=r"^x:3: 3 levels in the nesting"):
            parse_toml("a = [\n1,\n[[]]]\n", where="x")
        assert parse_toml("[[a]]\nb = [[1]]\n", where="x") == {"a": [{"b": [[1]]}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = \n", "x:2: not valid TOML: Invalid value"),
        ("a = 1\nb = " + "9" * 5000, "x:2: not valid TOML: a number with too many digits"),
        ("a = 1\na = 2", "x:2: not valid TOML: Cannot overwrite a value"),
        ("a = 1\n\nb = 0001-99-99", "x:3: not valid TOML"),
    ],
)
def test_what_is_not_valid_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(NotToml) as caught:
        parse_toml(text, where="x")
    assert str(caught.value).startswith(message)


def test_nesting_beyond_what_python_can_do_is_told_where_the_limit_was_raised() -> None:
    with by_limits({"nesting": 10_000}), pytest.raises(NotToml, match="nested too deeply"):
        parse_toml("a = " + "[" * 2000 + "]" * 2000, where="x")


VALUES = st.recursive(
    st.one_of(
        st.integers(-9, 9).map(str), st.just("1.5"), st.just('"a#[b]"'), st.just("'c\"'"), st.just('"""\nd\n]"""')
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: "[\n" + ",\n".join(some) + "\n]"),
        inner.filter(lambda text: "\n" not in text).map(lambda text: "{k = " + text + "}"),
    ),
    max_leaves=6,
)


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_every_key_has_the_line_on_which_its_statement_begins(values: list[str]) -> None:
    lines, text = {}, ""
    for index, value in enumerate(values):
        lines[f"key{index}",] = text.count("\n") + 1
        text += f"key{index} = {value}\n# [\n\n"
    tomllib.loads(text)
    found = lines_of(text)
    assert {key: line for key, line in found.items() if len(key) == 1} == lines
