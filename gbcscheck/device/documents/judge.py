"""A document as XML, judged as what it is; the judge of each kind is imported when it is needed."""

from __future__ import annotations

from collections.abc import Iterable

from gbcscheck.device.context import Context
from gbcscheck.device.documents.walk import XmlVerdict
from gbcscheck.device.hexfile import HexMessage
from gbcscheck.device.model import FileRecord
from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.xml_safe import XmlDocument


def judge_document(
    form: str,
    document: XmlDocument,
    within: Iterable[HexMessage | UnreadableSource],
    context: Context,
    record: FileRecord,
) -> XmlVerdict:
    """Judge a document of the form ``duis``, ``mmc`` or ``dcc``; ``within`` are the messages that it holds."""
    if form == "duis":
        from gbcscheck.device.documents.duis import judge_duis

        return judge_duis(document, context, record)
    if form == "mmc":
        from gbcscheck.device.documents.mmc import judge_mmc

        return judge_mmc(document, context, record)
    from gbcscheck.device.documents.dcc import judge_dcc
    from gbcscheck.device.pairs.wrapped import compare_wrapped

    verdict = judge_dcc(document, context, record)
    compare_wrapped(document, within, context, record)
    return verdict
