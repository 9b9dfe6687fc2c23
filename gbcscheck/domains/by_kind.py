"""Questions that each kind of set answers in its own way: tables from kind to function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class ByKind(Generic[Answer]):
    """A function of a set that is defined for each kind apart.

    What can be asked of a set is declared where sets are (``base``); the answers are given by the modules that stand
    above the kinds, so that no kind knows how it is printed or described. A test holds that every table is complete.
    """

    __slots__ = ("answers", "question")

    def __init__(self, question: str, answers: Mapping[type, Callable[..., Answer]] | None = None) -> None:
        self.question = question
        self.answers: dict[type, Callable[..., Answer]] = dict(answers or {})

    def answer_with(self, answers: Mapping[type, Callable[..., Answer]]) -> None:
        """Take in the function of each kind. Raises ValueError for a kind that has one already."""
        twice = sorted(kind.__name__ for kind in answers if kind in self.answers)
        if twice:
            raise ValueError(f"{self.question}: {', '.join(twice)} has an answer already")
        self.answers.update(answers)

    def __call__(self, of: object, *given: Any) -> Answer:
        return self.answers[type(of)](of, *given)
