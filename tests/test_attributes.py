"""The table of attributes: nothing that ships, is read or is asked for is missing from it, and what is made of it."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

from gbcscheck.attributes import ATTRIBUTES, GROUPS, KINDS, OWN, named
from gbcscheck.device.all_rules import device_rules
from gbcscheck.extract.alert_codes import read_alert_codes
from gbcscheck.extract.service_requests import read_service_requests
from gbcscheck.extract.table_mapping import SCHEMA as MAPPING
from gbcscheck.extract.table_mapping import USUAL, Column
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.crosswalk_file import SCHEMA as CROSSWALK
from gbcscheck.facts.extract_file import SCHEMA as EXTRACT
from gbcscheck.facts.extract_file import Extract
from gbcscheck.facts.shipped import shipped_root, trusted_hashes
from gbcscheck.facts.store import load_shipped
from gbcscheck.inputs.files import sha256_of
from gbcscheck.model.rules import EVERY_ATTRIBUTE, OF_CROSSWALK
from gbcscheck.rules import RULES

PACKAGE = Path(__file__).parents[1] / "gbcscheck"


@pytest.fixture(scope="module")
def shipped() -> list[Extract]:
    root, known = shipped_root(), trusted_hashes()
    files = [path for path in sorted(root.rglob("*.json")) if sha256_of(path) in known]
    return [load_shipped(path.relative_to(root).as_posix()) for path in files if b'"statements"' in path.read_bytes()]


def test_each_attribute_is_declared_once_and_says_something() -> None:
    names = Counter(one.name for group in GROUPS for one in group.attributes)
    assert set(names.values()) == {1}
    assert not any(name.startswith(OWN) for name in names)
    assert all(one.says and one.holds for one in ATTRIBUTES.values())


def test_what_ships_has_no_attribute_that_is_not_declared(shipped: list[Extract]) -> None:
    assert len(shipped) > 10
    assert {row.attribute for extract in shipped for row in extract.rows} <= ATTRIBUTES.keys()


def test_what_ships_is_stated_as_its_attribute_may_hold_it(shipped: list[Extract]) -> None:
    """A text alone stands for a cell that could not be read, whatever its attribute holds."""
    stated = {
        (row.attribute, kind)
        for extract in shipped
        for row in extract.rows
        for kind in KINDS
        if kind != "text" and getattr(row, kind) is not None
    }
    assert [(name, kind) for name, kind in sorted(stated) if kind not in ATTRIBUTES[name].holds] == []


def asked_for() -> dict[str, str]:
    """The attributes that the package asks a catalogue for by their names, with a place of each."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            first = {"first": 1, "about": 1, "item_statements": 1, "in_part": 2, "say": 1, "say_fact": 2}
            skipped = first.get(node.func.attr)
            if node.func.attr == "get" and ast.unparse(node.func.value).endswith("by_attribute"):
                skipped = 0
            for argument in node.args[skipped:] if skipped is not None else ():
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found[argument.value] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                if node.func.attr.startswith("say"):
                    break
    return found


def test_what_the_package_asks_for_is_declared() -> None:
    asked = asked_for()
    assert len(asked) > 30
    assert {name: place for name, place in asked.items() if name not in ATTRIBUTES} == {}


def test_what_rules_say_they_read_is_declared() -> None:
    others = {EVERY_ATTRIBUTE, OF_CROSSWALK}
    read = {name for one in (*RULES, *device_rules()) for name in one.reads} - others
    assert read
    assert read <= ATTRIBUTES.keys()


@pytest.mark.parametrize(
    ("trait", "names"),
    [
        ("of items", "default permitted constant unit settable-by"),
        ("several", "reference choice blank command response identity"),
        ("overview", "default unit scale settable-by readable-by presence"),
        ("identity", "attribute-id class cluster command member object"),
        ("own name", "element name"),
        ("structure", "content-model namespace any-attribute identity mixed content choice nillable abstract"),
        ("structure at first", "content choice"),
    ],
)
def test_the_vocabularies_are_those_of_before(trait: str, names: str) -> None:
    assert named(trait) == set(names.split())  # type: ignore[arg-type]  # a name of the table above


def test_the_meanings_are_those_of_before() -> None:
    before = {
        "values": "permitted constant type special octets roles",
        "allowed": "future-dated on-demand dcc-scheduled non-device settable-by readable-by",
        "presence": "occurs presence choice nillable",
        "default": "default",
        "unit": "unit scale",
        "carried": "attribute-id class cluster command member object parameter content encoding encrypted response "
        "critical message-code message-type recipient-differs replay-protected code direction service-reference target",
        "described": "aligned-with category element name note recursion reference title value-type",
    }
    stated = {name: meaning for meaning, names in before.items() for name in names.split()}
    assert {name: one.meaning for name, one in ATTRIBUTES.items() if one.meaning is not None} == stated


def test_the_titles_of_columns() -> None:
    titles = {
        "default": "Default; Default value; Default values; Default setting; Value; Values; Initial value; "
        "Initial setting; Factory default; Factory setting; Configured value; Setting",
        "permitted": "Permitted values; Permitted value; Permitted range; Permitted; Range; Range of values; "
        "Value range; Valid range; Valid values; Allowed values; Allowed range; Possible values",
        "minimum": "Minimum; Min; Min.; Minimum value; Min value; Min. value; Lower limit; Lower bound",
        "maximum": "Maximum; Max; Max.; Maximum value; Max value; Max. value; Upper limit; Upper bound",
        "unit": "Unit; Units; Unit(s); Unit of measure; Units of measure; Unit of measurement; "
        "Units of measurement; UoM",
        "type": "Type; Data type; Datatype; Format",
        "clause": "Clause; Clause no.; Clause number; Reference; Ref; Ref.; Section",
        "settable-by": "Settable by; Set by; Configurable by; Changeable by",
        "readable-by": "Readable by; Read by",
        "provenance": "Provenance",
        "ignore": "Notes; Note; Comment; Comments; Remark; Remarks; Description; Rationale; No.; No; Nr; Nr.; #; Row; "
        "Line; Item no.; Item no; Item number; Row no.; Seq.",
    }
    stated = {title: Column(name) for name, known in titles.items() for title in known.split("; ")}
    assert USUAL.columns == stated


def test_cells_are_read_as_before() -> None:
    sets = {name for name, one in ATTRIBUTES.items() if one.cell == "set"}
    others = {name: one.cell for name, one in ATTRIBUTES.items() if one.cell not in ("set", "fact")}
    assert sets == {"default", "permitted", "constant"}
    assert others == {"type": "data type", "roles": "texts"}


def test_what_readers_of_the_corpus_state_is_declared(corpus: Path) -> None:
    """Those that are read in a moment; what ships is made by the others."""
    readings = (
        read_service_requests(corpus / "duis-request-matrix.json"),
        read_service_requests(corpus / "gbcs-use-cases.json"),
        read_alert_codes(corpus / "alert-codes.json"),
        read_schema(corpus / "xsd" / "5.4" / "xmldsig-core-schema.xsd"),
    )
    stated = {row.attribute for reading in readings for row in reading.extract.rows}
    assert len(stated) > 10
    assert stated <= ATTRIBUTES.keys()


@pytest.mark.parametrize("schema", [EXTRACT, MAPPING, CROSSWALK], ids=lambda path: path.name)
def test_the_schemas_list_every_attribute(schema: Path) -> None:
    assert set(json.loads(schema.read_text(encoding="utf-8"))["$defs"]["declared"]["enum"]) == ATTRIBUTES.keys()
