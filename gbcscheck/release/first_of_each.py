"""The first statement of each subject, made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count

from gbcscheck.model import Statement
from gbcscheck.release.statements import Statements


class FirstOfEach(Mapping[str, Statement]):
    """The first statement of each subject of some extracts, in the order in which they first speak of it."""

    def __init__(self, parts: Iterable[Statements]) -> None:
        self._parts = tuple(parts)
        self._subjects = dict.fromkeys(chain.from_iterable(part.rows.subjects for part in self._parts))

    def __len__(self) -> int:
        return len(self._subjects)

    def __iter__(self) -> Iterator[str]:
        return iter(self._subjects)

    def __contains__(self, subject: object) -> bool:
        return subject in self._subjects

    def __getitem__(self, subject: str) -> Statement:
        for part, numbers in self._numbers:
            number = numbers.get(subject)
            if number is not None:
                return part[part.rows.by_subject[part.rows.starts[number]]]
        raise KeyError(subject)

    @cached_property
    def _numbers(self) -> Sequence[tuple[Statements, Mapping[str, int]]]:
        """Each extract with the place of a subject among its subjects."""
        return [(part, dict(zip(part.rows.subjects, count(), strict=False))) for part in self._parts]
