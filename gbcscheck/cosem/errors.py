"""The one error of the readers of octets."""

from __future__ import annotations

from gbcscheck.errors import GbcscheckError


class OctetsError(GbcscheckError):
    """Octets that cannot be decoded. ``offset`` is that of the first octet that is wrong, from the start of the
    message; ``tag`` the type tag that was being read, where there is one; the message says what was expected."""

    def __init__(self, problem: str, offset: int, *, tag: int | None = None) -> None:
        super().__init__(f"octet {offset}: {problem}")
        self.offset = offset
        self.tag = tag


def plural(count: int, noun: str) -> str:
    """``1 octet``, ``2,000 octets``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def left(count: int) -> str:
    """``1 octet is left``, ``3 octets are left``; less than nothing is nothing."""
    count = max(0, count)
    return f"{plural(count, 'octet')} {'is' if count == 1 else 'are'} left"
