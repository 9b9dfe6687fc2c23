"""The rules on ASN.1 payloads, and on the certificates in them."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

STRUCTURE = declare(
    "D110",
    "asn1-structure-differs",
    kind="encoding",
    severity="error",
    reads=(),
    question="Has an ASN.1 payload the values that a message of its kind has, in their order and of their types?",
    text="""
    Messages on security credentials, joining, firmware and the clock of gas meters have an ASN.1 payload. GBCS defines
    it and is not at hand: the structure is that which a public parser (SmartDCCInnovation/gbcs-parser) and the messages
    of the Reference Test Data Set 4.5.0 show. Where only the parser shows it, another structure is a warning. Numbers
    that have no name there are left open.

    Fix: write the value that is missing, of the type that is expected, and correct the lengths around it.
    """,
)
CERTIFICATE = declare(
    "D111",
    "certificate-broken",
    kind="encoding",
    severity="error",
    reads=(),
    question="Is every certificate in a message one that can be read?",
    text="""
    A certificate is X.509 (RFC 5280): names, a period from its begin to its end, a public key that is a point of its
    curve, extensions of which each comes once, and the same signature algorithm inside and outside (RFC 5280 4.1.1.2,
    4.1.2.5, 4.2). A device refuses any other.

    Fix: put the certificate into the message as it was issued, octet by octet.
    """,
)
CERTIFICATE_USE = declare(
    "D112",
    "certificate-for-another-use",
    kind="value",
    severity="warning",
    reads=(),
    question="Is a certificate of the use for which the message has it?",
    text="""
    A certificate that replaces the contents of a trust anchor cell has the key usage of that cell; the certificate of a
    party whose key is agreed with is one of key agreement; and keys are of the curve P-256, that of the signatures of
    64 octets that messages have. All published test messages are so. GBCS itself is not at hand, hence a warning.

    Fix: send the certificate of the other key pair of the party, or name the other cell.
    """,
)

RULES: tuple[Rule, ...] = (STRUCTURE, CERTIFICATE, CERTIFICATE_USE)
