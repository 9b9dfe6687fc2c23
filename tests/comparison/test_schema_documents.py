"""Documents under each schema of the kinds of change: ``device`` refuses what both validators refuse, and no other.

What is not held against documents: identity constraints, what a wildcard takes against a declaration of its own, and
bounds and enumerations of floats, durations and parts of dates, of which there is no set of values.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from schema_changes import NAMESPACE, SchemaChange, accepted
from schema_model_changes import MODELS
from schema_name_changes import BROKEN, ELSEWHERE, FOREIGN, LOCAL, NAMES, UNDECLARED
from schema_rewrites import REWRITES
from schema_type_changes import DERIVATION, REST, SUBSTITUTION
from schema_value_changes import ORDERED, UNORDERED, VALUES
from shares import share

from gbcscheck.device.documents.schema import find_schema
from gbcscheck.device.documents.walk import walk
from gbcscheck.device.model import FileRecord
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.inputs.xml_safe import parse_xml
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release

CHANGES = [
    one
    for one in (*MODELS, *NAMES, *SUBSTITUTION, *DERIVATION, *REST, *REWRITES, *VALUES)
    if "identity constraint" not in one.name and one not in ORDERED
]
TAKEN = (BROKEN, UNDECLARED, FOREIGN, ELSEWHERE, LOCAL, 'sr:g="x"', 'y="1"')
"""What wildcards take that hold it against a declaration: there is none, or it says otherwise."""
ROOT = f"{{{NAMESPACE}}}Request"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_documents_are_judged_as_by_validators(tmp_path: Path, change: SchemaChange) -> None:
    judged, documents = 0, tuple(share(change.documents))
    for text in (change.old, change.new):
        path = tmp_path / "schema.xsd"
        path.write_text(text, encoding="utf-8")
        extract = read_schema(path, shown="schema.xsd", specification="DUIS").extract
        schema = find_schema(Catalogue.of(Release("", "", "", (extract,), Crosswalk())), "DUIS", "", "/Request")
        if schema is None or schema.root.namespace != NAMESPACE:
            continue  # a root of another name is not judged at all
        for document, *verdicts in zip(documents, *accepted(text, documents), strict=True):
            parsed = parse_xml(document.encode(), where="request.xml")
            if len(set(verdicts)) > 1 or parsed.root.tag != ROOT:
                continue
            record = FileRecord("request.xml")
            walk(parsed, schema, record, lambda leaf: ())
            if not record.findings and not verdicts[0]:
                assert "skip" not in text, document
                assert any(part in document for part in TAKEN), document
                continue
            if record.findings and verdicts[0] and change.name in UNORDERED and _of_another_kind(document, text):
                continue  # the order of the two is not determined, so that the bound is not kept
            told = [(one.rule, one.subject, one.message) for one in record.findings]
            assert bool(told) != verdicts[0], (document, verdicts, told)
            judged += 1
    assert judged


def _of_another_kind(document: str, schema: str) -> bool:
    """Whether a document holds a time with a zone where the bounds of its schema have none, or the other way round."""
    zoned = [bool(re.search(r"(Z|[-+]\d\d:\d\d)[<\"]", text.replace("'", '"'))) for text in (document, schema)]
    return zoned[0] != zoned[1]
