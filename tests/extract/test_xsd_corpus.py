"""The schema reader on the published DUIS and MMC schemas and on requests that are valid against them."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from gbcscheck import domains as d
from gbcscheck.domains import Domain
from gbcscheck.domains.literals import parse_form
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.extract_file import Reading
from gbcscheck.facts.store import load_shipped
from gbcscheck.notation.canonical import parse_domain

XS = "{http://www.w3.org/2001/XMLSchema}"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
NAMES = (
    "5.1/DUIS Schema V5.1.xsd",
    "5.1/MMC Schema V5.1.xsd",
    "5.3/DUIS Schema V5.3a.xsd",
    "5.3/MMC Schema V5.3.xsd",
    "5.4/DUIS Schema V5.4.xsd",
    "5.4/MMC Schema V5.4.xsd",
)


@cache
def _reading(path: Path) -> Reading:
    return read_schema(path, shown=path.name)


@pytest.fixture(params=NAMES)
def published(corpus: Path, request: pytest.FixtureRequest) -> Path:
    return corpus / "xsd" / str(request.param)


@pytest.fixture
def duis(corpus: Path) -> Reading:
    return _reading(corpus / "xsd" / "5.4/DUIS Schema V5.4.xsd")


# --- paths, by a walk over the XML that knows nothing of xmlschema ---------------------------------------------------


class Walk:
    """The paths of a schema, read off its XML: enough of XML Schema for these files."""

    def __init__(self, path: Path) -> None:
        self.main = etree.parse(path).getroot()
        self.named: dict[str, etree._Element] = {}
        for file in path.parent.glob("*.xsd"):
            root = etree.parse(file).getroot()
            if file == path or root.get("targetNamespace") != self.main.get("targetNamespace"):
                for child in root.iterchildren(etree.Element):
                    self.named[f"{child.tag} {{{root.get('targetNamespace')}}}{child.get('name')}"] = child
        self.extended: dict[etree._Element, list[etree._Element]] = {}
        for key, one in self.named.items():
            extension = one.find(f"{XS}complexContent/{XS}extension")
            if key.startswith(f"{XS}complexType ") and extension is not None:
                base = self.find(extension, "complexType", extension.attrib["base"])
                if base is not None:
                    self.extended.setdefault(base, []).append(one)

    def find(self, user: etree._Element, kind: str, name: str) -> etree._Element | None:
        prefix, _, local = name.rpartition(":")
        namespace = user.nsmap[prefix or None]
        return next(
            (self.named[key] for word in kind.split() if (key := f"{XS}{word} {{{namespace}}}{local}") in self.named),
            None,
        )

    def paths(self) -> Iterator[str]:
        for element in self.main.iterchildren(XS + "element"):
            yield from self.element(element, "")

    def element(self, element: etree._Element, above: str) -> Iterator[str]:
        if "ref" in element.attrib:
            target = self.find(element, "element", element.attrib["ref"])
            assert target is not None
            element = target
        path = f"{above}/{element.get('name')}"
        yield path
        if element.getroottree().getroot().get("targetNamespace") == SIGNATURE:
            return
        name = element.get("type")
        its_type = self.find(element, "complexType", name) if name else element.find(XS + "complexType")
        if its_type is not None:
            yield from self.content(its_type, path)
            for other, derived in self.derived(its_type):
                yield f"{path}[{other}]"
                yield from self.content(derived, f"{path}[{other}]")

    def derived(self, base: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The named types that extend a type and are not abstract: xsi:type may name them in its place."""
        for one in self.extended.get(base, ()):
            if one.get("abstract") != "true":
                yield str(one.get("name")), one
            yield from self.derived(one)

    def content(self, node: etree._Element, path: str) -> Iterator[str]:
        for child in node.iterchildren(etree.Element):
            word = etree.QName(child).localname
            if word == "element":
                yield from self.element(child, path)
            elif word == "attribute":
                yield f"{path}/@{child.get('name')}"
            elif word in ("sequence", "choice", "all", "complexContent", "simpleContent"):
                yield from self.content(child, path)
            elif word == "extension":
                base = self.find(child, "complexType", child.attrib["base"])
                if base is not None:
                    yield from self.content(base, path)
                yield from self.content(child, path)


def test_paths_are_those_of_an_independent_walk(published: Path) -> None:
    walked = set(Walk(published).paths())
    rows = _reading(published).extract.rows
    assert {row.subject for row in rows if row.attribute == "type"} == walked
    assert {row.subject for row in rows if row.attribute == "occurs"} == walked


def test_numbers_of_elements_leaves_and_attributes(corpus: Path) -> None:
    found = {}
    for name in NAMES[-2:]:
        rows = _reading(corpus / "xsd" / name).extract.rows
        for root in ("Request", "GBCSResponse"):
            below = [row for row in rows if f"{row.subject}/".startswith(f"/{root}/") and "[" not in row.subject]
            subjects = [row.subject for row in below if row.attribute == "type"]
            attributes = sum("/@" in subject for subject in subjects)
            leaves = sum(row.attribute == "permitted" and "/@" not in row.subject for row in below)
            if below:
                found[root] = (len(subjects) - attributes, leaves, attributes)
    # Leaves are elements with text. The signature's own attribute Id is no subject.
    assert found == {"Request": (1639, 1014, 42), "GBCSResponse": (1895, 1013, 213)}


def test_everything_is_read_and_said_once(published: Path) -> None:
    reading = _reading(published)
    rows = reading.extract.rows
    assert reading.unread == ()
    assert max(Counter((row.subject, row.attribute) for row in rows).values()) == 1
    by_attribute = Counter(row.attribute for row in rows)
    described = {row.subject for row in rows if row.attribute in ("permitted", "content")}
    containers = {row.subject.rpartition("/")[0] for row in rows if row.attribute == "type"}
    assert by_attribute["type"] == by_attribute["occurs"]
    assert {row.subject for row in rows if row.attribute == "type"} <= described | containers
    for domain in {row.domain for row in rows if row.domain is not None}:
        assert str(parse_domain(domain)) == domain


@pytest.mark.parametrize(
    ("name", "specification", "date", "aligned", "line"),
    [
        (NAMES[0], "DUIS 5.1 schema", "2021-09", "GBCS 4.1", "line 16"),
        (NAMES[1], "MMC 5.1 schema", "2022-06", "GBCS 4.1", "line 9"),
        (NAMES[2], "DUIS 5.3 schema", "2024-06", "GBCS 4.3", "line 16"),
        (NAMES[3], "MMC 5.3 schema", "2024-06", "GBCS 4.3", "line 9"),
        (NAMES[4], "DUIS 5.4 schema", "2025-11", "GBCS 4.3", "line 16"),
        (NAMES[5], "MMC 5.4 schema", "2025-11", "GBCS 4.3", "line 9"),
    ],
)
def test_headers(corpus: Path, name: str, specification: str, date: str, aligned: str, line: str) -> None:
    extract = _reading(corpus / "xsd" / name).extract
    assert (str(extract.specification), extract.date) == (specification, date)
    assert (extract.rows[0].attribute, extract.rows[0].value, extract.rows[0].source) == ("aligned-with", aligned, line)


def test_the_signature_schema_by_itself_says_nothing(corpus: Path) -> None:
    assert read_schema(corpus / "xsd" / "5.4" / "xmldsig-core-schema.xsd").extract.rows == ()


# --- places ----------------------------------------------------------------------------------------------------------


def test_every_source_is_the_line_that_declares_what_its_clause_says(published: Path) -> None:
    lines: dict[str, list[str]] = {}
    for clause, source in sorted({(row.clause, row.source) for row in _reading(published).extract.rows[1:]}):
        match = re.fullmatch(r"line (\d+)(?: of (.+))?", source)
        assert match is not None, source
        file = match[2] or published.name
        lines.setdefault(file, (published.parent / file).read_text(encoding="utf-8-sig").split("\n"))
        text = " ".join(lines[file][int(match[1]) - 1 : int(match[1]) + 2])
        word, name = clause.split(" ")[:2]
        tag = {"type": "(?:simple|complex)Type"}.get(word, word)
        local = name.rpartition(":")[2]
        assert re.match(rf'\s*<(?:xs:)?{tag}\b[^>]*\b(?:name|ref)="(?:\w+:)?{local}"', text), (clause, source)


# --- values ----------------------------------------------------------------------------------------------------------

EXPECTED = {
    "Header/ServiceReference": ("sr:ServiceReference", None),
    "Header/CommandVariant": (None, "1..9"),
    "UpdateDeviceConfigurationLoadLimitingGeneralSettings/LoadLimitPowerThreshold": ("xs:unsignedInt", "0..4294967295"),
    "SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule/StartTime": ("xs:time", "xs:time"),
}


def test_settings_that_the_crosswalk_starts_from(duis: Reading) -> None:
    rows = {(row.subject, row.attribute): row for row in duis.extract.rows}
    for tail, (its_type, domain) in EXPECTED.items():
        subject = next(subject for subject, _ in rows if subject.startswith("/Request/") and subject.endswith(tail))
        if its_type is not None:
            assert rows[subject, "type"].value == its_type
        if domain is not None:
            assert rows[subject, "permitted"].domain == domain


@pytest.mark.parametrize(
    ("tail", "domain"),
    [
        ("/UncontrolledGasFlowRate", "0..65535"),
        ("/UncontrolledGasFlowRateDecimal", "0..6.5535 step 0.0001"),
        ("/RandomisedOffsetLimit", "0..1799"),
        ("/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule/EndTime", "xs:time"),
        ("/LimitedCriticalDutyCycleThreshold", "1.6..2.4 step 0.1"),
        ("/GSMECurfew", "2..65535"),
    ],
)
def test_single_items(duis: Reading, tail: str, domain: str) -> None:
    rows = [row for row in duis.extract.rows if row.attribute == "permitted" and row.subject.startswith("/Request/")]
    found = {row.domain for row in rows if row.subject.endswith(tail)}
    assert {parse_domain(str(written)) for written in found} == {parse_domain(domain)}


def test_what_xmlschema_takes_is_what_the_domain_holds(corpus: Path) -> None:
    """Ends of ranges and lengths, and what lies just beyond them, against xmlschema's own validation."""
    import xmlschema
    from xmlschema.validators import XsdElement

    from gbcscheck.extract.xsd_types import read_simple_type

    schema = xmlschema.XMLSchema(str(corpus / "xsd" / NAMES[4]), allow="local")
    simple = {
        id(kind): kind
        for element in schema.iter_components(XsdElement)
        if (kind := element.type.simple_type) is not None and element.target_namespace != SIGNATURE
    }
    judged = 0
    for kind in simple.values():
        domain = read_simple_type(kind).domain
        assert domain is not None
        for value, literal in _near_the_ends(domain):
            assert kind.is_valid(literal) == domain.contains(value), (kind, literal)
            judged += 1
    assert judged > 300


def _near_the_ends(domain: Domain) -> Iterator[tuple[object, str]]:
    """Values of a domain and beside it, with their literals."""
    if isinstance(domain, d.Numbers):
        step = domain.step or 1
        for end in (domain.low, domain.high):
            if end is not None:
                yield from ((v, _decimal(v)) for v in (end, end - step, end + step, end + Fraction(step) / 10))
    elif isinstance(domain, d.Texts):
        lengths = [len(text) for text in domain.listed or ()] or [domain.lengths.low, domain.lengths.high or 0]
        tried = ["", "x", *(domain.listed or ()), *("7" * length for n in set(lengths) for length in (n, n + 1, n - 1))]
        yield from ((text, text) for text in tried if len(text) < 1000)


def _decimal(value: int | Fraction) -> str:
    whole, rest = divmod(abs(Fraction(value)), 1)
    digits = f"{int(rest * 10**12):012}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}"


def test_every_value_of_the_requests_is_permitted(corpus: Path, duis: Reading) -> None:
    subjects = {row.subject for row in duis.extract.rows}
    permitted = {row.subject: row for row in duis.extract.rows if row.attribute == "permitted"}
    domains = {str(row.domain): parse_domain(str(row.domain)) for row in permitted.values()}
    judged = 0
    files = sorted((corpus / "duis-requests").glob("*.XML"))
    for file in files:
        for path, literal in _leaves(etree.parse(file).getroot(), ""):
            if "/Signature/" in path:
                continue
            assert path in subjects, (file.name, path)
            if path in permitted:
                row = permitted[path]
                domain = domains[str(row.domain)]
                assert domain.contains(_value(domain, literal, row.text or "")), (file.name, path, literal)
                judged += 1
    assert len(files) == 144
    assert judged > 1500


def _leaves(element: etree._Element, above: str) -> Iterator[tuple[str, str]]:
    path = f"{above}/{etree.QName(element).localname}"
    yield from ((f"{path}/@{name}", str(value)) for name, value in element.attrib.items())
    children = list(element.iterchildren(etree.Element))
    for child in children:
        yield from _leaves(child, path)
    if not children:
        yield path, element.text or ""


def _value(domain: Domain, literal: str, text: str) -> object:
    """What a literal means, by the kind of its domain."""
    if isinstance(domain, d.Numbers):
        return Fraction(literal)
    if isinstance(domain, d.Booleans):
        return {"true": True, "1": True, "false": False, "0": False}[literal]
    if isinstance(domain, d.Octets):
        return base64.b64decode(literal) if text.startswith("xs:base64Binary") else bytes.fromhex(literal)
    for box, value in (("xs:time", d.XsTimeValue), ("xs:dateTime", d.XsDateTimeValue), ("xs:date", d.XsDateValue)):
        if text == box:
            return value.parse(literal)
    return literal


@pytest.mark.parametrize("name", ["duis/5.1", "duis/5.3", "duis/5.4", "mmc/5.1", "mmc/5.3", "mmc/5.4"])
def test_every_value_says_how_it_is_written(name: str) -> None:
    """An enumeration of xs:string alone does not tell it from one of xs:token, in which blanks do not count."""
    rows = load_shipped(f"{name}/schema.json").rows
    kinds = {row.subject: row for row in rows if row.attribute == "type"}
    values = [row.subject for row in rows if row.attribute == "permitted"]
    forms = {subject: parse_form(kinds[subject].text or str(kinds[subject].value)) for subject in values}
    assert [subject for subject, form in forms.items() if form is None] == []
    assert {form.white_space for form in forms.values() if form is not None} >= {"preserve", "collapse"}
