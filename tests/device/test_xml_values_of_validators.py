"""Requests with one value changed: the judgement is that of two validators, and where they differ the standard's.

Every kind of value of the published requests is written in ways that XML Schema takes and Python does not, or the other
way round. What a validator says against the standard is listed here with the clause, and in ``docs/xml-schema.md``.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import xmlschema
from lxml import etree
from shares import at_least, share
from xml_documents import judge_request
from xml_mutations import objections

from gbcscheck.facts.store import load_shipped

RULES = {"D401", "D402", "D403", "D404", "D405"}
NO_BREAK, WIDE = "\u00a0", str.maketrans("0123456789", "０１２３４５６７８９")

CLAUSES = {
    "xmlschema takes digits of other scripts and underscores for digits": "Part 2, 3.3.13.1: digits are #x30 to #x39",
    "xmlschema takes every blank of Python for a blank": "Part 2, 4.3.6: blanks are #x9, #xA, #xD and #x20",
    "libxml2 takes some blanks around times and dates for part of them": "Part 2, 3.2.7 to 3.2.9: blanks collapse",
    "libxml2 leaves out what is no character of base64": "Part 2, 3.2.16: the lexical form has no other characters",
    "libxml2 takes one item too many of a counted repetition": "Part 2, appendix F: S{n} is exactly n",
}
"""How the validators deviate (xmlschema 4.3.2, libxml2 2.14.6), and the clause that says otherwise."""
NUMBERS, BLANKS, TIMES, BASE64, COUNTED = CLAUSES


def ways(value: str) -> Iterator[str]:
    """The value written otherwise, and other values."""
    yield from (f" {value}", f"{value} ", f"\n{value}\t", NO_BREAK + value, value + NO_BREAK, f"{value}\u2003")
    yield from (
        value.swapcase(),
        f"+{value}",
        f"0{value}",
        f"{value}.0",
        f"{value}_0",
        value.translate(WIDE),
        f"-{value}",
    )
    yield from ("", " ", "true", "1", "1e3", "INF", "0A", "24:00:00Z", "2025-02-30T00:00:00Z", "0000-01-01T00:00:00Z")
    yield from ("2025-01-01T24:00:00Z", "2025-01-01T00:00:00+14:01", value.replace(" ", "  "), value.replace(" ", "\n"))


def leaves(corpus: Path) -> Iterator[tuple[etree._Element, int, str]]:
    """A request, the number of one of its elements and the words of its type, for each way in which the schema states
    a value."""
    stated = {(row.subject, row.attribute): row for row in load_shipped("duis/5.4/schema.json").rows}
    seen = set()
    for path in sorted((corpus / "duis-requests").glob("*.XML"), key=lambda path: (path.stat().st_size, path.name)):
        root = etree.fromstring(path.read_bytes())
        for number, element in enumerate(root.iter(etree.Element)):
            names = [str(one.tag).rpartition("}")[2] for one in (element, *element.iterancestors())]
            subject = "/" + "/".join(reversed(names))
            permitted, kind = stated.get((subject, "permitted")), stated.get((subject, "type"))
            key = (permitted and (permitted.domain, permitted.text), kind and (kind.value, kind.text))
            if permitted is not None and kind is not None and not len(element) and key not in seen:
                seen.add(key)
                yield root, number, kind.text or str(kind.value)


def changed_values(corpus: Path) -> Iterator[tuple[etree._Element, int, str, str]]:
    """A request, the number of one of its elements, the words of its type, and another text for it."""
    for root, number, kind in leaves(corpus):
        value = list(root.iter(etree.Element))[number].text or ""
        yield from ((root, number, kind, literal) for literal in dict.fromkeys(ways(value)))


def signs(kind: str, literal: str) -> tuple[str, ...]:
    """What may make a validator take a literal for another: the base of its type, and its signs. A share has some of
    each."""
    pieces = (r"[\u00a0\u2003]", r"_|[０-９]", r"^[0-9A-F]{3}-", r"^\s|\s$")
    base = re.findall(r"xs:\w+", kind)
    return (*base, *(piece for piece in pieces if re.search(piece, literal)))


def by_xmlschema(schema: xmlschema.XMLSchema, root: etree._Element) -> bool:
    return not objections(schema, root)


def by_libxml2(schema: etree.XMLSchema, root: etree._Element) -> bool:
    schema.validate(root)
    return all("Signature" in str(error.path) or "Signature" in error.message for error in schema.error_log)


def read_by_libxml2(path: Path, folder: Path) -> etree.XMLSchema:
    """A schema as libxml2 reads it: it finds no imported file whose name is written with a blank and not as %20."""
    for file in path.parent.glob("*.xsd"):
        text = file.read_text(encoding="utf-8")
        located = re.sub('schemaLocation="[^"]*"', lambda found: found[0].replace(" ", "%20"), text)
        (folder / file.name).write_text(located, encoding="utf-8")
    return etree.XMLSchema(etree.parse(folder / path.name))


def deviations(literal: str, kind: str, judged: bool, verdicts: tuple[bool, bool]) -> Iterator[str | None]:
    """The listed deviation of each validator that does not say what is judged; None for one that is not listed."""
    by_first, by_second = verdicts
    if by_first != judged:
        odd = BLANKS if re.search(r"[\u00a0\u2003]", literal) else NUMBERS if re.search("_|[０-９]", literal) else None
        yield odd if by_first else None
    if by_second != judged:
        if judged:
            yield TIMES if kind in ("xs:time", "xs:date", "xs:dateTime") and literal != literal.strip() else None
        else:
            yield BASE64 if "base64Binary" in kind else COUNTED if re.search("[0-9A-F]{3}-", literal) else None


def test_one_changed_value_is_judged_as_validators_do(corpus: Path, tmp_path: Path) -> None:
    path = str(corpus / "xsd" / "5.4" / "DUIS Schema V5.4.xsd")
    first = xmlschema.XMLSchema(path, allow="local")
    second = read_by_libxml2(Path(path), tmp_path)
    told: Counter[object] = Counter()
    for root, number, kind, literal in share(changed_values(corpus), by=lambda one: signs(one[2], one[3])):
        document = copy.deepcopy(root)
        list(document.iter(etree.Element))[number].text = literal
        record, _ = judge_request(etree.tostring(document, encoding="unicode"))
        judged = not any(finding.rule in RULES for finding in record.findings)
        verdicts = by_xmlschema(first, document), by_libxml2(second, document)
        told["documents"] += 1
        if verdicts == (judged, judged):
            told[judged] += 1
            continue
        for why in deviations(literal, kind, judged, verdicts):
            assert why is not None, (number, literal, kind, judged, verdicts)
            told[why] += 1
    assert told["documents"] > at_least(900)
    assert told[True] > at_least(150)
    assert told[False] > at_least(600)
    assert {why: told[why] for why in CLAUSES if not told[why]} == {}
