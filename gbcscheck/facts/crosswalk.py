"""The crosswalk: which path in one specification is which in another, with the conversion between their values.

Seven things stand in the files of ``specs/crosswalk``: *links*, one for each data item that travels from a service
request to a device and back; *unlinked*, what can be set and has no link, with the reason; *proofs*, what messages
showed of links; *lists*, pairs of lists in two specifications that have to agree as sets; *agreements*, facts of one
list that decide facts of another; *layouts*, what the header fields of a byte layout are called; *roles*, the names
that documents write for the codes of roles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import partial
from typing import Any, Literal, NamedTuple, cast

from gbcscheck.frozen import frozen
from gbcscheck.model import Place

UNPROVED = "unproved"
"""The proof of a link of which no pair was at hand."""

Role = Literal["request", "command", "gbz", "response", "reading"]
"""What an end of a link can be."""
ROLES: Mapping[Role, str] = {
    "request": "an element of a service request (DUIS), which sets the item",
    "command": "a row of a command (GBCS), which carries it to the device",
    "gbz": "a row of the byte layout of a gas message (GBCS), which carries a gas item",
    "response": "a row of a response (GBCS), which brings it back",
    "reading": "an element of a response to a service request (MMC), which shows it",
}
"""Every role, in the order in which a value travels, with what is of it. A file names an end by its role; what is none
of these is refused with its place, as the schema lists them."""


class LinkEnd(NamedTuple):
    """One end of a link: its role, a subject, and the conversion from its value to the device's (empty: the same).

    ``part`` names the part of the end's value that is the item's (``month``, ``octets 1..13``), empty for the whole of
    it. Where the item has several values, ``key`` says by which values beside it one of them is known, and ``gather``
    is the element around the values that make one of the other end together.
    """

    role: Role
    subject: str
    conversion: str = ""
    where: str = ""
    part: str = ""
    key: tuple[str, ...] = ()
    gather: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the value of the end is the value of the item: no part of it, and not several together."""
        return not self.part and not self.gather

    @property
    def row(self) -> str:
        """The subject of what is stated of the end: of an element of a byte layout that is a list of entries
        (``U1/Command/A/Entries[*].year``) without the part of an entry behind it."""
        if "[*]." not in self.subject or self.subject.count("/") < 3:
            return self.subject
        above, slash, name = self.subject.rpartition("/")
        return above + slash + name.partition("[*].")[0]


@frozen
class Link:
    """One data item on its way, with all the ends that it has there.

    ``proof`` says how the pair of request and command was shown to be the same thing: ``proved``, ``weak`` or
    ``unproved``. ``members`` says how the values of an item that has several are told apart: ``in order``, ``by key``,
    or (empty) not at all, so that all of them are the one value. ``rest`` is the set, in canonical notation, in which
    the values of a command lie that no request asks for.
    """

    item: str
    service_request: str
    read_service_request: str
    ends: tuple[LinkEnd, ...]
    settable: bool
    proof: str
    reading_proof: str
    note: str
    place: Place
    members: str = ""
    rest: str = ""
    _by_role: dict[Role, tuple[tuple[LinkEnd, ...], tuple[LinkEnd, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """All ends of each role, and those whose whole value is that of the item; filled when somebody asks."""

    def ends_of(self, *roles: Role) -> tuple[LinkEnd, ...]:
        """The ends of some roles whose whole value is that of the item, those of the first role first."""
        return self._of_roles(roles, 1)

    def all_ends_of(self, *roles: Role) -> tuple[LinkEnd, ...]:
        """The ends of some roles, those too of which a part is the item's, those of the first role first."""
        return self._of_roles(roles, 0)

    def _of_roles(self, roles: tuple[Role, ...], which: int) -> tuple[LinkEnd, ...]:
        known = self._by_role
        if not known:
            for end in self.ends:
                every, whole = known.get(end.role, ((), ()))
                known[end.role] = ((*every, end), whole if end.part or end.gather else (*whole, end))
        if len(roles) == 1:
            return known[roles[0]][which] if roles[0] in known else ()
        return tuple([end for role in roles if role in known for end in known[role][which]])


new_end = cast("Callable[[Iterable[Any]], LinkEnd]", partial(tuple.__new__, LinkEnd))
"""An end of its members, made without a call of Python code."""

Reason = Literal["DCC only", "header", "certificate", "key", "opaque", "transformed", "selects", "no table at hand"]
"""Why an element that a request can set has no link."""
REASONS: Mapping[Reason, str] = {
    "DCC only": "the DCC acts on it; no command carries it to a device",
    "header": "it is a part of the header of a message",
    "certificate": "it is a certificate, or what is checked of one",
    "key": "it is a key, or the means to derive one",
    "opaque": "it is a file or message whose content this interface does not describe",
    "transformed": "what becomes of it in the message is more than a conversion of its value",
    "selects": "it selects which command is sent, or what of it; it is no value in one",
    "no table at hand": "the use case that carries it is in no table at hand",
}
"""Every reason, with what it says. A file gives one of these for what it leaves out."""


@frozen
class Unlinked:
    """Elements of service requests that have no link, as a pattern of subjects, and the reason."""

    subject: str
    reason: Reason
    note: str
    place: Place


@frozen
class Proof:
    """What pairs of a request and its command showed of a link: ``proved`` or ``weak``.

    A link is known by its service request, its item and the subject of its first request end. Proofs are worked out by
    a machine (``tools/prove_links.py``) and kept apart from the links, which people decide on.
    """

    service_request: str
    item: str
    request: str
    proof: str


@frozen
class ListSide:
    """One list: the domain of ``attribute`` of ``subject``; without a subject, the subjects of ``part`` (attribute
    ``subject``) or all values of an attribute over them."""

    specification: str
    part: str
    attribute: str
    subject: str = ""


@frozen
class ListPair:
    """Two lists that have to agree: ``equal``, or the left one ``within`` the right one.

    ``kind`` says what it means where they do not: ``enumeration`` (two lists of one thing), ``missing`` (a thing that
    one knows and the other lacks) or ``reference`` (a reference that points at nothing). ``ignore`` holds markers
    that stand in a list and are no member of it (``N/A``).
    """

    title: str
    kind: str
    relation: str
    left: ListSide
    right: ListSide
    ignore: tuple[str, ...]
    place: Place


@frozen
class Agreement:
    """A fact of one list that decides a fact of another, for all that share the value of ``key``.

    ``map`` gives for a value on the left what it is on the right; a value that it does not name decides nothing.
    ``relation``: the decided values are ``equal`` to those on the right, or ``within`` them. Where they have to be
    equal, each subject on the right may have only what the left calls for, as far as anything maps to it. A group that
    has a value of ``unless`` on the right lacks nothing; nor, where the two have to be equal, does one with a subject
    that has only values to which nothing maps: it is in other words, and cannot be compared. Who refers on the right
    to a subject of the left, instead of its key, belongs to the group of that subject.
    """

    title: str
    kind: str
    relation: str
    key: str
    left: ListSide
    right: ListSide
    map: tuple[tuple[str, str], ...]
    unless: tuple[str, ...]
    place: Place


@frozen
class LayoutHeader:
    """What the elements are called with which a component of a message begins, and which hold its cluster, its length
    in octets and its command identifier."""

    title: str
    specification: str
    part: str
    begins: str
    cluster: str
    length: str
    command: str


@frozen
class RoleNames:
    """The code of a role in the list of service requests, and the names that documents write for it."""

    role: str
    names: tuple[str, ...]


@frozen
class Crosswalk:
    """All links, lists, agreements, layouts and names of roles of a release, in the order of their files."""

    links: tuple[Link, ...] = ()
    lists: tuple[ListPair, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    layouts: tuple[LayoutHeader, ...] = ()
    roles: tuple[RoleNames, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()

    def with_own(self, own: Crosswalk) -> Crosswalk:
        """This crosswalk with a user's: a link of the same item and service request, a list, agreement or layout of the
        same title, and the names of the same role, take the place of those here."""

        def merged(mine: tuple[Any, ...], theirs: tuple[Any, ...], key: Callable[[Any], object]) -> tuple[Any, ...]:
            taken = {key(one) for one in theirs}
            return (*(one for one in mine if key(one) not in taken), *theirs)

        def titled(one: Any) -> object:
            return one.title

        return Crosswalk(
            merged(self.links, own.links, lambda link: (link.item, link.service_request)),
            merged(self.lists, own.lists, titled),
            merged(self.agreements, own.agreements, titled),
            merged(self.layouts, own.layouts, titled),
            merged(self.roles, own.roles, lambda term: term.role),
            merged(self.unlinked, own.unlinked, lambda one: one.subject),
        )


def proof_key(link: Link) -> tuple[str, str, str]:
    """By what a proof knows a link: service request, item, and the subject of the first request end."""
    return link.service_request, link.item, next((end.subject for end in link.ends if end.role == "request"), "")
