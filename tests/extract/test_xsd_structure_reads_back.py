"""What is stated of the structure of a schema is in its own notation, whatever the schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shares import examples
from xsd_samples import reading, rows

from gbcscheck.errors import UnreadableSource
from gbcscheck.facts.extract_file import parse_extract, render_extract
from gbcscheck.limits import OverLimit, by_limits
from gbcscheck.notation.content_model import parse_model, parse_wildcard, print_model, wildcard_text

A = '<xs:element name="a" type="xs:string"/>'
SEQUENCE = f"<xs:sequence>{A}</xs:sequence>"


def root(body: str) -> str:
    return f'<xs:element name="R"><xs:complexType>{body}</xs:complexType></xs:element>'


def derived(base: str, how: str, body: str) -> str:
    return f'<xs:complexContent><xs:{how} base="{base}">{body}</xs:{how}></xs:complexContent>'


@pytest.mark.parametrize(
    "body",
    [
        derived("xs:anyType", "restriction", SEQUENCE),
        f'{SEQUENCE}<xs:anyAttribute namespace="" processContents="lax"/>',
        derived("t:B", "restriction", SEQUENCE),
    ],
)
def test_a_type_without_attributes_of_any_name_states_none(tmp_path: Path, body: str) -> None:
    base = f'<xs:complexType name="B">{SEQUENCE}<xs:anyAttribute processContents="lax"/></xs:complexType>'
    found = rows(tmp_path, root(body) + base)
    assert ("/R", "any-attribute") not in found
    assert found["/R", "content-model"].value == "(a)"


def test_a_restriction_has_the_attribute_wildcard_that_it_states_itself(tmp_path: Path) -> None:
    body = derived("xs:anyType", "restriction", f'{SEQUENCE}<xs:anyAttribute namespace="##local"/>')
    assert rows(tmp_path, root(body))["/R", "any-attribute"].value == "##local strict"


@pytest.mark.parametrize("namespace", ["any", "not", "urn:%41", "urn:a(b)", "urn:ä"])
def test_a_namespace_is_never_taken_for_a_word_of_the_notation(tmp_path: Path, namespace: str) -> None:
    body = f'{SEQUENCE}<xs:anyAttribute namespace="{namespace}" processContents="skip"/>'
    stated = str(rows(tmp_path, root(body))["/R", "any-attribute"].value)
    assert parse_wildcard(stated).namespaces == {namespace}


_OCCURS = st.builds(
    lambda low, more: f'minOccurs="{low}" maxOccurs="{"unbounded" if more is None else low + more}"',
    st.integers(0, 3),
    st.sampled_from([None, 0, 1, 10**9, 10**30]),
)
_ANY = st.builds(
    lambda namespace, process, occurs: f'<xs:any namespace="{namespace}" processContents="{process}" {occurs}/>',
    st.sampled_from(["", "##any", "##other", "##local", "##targetNamespace ##local", "any", "not", "urn:x%41 urn:y"]),
    st.sampled_from(["strict", "lax", "skip"]),
    _OCCURS,
)
_PARTICLES = st.recursive(
    st.one_of(
        st.builds('<xs:element name="{}" type="xs:string" {}/>'.format, st.sampled_from("abcdefgh"), _OCCURS), _ANY
    ),
    lambda inner: st.builds(
        lambda kind, occurs, parts: f"<xs:{kind} {occurs}>{''.join(parts)}</xs:{kind}>",
        st.sampled_from(["sequence", "choice"]),
        _OCCURS,
        st.lists(inner, max_size=2),
    ),
    max_leaves=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(st.builds("<xs:sequence>{}</xs:sequence>".format, _PARTICLES), _ANY)
def test_all_that_is_stated_of_a_schema_is_read_back(tmp_path: Path, model: str, wildcard: str) -> None:
    taken = wildcard.replace("<xs:any ", "<xs:anyAttribute ").partition(" minOccurs")[0] + "/>"
    try:
        read = reading(tmp_path, root(model + taken))
    except UnreadableSource as error:  # an element that two particles could take
        assume("not a valid schema" not in str(error))
        raise
    for row in read.extract.rows:
        if row.attribute == "content-model":
            assert print_model(parse_model(str(row.value))) == row.value
        if row.attribute == "any-attribute":
            assert wildcard_text(parse_wildcard(str(row.value))) == row.value
    assert parse_extract(render_extract(read.extract).encode(), where="x").rows


def test_groups_nested_deeper_than_is_read_are_refused_where_they_are(tmp_path: Path) -> None:
    model = A
    for level in range(8):
        kind = "choice" if level % 2 else "sequence"
        model = f'<xs:{kind}>{model}<xs:element name="b{level}" type="xs:int"/></xs:{kind}>'
    with (
        by_limits({"model-brackets": 5}),
        pytest.raises(OverLimit, match=r"t\.xsd: line 2.*levels in the brackets of a content model; at most 5"),
    ):
        reading(tmp_path, root(model))
