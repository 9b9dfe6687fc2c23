"""What is raised of a text that cannot be turned into what the meter had."""

from __future__ import annotations


class Unclear(Exception):
    """A text that cannot be turned into the octets that the meter had; ``faulty`` where it is no value at all."""

    def __init__(self, reason: str, *, faulty: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faulty = faulty
