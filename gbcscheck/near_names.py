"""Names that are not known, and the known ones that are near them."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Known names that are spelt nearly like ``name``, or hold it, nearest first; for a short code at least those that
    begin like it."""
    from difflib import get_close_matches

    by_plain = {one.casefold(): one for one in known}
    wanted = name.casefold()
    close = get_close_matches(wanted, by_plain, n=most, cutoff=0.5)
    holding = [plain for plain in by_plain if len(wanted) > 1 and wanted in plain]
    found = list(dict.fromkeys((*close, *holding)))
    if not found and 1 < len(wanted) <= 5:
        found = [plain for plain in by_plain if plain.startswith(wanted[0]) and len(plain) <= len(wanted) + 1]
    return [by_plain[plain] for plain in found[:most]]


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The message for an unknown name, with the nearest known ones, or all of them where they are few."""
    names = list(known)
    near = nearest(name, names)
    if near:
        return f'no {what} is called "{name}"; near it: {", ".join(near)}'
    if names and len(names) <= 20:
        return f'no {what} is called "{name}"; there are {", ".join(names)}'
    return f'no {what} is called "{name}"'
