"""Numbers and octets of messages that have a meaning of their own, shown as both."""

from __future__ import annotations

from typing import Self


class Named(int):
    """A number with its meaning.

    >>> str(Named(2, "supplier")), int(Named(2, "supplier"))
    ('2 (supplier)', 2)
    """

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Self:
        """The number, meaning that."""
        self = super().__new__(cls, number)
        self.meaning = meaning
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[int, str]]:
        return type(self), (int(self), self.meaning)

    def __str__(self) -> str:
        return f"{int(self)} ({self.meaning})"
