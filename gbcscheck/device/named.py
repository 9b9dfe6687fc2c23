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


class Scaled(int):
    """A number that stands for a decimal with a unit, or without one.

    >>> str(Scaled(400, "40.0", "MJ/m3")), str(Scaled(102264, "1.02264", ""))
    ('400 (40.0 MJ/m3)', '102264 (1.02264)')
    """

    scaled: str
    unit: str

    def __new__(cls, number: int, scaled: str, unit: str) -> Self:
        """The number, standing for ``scaled`` (digits) in a unit."""
        self = super().__new__(cls, number)
        self.scaled, self.unit = scaled, unit
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[int, str, str]]:
        return type(self), (int(self), self.scaled, self.unit)

    def __str__(self) -> str:
        return f"{int(self)} ({f'{self.scaled} {self.unit}'.strip()})"
