"""Regenerates what ships in ``specs/`` from a copy of the published files.

``python tools/build_specs.py CORPUS [SPECS]`` writes every generated file, the same octets every time, and then
``manifest.json``: the SHA-256 of every file of ``specs/``, and how many statements it has. What people write by hand
(the crosswalk, SMETS as MP131 describes it, COSEM encodings, the corrected Table 28d, where a witness is wrong) is
checked and listed, and left as it is. Everything is validated against its schema before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.facts.extract_file import Extract, parse_extract, render_extract

MANIFEST = "manifest.json"

USE_CASES = {version: f"gbcs/use-cases-{version}.xlsx" for version in ("3.1", "4.0")}
CITES_SMETS = "4.0"
"""The version of GBCS from whose references the SMETS statements are derived."""
SCHEMAS = {
    "duis/5.1/schema.json": "xsd/5.1/DUIS Schema V5.1.xsd",
    "duis/5.3/schema.json": "xsd/5.3/DUIS Schema V5.3a.xsd",
    "duis/5.4/schema.json": "xsd/5.4/DUIS Schema V5.4.xsd",
    "mmc/5.1/schema.json": "xsd/5.1/MMC Schema V5.1.xsd",
    "mmc/5.3/schema.json": "xsd/5.3/MMC Schema V5.3.xsd",
    "mmc/5.4/schema.json": "xsd/5.4/MMC Schema V5.4.xsd",
}
LISTS = {"duis/service-requests.json": "duis-request-matrix.json", "dcc/use-case-list.json": "gbcs-use-cases.json"}
ALERT_CODES = {"gbcs/alert-codes.json": "alert-codes.json"}
PRODUCTS = {"sec/versions-in-use.json": "products/central-products-list-2022-09-21.csv"}
TABLE_28D = "gbcs/3.2/table-28d.xlsx"
TABLE_28D_EXTRACT = "gbcs/3.2/table-28d.json"
TABLE_28D_MAPPING = "mappings/table-28d.json"


def build(corpus: Path, specs: Path, say: Callable[[str], None] = print) -> None:
    """Write every generated file below ``specs``; ``say`` gets one line for each.

    Raises a GbcscheckError where a source cannot be read or a file does not follow its schema; then nothing is written.
    """
    files: dict[str, bytes] = {}
    for name, content in generated(corpus, specs):
        files[name] = content
    for path in sorted(specs.rglob("*.json")):
        name = path.relative_to(specs).as_posix()
        if name != MANIFEST and name not in files:
            files[name] = path.read_bytes()
    counts = {name: _checked(name, content) for name, content in sorted(files.items())}
    files[MANIFEST] = _manifest(files, counts)
    for name, content in sorted(files.items()):
        target = specs / name
        changed = not target.is_file() or target.read_bytes() != content
        if changed:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        number = f"{counts[name]:>7,} statements" if counts.get(name) else " " * 18
        say(f"{'wrote' if changed else 'same '}  {name:<32}{len(content):>11,} octets {number}")


def generated(corpus: Path, specs: Path) -> Iterator[tuple[str, bytes]]:
    """Every generated file: its path below ``specs`` and its content."""
    from smets_references import smets_references
    from synthetic_table import synthetic_table_28d
    from versions_in_use import versions_in_use
    from witnesses import witnesses

    from gbcscheck.extract.alert_codes import read_alert_codes
    from gbcscheck.extract.products import read_products
    from gbcscheck.extract.service_requests import read_service_requests
    from gbcscheck.extract.use_cases import read_use_cases
    from gbcscheck.extract.xsd import read_schema

    all_tables = []
    for version, source in USE_CASES.items():
        tables = read_use_cases(corpus / source, version=version, shown=source).extract
        all_tables.append(tables)
        yield f"gbcs/{version}/use-cases.json", _rendered(tables)
        if version == CITES_SMETS:
            yield "smets2/references.json", _rendered(smets_references(tables))
    for target, source in SCHEMAS.items():
        yield target, _rendered(read_schema(corpus / source, shown=source).extract)
    for target, source in LISTS.items():
        yield target, _rendered(read_service_requests(corpus / source, shown=source).extract)
    for target, source in ALERT_CODES.items():
        yield target, _rendered(read_alert_codes(corpus / source, shown=source).extract)
    for target, source in PRODUCTS.items():
        yield target, _rendered(versions_in_use(read_products(corpus / source, shown=source).extract))
    for target, witness in witnesses(corpus, all_tables):
        yield target, _rendered(witness)
    workbook = synthetic_table_28d()
    yield TABLE_28D, workbook
    yield TABLE_28D_EXTRACT, _rendered(_synthetic_extract(workbook, specs / TABLE_28D_MAPPING))


def _synthetic_extract(workbook: bytes, mapping: Path) -> Extract:
    """What the workbook says, read as any table is."""
    from synthetic_table import NOTES

    from gbcscheck.extract.table import read_table
    from gbcscheck.inputs.temporary import private_folder

    with private_folder() as folder:
        path = folder / Path(TABLE_28D).name
        path.write_bytes(workbook)
        return replace(read_table(path, mapping=mapping, shown=TABLE_28D).extract, note=" ".join(NOTES))


def _rendered(extract: Extract) -> bytes:
    return render_extract(extract).encode()


def _checked(name: str, content: bytes) -> int:
    """How many statements a file has, 0 for one that is no extract; raises where it does not follow its schema."""
    from gbcscheck.extract.table_mapping import SCHEMA as MAPPING
    from gbcscheck.facts.crosswalk_file import SCHEMA as CROSSWALK
    from gbcscheck.facts.crosswalk_file import is_crosswalk
    from gbcscheck.facts.directions import SCHEMA as DIRECTIONS
    from gbcscheck.facts.extract_file import is_extract
    from gbcscheck.facts.item_names import FILE as NAMES_FILE
    from gbcscheck.facts.item_names import SCHEMA as NAMES
    from gbcscheck.inputs.json_schema import violations
    from gbcscheck.inputs.json_values import decode_json

    if not name.endswith(".json"):
        return 0
    document: Any = decode_json(content, where=name)
    if is_extract(document):
        return len(parse_extract(content, where=name).rows)
    directions = isinstance(document, dict) and "directions" in document
    others = NAMES if name == NAMES_FILE else DIRECTIONS if directions else MAPPING
    schema = CROSSWALK if is_crosswalk(document) else others
    for violation in violations(document, schema):
        raise UnreadableSource(f"{violation.message} (at {violation.pointer or '/'})", where=name)
    return 0


def _manifest(files: dict[str, bytes], counts: dict[str, int]) -> bytes:
    entries = []
    for name, content in sorted(files.items()):
        entry: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest()}
        if counts[name]:
            entry["statements"] = counts[name]
        entries.append(f"    {json.dumps(name)}: {json.dumps(entry)}")
    return ('{\n  "files": {\n' + ",\n".join(entries) + "\n  }\n}\n").encode()


def main(arguments: list[str]) -> int:
    """The command line: the folder of the published files, and that of ``specs`` (the one beside the package)."""
    if not 1 <= len(arguments) <= 2:
        print("usage: python tools/build_specs.py CORPUS [SPECS]", file=sys.stderr)
        return 2
    corpus = Path(arguments[0])
    specs = Path(arguments[1]) if len(arguments) == 2 else Path(__file__).resolve().parents[1] / "specs"
    try:
        build(corpus, specs)
    except GbcscheckError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
