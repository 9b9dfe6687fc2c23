"""Who may set or read a data item: what a document says of it, in roles that the specifications know, and what the
service requests and use cases of its links let them do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import members, texts_of
from gbcscheck.evidence.rows import in_force, setting_links
from gbcscheck.facts.crosswalk import Agreement, Link
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement, distinct
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue, Item

NOBODY = frozenset(("none", "nobody", "noone", "no-one", "notsettable", "notconfigurable"))
"""In plain, what a document writes of an item that nobody can set."""
ANYBODY = frozenset(("servicerequest", "servicerequests", "somebody"))
"""In plain, what it writes of an item that can be set, whoever may do it."""
_BETWEEN = re.compile(r"[,;/|&+\n]|\band\b|\bor\b")


@frozen
class Parties:
    """Whom a cell names: ``roles`` of the service requests, ``remote`` party roles of the use cases, and ``unknown``
    words; ``somebody`` where it says that a service request sets the item. Nobody has none of these."""

    roles: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    somebody: bool = False


@frozen
class Denied:
    """A party of a cell that has no right to something, and the statements that say who has."""

    party: str
    statements: tuple[Statement, ...]


def is_nobody(statement: Statement) -> bool:
    """Whether a statement on who may set an item says that nobody can."""
    return plain(_words(statement)) in NOBODY


def parties_of(catalogue: Catalogue, statement: Statement) -> Parties:
    """Whom a statement on who may set or read an item names."""
    if is_nobody(statement):
        return Parties()
    roles, remote, unknown = [], [], []
    somebody = False
    known, parties = catalogue.once(_roles), catalogue.once(_remote_parties)
    nameless = not known and not parties  # a repository whose crosswalk says nothing of roles
    for word in _BETWEEN.split(_words(statement)):
        name = plain(word)
        if name in ANYBODY:
            somebody = True
        elif name in known:
            roles.append(known[name])
        elif name in parties:
            remote.append(parties[name])
        elif name and not nameless:
            unknown.append(" ".join(word.split()))
    return Parties(_once(roles), _once(remote), _once(unknown), somebody)


def _words(statement: Statement) -> str:
    """Whom a statement names: the fact that it states, which may be a part of what the source writes."""
    return str(statement.value) if statement.value is not None else statement.written


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def denied(catalogue: Catalogue, item: Item, stated: Statement, *, reading: bool) -> tuple[Denied, ...]:
    """The parties that a statement names and that may send none of the service requests that set an item, or of those
    that read it; none where no document says who may send one of these."""
    links = _reading_links(catalogue, item) if reading else setting_links(catalogue, item)
    rights = [_Rights.of(catalogue, link, reading=reading) for link in links]
    parties = parties_of(catalogue, stated)
    if not rights or not all(one.is_known for one in rights) or not (parties.roles or parties.remote):
        return ()
    statements = distinct(statement for one in rights for statement in one.statements)
    held(catalogue, stated, statements)
    roles = (role for role in parties.roles if not any(one.lets_role(role) for one in rights))
    remote = (party for party in parties.remote if not any(one.lets_party(party) for one in rights))
    return tuple(Denied(party, statements) for party in (*roles, *remote))


@frozen
class _Rights:
    """Who may send the service request of a link, by the list of them and by its use cases. ``of_role`` says which
    remote party role a role is; ``open_words`` are those with which a use case leaves it to the list."""

    roles: frozenset[str]
    remote: frozenset[str]
    statements: tuple[Statement, ...]
    of_role: tuple[tuple[str, str], ...]
    open_words: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue, link: Link, *, reading: bool) -> _Rights:
        request = link.read_service_request if reading else link.service_request
        listed = _stated(catalogue, [request])
        ends = link.ends_of("response") if reading else link.ends_of("command")
        by_use_case = _stated(catalogue, (end.subject.partition("/")[0] for end in ends))
        mapping, open_words = catalogue.once(_mapping)
        return cls(
            _texts(catalogue, listed), _texts(catalogue, by_use_case), (*listed, *by_use_case), mapping, open_words
        )

    @property
    def is_known(self) -> bool:
        return bool(self.roles)

    def lets_role(self, role: str) -> bool:
        """Whether the list names a role, and no use case denies the remote party that it is."""
        party = dict(self.of_role).get(role)
        return role in self.roles and (party is None or self._open or party in self.remote)

    def lets_party(self, party: str) -> bool:
        """Whether a use case names a remote party role, or leaves it open and the list names a role that it is."""
        return party in self.remote or (
            self._open and any(of == party and role in self.roles for role, of in self.of_role)
        )

    @property
    def _open(self) -> bool:
        return not self.remote or not self.remote.isdisjoint(self.open_words)


def _stated(catalogue: Catalogue, subjects: Iterable[str]) -> tuple[Statement, ...]:
    found = (catalogue.first(subject, "roles") for subject in dict.fromkeys(subjects) if subject)
    return tuple(statement for statement in found if statement is not None)


def _texts(catalogue: Catalogue, statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset(text for statement in statements for text in texts_of(catalogue, statement))


def _reading_links(catalogue: Catalogue, item: Item) -> tuple[Link, ...]:
    return tuple(
        link for link in in_force(catalogue, item) if link.read_service_request and link.ends_of("response", "reading")
    )


def _agreements(catalogue: Catalogue) -> tuple[Agreement, ...]:
    """What the crosswalk says of the roles of service requests and the remote party roles of use cases."""
    return tuple(one for one in catalogue.crosswalk.agreements if one.left.attribute == one.right.attribute == "roles")


def _mapping(catalogue: Catalogue) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Which remote party role a role is, and with which words a use case leaves open whose it is."""
    found = _agreements(catalogue)
    return (
        tuple(pair for one in found for pair in one.map),
        frozenset(word for one in found for word in one.unless),
    )


def _roles(catalogue: Catalogue) -> dict[str, str]:
    """The roles of service requests, by their codes and names in plain."""
    codes = {code for one in _agreements(catalogue) for code in members(catalogue, one.left)}
    names = {plain(name): term.role for term in catalogue.crosswalk.roles for name in term.names}
    return names | {plain(code): code for code in codes}


def _remote_parties(catalogue: Catalogue) -> dict[str, str]:
    """The remote party roles that use cases name, in plain."""
    return {plain(name): name for one in _agreements(catalogue) for name in members(catalogue, one.right)}
