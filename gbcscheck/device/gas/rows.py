"""The rows of the ``GBZ`` sheet as the judge of gas messages uses them: plain tuples, made once for each message."""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.device.gas.payloads import Part
from gbcscheck.device.gas.zcl import Allowed
from gbcscheck.model import Statement

PARTS = {"command": "Command", "response": "Normal response", "alert": "Pushed message"}
"""Purposes of messages and the parts of the sheet that lay them out."""

NUMBER, SIGNED, BIG_ENDIAN, OCTETS, STRING, TEXT, REMAINDER, CIPHER = range(8)
"""How the octets of a field are read: whole numbers (least significant octet first; with a sign; most significant
octet first), plain octets, strings behind the octet of their length, whatever is left, and encrypted fields."""
CONTROL, CLUSTER, LENGTH, FRAME_CONTROL, SEQUENCE, COMMAND, ANSWERED, STATUS, CIPHERED_LENGTH = range(1, 10)
PROFILE, COUNT, ALERT = range(10, 13)
"""Fields that have a part in the reading of others."""


class Field(NamedTuple):
    """One row: ``size`` in octets (0 where it varies), the values ``allowed`` (None: any), whether they are one fixed
    value, whether an unsuccessful status leaves it out, under which subject other
    specifications are ``asked`` about it (empty: not at all), as what a number is ``shown``;
    ``sizes`` are the sizes that encrypted fields can have; ``parts`` what an entry holds where the value is a list of
    entries, and ``linked`` the subjects of those parts under which other specifications are asked."""

    subject: str
    label: str
    kind: int
    size: int
    allowed: Allowed | None
    fixed: bool
    optional: bool
    role: int
    asked: str
    shown: type[int]
    statements: tuple[Statement, ...]
    sizes: frozenset[int] | None
    parts: tuple[Part, ...] = ()
    linked: frozenset[str] = frozenset()


class ComponentLayout(NamedTuple):
    """One component: its fields in order, and how many octets at least stand behind each; ``length`` is the stated
    length where it is fixed. ``answered``: the commands that a default response may answer, None where it is none;
    ``additional`` is how many octets stand between the stated length and the frame."""

    name: str
    fields: tuple[Field, ...]
    behind: tuple[int, ...]
    cluster: int
    length: int | None
    frame_control: int
    command: int
    answered: frozenset[int] | None
    additional: int
    is_refusal: bool = False


class Group(NamedTuple):
    """Components that may come at one place: the layout of the ordinary one, of its alternates, and of refusals (see
    ``refusals``); how many of them (``most`` None: without limit), ``of_all`` where ordinary and alternate ones
    together are exactly that many."""

    ordinary: ComponentLayout
    alternates: tuple[ComponentLayout, ...]
    refusals: tuple[ComponentLayout, ...]
    fewest: int
    most: int | None
    of_all: bool
    occurs: tuple[Statement, ...]


class Message(NamedTuple):
    """One message of a use case: the rows before its components (profile, count, alert code, time stamp), and the
    components."""

    head: tuple[Field, ...]
    groups: tuple[Group, ...]
