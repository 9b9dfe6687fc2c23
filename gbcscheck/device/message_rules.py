"""The rules on the envelope of a message: its purpose, its message code, its date-time, and where its payload ends."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

UNKNOWN_PURPOSE = declare(
    "D101",
    "unknown-purpose",
    kind="enumeration",
    severity="error",
    reads=(),
    question="Is the message a command, a response or an alert?",
    text="""
    The first octet of the grouping header's transaction identifier says what a message is: `0x01` a command, `0x02` a
    response, `0x03` an alert. A device that meets any other value cannot know what to do with the message.

    Fix: write the octet that belongs to the payload: `0x01` before an access-request, `0x02` before an access-response.
    """,
)
PURPOSE_AND_PAYLOAD = declare(
    "D102",
    "purpose-contradicts-payload",
    kind="code",
    severity="error",
    reads=(),
    question="Is the payload of the kind that the header announces?",
    text="""
    A command carries an access-request (`0xD9`), a response an access-response (`0xDA`) and an alert a
    data-notification (`0x0F`). A header that announces another kind makes the message unreadable for its recipient.

    Fix: see which of the two is meant; a captured response is often wrapped again with the header of its command.
    """,
)
PURPOSE_AND_USE_CASE = declare(
    "D103",
    "purpose-contradicts-message-type",
    kind="code",
    severity="error",
    reads=("message-type",),
    question="Does the message code name a use case of commands for a command or response, and one of alerts for an "
    "alert?",
    text="""
    GBCS gives every use case a message type: `SME.C` for commands and their responses, `SME.A` for alerts. A message
    code of the one kind in a header of the other is the wrong code, or the wrong purpose.

    Example: an alert with the message code `0x004A`, which is that of a command of the Network Operator.

    Fix: look up the message code of the use case that is meant: `gbcscheck show ECS37`.
    """,
)
OTHER_DEVICE = declare(
    "D104",
    "use-case-of-another-device",
    kind="reference",
    severity="error",
    reads=("target",),
    question="Is the use case one of the device type that was named with --device-type?",
    text="""
    Each use case names the devices that take part in it. A message of another device's use case cannot have come from
    the device that is judged, and cannot be carried out by it.

    Fix: see whether the capture belongs to this device, or leave `--device-type` out.
    """,
)
OCTETS_BEHIND = declare(
    "D105",
    "octets-behind-the-payload",
    kind="encoding",
    severity="error",
    reads=(),
    question="Does the payload end where its own content ends?",
    text="""
    The payload of a message is one APDU, and the header states how many octets it has. Octets behind the end of the
    APDU are read by nobody, or as something that was never meant.

    Fix: end the payload with its last value and correct the lengths in front of it.
    """,
)
HEADER_DATE_TIME = declare(
    "D106",
    "invalid-header-date-time",
    kind="encoding",
    severity="error",
    reads=(),
    question="Is the date-time of the grouping header a date-time?",
    text="""
    Where the grouping header carries a date-time it has twelve octets: date (5), time of day (4), deviation from UTC
    in minutes (2) and clock status (1), as everywhere in COSEM (Blue Book 4.1.6.1). A month 13 or an hour 25 is none.

    Fix: write the time at which the message was made, each part within its range.
    """,
)
ALERT_CODE = declare(
    "D107",
    "alert-code-unknown",
    kind="code",
    severity="note",
    reads=(),
    question="Is the code of every alert in the list of event and alert codes?",
    text="""
    A party that receives an alert looks its code up in GBCS Table 16.2. The list that ships may be older than the
    device's GBCS, hence a note: see whether GBCS has the code by now.
    """,
)
DETAIL = declare(
    "D109",
    "detail-of-no-command",
    kind="reference",
    severity="error",
    reads=("member", "constant", "name"),
    question="Is what an alert says took effect a part of the command that it names?",
    text="""
    An alert about a command with a time of its own (0x00CC of electricity, 0x00CD of gas) names the command by its
    message code, and what took effect or failed: an attribute of a COSEM object, or a command of a ZigBee cluster.
    The use case of the command has it as a row or component. Another frame control than that of the component is a
    note. An alert code that does not say what became of a command (0x8F66, 0x8F67: successfully actioned, or not) is
    a warning: all published alerts of this kind have one of the two.

    Fix: name the object, or the command, as the use case has it.
    """,
)
LONGER_LENGTH = declare(
    "D108",
    "length-longer-than-needed",
    kind="encoding",
    severity="note",
    reads=(),
    question="Is every length of an ASN.1 payload written in as few octets as can be?",
    text="""
    In DER a length below 128 has one octet, one below 256 two, and so on (ITU-T X.690 10.1): a signature is made over
    octets, so that there is one way to write a value. Some published test messages have longer ones, hence a note.

    Fix: write the length in as few octets as it needs, and correct those around it.
    """,
)

RULES: tuple[Rule, ...] = (
    UNKNOWN_PURPOSE,
    PURPOSE_AND_PAYLOAD,
    PURPOSE_AND_USE_CASE,
    OTHER_DEVICE,
    OCTETS_BEHIND,
    HEADER_DATE_TIME,
    ALERT_CODE,
    LONGER_LENGTH,
    DETAIL,
)
