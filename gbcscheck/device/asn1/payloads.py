"""The ASN.1 payloads of GBCS by message code and purpose.

GBCS itself is not at hand. What stands here are facts that two public sources show: which values follow each other,
which may be absent, and what numbers mean, from the parser of the data communications company
(SmartDCCInnovation/gbcs-parser, ``src/asn1.ts`` and ``src/parser.ts``), and the messages of the Reference Test Data Set
4.5.0 in the same repository. A payload of which no message was seen is marked so. The message codes
of CS02f and CS02g are those of the messages alone. A number without a name here may have one in GBCS.
"""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.device.asn1.shapes import Certificate, ListOf, Part, Payload, Record, Request, Shape, Simple

_NULL = Simple("NULL")
_TIME = Simple("GeneralizedTime")
_COUNTER = Simple("INTEGER")
_ENTITY = Simple("OCTET STRING", size=8)
_KEY_IDENTIFIER = Simple("OCTET STRING", size=8)
_OCTETS = Simple("OCTET STRING")
_ALERT = Simple("INTEGER", alert=True)
_CERTIFICATE = Certificate()

ROLES: Mapping[int, str] = {
    0: "root",
    1: "recovery",
    2: "supplier",
    3: "network operator",
    4: "access control broker",
    5: "transitional change of supplier",
    6: "WAN provider",
    7: "issuing authority",
    8: "load controller",
    127: "other",
}
"""Roles of remote parties; that of the load controller is seen in the messages of CS02g."""
KEY_USAGES: Mapping[int, str] = {0: "digital signature", 4: "key agreement", 5: "key cert sign", 6: "CRL sign"}
"""The bits of a key usage (RFC 5280 4.2.1.3)."""
_MODES = {
    2: "supplier by supplier",
    3: "network operator by network operator",
    4: "access control broker by access control broker",
    5: "WAN provider by WAN provider",
    6: "transitional change of supplier by the same",
    7: "supplier by transitional change of supplier",
    8: "any except abnormal root by recovery",
    9: "any by contingency",
    11: "load controller by supplier",
}
_STATUS = {
    0: "success",
    5: "bad certificate",
    10: "no trust anchor",
    17: "insufficient memory",
    25: "trust anchor not found",
    30: "resources busy",
    127: "other",
}
_DEVICE_TYPES = {0: "GSME", 1: "ESME", 2: "CHF", 3: "GPF", 4: "HCALCS", 5: "PPMID", 6: "type 2 device"}
_JOINED = {
    0: "success",
    1: "message code not for this join method and role",
    2: "invalid join method and role",
    3: "incompatible with an existing entry",
    4: "device log full",
    5: "write failure",
    6: "key agreement: no resources",
    7: "key agreement: unknown issuer",
    8: "key agreement: unsupported suite",
    9: "key agreement: bad message",
    10: "key agreement: bad key confirmation",
    11: "certificate invalid or missing",
    12: "no partner link key received",
    13: "no response of key establishment",
}

_ROLE = Simple("INTEGER", ROLES)
_KEY_USAGE = Simple("BIT STRING", bits=KEY_USAGES)
_DEVICE_TYPE = Simple("INTEGER", _DEVICE_TYPES)
_CELL_USAGE = Part("cell usage", Simple("INTEGER", {0: "management", 1: "prepayment top up"}), absent="management")


def _codes(*names: str, first: int = 0) -> Simple:
    return Simple("INTEGER", dict(enumerate(names, start=first)))


_CELL = Record((Part("remote party role", _ROLE), Part("key usage", _KEY_USAGE), _CELL_USAGE))
_SPECIALIST = ListOf(
    "sequence number for one use",
    Record((Part("use", Simple("INTEGER", {0: "prepayment top up"})), Part("sequence number", _COUNTER))),
)
_CHANGES = ListOf(
    "change",
    Record(
        (
            Part("remote party role", _ROLE),
            Part("floor sequence number", _COUNTER),
            Part("floor sequence numbers for one use", _SPECIALIST, absent="none"),
        )
    ),
)
_OUTCOME = Record(
    (
        Part("authorising remote party's sequence number", _COUNTER),
        Part("replacement mode", Simple("INTEGER", _MODES)),
        Part("sequence number changes", _CHANGES),
        Part(
            "replacement outcomes",
            ListOf(
                "outcome",
                Record(
                    (
                        Part("affected cell", _CELL),
                        Part("status", Simple("ENUMERATED", _STATUS)),
                        Part("existing subject", _ENTITY),
                        Part("existing subject key identifier", _KEY_IDENTIFIER),
                        Part("replacing subject", _ENTITY),
                        Part("replacing subject key identifier", _KEY_IDENTIFIER),
                    )
                ),
            ),
        ),
    )
)
_CONTROL = Record(
    (
        Part("replacement mode", Simple("INTEGER", _MODES)),
        Part("plaintext symmetric key", _OCTETS, tag=0, absent="none"),
        Part(
            "time based path validation",
            Simple("INTEGER", {0: "apply", 1: "disapply"}),
            tag=1,
            absent="not stated",
        ),
        Part("authorising remote party's cell", _CELL, tag=2, absent="none"),
        Part("authorising remote party's sequence number", _COUNTER, tag=3),
        Part("new floor sequence number", _COUNTER, tag=4, absent="none"),
        Part("new floor sequence numbers for one use", _SPECIALIST, tag=5, absent="none"),
        Part("sequence number changes of other remote parties", _CHANGES, tag=6, absent="none"),
    )
)
REPLACEMENT = Record((Part("certificate", _CERTIFICATE), Part("target cell", _CELL)))
"""A certificate and the cell that it is to replace the contents of."""
_EXECUTED_AT = Part("execution date-time", _TIME, absent="at once")
_LOG_ENTRY = Record((Part("device", _ENTITY), Part("device type", _DEVICE_TYPE)))
_LOG = Part("device log entries", ListOf("entry", _LOG_ENTRY))

_CREDENTIALS_ASKED = Record(
    (Part("authorising remote party's cell", _CELL), Part("roles asked for", ListOf("remote party role", _ROLE)))
)
_CREDENTIALS = ListOf(
    "remote party",
    Record(
        (
            Part("remote party role", _ROLE),
            Part("status", Simple("ENUMERATED", _STATUS)),
            Part("current sequence number", _COUNTER, absent="not returned"),
            Part(
                "cells",
                ListOf(
                    "cell",
                    Record(
                        (
                            Part("key usage", _KEY_USAGE),
                            _CELL_USAGE,
                            Part("subject", _ENTITY),
                            Part("subject key identifier", _KEY_IDENTIFIER),
                        )
                    ),
                ),
                absent="not returned",
            ),
        )
    ),
)
_UPDATE = Record(
    (
        Part("authorising remote party's control", _CONTROL),
        Part("replacements", ListOf("replacement", REPLACEMENT)),
        Part("certification path", ListOf("certificate", _CERTIFICATE)),
        _EXECUTED_AT,
    )
)
_UPDATED = Record((Part("accepted", _NULL), Part("execution outcome", _OUTCOME, absent="not executed yet")))
_UPDATE_ALERT = Record((Part("alert code", _ALERT), Part("execution date-time", _TIME), Part("outcome", _OUTCOME)))
_JOIN = Record(
    (
        Part("join method and role", _codes("method A initiator", "method A responder", "method B", "method C")),
        Part("other device", _ENTITY),
        Part("other device's type", _DEVICE_TYPE),
        Part("other device's certificate", _CERTIFICATE, absent="none"),
    )
)
_FIRMWARE_OUTCOME = Record(
    (
        Part("response code", _codes("success", "no image held", "hash mismatch", "activation failure")),
        Part("firmware version", _OCTETS),
    )
)
_USAGE_ASKED = Record((Part("key usage", _KEY_USAGE),))
_COMMAND, _RESPONSE, _ALERTED = "command", "response", "alert"

_PAYLOADS: tuple[tuple[str, tuple[int, ...], str, tuple[Shape, ...], bool], ...] = (
    ("CS02a", (0x0008,), _COMMAND, (_CREDENTIALS_ASKED,), True),
    ("CS02a", (0x0008,), _RESPONSE, (_CREDENTIALS,), True),
    ("CS02b", tuple(range(0x0100, 0x010A)), _COMMAND, (_UPDATE,), True),
    ("CS02b", tuple(range(0x0100, 0x010A)), _RESPONSE, (_UPDATED,), True),
    ("CS02b", (0x00CB,), _ALERTED, (_UPDATE_ALERT,), True),
    ("CS02c", (0x000A,), _COMMAND, (_USAGE_ASKED,), True),
    (
        "CS02c",
        (0x000A,),
        _RESPONSE,
        (Request(), _codes("invalid key usage", "key pair generation failed", "no request could be made", first=1)),
        True,
    ),
    ("CS02d", (0x000B,), _COMMAND, (_CERTIFICATE,), False),
    (
        "CS02d",
        (0x000B,),
        _RESPONSE,
        (
            _codes(
                "success",
                "invalid certificate",
                "wrong device identity",
                "invalid key usage",
                "no corresponding key pair generated",
                "wrong public key",
                "certificate storage failed",
                "private key change failed",
            ),
        ),
        False,
    ),
    ("CS02e", (0x000C,), _COMMAND, (_USAGE_ASKED,), True),
    (
        "CS02e",
        (0x000C,),
        _RESPONSE,
        (_CERTIFICATE, _codes("invalid key usage", "no certificate held", "certificate retrieval failure", first=1)),
        True,
    ),
    ("CS02f", (0x011B,), _COMMAND, (_CREDENTIALS_ASKED,), True),
    ("CS02f", (0x011B,), _RESPONSE, (_CREDENTIALS,), True),
    ("CS02g", (0x0126,), _COMMAND, (_UPDATE,), True),
    ("CS02g", (0x0126,), _RESPONSE, (_UPDATED,), True),
    ("CS02g", (0x0124,), _ALERTED, (_UPDATE_ALERT,), True),
    ("CS03", (0x000D, 0x000E, 0x00AB, 0x00AF), _COMMAND, (_JOIN,), True),
    ("CS03", (0x000D, 0x000E, 0x00AB, 0x00AF), _RESPONSE, (Simple("INTEGER", _JOINED),), True),
    ("CS04", (0x000F, 0x0010), _COMMAND, (_ENTITY,), True),
    ("CS04", (0x000F, 0x0010), _RESPONSE, (_codes("success", "not in the device log", "other failure"),), True),
    (
        "CS06",
        (0x0012,),
        _COMMAND,
        (Record((Part("image hash", _OCTETS), Part("originator's counter", _COUNTER), _EXECUTED_AT)),),
        True,
    ),
    ("CS06", (0x0012,), _RESPONSE, (_NULL, _FIRMWARE_OUTCOME), True),
    (
        "CS06",
        (0x00CA,),
        _ALERTED,
        (
            Record(
                (
                    Part("alert code", _ALERT),
                    Part("execution date-time", _TIME),
                    Part("originator's counter", _COUNTER),
                    Part("outcome", _FIRMWARE_OUTCOME),
                )
            ),
        ),
        True,
    ),
    ("CS07", (0x0013,), _COMMAND, (_NULL,), True),
    (
        "CS07",
        (0x0013,),
        _RESPONSE,
        (
            Record(
                (
                    Part("response code", _codes("success", "read failure")),
                    Part("device log entries", ListOf("entry", _LOG_ENTRY), absent="not returned"),
                )
            ),
        ),
        True,
    ),
    (
        "CCS08",
        (0x0128,),
        _ALERTED,
        (
            Record(
                (
                    Part("alert code", _ALERT),
                    Part("date-time", _TIME),
                    Part("device", _ENTITY),
                    Part("firmware version", _OCTETS),
                    Part(
                        "response code",
                        _codes("success", "image discarded", "hardware version mismatch", "file transfer failure"),
                    ),
                )
            ),
        ),
        True,
    ),
    ("CS08", (0x0129,), _COMMAND, (_NULL,), False),
    (
        "CS08",
        (0x0129,),
        _RESPONSE,
        (Record((Part("firmware version", _OCTETS), Part("response code", _codes("success", "read failure")))),),
        False,
    ),
    (
        "CS08",
        (0x0129,),
        _ALERTED,
        (
            Record(
                (
                    Part("alert code", _ALERT),
                    Part("execution date-time", _TIME),
                    Part("firmware version", _OCTETS),
                    Part("activation", _codes("success", "failure")),
                )
            ),
        ),
        False,
    ),
    (
        "GCS28",
        (0x007F,),
        _COMMAND,
        (Record((Part("validity interval start", _TIME), Part("validity interval end", _TIME))),),
        True,
    ),
    (
        "GCS28",
        (0x007F,),
        _RESPONSE,
        (
            Record(
                (
                    Part("device time", _TIME),
                    Part("device time status", _codes("reliable", "invalid", "unreliable")),
                )
            ),
        ),
        True,
    ),
    ("GCS59", (0x008C,), _COMMAND, (Record((_LOG,)),), True),
    (
        "GCS59",
        (0x008C,),
        _RESPONSE,
        (
            Record(
                (
                    Part(
                        "restore outcomes",
                        ListOf(
                            "outcome",
                            Record((Part("entry", _LOG_ENTRY), Part("join response", Simple("INTEGER", _JOINED)))),
                        ),
                    ),
                )
            ),
        ),
        True,
    ),
    (
        "GCS62",
        (0x00B2,),
        _ALERTED,
        (Record((Part("alert code", _ALERT), Part("backup date-time", _TIME), _LOG)),),
        True,
    ),
)
"""Use case, message codes, purpose, the shapes of the payload, and whether a test message has it."""
PAYLOADS: Mapping[tuple[int, str], Payload] = {
    (code, purpose): Payload(name, shapes, shown) for name, codes, purpose, shapes, shown in _PAYLOADS for code in codes
}
"""The payload of each message code and purpose."""
USE_CASES: Mapping[int, str] = {code: name for name, codes, *_ in _PAYLOADS for code in codes}
"""The use case of each message code."""
