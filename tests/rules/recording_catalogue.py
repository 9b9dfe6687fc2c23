"""A catalogue that notes which attributes of statements it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from gbcscheck.model import Specification, Statement
from gbcscheck.model.rules import EVERY_ATTRIBUTE
from gbcscheck.release.catalogue import Catalogue, Item

Key = TypeVar("Key")
Group = tuple[Statement, ...]


class _Noting(Mapping[Key, Group]):
    """A mapping to statements that notes each look at them; that a key is there is no look."""

    def __init__(self, inner: Mapping[Key, Group], asked: set[str], attribute: str = "") -> None:
        self._inner, self._asked = inner, asked

    def __getitem__(self, key: Key) -> Group:
        self._asked.add(self.noted(key))
        return self._inner.get(key, ())

    def __contains__(self, key: object) -> bool:
        return key in self._inner

    def __iter__(self) -> Iterator[Key]:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)

    def noted(self, key: Key) -> str:
        """What a look at a key is a look at."""
        return EVERY_ATTRIBUTE


class _NotingAttributes(_Noting[str]):
    def noted(self, key: str) -> str:
        return key


class RecordingCatalogue(Catalogue):
    """The statements of another catalogue; ``asked`` grows by the attributes that are asked for, and by
    EVERY_ATTRIBUTE where all that is said of a subject, a part or the release is. How the data items are made is the
    catalogue's own business."""

    def __init__(self, inner: Catalogue) -> None:
        super().__init__(inner.release, inner.statements, inner.parts)
        for name, value in (
            ("inner", inner),
            ("asked", set()),
            ("items", inner.items),
            ("item_names", inner.item_names),
        ):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "by_subject", _Noting(inner.by_subject, self.asked))
        object.__setattr__(self, "parts", _Noting[Specification](inner.parts, self.asked))
        object.__setattr__(self, "by_attribute", _NotingAttributes(inner.by_attribute, self.asked))

    inner: Catalogue
    asked: set[str]

    def about(self, subject: str, *attributes: str) -> Group:
        self.asked.update(attributes or (EVERY_ATTRIBUTE,))
        return self.inner.about(subject, *attributes)

    def first(self, subject: str, attribute: str) -> Statement | None:
        self.asked.add(attribute)
        return self.inner.first(subject, attribute)

    def firsts(self, attribute: str) -> Mapping[str, Statement]:
        self.asked.add(attribute)
        return self.inner.firsts(attribute)

    def groups(self, attribute: str) -> Mapping[str, Group]:
        self.asked.add(attribute)
        return self.inner.groups(attribute)

    def said_of(self, attribute: str) -> Iterator[tuple[Specification, str]]:
        self.asked.add(attribute)
        return self.inner.said_of(attribute)

    def sets_of(self, attribute: str) -> Group:
        self.asked.add(attribute)
        return self.inner.sets_of(attribute)

    def of_subjects(self, attribute: str, wanted: Callable[[str], bool]) -> Group:
        self.asked.add(attribute)
        return self.inner.of_subjects(attribute, wanted)

    def of_domains(self, attribute: str, wanted: Callable[[str], bool]) -> Group:
        self.asked.add(attribute)
        return self.inner.of_domains(attribute, wanted)

    def of_clauses(self, attribute: str, wanted: Callable[[str], bool]) -> Group:
        self.asked.add(attribute)
        return self.inner.of_clauses(attribute, wanted)

    def values_of(self, attribute: str) -> Iterator[str]:
        self.asked.add(attribute)
        return self.inner.values_of(attribute)

    def of_values(self, attribute: str, value: str) -> Group:
        self.asked.add(attribute)
        return self.inner.of_values(attribute, value)

    def subjects_stated_twice(self, without: Collection[str] = ()) -> Iterator[str]:
        self.asked.add(EVERY_ATTRIBUTE)
        return self.inner.subjects_stated_twice(without)

    def in_part(self, specification: str, part: str = "", attribute: str = "") -> Group:
        self.asked.add(attribute or EVERY_ATTRIBUTE)
        return self.inner.in_part(specification, part, attribute)

    def item_statements(self, item: Item, *attributes: str) -> Group:
        self.asked.update(attributes or (EVERY_ATTRIBUTE,))
        return self.inner.item_statements(item, *attributes)

    def items_that_say(self, *attributes: str) -> Iterator[Item]:
        self.asked.update(attributes)
        return self.inner.items_that_say(*attributes)

    def encoding(self, item: Item) -> str:
        self.asked.update(("encoding", "class"))
        return self.inner.encoding(item)
