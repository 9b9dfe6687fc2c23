"""What all grammars of cells have in common: they build, every rule has a builder, errors speak plainly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.notation import (
    attribute_path,
    clause,
    clause_builder,
    dlms_constant,
    dlms_type,
    gbz,
    grammars,
    obis,
    object_type,
    setting_builder,
    table_value,
    use_case,
    zcl_identifier,
    zcl_parameter,
    zcl_type,
)
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.zcl_type import ZclType

BUILDERS = {
    "attribute_path": attribute_path._BUILDERS,
    "clause": grammars.methods(clause_builder.ClauseBuilder(())),
    "dlms_constant": dlms_constant._BUILDERS,
    "dlms_type": dlms_type._BUILDERS,
    "gbz_component": gbz._COMPONENT,
    "gbz_element": gbz._ELEMENT,
    "gbz_octets": gbz._OCTETS,
    "gbz_value": grammars.methods(gbz._Value(None, ())),
    "object_type": object_type._BUILDERS,
    "table_value": grammars.methods(setting_builder.SettingBuilder(None)),
    "use_case": use_case._BUILDERS,
    "zcl_identifier": zcl_identifier._BUILDERS,
    "zcl_parameter": grammars.methods(zcl_parameter._Reader(None)),
    "zcl_type": zcl_type._BUILDERS,
}

USE_CASE_COLUMNS = ("message_code", "roles", "services", "targets", "message_type", "references", "flag")


def test_every_grammar_has_a_noun_and_builders() -> None:
    assert set(BUILDERS) == set(grammars.NOUNS)


@pytest.mark.parametrize("kind", grammars.NOUNS)
def test_every_rule_of_a_grammar_has_a_builder(kind: str) -> None:
    starts = USE_CASE_COLUMNS if kind == "use_case" else ("start",)
    for start in starts:
        for rule in grammars.parser(kind, start).rules:
            name = rule.alias or rule.origin.name
            if name.startswith("_") or (rule.alias is None and rule.options.expand1):
                continue
            assert name in BUILDERS[kind], f"{kind}.lark: nothing builds '{name}'"


@pytest.mark.parametrize("kind", grammars.NOUNS)
def test_every_builder_is_of_a_rule_of_its_grammar(kind: str) -> None:
    starts = USE_CASE_COLUMNS if kind == "use_case" else ("start",)
    rules = {rule.alias or rule.origin.name for start in starts for rule in grammars.parser(kind, start).rules}
    assert set(BUILDERS[kind]) <= rules


def test_an_error_names_the_place_and_what_was_expected_in_plain_words() -> None:
    with pytest.raises(NotationError) as caught:
        zcl_parameter.read_zcl_parameter("Day ID\n1 - many")
    assert (caught.value.start, caught.value.end) == (11, 15)
    assert caught.value.expected == ("a number", "'MS nibble' or 'LS nibble'")
    assert "  1 - many\n      ^^^^" in str(caught.value)


def test_a_text_that_ends_too_early_is_marked_at_its_end() -> None:
    with pytest.raises(NotationError) as caught:
        attribute_path.read_attribute_path("entries:entries[1..")
    assert caught.value.problem == "the text ends too early"
    assert (caught.value.start, caught.value.expected) == (19, ("a whole number",))


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("007", 7), ("-5", -5), ("+0x7F", 127), ("-0X80", -128), ("0b101", 5), ("0xFFFFFFFF", 2**32 - 1)],
)
def test_whole_numbers_of_any_base_and_sign(written: str, number: int) -> None:
    assert grammars.whole_number(written) == number


READERS = [
    attribute_path.read_attribute_path,
    clause.read_clause_sentence,
    dlms_constant.read_dlms_constant,
    dlms_type.read_dlms_type,
    gbz.read_gbz_component,
    gbz.read_gbz_element,
    gbz.read_gbz_octets,
    gbz.read_gbz_value,
    lambda text: gbz.read_gbz_value(text, ZclType("OCTETSTRING"), (3,)),
    lambda text: gbz.read_gbz_value(text, ZclType("CHARSTRING"), ()),
    object_type.read_object_type,
    obis.logical_name,
    table_value.read_setting,
    lambda text: table_value.read_setting(text, "V"),
    use_case.read_references,
    zcl_identifier.read_zcl_identifier,
    zcl_parameter.read_zcl_parameter,
    lambda text: zcl_parameter.read_zcl_parameter(text, ZclType("CHARSTRING")),
    lambda text: zcl_parameter.read_zcl_parameter(text, ZclType("INT32", 4, signed=True)),
    zcl_type.read_zcl_type,
]

PIECES = (
    "0~7~0x00~0x03AB~0xFF~0b101~-5~1.5~n~*~|~||~-~..~+~=~:~;~,~(~)~(note)~[1..3]~[2of2..2]~[n]~[[OPTIONAL]]~_~.~/~'~é~"
    'Name~value~Date~UTC Time~Set to~to cancel~UINT8~INT32~OCTETSTRING~octet-string~enum~SMETS~5.7.4.26~instances~"~'
    "0-0:12.0.0.255~Mon~daily~16:00~99:99~V~min~Nov~end~2021-11-01~2021-99-99T00:00~yes~or~to~except~entity ID~x n~"
    "Encoding~length of any~ ~\n~\u0661"
)
FRAGMENTS = PIECES.split("~")


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join)))
@pytest.mark.parametrize("reader", READERS)
def test_any_text_is_read_or_refused_with_a_place(reader: Callable[[str], object], text: str) -> None:
    try:
        reader(text)
    except NotationError as error:
        problem, start, shown = error.problem, error.start, error.text
    else:
        return
    assert problem
    assert 0 <= start <= len(shown)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ["9" * 6000, "(" * 3000, "A" + " " * 20_000 + "b", "0x" + "F" * 10_000])
def test_an_enormous_text_is_refused_at_once(reader: Callable[[str], object], text: str) -> None:
    with pytest.raises(NotationError):
        reader(text)
