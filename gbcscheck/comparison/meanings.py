"""What the attributes of statements are to those who follow them: which differences count, and as what."""

from __future__ import annotations

from typing import Literal

from gbcscheck.attributes import ATTRIBUTES, Meaning
from gbcscheck.model import Statement

Followed = Meaning | Literal["rule"]
"""What a statement is to those who follow it; ``rule``: a fact of which it is not known here what follows from it."""

NOTHING = frozenset(("", "(none)", "-", "n/a", "na", "no", "none"))
"""Values of an ``allowed`` attribute, a set of roles or of senders that mean none at all."""


def meaning(statement: Statement) -> Followed:
    """What a statement is to those who follow it; where its attribute does not say, a set of values or a rule."""
    if statement.attribute == "type" and statement.domain is None:
        return "described"  # the name of a type of an XML schema, which no message carries
    known = ATTRIBUTES.get(statement.attribute)
    if known is not None and known.meaning is not None:
        return known.meaning
    return "rule" if statement.domain is None else "values"


def is_constraint(statement: Statement) -> bool:
    """Whether a statement tells a thing from others of another name: all but words and what names its neighbours."""
    return statement.attribute not in ("choice", "content-model") and meaning(statement) != "described"
