"""What the attributes of statements are to those who follow them: which differences count, and as what."""

from __future__ import annotations

from gbcscheck.model import Statement

VALUES = "values"
"""A set of values: what may be sent."""
ALLOWED = "allowed"
"""Whether, or how, something may be done; ``No`` is the empty set."""
PRESENCE = "presence"
"""How often something has to be there, and instead of what."""
DEFAULT = "default"
UNIT = "unit"
CARRIED = "carried"
"""A fact that decides the octets of a message: a code, an object, a class."""
RULE = "rule"
"""A fact of which it is not known here what follows from it."""
DESCRIBED = "described"
"""Words about a thing; nothing that is sent depends on them."""

MEANINGS = {
    **dict.fromkeys(("permitted", "constant", "type", "special", "octets", "roles"), VALUES),
    **dict.fromkeys(
        ("future-dated", "on-demand", "dcc-scheduled", "non-device", "settable-by", "readable-by"), ALLOWED
    ),
    **dict.fromkeys(("occurs", "presence", "choice", "nillable"), PRESENCE),
    "default": DEFAULT,
    **dict.fromkeys(("unit", "scale"), UNIT),
    **dict.fromkeys(("attribute-id", "class", "cluster", "command", "member", "object", "parameter"), CARRIED),
    **dict.fromkeys(("content", "encoding", "encrypted", "response"), CARRIED),
    **dict.fromkeys(("critical", "message-code", "message-type", "recipient-differs", "replay-protected"), CARRIED),
    **dict.fromkeys(("code", "direction", "service-reference", "target"), CARRIED),
    **dict.fromkeys(("aligned-with", "category", "element", "name", "note"), DESCRIBED),
    **dict.fromkeys(("recursion", "reference", "title", "value-type"), DESCRIBED),
}
"""Attributes by what they are; any other is a set of values where it has a domain, else a rule."""

NOTHING = frozenset(("", "(none)", "-", "n/a", "na", "no", "none"))
"""Values of an ``allowed`` attribute, a set of roles or of senders that mean none at all."""


def meaning(statement: Statement) -> str:
    """What a statement is to those who follow it, one of the words above."""
    if statement.attribute == "type" and statement.domain is None:
        return DESCRIBED  # the name of a type of an XML schema, which no message carries
    known = MEANINGS.get(statement.attribute)
    if known is not None:
        return known
    return RULE if statement.domain is None else VALUES


def is_constraint(statement: Statement) -> bool:
    """Whether a statement tells a thing from others of another name: all but words and what names its neighbours."""
    return statement.attribute not in ("choice", "content-model") and meaning(statement) != DESCRIBED
