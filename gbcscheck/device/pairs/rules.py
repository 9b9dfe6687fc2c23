"""The rules on pairs: a document, and the message that is another form of it."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

DIFFERS = declare(
    "D701",
    "command-differs-from-request",
    kind="value",
    severity="error",
    reads=("permitted", "type", "octets"),
    question="Does the command set what the request asks for?",
    text="""
    Request and command are two forms of one thing: after conversion, every value of the request is the value of the
    command. Where messages do not prove that element and row belong together, the finding is a warning.

    **Example.** A request for 17:00:00Z whose command has the hour 18.
    """,
)
UNMATCHED = declare(
    "D702",
    "value-without-counterpart",
    kind="missing",
    severity="error",
    reads=("type", "octets"),
    question="Has every value of the request its place in the command, and the other way round?",
    text="""
    The request has an element whose row the command lacks, or the command sets something that the request does not
    ask for.

    **Example.** A reset of a register in the command, and no such element in the request.
    """,
)
HEADERS = declare(
    "D703",
    "headers-of-different-messages",
    kind="reference",
    severity="error",
    reads=("service-reference",),
    question="Are the two of one service request, from one sender to one device?",
    text="""
    The identifier of a request names sender, receiver and counter. The command goes to the same receiver; it has the
    sender and counter of the request as its own, or, where the DCC sends it, as those of the supplementary remote
    party (GBCS, other information). Where it names no such party and its use case may be sent by the Access Control
    Broker, sender and counter are not compared, and the pair is not judged. Its use case is one of the request's
    service reference. The response comes from that receiver, with the same counter, and so does the document that the
    DCC makes of it, which has the parties, the counter and the message code of the response. So does the header of a
    DCC response (DUIS) that holds a message: `RequestID` has the sender, receiver and counter of the command or
    response within, `ResponseID` beside a response the same with the receiver first, and the service reference variant
    is that of its use case.

    **Example.** The command of another meter of the same type.
    """,
)
SHOWN_DIFFERS = declare(
    "D704",
    "reading-differs-from-response",
    kind="value",
    severity="error",
    reads=("permitted", "type", "octets"),
    question="Does the converted response show what the device returned?",
    text="""
    A response and the document that the DCC makes of it (MMC) are two forms of one thing: after conversion, every
    value that the document shows is the value of the response. Where element and row belong together by their names
    alone, the finding is a warning. Several links of one element are alternatives: it is enough that one of them fits.

    **Example.** A threshold of 253 V in the document, and 0x00000101 (257) in the response.
    """,
)
SHOWN_UNMATCHED = declare(
    "D705",
    "reading-without-response",
    kind="missing",
    severity="error",
    reads=("type", "octets"),
    question="Has every value that a converted response shows its place in the response?",
    text="""
    The document shows a value, and none of the rows that are linked to its element is in the response. Where they are
    linked by their names alone, the finding is a warning. What a response holds and the document does not show is named
    and is no finding: most elements of these documents are optional.

    **Example.** A second phase in the document, and the response of a single phase meter.
    """,
)
RULES: tuple[Rule, ...] = (DIFFERS, UNMATCHED, HEADERS, SHOWN_DIFFERS, SHOWN_UNMATCHED)
