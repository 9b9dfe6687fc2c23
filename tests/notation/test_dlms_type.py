"""Cells of the column "DLMS COSEM data types"."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import ANY, bits, booleans, integers, null, octets, texts
from gbcscheck.notation.dlms_type import STRINGS, WHOLE_NUMBERS, DlmsType, by_grammar, read_dlms_type
from gbcscheck.notation.errors import NotationError

CELLS = {
    "double-long-unsigned": DlmsType("double-long-unsigned"),
    "octet-string(5)": DlmsType("octet-string", 5),
    "bit-string(7)": DlmsType("bit-string", 7),
    "bit-string(0)": DlmsType("bit-string", 0),
    "utf8-string(72000)": DlmsType("utf8-string", 72000),
    "octet-string": DlmsType("octet-string"),
    "octet-string(12)[[OPTIONAL]]": DlmsType("octet-string", 12, "optional"),
    "integer[[OPTIONAL]]": DlmsType("integer", None, "optional"),
    "double-long-unsigned[[TWIN_ELEMENT_ESME_ONLY]]": DlmsType("double-long-unsigned", None, "twin element"),
    "null (contrary to COSEM)": DlmsType("null", note="contrary to COSEM"),
    "structure": DlmsType("structure"),
    "EXCEPTIONAL": DlmsType("EXCEPTIONAL"),
}


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_reads_as_its_type(text: str) -> None:
    assert read_dlms_type(text) == CELLS[text]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("octet string(5)", 0),
        ("octet-string(5", 12),
        ("octet-string(-5)", 12),
        ("octet-string(5) or null", 16),
        ("integer(5)", 7),
        ("long-integer", 0),
        ("Integer", 0),
        ("unsigned[[OPTIONAL]", 18),
        ("unsigned[[MAYBE]]", 10),
        ("EXCEPTION", 0),
        ("see notes", 0),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_dlms_type(text)
    assert caught.value.start == place


@given(st.sampled_from(sorted(STRINGS)), st.integers(0, 100_000))
def test_a_length_is_the_longest_unless_it_is_exact(name: str, length: int) -> None:
    data_type = read_dlms_type(f"{name}({length})")
    assert data_type.domain() == STRINGS[name](0, length)
    assert data_type.domain(exact=True) == STRINGS[name](length, length)


@pytest.mark.parametrize("name", WHOLE_NUMBERS)
def test_whole_numbers_fill_whole_octets(name: str) -> None:
    low, high = WHOLE_NUMBERS[name]
    count = high - low + 1
    assert count in (2**8, 2**16, 2**32, 2**64)
    assert low in (0, -count // 2)
    assert read_dlms_type(name).domain() == integers(low, high)


def test_domains_of_the_other_types() -> None:
    assert read_dlms_type("boolean").domain() == booleans()
    assert read_dlms_type("null (contrary to COSEM)").domain() == null()
    assert read_dlms_type("octet-string(6)").domain(exact=True) == octets(6, 6)
    assert read_dlms_type("bit-string(7)").domain() == bits(0, 7)
    assert read_dlms_type("visible-string").domain(exact=True) == texts()
    assert read_dlms_type("structure").domain() == ANY
    assert read_dlms_type("EXCEPTIONAL").domain() == ANY


PARTS = (
    *(*STRINGS, *WHOLE_NUMBERS, "boolean", "null", "null-data", "structure", "array", "EXCEPTIONAL", "date", "float32"),
    *("(12)", "(0)", "(00012)", "(1234567890)", "(n)", "[[OPTIONAL]]", "[[TWIN_ELEMENT_ESME_ONLY]]", "[[", "]]"),
    *(" ", "\n", "-", "(a remark)", "\u0661"),
)


def told(read: Callable[[str], object], text: str) -> object:
    """What is read, or the words in which it is refused."""
    try:
        return read(text)
    except NotationError as error:
        return str(error)


@given(st.lists(st.sampled_from(PARTS), max_size=5).map("".join))
def test_a_plain_text_is_read_as_the_grammar_reads_it(text: str) -> None:
    assert told(read_dlms_type, text) == told(by_grammar, text)


def test_the_grammar_is_loaded_when_a_text_needs_it() -> None:
    code = (
        "import sys; from gbcscheck.notation.dlms_type import read_dlms_type;"
        "[read_dlms_type(text) for text in ('long', 'octet-string(12)[[OPTIONAL]]', 'EXCEPTIONAL')];"
        "assert 'lark' not in sys.modules;"
        "read_dlms_type('null (contrary to COSEM)'); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
