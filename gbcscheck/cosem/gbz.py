"""The payload of a GBCS message for gas (GBZ): a profile, a count, and components of one ZigBee frame each.

GBCS section 7.2.11. The headers of a component are written with the most significant octet first, the fields of its
ZCL payload with the least significant one first. A component whose stated length is more than the octets that are left
is read as far as they go, so that what is wrong with it can be told by who knows the layout.
"""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.cosem.errors import OctetsError

PROFILE = 0x0109
"""The profile identifier of smart energy."""
LAST, ENCRYPTED, FROM_DATE_TIME = 0x01, 0x02, 0x10
"""Bits of a component's control: no other component follows; an additional header stands before the frame and its
payload is encrypted; a date-time stands before the frame."""
DEFAULT_RESPONSE = 0x0B
"""The command identifier of the ZCL default response, where the frame control says that it is a command of any
cluster."""
FRAME_TYPE, FROM_SERVER = 0x03, 0x08
"""Bits of the frame control: the type (0: a command of any cluster, 1: of its own cluster), and the direction."""

HEADER_LENGTH = 5
FRAME_HEADER_LENGTH = 3
TIME_STAMP_LENGTH = 4
MOST_COMPONENTS = 255
"""Most components of a message: their count is one octet."""


class Alert(NamedTuple):
    """What an alert says before its components: its code, and a time in seconds since 2000-01-01 (UTC)."""

    code: int
    time_stamp: int


class Component(NamedTuple):
    """One component. ``length`` is the stated one; ``additional`` are the octets before the frame (additional header,
    date-time), ``frame`` those of the ZigBee frame; ``offset`` is that of the control."""

    control: int
    cluster: int
    length: int
    additional: bytes
    frame: bytes
    offset: int

    @property
    def frame_offset(self) -> int:
        """Where the frame begins."""
        return self.offset + HEADER_LENGTH + len(self.additional)

    @property
    def end(self) -> int:
        """The offset behind the component."""
        return self.offset + HEADER_LENGTH + len(self.additional) + len(self.frame)

    @property
    def frame_control(self) -> int | None:
        """The first octet of the frame, if it has one."""
        return self.frame[0] if self.frame else None

    @property
    def command(self) -> int | None:
        """The command identifier, if the frame has one."""
        return self.frame[2] if len(self.frame) >= FRAME_HEADER_LENGTH else None


class Gbz(NamedTuple):
    """The payload of a gas message. ``stated`` is the stated number of components; ``rest`` are the octets behind the
    last component, or all octets of an alert that has none; ``offset`` is that of the profile."""

    profile: int
    stated: int
    alert: Alert | None
    components: tuple[Component, ...]
    rest: bytes
    offset: int
    end: int


def read_gbz(octets: bytes, at: int = 0, end: int | None = None, *, alert: bool = False) -> Gbz:
    """The payload at ``at``, up to ``end``; with ``alert`` a code and a time stand before the components.

    OctetsError where the octets end before the first component, or there are more than 255.
    """
    end = len(octets) if end is None else end
    if end - at < 3:
        raise OctetsError(f"a profile (2 octets) and a count (1) were expected, {max(0, end - at)} octets are left", at)
    profile, count = int.from_bytes(octets[at : at + 2], "big"), octets[at + 2]
    here, told = at + 3, None
    if alert:
        if end - here < 2 + TIME_STAMP_LENGTH:
            raise OctetsError(
                f"an alert code (2 octets) and a time stamp (4) were expected, {end - here} are left", here
            )
        told = Alert(int.from_bytes(octets[here : here + 2], "big"), int.from_bytes(octets[here + 2 : here + 6], "big"))
        here += 6
    components, stop = read_components(octets, here, end)
    return Gbz(profile, count, told, components, octets[stop:end], at, end)


def read_components(octets: bytes, at: int, end: int) -> tuple[tuple[Component, ...], int]:
    """The components from ``at`` on, and the offset behind the last; fewer than five octets begin none."""
    found: list[Component] = []
    while end - at >= HEADER_LENGTH:
        if len(found) == MOST_COMPONENTS:
            raise OctetsError(f"more than {MOST_COMPONENTS} components", at)
        control = octets[at]
        length = octets[at + 3] << 8 | octets[at + 4]
        body = at + HEADER_LENGTH
        stop = min(body + length, end)
        frame = min(body + (2 if control & ENCRYPTED else 0) + (4 if control & FROM_DATE_TIME else 0), stop)
        cluster = octets[at + 1] << 8 | octets[at + 2]
        found.append(Component(control, cluster, length, octets[body:frame], octets[frame:stop], at))
        at = stop
    return tuple(found), at
