"""Requests of the corpus, read, changed and judged; and responses made from messages of the Reference Test Data Set.

Nobody has published an MMC document of these messages: those made here are synthetic, and say so in a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.documents.duis import judge_duis
from gbcscheck.device.documents.mmc import judge_mmc
from gbcscheck.device.documents.walk import XmlVerdict
from gbcscheck.device.judge import judge_octets
from gbcscheck.device.model import FileRecord
from gbcscheck.inputs.xml_safe import parse_xml
from gbcscheck.model.device_files import JudgedFile

DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway"
MMC = "http://www.dccinterface.co.uk/ResponseAndAlert"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
PERIOD = "/Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule"


@cache
def context_for(release: str = "") -> Context:
    """A release, the default one if none is named."""
    return load_context(Choices(), release=release or None)


def request_text(corpus: Path, name: str) -> str:
    """A request of the corpus by the beginning of its file's name."""
    return (corpus / "duis-requests" / f"{name}_REQUEST_DUIS.XML").read_text("utf-8")


def judge_request(text: str, release: str = "") -> tuple[FileRecord, XmlVerdict]:
    """What is found in a request."""
    record = FileRecord("request.xml")
    return record, judge_duis(parse_xml(text.encode(), where="request.xml"), context_for(release), record)


def judge_response(text: str) -> tuple[FileRecord, XmlVerdict]:
    """What is found in a response."""
    record = FileRecord("response.xml")
    return record, judge_mmc(parse_xml(text.encode(), where="response.xml"), context_for(), record)


def found(record: FileRecord) -> list[tuple[str, str, str]]:
    """Rule, severity and last part of the subject of each finding."""
    return [(one.rule, one.severity, one.subject.rpartition("/")[2]) for one in record.findings]


def changed(text: str, old: str, new: str) -> str:
    """The text with its one ``old`` changed."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


def message(corpus: Path, name: str) -> bytes:
    """The text of a message of the Reference Test Data Set by its file's name without ``_GBCS.HEX``."""
    (path,) = sorted(corpus.glob(f"rtds/*/{name}_GBCS.HEX"))
    return path.read_bytes()


def judged_request(corpus: Path, name: str, text: str = "") -> JudgedFile:
    """A request of the corpus, or another text in its place, judged with its entries."""
    content = (text or request_text(corpus, name)).encode()
    return judge_octets(f"{name}.xml", content, "duis", context_for())[0]


def judged_message(name: str, content: bytes) -> JudgedFile:
    """A message in hexadecimal, judged with its entries."""
    return judge_octets(f"{name}.hex", content, "message", context_for())[0]


# --- responses -------------------------------------------------------------------------------------------------------

Tree = Mapping[str, "Tree | str"]
"""Elements by name, each with its text or its own elements; ``#2`` behind a name tells a second one apart."""


def made_response(corpus: Path, name: str, reference: str, variant: str, data: Tree) -> str:
    """A synthetic MMC document around the data of a response, with the header of the message of that name."""
    envelope = read_envelope(bytes.fromhex(message(corpus, name).decode().strip()))
    header = {
        "BusinessOriginatorID": envelope.originator.octets.hex("-").upper(),
        "BusinessTargetID": envelope.recipient.octets.hex("-").upper(),
        "OriginatorCounter": str(envelope.counter),
        "GBCSHexadecimalMessageCode": f"{envelope.message_code:04X}",
        "ServiceReference": reference,
        "ServiceReferenceVariant": variant,
    }
    root = etree.Element(f"{{{MMC}}}GBCSResponse", {"schemaVersion": "5.4"}, nsmap={"ra": MMC})
    root.append(etree.Comment(f" synthetic: made from {name} "))
    _grow(root, {"Header": header, "Body": {"ResponseMessage": {"SMETSData": data}}})
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def _grow(parent: etree._Element, tree: Tree) -> None:
    for name, below in tree.items():
        child = etree.SubElement(parent, f"{{{MMC}}}{name.partition(' ')[0]}")
        if isinstance(below, str):
            child.text = below
        else:
            _grow(child, below)
