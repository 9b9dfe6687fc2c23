"""Lines of keys and tables in a TOML text."""

from __future__ import annotations

import tomllib

import pytest

from gbcscheck.inputs.toml_places import line_of, lines_of

TEXT = '''\
# what is checked
paths = [
  "a",  # one
  "[b]",
]
release = "x"
[severity]
V101 = "note"
"R 1".x = 3

[[waivers]]
rule = "V101"
reason = """
[no.table]
"""

[[waivers]]
  expires = 2026-01-01
[tool.gbcscheck]
inline = {a = 1, b = 2}
[[tool.gbcscheck.waivers]]
reason = 'x'
'''


def test_every_table_and_key_has_its_line() -> None:
    tomllib.loads(TEXT)
    assert lines_of(TEXT) == {
        ("paths",): 2,
        ("release",): 6,
        ("severity",): 7,
        ("severity", "V101"): 8,
        ("severity", "R 1"): 9,
        ("severity", "R 1", "x"): 9,
        ("waivers", 0): 11,
        ("waivers", 0, "rule"): 12,
        ("waivers", 0, "reason"): 13,
        ("waivers", 1): 17,
        ("waivers", 1, "expires"): 18,
        ("tool", "gbcscheck"): 19,
        ("tool", "gbcscheck", "inline"): 20,
        ("tool", "gbcscheck", "waivers", 0): 21,
        ("tool", "gbcscheck", "waivers", 0, "reason"): 22,
    }


def test_line_ends_of_any_kind() -> None:
    assert lines_of(TEXT.replace("\n", "\r\n")) == lines_of(TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [(("waivers", 0, "rule"), 12), (("waivers", 1, "reason"), 17), (("waivers", 9), 1), (("colour",), 1), ((), 1)],
)
def test_what_is_not_there_has_the_line_around_it(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(lines_of(TEXT), path) == line
