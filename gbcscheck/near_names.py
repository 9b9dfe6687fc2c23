"""Names as people type them, and the known ones that are near one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def plain(name: str) -> str:
    """A name without blanks and case, for comparing what people type."""
    return "".join(name.replace("_", " ").split()).casefold()


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


def meant(name: str, known: Iterable[str]) -> str:
    """The known name of which ``name`` is a misspelling, or the whole beginning; empty where there is none."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(name.casefold(), names, n=1, cutoff=0.75)
    begun = [one for one in names if len(name) > 2 and one.startswith(name.casefold())]
    return close[0] if close else begun[0] if len(begun) == 1 else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: the known one that it is a misspelling of, if there is one."""
    near = meant(name, known)
    return f'; did you mean "{near}"?' if near else ""


def is_misspelt(one: str, other: str) -> bool:
    """Whether one letter within tells two words: one is missing, too many, another one, or in another place. The first
    and the last letter do not count: they make plurals and other words.

    >>> is_misspelt("Remtely", "Remotely"), is_misspelt("Setting", "Settings")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if short == long or short[:1] != long[:1] or short[-1:] != long[-1:]:
        return False
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long) - 1))
    differing = [at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right]
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(short) == sorted(long)
    return len(short) == len(long) and (len(differing) == 1 or swapped)
