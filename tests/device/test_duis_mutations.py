"""Changed requests: the judgement by the extract's statements is that of a validator that has the schema itself."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from pathlib import Path

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from shares import at_least, share
from xml_documents import MMC, judge_request, judge_response, request_text
from xml_instances import instances
from xml_mutations import alternatives, mutated, mutations, objections

from gbcscheck.device.model import FileRecord
from gbcscheck.errors import UnreadableSource

SCHEMA_RULES = {"D401", "D402", "D403", "D404", "D405"}
REQUESTS = (
    "8.2_READ_INVENTORY",
    "CS02bNOByNO_6.15.1_SUCCESS",
    "ECS24b_4.11.2_SUCCESS",
    "ECS29b_6.5_SUCCESS",
    "ECS37_6.18.1_SUCCESS",
    "ECS62Remove_7.10_SUCCESS",
    "GCS23_6.6_SUCCESS",
)
PIECES = ("<", ">", "&amp;", "9" * 5000, "+14:00", "24:00:00Z", "<sr:A>", "</sr:A>", "<!--x-->", 'xsi:nil="true"', "é")


@pytest.fixture(scope="module")
def schema(corpus: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(corpus / "xsd" / "5.4" / "DUIS Schema V5.4.xsd"), allow="local")


@pytest.mark.parametrize("name", REQUESTS)
def test_the_schema_is_broken_where_a_validator_says_so(corpus: Path, schema: xmlschema.XMLSchema, name: str) -> None:
    root = etree.fromstring(request_text(corpus, name).encode())
    told: Counter[tuple[str, bool]] = Counter()
    for mutation in share(chain(mutations(root), alternatives(schema, root)), by=lambda one: one.kind):
        document = mutated(root, mutation)
        refused = objections(schema, document)
        record, _ = judge_request(etree.tostring(document, encoding="unicode"))
        broken = [finding for finding in record.findings if finding.rule in SCHEMA_RULES]
        assert bool(refused) == bool(broken), (mutation, refused, broken)
        told[mutation.kind, bool(refused)] += 1
        assert all(finding.severity == "error" and finding.statements[0].place.line for finding in broken)
    kinds = {"drop", "rename", "unqualified", "elsewhere", "nil", "type", "emptied", "beside"}
    assert {kind for kind, is_refused in told if is_refused} >= kinds
    assert told["value", True] > told["value", False]


def test_responses_changed_in_one_place_are_judged_as_validators_do(corpus: Path) -> None:
    """Of every response that the schema has, one document made from the schema, and changes of a share of its
    elements: what a validator refuses is refused, and what it takes is taken."""
    schema = xmlschema.XMLSchema(str(corpus / "xsd" / "5.4" / "MMC Schema V5.4.xsd"), allow="local")
    body = ("Body", "ResponseMessage", "SMETSData")
    told: Counter[tuple[str, bool]] = Counter()
    for count, (name, root) in enumerate(instances(schema, f"{{{MMC}}}GBCSResponse", body)):
        assert objections(schema, root) == [], name
        assert not _broken(judge_response(etree.tostring(root, encoding="unicode"))[0]), name
        for mutation in share(islice(mutations(root), 17 * count % 89, None, 89)):
            document = mutated(root, mutation)
            refused = bool(objections(schema, document))
            broken = _broken(judge_response(etree.tostring(document, encoding="unicode"))[0])
            assert refused == bool(broken), (name, mutation, refused, broken)
            told[mutation.kind, refused] += 1
    assert sum(told.values()) > at_least(800)
    assert {kind for kind, refused in told if refused} >= {"drop", "swap", "nil", "type", "instance", "value", "text"}


def _broken(record: FileRecord) -> list[str]:
    return [finding.message for finding in record.findings if finding.rule in SCHEMA_RULES]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_document_changed_anyhow_is_judged_or_refused(corpus: Path, data: st.DataObject) -> None:
    """No other error than the reader's own, and a finding never without a statement."""
    text = request_text(corpus, data.draw(st.sampled_from(REQUESTS)))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))) + text[end:]
    try:
        record, verdict = judge_request(text)
    except (UnreadableSource, UnicodeEncodeError):
        return
    assert verdict.reason or verdict.judged_as
    assert all(finding.statements for finding in record.findings)
