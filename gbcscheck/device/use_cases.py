"""Use cases by message code and by name, in the versions of GBCS that have tables of them; a version is read when it is
first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

GBCS, USE_CASES = "GBCS", "use cases"


class UseCase(NamedTuple):
    """A use case in the version under which its messages are judged."""

    name: str
    code: int
    version: str
    catalogue: Catalogue

    def fact(self, attribute: str) -> str:
        """One fact of the use case as text; empty where the table is silent."""
        statement = self.stated(attribute)
        if statement is None:
            return ""
        return str(statement.value if statement.value is not None else statement.written)

    def stated(self, attribute: str) -> Statement | None:
        """What the table says first of an attribute of the use case, if anything; looked up once."""
        known = self.catalogue.once(_known)
        key = self.name, attribute
        if key not in known:
            known[key] = self.catalogue.first(*key)
        return known[key]


def _known(catalogue: Catalogue) -> dict[tuple[str, str], Statement | None]:
    """Statements by use case and attribute, filled as they are asked for."""
    return {}


class Versions(Mapping[str, Catalogue]):
    """The tables by version, in the order in which a message code is looked for; each is read when it is first asked
    for, by the function that is given for it."""

    def __init__(self, read: Mapping[str, Callable[[], Catalogue]]) -> None:
        self._read = read
        self._known: dict[str, Catalogue] = {}

    def __getitem__(self, version: str) -> Catalogue:
        if version not in self._known:
            self._known[version] = self._read[version]()
        return self._known[version]

    def __contains__(self, version: object) -> bool:
        return version in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def alone(self, version: str) -> Versions:
        """One of the versions, read now, and no other; KeyError where it is none, errors as it is read."""
        catalogue = self[version]
        return Versions({version: lambda: catalogue})


class UseCases(Mapping[int, UseCase]):
    """Use cases by message code, each in the first version that has it: a later one is read where no earlier one
    does."""

    def __init__(self, versions: Mapping[str, Catalogue]) -> None:
        self._versions = versions
        self._known: dict[str, dict[int, UseCase]] = {}
        self._named: dict[str, UseCase | None] = {}

    def __getitem__(self, code: int) -> UseCase:
        for version in self._versions:
            found = self._of(version).get(code)
            if found is not None:
                return found
        raise KeyError(code)

    def __iter__(self) -> Iterator[int]:
        told: set[int] = set()
        for version in self._versions:
            found = self._of(version)
            yield from (code for code in found if code not in told)
            told.update(found)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def named(self, name: str) -> UseCase | None:
        """The first use case of a name; None where there is none."""
        if name not in self._named:
            self._named[name] = next((one for one in self.values() if one.name == name), None) if name else None
        return self._named[name]

    def called(self, name: str) -> UseCase | None:
        """The use case of a name in small letters or capitals; None where there is none."""
        return next((one for one in self.values() if one.name.casefold() == name.casefold()), None)

    def _of(self, version: str) -> dict[int, UseCase]:
        """The use cases of one version by code."""
        if version not in self._known:
            found: dict[int, UseCase] = {}
            catalogue = self._versions[version]
            for statement in catalogue.in_part(GBCS, USE_CASES, "message-code"):
                code = _code(statement.value)
                if code is not None:
                    found.setdefault(code, UseCase(statement.subject, code, version, catalogue))
            self._known[version] = found
        return self._known[version]


def _code(value: object) -> int | None:
    try:
        return int(str(value), 16)
    except ValueError:
        return None
