"""Values of gas messages as people read them. Each is the number that it is, and is shown as what it means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gbcscheck.device.named import Named

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The start of ZigBee's UTC time."""
NOT_SPECIFIED = 0xFFFFFFFF


class Hexadecimal(int):
    """An identifier, an enumeration or bits, shown in hexadecimal of whole octets.

    >>> str(Hexadecimal(265))
    '0x0109'
    """

    def __str__(self) -> str:
        digits = f"{int(self):X}"
        return f"0x{digits.zfill(len(digits) + len(digits) % 2)}"


class UtcTime(int):
    """A time in seconds since 2000-01-01 (UTC); 0 and 0xFFFFFFFF have meanings of their own in most fields.

    >>> str(UtcTime(0x1C374A80))
    '0x1C374A80 (2015-01-01T00:00:00Z)'
    """

    def __str__(self) -> str:
        if self in (0, NOT_SPECIFIED):
            return f"0x{int(self):08X}"
        return f"0x{int(self):08X} ({(EPOCH + timedelta(seconds=int(self))).isoformat().replace('+00:00', 'Z')})"


class Meant(Named):
    """An identifier, an enumeration or bits, with what it means.

    >>> str(Meant(1, "MJ/m3"))
    '0x01 (MJ/m3)'
    """

    def __str__(self) -> str:
        return f"{Hexadecimal(self)} ({self.meaning})"
