"""What the DCC sends in return (DUIS XML, ``Response``): held against its own schema version.

The message that it holds is judged by itself, and the header against it (``pairs.wrapped``).
"""

from __future__ import annotations

from collections.abc import Iterable

from gbcscheck.device.context import Context
from gbcscheck.device.documents.header import wrong_reference
from gbcscheck.device.documents.walk import Leaf, XmlVerdict, in_order_of_lines, local_name, schema_of, text_of, walk
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.release.catalogue import Catalogue

ROOT = "/Response"
VARIANT = "ServiceReferenceVariant"


def judge_dcc(document: XmlDocument, context: Context, record: FileRecord) -> XmlVerdict:
    """Judge a response of the DCC; a reason instead where there is no schema of its version."""
    catalogue = context.catalogue
    schema, reason = schema_of(document, catalogue, ROOT)
    if schema is None:
        return XmlVerdict(reason)
    walk(document, schema, record, lambda leaf: _of_value(catalogue, leaf))
    record.end()
    in_order_of_lines(record)
    variants = (text_of(one).strip() for one in document.line_by_element() if local_name(one) == VARIANT)
    return XmlVerdict("", "", next(variants, ""), f"DUIS {schema.specification.version}")


def _of_value(catalogue: Catalogue, leaf: Leaf) -> Iterable[tuple[Problem, str]]:
    """The service reference variant against the service reference beside it."""
    around = leaf.element.getparent()
    if not leaf.path.endswith(f"/{VARIANT}") or around is None:
        return
    beside = (text_of(one).strip() for one in around if local_name(one) == "ServiceReference")
    yield from ((problem, "") for problem in wrong_reference(catalogue, next(beside, ""), str(leaf.value).strip()))
