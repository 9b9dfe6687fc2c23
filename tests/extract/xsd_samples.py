"""Small schemas for the tests of the schema reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.extract_file import ExtractRow, Reading

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"'


def schema(body: str, head: str = HEAD) -> str:
    """A schema with some global components; the first of them is on line 2."""
    return f'{head} elementFormDefault="qualified">\n{body.strip()}\n</xs:schema>\n'


def reading(folder: Path, body: str, **options: Any) -> Reading:
    """What the reader makes of some global components."""
    path = folder / "t.xsd"
    path.write_text(schema(body), encoding="utf-8")
    return read_schema(path, shown="t.xsd", **options)


def rows(folder: Path, body: str, **options: Any) -> dict[tuple[str, str], ExtractRow]:
    """Rows of some global components by subject and attribute; two of one subject and attribute are an error."""
    found: dict[tuple[str, str], ExtractRow] = {}
    for row in reading(folder, body, **options).extract.rows:
        assert (row.subject, row.attribute) not in found
        found[row.subject, row.attribute] = row
    return found


def leaf(restriction: str, base: str = "xs:string") -> str:
    """A global element ``E`` of an anonymous restriction."""
    return (
        f'<xs:element name="E"><xs:simpleType><xs:restriction base="{base}">{restriction}'
        "</xs:restriction></xs:simpleType></xs:element>"
    )


def simple_type(name: str, base: str, facets: str = "") -> str:
    """A global simple type that restricts another."""
    return f'<xs:simpleType name="{name}"><xs:restriction base="{base}">{facets}</xs:restriction></xs:simpleType>'


def parent(name: str, children: str, attributes: str = "") -> str:
    """A global element with a sequence of children."""
    return (
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{children}</xs:sequence>{attributes}'
        "</xs:complexType></xs:element>"
    )
