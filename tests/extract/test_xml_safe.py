"""XML as strangers write it: what is read, and what is refused where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.xml_safe import load_xml, parse_xml
from gbcscheck.limits import by_limits


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        parse_xml(content, where="a.xml")
    return str(caught.value)


def test_lines_are_those_on_which_start_tags_begin() -> None:
    document = parse_xml(b'<?xml version="1.0"?>\n<a>\n<!-- <x> -->\n<b p="1"\n   q="&lt;"/>\n<c/></a>', where="a.xml")
    assert document.lines == (2, 4, 6)
    assert [line for _, line in document.line_by_element().items()] == [2, 4, 6]
    assert document.root[1].sourceline == 5  # where lxml says that b ends


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<a>é</a>".encode(), "é"),
        ("\ufeff<a>é</a>".encode(), "é"),
        ("<a>é</a>".encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "é"),
        ("<?xml version='1.0' encoding='windows-1252'?><a>€</a>".encode("cp1252"), "€"),
        (b"<a><![CDATA[&x; <b>]]></a>", "&x; <b>"),
        (b"<!-- &x; --><?p &x;?><a>&amp;&#233;&#xE9;</a>", "&éé"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", None),
        (b"<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'><a/>", None),
    ],
)
def test_encodings_sections_and_unused_declarations_are_read(content: bytes, text: str | None) -> None:
    assert parse_xml(content, where="a.xml").root.text == text


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>\n  &x;</a>", "a.xml:3:3", "the entity &x;"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a b='1 &x;'/>", "a.xml:2:9", "the entity &x;"),
        (b"<a>&undeclared;</a>", "a.xml:1:4", "the entity &undeclared;"),
        (b"<!DOCTYPE a [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "a.xml:2:1", "external entity x"),
        (b"<!DOCTYPE a [\n<!ENTITY x PUBLIC 'p' 'http://example.invalid/x'>]><a/>", "a.xml:2:1", "external entity x"),
        (b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'p.dtd'> %p;]><a/>", "a.xml:1:14", "external entity p"),
        (b"<!DOCTYPE a [<!ENTITY % p '<!ENTITY x \"y\">'>\n%p;]><a>&x;</a>", "a.xml:2:1", "the parameter entity %p;"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>\n<!ATTLIST a b CDATA '&x;'>]><a/>", "a.xml:2:22", "the entity &x;"),
        (b"<!DOCTYPE a [<!-- ]> --><!ENTITY x ']>'>]><a>&x;</a>", "a.xml:1:46", "the entity &x;"),
    ],
)
def test_entities_are_refused_with_their_place(content: bytes, place: str, words: str) -> None:
    message = refusal(content)
    assert message.startswith(f"{place}: ")
    assert words in message


def test_a_billion_laughs_is_refused_before_it_is_parsed() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))
    content = f'<!DOCTYPE l [<!ENTITY l0 "lol">\n{levels}]>\n<l>&l9;</l>'.encode()
    assert refusal(content) == "a.xml:12:4: refers to the entity &l9;, which is not allowed"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"hello", "a.xml:1:1: not well-formed XML: Start tag expected, '<' not found"),
        (b'{"a": 1}', "a.xml:1:1: not well-formed XML: Start tag expected, '<' not found"),
        (b"  \n ", "a.xml:1: the file has no element"),
        (b"<a>\n<b>", "a.xml:2:4: not well-formed XML: "),
        (b"<a>\n<b></a>", "a.xml:2:8: not well-formed XML: "),
        (b"<a>\n<!-- </a>", "a.xml:2:"),
        (b"<a><![CDATA[ </a>", "a.xml:1:"),
        (b"<!DOCTYPE a [ <a/>", "a.xml:1:"),
        (b"<a>& b</a>", "a.xml:1:"),
        (b"<a>\n\xff</a>", "a.xml:2: not UTF-8: octet 0xFF at offset 4"),
        ("<a>é</a>".encode("latin-1"), "a.xml:1: not UTF-8: octet 0xE9 at offset 3"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-BE"?><a/>', "a.xml:1: declares the encoding EBCDIC-CP-BE; "),
        ("<a/>".encode("utf-32"), "a.xml:1: encoded in UTF-32; UTF-8 or UTF-16 was expected"),
        ("<a/>".encode("utf-16-le"), "a.xml:1:"),
        (b"PK\x03\x04\x00\x00", "a.xml:1:"),
        (b"<a>" * 200_000, "a.xml:1:"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_place(content: bytes, expected: str) -> None:
    message = refusal(content)
    assert message.startswith(expected)
    assert "HUGE" not in message


def test_unclosed_markup_takes_no_longer_than_its_length() -> None:
    assert refusal(b"<a>" + b"<!--" * 1_000_000).startswith("a.xml:1:")


def test_files_that_are_missing_empty_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"^b\.xml: no such file$"):
        load_xml(tmp_path / "b.xml", shown="b.xml")
    (tmp_path / "b.xml").write_bytes(b"")
    with pytest.raises(UnreadableSource, match=r"^b\.xml: the file is empty$"):
        load_xml(tmp_path / "b.xml", shown="b.xml")
    with by_limits({"octets": 10}):
        assert refusal(b"<a>" + b" " * 10 + b"</a>").startswith("a.xml: 17 octets in a file; at most 10 are read")
    with by_limits({"elements": 2}):
        assert refusal(b"<a>\n<b/>\n<b/></a>").startswith("a.xml:3: more than 2 elements in an XML document")
