"""What the witnesses of a release say of ZigBee clusters: commands by side and identifier, payloads, attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.model import Specification, Statement
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue

EVERY_CLUSTER = -1
"""Stands in the place of a cluster's identifier for the commands that every cluster has."""

_COMMAND = re.compile(r"(?:cluster 0x([0-9A-F]{4})|every cluster)/(client|server) 0x([0-9A-F]{2})")

Key = tuple[int, str, int]
"""A cluster, the side that sends a command, and its identifier."""


@frozen
class PayloadField:
    """A field of a command: its name; whether it is one value, and neither list nor structure; how many octets it
    takes, None where that varies; its data type, None where it is not to be held against others."""

    name: str
    is_whole: bool
    octets: Statement | None
    data_type: Statement | None


class Clusters:
    """The clusters of the witnesses of one catalogue; ``catalogue.once(Clusters)`` are always the same."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._witnesses = catalogue.witnesses
        self._names: dict[Key, Statement] = {}
        self._by_name: dict[tuple[int, str], list[Key]] = {}
        self._payloads: dict[Key, Sequence[PayloadField]] = {}
        for sent in self._witnesses.by_attribute.get("sent-by", ()):
            found = _COMMAND.fullmatch(sent.subject)
            name = self._witnesses.first(sent.subject, "name")
            if found is None or name is None:
                continue
            cluster = int(found[1], 16) if found[1] else EVERY_CLUSTER
            key = (cluster, found[2], int(found[3], 16))
            self._names.setdefault(key, name)
            self._by_name.setdefault((cluster, plain(str(name.value))), []).append(key)

    def cluster(self, number: int) -> Statement | None:
        """The name of a cluster; None where no witness knows it."""
        return self._witnesses.first(f"cluster 0x{number:04X}", "name")

    def command(self, key: Key) -> Statement | None:
        """The name of a command; None where no witness knows it."""
        return self._names.get(key)

    def called(self, cluster: int, name: str) -> Sequence[Statement]:
        """The names of the commands of a cluster, or of every one, that are called so, however it is written."""
        wanted = plain(name)
        keys = (*self._by_name.get((cluster, wanted), ()), *self._by_name.get((EVERY_CLUSTER, wanted), ()))
        return [self._names[key] for key in keys]

    def fields(self, key: Key) -> Sequence[PayloadField]:
        """The fields of a command's payload, in their order; none where no witness knows it."""
        if key not in self._payloads:
            name = self._names.get(key)
            by_command = self._witnesses.once(_fields)
            subjects = by_command.get((name.specification, name.subject), ()) if name is not None else ()
            self._payloads[key] = tuple(map(self._field, subjects))
        return self._payloads[key]

    def _field(self, subject: str) -> PayloadField:
        first = self._witnesses.first
        is_whole = first(subject, "occurs") is None and first(subject, "type") is not None
        return PayloadField(subject.rpartition("/")[2], is_whole, first(subject, "octets"), self.type_of(subject))

    def attribute(self, cluster: int, side: str, number: int) -> Statement | None:
        """The name of an attribute of one side of a cluster; None where no witness knows it."""
        return self._witnesses.first(f"cluster 0x{cluster:04X}/{side} attribute 0x{number:04X}", "name")

    def type_of(self, subject: str) -> Statement | None:
        """The data type of a field or an attribute; None where it is none of its own (a structure), where there may be
        several, or where the definition is known to be wrong."""
        first = self._witnesses.first
        if first(subject, "occurs") is not None or first(subject, "note") is not None:
            return None
        return first(subject, "type")


def _fields(witnesses: Catalogue) -> Mapping[tuple[Specification, str], Sequence[str]]:
    """The subjects of the fields of each command by the document that defines it, in their order there: another one may
    have a word on some of them."""
    found: dict[tuple[Specification, str], list[str]] = {}
    for part in witnesses.statements.parts:
        for subject in part.rows.subjects:
            if subject.count("/") == 2:
                found.setdefault((part.specification, subject.rpartition("/")[0]), []).append(subject)
    return found
